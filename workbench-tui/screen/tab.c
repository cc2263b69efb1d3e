// SPDX-License-Identifier: GPL-2.0-or-later
/* A target and how it is looked at. */
#include "screen/view.h"

#include <errno.h>
#include <string.h>
#include <strings.h>

#define GRAPH_NAME  "graph"
#define GRAPH_WIDTH 12

/* What columns can do without; others need what they have. */
static const struct narrow_row {
	const char *name;
	unsigned int least;
	bool keeps; /* rather narrow than not there */
	bool fixed; /* stays when columns are scrolled */
} narrow[] = {
	{ "id", 2, true, true },     { "name", 8, true, true },
	{ "state", 1, true, false }, { "cpus", 3, true, false },
	{ "exits", 6, true, false },
};

/* The order in which they are usual; what is not here follows. */
static const char *const usual[] = {
	"id",	 "name",     "state",  "cpus",	   "ram",
	"exits", "virt_irq", "mmio",   "pio",	   "hypercall",
	"peak",	 "budget",   "change", GRAPH_NAME, "failed",
};

#define NUM_USUAL (sizeof(usual) / sizeof(usual[0]))

static void add_shown(struct tui_tab *tab, const struct tui_column *column)
{
	struct tui_shown_column *shown = &tab->shown[tab->num_shown];
	struct tui_fit fit = { .width = GRAPH_WIDTH,
			       .least = GRAPH_WIDTH,
			       .stretches = true };

	if (tab->num_shown == sizeof(tab->shown) / sizeof(tab->shown[0]))
		return;
	if (column) {
		fit.width = fit.least = column->width;
		fit.stretches = column->stretches;
	}
	for (size_t n = 0; column && n < sizeof(narrow) / sizeof(narrow[0]);
	     n++) {
		if (strcmp(column->name, narrow[n].name))
			continue;
		if (narrow[n].least < fit.least)
			fit.least = narrow[n].least;
		fit.keeps = narrow[n].keeps;
		fit.fixed = narrow[n].fixed;
	}
	*shown = (struct tui_shown_column){ .column = column, .fit = fit };
	tab->num_shown++;
}

static bool is_usual(const char *name)
{
	for (size_t n = 0; n < NUM_USUAL; n++) {
		if (!strcmp(usual[n], name))
			return true;
	}
	return false;
}

static void usual_columns(struct tui_tab *tab)
{
	for (size_t n = 0; n < NUM_USUAL; n++) {
		const struct tui_column *column =
			tui_columns_find(&tab->columns, usual[n]);

		if (column || !strcmp(usual[n], GRAPH_NAME))
			add_shown(tab, column);
	}
	for (size_t n = 0; n < tab->columns.count; n++) {
		if (!is_usual(tab->columns.all[n].name))
			add_shown(tab, &tab->columns.all[n]);
	}
}

void tui_tab_columns(struct tui_tab *tab, const char *names)
{
	tab->num_shown = 0;
	while (names && *names) {
		size_t length = strcspn(names, ",");
		char name[48];

		if (length < sizeof(name)) {
			const struct tui_column *column;

			memcpy(name, names, length);
			name[length] = '\0';
			column = tui_columns_find(&tab->columns, name);
			if (column || !strcasecmp(name, GRAPH_NAME))
				add_shown(tab, column);
		}
		names += length + (names[length] == ',');
	}
	if (!tab->num_shown)
		usual_columns(tab);
}

void tui_tab_sort(struct tui_tab *tab, const char *sort)
{
	bool invert = sort && *sort == '-';

	if (sort && *sort)
		tui_rows_sort(tab->rows, sort + invert, invert);
}

int tui_tab_init(struct tui_tab *tab, struct tui_session *session,
		 struct tui_screen *screen)
{
	*tab = (struct tui_tab){
		.session = session,
		.model = tui_session_model(session),
		.rows = tui_rows_new(),
		.selected = -1,
		.cpu = -1,
		.reason = -1,
	};
	if (!tab->rows)
		return -ENOMEM;
	tui_tab_sort(tab, screen->settings.sort);
	if (screen->options.filter)
		tui_rows_filter(tab->rows, screen->options.filter);
	tui_tab_update(tab, &screen->settings);
	return 0;
}

void tui_tab_clear(struct tui_tab *tab)
{
	tui_rows_free(tab->rows);
	tab->rows = NULL;
}

const struct tui_cell *tui_tab_cell(const struct tui_tab *tab)
{
	const struct tui_row *row =
		tab->selected < 0
			? NULL
			: tui_rows_at(tab->rows, (size_t)tab->selected);

	return row ? row->cell : NULL;
}

void tui_tab_select(struct tui_tab *tab, long index)
{
	long count = (long)tui_rows_count(tab->rows);
	const struct tui_row *row;

	if (index >= count)
		index = count - 1;
	if (index < 0)
		index = count ? 0 : -1;
	tab->selected = index;
	if (index < 0)
		return;
	row = tui_rows_at(tab->rows, (size_t)index);
	tab->serial = row->cell->serial;
	tab->cpu = row->kind == TUI_ROW_CELL ? -1 : (int)row->cpu->cpu;
	tab->reason = row->kind == TUI_ROW_COUNTER ? (int)row->reason : -1;
}

void tui_tab_update(struct tui_tab *tab, const struct tui_settings *settings)
{
	long found;

	if (tab->columns.num_reasons != tab->model->num_reasons ||
	    !tab->columns.count) {
		tui_columns_set(&tab->columns, tab->model);
		tui_tab_columns(tab, settings->columns);
	}
	tui_rows_update(tab->rows, tab->model, &tab->columns);
	found = tui_rows_find(tab->rows, tab->serial, tab->cpu, tab->reason);
	/* Without following, the line stays and cells may move below it. */
	if (found >= 0 && (tab->follow || tab->selected < 0))
		tui_tab_select(tab, found);
	else
		tui_tab_select(tab, tab->selected);
}
