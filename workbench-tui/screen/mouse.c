// SPDX-License-Identifier: GPL-2.0-or-later
/* Clicks and the wheel: each place was noted when it was drawn. */
#include "screen/view.h"

static void click_tab(struct tui_screen *screen, uint32_t arg)
{
	screen->active = arg;
	tui_tab_update(tui_tab(screen), &screen->settings);
}

static void click_header(struct tui_screen *screen, uint32_t arg)
{
	const struct tui_column *column = tui_tab(screen)->shown[arg].column;

	if (column)
		tui_sort_by(screen, column->name);
}

static void click_row(struct tui_screen *screen, uint32_t arg)
{
	screen->focus = -1;
	tui_tab_select(tui_tab(screen), (long)arg);
}

static void click_tree(struct tui_screen *screen, uint32_t arg)
{
	click_row(screen, arg);
	tui_command(screen, TUI_CMD_TOGGLE);
}

static void click_pane(struct tui_screen *screen, uint32_t arg)
{
	screen->focus = (int)arg;
}

static void click_table(struct tui_screen *screen, uint32_t arg)
{
	(void)arg;
	screen->focus = -1;
}

static void click_key(struct tui_screen *screen, uint32_t arg)
{
	tui_command(screen, tui_keys_command(arg));
}

static void (*const clicks[])(struct tui_screen *screen, uint32_t arg) = {
	[TUI_ZONE_TAB] = click_tab,   [TUI_ZONE_HEADER] = click_header,
	[TUI_ZONE_ROW] = click_row,   [TUI_ZONE_TREE] = click_tree,
	[TUI_ZONE_PANE] = click_pane, [TUI_ZONE_TABLE] = click_table,
	[TUI_ZONE_KEY] = click_key,   [TUI_ZONE_ITEM] = NULL,
	[TUI_ZONE_OVERLAY] = NULL,
};

/* What is under the pointer is what scrolls. */
static void wheel(struct tui_screen *screen, const struct tui_zone *zone,
		  int steps)
{
	struct tui_tab *tab = tui_tab(screen);

	if (zone->kind == TUI_ZONE_PANE)
		tui_panes_scroll(screen, zone->arg, steps);
	else if (zone->kind == TUI_ZONE_ROW || zone->kind == TUI_ZONE_TREE ||
		 zone->kind == TUI_ZONE_TABLE)
		tui_tab_select(tab, tab->selected + steps < 0
					    ? 0
					    : tab->selected + steps);
}

void tui_mouse(struct tui_screen *screen, const struct tui_input *input)
{
	const struct tui_zone *zone = tui_zone_find(screen, input->x, input->y);

	if (!zone)
		return;
	if (input->kind == TUI_INPUT_WHEEL)
		wheel(screen, zone, input->steps);
	else if (clicks[zone->kind])
		clicks[zone->kind](screen, zone->arg);
	screen->dirty = true;
}
