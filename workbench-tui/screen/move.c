// SPDX-License-Identifier: GPL-2.0-or-later
/* Commands that move in the table and in panes, and open its rows. */
#include "screen/view.h"

#include <string.h>

#define SHIFT 8 /* columns */

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

/* Of the pane with the focus; false: the table has it. */
static bool shift(struct tui_screen *screen, int by)
{
	unsigned int *shifted;

	if (screen->focus < 0)
		return false;
	shifted = &tui_tab(screen)->shifted[screen->panes[screen->focus]];
	if (by < 0)
		*shifted -= *shifted < SHIFT ? *shifted : SHIFT;
	else if (*shifted < TUI_TEXT)
		*shifted += SHIFT;
	return true;
}

static void cmd_left(struct tui_screen *screen)
{
	struct tui_tab *tab = tui_tab(screen);

	if (shift(screen, -1))
		return;
	tab->skip -= tab->skip > 0;
}

static void cmd_right(struct tui_screen *screen)
{
	struct tui_tab *tab = tui_tab(screen);
	size_t scrolling = 0;

	if (shift(screen, 1))
		return;
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

const struct tui_command_row tui_move_commands[] = {
	{ TUI_CMD_TREE, cmd_tree },
	{ TUI_CMD_UP, cmd_up },
	{ TUI_CMD_DOWN, cmd_down },
	{ TUI_CMD_PAGE_UP, cmd_page_up },
	{ TUI_CMD_PAGE_DOWN, cmd_page_down },
	{ TUI_CMD_FIRST, cmd_first },
	{ TUI_CMD_LAST, cmd_last },
	{ TUI_CMD_LEFT, cmd_left },
	{ TUI_CMD_RIGHT, cmd_right },
	{ TUI_CMD_EXPAND, cmd_expand },
	{ TUI_CMD_COLLAPSE, cmd_collapse },
	{ TUI_CMD_TOGGLE, cmd_toggle },
	{ TUI_CMD_TAG, cmd_tag },
	{ TUI_CMD_UNTAG, cmd_untag },
	{ TUI_CMD_FOLLOW, cmd_follow },
	{ TUI_CMD_INVERT, cmd_invert },
	{ TUI_CMD_SORT_ID, cmd_sort_id },
	{ TUI_CMD_SORT_EXITS, cmd_sort_exits },
	{ TUI_CMD_SORT_RAM, cmd_sort_ram },
	{ TUI_CMD_SORT_CHANGE, cmd_sort_change },
	{ TUI_CMD_NONE, NULL },
};
