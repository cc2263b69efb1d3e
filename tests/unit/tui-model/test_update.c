// SPDX-License-Identifier: GPL-2.0-or-later
/* Cells come, go, fail; what is told of it; what a hostile target says. */
#include "cmocka_all.h"

#include <stdio.h>
#include <string.h>

#include "moments.h"

static struct moments moments;

static int begin(void **state)
{
	(void)state;
	moments_begin(&moments);
	moments_cell(&moments, 0, "root", "0-1");
	return 0;
}

static int end(void **state)
{
	(void)state;
	moments_end(&moments);
	return 0;
}

static void test_update_first_sight_is_no_event_of_cells(void **state)
{
	const struct tui_model *model;

	(void)state;
	moments_cell(&moments, 1, "rt", "3");
	model = moments_next(&moments, 0);
	assert_int_equal(model->num_cells, 2);
	assert_int_equal(model->num_events, 1);
	assert_true(moments_told(&moments, 0, "hypervisor is enabled"));
	assert_int_equal(model->cells[1].since_ms, TUI_NO_VALUE);
	assert_string_equal(model->board, "root");
}

static void test_update_cells_are_in_order_of_ids(void **state)
{
	const struct tui_model *model;

	(void)state;
	moments_cell(&moments, 10, "ten", "5");
	moments_cell(&moments, 9, "nine", "4");
	model = moments_next(&moments, 0);
	assert_int_equal(model->num_cells, 3);
	assert_int_equal(model->cells[1].id, 9);
	assert_int_equal(model->cells[2].id, 10);
}

static void test_update_cell_comes_runs_and_goes(void **state)
{
	const struct tui_model *model;
	uint64_t seen;

	(void)state;
	moments_next(&moments, 0);
	moments_cell(&moments, 1, "rt", "3");
	moments_set(&moments, JH "cells/1/state", "shut down\n");
	model = moments_next(&moments, 1000);
	assert_true(moments_told(&moments, 1, "cell \"rt\" was created"));
	assert_int_equal(model->cells[1].since_ms, 1000);
	assert_int_equal(model->cells[1].state_letter, 'S');
	seen = model->num_events;
	moments_set(&moments, JH "cells/1/state", "running\n");
	model = moments_next(&moments, 1000);
	assert_true(moments_told(&moments, seen, "cell \"rt\": running"));
	assert_int_equal(model->cells[1].since_ms, 2000);
	seen = model->num_events;
	moments_remove(&moments, JH "cells/1/");
	model = moments_next(&moments, 1000);
	assert_int_equal(model->num_cells, 1);
	assert_true(moments_told(&moments, seen, "cell \"rt\" was destroyed"));
}

static void test_update_rates_are_those_of_sysfs(void **state)
{
	const struct tui_model *model;

	(void)state;
	moments_exits(&moments, 0, -1, 100);
	moments_exits(&moments, 0, 1, 40);
	moments_next(&moments, 0);
	moments_exits(&moments, 0, -1, 150);
	moments_exits(&moments, 0, 1, 50);
	model = moments_next(&moments, 500);
	assert_int_equal(model->num_reasons, 2);
	assert_int_equal(tui_model_find_reason(model, "total"), 0);
	assert_int_equal(model->cells[0].counters[0].total, 150);
	assert_int_equal(model->cells[0].counters[0].rate_milli, 100000);
	assert_int_equal(model->cells[0].cpus[1].counters[1].rate_milli, 20000);
	/* this CPU's was never there */
	assert_int_equal(model->cells[0].cpus[0].counters[1].total,
			 TUI_NO_VALUE);
	assert_int_equal(tui_history_at(&model->cells[0].history, 0), 100000);
}

static void test_update_id_of_another_cell_is_another_life(void **state)
{
	const struct tui_model *model;
	uint32_t before;

	(void)state;
	moments_cell(&moments, 1, "rt", "3");
	moments_exits(&moments, 1, -1, 1000);
	before = moments_next(&moments, 0)->cells[1].serial;
	moments_cell(&moments, 1, "linux", "3");
	moments_exits(&moments, 1, -1, 5000);
	model = moments_next(&moments, 1000);
	assert_true(model->cells[1].serial > before);
	assert_int_equal(tui_model_find_cell(model, before), -1);
	/* 4000 exits of nobody */
	assert_int_equal(model->cells[1].counters[0].rate_milli, TUI_NO_VALUE);
	assert_true(moments_told(&moments, 1, "cell \"rt\" was destroyed"));
	assert_true(moments_told(&moments, 1, "cell \"linux\" was created"));
}

static void test_update_same_name_made_again_is_another_life(void **state)
{
	const struct tui_model *model;
	uint32_t before;

	(void)state;
	moments_cell(&moments, 1, "rt", "3");
	moments_exits(&moments, 1, -1, 1000);
	before = moments_next(&moments, 0)->cells[1].serial;
	moments_exits(&moments, 1, -1, 10);
	model = moments_next(&moments, 1000);
	assert_true(model->cells[1].serial > before);
	assert_int_equal(model->cells[1].counters[0].rate_milli, TUI_NO_VALUE);
}

static void test_update_root_that_gives_a_cpu_away_stays_itself(void **state)
{
	const struct tui_model *model;
	uint32_t before;

	(void)state;
	moments_exits(&moments, 0, -1, 1000);
	before = moments_next(&moments, 0)->cells[0].serial;
	moments_cell(&moments, 0, "root", "0");
	moments_exits(&moments, 0, -1, 400);
	model = moments_next(&moments, 1000);
	assert_int_equal(model->cells[0].serial, before);
	assert_int_equal(model->cells[0].num_cpus, 1);
	assert_int_equal(model->cells[0].counters[0].rate_milli, TUI_NO_VALUE);
	moments_exits(&moments, 0, -1, 500);
	model = moments_next(&moments, 1000);
	assert_int_equal(model->cells[0].counters[0].rate_milli, 100000);
}

static void test_update_failed_cpu_is_told_and_shown(void **state)
{
	const struct tui_model *model;

	(void)state;
	moments_set(&moments, "/sys/devices/system/cpu/possible", "0-3\n");
	moments_cell(&moments, 1, "rt", "2-3");
	moments_next(&moments, 0);
	moments_set(&moments, JH "cells/1/cpus_failed_list", "3\n");
	model = moments_next(&moments, 1000);
	assert_true(moments_told(&moments, 1, "cell \"rt\": CPU 3 failed"));
	assert_int_equal(model->cells[1].num_failed, 1);
	assert_true(model->cells[1].cpus[1].failed);
	assert_int_equal(model->num_cpus, 4);
	assert_false(model->cpus[2].failed);
	assert_true(model->cpus[3].failed);
	assert_int_equal(model->cpus[3].owner, 1);
	assert_int_equal(model->cpus[0].owner, 0);
}

static void test_update_cpu_of_nobody_is_shown_as_such(void **state)
{
	const struct tui_model *model;

	(void)state;
	moments_set(&moments, "/sys/devices/system/cpu/possible", "0-2\n");
	model = moments_next(&moments, 0);
	assert_int_equal(model->cpus[2].owner, TUI_NOBODY);
}

static void test_update_full_pool_is_told_once(void **state)
{
	uint64_t seen;

	(void)state;
	moments_set(&moments, JH "mem_pool_size", "1000\n");
	moments_set(&moments, JH "mem_pool_used", "900\n");
	moments_next(&moments, 0);
	assert_false(moments_told(&moments, 0, "memory pool"));
	moments_set(&moments, JH "mem_pool_used", "901\n");
	seen = moments_next(&moments, 1000)->num_events;
	assert_true(moments_told(&moments, 0, "memory pool is above 90 %"));
	moments_next(&moments, 1000);
	assert_false(moments_told(&moments, seen, "memory pool"));
}

static void test_update_budget_exceeded_and_kept_again(void **state)
{
	const struct tui_model *model;
	uint64_t seen;

	(void)state;
	assert_int_equal(
		tui_budgets_add(&moments.store->budgets, "rt mmio: 0/s"), 0);
	moments_cell(&moments, 1, "rt", "3");
	moments_exits(&moments, 1, -1, 5);
	model = moments_next(&moments, 0);
	/* not known is not exceeded */
	assert_int_equal(model->cells[1].over[1], TUI_BUDGET_KEPT);
	moments_exits(&moments, 1, -1, 6);
	model = moments_next(&moments, 1000);
	assert_int_equal(model->cells[1].over[1], TUI_BUDGET_EXCEEDED);
	assert_int_equal(model->cells[1].over[0], TUI_BUDGET_NONE);
	assert_int_equal(model->cells[1].over_any, TUI_BUDGET_EXCEEDED);
	assert_int_equal(model->budgets_exceeded, 1);
	assert_true(moments_told(&moments, 0,
				 "rt: exit budget 0/s exceeded: MMIO 1/s"));
	seen = model->num_events;
	model = moments_next(&moments, 1000);
	assert_int_equal(model->cells[1].over_any, TUI_BUDGET_KEPT);
	assert_true(moments_told(&moments, seen, "is kept again"));
	assert_int_equal(model->budgets_exceeded, 1);
}

static void test_update_attaches_when_driver_and_hypervisor_come(void **state)
{
	const struct tui_model *model;

	(void)state;
	moments_remove(&moments, JH);
	assert_int_equal(moments_next(&moments, 0)->attach, TUI_NO_DRIVER);
	moments_set(&moments, JH "enabled", "0\n");
	assert_int_equal(moments_next(&moments, 1000)->attach, TUI_DISABLED);
	moments_set(&moments, JH "enabled", "1\n");
	moments_cell(&moments, 0, "root", "0");
	model = moments_next(&moments, 1000);
	assert_int_equal(model->attach, TUI_ENABLED);
	assert_int_equal(model->attach_since_ms, 2000);
	assert_int_equal(model->num_cells, 1);
	moments_set(&moments, JH "enabled", "0\n");
	model = moments_next(&moments, 1000);
	assert_int_equal(model->num_cells, 0);
	assert_false(moments_told(&moments, 0, "was destroyed"));
}

/* --- hostile targets ------------------------------------------------------ */

static void test_update_garbled_values_are_not_known(void **state)
{
	const struct tui_model *model;

	(void)state;
	moments_set(&moments, JH "mem_pool_size", "lots\n");
	moments_set(&moments, JH "mem_pool_used", "99999999999999999999999\n");
	moments_set(&moments, JH "remap_pool_size", "-1\n");
	moments_set(&moments, "/proc/loadavg", "nan inf\n");
	moments_set(&moments, "/proc/meminfo", "MemTotal:\nMemAvailable: 5 kB");
	moments_set(&moments, JH "cells/0/statistics/vmexits_total", "0x10\n");
	moments_set(&moments, JH "cells/0/statistics/vmexits_mmio", "%s", "");
	model = moments_next(&moments, 0);
	assert_int_equal(model->mem_pool.size, TUI_NO_VALUE);
	assert_int_equal(model->mem_pool.used, TUI_NO_VALUE);
	assert_int_equal(model->remap_pool.size, TUI_NO_VALUE);
	assert_int_equal(model->load_milli[0], TUI_NO_VALUE);
	assert_int_equal(model->memory.size, TUI_NO_VALUE);
	assert_int_equal(model->memory.used, TUI_NO_VALUE);
	assert_int_equal(model->cells[0].counters[0].total, TUI_NO_VALUE);
	assert_int_equal(model->cells[0].counters[1].total, TUI_NO_VALUE);
}

static void test_update_half_gone_cell_is_none(void **state)
{
	const struct tui_model *model;

	(void)state;
	moments_cell(&moments, 1, "rt", "3");
	moments_next(&moments, 0);
	moments_remove(&moments, JH "cells/1/name");
	model = moments_next(&moments, 1000);
	assert_int_equal(model->num_cells, 1);
	/* and what vanishes of one that stays is not known */
	moments_remove(&moments, JH "cells/0/cpus_assigned_list");
	moments_remove(&moments, JH "cells/0/state");
	model = moments_next(&moments, 1000);
	assert_int_equal(model->num_cells, 1);
	assert_int_equal(model->cells[0].num_cpus, 0);
	assert_int_equal(model->cells[0].state, JHCFG_CELL_UNKNOWN);
	assert_int_equal(model->cells[0].state_letter, '?');
}

static void test_update_huge_lists_are_bounded(void **state)
{
	static const char *const lists[] = {
		"0-32767",
		"0-4294967295",
		"5-3",
		"1,1",
		"3,2",
		"0-",
		"-",
		",",
		"99999999999999999999",
	};
	char path[64], name[16];

	(void)state;
	for (unsigned int n = 0; n < sizeof(lists) / sizeof(*lists); n++) {
		snprintf(name, sizeof(name), "c%u", n);
		moments_cell(&moments, n + 1, name, lists[n]);
		snprintf(path, sizeof(path), JH "cells/%u/cpus_failed_list",
			 n + 1);
		moments_set(&moments, path, "%s\n", lists[n]);
	}
	moments_set(&moments, "/sys/devices/system/cpu/possible", "0-32767\n");
	assert_true(moments_next(&moments, 0)->num_cpus <= SAMPLE_MAX_CPUS);
	assert_true(moments.sample.num_cpus <= SAMPLE_MAX_CPUS);
	moments_next(&moments, 1000);
}

static void test_update_many_cells_are_bounded(void **state)
{
	char path[64];

	(void)state;
	for (unsigned int n = 1; n < 1000; n++) {
		snprintf(path, sizeof(path), JH "cells/%u/name", n);
		moments_set(&moments, path, "c%u\n", n);
	}
	moments_set(&moments, JH "cells/007/name", "spy\n");
	moments_set(&moments, JH "cells/99999999999/name", "far\n");
	moments_set(&moments, JH "cells/x/name", "x\n");
	assert_int_equal(moments_next(&moments, 0)->num_cells,
			 SAMPLE_MAX_CELLS);
	moments_remove(&moments, JH "cells/");
	assert_int_equal(moments_next(&moments, 1000)->num_cells, 0);
}

static void test_update_many_reasons_are_bounded(void **state)
{
	const struct tui_model *model;
	char path[96];

	(void)state;
	for (int n = 0; n < 100; n++) {
		snprintf(path, sizeof(path),
			 JH "cells/0/statistics/vmexits_r%d", n);
		moments_set(&moments, path, "%d\n", n);
	}
	moments_set(&moments, JH "cells/0/statistics/vmexits_\x1b[2J", "1\n");
	moments_set(&moments, JH "cells/0/statistics/vmexits_mmio_ticks",
		    "1\n");
	model = moments_next(&moments, 0);
	assert_int_equal(model->num_reasons, TUI_MAX_REASONS);
	assert_int_equal(tui_model_find_reason(model, "mmio_ticks"), -1);
	for (size_t n = 0; n < model->num_reasons; n++)
		assert_null(strchr(model->reasons[n].name, '\x1b'));
}

static void test_update_names_do_no_harm(void **state)
{
	(void)state;
	moments_cell(&moments, 1, "\x1b]0;evil\x07", "3");
	assert_string_equal(moments_next(&moments, 0)->cells[1].name,
			    "?]0;evil?");
}

static void test_events_of_long_ago_are_gone(void **state)
{
	const struct tui_model *model = NULL;

	(void)state;
	for (int n = 0; n < 300; n++) {
		moments_cell(&moments, 1, "rt", "3");
		moments_next(&moments, 1000);
		moments_remove(&moments, JH "cells/1/");
		model = moments_next(&moments, 1000);
	}
	assert_int_equal(model->num_events, 600);
	assert_null(tui_model_event(model, 1));
	assert_null(tui_model_event(model, 0));
	assert_null(tui_model_event(model, 601));
	assert_int_equal(tui_model_event(model, 600)->serial, 600);
	assert_int_equal(tui_model_event(model, 89)->serial, 89);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
	const struct CMUnitTest tests[] = {
		TEST(test_update_first_sight_is_no_event_of_cells),
		TEST(test_update_cells_are_in_order_of_ids),
		TEST(test_update_cell_comes_runs_and_goes),
		TEST(test_update_rates_are_those_of_sysfs),
		TEST(test_update_id_of_another_cell_is_another_life),
		TEST(test_update_same_name_made_again_is_another_life),
		TEST(test_update_root_that_gives_a_cpu_away_stays_itself),
		TEST(test_update_failed_cpu_is_told_and_shown),
		TEST(test_update_cpu_of_nobody_is_shown_as_such),
		TEST(test_update_full_pool_is_told_once),
		TEST(test_update_budget_exceeded_and_kept_again),
		TEST(test_update_attaches_when_driver_and_hypervisor_come),
		TEST(test_update_garbled_values_are_not_known),
		TEST(test_update_half_gone_cell_is_none),
		TEST(test_update_huge_lists_are_bounded),
		TEST(test_update_many_cells_are_bounded),
		TEST(test_update_many_reasons_are_bounded),
		TEST(test_update_names_do_no_harm),
		TEST(test_events_of_long_ago_are_gone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
