// SPDX-License-Identifier: GPL-2.0-or-later
#include "screen/canvas.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "screen/text.h"

#define LONGEST_TEXT 1024

/* with Unicode, with ASCII */
static const char *const signs[TUI_NUM_SIGNS][2] = {
	[TUI_SIGN_LINE] = { "─", "-" },
	[TUI_SIGN_BAR] = { "│", "|" },
	[TUI_SIGN_OPEN] = { "▾", "-" },
	[TUI_SIGN_CLOSED] = { "▸", "+" },
	[TUI_SIGN_LINK] = { "↔", "=" },
	[TUI_SIGN_MORE] = { "…", "~" },
	[TUI_SIGN_DOWN] = { "▼", "v" },
	[TUI_SIGN_UP] = { "▲", "^" },
	[TUI_SIGN_GRAPH + 0] = { "▁", "_" },
	[TUI_SIGN_GRAPH + 1] = { "▂", "." },
	[TUI_SIGN_GRAPH + 2] = { "▃", ":" },
	[TUI_SIGN_GRAPH + 3] = { "▄", "-" },
	[TUI_SIGN_GRAPH + 4] = { "▅", "=" },
	[TUI_SIGN_GRAPH + 5] = { "▆", "+" },
	[TUI_SIGN_GRAPH + 6] = { "▇", "*" },
	[TUI_SIGN_GRAPH + 7] = { "█", "#" },
};

const char *tui_sign(enum tui_sign sign, bool ascii)
{
	return signs[sign][ascii];
}

const char *tui_canvas_sign(const struct tui_canvas *canvas, enum tui_sign sign)
{
	return tui_sign(sign, canvas->ascii);
}

int tui_canvas_resize(struct tui_canvas *canvas, unsigned int width,
		      unsigned int height)
{
	size_t count;

	if (__builtin_mul_overflow((size_t)width, (size_t)height, &count))
		return -ENOMEM;
	if (count > canvas->room) {
		struct tui_spot *spots =
			reallocarray(canvas->spots, count, sizeof(*spots));

		if (!spots)
			return -ENOMEM;
		canvas->spots = spots;
		canvas->room = count;
	}
	canvas->width = width;
	canvas->height = height;
	tui_canvas_clear(canvas);
	return 0;
}

void tui_canvas_clear(struct tui_canvas *canvas)
{
	const struct tui_spot blank = { .base = ' ', .width = 1 };

	for (size_t n = 0; n < (size_t)canvas->width * canvas->height; n++)
		canvas->spots[n] = blank;
}

void tui_canvas_free(struct tui_canvas *canvas)
{
	free(canvas->spots);
	*canvas = (struct tui_canvas){ 0 };
}

/* Both halves of wide characters go when one of them is overwritten. */
static void break_wide(struct tui_spot *line, unsigned int width,
		       unsigned int x)
{
	if (line[x].width == 0 && x > 0) {
		line[x - 1].base = ' ';
		line[x - 1].mark = 0;
		line[x - 1].width = 1;
	}
	if (line[x].width == 2 && x + 1 < width) {
		line[x + 1].base = ' ';
		line[x + 1].width = 1;
	}
}

static void set_spot(struct tui_canvas *canvas, unsigned int x, unsigned int y,
		     enum tui_style style, const struct tui_char *c)
{
	struct tui_spot *line = &canvas->spots[(size_t)y * canvas->width];

	if (line[x].width != 1)
		break_wide(line, canvas->width, x);
	line[x] = (struct tui_spot){ .base = c->base,
				     .mark = c->mark,
				     .style = style,
				     .width = c->width & 3 };
	if (c->width < 2)
		return;
	break_wide(line, canvas->width, x + 1);
	line[x + 1] = (struct tui_spot){ .base = ' ', .style = style };
}

/* How much of @width there is on the canvas. */
static unsigned int inside(const struct tui_canvas *canvas, unsigned int x,
			   unsigned int y, unsigned int width)
{
	if (y >= canvas->height || x >= canvas->width)
		return 0;
	return width < canvas->width - x ? width : canvas->width - x;
}

unsigned int tui_put(struct tui_canvas *canvas, unsigned int x, unsigned int y,
		     unsigned int width, enum tui_style style, const char *text)
{
	const unsigned int room = inside(canvas, x, y, width);
	const bool fits = room && tui_text_width(text, canvas->ascii) <= room;
	/* a sign of its own is more than a column or two can spare */
	const bool cut = !fits && room < 3;
	const unsigned int limit = fits || cut ? room : room - 1;
	unsigned int used = 0;
	struct tui_char next;

	if (!room)
		return 0;
	while (tui_text_next(&text, canvas->ascii, &next)) {
		if (used + next.width > limit)
			break;
		set_spot(canvas, x + used, y, style, &next);
		used += next.width;
	}
	if (fits || cut)
		return used;
	text = tui_canvas_sign(canvas, TUI_SIGN_MORE);
	tui_text_next(&text, canvas->ascii, &next);
	set_spot(canvas, x + used, y, style, &next);
	return used + 1;
}

unsigned int tui_put_right(struct tui_canvas *canvas, unsigned int x,
			   unsigned int y, unsigned int width,
			   enum tui_style style, const char *text)
{
	unsigned int length = tui_text_width(text, canvas->ascii);
	unsigned int skip = length < width ? width - length : 0;

	return skip + tui_put(canvas, x + skip, y, width - skip, style, text);
}

unsigned int tui_printf(struct tui_canvas *canvas, unsigned int x,
			unsigned int y, unsigned int width,
			enum tui_style style, const char *format, ...)
{
	char text[LONGEST_TEXT];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	return tui_put(canvas, x, y, width, style, text);
}

void tui_fill(struct tui_canvas *canvas, const struct tui_rect *rect,
	      enum tui_style style, const char *sign)
{
	struct tui_char fill = { .base = ' ', .width = 1 };

	if (sign)
		tui_text_next(&sign, canvas->ascii, &fill);
	for (unsigned int y = 0; y < rect->height; y++) {
		unsigned int width =
			inside(canvas, rect->x, rect->y + y, rect->width);

		for (unsigned int x = 0; x < width; x++)
			set_spot(canvas, rect->x + x, rect->y + y, style,
				 &fill);
	}
}

void tui_restyle(struct tui_canvas *canvas, const struct tui_rect *rect,
		 enum tui_style style)
{
	for (unsigned int y = rect->y; y - rect->y < rect->height; y++) {
		unsigned int width = inside(canvas, rect->x, y, rect->width);

		for (unsigned int x = 0; x < width; x++)
			canvas->spots[(size_t)y * canvas->width + rect->x + x]
				.style = style;
	}
}
