// SPDX-License-Identifier: GPL-2.0-or-later
#include "pages/run/meters_draw.h"

#include <math.h>
#include <pango/pangocairo.h>

#include "canvas/plot.h"
#include "canvas/shape.h"
#include "model/text.h"

#define ROW    28.0
#define MARGIN 12.0
#define TITLE  150.0 /* pixels of the title, */
#define VALUE  124.0 /* of the value, */
#define PEAK   92.0  /* and of the peak, */
#define WIDE   520.0 /* which is there from this width on */
#define FULL   0.9   /* part of a pool from which on it is nearly used up */
#define GAUGE  54.0  /* of the bar that says how full it is */

void jhw_meter_free(gpointer data)
{
	JhwMeter *meter = data;

	if (meter->metric)
		jhw_metric_unref(meter->metric);
	g_free(meter->title);
	g_free(meter);
}

/* --- places ------------------------------------------------------------------- */

int jhw_meters_height(guint count)
{
	return (int)(count * ROW);
}

guint jhw_meters_at(guint count, double y)
{
	if (y < 0 || y >= count * ROW)
		return G_MAXUINT;
	return (guint)(y / ROW);
}

void jhw_meters_place(guint row, double *y, double *height)
{
	*y = row * ROW;
	*height = ROW;
}

/* --- rows --------------------------------------------------------------------- */

struct brush {
	cairo_t *cairo;
	PangoLayout *layout;
	const JhwMetersLooks *looks;
	double width;
};

/* @align: 0: it begins at x, 1: it ends there */
static void draw_text(const struct brush *brush, const char *text, double x, double y, double room,
		      double align, JhwColourRole colour, gboolean bold)
{
	PangoAttrList *attributes = pango_attr_list_new();
	int height;

	if (bold)
		pango_attr_list_insert(attributes, pango_attr_weight_new(PANGO_WEIGHT_BOLD));
	pango_attr_list_insert(attributes, pango_attr_font_features_new("tnum=1"));
	pango_layout_set_attributes(brush->layout, attributes);
	pango_attr_list_unref(attributes);
	pango_layout_set_text(brush->layout, text, -1);
	pango_layout_set_width(brush->layout, (int)(room * PANGO_SCALE));
	pango_layout_set_ellipsize(brush->layout, PANGO_ELLIPSIZE_END);
	pango_layout_set_alignment(brush->layout, align > 0 ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
	pango_layout_get_pixel_size(brush->layout, NULL, &height);
	jhw_palette_set(brush->cairo, jhw_palette(colour, brush->looks->theme));
	cairo_move_to(brush->cairo, x - room * align, floor(y + (ROW - height) / 2));
	pango_cairo_show_layout(brush->cairo, brush->layout);
}

static gboolean is_full(const JhwMetric *metric)
{
	return metric->full > 0 && metric->value / metric->full > FULL;
}

/* How much of all there is it has. */
static void draw_gauge(const struct brush *brush, const JhwMeter *meter, double x, double y)
{
	double part = meter->metric->value / meter->metric->full;
	JhwColour colour = is_full(meter->metric)
				   ? jhw_palette(JHW_COLOUR_CONFLICT, brush->looks->theme)
				   : meter->colour;

	jhw_shape_rounded(brush->cairo, x, y + ROW / 2 - 3, GAUGE, 6, 3);
	jhw_palette_set(brush->cairo, jhw_palette(JHW_COLOUR_BORDER, brush->looks->theme));
	cairo_fill(brush->cairo);
	if (isnan(part))
		return;
	jhw_shape_rounded(brush->cairo, x, y + ROW / 2 - 3, MAX(3, GAUGE * CLAMP(part, 0, 1)), 6,
			  3);
	jhw_palette_set(brush->cairo, colour);
	cairo_fill(brush->cairo);
}

static void draw_peak(const struct brush *brush, const JhwMeter *meter, double right, double y)
{
	g_autofree char *peak = NULL, *text = NULL;

	if (meter->metric->full > 0) {
		draw_gauge(brush, meter, right - GAUGE, y);
		return;
	}
	if (isnan(meter->metric->peak))
		return;
	peak = jhw_metric_value_text(meter->metric, meter->metric->peak);
	text = g_strdup_printf(_("peak %s"), peak);
	draw_text(brush, text, right, y, PEAK, 1, JHW_COLOUR_DIM_TEXT, FALSE);
}

static void draw_lines(const struct brush *brush, const JhwMeter *meter, double x, double y,
		       double width)
{
	const JhwMetersLooks *looks = brush->looks;
	JhwPlotLine line = { .colour = meter->colour };
	JhwPlot plot = {
		.lines = &line,
		.num_lines = 1,
		.from_ms = looks->now - looks->span_ms,
		.to_ms = looks->now,
		.gap_ms = looks->gap_ms,
		.top = meter->metric->full,
		.fill = TRUE,
		.theme = looks->theme,
	};

	line.points = jhw_series_points(meter->metric->series, &line.count);
	jhw_plot_draw_small(brush->cairo, &plot, x, y + 3, width, ROW - 6);
}

/* What is nearly used up has a sign, not only a colour. */
static void draw_value(const struct brush *brush, const JhwMeter *meter, double right, double y)
{
	g_autofree char *value = jhw_metric_text(meter->metric);
	g_autofree char *text =
		is_full(meter->metric) ? g_strconcat("! ", value, NULL) : g_strdup(value);

	draw_text(brush, text, right, y, VALUE, 1,
		  is_full(meter->metric) ? JHW_COLOUR_CONFLICT : JHW_COLOUR_TEXT, TRUE);
}

static void draw_row(const struct brush *brush, const JhwMeter *meter, double y)
{
	double right = brush->width - MARGIN, left = MARGIN + TITLE;

	draw_text(brush, meter->title, MARGIN, y, TITLE - MARGIN, 0, JHW_COLOUR_TEXT, FALSE);
	if (brush->width >= WIDE) {
		draw_peak(brush, meter, right, y);
		right -= PEAK;
	}
	draw_value(brush, meter, right, y);
	right -= VALUE + MARGIN;
	if (right - left > 20)
		draw_lines(brush, meter, left, y, right - left);
}

static void draw_background(const struct brush *brush, guint row, double y)
{
	const JhwMetersLooks *looks = brush->looks;
	JhwColour surface = jhw_palette(JHW_COLOUR_SURFACE, looks->theme);

	if (row != looks->selected)
		return;
	jhw_shape_rounded(brush->cairo, 4, y + 1, brush->width - 8, ROW - 2, 6);
	jhw_palette_set(brush->cairo,
			jhw_palette_mix(surface, jhw_palette(JHW_COLOUR_TEXT, looks->theme), 0.08));
	cairo_fill_preserve(brush->cairo);
	if (looks->focus) {
		jhw_palette_set(brush->cairo, jhw_palette(JHW_COLOUR_SELECTION, looks->theme));
		cairo_set_line_width(brush->cairo, 2);
		cairo_stroke(brush->cairo);
	}
	cairo_new_path(brush->cairo);
}

static void draw_heading(const struct brush *brush, const JhwMeter *meter, double y)
{
	jhw_shape_rounded(brush->cairo, MARGIN, y + ROW / 2 - 5, 10, 10, 3);
	jhw_palette_set(brush->cairo, meter->colour);
	cairo_fill(brush->cairo);
	draw_text(brush, meter->title, MARGIN + 18, y, brush->width - 2 * MARGIN - 18, 0,
		  JHW_COLOUR_DIM_TEXT, TRUE);
}

void jhw_meters_draw(cairo_t *cairo, const GPtrArray *meters, double width, double top,
		     double bottom, const JhwMetersLooks *looks)
{
	struct brush brush = { cairo, pango_cairo_create_layout(cairo), looks, width };
	guint first = (guint)MAX(0, floor(top / ROW));

	pango_layout_set_font_description(brush.layout, looks->font);
	for (guint n = first; n < meters->len && n * ROW < bottom; n++) {
		const JhwMeter *meter = meters->pdata[n];

		if (meter->metric) {
			draw_background(&brush, n, n * ROW);
			draw_row(&brush, meter, n * ROW);
		} else {
			draw_heading(&brush, meter, n * ROW);
		}
	}
	g_object_unref(brush.layout);
}

void jhw_meter_draw_large(cairo_t *cairo, const JhwMeter *meter, double width, double height,
			  const JhwMetersLooks *looks)
{
	JhwPlotLine line = { .colour = meter->colour };
	const JhwPlot plot = {
		.lines = &line,
		.num_lines = 1,
		.from_ms = looks->now - looks->span_ms,
		.to_ms = looks->now,
		.gap_ms = looks->gap_ms,
		.top = meter->metric->full,
		.fill = TRUE,
		.theme = looks->theme,
		.font = looks->font,
	};

	line.points = jhw_series_points(meter->metric->series, &line.count);
	jhw_plot_draw(cairo, &plot, 0, 0, width, height);
}
