// SPDX-License-Identifier: LGPL-2.1-or-later
/* Rules about PCI devices and their cells: P01, P03, P09, P12. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include <jailhouse/cell-config.h>
#include <jhcfg/edit.h>

#include "check/devices.h"
#include "check/pci.h"

/* --- one owner: P01 -------------------------------------------------------
 */

/* What is wrong, which the fix-it goes by: detail[0]. */
enum {
	TWICE_IN_CELL,
	NOT_IN_ROOT,
	IN_TWO_CELLS,
};

static struct found at_entry(const struct pci_entry *entry,
			     const struct pci_entry *other, uint64_t what)
{
	struct found found = at_pci_device(entry->cell, entry->index);

	if (other) {
		found.related = other->cell;
		found.related_element = JHCFG_AT_PCI_DEVICE;
		found.related_index = other->index;
	}
	found.detail[0] = what;
	return found;
}

static void check_pair(struct check *check, const struct pci_entry *first,
		       const struct pci_entry *second)
{
	const struct bdf_text name =
		bdf_text(second->device->domain, second->device->bdf);
	struct found found;

	if (first->cell == second->cell) {
		found = at_entry(second, first, TWICE_IN_CELL);
		check_report(check, &found,
			     "cell \"%s\" has PCI device %s twice, as device "
			     "%zu and %zu",
			     second->cell->name, name.text, first->index,
			     second->index);
	} else if (!first->cell->is_root) {
		found = at_entry(second, first, IN_TWO_CELLS);
		check_report(check, &found,
			     "PCI device %s is device %zu of cell \"%s\" and "
			     "device %zu of cell \"%s\"",
			     name.text, second->index, second->cell->name,
			     first->index, first->cell->name);
	}
}

static void check_in_root(struct check *check, const struct pci_entry *entry)
{
	const struct found found = at_entry(entry, NULL, NOT_IN_ROOT);

	if (!entry->cell->is_root)
		check_report(check, &found,
			     "PCI device %s, device %zu of cell \"%s\", is not "
			     "in the list of the root cell \"%s\"",
			     bdf_text(entry->device->domain, entry->device->bdf)
				     .text,
			     entry->index, entry->cell->name,
			     check->cells[0]->name);
}

void pci_check_owners(struct check *check, const struct check_cell *root)
{
	struct pci_index index;

	(void)root;
	if (pci_index_make(check, &index)) {
		check_no_memory(check);
		return;
	}
	for (size_t n = 0; n < index.count; n++) {
		const struct pci_entry *entry = &index.entries[n];

		/* the root, if it has the device, comes first */
		if (!n || entry[-1].address != entry->address)
			check_in_root(check, entry);
		else
			check_pair(check, &entry[-1], entry);
	}
	pci_index_clear(&index);
}

int pci_fix_owners(struct fix *fix)
{
	const size_t index = fix->finding->at.index;
	struct jhcfg_config *config;

	if (fix->finding->detail[0] != NOT_IN_ROOT) {
		config = fix_edit(fix);
		return config ? jhcfg_config_remove_pci_device(config, index)
			      : -ENOMEM;
	}
	config = fix_edit_cell(fix, &fix->check->all[0]);
	return config ? pci_copy_device(
				config, fix->cell->cell,
				jhcfg_cell_pci_device(fix->cell->cell, index))
		      : -ENOMEM;
}

/* --- capabilities: P03 ----------------------------------------------------
 */

static bool caps_fit(const struct check_cell *cell,
		     const struct jhcfg_pci_device *device)
{
	return !device->num_caps ||
	       (size_t)device->caps_start + device->num_caps <=
		       jhcfg_cell_num_pci_caps(cell->cell);
}

static bool lacks_table(const struct jhcfg_pci_device *device)
{
	return device->type == JAILHOUSE_PCI_TYPE_DEVICE &&
	       device->num_msix_vectors && !device->msix_address;
}

void pci_check_caps(struct check *check, const struct check_cell *cell)
{
	const struct jhcfg_pci_device *device;
	const struct jhcfg_hw_pci_function *function;
	struct jhcfg_range table;

	for (size_t n = 0; (device = jhcfg_cell_pci_device(cell->cell, n));
	     n++) {
		const struct bdf_text name =
			bdf_text(device->domain, device->bdf);
		struct found found = at_pci_device(cell, n);

		if (!caps_fit(cell, device))
			check_report(
				check, &found,
				"cell \"%s\" PCI device %s has capabilities %u "
				"to %u, but the cell has %zu",
				cell->name, name.text, device->caps_start,
				device->caps_start + device->num_caps - 1U,
				jhcfg_cell_num_pci_caps(cell->cell));
		if (!lacks_table(device))
			continue;
		function = pci_function(check->board, device);
		found.unfixable |=
			!function || !pci_msix_table(function, &table);
		check_report(check, &found,
			     "cell \"%s\" PCI device %s has %u MSI-X vectors, "
			     "but no address of their table",
			     cell->name, name.text, device->num_msix_vectors);
	}
}

int pci_fix_caps(struct fix *fix)
{
	const size_t index = fix->finding->at.index;
	struct jhcfg_config *config = fix_edit(fix);
	const struct jhcfg_hw_pci_function *function;
	struct jhcfg_pci_device device;
	struct jhcfg_range table;
	size_t count;

	if (!config)
		return -ENOMEM;
	device = *jhcfg_cell_pci_device(jhcfg_config_cell(config), index);
	count = jhcfg_cell_num_pci_caps(jhcfg_config_cell(config));
	if (!caps_fit(fix->cell, &device)) {
		device.num_caps = (uint16_t)(count > device.caps_start
						     ? count - device.caps_start
						     : 0);
		if (!device.num_caps)
			device.caps_start = 0;
	}
	function = pci_function(fix->check->board, &device);
	if (lacks_table(&device) && function &&
	    pci_msix_table(function, &table)) {
		device.msix_address = table.start;
		device.msix_region_size = (uint16_t)table.size;
	}
	return jhcfg_config_replace_pci_device(config, index, &device);
}

/* --- MSI on Arm: P09 ------------------------------------------------------
 */

void pci_check_msi(struct check *check, const struct check_cell *cell)
{
	const struct jhcfg_hw_irqchip *gic =
		jhcfg_board_main_irqchip(check->board);
	const struct jhcfg_pci_device *device;

	if (check_is_x86(check) || cell->is_root)
		return;
	for (size_t n = 0; (device = jhcfg_cell_pci_device(cell->cell, n));
	     n++) {
		const struct found found = at_pci_device(cell, n);

		if (device->type == JAILHOUSE_PCI_TYPE_IVSHMEM ||
		    (!device->num_msi_vectors && !device->num_msix_vectors))
			continue;
		check_report(check, &found,
			     "cell \"%s\" PCI device %s has %u MSI and %u "
			     "MSI-X vectors, but %s 0x%" PRIx64
			     " belongs to the root cell",
			     cell->name,
			     bdf_text(device->domain, device->bdf).text,
			     device->num_msi_vectors, device->num_msix_vectors,
			     gic && gic->its.size ? "the ITS at" : "the GIC at",
			     gic && gic->its.size ? gic->its.start
						  : check->platform->gicd_base);
	}
}

int pci_fix_msi(struct fix *fix)
{
	const size_t index = fix->finding->at.index;
	struct jhcfg_config *config = fix_edit(fix);
	struct jhcfg_pci_device device;

	if (!config)
		return -ENOMEM;
	device = *jhcfg_cell_pci_device(jhcfg_config_cell(config), index);
	device.num_msi_vectors = 0;
	device.num_msix_vectors = 0;
	device.msix_region_size = 0;
	device.msix_address = 0;
	return jhcfg_config_replace_pci_device(config, index, &device);
}

/* --- what Linux cannot do without: P12 ------------------------------------
 */

/* The cell but the root that has the device with this name in sysfs, which is
 * "0000:00:1f.2" for PCI, "9040000.ethernet" where a device tree tells it. */
static const struct check_cell *cell_of(struct check *check,
					const struct pci_index *index,
					const char *name)
{
	const struct pci_entry *entry;
	const struct check_region *region;
	unsigned int domain, bus, slot, function;
	uint64_t address;
	char *end;

	if (sscanf(name, "%4x:%2x:%2x.%1u", &domain, &bus, &slot, &function) ==
	    4) {
		entry = pci_index_owner(
			index, (uint16_t)domain,
			(uint16_t)(bus << 8 | slot << 3 | function));
		return entry && !entry->cell->is_root ? entry->cell : NULL;
	}
	address = strtoull(name, &end, 16);
	if (end == name || *end != '.')
		return NULL;
	region = region_of_address(check, address);
	return region && !region->cell->is_root &&
			       !(region->memory->flags &
				 JAILHOUSE_MEM_ROOTSHARED)
		       ? region->cell
		       : NULL;
}

static void check_use(struct check *check, const struct pci_index *index,
		      const char *device, const char *use)
{
	const struct check_cell *cell = cell_of(check, index, device);
	const struct found found = {
		.cell = cell,
		.element = JHCFG_AT_TARGET,
		.related = check->cells[0],
	};

	if (cell)
		check_report(check, &found,
			     "device %s is given to cell \"%s\", but Linux in "
			     "cell \"%s\" %s",
			     device, cell->name, check->cells[0]->name, use);
}

void pci_check_in_use(struct check *check, const struct check_cell *root)
{
	const struct jhcfg_live *live = check->live;
	struct pci_index index;

	(void)root;
	if (pci_index_make(check, &index)) {
		check_no_memory(check);
		return;
	}
	if (jhcfg_live_knows(live, JHCFG_LIVE_ROOT_DEVICE))
		check_use(check, &index, live->root_device,
			  "has its root file system on it");
	for (size_t n = 0;
	     jhcfg_live_knows(live, JHCFG_LIVE_NET) && n < live->num_nets; n++)
		if (live->nets[n].has_ssh_session)
			check_use(check, &index, live->nets[n].device,
				  "is logged in to through it");
	pci_index_clear(&index);
}
