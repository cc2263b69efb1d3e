/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Columns of the table of cells: one row a column, which says how it is
 * called, shown and sorted. Beside the fixed ones there is one for each
 * reason of exits that the machine has.
 */
#ifndef TUI_COLUMN_H
#define TUI_COLUMN_H

#include "model/model.h"

#define TUI_COLUMN_TEXT 96 /* what tui_column_format() writes at most */
#define TUI_MAX_COLUMNS 56

/* A row of the tree: a cell, a CPU of it, or a counter of that CPU. */
enum tui_row_kind {
	TUI_ROW_CELL,
	TUI_ROW_CPU,
	TUI_ROW_COUNTER,
};

struct tui_row {
	enum tui_row_kind kind;
	const struct tui_cell *cell;
	const struct tui_cell_cpu *cpu; /* TUI_ROW_CPU and _COUNTER */
	unsigned int reason;		/* TUI_ROW_COUNTER: of model->reasons */
	/* for the marks in front of it */
	bool expandable, expanded;
};

struct tui_column {
	const char *name;  /* "exits": in options and files */
	const char *title; /* "EXIT/s" */
	const char *help;
	unsigned int width; /* cells of a terminal that are usually enough */
	bool right;	    /* numbers: aligned to the right */
	bool stretches;	    /* takes what is left */
	bool sorts_down;    /* the highest one first, unless inverted */
	int reason;	    /* index in model->reasons, -1: none */
	/* "-" if it is not known, nothing if the row has no such thing */
	void (*format)(const struct tui_model *model,
		       const struct tui_column *column,
		       const struct tui_row *row, char *text);
	/* of two cells; < 0: @a comes first, unknown values come last */
	int (*compare)(const struct tui_model *model,
		       const struct tui_column *column,
		       const struct tui_cell *a, const struct tui_cell *b);
};

/* All columns of this machine, in their usual order. Filled by
 * tui_columns_set(); again when model->num_reasons changes. */
struct tui_columns {
	struct tui_column all[TUI_MAX_COLUMNS];
	size_t count;
	size_t num_reasons; /* of the model then */
};

void tui_columns_set(struct tui_columns *columns,
		     const struct tui_model *model);
/* NULL: there is none. Case does not matter. */
const struct tui_column *tui_columns_find(const struct tui_columns *columns,
					  const char *name);
/* Writes the text of the row in that column, at most TUI_COLUMN_TEXT bytes
 * with the NUL. */
void tui_column_format(const struct tui_model *model,
		       const struct tui_column *column,
		       const struct tui_row *row, char *text);

/* --- numbers -------------------------------------------------------------- */

/* "232", "0.5", "12.3k"; "-" if it is not known. */
void tui_format_rate(uint64_t rate_milli, char *text, size_t size);
/* "64M", "3.4G"; "-" */
void tui_format_bytes(uint64_t bytes, char *text, size_t size);
/* "00:14:22", "12d 03:04"; "-" */
void tui_format_age(uint64_t ms, char *text, size_t size);
/* "1,204"; "-" */
void tui_format_count(uint64_t count, char *text, size_t size);

#endif
