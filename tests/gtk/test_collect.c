// SPDX-License-Identifier: GPL-2.0-or-later
/* The hardware of a target as a project: this machine, as a target like any. */
#include "cmocka_all.h"

#include "gtk_fixture.h"
#include "model/collect.h"
#include "model/error.h"

struct fixture {
	JhwTarget *target;
	struct jhcfg_diags *diags;
	gboolean done;
	JhwDocument *document;
	GError *error;
};

static int set_up(void **state)
{
	struct fixture *fixture = g_new0(struct fixture, 1);

	fixture->diags = jhcfg_diags_new();
	fixture->target = jhw_target_new();
	assert_true(jhw_target_open(fixture->target, "local", NULL));
	*state = fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;

	jhw_target_close(fixture->target);
	g_object_unref(fixture->target);
	jhcfg_diags_free(fixture->diags);
	g_clear_object(&fixture->document);
	g_clear_error(&fixture->error);
	g_free(fixture);
	return 0;
}

static void collected(GObject *source, GAsyncResult *result, gpointer data)
{
	struct fixture *fixture = data;

	fixture->document = jhw_collect_finish(JHW_TARGET(source), result, &fixture->error);
	fixture->done = TRUE;
}

static void begin(struct fixture *fixture, GCancellable *cancellable)
{
	jhw_collect_async(fixture->target, fixture->diags, cancellable, collected, fixture);
}

static void wait_for_end(const struct fixture *fixture)
{
	while (!fixture->done)
		g_main_context_iteration(NULL, TRUE);
}

/* What this machine is depends on where the test runs; a container may hide what
 * is needed, which is then said. */
static void test_collect_from_this_machine_gives_a_document_or_a_reason(void **state)
{
	struct fixture *fixture = *state;

	begin(fixture, NULL);
	wait_for_end(fixture);
	print_message("%s\n", fixture->document ? jhw_document_title(fixture->document)
						: fixture->error->message);
	if (fixture->document)
		assert_non_null(jhcfg_workspace_board(jhw_document_workspace(fixture->document)));
	else
		assert_true(strlen(fixture->error->message) > strlen("local: "));
}

static void test_collect_that_is_cancelled_ends_at_once(void **state)
{
	g_autoptr(GCancellable) cancellable = g_cancellable_new();
	struct fixture *fixture = *state;

	begin(fixture, cancellable);
	g_cancellable_cancel(cancellable);
	wait_for_end(fixture);
	assert_null(fixture->document);
}

static void test_collect_ends_when_the_target_is_closed(void **state)
{
	struct fixture *fixture = *state;

	begin(fixture, NULL);
	jhw_target_close(fixture->target);
	wait_for_end(fixture);
	assert_null(fixture->document);
	assert_non_null(fixture->error);
}

#define CASE(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_collect_from_this_machine_gives_a_document_or_a_reason),
		CASE(test_collect_that_is_cancelled_ends_at_once),
		CASE(test_collect_ends_when_the_target_is_closed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
