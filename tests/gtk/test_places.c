// SPDX-License-Identifier: GPL-2.0-or-later
/* Where things are, and what leads there, without a display: names beside what is too
 * small for them, cuts where somebody points, chips, what a problem is about. */
#include "cmocka_all.h"

#include <string.h>

#include "gtk_fixture.h"
#include "model/owner.h"
#include "model/pci.h"
#include "model/problem_place.h"
#include "pages/links/graph.h"
#include "pages/memory/labels.h"
#include "pages/memory/split.h"
#include "pages/partition/contents.h"

#define BOARD "arm64/zynqmp-zcu102"

/* --- names beside segments ------------------------------------------------------- */

static void add_segment(JhwMemoryRow *row, uint64_t start, uint64_t size)
{
	JhwSegment *segment = g_new0(JhwSegment, 1);

	segment->start = start;
	segment->last = start + size - 1;
	g_ptr_array_add(row->segments, segment);
}

static GArray *labels_of(const JhwMemoryRow *row, double width)
{
	GArray *labels = g_array_new(FALSE, FALSE, sizeof(JhwMemoryLabel));

	for (guint n = 0; n < row->segments->len; n++) {
		JhwMemoryLabel label = { .segment = row->segments->pdata[n], .width = width };

		g_array_append_val(labels, label);
	}
	return labels;
}

static void check_label(const JhwMemoryRow *row, const JhwScale *scale, const GArray *labels,
			guint index)
{
	const JhwMemoryLabel *label = &g_array_index(labels, JhwMemoryLabel, index);
	double left, right;

	assert_true(label->x >= 0 && label->x + label->width <= scale->width);
	for (guint n = 0; n < row->segments->len; n++) {
		assert_true(jhw_memory_extent(row, scale, row->segments->pdata[n], &left, &right));
		assert_true(label->x >= right || label->x + label->width <= left);
	}
	for (guint n = 0; n < index; n++) {
		const JhwMemoryLabel *other = &g_array_index(labels, JhwMemoryLabel, n);

		assert_true(label->x >= other->x + other->width ||
			    label->x + label->width <= other->x);
	}
}

static void test_names_beside_segments_lie_upon_nothing(void **state)
{
	const JhwScale scale = { .span = 1 << 20, .width = 1024 };
	g_autoptr(GRand) rand = g_rand_new_with_seed(1);
	guint placed = 0;

	(void)state;
	for (guint run = 0; run < 200; run++) {
		JhwMemoryRow row = { .segments = g_ptr_array_new_with_free_func(g_free) };
		g_autoptr(GArray) labels = NULL;

		for (uint64_t at = (uint64_t)g_rand_int_range(rand, 0, 1 << 18); at < 1 << 20;
		     at += (uint64_t)g_rand_int_range(rand, 2048, 1 << 18))
			add_segment(&row, at, 2048);
		labels = labels_of(&row, 80);
		jhw_memory_place_labels(&row, &scale, labels);
		for (guint n = 0; n < labels->len; n++)
			check_label(&row, &scale, labels, n);
		placed += labels->len;
		g_ptr_array_unref(row.segments);
	}
	assert_true(placed > 400);
}

static void test_a_name_goes_to_the_side_that_has_room(void **state)
{
	const JhwScale scale = { .span = 1 << 20, .width = 1024 };
	JhwMemoryRow row = { .segments = g_ptr_array_new_with_free_func(g_free) };
	g_autoptr(GArray) labels = NULL;
	const JhwMemoryLabel *label;

	(void)state;
	add_segment(&row, 0, 1024);
	add_segment(&row, (1 << 20) - 1024, 1024);
	labels = labels_of(&row, 80);
	jhw_memory_place_labels(&row, &scale, labels);
	assert_int_equal(labels->len, 2);
	label = &g_array_index(labels, JhwMemoryLabel, 0);
	assert_true(label->x > 0 && label->x < 20);
	label = &g_array_index(labels, JhwMemoryLabel, 1);
	assert_true(label->x < 1023 - 80 && label->x > 900);
	g_ptr_array_unref(row.segments);
}

/* --- cuts ------------------------------------------------------------------------ */

static void test_a_cut_is_where_somebody_points(void **state)
{
	const struct jhcfg_memory memory = {
		.phys_start = 0x40000000,
		.virt_start = 0,
		.size = 0x800000,
	};

	(void)state;
	assert_true(jhw_region_cut_at(&memory, JHW_ADDRESS_PHYSICAL, 0x40312345, 2 << 20) ==
		    0x400000);
	assert_true(jhw_region_cut_at(&memory, JHW_ADDRESS_GUEST, 0x312345, 65536) == 0x310000);
	/* the unit would be at its edge: a smaller one is inside */
	assert_true(jhw_region_cut_at(&memory, JHW_ADDRESS_GUEST, 0x12345, 2 << 20) == 0x10000);
	assert_true(jhw_region_cut_at(&memory, JHW_ADDRESS_GUEST, 0x1345, 2 << 20) == 0x1000);
	assert_true(jhw_region_cut_at(&memory, JHW_ADDRESS_GUEST, 0x800000, 4096) == 0);
	assert_true(jhw_region_cut_at(&memory, JHW_ADDRESS_PHYSICAL, 0x1000, 4096) == 0);
}

/* --- the graph of links ------------------------------------------------------------ */

static void test_six_cells_fit_a_small_window(void **state)
{
	g_autoptr(JhwDocument) document = fixture_board(BOARD);
	/* what the page has of 1280 pixels */
	g_autoptr(JhwGraph) graph = jhw_graph_new(jhw_document_workspace(document), 700);

	(void)state;
	assert_int_equal(graph->nodes->len, 6);
	assert_int_equal(graph->width, 700);
	/* whole lines, since there is no room for all on one */
	assert_non_null(strchr(((JhwGraphNode *)graph->nodes->pdata[0])->detail, '\n'));
}

/* --- chips ----------------------------------------------------------------------- */

static GPtrArray *contents_of(JhwDocument *document, uint32_t key)
{
	const struct jhcfg_workspace *workspace = jhw_document_workspace(document);
	g_autoptr(JhwHoldings) holdings = jhw_holdings_new(workspace);

	return jhw_lane_contents(workspace, holdings, key);
}

static const JhwChipSpec *chip_of(GPtrArray *sections, const char *id, guint index)
{
	for (guint n = 0; n < sections->len; n++) {
		const JhwSectionSpec *section = sections->pdata[n];

		if (g_str_equal(section->id, id) && index < section->chips->len)
			return section->chips->pdata[index];
	}
	return NULL;
}

static void test_a_function_is_one_chip_that_says_what_it_is(void **state)
{
	g_autoptr(JhwDocument) document = fixture_machine("q35-intel");
	g_autoptr(GPtrArray) sections = contents_of(document, JHCFG_ROOT_KEY);
	const JhwChipSpec *chip, *device;
	guint count = 0;

	(void)state;
	for (; (chip = chip_of(sections, "pci", count)); count++) {
		assert_true(chip->subtitle && *chip->subtitle);
		for (guint n = 0; (device = chip_of(sections, "devices", n)); n++)
			assert_string_not_equal(device->title, chip->title);
	}
	assert_true(count > 3);
}

static int style_of_cpus(GPtrArray *sections)
{
	const JhwChipSpec *chip = chip_of(sections, "cpus", 0);

	return chip ? (int)chip->style : -1;
}

static int give_all(struct jhcfg_workspace *workspace, G_GNUC_UNUSED gpointer data,
		    struct jhcfg_diags *diags)
{
	struct jhcfg_config *root = jhcfg_workspace_edit_cell(workspace, JHCFG_ROOT_KEY);
	int err = 0;

	(void)diags;
	for (unsigned int cpu = 0; !err && cpu < 20; cpu++)
		err = jhcfg_config_add_cpu(root, cpu);
	return err;
}

static void test_chips_of_many_cpus_are_small(void **state)
{
	g_autoptr(JhwDocument) document = fixture_board(BOARD);
	g_autoptr(GPtrArray) few = contents_of(document, JHCFG_ROOT_KEY), many = NULL;

	(void)state;
	assert_int_equal(style_of_cpus(few), JHW_CHIP_TILE);
	assert_true(jhw_document_edit(document, "More", give_all, NULL, NULL));
	many = contents_of(document, JHCFG_ROOT_KEY);
	assert_int_equal(style_of_cpus(many), JHW_CHIP_SMALL);
}

/* --- where problems lead to ---------------------------------------------------------- */

static void check_place(JhwDocument *document, struct jhcfg_place place, JhwRef wanted)
{
	JhwRef ref = jhw_place_ref(jhw_document_workspace(document), &place);

	assert_int_equal(ref.kind, wanted.kind);
	assert_true(jhw_ref_equal(&ref, &wanted));
}

static void test_a_problem_leads_to_what_it_is_about(void **state)
{
	g_autoptr(JhwDocument) document = fixture_machine("q35-intel");
	g_autoptr(JhwDocument) board = fixture_board(BOARD);
	const struct jhcfg_cell *root = jhw_cell(jhw_document_workspace(document), JHCFG_ROOT_KEY);
	const struct jhcfg_pci_device *device;
	guint with_caps = 0;
	uint32_t cell = fixture_cell(board, "ivshmem-demo");
	const struct jhcfg_link *link = jhcfg_workspace_link(jhw_document_workspace(board), 0);

	(void)state;
	for (size_t n = 0; (device = jhcfg_cell_pci_device(root, n)); n++) {
		JhwRef ref = jhw_ref_of(JHW_REF_PCI, jhw_pci_id(device->domain, device->bdf));

		check_place(document,
			    (struct jhcfg_place){ JHCFG_ROOT_KEY, JHCFG_AT_PCI_DEVICE, n }, ref);
		if (!device->num_caps)
			continue;
		check_place(document,
			    (struct jhcfg_place){ JHCFG_ROOT_KEY, JHCFG_AT_PCI_CAP,
						  device->caps_start },
			    ref);
		with_caps++;
	}
	assert_true(with_caps > 0);
	check_place(board, (struct jhcfg_place){ cell, JHCFG_AT_MEMORY, 0 },
		    (JhwRef){ JHW_REF_REGION, cell, 0 });
	check_place(board, (struct jhcfg_place){ cell, JHCFG_AT_IRQ, 54 },
		    jhw_ref_of(JHW_REF_IRQ, 54));
	/* what it sees of a link is the link */
	check_place(board, (struct jhcfg_place){ cell, JHCFG_AT_PCI_DEVICE, 0 },
		    (JhwRef){ JHW_REF_LINK, cell, link->key });
	assert_int_not_equal(
		jhw_place_ref(jhw_document_workspace(board),
			      &(struct jhcfg_place){ JHCFG_ROOT_KEY, JHCFG_AT_DEBUG_CONSOLE, 0 })
			.kind,
		JHW_REF_CELL);
	/* what went away meanwhile is its cell */
	check_place(board, (struct jhcfg_place){ cell, JHCFG_AT_MEMORY, 99 }, jhw_ref_cell(cell));
	check_place(board, (struct jhcfg_place){ cell, JHCFG_AT_PCI_DEVICE, 99 },
		    jhw_ref_cell(cell));
	check_place(board, (struct jhcfg_place){ cell, JHCFG_AT_PLATFORM, 0 }, jhw_ref_cell(cell));
	check_place(board, (struct jhcfg_place){ 999, JHCFG_AT_MEMORY, 0 },
		    (JhwRef){ .kind = JHW_REF_NONE });
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names_beside_segments_lie_upon_nothing),
		cmocka_unit_test(test_a_name_goes_to_the_side_that_has_room),
		cmocka_unit_test(test_a_cut_is_where_somebody_points),
		cmocka_unit_test(test_six_cells_fit_a_small_window),
		cmocka_unit_test(test_a_function_is_one_chip_that_says_what_it_is),
		cmocka_unit_test(test_chips_of_many_cpus_are_small),
		cmocka_unit_test(test_a_problem_leads_to_what_it_is_about),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
