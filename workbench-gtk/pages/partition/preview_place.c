// SPDX-License-Identifier: GPL-2.0-or-later
#include "pages/partition/preview_place.h"

#define GAP 28 /* from the pointer, beyond what it drags */

/* Along one axis: behind the pointer, in front of it, or at the end. */
static int place(int at, int length, int area)
{
	if (at + GAP + length <= area)
		return at + GAP;
	if (at - GAP - length >= 0)
		return at - GAP - length;
	return area - length > 0 ? area - length : 0;
}

struct card_place card_place(int x, int y, int width, int height, int area_width, int area_height)
{
	return (struct card_place){
		.x = place(x, width, area_width),
		.y = place(y, height, area_height),
	};
}
