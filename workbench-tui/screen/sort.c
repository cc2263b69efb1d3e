// SPDX-License-Identifier: GPL-2.0-or-later
/* Choosing the column that cells are sorted by. */
#include "screen/view.h"

#include <stdio.h>
#include <string.h>

#define SORT_WIDTH 48

void tui_sort_by(struct tui_screen *screen, const char *column)
{
	struct tui_tab *tab = tui_tab(screen);
	bool invert, again;

	again = !strcmp(tui_rows_sorted_by(tab->rows, &invert), column);
	invert = again && !invert;
	for (size_t n = 0; n < screen->num_tabs; n++)
		tui_rows_sort(screen->tabs[n].rows, column, invert);
	snprintf(screen->settings.sort, sizeof(screen->settings.sort), "%s%s",
		 invert ? "-" : "", column);
	tui_tab_update(tab, &screen->settings);
	tui_screen_save(screen);
	screen->dirty = true;
}

static void draw(struct tui_screen *screen)
{
	const struct tui_tab *tab = tui_tab(screen);
	struct tui_rect inside =
		tui_box(screen, "Sort by", SORT_WIDTH, tab->columns.count);

	for (unsigned int n = 0; n < inside.height; n++) {
		size_t index = screen->item_top + n;
		const struct tui_rect line = { inside.x, inside.y + n,
					       inside.width, 1 };
		enum tui_style style =
			index == screen->item ? TUI_SELECTED : TUI_NORMAL;

		if (index >= tab->columns.count)
			break;
		tui_fill(&screen->canvas, &line, style, NULL);
		tui_put(&screen->canvas, line.x, line.y, 14, style,
			tab->columns.all[index].title);
		if (line.width > 15)
			tui_put(&screen->canvas, line.x + 15, line.y,
				line.width - 15, style,
				tab->columns.all[index].help);
		tui_zone(screen, TUI_ZONE_ITEM, (uint32_t)index, line.x, line.y,
			 line.width, 1);
	}
}

static void choose(struct tui_screen *screen, size_t index)
{
	const struct tui_tab *tab = tui_tab(screen);

	tui_overlay_close(screen);
	if (index < tab->columns.count)
		tui_sort_by(screen, tab->columns.all[index].name);
}

static void input(struct tui_screen *screen, const struct tui_input *in)
{
	const struct tui_zone *zone;

	if (tui_list_key(screen, in, tui_tab(screen)->columns.count))
		return;
	if (in->kind == TUI_INPUT_CLICK) {
		zone = tui_zone_find(screen, in->x, in->y);
		if (zone && zone->kind == TUI_ZONE_ITEM)
			choose(screen, zone->arg);
		else
			tui_overlay_close(screen);
	} else if (in->kind == TUI_INPUT_KEY) {
		if (in->key == TUI_KEY_ENTER)
			choose(screen, screen->item);
		else
			tui_overlay_close(screen);
	}
}

void tui_sort_open(struct tui_screen *screen)
{
	static const struct tui_overlay overlay = { .draw = draw,
						    .input = input };
	const struct tui_tab *tab = tui_tab(screen);
	const struct tui_column *now = tui_columns_find(
		&tab->columns, tui_rows_sorted_by(tab->rows, NULL));

	screen->overlay = &overlay;
	screen->item = now ? (size_t)(now - tab->columns.all) : 0;
	screen->item_top = 0;
}
