// SPDX-License-Identifier: LGPL-2.1-or-later
#include "check/regions.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>

#include <jhcfg/edit.h>

#include "check/linux_memory.h"
#include "model/links.h"

struct region_text region_text(const struct check_cell *cell, size_t index)
{
	const struct jhcfg_memory *memory =
		jhcfg_cell_memory(cell->cell, index);
	uint64_t start = region_is_comm(memory) ? memory->virt_start
						: memory->phys_start;
	struct region_text text;
	char name[80];

	snprintf(text.text, sizeof(text.text),
		 "cell \"%s\" %s [0x%" PRIx64 "-0x%" PRIx64 "]", cell->name,
		 check_region_name(cell, index, name, sizeof(name)), start,
		 check_last(start, region_guest_size(memory)));
	return text;
}

void regions_collect(const struct check_cell *cell, struct intervals *set)
{
	const struct jhcfg_memory *memory;

	for (size_t n = 0; (memory = jhcfg_cell_memory(cell->cell, n)); n++)
		if (region_is_backed(memory))
			intervals_add(set, memory->phys_start, memory->size, 0,
				      n);
}

bool regions_sorted(struct check *check, struct intervals *set)
{
	if (!intervals_sort(set))
		return true;
	check_no_memory(check);
	return false;
}

/* --- editing --------------------------------------------------------------
 */

int fix_region_of(const struct fix *fix, const struct check_cell *cell,
		  size_t index, struct jhcfg_config **config,
		  struct jhcfg_memory *memory)
{
	if (index >= cell->num_own_memory || cell->shmem[index])
		return fix_refuse(fix, "change the link or its device instead",
				  "%s belongs to a shared memory link",
				  region_text(cell, index).text);
	*config = fix_edit_cell(fix, cell);
	if (!*config)
		return -ENOMEM;
	*memory = *jhcfg_cell_memory(jhcfg_config_cell(*config), index);
	return 0;
}

int fix_region(const struct fix *fix, struct jhcfg_config **config,
	       struct jhcfg_memory *memory)
{
	return fix_region_of(fix, fix->cell, fix->finding->at.index, config,
			     memory);
}

int fix_set_flags(const struct fix *fix, uint64_t set, uint64_t clear)
{
	struct jhcfg_config *config;
	struct jhcfg_memory memory;
	int err = fix_region(fix, &config, &memory);

	if (err)
		return err;
	memory.flags = (memory.flags & ~clear) | set;
	return jhcfg_config_replace_memory(config, fix->finding->at.index,
					   &memory);
}

/* The part of a cut region that lies behind it keeps the name. */
static int insert_tail(struct jhcfg_config *config, size_t index,
		       const struct jhcfg_memory *tail)
{
	char name[128];
	int err = jhcfg_config_insert_memory(config, index + 1, tail);

	if (!err &&
	    jhcfg_config_memory_note(config, index, "name", name, sizeof(name)))
		err = jhcfg_config_set_memory_note(config, index + 1, "name",
						   name);
	return err;
}

int region_cut(struct jhcfg_config *config, size_t index, uint64_t first,
	       uint64_t last)
{
	struct jhcfg_memory head =
		*jhcfg_cell_memory(jhcfg_config_cell(config), index);
	struct jhcfg_memory tail = head;
	int err = 0;

	if (last >= head.size - 1 && !first)
		return jhcfg_config_remove_memory(config, index);
	tail.phys_start += last + 1;
	tail.virt_start += last + 1;
	tail.size -= last + 1;
	head.size = first;
	if (!first)
		return jhcfg_config_replace_memory(config, index, &tail);
	if (last <
	    jhcfg_cell_memory(jhcfg_config_cell(config), index)->size - 1)
		err = insert_tail(config, index, &tail);
	return err ? err : jhcfg_config_replace_memory(config, index, &head);
}

int region_cut_phys(struct jhcfg_config *config, size_t index, uint64_t start,
		    uint64_t last)
{
	const struct jhcfg_memory *memory =
		jhcfg_cell_memory(jhcfg_config_cell(config), index);
	uint64_t from = memory->phys_start, to = region_last(memory);

	if (start < from)
		start = from;
	if (last > to)
		last = to;
	return region_cut(config, index, start - from, last - from);
}

/* --- looking for RAM ------------------------------------------------------
 */

static void take_links(const struct fix *fix, struct intervals *taken)
{
	const struct jhcfg_link *link;

	for (size_t n = 0; (link = jhcfg_workspace_link(fix->workspace, n));
	     n++)
		intervals_add(taken, link->base, jhcfg_link_size(link), 0, 0);
}

/* What a reservation is for is not known, unless it is the firmware's or a
 * device's: that for inmates is one, too. */
static void take_reserved(const struct fix *fix, struct intervals *taken)
{
	const struct jhcfg_hw_memory *memory;

	if (!fix->check->board)
		return;
	for (size_t n = 0; (memory = jhcfg_board_memory(fix->check->board, n));
	     n++)
		if (memory->kind == JHCFG_HW_FIRMWARE ||
		    memory->kind == JHCFG_HW_SHARED)
			intervals_add(taken, memory->range.start,
				      memory->range.size, 0, 0);
}

/* What is Linux' is not free, where it is known what that is. */
static void take_linux(const struct fix *fix, struct intervals *taken)
{
	struct linux_memory memory;

	if (linux_memory_make(&memory, fix->check))
		taken->failed = true;
	else if (memory.known)
		linux_memory_collect(&memory, taken);
	linux_memory_clear(&memory);
}

static int collect_taken(const struct fix *fix, struct intervals *taken)
{
	const struct check *check = fix->check;

	for (size_t n = 0; n < check->num_all; n++)
		if (!check->all[n].is_root)
			regions_collect(&check->all[n], taken);
	take_links(fix, taken);
	take_reserved(fix, taken);
	take_linux(fix, taken);
	intervals_add(taken, check->hypervisor->phys_start,
		      check->hypervisor->size, 0, 0);
	return intervals_sort(taken);
}

static uint64_t distance(uint64_t a, uint64_t b)
{
	return a > b ? a - b : b - a;
}

struct ram_search {
	const struct intervals *taken;
	uint64_t near, size, best;
	bool found;
};

static void offer(struct ram_search *search, uint64_t place)
{
	if (search->found && distance(place, search->near) >=
				     distance(search->best, search->near))
		return;
	search->best = place;
	search->found = true;
}

/* Whole pages in the gaps of a region, at both ends of each. */
static void search_region(struct ram_search *search,
			  const struct jhcfg_memory *ram)
{
	const uint64_t end = region_last(ram), size = search->size;
	uint64_t from = ram->phys_start, to = end;

	while (from <= end && intervals_gap(search->taken, &from, &to)) {
		uint64_t low = (from + CHECK_PAGE_MASK) & ~CHECK_PAGE_MASK;

		if (low >= from && low <= to && to - low >= size - 1) {
			offer(search, low);
			offer(search, (to - (size - 1)) & ~CHECK_PAGE_MASK);
		}
		if (to == UINT64_MAX)
			break;
		from = to + 1;
		to = end;
	}
}

bool fix_find_ram(const struct fix *fix, uint64_t near, uint64_t size,
		  uint64_t *start)
{
	const struct check_cell *root = &fix->check->all[0];
	struct intervals taken = { 0 };
	struct ram_search search = {
		.taken = &taken,
		.near = near,
		.size = (size + CHECK_PAGE_MASK) & ~CHECK_PAGE_MASK,
	};
	const struct jhcfg_memory *memory;

	if (collect_taken(fix, &taken))
		check_no_memory(fix->check);
	for (size_t n = 0;
	     search.size && (memory = jhcfg_cell_memory(root->cell, n)); n++)
		if (region_is_backed(memory) && !region_is_io(memory) &&
		    !root->shmem[n])
			search_region(&search, memory);
	intervals_clear(&taken);
	if (search.found)
		*start = search.best;
	return search.found;
}
