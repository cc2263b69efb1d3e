/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What things look like: a style says what a piece of the screen is, a theme
 * how that is shown with the colours that there are. No style is told by its
 * colour alone: there is a letter, a word or a mark beside it.
 */
#ifndef TUI_STYLE_H
#define TUI_STYLE_H

#include <stdint.h>

enum tui_style {
	TUI_NORMAL,
	TUI_DIM,   /* separators, what is of less interest */
	TUI_LABEL, /* what a number beside it is */
	TUI_STRONG,
	TUI_TITLE,	 /* the line on top */
	TUI_HEADER,	 /* of the table */
	TUI_HEADER_SORT, /* the column that it is sorted by */
	TUI_SELECTED,
	TUI_SELECTED_BAD,
	TUI_TAGGED,
	TUI_GOOD,
	TUI_WARN,
	TUI_BAD,
	TUI_KEY,      /* F bar: the key */
	TUI_KEY_TEXT, /* what it does */
	TUI_PANE,     /* title of a pane */
	TUI_FOCUS,    /* of the one that keys go to */
	TUI_GRAPH,
	TUI_INPUT,
	TUI_FREE, /* what nobody has */
	TUI_HYPERVISOR_FILL,
	TUI_SHARED_FILL,
	TUI_OWNER_FILL, /* of the root; cells follow */
	TUI_NUM_STYLES = TUI_OWNER_FILL + 9,
};

#define TUI_NUM_OWNERS 9

/* The same cell has the same one everywhere, as long as it lives. */
enum tui_style tui_style_owner(unsigned int cell_id);
/* 'R' for the root, 'a' to 'z' for cells. */
char tui_letter_owner(unsigned int cell_id);

/* Attributes, for each terminal in its own way. */
enum {
	TUI_ATTR_BOLD = 1,
	TUI_ATTR_DIM = 2,
	TUI_ATTR_REVERSE = 4,
	TUI_ATTR_UNDERLINE = 8,
};

#define TUI_COLOR_NONE (-1) /* the terminal's own */

struct tui_look {
	int text, fill; /* TUI_COLOR_NONE, a number of the palette, or RGB */
	unsigned int attrs;
};

enum tui_palette {
	TUI_PALETTE_MONO,
	TUI_PALETTE_16, /* the first 8, so that it is for 8 as well */
	TUI_PALETTE_256,
	TUI_PALETTE_TRUE,
};

struct tui_look tui_style_look(enum tui_style style, enum tui_palette palette);

#endif
