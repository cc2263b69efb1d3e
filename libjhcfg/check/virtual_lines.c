// SPDX-License-Identifier: LGPL-2.1-or-later
/* Rules about interrupts of virtual devices on Arm: V08, V09. */
#include <errno.h>
#include <inttypes.h>

#include <jhcfg/edit.h>

#include "check/devices.h"
#include "check/irq.h"
#include "check/pci.h"
#include "check/shmem.h"

#define PINS 4U

/* --- V08 ------------------------------------------------------------------
 */

static const struct jhcfg_hw_device *device_of_line(const struct check *check,
						    uint32_t number)
{
	size_t position = 0;

	return check->board ? jhcfg_board_device(
				      check->board,
				      jhcfg_board_device_of_irq(
					      check->board, number, &position))
			    : NULL;
}

/* Another cell that has the line: for itself, or for its virtual devices. */
static const struct check_cell *line_owner(const struct check *check,
					   const struct check_cell *cell,
					   uint32_t number)
{
	const struct check_cell *owner =
		irq_owner(check, check->platform->gicd_base, number, cell);

	if (!owner && !cell->is_root &&
	    irq_is_virtual(check, check->cells[0], number))
		owner = check->cells[0];
	return owner;
}

static void check_line(struct check *check, const struct check_cell *cell,
		       size_t index)
{
	const struct jhcfg_pci_device *pci =
		jhcfg_cell_pci_device(cell->cell, index);
	const uint64_t line = shmem_line(cell, pci);
	const uint32_t number = line > LAST_SPI ? 0 : (uint32_t)line;
	const struct check_cell *owner =
		number ? line_owner(check, cell, number) : NULL;
	const struct jhcfg_hw_device *device =
		number ? device_of_line(check, number) : NULL;
	const bool granted =
		number &&
		jhcfg_config_has_irq(cell->config, check->platform->gicd_base,
				     number);
	struct found found = {
		.cell = cell,
		.element = JHCFG_AT_PCI_DEVICE,
		.index = index,
	};
	const char *fault = NULL, *name = "";

	if (!number) {
		fault = "is beyond the last SPI, INTID 1019";
	} else if (device) {
		fault = "is that of device ";
		name = device->name;
		found.related = check->cells[0];
		found.related_element = JHCFG_AT_IRQ;
		found.related_index = number;
	} else if (owner) {
		fault = "belongs to cell ";
		name = owner->name;
		found.related = owner;
		found.related_element = JHCFG_AT_IRQ;
		found.related_index = number;
	} else if (!granted) {
		fault = "is not granted to it";
	}
	if (fault)
		check_report(
			check, &found,
			"cell \"%s\" PCI device %s interrupts by INTID %" PRIu64
			" (0x%" PRIx64 ", vpci_irq_base %u), which "
			"%s%s%s%s",
			cell->name, bdf_text(pci->domain, pci->bdf).text, line,
			line, jhcfg_cell_vpci_irq_base(cell->cell), fault,
			*name ? "\"" : "", name, *name ? "\"" : "");
}

void virtual_check_line(struct check *check, const struct check_cell *root)
{
	const struct jhcfg_pci_device *device;

	(void)root;
	/* Without a GIC nobody has any, which is for I09. */
	for (size_t c = 0; check->platform->gicd_base && c < check->num_cells;
	     c++)
		for (size_t n = 0;
		     (device = jhcfg_cell_pci_device(check->cells[c]->cell, n));
		     n++)
			if (shmem_uses_line(check, device))
				check_line(check, check->cells[c], n);
}

/* Which INTIDs are of no use for lines of the cell. */
static void mark_used(const struct fix *fix, bool *used)
{
	const struct check *check = fix->check;
	const uint64_t gicd = check->platform->gicd_base;
	const struct jhcfg_hw_pci_host *host;

	for (uint32_t n = FIRST_SPI; n <= LAST_SPI; n++)
		used[n] = device_of_line(check, n) ||
			  !jhcfg_config_has_irq(check->all[0].config, gicd, n);
	for (size_t n = 0;
	     check->board && (host = jhcfg_board_pci_host(check->board, n));
	     n++)
		for (unsigned int pin = 0; pin < PINS; pin++)
			if (host->intx[pin] <= LAST_SPI)
				used[host->intx[pin]] = true;
	for (size_t c = 0; c < check->num_all; c++) {
		const struct check_cell *cell = &check->all[c];

		for (uint32_t n = FIRST_SPI; cell != fix->cell && n <= LAST_SPI;
		     n++)
			if (irq_is_virtual(check, cell, n) ||
			    (!cell->is_root &&
			     jhcfg_config_has_irq(cell->config, gicd, n)))
				used[n] = true;
	}
}

/* Four in a row, the highest, as those of devices are low; 0: none. */
static uint32_t find_free_lines(const struct fix *fix)
{
	const struct jhcfg_hw_irqchip *gic =
		fix->check->board ? jhcfg_board_main_irqchip(fix->check->board)
				  : NULL;
	bool used[LAST_SPI + 1] = { false };
	uint32_t last = LAST_SPI;

	if (gic && gic->num_pins && gic->num_pins <= LAST_SPI)
		last = gic->num_pins - 1;
	mark_used(fix, used);
	for (uint32_t n = last - (PINS - 1); n >= FIRST_SPI; n--)
		if (!used[n] && !used[n + 1] && !used[n + 2] && !used[n + 3])
			return n;
	return 0;
}

/* Lines of devices that links add are granted with them. */
static int grant_lines(const struct fix *fix, struct jhcfg_config *config)
{
	const struct jhcfg_cell *cell = jhcfg_config_cell(config);
	const uint64_t gicd = fix->check->platform->gicd_base;
	const struct jhcfg_pci_device *device;
	int err = 0;

	for (size_t n = 0; !err && (device = jhcfg_cell_pci_device(cell, n));
	     n++)
		if (shmem_uses_line(fix->check, device))
			err = jhcfg_config_add_irq(
				config, gicd,
				FIRST_SPI + jhcfg_cell_vpci_irq_base(cell) +
					(device->bdf >> 3 & 3));
	return err;
}

/* A cell keeps no line that it had only for this; the root has them all. */
static void drop_lines(const struct fix *fix, struct jhcfg_config *config)
{
	const uint64_t gicd = fix->check->platform->gicd_base;
	const struct jhcfg_pci_device *device;
	uint64_t line;

	for (size_t n = 0; !fix->cell->is_root &&
			   (device = jhcfg_cell_pci_device(fix->cell->cell, n));
	     n++) {
		line = shmem_line(fix->cell, device);
		if (shmem_uses_line(fix->check, device) && line <= LAST_SPI &&
		    !device_of_line(fix->check, (uint32_t)line))
			jhcfg_config_remove_irq(config, gicd, (uint32_t)line);
	}
}

int virtual_fix_line(struct fix *fix)
{
	const struct jhcfg_pci_device *device =
		jhcfg_cell_pci_device(fix->cell->cell, fix->finding->at.index);
	const uint64_t line = shmem_line(fix->cell, device);
	struct jhcfg_config *config = fix_edit(fix);
	uint32_t first;

	if (!config)
		return -ENOMEM;
	/* One that nobody has is good as it is. */
	if (line <= LAST_SPI && !fix->finding->related.cell)
		return grant_lines(fix, config);
	first = find_free_lines(fix);
	if (!first)
		return fix_refuse(fix, "grant the root cell more SPIs",
				  "no four SPIs in a row are free");
	drop_lines(fix, config);
	jhcfg_config_set_vpci_irq_base(config, first - FIRST_SPI);
	return grant_lines(fix, config);
}

/* --- V09 ------------------------------------------------------------------
 */

static void check_count(struct check *check, const struct check_cell *cell)
{
	const struct found found = { .cell = cell, .unfixable = true };
	const struct jhcfg_pci_device *device;
	size_t count = 0;

	for (size_t n = 0; (device = jhcfg_cell_pci_device(cell->cell, n)); n++)
		count += shmem_uses_line(check, device);
	if (count > PINS)
		check_report(check, &found,
			     "cell \"%s\" has %zu links with INTx, which share "
			     "%u lines from INTID %u (0x%x) on",
			     cell->name, count, PINS,
			     FIRST_SPI + jhcfg_cell_vpci_irq_base(cell->cell),
			     FIRST_SPI + jhcfg_cell_vpci_irq_base(cell->cell));
}

void virtual_check_sharing(struct check *check, const struct check_cell *cell)
{
	const struct jhcfg_pci_device *device;

	if (check_is_x86(check))
		return;
	check_count(check, cell);
	for (size_t n = 0; check->platform->pci_is_virtual &&
			   (device = jhcfg_cell_pci_device(cell->cell, n));
	     n++) {
		const struct found found = {
			.cell = cell,
			.element = JHCFG_AT_PCI_DEVICE,
			.index = n,
		};

		if (shmem_is_end(device) && device->num_msix_vectors)
			check_report(
				check, &found,
				"cell \"%s\" PCI device %s has %u MSI-X "
				"vectors, but the virtual host at 0x%" PRIx64
				" has no MSI controller",
				cell->name,
				bdf_text(device->domain, device->bdf).text,
				device->num_msix_vectors,
				check->platform->pci_mmconfig_base);
	}
}

/* The link whose device it is; all its ends change. */
static int clear_link(const struct fix *fix, uint16_t bdf)
{
	const struct jhcfg_link *link;
	struct jhcfg_link copy;
	uint32_t key = 0;

	for (size_t n = 0; (link = jhcfg_workspace_link(fix->workspace, n));
	     n++) {
		if (link->bdf != bdf)
			continue;
		copy = *link;
		copy.num_msix_vectors = 0;
		return jhcfg_workspace_set_link(fix->workspace, &copy, &key);
	}
	return -ENOENT;
}

int virtual_fix_sharing(struct fix *fix)
{
	const size_t index = fix->finding->at.index;
	struct jhcfg_pci_device device =
		*jhcfg_cell_pci_device(fix->cell->cell, index);
	struct jhcfg_config *config;
	int err;

	if (index >= fix->cell->num_own_pci)
		return clear_link(fix, device.bdf);
	config = fix_edit(fix);
	if (!config)
		return -ENOMEM;
	device.num_msix_vectors = 0;
	device.bar_mask[1] = 0;
	err = jhcfg_config_replace_pci_device(config, index, &device);
	return err ? err : grant_lines(fix, config);
}
