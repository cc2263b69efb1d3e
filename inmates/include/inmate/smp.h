/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Further CPUs of the cell */
#ifndef INMATE_SMP_H
#define INMATE_SMP_H

#include <stddef.h>
#include <jailhouse/types.h>

/**
 * smp_find_cpus - which CPUs does the cell have?
 * @mpidr: filled with their affinities, the own one included, ascending
 * @max: entries of mpidr
 *
 * Asks PSCI about the first 16 CPUs of each of the first 16 clusters.
 *
 * Return: number of CPUs found, may exceed max.
 */
unsigned int smp_find_cpus(u64 *mpidr, unsigned int max);

/**
 * smp_start - start a CPU that is off
 * @mpidr: its affinity
 * @entry: runs there, with the caller's page tables and interrupts masked;
 *	when it returns the CPU is turned off
 * @arg: for entry
 * @stack: lowest byte of its stack
 * @size: of the stack, multiple of 16
 *
 * By one CPU at a time.
 *
 * Return: 0 when it runs; the negative PSCI result; -ETIMEDOUT if it was
 * started but did not arrive within a second.
 */
int smp_start(u64 mpidr, void (*entry)(void *arg), void *arg, void *stack,
	      size_t size);

#endif
