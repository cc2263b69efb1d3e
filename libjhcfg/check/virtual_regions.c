// SPDX-License-Identifier: LGPL-2.1-or-later
/* Rules about the regions of one end of a link: V01, V05, V06. */
#include <errno.h>
#include <inttypes.h>

#include <jailhouse/cell-config.h>
#include <jhcfg/edit.h>

#include "check/pci.h"
#include "check/regions.h"
#include "check/shmem.h"

static struct found at_region_of(const struct check_cell *cell, size_t device,
				 size_t region)
{
	struct found found = at_pci_device(cell, device);

	found.element = JHCFG_AT_MEMORY;
	found.index = region;
	found.unfixable |= !shmem_is_own(cell, device);
	found.detail[0] = device;
	return found;
}

/* --- V01 ------------------------------------------------------------------
 */

void virtual_check_indices(struct check *check, const struct check_cell *cell)
{
	const struct jhcfg_pci_device *device;

	for (size_t n = 0; (device = jhcfg_cell_pci_device(cell->cell, n));
	     n++) {
		const struct found found = at_pci_device(cell, n);

		if (shmem_is_end(device) && !shmem_fits(cell, device))
			check_report(
				check, &found,
				"cell \"%s\" PCI device %s, a link of %u "
				"peers, "
				"needs memory regions %u to %zu, but there are "
				"%zu",
				cell->name,
				bdf_text(device->domain, device->bdf).text,
				device->shmem_peers,
				device->shmem_regions_start,
				device->shmem_regions_start +
					shmem_num_regions(device) - 1,
				cell->num_memory);
	}
}

static bool same_memory(const struct jhcfg_memory *a,
			const struct jhcfg_memory *b)
{
	return a->size == b->size &&
	       (!a->size || a->phys_start == b->phys_start);
}

/* Whether the regions of the other end are here, from @start on. */
static bool matches(const struct jhcfg_cell *cell, size_t start,
		    const struct shmem_end *other)
{
	for (size_t n = 0; n < shmem_num_regions(other->device); n++) {
		const struct jhcfg_memory *memory =
			jhcfg_cell_memory(cell, start + n);

		if (!memory ||
		    !same_memory(memory,
				 shmem_region(other->cell, other->device, n)))
			return false;
	}
	return true;
}

/* New regions at the end of the list, at guest addresses as in the other
 * cell; those that were there in part stay what they are. */
static int add_regions(struct jhcfg_config *config, size_t index,
		       const struct shmem_end *other)
{
	const struct jhcfg_cell *cell = jhcfg_config_cell(config);
	struct jhcfg_pci_device device = *jhcfg_cell_pci_device(cell, index);
	const struct jhcfg_memory empty = { 0 };
	int err = 0;

	device.shmem_regions_start = (uint32_t)jhcfg_cell_num_memory(cell);
	for (size_t n = 0; !err && n < shmem_num_regions(&device); n++)
		err = jhcfg_config_insert_memory(config, SIZE_MAX, &empty);
	if (!err)
		err = jhcfg_config_replace_pci_device(config, index, &device);
	return err ? err
		   : shmem_sync(config, index, other,
				shmem_region(other->cell, other->device,
					     SHMEM_STATE)
					->virt_start);
}

static int find_regions(struct jhcfg_config *config, size_t index,
			const struct shmem_end *other)
{
	const struct jhcfg_cell *cell = jhcfg_config_cell(config);
	struct jhcfg_pci_device device = *jhcfg_cell_pci_device(cell, index);

	for (size_t start = 0; start < jhcfg_cell_num_memory(cell); start++) {
		if (!matches(cell, start, other))
			continue;
		device.shmem_regions_start = (uint32_t)start;
		device.shmem_peers = other->device->shmem_peers;
		return jhcfg_config_replace_pci_device(config, index, &device);
	}
	return add_regions(config, index, other);
}

int virtual_fix_indices(struct fix *fix)
{
	const size_t at = fix->finding->at.index;
	const struct shmem_end own = {
		.cell = fix->cell,
		.index = at,
		.device = jhcfg_cell_pci_device(fix->cell->cell, at),
	};
	struct jhcfg_config *config = fix_edit(fix);
	struct shmem_index index = { 0 };
	struct shmem_end other;
	int err = config ? shmem_index_make(fix->check, &index) : -ENOMEM;
	bool found = !err && shmem_other_end(&index, &own, &other);

	shmem_index_clear(&index);
	if (err)
		return err;
	if (!found)
		return fix_refuse(
			fix,
			"make a link of it, whose regions are "
			"derived",
			"no other cell tells which regions device %s "
			"has",
			bdf_text(own.device->domain, own.device->bdf).text);
	return find_regions(config, at, &other);
}

/* --- V05 ------------------------------------------------------------------
 */

static bool has_rights(const struct jhcfg_memory *memory, size_t n, uint8_t id)
{
	const uint64_t both = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE;

	return !memory->size || (memory->flags & both) == shmem_rights(n, id);
}

static const char *section_name(size_t n)
{
	return n == SHMEM_STATE ? "state table"
	       : n == SHMEM_RW	? "common section"
				: "output section";
}

static void check_rights(struct check *check, const struct check_cell *cell,
			 size_t index)
{
	const struct jhcfg_pci_device *device =
		jhcfg_cell_pci_device(cell->cell, index);

	for (size_t n = 0; n < shmem_num_regions(device); n++) {
		const struct jhcfg_memory *memory =
			shmem_region(cell, device, n);
		const size_t region = device->shmem_regions_start + n;
		const struct found found = at_region_of(cell, index, region);

		if (has_rights(memory, n, device->shmem_dev_id))
			continue;
		check_report(check, &found,
			     "%s, a%s %s of link %s, has flags 0x%" PRIx64
			     ", but peer %u may %s it",
			     region_text(cell, region).text,
			     n >= SHMEM_FIRST_OUTPUT ? "n" : "",
			     section_name(n),
			     bdf_text(device->domain, device->bdf).text,
			     memory->flags, device->shmem_dev_id,
			     shmem_rights(n, device->shmem_dev_id) &
					     JAILHOUSE_MEM_WRITE
				     ? "read and write"
				     : "only read");
	}
}

/* One with an id beyond the peers has no output section: V02. */
void virtual_check_rights(struct check *check, const struct check_cell *cell)
{
	const struct jhcfg_pci_device *device;

	for (size_t n = 0; (device = jhcfg_cell_pci_device(cell->cell, n)); n++)
		if (shmem_is_end(device) && shmem_fits(cell, device) &&
		    device->shmem_dev_id < device->shmem_peers)
			check_rights(check, cell, n);
}

int virtual_fix_rights(struct fix *fix)
{
	const struct jhcfg_pci_device *device = jhcfg_cell_pci_device(
		fix->cell->cell, (size_t)fix->finding->detail[0]);
	const size_t index = fix->finding->at.index;
	struct jhcfg_config *config = fix_edit(fix);
	struct jhcfg_memory memory;

	if (!config)
		return -ENOMEM;
	memory = *jhcfg_cell_memory(jhcfg_config_cell(config), index);
	memory.flags &= ~(uint64_t)JAILHOUSE_MEM_WRITE;
	memory.flags |= shmem_rights(index - device->shmem_regions_start,
				     device->shmem_dev_id);
	return jhcfg_config_replace_memory(config, index, &memory);
}

/* --- V06 ------------------------------------------------------------------
 */

static uint64_t output_size(const struct check_cell *cell,
			    const struct jhcfg_pci_device *device)
{
	return shmem_region(cell, device, SHMEM_FIRST_OUTPUT)->size;
}

/* The first region that is wrong, SIZE_MAX if all are right. */
static size_t find_misplaced(const struct check_cell *cell,
			     const struct jhcfg_pci_device *device,
			     uint64_t *expected)
{
	*expected = shmem_region(cell, device, SHMEM_STATE)->virt_start;
	for (size_t n = 0; n < shmem_num_regions(device); n++) {
		const struct jhcfg_memory *memory =
			shmem_region(cell, device, n);

		if ((memory->size && memory->virt_start != *expected) ||
		    (n > SHMEM_FIRST_OUTPUT &&
		     memory->size != output_size(cell, device)))
			return n;
		*expected += memory->size;
	}
	return SIZE_MAX;
}

void virtual_check_layout(struct check *check, const struct check_cell *cell)
{
	const struct jhcfg_pci_device *device;
	uint64_t expected;
	size_t wrong, region;

	for (size_t n = 0; (device = jhcfg_cell_pci_device(cell->cell, n));
	     n++) {
		struct found found;

		if (!shmem_is_end(device) || !shmem_fits(cell, device))
			continue;
		wrong = find_misplaced(cell, device, &expected);
		if (wrong == SIZE_MAX)
			continue;
		region = device->shmem_regions_start + wrong;
		found = at_region_of(cell, n, region);
		check_report(check, &found,
			     "%s, a section of link %s, is at guest address "
			     "0x%" PRIx64 " with 0x%" PRIx64
			     " bytes, where the guest expects 0x%" PRIx64
			     " and output sections of 0x%" PRIx64,
			     region_text(cell, region).text,
			     bdf_text(device->domain, device->bdf).text,
			     jhcfg_cell_memory(cell->cell, region)->virt_start,
			     jhcfg_cell_memory(cell->cell, region)->size,
			     expected, output_size(cell, device));
	}
}

static uint64_t smallest_output(const struct shmem_end *end)
{
	uint64_t smallest = output_size(end->cell, end->device);

	for (size_t n = SHMEM_FIRST_OUTPUT; n < shmem_num_regions(end->device);
	     n++) {
		const uint64_t size =
			shmem_region(end->cell, end->device, n)->size;

		smallest = size < smallest ? size : smallest;
	}
	return smallest;
}

/* All output sections get @output bytes, and follow each other in the eyes of
 * the guest; where they are stays. */
static int lay_out(const struct fix *fix, const struct shmem_end *end,
		   uint64_t output)
{
	struct jhcfg_config *config = fix_edit_cell(fix, end->cell);
	uint64_t virt =
		shmem_region(end->cell, end->device, SHMEM_STATE)->virt_start;
	int err = config ? 0 : -ENOMEM;

	for (size_t n = 0; !err && n < shmem_num_regions(end->device); n++) {
		struct jhcfg_memory memory =
			*shmem_region(end->cell, end->device, n);

		if (n >= SHMEM_FIRST_OUTPUT)
			memory.size = output;
		memory.virt_start = memory.size ? virt : 0;
		virt += memory.size;
		err = jhcfg_config_replace_memory(
			config, end->device->shmem_regions_start + n, &memory);
	}
	return err;
}

/* The sizes must be the same in all cells of the link. */
int virtual_fix_layout(struct fix *fix)
{
	const size_t at = (size_t)fix->finding->detail[0];
	const struct shmem_end own = {
		.cell = fix->cell,
		.index = at,
		.device = jhcfg_cell_pci_device(fix->cell->cell, at),
	};
	const uint64_t output = smallest_output(&own);
	struct shmem_index index = { 0 };
	int err = lay_out(fix, &own, output);

	if (!err)
		err = shmem_index_make(fix->check, &index);
	for (size_t n = 0; !err && n < index.count; n++) {
		const struct shmem_end *end = &index.ends[n];

		if (end->device->bdf == own.device->bdf &&
		    end->cell != own.cell &&
		    shmem_is_own(end->cell, end->index) &&
		    shmem_fits(end->cell, end->device) &&
		    smallest_output(end) >= output)
			err = lay_out(fix, end, output);
	}
	shmem_index_clear(&index);
	return err;
}
