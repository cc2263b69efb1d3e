// SPDX-License-Identifier: LGPL-2.1-or-later
/* Rules about regions and other regions: M01, M02, M04. */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>

#include <jhcfg/edit.h>

#include "check/memory.h"
#include "check/regions.h"

/* --- within a cell: M01 ---------------------------------------------------
 */

static void collect_virt(const struct check_cell *cell, struct intervals *set)
{
	const struct jhcfg_memory *memory;

	for (size_t n = 0; (memory = jhcfg_cell_memory(cell->cell, n)); n++)
		intervals_add(set, memory->virt_start,
			      region_guest_size(memory), 0, n);
}

static void report_overlap(struct check *check, const struct check_cell *cell,
			   const struct interval *a, const struct interval *b,
			   const char *space)
{
	size_t low = a->index < b->index ? a->index : b->index;
	size_t high = a->index < b->index ? b->index : a->index;
	const struct found found = {
		.cell = cell,
		.element = JHCFG_AT_MEMORY,
		.index = high,
		.related = cell,
		.related_element = JHCFG_AT_MEMORY,
		.related_index = low,
	};

	check_report(check, &found,
		     "%s and %s have %s addresses [0x%" PRIx64 "-0x%" PRIx64
		     "] in common",
		     region_text(cell, high).text, region_text(cell, low).text,
		     space, b->start, a->last < b->last ? a->last : b->last);
}

/* For each range the one before it that reaches highest: if that does not
 * reach it, none does. */
static void find_overlaps(struct check *check, const struct check_cell *cell,
			  struct intervals *set, const char *space,
			  bool *reported)
{
	const struct interval *highest = NULL;

	if (!regions_sorted(check, set))
		return;
	for (size_t n = 0; n < set->count; n++) {
		const struct interval *item = &set->items[n];

		if (highest && item->start <= highest->last &&
		    !reported[item->index]) {
			report_overlap(check, cell, highest, item, space);
			reported[item->index] = true;
		}
		if (!highest || item->last > highest->last)
			highest = item;
	}
}

void memory_check_overlap(struct check *check, const struct check_cell *cell)
{
	struct intervals virt = { 0 }, phys = { 0 };
	bool *reported = calloc(cell->num_memory + 1, sizeof(*reported));

	if (!reported) {
		check_no_memory(check);
	} else {
		collect_virt(cell, &virt);
		regions_collect(cell, &phys);
		find_overlaps(check, cell, &virt, "guest", reported);
		find_overlaps(check, cell, &phys, "physical", reported);
	}
	intervals_clear(&virt);
	intervals_clear(&phys);
	free(reported);
}

/* What both have in common, counted from the start of @victim. */
static bool common(uint64_t victim, uint64_t victim_size, uint64_t other,
		   uint64_t other_size, uint64_t *first, uint64_t *last)
{
	uint64_t start = victim > other ? victim : other;
	uint64_t end = check_last(victim, victim_size);

	if (!check_overlaps(victim, victim_size, other, other_size))
		return false;
	if (check_last(other, other_size) < end)
		end = check_last(other, other_size);
	*first = start - victim;
	*last = end - victim;
	return true;
}

/* Takes out of region @index, and out of the next one if there are then two
 * parts, what overlaps @other at guest addresses or physical ones. */
static int trim(struct jhcfg_config *config, size_t index,
		const struct jhcfg_memory *other)
{
	const struct jhcfg_cell *cell = jhcfg_config_cell(config);
	size_t behind = jhcfg_cell_num_memory(cell) - index - 1;
	uint64_t first, last;
	int err = 0;

	for (size_t n = index; !err && n < jhcfg_cell_num_memory(cell) - behind;
	     n++) {
		const struct jhcfg_memory *memory = jhcfg_cell_memory(cell, n);

		if (common(memory->virt_start, region_guest_size(memory),
			   other->virt_start, region_guest_size(other), &first,
			   &last) ||
		    (region_is_backed(other) &&
		     common(memory->phys_start, memory->size, other->phys_start,
			    other->size, &first, &last)))
			err = region_cut(config, n--, first, last);
	}
	return err;
}

static bool can_give_way(const struct check_cell *cell, size_t index)
{
	return index < cell->num_own_memory && !cell->shmem[index] &&
	       !region_is_comm(jhcfg_cell_memory(cell->cell, index));
}

int memory_fix_overlap(struct fix *fix)
{
	size_t victim = fix->finding->at.index;
	size_t other = fix->finding->related.index;
	struct jhcfg_config *config;
	struct jhcfg_memory memory;
	int err;

	if (!can_give_way(fix->cell, victim)) {
		victim = fix->finding->related.index;
		other = fix->finding->at.index;
	}
	if (!can_give_way(fix->cell, victim))
		return fix_refuse(fix, "move one of them",
				  "neither region can be made smaller");
	err = fix_region_of(fix, fix->cell, victim, &config, &memory);
	if (err)
		return err;
	memory = *jhcfg_cell_memory(fix->cell->cell, other);
	return trim(config, victim, &memory);
}

/* --- cells that run together: M02 -----------------------------------------
 */

/* The two regions that reach highest, of different cells. */
struct reach {
	const struct check_region *best[2];
};

static void reach_add(struct reach *reach, const struct check_region *region)
{
	const struct check_region **best = reach->best;

	if (!best[0] || region->last > best[0]->last) {
		if (best[0] && best[0]->cell != region->cell)
			best[1] = best[0];
		best[0] = region;
	} else if (region->cell != best[0]->cell &&
		   (!best[1] || region->last > best[1]->last)) {
		best[1] = region;
	}
}

static const struct check_region *reach_other(const struct reach *reach,
					      const struct check_region *region)
{
	const struct check_region *other =
		reach->best[0] && reach->best[0]->cell == region->cell
			? reach->best[1]
			: reach->best[0];

	return other && other->last >= region->start ? other : NULL;
}

static void report_owners(struct check *check, const struct check_region *a,
			  const struct check_region *b)
{
	const bool swap = a->cell->key > b->cell->key;
	const struct check_region *first = swap ? b : a;
	const struct check_region *second = swap ? a : b;
	const struct found found = {
		.cell = second->cell,
		.element = JHCFG_AT_MEMORY,
		.index = second->index,
		.related = first->cell,
		.related_element = JHCFG_AT_MEMORY,
		.related_index = first->index,
	};

	check_report(check, &found, "%s overlaps %s, and not both share it",
		     region_text(second->cell, second->index).text,
		     region_text(first->cell, first->index).text);
}

/* Two regions may overlap if both are shared; so one that is shared is held
 * against those that are not, and one that is not against all. */
void memory_check_owners(struct check *check, const struct check_cell *root)
{
	struct reach all = { { NULL } }, exclusive = { { NULL } };
	const struct check_region *region, *other;
	size_t position = 0;

	while ((region = check_region_at(check, 0, UINT64_MAX, &position))) {
		const bool shared =
			region->memory->flags & JAILHOUSE_MEM_ROOTSHARED;

		if (region->cell == root)
			continue;
		other = reach_other(shared ? &exclusive : &all, region);
		if (other)
			report_owners(check, other, region);
		reach_add(&all, region);
		if (!shared)
			reach_add(&exclusive, region);
	}
}

/* Registers can have one owner only: the first keeps them. RAM is like other
 * RAM: the second cell gets some that nobody has. */
int memory_fix_owners(struct fix *fix)
{
	struct jhcfg_config *config;
	struct jhcfg_memory memory, other;
	size_t index = fix->finding->at.index;
	int err = fix_region(fix, &config, &memory);

	if (err)
		return err;
	other = *jhcfg_cell_memory(fix->related->cell,
				   fix->finding->related.index);
	if (region_is_io(&memory))
		return region_cut_phys(config, index, other.phys_start,
				       region_last(&other));
	if (!fix_find_ram(fix, memory.phys_start, memory.size,
			  &memory.phys_start))
		return fix_refuse(fix,
				  "give the cell less memory, or the root "
				  "more of what Linux does not use",
				  "no 0x%" PRIx64
				  " bytes are free near 0x%" PRIx64,
				  memory.size, memory.phys_start);
	return jhcfg_config_replace_memory(config, index, &memory);
}

/* --- cells and the root: M04 ----------------------------------------------
 */

static void find_not_root(struct check *check, const struct check_cell *cell,
			  const struct intervals *root)
{
	const struct jhcfg_memory *memory;

	for (size_t n = 0; (memory = jhcfg_cell_memory(cell->cell, n)); n++) {
		uint64_t start = memory->phys_start;
		uint64_t last = region_last(memory);
		const struct found found = {
			.cell = cell,
			.element = JHCFG_AT_MEMORY,
			.index = n,
			.related = check->cells[0],
			.unfixable =
				check_overlaps(memory->phys_start, memory->size,
					       check->hypervisor->phys_start,
					       check->hypervisor->size),
		};

		if (region_is_backed(memory) &&
		    intervals_gap(root, &start, &last))
			check_report(check, &found,
				     "%s: [0x%" PRIx64 "-0x%" PRIx64
				     "] is in no region of the root cell "
				     "\"%s\"",
				     region_text(cell, n).text, start, last,
				     check->cells[0]->name);
	}
}

void memory_check_not_root(struct check *check, const struct check_cell *root)
{
	struct intervals set = { 0 };

	regions_collect(root, &set);
	if (regions_sorted(check, &set))
		for (size_t n = 1; n < check->num_cells; n++)
			find_not_root(check, check->cells[n], &set);
	intervals_clear(&set);
}

/* The gaps of [start, last] become regions of the root, as whole pages. */
static int add_to_root(struct jhcfg_config *config, const struct intervals *set,
		       uint64_t start, uint64_t last, uint64_t flags)
{
	int err = 0;

	while (!err && start <= last) {
		uint64_t from = start, to = last;
		struct jhcfg_memory memory = { .flags = flags };

		if (!intervals_gap(set, &from, &to))
			break;
		memory.phys_start = memory.virt_start = from & ~CHECK_PAGE_MASK;
		memory.size = (to | CHECK_PAGE_MASK) - memory.phys_start + 1;
		err = jhcfg_config_insert_memory(config, SIZE_MAX, &memory);
		if (to == UINT64_MAX)
			break;
		start = to + 1;
	}
	return err;
}

int memory_fix_not_root(struct fix *fix)
{
	const struct jhcfg_memory *memory =
		jhcfg_cell_memory(fix->cell->cell, fix->finding->at.index);
	struct jhcfg_config *config =
		jhcfg_workspace_edit_cell(fix->workspace, JHCFG_ROOT_KEY);
	struct intervals set = { 0 };
	int err;

	regions_collect(&fix->check->all[0], &set);
	err = config ? intervals_sort(&set) : -ENOMEM;
	if (!err)
		err = add_to_root(
			config, &set, memory->phys_start & ~CHECK_PAGE_MASK,
			region_last(memory) | CHECK_PAGE_MASK,
			memory->flags & (CHECK_MEM_ACCESS | JAILHOUSE_MEM_DMA |
					 JAILHOUSE_MEM_IO));
	intervals_clear(&set);
	return err;
}
