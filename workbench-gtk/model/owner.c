// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/owner.h"

#include <jailhouse/cell-config.h>

#include "model/irq.h"
#include "model/link.h"

const struct jhcfg_cell *jhw_cell(const struct jhcfg_workspace *workspace, uint32_t key)
{
	const struct jhcfg_config *config = jhcfg_workspace_cell(workspace, key);

	return config ? jhcfg_config_cell(config) : NULL;
}

uint64_t jhw_irqchip_address(const struct jhcfg_workspace *workspace)
{
	const struct jhcfg_config *config = jhcfg_workspace_cell(workspace, JHCFG_ROOT_KEY);
	const struct jhcfg_system *system = config ? jhcfg_config_system(config) : NULL;
	const struct jhcfg_irqchip *chip;

	if (system && jhcfg_system_platform(system)->gicd_base)
		return jhcfg_system_platform(system)->gicd_base;
	chip = config ? jhcfg_cell_irqchip(jhcfg_config_cell(config), 0) : NULL;
	return chip ? chip->address : 0;
}

/* --- whether a cell has it --------------------------------------------------- */

static gboolean has_window(const struct jhcfg_cell *cell, struct jhcfg_range range)
{
	const struct jhcfg_memory *memory;

	for (size_t n = 0; (memory = jhcfg_cell_memory(cell, n)); n++)
		if (!(memory->flags & JAILHOUSE_MEM_COMM_REGION) &&
		    range.start >= memory->phys_start &&
		    range.start - memory->phys_start < memory->size)
			return TRUE;
	return FALSE;
}

static gboolean has_port(const struct jhcfg_cell *cell, uint16_t base)
{
	const struct jhcfg_pio *pio;

	for (size_t n = 0; (pio = jhcfg_cell_pio(cell, n)); n++)
		if (base >= pio->base && base - pio->base < pio->length)
			return TRUE;
	return FALSE;
}

static gboolean has_device(const struct jhcfg_workspace *workspace, uint32_t key, uint64_t index)
{
	const struct jhcfg_board *board = jhcfg_workspace_board(workspace);
	const struct jhcfg_hw_device *device = board ? jhcfg_board_device(board, index) : NULL;
	const struct jhcfg_cell *cell = jhw_cell(workspace, key);

	if (!device || !cell)
		return FALSE;
	if (device->num_windows)
		return has_window(cell, device->windows[0]);
	if (device->num_ports)
		return has_port(cell, device->ports[0].base);
	return device->num_irqs && jhw_irq_has(workspace, key, device->irqs[0].number);
}

static gboolean has_pci(const struct jhcfg_workspace *workspace, uint32_t key, uint64_t id)
{
	const struct jhcfg_cell *cell = jhw_cell(workspace, key);
	const struct jhcfg_pci_device *device;

	for (size_t n = 0; cell && (device = jhcfg_cell_pci_device(cell, n)); n++)
		if (device->type != JAILHOUSE_PCI_TYPE_IVSHMEM &&
		    ((uint64_t)device->domain << 16 | device->bdf) == id)
			return TRUE;
	return FALSE;
}

gboolean jhw_cell_has(const struct jhcfg_workspace *workspace, uint32_t key, const JhwRef *ref)
{
	const struct jhcfg_cell *cell = jhw_cell(workspace, key);
	const struct jhcfg_link *link;

	switch (ref->kind) {
	case JHW_REF_CPU:
		return cell && jhcfg_cell_has_cpu(cell, (unsigned int)ref->id);
	case JHW_REF_DEVICE:
		return has_device(workspace, key, ref->id);
	case JHW_REF_PCI:
		return has_pci(workspace, key, ref->id);
	case JHW_REF_IRQ:
		return jhw_irq_has(workspace, key, (uint32_t)ref->id);
	case JHW_REF_LINK:
		link = jhw_link(workspace, ref->id);
		return link && jhw_link_has(link, key);
	default:
		return FALSE;
	}
}

uint32_t jhw_owner_of(const struct jhcfg_workspace *workspace, const JhwRef *ref)
{
	size_t count = jhcfg_workspace_num_cells(workspace);

	if (ref->kind == JHW_REF_CELL || ref->kind == JHW_REF_REGION || ref->kind == JHW_REF_LINK)
		return ref->cell;
	/* the root last: its configuration lists what cells take from it */
	for (size_t n = count; n-- > 0;) {
		uint32_t key = jhcfg_workspace_cell_key(workspace, n);

		if (jhw_cell_has(workspace, key, ref))
			return key;
	}
	return 0;
}

static gboolean is_kept(enum jhcfg_hw_device_kind kind)
{
	return kind == JHCFG_HW_DEVICE_IRQCHIP || kind == JHCFG_HW_DEVICE_IOMMU ||
	       kind == JHCFG_HW_DEVICE_FIRMWARE || kind == JHCFG_HW_DEVICE_PCI_HOST;
}

gboolean jhw_is_movable(const struct jhcfg_workspace *workspace, const JhwRef *ref)
{
	const struct jhcfg_board *board = jhcfg_workspace_board(workspace);
	const struct jhcfg_hw_device *device;

	switch (ref->kind) {
	case JHW_REF_CPU:
	case JHW_REF_PCI:
	case JHW_REF_LINK:
		return TRUE;
	case JHW_REF_IRQ:
		return ref->id >= jhw_irq_first(workspace);
	case JHW_REF_REGION:
		return ref->cell != JHCFG_ROOT_KEY;
	case JHW_REF_DEVICE:
		device = board ? jhcfg_board_device(board, ref->id) : NULL;
		return device && !is_kept(device->kind) &&
		       (device->num_windows || device->num_ports || device->num_irqs);
	default:
		return FALSE;
	}
}

/* --- colours ----------------------------------------------------------------- */

guint jhw_cell_index(const struct jhcfg_workspace *workspace, uint32_t key)
{
	size_t count = jhcfg_workspace_num_cells(workspace);

	for (size_t n = 0; n < count; n++)
		if (jhcfg_workspace_cell_key(workspace, n) == key)
			return (guint)n;
	return 0;
}

guint jhw_owner_colour(const struct jhcfg_workspace *workspace, uint32_t key)
{
	guint index = jhw_cell_index(workspace, key);

	return index ? (index - 1) % (JHW_NUM_OWNER_COLOURS - 1) + 1 : 0;
}

const char *jhw_owner_class(const struct jhcfg_workspace *workspace, uint32_t key)
{
	static const char *const classes[JHW_NUM_OWNER_COLOURS] = {
		"owner-0", "owner-1", "owner-2", "owner-3", "owner-4",
		"owner-5", "owner-6", "owner-7", "owner-8",
	};

	return key ? classes[jhw_owner_colour(workspace, key)] : "owner-none";
}

/* --- sums -------------------------------------------------------------------- */

gboolean jhw_region_is_ram(const struct jhcfg_memory *memory)
{
	return !(memory->flags &
		 (JAILHOUSE_MEM_IO | JAILHOUSE_MEM_COMM_REGION | JAILHOUSE_MEM_ROOTSHARED)) &&
	       memory->flags & (JAILHOUSE_MEM_EXECUTE | JAILHOUSE_MEM_LOADABLE | JAILHOUSE_MEM_DMA);
}

uint64_t jhw_cell_ram(const struct jhcfg_cell *cell)
{
	const struct jhcfg_memory *memory;
	uint64_t sum = 0;

	for (size_t n = 0; (memory = jhcfg_cell_memory(cell, n)); n++)
		if (jhw_region_is_ram(memory))
			sum += memory->size;
	return sum;
}

guint jhw_cell_num_irqs(const struct jhcfg_cell *cell)
{
	const struct jhcfg_irqchip *chip;
	int sum = 0;

	for (size_t n = 0; (chip = jhcfg_cell_irqchip(cell, n)); n++)
		for (guint word = 0; word < G_N_ELEMENTS(chip->pin_bitmap); word++)
			sum += __builtin_popcount(chip->pin_bitmap[word]);
	return (guint)sum;
}
