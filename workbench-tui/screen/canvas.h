/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The screen as it shall be, drawn in memory: what is outside is cut off, what
 * came from a target is made harmless. terminal.h brings it to a terminal.
 */
#ifndef TUI_CANVAS_H
#define TUI_CANVAS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "screen/style.h"

struct tui_rect {
	unsigned int x, y, width, height;
};

/* A column of a line; a wide character fills two, of which the second one has
 * no width. */
struct tui_spot {
	uint64_t base : 21;
	uint64_t mark : 21;
	uint64_t style : 8;
	uint64_t width : 2;
	uint64_t unused : 12;
};

struct tui_canvas {
	unsigned int width, height;
	bool ascii;
	struct tui_spot *spots; /* of lines, from above */
	size_t room;		/* spots that there is memory for */
};

/* Characters that ASCII has no equal of. */
enum tui_sign {
	TUI_SIGN_LINE,
	TUI_SIGN_BAR, /* vertical */
	TUI_SIGN_OPEN,
	TUI_SIGN_CLOSED,
	TUI_SIGN_LINK,
	TUI_SIGN_MORE, /* the text goes on */
	TUI_SIGN_DOWN,
	TUI_SIGN_UP,
	TUI_SIGN_GRAPH, /* lowest of 8 steps; the others follow */
	TUI_NUM_SIGNS = TUI_SIGN_GRAPH + 8,
};

/* Makes it this large, and empty. -ENOMEM: it stays as it was. */
int tui_canvas_resize(struct tui_canvas *canvas, unsigned int width,
		      unsigned int height);
void tui_canvas_clear(struct tui_canvas *canvas);
void tui_canvas_free(struct tui_canvas *canvas);

const char *tui_sign(enum tui_sign sign, bool ascii);
const char *tui_canvas_sign(const struct tui_canvas *canvas,
			    enum tui_sign sign);

/*
 * Writes a text from column @x of line @y, at most @width columns; what does
 * not fit ends with a sign that tells so. Returns the columns that it took.
 */
unsigned int tui_put(struct tui_canvas *canvas, unsigned int x, unsigned int y,
		     unsigned int width, enum tui_style style,
		     const char *text);
/* The same, at the right end of the @width columns. */
unsigned int tui_put_right(struct tui_canvas *canvas, unsigned int x,
			   unsigned int y, unsigned int width,
			   enum tui_style style, const char *text);
__attribute__((format(printf, 6, 7))) unsigned int tui_printf(
	struct tui_canvas *canvas, unsigned int x, unsigned int y,
	unsigned int width, enum tui_style style, const char *format, ...);
/* Gives a rectangle to one sign, or to blanks (NULL). */
void tui_fill(struct tui_canvas *canvas, const struct tui_rect *rect,
	      enum tui_style style, const char *sign);
/* Changes only how a rectangle looks. */
void tui_restyle(struct tui_canvas *canvas, const struct tui_rect *rect,
		 enum tui_style style);

#endif
