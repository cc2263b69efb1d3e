/* SPDX-License-Identifier: GPL-2.0-only */
#include <hv/page_pool.h>
#include <hv/printk.h>
#include <hv/string.h>

#define WORD_BITS (8 * sizeof(unsigned long))

struct page_pool mem_pool;
struct page_pool remap_pool;

void page_pool_init(struct page_pool *pool, void *base, unsigned long pages,
		    unsigned long *bitmap)
{
	memset(bitmap, 0, (pages + WORD_BITS - 1) / WORD_BITS * sizeof(long));
	*pool = (struct page_pool){
		.base = base,
		.pages = pages,
		.bitmap = bitmap,
	};
}

static bool page_used(const struct page_pool *pool, unsigned long page)
{
	return pool->bitmap[page / WORD_BITS] >> (page % WORD_BITS) & 1;
}

/* First free page at or after page, pool->pages if there is none. */
static unsigned long next_free(const struct page_pool *pool, unsigned long page)
{
	while (page < pool->pages) {
		unsigned long word =
			pool->bitmap[page / WORD_BITS] >> (page % WORD_BITS);

		if (!(word & 1))
			return page;
		/* ~0: the rest of this word is in use */
		page += ~word ? (unsigned long)__builtin_ctzl(~word)
			      : WORD_BITS - page % WORD_BITS;
	}
	return pool->pages;
}

/* How many of count pages from page on are free. */
static unsigned long free_run(const struct page_pool *pool, unsigned long page,
			      unsigned long count)
{
	unsigned long n = 0;

	while (n < count && !page_used(pool, page + n))
		n++;
	return n;
}

/* First page of a free run, pool->pages if there is none. */
static unsigned long find_run(const struct page_pool *pool, unsigned long first,
			      unsigned long count, unsigned long align)
{
	unsigned long base = (unsigned long)pool->base >> PAGE_SHIFT;
	unsigned long page, run;

	for (page = first; page < pool->pages; page += run + 1) {
		page = next_free(pool, page);
		page = ALIGN_UP(base + page, align) - base;
		if (page >= pool->pages || count > pool->pages - page)
			break;
		run = free_run(pool, page, count);
		if (run == count)
			return page;
	}
	return pool->pages;
}

void *page_pool_take(struct page_pool *pool, unsigned long count,
		     unsigned long align)
{
	unsigned long first, page;

	if (count == 0 || count > pool->pages - pool->used)
		return NULL;
	first = next_free(pool, pool->hint);
	pool->hint = first;
	first = find_run(pool, first, count, align);
	if (first == pool->pages)
		return NULL;

	for (page = first; page < first + count; page++)
		pool->bitmap[page / WORD_BITS] |= 1UL << (page % WORD_BITS);
	pool->used += count;
	return (char *)pool->base + (first << PAGE_SHIFT);
}

void page_pool_give(struct page_pool *pool, void *start, unsigned long count)
{
	unsigned long first, page;

	if (!start)
		return;
	first = ((unsigned long)start - (unsigned long)pool->base) >>
		PAGE_SHIFT;
	if ((unsigned long)start < (unsigned long)pool->base ||
	    first >= pool->pages || count > pool->pages - first)
		panic("page pool: %p is not of this pool\n", start);

	for (page = first; page < first + count; page++) {
		if (!page_used(pool, page))
			panic("page pool: %p is free already\n", start);
		pool->bitmap[page / WORD_BITS] &= ~(1UL << (page % WORD_BITS));
	}
	pool->used -= count;
	pool->hint = MIN(pool->hint, first);
}

void *page_alloc(unsigned long count)
{
	return page_alloc_aligned(count, 1);
}

void *page_alloc_aligned(unsigned long count, unsigned long align)
{
	void *pages = page_pool_take(&mem_pool, count, align);

	if (pages)
		memset(pages, 0, count << PAGE_SHIFT);
	return pages;
}

void page_free(void *start, unsigned long count)
{
	page_pool_give(&mem_pool, start, count);
}
