// SPDX-License-Identifier: GPL-2.0-or-later
/* Projects as files: what is saved is loaded again, and nothing is lost. */
#include <cmocka_all.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <jailhouse/cell-config.h>
#include <jhcfg/file.h>
#include <jhcfg/workspace.h>

#include "folder.h"

static struct jhcfg_diags *diags;

static int set_up(void **state)
{
	(void)state;
	folder_make();
	diags = jhcfg_diags_new();
	return diags ? 0 : -1;
}

static int tear_down(void **state)
{
	(void)state;
	jhcfg_diags_free(diags);
	return folder_remove();
}

static uint32_t add_cell(struct jhcfg_workspace *workspace, const char *name)
{
	struct jhcfg_config *config =
		jhcfg_config_create(false, JAILHOUSE_ARM64);
	uint32_t key = 0;

	assert_int_equal(jhcfg_config_set_name(config, name), 0);
	assert_int_equal(jhcfg_workspace_add_cell(workspace, config, &key), 0);
	jhcfg_config_free(config);
	return key;
}

/* Two cells, a link between root and the first, a scenario and a waiver. */
static struct jhcfg_workspace *make_project(void)
{
	struct jhcfg_workspace *workspace =
		jhcfg_workspace_new(JAILHOUSE_ARM64, NULL);
	const struct jhcfg_waiver waiver = { "M08", "cell \"a b\"", "known" };
	struct jhcfg_link link = {
		.name = "net0",
		.bdf = 8,
		.base = 0x70000000,
		.state_size = 0x1000,
		.output_size = 0x2000,
		.num_peers = 3,
		.peers = { JHCFG_ROOT_KEY },
	};
	struct jhcfg_scenario scenario = { .name = "demo", .num_cells = 1 };

	assert_non_null(workspace);
	assert_int_equal(jhcfg_workspace_begin(workspace, "Make"), 0);
	assert_int_equal(
		jhcfg_config_set_name(
			jhcfg_workspace_edit_cell(workspace, JHCFG_ROOT_KEY),
			"board"),
		0);
	link.peers[2] = add_cell(workspace, "a b");
	scenario.cells = &link.peers[2];
	add_cell(workspace, "c");
	assert_int_equal(jhcfg_workspace_set_link(workspace, &link, NULL), 0);
	assert_int_equal(jhcfg_workspace_set_scenario(workspace, &scenario), 0);
	assert_int_equal(jhcfg_workspace_set_waiver(workspace, &waiver), 0);
	jhcfg_workspace_end(workspace);
	return workspace;
}

static void test_workspace_save_and_load_give_the_same(void **state)
{
	struct jhcfg_workspace *workspace = make_project(), *again;
	const struct jhcfg_link *link;

	(void)state;
	folder_save(workspace, "system.json", diags);
	assert_false(jhcfg_workspace_is_modified(workspace));
	again = folder_load("system.json", diags);
	assert_int_equal(jhcfg_workspace_num_cells(again), 3);
	link = jhcfg_workspace_link(again, 0);
	assert_string_equal(link->name, "net0");
	assert_int_equal(link->peers[0], JHCFG_ROOT_KEY);
	assert_int_equal(link->peers[1], 0);
	assert_int_equal(link->peers[2], jhcfg_workspace_cell_key(again, 1));
	assert_string_equal(jhcfg_workspace_cell_file(again, link->peers[2]),
			    "cells/a_b.json");
	assert_int_equal(jhcfg_workspace_scenario(again, 0)->num_cells, 1);
	assert_string_equal(jhcfg_workspace_waiver(again, 0)->reason, "known");
	for (size_t n = 1; n < 3; n++)
		assert_true(jhcfg_config_equal(
			jhcfg_workspace_cell(
				workspace,
				jhcfg_workspace_cell_key(workspace, n)),
			jhcfg_workspace_cell(
				again, jhcfg_workspace_cell_key(again, n))));
	jhcfg_workspace_free(workspace);
	jhcfg_workspace_free(again);
}

/* The project that was saved has as many cells, of these names. */
static void assert_cells(const char *const *names, size_t count)
{
	struct jhcfg_workspace *again = folder_load("system.json", diags);

	assert_int_equal(jhcfg_workspace_num_cells(again), count + 1);
	for (size_t n = 0; n < count; n++) {
		const struct jhcfg_config *config = jhcfg_workspace_cell(
			again, jhcfg_workspace_cell_key(again, n + 1));

		assert_string_equal(jhcfg_cell_name(jhcfg_config_cell(config)),
				    names[n]);
	}
	jhcfg_workspace_free(again);
}

/* None of the files is another's, whatever a file system takes for the same. */
static void test_workspace_save_of_names_that_look_alike_loses_none(
	void **state)
{
	static const char *const names[] = { "a b", "c",   "a_b",
					     "A_B", "a/b", "a_b-2" };
	struct jhcfg_workspace *workspace = make_project();

	(void)state;
	assert_int_equal(jhcfg_workspace_begin(workspace, "Add"), 0);
	for (size_t n = 2; n < sizeof(names) / sizeof(names[0]); n++)
		add_cell(workspace, names[n]);
	jhcfg_workspace_end(workspace);
	folder_save(workspace, "system.json", diags);
	jhcfg_workspace_free(workspace);
	assert_cells(names, sizeof(names) / sizeof(names[0]));
}

/* The file of a cell keeps its name, which another cell may get. */
static void test_workspace_save_of_a_name_that_was_used_loses_none(void **state)
{
	static const char *const names[] = { "a b", "d", "c" };
	struct jhcfg_workspace *workspace = make_project();
	uint32_t key = jhcfg_workspace_cell_key(workspace, 2);

	(void)state;
	folder_save(workspace, "system.json", diags);
	assert_int_equal(jhcfg_workspace_begin(workspace, "Rename"), 0);
	assert_int_equal(
		jhcfg_config_set_name(jhcfg_workspace_edit_cell(workspace, key),
				      "d"),
		0);
	add_cell(workspace, "c");
	jhcfg_workspace_end(workspace);
	folder_save(workspace, "system.json", diags);
	assert_string_equal(jhcfg_workspace_cell_file(workspace, key),
			    "cells/c.json");
	jhcfg_workspace_free(workspace);
	assert_cells(names, 3);
}

static void test_workspace_save_leaves_unchanged_files_alone(void **state)
{
	struct jhcfg_workspace *workspace = make_project();
	char *before, *after;

	(void)state;
	folder_save(workspace, "system.json", diags);
	jhcfg_workspace_free(workspace);
	/* somebody lays it out by hand, and adds what we do not know */
	folder_write("cells/c.json",
		     "{ \"$schema\": \"jailhouse-workbench/cell-1\",\n\n"
		     " \"architecture\": \"arm64\", \"x-mine\": 1,\n"
		     " \"name\":   \"c\", \"cpus\": [\"1\"] }\n");
	before = folder_read("cells/c.json");
	workspace = folder_load("system.json", diags);
	assert_int_equal(jhcfg_workspace_begin(workspace, "Flags"), 0);
	jhcfg_config_set_cell_flags(
		jhcfg_workspace_edit_cell(
			workspace, jhcfg_workspace_cell_key(workspace, 1)),
		1);
	jhcfg_workspace_end(workspace);
	assert_int_equal(jhcfg_workspace_save(workspace, NULL, diags), 0);
	after = folder_read("cells/c.json");
	assert_string_equal(before, after);
	free(before);
	free(after);

	/* and keeps it once the cell does change */
	assert_int_equal(jhcfg_workspace_begin(workspace, "Flags"), 0);
	jhcfg_config_set_cell_flags(
		jhcfg_workspace_edit_cell(
			workspace, jhcfg_workspace_cell_key(workspace, 2)),
		1);
	jhcfg_workspace_end(workspace);
	assert_int_equal(jhcfg_workspace_save(workspace, NULL, diags), 0);
	after = folder_read("cells/c.json");
	assert_non_null(strstr(after, "x-mine"));
	free(after);
	jhcfg_workspace_free(workspace);
}

static void test_workspace_load_names_what_is_wrong(void **state)
{
	static const char *const bad[] = {
		"\"cells\": [\"../outside.json\"]",
		"\"cells\": [\"missing.json\"]",
		"\"cells\": [7]",
		"\"cells\": {}",
		"\"links\": [{ \"name\": \"l\", \"peers\": [\"nobody\"] }]",
		"\"links\": [{ \"name\": \"l\", \"base\": \"x\", \"peers\": "
		"[\"board\"] }]",
		"\"links\": [{ \"name\": \"l\", \"bdf\": \"0x10008\", "
		"\"peers\": [\"board\"] }]",
		"\"links\": [{ \"name\": \"l\", \"base\": -4096, \"peers\": "
		"[\"board\"] }]",
		"\"cells\": [\"c.json\", \"c.json\"]",
		"\"cells\": [\"c.json\", \".//./c.json\"]",
		"\"scenarios\": [{ \"name\": \"s\" }]",
		"\"waivers\": [{ \"rule\": \"M01\" }]",
	};
	struct jhcfg_workspace *workspace = NULL;
	char text[400];

	(void)state;
	folder_write("c.json", "{ \"$schema\": \"jailhouse-workbench/cell-1\", "
			       "\"architecture\": \"arm64\", \"name\": \"c\", "
			       "\"cpus\": [1] }");
	for (size_t n = 0; n < sizeof(bad) / sizeof(bad[0]); n++) {
		size_t findings = jhcfg_diags_count(diags, JHCFG_ERROR);

		snprintf(text, sizeof(text),
			 "{ \"$schema\": \"jailhouse-workbench/system-1\", "
			 "\"architecture\": \"arm64\", "
			 "\"hypervisor_memory\": { \"phys\": \"0x1000\", "
			 "\"size\": \"4K\" }, "
			 "\"platform\": {}, \"root_cell\": { "
			 "\"name\": \"board\", \"cpus\": [\"0\"] }, %s }",
			 bad[n]);
		folder_write("system.json", text);
		assert_true(jhcfg_workspace_load(folder_path("system.json"),
						 diags, &workspace) < 0);
		assert_null(workspace);
		assert_int_equal(jhcfg_diags_count(diags, JHCFG_ERROR),
				 findings + 1);
	}
}

static void test_workspace_failed_save_says_so_and_loses_nothing(void **state)
{
	struct jhcfg_workspace *workspace = make_project();

	(void)state;
	folder_write("file", "x");
	/* a file where a directory has to be */
	assert_true(jhcfg_workspace_save(workspace,
					 folder_path("file/system.json"),
					 diags) < 0);
	assert_int_equal(jhcfg_diags_count(diags, JHCFG_ERROR), 1);
	assert_true(jhcfg_workspace_is_modified(workspace));
	folder_save(workspace, "system.json", diags);
	jhcfg_workspace_free(workspace);
}

static void test_workspace_from_configs_refuses_equal_names(void **state)
{
	struct jhcfg_config *system = jhcfg_config_create(true, 2);
	struct jhcfg_config *cell = jhcfg_config_create(false, 2);
	const struct jhcfg_config *cells[] = { cell, cell };
	struct jhcfg_workspace *workspace = NULL;

	(void)state;
	assert_int_equal(jhcfg_config_set_name(cell, "twice"), 0);
	assert_int_equal(jhcfg_workspace_from_configs(system, cells, 1, NULL,
						      diags, &workspace),
			 0);
	jhcfg_workspace_free(workspace);
	workspace = NULL;
	assert_int_equal(jhcfg_workspace_from_configs(system, cells, 2, NULL,
						      diags, &workspace),
			 -EEXIST);
	assert_null(workspace);
	jhcfg_config_free(system);
	jhcfg_config_free(cell);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_workspace_save_and_load_give_the_same),
		CASE(test_workspace_save_of_names_that_look_alike_loses_none),
		CASE(test_workspace_save_of_a_name_that_was_used_loses_none),
		CASE(test_workspace_save_leaves_unchanged_files_alone),
		CASE(test_workspace_load_names_what_is_wrong),
		CASE(test_workspace_failed_save_says_so_and_loses_nothing),
		CASE(test_workspace_from_configs_refuses_equal_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
