// SPDX-License-Identifier: LGPL-2.1-or-later
/* C05, C08: CPUs as Linux on the target has them. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "check/cpus.h"

static int compare(const void *a, const void *b)
{
	const unsigned int *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* In an ascending list. */
static bool is_listed(const unsigned int *list, size_t count, unsigned int cpu)
{
	return count && bsearch(&cpu, list, count, sizeof(*list), compare);
}

/* --- C05 ------------------------------------------------------------------ */

static bool is_online(const struct jhcfg_live *target, unsigned int cpu)
{
	return is_listed(target->online_cpus, target->num_online_cpus, cpu);
}

void check_online_cpus(struct check *check, const struct check_cell *root)
{
	const struct jhcfg_live *target = check->live;

	if (!jhcfg_live_knows(target, JHCFG_LIVE_ONLINE_CPUS))
		return;
	for_each_cpu_of (cpu, root)
		if (!is_online(target, cpu) && !check_enough(check))
			check_report(check,
				     &(struct found){ .cell = root,
						      .element = JHCFG_AT_CPU,
						      .index = cpu },
				     "the root cell has CPU %u, which is not "
				     "online on the target",
				     cpu);
	for (size_t n = 0; n < target->num_online_cpus; n++)
		if (!jhcfg_cell_has_cpu(root->cell, target->online_cpus[n]) &&
		    !check_enough(check))
			check_report(check,
				     &(struct found){
					     .cell = root,
					     .element = JHCFG_AT_CPU,
					     .index = target->online_cpus[n] },
				     "CPU %u is online on the target, but not "
				     "in the set of the root cell",
				     target->online_cpus[n]);
}

int fix_online_cpus(struct fix *fix)
{
	unsigned int cpu = (unsigned int)fix->finding->at.index;
	const struct check_cell *root = &fix->check->all[0];
	struct jhcfg_config *config;

	for (size_t n = 1; n < fix->check->num_all; n++)
		if (jhcfg_cell_has_cpu(root->cell, cpu) &&
		    jhcfg_cell_has_cpu(fix->check->all[n].cell, cpu))
			return fix_refuse(
				fix,
				"bring it online (maxcpus=, nosmt, chcpu -e), "
				"or give the cell another CPU first",
				"cell \"%s\" has CPU %u",
				fix->check->all[n].name, cpu);
	config = fix_edit(fix);
	if (!config)
		return -ENOMEM;
	if (!jhcfg_cell_has_cpu(root->cell, cpu))
		return jhcfg_config_add_cpu(config, cpu);
	jhcfg_config_remove_cpu(config, cpu);
	return 0;
}

/* --- C08 ------------------------------------------------------------------ */

static bool is_fixed(const struct check *check, unsigned int cpu)
{
	const struct jhcfg_live *target = check->live;

	return jhcfg_live_knows(target, JHCFG_LIVE_FIXED_CPUS) &&
	       is_listed(target->fixed_cpus, target->num_fixed_cpus, cpu);
}

static const char *enable_method(const struct check *check, unsigned int cpu)
{
	const struct jhcfg_board *board =
		check->live->board ? check->live->board : check->board;
	const struct jhcfg_hw_cpu *hardware = cpus_hardware(board, cpu);

	return hardware ? hardware->enable_method : "";
}

static bool can_be_unplugged(const struct check *check, unsigned int cpu)
{
	const char *method =
		check_is_x86(check) ? "" : enable_method(check, cpu);

	return !is_fixed(check, cpu) && (!*method || !strcmp(method, "psci"));
}

void check_unplug_cpus(struct check *check, const struct check_cell *cell)
{
	if (cell->is_root) {
		if (jhcfg_live_knows(check->live, JHCFG_LIVE_KERNEL_CONFIG) &&
		    !strcmp(jhcfg_live_kernel_option(check->live,
						     "CONFIG_HOTPLUG_CPU"),
			    "n"))
			check_report(check,
				     &(struct found){
					     .element = JHCFG_AT_TARGET,
					     .unfixable = true,
					     .advice = "boot a kernel with "
						       "CONFIG_HOTPLUG_CPU=y" },
				     "the target's kernel cannot take CPUs "
				     "offline (CONFIG_HOTPLUG_CPU)");
		return;
	}
	for_each_cpu_of (cpu, cell) {
		const char *method = enable_method(check, cpu);

		if (can_be_unplugged(check, cpu) || check_enough(check))
			continue;
		check_report(check,
			     &(struct found){ .cell = cell,
					      .element = JHCFG_AT_CPU,
					      .index = cpu },
			     "cell \"%s\" has CPU %u, which the target's Linux "
			     "cannot take offline%s%s",
			     cell->name, cpu,
			     *method ? ": its enable-method is " : "", method);
	}
}

int fix_unplug_cpus(struct fix *fix)
{
	if (cpus_find_free(fix->check, can_be_unplugged) == NO_CPU)
		return fix_refuse(fix, "see what the firmware offers",
				  "no CPU is free that can be taken offline");
	return cpus_fix_exchange(fix, (unsigned int)fix->finding->at.index,
				 can_be_unplugged);
}
