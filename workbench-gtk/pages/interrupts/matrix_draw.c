// SPDX-License-Identifier: GPL-2.0-or-later
#include "pages/interrupts/matrix_draw.h"

#include <math.h>
#include <pango/pangocairo.h>

#include "canvas/palette.h"
#include "canvas/shape.h"
#include "model/shown.h"

#define LABELS	   52.0 /* pixels of the numbers at the left */
#define GAP	   5.0
#define SMALLEST   12.0 /* square */
#define LARGEST	   18.0
#define ROW_HEIGHT (LARGEST + GAP)
#define PALE	   0.72 /* part of the surface in what a filter leaves out */

/* --- places ------------------------------------------------------------------- */

static double square_of(int width)
{
	double room = (width - LABELS) / JHW_MATRIX_COLUMNS - GAP;

	return floor(CLAMP(room, SMALLEST, LARGEST));
}

int jhw_matrix_height(guint count)
{
	return (int)((count + JHW_MATRIX_COLUMNS - 1) / JHW_MATRIX_COLUMNS * ROW_HEIGHT + GAP);
}

int jhw_matrix_width(void)
{
	return (int)(LABELS + JHW_MATRIX_COLUMNS * (SMALLEST + GAP));
}

guint jhw_matrix_at(guint count, int width, double x, double y)
{
	double step = square_of(width) + GAP;
	guint column, row;

	if (x < LABELS || y < 0)
		return G_MAXUINT;
	column = (guint)((x - LABELS) / step);
	row = (guint)(y / ROW_HEIGHT);
	if (column >= JHW_MATRIX_COLUMNS || row > count / JHW_MATRIX_COLUMNS ||
	    row * JHW_MATRIX_COLUMNS + column >= count)
		return G_MAXUINT;
	return row * JHW_MATRIX_COLUMNS + column;
}

void jhw_matrix_place(guint index, int width, double *x, double *y, double *size)
{
	*size = square_of(width);
	*x = LABELS + index % JHW_MATRIX_COLUMNS * (*size + GAP);
	*y = GAP / 2 + index / JHW_MATRIX_COLUMNS * ROW_HEIGHT;
}

/* --- squares ------------------------------------------------------------------ */

static JhwColour colour_of(const JhwLine *line, JhwTheme theme)
{
	JhwColour surface = jhw_palette(JHW_COLOUR_SURFACE, theme);
	JhwColour text = jhw_palette(JHW_COLOUR_TEXT, theme);

	switch (line->state) {
	case JHW_LINE_LINK:
		return jhw_palette(JHW_COLOUR_LINK, theme);
	case JHW_LINE_CONFLICT:
		return surface;
	case JHW_LINE_UNUSED:
		return jhw_palette_mix(surface, text, 0.07);
	default:
		return line->owner ? jhw_palette_owner(line->colour, theme)
				   : jhw_palette_mix(surface, text, 0.25);
	}
}

/* What is wrong has a form of its own, too. */
static void draw_mark(cairo_t *cairo, const JhwLine *line, double x, double y, double size,
		      JhwTheme theme)
{
	if (line->state == JHW_LINE_CONFLICT) {
		cairo_save(cairo);
		jhw_shape_rounded(cairo, x, y, size, size, 4);
		cairo_clip(cairo);
		jhw_palette_hatch(cairo, x, y, size, size, jhw_palette(JHW_COLOUR_CONFLICT, theme));
		cairo_restore(cairo);
	} else if (line->state == JHW_LINE_ORPHAN) {
		jhw_shape_rounded(cairo, x - 1.5, y - 1.5, size + 3, size + 3, 5);
		jhw_palette_set(cairo, jhw_palette(JHW_COLOUR_WARNING, theme));
		cairo_set_line_width(cairo, 2);
		cairo_stroke(cairo);
	} else if (line->state == JHW_LINE_UNUSED && theme & JHW_THEME_CONTRAST) {
		/* its fill is hardly one */
		jhw_shape_rounded(cairo, x + 0.5, y + 0.5, size - 1, size - 1, 4);
		jhw_palette_set(cairo, jhw_palette(JHW_COLOUR_BORDER, theme));
		cairo_set_line_width(cairo, 1);
		cairo_stroke(cairo);
	}
}

static void draw_line(cairo_t *cairo, const JhwLines *lines, guint index, int width,
		      const JhwMatrixLooks *looks, JhwSelection *selection)
{
	const JhwLine *line = lines->lines->pdata[index];
	JhwRef ref = { .kind = JHW_REF_IRQ, .id = line->number };
	JhwColour colour = colour_of(line, looks->theme);
	double x, y, size;

	jhw_matrix_place(index, width, &x, &y, &size);
	if (looks->filter && !jhw_line_matches(lines, line, looks->filter))
		colour = jhw_palette_mix(colour, jhw_palette(JHW_COLOUR_SURFACE, looks->theme),
					 PALE);
	jhw_shape_rounded(cairo, x, y, size, size, 4);
	jhw_palette_set(cairo, colour);
	cairo_fill(cairo);
	draw_mark(cairo, line, x, y, size, looks->theme);
	if (!jhw_selection_has(selection, &ref) && index != looks->cursor)
		return;
	jhw_shape_rounded(cairo, x - 2, y - 2, size + 4, size + 4, 6);
	jhw_palette_set(cairo, jhw_palette(JHW_COLOUR_SELECTION, looks->theme));
	cairo_set_line_width(cairo, jhw_selection_has(selection, &ref) ? 2.5 : 1);
	cairo_stroke(cairo);
}

static void draw_labels(cairo_t *cairo, const JhwLines *lines, const JhwMatrixLooks *looks)
{
	PangoLayout *layout = pango_cairo_create_layout(cairo);

	pango_layout_set_font_description(layout, looks->font);
	jhw_palette_set(cairo, jhw_palette(JHW_COLOUR_DIM_TEXT, looks->theme));
	for (guint row = 0; row * JHW_MATRIX_COLUMNS < lines->lines->len; row++) {
		g_autofree char *text = jhw_shown_irq(row * JHW_MATRIX_COLUMNS);
		int text_width, text_height;

		pango_layout_set_text(layout, text, -1);
		pango_layout_get_pixel_size(layout, &text_width, &text_height);
		cairo_move_to(cairo, LABELS - 14 - text_width,
			      GAP / 2 + row * ROW_HEIGHT + (LARGEST - text_height) / 2.0);
		pango_cairo_show_layout(cairo, layout);
	}
	g_object_unref(layout);
}

void jhw_matrix_draw(cairo_t *cairo, const JhwLines *lines, int width, const JhwMatrixLooks *looks,
		     JhwSelection *selection)
{
	draw_labels(cairo, lines, looks);
	for (guint n = 0; n < lines->lines->len; n++)
		draw_line(cairo, lines, n, width, looks, selection);
}
