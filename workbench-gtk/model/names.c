// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/names.h"

#include <inttypes.h>
#include <jailhouse/cell-config.h>

#include "model/link.h"
#include "model/number.h"
#include "model/owner.h"
#include "model/shown.h"
#include "model/text.h"

char *jhw_cell_title(const struct jhcfg_workspace *workspace, uint32_t key)
{
	const struct jhcfg_cell *cell = jhw_cell(workspace, key);

	if (key == JHCFG_ROOT_KEY)
		return g_strdup("root");
	return g_strdup(cell ? jhcfg_cell_name(cell) : "?");
}

const char *jhw_device_kind_title(enum jhcfg_hw_device_kind kind)
{
	static const char *const titles[] = {
		[JHCFG_HW_DEVICE_OTHER] = N_("Other devices"),
		[JHCFG_HW_DEVICE_UART] = "UARTs",
		[JHCFG_HW_DEVICE_TIMER] = N_("Timers"),
		[JHCFG_HW_DEVICE_NET] = N_("Network"),
		[JHCFG_HW_DEVICE_STORAGE] = N_("Storage"),
		[JHCFG_HW_DEVICE_GPIO] = "GPIO",
		[JHCFG_HW_DEVICE_I2C] = "I\302\262C",
		[JHCFG_HW_DEVICE_SPI] = "SPI",
		[JHCFG_HW_DEVICE_USB] = "USB",
		[JHCFG_HW_DEVICE_DISPLAY] = N_("Display"),
		[JHCFG_HW_DEVICE_DMA] = "DMA",
		[JHCFG_HW_DEVICE_CLOCK] = N_("Clocks"),
		[JHCFG_HW_DEVICE_PINCTRL] = N_("Pins"),
		[JHCFG_HW_DEVICE_WATCHDOG] = N_("Watchdogs"),
		[JHCFG_HW_DEVICE_IRQCHIP] = N_("Interrupt controllers"),
		[JHCFG_HW_DEVICE_IOMMU] = "IOMMUs",
		[JHCFG_HW_DEVICE_PCI_HOST] = N_("PCI hosts"),
		[JHCFG_HW_DEVICE_FIRMWARE] = N_("Firmware"),
		[JHCFG_HW_DEVICE_MEMORY] = N_("On-chip memory"),
	};

	return (guint)kind < G_N_ELEMENTS(titles) && titles[kind] ? jhw_said(titles[kind])
								  : jhw_said(titles[0]);
}

/* --- memory regions ---------------------------------------------------------- */

static const char *region_kind(const struct jhcfg_memory *memory)
{
	if (memory->flags & JAILHOUSE_MEM_COMM_REGION)
		return _("comm region");
	if (memory->flags & JAILHOUSE_MEM_IO)
		return _("registers");
	if (memory->flags & JAILHOUSE_MEM_ROOTSHARED)
		return _("shared memory");
	return "RAM";
}

char *jhw_region_name(const struct jhcfg_workspace *workspace, uint32_t key, size_t index)
{
	const struct jhcfg_config *config = jhcfg_workspace_cell(workspace, key);
	const struct jhcfg_memory *memory =
		config ? jhcfg_cell_memory(jhcfg_config_cell(config), index) : NULL;
	char note[64];

	if (!memory)
		return g_strdup("?");
	if (jhcfg_config_memory_note(config, index, "name", note, sizeof(note)) && *note)
		return g_strdup(g_str_equal(note, "ram") ? "RAM" : note);
	return g_strdup(region_kind(memory));
}

static char *region_title(const struct jhcfg_workspace *workspace, const JhwRef *ref)
{
	const struct jhcfg_cell *cell = jhw_cell(workspace, ref->cell);
	const struct jhcfg_memory *memory = cell ? jhcfg_cell_memory(cell, ref->id) : NULL;
	g_autofree char *name = jhw_region_name(workspace, ref->cell, ref->id);
	g_autofree char *size = NULL;

	if (!memory || !jhw_region_is_ram(memory))
		return g_steal_pointer(&name);
	size = jhw_number_human(memory->size);
	return g_strdup_printf("%s %s", name, size);
}

static char *range_text(uint64_t start, uint64_t size)
{
	return jhw_shown_range(start, start + size - 1);
}

static char *region_detail(const struct jhcfg_workspace *workspace, const JhwRef *ref)
{
	const struct jhcfg_cell *cell = jhw_cell(workspace, ref->cell);
	const struct jhcfg_memory *memory = cell ? jhcfg_cell_memory(cell, ref->id) : NULL;

	if (!memory || !memory->size)
		return g_strdup("");
	return range_text(memory->flags & JAILHOUSE_MEM_COMM_REGION ? memory->virt_start
								    : memory->phys_start,
			  memory->size);
}

/* --- others ------------------------------------------------------------------ */

static char *link_peers(const struct jhcfg_workspace *workspace, const struct jhcfg_link *link)
{
	g_autoptr(GString) text = g_string_new(NULL);

	for (guint id = 0; id < link->num_peers; id++) {
		g_autofree char *name = link->peers[id] ? jhw_cell_title(workspace, link->peers[id])
							: g_strdup(_("free"));

		g_string_append_printf(text, "%s%s", id ? " \342\206\224 " : "", name);
	}
	return g_string_free(g_steal_pointer(&text), FALSE);
}

static const struct jhcfg_hw_device *find_device(const struct jhcfg_workspace *workspace,
						 uint64_t index)
{
	const struct jhcfg_board *board = jhcfg_workspace_board(workspace);

	return board ? jhcfg_board_device(board, index) : NULL;
}

static const struct jhcfg_hw_memory *find_ram(const struct jhcfg_workspace *workspace,
					      uint64_t index)
{
	const struct jhcfg_board *board = jhcfg_workspace_board(workspace);

	return board ? jhcfg_board_memory(board, index) : NULL;
}

char *jhw_ref_name(const struct jhcfg_workspace *workspace, const JhwRef *ref)
{
	g_autofree char *irq = NULL;
	const struct jhcfg_hw_device *device;
	const struct jhcfg_hw_memory *ram;
	const struct jhcfg_link *link;

	switch (ref->kind) {
	case JHW_REF_CELL:
		return jhw_cell_title(workspace, ref->cell);
	case JHW_REF_CPU:
		return g_strdup_printf(_("CPU %" PRIu64), ref->id);
	case JHW_REF_DEVICE:
		device = find_device(workspace, ref->id);
		return g_strdup(device ? device->name : "?");
	case JHW_REF_PCI:
		return g_strdup_printf("%04x:%02x:%02x.%x", (guint)(ref->id >> 16),
				       (guint)(ref->id >> 8 & 0xff), (guint)(ref->id >> 3 & 0x1f),
				       (guint)(ref->id & 7));
	case JHW_REF_REGION:
		return region_title(workspace, ref);
	case JHW_REF_RAM:
		ram = find_ram(workspace, ref->id);
		return g_strdup(ram ? ram->name : "?");
	case JHW_REF_LINK:
		link = jhw_link(workspace, ref->id);
		return g_strdup(link ? link->name : "?");
	case JHW_REF_IRQ:
		irq = jhw_shown_irq(ref->id);
		return g_strdup_printf(_("interrupt %s"), irq);
	case JHW_REF_NONE:
		break;
	}
	return g_strdup("");
}

char *jhw_ref_detail(const struct jhcfg_workspace *workspace, const JhwRef *ref)
{
	const struct jhcfg_hw_device *device;
	const struct jhcfg_hw_memory *ram;
	const struct jhcfg_link *link;

	switch (ref->kind) {
	case JHW_REF_DEVICE:
		device = find_device(workspace, ref->id);
		if (device && device->num_windows)
			return jhw_shown_address(device->windows[0].start);
		break;
	case JHW_REF_REGION:
		return region_detail(workspace, ref);
	case JHW_REF_RAM:
		ram = find_ram(workspace, ref->id);
		if (ram && ram->range.size)
			return jhw_number_human(ram->range.size);
		break;
	case JHW_REF_LINK:
		link = jhw_link(workspace, ref->id);
		if (link)
			return link_peers(workspace, link);
		break;
	default:
		break;
	}
	return g_strdup("");
}

/* --- summaries --------------------------------------------------------------- */

guint jhw_cell_num_cpus(const struct jhcfg_workspace *workspace, uint32_t key)
{
	const struct jhcfg_board *board = jhcfg_workspace_board(workspace);
	const struct jhcfg_hw_cpu *cpu;
	guint count = 0;

	if (key != JHCFG_ROOT_KEY || !board)
		return jhcfg_cell_num_cpus(jhw_cell(workspace, key));
	for (size_t n = 0; (cpu = jhcfg_board_cpu(board, n)); n++) {
		JhwRef ref = jhw_ref_of(JHW_REF_CPU, cpu->id);

		count += jhw_owner_of(workspace, &ref) == key;
	}
	return count;
}

char *jhw_cell_summary(const struct jhcfg_workspace *workspace, uint32_t key)
{
	const struct jhcfg_cell *cell = jhw_cell(workspace, key);
	g_autofree char *ram = NULL, *cpu_text = NULL, *irq_text = NULL;
	guint cpus, irqs;

	if (!cell)
		return g_strdup("");
	ram = jhw_number_human(jhw_cell_ram(cell));
	cpus = jhw_cell_num_cpus(workspace, key);
	irqs = jhw_cell_num_irqs(cell);
	cpu_text = g_strdup_printf(ngettext("%u CPU", "%u CPUs", cpus), cpus);
	irq_text = g_strdup_printf(ngettext("%u interrupt", "%u interrupts", irqs), irqs);
	return g_strdup_printf("%s%s \302\267 %s \302\267 %s",
			       key == JHCFG_ROOT_KEY ? "Linux \302\267 " : "", cpu_text, ram,
			       irq_text);
}
