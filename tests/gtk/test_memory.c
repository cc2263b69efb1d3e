// SPDX-License-Identifier: GPL-2.0-or-later
/* The Memory page without a display: what is drawn, where, and how it is
 * changed. */
#include "cmocka_all.h"

#include <pango/pangocairo.h>

#include "canvas/palette.h"
#include "gtk_fixture.h"
#include "model/owner.h"
#include "pages/memory/drag.h"

#define BOARD	 "arm64/qemu-arm64"
#define HV	 0x7fc00000ULL
#define CELL_RAM 0x7fa00000ULL /* of inmate-demo, 64 KiB, guest-physical 0 */

/* --- scales ------------------------------------------------------------------- */

static void test_scale_and_address_are_inverse(void **state)
{
	JhwScale scale = { .start = 0x40000000, .span = 1 << 30, .width = 1024 };

	(void)state;
	assert_true(jhw_scale_x(&scale, 0x40000000) == 0);
	assert_true(jhw_scale_x(&scale, 0x80000000) == 1024);
	for (int x = 0; x < 1024; x += 7)
		assert_true(jhw_scale_x(&scale, jhw_scale_address(&scale, x)) == x);
	/* never further than a width, whatever the address */
	assert_true(jhw_scale_x(&scale, 0) == -1024);
	assert_true(jhw_scale_x(&scale, UINT64_MAX) == 2048);
	assert_true(jhw_scale_address(&scale, -1e12) == 0);
}

static void test_scale_zoom_keeps_what_is_below_the_pointer(void **state)
{
	(void)state;
	for (uint64_t span = 1; span && span < 1ULL << 50; span *= 4)
		for (int x = 0; x <= 1000; x += 250) {
			JhwScale scale = { .start = 1ULL << 41, .span = 1 << 30, .width = 1000 };
			uint64_t fixed = jhw_scale_address(&scale, x);

			jhw_scale_zoom(&scale, span, x);
			assert_in_range(scale.span, JHW_SCALE_MIN, JHW_SCALE_MAX);
			assert_true(jhw_scale_x(&scale, fixed) >= x - 1.5);
			assert_true(jhw_scale_x(&scale, fixed) <= x + 1.5);
		}
}

static void test_scale_stays_in_64_bits(void **state)
{
	JhwScale scale = { .start = 0, .span = 1ULL << 40, .width = 100 };

	(void)state;
	jhw_scale_pan(&scale, -1000);
	assert_true(scale.start == 0);
	for (int n = 0; n < 40; n++)
		jhw_scale_pan(&scale, 1e9);
	assert_true(scale.start + (scale.span - 1) == UINT64_MAX);
	jhw_scale_show(&scale, 0, UINT64_MAX);
	assert_true(scale.start == 0 && scale.span == JHW_SCALE_MAX);
	jhw_scale_show(&scale, 0x1000, 0x1fff);
	assert_in_range(scale.span, 0x1000, 0x1200);
}

static void test_scale_snaps_to_what_can_be_aimed_at(void **state)
{
	JhwScale scale = { .span = 1 << 20, .width = 1024 };

	(void)state;
	assert_true(jhw_scale_snap(&scale) == 65536);
	scale.span = 1 << 18;
	assert_true(jhw_scale_snap(&scale) == 4096);
	scale.span = 1ULL << 40;
	assert_true(jhw_scale_snap(&scale) == 2 << 20);
	assert_true(jhw_scale_round(0x1800, 0x1000) == 0x2000);
	assert_true(jhw_scale_round(0x17ff, 0x1000) == 0x1000);
	assert_true(jhw_scale_round(UINT64_MAX, 0x1000) == 0xfffffffffffff000);
}

/* --- the map ------------------------------------------------------------------ */

static const JhwMemoryRow *row_of(const JhwMemoryMap *map, uint32_t cell)
{
	guint n = 0;

	while (((JhwMemoryRow *)map->rows->pdata[n])->cell != cell)
		assert_true(++n < map->rows->len);
	return map->rows->pdata[n];
}

static JhwSegmentKind kind_at(const JhwMemoryMap *map, uint32_t cell, uint64_t address)
{
	const JhwSegment *segment = jhw_memory_row_at(row_of(map, cell), address);

	assert_non_null(segment);
	return segment->kind;
}

static void check_rows(const JhwMemoryMap *map)
{
	for (guint n = 0; n < map->rows->len; n++) {
		const JhwMemoryRow *row = map->rows->pdata[n];

		for (guint m = 0; m < row->segments->len; m++) {
			const JhwSegment *segment = row->segments->pdata[m];
			const JhwSegment *before = m ? row->segments->pdata[m - 1] : NULL;

			assert_true(segment->start <= segment->last);
			assert_true(!before || before->last < segment->start);
			assert_true(*segment->label && *segment->owner);
		}
	}
}

static void test_map_says_who_has_what(void **state)
{
	g_autoptr(JhwDocument) document = fixture_board(BOARD);
	g_autoptr(JhwMemoryMap) map = jhw_memory_map_new(jhw_document_workspace(document));
	uint32_t cell = fixture_cell(document, "inmate-demo");
	const JhwSegment *segment;

	(void)state;
	check_rows(map);
	assert_int_equal(kind_at(map, 0, HV), JHW_SEGMENT_HYPERVISOR);
	assert_int_equal(kind_at(map, 0, 0x40000000), JHW_SEGMENT_RAM);
	segment = jhw_memory_row_at(row_of(map, 0), CELL_RAM);
	assert_int_equal(segment->cell, cell);
	assert_true(jhw_segment_size(segment) == 0x10000);
	/* the cell's own addresses, drawn below the physical ones */
	assert_int_equal(kind_at(map, cell, 0), JHW_SEGMENT_RAM);
	assert_true(row_of(map, cell)->shift == CELL_RAM);
	assert_int_equal(kind_at(map, cell, 0x80000000), JHW_SEGMENT_COMM);
	assert_null(jhw_memory_row_at(row_of(map, cell), 0x40000000));
	assert_true(map->ram_start == 0x40000000 && map->ram_last == 0x7fffffff);
	assert_true(map->reserved);
	assert_string_equal(map->reservation, "mem=768M");
}

static void test_map_shows_links_on_both_sides(void **state)
{
	g_autoptr(JhwDocument) document = fixture_board(BOARD);
	const struct jhcfg_workspace *workspace = jhw_document_workspace(document);
	const struct jhcfg_link *link = jhcfg_workspace_link(workspace, 0);
	g_autoptr(JhwMemoryMap) map = jhw_memory_map_new(workspace);

	(void)state;
	assert_int_equal(kind_at(map, 0, link->base), JHW_SEGMENT_LINK);
	for (unsigned int id = 0; id < link->num_peers; id++)
		if (link->peers[id])
			assert_int_equal(kind_at(map, link->peers[id], link->base),
					 JHW_SEGMENT_LINK);
}

static void place_ok(JhwDocument *document, JhwRef ref, uint64_t start, uint64_t size)
{
	g_autoptr(GError) error = NULL;

	if (!jhw_region_place(document, &ref, JHW_ADDRESS_PHYSICAL, start, size, &error))
		fail_msg("%s", error->message);
}

static JhwRef ram_of(JhwDocument *document, const char *cell)
{
	return (JhwRef){ JHW_REF_REGION, fixture_cell(document, cell), 0 };
}

static size_t ram_index(JhwDocument *document, uint32_t key)
{
	const struct jhcfg_cell *cell = jhw_cell(jhw_document_workspace(document), key);
	size_t n = 0;

	while (!jhw_region_is_ram(jhcfg_cell_memory(cell, n)))
		n++;
	return n;
}

static const struct jhcfg_memory *memory_of(JhwDocument *document, const JhwRef *ref)
{
	return jhcfg_cell_memory(jhw_cell(jhw_document_workspace(document), ref->cell), ref->id);
}

static void test_map_shows_overlaps_of_those_who_run_together(void **state)
{
	g_autoptr(JhwDocument) document = fixture_board(BOARD);
	JhwRef ref = ram_of(document, "inmate-demo");
	g_autoptr(JhwMemoryMap) map = NULL;
	const JhwSegment *segment;

	(void)state;
	ref.id = ram_index(document, ref.cell);
	place_ok(document, ref, HV, 0x10000);
	map = jhw_memory_map_new(jhw_document_workspace(document));
	segment = jhw_memory_row_at(row_of(map, 0), HV);
	assert_int_equal(segment->kind, JHW_SEGMENT_OVERLAP);
	assert_non_null(strstr(segment->owner, "inmate-demo"));
	assert_non_null(strstr(segment->owner, "hypervisor"));
	assert_int_equal(kind_at(map, 0, HV + 0x10000), JHW_SEGMENT_HYPERVISOR);
	check_rows(map);
}

/* --- changes ------------------------------------------------------------------ */

static void test_edits_can_be_undone(void **state)
{
	g_autoptr(JhwDocument) document = fixture_board(BOARD);
	g_autofree char *before = fixture_text(document), *after = NULL;
	JhwRef ref = ram_of(document, "inmate-demo");
	gboolean grown;

	(void)state;
	ref.id = ram_index(document, ref.cell);
	place_ok(document, ref, 0x7fa10000, 0x10000);
	assert_true(memory_of(document, &ref)->phys_start == 0x7fa10000);
	assert_true(memory_of(document, &ref)->virt_start == 0);
	assert_true(jhw_region_split(document, &ref, 0x4000, NULL));
	assert_true(memory_of(document, &ref)->size == 0x4000);
	assert_true(jhw_region_can_merge(jhw_document_workspace(document), &ref));
	assert_true(jhw_region_merge(document, &ref, NULL));
	assert_true(memory_of(document, &ref)->size == 0x10000);
	assert_true(jhw_region_fit(document, &ref, 100, &grown, NULL) && !grown);
	assert_true(jhw_region_fit(document, &ref, 0x10001, &grown, NULL) && grown);
	assert_true(memory_of(document, &ref)->size == 0x11000);
	assert_true(jhw_region_cut_start(document, &ref, JHW_ADDRESS_PHYSICAL, 0x7fa11000, NULL));
	assert_true(memory_of(document, &ref)->virt_start == 0x1000);
	assert_true(jhw_region_remove(document, &ref, NULL));
	while (jhw_document_undo_name(document))
		jhw_document_undo(document);
	after = fixture_text(document);
	assert_string_equal(before, after);
}

static void refused(JhwDocument *document, const JhwRef *ref, uint64_t start, uint64_t size,
		    const char *why)
{
	g_autofree char *before = fixture_text(document), *after = NULL;
	g_autoptr(GError) error = NULL;

	assert_false(jhw_region_place(document, ref, JHW_ADDRESS_PHYSICAL, start, size, &error));
	assert_non_null(strstr(error->message, why));
	after = fixture_text(document);
	assert_string_equal(before, after);
}

static void test_wrong_edits_are_refused_and_change_nothing(void **state)
{
	g_autoptr(JhwDocument) document = fixture_board(BOARD);
	JhwRef ref = ram_of(document, "inmate-demo"), link = { .kind = JHW_REF_NONE };
	g_autoptr(GError) error = NULL;
	gboolean grown;

	(void)state;
	ref.id = ram_index(document, ref.cell);
	refused(document, &ref, 0x7fa00010, 0x10000, "multiples of 4 KiB");
	refused(document, &ref, CELL_RAM, 0, "at least one page");
	refused(document, &ref, 0xfffffffffffff000, 0x10000, "last address");
	assert_false(jhw_region_fit(document, &ref, 1ULL << 40, &grown, &error));
	assert_non_null(strstr(error->message, "somebody else"));
	/* What a link adds is changed at the link. */
	link = (JhwRef){ JHW_REF_REGION, fixture_cell(document, "ivshmem-demo"), 0 };
	link.id = jhcfg_cell_num_memory(jhw_cell(jhw_document_workspace(document), link.cell)) - 1;
	refused(document, &link, CELL_RAM, 0x1000, "belongs to a link");
}

/* --- dragging ----------------------------------------------------------------- */

struct drawn {
	JhwDocument *document;
	JhwMemoryMap *map;
	JhwScale scale;
};

/* 1 KiB for each pixel, from 1 MiB before the cell's RAM. */
static struct drawn draw_cell(void)
{
	struct drawn drawn = { .document = fixture_board(BOARD) };

	drawn.map = jhw_memory_map_new(jhw_document_workspace(drawn.document));
	drawn.scale = (JhwScale){ .start = CELL_RAM - (1 << 20), .span = 2 << 20, .width = 2048 };
	return drawn;
}

static void free_drawn(struct drawn *drawn)
{
	jhw_memory_map_free(drawn->map);
	g_object_unref(drawn->document);
}

static JhwMemoryHit hit(const struct drawn *drawn, uint64_t address)
{
	return jhw_memory_hit(drawn->map, &drawn->scale, jhw_scale_x(&drawn->scale, address),
			      jhw_memory_bar_y(drawn->map, 0) + 3);
}

static void drag(struct drawn *drawn, uint64_t from, double dx)
{
	JhwMemoryHit start = hit(drawn, from);
	g_autoptr(JhwMemoryDrag) drag = jhw_memory_drag_new(drawn->document, drawn->map, &start);
	g_autoptr(JhwMemoryMap) preview = NULL;
	g_autofree char *before = fixture_text(drawn->document), *after = NULL, *text = NULL;
	g_autoptr(GError) error = NULL;

	assert_non_null(drag);
	preview = jhw_memory_drag_preview(drag, &drawn->scale, dx, &text, &error);
	if (!preview)
		fail_msg("%s", error ? error->message : "no preview");
	after = fixture_text(drawn->document);
	assert_string_equal(before, after); /* looking at it changes nothing */
	assert_true(jhw_memory_drag_finish(drag, &drawn->scale, dx, &error));
}

static void drag_refused(struct drawn *drawn, uint64_t from, double dx)
{
	JhwMemoryHit start = hit(drawn, from);
	g_autoptr(JhwMemoryDrag) drag = jhw_memory_drag_new(drawn->document, drawn->map, &start);
	g_autoptr(GError) error = NULL, again = NULL;
	g_autofree char *text = NULL;

	assert_null(jhw_memory_drag_preview(drag, &drawn->scale, dx, &text, &error));
	assert_non_null(error);
	assert_false(jhw_memory_drag_finish(drag, &drawn->scale, dx, &again));
	assert_null(jhw_document_undo_name(drawn->document));
}

static void test_drag_moves_and_resizes_in_pages(void **state)
{
	struct drawn drawn = draw_cell();
	JhwRef ref = ram_of(drawn.document, "inmate-demo");

	(void)state;
	ref.id = ram_index(drawn.document, ref.cell);
	assert_int_equal(hit(&drawn, CELL_RAM).part, JHW_PART_START);
	assert_int_equal(hit(&drawn, CELL_RAM + 0x8000).part, JHW_PART_INSIDE);
	assert_int_equal(hit(&drawn, CELL_RAM + 0xfff0).part, JHW_PART_END);
	/* snaps to 64 KiB: 4 KiB are 4 pixels only */
	drag(&drawn, CELL_RAM + 0x8000, 70);
	assert_true(memory_of(drawn.document, &ref)->phys_start == CELL_RAM + 0x10000);
	jhw_document_undo(drawn.document);
	drag(&drawn, CELL_RAM + 0xfff0, 66);
	assert_true(memory_of(drawn.document, &ref)->size == 0x20000);
	jhw_document_undo(drawn.document);
	drag(&drawn, CELL_RAM, 100);
	assert_true(memory_of(drawn.document, &ref)->size == 0x1000);
	assert_true(memory_of(drawn.document, &ref)->phys_start == CELL_RAM + 0xf000);
	assert_true(memory_of(drawn.document, &ref)->virt_start == 0xf000);
	jhw_document_undo(drawn.document);
	drag_refused(&drawn, CELL_RAM, -100); /* nothing is below guest-physical 0 */
	assert_null(jhw_document_undo_name(drawn.document));
	/* a little, and back: nothing to undo */
	drag(&drawn, CELL_RAM + 0x8000, 3);
	assert_null(jhw_document_undo_name(drawn.document));
	free_drawn(&drawn);
}

static void test_drag_of_what_is_not_ones_own_is_none(void **state)
{
	struct drawn drawn = draw_cell();
	JhwMemoryHit hypervisor = hit(&drawn, CELL_RAM + 0x400000);
	const struct jhcfg_link *link =
		jhcfg_workspace_link(jhw_document_workspace(drawn.document), 0);
	JhwMemoryHit of_link = hit(&drawn, link->base + 0x1000);

	(void)state;
	assert_int_equal(of_link.segment->kind, JHW_SEGMENT_LINK);
	assert_null(jhw_memory_drag_new(drawn.document, drawn.map, &of_link));
	assert_null(jhw_memory_drag_new(drawn.document, drawn.map, &hypervisor));
	free_drawn(&drawn);
}

/* --- drawing ------------------------------------------------------------------ */

static gboolean is_colour(const unsigned char *pixel, JhwColour colour)
{
	return abs(pixel[2] - (int)(colour.red * 255)) <= 2 &&
	       abs(pixel[1] - (int)(colour.green * 255)) <= 2 &&
	       abs(pixel[0] - (int)(colour.blue * 255)) <= 2;
}

static void test_drawing_has_owners_where_they_are(void **state)
{
	struct drawn drawn = draw_cell();
	int height = jhw_memory_height(drawn.map);
	uint32_t cell = fixture_cell(drawn.document, "inmate-demo");
	guint colour = jhw_owner_colour(jhw_document_workspace(drawn.document), cell);
	JhwRef none = { .kind = JHW_REF_NONE };

	(void)state;
	for (int dark = 0; dark <= 1; dark++) {
		PangoFontDescription *font = pango_font_description_from_string("Sans 10");
		JhwMemoryLooks looks = { .theme = dark, .font = font };
		cairo_surface_t *surface =
			cairo_image_surface_create(CAIRO_FORMAT_RGB24, drawn.scale.width, height);
		cairo_t *cairo = cairo_create(surface);
		const unsigned char *pixel;

		jhw_memory_draw(cairo, drawn.map, &drawn.scale, &looks, &none);
		cairo_surface_flush(surface);
		pixel = cairo_image_surface_get_data(surface) +
			(jhw_memory_bar_y(drawn.map, 0) + 2) *
				cairo_image_surface_get_stride(surface) +
			4 * (int)jhw_scale_x(&drawn.scale, CELL_RAM + 0x8000);
		assert_true(is_colour(pixel, jhw_palette_owner(colour, dark)));
		cairo_destroy(cairo);
		cairo_surface_destroy(surface);
		pango_font_description_free(font);
	}
	free_drawn(&drawn);
}

static void test_colours_are_legible(void **state)
{
	(void)state;
	for (JhwTheme theme = 0; theme <= (JHW_THEME_DARK | JHW_THEME_CONTRAST); theme++) {
		JhwColour surface = jhw_palette(JHW_COLOUR_SURFACE, theme);
		gboolean high = (theme & JHW_THEME_CONTRAST) != 0;

		for (guint owner = 0; owner < JHW_NUM_OWNER_COLOURS; owner++) {
			JhwColour fill = jhw_palette_owner(owner, theme);

			assert_true(jhw_palette_contrast(jhw_palette_text_on(fill), fill) >= 4.5);
			assert_true(jhw_palette_contrast(fill, surface) >= 3);
		}
		for (JhwColourRole role = JHW_COLOUR_LINK; role <= JHW_COLOUR_WARNING; role++)
			assert_true(!high ||
				    jhw_palette_contrast(jhw_palette(role, theme), surface) >= 4.5);
		assert_true(jhw_palette_contrast(jhw_palette(JHW_COLOUR_TEXT, theme), surface) >=
			    7);
		assert_true(jhw_palette_contrast(jhw_palette(JHW_COLOUR_DIM_TEXT, theme),
						 surface) >= (high ? 7 : 4.5));
		assert_true(jhw_palette_contrast(jhw_palette(JHW_COLOUR_CONFLICT, theme),
						 surface) >= 3);
		assert_true(!high || jhw_palette_contrast(jhw_palette(JHW_COLOUR_BORDER, theme),
							  surface) >= 7);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_scale_and_address_are_inverse),
		cmocka_unit_test(test_scale_zoom_keeps_what_is_below_the_pointer),
		cmocka_unit_test(test_scale_stays_in_64_bits),
		cmocka_unit_test(test_scale_snaps_to_what_can_be_aimed_at),
		cmocka_unit_test(test_map_says_who_has_what),
		cmocka_unit_test(test_map_shows_links_on_both_sides),
		cmocka_unit_test(test_map_shows_overlaps_of_those_who_run_together),
		cmocka_unit_test(test_edits_can_be_undone),
		cmocka_unit_test(test_wrong_edits_are_refused_and_change_nothing),
		cmocka_unit_test(test_drag_moves_and_resizes_in_pages),
		cmocka_unit_test(test_drag_of_what_is_not_ones_own_is_none),
		cmocka_unit_test(test_drawing_has_owners_where_they_are),
		cmocka_unit_test(test_colours_are_legible),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
