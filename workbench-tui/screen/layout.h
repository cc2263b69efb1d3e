/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where things are: rectangles from sizes and counts, without a terminal, so
 * that tests can try every size there is.
 */
#ifndef TUI_LAYOUT_H
#define TUI_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>

#include "screen/canvas.h"

#define TUI_MAX_PANES 5
#define TUI_MAX_HEAD  4

struct tui_layout_input {
	unsigned int width, height;
	size_t num_tabs;	     /* targets */
	size_t num_rows;	     /* of the table */
	size_t num_panes;	     /* open ones, at most TUI_MAX_PANES */
	size_t wants[TUI_MAX_PANES]; /* lines that they have, without titles */
	int focus;		     /* a pane that has to be seen, -1: none */
};

/* What is not there has no height. */
struct tui_layout {
	struct tui_rect title, tabs, head, header, table, footer;
	/* of pane n, with its title line; those without room have none */
	struct tui_rect panes[TUI_MAX_PANES];
};

void tui_layout(const struct tui_layout_input *input,
		struct tui_layout *layout);

/*
 * First row to be seen of @count, when @height of them fit, it was @first up
 * to now and row @selected (-1: none) must be among them.
 */
size_t tui_window(size_t count, size_t height, size_t first, long selected);

/* --- columns -------------------------------------------------------------- */

struct tui_fit {
	unsigned int width; /* that is usually enough */
	unsigned int least; /* with less it is of no use */
	bool keeps;	    /* rather narrow than not there */
	bool stretches;	    /* the last one takes what is left */
	bool fixed;	    /* does not scroll */
	/* where it is; no width: not seen */
	unsigned int at, columns;
};

/*
 * Gives columns their places in a line of @width with a blank between them.
 * Those behind the fixed ones begin with number @skip of them. When they do not
 * fit, those that need not be there go, from the last one; then the others get
 * as little as they can do with.
 */
void tui_fit_columns(struct tui_fit *fits, size_t count, size_t skip,
		     unsigned int width);

#endif
