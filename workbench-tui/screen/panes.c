// SPDX-License-Identifier: GPL-2.0-or-later
/* Panes: lines below the table that scroll. */
#include "screen/view.h"

#include <stdio.h>
#include <string.h>

#include "screen/text.h"

const struct tui_pane *const tui_panes[TUI_NUM_PANES] = {
	[TUI_PANE_DETAIL] = &tui_pane_detail,
	[TUI_PANE_LINKS] = &tui_pane_links,
	[TUI_PANE_IRQS] = &tui_pane_irqs,
	[TUI_PANE_CONSOLE] = &tui_pane_console,
	[TUI_PANE_EVENTS] = &tui_pane_events,
};

bool tui_panes_open(const struct tui_screen *screen, enum tui_pane_kind kind)
{
	for (size_t n = 0; n < screen->num_panes; n++) {
		if (screen->panes[n] == kind)
			return true;
	}
	return false;
}

/* Panes stand in the order of their kinds, whenever they were opened. */
static void set_open(struct tui_screen *screen, const bool *open)
{
	screen->num_panes = 0;
	for (int kind = 0; kind < TUI_NUM_PANES; kind++) {
		if (open[kind])
			screen->panes[screen->num_panes++] =
				(enum tui_pane_kind)kind;
	}
}

/* Is @name one of the names in a list with commas? */
static bool in_list(const char *list, const char *name)
{
	size_t length = strlen(name);

	while (*list) {
		size_t item = strcspn(list, ",");

		if (item == length && !strncmp(list, name, length))
			return true;
		list += item + (list[item] == ',');
	}
	return false;
}

void tui_panes_from_settings(struct tui_screen *screen)
{
	bool open[TUI_NUM_PANES];

	for (int kind = 0; kind < TUI_NUM_PANES; kind++)
		open[kind] =
			in_list(screen->settings.panes, tui_panes[kind]->name);
	set_open(screen, open);
	screen->focus = -1;
}

static void to_settings(struct tui_screen *screen)
{
	char *list = screen->settings.panes;
	size_t used = 0;

	list[0] = '\0';
	for (size_t n = 0; n < screen->num_panes; n++)
		used += (size_t)snprintf(list + used,
					 sizeof(screen->settings.panes) - used,
					 "%s%s", n ? "," : "",
					 tui_panes[screen->panes[n]]->name);
}

void tui_panes_toggle(struct tui_screen *screen, enum tui_pane_kind kind)
{
	bool open[TUI_NUM_PANES] = { false };

	for (size_t n = 0; n < screen->num_panes; n++)
		open[screen->panes[n]] = true;
	open[kind] = !open[kind];
	set_open(screen, open);
	screen->focus = -1;
	for (size_t n = 0; open[kind] && n < screen->num_panes; n++) {
		if (screen->panes[n] == kind)
			screen->focus = (int)n; /* it must be seen */
	}
	to_settings(screen);
	tui_screen_save(screen);
}

void tui_panes_scroll(struct tui_screen *screen, size_t index, long lines)
{
	enum tui_pane_kind kind = screen->panes[index];
	size_t *scrolled = &tui_tab(screen)->scrolled[kind];

	if (tui_panes[kind]->tail)
		lines = -lines; /* it counts from the end */
	if (lines < 0 && (size_t)-lines > *scrolled)
		*scrolled = 0;
	else
		*scrolled += (size_t)lines;
}

/* First line to be seen. Keeps what was scrolled within its limits. */
static size_t first_line(struct tui_tab *tab, enum tui_pane_kind kind,
			 size_t count, size_t height)
{
	size_t most = count > height ? count - height : 0;
	size_t *scrolled = &tab->scrolled[kind];

	if (*scrolled > most)
		*scrolled = most;
	return tui_panes[kind]->tail ? most - *scrolled : *scrolled;
}

static void draw_title(struct tui_screen *screen, size_t index,
		       const struct tui_rect *rect, size_t above, size_t below)
{
	const struct tui_pane *pane = tui_panes[screen->panes[index]];
	bool focus = (int)index == screen->focus;
	struct tui_canvas *canvas = &screen->canvas;
	struct tui_rect line = { rect->x, rect->y, rect->width, 1 };
	unsigned int used;

	tui_fill(canvas, &line, TUI_DIM,
		 tui_canvas_sign(canvas, TUI_SIGN_LINE));
	used = tui_printf(canvas, rect->x + 1, rect->y, rect->width,
			  focus ? TUI_FOCUS : TUI_PANE, " %s ", pane->title);
	line.x += used + 1;
	line.width = rect->width > used + 1 ? rect->width - used - 1 : 0;
	if (pane->heading && line.width)
		pane->heading(screen, &line);
	if ((above || below) && rect->width > 40) {
		char text[48];

		snprintf(text, sizeof(text), " %s%zu %s%zu ",
			 tui_canvas_sign(canvas, TUI_SIGN_UP), above,
			 tui_canvas_sign(canvas, TUI_SIGN_DOWN), below);
		tui_put_right(canvas, rect->x, rect->y, rect->width - 1,
			      TUI_DIM, text);
	}
}

void tui_draw_pane(struct tui_screen *screen, size_t index,
		   const struct tui_rect *rect)
{
	enum tui_pane_kind kind = screen->panes[index];
	const struct tui_pane *pane = tui_panes[kind];
	size_t count = pane->count(tui_tab(screen));
	size_t height = rect->height - 1;
	size_t first = first_line(tui_tab(screen), kind, count, height);
	size_t seen = count - first < height ? count - first : height;

	tui_zone(screen, TUI_ZONE_PANE, (uint32_t)index, rect->x, rect->y,
		 rect->width, rect->height);
	draw_title(screen, index, rect, first, count - first - seen);
	if (!count)
		tui_put(&screen->canvas, rect->x + 1, rect->y + 1,
			rect->width - 1, TUI_DIM, pane->empty);
	for (size_t n = 0; n < seen; n++) {
		const struct tui_rect line = { rect->x + 1,
					       rect->y + 1 + (unsigned int)n,
					       rect->width - 1, 1 };

		pane->line(screen, first + n, &line);
	}
}
