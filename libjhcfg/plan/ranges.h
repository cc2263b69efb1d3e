/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Sets of addresses. */
#ifndef JHCFG_PLAN_RANGES_H
#define JHCFG_PLAN_RANGES_H

#include <jhcfg/board.h>

struct ranges {
	struct jhcfg_range *items; /* after ranges_merge(): sorted, apart */
	size_t count, capacity;
	bool failed; /* without memory */
};

void ranges_clear(struct ranges *set);
/* Appends; a size of 0 adds nothing. */
void ranges_add(struct ranges *set, uint64_t start, uint64_t size);
/* The same, grown to whole pages of 4 KiB. */
void ranges_add_pages(struct ranges *set, uint64_t start, uint64_t size);
/* Sorts, and joins what overlaps or touches. */
void ranges_merge(struct ranges *set);
/* Takes every range of @out out of @set; both are merged. */
void ranges_subtract(struct ranges *set, const struct ranges *out);

#endif
