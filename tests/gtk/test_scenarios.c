// SPDX-License-Identifier: GPL-2.0-or-later
/* Scenarios in the list of cells and on the lanes. */
#include "cmocka_all.h"

#include "app/style.h"
#include "gtk_fixture.h"
#include "model/scenario.h"
#include "pages/partition/page.h"
#include "panels/cells.h"
#include "widget_fixture.h"

#define BOARD "arm64/zynqmp-zcu102"

struct fixture {
	JhwDocument *document;
	JhwLog *log;
	JhwSession *session;
	GtkWidget *window;
};

static void set_up(struct fixture *fixture)
{
	GtkWidget *box = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 0);

	fixture->document = fixture_board(BOARD);
	fixture->log = jhw_log_new();
	fixture->session = jhw_session_new(fixture->document, fixture->log);
	fixture->window = gtk_window_new();
	gtk_box_append(GTK_BOX(box), jhw_cells_panel_new(fixture->session));
	gtk_box_append(GTK_BOX(box), jhw_partition_page_new(fixture->session));
	gtk_window_set_child(GTK_WINDOW(fixture->window), box);
	/* what nobody sees follows no change */
	gtk_window_present(GTK_WINDOW(fixture->window));
	fixture_settle(fixture->session);
}

static void tear_down(struct fixture *fixture)
{
	fixture_close(fixture->window, fixture->session, fixture->document);
	g_object_unref(fixture->log);
}

static GtkWidget *cells_of(struct fixture *fixture)
{
	return gtk_widget_get_first_child(gtk_window_get_child(GTK_WINDOW(fixture->window)));
}

static gboolean is_check(GtkWidget *widget, gconstpointer data)
{
	(void)data;
	return GTK_IS_CHECK_BUTTON(widget);
}

static GtkWidget *check_of(struct fixture *fixture, const char *cell)
{
	GtkWidget *label = fixture_find(cells_of(fixture), fixture_is_label, cell);

	assert_non_null(label);
	return fixture_find(gtk_widget_get_ancestor(label, GTK_TYPE_LIST_BOX_ROW), is_check, NULL);
}

static gboolean is_menu_button(GtkWidget *widget, gconstpointer data)
{
	(void)data;
	return GTK_IS_MENU_BUTTON(widget);
}

static gboolean runs(struct fixture *fixture, const char *cell)
{
	const struct jhcfg_scenario *scenario = jhw_scenario(
		jhw_document_workspace(fixture->document), jhw_session_scenario(fixture->session));

	assert_non_null(scenario);
	return jhw_scenario_has(scenario, fixture_cell(fixture->document, cell));
}

static void test_boxes_say_and_change_who_runs(void **state)
{
	struct fixture fixture;
	GtkWidget *check, *lane;
	uint32_t key;

	(void)state;
	set_up(&fixture);
	check = check_of(&fixture, "tick-demo");
	key = fixture_cell(fixture.document, "tick-demo");
	lane = fixture_find(fixture.window, fixture_is_lane, &key);
	/* as long as nobody looks at one */
	assert_false(gtk_widget_get_visible(check));
	assert_true(jhw_scenario_add(fixture.document, "night", NULL));
	gtk_widget_activate_action(fixture_find(cells_of(&fixture), is_menu_button, NULL),
				   "scenario.choose", "s", "night");
	assert_true(gtk_widget_get_visible(check));
	assert_true(gtk_check_button_get_active(GTK_CHECK_BUTTON(check)));
	assert_false(gtk_widget_get_sensitive(check_of(&fixture, "root")));
	gtk_check_button_set_active(GTK_CHECK_BUTTON(check), FALSE);
	assert_false(runs(&fixture, "tick-demo"));
	assert_true(gtk_widget_has_css_class(lane, "resting"));
	assert_string_equal(jhw_document_undo_name(fixture.document),
			    "Leave tick-demo out of night");
	jhw_document_undo(fixture.document);
	assert_true(gtk_check_button_get_active(GTK_CHECK_BUTTON(check)));
	assert_false(gtk_widget_has_css_class(lane, "resting"));
	tear_down(&fixture);
}

static void test_deleted_scenario_is_not_looked_at_any_more(void **state)
{
	struct fixture fixture;
	GtkWidget *button;

	(void)state;
	set_up(&fixture);
	button = fixture_find(cells_of(&fixture), is_menu_button, NULL);
	assert_true(jhw_scenario_add(fixture.document, "night", NULL));
	gtk_widget_activate_action(button, "scenario.choose", "s", "night");
	assert_string_equal(gtk_menu_button_get_label(GTK_MENU_BUTTON(button)), "night");
	gtk_widget_activate_action(button, "scenario.delete", NULL);
	assert_null(jhw_session_scenario(fixture.session));
	assert_string_equal(gtk_menu_button_get_label(GTK_MENU_BUTTON(button)), "All cells");
	assert_false(gtk_widget_get_visible(check_of(&fixture, "tick-demo")));
	/* and comes back by Undo, to be chosen again */
	jhw_document_undo(fixture.document);
	assert_non_null(jhw_scenario(jhw_document_workspace(fixture.document), "night"));
	tear_down(&fixture);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_boxes_say_and_change_who_runs),
		cmocka_unit_test(test_deleted_scenario_is_not_looked_at_any_more),
	};

	gtk_init();
	jhw_style_load();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
