// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The setup: one list of everything that can be set, panes and delay first,
 * then columns in their order and budgets. What is changed is kept at once.
 */
#include "screen/view.h"

#include <stdio.h>
#include <string.h>

#define SETUP_WIDTH 60

/* --- fixed items ---------------------------------------------------------- */

static const unsigned int delays_ms[] = { 250,	500,   1000,  2000,
					  5000, 10000, 30000, 60000 };

#define NUM_DELAYS (sizeof(delays_ms) / sizeof(delays_ms[0]))

static void say_delay(struct tui_screen *screen, char *text, size_t size)
{
	unsigned int ms = tui_session_delay(tui_tab(screen)->session);

	snprintf(text, size, "%u.%02u s", ms / 1000, ms % 1000 / 10);
}

static void change_delay(struct tui_screen *screen, int by)
{
	unsigned int now = tui_session_delay(tui_tab(screen)->session);
	size_t at = 0;

	while (at + 1 < NUM_DELAYS && delays_ms[at] < now)
		at++;
	if (by < 0 ? at > 0 : at + 1 < NUM_DELAYS)
		at = by < 0 ? at - 1 : at + 1;
	screen->settings.delay_ms = delays_ms[at];
	for (size_t n = 0; n < screen->num_tabs; n++)
		tui_session_set_delay(screen->tabs[n].session, delays_ms[at]);
}

static void say_mouse(struct tui_screen *screen, char *text, size_t size)
{
	snprintf(text, size, "%s", screen->settings.no_mouse ? "off" : "on");
}

static void change_mouse(struct tui_screen *screen, int by)
{
	(void)by;
	screen->settings.no_mouse = !screen->settings.no_mouse;
	tui_terminal_set_mouse(!screen->settings.no_mouse);
}

static void say_ascii(struct tui_screen *screen, char *text, size_t size)
{
	snprintf(text, size, "%s", screen->canvas.ascii ? "ASCII" : "all");
}

static void change_ascii(struct tui_screen *screen, int by)
{
	(void)by;
	if (tui_terminal_ascii())
		return; /* the terminal has nothing else */
	screen->settings.ascii = !screen->settings.ascii;
	screen->canvas.ascii = screen->settings.ascii;
}

static void say_colors(struct tui_screen *screen, char *text, size_t size)
{
	static const char *const names[] = {
		[TUI_SCREEN_AUTO] = "what the terminal has",
		[TUI_SCREEN_MONO] = "none",
		[TUI_SCREEN_16] = "16",
		[TUI_SCREEN_256] = "256",
		[TUI_SCREEN_TRUE] = "true colour",
	};

	snprintf(text, size, "%s (at the next start)",
		 names[screen->settings.colors]);
}

static void change_colors(struct tui_screen *screen, int by)
{
	unsigned int now = (unsigned int)screen->settings.colors;

	screen->settings.colors =
		(enum tui_screen_colors)((now + (by < 0 ? 4 : 1)) % 5);
}

static const struct item_row {
	const char *label;
	void (*say)(struct tui_screen *screen, char *text, size_t size);
	void (*change)(struct tui_screen *screen, int by);
} items[] = {
	{ "Delay", say_delay, change_delay },
	{ "Mouse", say_mouse, change_mouse },
	{ "Characters", say_ascii, change_ascii },
	{ "Colours", say_colors, change_colors },
};

#define NUM_ITEMS (sizeof(items) / sizeof(items[0]))

/* --- columns -------------------------------------------------------------- */

static long shown_at(const struct tui_tab *tab, const struct tui_column *column)
{
	for (size_t n = 0; n < tab->num_shown; n++) {
		if (tab->shown[n].column == column)
			return (long)n;
	}
	return -1;
}

/*
 * Columns as the list has them: those that are shown, in their order, then
 * the others, the graph at last. False: there is none of that number.
 */
static bool column_at(const struct tui_tab *tab, size_t index,
		      const struct tui_column **column, bool *shown)
{
	*shown = index < tab->num_shown;
	if (*shown) {
		*column = tab->shown[index].column;
		return true;
	}
	index -= tab->num_shown;
	for (size_t n = 0; n < tab->columns.count; n++) {
		*column = &tab->columns.all[n];
		if (shown_at(tab, *column) < 0 && !index--)
			return true;
	}
	*column = NULL;
	return shown_at(tab, NULL) < 0 && !index;
}

static size_t num_columns(const struct tui_tab *tab)
{
	return tab->columns.count + 1;
}

static const char *column_name(const struct tui_column *column)
{
	return column ? column->name : "graph";
}

/* Names the columns that are shown in the settings, and shows these. */
static void keep_columns(struct tui_screen *screen)
{
	struct tui_tab *tab = tui_tab(screen);
	char *list = screen->settings.columns;
	size_t used = 0;

	list[0] = '\0';
	for (size_t n = 0; n < tab->num_shown && used < TUI_SETTINGS_TEXT; n++)
		used += (size_t)snprintf(list + used, TUI_SETTINGS_TEXT - used,
					 "%s%s", n ? "," : "",
					 column_name(tab->shown[n].column));
	for (size_t n = 0; n < screen->num_tabs; n++)
		tui_tab_columns(&screen->tabs[n], list);
}

static void toggle_column(struct tui_screen *screen, size_t index)
{
	struct tui_tab *tab = tui_tab(screen);
	const struct tui_column *column;
	bool shown;

	if (!column_at(tab, index, &column, &shown))
		return;
	if (!shown) {
		tab->shown[tab->num_shown++].column = column;
	} else if (tab->num_shown > 1) {
		tab->num_shown--;
		memmove(&tab->shown[index], &tab->shown[index + 1],
			(tab->num_shown - index) * sizeof(tab->shown[0]));
	}
	keep_columns(screen);
}

static void move_column(struct tui_screen *screen, size_t index, int by)
{
	struct tui_tab *tab = tui_tab(screen);
	struct tui_shown_column moved;
	size_t other = by < 0 ? index - 1 : index + 1;

	if (index >= tab->num_shown || other >= tab->num_shown)
		return;
	moved = tab->shown[index];
	tab->shown[index] = tab->shown[other];
	tab->shown[other] = moved;
	screen->item = screen->item - index + other;
	keep_columns(screen);
}

/* --- budgets -------------------------------------------------------------- */

static void format_budget(const struct tui_screen *screen, size_t index,
			  char *text, size_t size)
{
	char budget[TUI_BUDGET_TEXT];

	tui_budget_format(&screen->budgets.all[index], budget);
	snprintf(text, size, "[x] budget %s", budget);
}

/* They are made where the cells are: by b. */
static void drop_budget(struct tui_screen *screen, size_t index)
{
	const struct tui_budget *budget = &screen->budgets.all[index];
	char text[TUI_BUDGET_TEXT];

	snprintf(text, sizeof(text), "%s %s: -", budget->cell, budget->reason);
	tui_screen_budget(screen, text);
	screen->item--; /* there are others above */
}

/* --- the list ------------------------------------------------------------- */

static size_t count_all(struct tui_screen *screen)
{
	return NUM_ITEMS + TUI_NUM_PANES + num_columns(tui_tab(screen)) +
	       screen->budgets.count;
}

static void format_item(struct tui_screen *screen, size_t index, char *text,
			size_t size)
{
	const struct tui_column *column;
	char value[64];
	bool shown;

	text[0] = '\0';
	if (index < NUM_ITEMS) {
		items[index].say(screen, value, sizeof(value));
		snprintf(text, size, "    %-14s %s", items[index].label, value);
		return;
	}
	index -= NUM_ITEMS;
	if (index < TUI_NUM_PANES) {
		enum tui_pane_kind kind = (enum tui_pane_kind)index;

		snprintf(text, size, "[%c] pane %s",
			 tui_panes_open(screen, kind) ? 'x' : ' ',
			 tui_panes[kind]->name);
		return;
	}
	index -= TUI_NUM_PANES;
	if (index >= num_columns(tui_tab(screen)))
		format_budget(screen, index - num_columns(tui_tab(screen)),
			      text, size);
	else if (column_at(tui_tab(screen), index, &column, &shown))
		snprintf(text, size, "[%c] column %-12s %s", shown ? 'x' : ' ',
			 column_name(column),
			 column ? column->help : "exits of the last refreshes");
}

static void draw(struct tui_screen *screen)
{
	struct tui_rect inside =
		tui_box(screen,
			"Setup: Space changes, - + move columns, Esc "
			"closes",
			SETUP_WIDTH, count_all(screen));

	for (unsigned int n = 0; n < inside.height; n++) {
		size_t index = screen->item_top + n;
		const struct tui_rect line = { inside.x, inside.y + n,
					       inside.width, 1 };
		enum tui_style style =
			index == screen->item ? TUI_SELECTED : TUI_NORMAL;
		char text[TUI_BUDGET_TEXT + 16];

		format_item(screen, index, text, sizeof(text));
		tui_fill(&screen->canvas, &line, style, NULL);
		tui_put(&screen->canvas, line.x, line.y, line.width, style,
			text);
		tui_zone(screen, TUI_ZONE_ITEM, (uint32_t)index, line.x, line.y,
			 line.width, 1);
	}
}

static void change(struct tui_screen *screen, int by)
{
	size_t index = screen->item;
	size_t column = index - NUM_ITEMS - TUI_NUM_PANES;

	if (index < NUM_ITEMS) {
		items[index].change(screen, by ? by : 1);
	} else if (index - NUM_ITEMS < TUI_NUM_PANES) {
		tui_panes_toggle(screen,
				 (enum tui_pane_kind)(index - NUM_ITEMS));
	} else if (column >= num_columns(tui_tab(screen))) {
		if (!by)
			drop_budget(screen,
				    column - num_columns(tui_tab(screen)));
	} else if (by) {
		move_column(screen, column, by);
	} else {
		toggle_column(screen, column);
	}
	tui_screen_save(screen);
	screen->dirty = true;
}

static void click(struct tui_screen *screen, const struct tui_input *in)
{
	const struct tui_zone *zone = tui_zone_find(screen, in->x, in->y);

	if (zone && zone->kind == TUI_ZONE_ITEM) {
		screen->item = zone->arg;
		change(screen, 0);
	} else if (!zone || zone->kind != TUI_ZONE_OVERLAY) {
		tui_overlay_close(screen);
	}
}

static void input(struct tui_screen *screen, const struct tui_input *in)
{
	if (tui_list_key(screen, in, count_all(screen)))
		return;
	if (in->kind == TUI_INPUT_CLICK)
		click(screen, in);
	if (in->kind != TUI_INPUT_KEY)
		return;
	switch (in->key) {
	case ' ':
	case TUI_KEY_ENTER:
		change(screen, 0);
		break;
	case '-':
	case TUI_KEY_LEFT:
		change(screen, -1);
		break;
	case '+':
	case '=':
	case TUI_KEY_RIGHT:
		change(screen, 1);
		break;
	default:
		tui_overlay_close(screen);
	}
}

void tui_setup_open(struct tui_screen *screen)
{
	static const struct tui_overlay overlay = { .draw = draw,
						    .input = input };

	screen->overlay = &overlay;
	screen->item = screen->item_top = 0;
}
