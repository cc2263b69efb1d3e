// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/rows.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/store.h"

#define MAX_FILTER 64

/* What is set on a cell. As long as that lives. */
struct mark {
	uint32_t serial;
	bool tagged;
	bool expanded;

	struct tui_pool cpus; /* unsigned int: those that are expanded */
	size_t num_cpus;
};

struct tui_rows {
	char column[48];
	bool invert;
	char filter[MAX_FILTER];
	struct tui_pool marks; /* struct mark; none is ever moved in memory */
	size_t num_marks;
	struct tui_pool order; /* const struct tui_cell * */
	struct tui_pool rows;  /* struct tui_row */
	size_t count;
	bool expand_all;
};

struct tui_rows *tui_rows_new(void)
{
	return calloc(1, sizeof(struct tui_rows));
}

void tui_rows_free(struct tui_rows *rows)
{
	struct mark *marks;

	if (!rows)
		return;
	marks = rows->marks.items;
	for (size_t n = 0; n < rows->marks.capacity; n++)
		free(marks[n].cpus.items);
	free(rows->marks.items);
	free(rows->order.items);
	free(rows->rows.items);
	free(rows);
}

/* --- settings ------------------------------------------------------------- */

void tui_rows_sort(struct tui_rows *rows, const char *column, bool invert)
{
	snprintf(rows->column, sizeof(rows->column), "%s",
		 column ? column : "");
	rows->invert = invert;
}

const char *tui_rows_sorted_by(const struct tui_rows *rows, bool *invert)
{
	if (invert)
		*invert = rows->invert;
	return rows->column;
}

void tui_rows_filter(struct tui_rows *rows, const char *text)
{
	snprintf(rows->filter, sizeof(rows->filter), "%s", text);
}

const char *tui_rows_filtered_by(const struct tui_rows *rows)
{
	return rows->filter;
}

static struct mark *find_mark(const struct tui_rows *rows, uint32_t serial)
{
	struct mark *marks = rows->marks.items;

	for (size_t n = 0; n < rows->num_marks; n++) {
		if (marks[n].serial == serial)
			return &marks[n];
	}
	return NULL;
}

/* It is made if it is not there; NULL without memory. */
static struct mark *get_mark(struct tui_rows *rows, uint32_t serial)
{
	struct mark *mark = find_mark(rows, serial);
	struct tui_pool cpus;

	if (mark)
		return mark;
	if (tui_pool_reserve(&rows->marks, rows->num_marks + 1, sizeof(*mark)))
		return NULL;
	mark = (struct mark *)rows->marks.items + rows->num_marks++;
	cpus = mark->cpus;
	*mark = (struct mark){
		.serial = serial,
		.expanded = rows->expand_all,
		.cpus = cpus,
	};
	return mark;
}

static void expand_cpu(struct mark *mark, unsigned int cpu, bool expand)
{
	unsigned int *cpus = mark->cpus.items;

	for (size_t n = 0; n < mark->num_cpus; n++) {
		if (cpus[n] != cpu)
			continue;
		if (!expand)
			cpus[n] = cpus[--mark->num_cpus];
		return;
	}
	if (!expand ||
	    tui_pool_reserve(&mark->cpus, mark->num_cpus + 1, sizeof(*cpus)))
		return;
	cpus = mark->cpus.items;
	cpus[mark->num_cpus++] = cpu;
}

void tui_rows_expand(struct tui_rows *rows, uint32_t serial, int cpu,
		     bool expand)
{
	struct mark *mark = get_mark(rows, serial);

	if (!mark)
		return;
	if (cpu < 0)
		mark->expanded = expand;
	else
		expand_cpu(mark, (unsigned int)cpu, expand);
}

void tui_rows_expand_all(struct tui_rows *rows, bool expand)
{
	struct mark *marks = rows->marks.items;

	rows->expand_all = expand;
	for (size_t n = 0; n < rows->num_marks; n++) {
		marks[n].expanded = expand;
		if (!expand)
			marks[n].num_cpus = 0;
	}
}

void tui_rows_tag(struct tui_rows *rows, uint32_t serial, bool tagged)
{
	struct mark *mark = get_mark(rows, serial);

	if (mark)
		mark->tagged = tagged;
}

void tui_rows_untag_all(struct tui_rows *rows)
{
	struct mark *marks = rows->marks.items;

	for (size_t n = 0; n < rows->num_marks; n++)
		marks[n].tagged = false;
}

bool tui_rows_tagged(const struct tui_rows *rows, uint32_t serial)
{
	const struct mark *mark = find_mark(rows, serial);

	return mark && mark->tagged;
}

size_t tui_rows_num_tagged(const struct tui_rows *rows)
{
	const struct mark *marks = rows->marks.items;
	size_t count = 0;

	for (size_t n = 0; n < rows->num_marks; n++)
		count += marks[n].tagged;
	return count;
}

/* --- order ---------------------------------------------------------------- */

/* Bytes only: what is no ASCII has to be written as it is. */
static bool contains(const char *text, const char *part)
{
	size_t length = strlen(part);

	for (; strlen(text) >= length; text++) {
		size_t n = 0;

		while (n < length && tolower((unsigned char)text[n]) ==
					     tolower((unsigned char)part[n]))
			n++;
		if (n == length)
			return true;
	}
	return false;
}

static bool passes(const struct tui_rows *rows, const struct tui_cell *cell)
{
	return !*rows->filter || contains(cell->name, rows->filter) ||
	       contains(cell->state_name, rows->filter);
}

static bool is_unknown(const struct tui_model *model,
		       const struct tui_column *column,
		       const struct tui_cell *cell)
{
	const struct tui_row row = { .kind = TUI_ROW_CELL, .cell = cell };
	char text[TUI_COLUMN_TEXT];

	tui_column_format(model, column, &row, text);
	return !strcmp(text, "-");
}

/* Unknown values stay at the end, also if it is inverted; equal ones in the
 * order of ids. */
static bool comes_before(const struct tui_rows *rows,
			 const struct tui_model *model,
			 const struct tui_column *column,
			 const struct tui_cell *a, const struct tui_cell *b)
{
	int result = column->compare(model, column, a, b);

	if (!rows->invert || !result)
		return result < 0;
	if (is_unknown(model, column, a) != is_unknown(model, column, b))
		return result < 0;
	return result > 0;
}

/* By insertion: stable, few cells, and mostly in order from before. */
static void sort(const struct tui_rows *rows, const struct tui_model *model,
		 const struct tui_column *column, size_t count)
{
	const struct tui_cell **order = rows->order.items;

	for (size_t n = 1; n < count; n++) {
		const struct tui_cell *cell = order[n];
		size_t at = n;

		for (; at &&
		       comes_before(rows, model, column, cell, order[at - 1]);
		     at--)
			order[at] = order[at - 1];
		order[at] = cell;
	}
}

/* --- rows ----------------------------------------------------------------- */

static int add(struct tui_rows *rows, struct tui_row row)
{
	int err = tui_pool_reserve(&rows->rows, rows->count + 1, sizeof(row));

	if (!err)
		((struct tui_row *)rows->rows.items)[rows->count++] = row;
	return err;
}

static bool cpu_expanded(const struct mark *mark, unsigned int cpu)
{
	const unsigned int *cpus = mark ? mark->cpus.items : NULL;

	for (size_t n = 0; mark && n < mark->num_cpus; n++) {
		if (cpus[n] == cpu)
			return true;
	}
	return false;
}

static int add_cpu(struct tui_rows *rows, const struct tui_model *model,
		   const struct tui_cell *cell, const struct tui_cell_cpu *cpu,
		   const struct mark *mark)
{
	struct tui_row row = {
		.kind = TUI_ROW_CPU,
		.cell = cell,
		.cpu = cpu,
		.expandable = model->num_reasons > 1,
		.expanded = cpu_expanded(mark, cpu->cpu),
	};
	int err = add(rows, row);
	bool expanded = row.expanded;

	row.kind = TUI_ROW_COUNTER;
	row.expandable = row.expanded = false;
	for (size_t n = 1; expanded && !err && n < model->num_reasons; n++) {
		row.reason = (unsigned int)n;
		err = add(rows, row);
	}
	return err;
}

static int add_cell(struct tui_rows *rows, const struct tui_model *model,
		    const struct tui_cell *cell)
{
	const struct mark *mark = find_mark(rows, cell->serial);
	struct tui_row row = {
		.kind = TUI_ROW_CELL,
		.cell = cell,
		.expandable = cell->num_cpus,
		.expanded = mark ? mark->expanded : rows->expand_all,
	};
	int err = add(rows, row);

	for (size_t n = 0; row.expanded && !err && n < cell->num_cpus; n++)
		err = add_cpu(rows, model, cell, &cell->cpus[n], mark);
	return err;
}

/* Marks of cells that are gone. */
static void drop_marks(struct tui_rows *rows, const struct tui_model *model)
{
	struct mark *marks = rows->marks.items;

	for (size_t n = 0; n < rows->num_marks;) {
		struct mark gone = marks[n];

		if (tui_model_find_cell(model, gone.serial) >= 0) {
			n++;
			continue;
		}
		/* its memory is for the next one */
		marks[n] = marks[--rows->num_marks];
		marks[rows->num_marks] = gone;
	}
}

int tui_rows_update(struct tui_rows *rows, const struct tui_model *model,
		    const struct tui_columns *columns)
{
	const struct tui_column *column =
		tui_columns_find(columns, *rows->column ? rows->column : "id");
	const struct tui_cell **order;
	size_t count = 0;
	int err;

	rows->count = 0;
	drop_marks(rows, model);
	err = tui_pool_reserve(&rows->order, model->num_cells, sizeof(*order));
	if (err)
		return err;
	order = rows->order.items;
	for (size_t n = 0; n < model->num_cells; n++) {
		if (passes(rows, &model->cells[n]))
			order[count++] = &model->cells[n];
	}
	if (column)
		sort(rows, model, column, count);
	for (size_t n = 0; n < count && !err; n++)
		err = add_cell(rows, model, order[n]);
	return err;
}

size_t tui_rows_count(const struct tui_rows *rows)
{
	return rows->count;
}

const struct tui_row *tui_rows_at(const struct tui_rows *rows, size_t index)
{
	const struct tui_row *all = rows->rows.items;

	return index < rows->count ? &all[index] : NULL;
}

/* How well a row is what is looked for; 0: not at all. */
static int match(const struct tui_row *row, uint32_t serial, int cpu,
		 int reason)
{
	if (row->cell->serial != serial)
		return 0;
	if (row->kind == TUI_ROW_CELL)
		return 1;
	if (cpu < 0 || row->cpu->cpu != (unsigned int)cpu)
		return 0;
	if (row->kind == TUI_ROW_CPU)
		return 2;
	return reason >= 0 && row->reason == (unsigned int)reason ? 3 : 0;
}

long tui_rows_find(const struct tui_rows *rows, uint32_t serial, int cpu,
		   int reason)
{
	long found = -1;
	int best = 0;

	for (size_t n = 0; n < rows->count; n++) {
		int now = match(tui_rows_at(rows, n), serial, cpu, reason);

		if (now > best) {
			best = now;
			found = (long)n;
		}
	}
	return found;
}

long tui_rows_search(const struct tui_rows *rows, size_t from, const char *text)
{
	for (size_t n = 0; n < rows->count; n++) {
		size_t index = (from + n) % rows->count;
		const struct tui_row *row = tui_rows_at(rows, index);

		if (row->kind == TUI_ROW_CELL &&
		    contains(row->cell->name, text))
			return (long)index;
	}
	return -1;
}
