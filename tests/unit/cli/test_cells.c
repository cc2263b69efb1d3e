// SPDX-License-Identifier: GPL-2.0-or-later
/* cell list: from sysfs to columns and JSON. */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cells_print.h"
#include "cmocka_all.h"
#include "fake_sysfs.h"
#include "sysfs.h"
#include "tree.h"

/* What "cell list" prints of the tree; the caller frees it. */
static char *print_cells(bool as_json)
{
	struct sysfs_cell *cells;
	size_t count, size;
	char *text;
	FILE *out = open_memstream(&text, &size);

	assert_non_null(out);
	assert_int_equal(sysfs_read_cells(&cells, &count), 0);
	if (as_json)
		assert_int_equal(cells_print_json(out, cells, count), 0);
	else
		cells_print_table(out, cells, count);
	sysfs_free_cells(cells, count);
	fclose(out);
	return text;
}

static void assert_prints(bool as_json, const char *expected)
{
	char *text = print_cells(as_json);

	assert_string_equal(text, expected);
	free(text);
}

static void test_list_without_driver_is_empty(void **state)
{
	(void)state;
	assert_prints(false, "");
	assert_prints(true, "[\n]\n");
}

static void test_list_while_disabled_is_empty(void **state)
{
	(void)state;
	fake_enabled(0);
	tree_write("/sys/devices/jailhouse/cells/.keep", "");
	assert_prints(false, "");
}

static void test_list_columns_have_established_widths(void **state)
{
	(void)state;
	fake_cell(0, "qemu-arm64", "running", "0-2", "");
	fake_cell(1, "inmate-demo", "running/locked", "3", "3");
	assert_prints(false,
		      "ID      Name                    State             "
		      "Assigned CPUs           Failed CPUs             \n"
		      "0       qemu-arm64              running           "
		      "0-2                                             \n"
		      "1       inmate-demo             running/locked    "
		      "3                       3                       \n");
}

/* A target may name its cells as it likes. */
static void test_list_does_nothing_to_the_terminal(void **state)
{
	char *text;

	(void)state;
	fake_cell(1, "a\x1b[2Jb", "\x07", "3", "\xc2\x9b");
	text = print_cells(false);
	assert_non_null(strstr(text, "a\\x1b[2Jb  "));
	assert_null(strpbrk(text, "\x1b\x07"));
	assert_null(strstr(text, "\xc2"));
	free(text);
}

static void test_list_as_json_bounds_the_cpus(void **state)
{
	char *text, *at;
	size_t count = 0;

	(void)state;
	fake_cell(1, "many", "running", "0-32767,0-32767,0-32767,0-32767", "");
	text = print_cells(true);
	for (at = text; (at = strchr(at, ',')); at++)
		count++;
	assert_in_range(count, 32767, 32800);
	free(text);
}

static void test_list_rows_in_string_order(void **state)
{
	char *text;

	(void)state;
	fake_cell(0, "zero", "running", "0", "");
	fake_cell(10, "ten", "shut down", "4", "");
	fake_cell(2, "two", "shut down", "3", "");
	fake_cell(1, "one", "shut down", "2", "");
	text = print_cells(false);
	assert_true(strstr(text, "zero") < strstr(text, "one"));
	assert_true(strstr(text, "one") < strstr(text, "ten"));
	assert_true(strstr(text, "ten") < strstr(text, "two"));
	free(text);
}

static void test_list_as_json_has_cpus_as_numbers(void **state)
{
	(void)state;
	fake_cell(3, "a \"b\"", "shut down", "0-2,5", "1");
	assert_prints(true, "[\n"
			    "  {\n"
			    "    \"id\": 3,\n"
			    "    \"name\": \"a \\\"b\\\"\",\n"
			    "    \"state\": \"shut down\",\n"
			    "    \"cpus_assigned\": [\n"
			    "      0,\n"
			    "      1,\n"
			    "      2,\n"
			    "      5\n"
			    "    ],\n"
			    "    \"cpus_failed\": [\n"
			    "      1\n"
			    "    ]\n"
			    "  }\n"
			    "]\n");
}

/* As if it had been destroyed while its files were read. */
static void test_list_leaves_a_vanishing_cell_out(void **state)
{
	char *text;

	(void)state;
	fake_cell(0, "root", "running", "0", "");
	fake_cell(1, "going", "running", "1", "");
	tree_delete("/sys/devices/jailhouse/cells/1/state");
	text = print_cells(false);
	assert_non_null(strstr(text, "root"));
	assert_null(strstr(text, "going"));
	free(text);
}

static void test_find_cell_by_id_and_name(void **state)
{
	struct sysfs_cell *cell;

	(void)state;
	fake_cell(0, "root", "running", "0", "");
	fake_cell(7, "1", "running", "1", "");
	assert_int_equal(sysfs_find_cell(7, "", &cell), 0);
	assert_string_equal(cell->name, "1");
	sysfs_free_cell(cell);
	assert_int_equal(sysfs_find_cell(-1, "1", &cell), 0);
	assert_string_equal(cell->id, "7");
	sysfs_free_cell(cell);
	assert_int_equal(sysfs_find_cell(1, "", &cell), -ENOENT);
	assert_int_equal(sysfs_find_cell(-1, "none", &cell), -ENOENT);
}

#define CASE(name)                                                             \
	cmocka_unit_test_setup_teardown(name, tree_setup, tree_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_list_without_driver_is_empty),
		CASE(test_list_while_disabled_is_empty),
		CASE(test_list_columns_have_established_widths),
		CASE(test_list_does_nothing_to_the_terminal),
		CASE(test_list_as_json_bounds_the_cpus),
		CASE(test_list_rows_in_string_order),
		CASE(test_list_as_json_has_cpus_as_numbers),
		CASE(test_list_leaves_a_vanishing_cell_out),
		CASE(test_find_cell_by_id_and_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
