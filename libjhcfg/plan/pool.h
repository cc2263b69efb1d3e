/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Between the files that estimate the page pool. */
#ifndef JHCFG_PLAN_POOL_H
#define JHCFG_PLAN_POOL_H

#include <jailhouse/cell-config.h>
#include <jhcfg/pool.h>

#include "plan/pages.h"

#define POOL_GICC_SIZE 0x2000ULL

struct estimate {
	const struct jhcfg_config *system;
	const struct jhcfg_config *const *cells;
	size_t num_cells;
	const struct jhcfg_board *board;
	const struct jhcfg_firmware *firmware;
	struct jhcfg_pool *pool;
	uint64_t config_size; /* of the system */
};

static inline uint64_t pool_pages(uint64_t bytes)
{
	return bytes / PLAN_PAGE + !!(bytes % PLAN_PAGE);
}

static inline void pool_add(struct estimate *e, enum jhcfg_pool_use use,
			    uint64_t count)
{
	e->pool->use[use] += count;
	e->pool->used += count;
}

static inline bool pool_is_subpage(const struct jhcfg_memory *memory)
{
	return (memory->virt_start | memory->size) & (PLAN_PAGE - 1);
}

static inline bool pool_is_gicv2(const struct estimate *e)
{
	return jhcfg_system_platform(jhcfg_config_system(e->system))
		       ->gic_version == 2;
}

/* Queues and stream tables of all units; returns how many pages of registers
 * they have. */
uint64_t pool_count_iommus(struct estimate *e);

/* Second-stage tables: the root's, with what cells split of them; and those of
 * a cell. -ENOMEM. */
int pool_count_root_tables(struct estimate *e);
int pool_count_cell_tables(struct estimate *e,
			   const struct jhcfg_config *config);

#endif
