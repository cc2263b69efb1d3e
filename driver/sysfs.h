/* SPDX-License-Identifier: GPL-2.0-only */
/* Files below /sys/devices/jailhouse. Cells need jh.lock. */
#ifndef JH_SYSFS_H
#define JH_SYSFS_H

#include <linux/cpumask.h>
#include <linux/types.h>

struct attribute_group;
struct jh_cell;

/* Of the device itself */
extern const struct attribute_group *jh_sysfs_groups[];

/* Makes a zeroed cell an object that jh_cell_put() frees. */
void jh_sysfs_init_cell(struct jh_cell *cell);
void jh_cell_put(struct jh_cell *cell);

/* Shows the cell with its CPUs; on failure nothing of it is left to see. */
int jh_sysfs_add_cell(struct jh_cell *cell);
/* For a cell that was added before the hypervisor could be asked what it
 * measures */
void jh_sysfs_add_times(struct jh_cell *cell);
/* Hides it; nobody reads one of its files any more afterwards. */
void jh_sysfs_remove_cell(struct jh_cell *cell);

/* Shows or hides the counters of single CPUs, as they join or leave. */
void jh_sysfs_move_cpus(struct jh_cell *cell, const struct cpumask *cpus,
			bool join);

/*
 * Reads from an object that the hypervisor hands out by READ_CONFIG or
 * READ_CONSOLE. *position moves behind the last byte; *lost counts the bytes
 * that were gone before the first one. Returns the number of bytes, at most
 * size, or an error.
 */
ssize_t jh_read_object(u32 call, u32 id, u64 *position, u64 *lost, char *dest,
		       size_t size);

#endif
