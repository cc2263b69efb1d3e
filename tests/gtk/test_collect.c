// SPDX-License-Identifier: GPL-2.0-or-later
/* The hardware of a target as a project: this machine, as a target like any. */
#include "cmocka_all.h"

#include "gtk_fixture.h"
#include "model/collect.h"
#include "model/error.h"

struct end {
	gboolean done;
	JhwDocument *document;
	GError *error;
};

static void end_collect(GObject *source, GAsyncResult *result, gpointer data)
{
	struct end *end = data;

	end->document = jhw_collect_finish(JHW_TARGET(source), result, &end->error);
	end->done = TRUE;
}

static void wait_for(const struct end *end)
{
	while (!end->done)
		g_main_context_iteration(NULL, TRUE);
}

/* What this machine is depends on where the test runs; a container may hide what
 * is needed, which is then said. */
static void test_collect_from_this_machine_gives_a_document_or_a_reason(void **state)
{
	g_autoptr(JhwDiagsList) diags = jhcfg_diags_new();
	g_autoptr(JhwTarget) target = jhw_target_new();
	struct end end = { 0 };

	(void)state;
	assert_true(jhw_target_open(target, "local", NULL));
	jhw_collect_async(target, diags, NULL, end_collect, &end);
	wait_for(&end);
	print_message("%s\n", end.document ? jhw_document_title(end.document) : end.error->message);
	if (end.document)
		assert_non_null(jhcfg_workspace_board(jhw_document_workspace(end.document)));
	else
		assert_true(strlen(end.error->message) > strlen("local: "));
	jhw_target_close(target);
	g_clear_object(&end.document);
	g_clear_error(&end.error);
}

static void test_collect_that_is_cancelled_ends_at_once(void **state)
{
	g_autoptr(JhwDiagsList) diags = jhcfg_diags_new();
	g_autoptr(JhwTarget) target = jhw_target_new();
	g_autoptr(GCancellable) cancellable = g_cancellable_new();
	struct end end = { 0 };

	(void)state;
	assert_true(jhw_target_open(target, "local", NULL));
	jhw_collect_async(target, diags, cancellable, end_collect, &end);
	g_cancellable_cancel(cancellable);
	wait_for(&end);
	assert_null(end.document);
	g_clear_error(&end.error);
	jhw_target_close(target);
}

static void test_collect_ends_when_the_target_is_closed(void **state)
{
	g_autoptr(JhwDiagsList) diags = jhcfg_diags_new();
	g_autoptr(JhwTarget) target = jhw_target_new();
	struct end end = { 0 };

	(void)state;
	assert_true(jhw_target_open(target, "local", NULL));
	jhw_collect_async(target, diags, NULL, end_collect, &end);
	jhw_target_close(target);
	wait_for(&end);
	assert_null(end.document);
	assert_non_null(end.error);
	g_clear_error(&end.error);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_collect_from_this_machine_gives_a_document_or_a_reason),
		cmocka_unit_test(test_collect_that_is_cancelled_ends_at_once),
		cmocka_unit_test(test_collect_ends_when_the_target_is_closed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
