// SPDX-License-Identifier: LGPL-2.1-or-later
/* Rules about registers of PCI functions: P04, P05. */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>

#include <jailhouse/cell-config.h>
#include <jhcfg/edit.h>

#include "check/pci.h"
#include "check/regions.h"

/* --- configuration space, PCI 3.0 6.1, 6.7, 6.8.2 -------------------------
 */

#define CAP_POINTER	0x34
#define CAP_MSIX	0x11
#define MSIX_CONTROL	2
#define MSIX_TABLE	4
#define MSIX_SIZE_MASK	0x7ffU
#define MSIX_BAR_MASK	7U
#define MSIX_ENTRY_SIZE 16U
/* There is room for this many in the 192 bytes behind the header. */
#define MAX_CAPS 48

static uint32_t read_config(const struct jhcfg_hw_pci_function *function,
			    size_t offset, unsigned int bytes)
{
	uint32_t value = 0;

	if (offset + bytes > function->config_size)
		return 0;
	for (unsigned int n = 0; n < bytes; n++)
		value |= (uint32_t)function->config[offset + n] << 8 * n;
	return value;
}

static size_t find_cap(const struct jhcfg_hw_pci_function *function,
		       uint32_t id)
{
	size_t offset = read_config(function, CAP_POINTER, 1) & 0xfc;

	for (unsigned int n = 0; offset && n < MAX_CAPS; n++) {
		if (read_config(function, offset, 1) == id)
			return offset;
		offset = read_config(function, offset + 1, 1) & 0xfc;
	}
	return 0;
}

bool pci_msix_table(const struct jhcfg_hw_pci_function *function,
		    struct jhcfg_range *pages)
{
	const size_t cap = find_cap(function, CAP_MSIX);
	const uint32_t table = read_config(function, cap + MSIX_TABLE, 4);
	const uint32_t bar = table & MSIX_BAR_MASK;
	uint64_t size = ((read_config(function, cap + MSIX_CONTROL, 2) &
			  MSIX_SIZE_MASK) +
			 1) *
			(uint64_t)MSIX_ENTRY_SIZE;
	uint64_t offset = table & ~MSIX_BAR_MASK;

	if (!cap || bar > 5 || !function->bar[bar].range.start)
		return false;
	size += offset & CHECK_PAGE_MASK;
	*pages = (struct jhcfg_range){
		(function->bar[bar].range.start + offset) & ~CHECK_PAGE_MASK,
		(size + CHECK_PAGE_MASK) & ~CHECK_PAGE_MASK,
	};
	return true;
}

/* --- BARs: P04 ------------------------------------------------------------
 */

int pci_collect_covered(const struct check_cell *cell, struct intervals *has)
{
	const struct jhcfg_pci_device *device;

	regions_collect(cell, has);
	for (size_t n = 0; (device = jhcfg_cell_pci_device(cell->cell, n)); n++)
		if (device->type != JAILHOUSE_PCI_TYPE_IVSHMEM &&
		    device->msix_address)
			intervals_add(has, device->msix_address,
				      device->msix_region_size, 0, SIZE_MAX);
	return intervals_sort(has);
}

/* One that is memory and has an address. */
static bool is_mapped(const struct jhcfg_hw_pci_function *function, int bar)
{
	return !function->bar[bar].io && function->bar[bar].range.size &&
	       function->bar[bar].range.start;
}

static void check_bar(struct check *check, const struct check_cell *cell,
		      size_t index, const struct intervals *has,
		      const struct jhcfg_hw_pci_function *function, int bar)
{
	const struct jhcfg_pci_device *device =
		jhcfg_cell_pci_device(cell->cell, index);
	const struct bdf_text name = bdf_text(device->domain, device->bdf);
	const struct jhcfg_range *range = &function->bar[bar].range;
	const struct found found = at_pci_device(cell, index);
	uint64_t start = range->start;
	uint64_t last = check_last(range->start, range->size);

	if (is_mapped(function, bar) && intervals_gap(has, &start, &last))
		check_report(
			check, &found,
			"cell \"%s\" has PCI device %s, but not [0x%" PRIx64
			"-0x%" PRIx64 "] of its BAR %d [0x%" PRIx64
			"-0x%" PRIx64 "]",
			cell->name, name.text, start, last, bar, range->start,
			check_last(range->start, range->size));
	if (bar < 5 && function->bar[bar].is_64bit && device->bar_mask[bar] &&
	    !device->bar_mask[bar + 1])
		check_report(check, &found,
			     "cell \"%s\" PCI device %s: BAR %d has 64 bits, "
			     "but its mask is 0x%x with 0 as upper half",
			     cell->name, name.text, bar, device->bar_mask[bar]);
}

/* Of the functions that cells have, each against what its owner has; @has by
 * the cell's position. */
static void check_functions(struct check *check, const struct pci_index *index,
			    const struct intervals *has)
{
	const struct jhcfg_hw_pci_function *function;
	const struct pci_entry *owner;

	for (size_t n = 0;
	     (function = jhcfg_board_pci_function(check->board, n)); n++) {
		owner = pci_index_owner(index, function->domain, function->bdf);
		for (int bar = 0; owner && bar < 6; bar++)
			check_bar(check, owner->cell, owner->index,
				  &has[owner->cell->position], function, bar);
	}
}

void pci_check_bars(struct check *check, const struct check_cell *root)
{
	struct intervals *has = calloc(check->num_cells, sizeof(*has));
	struct pci_index index = { 0 };
	int err = has ? pci_index_make(check, &index) : -ENOMEM;

	(void)root;
	for (size_t n = 0; !err && n < check->num_cells; n++)
		err = pci_collect_covered(check->cells[n], &has[n]);
	if (err)
		check_no_memory(check);
	else
		check_functions(check, &index, has);
	for (size_t n = 0; has && n < check->num_cells; n++)
		intervals_clear(&has[n]);
	free(has);
	pci_index_clear(&index);
}

static int add_gaps(struct jhcfg_config *config,
		    const struct jhcfg_range *range,
		    const struct intervals *has)
{
	const uint64_t end =
		check_last(range->start, range->size) | CHECK_PAGE_MASK;
	uint64_t at = range->start & ~CHECK_PAGE_MASK;
	int err = 0;

	while (!err && at <= end) {
		struct jhcfg_memory memory = {
			.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE |
				 JAILHOUSE_MEM_IO,
		};
		uint64_t start = at, last = end;

		if (!intervals_gap(has, &start, &last))
			break;
		memory.phys_start = memory.virt_start = start;
		memory.size = last - start + 1;
		err = jhcfg_config_insert_memory(config, SIZE_MAX, &memory);
		if (last == UINT64_MAX)
			break;
		at = last + 1;
	}
	return err;
}

int pci_add_bars(struct jhcfg_config *config,
		 const struct jhcfg_hw_pci_function *function,
		 const struct intervals *has)
{
	int err = 0;

	for (int bar = 0; !err && bar < 6; bar++)
		if (is_mapped(function, bar))
			err = add_gaps(config, &function->bar[bar].range, has);
	return err;
}

static void complete_masks(const struct jhcfg_hw_pci_function *function,
			   struct jhcfg_pci_device *device)
{
	for (int bar = 0; bar < 5; bar++)
		if (function->bar[bar].is_64bit && device->bar_mask[bar] &&
		    !device->bar_mask[bar + 1])
			device->bar_mask[bar + 1] =
				(uint32_t)(~(function->bar[bar].range.size -
					     1) >>
					   32);
}

int pci_fix_bars(struct fix *fix)
{
	const size_t index = fix->finding->at.index;
	struct jhcfg_config *config = fix_edit(fix);
	const struct jhcfg_hw_pci_function *function;
	struct jhcfg_pci_device device;
	struct intervals has = { 0 };
	int err;

	if (!config)
		return -ENOMEM;
	device = *jhcfg_cell_pci_device(jhcfg_config_cell(config), index);
	function = pci_function(fix->check->board, &device);
	if (!function)
		return -EINVAL;
	complete_masks(function, &device);
	err = jhcfg_config_replace_pci_device(config, index, &device);
	if (!err)
		err = pci_collect_covered(fix->cell, &has);
	if (!err)
		err = pci_add_bars(config, function, &has);
	intervals_clear(&has);
	return err;
}

/* --- MSI-X tables: P05 ----------------------------------------------------
 */

static void check_table(struct check *check, const struct pci_entry *entry)
{
	const uint64_t start = entry->device->msix_address;
	const uint64_t last =
		check_last(start, entry->device->msix_region_size);
	const struct check_region *region;
	size_t position = 0;

	while ((region = check_region_at(check, start, last, &position))) {
		const struct found found = {
			.cell = region->cell,
			.element = JHCFG_AT_MEMORY,
			.index = region->index,
			.related = entry->cell,
			.related_element = JHCFG_AT_PCI_DEVICE,
			.related_index = entry->index,
			.unfixable = region->cell->shmem[region->index],
			.detail = { start, last },
		};

		check_report(check, &found,
			     "%s has the MSI-X table of PCI device %s of cell "
			     "\"%s\" [0x%" PRIx64 "-0x%" PRIx64 "] in it",
			     region_text(region->cell, region->index).text,
			     bdf_text(entry->device->domain, entry->device->bdf)
				     .text,
			     entry->cell->name, start, last);
	}
}

void pci_check_msix(struct check *check, const struct check_cell *root)
{
	struct pci_index index;

	(void)root;
	if (pci_index_make(check, &index)) {
		check_no_memory(check);
		return;
	}
	/* Of the entries of one device, which are of several cells, one. */
	for (size_t n = 0; n < index.count; n++)
		if ((!n || index.entries[n].address !=
				   index.entries[n - 1].address) &&
		    index.entries[n].device->msix_address &&
		    index.entries[n].device->msix_region_size)
			check_table(check, &index.entries[n]);
	pci_index_clear(&index);
}

int pci_fix_msix(struct fix *fix)
{
	struct jhcfg_config *config;
	struct jhcfg_memory memory;
	int err = fix_region(fix, &config, &memory);

	if (err)
		return err;
	return region_cut_phys(config, fix->finding->at.index,
			       fix->finding->detail[0] & ~CHECK_PAGE_MASK,
			       fix->finding->detail[1] | CHECK_PAGE_MASK);
}
