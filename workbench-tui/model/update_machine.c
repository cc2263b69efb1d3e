// SPDX-License-Identifier: GPL-2.0-or-later
/* What is of no cell alone: CPUs by owner, pools, load. */
#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "model/update.h"

#define POOL_LIMIT 90 /* per cent */

static const char *const pool_names[] = { "memory pool", "remap pool" };

static void check_pool(struct tui_store *store, size_t which,
		       const struct tui_gauge *pool)
{
	bool known = pool->size && pool->size != TUI_NO_VALUE &&
		     pool->used != TUI_NO_VALUE && pool->used <= pool->size;
	/* sizes are pages: no overflow below 2^57 of them */
	bool full = known && pool->size < UINT64_MAX / 128 &&
		    pool->used * 100 > pool->size * POOL_LIMIT;

	if (full && !store->pool_full[which])
		tui_store_event(store, TUI_EVENT_POOL, TUI_WARNING, NULL,
				"%s is above %d %%: %" PRIu64 " of %" PRIu64
				" pages in use",
				pool_names[which], POOL_LIMIT, pool->used,
				pool->size);
	store->pool_full[which] = full;
}

/* --- CPUs ----------------------------------------------------------------- */

static int add_cpu(struct tui_store *store, unsigned int cpu)
{
	struct tui_model *model = &store->model;
	int err = tui_pool_reserve(&store->cpus, model->num_cpus + 1,
				   sizeof(struct tui_cpu));

	if (err)
		return err;
	((struct tui_cpu *)store->cpus.items)[model->num_cpus++] =
		(struct tui_cpu){ .cpu = cpu, .owner = TUI_NOBODY };
	return 0;
}

/* All that the machine may have; without that list those of cells. */
static int list_cpus(struct tui_store *store, struct sample_text possible)
{
	unsigned int first, last;
	int err = 0;

	store->model.num_cpus = 0;
	possible.length = possible.text ? strcspn(possible.text, "\n") : 0;
	while (sample_next_range(&possible, &first, &last)) {
		for (unsigned int cpu = first; !err && cpu <= last; cpu++) {
			if (store->model.num_cpus == SAMPLE_MAX_CPUS)
				return 0;
			err = add_cpu(store, cpu);
		}
	}
	return err;
}

static struct tui_cpu *find_cpu(const struct tui_store *store, unsigned int cpu)
{
	struct tui_cpu *cpus = store->cpus.items;
	size_t low = 0, high = store->model.num_cpus;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (cpus[middle].cpu == cpu)
			return &cpus[middle];
		if (cpus[middle].cpu < cpu)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

/* In its place; NULL without memory. */
static struct tui_cpu *insert_cpu(struct tui_store *store, unsigned int cpu)
{
	struct tui_cpu *cpus;
	size_t at = store->model.num_cpus;

	if (add_cpu(store, cpu))
		return NULL;
	cpus = store->cpus.items;
	for (; at && cpus[at - 1].cpu > cpu; at--)
		cpus[at] = cpus[at - 1];
	cpus[at] = (struct tui_cpu){ .cpu = cpu, .owner = TUI_NOBODY };
	return &cpus[at];
}

static int own_cpus(struct tui_store *store)
{
	const struct tui_model *model = &store->model;

	for (size_t n = 0; n < model->num_cells; n++) {
		const struct tui_cell *cell = &model->cells[n];

		for (size_t c = 0; c < cell->num_cpus; c++) {
			struct tui_cpu *cpu =
				find_cpu(store, cell->cpus[c].cpu);

			if (!cpu)
				cpu = insert_cpu(store, cell->cpus[c].cpu);
			if (!cpu)
				return -ENOMEM;
			cpu->owner = (int)n;
			cpu->failed = cell->cpus[c].failed;
		}
	}
	return 0;
}

int update_machine(struct tui_store *store, const struct sample *sample)
{
	struct tui_model *model = &store->model;
	int err;

	model->mem_pool = sample->mem_pool;
	model->remap_pool = sample->remap_pool;
	model->memory = sample->memory;
	memcpy(model->load_milli, sample->load_milli,
	       sizeof(model->load_milli));
	check_pool(store, 0, &model->mem_pool);
	check_pool(store, 1, &model->remap_pool);
	if (model->num_cells)
		memcpy(model->board, model->cells[0].name,
		       sizeof(model->board));
	else
		*model->board = 0;
	err = list_cpus(store, sample->possible);
	if (!err)
		err = own_cpus(store);
	model->cpus = store->cpus.items;
	return err;
}
