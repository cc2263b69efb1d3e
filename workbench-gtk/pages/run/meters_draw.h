/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Numbers over time, a row each, in groups: title, what it was, what it is, and
 * its peak. Functions of their arguments alone.
 */
#ifndef JHW_METERS_DRAW_H
#define JHW_METERS_DRAW_H

#include <cairo.h>
#include <pango/pango.h>

#include "canvas/palette.h"
#include "model/metrics.h"

typedef struct {
	const JhwMetric *metric; /* NULL: the heading of a group */
	char *title;
	JhwColour colour;
} JhwMeter;

void jhw_meter_free(gpointer meter);

typedef struct {
	JhwTheme theme;
	const PangoFontDescription *font;
	gint64 now, span_ms, gap_ms;
	guint selected; /* a row; G_MAXUINT: none */
	gboolean focus;
} JhwMetersLooks;

int jhw_meters_height(guint count);
/* The row at @y; G_MAXUINT: none. */
guint jhw_meters_at(guint count, double y);
/* Where a row is. */
void jhw_meters_place(guint row, double *y, double *height);
/* Rows that are seen between @top and @bottom. @meters: of JhwMeter. */
void jhw_meters_draw(cairo_t *cairo, const GPtrArray *meters, double width, double top,
		     double bottom, const JhwMetersLooks *looks);
/* One of them, large, with axes; NULL: nothing is drawn. */
void jhw_meter_draw_large(cairo_t *cairo, const JhwMeter *meter, double width, double height,
			  const JhwMetersLooks *looks);

#endif
