/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Ranges of numbers (addresses), to be asked which of them touch a range. A
 * range is named by its first and last number, so that one may reach up to the
 * highest there is. Sorting takes O(n log n), each answer O(log n).
 */
#ifndef JHCFG_CHECK_INTERVALS_H
#define JHCFG_CHECK_INTERVALS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct interval {
	uint64_t start, last;
	/* for the user: a cell, and what of it */
	size_t owner, index;
};

/* All zero is an empty set. */
struct intervals {
	struct interval *items; /* by start, then in the order of adding */
	size_t count, capacity;
	/* A tree over items in the manner of a heap: the highest last below
	 * each node; items themselves are nodes from leaves on. */
	uint64_t *reach;
	size_t leaves;
	bool failed; /* without memory */
};

void intervals_clear(struct intervals *set);
/* Appends; a size of 0 adds nothing, what would wrap is cut off. */
void intervals_add(struct intervals *set, uint64_t start, uint64_t size,
		   size_t owner, size_t index);
/* To be called once all are added, and again after more. 0; -ENOMEM if that or
 * anything before it failed: the set is empty then. */
int intervals_sort(struct intervals *set);

/* Number of the first item from number @from on that has a number in [start,
 * last]; count if there is none. */
size_t intervals_next(const struct intervals *set, size_t from, uint64_t start,
		      uint64_t last);

/*
 * The first stretch of [*start, *last] that no item has. False: all of it is
 * covered. To be called again with *start one behind the stretch.
 */
bool intervals_gap(const struct intervals *set, uint64_t *start,
		   uint64_t *last);

#define for_each_touching(set, n, first, end)                                  \
	for (size_t n = intervals_next(set, 0, first, end); n < (set)->count;  \
	     n = intervals_next(set, n + 1, first, end))

#endif
