// SPDX-License-Identifier: GPL-2.0-or-later
/* The board of a project: named or embedded, read, kept and written. */
#include <cmocka_all.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jailhouse/cell-config.h>
#include <jhcfg/edit.h>
#include <jhcfg/file.h>
#include <jhcfg/project.h>
#include <jhcfg/workspace.h>

#include "folder.h"
#include "small.h"

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

static struct jhcfg_config *new_system(void)
{
	struct jhcfg_config *system =
		jhcfg_config_create(true, JAILHOUSE_ARM64);

	assert_int_equal(jhcfg_config_set_name(system, "root"), 0);
	return system;
}

static struct jhcfg_workspace *make_project(struct jhcfg_board *board)
{
	struct jhcfg_config *system = new_system();
	struct jhcfg_workspace *workspace = NULL;

	assert_int_equal(jhcfg_workspace_from_configs(system, NULL, 0, board,
						      diags, &workspace),
			 0);
	jhcfg_config_free(system);
	return workspace;
}

static const char *board_name(const struct jhcfg_workspace *workspace)
{
	const struct jhcfg_board *board = jhcfg_workspace_board(workspace);

	return board ? jhcfg_board_name(board) : NULL;
}

static void test_workspace_board_goes_to_a_file(void **state)
{
	struct jhcfg_board *board = small_board("one");
	struct jhcfg_workspace *workspace = make_project(board), *again;
	char *text;

	(void)state;
	folder_save(workspace, "system.json", diags);
	text = folder_read("system.json");
	assert_non_null(strstr(text, "\"board\": \"board.json\""));
	free(text);
	text = folder_read("board.json");
	assert_non_null(strstr(text, "\"later\": true"));
	free(text);
	again = folder_load("system.json", diags);
	assert_string_equal(board_name(again), "one");
	assert_int_equal(jhcfg_diags_count(diags, JHCFG_ERROR), 0);
	folder_save(workspace, "other.json", diags);
	free(folder_read("other.board.json"));
	jhcfg_workspace_free(workspace);
	jhcfg_workspace_free(again);
	jhcfg_board_free(board);
}

static void edit_name(struct jhcfg_workspace *workspace, const char *name)
{
	assert_int_equal(jhcfg_workspace_begin(workspace, "Rename"), 0);
	assert_int_equal(
		jhcfg_config_set_name(
			jhcfg_workspace_edit_cell(workspace, JHCFG_ROOT_KEY),
			name),
		0);
	jhcfg_workspace_end(workspace);
}

/* People lay a board out by hand: it is written only when it is another one. */
static void test_workspace_board_is_left_alone(void **state)
{
	static const char by_hand[] =
		"{ \"$schema\": \"jailhouse-workbench/board-1\",\n\n"
		"\"name\": \"two\", \"architecture\": \"arm64\" }";
	struct jhcfg_board *board = small_board("one");
	struct jhcfg_workspace *workspace = make_project(board);
	char *text;

	(void)state;
	folder_save(workspace, "system.json", diags);
	jhcfg_workspace_free(workspace);
	folder_write("board.json", by_hand);
	workspace = folder_load("system.json", diags);
	edit_name(workspace, "renamed");
	folder_save(workspace, "system.json", diags);
	text = folder_read("board.json");
	assert_string_equal(text, by_hand);
	free(text);
	text = folder_read("system.json");
	assert_non_null(strstr(text, "\"board\": \"board.json\""));
	free(text);

	assert_int_equal(jhcfg_workspace_begin(workspace, "Board"), 0);
	assert_int_equal(jhcfg_workspace_set_board(workspace, board), 0);
	jhcfg_workspace_end(workspace);
	assert_true(jhcfg_workspace_is_modified(workspace));
	folder_save(workspace, "system.json", diags);
	assert_false(jhcfg_workspace_is_modified(workspace));
	jhcfg_workspace_free(workspace);
	workspace = folder_load("system.json", diags);
	assert_string_equal(board_name(workspace), "one");
	jhcfg_workspace_free(workspace);
	jhcfg_board_free(board);
}

/* The project's text with another value for "board". */
static void write_system(const char *board)
{
	struct jhcfg_config *system = new_system();
	char *text, *changed;

	assert_int_equal(jhcfg_project_write(system, &text), 0);
	assert_true(asprintf(&changed, "{\"board\": %s,%s", board, text + 1) >
		    0);
	folder_write("system.json", changed);
	free(text);
	free(changed);
	jhcfg_config_free(system);
}

static void test_workspace_board_may_be_embedded(void **state)
{
	struct jhcfg_board *board = small_board("new");
	struct jhcfg_workspace *workspace;
	char *text;

	(void)state;
	write_system("{\"$schema\": \"jailhouse-workbench/board-1\", "
		     "\"name\": \"in\", \"architecture\": \"arm64\"}");
	workspace = folder_load("system.json", diags);
	assert_string_equal(board_name(workspace), "in");
	edit_name(workspace, "renamed");
	folder_save(workspace, "system.json", diags);
	jhcfg_workspace_free(workspace);

	workspace = folder_load("system.json", diags);
	assert_string_equal(board_name(workspace), "in");
	assert_int_equal(jhcfg_workspace_begin(workspace, "Board"), 0);
	assert_int_equal(jhcfg_workspace_set_board(workspace, board), 0);
	jhcfg_workspace_end(workspace);
	folder_save(workspace, "system.json", diags);
	jhcfg_workspace_free(workspace);

	workspace = folder_load("system.json", diags);
	assert_string_equal(board_name(workspace), "new");
	text = folder_read("system.json");
	assert_non_null(strstr(text, "\"later\": true"));
	free(text);
	jhcfg_workspace_free(workspace);
	jhcfg_board_free(board);
}

/* The project opens, says why it has no board, and keeps what it said. */
static void test_workspace_board_that_is_damaged_is_no_end(void **state)
{
	static const struct {
		const char *board, *rule;
	} cases[] = {
		{ "\"none.json\"", "J06" },
		{ "\"../outside.json\"", "J07" },
		{ "\"half.json\"", "J01" },
		{ "7", "J02" },
		{ "{\"name\": \"x\"}", "J05" },
	};

	(void)state;
	folder_write("half.json", "{\"$schema\": ");
	for (size_t n = 0; n < sizeof(cases) / sizeof(cases[0]); n++) {
		struct jhcfg_workspace *workspace;
		char *text;

		jhcfg_diags_free(diags);
		diags = jhcfg_diags_new();
		write_system(cases[n].board);
		workspace = folder_load("system.json", diags);
		assert_null(jhcfg_workspace_board(workspace));
		assert_int_equal(jhcfg_diags_count(diags, JHCFG_ERROR), 1);
		assert_string_equal(jhcfg_diags_get(diags, 0)->rule,
				    cases[n].rule);
		edit_name(workspace, "renamed");
		folder_save(workspace, "system.json", diags);
		text = folder_read("system.json");
		assert_non_null(strstr(text, "\"board\": "));
		free(text);
		jhcfg_workspace_free(workspace);
	}
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

/* What a newer program says of the hardware is not believed in part, and not
 * written over. */
static void test_workspace_board_of_a_newer_program_is_not_read(void **state)
{
	static const char board[] =
		"{\"$schema\": \"jailhouse-workbench/board-2\", "
		"\"name\": \"b\", \"architecture\": \"arm64\", "
		"\"cpus\": [{\"id\": 0, \"mpidr\": 0}]}";
	struct jhcfg_workspace *workspace;
	struct jhcfg_board *alone = NULL;
	char *before, *after;

	(void)state;
	write_system("\"board.json\"");
	folder_write("board.json", board);
	before = folder_read("system.json");
	for (int looking = 0; looking < 2; looking++) {
		workspace = NULL;
		jhcfg_diags_free(diags);
		diags = jhcfg_diags_new();
		assert_int_equal(
			(looking ? jhcfg_workspace_look : jhcfg_workspace_load)(
				folder_path("system.json"), diags, &workspace),
			0);
		assert_int_equal(jhcfg_diags_count(diags, JHCFG_ERROR), 1);
		assert_non_null(strstr(jhcfg_diags_get(diags, 0)->text,
				       "version 2 of the schema"));
		assert_null(jhcfg_workspace_board(workspace));
		assert_non_null(strstr(jhcfg_workspace_read_only(workspace),
				       "newer version"));
		assert_int_not_equal(
			jhcfg_workspace_save(workspace,
					     folder_path("system.json"), diags),
			0);
		jhcfg_workspace_free(workspace);
	}
	after = folder_read("system.json");
	assert_string_equal(after, before);
	free(after);
	free(before);
	assert_int_equal(jhcfg_board_read(board, strlen(board), diags, &alone),
			 -EINVAL);
	assert_null(alone);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_workspace_board_goes_to_a_file),
		CASE(test_workspace_board_is_left_alone),
		CASE(test_workspace_board_may_be_embedded),
		CASE(test_workspace_board_that_is_damaged_is_no_end),
		CASE(test_workspace_board_of_a_newer_program_is_not_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
