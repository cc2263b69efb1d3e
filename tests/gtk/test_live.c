// SPDX-License-Identifier: GPL-2.0-or-later
/* A recording played in the editor's model: numbers over time, and events. */
#include "cmocka_all.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "model/live.h"
#include "pages/run/event_row.h"

#define RECORDING "recorded:" TEST_FIXTURES "/jh-top/crash.jsonl"
#define LENGTH_MS 31000U

struct fixture {
	JhwTarget *target;
	JhwLive *live;
	guint changes;
};

static void count(struct fixture *fixture)
{
	fixture->changes++;
}

static int set_up(void **state)
{
	struct fixture *fixture = g_new0(struct fixture, 1);
	g_autoptr(GError) error = NULL;

	fixture->target = jhw_target_new();
	fixture->live = jhw_live_of(fixture->target);
	g_signal_connect_swapped(fixture->live, "changed", G_CALLBACK(count), fixture);
	if (!jhw_target_open(fixture->target, RECORDING, &error))
		fail_msg("%s", error->message);
	*state = fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;

	g_object_unref(fixture->target);
	g_free(fixture);
	return 0;
}

static const struct tui_model *model_of(struct fixture *fixture)
{
	return jhw_live_model(fixture->live);
}

static void wait_for_change(struct fixture *fixture)
{
	guint before = fixture->changes;

	while (fixture->changes == before)
		g_main_context_iteration(NULL, TRUE);
}

static const JhwMetric *metric(struct fixture *fixture, const char *cell, const char *key)
{
	const JhwMetric *found = jhw_metrics_find(jhw_live_metrics(fixture->live), cell, key);

	assert_non_null(found);
	return found;
}

static void test_recording_stands_at_its_end(void **state)
{
	struct fixture *fixture = *state;

	assert_true(jhw_live_is_recording(fixture->live));
	assert_int_equal(model_of(fixture)->playback.position_ms, LENGTH_MS);
	assert_true(model_of(fixture)->playback.paused);
	assert_int_equal(model_of(fixture)->num_cells, 3);
	wait_for_change(fixture);
}

static void test_metrics_are_of_each_moment(void **state)
{
	struct fixture *fixture = *state;
	const JhwMetric *exits = metric(fixture, "rtos", "total");
	const JhwPoint *points;
	guint num_points, gaps = 0;

	points = jhw_series_points(exits->series, &num_points);
	assert_true(num_points > 10);
	for (guint n = 1; n < num_points; n++) {
		assert_true(points[n].ms > points[n - 1].ms);
		gaps += isnan(points[n].value);
	}
	/* that of its first moment is not known: nothing is made up for it */
	assert_true(isnan(points[0].value));
	assert_true(gaps < num_points / 2);
	assert_true(exits->peak >= exits->value || isnan(exits->value));
}

static void test_metrics_say_what_they_are(void **state)
{
	struct fixture *fixture = *state;
	g_autofree char *pool = jhw_metric_text(metric(fixture, NULL, "pool"));
	g_autofree char *load = jhw_metric_text(metric(fixture, NULL, "load"));
	g_autofree char *mmio = jhw_metric_text(metric(fixture, "qemu-arm64", "mmio"));

	assert_string_equal(pool, "74 of 994 pages");
	assert_string_equal(load, "0.31");
	assert_non_null(strstr(mmio, "/s"));
	assert_null(jhw_metrics_find(jhw_live_metrics(fixture->live), "rtos", "no-such"));
}

static void test_seek_goes_both_ways(void **state)
{
	struct fixture *fixture = *state;
	guint epoch = jhw_live_epoch(fixture->live);
	guint64 events = model_of(fixture)->num_events;
	const JhwMetric *held = jhw_metric_ref(metric(fixture, "rtos", "total"));

	jhw_live_seek(fixture->live, 2000);
	assert_int_equal(model_of(fixture)->playback.position_ms, 2000);
	assert_int_not_equal(jhw_live_epoch(fixture->live), epoch);
	assert_true(model_of(fixture)->num_events < events);
	/* who still looks at it may do so */
	assert_string_equal(held->key, "total");
	jhw_metric_unref(held);
	epoch = jhw_live_epoch(fixture->live);
	jhw_live_seek(fixture->live, LENGTH_MS);
	assert_int_equal(jhw_live_epoch(fixture->live), epoch);
	assert_int_equal(model_of(fixture)->num_events, events);
	assert_true(metric(fixture, "rtos", "total")->peak > 0);
}

static void test_replay_goes_on_to_its_end(void **state)
{
	struct fixture *fixture = *state;

	jhw_live_seek(fixture->live, 0);
	jhw_live_set_speed(fixture->live, 64000);
	jhw_live_play(fixture->live, TRUE);
	while (model_of(fixture)->playback.position_ms < LENGTH_MS)
		g_main_context_iteration(NULL, TRUE);
	assert_true(model_of(fixture)->playback.paused);
	assert_int_equal(model_of(fixture)->cells[1].state, JHCFG_CELL_FAILED);
}

static void test_events_are_told_the_youngest_first(void **state)
{
	struct fixture *fixture = *state;
	g_autoptr(JhwEventList) list = jhw_event_list_new();
	GListModel *rows = jhw_event_list_rows(list);
	g_autoptr(JhwEventRow) first = NULL, last = NULL, failed = NULL;
	guint num;

	assert_int_equal(jhw_event_list_update(list, fixture->live), 4);
	assert_int_equal(jhw_event_list_update(list, fixture->live), 0);
	num = g_list_model_get_n_items(rows);
	assert_int_equal(num, model_of(fixture)->num_events);
	first = g_list_model_get_item(rows, 0);
	last = g_list_model_get_item(rows, num - 1);
	assert_true(first->serial > last->serial);
	assert_string_equal(last->text, "hypervisor is enabled");
	failed = g_list_model_get_item(rows, 3);
	assert_string_equal(failed->cell, "rtos");
	assert_int_equal(failed->severity, TUI_ERROR);
	/* a jump back takes away what has not happened yet */
	jhw_live_seek(fixture->live, 2000);
	jhw_event_list_update(list, fixture->live);
	assert_true(g_list_model_get_n_items(rows) < num);
}

static void test_a_closed_target_is_let_go(void **state)
{
	struct fixture *fixture = *state;

	jhw_target_close(fixture->target);
	assert_null(jhw_live_model(fixture->live));
	assert_false(jhw_live_is_recording(fixture->live));
	assert_int_equal(jhw_metrics_count(jhw_live_metrics(fixture->live)), 0);
	jhw_live_seek(fixture->live, 10);
	jhw_live_play(fixture->live, TRUE);
}

/* What this machine tells: a Linux without a hypervisor is enough. */
static void test_what_is_recorded_can_be_played(void **state)
{
	g_autoptr(JhwTarget) target = jhw_target_new(), again = jhw_target_new();
	JhwLive *live = jhw_live_of(target);
	g_autofree char *folder = g_dir_make_tmp("jhw-record-XXXXXX", NULL);
	g_autofree char *path = g_build_filename(folder, "it.jsonl", NULL);
	g_autofree char *name = g_strconcat("recorded:", path, NULL);
	g_autoptr(GError) error = NULL;

	(void)state;
	assert_false(jhw_live_record(live, path, &error));
	assert_non_null(error);
	/* what is there is written anew: who chose it was asked */
	assert_true(g_file_set_contents(path, "old", -1, NULL));
	assert_true(jhw_target_open(target, "local", NULL));
	while (!jhw_live_model(live))
		g_main_context_iteration(NULL, TRUE);
	jhw_live_set_delay(live, 100);
	assert_true(jhw_live_record(live, path, NULL));
	assert_string_equal(jhw_live_record_path(live), path);
	for (guint64 time = jhw_live_model(live)->clock_ms, looks = 0; looks < 3;) {
		g_main_context_iteration(NULL, TRUE);
		looks += jhw_live_model(live)->clock_ms != time;
		time = jhw_live_model(live)->clock_ms;
	}
	assert_true(jhw_live_record_end(live, NULL));
	assert_null(jhw_live_record_path(live));
	assert_true(jhw_target_open(again, name, NULL));
	while (!jhw_live_model(jhw_live_of(again)))
		g_main_context_iteration(NULL, TRUE);
	assert_true(jhw_live_is_recording(jhw_live_of(again)));
	/* from where it was asked for, not from when the target was opened */
	assert_in_range(jhw_live_model(jhw_live_of(again))->playback.length_ms, 100, 1000000);
	/* a recording is not recorded */
	assert_false(jhw_live_record(jhw_live_of(again), path, NULL));
	jhw_target_close(target);
	jhw_target_close(again);
	g_unlink(path);
	g_rmdir(folder);
}

static void test_what_cannot_be_written_is_said(void **state)
{
	g_autoptr(JhwTarget) target = jhw_target_new();
	JhwLive *live = jhw_live_of(target);
	g_autoptr(GError) error = NULL;

	(void)state;
	assert_true(jhw_target_open(target, "local", NULL));
	while (!jhw_live_model(live))
		g_main_context_iteration(NULL, TRUE);
	assert_false(jhw_live_record(live, "/", &error));
	assert_non_null(strstr(error->message, "cannot be recorded to"));
	assert_null(jhw_live_record_path(live));
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		CASE(test_recording_stands_at_its_end),
		CASE(test_metrics_are_of_each_moment),
		CASE(test_metrics_say_what_they_are),
		CASE(test_seek_goes_both_ways),
		CASE(test_replay_goes_on_to_its_end),
		CASE(test_events_are_told_the_youngest_first),
		CASE(test_a_closed_target_is_let_go),
		cmocka_unit_test(test_what_is_recorded_can_be_played),
		cmocka_unit_test(test_what_cannot_be_written_is_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
