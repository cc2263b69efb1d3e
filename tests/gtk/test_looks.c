// SPDX-License-Identifier: GPL-2.0-or-later
/* What people see where: names beside what is too small for them, popovers at the
 * buttons that open them, cuts where somebody points. */
#include "cmocka_all.h"

#include <string.h>

#include "app/shortcuts.h"
#include "app/style.h"
#include "gtk_fixture.h"
#include "model/owner.h"
#include "model/pci.h"
#include "model/preferences.h"
#include "model/problem_place.h"
#include "pages/interrupts/page.h"
#include "pages/links/graph.h"
#include "pages/links/page.h"
#include "pages/memory/labels.h"
#include "pages/memory/page.h"
#include "pages/memory/split.h"
#include "pages/memory/view_private.h"
#include "pages/partition/contents.h"
#include "pages/partition/page.h"
#include "panels/cells.h"
#include "widget_fixture.h"

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

/* --- widgets ------------------------------------------------------------------------ */

struct fixture {
	JhwDocument *document;
	JhwSession *session;
	GtkWidget *page, *window;
};

static void open_page(struct fixture *fixture, GtkWidget *(*new_page)(JhwSession *session))
{
	fixture->page = new_page(fixture->session);
	gtk_window_set_child(GTK_WINDOW(fixture->window), fixture->page);
	fixture_show(fixture->window);
}

static int set_up(void **state)
{
	struct fixture *fixture = g_new0(struct fixture, 1);

	fixture->session = fixture_session(BOARD);
	fixture->document = g_object_ref(jhw_session_document(fixture->session));
	fixture->window = gtk_window_new();
	gtk_window_set_default_size(GTK_WINDOW(fixture->window), 740, 560);
	*state = fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;

	fixture_close(fixture->window, fixture->session, fixture->document);
	g_free(fixture);
	return 0;
}

static gboolean is_open_popover(GtkWidget *widget, gconstpointer data)
{
	(void)data;
	return GTK_IS_POPOVER(widget) && gtk_widget_get_visible(widget);
}

/* The text of the button that the popover belongs to. */
static void assert_at_button(struct fixture *fixture, const char *text)
{
	GtkWidget *popover = fixture_find(fixture->window, is_open_popover, NULL);

	assert_non_null(popover);
	assert_true(GTK_IS_BUTTON(gtk_widget_get_parent(popover)));
	assert_non_null(fixture_find(gtk_widget_get_parent(popover), fixture_is_label, text));
	gtk_popover_popdown(GTK_POPOVER(popover));
}

static void test_space_is_asked_for_at_the_button(void **state)
{
	struct fixture *fixture = *state;

	open_page(fixture, jhw_memory_page_new);
	gtk_widget_activate_action(fixture->page, "memory.find", NULL);
	assert_at_button(fixture, "Find Space\342\200\246");
}

static void test_a_link_is_asked_for_at_the_button(void **state)
{
	struct fixture *fixture = *state;

	open_page(fixture, jhw_links_page_new);
	gtk_widget_activate_action(fixture->page, "links.new", NULL);
	assert_at_button(fixture, "New Link\342\200\246");
}

static void test_a_cell_is_asked_for_at_the_button(void **state)
{
	struct fixture *fixture = *state;

	open_page(fixture, jhw_cells_panel_new);
	jhw_cells_panel_new_cell(fixture->page);
	assert_at_button(fixture, "New cell\342\200\246");
}

static gboolean is_seen(struct fixture *fixture, uint32_t key)
{
	GtkWidget *lane = fixture_find(fixture->page, fixture_is_lane, &key);
	graphene_rect_t bounds;

	return lane && gtk_widget_compute_bounds(lane, fixture->page, &bounds) &&
	       bounds.origin.y >= 0 &&
	       bounds.origin.y + bounds.size.height <= gtk_widget_get_height(fixture->page);
}

static void test_a_cell_that_is_selected_is_seen(void **state)
{
	struct fixture *fixture = *state;
	JhwSelection *selection = jhw_session_selection(fixture->session);
	uint32_t last = fixture_cell(fixture->document, "linux-demo");
	JhwRef device = fixture_device(fixture->document, "serial1"), cell = jhw_ref_cell(last);

	open_page(fixture, jhw_partition_page_new);
	assert_false(is_seen(fixture, last));
	jhw_selection_set(selection, &cell);
	while (!is_seen(fixture, last))
		g_main_context_iteration(NULL, TRUE);
	cell = jhw_ref_cell(JHCFG_ROOT_KEY);
	jhw_selection_set(selection, &cell);
	while (!is_seen(fixture, JHCFG_ROOT_KEY))
		g_main_context_iteration(NULL, TRUE);
	/* and the one that has what somebody is led to */
	cell = jhw_ref_cell(jhw_owner_of(jhw_session_workspace(fixture->session), &device));
	jhw_session_go_to(fixture->session, &device);
	while (!is_seen(fixture, cell.cell))
		g_main_context_iteration(NULL, TRUE);
}

static void test_owners_in_lists_have_their_colours(void **state)
{
	struct fixture *fixture = *state;
	uint32_t key = fixture_cell(fixture->document, "linux-demo");
	GtkWidget *label;

	/* of serial1, which linux-demo has */
	open_page(fixture, jhw_interrupts_page_new);
	label = fixture_find(fixture->page, fixture_is_label, "linux-demo");
	assert_non_null(label);
	assert_true(gtk_widget_has_css_class(
		gtk_widget_get_prev_sibling(label),
		jhw_owner_class(jhw_session_workspace(fixture->session), key)));
}

static gboolean is_view(GtkWidget *widget, gconstpointer data)
{
	(void)data;
	return JHW_IS_MEMORY_VIEW(widget);
}

static void test_the_menu_cuts_where_the_pointer_is(void **state)
{
	struct fixture *fixture = *state;
	JhwRef ref = { JHW_REF_REGION, JHCFG_ROOT_KEY, 0 };
	const struct jhcfg_cell *cell;
	uint64_t size, at;
	JhwMemoryView *view;
	double x;

	open_page(fixture, jhw_memory_page_new);
	view = JHW_MEMORY_VIEW(fixture_find(fixture->page, is_view, NULL));
	cell = jhw_cell(jhw_session_workspace(fixture->session), ref.cell);
	while (!jhw_region_is_ram(jhcfg_cell_memory(cell, ref.id)))
		ref.id++;
	size = jhcfg_cell_memory(cell, ref.id)->size;
	at = jhcfg_cell_memory(cell, ref.id)->phys_start + size / 4;
	x = jhw_scale_x(jhw_memory_view_scale(view), at);
	/* as a click with the other button does */
	view->hit = jhw_memory_hit(view->map, &view->scale, x, jhw_memory_bar_y(view->map, 0) + 5);
	jhw_selection_set(jhw_session_selection(fixture->session), &ref);
	g_signal_emit_by_name(view, "menu", x, 5.0);
	gtk_widget_activate_action(fixture->page, "memory.split-here", NULL);
	cell = jhw_cell(jhw_session_workspace(fixture->session), ref.cell);
	/* not in the middle, and nearer to where it was than a unit */
	assert_true(jhcfg_cell_memory(cell, ref.id)->size < size * 3 / 8);
	assert_true(jhcfg_cell_memory(cell, ref.id)->size > size / 8);
	assert_string_equal(jhw_document_undo_name(fixture->document), "Split RAM of root");
}

static gboolean has_snap(GtkWidget *widget, gconstpointer text)
{
	return GTK_IS_LABEL(widget) &&
	       g_str_has_suffix(gtk_label_get_text(GTK_LABEL(widget)), text);
}

static void test_snap_is_said_as_it_is_preferred(void **state)
{
	struct fixture *fixture = *state;

	open_page(fixture, jhw_memory_page_new);
	assert_non_null(fixture_find(fixture->page, has_snap, "snap 2 MiB"));
	assert_true(jhw_preference_set(JHW_PREFERENCE_SNAP, 0, NULL));
	assert_non_null(fixture_find(fixture->page, has_snap, "snap 4 KiB"));
	assert_true(jhw_preference_set(JHW_PREFERENCE_SNAP, 1, NULL));
	assert_non_null(fixture_find(fixture->page, has_snap, "snap 2 MiB"));
}

/* G_DEBUG=fatal-warnings ends the test if GTK has anything to say. */
static void test_shortcuts_are_shown_without_a_warning(void **state)
{
	GtkWidget *window = jhw_shortcuts_window_new();

	(void)state;
	fixture_show(window);
	gtk_window_destroy(GTK_WINDOW(window));
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names_beside_segments_lie_upon_nothing),
		cmocka_unit_test(test_a_name_goes_to_the_side_that_has_room),
		cmocka_unit_test(test_a_cut_is_where_somebody_points),
		cmocka_unit_test(test_six_cells_fit_a_small_window),
		cmocka_unit_test(test_a_function_is_one_chip_that_says_what_it_is),
		cmocka_unit_test(test_chips_of_many_cpus_are_small),
		cmocka_unit_test(test_a_problem_leads_to_what_it_is_about),
		CASE(test_space_is_asked_for_at_the_button),
		CASE(test_a_link_is_asked_for_at_the_button),
		CASE(test_a_cell_is_asked_for_at_the_button),
		CASE(test_a_cell_that_is_selected_is_seen),
		CASE(test_owners_in_lists_have_their_colours),
		CASE(test_the_menu_cuts_where_the_pointer_is),
		CASE(test_snap_is_said_as_it_is_preferred),
		cmocka_unit_test(test_shortcuts_are_shown_without_a_warning),
	};

	gtk_init();
	jhw_style_load();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
