// SPDX-License-Identifier: GPL-2.0-or-later
/* What makes the editor fast and small is counted here: widgets, controllers,
 * requests to the X server. Times are for tests/bench/gtk. */
#include "cmocka_all.h"

#include <gtk/gtk.h>
#ifdef GDK_WINDOWING_X11
#include <gdk/x11/gdkx.h>
#endif

#include "app/application.h"
#include "app/window.h"
#include "gtk_fixture.h"
#include "large.h"
#include "model/move.h"
#include "pages/interrupts/page.h"
#include "pages/memory/page.h"
#include "pages/partition/chip.h"
#include "pages/partition/lane.h"
#include "widget_fixture.h"
#include "widgets/preview.h"
#include "widgets/tooltip.h"

#define CELLS 15U /* beside the root, each with LARGE_REGIONS */

static JhwApplication *application;

static GtkWidget *open_large(void)
{
	/* a copy, since that has no steps to be undone */
	g_autoptr(JhwWorkspace) made = large_system(CELLS);
	g_autoptr(JhwDocument) document = jhw_document_new(jhcfg_workspace_fork(made), NULL);
	JhwWindow *window = jhw_window_new(GTK_APPLICATION(application));

	jhw_window_show(window, document);
	fixture_show(GTK_WIDGET(window));
	fixture_settle(jhw_window_session(window));
	return GTK_WIDGET(window);
}

static gboolean is_of_type(GtkWidget *widget, gconstpointer type)
{
	return G_TYPE_CHECK_INSTANCE_TYPE(widget, *(const GType *)type);
}

static guint count(GtkWidget *window, GType type)
{
	g_autoptr(GPtrArray) found = fixture_find_all(window, is_of_type, &type);

	return found->len;
}

static guint drag_sources(GtkWidget *widget)
{
	g_autoptr(GListModel) controllers = gtk_widget_observe_controllers(widget);
	guint sources = 0;

	for (guint n = 0; n < g_list_model_get_n_items(controllers); n++) {
		g_autoptr(GtkEventController) controller = g_list_model_get_item(controllers, n);

		sources += GTK_IS_DRAG_SOURCE(controller);
	}
	return sources;
}

/* How many the X server was sent until now. */
static gulong requests(void)
{
#ifdef GDK_WINDOWING_X11
	return XNextRequest(gdk_x11_display_get_xdisplay(gdk_display_get_default()));
#else
	print_message("skipped: this GTK was built without X11\n");
	skip();
	return 0;
#endif
}

static void test_pages_are_made_when_they_are_seen(void **state)
{
	GtkWidget *window = open_large();

	(void)state;
	assert_int_equal(count(window, JHW_TYPE_INTERRUPTS_PAGE), 0);
	assert_int_equal(count(window, JHW_TYPE_MEMORY_PAGE), 0);
	gtk_widget_activate_action(window, "win.show-page", "s", "memory");
	fixture_show(window);
	assert_int_equal(count(window, JHW_TYPE_MEMORY_PAGE), 1);
	/* its list, of which nothing is seen yet, has its header only */
	assert_null(fixture_find(window, fixture_is_label, "0x40000000-0x7fffffff"));
	gtk_window_destroy(GTK_WINDOW(window));
}

static void test_a_lane_shows_some_chips_however_many_things_a_cell_has(void **state)
{
	GtkWidget *window = open_large();

	(void)state;
	/* CPUs, RAM, communication region, ten devices and "+ 51" */
	assert_in_range(count(window, JHW_TYPE_CHIP), 1, (CELLS + 1) * (LARGE_CPUS + 2 + 10));
	gtk_window_destroy(GTK_WINDOW(window));
}

static void test_rows_have_no_drags_before_one_is_pressed(void **state)
{
	GtkWidget *window = open_large(), *row;
	g_autoptr(GPtrArray) labels = NULL;
	const GType type = GTK_TYPE_LABEL;
	guint sources = 0;

	(void)state;
	gtk_widget_activate_action(window, "win.show-page", "s", "interrupts");
	fixture_show(window);
	labels = fixture_find_all(window, is_of_type, &type);
	for (guint n = 0; n < labels->len; n++)
		sources += drag_sources(labels->pdata[n]);
	assert_int_equal(sources, 0);
	row = fixture_find(window, fixture_is_label, "SPI 0");
	assert_non_null(row);
	fixture_press(row);
	assert_int_equal(drag_sources(row), 1);
	gtk_window_destroy(GTK_WINDOW(window));
}

static void test_a_tooltip_of_what_is_not_seen_asks_the_server_nothing(void **state)
{
	GtkWidget *button = g_object_ref_sink(gtk_button_new());
	gulong before = requests();

	(void)state;
	jhw_tooltip_set(button, "what it does");
	assert_int_equal(requests(), before);
	assert_string_equal(gtk_widget_get_tooltip_text(button), "what it does");
	assert_true(gtk_widget_get_visible(button));
	g_object_unref(button);
}

/* --- drags ------------------------------------------------------------------------ */

static GtkWidget *lane_of(GtkWidget *window, uint32_t key)
{
	GtkWidget *lane = fixture_find(window, fixture_is_lane, &key);

	assert_non_null(lane);
	return lane;
}

static GtkWidget *preview_of(GtkWidget *window)
{
	const GType type = JHW_TYPE_PREVIEW;
	g_autoptr(GPtrArray) found = fixture_find_all(window, is_of_type, &type);

	for (guint n = 0; n < found->len; n++)
		if (gtk_widget_get_mapped(found->pdata[n]))
			return found->pdata[n];
	return NULL;
}

static void test_a_drag_within_a_lane_moves_its_card_and_makes_no_other(void **state)
{
	GtkWidget *window = open_large(), *card, *made;
	JhwDocument *document = jhw_session_document(jhw_window_session(JHW_WINDOW(window)));
	GtkWidget *lane = lane_of(window, fixture_cell(document, "cell-1"));
	const JhwRef cpu = { JHW_REF_CPU, 0, 1 };
	g_autoptr(JhwRefList) refs = jhw_ref_list_new(&cpu, 1);
	graphene_rect_t before, after;

	(void)state;
	g_signal_emit_by_name(lane, "hover", refs, 20.0, 10.0);
	fixture_show(window);
	card = preview_of(window);
	assert_non_null(card);
	made = gtk_widget_get_first_child(card);
	assert_true(gtk_widget_compute_bounds(card, window, &before));
	g_signal_emit_by_name(lane, "hover", refs, 25.0, 12.0);
	fixture_show(window);
	assert_ptr_equal(gtk_widget_get_first_child(card), made);
	assert_true(gtk_widget_compute_bounds(card, window, &after));
	assert_int_equal((int)(after.origin.x - before.origin.x), 5);
	assert_int_equal((int)(after.origin.y - before.origin.y), 2);
	assert_float_equal(after.size.height, before.size.height, 0.1);
	g_signal_emit_by_name(lane, "leave");
	gtk_window_destroy(GTK_WINDOW(window));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pages_are_made_when_they_are_seen),
		cmocka_unit_test(test_a_lane_shows_some_chips_however_many_things_a_cell_has),
		cmocka_unit_test(test_rows_have_no_drags_before_one_is_pressed),
		cmocka_unit_test(test_a_tooltip_of_what_is_not_seen_asks_the_server_nothing),
		cmocka_unit_test(test_a_drag_within_a_lane_moves_its_card_and_makes_no_other),
	};
	int failed;

	if (!gtk_init_check())
		return 77;
	application = jhw_application_new();
	if (!g_application_register(G_APPLICATION(application), NULL, NULL))
		return 1;
	g_object_set(gtk_settings_get_default(), "gtk-enable-animations", FALSE, NULL);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	g_object_unref(application);
	return failed;
}
