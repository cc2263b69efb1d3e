// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/column.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#define TEXT TUI_COLUMN_TEXT

/* --- what stands in a row ------------------------------------------------- */

/* The counters of what the row is about. */
static const struct tui_counter *counters_of(const struct tui_row *row)
{
	return row->cpu ? row->cpu->counters : row->cell->counters;
}

/* One that is shut down has no exits: that is no measurement. */
static bool has_rates(const struct tui_cell *cell)
{
	return cell->state != JHCFG_CELL_SHUT_DOWN &&
	       cell->state != JHCFG_CELL_FAILED;
}

/* Texts of the model are copied as they are: snprintf() for each of them would
 * take most of the time of a screen. */
_Static_assert(TUI_NAME + 2 < TEXT && TUI_CPU_TEXT < TEXT,
	       "a text of the model fits into a column");

static void show_dash_if_empty(char *text)
{
	if (!*text)
		strcpy(text, "-");
}

static void show_id(const struct tui_model *model,
		    const struct tui_column *column, const struct tui_row *row,
		    char *text)
{
	(void)model;
	(void)column;
	if (row->kind == TUI_ROW_CELL)
		snprintf(text, TEXT, "%u", row->cell->id);
}

static void show_name(const struct tui_model *model,
		      const struct tui_column *column,
		      const struct tui_row *row, char *text)
{
	(void)column;
	if (row->kind == TUI_ROW_CELL)
		strcpy(text, row->cell->name);
	else if (row->kind == TUI_ROW_CPU)
		snprintf(text, TEXT, "CPU %u", row->cpu->cpu);
	else
		strcpy(text, model->reasons[row->reason].name);
}

static void show_state(const struct tui_model *model,
		       const struct tui_column *column,
		       const struct tui_row *row, char *text)
{
	(void)model;
	(void)column;
	if (row->kind == TUI_ROW_CELL) {
		strcpy(text, "? ");
		*text = row->cell->state_letter;
		strcat(text, row->cell->state_name);
	} else if (row->kind == TUI_ROW_CPU) {
		strcpy(text, row->cpu->failed ? "F failed" : "");
	}
}

static void show_cpus(const struct tui_model *model,
		      const struct tui_column *column,
		      const struct tui_row *row, char *text)
{
	(void)model;
	(void)column;
	if (row->kind != TUI_ROW_CELL)
		return;
	strcpy(text, row->cell->cpus_text);
	show_dash_if_empty(text);
}

static void show_failed(const struct tui_model *model,
			const struct tui_column *column,
			const struct tui_row *row, char *text)
{
	(void)model;
	(void)column;
	if (row->kind != TUI_ROW_CELL)
		return;
	strcpy(text, row->cell->failed_text);
	show_dash_if_empty(text);
}

static void show_ram(const struct tui_model *model,
		     const struct tui_column *column, const struct tui_row *row,
		     char *text)
{
	(void)model;
	(void)column;
	if (row->kind == TUI_ROW_CELL)
		tui_format_bytes(row->cell->ram, text, TEXT);
}

/* A row of a counter has it in the column of all exits. */
static void show_rate(const struct tui_model *model,
		      const struct tui_column *column,
		      const struct tui_row *row, char *text)
{
	size_t reason = (size_t)column->reason;

	(void)model;
	if (row->kind == TUI_ROW_COUNTER && reason)
		return;
	if (row->kind == TUI_ROW_COUNTER)
		reason = row->reason;
	tui_format_rate(has_rates(row->cell)
				? counters_of(row)[reason].rate_milli
				: TUI_NO_VALUE,
			text, TEXT);
}

static size_t reason_of(const struct tui_row *row)
{
	return row->kind == TUI_ROW_COUNTER ? row->reason : 0;
}

static void show_peak(const struct tui_model *model,
		      const struct tui_column *column,
		      const struct tui_row *row, char *text)
{
	(void)model;
	(void)column;
	tui_format_rate(counters_of(row)[reason_of(row)].peak_milli, text,
			TEXT);
}

static void show_total(const struct tui_model *model,
		       const struct tui_column *column,
		       const struct tui_row *row, char *text)
{
	(void)model;
	(void)column;
	tui_format_count(counters_of(row)[reason_of(row)].total, text, TEXT);
}

/* The one that is exceeded, else that of all exits, else the first. */
static size_t budget_of(const struct tui_model *model,
			const struct tui_cell *cell)
{
	size_t found = model->num_reasons;

	for (size_t n = model->num_reasons; n-- > 0;) {
		if (cell->over[n] == TUI_BUDGET_EXCEEDED)
			return n;
		if (cell->over[n] != TUI_BUDGET_NONE)
			found = n;
	}
	return found;
}

static void show_budget(const struct tui_model *model,
			const struct tui_column *column,
			const struct tui_row *row, char *text)
{
	size_t reason = row->kind == TUI_ROW_COUNTER
				? row->reason
				: budget_of(model, row->cell);
	char rate[24];

	(void)column;
	if (row->kind == TUI_ROW_CPU)
		return;
	if (reason >= model->num_reasons ||
	    row->cell->over[reason] == TUI_BUDGET_NONE) {
		strcpy(text, "-");
		return;
	}
	tui_format_rate(row->cell->budget_milli[reason], rate, sizeof(rate));
	snprintf(text, TEXT, "%s/s%s", rate,
		 row->cell->over[reason] == TUI_BUDGET_EXCEEDED ? "!" : "");
}

static void show_since(const struct tui_model *model,
		       const struct tui_column *column,
		       const struct tui_row *row, char *text)
{
	uint64_t since = row->cell->since_ms;

	(void)column;
	if (row->kind == TUI_ROW_CELL)
		tui_format_age(since == TUI_NO_VALUE ? since
						     : model->clock_ms - since,
			       text, TEXT);
}

/* --- order ---------------------------------------------------------------- */

static int order(uint64_t a, uint64_t b)
{
	return a < b ? -1 : a > b;
}

static int by_id(const struct tui_model *model, const struct tui_column *column,
		 const struct tui_cell *a, const struct tui_cell *b)
{
	(void)model;
	(void)column;
	return order(a->id, b->id);
}

static int by_name(const struct tui_model *model,
		   const struct tui_column *column, const struct tui_cell *a,
		   const struct tui_cell *b)
{
	(void)model;
	(void)column;
	return strcasecmp(a->name, b->name);
}

static int by_state(const struct tui_model *model,
		    const struct tui_column *column, const struct tui_cell *a,
		    const struct tui_cell *b)
{
	(void)model;
	(void)column;
	return strcmp(a->state_name, b->state_name);
}

static uint64_t num_cpus_of(const struct tui_cell *cell, int reason)
{
	(void)reason;
	return cell->num_cpus;
}

static uint64_t num_failed_of(const struct tui_cell *cell, int reason)
{
	(void)reason;
	return cell->num_failed;
}

static uint64_t ram_of(const struct tui_cell *cell, int reason)
{
	(void)reason;
	return cell->ram;
}

static uint64_t rate_of(const struct tui_cell *cell, int reason)
{
	return has_rates(cell) ? cell->counters[reason].rate_milli
			       : TUI_NO_VALUE;
}

static uint64_t peak_of(const struct tui_cell *cell, int reason)
{
	(void)reason;
	return cell->counters[0].peak_milli;
}

static uint64_t total_of(const struct tui_cell *cell, int reason)
{
	(void)reason;
	return cell->counters[0].total;
}

static uint64_t over_of(const struct tui_cell *cell, int reason)
{
	(void)reason;
	return cell->over_any;
}

static uint64_t since_of(const struct tui_cell *cell, int reason)
{
	(void)reason;
	return cell->since_ms;
}

/* What a column with numbers is sorted by: the same shape for all of them. */
static const struct key_row {
	const char *column; /* NULL: those of reasons */
	uint64_t (*get)(const struct tui_cell *cell, int reason);
} keys[] = {
	{ "cpus", num_cpus_of }, { "failed", num_failed_of },
	{ "ram", ram_of },	 { "peak", peak_of },
	{ "total", total_of },	 { "budget", over_of },
	{ "change", since_of },	 { NULL, rate_of },
};

static int by_number(const struct tui_model *model,
		     const struct tui_column *column, const struct tui_cell *a,
		     const struct tui_cell *b)
{
	const struct key_row *key = keys;
	uint64_t left, right;

	(void)model;
	while (key->column &&
	       (column->reason >= 0 || strcmp(key->column, column->name)))
		key++;
	left = key->get(a, column->reason);
	right = key->get(b, column->reason);
	/* unknown is at the end, whichever way it is sorted: see rows.c */
	if (left == TUI_NO_VALUE || right == TUI_NO_VALUE)
		return order(left, right);
	return column->sorts_down ? order(right, left) : order(left, right);
}

/* --- the table ------------------------------------------------------------ */

// clang-format off
#define LEFT  .right = false
#define RIGHT .right = true, .sorts_down = true

/* In front of the reasons. */
static const struct tui_column before[] = {
	{ "id", "ID", "number of the cell", 3, .right = true, .reason = -1,
	  .format = show_id, .compare = by_id },
	{ "name", "NAME", "name of the cell", 12, LEFT, .stretches = true,
	  .reason = -1, .format = show_name, .compare = by_name },
	{ "state", "STATE", "what the cell does", 11, LEFT, .reason = -1,
	  .format = show_state, .compare = by_state },
	{ "cpus", "CPUS", "CPUs that it has", 7, LEFT, .sorts_down = true,
	  .reason = -1, .format = show_cpus, .compare = by_number },
	{ "failed", "FAILED", "CPUs that were stopped for a fault", 6, LEFT,
	  .sorts_down = true, .reason = -1, .format = show_failed,
	  .compare = by_number },
	{ "ram", "RAM", "memory that it has", 5, RIGHT, .reason = -1,
	  .format = show_ram, .compare = by_number },
};

/* Behind them. */
static const struct tui_column behind[] = {
	{ "peak", "PEAK", "most exits a second that were seen", 6, RIGHT,
	  .reason = -1, .format = show_peak, .compare = by_number },
	{ "total", "EXITS", "exits since it was created", 11, RIGHT,
	  .reason = -1, .format = show_total, .compare = by_number },
	{ "budget", "BUDGET", "exits that it may have; !: exceeded", 7, RIGHT,
	  .reason = -1, .format = show_budget, .compare = by_number },
	{ "change", "LAST CHANGE", "time since its state changed", 11, RIGHT,
	  .reason = -1, .format = show_since, .compare = by_number },
};
// clang-format on

/* The reasons that people look at first; others follow as they come. */
static const char *const first_reasons[] = {
	"total", "virt_irq", "mmio", "hypercall", "pio", "management",
};
#define NUM_FIRST (sizeof(first_reasons) / sizeof(*first_reasons))

static void add_reason(struct tui_columns *columns,
		       const struct tui_model *model, size_t reason)
{
	const struct tui_reason *from = &model->reasons[reason];
	size_t width = strlen(from->title);

	columns->all[columns->count++] = (struct tui_column){
		.name = reason ? from->name : "exits",
		.title = from->title,
		.help = reason ? "exits a second for this reason"
			       : "exits a second",
		.width = width < 7 ? 7 : (unsigned int)width,
		.right = true,
		.sorts_down = true,
		.reason = (int)reason,
		.format = show_rate,
		.compare = by_number,
	};
}

static bool is_first(const char *name)
{
	for (size_t n = 0; n < NUM_FIRST; n++) {
		if (!strcmp(first_reasons[n], name))
			return true;
	}
	return false;
}

void tui_columns_set(struct tui_columns *columns, const struct tui_model *model)
{
	memcpy(columns->all, before, sizeof(before));
	columns->count = sizeof(before) / sizeof(*before);
	columns->num_reasons = model->num_reasons;
	for (size_t n = 0; n < NUM_FIRST; n++) {
		int reason = tui_model_find_reason(model, first_reasons[n]);

		if (reason >= 0)
			add_reason(columns, model, (size_t)reason);
	}
	for (size_t n = 0; n < model->num_reasons; n++) {
		if (!is_first(model->reasons[n].name))
			add_reason(columns, model, n);
	}
	memcpy(columns->all + columns->count, behind, sizeof(behind));
	columns->count += sizeof(behind) / sizeof(*behind);
}

_Static_assert(sizeof(before) / sizeof(*before) +
			       sizeof(behind) / sizeof(*behind) +
			       TUI_MAX_REASONS <=
		       TUI_MAX_COLUMNS,
	       "a column for each reason");

const struct tui_column *tui_columns_find(const struct tui_columns *columns,
					  const char *name)
{
	for (size_t n = 0; n < columns->count; n++) {
		if (!strcasecmp(columns->all[n].name, name))
			return &columns->all[n];
	}
	return NULL;
}

void tui_column_format(const struct tui_model *model,
		       const struct tui_column *column,
		       const struct tui_row *row, char *text)
{
	*text = 0;
	column->format(model, column, row, text);
}
