// SPDX-License-Identifier: GPL-2.0-or-later
/* What comes in: events, and the hypervisor's console. */
#include "screen/view.h"

#include <stdio.h>
#include <time.h>

#include "screen/text.h"

static const enum tui_style severity_styles[] = {
	[TUI_INFO] = TUI_NORMAL,
	[TUI_WARNING] = TUI_WARN,
	[TUI_ERROR] = TUI_BAD,
};

/* so that warnings and errors are told without colours */
static const char severity_signs[] = {
	[TUI_INFO] = ' ',
	[TUI_WARNING] = '!',
	[TUI_ERROR] = '!',
};

/* The first of serials 1 to @count that is still there. They go in order. */
static uint64_t first_serial(const struct tui_model *model, uint64_t count,
			     bool (*has)(const struct tui_model *, uint64_t))
{
	uint64_t gone = 0, there = count + 1;

	while (there - gone > 1) {
		uint64_t middle = gone + (there - gone) / 2;

		if (has(model, middle))
			there = middle;
		else
			gone = middle;
	}
	return there;
}

static bool has_event(const struct tui_model *model, uint64_t serial)
{
	return tui_model_event(model, serial) != NULL;
}

static bool has_line(const struct tui_model *model, uint64_t serial)
{
	return tui_model_line(model, serial) != NULL;
}

/* "12:04:31.388", or without the fraction where there is little room */
static unsigned int put_time(struct tui_canvas *canvas,
			     const struct tui_rect *line, int64_t time_ms)
{
	time_t seconds = (time_t)(time_ms / 1000);
	char clock[16] = "", text[32];
	struct tm parts;

	if (localtime_r(&seconds, &parts))
		strftime(clock, sizeof(clock), "%H:%M:%S", &parts);
	if (line->width < 60)
		return tui_put(canvas, line->x, line->y, line->width, TUI_DIM,
			       clock);
	snprintf(text, sizeof(text), "%s.%03d", clock,
		 (int)(time_ms % 1000 + 1000) % 1000);
	return tui_put(canvas, line->x, line->y, line->width, TUI_DIM, text);
}

/* What is left of a text when @columns of it are scrolled away. *@columns: of
 * those, how many are to be taken from what follows. */
static const char *shift(const struct tui_canvas *canvas, const char *text,
			 unsigned int *columns)
{
	struct tui_char next;

	while (*columns && tui_text_next(&text, canvas->ascii, &next))
		*columns -= next.width < *columns ? next.width : *columns;
	return text;
}

static size_t count_events(const struct tui_tab *tab)
{
	uint64_t count = tab->model->num_events;

	return (size_t)(count + 1 - first_serial(tab->model, count, has_event));
}

static void draw_event(struct tui_screen *screen, size_t index,
		       const struct tui_rect *line)
{
	const struct tui_model *model = tui_tab(screen)->model;
	uint64_t first = first_serial(model, model->num_events, has_event);
	const struct tui_event *event = tui_model_event(model, first + index);
	unsigned int shifted = tui_tab(screen)->shifted[TUI_PANE_EVENTS];
	unsigned int used;

	if (!event)
		return;
	used = put_time(&screen->canvas, line, event->time_ms);
	if (used + 3 >= line->width)
		return;
	tui_printf(&screen->canvas, line->x + used + 1, line->y, 1,
		   severity_styles[event->severity], "%c",
		   severity_signs[event->severity]);
	tui_put(&screen->canvas, line->x + used + 3, line->y,
		line->width - used - 3, severity_styles[event->severity],
		shift(&screen->canvas, event->text, &shifted));
}

const struct tui_pane tui_pane_events = {
	.name = "events",
	.title = "Events",
	.command = TUI_CMD_EVENTS,
	.tail = true,
	.empty = "Nothing happened yet.",
	.count = count_events,
	.line = draw_event,
};

static size_t count_lines(const struct tui_tab *tab)
{
	uint64_t count = tab->model->num_lines;

	return (size_t)(count + 1 - first_serial(tab->model, count, has_line));
}

/* A fault comes with what it means, which may use half of the line. */
static void draw_line(struct tui_screen *screen, size_t index,
		      const struct tui_rect *line)
{
	const struct tui_model *model = tui_tab(screen)->model;
	uint64_t first = first_serial(model, model->num_lines, has_line);
	const struct tui_line *said = tui_model_line(model, first + index);
	unsigned int shifted = tui_tab(screen)->shifted[TUI_PANE_CONSOLE];
	const bool whole = !shifted;
	enum tui_style style;
	unsigned int used, room;

	if (!said)
		return;
	style = said->fault ? TUI_BAD : TUI_NORMAL;
	used = put_time(&screen->canvas, line, said->time_ms);
	if (used + 3 >= line->width)
		return;
	tui_put(&screen->canvas, line->x + used + 1, line->y, 1, style,
		said->fault ? "!" : " ");
	used += 3;
	room = line->width - used;
	used += tui_put(&screen->canvas, line->x + used, line->y,
			*said->meaning && room > 60 && whole ? room - room / 3
							     : room,
			style, shift(&screen->canvas, said->text, &shifted));
	if (*said->meaning && used + 8 < line->width)
		tui_put(&screen->canvas, line->x + used + 2, line->y,
			line->width - used - 2, TUI_WARN,
			shift(&screen->canvas, said->meaning, &shifted));
}

const struct tui_pane tui_pane_console = {
	.name = "console",
	.title = "Console",
	.command = TUI_CMD_CONSOLE,
	.tail = true,
	.empty = "The hypervisor's console said nothing since we look.",
	.count = count_lines,
	.line = draw_line,
};
