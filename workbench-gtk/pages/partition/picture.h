/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The lanes of the Partition page as a drawing, for files and paper. */
#ifndef JHW_PARTITION_PICTURE_H
#define JHW_PARTITION_PICTURE_H

#include <cairo.h>
#include <jhcfg/workspace.h>
#include <pango/pango.h>

/* Draws all cells from the top left corner, @width pixels wide, as on a light
 * screen; returns the height. Needs no display. */
int jhw_partition_draw(cairo_t *cairo, const struct jhcfg_workspace *workspace,
		       const PangoFontDescription *font, int width);

#endif
