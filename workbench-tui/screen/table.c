// SPDX-License-Identifier: GPL-2.0-or-later
/* The table of cells. */
#include "screen/view.h"

#include <stdio.h>
#include <string.h>

#define MARKS 4 /* columns in front: tag, tree, owner, a blank */

static bool is_over(const struct tui_row *row, const struct tui_column *column)
{
	return row->kind == TUI_ROW_CELL && column && column->reason >= 0 &&
	       row->cell->over[column->reason] == TUI_BUDGET_EXCEEDED;
}

static bool is_bad(const struct tui_row *row)
{
	if (row->kind == TUI_ROW_CPU)
		return row->cpu->failed;
	return row->kind == TUI_ROW_CELL &&
	       (row->cell->state == JHCFG_CELL_FAILED ||
		row->cell->num_failed ||
		row->cell->over_any == TUI_BUDGET_EXCEEDED);
}

static void fit_columns(struct tui_tab *tab, unsigned int width)
{
	struct tui_fit fits[TUI_MAX_COLUMNS + 1];

	for (size_t n = 0; n < tab->num_shown; n++)
		fits[n] = tab->shown[n].fit;
	tui_fit_columns(fits, tab->num_shown, tab->skip, width);
	for (size_t n = 0; n < tab->num_shown; n++)
		tab->shown[n].fit = fits[n];
}

static void draw_header(struct tui_screen *screen, const struct tui_rect *rect)
{
	const struct tui_tab *tab = tui_tab(screen);
	struct tui_canvas *canvas = &screen->canvas;
	const char *sorted;
	bool inverted;

	sorted = tui_rows_sorted_by(tab->rows, &inverted);
	tui_fill(canvas, rect, TUI_HEADER, NULL);
	for (size_t n = 0; n < tab->num_shown; n++) {
		const struct tui_shown_column *shown = &tab->shown[n];
		const struct tui_column *column = shown->column;
		unsigned int x = rect->x + MARKS + shown->fit.at;
		unsigned int width = shown->fit.columns;
		enum tui_style style = TUI_HEADER;

		if (!width)
			continue;
		if (column && !strcmp(column->name, sorted))
			style = TUI_HEADER_SORT;
		if (column && column->right)
			tui_put_right(canvas, x, rect->y, width, style,
				      column->title);
		else
			tui_put(canvas, x, rect->y, width, style,
				column ? column->title : "TREND");
		if (style == TUI_HEADER_SORT)
			tui_put(canvas, x + width, rect->y, 1, style,
				tui_canvas_sign(canvas,
						column->sorts_down != inverted
							? TUI_SIGN_DOWN
							: TUI_SIGN_UP));
		if (column)
			tui_zone(screen, TUI_ZONE_HEADER, (uint32_t)n, x,
				 rect->y, width + 1, 1);
	}
}

static void draw_marks(struct tui_screen *screen, const struct tui_row *row,
		       unsigned int y, bool selected, enum tui_style style)
{
	struct tui_canvas *canvas = &screen->canvas;
	const struct tui_tab *tab = tui_tab(screen);
	const unsigned int indent = row->kind == TUI_ROW_CELL ? 1 : 2;

	if (row->kind == TUI_ROW_CELL) {
		const char letter[] = { tui_letter_owner(row->cell->id), 0 };

		if (tui_rows_tagged(tab->rows, row->cell->serial))
			tui_put(canvas, 0, y, 1, selected ? style : TUI_TAGGED,
				"*");
		tui_put(canvas, 2, y, 1, tui_style_owner(row->cell->id),
			letter);
		if (is_bad(row))
			tui_put(canvas, 3, y, 1, selected ? style : TUI_BAD,
				"!");
	}
	if (row->expandable)
		tui_put(canvas, indent, y, 1, style,
			tui_canvas_sign(canvas, row->expanded
							? TUI_SIGN_OPEN
							: TUI_SIGN_CLOSED));
}

static enum tui_style spot_style(const struct tui_row *row,
				 const struct tui_column *column, bool selected)
{
	bool over = is_over(row, column);

	if (column && !strcmp(column->name, "failed") &&
	    row->cell->num_failed && row->kind == TUI_ROW_CELL)
		over = true;
	if (column && !strcmp(column->name, "state") && is_bad(row) &&
	    row->kind == TUI_ROW_CELL && row->cell->state == JHCFG_CELL_FAILED)
		over = true;
	if (selected)
		return over ? TUI_SELECTED_BAD : TUI_SELECTED;
	if (over)
		return TUI_BAD;
	return row->kind == TUI_ROW_CELL ? TUI_NORMAL : TUI_DIM;
}

static void draw_spot(struct tui_screen *screen, const struct tui_row *row,
		      const struct tui_shown_column *shown, unsigned int y,
		      bool selected)
{
	const struct tui_column *column = shown->column;
	const unsigned int x = MARKS + shown->fit.at;
	const unsigned int width = shown->fit.columns;
	enum tui_style style = spot_style(row, column, selected);
	char text[TUI_COLUMN_TEXT];

	if (!width)
		return;
	if (!column) {
		if (row->kind == TUI_ROW_CELL)
			tui_draw_graph(&screen->canvas, x, y, width,
				       selected ? style : TUI_GRAPH,
				       &row->cell->history);
		return;
	}
	tui_column_format(tui_tab(screen)->model, column, row, text);
	if (column->right)
		tui_put_right(&screen->canvas, x, y, width, style, text);
	else
		tui_put(&screen->canvas, x, y, width, style, text);
}

static void draw_row(struct tui_screen *screen, size_t index, unsigned int y,
		     unsigned int width)
{
	struct tui_tab *tab = tui_tab(screen);
	const struct tui_row *row = tui_rows_at(tab->rows, index);
	const struct tui_rect line = { 0, y, width, 1 };
	bool selected = (long)index == tab->selected;
	enum tui_style style = selected ? TUI_SELECTED : TUI_NORMAL;

	if (selected)
		tui_fill(&screen->canvas, &line, TUI_SELECTED, NULL);
	draw_marks(screen, row, y, selected, style);
	for (size_t n = 0; n < tab->num_shown; n++)
		draw_spot(screen, row, &tab->shown[n], y, selected);
	tui_zone(screen, TUI_ZONE_ROW, (uint32_t)index, 0, y, width, 1);
	if (row->expandable)
		tui_zone(screen, TUI_ZONE_TREE, (uint32_t)index, 1, y, 2, 1);
}

/* --- nothing to show ------------------------------------------------------ */

/* What is the matter, and what to do about it. */
static const struct empty_row {
	const char *what, *hint;
} empties[] = {
	[TUI_CONNECTING] = { "Connecting...", "" },
	[TUI_LOST] = { "The target was lost.", "r tries again." },
	[TUI_NO_DRIVER] = { "The driver is not loaded.",
			    "On the target: modprobe jailhouse. This screen "
			    "attaches when it is there." },
	[TUI_DISABLED] = { "The hypervisor is disabled.",
			   "On the target: jailhouse enable SYSTEM.cell. This "
			   "screen attaches when it runs." },
	[TUI_ENABLED] = { "No cell is told of.", "" },
};

static void draw_empty(struct tui_screen *screen, const struct tui_rect *rect)
{
	const struct tui_tab *tab = tui_tab(screen);
	const struct tui_model *model = tab->model;
	const char *filter = tui_rows_filtered_by(tab->rows);
	const struct empty_row *empty = &empties[model->attach];
	const char *hint = *model->reason ? model->reason : empty->hint;
	unsigned int y = rect->y + (rect->height > 4), width = rect->width;

	if (!rect->height || width < 4)
		return;
	if (*filter && model->num_cells) {
		tui_printf(&screen->canvas, 2, y, width - 2, TUI_STRONG,
			   "No cell has \"%s\" in its name or state.", filter);
		hint = "\\ and Esc show all again.";
	} else {
		tui_put(&screen->canvas, 2, y, width - 2, TUI_STRONG,
			empty->what);
	}
	if (rect->height > 1)
		tui_put(&screen->canvas, 2, y + 1, width - 2, TUI_NORMAL, hint);
}

void tui_draw_table(struct tui_screen *screen, const struct tui_rect *header,
		    const struct tui_rect *rect)
{
	struct tui_tab *tab = tui_tab(screen);
	size_t count = tui_rows_count(tab->rows);

	fit_columns(tab, rect->width > MARKS ? rect->width - MARKS : 0);
	if (header->height)
		draw_header(screen, header);
	tui_zone(screen, TUI_ZONE_TABLE, 0, rect->x, rect->y, rect->width,
		 rect->height);
	if (!count)
		draw_empty(screen, rect);
	tab->top = tui_window(count, rect->height, tab->top, tab->selected);
	for (unsigned int n = 0; n < rect->height && tab->top + n < count; n++)
		draw_row(screen, tab->top + n, rect->y + n, rect->width);
}
