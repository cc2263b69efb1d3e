// SPDX-License-Identifier: LGPL-2.1-or-later
/* Moving and choosing CPUs. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include <jailhouse/cell-config.h>

#include "plan/plan.h"

/* --- one CPU -----------------------------------------------------------------
 */

static const struct jhcfg_hw_cpu *find_hw(const struct jhcfg_plan *plan,
					  unsigned int id)
{
	const struct jhcfg_board *board = plan_board(plan);
	const struct jhcfg_hw_cpu *cpu;

	for (size_t n = 0; board && (cpu = jhcfg_board_cpu(board, n)); n++)
		if (cpu->id == id)
			return cpu;
	return NULL;
}

/* CPUs that no cell has: Linux keeps those. */
static unsigned int count_of_root(const struct jhcfg_plan *plan)
{
	const struct jhcfg_cell *root = plan_cell(plan, JHCFG_ROOT_KEY);
	unsigned int left = jhcfg_cell_num_cpus(root), count = 0;

	for (unsigned int id = 0; left && id < JHCFG_MAX_CPUS; id++) {
		if (!jhcfg_cell_has_cpu(root, id))
			continue;
		left--;
		count += !plan_owner_of_cpu(plan, id);
	}
	return count;
}

static int take_from(struct jhcfg_plan *plan, uint32_t owner, uint32_t cell,
		     unsigned int cpu)
{
	return plan_add(
		plan,
		&(struct jhcfg_plan_op){ .kind = JHCFG_PLAN_REMOVE_CPU,
					 .cell = owner,
					 .cpu = cpu },
		plan_text(plan, "goes to \"%s\"", plan_cell_name(plan, cell)),
		"CPU %u", cpu);
}

static int check_cpu(struct jhcfg_plan *plan, uint32_t cell, unsigned int cpu)
{
	const struct jhcfg_cell *root = plan_cell(plan, JHCFG_ROOT_KEY);

	if (!jhcfg_cell_has_cpu(root, cpu))
		return plan_refuse(plan, -ENOENT,
				   "add it to the root's set first",
				   "CPU %u is none of the root's", cpu);
	if (cell == JHCFG_ROOT_KEY)
		return 0;
	if (!cpu && !plan_is_arm(plan))
		return plan_refuse(plan, -EPERM, "take another one",
				   "CPU 0 has to stay with Linux on x86");
	if (!plan_owner_of_cpu(plan, cpu) && count_of_root(plan) <= 1)
		return plan_refuse(plan, -EBUSY, "give one back first",
				   "CPU %u is the last one of the root", cpu);
	return 0;
}

static int add_cpu(struct jhcfg_plan *plan, uint32_t cell, unsigned int cpu,
		   const char *reason)
{
	return plan_add(plan,
			&(struct jhcfg_plan_op){ .kind = JHCFG_PLAN_ADD_CPU,
						 .cell = cell,
						 .cpu = cpu },
			reason, "CPU %u", cpu);
}

int plan_move_cpu(struct jhcfg_plan *plan, uint32_t cell, unsigned int cpu)
{
	uint32_t owner = plan_owner_of_cpu(plan, cpu);
	int err = check_cpu(plan, cell, cpu);

	if (err || owner == cell)
		return err;
	if (owner)
		err = take_from(plan, owner, cell, cpu);
	if (!err && cell != JHCFG_ROOT_KEY)
		err = add_cpu(plan, cell, cpu, "asked for");
	return err;
}

/* Others that share what makes CPUs slow each other down. */
static bool is_mate(const struct jhcfg_hw_cpu *a, const struct jhcfg_hw_cpu *b)
{
	return a->package == b->package && a->cluster == b->cluster &&
	       a->id != b->id;
}

static int note_mates(struct jhcfg_plan *plan, uint32_t cell, unsigned int cpu)
{
	const struct jhcfg_hw_cpu *own = find_hw(plan, cpu), *other;
	const struct jhcfg_board *board = plan_board(plan);
	int err = 0;

	for (size_t n = 0; !err && own && (other = jhcfg_board_cpu(board, n));
	     n++) {
		bool core = is_mate(own, other) && own->core == other->core;

		if (core && plan_owner_of_cpu(plan, other->id) != cell)
			err = plan_note(plan, JHCFG_PLAN_WARNING, cell,
					"hardware threads of one core slow "
					"each other down",
					"CPU %u shares a core with CPU %u of "
					"another cell",
					cpu, other->id);
	}
	return err;
}

int jhcfg_plan_move_cpu(const struct jhcfg_workspace *workspace, uint32_t cell,
			unsigned int cpu, struct jhcfg_diags *diags,
			struct jhcfg_plan **result)
{
	struct jhcfg_plan *plan = plan_new(workspace, NULL, diags);
	int err;

	if (!plan)
		return -ENOMEM;
	err = plan_set_name(plan, "Move CPU %u to %s", cpu,
			    plan_cell_name(plan, cell));
	if (!err && !plan_cell(plan, cell))
		err = plan_refuse(plan, -ENOENT, NULL, "there is no such cell");
	if (!err)
		err = plan_move_cpu(plan, cell, cpu);
	if (!err && cell != JHCFG_ROOT_KEY)
		err = note_mates(plan, cell, cpu);
	return plan_finish(plan, err, result);
}

/* --- any CPUs
 * -------------------------------------------------------------------- */

/* CPUs that the root can give, with where they are. */
struct free_cpu {
	unsigned int id, group, core;
};

struct group {
	unsigned int number;
	size_t free, all;
	bool boot; /* has the lowest CPU of Linux */
};

struct choice {
	struct free_cpu *cpus; /* descending by id */
	size_t num_cpus;
	struct group *groups;
	size_t num_groups;
};

static unsigned int group_of(const struct jhcfg_hw_cpu *hw)
{
	return hw ? hw->package << 16 | (hw->cluster & 0xffff) : 0;
}

static struct group *find_group(struct choice *choice, unsigned int number)
{
	size_t n = 0;

	while (n < choice->num_groups && choice->groups[n].number != number)
		n++;
	if (n == choice->num_groups)
		choice->groups[choice->num_groups++].number = number;
	return &choice->groups[n];
}

static void collect(struct jhcfg_plan *plan, struct choice *choice)
{
	const struct jhcfg_cell *root = plan_cell(plan, JHCFG_ROOT_KEY);
	bool lowest = true;
	unsigned int left = jhcfg_cell_num_cpus(root);

	for (unsigned int id = 0; left && id < JHCFG_MAX_CPUS; id++) {
		const struct jhcfg_hw_cpu *hw;
		struct group *group;

		if (!jhcfg_cell_has_cpu(root, id))
			continue;
		left--;
		hw = find_hw(plan, id);
		group = find_group(choice, group_of(hw));
		group->all++;
		if (plan_owner_of_cpu(plan, id))
			continue;
		if (lowest) {
			/* one that is left is Linux' for good */
			group->boot = true;
			lowest = false;
			continue;
		}
		group->free++;
		choice->cpus[choice->num_cpus++] = (struct free_cpu){
			.id = id,
			.group = group->number,
			.core = hw ? hw->core : id,
		};
	}
}

/* The largest group that is all free and no larger than what is wanted; the
 * one with the highest number among equals. */
static struct group *whole_group(struct choice *choice, size_t wanted)
{
	struct group *best = NULL;

	for (size_t n = 0; n < choice->num_groups; n++) {
		struct group *group = &choice->groups[n];

		if (!group->free || group->free != group->all ||
		    group->free > wanted)
			continue;
		if (!best || group->free >= best->free)
			best = group;
	}
	return best;
}

/* Else a part: of the tightest group that has enough, not the boot CPU's if
 * that can be helped; or of the one that has most. */
static bool is_better(const struct group *a, const struct group *b,
		      size_t wanted)
{
	bool a_enough = a->free >= wanted, b_enough = b->free >= wanted;

	if (a_enough != b_enough)
		return a_enough;
	if (a->boot != b->boot)
		return b->boot;
	return a_enough ? a->free < b->free : a->free > b->free;
}

static struct group *part_of_group(struct choice *choice, size_t wanted)
{
	struct group *best = NULL;

	for (size_t n = 0; n < choice->num_groups; n++) {
		struct group *group = &choice->groups[n];

		if (group->free && (!best || is_better(group, best, wanted)))
			best = group;
	}
	return best;
}

/* From the highest CPU on, so that threads of a core, which follow each other
 * or have one core number, go together. */
static int take_from_group(struct jhcfg_plan *plan, uint32_t cell,
			   struct choice *choice, struct group *group,
			   size_t count, const char *reason)
{
	int err = 0;

	for (size_t n = choice->num_cpus; !err && count && n-- > 0;) {
		struct free_cpu *cpu = &choice->cpus[n];
		unsigned int core = cpu->core;

		if (cpu->group != group->number || cpu->id == UINT32_MAX)
			continue;
		for (size_t i = n + 1; !err && count && i-- > 0;) {
			struct free_cpu *mate = &choice->cpus[i];

			if (mate->group != group->number ||
			    mate->core != core || mate->id == UINT32_MAX)
				continue;
			err = add_cpu(plan, cell, mate->id, reason);
			mate->id = UINT32_MAX;
			group->free--;
			count--;
		}
	}
	return err;
}

static int choose(struct jhcfg_plan *plan, uint32_t cell, size_t count,
		  struct choice *choice)
{
	int err = 0;

	while (!err && count) {
		struct group *group = whole_group(choice, count);
		const char *reason;
		size_t part;

		if (group) {
			part = group->free;
			reason = choice->num_groups > 1
					 ? "with its whole cluster"
					 : "free in the root";
		} else {
			group = part_of_group(choice, count);
			if (!group)
				return -ENOSPC;
			part = group->free < count ? group->free : count;
			reason = group->boot ? "free; shares its cluster with "
					       "Linux"
					     : "free; no whole cluster is of "
					       "this size";
		}
		err = take_from_group(plan, cell, choice, group, part, reason);
		count -= part;
	}
	return err;
}

int plan_choose_cpus(struct jhcfg_plan *plan, uint32_t cell, size_t count)
{
	size_t all = jhcfg_cell_num_cpus(plan_cell(plan, JHCFG_ROOT_KEY));
	struct choice choice = {
		.cpus = calloc(all + 1, sizeof(*choice.cpus)),
		.groups = calloc(all + 1, sizeof(*choice.groups)),
	};
	int err = -ENOMEM;

	if (choice.cpus && choice.groups) {
		collect(plan, &choice);
		if (choice.num_cpus < count)
			err = plan_refuse(
				plan, -ENOSPC,
				"ask for fewer, or take some from other cells",
				"%zu CPUs are wanted, the root can give %zu",
				count, choice.num_cpus);
		else
			err = choose(plan, cell, count, &choice);
	}
	free(choice.cpus);
	free(choice.groups);
	return err;
}
