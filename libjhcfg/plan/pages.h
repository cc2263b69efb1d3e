/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * How many tables a translation needs. It follows the hypervisor's mm: the
 * largest leaves that fit, neighbours that continue each other merged, and
 * tables that stay where a part of a large page was taken away.
 */
#ifndef JHCFG_PLAN_PAGES_H
#define JHCFG_PLAN_PAGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PLAN_PAGE 4096ULL

/* What is mapped in one piece. */
struct segment {
	uint64_t virt, phys, size; /* no end is beyond the address space */
	uint32_t flags;		   /* segments of equal ones may merge */
	bool no_huge;
	bool no_first;	       /* no leaves of the first level */
	unsigned int taken_by; /* 0: nobody; else such pieces never merge */
};

struct segments {
	struct segment *items;
	size_t count, capacity;
	bool failed; /* without memory */
};

void segments_clear(struct segments *list);
/* Appends; an empty segment adds nothing, one beyond the end is cut. */
void segments_add(struct segments *list, const struct segment *segment);
/* Sorts by guest address, and joins what continues. */
void segments_merge(struct segments *list);
/* Marks physical ranges as taken: @cuts are sorted by phys; only their phys,
 * size and taken_by count. @list is merged before and sorted afterwards. */
void segments_cut(struct segments *list, const struct segments *cuts);
/* Sorts by physical address. */
void segments_sort_phys(struct segments *list);

/* Sizes that entries of the levels cover, largest first, 0 at the end. */
struct page_format {
	uint64_t span[4];
	bool leaf[4];
};

/* Tables below the root table; segments may lie over each other, as regions of
 * links do over RAM. -ENOMEM. */
int segments_count_tables(const struct segments *list,
			  const struct page_format *format, uint64_t *count);

#endif
