/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Pages as pictures: SVG, PNG or PDF, and on paper. */
#ifndef JHW_PICTURE_H
#define JHW_PICTURE_H

#include <cairo.h>
#include <gio/gio.h>
#include <jhcfg/workspace.h>

/* Ids of the pages that there are pictures of, by index; NULL behind the last. */
const char *jhw_picture_page(guint index);
gboolean jhw_picture_has_page(const char *page);

/* The page drawn with a title above it, as a recording that can be painted onto
 * anything; its size is set. NULL: there is no picture of this page. */
cairo_surface_t *jhw_picture_record(const struct jhcfg_workspace *workspace, const char *page,
				    int *width, int *height);

/* Into a file whose name ends with .svg, .png or .pdf, in one step. Needs no
 * display. */
gboolean jhw_picture_save(const struct jhcfg_workspace *workspace, const char *page,
			  const char *path, GError **error);

#endif
