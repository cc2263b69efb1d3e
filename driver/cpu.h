/* SPDX-License-Identifier: GPL-2.0-only */
/* CPUs between Linux and cells. All need jh.lock. */
#ifndef JH_CPU_H
#define JH_CPU_H

#include <linux/cpumask.h>
#include <linux/types.h>

#include <jailhouse/cell-config.h>

/* Reads the CPU set of a configuration. -EINVAL if it is empty or names a CPU
 * that this kernel does not know. */
int jh_cpus_from_config(const struct jailhouse_cell_desc *desc,
			struct cpumask *cpus);

/* Takes all of cpus offline. *taken gets those that were online; on failure
 * they are online again. */
int jh_cpus_take(const struct cpumask *cpus, struct cpumask *taken);

/* Brings back what jh_cpus_take() took. A CPU that does not come back is
 * reported, not returned: nothing can be undone for it. */
void jh_cpus_return(const struct cpumask *taken);

/*
 * Keeps CPUs from coming and going, without the lock that stop_machine()
 * takes itself. Attempts of others fail with -EBUSY meanwhile.
 */
void jh_cpus_freeze(void);
void jh_cpus_thaw(void);

/*
 * Runs a function on all online CPUs at once, with interrupts off, and
 * returns 0 or the error of one of them. CPUs must be frozen.
 */
int jh_cpus_run(int (*run)(const void *arg), const void *arg);

#endif
