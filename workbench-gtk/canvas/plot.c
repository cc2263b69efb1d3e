// SPDX-License-Identifier: GPL-2.0-or-later
#include "canvas/plot.h"

#include <inttypes.h>
#include <math.h>
#include <pango/pangocairo.h>

#include "model/text.h"

#define LEFT	   44.0 /* pixels of the values at the axis */
#define BELOW	   20.0 /* and of the times */
#define NUM_LEVELS 4	/* lines of the grid above 0 */

/* --- values ------------------------------------------------------------------- */

double jhw_plot_round_up(double value)
{
	double power;

	if (!(value > 1))
		return 1;
	power = pow(10, floor(log10(value)));
	for (guint n = 0; n < 3; n++) {
		static const double steps[] = { 1, 2, 5 };

		if (value <= steps[n] * power * (1 + 1e-9))
			return steps[n] * power;
	}
	return 10 * power;
}

double jhw_plot_top(const JhwPlot *plot)
{
	double largest = 0;

	if (plot->top > 0)
		return plot->top;
	for (guint n = 0; n < plot->num_lines; n++) {
		const JhwPlotLine *line = &plot->lines[n];

		for (guint m = line->count; m-- && line->points[m].ms >= plot->from_ms;)
			if (line->points[m].value > largest && isfinite(line->points[m].value))
				largest = line->points[m].value;
	}
	return jhw_plot_round_up(largest);
}

char *jhw_plot_number(double value)
{
	static const char units[] = " kMGTPE";
	guint unit = 0;
	int digits;

	if (isnan(value))
		return g_strdup("\342\200\224");
	while (fabs(value) >= 999.5 && unit < sizeof(units) - 2) {
		value /= 1000;
		unit++;
	}
	if (!unit && value == floor(value))
		return g_strdup_printf("%.0f", value);
	/* three digits say all that can be seen */
	digits = fabs(value) >= 99.95 ? 0 : unit || fabs(value) >= 1 ? 1 : 2;
	return g_strdup_printf("%.*f%s%.1s", digits, value, unit ? "\342\200\211" : "",
			       unit ? &units[unit] : "");
}

/* --- lines -------------------------------------------------------------------- */

struct frame {
	double x, y, width, height, top;
};

static double place_x(const JhwPlot *plot, const struct frame *frame, gint64 ms)
{
	double span = (double)MAX(plot->to_ms - plot->from_ms, 1);

	return frame->x + (double)(ms - plot->from_ms) / span * frame->width;
}

static double place_y(const struct frame *frame, double value)
{
	return frame->y + frame->height * (1 - CLAMP(value / frame->top, 0, 1));
}

static gboolean is_gap(const JhwPlot *plot, const JhwPoint *before, const JhwPoint *point)
{
	return isnan(point->value) || !before || isnan(before->value) ||
	       (plot->gap_ms && point->ms - before->ms > plot->gap_ms);
}

/* The first point that is seen, or from which the line comes in. */
static guint first_seen(const JhwPlot *plot, const JhwPlotLine *line)
{
	guint low = 0, high = line->count;

	while (low < high) {
		guint middle = (low + high) / 2;

		if (line->points[middle].ms < plot->from_ms)
			low = middle + 1;
		else
			high = middle;
	}
	return low ? low - 1 : 0;
}

/* Points from @first on that follow each other without a gap; the end of them. */
static guint piece_end(const JhwPlot *plot, const JhwPlotLine *line, guint first)
{
	guint end = first + 1;

	while (end < line->count && line->points[end - 1].ms <= plot->to_ms &&
	       !is_gap(plot, &line->points[end - 1], &line->points[end]))
		end++;
	return end;
}

static void trace_piece(cairo_t *cairo, const JhwPlot *plot, const JhwPlotLine *line,
			const struct frame *frame, guint first, guint end)
{
	double last = -G_MAXDOUBLE;

	cairo_new_path(cairo);
	for (guint n = first; n < end; n++) {
		double x = place_x(plot, frame, line->points[n].ms);

		/* what is nearer than that is not seen, but for its height */
		if (x - last < 0.5 && n + 1 < end && n > first &&
		    line->points[n].value == line->points[n - 1].value)
			continue;
		cairo_line_to(cairo, x, place_y(frame, line->points[n].value));
		last = x;
	}
}

/* One alone, between gaps. */
static void draw_dot(cairo_t *cairo, const JhwPlot *plot, const JhwPoint *point,
		     const struct frame *frame)
{
	cairo_arc(cairo, place_x(plot, frame, point->ms), place_y(frame, point->value), 1.5, 0,
		  2 * G_PI);
	cairo_fill(cairo);
}

static void fill_piece(cairo_t *cairo, const JhwPlot *plot, const JhwPlotLine *line,
		       const struct frame *frame, guint first, guint end)
{
	trace_piece(cairo, plot, line, frame, first, end);
	cairo_line_to(cairo, place_x(plot, frame, line->points[end - 1].ms),
		      frame->y + frame->height);
	cairo_line_to(cairo, place_x(plot, frame, line->points[first].ms),
		      frame->y + frame->height);
	cairo_close_path(cairo);
	cairo_set_source_rgba(cairo, line->colour.red, line->colour.green, line->colour.blue, 0.14);
	cairo_fill(cairo);
}

static void set_dash(cairo_t *cairo, guint dash)
{
	static const double dashes[][4] = {
		{ 0 }, { 6, 3 }, { 2, 2 }, { 8, 3, 2, 3 }, { 10, 4 }, { 1, 3 },
	};
	static const int counts[] = { 0, 2, 2, 4, 2, 2 };
	guint index = dash % G_N_ELEMENTS(counts);

	cairo_set_dash(cairo, dashes[index], counts[index], 0);
}

static void draw_line(cairo_t *cairo, const JhwPlot *plot, const JhwPlotLine *line,
		      const struct frame *frame, gboolean fill)
{
	guint n = first_seen(plot, line);

	while (n < line->count && line->points[n].ms <= plot->to_ms) {
		guint end = piece_end(plot, line, n);

		if (!isnan(line->points[n].value)) {
			if (fill && end > n + 1)
				fill_piece(cairo, plot, line, frame, n, end);
			jhw_palette_set(cairo, line->colour);
			if (end == n + 1) {
				draw_dot(cairo, plot, &line->points[n], frame);
			} else {
				trace_piece(cairo, plot, line, frame, n, end);
				cairo_stroke(cairo);
			}
		}
		n = end;
	}
}

static void draw_lines(cairo_t *cairo, const JhwPlot *plot, const struct frame *frame)
{
	cairo_save(cairo);
	/* the thickness of a line may stand out above and below, not at the sides */
	cairo_rectangle(cairo, frame->x, frame->y - 2, frame->width, frame->height + 4);
	cairo_clip(cairo);
	cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
	cairo_set_line_width(cairo, 1.5);
	/* the first one is on top */
	for (guint n = plot->num_lines; n--;) {
		set_dash(cairo, plot->lines[n].dash);
		draw_line(cairo, plot, &plot->lines[n], frame, plot->fill && !n);
	}
	cairo_restore(cairo);
}

void jhw_plot_draw_small(cairo_t *cairo, const JhwPlot *plot, double x, double y, double width,
			 double height)
{
	const struct frame frame = { x, y + 2, width, height - 4, jhw_plot_top(plot) };

	if (width <= 0 || height <= 4)
		return;
	draw_lines(cairo, plot, &frame);
}

/* --- axes --------------------------------------------------------------------- */

struct texts {
	cairo_t *cairo;
	PangoLayout *layout;
};

/* @align: 0: it begins at x, 1: it ends there */
static void draw_text(const struct texts *texts, const char *text, double x, double y, double align)
{
	int width, height;

	pango_layout_set_text(texts->layout, text, -1);
	pango_layout_get_pixel_size(texts->layout, &width, &height);
	cairo_move_to(texts->cairo, x - width * align, y - height / 2.0);
	pango_cairo_show_layout(texts->cairo, texts->layout);
}

static void draw_levels(const struct texts *texts, const JhwPlot *plot, const struct frame *frame)
{
	/* 0 to 1 has no levels that are whole numbers, but loads have */
	for (guint n = 0; n <= NUM_LEVELS; n++) {
		double value = frame->top * n / NUM_LEVELS;
		double y = floor(place_y(frame, value)) + 0.5;
		g_autofree char *text = plot->text ? plot->text(value) : jhw_plot_number(value);

		jhw_palette_set(texts->cairo, jhw_palette(JHW_COLOUR_BORDER, plot->theme));
		cairo_move_to(texts->cairo, frame->x, y);
		cairo_line_to(texts->cairo, frame->x + frame->width, y);
		cairo_stroke(texts->cairo);
		if (n % 2)
			continue;
		jhw_palette_set(texts->cairo, jhw_palette(JHW_COLOUR_DIM_TEXT, plot->theme));
		draw_text(texts, text, frame->x - 6, y, 1);
	}
}

static char *time_text(gint64 back_ms)
{
	gint64 seconds = (back_ms + 500) / 1000;

	if (!seconds)
		return g_strdup(_("now"));
	if (seconds % 60 == 0)
		return g_strdup_printf(_("%" PRIi64 " min ago"), (int64_t)(seconds / 60));
	return g_strdup_printf(_("%" PRIi64 " s ago"), (int64_t)seconds);
}

static void draw_times(const struct texts *texts, const JhwPlot *plot, const struct frame *frame)
{
	gint64 span = plot->to_ms - plot->from_ms;
	double y = frame->y + frame->height + BELOW / 2 + 2;

	jhw_palette_set(texts->cairo, jhw_palette(JHW_COLOUR_DIM_TEXT, plot->theme));
	for (gint64 n = 0; n <= 2; n++) {
		g_autofree char *text = time_text(span * (2 - n) / 2);

		draw_text(texts, text, frame->x + frame->width * (double)n / 2, y, (double)n / 2);
	}
}

void jhw_plot_draw(cairo_t *cairo, const JhwPlot *plot, double x, double y, double width,
		   double height)
{
	const struct frame frame = { x + LEFT, y + 8, width - LEFT - 2, height - BELOW - 8,
				     jhw_plot_top(plot) };
	struct texts texts = { cairo, NULL };

	if (frame.width <= 0 || frame.height <= 0)
		return;
	texts.layout = pango_cairo_create_layout(cairo);
	pango_layout_set_font_description(texts.layout, plot->font);
	cairo_save(cairo);
	cairo_set_line_width(cairo, 1);
	draw_levels(&texts, plot, &frame);
	draw_times(&texts, plot, &frame);
	cairo_restore(cairo);
	draw_lines(cairo, plot, &frame);
	g_object_unref(texts.layout);
}

const JhwPoint *jhw_plot_point_at(const JhwPlot *plot, const JhwPlotLine *line, double x,
				  double width)
{
	const struct frame frame = { LEFT, 0, width - LEFT - 2, 1, 1 };
	const JhwPoint *nearest = NULL;
	double distance = 12; /* pixels */

	for (guint n = first_seen(plot, line); n < line->count; n++) {
		double away = fabs(place_x(plot, &frame, line->points[n].ms) - x);

		if (away < distance) {
			distance = away;
			nearest = &line->points[n];
		}
	}
	return nearest && !isnan(nearest->value) ? nearest : NULL;
}
