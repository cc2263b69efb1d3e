// SPDX-License-Identifier: GPL-2.0-or-later
#include "goldens.h"

#include <math.h>

#include "canvas/plot.h"
#include "canvas/shape.h"
#include "cmocka_all.h"
#include "gtk_fixture.h"
#include "model/owner.h"
#include "pages/interrupts/matrix_draw.h"
#include "pages/links/graph.h"
#include "pages/memory/draw.h"
#include "pages/partition/picture.h"
#include "pages/run/meters_rows.h"
#include "record.h"
#include "scenes.h"

#define RECORDING "recorded:" TEST_FIXTURES "/run/zcu102.jsonl"

static gboolean is(const struct golden *golden, guint looks)
{
	return (golden->looks & looks) != 0;
}

static JhwTheme theme_of(const struct golden *golden)
{
	return (is(golden, GOLDEN_DARK) ? JHW_THEME_DARK : 0) |
	       (is(golden, GOLDEN_HIGH_CONTRAST) ? JHW_THEME_CONTRAST : 0);
}

static PangoFontDescription *new_font(void)
{
	return pango_font_description_from_string("Sans 10");
}

/* --- pages ----------------------------------------------------------------------- */

/* All of RAM; or so much that RAM of a cell begins a third of the width from the left. */
static JhwScale scale_for(const JhwMemoryMap *map, JhwDocument *document,
			  const struct golden *golden)
{
	JhwScale scale = { .width = golden->width, .span = golden->span };
	JhwRef ram = { .kind = JHW_REF_NONE };

	jhw_scale_show(&scale, map->ram_start, map->ram_last);
	if (!golden->span)
		return scale;
	ram = scene_ram(document, "inmate-demo");
	scale.span = golden->span;
	scale.start =
		jhcfg_cell_memory(jhw_cell(jhw_document_workspace(document), ram.cell), ram.id)
			->phys_start;
	scale.start -= MIN(scale.start, golden->span / 3);
	return scale;
}

static void draw_memory(cairo_t *cairo, JhwDocument *document, const struct golden *golden)
{
	g_autoptr(JhwMemoryMap) map = jhw_memory_map_new(jhw_document_workspace(document));
	JhwScale scale = scale_for(map, document, golden);
	PangoFontDescription *font = new_font();
	const JhwMemoryLooks looks = {
		.theme = theme_of(golden),
		.font = font,
	};
	JhwRef selected = { .kind = JHW_REF_NONE };

	if (is(golden, GOLDEN_MARKED))
		selected = scene_ram(document, "inmate-demo");
	jhw_memory_draw(cairo, map, &scale, &looks, &selected);
	pango_font_description_free(font);
}

static void draw_interrupts(cairo_t *cairo, JhwDocument *document, const struct golden *golden)
{
	g_autoptr(JhwLines) lines = jhw_lines_new(jhw_document_workspace(document));
	g_autoptr(JhwSelection) selection = jhw_selection_new();
	gboolean marked = is(golden, GOLDEN_MARKED);
	PangoFontDescription *font = new_font();
	const JhwMatrixLooks looks = {
		.theme = theme_of(golden),
		.font = font,
		.filter = marked ? "serial" : NULL,
		.cursor = marked ? 5 : G_MAXUINT,
	};
	const JhwRef selected[] = { jhw_ref_of(JHW_REF_IRQ, 40), jhw_ref_of(JHW_REF_IRQ, 41) };

	if (marked)
		jhw_selection_set_all(selection, selected, G_N_ELEMENTS(selected));
	jhw_matrix_draw(cairo, lines, golden->width, &looks, selection);
	pango_font_description_free(font);
}

static void draw_links(cairo_t *cairo, JhwDocument *document, const struct golden *golden)
{
	const struct jhcfg_workspace *workspace = jhw_document_workspace(document);
	g_autoptr(JhwGraph) graph = jhw_graph_new(workspace, golden->width);
	g_autoptr(JhwSelection) selection = jhw_selection_new();
	gboolean marked = is(golden, GOLDEN_MARKED);
	PangoFontDescription *font = new_font();
	JhwGraphLooks looks = {
		.theme = theme_of(golden),
		.font = font,
		.from = marked ? 0 : G_MAXUINT,
	};

	if (marked) {
		const JhwGraphNode *target = graph->nodes->pdata[1];
		JhwRef link = jhw_ref_of(JHW_REF_LINK, jhcfg_workspace_link(workspace, 0)->key);

		looks.to_x = target->x;
		looks.to_y = target->y;
		jhw_selection_set(selection, &link);
	}
	jhw_graph_draw(cairo, graph, &looks, selection);
	pango_font_description_free(font);
}

static void draw_partition(cairo_t *cairo, JhwDocument *document, const struct golden *golden)
{
	PangoFontDescription *font = new_font();

	jhw_partition_draw(cairo, jhw_document_workspace(document), font, golden->width);
	pango_font_description_free(font);
}

/* --- numbers over time ----------------------------------------------------------- */

static void draw_rows(cairo_t *cairo, JhwSession *session, JhwLive *live,
		      const struct golden *golden)
{
	g_autoptr(GPtrArray) meters = g_ptr_array_new_with_free_func(jhw_meter_free);
	PangoFontDescription *font = new_font();
	const JhwMetersLooks looks = {
		.theme = theme_of(golden),
		.font = font,
		.now = jhw_metrics_now(jhw_live_metrics(live)),
		.span_ms = 60000,
		.gap_ms = jhw_live_gap(live),
		.selected = is(golden, GOLDEN_MARKED) ? 1 : G_MAXUINT,
		.focus = is(golden, GOLDEN_MARKED),
	};

	jhw_meters_collect(meters, session, live, looks.theme);
	assert_true(meters->len > 1);
	jhw_meters_draw(cairo, meters, golden->width, 0, jhw_meters_height(meters->len), &looks);
	if (is(golden, GOLDEN_MARKED)) {
		cairo_translate(cairo, 0, jhw_meters_height(meters->len));
		jhw_meter_draw_large(cairo, meters->pdata[1], golden->width, 200, &looks);
	}
	pango_font_description_free(font);
}

static void draw_meters(cairo_t *cairo, JhwDocument *document, const struct golden *golden)
{
	g_autoptr(JhwLog) log = jhw_log_new();
	g_autoptr(JhwSession) session = jhw_session_new(document, log);
	JhwTarget *target = jhw_session_target(session);
	g_autoptr(GError) error = NULL;

	if (!jhw_target_open(target, RECORDING, &error))
		fail_msg("%s", error->message);
	draw_rows(cairo, session, jhw_live_of(target), golden);
	jhw_target_close(target);
	fixture_settle(session);
}

/* Lines of each dash, with gaps, a dot alone, and values above and below. */
static void draw_plot(cairo_t *cairo, G_GNUC_UNUSED JhwDocument *document,
		      const struct golden *golden)
{
	static const JhwPoint points[][5] = {
		{ { 0, 1 }, { 1000, 3 }, { 2000, 2 }, { 9000, 8 }, { 10000, 9 } },
		{ { 0, 5 }, { 1000, NAN }, { 2000, 4 }, { 3000, NAN }, { 4000, 1 } },
		{ { 0, -7 }, { 2000, 4e9 }, { 4000, INFINITY }, { 5000, 0 }, { 6000, 1 } },
		{ { -9000, 6 }, { -1000, 7 }, { 5000, 6 }, { 6000, 6 }, { 20000, 6 } },
	};
	JhwPlotLine lines[G_N_ELEMENTS(points)];
	PangoFontDescription *font = new_font();
	JhwPlot plot = {
		.lines = lines,
		.num_lines = G_N_ELEMENTS(lines),
		.to_ms = 10000,
		.gap_ms = 5000,
		.top = 10,
		.fill = TRUE,
		.theme = theme_of(golden),
		.font = font,
	};

	for (guint n = 0; n < G_N_ELEMENTS(lines); n++)
		lines[n] = (JhwPlotLine){
			.points = points[n],
			.count = G_N_ELEMENTS(points[n]),
			.colour = jhw_palette_owner(n, plot.theme),
			.dash = n,
		};
	jhw_plot_draw(cairo, &plot, 0, 0, golden->width, 160);
	jhw_plot_draw_small(cairo, &plot, 0, 200, golden->width, 34);
	pango_font_description_free(font);
}

/* --- what they are made of ------------------------------------------------------- */

static void draw_shapes(cairo_t *cairo, G_GNUC_UNUSED JhwDocument *document,
			const struct golden *golden)
{
	JhwTheme theme = theme_of(golden);

	record_in_detail();
	for (guint n = 0; n < JHW_NUM_OWNER_COLOURS; n++) {
		JhwColour fill = jhw_palette_owner(n, theme);

		jhw_shape_rounded(cairo, 40 * n, 0, 30, 20, 4);
		jhw_palette_set(cairo, fill);
		cairo_fill(cairo);
		cairo_rectangle(cairo, 40 * n + 10, 5, 10, 10);
		jhw_palette_set(cairo, jhw_palette_text_on(fill));
		cairo_fill(cairo);
	}
	for (guint n = 0; n <= JHW_COLOUR_WARNING; n++)
		jhw_palette_hatch(cairo, 40 * n + 3, 40, 30, 20, jhw_palette(n, theme));
	/* rounder than there is room for */
	jhw_shape_rounded(cairo, 0, 80, golden->width, 10, 50);
	cairo_stroke(cairo);
}

/* --- all of them ----------------------------------------------------------------- */

/* clang-format off */
const struct golden goldens[] = {
	{ "memory-qemu",            scene_qemu,       draw_memory,     1200, 0,                    0 },
	{ "memory-qemu-dark",       scene_qemu,       draw_memory,     1200, GOLDEN_DARK,          0 },
	{ "memory-qemu-contrast",   scene_qemu,       draw_memory,     1200, GOLDEN_HIGH_CONTRAST, 0 },
	{ "memory-qemu-narrow",     scene_qemu,       draw_memory,     320,  0,                    0 },
	{ "memory-zcu102",          scene_zcu102,     draw_memory,     1200, 0,                    0 },
	{ "memory-pc",              scene_pc,         draw_memory,     1200, 0,                    0 },
	{ "memory-large",           scene_large,      draw_memory,     1200, GOLDEN_SUMMARY,       0 },
	{ "memory-empty",           scene_empty,      draw_memory,     1200, 0,                    0 },
	{ "memory-single",          scene_single,     draw_memory,     1200, 0,                    0 },
	{ "memory-wrong",           scene_wrong,      draw_memory,     1200, 0,                    0 },
	{ "memory-wrong-8M",        scene_wrong,      draw_memory,     1200, 0,                    8 << 20 },
	{ "memory-wrong-8M-dark",   scene_wrong,      draw_memory,     1200, GOLDEN_DARK,          8 << 20 },
	{ "memory-long-names",      scene_long_names, draw_memory,     600,  0,                    0 },
	{ "memory-selected-4K",     scene_qemu,       draw_memory,     1200, GOLDEN_MARKED,        4096 },
	{ "memory-selected-1M",     scene_qemu,       draw_memory,     1200, GOLDEN_MARKED,        1 << 20 },
	{ "memory-selected-1T",     scene_qemu,       draw_memory,     1200, GOLDEN_MARKED,        1ULL << 40 },

	{ "interrupts-qemu",        scene_qemu,       draw_interrupts, 720,  0,                    0 },
	{ "interrupts-qemu-marked", scene_qemu,       draw_interrupts, 720,  GOLDEN_MARKED,        0 },
	{ "interrupts-zcu102",      scene_zcu102,     draw_interrupts, 720,  0,                    0 },
	{ "interrupts-zcu102-dark", scene_zcu102,     draw_interrupts, 1200, GOLDEN_DARK,          0 },
	{ "interrupts-pc",          scene_pc,         draw_interrupts, 720,  0,                    0 },
	{ "interrupts-large",       scene_large,      draw_interrupts, 720,  GOLDEN_SUMMARY,       0 },
	{ "interrupts-empty",       scene_empty,      draw_interrupts, 720,  0,                    0 },
	{ "interrupts-single",      scene_single,     draw_interrupts, 720,  0,                    0 },
	{ "interrupts-wrong",       scene_wrong,      draw_interrupts, 720,  0,                    0 },
	{ "interrupts-contrast",    scene_wrong,      draw_interrupts, 720,  GOLDEN_DARK | GOLDEN_HIGH_CONTRAST, 0 },
	{ "interrupts-wrong-dark",  scene_wrong,      draw_interrupts, 720,  GOLDEN_DARK,          0 },

	{ "links-qemu",             scene_qemu,       draw_links,      900,  0,                    0 },
	{ "links-qemu-contrast",    scene_qemu,       draw_links,      900,  GOLDEN_HIGH_CONTRAST, 0 },
	{ "links-qemu-dark",        scene_qemu,       draw_links,      900,  GOLDEN_DARK,          0 },
	{ "links-qemu-marked",      scene_qemu,       draw_links,      900,  GOLDEN_MARKED,        0 },
	{ "links-zcu102",           scene_zcu102,     draw_links,      400,  0,                    0 },
	{ "links-pc",               scene_pc,         draw_links,      900,  0,                    0 },
	{ "links-large",            scene_large,      draw_links,      900,  GOLDEN_SUMMARY,       0 },
	{ "links-empty",            scene_empty,      draw_links,      900,  0,                    0 },
	{ "links-single",           scene_single,     draw_links,      900,  0,                    0 },
	{ "links-long-names",       scene_long_names, draw_links,      900,  0,                    0 },

	{ "partition-qemu",         scene_qemu,       draw_partition,  1200, 0,                    0 },
	{ "partition-qemu-narrow",  scene_qemu,       draw_partition,  400,  0,                    0 },
	{ "partition-zcu102",       scene_zcu102,     draw_partition,  1200, 0,                    0 },
	{ "partition-pc",           scene_pc,         draw_partition,  1200, 0,                    0 },
	{ "partition-large",        scene_large,      draw_partition,  1200, GOLDEN_SUMMARY,       0 },
	{ "partition-empty",        scene_empty,      draw_partition,  1200, 0,                    0 },
	{ "partition-single",       scene_single,     draw_partition,  1200, 0,                    0 },
	{ "partition-wrong",        scene_wrong,      draw_partition,  1200, 0,                    0 },
	{ "partition-long-names",   scene_long_names, draw_partition,  1200, 0,                    0 },

	{ "meters-zcu102",          scene_zcu102,     draw_meters,     800,  0,                    0 },
	{ "meters-zcu102-dark",     scene_zcu102,     draw_meters,     800,  GOLDEN_DARK,          0 },
	{ "meters-zcu102-narrow",   scene_zcu102,     draw_meters,     400,  0,                    0 },
	{ "meters-zcu102-marked",   scene_zcu102,     draw_meters,     800,  GOLDEN_MARKED,        0 },

	{ "plot",                   NULL,             draw_plot,       300,  0,                    0 },
	{ "plot-dark",              NULL,             draw_plot,       300,  GOLDEN_DARK,          0 },
	{ "shapes",                 NULL,             draw_shapes,     300,  0,                    0 },
	{ "shapes-dark",            NULL,             draw_shapes,     300,  GOLDEN_DARK,          0 },
	{ NULL, NULL, NULL, 0, 0, 0 },
};
/* clang-format on */
