/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* CPUs of a scenario: who has one, and which are free to be given. */
#ifndef JHCFG_CHECK_CPUS_H
#define JHCFG_CHECK_CPUS_H

#include "check/rule.h"

#define NO_CPU JHCFG_MAX_CPUS

/* The next CPU of the cell from @cpu on; NO_CPU: none. */
unsigned int cpus_next(const struct check_cell *cell, unsigned int cpu);

/* CPUs of a cell, in ascending order. */
#define for_each_cpu_of(cpu, cell)                                             \
	for (unsigned int cpu = cpus_next(cell, 0); (cpu) < NO_CPU;            \
	     (cpu) = cpus_next(cell, (cpu) + 1))

/* The first cell of the scenario, beside the root, that has it; NULL: none. */
const struct check_cell *cpus_owner(const struct check *check,
				    unsigned int cpu);
/* How many CPUs of the root no cell of the scenario has. */
unsigned int cpus_kept_by_root(const struct check *check);

/* The highest CPU of the root that can be given to a cell: nobody has it, at
 * best in any scenario, and the root keeps another; @usable may refuse some
 * (NULL: none). NO_CPU: there is none. */
unsigned int cpus_find_free(const struct check *check,
			    bool (*usable)(const struct check *check,
					   unsigned int cpu));

/* Takes the CPU from the finding's cell and gives it a free one in exchange,
 * or none if it has others. */
int cpus_fix_exchange(struct fix *fix, unsigned int cpu,
		      bool (*usable)(const struct check *check,
				     unsigned int cpu));

/* What the board says of a CPU; NULL: unknown. Quick where boards
 * list CPUs by their numbers, as they do. */
const struct jhcfg_hw_cpu *cpus_hardware(const struct jhcfg_board *board,
					 unsigned int cpu);

/* C05 */
void check_online_cpus(struct check *check, const struct check_cell *root);
int fix_online_cpus(struct fix *fix);
/* C07 */
void check_cpu_mates(struct check *check, const struct check_cell *root);
int fix_cpu_mates(struct fix *fix);
/* C08 */
void check_unplug_cpus(struct check *check, const struct check_cell *cell);
int fix_unplug_cpus(struct fix *fix);
/* C09 */
void check_guest_cpus(struct check *check, const struct check_cell *cell);

#endif
