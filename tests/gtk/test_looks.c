// SPDX-License-Identifier: GPL-2.0-or-later
/* What people see where: popovers at the buttons that open them, menus that act where
 * the pointer is, cells that are selected, colours of owners. */
#include "cmocka_all.h"

#include <string.h>

#include "app/shortcuts.h"
#include "app/style.h"
#include "gtk_fixture.h"
#include "model/owner.h"
#include "model/preferences.h"
#include "pages/interrupts/page.h"
#include "pages/links/page.h"
#include "pages/memory/page.h"
#include "pages/memory/view_private.h"
#include "pages/partition/page.h"
#include "panels/cells.h"
#include "widget_fixture.h"

#define BOARD "arm64/zynqmp-zcu102"

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
