// SPDX-License-Identifier: GPL-2.0-or-later
/* Puts the parts together. */
#include "screen/view.h"

#include <string.h>

#include "screen/bar.h"

void tui_zone(struct tui_screen *screen, enum tui_zone_kind kind, uint32_t arg,
	      unsigned int x, unsigned int y, unsigned int width,
	      unsigned int height)
{
	if (screen->num_zones == TUI_MAX_ZONES || !width || !height)
		return;
	screen->zones[screen->num_zones++] = (struct tui_zone){
		.rect = { x, y, width, height },
		.kind = kind,
		.arg = arg,
	};
}

const struct tui_zone *tui_zone_find(const struct tui_screen *screen,
				     unsigned int x, unsigned int y)
{
	for (size_t n = screen->num_zones; n--;) {
		const struct tui_rect *rect = &screen->zones[n].rect;

		if (x >= rect->x && x - rect->x < rect->width && y >= rect->y &&
		    y - rect->y < rect->height)
			return &screen->zones[n];
	}
	return NULL;
}

static const struct tui_cell *owner_cell(const struct tui_model *model,
					 int owner)
{
	if (owner < 0 || (size_t)owner >= model->num_cells)
		return NULL;
	return &model->cells[owner];
}

enum tui_style tui_owner_style(const struct tui_model *model, int owner)
{
	const struct tui_cell *cell = owner_cell(model, owner);

	if (cell)
		return tui_style_owner(cell->id);
	return owner == TUI_HYPERVISOR ? TUI_HYPERVISOR_FILL
	       : owner == TUI_SHARED   ? TUI_SHARED_FILL
				       : TUI_FREE;
}

char tui_owner_letter(const struct tui_model *model, int owner)
{
	const struct tui_cell *cell = owner_cell(model, owner);

	if (cell)
		return tui_letter_owner(cell->id);
	return owner == TUI_HYPERVISOR ? 'H' : owner == TUI_SHARED ? '&' : '.';
}

void tui_draw_graph(struct tui_canvas *canvas, unsigned int x, unsigned int y,
		    unsigned int width, enum tui_style style,
		    const struct tui_history *history)
{
	uint64_t highest = 0;

	for (unsigned int age = 0; age < width; age++) {
		uint64_t rate = tui_history_at(history, age);

		if (rate != TUI_NO_VALUE && rate > highest)
			highest = rate;
	}
	for (unsigned int age = 0; age < width; age++) {
		uint64_t rate = tui_history_at(history, age);
		unsigned int step;

		if (rate == TUI_NO_VALUE)
			continue;
		step = tui_bar_fill(rate, highest, 8);
		tui_put(canvas, x + width - 1 - age, y, 1, style,
			step ? tui_canvas_sign(canvas,
					       (enum tui_sign)(TUI_SIGN_GRAPH +
							       step - 1))
			     : " ");
	}
}

static void draw_panes(struct tui_screen *screen)
{
	const struct tui_layout *layout = &screen->layout;

	for (size_t n = 0; n < screen->num_panes; n++) {
		const struct tui_rect *rect = &layout->panes[n];
		const struct tui_rect between = { rect->x - 1, rect->y, 1,
						  rect->height };

		if (!rect->height)
			continue;
		tui_draw_pane(screen, n, rect);
		if (rect->x)
			tui_fill(
				&screen->canvas, &between, TUI_DIM,
				tui_canvas_sign(&screen->canvas, TUI_SIGN_BAR));
	}
}

void tui_draw(struct tui_screen *screen)
{
	const struct tui_tab *tab = tui_tab(screen);
	struct tui_layout_input input = {
		.width = screen->canvas.width,
		.height = screen->canvas.height,
		.num_tabs = screen->num_tabs,
		.num_rows = tui_rows_count(tab->rows),
		.num_panes = screen->num_panes,
		.focus = screen->focus,
	};

	for (size_t n = 0; n < screen->num_panes; n++)
		input.wants[n] = tui_panes[screen->panes[n]]->count(tab);
	tui_layout(&input, &screen->layout);
	tui_canvas_clear(&screen->canvas);
	screen->num_zones = 0;
	tui_draw_title(screen, &screen->layout.title);
	tui_draw_tabs(screen, &screen->layout.tabs);
	tui_draw_head(screen, &screen->layout.head);
	tui_draw_table(screen, &screen->layout.header, &screen->layout.table);
	draw_panes(screen);
	tui_draw_footer(screen, &screen->layout.footer);
	if (screen->overlay)
		screen->overlay->draw(screen);
	screen->dirty = false;
}
