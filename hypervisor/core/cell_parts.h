/* SPDX-License-Identifier: GPL-2.0-only */
/* What the files about cells have of each other. */
#ifndef CELL_PARTS_H
#define CELL_PARTS_H

#include <hv/cell.h>

/* --- cell_config.c ------------------------------------------------------ */

/* Sets cell->config to a copy of what lies there in the root's memory; pages
 * from the pool, for the caller to free also after a failure. */
int cell_copy_config(u64 gpa, struct cell *cell);
/* Judges it as that of a new cell. */
int cell_check_config(const struct cell *cell);

/* --- cell_resources.c: with the CPUs of the cell and of the root stopped -- */

/* Sets cell->irqs as the configuration has it. */
void cell_read_irqs(struct cell *cell);
/* The cell takes its interrupts from the root, or returns what the root's own
 * configuration has of them. */
void cell_move_irqs(struct cell *cell, bool to_root);

/* All CPUs of the set stand in the hypervisor. Their new cell finds them
 * powered off. */
void cell_move_cpus(struct cell *to, struct cell *from,
		    const struct cpu_set *set);

int cell_map_all_regions(struct cell *cell);
int cell_take_memory(const struct cell *cell);
/* Also undoes half of cell_take_memory(). The cell is not listed any more (or
 * not yet). Mapping back what was there needs no memory. */
void cell_return_memory(const struct cell *cell);
/* Loadable regions outside the root's own memory were 1:1 in the root, and
 * their tables are of no use any more; others hold what was returned. */
void cell_trim_root_tables(const struct cell *cell);
/* Opens the loadable regions to the root, or closes them again. */
int cell_open_loadable(struct cell *cell, bool loadable);

/* --- cell_run.c ---------------------------------------------------------- */

/* The cell, or NULL with *err set: not there, or the root itself. */
struct cell *cell_managed(u32 id, int *err);
/* Asks the cell to end; a time-out counts as consent, since the cell is about
 * to be stopped in any case. -EPERM if it denies. */
int cell_request_shutdown(struct cell *cell);
/* The cell's CPUs stand still and will stay off; caller resumes them. */
int cell_stop_cpus(struct cell *cell);

#endif
