// SPDX-License-Identifier: LGPL-2.1-or-later
#include "plan/ranges.h"

#include <stdlib.h>

#define PAGE 4096ULL

/* No range reaches the last page, so that ends are numbers, too. */
#define LIMIT (UINT64_MAX & ~(PAGE - 1))

void ranges_clear(struct ranges *set)
{
	free(set->items);
	*set = (struct ranges){ 0 };
}

void ranges_add(struct ranges *set, uint64_t start, uint64_t size)
{
	size_t capacity = set->capacity ? 2 * set->capacity : 64;
	void *items;

	if (!size || start >= LIMIT)
		return;
	if (size > LIMIT - start)
		size = LIMIT - start;
	if (set->count == set->capacity) {
		items = reallocarray(set->items, capacity, sizeof(*set->items));
		if (!items) {
			set->failed = true;
			return;
		}
		set->items = items;
		set->capacity = capacity;
	}
	set->items[set->count++] = (struct jhcfg_range){ start, size };
}

void ranges_add_pages(struct ranges *set, uint64_t start, uint64_t size)
{
	uint64_t first = start & ~(PAGE - 1), end;

	if (!size || start >= LIMIT)
		return;
	end = size > LIMIT - start ? LIMIT : start + size;
	end = end > LIMIT - PAGE ? LIMIT : (end + PAGE - 1) & ~(PAGE - 1);
	ranges_add(set, first, end - first);
}

static int compare(const void *a, const void *b)
{
	const struct jhcfg_range *x = a, *y = b;

	return (x->start > y->start) - (x->start < y->start);
}

void ranges_merge(struct ranges *set)
{
	size_t used = 0;

	if (!set->count)
		return;
	qsort(set->items, set->count, sizeof(*set->items), compare);
	for (size_t n = 1; n < set->count; n++) {
		struct jhcfg_range *top = &set->items[used];
		struct jhcfg_range *next = &set->items[n];
		uint64_t end = next->start + next->size;

		if (next->start > top->start + top->size)
			set->items[++used] = *next;
		else if (end > top->start + top->size)
			top->size = end - top->start;
	}
	set->count = used + 1;
}

void ranges_subtract(struct ranges *set, const struct ranges *out)
{
	struct ranges rest = { .failed = set->failed };
	size_t o = 0;

	for (size_t n = 0; n < set->count; n++) {
		uint64_t at = set->items[n].start;
		uint64_t end = at + set->items[n].size;

		while (o < out->count &&
		       out->items[o].start + out->items[o].size <= at)
			o++;
		for (size_t i = o; i < out->count && out->items[i].start < end;
		     i++) {
			if (out->items[i].start > at)
				ranges_add(&rest, at, out->items[i].start - at);
			at = out->items[i].start + out->items[i].size;
			if (at >= end)
				break;
		}
		if (at < end)
			ranges_add(&rest, at, end - at);
	}
	free(set->items);
	*set = rest;
}
