/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The rows of the tree cell > CPU > counter in the order in which they are
 * seen: what is filtered, sorted and expanded. It knows cells by their
 * serials, so that nothing sticks to one that takes over an id.
 */
#ifndef TUI_ROWS_H
#define TUI_ROWS_H

#include "model/column.h"

/* How somebody looks at a model: one for each tab. */
struct tui_rows;

struct tui_rows *tui_rows_new(void);
void tui_rows_free(struct tui_rows *rows);

/* --- settings ------------------------------------------------------------- */

/* NULL: by id. The name is copied. */
void tui_rows_sort(struct tui_rows *rows, const char *column, bool invert);
/* Name of the column, "" for none; *@invert may be NULL. */
const char *tui_rows_sorted_by(const struct tui_rows *rows, bool *invert);
/* Cells whose name or state has @text in it, whatever the case; "": all. */
void tui_rows_filter(struct tui_rows *rows, const char *text);
const char *tui_rows_filtered_by(const struct tui_rows *rows);
/* Of a cell, or with @cpu >= 0 of a CPU of it. */
void tui_rows_expand(struct tui_rows *rows, uint32_t serial, int cpu,
		     bool expand);
void tui_rows_expand_all(struct tui_rows *rows, bool expand);
void tui_rows_tag(struct tui_rows *rows, uint32_t serial, bool tagged);
void tui_rows_untag_all(struct tui_rows *rows);
bool tui_rows_tagged(const struct tui_rows *rows, uint32_t serial);
size_t tui_rows_num_tagged(const struct tui_rows *rows);

/* --- what is seen --------------------------------------------------------- */

/* After each refresh and each change above. Takes memory only to grow.
 * -ENOMEM: the rows are fewer. */
int tui_rows_update(struct tui_rows *rows, const struct tui_model *model,
		    const struct tui_columns *columns);
size_t tui_rows_count(const struct tui_rows *rows);
/* NULL behind the last one. */
const struct tui_row *tui_rows_at(const struct tui_rows *rows, size_t index);
/* Where the same row is now: of this cell, CPU (-1: none) and reason (-1).
 * Without it that of its CPU, or of its cell; -1: all are gone. */
long tui_rows_find(const struct tui_rows *rows, uint32_t serial, int cpu,
		   int reason);
/* The first cell at or behind row @from, around the end, whose name has @text
 * in it; -1: none. */
long tui_rows_search(const struct tui_rows *rows, size_t from,
		     const char *text);

#endif
