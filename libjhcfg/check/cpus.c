// SPDX-License-Identifier: LGPL-2.1-or-later
#include "check/cpus.h"

#include <errno.h>

unsigned int cpus_next(const struct check_cell *cell, unsigned int cpu)
{
	for (; cpu < cell->cpu_limit; cpu++)
		if (jhcfg_cell_has_cpu(cell->cell, cpu))
			return cpu;
	return NO_CPU;
}

const struct check_cell *cpus_owner(const struct check *check, unsigned int cpu)
{
	if (cpu >= check->num_cpus || !check->cpu_owner[cpu])
		return NULL;
	return check->cells[check->cpu_owner[cpu]];
}

unsigned int cpus_kept_by_root(const struct check *check)
{
	unsigned int count = 0;

	for_each_cpu_of (cpu, check->cells[0])
		count += !cpus_owner(check, cpu);
	return count;
}

/* No cell at all has it, whatever the scenario. */
static bool is_free_everywhere(const struct check *check, unsigned int cpu)
{
	for (size_t n = 1; n < check->num_all; n++)
		if (jhcfg_cell_has_cpu(check->all[n].cell, cpu))
			return false;
	return true;
}

unsigned int cpus_find_free(const struct check *check,
			    bool (*usable)(const struct check *check,
					   unsigned int cpu))
{
	unsigned int best = NO_CPU;
	bool best_everywhere = false;

	if (cpus_kept_by_root(check) < 2)
		return NO_CPU;
	for_each_cpu_of (cpu, check->cells[0]) {
		bool everywhere;

		if (cpus_owner(check, cpu) || (usable && !usable(check, cpu)) ||
		    (!cpu && check_is_x86(check)))
			continue;
		everywhere = is_free_everywhere(check, cpu);
		if (best == NO_CPU || everywhere || !best_everywhere) {
			best = cpu;
			best_everywhere |= everywhere;
		}
	}
	return best;
}

int cpus_fix_exchange(struct fix *fix, unsigned int cpu,
		      bool (*usable)(const struct check *check,
				     unsigned int cpu))
{
	unsigned int other = cpus_find_free(fix->check, usable);
	struct jhcfg_config *config;

	if (other == NO_CPU && jhcfg_cell_num_cpus(fix->cell->cell) < 2)
		return fix_refuse(fix, "give up a cell, or use more CPUs",
				  "no CPU is free to take the place of CPU %u",
				  cpu);
	config = fix_edit(fix);
	if (!config)
		return -ENOMEM;
	jhcfg_config_remove_cpu(config, cpu);
	return other == NO_CPU ? 0 : jhcfg_config_add_cpu(config, other);
}

const struct jhcfg_hw_cpu *cpus_hardware(const struct jhcfg_board *board,
					 unsigned int cpu)
{
	const struct jhcfg_hw_cpu *found =
		board ? jhcfg_board_cpu(board, cpu) : NULL;

	if (found && found->id == cpu)
		return found;
	for (size_t n = 0; board && (found = jhcfg_board_cpu(board, n)); n++)
		if (found->id == cpu)
			return found;
	return NULL;
}
