// SPDX-License-Identifier: GPL-2.0-or-later
#include "widgets/wrap_place.h"

int wrap_natural_width(const struct wrap_item *items, guint count, int column_gap)
{
	int sum = 0;

	for (guint n = 0; n < count; n++)
		sum += items[n].width + (n ? column_gap : 0);
	return sum;
}

int wrap_place(struct wrap_item *items, guint count, int width, int column_gap, int row_gap)
{
	int x = 0, y = 0, line_height = 0;

	for (guint n = 0; n < count; n++) {
		struct wrap_item *item = &items[n];

		item->given = MIN(item->width, MAX(width, 0));
		if (x && x + item->given > width) {
			y += line_height + row_gap;
			x = 0;
			line_height = 0;
		}
		item->x = x;
		item->y = y;
		x += item->given + column_gap;
		line_height = MAX(line_height, item->height);
	}
	return y + line_height;
}
