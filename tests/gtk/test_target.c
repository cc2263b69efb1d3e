// SPDX-License-Identifier: GPL-2.0-or-later
/* Targets as objects: what they tell, and commands that end in every way. */
#include "cmocka_all.h"

#include "gtk_fixture.h"
#include "model/target.h"

#define RECORDING TEST_FIXTURES "/jh-top/crash.jsonl"

static void count(G_GNUC_UNUSED JhwTarget *target, guint *times)
{
	(*times)++;
}

static void test_recording_tells_what_it_runs(void **state)
{
	g_autoptr(JhwTarget) target = jhw_target_new();
	guint changes = 0, samples = 0;

	(void)state;
	assert_int_equal(jhw_target_state(target), JHW_TARGET_NONE);
	g_signal_connect(target, "changed", G_CALLBACK(count), &changes);
	g_signal_connect(target, "sampled", G_CALLBACK(count), &samples);
	assert_true(jhw_target_open(target, "recorded:" RECORDING, NULL));
	assert_int_equal(jhw_target_state(target), JHW_TARGET_ENABLED);
	assert_true(jhw_target_is_recording(target));
	assert_true(changes > 0 && samples == 1);
	assert_int_equal(jhw_target_cell(target, "rtos")->state, JHCFG_CELL_FAILED);
	assert_null(jhw_target_cell(target, "nobody"));
	jhw_target_refresh(target);
	assert_int_equal(samples, 2);
	jhw_target_close(target);
	assert_int_equal(jhw_target_state(target), JHW_TARGET_NONE);
	assert_null(jhw_target_status(target));
	assert_null(jhw_target_handle(target));
}

static void test_target_that_is_none_says_why(void **state)
{
	g_autoptr(JhwTarget) target = jhw_target_new();
	g_autoptr(GError) error = NULL;

	(void)state;
	assert_false(jhw_target_open(target, "gopher://board", &error));
	assert_non_null(strstr(error->message, "write local, ssh://"));
	assert_int_equal(jhw_target_state(target), JHW_TARGET_LOST);
	assert_string_equal(jhw_target_reason(target), error->message);
	assert_string_equal(jhw_target_name(target), "gopher://board");
	/* another one does not remember it */
	assert_true(jhw_target_open(target, "local", NULL));
	assert_string_equal(jhw_target_reason(target), "");
	assert_true(jhw_target_is_ready(target));
}

/* --- commands ----------------------------------------------------------------- */

struct outcome {
	gboolean over;
	JhwTargetResult *result;
	GError *error;
};

static void clear(struct outcome *outcome)
{
	g_clear_pointer(&outcome->result, jhw_target_result_free);
	g_clear_error(&outcome->error);
	outcome->over = FALSE;
}

static void ended(GObject *source, GAsyncResult *result, gpointer data)
{
	struct outcome *outcome = data;

	outcome->result = jhw_target_run_finish(JHW_TARGET(source), result, &outcome->error);
	outcome->over = TRUE;
}

static void wait_for(struct outcome *outcome)
{
	while (!outcome->over)
		g_main_context_iteration(NULL, TRUE);
}

static void test_command_ends_in_every_way(void **state)
{
	static const char *const speaks[] = { "sh", "-c", "echo out; echo err >&2; exit 3", NULL };
	static const char *const endless[] = { "sh", "-c", "while :; do sleep 1; done", NULL };
	static const char *const floods[] = { "yes", NULL };
	g_autoptr(JhwTarget) target = jhw_target_new();
	g_autoptr(GCancellable) cancellable = g_cancellable_new();
	struct outcome outcome = { 0 };

	(void)state;
	/* there is none yet */
	jhw_target_run_async(target, speaks, 0, NULL, ended, &outcome);
	wait_for(&outcome);
	assert_true(g_error_matches(outcome.error, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED));
	clear(&outcome);

	assert_true(jhw_target_open(target, "local", NULL));
	jhw_target_run_async(target, speaks, 0, NULL, ended, &outcome);
	wait_for(&outcome);
	assert_int_equal(outcome.result->status, 3);
	assert_string_equal(outcome.result->output, "out\n");
	assert_string_equal(outcome.result->errors, "err\n");
	clear(&outcome);

	/* nothing but the target's own timer wakes the loop */
	jhw_target_run_async(target, endless, 50, NULL, ended, &outcome);
	wait_for(&outcome);
	assert_true(g_error_matches(outcome.error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT));
	clear(&outcome);

	jhw_target_run_async(target, floods, 0, NULL, ended, &outcome);
	wait_for(&outcome);
	assert_non_null(outcome.error);
	clear(&outcome);

	jhw_target_run_async(target, endless, 0, cancellable, ended, &outcome);
	g_cancellable_cancel(cancellable);
	wait_for(&outcome);
	assert_true(g_error_matches(outcome.error, G_IO_ERROR, G_IO_ERROR_CANCELLED));
	clear(&outcome);

	jhw_target_run_async(target, endless, 0, NULL, ended, &outcome);
	jhw_target_close(target);
	wait_for(&outcome);
	assert_non_null(outcome.error);
	clear(&outcome);
}

static void close_it(JhwTarget *target)
{
	jhw_target_close(target);
}

/* Whoever hears of something may close the target on the spot. */
static void test_target_is_closed_from_its_own_signal(void **state)
{
	static const char *const speaks[] = { "echo", NULL };
	g_autoptr(JhwTarget) target = jhw_target_new();
	struct outcome outcome = { 0 };

	(void)state;
	assert_true(jhw_target_open(target, "local", NULL));
	g_signal_connect(target, "sampled", G_CALLBACK(close_it), NULL);
	jhw_target_run_async(target, speaks, 0, NULL, ended, &outcome);
	jhw_target_refresh(target);
	wait_for(&outcome);
	assert_null(jhw_target_handle(target));
	clear(&outcome);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_recording_tells_what_it_runs),
		cmocka_unit_test(test_target_that_is_none_says_why),
		cmocka_unit_test(test_command_ends_in_every_way),
		cmocka_unit_test(test_target_is_closed_from_its_own_signal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
