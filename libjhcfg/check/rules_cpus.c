// SPDX-License-Identifier: LGPL-2.1-or-later
/* C: who has which CPU. */
#include <errno.h>

#include "check/cpus.h"

#define GICV2_CPUS 8U /* ARM IHI 0048B, 1.2: up to eight CPU interfaces */

/* --- C01 ------------------------------------------------------------------ */

static void check_in_root(struct check *check, const struct check_cell *cell)
{
	if (cell->is_root)
		return;
	for_each_cpu_of (cpu, cell) {
		if (jhcfg_cell_has_cpu(check->all[0].cell, cpu))
			continue;
		if (check_enough(check))
			return;
		check_report(check,
			     &(struct found){ .cell = cell,
					      .element = JHCFG_AT_CPU,
					      .index = cpu,
					      .related = &check->all[0],
					      .related_element = JHCFG_AT_CPU,
					      .related_index = cpu },
			     "cell \"%s\" has CPU %u, which is not in the set "
			     "of the root cell",
			     cell->name, cpu);
	}
}

static int fix_in_root(struct fix *fix)
{
	unsigned int cpu = (unsigned int)fix->finding->at.index;
	struct jhcfg_config *root;

	if (!cpus_hardware(fix->check->board, cpu))
		return cpus_fix_exchange(fix, cpu, NULL);
	root = fix_edit_cell(fix, &fix->check->all[0]);
	return root ? jhcfg_config_add_cpu(root, cpu) : -ENOMEM;
}

/* --- C02 ------------------------------------------------------------------ */

static void check_shared(struct check *check, const struct check_cell *cell)
{
	for (size_t n = 1; n < check->num_cells; n++) {
		cell = check->cells[n];
		for_each_cpu_of (cpu, cell) {
			const struct check_cell *owner = cpus_owner(check, cpu);

			if (owner == cell || check_enough(check))
				continue;
			check_report(check,
				     &(struct found){ .cell = cell,
						      .element = JHCFG_AT_CPU,
						      .index = cpu,
						      .related = owner,
						      .related_element =
							      JHCFG_AT_CPU,
						      .related_index = cpu },
				     "cells \"%s\" and \"%s\" both have CPU %u",
				     owner->name, cell->name, cpu);
		}
	}
}

static int fix_shared(struct fix *fix)
{
	unsigned int cpu = (unsigned int)fix->finding->at.index;
	bool last = jhcfg_cell_num_cpus(fix->cell->cell) < 2;

	/* If only the other one has a CPU to spare, that one gives it up. */
	if (last && fix->related &&
	    cpus_find_free(fix->check, NULL) == NO_CPU &&
	    jhcfg_cell_num_cpus(fix->related->cell) > 1)
		fix->cell = fix->related;
	return cpus_fix_exchange(fix, cpu, NULL);
}

/* --- C03 ------------------------------------------------------------------ */

static void check_any(struct check *check, const struct check_cell *root)
{
	for (size_t n = 0; n < check->num_cells; n++) {
		const struct check_cell *cell = check->cells[n];

		if (!jhcfg_cell_num_cpus(cell->cell))
			check_report(
				check,
				&(struct found){ .cell = cell,
						 .unfixable = cell->is_root },
				"cell \"%s\" has no CPU", cell->name);
	}
	if (jhcfg_cell_num_cpus(root->cell) && !cpus_kept_by_root(check))
		check_report(check, &(struct found){ .cell = root },
			     "cells have all CPUs, and the root cell \"%s\" "
			     "keeps none",
			     root->name);
}

/* A cell gives one of its CPUs back; the one with most can best do without. */
static int give_back(struct fix *fix)
{
	const struct check_cell *most = NULL;
	struct jhcfg_config *config;

	for (size_t n = 1; n < fix->check->num_cells; n++) {
		const struct check_cell *cell = fix->check->cells[n];

		if (!most || jhcfg_cell_num_cpus(cell->cell) >
				     jhcfg_cell_num_cpus(most->cell))
			most = cell;
	}
	if (!most || jhcfg_cell_num_cpus(most->cell) < 2)
		return fix_refuse(fix, "leave a cell out of the scenario",
				  "no cell has a CPU to spare");
	config = fix_edit_cell(fix, most);
	if (!config)
		return -ENOMEM;
	jhcfg_config_remove_cpu(config, cpus_next(most, 0));
	return 0;
}

static int fix_any(struct fix *fix)
{
	unsigned int cpu = cpus_find_free(fix->check, NULL);
	struct jhcfg_config *config;

	if (fix->cell->is_root)
		return give_back(fix);
	if (cpu == NO_CPU)
		return fix_refuse(fix, "take a CPU from another cell",
				  "no CPU is free");
	config = fix_edit(fix);
	return config ? jhcfg_config_add_cpu(config, cpu) : -ENOMEM;
}

/* --- C04 ------------------------------------------------------------------ */

static void check_boot_cpu(struct check *check, const struct check_cell *cell)
{
	if (check_is_x86(check) && !cell->is_root &&
	    jhcfg_cell_has_cpu(cell->cell, 0))
		check_report(check,
			     &(struct found){ .cell = cell,
					      .element = JHCFG_AT_CPU },
			     "cell \"%s\" has CPU 0, which the root cannot "
			     "give away on x86",
			     cell->name);
}

static int fix_boot_cpu(struct fix *fix)
{
	return cpus_fix_exchange(fix, 0, NULL);
}

/* --- C06 ------------------------------------------------------------------ */

static void check_gicv2(struct check *check, const struct check_cell *cell)
{
	if (check_is_x86(check) || check->platform->gic_version != 2)
		return;
	for (unsigned int cpu = cpus_next(cell, GICV2_CPUS); cpu < NO_CPU;
	     cpu = cpus_next(cell, cpu + 1))
		if (!check_enough(check))
			check_report(check,
				     &(struct found){ .cell = cell,
						      .element = JHCFG_AT_CPU,
						      .index = cpu },
				     "cell \"%s\" has CPU %u; a GICv2 reaches "
				     "CPUs 0 to %u",
				     cell->name, cpu, GICV2_CPUS - 1);
}

/* What the root gives up, cells cannot keep. */
static int fix_gicv2(struct fix *fix)
{
	unsigned int cpu = (unsigned int)fix->finding->at.index;

	for (size_t n = 0; n < fix->check->num_all; n++) {
		const struct check_cell *cell = &fix->check->all[n];
		struct jhcfg_config *config;

		if ((!fix->cell->is_root && cell != fix->cell) ||
		    !jhcfg_cell_has_cpu(cell->cell, cpu))
			continue;
		if (jhcfg_cell_num_cpus(cell->cell) < 2)
			return fix_refuse(fix, "give it another CPU first",
					  "cell \"%s\" has no other CPU",
					  cell->name);
		config = fix_edit_cell(fix, cell);
		if (!config)
			return -ENOMEM;
		jhcfg_config_remove_cpu(config, cpu);
	}
	return 0;
}

/* clang-format off */
static const struct rule rules[] = {
	{ .info = {
		.id = "C01",
		.severity = JHCFG_ERROR,
		.title = "a cell's CPU is not in the set of the root cell",
		.doc =
		"A cell's CPUs are taken from those that the root has at that"
		" moment; creating the cell answers EBUSY.",
		.advice =
		"give the CPU to the root cell as well, or take it from the "
		"cell",
		.fix =
		"adds it to the root's set if the board has it; else gives "
		"the cell a free one" },
	  .scope = RULE_CELL,
	  .check = check_in_root,
	  .fix = fix_in_root },
	{ .info = {
		.id = "C02",
		.severity = JHCFG_ERROR,
		.title = "two cells that run together have the same CPU",
		.doc =
		"The second cell cannot be created (EBUSY): the root no "
		"longer has the CPU.",
		.advice =
		"give one of the cells another CPU, or put them in different "
		"scenarios",
		.fix =
		"gives the second cell a free CPU in exchange, or takes this "
		"one from the cell that has others" },
	  .scope = RULE_SCENARIO,
	  .check = check_shared,
	  .fix = fix_shared },
	{ .info = {
		.id = "C03",
		.severity = JHCFG_ERROR,
		.title = "the root keeps no CPU, or a cell has none",
		.doc =
		"Linux needs a CPU to run on, which is also the one that asks"
		" for cells to be made; an empty set is refused (EINVAL).",
		.advice = "give every cell a CPU, and leave one to the root",
		.fix =
		"gives the cell a free CPU, or takes one back from the cell "
		"that has most" },
	  .scope = RULE_SCENARIO,
	  .check = check_any,
	  .fix = fix_any },
	{ .info = {
		.id = "C04",
		.severity = JHCFG_ERROR,
		.title = "CPU 0 is given away on x86",
		.doc =
		"The driver refuses to take the boot CPU offline (EINVAL): "
		"firmware calls and some interrupts only work on it.",
		.advice = "give the cell another CPU",
		.fix = "exchanges it for a free CPU" },
	  .scope = RULE_CELL,
	  .check = check_boot_cpu,
	  .fix = fix_boot_cpu },
	{ .info = {
		.id = "C05",
		.severity = JHCFG_ERROR,
		.modes = JHCFG_RULE_LIVE,
		.title =
		"the root's CPU set differs from the CPUs that are online",
		.doc =
		"All online CPUs enter the hypervisor together, and each must"
		" be in the root's set, no more and no less; otherwise "
		"enabling answers EINVAL, with nothing in the kernel's log.",
		.advice =
		"bring the CPUs online (maxcpus=, nosmt), or set the root's "
		"CPUs from the online list",
		.fix =
		"takes the CPU out of, or puts it into the root's set" },
	  .scope = RULE_SYSTEM,
	  .check = check_online_cpus,
	  .fix = fix_online_cpus },
	{ .info = {
		.id = "C06",
		.severity = JHCFG_ERROR,
		.title = "a CPU number is 8 or more with a GICv2",
		.doc =
		"A GICv2 has eight CPU interfaces: its target registers have "
		"a bit for each of CPUs 0 to 7.",
		.advice =
		"take the CPU from the cell, and boot with maxcpus=8",
		.fix = "takes the CPU from the cell" },
	  .scope = RULE_CELL,
	  .check = check_gicv2,
	  .fix = fix_gicv2 },
	{ .info = {
		.id = "C07",
		.severity = JHCFG_WARNING,
		.modes = JHCFG_RULE_BOARD,
		.title =
		"a real-time cell shares a core or a cluster with Linux",
		.doc =
		"Threads of one core share its execution units, and cores of "
		"a cluster their L2 cache: what Linux does on one of them "
		"delays the other by an amount that nobody can bound. Cells "
		"whose name does not say Linux count as real-time.",
		.advice =
		"give the cell whole cores and, where there are several, a "
		"whole cluster",
		.fix =
		"gives the cell the rest of the core or cluster, if it is "
		"free" },
	  .scope = RULE_SCENARIO,
	  .check = check_cpu_mates,
	  .fix = fix_cpu_mates },
	{ .info = {
		.id = "C08",
		.severity = JHCFG_ERROR,
		.modes = JHCFG_RULE_LIVE,
		.title = "a cell's CPU cannot be taken offline",
		.doc =
		"Linux hands a CPU over by taking it offline. On Arm that "
		"needs PSCI firmware: with enable-method spin-table (a "
		"Raspberry Pi 4 without TF-A) a CPU can be started but never "
		"stopped.",
		.advice =
		"use firmware with PSCI (on a Raspberry Pi 4: TF-A as "
		"armstub), or give the cell another CPU",
		.fix =
		"exchanges it for a free CPU that can be taken offline" },
	  .scope = RULE_CELL,
	  .check = check_unplug_cpus,
	  .fix = fix_unplug_cpus },
	{ .info = {
		.id = "C09",
		.severity = JHCFG_ERROR,
		.title =
		"the CPUs in a cell's device tree are not those of the cell",
		.doc =
		"The guest starts what its device tree lists, by MPIDR "
		"through PSCI: a CPU that is not the cell's is denied, one "
		"that is not listed stays off, and without enable-method psci"
		" none but the first starts.",
		.advice =
		"make the device tree again: jailhouse config export -f dtb "
		"--cell NAME" },
	  .scope = RULE_CELL,
	  .check = check_guest_cpus },
};
/* clang-format on */

const struct rule_table check_rules_cpus = RULE_TABLE(rules);
