// SPDX-License-Identifier: GPL-2.0-or-later
/* The document and what edits it, without a display. */
#include "cmocka_all.h"

#include <glib/gstdio.h>

#include "gtk_fixture.h"
#include "model/cells.h"
#include "model/error.h"
#include "model/export.h"
#include "model/hardware.h"
#include "model/move.h"
#include "model/owner.h"
#include "pages/partition/contents.h"

#define BOARD "arm64/zynqmp-zcu102"

static JhwRefList *one(JhwRef ref)
{
	return jhw_ref_list_new(&ref, 1);
}

static void move_ok(JhwDocument *document, JhwRef ref, uint32_t cell)
{
	g_autoptr(JhwRefList) refs = one(ref);
	g_autoptr(GError) error = NULL;

	if (!jhw_move(document, refs, cell, &error))
		fail_msg("%s", error->message);
}

static void test_move_cpu_and_uart_to_a_new_cell_leaves_no_error(void **state)
{
	g_autoptr(JhwDocument) document = fixture_board(BOARD);
	JhwRef cpu = jhw_ref_of(JHW_REF_CPU, 3), uart = fixture_device(document, "serial1");
	g_autoptr(JhwLog) log = jhw_log_new();
	g_autoptr(JhwSession) session = NULL;
	uint32_t key = 0, other;

	(void)state;
	while ((other = jhcfg_workspace_cell_key(jhw_document_workspace(document), 1)))
		assert_true(jhw_cells_remove(document, other, NULL));
	assert_true(jhw_cells_add(document, "rtos", 64 << 20, &key, NULL));
	assert_int_equal(jhcfg_cell_num_cpus(jhw_cell(jhw_document_workspace(document), key)), 0);
	move_ok(document, cpu, key);
	move_ok(document, uart, key);
	assert_int_equal(jhw_owner_of(jhw_document_workspace(document), &cpu), key);
	assert_int_equal(jhw_owner_of(jhw_document_workspace(document), &uart), key);
	assert_string_equal(jhw_document_undo_name(document), "Move serial1 to rtos");
	session = jhw_session_new(document, log);
	fixture_settle(session);
	assert_int_equal(jhw_checker_count(jhw_session_checker(session), JHCFG_ERROR), 0);
}

static void test_undo_of_everything_gives_the_same_project(void **state)
{
	g_autoptr(JhwDocument) document = fixture_board(BOARD);
	g_autofree char *before = fixture_text(document), *after = NULL, *moved = NULL,
			*redone = NULL;
	uint32_t key = 0;

	(void)state;
	assert_true(jhw_cells_add(document, "rtos", 1 << 20, &key, NULL));
	move_ok(document, jhw_ref_of(JHW_REF_CPU, 1), key);
	move_ok(document, fixture_device(document, "ethernet0"), key);
	moved = fixture_text(document);
	while (jhw_document_undo_name(document))
		jhw_document_undo(document);
	after = fixture_text(document);
	assert_string_equal(before, after);
	assert_false(jhw_document_modified(document));
	while (jhw_document_redo_name(document))
		jhw_document_redo(document);
	redone = fixture_text(document);
	assert_string_equal(moved, redone);
}

static void test_move_many_is_one_step(void **state)
{
	g_autoptr(JhwDocument) document = fixture_board(BOARD);
	g_autofree char *before = fixture_text(document), *after = NULL;
	const JhwRef refs[] = { jhw_ref_of(JHW_REF_CPU, 1), jhw_ref_of(JHW_REF_CPU, 2),
				fixture_device(document, "i2c1") };
	g_autoptr(JhwRefList) list = jhw_ref_list_new(refs, G_N_ELEMENTS(refs));

	(void)state;
	assert_true(jhw_move(document, list, fixture_cell(document, "inmate-demo"), NULL));
	assert_string_equal(jhw_document_undo_name(document), "Move 3 things to inmate-demo");
	jhw_document_undo(document);
	after = fixture_text(document);
	assert_string_equal(before, after);
}

static void test_move_region_of_the_root_is_refused_and_changes_nothing(void **state)
{
	g_autoptr(JhwDocument) document = fixture_board(BOARD);
	g_autofree char *before = fixture_text(document), *after = NULL;
	g_autoptr(JhwRefList) refs = one((JhwRef){ JHW_REF_REGION, JHCFG_ROOT_KEY, 0 });
	g_autoptr(GError) error = NULL;

	(void)state;
	assert_false(jhw_move(document, refs, fixture_cell(document, "inmate-demo"), &error));
	assert_non_null(error);
	assert_null(jhw_document_undo_name(document));
	after = fixture_text(document);
	assert_string_equal(before, after);
}

static void test_move_interrupt_controller_makes_no_sense(void **state)
{
	g_autoptr(JhwDocument) document = fixture_board(BOARD);
	g_autoptr(JhwRefList) refs = one(fixture_device(document, "interrupt-controller@f9010000"));

	(void)state;
	assert_false(jhw_move_makes_sense(document, refs, fixture_cell(document, "inmate-demo")));
}

static void test_preview_names_the_closure_and_changes_nothing(void **state)
{
	g_autoptr(JhwDocument) document = fixture_board(BOARD);
	g_autofree char *before = fixture_text(document), *after = NULL;
	g_autoptr(JhwRefList) refs = one(fixture_device(document, "ethernet0"));
	g_autoptr(JhwMovePreview) preview =
		jhw_move_preview(document, refs, fixture_cell(document, "inmate-demo"));
	gboolean memory = FALSE, irq = FALSE, note = FALSE;

	(void)state;
	assert_null(preview->refusal);
	for (guint n = 0; n < preview->lines->len; n++) {
		const JhwMoveLine *line = preview->lines->pdata[n];

		memory |= line->kind == JHCFG_PLAN_ADD_MEMORY;
		irq |= line->kind == JHCFG_PLAN_ADD_IRQ;
		note |= line->kind == JHCFG_PLAN_NOTE;
	}
	assert_true(memory && irq && note);
	after = fixture_text(document);
	assert_string_equal(before, after);
}

static void test_read_only_document_refuses_edits(void **state)
{
	g_autoptr(JhwDocument) document = fixture_board(BOARD);
	g_autoptr(GError) error = NULL;
	uint32_t key = 0;

	(void)state;
	jhw_document_set_read_only(document, "it is from a newer version");
	assert_false(jhw_cells_add(document, "rtos", 1 << 20, &key, &error));
	assert_non_null(strstr(error->message, "newer version"));
	assert_false(jhw_document_modified(document));
}

static void test_load_of_hardware_makes_a_root_cell_for_it(void **state)
{
	g_autofree char *path = g_build_filename(TEST_BOARDS, BOARD, "board.json", NULL);
	g_autoptr(JhwDiagsList) diags = jhcfg_diags_new();
	g_autoptr(GError) error = NULL;
	g_autoptr(JhwDocument) document = jhw_document_load(path, diags, &error);
	const struct jhcfg_workspace *workspace;

	(void)state;
	if (!document)
		fail_msg("%s", error->message);
	workspace = jhw_document_workspace(document);
	assert_null(jhw_document_path(document));
	assert_int_equal(jhcfg_workspace_num_cells(workspace), 1);
	assert_int_equal(jhcfg_cell_num_cpus(jhw_cell(workspace, JHCFG_ROOT_KEY)), 4);
	assert_true(jhcfg_diags_count(diags, JHCFG_INFO) > 0);
}

static void test_load_of_a_single_cell_says_what_to_open_instead(void **state)
{
	g_autofree char *path =
		g_build_filename(TEST_BOARDS, BOARD, "cells", "inmate-demo.json", NULL);
	g_autoptr(JhwDiagsList) diags = jhcfg_diags_new();
	g_autoptr(GError) error = NULL;

	(void)state;
	assert_null(jhw_document_load(path, diags, &error));
	assert_non_null(error);
}

static void test_load_garbage_says_what_is_wrong(void **state)
{
	g_autofree char *path = g_build_filename(g_get_tmp_dir(), "jhw-garbage.json", NULL);
	g_autoptr(GError) error = NULL;

	(void)state;
	assert_true(g_file_set_contents(path, "{ \"cells\": 5", -1, NULL));
	assert_null(jhw_document_load(path, NULL, &error));
	assert_non_null(strstr(error->message, path));
	g_unlink(path);
}

/* --- what the lanes show -----------------------------------------------------
 */

static guint count_in(const GPtrArray *contents, const char *id)
{
	for (guint n = 0; n < contents->len; n++) {
		const JhwSectionSpec *section = contents->pdata[n];

		if (g_str_equal(section->id, id))
			return section->chips->len;
	}
	return 0;
}

static void test_contents_follow_a_move(void **state)
{
	g_autoptr(JhwDocument) document = fixture_board(BOARD);
	uint32_t demo = fixture_cell(document, "inmate-demo");
	const struct jhcfg_workspace *workspace = jhw_document_workspace(document);
	g_autoptr(JhwHoldings) before = jhw_holdings_new(workspace);
	g_autoptr(GPtrArray) root = jhw_lane_contents(workspace, before, JHCFG_ROOT_KEY);
	g_autoptr(JhwHoldings) after = NULL;
	g_autoptr(GPtrArray) root_after = NULL, demo_after = NULL;
	guint cpus = count_in(root, "cpus");

	(void)state;
	assert_int_equal(cpus, 2);
	assert_int_equal(count_in(root, "uarts"), 1);
	move_ok(document, jhw_ref_of(JHW_REF_CPU, 1), demo);
	after = jhw_holdings_new(workspace);
	root_after = jhw_lane_contents(workspace, after, JHCFG_ROOT_KEY);
	demo_after = jhw_lane_contents(workspace, after, demo);
	assert_int_equal(count_in(root_after, "cpus"), cpus - 1);
	assert_int_equal(count_in(demo_after, "cpus"), 2);
	assert_int_equal(count_in(demo_after, "uarts"), 1);
}

static void test_hardware_search_finds_by_name_address_and_compatible(void **state)
{
	static const struct {
		const char *text;
		gboolean found;
	} rows[] = { { "serial1", TRUE },
		     { "ff010000", TRUE },
		     { "cdns,uart", TRUE },
		     { "uarts 0xff01", TRUE },
		     { "no such thing", FALSE } };
	g_autoptr(JhwDocument) document = fixture_board(BOARD);
	g_autoptr(GListModel) groups = jhw_hardware_tree(jhw_document_workspace(document));
	g_autoptr(JhwNode) uarts = g_list_model_get_item(groups, 1);

	(void)state;
	assert_string_equal(jhw_node_title(uarts), "UARTs");
	for (guint n = 0; n < G_N_ELEMENTS(rows); n++)
		assert_int_equal(jhw_node_matches(uarts, rows[n].text), rows[n].found);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_move_cpu_and_uart_to_a_new_cell_leaves_no_error),
		cmocka_unit_test(test_undo_of_everything_gives_the_same_project),
		cmocka_unit_test(test_move_many_is_one_step),
		cmocka_unit_test(test_move_region_of_the_root_is_refused_and_changes_nothing),
		cmocka_unit_test(test_move_interrupt_controller_makes_no_sense),
		cmocka_unit_test(test_preview_names_the_closure_and_changes_nothing),
		cmocka_unit_test(test_read_only_document_refuses_edits),
		cmocka_unit_test(test_load_of_hardware_makes_a_root_cell_for_it),
		cmocka_unit_test(test_load_of_a_single_cell_says_what_to_open_instead),
		cmocka_unit_test(test_load_garbage_says_what_is_wrong),
		cmocka_unit_test(test_contents_follow_a_move),
		cmocka_unit_test(test_hardware_search_finds_by_name_address_and_compatible),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
