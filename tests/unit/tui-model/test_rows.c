// SPDX-License-Identifier: GPL-2.0-or-later
/* The tree as it is seen: order, filter, marks. */
#include "cmocka_all.h"

#include <stdio.h>
#include <string.h>

#include "model/rows.h"
#include "moments.h"

static struct moments moments;
static struct tui_columns columns;
static struct tui_rows *rows;
static const struct tui_model *model;

static void exits_of(unsigned int cell, int cpu, unsigned long long exits)
{
	moments_exits(&moments, cell, -1, exits);
	moments_exits(&moments, cell, cpu, exits);
}

static int begin(void **state)
{
	(void)state;
	moments_begin(&moments);
	moments_cell(&moments, 0, "root", "0-1");
	moments_cell(&moments, 1, "rtos", "2");
	moments_cell(&moments, 2, "Linux", "3");
	exits_of(0, 0, 0);
	exits_of(1, 2, 0);
	exits_of(2, 3, 0);
	moments_next(&moments, 0);
	exits_of(0, 0, 50);
	exits_of(1, 2, 200);
	exits_of(2, 3, 50);
	model = moments_next(&moments, 1000);
	rows = tui_rows_new();
	tui_columns_set(&columns, model);
	return 0;
}

static int end(void **state)
{
	(void)state;
	tui_rows_free(rows);
	moments_end(&moments);
	return 0;
}

/* Names of all rows, with blanks between them. */
static const char *seen(void)
{
	static char text[512];
	const struct tui_row *row;

	assert_int_equal(tui_rows_update(rows, model, &columns), 0);
	*text = 0;
	for (size_t n = 0; (row = tui_rows_at(rows, n)); n++) {
		char name[TUI_COLUMN_TEXT];

		tui_column_format(model, tui_columns_find(&columns, "name"),
				  row, name);
		sprintf(text + strlen(text), "%s%s", n ? " " : "", name);
	}
	return text;
}

static void test_rows_are_by_id_at_first(void **state)
{
	(void)state;
	assert_string_equal(seen(), "root rtos Linux");
}

static void test_rows_sort_is_stable_and_inverts(void **state)
{
	(void)state;
	tui_rows_sort(rows, "exits", false);
	assert_string_equal(seen(), "rtos root Linux");
	tui_rows_sort(rows, "exits", true);
	assert_string_equal(seen(), "root Linux rtos");
	tui_rows_sort(rows, "NAME", false);
	assert_string_equal(seen(), "Linux root rtos");
}

static void test_rows_unknown_values_are_last_both_ways(void **state)
{
	(void)state;
	moments_set(&moments, JH "cells/1/state", "shut down\n");
	model = moments_next(&moments, 1000);
	tui_rows_sort(rows, "exits", false);
	assert_string_equal(seen(), "root Linux rtos");
	tui_rows_sort(rows, "exits", true);
	assert_string_equal(seen(), "root Linux rtos");
}

static void test_rows_filter_by_name_and_state(void **state)
{
	(void)state;
	tui_rows_filter(rows, "LIN");
	assert_string_equal(seen(), "Linux");
	tui_rows_filter(rows, "running");
	assert_string_equal(seen(), "root rtos Linux");
	tui_rows_filter(rows, "no such");
	assert_string_equal(seen(), "");
}

static void test_rows_expand_to_cpus_and_counters(void **state)
{
	uint32_t serial = model->cells[0].serial;

	(void)state;
	tui_rows_expand(rows, serial, -1, true);
	assert_string_equal(seen(), "root CPU 0 CPU 1 rtos Linux");
	tui_rows_expand(rows, serial, 1, true);
	assert_string_equal(seen(), "root CPU 0 CPU 1 mmio rtos Linux");
	assert_int_equal(tui_rows_find(rows, serial, 1, 1), 3);
	tui_rows_expand(rows, serial, -1, false);
	assert_string_equal(seen(), "root rtos Linux");
	/* what was collapsed is found at what holds it */
	assert_int_equal(tui_rows_find(rows, serial, 1, 1), 0);
	tui_rows_expand_all(rows, true);
	assert_string_equal(seen(), "root CPU 0 CPU 1 mmio rtos CPU 2 Linux "
				    "CPU 3");
}

static void test_rows_search_goes_around(void **state)
{
	(void)state;
	seen();
	assert_int_equal(tui_rows_search(rows, 2, "rt"), 1);
	assert_int_equal(tui_rows_search(rows, 0, "NU"), 2);
	assert_int_equal(tui_rows_search(rows, 0, "none"), -1);
}

static void test_rows_tag_does_not_stay_on_an_id(void **state)
{
	uint32_t serial = model->cells[1].serial;

	(void)state;
	tui_rows_tag(rows, serial, true);
	seen();
	assert_true(tui_rows_tagged(rows, serial));
	assert_int_equal(tui_rows_num_tagged(rows), 1);
	moments_cell(&moments, 1, "other", "2");
	model = moments_next(&moments, 1000);
	seen();
	assert_int_equal(tui_rows_num_tagged(rows), 0);
	assert_false(tui_rows_tagged(rows, model->cells[1].serial));
}

static void test_columns_are_those_of_the_machine(void **state)
{
	const struct tui_row row = { .cell = &model->cells[1] };
	char text[TUI_COLUMN_TEXT];

	(void)state;
	assert_null(tui_columns_find(&columns, "msr"));
	tui_column_format(model, tui_columns_find(&columns, "mmio"), &row,
			  text);
	assert_string_equal(text, "200");
	tui_column_format(model, tui_columns_find(&columns, "ram"), &row, text);
	assert_string_equal(text, "-");
	tui_column_format(model, tui_columns_find(&columns, "state"), &row,
			  text);
	assert_string_equal(text, "R running");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
	const struct CMUnitTest tests[] = {
		TEST(test_rows_are_by_id_at_first),
		TEST(test_rows_sort_is_stable_and_inverts),
		TEST(test_rows_unknown_values_are_last_both_ways),
		TEST(test_rows_filter_by_name_and_state),
		TEST(test_rows_expand_to_cpus_and_counters),
		TEST(test_rows_search_goes_around),
		TEST(test_rows_tag_does_not_stay_on_an_id),
		TEST(test_columns_are_those_of_the_machine),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
