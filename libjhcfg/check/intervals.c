// SPDX-License-Identifier: LGPL-2.1-or-later
#include "check/intervals.h"

#include <errno.h>
#include <stdlib.h>

void intervals_clear(struct intervals *set)
{
	free(set->items);
	free(set->reach);
	*set = (struct intervals){ 0 };
}

void intervals_add(struct intervals *set, uint64_t start, uint64_t size,
		   size_t owner, size_t index)
{
	size_t capacity = set->capacity ? 2 * set->capacity : 32;
	uint64_t more = size - 1;
	void *items;

	if (!size)
		return;
	if (set->count == set->capacity) {
		items = reallocarray(set->items, capacity, sizeof(*set->items));
		if (!items) {
			set->failed = true;
			return;
		}
		set->items = items;
		set->capacity = capacity;
	}
	if (more > UINT64_MAX - start)
		more = UINT64_MAX - start;
	set->items[set->count++] =
		(struct interval){ start, start + more, owner, index };
}

static int compare(const void *a, const void *b)
{
	const struct interval *x = a, *y = b;

	if (x->start != y->start)
		return (x->start > y->start) - (x->start < y->start);
	if (x->owner != y->owner)
		return (x->owner > y->owner) - (x->owner < y->owner);
	return (x->index > y->index) - (x->index < y->index);
}

int intervals_sort(struct intervals *set)
{
	size_t leaves = 1;

	while (leaves < set->count)
		leaves *= 2;
	free(set->reach);
	set->reach =
		set->failed ? NULL : calloc(2 * leaves, sizeof(*set->reach));
	if (!set->reach) {
		set->count = 0;
		set->failed = true;
		return -ENOMEM;
	}
	set->leaves = leaves;
	if (set->count)
		qsort(set->items, set->count, sizeof(*set->items), compare);
	for (size_t n = 0; n < set->count; n++)
		set->reach[leaves + n] = set->items[n].last;
	for (size_t n = leaves; n-- > 1;) {
		uint64_t left = set->reach[2 * n];
		uint64_t right = set->reach[2 * n + 1];

		set->reach[n] = left > right ? left : right;
	}
	return 0;
}

/* The first item from @from on whose last is not below @start. Leaves behind
 * the last item reach to 0 only, and come last in any case. */
static size_t first_reaching(const struct intervals *set, size_t from,
			     uint64_t start)
{
	size_t node = set->leaves + from;

	while (set->reach[node] < start) {
		/* up while it is a right child, then to its neighbour */
		while (node & 1)
			node >>= 1;
		if (!node)
			return set->count;
		node++;
	}
	while (node < set->leaves) {
		node *= 2;
		if (set->reach[node] < start)
			node++;
	}
	return node - set->leaves;
}

size_t intervals_next(const struct intervals *set, size_t from, uint64_t start,
		      uint64_t last)
{
	size_t n;

	if (from >= set->count)
		return set->count;
	n = first_reaching(set, from, start);
	/* All behind one that starts too late do so, too. */
	return n < set->count && set->items[n].start <= last ? n : set->count;
}

bool intervals_gap(const struct intervals *set, uint64_t *start, uint64_t *last)
{
	size_t n = intervals_next(set, 0, *start, *last);

	for (; n < set->count; n = intervals_next(set, n + 1, *start, *last)) {
		if (set->items[n].start > *start) {
			*last = set->items[n].start - 1;
			return true;
		}
		if (set->items[n].last >= *last)
			return false;
		*start = set->items[n].last + 1;
	}
	return *start <= *last;
}
