// SPDX-License-Identifier: GPL-2.0-or-later
#include "pages/partition/picture.h"

#include <pango/pangocairo.h>

#include "canvas/palette.h"
#include "canvas/shape.h"
#include "model/names.h"
#include "model/owner.h"
#include "pages/partition/contents.h"
#include "widgets/wrap_place.h"

#define LANE_GAP     10
#define LANE_PADDING 14
#define LANE_HEAD    30
#define STRIPE	     6
#define HEADING	     20
#define CHIP_GAP     8
#define SECTION_GAP  24
#define DOT	     8

struct canvas {
	const JhwHoldings *holdings;
	cairo_t *cairo;
	const PangoFontDescription *font;
	PangoLayout *layout;
	JhwColour owner; /* of the lane */
};

typedef enum {
	PLAIN,
	BOLD,
	SMALL
} Face;

/* --- text ---------------------------------------------------------------------- */

static void set_text(const struct canvas *canvas, const char *text, Face face)
{
	PangoFontDescription *font = pango_font_description_copy(canvas->font);

	if (face == BOLD)
		pango_font_description_set_weight(font, PANGO_WEIGHT_BOLD);
	if (face == SMALL)
		pango_font_description_set_size(font,
						pango_font_description_get_size(font) * 5 / 6);
	pango_layout_set_font_description(canvas->layout, font);
	pango_layout_set_text(canvas->layout, text ? text : "", -1);
	pango_font_description_free(font);
}

static int text_width(const struct canvas *canvas, const char *text, Face face)
{
	int width = 0;

	set_text(canvas, text, face);
	pango_layout_get_pixel_size(canvas->layout, &width, NULL);
	return width;
}

/* @y: the middle of the line; returns its width. */
static int draw_text(const struct canvas *canvas, double x, double y, const char *text, Face face,
		     JhwColour colour)
{
	int width = 0, height = 0;

	set_text(canvas, text, face);
	pango_layout_get_pixel_size(canvas->layout, &width, &height);
	jhw_palette_set(canvas->cairo, colour);
	cairo_move_to(canvas->cairo, x, y - height / 2.0);
	pango_cairo_show_layout(canvas->cairo, canvas->layout);
	return width;
}

static void draw_centred(const struct canvas *canvas, double x, double y, int width,
			 const char *text, Face face, JhwColour colour)
{
	draw_text(canvas, x + (width - text_width(canvas, text, face)) / 2.0, y, text, face,
		  colour);
}

static void fill(const struct canvas *canvas, const struct wrap_item *place, double radius,
		 JhwColour colour)
{
	jhw_shape_rounded(canvas->cairo, place->x, place->y, place->given, place->height, radius);
	jhw_palette_set(canvas->cairo, colour);
	cairo_fill(canvas->cairo);
}

static void frame(const struct canvas *canvas, const struct wrap_item *place, double radius)
{
	jhw_shape_rounded(canvas->cairo, place->x + 0.5, place->y + 0.5, place->given - 1,
			  place->height - 1, radius);
	jhw_palette_set(canvas->cairo, jhw_palette(JHW_COLOUR_BORDER, FALSE));
	cairo_set_line_width(canvas->cairo, 1);
	cairo_stroke(canvas->cairo);
}

/* --- chips --------------------------------------------------------------------- */

static void measure_tile(const struct canvas *canvas, const JhwChipSpec *chip,
			 struct wrap_item *place)
{
	place->width = MAX(46, 16 + MAX(text_width(canvas, chip->title, BOLD),
					text_width(canvas, chip->subtitle, SMALL)));
	place->height = 44;
}

static void measure_small(const struct canvas *canvas, const JhwChipSpec *chip,
			  struct wrap_item *place)
{
	place->width = MAX(30, 8 + text_width(canvas, chip->title, BOLD));
	place->height = 26;
}

static void draw_small(const struct canvas *canvas, const JhwChipSpec *chip,
		       const struct wrap_item *place)
{
	fill(canvas, place, 6, canvas->owner);
	draw_centred(canvas, place->x, place->y + 13, place->given, chip->title, BOLD,
		     jhw_palette_text_on(canvas->owner));
}

static void draw_tile(const struct canvas *canvas, const JhwChipSpec *chip,
		      const struct wrap_item *place)
{
	JhwColour text = jhw_palette_text_on(canvas->owner);
	gboolean two = chip->subtitle && *chip->subtitle;

	fill(canvas, place, 8, canvas->owner);
	draw_centred(canvas, place->x, place->y + (two ? 16 : 22), place->given, chip->title, BOLD,
		     text);
	if (two)
		draw_centred(canvas, place->x, place->y + 32, place->given, chip->subtitle, SMALL,
			     text);
}

static void measure_bar(const struct canvas *canvas, const JhwChipSpec *chip,
			struct wrap_item *place)
{
	int subtitle = chip->subtitle ? text_width(canvas, chip->subtitle, SMALL) + 8 : 0;

	place->width = MAX(chip->width, 24 + text_width(canvas, chip->title, BOLD) + subtitle);
	place->height = 30;
}

static void draw_bar(const struct canvas *canvas, const JhwChipSpec *chip,
		     const struct wrap_item *place)
{
	JhwColour text = jhw_palette_text_on(canvas->owner);
	double x = place->x + 12, y = place->y + place->height / 2.0;

	fill(canvas, place, 8, canvas->owner);
	x += draw_text(canvas, x, y, chip->title, BOLD, text) + 8;
	if (chip->subtitle)
		draw_text(canvas, x, y, chip->subtitle, SMALL, text);
}

static void measure_pill(const struct canvas *canvas, const JhwChipSpec *chip,
			 struct wrap_item *place)
{
	int subtitle = chip->subtitle ? text_width(canvas, chip->subtitle, SMALL) + 6 : 0;

	place->width = 24 + DOT + 8 + text_width(canvas, chip->title, PLAIN) + subtitle;
	place->height = 28;
}

static void draw_pill(const struct canvas *canvas, const JhwChipSpec *chip,
		      const struct wrap_item *place)
{
	struct wrap_item dot = { .x = place->x + 12, .given = DOT, .height = DOT };
	double x = place->x + 12 + DOT + 8, y = place->y + place->height / 2.0;

	dot.y = place->y + (place->height - DOT) / 2;
	fill(canvas, place, 8, jhw_palette(JHW_COLOUR_SURFACE, FALSE));
	frame(canvas, place, 8);
	fill(canvas, &dot, 3, chip->shared ? jhw_palette(JHW_COLOUR_LINK, FALSE) : canvas->owner);
	x += draw_text(canvas, x, y, chip->title, PLAIN, jhw_palette(JHW_COLOUR_TEXT, FALSE)) + 6;
	if (chip->subtitle)
		draw_text(canvas, x, y, chip->subtitle, SMALL,
			  jhw_palette(JHW_COLOUR_DIM_TEXT, FALSE));
}

static const struct {
	void (*measure)(const struct canvas *canvas, const JhwChipSpec *chip,
			struct wrap_item *place);
	void (*draw)(const struct canvas *canvas, const JhwChipSpec *chip,
		     const struct wrap_item *place);
} styles[] = {
	[JHW_CHIP_TILE] = { measure_tile, draw_tile },
	[JHW_CHIP_SMALL] = { measure_small, draw_small },
	[JHW_CHIP_BAR] = { measure_bar, draw_bar },
	[JHW_CHIP_PILL] = { measure_pill, draw_pill },
};

/* --- sections ------------------------------------------------------------------ */

/* Places of the chips, below the section's heading. */
static struct wrap_item *place_chips(const struct canvas *canvas, const JhwSectionSpec *section,
				     int width, struct wrap_item *place)
{
	struct wrap_item *items = g_new0(struct wrap_item, section->chips->len);

	for (guint n = 0; n < section->chips->len; n++) {
		const JhwChipSpec *chip = section->chips->pdata[n];

		styles[chip->style].measure(canvas, chip, &items[n]);
	}
	place->width = MIN(width, MAX(text_width(canvas, section->title, BOLD),
				      wrap_natural_width(items, section->chips->len, CHIP_GAP)));
	place->height =
		HEADING + wrap_place(items, section->chips->len, place->width, CHIP_GAP, CHIP_GAP);
	return items;
}

static void draw_section(const struct canvas *canvas, const JhwSectionSpec *section,
			 struct wrap_item *chips, int left, int top)
{
	draw_text(canvas, left, top + HEADING / 2.0 - 3, section->title, BOLD,
		  jhw_palette(JHW_COLOUR_DIM_TEXT, FALSE));
	for (guint n = 0; n < section->chips->len; n++) {
		const JhwChipSpec *chip = section->chips->pdata[n];

		chips[n].x += left;
		chips[n].y += top + HEADING;
		styles[chip->style].draw(canvas, chip, &chips[n]);
	}
}

/* Returns the height that they take. */
static int draw_sections(const struct canvas *canvas, const GPtrArray *sections, int left, int top,
			 int width)
{
	g_autofree struct wrap_item *places = g_new0(struct wrap_item, sections->len);
	g_autoptr(GPtrArray) chips = g_ptr_array_new_with_free_func(g_free);
	int height;

	for (guint n = 0; n < sections->len; n++)
		g_ptr_array_add(chips, place_chips(canvas, sections->pdata[n], width, &places[n]));
	height = wrap_place(places, sections->len, width, SECTION_GAP, LANE_PADDING);
	for (guint n = 0; n < sections->len; n++)
		draw_section(canvas, sections->pdata[n], chips->pdata[n], left + places[n].x,
			     top + places[n].y);
	return height;
}

/* --- lanes --------------------------------------------------------------------- */

static void draw_head(const struct canvas *canvas, const struct jhcfg_workspace *workspace,
		      uint32_t key, int left, int middle)
{
	g_autofree char *name = jhw_cell_title(workspace, key);
	g_autofree char *summary = jhw_cell_summary(workspace, key);

	left += draw_text(canvas, left, middle, name, BOLD, jhw_palette(JHW_COLOUR_TEXT, FALSE));
	draw_text(canvas, left + 12, middle, summary, SMALL,
		  jhw_palette(JHW_COLOUR_DIM_TEXT, FALSE));
}

static int draw_lane(struct canvas *canvas, const struct jhcfg_workspace *workspace, uint32_t key,
		     int top, int width)
{
	g_autoptr(GPtrArray) sections = jhw_lane_contents(workspace, canvas->holdings, key);
	const int left = STRIPE + LANE_PADDING;
	struct wrap_item lane = { .y = top, .given = width };
	int height;

	canvas->owner = jhw_palette_owner(jhw_owner_colour(workspace, key), FALSE);
	draw_head(canvas, workspace, key, left, top + LANE_PADDING / 2 + LANE_HEAD / 2);
	height = draw_sections(canvas, sections, left, top + LANE_PADDING / 2 + LANE_HEAD,
			       width - left - LANE_PADDING);
	lane.height = height + LANE_HEAD + LANE_PADDING + LANE_PADDING / 2;
	frame(canvas, &lane, 12);
	cairo_save(canvas->cairo);
	jhw_shape_rounded(canvas->cairo, 0, top, width, lane.height, 12);
	cairo_clip(canvas->cairo);
	cairo_rectangle(canvas->cairo, 0, top, STRIPE, lane.height);
	jhw_palette_set(canvas->cairo, canvas->owner);
	cairo_fill(canvas->cairo);
	cairo_restore(canvas->cairo);
	return lane.height;
}

int jhw_partition_draw(cairo_t *cairo, const struct jhcfg_workspace *workspace,
		       const PangoFontDescription *font, int width)
{
	g_autoptr(JhwHoldings) holdings = jhw_holdings_new(workspace);
	struct canvas canvas = {
		.cairo = cairo,
		.holdings = holdings,
		.font = font,
		.layout = pango_cairo_create_layout(cairo),
	};
	uint32_t key;
	int y = 0;

	for (size_t n = 0; (key = jhcfg_workspace_cell_key(workspace, n)); n++)
		y += draw_lane(&canvas, workspace, key, y, width) + LANE_GAP;
	g_object_unref(canvas.layout);
	return MAX(y - LANE_GAP, 0);
}
