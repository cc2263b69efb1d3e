// SPDX-License-Identifier: GPL-2.0-or-later
/* Targets looked at again and again, recorded, and replayed. */
#include "cmocka_all.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "count_memory.h"
#include "fake_sysfs.h"
#include "model/rows.h"
#include "model/session.h"
#include "tree.h"

#define PATIENCE_MS 120000

static char recording[256];

static struct tui_session *open_session(const char *path,
					struct tui_session_options options)
{
	struct tui_session *session;
	char name[300];

	snprintf(name, sizeof(name), "recorded:%s", path);
	assert_int_equal(tui_session_open(name, &options, NULL, &session), 0);
	return session;
}

/* Until the model has changed. */
static const struct tui_model *wait_for_refresh(struct tui_session *session)
{
	struct pollfd fd = {
		.fd = tui_session_fd(session),
		.events = POLLIN,
	};
	const struct tui_model *model = tui_session_model(session);
	uint64_t before = model->refreshes;

	while (model->refreshes == before) {
		assert_int_equal(poll(&fd, 1, PATIENCE_MS), 1);
		assert_true(tui_session_dispatch(session) >= 0);
	}
	return model;
}

static void fill(int cells, int exits)
{
	char name[16], cpus[16];

	fake_enabled(1);
	tree_write("/proc/loadavg", "0.10 0.20 0.30 1/80 1234\n");
	for (int n = 0; n < cells; n++) {
		snprintf(name, sizeof(name), "cell%d", n);
		snprintf(cpus, sizeof(cpus), "%d-%d", 4 * n, 4 * n + 3);
		fake_cell(n, name, "running", cpus, "");
		for (int cpu = -1; cpu < 4; cpu++) {
			int which = cpu < 0 ? -1 : 4 * n + cpu;

			fake_counter(n, which, "vmexits_total", exits);
			fake_counter(n, which, "vmexits_mmio", exits);
		}
	}
}

/* A machine on which something happens: five moments of it, into a file. */
static void record(void)
{
	struct tui_session *session;
	struct tui_session_options options = {
		.delay_ms = 20,
		.record = recording,
	};

	snprintf(recording, sizeof(recording), "%s/r.jhrec",
		 getenv("JAILHOUSE_ROOT"));
	fill(3, 100);
	session = open_session(getenv("JAILHOUSE_ROOT"), options);
	for (int n = 1; n < 5; n++) {
		fill(3, 100 + 10 * n);
		fake_cell(2, "cell2", n >= 3 ? "failed" : "running", "8-11",
			  n >= 3 ? "9" : "");
		wait_for_refresh(session);
	}
	tui_session_close(session);
}

static void test_session_looks_at_what_is_there(void **state)
{
	const struct tui_session_options options = { .delay_ms = 10 };
	struct tui_session *session;
	const struct tui_model *model;

	(void)state;
	fill(2, 100);
	session = open_session(getenv("JAILHOUSE_ROOT"), options);
	model = tui_session_model(session);
	assert_int_equal(model->refreshes, 1);
	assert_int_equal(model->num_cells, 2);
	fake_cell(1, "cell1", "failed", "4-7", "5");
	wait_for_refresh(session);
	/* it may have been looked at while that was written */
	model = wait_for_refresh(session);
	assert_int_equal(model->cells[1].state, JHCFG_CELL_FAILED);
	assert_int_equal(model->cells[1].num_failed, 1);
	tui_session_close(session);
}

static void count_taken(struct tui_session *session, void *user)
{
	(void)session;
	++*(int *)user;
}

static void test_session_shares_a_target(void **state)
{
	struct tui_session_options options = { .taken = count_taken };
	struct tui_session *session;
	struct jhcfg_target *target;
	const struct tui_model *model;
	char name[300];
	int taken = 0;

	(void)state;
	record();
	snprintf(name, sizeof(name), "recorded:%s", recording);
	assert_int_equal(jhcfg_target_open(name, NULL, NULL, &target), 0);
	options.target = target;
	options.user = &taken;
	assert_int_equal(tui_session_open(NULL, &options, NULL, &session), 0);
	model = tui_session_model(session);
	assert_string_equal(model->target, name);
	/* each moment up to the end is told */
	assert_int_equal(taken, 5);
	assert_int_equal(model->cells[2].state, JHCFG_CELL_FAILED);
	tui_session_seek(session, 0);
	assert_int_equal(taken, 6);
	assert_int_equal(model->cells[2].state, JHCFG_CELL_RUNNING);
	tui_session_close(session);
	/* it is still there, and of use */
	assert_int_equal(jhcfg_target_state(target), JHCFG_TARGET_READY);
	jhcfg_target_close(target);
}

static void test_session_waits_and_attaches(void **state)
{
	const struct tui_session_options options = { .delay_ms = 10 };
	struct tui_session *session;
	const struct tui_model *model;

	(void)state;
	tree_write("/proc/loadavg", "0 0 0\n");
	session = open_session(getenv("JAILHOUSE_ROOT"), options);
	model = tui_session_model(session);
	assert_int_equal(model->attach, TUI_NO_DRIVER);
	fill(1, 0);
	while (model->attach != TUI_ENABLED)
		wait_for_refresh(session);
	assert_int_equal(model->num_cells, 1);
	tui_session_close(session);
}

static void test_session_replay_is_what_live_was(void **state)
{
	struct tui_session *session;
	const struct tui_model *model;
	bool failed = false;

	(void)state;
	record();
	session = open_session(recording,
			       (struct tui_session_options){ .replay = true });
	model = tui_session_model(session);
	assert_int_equal(model->refreshes, 1);
	assert_int_equal(model->cells[2].counters[0].total, 100);
	while (tui_session_step(session))
		;
	assert_int_equal(model->refreshes, 5);
	assert_int_equal(model->cells[0].counters[0].total, 140);
	assert_int_equal(model->cells[2].state, JHCFG_CELL_FAILED);
	for (uint64_t n = 1; n <= model->num_events; n++)
		failed |= !!strstr(tui_model_event(model, n)->text,
				   "CPU 9 failed");
	assert_true(failed);
	assert_int_equal(model->playback.position_ms,
			 model->playback.length_ms);
	tui_session_close(session);
}

static void test_session_seek_goes_both_ways(void **state)
{
	struct tui_session *session;
	const struct tui_model *model;
	uint64_t events, rate;

	(void)state;
	record();
	session = open_session(recording, (struct tui_session_options){ 0 });
	model = tui_session_model(session);
	/* without replay it stands at its end */
	assert_true(model->playback.paused);
	assert_int_equal(model->cells[0].counters[0].total, 140);
	events = model->num_events;
	rate = model->cells[0].counters[0].rate_milli;
	assert_int_not_equal(rate, TUI_NO_VALUE);
	tui_session_seek(session, 0);
	assert_int_equal(model->cells[0].counters[0].total, 100);
	assert_int_equal(model->cells[2].state, JHCFG_CELL_RUNNING);
	tui_session_seek(session, UINT64_MAX);
	assert_int_equal(model->cells[0].counters[0].total, 140);
	assert_int_equal(model->num_events, events);
	assert_int_equal(model->cells[0].counters[0].rate_milli, rate);
	tui_session_close(session);
}

static void test_session_replay_goes_on_by_the_clock_and_ends(void **state)
{
	const struct tui_session_options options = { .replay = true };
	struct tui_session *session;
	const struct tui_model *model;

	(void)state;
	record();
	session = open_session(recording, options);
	model = tui_session_model(session);
	tui_session_set_speed(session, 64000);
	assert_int_equal(model->playback.speed_milli, 64000);
	while (model->cells[0].counters[0].total != 140)
		wait_for_refresh(session);
	tui_session_seek(session, 0);
	tui_session_pause(session, true);
	assert_true(model->playback.paused);
	assert_int_equal(model->cells[0].counters[0].total, 100);
	tui_session_pause(session, false);
	while (model->cells[0].counters[0].total != 140)
		wait_for_refresh(session);
	tui_session_close(session);
}

static void test_session_does_nothing_where_it_may_not(void **state)
{
	const struct tui_session_options writable = { .writable = true };
	struct tui_session *session;
	struct tui_action action = { .verb = TUI_START, .cell = 1 };

	(void)state;
	record();
	/* nothing runs on a recording, whatever is allowed */
	session = open_session(recording, writable);
	assert_false(tui_session_writable(session));
	assert_int_equal(tui_session_act(session, &action), -EROFS);
	tui_session_close(session);
	assert_int_equal(tui_session_open("local", NULL, NULL, &session), 0);
	assert_false(tui_session_writable(session));
	assert_int_equal(tui_session_act(session, &action), -EROFS);
	tui_session_close(session);
	assert_int_equal(tui_session_open("local", &writable, NULL, &session),
			 0);
	action.cell = 4711;
	assert_int_equal(tui_session_act(session, &action), -ESRCH);
	action = (struct tui_action){
		.verb = TUI_CREATE,
		.file = "/no/such/file",
	};
	assert_int_equal(tui_session_act(session, &action), -ENOENT);
	tui_session_close(session);
}

static void test_session_record_of_what_exists_is_refused(void **state)
{
	struct tui_session_options options = { .record = recording };
	struct jhcfg_diags *diags = jhcfg_diags_new();
	struct tui_session *session;
	char name[300];

	(void)state;
	record();
	snprintf(name, sizeof(name), "recorded:%s", getenv("JAILHOUSE_ROOT"));
	assert_int_equal(tui_session_open(name, &options, diags, &session),
			 -EEXIST);
	assert_int_equal(jhcfg_diags_count(diags, JHCFG_ERROR), 1);
	jhcfg_diags_free(diags);
}

/* --- actions -------------------------------------------------------------- */

/* A management tool that writes down how it was called. */
static void make_tool(const char *script)
{
	char path[512], text[1024];

	snprintf(text, sizeof(text), "#!/bin/sh\n%s\n", script);
	tree_write("/bin/jailhouse", text);
	snprintf(path, sizeof(path), "%s/bin/jailhouse",
		 getenv("JAILHOUSE_ROOT"));
	assert_int_equal(chmod(path, 0755), 0);
	snprintf(text, sizeof(text), "%s/bin:%s", getenv("JAILHOUSE_ROOT"),
		 getenv("PATH"));
	setenv("PATH", text, 1);
}

/* The text of the event that the action ends with. */
static const char *event_of_action(struct tui_session *session)
{
	const struct tui_model *model = tui_session_model(session);
	struct pollfd fd = {
		.fd = tui_session_fd(session),
		.events = POLLIN,
	};

	for (;;) {
		for (uint64_t n = 1; n <= model->num_events; n++) {
			const struct tui_event *event =
				tui_model_event(model, n);

			if (event->kind == TUI_EVENT_ACTION)
				return event->text;
		}
		assert_int_equal(poll(&fd, 1, PATIENCE_MS), 1);
		assert_true(tui_session_dispatch(session) >= 0);
	}
}

/* Without its rights nothing is done on this machine, and that is told. */
static void need_root(void)
{
	if (geteuid()) {
		print_message("skipped: actions are for root\n");
		skip();
	}
}

static void test_session_action_runs_the_tool(void **state)
{
	const struct tui_session_options writable = { .writable = true };
	struct tui_action action = { .verb = TUI_CREATE };
	struct tui_session *session;
	char file[300], log[300], text[512] = "";
	FILE *in;

	(void)state;
	need_root();
	make_tool("echo \"$@\" >\"$(dirname \"$0\")/called\"");
	tree_write("/a cell.cell", "x");
	snprintf(file, sizeof(file), "%s/a cell.cell",
		 getenv("JAILHOUSE_ROOT"));
	action.file = file;
	assert_int_equal(tui_session_open("local", &writable, NULL, &session),
			 0);
	assert_int_equal(tui_session_act(session, &action), 0);
	assert_non_null(strstr(event_of_action(session), ": done"));
	tui_session_close(session);
	snprintf(log, sizeof(log), "%s/bin/called", getenv("JAILHOUSE_ROOT"));
	in = fopen(log, "r");
	assert_non_null(in);
	assert_non_null(fgets(text, sizeof(text), in));
	fclose(in);
	assert_non_null(strstr(text, "cell create /"));
	assert_non_null(strstr(text, "/a cell.cell\n"));
}

static void test_session_action_that_fails_says_why(void **state)
{
	const struct tui_session_options writable = { .writable = true };
	struct tui_action action = { .verb = TUI_CREATE };
	struct tui_session *session;
	const char *text;
	char file[300];

	(void)state;
	need_root();
	make_tool("printf '\\033[2Jno room\\nmore\\n' >&2; exit 1");
	tree_write("/a.cell", "x");
	snprintf(file, sizeof(file), "%s/a.cell", getenv("JAILHOUSE_ROOT"));
	action.file = file;
	assert_int_equal(tui_session_open("local", &writable, NULL, &session),
			 0);
	assert_int_equal(tui_session_act(session, &action), 0);
	text = event_of_action(session);
	assert_non_null(strstr(text, "create "));
	assert_non_null(strstr(text, "failed: ?[2Jno room"));
	assert_null(strstr(text, "more"));
	tui_session_close(session);
}

/* --- hostile targets ------------------------------------------------------ */

static void test_session_huge_file_is_told_and_gone_on_from(void **state)
{
	const struct tui_session_options options = { .delay_ms = 10 };
	static char huge[9 << 20];
	const struct tui_model *model;
	struct tui_session *session;

	(void)state;
	memset(huge, 'x', sizeof(huge) - 1);
	fill(1, 0);
	tree_write("/sys/devices/jailhouse/huge", huge);
	session = open_session(getenv("JAILHOUSE_ROOT"), options);
	model = tui_session_model(session);
	assert_int_equal(model->attach, TUI_LOST);
	assert_true(*model->reason);
	tree_delete("/sys/devices/jailhouse/huge");
	wait_for_refresh(session);
	assert_int_equal(model->attach, TUI_ENABLED);
	assert_int_equal(model->num_cells, 1);
	tui_session_close(session);
}

/* That many looks to come fail before they begin. */
static int failures;

int __real_jhcfg_reading_start(struct jhcfg_reading *reading, int timeout_ms);
int __wrap_jhcfg_reading_start(struct jhcfg_reading *reading, int timeout_ms);

int __wrap_jhcfg_reading_start(struct jhcfg_reading *reading, int timeout_ms)
{
	if (!failures)
		return __real_jhcfg_reading_start(reading, timeout_ms);
	failures--;
	return -EIO;
}

/* Looks, and says what is known then. */
static enum tui_attach look(struct tui_session *session, int fails)
{
	failures = fails;
	tui_session_refresh(session);
	assert_int_equal(failures, 0);
	return tui_session_model(session)->attach;
}

static void test_session_one_failed_look_is_not_lost(void **state)
{
	/* it looks when it is told to */
	const struct tui_session_options options = { .delay_ms = 3600 * 1000 };
	struct tui_session *session;
	const struct tui_model *model;

	(void)state;
	fill(1, 0);
	failures = 1;
	session = open_session(getenv("JAILHOUSE_ROOT"), options);
	model = tui_session_model(session);
	assert_int_equal(model->attach, TUI_ENABLED);
	assert_int_equal(model->refreshes, 1);
	/* and again, since there was one that did not */
	assert_int_equal(look(session, 1), TUI_ENABLED);
	assert_int_equal(model->refreshes, 2);
	/* it is tried once only */
	assert_int_equal(look(session, 2), TUI_LOST);
	assert_int_equal(look(session, 1), TUI_LOST);
	assert_string_equal(model->reason, strerror(EIO));
	assert_int_equal(model->refreshes, 2);
	assert_int_equal(look(session, 0), TUI_ENABLED);
	tui_session_close(session);
}

/* --- memory --------------------------------------------------------------- */

static void test_session_refresh_takes_no_memory(void **state)
{
	const struct tui_session_options options = { .delay_ms = 10 };
	struct tui_rows *rows = tui_rows_new();
	struct tui_columns columns = { .count = 0 };
	struct tui_session *session;
	const struct tui_model *model;
	size_t before = 0;

	(void)state;
	fill(16, 100);
	tree_write("/proc/interrupts",
		   " CPU0\n 45: 7 GICv3 140 Edge uio_ivshmem\n");
	tree_write("/sys/devices/jailhouse/console", "one\ntwo\n");
	session = open_session(getenv("JAILHOUSE_ROOT"), options);
	tui_rows_expand_all(rows, true);
	for (int n = 0; n < 8; n++) {
		model = wait_for_refresh(session);
		tui_columns_set(&columns, model);
		assert_int_equal(tui_rows_update(rows, model, &columns), 0);
		if (n == 3)
			before = count_memory();
	}
	assert_int_equal(model->num_cells, 16);
	assert_true(before);
	assert_int_equal(count_memory(), before);
	tui_session_close(session);
	tui_rows_free(rows);
}

static void test_session_replay_takes_no_memory(void **state)
{
	struct tui_session *session;
	size_t before;

	(void)state;
	record();
	session = open_session(recording,
			       (struct tui_session_options){ .replay = true });
	assert_true(tui_session_step(session));
	assert_true(tui_session_step(session));
	before = count_memory();
	assert_true(tui_session_step(session));
	assert_int_equal(count_memory(), before);
	tui_session_close(session);
}

int main(void)
{
#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, tree_setup, tree_teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_session_looks_at_what_is_there),
		TEST(test_session_shares_a_target),
		TEST(test_session_waits_and_attaches),
		TEST(test_session_replay_is_what_live_was),
		TEST(test_session_seek_goes_both_ways),
		TEST(test_session_replay_goes_on_by_the_clock_and_ends),
		TEST(test_session_does_nothing_where_it_may_not),
		TEST(test_session_record_of_what_exists_is_refused),
		TEST(test_session_action_runs_the_tool),
		TEST(test_session_action_that_fails_says_why),
		TEST(test_session_huge_file_is_told_and_gone_on_from),
		TEST(test_session_one_failed_look_is_not_lost),
		TEST(test_session_refresh_takes_no_memory),
		TEST(test_session_replay_takes_no_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
