// SPDX-License-Identifier: GPL-2.0-or-later
/* What the keys of keys.c do: a row a command. */
#include "screen/view.h"

#include <stdio.h>
#include <string.h>

#define SEEK_MS		10000
#define MAX_SPEED_MILLI 64000
#define MIN_SPEED_MILLI 250

/* --- moving --------------------------------------------------------------- */

static void move(struct tui_screen *screen, long lines)
{
	struct tui_tab *tab = tui_tab(screen);
	long at;

	if (screen->focus >= 0) {
		tui_panes_scroll(screen, (size_t)screen->focus, lines);
		return;
	}
	if (__builtin_add_overflow(tab->selected, lines, &at))
		at = lines < 0 ? 0 : (long)tui_rows_count(tab->rows);
	tui_tab_select(tab, at < 0 ? 0 : at);
}

static long page(const struct tui_screen *screen)
{
	unsigned int height = screen->layout.table.height;

	if (screen->focus >= 0)
		height = screen->layout.panes[screen->focus].height - 1;
	return height > 1 ? (long)height - 1 : 1;
}

static void cmd_up(struct tui_screen *screen)
{
	move(screen, -1);
}

static void cmd_down(struct tui_screen *screen)
{
	move(screen, 1);
}

static void cmd_page_up(struct tui_screen *screen)
{
	move(screen, -page(screen));
}

static void cmd_page_down(struct tui_screen *screen)
{
	move(screen, page(screen));
}

static void cmd_first(struct tui_screen *screen)
{
	move(screen, -1000000);
}

static void cmd_last(struct tui_screen *screen)
{
	move(screen, 1000000);
}

static void cmd_left(struct tui_screen *screen)
{
	struct tui_tab *tab = tui_tab(screen);

	tab->skip -= tab->skip > 0;
}

static void cmd_right(struct tui_screen *screen)
{
	struct tui_tab *tab = tui_tab(screen);
	size_t scrolling = 0;

	for (size_t n = 0; n < tab->num_shown; n++)
		scrolling += !tab->shown[n].fit.fixed;
	if (tab->skip + 1 < scrolling)
		tab->skip++;
}

/* --- the table ------------------------------------------------------------ */

static void expand(struct tui_screen *screen, bool open)
{
	struct tui_tab *tab = tui_tab(screen);
	const struct tui_row *row =
		tab->selected < 0
			? NULL
			: tui_rows_at(tab->rows, (size_t)tab->selected);
	long found;

	if (!row)
		return;
	/* What is inside of a row that closes goes to that row. */
	if (!open && !(row->expandable && row->expanded) && tab->cpu >= 0) {
		if (tab->reason >= 0)
			tab->reason = -1;
		else
			tab->cpu = -1;
	}
	tui_rows_expand(tab->rows, tab->serial, tab->cpu, open);
	tui_rows_update(tab->rows, tab->model, &tab->columns);
	found = tui_rows_find(tab->rows, tab->serial, tab->cpu, tab->reason);
	tui_tab_select(tab, found);
}

static void cmd_expand(struct tui_screen *screen)
{
	expand(screen, true);
}

static void cmd_collapse(struct tui_screen *screen)
{
	expand(screen, false);
}

static void cmd_toggle(struct tui_screen *screen)
{
	const struct tui_tab *tab = tui_tab(screen);
	const struct tui_row *row =
		tab->selected < 0
			? NULL
			: tui_rows_at(tab->rows, (size_t)tab->selected);

	if (row && row->expandable)
		expand(screen, !row->expanded);
}

static void cmd_tree(struct tui_screen *screen)
{
	struct tui_tab *tab = tui_tab(screen);
	bool follow = tab->follow;

	tab->tree = !tab->tree;
	tui_rows_expand_all(tab->rows, tab->tree);
	tab->follow = true; /* stay with the cell while others grow */
	tui_tab_update(tab, &screen->settings);
	tab->follow = follow;
}

static void cmd_tag(struct tui_screen *screen)
{
	struct tui_tab *tab = tui_tab(screen);

	if (!tui_tab_cell(tab))
		return;
	tui_rows_tag(tab->rows, tab->serial,
		     !tui_rows_tagged(tab->rows, tab->serial));
	move(screen, 1);
}

static void cmd_untag(struct tui_screen *screen)
{
	tui_rows_untag_all(tui_tab(screen)->rows);
}

static void cmd_follow(struct tui_screen *screen)
{
	struct tui_tab *tab = tui_tab(screen);
	const struct tui_cell *cell = tui_tab_cell(tab);

	tab->follow = !tab->follow && cell;
	if (tab->follow)
		tui_say(screen, TUI_INFO, "following \"%s\"", cell->name);
	else
		tui_say(screen, TUI_INFO, "following nobody");
}

static void cmd_invert(struct tui_screen *screen)
{
	const struct tui_tab *tab = tui_tab(screen);
	const struct tui_column *column = tui_columns_find(
		&tab->columns, tui_rows_sorted_by(tab->rows, NULL));

	tui_sort_by(screen, column ? column->name : "id");
}

/* Sorts by it, also if that is so already. */
static void sort_anew(struct tui_screen *screen, const char *column)
{
	if (strcmp(tui_rows_sorted_by(tui_tab(screen)->rows, NULL), column) &&
	    tui_columns_find(&tui_tab(screen)->columns, column))
		tui_sort_by(screen, column);
}

static void cmd_sort_id(struct tui_screen *screen)
{
	sort_anew(screen, "id");
}

static void cmd_sort_exits(struct tui_screen *screen)
{
	sort_anew(screen, "exits");
}

static void cmd_sort_ram(struct tui_screen *screen)
{
	sort_anew(screen, "ram");
}

static void cmd_sort_change(struct tui_screen *screen)
{
	sort_anew(screen, "change");
}

/* --- searching, filtering, budgets ---------------------------------------- */

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
	struct tui_budgets *budgets = &screen->settings.budgets;
	int err = *text ? tui_budgets_add(budgets, text) : 0;

	if (!*text)
		return;
	if (err) {
		tui_say(screen, TUI_ERROR,
			"no budget: \"%.60s\"; say \"rtos: 0/s\" or "
			"\"rtos mmio: 2.5/s\"",
			text);
		return;
	}
	for (size_t n = 0; n < screen->num_tabs; n++)
		tui_session_set_budgets(screen->tabs[n].session, budgets);
	tui_screen_save(screen);
	tui_say(screen, TUI_INFO, "budget set: %.100s", text);
}

static void cmd_budget(struct tui_screen *screen)
{
	static const struct tui_ask ask = {
		.label = "Budget (CELL [REASON]: EXITS/s):",
		.done = budget_given,
	};
	const struct tui_cell *cell = tui_tab_cell(tui_tab(screen));
	char text[TUI_NAME + 8];

	snprintf(text, sizeof(text), "%s: ", cell ? cell->name : "*");
	tui_ask_open(screen, &ask, text);
}

/* --- panes and tabs ------------------------------------------------------- */

static void focus(struct tui_screen *screen, int by)
{
	int count = (int)screen->num_panes + 1; /* and the table */

	screen->focus = (screen->focus + 1 + by + count) % count - 1;
}

static void cmd_next_focus(struct tui_screen *screen)
{
	focus(screen, 1);
}

static void cmd_last_focus(struct tui_screen *screen)
{
	focus(screen, -1);
}

static void cmd_detail(struct tui_screen *screen)
{
	tui_panes_toggle(screen, TUI_PANE_DETAIL);
}

static void cmd_links(struct tui_screen *screen)
{
	tui_panes_toggle(screen, TUI_PANE_LINKS);
}

static void cmd_irqs(struct tui_screen *screen)
{
	tui_panes_toggle(screen, TUI_PANE_IRQS);
}

static void cmd_console(struct tui_screen *screen)
{
	tui_panes_toggle(screen, TUI_PANE_CONSOLE);
}

static void cmd_events(struct tui_screen *screen)
{
	tui_panes_toggle(screen, TUI_PANE_EVENTS);
}

static void switch_tab(struct tui_screen *screen, size_t by)
{
	screen->active = (screen->active + by) % screen->num_tabs;
	tui_tab_update(tui_tab(screen), &screen->settings);
}

static void cmd_next_tab(struct tui_screen *screen)
{
	switch_tab(screen, 1);
}

static void cmd_last_tab(struct tui_screen *screen)
{
	switch_tab(screen, screen->num_tabs - 1);
}

/* --- actions -------------------------------------------------------------- */

static void cmd_start(struct tui_screen *screen)
{
	tui_action_begin(screen, TUI_START);
}

static void cmd_shutdown(struct tui_screen *screen)
{
	tui_action_begin(screen, TUI_SHUTDOWN);
}

static void cmd_destroy(struct tui_screen *screen)
{
	tui_action_begin(screen, TUI_DESTROY);
}

static void cmd_load(struct tui_screen *screen)
{
	tui_action_begin(screen, TUI_LOAD);
}

static void cmd_create(struct tui_screen *screen)
{
	tui_action_begin(screen, TUI_CREATE);
}

/* --- time ----------------------------------------------------------------- */

static void cmd_pause(struct tui_screen *screen)
{
	const struct tui_tab *tab = tui_tab(screen);

	tui_session_pause(tab->session, !tab->model->playback.paused);
}

static bool replays(struct tui_screen *screen)
{
	if (tui_tab(screen)->model->playback.replay)
		return true;
	tui_say(screen, TUI_WARNING, "this is for recordings; see --replay");
	return false;
}

/* The model is another one at once, and so must be its rows. */
static void seek(struct tui_screen *screen, uint64_t ms)
{
	struct tui_tab *tab = tui_tab(screen);

	tui_session_seek(tab->session, ms);
	tui_tab_update(tab, &screen->settings);
}

static void cmd_seek_back(struct tui_screen *screen)
{
	uint64_t at = tui_tab(screen)->model->playback.position_ms;

	if (replays(screen))
		seek(screen, at > SEEK_MS ? at - SEEK_MS : 0);
}

static void cmd_seek_on(struct tui_screen *screen)
{
	uint64_t at = tui_tab(screen)->model->playback.position_ms;

	if (replays(screen))
		seek(screen, at + SEEK_MS);
}

static void cmd_slower(struct tui_screen *screen)
{
	const struct tui_tab *tab = tui_tab(screen);
	unsigned int speed = tab->model->playback.speed_milli / 2;

	if (replays(screen))
		tui_session_set_speed(tab->session, speed < MIN_SPEED_MILLI
							    ? MIN_SPEED_MILLI
							    : speed);
}

static void cmd_faster(struct tui_screen *screen)
{
	const struct tui_tab *tab = tui_tab(screen);
	unsigned int speed = tab->model->playback.speed_milli * 2;

	if (replays(screen))
		tui_session_set_speed(tab->session, speed > MAX_SPEED_MILLI
							    ? MAX_SPEED_MILLI
							    : speed);
}

static void cmd_refresh(struct tui_screen *screen)
{
	tui_session_refresh(tui_tab(screen)->session);
	/* where files are at hand, it has been done already */
	tui_dispatch(screen, screen->active);
}

static void cmd_redraw(struct tui_screen *screen)
{
	(void)screen;
	tui_terminal_touch();
}

static void cmd_quit(struct tui_screen *screen)
{
	screen->quit = true;
}

static void (*const functions[TUI_NUM_COMMANDS])(struct tui_screen *) = {
	[TUI_CMD_HELP] = tui_help_open,
	[TUI_CMD_SETUP] = tui_setup_open,
	[TUI_CMD_SEARCH] = cmd_search,
	[TUI_CMD_FILTER] = cmd_filter,
	[TUI_CMD_TREE] = cmd_tree,
	[TUI_CMD_SORT] = tui_sort_open,
	[TUI_CMD_START] = cmd_start,
	[TUI_CMD_SHUTDOWN] = cmd_shutdown,
	[TUI_CMD_DESTROY] = cmd_destroy,
	[TUI_CMD_QUIT] = cmd_quit,
	[TUI_CMD_LOAD] = cmd_load,
	[TUI_CMD_CREATE] = cmd_create,
	[TUI_CMD_CANCEL] = tui_action_cancel,
	[TUI_CMD_BUDGET] = cmd_budget,
	[TUI_CMD_UP] = cmd_up,
	[TUI_CMD_DOWN] = cmd_down,
	[TUI_CMD_PAGE_UP] = cmd_page_up,
	[TUI_CMD_PAGE_DOWN] = cmd_page_down,
	[TUI_CMD_FIRST] = cmd_first,
	[TUI_CMD_LAST] = cmd_last,
	[TUI_CMD_LEFT] = cmd_left,
	[TUI_CMD_RIGHT] = cmd_right,
	[TUI_CMD_EXPAND] = cmd_expand,
	[TUI_CMD_COLLAPSE] = cmd_collapse,
	[TUI_CMD_TOGGLE] = cmd_toggle,
	[TUI_CMD_TAG] = cmd_tag,
	[TUI_CMD_UNTAG] = cmd_untag,
	[TUI_CMD_FOLLOW] = cmd_follow,
	[TUI_CMD_FIND_NEXT] = cmd_find_next,
	[TUI_CMD_INVERT] = cmd_invert,
	[TUI_CMD_SORT_ID] = cmd_sort_id,
	[TUI_CMD_SORT_EXITS] = cmd_sort_exits,
	[TUI_CMD_SORT_RAM] = cmd_sort_ram,
	[TUI_CMD_SORT_CHANGE] = cmd_sort_change,
	[TUI_CMD_NEXT_FOCUS] = cmd_next_focus,
	[TUI_CMD_LAST_FOCUS] = cmd_last_focus,
	[TUI_CMD_DETAIL] = cmd_detail,
	[TUI_CMD_LINKS] = cmd_links,
	[TUI_CMD_IRQS] = cmd_irqs,
	[TUI_CMD_CONSOLE] = cmd_console,
	[TUI_CMD_EVENTS] = cmd_events,
	[TUI_CMD_NEXT_TAB] = cmd_next_tab,
	[TUI_CMD_LAST_TAB] = cmd_last_tab,
	[TUI_CMD_PAUSE] = cmd_pause,
	[TUI_CMD_SEEK_BACK] = cmd_seek_back,
	[TUI_CMD_SEEK_ON] = cmd_seek_on,
	[TUI_CMD_SLOWER] = cmd_slower,
	[TUI_CMD_FASTER] = cmd_faster,
	[TUI_CMD_REFRESH] = cmd_refresh,
	[TUI_CMD_REDRAW] = cmd_redraw,
};

void tui_command(struct tui_screen *screen, enum tui_command command)
{
	if (!functions[command])
		return;
	functions[command](screen);
	screen->dirty = true;
}
