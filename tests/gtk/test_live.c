// SPDX-License-Identifier: GPL-2.0-or-later
/* A recording played in the editor's model: numbers over time, and events. */
#include "cmocka_all.h"

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
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
