/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Paths that several canvases draw. */
#ifndef JHW_SHAPE_H
#define JHW_SHAPE_H

#include <cairo.h>

/* A rectangle with round corners as a new path, to be filled, stroked or
 * clipped to; @radius is made as small as the rectangle needs. */
void jhw_shape_rounded(cairo_t *cairo, double x, double y, double width, double height,
		       double radius);

#endif
