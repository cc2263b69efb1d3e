// SPDX-License-Identifier: GPL-2.0-or-later
#include "pages/memory/draw.h"

#include <jailhouse/cell-config.h>
#include <math.h>
#include <pango/pangocairo.h>

#include "canvas/palette.h"
#include "canvas/shape.h"
#include "model/names.h"
#include "model/shown.h"
#include "model/text.h"
#include "pages/memory/labels.h"

#define TITLE_HEIGHT  22
#define AXIS_HEIGHT   18
#define NOTE_HEIGHT   24 /* the reservation */
#define LEGEND_HEIGHT 28
#define ROW_GAP	      13
#define RADIUS	      4.0
#define TEXT_ROOM     26.0
#define MOST_BESIDE   12 /* names beside segments of a row */
#define MARK_PIXELS   130.0

struct canvas {
	cairo_t *cairo;
	const JhwMemoryMap *map;
	const JhwScale *scale;
	const JhwMemoryLooks *looks;
	const JhwRef *selected;
	PangoLayout *layout;
};

/* --- places ------------------------------------------------------------------- */

static gboolean has_note(const JhwMemoryMap *map)
{
	return *map->reservation != '\0';
}

static int row_height(const JhwMemoryMap *map, guint row)
{
	int height = TITLE_HEIGHT + JHW_MEMORY_BAR + ROW_GAP;

	if (row == 0)
		height += AXIS_HEIGHT + (has_note(map) ? NOTE_HEIGHT : 0);
	return height;
}

int jhw_memory_bar_y(const JhwMemoryMap *map, guint row)
{
	int y = TITLE_HEIGHT;

	for (guint n = 0; n < row; n++)
		y += row_height(map, n);
	return y;
}

int jhw_memory_height(const JhwMemoryMap *map)
{
	int height = 0;

	for (guint n = 0; n < map->rows->len; n++)
		height += row_height(map, n);
	return height + LEGEND_HEIGHT;
}

/* --- text --------------------------------------------------------------------- */

static void set_text(const struct canvas *canvas, const char *text, gboolean bold)
{
	PangoFontDescription *font = pango_font_description_copy(canvas->looks->font);

	if (bold)
		pango_font_description_set_weight(font, PANGO_WEIGHT_BOLD);
	pango_layout_set_font_description(canvas->layout, font);
	pango_font_description_free(font);
	pango_layout_set_text(canvas->layout, text, -1);
}

/* Of bold text. */
static double text_width(const struct canvas *canvas, const char *text)
{
	int width;

	set_text(canvas, text, TRUE);
	pango_layout_set_width(canvas->layout, -1);
	pango_layout_get_pixel_size(canvas->layout, &width, NULL);
	return width;
}

/* Returns how wide it is; cut to @room pixels unless that is 0. */
static double draw_text(const struct canvas *canvas, double x, double y, const char *text,
			JhwColour colour, gboolean bold, double room)
{
	int width, height;

	set_text(canvas, text, bold);
	pango_layout_set_width(canvas->layout, room > 0 ? (int)(room * PANGO_SCALE) : -1);
	pango_layout_set_ellipsize(canvas->layout,
				   room > 0 ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
	pango_layout_get_pixel_size(canvas->layout, &width, &height);
	cairo_move_to(canvas->cairo, x, y - height / 2.0);
	jhw_palette_set(canvas->cairo, colour);
	pango_cairo_show_layout(canvas->cairo, canvas->layout);
	return width;
}

static JhwColour role(const struct canvas *canvas, JhwColourRole which)
{
	return jhw_palette(which, canvas->looks->theme);
}

/* --- segments ----------------------------------------------------------------- */

/* What fills it; hatched ones are on the surface. */
static JhwColour fill_of(const struct canvas *canvas, const JhwSegment *segment)
{
	JhwColour owner = jhw_palette_owner(segment->colour, canvas->looks->theme);

	switch (segment->kind) {
	case JHW_SEGMENT_RAM:
		return owner;
	case JHW_SEGMENT_REGISTERS:
	case JHW_SEGMENT_COMM:
		return jhw_palette_mix(owner, role(canvas, JHW_COLOUR_SURFACE), 0.45);
	case JHW_SEGMENT_LINK:
	case JHW_SEGMENT_SHARED:
		return role(canvas, JHW_COLOUR_LINK);
	case JHW_SEGMENT_HYPERVISOR:
		return role(canvas, JHW_COLOUR_HYPERVISOR);
	default:
		return role(canvas, JHW_COLOUR_SURFACE);
	}
}

static void hatch(const struct canvas *canvas, const JhwSegment *segment, double x, double y,
		  double width)
{
	static const struct {
		JhwSegmentKind kind;
		JhwColourRole colour;
	} hatched[] = {
		{ JHW_SEGMENT_FREE, JHW_COLOUR_FREE },
		{ JHW_SEGMENT_FIRMWARE, JHW_COLOUR_FIRMWARE },
		{ JHW_SEGMENT_OVERLAP, JHW_COLOUR_CONFLICT },
	};

	for (guint n = 0; n < G_N_ELEMENTS(hatched); n++)
		if (hatched[n].kind == segment->kind)
			jhw_palette_hatch(canvas->cairo, x, y, width, JHW_MEMORY_BAR,
					  role(canvas, hatched[n].colour));
	if (segment->kind == JHW_SEGMENT_HYPERVISOR)
		jhw_palette_hatch(canvas->cairo, x, y, width, JHW_MEMORY_BAR,
				  jhw_palette_mix(fill_of(canvas, segment),
						  role(canvas, JHW_COLOUR_SURFACE), 0.18));
}

/* Two things that look alike are told apart by a line between them. */
static void draw_frame(const struct canvas *canvas, double x, double y, double width,
		       gboolean selected)
{
	double line = selected ? 3 : 1;

	if (!selected && width <= 3)
		return;
	jhw_palette_set(canvas->cairo,
			role(canvas, selected ? JHW_COLOUR_SELECTION : JHW_COLOUR_SURFACE));
	cairo_set_line_width(canvas->cairo, line);
	if (selected) {
		cairo_rectangle(canvas->cairo, x + line / 2, y + line / 2, width - line,
				JHW_MEMORY_BAR - line);
	} else {
		cairo_move_to(canvas->cairo, x + width - 0.5, y);
		cairo_line_to(canvas->cairo, x + width - 0.5, y + JHW_MEMORY_BAR);
	}
	cairo_stroke(canvas->cairo);
}

static void draw_label(const struct canvas *canvas, const JhwMemoryRow *row,
		       const JhwSegment *segment, double x, double y, double width)
{
	gboolean plain = segment->kind == JHW_SEGMENT_FREE ||
			 segment->kind == JHW_SEGMENT_FIRMWARE ||
			 segment->kind == JHW_SEGMENT_OVERLAP;
	g_autofree char *text = NULL;
	double left = MAX(x, 0.0) + 7;
	double room = MIN(x + width, (double)canvas->scale->width) - left - 5;
	JhwColour fill = fill_of(canvas, segment);
	int text_width, text_height;

	if (room < TEXT_ROOM)
		return;
	text = row->cell == 0 && segment->cell != 0
		       ? g_strdup_printf("%s %s", segment->owner, segment->label)
		       : g_strdup(segment->label);
	if (plain) {
		/* a plate below, since hatches make text hard to read */
		pango_layout_set_width(canvas->layout, -1);
		pango_layout_set_text(canvas->layout, text, -1);
		pango_layout_get_pixel_size(canvas->layout, &text_width, &text_height);
		jhw_palette_set(canvas->cairo, fill);
		cairo_rectangle(canvas->cairo, left - 4, y + JHW_MEMORY_BAR / 2.0 - 10,
				MIN(text_width * 1.08, room) + 8, 20);
		cairo_fill(canvas->cairo);
	}
	draw_text(canvas, left, y + JHW_MEMORY_BAR / 2.0, text,
		  plain ? role(canvas, segment->kind == JHW_SEGMENT_OVERLAP ? JHW_COLOUR_CONFLICT
									    : JHW_COLOUR_DIM_TEXT)
			: jhw_palette_text_on(fill),
		  TRUE, room);
}

static void draw_segment(const struct canvas *canvas, const JhwMemoryRow *row,
			 const JhwSegment *segment, double y)
{
	gboolean selected =
		segment->ref.kind != JHW_REF_NONE && jhw_ref_equal(&segment->ref, canvas->selected);
	double x, end, width;

	if (!jhw_memory_extent(row, canvas->scale, segment, &x, &end))
		return;
	width = end - x;
	jhw_palette_set(canvas->cairo, fill_of(canvas, segment));
	cairo_rectangle(canvas->cairo, x, y, width, JHW_MEMORY_BAR);
	cairo_fill(canvas->cairo);
	hatch(canvas, segment, x, y, width);
	draw_frame(canvas, x, y, width, selected);
	draw_label(canvas, row, segment, x, y, width);
}

/* --- rows --------------------------------------------------------------------- */

/* What has no room for its name. */
static gboolean is_narrow(const struct canvas *canvas, const JhwMemoryRow *row,
			  const JhwSegment *segment)
{
	double left, right;

	return jhw_memory_extent(row, canvas->scale, segment, &left, &right) &&
	       MIN(right, canvas->scale->width) - MAX(left, 0) < TEXT_ROOM + 12;
}

/* Names beside what is too narrow for them: most cells are small beside all of RAM. */
static void draw_labels_beside(const struct canvas *canvas, const JhwMemoryRow *row, double y)
{
	g_autoptr(GArray) labels = g_array_new(FALSE, FALSE, sizeof(JhwMemoryLabel));

	for (guint n = 0; row->cell && n < row->segments->len; n++) {
		JhwMemoryLabel label = { .segment = row->segments->pdata[n] };

		if (!is_narrow(canvas, row, label.segment))
			continue;
		if (labels->len == MOST_BESIDE)
			return; /* too many to be told apart; zoomed in there are less */
		label.width = text_width(canvas, label.segment->label);
		g_array_append_val(labels, label);
	}
	jhw_memory_place_labels(row, canvas->scale, labels);
	for (guint n = 0; n < labels->len; n++) {
		const JhwMemoryLabel *label = &g_array_index(labels, JhwMemoryLabel, n);

		draw_text(canvas, label->x, y + JHW_MEMORY_BAR / 2.0, label->segment->label,
			  role(canvas, JHW_COLOUR_TEXT), TRUE, 0);
	}
}

static void draw_bar(const struct canvas *canvas, const JhwMemoryRow *row, double y)
{
	cairo_t *cairo = canvas->cairo;

	cairo_save(cairo);
	jhw_shape_rounded(cairo, 0, y, canvas->scale->width, JHW_MEMORY_BAR, RADIUS);
	cairo_clip(cairo);
	jhw_palette_set(cairo, role(canvas, JHW_COLOUR_SURFACE));
	cairo_paint(cairo);
	for (guint n = 0; n < row->segments->len; n++)
		draw_segment(canvas, row, row->segments->pdata[n], y);
	draw_labels_beside(canvas, row, y);
	cairo_restore(cairo);
	jhw_shape_rounded(cairo, 0.5, y + 0.5, canvas->scale->width - 1, JHW_MEMORY_BAR - 1,
			  RADIUS);
	jhw_palette_set(cairo, role(canvas, JHW_COLOUR_BORDER));
	cairo_set_line_width(cairo, 1);
	cairo_stroke(cairo);
}

static void draw_axis(const struct canvas *canvas, double y)
{
	uint64_t step = jhw_scale_step(canvas->scale, MARK_PIXELS);
	uint64_t mark = (canvas->scale->start + step - 1) & ~(step - 1);

	for (guint n = 0; n < 64; n++, mark += step) {
		double x = jhw_scale_x(canvas->scale, mark);
		g_autofree char *text = jhw_shown_address(mark);

		if (x >= canvas->scale->width - 8 || mark < canvas->scale->start)
			return;
		jhw_palette_set(canvas->cairo, role(canvas, JHW_COLOUR_DIM_TEXT));
		cairo_rectangle(canvas->cairo, floor(x), y, 1, 4);
		cairo_fill(canvas->cairo);
		if (x < canvas->scale->width - MARK_PIXELS * 0.7)
			draw_text(canvas, x + 4, y + AXIS_HEIGHT / 2.0 + 1, text,
				  role(canvas, JHW_COLOUR_DIM_TEXT), FALSE, 0);
	}
}

static void draw_reservation(const struct canvas *canvas, double y)
{
	JhwColour colour =
		role(canvas, canvas->map->reserved ? JHW_COLOUR_DIM_TEXT : JHW_COLOUR_WARNING);
	g_autofree char *flat = g_strdelimit(g_strdup(canvas->map->reservation), "\n\t", ' ');
	g_autofree char *text = g_strdup_printf(
		canvas->map->reserved ? _("\342\234\223 kept from Linux by the command line: %s")
				      : _("\342\232\240 Linux is to be told: %s"),
		flat);

	draw_text(canvas, 2, y + NOTE_HEIGHT / 2.0 + 2, text, colour, FALSE,
		  canvas->scale->width - 4.0);
}

static void draw_row(const struct canvas *canvas, guint index)
{
	const JhwMemoryRow *row = canvas->map->rows->pdata[index];
	int y = jhw_memory_bar_y(canvas->map, index);
	double x = draw_text(canvas, 2, y - TITLE_HEIGHT / 2.0 - 1, row->title,
			     role(canvas, JHW_COLOUR_TEXT), TRUE, 0);

	draw_text(canvas, x + 12, y - TITLE_HEIGHT / 2.0 - 1, row->subtitle,
		  role(canvas, JHW_COLOUR_DIM_TEXT), FALSE, 0);
	draw_bar(canvas, row, y);
	if (index)
		return;
	draw_axis(canvas, y + JHW_MEMORY_BAR);
	if (has_note(canvas->map))
		draw_reservation(canvas, y + JHW_MEMORY_BAR + AXIS_HEIGHT);
}

/* What is not a cell's: colours of those are said by their rows. */
static void draw_legend(const struct canvas *canvas, double y)
{
	static const struct {
		JhwSegmentKind kind;
		const char *text;
	} entries[] = {
		{ JHW_SEGMENT_HYPERVISOR, N_("hypervisor") }, { JHW_SEGMENT_LINK, N_("link") },
		{ JHW_SEGMENT_OVERLAP, N_("overlap") },	      { JHW_SEGMENT_FREE, N_("free") },
		{ JHW_SEGMENT_FIRMWARE, N_("firmware") },
	};
	double x = 2;

	for (guint n = 0; n < G_N_ELEMENTS(entries); n++) {
		JhwSegment segment = { .kind = entries[n].kind };

		cairo_save(canvas->cairo);
		jhw_shape_rounded(canvas->cairo, x, y - 7, 14, 14, RADIUS);
		cairo_clip(canvas->cairo);
		jhw_palette_set(canvas->cairo, fill_of(canvas, &segment));
		cairo_paint(canvas->cairo);
		hatch(canvas, &segment, x, y - JHW_MEMORY_BAR / 2.0, 14);
		cairo_restore(canvas->cairo);
		jhw_shape_rounded(canvas->cairo, x + 0.5, y - 6.5, 13, 13, RADIUS);
		jhw_palette_set(canvas->cairo, role(canvas, JHW_COLOUR_BORDER));
		cairo_set_line_width(canvas->cairo, 1);
		cairo_stroke(canvas->cairo);
		x += 20 +
		     draw_text(canvas, x + 20, y, jhw_said(entries[n].text),
			       role(canvas, JHW_COLOUR_DIM_TEXT), FALSE, 0) +
		     16;
	}
}

void jhw_memory_draw(cairo_t *cairo, const JhwMemoryMap *map, const JhwScale *scale,
		     const JhwMemoryLooks *looks, const JhwRef *selected)
{
	struct canvas canvas = {
		.cairo = cairo,
		.map = map,
		.scale = scale,
		.looks = looks,
		.selected = selected,
		.layout = pango_cairo_create_layout(cairo),
	};

	for (guint n = 0; n < map->rows->len; n++)
		draw_row(&canvas, n);
	draw_legend(&canvas, jhw_memory_height(map) - LEGEND_HEIGHT / 2.0 - 4);
	g_object_unref(canvas.layout);
}
