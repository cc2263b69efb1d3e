// SPDX-License-Identifier: GPL-2.0-or-later
/* Lanes, chips, inspector and problems in a process: what is dropped, moved by
 * menu, typed and clicked ends up in the document. */
#include "cmocka_all.h"

#include <gtk/gtk.h>

#include "app/application.h"
#include "app/style.h"
#include "app/window.h"
#include "gtk_fixture.h"
#include "inspector/field_row.h"
#include "inspector/inspector.h"
#include "model/owner.h"
#include "pages/partition/page.h"
#include "panels/problems.h"
#include "widget_fixture.h"

#define BOARD "arm64/zynqmp-zcu102"

struct fixture {
	JhwDocument *document;
	JhwLog *log;
	JhwSession *session;
	GtkWidget *window;
};

static void set_up(struct fixture *fixture, GtkWidget *(*create)(JhwSession *session))
{
	fixture->document = fixture_board(BOARD);
	fixture->log = jhw_log_new();
	fixture->session = jhw_session_new(fixture->document, fixture->log);
	fixture->window = gtk_window_new();
	gtk_window_set_child(GTK_WINDOW(fixture->window), create(fixture->session));
	/* what nobody sees follows no change */
	gtk_window_present(GTK_WINDOW(fixture->window));
	fixture_settle(fixture->session);
}

static void tear_down(struct fixture *fixture)
{
	fixture_close(fixture->window, fixture->session, fixture->document);
	g_object_unref(fixture->log);
}

static void test_drop_of_selected_chips_moves_all_in_one_step(void **state)
{
	struct fixture fixture;
	JhwRef cpu = jhw_ref_of(JHW_REF_CPU, 1), device;
	GtkWidget *chip, *lane;
	uint32_t key;

	(void)state;
	set_up(&fixture, jhw_partition_page_new);
	key = fixture_cell(fixture.document, "inmate-demo");
	device = fixture_device(fixture.document, "ethernet0");
	chip = fixture_find(fixture.window, fixture_is_chip, &cpu);
	lane = fixture_find(fixture.window, fixture_is_lane, &key);
	gtk_widget_activate_action(chip, "chip.select", NULL);
	gtk_widget_activate_action(fixture_find(fixture.window, fixture_is_chip, &device),
				   "chip.toggle", NULL);
	assert_true(fixture_drop(chip, lane));
	assert_int_equal(jhw_owner_of(jhw_document_workspace(fixture.document), &cpu), key);
	assert_int_equal(jhw_owner_of(jhw_document_workspace(fixture.document), &device), key);
	assert_string_equal(jhw_document_undo_name(fixture.document),
			    "Move 2 things to inmate-demo");
	/* and the chips are on that lane now */
	assert_non_null(fixture_find(lane, fixture_is_chip, &cpu));
	assert_non_null(fixture_find(lane, fixture_is_chip, &device));
	tear_down(&fixture);
}

static void test_move_by_menu_does_what_a_drop_does(void **state)
{
	struct fixture fixture;
	JhwRef cpu = jhw_ref_of(JHW_REF_CPU, 1);
	uint32_t key;

	(void)state;
	set_up(&fixture, jhw_partition_page_new);
	key = fixture_cell(fixture.document, "tick-demo");
	gtk_widget_activate_action(fixture_find(fixture.window, fixture_is_chip, &cpu),
				   "chip.move-to", "u", key);
	assert_int_equal(jhw_owner_of(jhw_document_workspace(fixture.document), &cpu), key);
	tear_down(&fixture);
}

static void test_put_by_keyboard_moves_the_selection_to_the_lane(void **state)
{
	struct fixture fixture;
	JhwRef cpu = jhw_ref_of(JHW_REF_CPU, 1);
	uint32_t key;

	(void)state;
	set_up(&fixture, jhw_partition_page_new);
	key = fixture_cell(fixture.document, "tick-demo");
	gtk_widget_activate_action(fixture_find(fixture.window, fixture_is_chip, &cpu),
				   "chip.select", NULL);
	gtk_widget_activate_action(fixture_find(fixture.window, fixture_is_lane, &key), "lane.put",
				   NULL);
	assert_int_equal(jhw_owner_of(jhw_document_workspace(fixture.document), &cpu), key);
	tear_down(&fixture);
}

static void test_read_only_project_gives_nothing_to_a_drag(void **state)
{
	struct fixture fixture;
	JhwRef cpu = jhw_ref_of(JHW_REF_CPU, 1);
	uint32_t key;

	(void)state;
	set_up(&fixture, jhw_partition_page_new);
	key = fixture_cell(fixture.document, "tick-demo");
	jhw_document_set_read_only(fixture.document, "it is newer");
	assert_false(fixture_drop(fixture_find(fixture.window, fixture_is_chip, &cpu),
				  fixture_find(fixture.window, fixture_is_lane, &key)));
	assert_null(jhw_document_undo_name(fixture.document));
	tear_down(&fixture);
}

static void test_lanes_and_chips_have_names_and_roles(void **state)
{
	struct fixture fixture;
	JhwRef cpu = jhw_ref_of(JHW_REF_CPU, 1);
	uint32_t key = JHCFG_ROOT_KEY;
	GtkWidget *chip, *lane;

	(void)state;
	set_up(&fixture, jhw_partition_page_new);
	chip = fixture_find(fixture.window, fixture_is_chip, &cpu);
	lane = fixture_find(fixture.window, fixture_is_lane, &key);
	gtk_test_accessible_assert_role(chip, GTK_ACCESSIBLE_ROLE_BUTTON);
	gtk_test_accessible_assert_property(chip, GTK_ACCESSIBLE_PROPERTY_LABEL, "CPU 1 of root");
	gtk_test_accessible_assert_property(lane, GTK_ACCESSIBLE_PROPERTY_LABEL, "cell root");
	tear_down(&fixture);
}

/* --- inspector --------------------------------------------------------------- */

static gboolean is_entry_with(GtkWidget *widget, gconstpointer text)
{
	return GTK_IS_ENTRY(widget) &&
	       g_str_equal(gtk_editable_get_text(GTK_EDITABLE(widget)), text);
}

static gboolean is_switch(GtkWidget *widget, gconstpointer data)
{
	(void)data;
	return GTK_IS_SWITCH(widget);
}

static const struct jhcfg_memory *ram_of(struct fixture *fixture, uint32_t key, size_t index)
{
	return jhcfg_cell_memory(jhw_cell(jhw_document_workspace(fixture->document), key), index);
}

static void test_inspector_reads_expressions_and_shows_what_is_wrong(void **state)
{
	struct fixture fixture;
	JhwRef region = { JHW_REF_REGION, 0, 1 };
	GtkWidget *entry;

	(void)state;
	set_up(&fixture, jhw_inspector_new);
	region.cell = fixture_cell(fixture.document, "inmate-demo");
	jhw_selection_set(jhw_session_selection(fixture.session), &region);
	entry = fixture_find(fixture.window, is_entry_with, "64K");
	assert_non_null(entry);
	gtk_editable_set_text(GTK_EDITABLE(entry), "64K + 1M");
	g_signal_emit_by_name(entry, "activate");
	assert_int_equal(ram_of(&fixture, region.cell, 1)->size, 0x110000);
	assert_string_equal(jhw_document_undo_name(fixture.document), "Change Size of RAM 64 KiB");
	gtk_editable_set_text(GTK_EDITABLE(entry), "64 dogs");
	g_signal_emit_by_name(entry, "activate");
	assert_int_equal(ram_of(&fixture, region.cell, 1)->size, 0x110000);
	assert_true(gtk_widget_has_css_class(entry, "error"));
	tear_down(&fixture);
}

static void test_inspector_switch_changes_one_flag_and_undo_shows(void **state)
{
	struct fixture fixture;
	JhwRef region = { JHW_REF_REGION, 0, 1 };
	GtkWidget *read;
	uint64_t flags;

	(void)state;
	set_up(&fixture, jhw_inspector_new);
	region.cell = fixture_cell(fixture.document, "inmate-demo");
	flags = ram_of(&fixture, region.cell, 1)->flags;
	jhw_selection_set(jhw_session_selection(fixture.session), &region);
	read = fixture_find(fixture.window, is_switch, NULL);
	assert_true(gtk_switch_get_active(GTK_SWITCH(read)));
	gtk_switch_set_active(GTK_SWITCH(read), FALSE);
	assert_int_equal(ram_of(&fixture, region.cell, 1)->flags, flags & ~1ULL);
	jhw_document_undo(fixture.document);
	assert_true(gtk_switch_get_active(GTK_SWITCH(read)));
	tear_down(&fixture);
}

/* --- problems ---------------------------------------------------------------- */

static void test_waiver_silences_a_problem_until_it_is_undone(void **state)
{
	struct fixture fixture;
	JhwChecker *checker;
	g_autoptr(JhwProblem) problem = NULL;
	guint warnings;

	(void)state;
	set_up(&fixture, jhw_problems_panel_new);
	checker = jhw_session_checker(fixture.session);
	warnings = jhw_checker_count(checker, JHCFG_WARNING);
	assert_int_not_equal(warnings, 0);
	problem = g_list_model_get_item(jhw_checker_problems(checker), 0);
	assert_true(jhw_problem_waive(problem, fixture.document, "tried", NULL));
	fixture_settle(fixture.session);
	assert_int_equal(jhw_checker_count(checker, JHCFG_WARNING), warnings - 1);
	jhw_document_undo(fixture.document);
	fixture_settle(fixture.session);
	assert_int_equal(jhw_checker_count(checker, JHCFG_WARNING), warnings);
	tear_down(&fixture);
}

static int overlap(struct jhcfg_workspace *workspace, gpointer data, struct jhcfg_diags *diags)
{
	struct jhcfg_config *config = jhcfg_workspace_edit_cell(workspace, *(uint32_t *)data);
	struct jhcfg_memory memory = *jhcfg_cell_memory(jhcfg_config_cell(config), 1);

	(void)diags;
	memory.phys_start += 4096;
	return jhcfg_config_insert_memory(config, SIZE_MAX, &memory);
}

static void test_fix_of_an_overlap_is_previewed_applied_and_undone(void **state)
{
	struct fixture fixture;
	g_autoptr(JhwProblem) problem = NULL;
	g_autofree char *preview = NULL, *before = NULL, *after = NULL;
	JhwChecker *checker;
	uint32_t key;
	guint errors;

	(void)state;
	set_up(&fixture, jhw_problems_panel_new);
	checker = jhw_session_checker(fixture.session);
	key = fixture_cell(fixture.document, "inmate-demo");
	assert_true(jhw_document_edit(fixture.document, "Break it", overlap, &key, NULL));
	fixture_settle(fixture.session);
	errors = jhw_checker_count(checker, JHCFG_ERROR);
	assert_int_not_equal(errors, 0);
	before = fixture_text(fixture.document);
	for (guint n = 0; !problem; n++) {
		problem = g_list_model_get_item(jhw_checker_problems(checker), n);
		assert_non_null(problem);
		if (!jhw_problem_fixable(problem) || jhw_problem_severity(problem) != JHCFG_ERROR)
			g_clear_object(&problem);
	}
	preview = jhw_problem_preview_fix(problem, fixture.document, NULL);
	assert_non_null(preview);
	assert_true(strlen(preview) > 0);
	assert_true(jhw_problem_fix(problem, fixture.document, NULL));
	fixture_settle(fixture.session);
	assert_true(jhw_checker_count(checker, JHCFG_ERROR) < errors);
	jhw_document_undo(fixture.document);
	after = fixture_text(fixture.document);
	assert_string_equal(before, after);
	tear_down(&fixture);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_drop_of_selected_chips_moves_all_in_one_step),
		cmocka_unit_test(test_move_by_menu_does_what_a_drop_does),
		cmocka_unit_test(test_put_by_keyboard_moves_the_selection_to_the_lane),
		cmocka_unit_test(test_read_only_project_gives_nothing_to_a_drag),
		cmocka_unit_test(test_lanes_and_chips_have_names_and_roles),
		cmocka_unit_test(test_inspector_reads_expressions_and_shows_what_is_wrong),
		cmocka_unit_test(test_inspector_switch_changes_one_flag_and_undo_shows),
		cmocka_unit_test(test_waiver_silences_a_problem_until_it_is_undone),
		cmocka_unit_test(test_fix_of_an_overlap_is_previewed_applied_and_undone),
	};

	g_setenv("GTK_A11Y", "test", TRUE);
	gtk_init();
	jhw_style_load();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
