// SPDX-License-Identifier: GPL-2.0-or-later
#include "record.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

#include "cmocka_all.h"
#include "record_private.h"

#define LONGEST 12 /* points of a line that are written down */

struct line {
	char *text;
	char *kind; /* what and colour: "fill #ffffff" */
	struct box box;
};

const struct box empty_box = { G_MAXDOUBLE, G_MAXDOUBLE, -G_MAXDOUBLE, -G_MAXDOUBLE };

/* From record_begin() to the end; tests have one thread. */
static struct {
	GPtrArray *lines; /* struct line; NULL: nothing is written down */
	GPtrArray *path;  /* texts of its elements */
	struct box box;	  /* of the path */
	int depth;	  /* of cairo_save() */
	int inside;	  /* of shapes that are elements themselves */
	gboolean detail, fonts;
} record;

/* --- numbers, colours, boxes ----------------------------------------------------- */

void add_number(GString *text, double value)
{
	double rounded = floor(value * 100 + 0.5 + 1e-6) / 100;
	char digits[G_ASCII_DTOSTR_BUF_SIZE];
	gsize length;

	/* no "-0" */
	g_ascii_formatd(digits, sizeof(digits), "%.2f", rounded == 0 ? 0 : rounded);
	length = strlen(digits);
	while (digits[length - 1] == '0')
		digits[--length] = '\0';
	if (digits[length - 1] == '.')
		digits[--length] = '\0';
	g_string_append(text, digits);
}

char *with_numbers(const char *format, ...)
{
	GString *text = g_string_new(NULL);
	va_list values;

	va_start(values, format);
	for (; *format; format++)
		if (*format == '#')
			add_number(text, va_arg(values, double));
		else
			g_string_append_c(text, *format);
	va_end(values);
	return g_string_free(text, FALSE);
}

char *colour_text(double red, double green, double blue, double alpha)
{
	GString *text = g_string_new(NULL);

	g_string_append_printf(text, "#%02x%02x%02x", (guint)(red * 255 + 0.5),
			       (guint)(green * 255 + 0.5), (guint)(blue * 255 + 0.5));
	if (alpha < 1) {
		g_string_append_c(text, '/');
		add_number(text, alpha);
	}
	return g_string_free(text, FALSE);
}

char *colour_of(cairo_t *cairo)
{
	double red, green, blue, alpha;

	if (cairo_pattern_get_rgba(cairo_get_source(cairo), &red, &green, &blue, &alpha))
		fail_msg("something is drawn with a pattern: record_calls.c must learn it");
	return colour_text(red, green, blue, alpha);
}

void box_add(struct box *box, double x, double y)
{
	box->left = MIN(box->left, x);
	box->right = MAX(box->right, x);
	box->top = MIN(box->top, y);
	box->bottom = MAX(box->bottom, y);
}

static void box_join(struct box *box, const struct box *other)
{
	if (other->left > other->right)
		return;
	box_add(box, other->left, other->top);
	box_add(box, other->right, other->bottom);
}

/* --- lines ----------------------------------------------------------------------- */

gboolean record_is_on(void)
{
	return record.lines && !record.inside;
}

gboolean record_has_fonts(void)
{
	return record.fonts;
}

gboolean record_enter(void)
{
	record.inside += !record.detail;
	return !record.detail;
}

void record_leave(void)
{
	record.inside--;
}

void record_indent(int by)
{
	record.depth += by;
	assert_true(record.depth >= 0);
}

static void free_line(gpointer data)
{
	struct line *line = data;

	g_free(line->text);
	g_free(line->kind);
	g_free(line);
}

void record_line(const char *what, const char *colour, const struct box *box, char *rest)
{
	struct line *line = g_new0(struct line, 1);

	line->kind = colour ? g_strconcat(what, " ", colour, NULL) : g_strdup(what);
	line->text = g_strdup_printf("%*s%s %s", 2 * record.depth, "", line->kind, rest);
	g_strchomp(line->text);
	line->box = *box;
	g_ptr_array_add(record.lines, line);
	g_free(rest);
}

/* --- paths ----------------------------------------------------------------------- */

void path_clear(void)
{
	g_ptr_array_set_size(record.path, 0);
	record.box = empty_box;
}

void path_add(char *text, const struct box *box)
{
	g_ptr_array_add(record.path, text);
	box_join(&record.box, box);
}

void path_forget_place(void)
{
	guint count = record.path->len;

	if (count && g_str_has_prefix(record.path->pdata[count - 1], "from "))
		g_ptr_array_set_size(record.path, (int)count - 1);
	if (!record.path->len)
		path_clear();
}

/* Number of points that a line goes on to from there. */
static guint points_from(guint first)
{
	guint end = first;

	while (end < record.path->len && g_str_has_prefix(record.path->pdata[end], "to "))
		end++;
	return end - first;
}

/* Of a long line the first points, a checksum of the others, and the last one. */
static void add_long(GString *text, guint first, guint count)
{
	g_autoptr(GString) others = g_string_new(NULL);
	const guint shown = LONGEST / 2;

	for (guint n = 0; n < shown; n++)
		g_string_append_printf(text, "%s ", (char *)record.path->pdata[first + n]);
	for (guint n = shown; n + 1 < count; n++)
		g_string_append(others, record.path->pdata[first + n]);
	g_string_append_printf(text, "(%u more, %08x) %s ", count - shown - 1,
			       g_str_hash(others->str),
			       (char *)record.path->pdata[first + count - 1]);
}

static char *path_text(void)
{
	GString *text = g_string_new(NULL);

	for (guint n = 0; n < record.path->len;) {
		guint count = points_from(n);

		if (count > LONGEST) {
			add_long(text, n, count);
			n += count;
		} else {
			g_string_append_printf(text, "%s ", (char *)record.path->pdata[n++]);
		}
	}
	return g_string_free(text, FALSE);
}

char *path_end(cairo_t *cairo, struct box *box)
{
	struct box real = empty_box;
	double x[2], y[2];

	cairo_path_extents(cairo, &x[0], &y[0], &x[1], &y[1]);
	for (guint n = 0; n < 2; n++) {
		cairo_user_to_device(cairo, &x[n], &y[n]);
		box_add(&real, x[n], y[n]);
	}
	*box = record.box;
	/* nothing is at 0, 0 */
	if ((real.left < real.right || real.top < real.bottom) &&
	    (real.left < box->left - 1 || real.right > box->right + 1 || real.top < box->top - 1 ||
	     real.bottom > box->bottom + 1))
		fail_msg("a path has parts that are not written down: record_calls.c must learn "
			 "them");
	return path_text();
}

/* --- begin and end --------------------------------------------------------------- */

cairo_t *record_begin(void)
{
	cairo_surface_t *surface = cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, NULL);
	cairo_t *cairo = cairo_create(surface);

	cairo_surface_destroy(surface);
	assert_null(record.lines);
	record.lines = g_ptr_array_new_with_free_func(free_line);
	record.path = g_ptr_array_new_with_free_func(g_free);
	record.depth = record.inside = 0;
	record.detail = record.fonts = FALSE;
	record.box = empty_box;
	return cairo;
}

void record_in_detail(void)
{
	record.detail = TRUE;
}

void record_with_fonts(void)
{
	record.fonts = TRUE;
}

static void end(cairo_t *cairo)
{
	assert_string_equal(cairo_status_to_string(cairo_status(cairo)),
			    cairo_status_to_string(CAIRO_STATUS_SUCCESS));
	assert_int_equal(record.depth, 0);
	cairo_destroy(cairo);
	g_clear_pointer(&record.lines, g_ptr_array_unref);
	g_clear_pointer(&record.path, g_ptr_array_unref);
}

char *record_end(cairo_t *cairo)
{
	GString *text = g_string_new(NULL);

	for (guint n = 0; n < record.lines->len; n++)
		g_string_append_printf(text, "%s\n", ((struct line *)record.lines->pdata[n])->text);
	end(cairo);
	return g_string_free(text, FALSE);
}

struct kind {
	const char *name;
	guint count, hash;
	struct box box;
};

static struct kind *find_kind(GArray *kinds, const char *name)
{
	struct kind new = { .name = name, .box = empty_box };
	guint n = 0;

	while (n < kinds->len && !g_str_equal(g_array_index(kinds, struct kind, n).name, name))
		n++;
	if (n == kinds->len)
		g_array_append_val(kinds, new);
	return &g_array_index(kinds, struct kind, n);
}

char *record_end_summary(cairo_t *cairo)
{
	g_autoptr(GArray) kinds = g_array_new(FALSE, TRUE, sizeof(struct kind));
	GString *text = g_string_new(NULL);

	for (guint n = 0; n < record.lines->len; n++) {
		const struct line *line = record.lines->pdata[n];
		struct kind *kind = find_kind(kinds, line->kind);

		kind->count++;
		kind->hash = kind->hash * 31 + g_str_hash(line->text);
		box_join(&kind->box, &line->box);
	}
	for (guint n = 0; n < kinds->len; n++) {
		const struct kind *kind = &g_array_index(kinds, struct kind, n);
		g_autofree char *where =
			kind->box.left > kind->box.right
				? g_strdup("everywhere")
				: with_numbers("#,# to #,#", kind->box.left, kind->box.top,
					       kind->box.right, kind->box.bottom);

		g_string_append_printf(text, "%s: %u, %s, %08x\n", kind->name, kind->count, where,
				       kind->hash);
	}
	end(cairo);
	return g_string_free(text, FALSE);
}

gboolean record_save(cairo_t *cairo, const char *path, double grey)
{
	cairo_surface_t *drawn = cairo_surface_reference(cairo_get_target(cairo)), *image;
	double x, y, width, height;
	gboolean saved;

	end(cairo);
	cairo_recording_surface_ink_extents(drawn, &x, &y, &width, &height);
	image = cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)(width + 20),
					   (int)(height + 20));
	cairo = cairo_create(image);
	cairo_set_source_rgb(cairo, grey, grey, grey);
	cairo_paint(cairo);
	cairo_set_source_surface(cairo, drawn, 10 - x, 10 - y);
	cairo_paint(cairo);
	cairo_destroy(cairo);
	saved = cairo_surface_write_to_png(image, path) == CAIRO_STATUS_SUCCESS;
	cairo_surface_destroy(image);
	cairo_surface_destroy(drawn);
	return saved;
}
