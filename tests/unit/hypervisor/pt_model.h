/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Page tables under suspicion: a small format, and walkers that are neither
 * coherent with the tables nor forgetful. Walkers see what was published, and
 * keep in their TLB what they saw until it is invalidated. Every break of the
 * rules fails the test at once:
 *   - an entry goes from one valid value to another without break-before-make,
 *   - something stale is left in the TLB when a call returns,
 *   - a table is freed while a walker may still be in it,
 *   - what a walker can reach was not published.
 */
#ifndef PT_MODEL_H
#define PT_MODEL_H

#include <hv/paging.h>

/* Entries of a table; the root of format_small has as many. */
#define PT_ENTRIES 8U
/* 8 * 8 * 8 * 8 pages are all that format_small covers. */
#define PT_PAGES 4096U
#define PT_LIMIT ((u64)PT_PAGES << PAGE_SHIFT)

/* Leaves at levels 1 to 3, that is of 64 pages, 8 pages and one. */
extern const struct pt_format format_small;
/* The same, but NO_HUGE is kept in the entries. */
extern const struct pt_format format_no_huge;
/* Leaves of one page only; the root has 4 entries, so half the pages. */
extern const struct pt_format format_pages;

/* A new, empty space on mem_pool, watched as above. */
void pt_model_init(struct pt_space *space, const struct pt_format *format);

/* Lets walkers see all there is; then, after a call, checks what they kept. */
void pt_model_touch(struct pt_space *space);
void pt_model_check(struct pt_space *space);

/* Invalidations and large pages so far / mapped now. */
unsigned long pt_model_invalidations(void);
unsigned long pt_model_count_leaves(const struct pt_space *space,
				    unsigned int level);

#endif
