// SPDX-License-Identifier: GPL-2.0-or-later
#include "stats.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cmocka_all.h"
#include "fake_sysfs.h"
#include "stats_read.h"
#include "tree.h"

static struct stats_counter old_counters[] = {
	{ "vmexits_hypercall", 10 },
	{ "vmexits_mmio", 100 },
	{ "vmexits_mmio_ticks", 1000 },
	{ "vmexits_total", 1000 },
};
static struct stats_counter new_counters[] = {
	{ "vmexits_hypercall", 50 },	{ "vmexits_mmio", 100 },
	{ "vmexits_mmio_ticks", 9999 }, { "vmexits_psci", 4 },
	{ "vmexits_total", 3000 },
};
static const struct stats_sample before = { 1000000, old_counters, 4 };
static const struct stats_sample now = { 3000000, new_counters, 5 };

static void test_compute_sorts_by_rate_then_name(void **state)
{
	struct stats_row rows[5];

	(void)state;
	assert_int_equal(stats_compute(&before, &now, rows), 4);
	assert_string_equal(rows[0].name, "vmexits_total");
	assert_int_equal(rows[0].sum, 3000);
	assert_int_equal(rows[0].per_second, 1000);
	assert_string_equal(rows[1].name, "vmexits_hypercall");
	assert_int_equal(rows[1].per_second, 20);
	/* new since the last sample: counts from 0 */
	assert_string_equal(rows[2].name, "vmexits_psci");
	assert_int_equal(rows[2].per_second, 2);
	assert_string_equal(rows[3].name, "vmexits_mmio");
	assert_int_equal(rows[3].per_second, 0);
}

static void test_compute_first_sample_has_no_rates(void **state)
{
	struct stats_row rows[5];

	(void)state;
	assert_int_equal(stats_compute(NULL, &now, rows), 4);
	for (int n = 0; n < 4; n++)
		assert_int_equal(rows[n].per_second, 0);
	assert_string_equal(rows[0].name, "vmexits_hypercall");
}

static void test_compute_reset_counter_counts_from_zero(void **state)
{
	struct stats_counter high = { "x", 1000 }, low = { "x", 6 };
	const struct stats_sample a = { 0, &high, 1 };
	const struct stats_sample b = { 2000000, &low, 1 };
	struct stats_row row;

	(void)state;
	stats_compute(&a, &b, &row);
	assert_int_equal(row.per_second, 3);
}

static void test_compute_same_time_has_no_rate(void **state)
{
	struct stats_counter counter = { "x", 1 };
	const struct stats_sample a = { 5, &counter, 1 };
	struct stats_row row;

	(void)state;
	stats_compute(&a, &a, &row);
	assert_int_equal(row.per_second, 0);
}

static void test_compute_large_counters_do_not_overflow(void **state)
{
	struct stats_counter zero = { "x", 0 }, huge = { "x", UINT64_MAX };
	const struct stats_sample a = { 0, &zero, 1 };
	const struct stats_sample b = { 1000000, &huge, 1 };
	struct stats_row row;

	(void)state;
	stats_compute(&a, &b, &row);
	assert_int_equal(row.per_second, UINT64_MAX);
}

static void check_line(int cpu, size_t line, size_t columns,
		       const char *expected)
{
	struct stats_row row = {
		.name = "vmexits_total",
		.sum = 123,
		.per_second = 45,
	};
	char text[100];

	if (!expected) {
		assert_false(stats_format_line(&row, 1, cpu, line, columns,
					       text, sizeof(text)));
		return;
	}
	assert_true(stats_format_line(&row, 1, cpu, line, columns, text,
				      sizeof(text)));
	assert_string_equal(text, expected);
}

static void test_format_lines_with_columns(void **state)
{
	(void)state;
	check_line(-1, 0, 60,
		   "COUNTER (All CPUs)                        SUM        PER "
		   "SEC");
	check_line(3, 0, 60,
		   "COUNTER (CPU 3)                           SUM        PER "
		   "SEC");
	check_line(-1, 1, 60,
		   "vmexits_total                             123             "
		   "45");
	check_line(-1, 2, 60, NULL);
}

static void test_format_narrow_screen_cuts(void **state)
{
	(void)state;
	check_line(-1, 1, 12, "vmexits_to  ");
	check_line(-1, 1, 0, "");
}

static struct stats_counter costs[] = {
	{ "vmexits_maintenance", 3 },
	{ "vmexits_maintenance_max_ticks", 500 },
	{ "vmexits_maintenance_ticks", 900 },
	{ "vmexits_mmio", 7 },
	{ "vmexits_mmio_ticks", 70 }, /* its longest is not told */
};
static const struct stats_sample with_costs = { 1000000, costs, 5 };

static void test_compute_takes_ticks_as_cost(void **state)
{
	struct stats_row rows[5];

	(void)state;
	assert_int_equal(stats_compute(NULL, &with_costs, rows), 2);
	assert_string_equal(rows[0].name, "vmexits_maintenance");
	assert_true(rows[0].has_cost);
	assert_int_equal(rows[0].ticks, 900);
	assert_int_equal(rows[0].worst, 500);
	assert_false(rows[1].has_cost);
}

static void assert_cost_line(size_t line, size_t columns, const char *expected)
{
	struct stats_row rows[5];
	char text[200];
	size_t count = stats_compute(NULL, &with_costs, rows);

	assert_true(stats_format_line(rows, count, -1, line, columns, text,
				      sizeof(text)));
	assert_string_equal(text, expected);
}

static void test_format_costs_where_there_is_room(void **state)
{
	(void)state;
	assert_cost_line(0, 80,
			 "COUNTER (All CPUs)              SUM        PER SEC"
			 "          TICKS          WORST");
	assert_cost_line(1, 80,
			 "vmexits_maintenance               3              0"
			 "            900            500");
	assert_cost_line(2, 80,
			 "vmexits_mmio                      7              0");
	assert_cost_line(0, 60,
			 "COUNTER (All CPUs)                        SUM"
			 "        PER SEC");
}

static void test_next_cpu_goes_round(void **state)
{
	static const int cpus[] = { 1, 3, 8 };

	(void)state;
	assert_int_equal(stats_next_cpu(cpus, 3, -1), 1);
	assert_int_equal(stats_next_cpu(cpus, 3, 1), 3);
	assert_int_equal(stats_next_cpu(cpus, 3, 2), 3);
	assert_int_equal(stats_next_cpu(cpus, 3, 8), 1);
	assert_int_equal(stats_next_cpu(cpus, 0, 8), -1);
}

static void test_read_counters_of_all_and_of_one_cpu(void **state)
{
	struct stats_sample sample;

	(void)state;
	fake_counter(1, -1, "vmexits_total", 30);
	fake_counter(1, -1, "vmexits_mmio", 12);
	fake_counter(1, 2, "vmexits_total", 10);
	fake_counter(1, 10, "vmexits_total", 20);
	assert_int_equal(stats_read("1", -1, &sample), 0);
	assert_int_equal(sample.count, 2);
	assert_string_equal(sample.counters[0].name, "vmexits_mmio");
	assert_int_equal(sample.counters[0].value, 12);
	stats_clear(&sample);
	assert_int_equal(stats_read("1", 10, &sample), 0);
	assert_int_equal(sample.count, 1);
	assert_int_equal(sample.counters[0].value, 20);
	stats_clear(&sample);
	assert_int_equal(stats_read("1", 3, &sample), -ENOENT);
	assert_int_equal(stats_read("2", -1, &sample), -ENOENT);
}

static void test_read_cpus_ascending(void **state)
{
	size_t count;
	int *cpus;

	(void)state;
	fake_counter(1, 10, "vmexits_total", 1);
	fake_counter(1, 2, "vmexits_total", 1);
	fake_counter(1, -1, "cpus", 1); /* no CPU */
	assert_int_equal(stats_read_cpus("1", &cpus, &count), 0);
	assert_int_equal(count, 2);
	assert_int_equal(cpus[0], 2);
	assert_int_equal(cpus[1], 10);
	free(cpus);
}

#define TREE_CASE(name)                                                        \
	cmocka_unit_test_setup_teardown(name, tree_setup, tree_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_compute_sorts_by_rate_then_name),
		cmocka_unit_test(test_compute_first_sample_has_no_rates),
		cmocka_unit_test(test_compute_reset_counter_counts_from_zero),
		cmocka_unit_test(test_compute_same_time_has_no_rate),
		cmocka_unit_test(test_compute_large_counters_do_not_overflow),
		cmocka_unit_test(test_format_lines_with_columns),
		cmocka_unit_test(test_format_narrow_screen_cuts),
		cmocka_unit_test(test_compute_takes_ticks_as_cost),
		cmocka_unit_test(test_format_costs_where_there_is_room),
		cmocka_unit_test(test_next_cpu_goes_round),
		TREE_CASE(test_read_counters_of_all_and_of_one_cpu),
		TREE_CASE(test_read_cpus_ascending),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
