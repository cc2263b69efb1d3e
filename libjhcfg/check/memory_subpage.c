// SPDX-License-Identifier: LGPL-2.1-or-later
/* Parts of pages: M08. */
#include <inttypes.h>
#include <stdio.h>

#include <jhcfg/edit.h>

#include "check/memory.h"
#include "check/regions.h"

static uint64_t first_of_page(const struct jhcfg_memory *memory)
{
	return memory->phys_start & ~CHECK_PAGE_MASK;
}

static uint64_t last_of_page(const struct jhcfg_memory *memory)
{
	return region_last(memory) | CHECK_PAGE_MASK;
}

/* Another cell than the root has something in these pages, too. */
static const struct check_region *find_neighbour(
	struct check *check, const struct check_cell *cell,
	const struct jhcfg_memory *memory)
{
	const struct check_region *other;
	size_t position = 0;

	while ((other = check_region_at(check, first_of_page(memory),
					last_of_page(memory), &position)))
		if (!other->cell->is_root && other->cell != cell)
			return other;
	return NULL;
}

/* A device in these pages that the cell's region does not touch. */
static const struct jhcfg_hw_device *find_device(
	const struct check *check, const struct jhcfg_memory *memory)
{
	const uint64_t start = first_of_page(memory);
	const struct jhcfg_range pages = {
		start,
		last_of_page(memory) - start + 1,
	};
	const struct jhcfg_hw_device *device;
	size_t position = 0, index;

	if (!check->board)
		return NULL;
	while ((index = jhcfg_board_device_at(check->board, pages,
					      &position)) != JHCFG_NO_INDEX) {
		bool touched = false;

		device = jhcfg_board_device(check->board, index);
		for (size_t n = 0; n < device->num_windows; n++)
			touched |= check_overlaps(device->windows[n].start,
						  device->windows[n].size,
						  memory->phys_start,
						  memory->size);
		if (!touched)
			return device;
	}
	return NULL;
}

static void report(struct check *check, const struct check_cell *cell,
		   size_t index)
{
	const struct jhcfg_memory *memory =
		jhcfg_cell_memory(cell->cell, index);
	const struct check_region *other = find_neighbour(check, cell, memory);
	const struct jhcfg_hw_device *device = find_device(check, memory);
	struct found found = {
		.cell = cell,
		.element = JHCFG_AT_MEMORY,
		.index = index,
		.unfixable = other || device || index >= cell->num_own_memory ||
			     cell->shmem[index],
	};
	char text[256];

	snprintf(text, sizeof(text), "no other cell has anything there");
	if (device)
		snprintf(text, sizeof(text), "device \"%s\" is in it as well",
			 device->name);
	if (other) {
		found.related = other->cell;
		found.related_element = JHCFG_AT_MEMORY;
		found.related_index = other->index;
		snprintf(text, sizeof(text), "%s is in it as well",
			 region_text(other->cell, other->index).text);
	}
	if (found.unfixable)
		found.advice = "keep to it where few accesses are made, or "
			       "choose a device with pages of its own";
	check_report(check, &found,
		     "%s is a part of the page at 0x%" PRIx64
		     ", so that each access traps; %s",
		     region_text(cell, index).text, first_of_page(memory),
		     text);
}

void memory_check_subpage(struct check *check, const struct check_cell *root)
{
	const struct jhcfg_memory *memory;
	const struct check_cell *cell;

	(void)root;
	for (size_t c = 0; c < check->num_cells; c++) {
		cell = check->cells[c];
		for (size_t n = 0; (memory = jhcfg_cell_memory(cell->cell, n));
		     n++)
			if (region_is_backed(memory) && region_is_io(memory) &&
			    region_is_subpage(memory))
				report(check, cell, n);
	}
}

/* The pages become the cell's; other parts of them that it has are included,
 * and go. */
int memory_fix_subpage(struct fix *fix)
{
	size_t index = fix->finding->at.index;
	const struct jhcfg_memory *other;
	struct jhcfg_config *config;
	struct jhcfg_memory memory;
	uint64_t first, last;
	int err = fix_region(fix, &config, &memory);

	if (err)
		return err;
	first = first_of_page(&memory);
	last = last_of_page(&memory);
	memory.virt_start &= ~CHECK_PAGE_MASK;
	memory.phys_start = first;
	memory.size = last - first + 1;
	memory.flags &= ~(CHECK_MEM_WIDTHS | JAILHOUSE_MEM_IO_UNALIGNED);
	err = jhcfg_config_replace_memory(config, index, &memory);
	for (size_t n = fix->cell->num_own_memory; !err && n-- > 0;) {
		other = jhcfg_cell_memory(jhcfg_config_cell(config), n);
		if (n != index && region_is_backed(other) &&
		    other->phys_start >= first && region_last(other) <= last)
			err = jhcfg_config_remove_memory(config, n);
	}
	return err;
}
