// SPDX-License-Identifier: LGPL-2.1-or-later
/* U02: cache ways (Cache Allocation Technology, Intel SDM vol. 3, 17.19). */
#include <errno.h>

#include <jailhouse/cell-config.h>

#include "check/other.h"

/* What is wrong: detail[0] of a finding. */
enum {
	CACHE_SECOND,
	CACHE_TYPE,
	CACHE_WAYS,
	CACHE_STARVES,
};

#define MAX_WAYS 32U /* bits of a capacity mask */

/* Ways of the last-level cache. */
static unsigned int ways_of(const struct check *check)
{
	const struct jhcfg_hw_cache *cache;

	for (size_t n = 0;
	     check->board && (cache = jhcfg_board_cache(check->board, n)); n++)
		if (cache->level == 3 && cache->ways && cache->ways <= MAX_WAYS)
			return cache->ways;
	return MAX_WAYS;
}

static bool fits(const struct jhcfg_cache *cache, unsigned int ways)
{
	return cache->size && cache->start < ways &&
	       cache->size <= ways - cache->start;
}

static uint32_t mask_of(const struct jhcfg_cache *cache)
{
	return (uint32_t)(((UINT64_C(1) << cache->size) - 1) << cache->start);
}

static void report(struct check *check, const struct check_cell *cell,
		   size_t index, uint64_t what, const char *text)
{
	const struct jhcfg_cache *cache = jhcfg_cell_cache(cell->cell, index);

	check_report(check,
		     &(struct found){ .cell = cell,
				      .element = JHCFG_AT_CACHE,
				      .index = index,
				      .detail = { what } },
		     "cell \"%s\": cache region %zu (%u ways from %u) %s",
		     cell->name, index, cache->size, cache->start, text);
}

static void judge_cell(struct check *check, const struct check_cell *cell)
{
	const unsigned int ways = ways_of(check);
	const struct jhcfg_cache *cache;

	for (size_t n = 0;
	     (cache = jhcfg_cell_cache(cell->cell, n)) && !check_enough(check);
	     n++) {
		if (n)
			report(check, cell, n, CACHE_SECOND,
			       "is a second one; a cell has one at most");
		else if (cache->type != JAILHOUSE_CACHE_L3)
			report(check, cell, n, CACHE_TYPE,
			       "is not of type L3, for code and data");
		else if (!fits(cache, ways))
			report(check, cell, n, CACHE_WAYS,
			       "has no ways, or ways that the cache has not");
	}
}

/* The ways that the root begins with. */
static uint32_t root_mask(const struct check *check)
{
	const struct jhcfg_cache *cache =
		jhcfg_cell_cache(check->cells[0]->cell, 0);
	const struct jhcfg_cache all = { .size = ways_of(check) };

	return mask_of(cache && fits(cache, MAX_WAYS) ? cache : &all);
}

/* Taken one by one: the last cell is the one that leaves nothing. */
static void judge_root(struct check *check)
{
	uint32_t left = root_mask(check);

	for (size_t n = 1; n < check->num_cells; n++) {
		const struct check_cell *cell = check->cells[n];
		const struct jhcfg_cache *cache =
			jhcfg_cell_cache(cell->cell, 0);

		if (!cache || !fits(cache, MAX_WAYS) ||
		    cache->flags & JAILHOUSE_CACHE_ROOTSHARED)
			continue;
		left &= ~mask_of(cache);
		if (left)
			continue;
		report(check, cell, 0, CACHE_STARVES,
		       "leaves no way to the root cell");
		return;
	}
}

void check_cache(struct check *check, const struct check_cell *root)
{
	(void)root;
	for (size_t n = 0; n < check->num_cells; n++)
		judge_cell(check, check->cells[n]);
	judge_root(check);
}

int fix_cache(struct fix *fix)
{
	const size_t index = fix->finding->at.index;
	const unsigned int ways = ways_of(fix->check);
	struct jhcfg_cache cache = *jhcfg_cell_cache(fix->cell->cell, index);
	struct jhcfg_config *config = fix_edit(fix);

	if (!config)
		return -ENOMEM;
	switch (fix->finding->detail[0]) {
	case CACHE_SECOND:
		return jhcfg_config_remove_cache(config, index);
	case CACHE_TYPE:
		cache.type = JAILHOUSE_CACHE_L3;
		break;
	case CACHE_WAYS:
		if (cache.start >= ways)
			cache.start = ways - 1;
		if (!cache.size)
			cache.size = 1;
		if (cache.size > ways - cache.start)
			cache.size = ways - cache.start;
		break;
	default:
		cache.flags |= JAILHOUSE_CACHE_ROOTSHARED;
	}
	return jhcfg_config_replace_cache(config, index, &cache);
}
