// SPDX-License-Identifier: GPL-2.0-or-later
#include "cmocka_all.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <jhcfg/status.h>

#include "target/tree.h"

#define SYSFS "/sys/devices/jailhouse/"

struct file {
	const char *path, *text;
};

/* A status of the files up to the one without a path. */
static const struct jhcfg_status *status_of(const struct file *files)
{
	struct jhcfg_tree *tree = target_tree_new(1 << 20);
	const struct jhcfg_status *status;
	char path[256];

	assert_non_null(tree);
	for (; files->path; files++) {
		snprintf(path, sizeof(path), SYSFS "%s", files->path);
		assert_int_equal(target_tree_add(tree, path, files->text,
						 strlen(files->text)),
				 0);
	}
	target_tree_finish(tree);
	assert_int_equal(jhcfg_status_parse(tree, &status), 0);
	jhcfg_tree_free(tree);
	return status;
}

static void test_status_without_driver_is_empty(void **state)
{
	static const struct file files[] = { { NULL, NULL } };
	const struct jhcfg_status *status = status_of(files);

	(void)state;
	assert_false(status->driver);
	assert_false(status->enabled);
	assert_int_equal(status->num_cells, 0);
	assert_true(status->mem_pool_size == JHCFG_NO_VALUE);
	assert_null(jhcfg_status_cell(status, 0));
	jhcfg_status_free(status);
}

static void test_status_enabled_tells_all(void **state)
{
	static const struct file files[] = {
		{ "enabled", "1\n" },
		{ "mem_pool_size", "994\n" },
		{ "mem_pool_used", "71\n" },
		{ "remap_pool_size", "131072\n" },
		{ "remap_pool_used", "5\n" },
		{ "cells/10/name", "tenth\n" },
		{ "cells/10/state", "Comm ABI mismatch\n" },
		{ "cells/0/name", "root\n" },
		{ "cells/0/state", "running\n" },
		{ "cells/0/cpus_assigned_list", "0-2,5\n" },
		{ "cells/0/cpus_failed_list", "\n" },
		{ "cells/0/statistics/vmexits_total", "12345678901\n" },
		{ "cells/0/statistics/vmexits_mmio", "3\n" },
		{ "cells/0/statistics/cpu0/vmexits_mmio", "1\n" },
		{ "cells/0/statistics/cpu5/vmexits_mmio", "2\n" },
		{ "cells/2/name", "rt os\n" },
		{ "cells/2/state", "shut down\n" },
		{ "cells/2/cpus_assigned_list", "3\n" },
		{ "cells/2/cpus_failed_list", "3\n" },
		{ NULL, NULL },
	};
	const struct jhcfg_status *status = status_of(files);
	const struct jhcfg_cell_status *cell;

	(void)state;
	assert_true(status->driver && status->enabled);
	assert_int_equal(status->mem_pool_size, 994);
	assert_int_equal(status->remap_pool_used, 5);
	assert_int_equal(status->num_cells, 3);
	assert_int_equal(status->cells[2].id, 10);
	assert_int_equal(status->cells[2].state, JHCFG_CELL_MISMATCH);

	cell = jhcfg_status_cell(status, 0);
	assert_string_equal(cell->name, "root");
	assert_int_equal(cell->state, JHCFG_CELL_RUNNING);
	assert_int_equal(cell->assigned.count, 4);
	assert_int_equal(cell->assigned.cpus[3], 5);
	assert_int_equal(cell->failed.count, 0);
	assert_int_equal(cell->num_counters, 2);
	assert_string_equal(cell->counters[0].name, "vmexits_mmio");
	assert_int_equal(cell->counters[0].per_cpu[0], 1);
	assert_true(cell->counters[0].per_cpu[1] == JHCFG_NO_VALUE);
	assert_int_equal(cell->counters[0].per_cpu[3], 2);
	assert_true(jhcfg_cell_counter(cell, "vmexits_total") ==
		    12345678901ULL);
	assert_true(jhcfg_cell_counter(cell, "vmexits") == JHCFG_NO_VALUE);

	cell = jhcfg_status_cell(status, 2);
	assert_string_equal(cell->name, "rt os");
	assert_string_equal(cell->state_name, "shut down");
	assert_int_equal(cell->failed.cpus[0], 3);
	jhcfg_status_free(status);
}

static void test_status_nonsense_is_missing(void **state)
{
	static const struct file files[] = {
		{ "enabled", "yes\n" },
		{ "mem_pool_size", "-1\n" },
		{ "mem_pool_used", "99999999999999999999999\n" },
		{ "remap_pool_size", "" },
		{ "remap_pool_used", "12 pages\n" },
		{ "cells/x/name", "no id\n" },
		{ "cells/01/name", "no id either\n" },
		{ "cells/99999999999/name", "large\n" },
		{ "cells/3/state", "has no name\n" },
		{ "cells/4/name", "\x1b[31mred\n" },
		{ "cells/4/state", "dancing\n" },
		{ "cells/4/cpus_assigned_list", "3-1\n" },
		{ "cells/4/cpus_failed_list", "0-4294967295\n" },
		{ "cells/4/statistics/vmexits_total", "NaN\n" },
		{ NULL, NULL },
	};
	static const char *const lists[] = {
		"1,1", "2,1", "0-2,1", "a", "1-", "-1", "1;2", "0-40000",
	};
	const struct jhcfg_status *status = status_of(files);
	const struct jhcfg_cell_status *cell;

	(void)state;
	assert_true(status->driver);
	assert_false(status->enabled);
	assert_true(status->mem_pool_size == JHCFG_NO_VALUE);
	assert_true(status->mem_pool_used == JHCFG_NO_VALUE);
	assert_true(status->remap_pool_size == JHCFG_NO_VALUE);
	assert_true(status->remap_pool_used == JHCFG_NO_VALUE);
	assert_int_equal(status->num_cells, 1);
	cell = jhcfg_status_cell(status, 4);
	assert_string_equal(cell->name, "\x1b[31mred");
	assert_int_equal(cell->state, JHCFG_CELL_UNKNOWN);
	assert_string_equal(cell->state_name, "dancing");
	assert_int_equal(cell->assigned.count, 0);
	assert_int_equal(cell->failed.count, 0);
	assert_true(cell->counters[0].value == JHCFG_NO_VALUE);
	assert_null(cell->counters[0].per_cpu);
	jhcfg_status_free(status);

	for (size_t n = 0; n < sizeof(lists) / sizeof(*lists); n++) {
		const struct file one[] = {
			{ "cells/1/name", "a" },
			{ "cells/1/cpus_assigned_list", lists[n] },
			{ NULL, NULL },
		};

		status = status_of(one);
		assert_int_equal(status->cells[0].assigned.count, 0);
		jhcfg_status_free(status);
	}
}

/* Few bytes of a hostile target, each of which would become thousands. */
static void test_status_that_blows_up_is_refused(void **state)
{
	struct jhcfg_tree *tree = target_tree_new(jhcfg_status_request.max);
	const struct jhcfg_status *status = NULL;
	char path[128];

	(void)state;
	assert_int_equal(target_tree_add(tree, SYSFS "enabled", "1", 1), 0);
	assert_int_equal(target_tree_add(tree, SYSFS "cells/1/name", "a", 1),
			 0);
	assert_int_equal(target_tree_add(tree,
					 SYSFS "cells/1/cpus_assigned_list",
					 "0-32767", 7),
			 0);
	for (unsigned int n = 0; n < 1000; n++) {
		snprintf(path, sizeof(path), SYSFS "cells/1/statistics/x%u", n);
		assert_int_equal(target_tree_add(tree, path, "1", 1), 0);
	}
	target_tree_finish(tree);
	assert_int_equal(jhcfg_status_parse(tree, &status), -EFBIG);
	assert_null(status);
	jhcfg_tree_free(tree);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_status_without_driver_is_empty),
		cmocka_unit_test(test_status_enabled_tells_all),
		cmocka_unit_test(test_status_nonsense_is_missing),
		cmocka_unit_test(test_status_that_blows_up_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
