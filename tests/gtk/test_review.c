// SPDX-License-Identifier: GPL-2.0-or-later
/* What is told of hardware before it becomes a project. */
#include "cmocka_all.h"

#include "gtk_fixture.h"
#include "model/error.h"
#include "model/review.h"

#define ARM64 2 /* JAILHOUSE_ARM64 */
#define BOARD TEST_BOARDS "/arm64/zynqmp-zcu102/board.json"

static gboolean has_line(const struct jhcfg_workspace *workspace, const struct jhcfg_diags *diags,
			 JhwReviewPart part, const char *words)
{
	g_autoptr(GPtrArray) lines = jhw_review_lines(workspace, diags, part);

	for (guint n = 0; n < lines->len; n++) {
		const JhwReviewLine *line = lines->pdata[n];

		if (strstr(line->text, words))
			return TRUE;
	}
	return FALSE;
}

static void test_review_of_a_board_names_what_was_found_and_chosen(void **state)
{
	g_autoptr(JhwDiagsList) diags = jhcfg_diags_new();
	g_autoptr(GError) error = NULL;
	g_autoptr(JhwDocument) document = jhw_document_load(BOARD, diags, &error);
	const struct jhcfg_workspace *workspace;

	(void)state;
	if (!document)
		fail_msg("%s", error->message);
	assert_null(jhw_document_path(document));
	workspace = jhw_document_workspace(document);
	assert_true(has_line(workspace, diags, JHW_REVIEW_FOUND, "4 CPUs"));
	assert_true(has_line(workspace, diags, JHW_REVIEW_FOUND, "4 GiB of RAM"));
	assert_true(has_line(workspace, diags, JHW_REVIEW_FOUND, "UARTs: 2"));
	assert_true(has_line(workspace, diags, JHW_REVIEW_INFERRED, "memory of the hypervisor"));
	assert_true(has_line(workspace, diags, JHW_REVIEW_INFERRED, "root cell"));
}

static void test_review_tells_what_was_said_and_that_hardware_is_not_known(void **state)
{
	g_autoptr(JhwWorkspace) workspace = jhcfg_workspace_new(ARM64, NULL);
	g_autoptr(JhwDiagsList) diags = jhcfg_diags_new();

	(void)state;
	jhcfg_diags_add(diags, JHCFG_WARNING, "X01", "timer", "", "look", "no interrupt is told");
	assert_true(has_line(workspace, diags, JHW_REVIEW_MISSING, "nothing is known"));
	assert_true(has_line(workspace, diags, JHW_REVIEW_MISSING, "timer: no interrupt is told"));
	assert_false(has_line(workspace, diags, JHW_REVIEW_FOUND, "CPU"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_review_of_a_board_names_what_was_found_and_chosen),
		cmocka_unit_test(test_review_tells_what_was_said_and_that_hardware_is_not_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
