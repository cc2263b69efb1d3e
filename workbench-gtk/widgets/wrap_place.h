/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where things go that are put one beside the other and wrapped like words:
 * pure computation, in pixels. */
#ifndef JHW_WRAP_PLACE_H
#define JHW_WRAP_PLACE_H

#include <glib.h>

struct wrap_item {
	int width, height; /* wanted */
	int x, y;	   /* result */
	int given;	   /* result: width, not more than there is */
};

/*
 * Places @count items into lines of @width pixels, @column_gap apart, the lines
 * @row_gap apart. An item that is wider than a line gets one of its own. Items
 * of a line are aligned at their tops. Returns the height of all lines.
 */
int wrap_place(struct wrap_item *items, guint count, int width, int column_gap, int row_gap);

/* The width that one line with all of them would take. */
int wrap_natural_width(const struct wrap_item *items, guint count, int column_gap);

#endif
