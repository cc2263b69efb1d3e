// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What our drawing functions call, with a line in the record for it. The linker
 * leads calls of NAME to __wrap_NAME, and __real_NAME to what they meant; who
 * draws with something that is not here adds it here and to meson.build.
 */
#include <math.h>
#include <pango/pangocairo.h>

#include "canvas/palette.h"
#include "cmocka_all.h"
#include "record_private.h"

#define LETTER	    0.7 /* width of any letter, of the size of its font */
#define BOLD_LETTER 0.77
#define LINE	    1.6 /* height of a line, the same */

#define WRAPPED(type, name, ...)                                                                   \
	type __real_##name(__VA_ARGS__);                                                           \
	type __wrap_##name(__VA_ARGS__);                                                           \
	type __wrap_##name(__VA_ARGS__)

/* --- state ----------------------------------------------------------------------- */

WRAPPED(void, cairo_save, cairo_t *cairo)
{
	__real_cairo_save(cairo);
	if (record_is_on())
		record_indent(1);
}

WRAPPED(void, cairo_restore, cairo_t *cairo)
{
	__real_cairo_restore(cairo);
	if (record_is_on())
		record_indent(-1);
}

/* --- paths ----------------------------------------------------------------------- */

WRAPPED(void, cairo_new_path, cairo_t *cairo)
{
	__real_cairo_new_path(cairo);
	if (record_is_on())
		path_clear();
}

/* Places are those of the page, whatever was translated. */
static void add_point(cairo_t *cairo, const char *format, double x, double y)
{
	struct box box = empty_box;

	if (!record_is_on())
		return;
	cairo_user_to_device(cairo, &x, &y);
	box_add(&box, x, y);
	path_add(with_numbers(format, x, y), &box);
}

static struct box box_of(cairo_t *cairo, double x, double y, double width, double height)
{
	struct box box = empty_box;

	cairo_user_to_device(cairo, &x, &y);
	box_add(&box, x, y);
	box_add(&box, x + width, y + height);
	return box;
}

WRAPPED(void, cairo_move_to, cairo_t *cairo, double x, double y)
{
	__real_cairo_move_to(cairo, x, y);
	add_point(cairo, "from #,#", x, y);
}

WRAPPED(void, cairo_line_to, cairo_t *cairo, double x, double y)
{
	__real_cairo_line_to(cairo, x, y);
	add_point(cairo, "to #,#", x, y);
}

WRAPPED(void, cairo_close_path, cairo_t *cairo)
{
	__real_cairo_close_path(cairo);
	if (record_is_on())
		path_add(g_strdup("closed"), &empty_box);
}

WRAPPED(void, cairo_rectangle, cairo_t *cairo, double x, double y, double width, double height)
{
	struct box box = box_of(cairo, x, y, width, height);

	__real_cairo_rectangle(cairo, x, y, width, height);
	if (record_is_on())
		path_add(with_numbers("#,# #x#", box.left, box.top, width, height), &box);
}

WRAPPED(void, cairo_arc, cairo_t *cairo, double x, double y, double radius, double from, double to)
{
	struct box box = box_of(cairo, x - radius, y - radius, 2 * radius, 2 * radius);

	__real_cairo_arc(cairo, x, y, radius, from, to);
	if (!record_is_on())
		return;
	cairo_user_to_device(cairo, &x, &y);
	if (to - from > 2 * G_PI - 1e-6)
		path_add(with_numbers("circle #,# radius #", x, y, radius), &box);
	else
		path_add(with_numbers("arc #,# radius # from # to # degrees", x, y, radius,
				      from * 180 / G_PI, to * 180 / G_PI),
			 &box);
}

/* --- what paths are for ---------------------------------------------------------- */

static void add_fill(cairo_t *cairo)
{
	g_autofree char *colour = NULL;
	struct box box;
	char *path;

	if (!record_is_on())
		return;
	colour = colour_of(cairo);
	path = path_end(cairo, &box);
	record_line("fill", colour, &box, path);
}

static void add_stroke(cairo_t *cairo)
{
	g_autofree char *colour = NULL, *path = NULL;
	g_autofree double *dashes = g_new0(double, cairo_get_dash_count(cairo) + 1);
	GString *rest;
	struct box box;

	if (!record_is_on())
		return;
	colour = colour_of(cairo);
	path = path_end(cairo, &box);
	rest = g_string_new(NULL);
	add_number(rest, cairo_get_line_width(cairo));
	g_string_append(rest, " wide");
	cairo_get_dash(cairo, dashes, NULL);
	for (int n = 0; n < cairo_get_dash_count(cairo); n++) {
		g_string_append(rest, n ? "," : " dashed ");
		add_number(rest, dashes[n]);
	}
	g_string_append_printf(rest, " %s", path);
	record_line("stroke", colour, &box, g_string_free(rest, FALSE));
}

WRAPPED(void, cairo_fill, cairo_t *cairo)
{
	add_fill(cairo);
	__real_cairo_fill(cairo);
	if (record_is_on())
		path_clear();
}

WRAPPED(void, cairo_fill_preserve, cairo_t *cairo)
{
	add_fill(cairo);
	__real_cairo_fill_preserve(cairo);
}

WRAPPED(void, cairo_stroke, cairo_t *cairo)
{
	add_stroke(cairo);
	__real_cairo_stroke(cairo);
	if (record_is_on())
		path_clear();
}

WRAPPED(void, cairo_stroke_preserve, cairo_t *cairo)
{
	add_stroke(cairo);
	__real_cairo_stroke_preserve(cairo);
}

WRAPPED(void, cairo_clip, cairo_t *cairo)
{
	if (record_is_on()) {
		struct box box;
		char *path = path_end(cairo, &box);

		record_line("clip", NULL, &box, path);
		path_clear();
	}
	__real_cairo_clip(cairo);
}

WRAPPED(void, cairo_paint, cairo_t *cairo)
{
	if (record_is_on()) {
		g_autofree char *colour = colour_of(cairo);

		record_line("paint", colour, &empty_box, g_strdup(""));
	}
	__real_cairo_paint(cairo);
}

/* --- shapes of ours -------------------------------------------------------------- */

WRAPPED(void, jhw_shape_rounded, cairo_t *cairo, double x, double y, double width, double height,
	double radius)
{
	struct box box = box_of(cairo, x, y, width, height);
	gboolean whole = record_is_on() && record_enter();

	__real_jhw_shape_rounded(cairo, x, y, width, height, radius);
	if (!whole)
		return;
	record_leave();
	path_clear();
	path_add(with_numbers("#,# #x# round #", box.left, box.top, width, height, radius), &box);
}

WRAPPED(void, jhw_palette_hatch, cairo_t *cairo, double x, double y, double width, double height,
	JhwColour colour)
{
	g_autofree char *name = colour_text(colour.red, colour.green, colour.blue, 1);
	struct box box = box_of(cairo, x, y, width, height);
	gboolean whole = record_is_on() && record_enter();

	__real_jhw_palette_hatch(cairo, x, y, width, height, colour);
	if (!whole)
		return;
	record_leave();
	path_clear();
	record_line("hatch", name, &box, with_numbers("#,# #x#", box.left, box.top, width, height));
}

/* --- texts ----------------------------------------------------------------------- */

/* As if all letters were of one width: sizes do not depend on what fonts there are. */
static void measure(PangoLayout *layout, double *width, double *height)
{
	const PangoFontDescription *font = pango_layout_get_font_description(layout);
	double size = font ? pango_font_description_get_size(font) / (double)PANGO_SCALE : 10;
	gboolean bold = font && pango_font_description_get_weight(font) >= PANGO_WEIGHT_SEMIBOLD;

	*width = ceil((double)g_utf8_strlen(pango_layout_get_text(layout), -1) * size *
		      (bold ? BOLD_LETTER : LETTER));
	*height = ceil(size * LINE);
}

WRAPPED(void, pango_layout_get_pixel_size, PangoLayout *layout, int *width, int *height)
{
	int room = pango_layout_get_width(layout);
	double wide, high;

	if (!record_is_on() || record_has_fonts()) {
		__real_pango_layout_get_pixel_size(layout, width, height);
		return;
	}
	measure(layout, &wide, &high);
	if (width)
		*width = (int)(room < 0 ? wide : MIN(wide, room / (double)PANGO_SCALE));
	if (height)
		*height = (int)high;
}

/* What there is beside its words: font, attributes, room. */
static char *text_looks(PangoLayout *layout, double width)
{
	const PangoFontDescription *font = pango_layout_get_font_description(layout);
	PangoAttrList *attributes = pango_layout_get_attributes(layout);
	g_autofree char *name = font ? pango_font_description_to_string(font) : NULL;
	g_autofree char *more = attributes ? pango_attr_list_to_string(attributes) : NULL;
	double room = pango_layout_get_width(layout) / (double)PANGO_SCALE;
	GString *text = g_string_new(name ? name : "no font");

	if (more && *more)
		g_string_append_printf(text, " [%s]", g_strdelimit(more, "\n", ';'));
	if (room > 0) {
		g_string_append(text, width > room ? ", cut to " : ", in ");
		add_number(text, room);
		if (pango_layout_get_alignment(layout) == PANGO_ALIGN_RIGHT)
			g_string_append(text, " at the right");
	}
	return g_string_free(text, FALSE);
}

WRAPPED(void, pango_cairo_show_layout, cairo_t *cairo, PangoLayout *layout)
{
	g_autofree char *looks = NULL, *colour = NULL, *where = NULL;
	int room = pango_layout_get_width(layout);
	double x, y, width, height;
	struct box box;

	if (!record_is_on() || record_has_fonts()) {
		__real_pango_cairo_show_layout(cairo, layout);
		return;
	}
	cairo_get_current_point(cairo, &x, &y);
	measure(layout, &width, &height);
	box = box_of(cairo, x, y, room < 0 ? width : MIN(width, room / (double)PANGO_SCALE),
		     height);
	colour = colour_of(cairo);
	where = with_numbers("#,#", box.left, box.top);
	looks = text_looks(layout, width);
	record_line("text", colour, &box,
		    g_strdup_printf("%s \"%s\" %s", where, pango_layout_get_text(layout), looks));
	path_forget_place();
}
