/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The view of a workspace that rules look at, with what they search by. */
#ifndef JHCFG_CHECK_VIEW_H
#define JHCFG_CHECK_VIEW_H

#include <jhcfg/check.h>

#include "model/arena.h"

struct check_cell {
	uint32_t key;
	bool is_root;
	bool in_scenario;  /* that is judged */
	bool in_any;	   /* scenario of the workspace */
	size_t position;   /* in check->cells while a scenario is judged */
	const char *name;  /* of the cell; printable */
	const char *label; /* "root" for the root, else its name */
	/* the system's or the cell's configuration: with what links add, and
	 * as it was written */
	const struct jhcfg_config *config, *own;
	const struct jhcfg_cell *cell; /* of config */
	size_t num_memory;
	size_t num_own_memory; /* those behind belong to links */
	size_t num_own_pci;
	unsigned int cpu_limit; /* all its CPUs are below this number */
	bool *shmem;		/* by region: it belongs to an ivshmem device */
};

/* A memory region by its physical addresses. Left out are those that have
 * none (comm regions), empty ones and those that wrap around. */
struct check_region {
	uint64_t start, last;
	const struct check_cell *cell;
	size_t index;
	const struct jhcfg_memory *memory;
};

/* Sorted regions, and above them a tree of the highest last addresses: node 1
 * is its root, node n has the children 2n and 2n + 1, and the leaves, one for
 * each region, are those from num_leaves on. */
struct check_index {
	struct check_region *regions;
	size_t count;
	uint64_t *highest;
	size_t num_leaves; /* a power of two */
};

/* What one rule may look at in the index: enough for any system that can
 * exist, and an end for those that are made to take long. */
#define CHECK_MAX_STEPS (1U << 22)

struct check {
	const struct jhcfg_workspace *workspace;
	const struct jhcfg_check_options *options; /* never NULL */
	const struct jhcfg_board *board;	   /* may be NULL */
	const struct jhcfg_live *live;		   /* may be NULL */

	const struct jhcfg_system *system;
	const struct jhcfg_platform *platform;
	const struct jhcfg_memory *hypervisor; /* memory */
	uint8_t architecture;		       /* of the system */

	struct check_cell *all; /* every cell by key, so the root first */
	size_t num_all;
	struct check_region *all_regions; /* by start */
	size_t num_all_regions;

	/* the scenario that is judged */
	const char *scenario;		 /* its name, or "" */
	const struct check_cell *only;	 /* report of no other; NULL: of all */
	const struct check_cell **cells; /* the root first */
	size_t num_cells;
	struct check_index index; /* all regions of these cells, by start */
	/* by CPU: the first cell (position + 1, not the root) that has it */
	uint32_t *cpu_owner;
	size_t num_cpus; /* entries of cpu_owner */

	size_t steps; /* in the index, by the rule that is judged */
	struct check_results *results; /* where reports go */
};

/* Makes a view of all cells; what it takes lives in @arena. 0, -ENOMEM. */
int check_view_make(struct check *check, struct jhcfg_arena *arena,
		    const struct jhcfg_workspace *workspace,
		    const struct jhcfg_check_options *options);
/* Goes to a scenario (NULL: all cells together). */
void check_view_enter(struct check *check,
		      const struct jhcfg_scenario *scenario);
/* Goes to this cell, beside the root: only what concerns it is reported. */
void check_view_enter_alone(struct check *check, struct check_cell *cell);

/* The cell with this key; NULL: none. O(log n). */
const struct check_cell *check_find_cell(const struct check *check,
					 uint32_t key);

/* The next region that has an address in [start, last], in ascending order of
 * starts; *position is 0 at first. NULL when there is no further one.
 * O(log n). */
const struct check_region *check_region_at(struct check *check, uint64_t start,
					   uint64_t last, size_t *position);

/* Last address of a range; UINT64_MAX where it would wrap. For a size of 0,
 * the start. */
uint64_t check_last(uint64_t start, uint64_t size);
/* Both ranges are not empty and have an address in common. */
bool check_overlaps(uint64_t start_a, uint64_t size_a, uint64_t start_b,
		    uint64_t size_b);
/* The first region of the cell that has all of [virt, virt + size) at guest
 * addresses; NULL: none. O(n). */
const struct jhcfg_memory *check_region_of_virt(const struct check_cell *cell,
						uint64_t virt, uint64_t size,
						size_t *index);

/* What messages call a region: `region 3 ("ram")`. @text has @size bytes. */
const char *check_region_name(const struct check_cell *cell, size_t index,
			      char *text, size_t size);

bool check_is_x86(const struct check *check);
/* The cell is one for Linux: a kernel is bound to it, or its name says so
 * ("linux-demo"), which is all that a configuration tells. */
bool check_is_linux(const struct check *check, const struct check_cell *cell);

#endif
