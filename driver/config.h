/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the driver itself must know of a configuration before it may look
 * into it. Whether its contents make sense is the hypervisor's judgement.
 */
#ifndef JH_CONFIG_H
#define JH_CONFIG_H

#include <jailhouse/cell-config.h>

#include "pure.h"

/* Far above any real system configuration; the hypervisor's own limit for a
 * cell is 16 pages. */
#define JH_MAX_SYSTEM_SIZE (1024 * 1024)
#define JH_MAX_CELL_SIZE   (16 * 4096)
#define JH_MAX_CPU_SET	   4096

/*
 * What tells a system configuration from others: signature, architecture and
 * revision, the first JH_KIND_SIZE bytes. Looks at nothing behind them.
 */
#define JH_KIND_SIZE 8
int jh_config_check_kind(const struct jailhouse_system *head, __u8 architecture,
			 struct jh_diag *diag);

/*
 * Stores the size of a whole system configuration in *size. Looks at nothing
 * behind its fixed part.
 */
int jh_config_system_size(const struct jailhouse_system *head, size_t *size,
			  struct jh_diag *diag);

/* Checks that given bytes at desc hold a complete cell configuration. */
int jh_config_check_cell(const struct jailhouse_cell_desc *desc,
			 __u8 architecture, size_t given, struct jh_diag *diag);

/* The lowest CPU >= from in the cell's set, or -1. */
int jh_config_next_cpu(const struct jailhouse_cell_desc *desc, int from);

/*
 * Finds the physical address that a piece of an image goes to. All of
 * [target, target + size) must lie in the first region that holds target, and
 * that region must be loadable RAM. size must not be 0.
 */
int jh_config_find_target(const struct jailhouse_memory *regions,
			  unsigned int num_regions, __u64 target, __u64 size,
			  __u64 *phys, struct jh_diag *diag);

#endif
