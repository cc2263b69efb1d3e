// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Cells come, go and change. A cell is the same as before if id and name are:
 * an id is given to the next cell that comes, but two cells of one name in
 * turn are told apart only by counters that went back.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/column.h"
#include "model/update.h"

static const struct state_row {
	enum jhcfg_cell_state state;
	const char *name;
	char letter;
	enum tui_severity severity;
} states[] = {
	{ JHCFG_CELL_RUNNING, "running", 'R', TUI_INFO },
	{ JHCFG_CELL_LOCKED, "running/locked", 'L', TUI_INFO },
	{ JHCFG_CELL_SHUT_DOWN, "shut down", 'S', TUI_INFO },
	{ JHCFG_CELL_FAILED, "failed", 'F', TUI_ERROR },
	{ JHCFG_CELL_MISMATCH, "Comm ABI mismatch", 'M', TUI_ERROR },
	{ JHCFG_CELL_UNKNOWN, "", '?', TUI_WARNING },
};

/* The last row is for all that is not known. */
static const struct state_row *find_state(struct sample_text text)
{
	const struct state_row *row = states;

	while (row->state != JHCFG_CELL_UNKNOWN &&
	       (strlen(row->name) != text.length ||
		memcmp(row->name, text.text, text.length)))
		row++;
	return row;
}

static struct tui_cell *cell_at(const struct tui_store *store, size_t index)
{
	return (struct tui_cell *)store->cells.items + index;
}

static struct tui_life *life_at(const struct tui_store *store, size_t index)
{
	return (struct tui_life *)store->lives.items + index;
}

/* --- the list ------------------------------------------------------------- */

/* Moves the last of these cells, whose memory is free, to the front. */
static void rotate(struct tui_store *store, size_t from, size_t count)
{
	struct tui_cell *cells = cell_at(store, from), cell = cells[count - 1];
	struct tui_life *lives = life_at(store, from), life = lives[count - 1];

	memmove(cells + 1, cells, (count - 1) * sizeof(*cells));
	memmove(lives + 1, lives, (count - 1) * sizeof(*lives));
	cells[0] = cell;
	lives[0] = life;
}

static void forget_config(struct tui_store *store, struct tui_cell *cell,
			  struct tui_life *life)
{
	store->map_changed |= !!life->config;
	jhcfg_config_free(life->config);
	life->config = NULL;
	life->config_asked = false;
	cell->config = NULL;
	cell->ram = TUI_NO_VALUE;
}

/* A cell that nothing is known of yet; the memory of CPUs is kept. */
static void begin_cell(struct tui_store *store, size_t index, unsigned int id,
		       const char *name)
{
	struct tui_cell *cell = cell_at(store, index);

	forget_config(store, cell, life_at(store, index));
	memset(cell, 0, sizeof(*cell));
	cell->id = id;
	cell->serial = ++store->last_serial;
	snprintf(cell->name, sizeof(cell->name), "%s", name);
	cell->ram = TUI_NO_VALUE;
	cell->since_ms = store->seen ? store->model.clock_ms : TUI_NO_VALUE;
	for (size_t n = 0; n < TUI_MAX_REASONS; n++) {
		cell->counters[n] = TUI_NO_COUNTER;
		cell->budget_milli[n] = TUI_NO_VALUE;
	}
}

static int insert_cell(struct tui_store *store, size_t index)
{
	struct tui_model *model = &store->model;
	size_t count = model->num_cells + 1;
	int err =
		tui_pool_reserve(&store->cells, count, sizeof(struct tui_cell));

	if (!err)
		err = tui_pool_reserve(&store->lives, count,
				       sizeof(struct tui_life));
	if (err)
		return err;
	model->cells = store->cells.items;
	model->num_cells = count;
	rotate(store, index, count - index);
	return 0;
}

/* Its memory goes behind the last one, for the next that comes. */
static void remove_cell(struct tui_store *store, size_t index)
{
	size_t left = --store->model.num_cells - index;
	struct tui_cell *cells = cell_at(store, index), cell = cells[0];
	struct tui_life *lives = life_at(store, index), life = lives[0];

	forget_config(store, &cell, &life);
	memmove(cells, cells + 1, left * sizeof(*cells));
	memmove(lives, lives + 1, left * sizeof(*lives));
	cells[left] = cell;
	lives[left] = life;
}

/* --- CPUs ----------------------------------------------------------------- */

static bool same_cpus(const struct tui_cell *cell, const unsigned int *cpus,
		      size_t count)
{
	if (cell->num_cpus != count)
		return false;
	for (size_t n = 0; n < count; n++) {
		if (cell->cpus[n].cpu != cpus[n])
			return false;
	}
	return true;
}

/* Each CPU has counters of all reasons, of which some were found since. Those
 * that it has are kept. */
static int fit_counters(struct tui_store *store, size_t index)
{
	const size_t count = store->model.num_reasons;
	struct tui_cell *cell = cell_at(store, index);
	struct tui_life *life = life_at(store, index);
	const size_t had = life->num_reasons;
	struct tui_counter *all;
	int err;

	if (had >= count)
		return 0;
	err = tui_pool_reserve(&life->counters, cell->num_cpus * count,
			       sizeof(*all));
	if (err)
		return err;
	all = life->counters.items;
	/* from behind, so that none is overwritten that is moved later */
	for (size_t n = cell->num_cpus; n--;) {
		cell->cpus[n].counters = all + n * count;
		memmove(all + n * count, all + n * had, had * sizeof(*all));
		for (size_t r = had; r < count; r++)
			all[n * count + r] = TUI_NO_COUNTER;
	}
	life->num_reasons = count;
	return 0;
}

/* CPUs came or went: sums before and after cannot be compared. */
static int set_cpus(struct tui_store *store, size_t index,
		    const unsigned int *cpus, size_t count)
{
	struct tui_cell *cell = cell_at(store, index);
	struct tui_life *life = life_at(store, index);
	int err = tui_pool_reserve(&life->cpus, count, sizeof(*cell->cpus));

	if (err)
		return err;
	cell->cpus = life->cpus.items;
	cell->num_cpus = count;
	for (size_t n = 0; n < count; n++)
		cell->cpus[n] = (struct tui_cell_cpu){ .cpu = cpus[n] };
	for (size_t r = 0; r < TUI_MAX_REASONS; r++)
		cell->counters[r].total = TUI_NO_VALUE;
	life->num_reasons = 0;
	return 0;
}

static void set_failed(struct tui_store *store, struct tui_cell *cell,
		       struct sample_text list)
{
	unsigned int first = 1, last = 0;
	size_t failed = 0;

	for (size_t n = 0; n < cell->num_cpus; n++) {
		struct tui_cell_cpu *cpu = &cell->cpus[n];
		bool before = cpu->failed;

		while (last < cpu->cpu || first > last) {
			if (!sample_next_range(&list, &first, &last)) {
				first = UINT32_MAX;
				last = UINT32_MAX;
			}
		}
		cpu->failed = cpu->cpu >= first && cpu->cpu <= last;
		failed += cpu->failed;
		if (cpu->failed != before && store->seen)
			tui_store_event(store, TUI_EVENT_CPU,
					cpu->failed ? TUI_ERROR : TUI_INFO,
					cell, "cell \"%s\": CPU %u %s",
					cell->name, cpu->cpu,
					cpu->failed ? "failed" : "is back");
	}
	cell->num_failed = failed;
}

/* --- counters ------------------------------------------------------------- */

static void check_budget(struct tui_store *store, struct tui_cell *cell,
			 size_t n)
{
	const struct tui_reason *reason = &store->reasons[n];
	uint64_t rate = cell->counters[n].rate_milli, limit;
	enum tui_over before = cell->over[n];
	char limit_text[24], rate_text[24];

	limit = tui_budgets_limit(&store->budgets, cell->name, cell->id,
				  reason->name);
	cell->budget_milli[n] = limit;
	cell->over[n] = limit == TUI_NO_VALUE ? TUI_BUDGET_NONE
			: rate != TUI_NO_VALUE && rate > limit
				? TUI_BUDGET_EXCEEDED
				: TUI_BUDGET_KEPT;
	if (cell->over[n] > cell->over_any)
		cell->over_any = cell->over[n];
	if (cell->over[n] == before || cell->over[n] == TUI_BUDGET_NONE)
		return;
	tui_format_rate(limit, limit_text, sizeof(limit_text));
	tui_format_rate(rate, rate_text, sizeof(rate_text));
	if (cell->over[n] == TUI_BUDGET_EXCEEDED) {
		store->model.budgets_exceeded++;
		tui_store_event(store, TUI_EVENT_BUDGET, TUI_ERROR, cell,
				"%s: exit budget %s/s exceeded: %.*s %s/s",
				cell->name, limit_text,
				(int)strcspn(reason->title, "/"), reason->title,
				rate_text);
	} else if (before == TUI_BUDGET_EXCEEDED) {
		tui_store_event(store, TUI_EVENT_BUDGET, TUI_INFO, cell,
				"%s: exit budget %s/s is kept again",
				cell->name, limit_text);
	}
}

static void set_counters(struct tui_store *store, struct tui_cell *cell,
			 const struct sample *sample,
			 const struct sample_cell *from)
{
	uint64_t ms = store->model.clock_ms - store->before_ms;
	size_t count = store->model.num_reasons;
	const uint64_t *values = sample_row(sample, from->row);

	/* without memory, some were found and are not in the sample */
	if (count > sample->num_reasons)
		count = sample->num_reasons;
	for (size_t n = 0; n < cell->num_cpus; n++) {
		const uint64_t *of_cpu = sample_row(sample, from->row + 1 + n);

		for (size_t r = 0; r < count; r++)
			tui_counter_set(&cell->cpus[n].counters[r], of_cpu[r],
					ms);
	}
	cell->over_any = TUI_BUDGET_NONE;
	for (size_t r = 0; r < count; r++) {
		tui_counter_set(&cell->counters[r], values[r], ms);
		check_budget(store, cell, r);
	}
	if (count)
		tui_history_add(&cell->history, cell->counters[0].rate_milli);
}

/* --- a cell --------------------------------------------------------------- */

static void set_state(struct tui_store *store, struct tui_cell *cell,
		      struct sample_text text)
{
	const struct state_row *row = find_state(text);
	char before[TUI_NAME];

	memcpy(before, cell->state_name, sizeof(before));
	tui_text_copy(cell->state_name, sizeof(cell->state_name), text.text,
		      text.length);
	cell->state = row->state;
	cell->state_letter = row->letter;
	if (!*before || !strcmp(before, cell->state_name))
		return;
	cell->since_ms = store->model.clock_ms;
	tui_store_event(store, TUI_EVENT_CELL, row->severity, cell,
			"cell \"%s\": %s", cell->name, cell->state_name);
}

static int update_cell(struct tui_store *store, size_t index,
		       const struct sample *sample,
		       const struct sample_cell *from)
{
	const unsigned int *cpus =
		(const unsigned int *)sample->cpus.items + from->first_cpu;
	struct tui_cell *cell = cell_at(store, index);
	int err = 0;

	if (!same_cpus(cell, cpus, from->num_cpus))
		err = set_cpus(store, index, cpus, from->num_cpus);
	if (!err)
		err = fit_counters(store, index);
	if (err) {
		cell->num_cpus = 0; /* none without counters */
		return err;
	}
	tui_text_copy(cell->cpus_text, sizeof(cell->cpus_text), from->cpus.text,
		      from->cpus.length);
	tui_text_copy(cell->failed_text, sizeof(cell->failed_text),
		      from->failed.text, from->failed.length);
	set_state(store, cell, from->state);
	set_failed(store, cell, from->failed);
	set_counters(store, cell, sample, from);
	return 0;
}

/* It is another one that has the id now, or it was made once more. */
static bool is_other(const struct tui_cell *cell, const char *name,
		     uint64_t value)
{
	uint64_t before = cell->counters[0].total, added;

	if (strcmp(cell->name, name))
		return true;
	/* the root's sum is less whenever it gives a CPU away */
	return cell->id && before != TUI_NO_VALUE && value != TUI_NO_VALUE &&
	       !tui_counter_added(before, value, &added);
}

static void say(struct tui_store *store, const struct tui_cell *cell,
		const char *what)
{
	if (store->seen)
		tui_store_event(store, TUI_EVENT_CELL, TUI_INFO, cell,
				"cell \"%s\" %s", cell->name, what);
}

/* Makes cell @index the one of @from, if it is not. */
static int match_cell(struct tui_store *store, size_t index,
		      const struct sample *sample,
		      const struct sample_cell *from)
{
	const uint64_t total = *sample_row(sample, from->row);
	struct tui_model *model = &store->model;
	struct tui_cell *cell = cell_at(store, index);
	bool is_new = index == model->num_cells || cell->id > from->id;
	char name[TUI_NAME];
	int err = 0;

	tui_text_copy(name, sizeof(name), from->name.text, from->name.length);
	if (!is_new && !is_other(cell, name, total))
		return 0;
	if (!is_new)
		say(store, cell, "was destroyed");
	else
		err = insert_cell(store, index);
	if (err)
		return err;
	begin_cell(store, index, from->id, name);
	say(store, cell_at(store, index), "was created");
	return 0;
}

int update_cells(struct tui_store *store, const struct sample *sample)
{
	struct tui_model *model = &store->model;
	const struct sample_cell *from = sample->cells.items;
	size_t n;

	for (n = 0; n < sample->num_cells; n++, from++) {
		int err;

		while (n < model->num_cells &&
		       cell_at(store, n)->id < from->id) {
			say(store, cell_at(store, n), "was destroyed");
			remove_cell(store, n);
		}
		err = match_cell(store, n, sample, from);
		if (!err)
			err = update_cell(store, n, sample, from);
		if (err)
			return err;
	}
	while (n < model->num_cells) {
		say(store, cell_at(store, model->num_cells - 1),
		    "was destroyed");
		remove_cell(store, model->num_cells - 1);
	}
	return 0;
}

void update_no_cells(struct tui_store *store)
{
	while (store->model.num_cells)
		remove_cell(store, store->model.num_cells - 1);
}

int update_config_wanted(struct tui_store *store)
{
	for (size_t n = 0; n < store->model.num_cells; n++) {
		struct tui_life *life = life_at(store, n);

		if (life->config_asked)
			continue;
		life->config_asked = true;
		return (int)n;
	}
	return -1;
}

void update_configs_again(struct tui_store *store)
{
	for (size_t n = 0; n < store->model.num_cells; n++)
		life_at(store, n)->config_asked = false;
}

void update_config(struct tui_store *store, uint32_t serial,
		   struct jhcfg_config *config)
{
	int index = tui_model_find_cell(&store->model, serial);
	struct tui_cell *cell;

	if (index < 0) {
		jhcfg_config_free(config);
		return;
	}
	cell = cell_at(store, (size_t)index);
	forget_config(store, cell, life_at(store, (size_t)index));
	life_at(store, (size_t)index)->config = config;
	life_at(store, (size_t)index)->config_asked = true;
	cell->config = config;
	store->map_changed = true;
}
