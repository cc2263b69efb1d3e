/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What the hypervisor and its cells are doing: the driver's attributes in
 * sysfs as one value, made of a tree that was read at once. Nothing in it is
 * trusted: what is missing or no number is JHCFG_NO_VALUE, an empty string or
 * an empty list.
 */
#ifndef JHCFG_STATUS_H
#define JHCFG_STATUS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <jhcfg/api.h>
#include <jhcfg/target.h>

#define JHCFG_NO_VALUE UINT64_MAX

enum jhcfg_cell_state {
	JHCFG_CELL_UNKNOWN, /* a word that we do not know: see state_name */
	JHCFG_CELL_RUNNING,
	JHCFG_CELL_LOCKED, /* running, and no cell may be created or destroyed
			    */
	JHCFG_CELL_SHUT_DOWN,
	JHCFG_CELL_FAILED,
	JHCFG_CELL_MISMATCH, /* of the communication region's revision */
};

struct jhcfg_cpu_list {
	const unsigned int *cpus; /* ascending, none twice */
	size_t count;
};

struct jhcfg_cell_counter {
	const char *name;	 /* "vmexits_mmio" */
	uint64_t value;		 /* sum over all CPUs */
	const uint64_t *per_cpu; /* of cell->assigned, in that order */
};

struct jhcfg_cell_status {
	unsigned int id;
	const char *name;
	enum jhcfg_cell_state state;
	const char *state_name; /* as the driver calls it */
	struct jhcfg_cpu_list assigned, failed;
	const struct jhcfg_cell_counter *counters; /* sorted by name */
	size_t num_counters;
};

struct jhcfg_status {
	bool driver;  /* it is loaded */
	bool enabled; /* the hypervisor is */
	/* pages */
	uint64_t mem_pool_size, mem_pool_used;
	uint64_t remap_pool_size, remap_pool_used;
	const struct jhcfg_cell_status *cells; /* by id */
	size_t num_cells;
};

/* What to read for it, see jhcfg_target_read_tree(). */
JHCFG_API extern const struct jhcfg_tree_request jhcfg_status_request;

/* Makes one of @tree, which it does not refer to afterwards. -ENOMEM; -EFBIG:
 * no target has that much to say. */
JHCFG_API int jhcfg_status_parse(const struct jhcfg_tree *tree,
				 const struct jhcfg_status **status);
JHCFG_API void jhcfg_status_free(const struct jhcfg_status *status);

/* Reads and parses it at once; see jhcfg_target_read_tree(). */
JHCFG_API int jhcfg_status_read(struct jhcfg_target *target,
				const struct jhcfg_status **status);

/* The cell with this id; NULL: there is none. */
JHCFG_API const struct jhcfg_cell_status *jhcfg_status_cell(
	const struct jhcfg_status *status, unsigned int id);
/* A counter by name, JHCFG_NO_VALUE: it has none. */
JHCFG_API uint64_t jhcfg_cell_counter(const struct jhcfg_cell_status *cell,
				      const char *name);

#endif
