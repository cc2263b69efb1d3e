/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Pools of 4K pages with a bitmap. mem_pool hands out hypervisor memory;
 * remap_pool hands out virtual addresses for devices.
 *
 * Callers hold the management lock (all other root CPUs are stopped) or run
 * during initialisation, so the pools need no lock of their own.
 */
#ifndef HV_PAGE_POOL_H
#define HV_PAGE_POOL_H

#include <hv/types.h>

struct page_pool {
	void *base;	     /* address of page 0 */
	unsigned long pages; /* in the pool */
	unsigned long used;
	unsigned long *bitmap; /* bit set = page in use */
	unsigned long hint;    /* no free page below this one */
};

extern struct page_pool mem_pool;
extern struct page_pool remap_pool;

/*
 * Initialises a pool over pages at base. The bitmap must hold one bit per
 * page, rounded up to whole words; it is cleared.
 */
void page_pool_init(struct page_pool *pool, void *base, unsigned long pages,
		    unsigned long *bitmap);

/*
 * Takes count consecutive pages whose start is aligned to align pages (a power
 * of two, 1 = any). The content is not touched. NULL when there is no such
 * run or count is 0.
 */
void *page_pool_take(struct page_pool *pool, unsigned long count,
		     unsigned long align);

/* Gives pages back. Pages outside the pool, or free already, are a bug of
 * the hypervisor: panic. (NULL, any) is allowed and does nothing. */
void page_pool_give(struct page_pool *pool, void *start, unsigned long count);

/* mem_pool pages, zeroed. NULL when there are not enough. */
void *page_alloc(unsigned long count);
void *page_alloc_aligned(unsigned long count, unsigned long align);
void page_free(void *start, unsigned long count);

#endif
