// SPDX-License-Identifier: GPL-2.0-or-later
#include "canvas/shape.h"

#include <glib.h>

void jhw_shape_rounded(cairo_t *cairo, double x, double y, double width, double height,
		       double radius)
{
	radius = MIN(radius, MIN(width, height) / 2);
	cairo_new_path(cairo);
	cairo_arc(cairo, x + width - radius, y + radius, radius, -G_PI_2, 0);
	cairo_arc(cairo, x + width - radius, y + height - radius, radius, 0, G_PI_2);
	cairo_arc(cairo, x + radius, y + height - radius, radius, G_PI_2, G_PI);
	cairo_arc(cairo, x + radius, y + radius, radius, G_PI, G_PI + G_PI_2);
	cairo_close_path(cairo);
}
