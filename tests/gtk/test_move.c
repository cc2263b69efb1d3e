// SPDX-License-Identifier: GPL-2.0-or-later
/* What drops mean for links and interrupts, and which cells run together: the
 * model without a display. */
#include "cmocka_all.h"

#include <jhcfg/check.h>

#include "gtk_fixture.h"
#include "model/link.h"
#include "model/move.h"
#include "model/move_judge.h"
#include "model/names.h"
#include "model/owner.h"
#include "model/scenario.h"

#define BOARD "arm64/qemu-arm64"

/* The first link that the root is an end of, at the root. */
static JhwRef root_end(JhwDocument *document)
{
	const struct jhcfg_workspace *workspace = jhw_document_workspace(document);
	const struct jhcfg_link *link = jhcfg_workspace_link(workspace, 0);

	assert_non_null(link);
	assert_true(jhw_link_has(link, JHCFG_ROOT_KEY));
	return (JhwRef){ JHW_REF_LINK, JHCFG_ROOT_KEY, link->key };
}

/* A cell that is no end of it. */
static uint32_t outsider(JhwDocument *document, uint64_t key)
{
	const struct jhcfg_workspace *workspace = jhw_document_workspace(document);
	uint32_t cell;

	for (size_t n = 1; (cell = jhcfg_workspace_cell_key(workspace, n)); n++)
		if (!jhw_link_has(jhw_link(workspace, key), cell))
			return cell;
	fail_msg("all cells are ends of link %u", (guint)key);
	return 0;
}

static guint errors_of(JhwDocument *document, const char *rule)
{
	struct jhcfg_findings *findings = NULL;
	const struct jhcfg_finding *finding;
	guint count = 0;

	assert_int_equal(jhcfg_check(jhw_document_workspace(document), NULL, &findings), 0);
	for (size_t n = 0; (finding = jhcfg_findings_at(findings, n)); n++)
		count += g_str_equal(finding->rule->id, rule);
	jhcfg_findings_free(findings);
	return count;
}

static void test_end_of_a_link_moves_with_interrupts_and_is_undone(void **state)
{
	g_autoptr(JhwDocument) document = fixture_board(BOARD);
	g_autofree char *before = fixture_text(document), *after = NULL;
	JhwRef end = root_end(document);
	uint32_t cell = outsider(document, end.id), line;
	g_autoptr(JhwRefList) refs = jhw_ref_list_new(&end, 1);
	g_autoptr(JhwMovePreview) preview = NULL;
	guint lines = errors_of(document, "V08");
	const struct jhcfg_link *link;

	(void)state;
	assert_true(jhw_move_makes_sense(document, refs, cell));
	preview = jhw_move_preview(document, refs, cell);
	assert_null(preview->refusal);
	assert_string_equal(preview->from, "root");
	assert_true(jhw_move(document, refs, cell, NULL));
	link = jhw_link(jhw_document_workspace(document), end.id);
	assert_true(jhw_link_has(link, cell));
	assert_false(jhw_link_has(link, JHCFG_ROOT_KEY));
	/* its virtual PCI has interrupts now, which the cell may use */
	if (jhw_link_line(jhw_document_workspace(document), link, cell, &line)) {
		JhwRef irq = jhw_ref_of(JHW_REF_IRQ, line);

		assert_true(jhw_cell_has(jhw_document_workspace(document), cell, &irq));
	}
	assert_int_equal(errors_of(document, "V08"), lines);
	jhw_document_undo(document);
	assert_null(jhw_document_undo_name(document));
	after = fixture_text(document);
	assert_string_equal(before, after);
}

static void test_end_of_a_link_is_not_given_to_its_other_end(void **state)
{
	g_autoptr(JhwDocument) document = fixture_board(BOARD);
	JhwRef end = root_end(document);
	const struct jhcfg_link *link = jhw_link(jhw_document_workspace(document), end.id);
	g_autoptr(JhwRefList) refs = jhw_ref_list_new(&end, 1);
	guint other = link->peers[0] == JHCFG_ROOT_KEY ? 1 : 0;

	(void)state;
	assert_false(jhw_move_makes_sense(document, refs, link->peers[other]));
	assert_false(jhw_move_makes_sense(document, refs, JHCFG_ROOT_KEY));
}

static void test_link_as_a_whole_gets_one_more_end_unless_it_is_ethernet(void **state)
{
	g_autoptr(JhwDocument) document = fixture_board(BOARD);
	JhwRef ref = root_end(document);
	uint32_t cell = outsider(document, ref.id);
	g_autoptr(JhwMovePreview) preview = NULL;
	g_autoptr(JhwRefList) refs = NULL;
	gboolean ethernet;

	(void)state;
	ref.cell = 0;
	refs = jhw_ref_list_new(&ref, 1);
	ethernet = g_str_equal(
		jhw_link_kind(jhw_link(jhw_document_workspace(document), ref.id)->protocol),
		"Ethernet");
	preview = jhw_move_preview(document, refs, cell);
	assert_int_equal(preview->refusal != NULL, ethernet);
	assert_int_equal(jhw_move(document, refs, cell, NULL), !ethernet);
}

static void test_ends_of_a_link_are_one_object_for_the_selection(void **state)
{
	g_autoptr(JhwDocument) document = fixture_board(BOARD);
	g_autoptr(JhwSelection) selection = jhw_selection_new();
	JhwRef whole = jhw_ref_of(JHW_REF_LINK, root_end(document).id), end = root_end(document);
	g_autoptr(JhwRefList) taken = NULL;

	(void)state;
	assert_true(jhw_ref_equal(&whole, &end));
	assert_int_equal(jhw_ref_hash(&whole), jhw_ref_hash(&end));
	jhw_selection_set(selection, &whole);
	/* a drag of one end means that end */
	taken = jhw_selection_take(selection, &end);
	assert_int_equal(taken->count, 1);
	assert_int_equal(taken->refs[0].cell, JHCFG_ROOT_KEY);
}

static void test_interrupts_move_with_other_things_in_one_step(void **state)
{
	g_autoptr(JhwDocument) document = fixture_board("arm64/zynqmp-zcu102");
	uint32_t cell = fixture_cell(document, "inmate-demo");
	JhwRef refs[] = { jhw_ref_of(JHW_REF_IRQ, 120), jhw_ref_of(JHW_REF_CPU, 1),
			  jhw_ref_of(JHW_REF_IRQ, 27) };
	g_autoptr(JhwRefList) list = jhw_ref_list_new(refs, G_N_ELEMENTS(refs));

	(void)state;
	/* PPIs are each CPU's own */
	assert_false(jhw_is_movable(jhw_document_workspace(document), &refs[2]));
	assert_true(jhw_move(document, list, cell, NULL));
	assert_int_equal(jhw_owner_of(jhw_document_workspace(document), &refs[0]), cell);
	assert_int_equal(jhw_owner_of(jhw_document_workspace(document), &refs[1]), cell);
	assert_false(jhw_cell_has(jhw_document_workspace(document), cell, &refs[2]));
	jhw_document_undo(document);
	assert_null(jhw_document_undo_name(document));
}

/* --- scenarios ---------------------------------------------------------------- */

static const struct jhcfg_scenario *scenario(JhwDocument *document, const char *name)
{
	return jhw_scenario(jhw_document_workspace(document), name);
}

static void test_scenario_is_made_changed_and_undone(void **state)
{
	g_autoptr(JhwDocument) document = fixture_board(BOARD);
	size_t count = jhcfg_workspace_num_scenarios(jhw_document_workspace(document));
	uint32_t cell = jhcfg_workspace_cell_key(jhw_document_workspace(document), 1);

	(void)state;
	assert_true(jhw_scenario_add(document, "night", NULL));
	assert_true(jhw_scenario_has(scenario(document, "night"), cell));
	assert_true(jhw_scenario_put(document, "night", cell, FALSE, NULL));
	assert_false(jhw_scenario_has(scenario(document, "night"), cell));
	assert_true(jhw_scenario_has(scenario(document, "night"), JHCFG_ROOT_KEY));
	assert_true(jhw_scenario_rename(document, "night", "day", NULL));
	assert_null(scenario(document, "night"));
	assert_false(jhw_scenario_has(scenario(document, "day"), cell));
	assert_true(jhw_scenario_put(document, "day", cell, TRUE, NULL));
	assert_true(jhw_scenario_has(scenario(document, "day"), cell));
	assert_true(jhw_scenario_delete(document, "day", NULL));
	assert_int_equal(jhcfg_workspace_num_scenarios(jhw_document_workspace(document)), count);
	for (guint n = 0; n < 5; n++)
		jhw_document_undo(document);
	assert_null(jhw_document_undo_name(document));
	assert_null(scenario(document, "night"));
}

static void test_scenario_refuses_taken_names_and_to_be_empty(void **state)
{
	g_autoptr(JhwDocument) document = fixture_board(BOARD);
	const struct jhcfg_workspace *workspace = jhw_document_workspace(document);
	size_t last = jhcfg_workspace_num_cells(workspace) - 1;
	g_autoptr(GError) taken = NULL, empty = NULL, unnamed = NULL;

	(void)state;
	assert_true(jhw_scenario_add(document, "night", NULL));
	assert_false(jhw_scenario_add(document, "night", &taken));
	assert_non_null(strstr(taken->message, "night"));
	assert_false(jhw_scenario_add(document, "", &unnamed));
	for (size_t n = 1; n < last; n++)
		assert_true(jhw_scenario_put(document, "night",
					     jhcfg_workspace_cell_key(workspace, n), FALSE, NULL));
	assert_false(jhw_scenario_put(document, "night", jhcfg_workspace_cell_key(workspace, last),
				      FALSE, &empty));
	assert_non_null(strstr(empty->message, "delete the scenario"));
}

/* Two cells with the same CPU: wrong only where both run. */
static void test_problems_are_those_of_the_scenario(void **state)
{
	g_autoptr(JhwDocument) document = fixture_board("arm64/zynqmp-zcu102");
	g_autoptr(JhwLog) log = jhw_log_new();
	g_autoptr(JhwSession) session = jhw_session_new(document, log);
	JhwChecker *checker = jhw_session_checker(session);
	const struct jhcfg_workspace *workspace = jhw_document_workspace(document);
	guint all, one;

	(void)state;
	while (jhcfg_workspace_num_scenarios(workspace))
		assert_true(jhw_scenario_delete(
			document, jhcfg_workspace_scenario(workspace, 0)->name, NULL));
	assert_true(jhw_scenario_add(document, "one", NULL));
	for (size_t n = 2; n < jhcfg_workspace_num_cells(workspace); n++)
		assert_true(jhw_scenario_put(document, "one",
					     jhcfg_workspace_cell_key(workspace, n), FALSE, NULL));
	assert_true(jhw_scenario_add(document, "all", NULL));
	jhw_session_set_scenario(session, "all");
	fixture_settle(session);
	all = jhw_checker_count(checker, JHCFG_ERROR);
	jhw_session_set_scenario(session, "one");
	fixture_settle(session);
	one = jhw_checker_count(checker, JHCFG_ERROR);
	assert_int_not_equal(all, 0);
	assert_int_equal(one, 0);
	/* one that goes away is not looked at any more */
	assert_true(jhw_scenario_delete(document, "one", NULL));
	assert_null(jhw_session_scenario(session));
	fixture_settle(session);
	assert_int_equal(jhw_checker_count(checker, JHCFG_ERROR), all);
}

/* --- what a move would break --------------------------------------------------- */

struct verdict {
	GPtrArray *broken;
	gboolean known;
};

static void judged(GObject *document, GAsyncResult *result, gpointer data)
{
	struct verdict *verdict = data;

	verdict->broken = jhw_move_judge_finish(JHW_DOCUMENT(document), result);
	verdict->known = TRUE;
}

/* Of the document with this name for a cell: a new array, NULL: cancelled. */
static GPtrArray *judge_renamed(JhwDocument *document, const char *name, GCancellable *cancellable)
{
	struct jhcfg_workspace *after = jhw_document_fork(document);
	uint32_t cell = fixture_cell(document, "inmate-demo");
	struct verdict verdict = { 0 };

	assert_int_equal(jhcfg_workspace_begin(after, "try"), 0);
	assert_int_equal(jhcfg_config_set_name(jhcfg_workspace_edit_cell(after, cell), name), 0);
	jhcfg_workspace_end(after);
	jhw_move_judge_async(document, after, cancellable, judged, &verdict);
	assert_false(verdict.known); /* whoever asks is not held up */
	while (!verdict.known)
		g_main_context_iteration(NULL, TRUE);
	return verdict.broken;
}

static void test_judge_tells_new_errors_only(void **state)
{
	g_autoptr(JhwDocument) document = fixture_board(BOARD);
	const char *root =
		jhcfg_cell_name(jhw_cell(jhw_document_workspace(document), JHCFG_ROOT_KEY));
	g_autoptr(GPtrArray) twice = NULL, once = NULL;

	(void)state;
	twice = judge_renamed(document, root, NULL);
	assert_int_equal(twice->len, 1);
	assert_true(g_str_has_prefix(twice->pdata[0], "F05\t"));
	once = judge_renamed(document, "another", NULL);
	assert_int_equal(once->len, 0);
}

static void test_judge_cancelled_says_nothing(void **state)
{
	g_autoptr(JhwDocument) document = fixture_board(BOARD);
	g_autoptr(GCancellable) cancellable = g_cancellable_new();

	(void)state;
	g_cancellable_cancel(cancellable);
	assert_null(judge_renamed(document, "another", cancellable));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_end_of_a_link_moves_with_interrupts_and_is_undone),
		cmocka_unit_test(test_end_of_a_link_is_not_given_to_its_other_end),
		cmocka_unit_test(test_link_as_a_whole_gets_one_more_end_unless_it_is_ethernet),
		cmocka_unit_test(test_ends_of_a_link_are_one_object_for_the_selection),
		cmocka_unit_test(test_interrupts_move_with_other_things_in_one_step),
		cmocka_unit_test(test_scenario_is_made_changed_and_undone),
		cmocka_unit_test(test_scenario_refuses_taken_names_and_to_be_empty),
		cmocka_unit_test(test_problems_are_those_of_the_scenario),
		cmocka_unit_test(test_judge_tells_new_errors_only),
		cmocka_unit_test(test_judge_cancelled_says_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
