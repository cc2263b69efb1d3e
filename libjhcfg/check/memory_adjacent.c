// SPDX-License-Identifier: LGPL-2.1-or-later
/* Adjacent regions that could be one: M16. */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <jhcfg/edit.h>

#include "check/memory.h"
#include "check/regions.h"

/* Regions that have different names are different things. */
static bool same_name(const struct check_cell *cell, size_t a, size_t b)
{
	char name_a[128] = "", name_b[128] = "";

	jhcfg_config_memory_note(cell->config, a, "name", name_a,
				 sizeof(name_a));
	jhcfg_config_memory_note(cell->config, b, "name", name_b,
				 sizeof(name_b));
	return !strcmp(name_a, name_b);
}

static bool may_merge(const struct check_cell *cell, size_t index)
{
	const struct jhcfg_memory *memory =
		jhcfg_cell_memory(cell->cell, index);

	return region_is_backed(memory) && !region_is_subpage(memory) &&
	       index < cell->num_own_memory && !cell->shmem[index];
}

static bool continues(const struct check_cell *cell, size_t a, size_t b)
{
	const struct jhcfg_memory *x = jhcfg_cell_memory(cell->cell, a);
	const struct jhcfg_memory *y = jhcfg_cell_memory(cell->cell, b);

	return may_merge(cell, a) && may_merge(cell, b) &&
	       x->phys_start + x->size == y->phys_start &&
	       x->virt_start + x->size == y->virt_start &&
	       x->flags == y->flags && same_name(cell, a, b);
}

void memory_check_adjacent(struct check *check, const struct check_cell *cell)
{
	struct intervals set = { 0 };
	size_t end;

	regions_collect(cell, &set);
	if (!regions_sorted(check, &set))
		set.count = 0;
	for (size_t n = 0; n < set.count; n = end) {
		struct found found = {
			.cell = cell,
			.element = JHCFG_AT_MEMORY,
			.index = set.items[n].index,
			.related = cell,
			.related_element = JHCFG_AT_MEMORY,
		};

		for (end = n + 1; end < set.count; end++)
			if (!continues(cell, set.items[end - 1].index,
				       set.items[end].index))
				break;
		if (end == n + 1)
			continue;
		found.related_index = set.items[n + 1].index;
		found.detail[0] = end - n;
		check_report(check, &found,
			     "%s and the %zu behind it, up to 0x%" PRIx64
			     ", have the same flags",
			     region_text(cell, found.index).text, end - n - 1,
			     set.items[end - 1].last);
	}
	intervals_clear(&set);
}

static int compare_descending(const void *a, const void *b)
{
	const size_t *x = a, *y = b;

	return (*x < *y) - (*x > *y);
}

/* The run that begins with region @first: the others go, the highest index
 * before the others, and what they had is added to it. */
static int merge(const struct fix *fix, struct jhcfg_config *config,
		 const struct intervals *set, size_t first)
{
	size_t count = (size_t)fix->finding->detail[0], used = 0, n = 0;
	struct jhcfg_memory memory;
	size_t *others;
	int err = 0;

	while (n < set->count && set->items[n].index != first)
		n++;
	if (count > set->count - n)
		return -EINVAL;
	others = calloc(count, sizeof(*others));
	if (!others)
		return -ENOMEM;
	memory = *jhcfg_cell_memory(fix->cell->cell, first);
	while (++n, used + 1 < count) {
		others[used++] = set->items[n].index;
		memory.size += set->items[n].last - set->items[n].start + 1;
	}
	err = jhcfg_config_replace_memory(config, first, &memory);
	qsort(others, used, sizeof(*others), compare_descending);
	for (size_t i = 0; !err && i < used; i++)
		err = jhcfg_config_remove_memory(config, others[i]);
	free(others);
	return err;
}

int memory_fix_adjacent(struct fix *fix)
{
	struct intervals set = { 0 };
	struct jhcfg_config *config;
	struct jhcfg_memory memory;
	int err = fix_region(fix, &config, &memory);

	if (err)
		return err;
	regions_collect(fix->cell, &set);
	err = intervals_sort(&set);
	if (!err)
		err = merge(fix, config, &set, fix->finding->at.index);
	intervals_clear(&set);
	return err;
}
