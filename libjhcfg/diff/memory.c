// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Memory regions: those that are equal are the same wherever they stand, and
 * neighbours that continue each other are one. What is left is matched by
 * name, by either address, or by where it overlaps.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jailhouse/cell-config.h>
#include <jhcfg/edit.h>

#include "diff/diff.h"
#include "util/number.h"

#define NAME_SIZE 64

struct region {
	struct jhcfg_memory memory;
	char name[NAME_SIZE]; /* empty: it has none */
};

struct regions {
	struct region *items;
	size_t count;
};

static bool equal(const struct jhcfg_memory *a, const struct jhcfg_memory *b)
{
	return a->phys_start == b->phys_start &&
	       a->virt_start == b->virt_start && a->size == b->size &&
	       a->flags == b->flags && a->colors == b->colors &&
	       a->rebase_offset == b->rebase_offset;
}

/* Empty regions are placeholders. */
static bool collect(struct regions *list, const struct jhcfg_config *config)
{
	const struct jhcfg_cell *cell = jhcfg_config_cell(config);
	const struct jhcfg_memory *memory;

	list->count = 0;
	list->items =
		calloc(jhcfg_cell_num_memory(cell) + 1, sizeof(*list->items));
	if (!list->items)
		return false;
	for (size_t n = 0; (memory = jhcfg_cell_memory(cell, n)); n++) {
		struct region *region = &list->items[list->count];

		if (!memory->size &&
		    !(memory->flags & JAILHOUSE_MEM_COMM_REGION))
			continue;
		region->memory = *memory;
		if (!jhcfg_config_memory_note(config, n, "name", region->name,
					      NAME_SIZE))
			*region->name = 0;
		list->count++;
	}
	return true;
}

struct two_lists {
	const struct regions *a, *b;
};

static bool same_region(const void *context, size_t a, size_t b)
{
	const struct two_lists *lists = context;

	return equal(&lists->a->items[a].memory, &lists->b->items[b].memory);
}

static bool same_name(const void *context, size_t a, size_t b)
{
	const struct two_lists *lists = context;
	const char *name = lists->a->items[a].name;

	return *name && !strcmp(name, lists->b->items[b].name);
}

static bool same_virt(const void *context, size_t a, size_t b)
{
	const struct two_lists *lists = context;

	return lists->a->items[a].memory.virt_start ==
	       lists->b->items[b].memory.virt_start;
}

static bool same_phys(const void *context, size_t a, size_t b)
{
	const struct two_lists *lists = context;
	const struct jhcfg_memory *x = &lists->a->items[a].memory;
	const struct jhcfg_memory *y = &lists->b->items[b].memory;

	return !((x->flags | y->flags) & JAILHOUSE_MEM_COMM_REGION) &&
	       x->phys_start == y->phys_start;
}

static bool overlap(const void *context, size_t a, size_t b)
{
	const struct two_lists *lists = context;
	const struct jhcfg_memory *x = &lists->a->items[a].memory;
	const struct jhcfg_memory *y = &lists->b->items[b].memory;

	return x->virt_start >= y->virt_start
		       ? x->virt_start - y->virt_start < y->size
		       : y->virt_start - x->virt_start < x->size;
}

/* --- what continues ----------------------------------------------------------
 */

static int by_virt(const void *a, const void *b)
{
	const struct region *x = a, *y = b;

	return (x->memory.virt_start > y->memory.virt_start) -
	       (x->memory.virt_start < y->memory.virt_start);
}

/* Only those without a partner in the other side are joined. */
static void keep_unmatched(struct regions *list, const size_t *partners)
{
	size_t kept = 0;

	for (size_t n = 0; n < list->count; n++)
		if (partners[n] == SIZE_MAX)
			list->items[kept++] = list->items[n];
	list->count = kept;
}

static bool continues(const struct jhcfg_memory *a,
		      const struct jhcfg_memory *b)
{
	return a->virt_start + a->size == b->virt_start &&
	       a->phys_start + a->size == b->phys_start &&
	       a->flags == b->flags && a->colors == b->colors &&
	       a->rebase_offset == b->rebase_offset &&
	       !(a->flags & JAILHOUSE_MEM_COMM_REGION);
}

static void join(struct regions *list)
{
	size_t used = 0;

	if (!list->count)
		return;
	qsort(list->items, list->count, sizeof(*list->items), by_virt);
	for (size_t n = 1; n < list->count; n++) {
		if (continues(&list->items[used].memory,
			      &list->items[n].memory))
			list->items[used].memory.size +=
				list->items[n].memory.size;
		else
			list->items[++used] = list->items[n];
	}
	list->count = used + 1;
}

/* Leaves what is only in one of them, or different. */
static bool drop_equal(struct regions *a, struct regions *b)
{
	struct two_lists lists = { a, b };
	struct diff_pairs pairs;

	if (!diff_pairs_make(&pairs, a->count, b->count))
		return false;
	diff_pairs_match(&pairs, same_region, &lists);
	keep_unmatched(a, pairs.of_a);
	keep_unmatched(b, pairs.of_b);
	diff_pairs_clear(&pairs);
	return true;
}

/* --- telling -----------------------------------------------------------------
 */

static const struct jhcfg_type *memory_type(void)
{
	return jhcfg_list_infos[JHCFG_LIST_MEMORY].type;
}

static const char *object_of(struct jhcfg_diff *diff,
			     const struct region *region)
{
	const struct jhcfg_memory *memory = &region->memory;

	if (*region->name)
		return diff_text(diff, "memory %s", region->name);
	if (memory->flags & JAILHOUSE_MEM_COMM_REGION)
		return "communication region";
	return diff_text(diff, "memory 0x%" PRIx64, memory->phys_start);
}

static const char *describe(struct jhcfg_diff *diff,
			    const struct jhcfg_memory *memory)
{
	const struct jhcfg_type *type = memory_type();
	char size[JHCFG_NUMBER_SIZE], flags[DIFF_TEXT];

	jhcfg_format_size(memory->size, size);
	for (unsigned int n = 0; n < type->num_members; n++)
		if (!strcmp(type->members[n].name, "flags"))
			diff_value(&type->members[n], &memory->flags, flags);
	return diff_text(diff, "phys 0x%" PRIx64 ", virt 0x%" PRIx64 ", %s, %s",
			 memory->phys_start, memory->virt_start, size, flags);
}

static void tell(struct jhcfg_diff *diff, const struct regions *a,
		 const struct regions *b, const struct diff_pairs *pairs)
{
	for (size_t n = 0; n < a->count; n++) {
		const struct region *region = &a->items[n];

		if (pairs->of_a[n] == SIZE_MAX)
			diff_add(diff, JHCFG_REMOVED, object_of(diff, region),
				 NULL, describe(diff, &region->memory), NULL);
		else
			diff_members(diff, memory_type(),
				     object_of(diff, region), "",
				     &region->memory,
				     &b->items[pairs->of_a[n]].memory, NULL);
	}
	for (size_t n = 0; n < b->count; n++)
		if (pairs->of_b[n] == SIZE_MAX)
			diff_add(diff, JHCFG_ADDED,
				 object_of(diff, &b->items[n]), NULL, NULL,
				 describe(diff, &b->items[n].memory));
}

static bool compare(struct jhcfg_diff *diff, struct regions *a,
		    struct regions *b)
{
	static bool (*const steps[])(const void *, size_t, size_t) = {
		same_name,
		same_virt,
		same_phys,
		overlap,
	};
	struct two_lists lists = { a, b };
	struct diff_pairs pairs;

	if (!drop_equal(a, b))
		return false;
	join(a);
	join(b);
	if (!drop_equal(a, b) || !diff_pairs_make(&pairs, a->count, b->count))
		return false;
	for (size_t n = 0; n < sizeof(steps) / sizeof(steps[0]); n++)
		diff_pairs_match(&pairs, steps[n], &lists);
	tell(diff, a, b, &pairs);
	diff_pairs_clear(&pairs);
	return true;
}

void diff_memory(struct jhcfg_diff *diff, const struct jhcfg_config *a,
		 const struct jhcfg_config *b)
{
	struct regions of_a = { NULL, 0 }, of_b = { NULL, 0 };

	if (!collect(&of_a, a) || !collect(&of_b, b) ||
	    !compare(diff, &of_a, &of_b))
		diff->failed = true;
	free(of_a.items);
	free(of_b.items);
}
