// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/picture.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <jhcfg/file.h>
#include <pango/pangocairo.h>

#include "canvas/palette.h"
#include "model/owner.h"
#include "model/text.h"
#include "pages/memory/draw.h"
#include "pages/partition/picture.h"

#define WIDTH	 1200
#define MARGIN	 24
#define HEAD	 36
#define FONT	 "Sans 10"
#define PNG_ZOOM 2 /* pixels of the file for one of the drawing */

/* --- pages ---------------------------------------------------------------------- */

static int draw_memory(cairo_t *cairo, const struct jhcfg_workspace *workspace,
		       const PangoFontDescription *font, int width)
{
	g_autoptr(JhwMemoryMap) map = jhw_memory_map_new(workspace);
	const JhwMemoryLooks looks = { .font = font };
	const JhwRef none = { .kind = JHW_REF_NONE };
	JhwScale scale = { .width = width };

	jhw_scale_show(&scale, map->ram_start, map->ram_last);
	jhw_memory_draw(cairo, map, &scale, &looks, &none);
	return jhw_memory_height(map);
}

/* clang-format off */
static const struct {
	const char *page, *title;
	int (*draw)(cairo_t *cairo, const struct jhcfg_workspace *workspace,
		    const PangoFontDescription *font, int width); /* the height */
} pages[] = {
	{ "partition", N_("Cells"),  jhw_partition_draw },
	{ "memory",    N_("Memory"), draw_memory },
};
/* clang-format on */

const char *jhw_picture_page(guint index)
{
	return index < G_N_ELEMENTS(pages) ? pages[index].page : NULL;
}

static guint find_page(const char *page)
{
	guint n = 0;

	while (n < G_N_ELEMENTS(pages) && g_strcmp0(pages[n].page, page))
		n++;
	return n;
}

gboolean jhw_picture_has_page(const char *page)
{
	return find_page(page) < G_N_ELEMENTS(pages);
}

static void draw_head(cairo_t *cairo, const struct jhcfg_workspace *workspace, const char *what,
		      const PangoFontDescription *font)
{
	const struct jhcfg_board *board = jhcfg_workspace_board(workspace);
	const struct jhcfg_cell *root = jhw_cell(workspace, JHCFG_ROOT_KEY);
	const char *title = board ? jhcfg_board_title(board) : "";
	g_autofree char *text = NULL;
	PangoFontDescription *large = pango_font_description_copy(font);
	PangoLayout *layout = pango_cairo_create_layout(cairo);

	if (!*title && root)
		title = jhcfg_cell_name(root);
	text = g_strdup_printf("%s \302\267 %s", title, what);
	pango_font_description_set_size(large, pango_font_description_get_size(font) * 14 / 10);
	pango_font_description_set_weight(large, PANGO_WEIGHT_BOLD);
	pango_layout_set_font_description(layout, large);
	pango_layout_set_text(layout, text, -1);
	jhw_palette_set(cairo, jhw_palette(JHW_COLOUR_TEXT, FALSE));
	cairo_move_to(cairo, 0, 0);
	pango_cairo_show_layout(cairo, layout);
	pango_font_description_free(large);
	g_object_unref(layout);
}

cairo_surface_t *jhw_picture_record(const struct jhcfg_workspace *workspace, const char *page,
				    int *width, int *height)
{
	guint n = find_page(page);
	PangoFontDescription *font;
	cairo_surface_t *record;
	cairo_t *cairo;

	if (n == G_N_ELEMENTS(pages))
		return NULL;
	record = cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, NULL);
	cairo = cairo_create(record);
	font = pango_font_description_from_string(FONT);
	cairo_translate(cairo, MARGIN, MARGIN);
	draw_head(cairo, workspace, jhw_said(pages[n].title), font);
	cairo_translate(cairo, 0, HEAD);
	*width = WIDTH + 2 * MARGIN;
	*height = pages[n].draw(cairo, workspace, font, WIDTH) + HEAD + 2 * MARGIN;
	pango_font_description_free(font);
	cairo_destroy(cairo);
	return record;
}

/* --- files ---------------------------------------------------------------------- */

static cairo_status_t add_bytes(void *closure, const unsigned char *data, unsigned int length)
{
	g_byte_array_append(closure, data, length);
	return CAIRO_STATUS_SUCCESS;
}

static void paint(cairo_surface_t *target, cairo_surface_t *record, double zoom)
{
	cairo_t *cairo = cairo_create(target);

	cairo_set_source_rgb(cairo, 1, 1, 1);
	cairo_paint(cairo);
	cairo_scale(cairo, zoom, zoom);
	cairo_set_source_surface(cairo, record, 0, 0);
	cairo_paint(cairo);
	cairo_destroy(cairo);
}

/* Ends @target, whatever it is written to. */
static cairo_status_t end(cairo_surface_t *target)
{
	cairo_status_t status;

	cairo_surface_finish(target);
	status = cairo_surface_status(target);
	cairo_surface_destroy(target);
	return status;
}

static cairo_status_t write_svg(cairo_surface_t *record, int width, int height, GByteArray *bytes)
{
	cairo_surface_t *target =
		cairo_svg_surface_create_for_stream(add_bytes, bytes, width, height);

	cairo_svg_surface_set_document_unit(target, CAIRO_SVG_UNIT_PX);
	paint(target, record, 1);
	return end(target);
}

static cairo_status_t write_pdf(cairo_surface_t *record, int width, int height, GByteArray *bytes)
{
	/* points, of which there are 72 in an inch; pixels are 96 */
	cairo_surface_t *target =
		cairo_pdf_surface_create_for_stream(add_bytes, bytes, width * 0.75, height * 0.75);

	paint(target, record, 0.75);
	return end(target);
}

static cairo_status_t write_png(cairo_surface_t *record, int width, int height, GByteArray *bytes)
{
	cairo_surface_t *target =
		cairo_image_surface_create(CAIRO_FORMAT_RGB24, width * PNG_ZOOM, height * PNG_ZOOM);
	cairo_status_t status;

	paint(target, record, PNG_ZOOM);
	status = cairo_surface_write_to_png_stream(target, add_bytes, bytes);
	cairo_surface_destroy(target);
	return status;
}

static const struct {
	const char *suffix;
	cairo_status_t (*write)(cairo_surface_t *record, int width, int height, GByteArray *bytes);
} formats[] = {
	{ ".svg", write_svg },
	{ ".png", write_png },
	{ ".pdf", write_pdf },
};

static gboolean store(const char *path, GByteArray *bytes, GError **error)
{
	int err = jhcfg_file_write(path, bytes->data, bytes->len);

	if (err)
		g_set_error(error, G_IO_ERROR, (gint)g_io_error_from_errno(-err),
			    _("%s cannot be written: %s"), path, g_strerror(-err));
	return !err;
}

gboolean jhw_picture_save(const struct jhcfg_workspace *workspace, const char *page,
			  const char *path, GError **error)
{
	g_autoptr(GByteArray) bytes = g_byte_array_new();
	cairo_surface_t *record;
	cairo_status_t status;
	int width, height;
	guint n = 0;

	while (n < G_N_ELEMENTS(formats) && !g_str_has_suffix(path, formats[n].suffix))
		n++;
	if (n == G_N_ELEMENTS(formats)) {
		g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_FILENAME,
			    _("%s: pictures have names that end with .svg, .png or .pdf"), path);
		return FALSE;
	}
	record = jhw_picture_record(workspace, page, &width, &height);
	if (!record) {
		g_set_error(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
			    _("there is no picture of a page \"%s\"; there are partition and "
			      "memory"),
			    page);
		return FALSE;
	}
	status = formats[n].write(record, width, height, bytes);
	cairo_surface_destroy(record);
	if (status == CAIRO_STATUS_SUCCESS)
		return store(path, bytes, error);
	g_set_error(error, G_IO_ERROR, G_IO_ERROR_FAILED, _("%s cannot be drawn: %s"), path,
		    cairo_status_to_string(status));
	return FALSE;
}
