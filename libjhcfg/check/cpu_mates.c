// SPDX-License-Identifier: LGPL-2.1-or-later
/* C07: CPUs that slow each other down. */
#include <errno.h>
#include <stdlib.h>

#include "check/cpus.h"

/* CPUs of the board in the order of topology, so that those of a core, and
 * those of a cluster, are neighbours. */
struct mates {
	const struct jhcfg_hw_cpu **cpus;
	size_t count;
	bool several_clusters;
};

typedef bool (*same_unit)(const struct jhcfg_hw_cpu *a,
			  const struct jhcfg_hw_cpu *b);

static bool same_cluster(const struct jhcfg_hw_cpu *a,
			 const struct jhcfg_hw_cpu *b)
{
	return a->package == b->package && a->cluster == b->cluster;
}

static bool same_core(const struct jhcfg_hw_cpu *a,
		      const struct jhcfg_hw_cpu *b)
{
	return same_cluster(a, b) && a->core == b->core;
}

static int compare(const void *a, const void *b)
{
	const struct jhcfg_hw_cpu *x = *(const struct jhcfg_hw_cpu *const *)a;
	const struct jhcfg_hw_cpu *y = *(const struct jhcfg_hw_cpu *const *)b;

	if (x->package != y->package)
		return x->package < y->package ? -1 : 1;
	if (x->cluster != y->cluster)
		return x->cluster < y->cluster ? -1 : 1;
	if (x->core != y->core)
		return x->core < y->core ? -1 : 1;
	return (x->id > y->id) - (x->id < y->id);
}

static int mates_make(struct mates *mates, const struct jhcfg_board *board)
{
	mates->count = jhcfg_board_num_cpus(board);
	mates->several_clusters = false;
	mates->cpus = calloc(mates->count + 1, sizeof(const void *));
	if (!mates->cpus)
		return -ENOMEM;
	for (size_t n = 0; n < mates->count; n++)
		mates->cpus[n] = jhcfg_board_cpu(board, n);
	qsort(mates->cpus, mates->count, sizeof(const void *), compare);
	for (size_t n = 1; n < mates->count; n++)
		mates->several_clusters |=
			!same_cluster(mates->cpus[n - 1], mates->cpus[n]);
	return 0;
}

/* Who runs on the CPU: a cell, or the root; NULL: nobody. */
static const struct check_cell *user_of(const struct check *check,
					unsigned int cpu)
{
	const struct check_cell *owner = cpus_owner(check, cpu);

	if (!owner && jhcfg_cell_has_cpu(check->cells[0]->cell, cpu))
		return check->cells[0];
	return owner;
}

static bool is_real_time(const struct check *check,
			 const struct check_cell *cell)
{
	return cell && !cell->is_root && !check_is_linux(check, cell);
}

/* CPUs that share something: a core or a cluster. */
struct unit {
	const char *name;
	same_unit same;
	bool is_core;
};

static const struct unit clusters = { "cluster", same_cluster, false };
static const struct unit cores = { "core", same_core, true };

/* CPUs [first, end) are one unit. */
static void judge_unit(struct check *check, const struct mates *mates,
		       size_t first, size_t end, const struct unit *unit)
{
	const struct check_cell *quick = NULL, *slow = NULL;
	unsigned int quick_cpu = 0, slow_cpu = 0;

	for (size_t n = first; n < end; n++) {
		const struct check_cell *user =
			user_of(check, mates->cpus[n]->id);

		if (!quick && is_real_time(check, user)) {
			quick = user;
			quick_cpu = mates->cpus[n]->id;
		} else if (!slow && user && !is_real_time(check, user)) {
			slow = user;
			slow_cpu = mates->cpus[n]->id;
		}
	}
	if (!quick || !slow)
		return;
	check_report(
		check,
		&(struct found){
			.cell = quick,
			.element = JHCFG_AT_CPU,
			.index = quick_cpu,
			.related = slow,
			.related_element = JHCFG_AT_CPU,
			.related_index = slow_cpu,
			.detail = { unit->is_core },
		},
		"CPU %u of cell \"%s\" shares its %s with CPU %u of \"%s\"",
		quick_cpu, quick->name, unit->name, slow_cpu, slow->name);
}

static void judge_units(struct check *check, const struct mates *mates,
			const struct unit *unit)
{
	size_t first = 0;

	for (size_t n = 1; n <= mates->count; n++) {
		if (n < mates->count &&
		    unit->same(mates->cpus[first], mates->cpus[n]))
			continue;
		judge_unit(check, mates, first, n, unit);
		first = n;
	}
}

void check_cpu_mates(struct check *check, const struct check_cell *root)
{
	struct mates mates;

	(void)root;
	if (mates_make(&mates, check->board)) {
		check_no_memory(check);
		return;
	}
	/* Where all CPUs are in one cluster, that is how it is. */
	if (mates.several_clusters)
		judge_units(check, &mates, &clusters);
	judge_units(check, &mates, &cores);
	free(mates.cpus);
}

int fix_cpu_mates(struct fix *fix)
{
	const struct jhcfg_hw_cpu *cpu = cpus_hardware(
		fix->check->board, (unsigned int)fix->finding->at.index);
	const struct unit *unit = fix->finding->detail[0] ? &cores : &clusters;
	unsigned int left = cpus_kept_by_root(fix->check);
	struct jhcfg_config *config = fix_edit(fix);
	const struct jhcfg_hw_cpu *mate;
	int err = config && cpu ? 0 : -ENOMEM;

	for (size_t n = 0;
	     !err && (mate = jhcfg_board_cpu(fix->check->board, n)); n++) {
		const struct check_cell *user = user_of(fix->check, mate->id);

		if (!user || !unit->same(cpu, mate) ||
		    is_real_time(fix->check, user))
			continue;
		if (!user->is_root || !--left)
			return fix_refuse(fix,
					  "move one of the cells to other CPUs",
					  "CPU %u is needed by \"%s\"",
					  mate->id, user->name);
		err = jhcfg_config_add_cpu(config, mate->id);
	}
	return err;
}
