// SPDX-License-Identifier: GPL-2.0-or-later
/* Commands that ask for a text: what to search, what to show, budgets. */
#include "screen/view.h"

#include <stdio.h>
#include <string.h>

static void search_from(struct tui_screen *screen, const char *text, long from)
{
	struct tui_tab *tab = tui_tab(screen);
	long found = -1;

	if (*text)
		found = tui_rows_search(tab->rows, from < 0 ? 0 : (size_t)from,
					text);
	if (found >= 0)
		tui_tab_select(tab, found);
	else if (*text)
		tui_say(screen, TUI_WARNING, "no cell has \"%.100s\"", text);
}

static void search_typed(struct tui_screen *screen, const char *text)
{
	search_from(screen, text, tui_tab(screen)->selected);
}

static void search_done(struct tui_screen *screen, const char *text)
{
	snprintf(screen->searched, sizeof(screen->searched), "%s", text);
}

static void cmd_search(struct tui_screen *screen)
{
	static const struct tui_ask ask = {
		.label = "Search:", .changed = search_typed, .done = search_done
	};

	tui_ask_open(screen, &ask, "");
}

static void cmd_find_next(struct tui_screen *screen)
{
	if (*screen->searched)
		search_from(screen, screen->searched,
			    tui_tab(screen)->selected + 1);
	else
		cmd_search(screen);
}

static void filter(struct tui_screen *screen, const char *text)
{
	struct tui_tab *tab = tui_tab(screen);

	tui_rows_filter(tab->rows, text);
	tui_tab_update(tab, &screen->settings);
}

static void unfilter(struct tui_screen *screen)
{
	filter(screen, "");
}

static void cmd_filter(struct tui_screen *screen)
{
	static const struct tui_ask ask = {
		.label = "Filter:", .changed = filter, .cancelled = unfilter
	};

	tui_ask_open(screen, &ask, tui_rows_filtered_by(tui_tab(screen)->rows));
}

static void budget_given(struct tui_screen *screen, const char *text)
{
	int err = *text ? tui_screen_budget(screen, text) : 0;

	if (!*text)
		return;
	if (err)
		tui_say(screen, TUI_ERROR,
			"no budget: \"%.60s\"; say \"rtos: 0/s\" or "
			"\"rtos mmio: 2.5/s\", and \"-\" for none",
			text);
	else
		tui_say(screen, TUI_INFO, "budget set: %.100s", text);
}

static void cmd_budget(struct tui_screen *screen)
{
	static const struct tui_ask ask = {
		.label = "Budget (CELL [REASON]: EXITS/s or -):",
		.done = budget_given,
	};
	const struct tui_cell *cell = tui_tab_cell(tui_tab(screen));
	char text[TUI_NAME + 8];

	snprintf(text, sizeof(text), "%s: ", cell ? cell->name : "*");
	tui_ask_open(screen, &ask, text);
}

const struct tui_command_row tui_find_commands[] = {
	{ TUI_CMD_SEARCH, cmd_search }, { TUI_CMD_FILTER, cmd_filter },
	{ TUI_CMD_BUDGET, cmd_budget }, { TUI_CMD_FIND_NEXT, cmd_find_next },
	{ TUI_CMD_NONE, NULL },
};
