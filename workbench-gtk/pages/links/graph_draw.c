// SPDX-License-Identifier: GPL-2.0-or-later
#include <math.h>
#include <pango/pangocairo.h>
#include <string.h>

#include "canvas/palette.h"
#include "canvas/shape.h"
#include "pages/links/graph.h"

#define RADIUS 10.0
#define BAR    6.0 /* the owner's colour, at the left of a node */

struct canvas {
	cairo_t *cairo;
	const JhwGraph *graph;
	const JhwGraphLooks *looks;
	JhwSelection *selection;
	PangoLayout *layout;
};

static JhwColour role(const struct canvas *canvas, JhwColourRole which)
{
	return jhw_palette(which, canvas->looks->theme);
}

static void set_text(const struct canvas *canvas, const char *text, gboolean bold, double room,
		     int *width, int *height)
{
	PangoFontDescription *font = pango_font_description_copy(canvas->looks->font);

	if (bold)
		pango_font_description_set_weight(font, PANGO_WEIGHT_BOLD);
	pango_layout_set_font_description(canvas->layout, font);
	pango_font_description_free(font);
	pango_layout_set_ellipsize(canvas->layout, PANGO_ELLIPSIZE_END);
	pango_layout_set_width(canvas->layout, room > 0 ? (int)(room * PANGO_SCALE) : -1);
	pango_layout_set_text(canvas->layout, text, -1);
	pango_layout_get_pixel_size(canvas->layout, width, height);
}

/* --- links -------------------------------------------------------------------- */

static gboolean is_selected(const struct canvas *canvas, JhwRef ref)
{
	return jhw_selection_has(canvas->selection, &ref);
}

static void draw_lines(const struct canvas *canvas, const JhwGraphEdge *edge)
{
	gboolean selected = is_selected(canvas, jhw_ref_of(JHW_REF_LINK, edge->key));
	double left, right, top;

	jhw_graph_edge_extent(edge, &left, &right);
	jhw_palette_set(canvas->cairo, role(canvas, JHW_COLOUR_LINK));
	cairo_set_line_width(canvas->cairo, selected ? 4 : 2);
	cairo_move_to(canvas->cairo, left, edge->y);
	cairo_line_to(canvas->cairo, right, edge->y);
	for (guint n = 0; n < edge->drops->len; n++) {
		const JhwGraphNode *node =
			canvas->graph->nodes->pdata[g_array_index(edge->ends, guint, n)];

		top = node->y + canvas->graph->node_height / 2.0;
		cairo_move_to(canvas->cairo, g_array_index(edge->drops, double, n), top);
		cairo_line_to(canvas->cairo, g_array_index(edge->drops, double, n), edge->y);
	}
	cairo_stroke(canvas->cairo);
	for (guint n = 0; n < edge->drops->len; n++) {
		cairo_arc(canvas->cairo, g_array_index(edge->drops, double, n), edge->y,
			  selected ? 5.5 : 4.5, 0, 2 * G_PI);
		cairo_fill(canvas->cairo);
	}
}

/* On the line if there is room, else at its right. */
static void draw_edge_label(const struct canvas *canvas, const JhwGraphEdge *edge)
{
	gboolean selected = is_selected(canvas, jhw_ref_of(JHW_REF_LINK, edge->key));
	JhwColour fill = role(canvas, JHW_COLOUR_LINK);
	double left, right, x;
	int width, height;

	set_text(canvas, edge->label, TRUE, 0, &width, &height);
	jhw_graph_edge_extent(edge, &left, &right);
	x = right - left > width + 60 ? (left + right - width) / 2 : right + 22;
	x = MIN(x, canvas->graph->width - width - 14.0);
	jhw_shape_rounded(canvas->cairo, x - 10, edge->y - 12, width + 20, 24, 12);
	jhw_palette_set(canvas->cairo, fill);
	cairo_fill_preserve(canvas->cairo);
	jhw_palette_set(canvas->cairo,
			role(canvas, selected ? JHW_COLOUR_SELECTION : JHW_COLOUR_SURFACE));
	cairo_set_line_width(canvas->cairo, selected ? 3 : 2);
	cairo_stroke(canvas->cairo);
	cairo_move_to(canvas->cairo, x, edge->y - height / 2.0);
	jhw_palette_set(canvas->cairo, jhw_palette_text_on(fill));
	pango_cairo_show_layout(canvas->cairo, canvas->layout);
}

static void draw_new_link(const struct canvas *canvas)
{
	const double dashes[] = { 6, 5 };
	const JhwGraphNode *from;

	if (canvas->looks->from >= canvas->graph->nodes->len)
		return;
	from = canvas->graph->nodes->pdata[canvas->looks->from];
	cairo_save(canvas->cairo);
	cairo_set_dash(canvas->cairo, dashes, 2, 0);
	cairo_move_to(canvas->cairo, from->x, from->y);
	cairo_line_to(canvas->cairo, canvas->looks->to_x, canvas->looks->to_y);
	jhw_palette_set(canvas->cairo, role(canvas, JHW_COLOUR_SELECTION));
	cairo_set_line_width(canvas->cairo, 2);
	cairo_stroke(canvas->cairo);
	cairo_restore(canvas->cairo);
}

/* --- cells -------------------------------------------------------------------- */

static void draw_node_box(const struct canvas *canvas, const JhwGraphNode *node, double x, double y,
			  gboolean marked)
{
	cairo_t *cairo = canvas->cairo;

	cairo_save(cairo);
	jhw_shape_rounded(cairo, x, y, canvas->graph->node_width, canvas->graph->node_height,
			  RADIUS);
	cairo_clip(cairo);
	jhw_palette_set(cairo, role(canvas, JHW_COLOUR_SURFACE));
	cairo_paint(cairo);
	cairo_rectangle(cairo, x, y, BAR, canvas->graph->node_height);
	jhw_palette_set(cairo, jhw_palette_owner(node->colour, canvas->looks->theme));
	cairo_fill(cairo);
	cairo_restore(cairo);
	jhw_shape_rounded(cairo, x + 0.5, y + 0.5, canvas->graph->node_width - 1,
			  canvas->graph->node_height - 1, RADIUS);
	jhw_palette_set(cairo, role(canvas, marked ? JHW_COLOUR_SELECTION : JHW_COLOUR_BORDER));
	cairo_set_line_width(cairo, marked ? 2.5 : 1);
	cairo_stroke(cairo);
}

static void draw_node(const struct canvas *canvas, guint index)
{
	const JhwGraphNode *node = canvas->graph->nodes->pdata[index];
	double x = round(node->x - canvas->graph->node_width / 2);
	double y = round(node->y - canvas->graph->node_height / 2.0);
	gboolean target =
		canvas->looks->from != G_MAXUINT && canvas->looks->from != index &&
		jhw_graph_node_at(canvas->graph, canvas->looks->to_x, canvas->looks->to_y) == index;
	/* the name is on one line, what is below it perhaps on two */
	double middle = canvas->graph->node_height * (strchr(node->detail, '\n') ? 0.38 : 0.5);
	int width, height;

	draw_node_box(canvas, node, x, y, target || is_selected(canvas, jhw_ref_cell(node->cell)));
	set_text(canvas, node->title, TRUE, canvas->graph->node_width - BAR - 14, &width, &height);
	/* names of cells often differ at their ends */
	pango_layout_set_ellipsize(canvas->layout, PANGO_ELLIPSIZE_MIDDLE);
	cairo_move_to(canvas->cairo, x + BAR + 8, y + middle - height - 1);
	jhw_palette_set(canvas->cairo, role(canvas, JHW_COLOUR_TEXT));
	pango_cairo_show_layout(canvas->cairo, canvas->layout);
	set_text(canvas, node->detail, FALSE, canvas->graph->node_width - BAR - 14, &width,
		 &height);
	cairo_move_to(canvas->cairo, x + BAR + 8, y + middle + 2);
	jhw_palette_set(canvas->cairo, role(canvas, JHW_COLOUR_DIM_TEXT));
	pango_cairo_show_layout(canvas->cairo, canvas->layout);
}

void jhw_graph_draw(cairo_t *cairo, const JhwGraph *graph, const JhwGraphLooks *looks,
		    JhwSelection *selection)
{
	struct canvas canvas = {
		.cairo = cairo,
		.graph = graph,
		.looks = looks,
		.selection = selection,
		.layout = pango_cairo_create_layout(cairo),
	};

	for (guint n = 0; n < graph->edges->len; n++)
		draw_lines(&canvas, graph->edges->pdata[n]);
	draw_new_link(&canvas);
	for (guint n = 0; n < graph->nodes->len; n++)
		draw_node(&canvas, n);
	for (guint n = 0; n < graph->edges->len; n++)
		draw_edge_label(&canvas, graph->edges->pdata[n]);
	g_object_unref(canvas.layout);
}
