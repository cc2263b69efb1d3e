// SPDX-License-Identifier: LGPL-2.1-or-later
#include "plan/pages.h"

#include <errno.h>
#include <stdlib.h>

void segments_clear(struct segments *list)
{
	free(list->items);
	*list = (struct segments){ 0 };
}

static uint64_t room_behind(uint64_t start)
{
	return (UINT64_MAX & ~(PLAN_PAGE - 1)) - start;
}

void segments_add(struct segments *list, const struct segment *segment)
{
	size_t capacity = list->capacity ? 2 * list->capacity : 64;
	uint64_t last =
		segment->virt > segment->phys ? segment->virt : segment->phys;
	struct segment *item;

	if (!segment->size || last >= (UINT64_MAX & ~(PLAN_PAGE - 1)))
		return;
	if (list->count == list->capacity) {
		item = reallocarray(list->items, capacity, sizeof(*item));
		if (!item) {
			list->failed = true;
			return;
		}
		list->items = item;
		list->capacity = capacity;
	}
	item = &list->items[list->count++];
	*item = *segment;
	if (item->size > room_behind(last))
		item->size = room_behind(last);
}

static int by_virt(const void *a, const void *b)
{
	const struct segment *x = a, *y = b;

	return (x->virt > y->virt) - (x->virt < y->virt);
}

static int by_phys(const void *a, const void *b)
{
	const struct segment *x = a, *y = b;

	return (x->phys > y->phys) - (x->phys < y->phys);
}

static void sort(struct segments *list, int (*by)(const void *, const void *))
{
	if (list->count)
		qsort(list->items, list->count, sizeof(*list->items), by);
}

void segments_sort_phys(struct segments *list)
{
	sort(list, by_phys);
}

static bool continues(const struct segment *a, const struct segment *b)
{
	return a->virt + a->size == b->virt && a->phys + a->size == b->phys &&
	       a->flags == b->flags && !a->taken_by && !b->taken_by &&
	       a->no_huge == b->no_huge && a->no_first == b->no_first;
}

void segments_merge(struct segments *list)
{
	size_t used = 0;

	sort(list, by_virt);
	for (size_t n = 1; n < list->count; n++) {
		if (continues(&list->items[used], &list->items[n]))
			list->items[used].size += list->items[n].size;
		else
			list->items[++used] = list->items[n];
	}
	if (list->count)
		list->count = used + 1;
}

/* --- what is taken away ------------------------------------------------------
 */

/* First cut that ends behind this physical address. */
static size_t first_cut(const struct segments *cuts, uint64_t phys)
{
	size_t low = 0, high = cuts->count;

	while (low < high) {
		size_t middle = (low + high) / 2;
		const struct segment *cut = &cuts->items[middle];

		if (cut->phys + cut->size <= phys)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static void add_part(struct segments *list, const struct segment *whole,
		     uint64_t from, uint64_t to, unsigned int taken_by)
{
	struct segment part = *whole;

	part.virt += from - whole->phys;
	part.phys = from;
	part.size = to - from;
	part.taken_by = taken_by;
	segments_add(list, &part);
}

static void cut_one(struct segments *out, const struct segment *whole,
		    const struct segments *cuts)
{
	uint64_t at = whole->phys, end = at + whole->size;

	for (size_t n = first_cut(cuts, at); n < cuts->count && at < end; n++) {
		uint64_t from = cuts->items[n].phys;
		uint64_t to = from + cuts->items[n].size;

		if (from >= end)
			break;
		/* cells that overlap: the first has it */
		if (from < at)
			from = at;
		if (to > end)
			to = end;
		if (to <= from)
			continue;
		if (from > at)
			add_part(out, whole, at, from, whole->taken_by);
		add_part(out, whole, from, to, cuts->items[n].taken_by);
		at = to;
	}
	if (at < end)
		add_part(out, whole, at, end, whole->taken_by);
}

void segments_cut(struct segments *list, const struct segments *cuts)
{
	struct segments out = { .failed = list->failed };

	for (size_t n = 0; n < list->count; n++)
		cut_one(&out, &list->items[n], cuts);
	free(list->items);
	*list = out;
	sort(list, by_virt);
}

/* --- tables
 * ------------------------------------------------------------------- */

/* Entries of one level that must lead to tables; any order, any overlap. */
struct entries {
	struct {
		uint64_t first, last;
	} * items;
	size_t count;
};

static void add_entries(struct entries *entries, uint64_t first, uint64_t last)
{
	entries->items[entries->count].first = first;
	entries->items[entries->count].last = last;
	entries->count++;
}

/* The entries of @span that the segment cannot fill with leaves: two ranges at
 * most. */
static void add_segment(struct entries *entries, const struct segment *segment,
			uint64_t span, bool leaf)
{
	uint64_t first = segment->virt / span;
	uint64_t end = segment->virt + segment->size;
	uint64_t last = (end - 1) / span;
	uint64_t whole = first + !!(segment->virt % span);

	if (!leaf || segment->no_huge ||
	    (segment->virt ^ segment->phys) & (span - 1) ||
	    whole >= end / span) {
		add_entries(entries, first, last);
		return;
	}
	if (first < whole)
		add_entries(entries, first, first);
	if (end / span <= last)
		add_entries(entries, last, last);
}

static int by_first(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static uint64_t count_entries(struct entries *entries)
{
	uint64_t count = 0, next = 0; /* the first not yet counted */

	if (entries->count)
		qsort(entries->items, entries->count, sizeof(*entries->items),
		      by_first);
	for (size_t n = 0; n < entries->count; n++) {
		uint64_t first = entries->items[n].first;
		uint64_t last = entries->items[n].last;

		if (first < next)
			first = next;
		if (first > last)
			continue;
		count += last - first + 1;
		next = last + 1;
	}
	return count;
}

int segments_count_tables(const struct segments *list,
			  const struct page_format *format, uint64_t *count)
{
	struct entries entries = {
		.items = calloc(2 * list->count + 1, sizeof(*entries.items)),
	};

	*count = 0;
	if (!entries.items)
		return -ENOMEM;
	for (size_t level = 0; level < 4 && format->span[level]; level++) {
		entries.count = 0;
		for (size_t n = 0; n < list->count; n++)
			add_segment(
				&entries, &list->items[n], format->span[level],
				format->leaf[level] &&
					(level || !list->items[n].no_first));
		*count += count_entries(&entries);
	}
	free(entries.items);
	return 0;
}
