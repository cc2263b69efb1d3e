/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Numbers over time, drawn: as small as a word, or with axes. Functions of
 * their arguments alone, which need no display.
 */
#ifndef JHW_PLOT_H
#define JHW_PLOT_H

#include <cairo.h>
#include <pango/pango.h>

#include "canvas/palette.h"
#include "model/series.h"

typedef struct {
	const JhwPoint *points; /* in the order of time */
	guint count;
	JhwColour colour;
	guint dash; /* 0: none; others differ in it, for those who see no colours */
} JhwPlotLine;

typedef struct {
	const JhwPlotLine *lines;
	guint num_lines;
	gint64 from_ms, to_ms; /* that the width is */
	gint64 gap_ms;	       /* more than that between two points is a gap; 0: nothing is */
	double top;	       /* value at the upper edge; 0: so that all is seen */
	gboolean fill;	       /* below the first line */
	JhwTheme theme;
	const PangoFontDescription *font;
	/* text of a value at the axis, a new string; NULL: as short as it can be */
	char *(*text)(double value);
} JhwPlot;

/* Lines alone. */
void jhw_plot_draw_small(cairo_t *cairo, const JhwPlot *plot, double x, double y, double width,
			 double height);
/* With values at the left and times below. */
void jhw_plot_draw(cairo_t *cairo, const JhwPlot *plot, double x, double y, double width,
		   double height);
/* A round number that is not below @value: 1, 2 or 5 with zeros; at least 1. */
double jhw_plot_round_up(double value);
/* What is at the upper edge. */
double jhw_plot_top(const JhwPlot *plot);
/* "1.2 k", "34"; a new string. */
char *jhw_plot_number(double value);
/* The point whose time is nearest to @x, in what jhw_plot_draw() draws from 0 on; NULL: none
 * is near, or it is a gap. */
const JhwPoint *jhw_plot_point_at(const JhwPlot *plot, const JhwPlotLine *line, double x,
				  double width);

#endif
