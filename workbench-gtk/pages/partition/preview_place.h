/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where the card beside the pointer goes: pure computation, in pixels. */
#ifndef JHW_PARTITION_PREVIEW_PLACE_H
#define JHW_PARTITION_PREVIEW_PLACE_H

struct card_place {
	int x, y;
};

/*
 * A card of @width x @height in an area of @area_width x @area_height, right of
 * the pointer and below it if there is room, else at the other side; never
 * under the pointer while there is room anywhere, and always inside of the
 * area's left upper corner.
 */
struct card_place card_place(int x, int y, int width, int height, int area_width, int area_height);

#endif
