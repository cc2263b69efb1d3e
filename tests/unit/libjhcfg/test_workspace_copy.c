// SPDX-License-Identifier: GPL-2.0-or-later
/* Projects beside others: a save replaces what is of the project, and nothing
 * else that has a name which it would like. */
#include <cmocka_all.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <jailhouse/cell-config.h>
#include <jhcfg/project.h>
#include <jhcfg/workspace.h>

#include "folder.h"
#include "small.h"

#define MINE "somebody's own notes\n"

static struct jhcfg_diags *diags;

/* What the next steps of a save into new files meet. */
static const char *appears;   /* a file that somebody makes just before */
static unsigned int fails_at; /* the step that fails, from 1; 0: none */

int __real_renameat2(int from_dir, const char *from, int to_dir, const char *to,
		     unsigned int flags);
int __wrap_renameat2(int from_dir, const char *from, int to_dir, const char *to,
		     unsigned int flags);

int __wrap_renameat2(int from_dir, const char *from, int to_dir, const char *to,
		     unsigned int flags)
{
	if (appears)
		folder_write(appears, MINE);
	appears = NULL;
	if (fails_at && !--fails_at) {
		errno = ENOSPC;
		return -1;
	}
	return __real_renameat2(from_dir, from, to_dir, to, flags);
}

static int set_up(void **state)
{
	(void)state;
	folder_make();
	appears = NULL;
	fails_at = 0;
	diags = jhcfg_diags_new();
	return diags ? 0 : -1;
}

static int tear_down(void **state)
{
	(void)state;
	jhcfg_diags_free(diags);
	return folder_remove();
}

static void remove_cell(struct jhcfg_workspace *workspace, uint32_t key)
{
	assert_int_equal(jhcfg_workspace_begin(workspace, "Remove"), 0);
	assert_int_equal(jhcfg_workspace_remove_cell(workspace, key), 0);
	jhcfg_workspace_end(workspace);
}

static void set_reset_address(struct jhcfg_workspace *workspace, uint32_t key,
			      uint64_t address)
{
	assert_int_equal(jhcfg_workspace_begin(workspace, "Reset"), 0);
	jhcfg_config_set_reset_address(
		jhcfg_workspace_edit_cell(workspace, key), address);
	jhcfg_workspace_end(workspace);
}

/* With two cells, of keys 2 and 3. */
static struct jhcfg_workspace *make_project(struct jhcfg_board *board)
{
	struct jhcfg_workspace *workspace =
		jhcfg_workspace_new(JAILHOUSE_ARM64, board);

	assert_non_null(workspace);
	assert_int_equal(jhcfg_workspace_begin(workspace, "Name"), 0);
	assert_int_equal(
		jhcfg_config_set_name(
			jhcfg_workspace_edit_cell(workspace, JHCFG_ROOT_KEY),
			"root"),
		0);
	jhcfg_workspace_end(workspace);
	assert_int_equal(small_add_cell(workspace, "a"), 2);
	assert_int_equal(small_add_cell(workspace, "b"), 3);
	return workspace;
}

static void save_as(struct jhcfg_workspace *workspace, const char *name)
{
	assert_int_equal(
		jhcfg_workspace_save(workspace, folder_path(name), diags), 0);
	assert_false(jhcfg_workspace_is_modified(workspace));
}

static void save(struct jhcfg_workspace *workspace)
{
	assert_int_equal(jhcfg_workspace_save(workspace, NULL, diags), 0);
	assert_false(jhcfg_workspace_is_modified(workspace));
}

static struct jhcfg_workspace *load(const char *name)
{
	struct jhcfg_workspace *workspace = NULL;

	assert_int_equal(
		jhcfg_workspace_load(folder_path(name), diags, &workspace), 0);
	return workspace;
}

static void assert_text(const char *name, const char *wanted)
{
	char *text = folder_read(name);

	assert_string_equal(text, wanted);
	free(text);
}

static bool is_there(const char *name)
{
	struct stat st;

	return !lstat(folder_path(name), &st);
}

static void assert_file(const struct jhcfg_workspace *workspace, uint32_t key,
			const char *wanted)
{
	assert_string_equal(jhcfg_workspace_cell_file(workspace, key), wanted);
}

static uint64_t reset_address(const struct jhcfg_workspace *workspace,
			      size_t index)
{
	const struct jhcfg_config *config = jhcfg_workspace_cell(
		workspace, jhcfg_workspace_cell_key(workspace, index));

	assert_non_null(config);
	return jhcfg_cell_reset_address(jhcfg_config_cell(config));
}

/* The project on the disk has cells with these reset addresses. */
static void assert_addresses(const char *name, const uint64_t *wanted,
			     size_t count)
{
	struct jhcfg_workspace *workspace = load(name);

	assert_int_equal(jhcfg_workspace_num_cells(workspace), count + 1);
	for (size_t n = 0; n < count; n++)
		assert_int_equal(reset_address(workspace, n + 1), wanted[n]);
	jhcfg_workspace_free(workspace);
}

#define assert_project(name, ...)                                              \
	assert_addresses(name, (const uint64_t[]){ __VA_ARGS__ },              \
			 sizeof((const uint64_t[]){ __VA_ARGS__ }) /           \
				 sizeof(uint64_t))

/* --- strangers -------------------------------------------------------------
 */

static void assert_told(const char *object)
{
	const struct jhcfg_diag *diag;

	for (size_t n = 0; (diag = jhcfg_diags_get(diags, n)); n++)
		if (!strcmp(diag->rule, "J14") &&
		    !strcmp(diag->object, object)) {
			assert_int_equal(diag->severity, JHCFG_INFO);
			return;
		}
	fail_msg("nothing is said of %s", object);
}

static void test_save_of_a_new_cell_leaves_a_strangers_file(void **state)
{
	struct jhcfg_workspace *workspace = make_project(NULL);
	uint32_t key;

	(void)state;
	save_as(workspace, "system.json");
	jhcfg_workspace_free(workspace);
	folder_write("cells/c.json", MINE);
	folder_write("cells/c-2.json", MINE);
	workspace = load("system.json");
	key = small_add_cell(workspace, "c");
	save(workspace);
	assert_text("cells/c.json", MINE);
	assert_text("cells/c-2.json", MINE);
	assert_file(workspace, key, "cells/c-3.json");
	assert_told("cells/c.json");
	/* from now on it is its file */
	set_reset_address(workspace, key, 0x1000);
	save(workspace);
	jhcfg_workspace_free(workspace);
	assert_project("system.json", 0, 0, 0x1000);
	assert_false(is_there("cells/c-4.json"));
}

static void test_first_save_leaves_strangers_files(void **state)
{
	struct jhcfg_workspace *workspace = make_project(NULL);

	(void)state;
	mkdir(folder_path("cells"), 0777);
	folder_write("cells/a.json", MINE);
	assert_int_equal(symlink("nowhere", folder_path("cells/b.json")), 0);
	save_as(workspace, "system.json");
	assert_text("cells/a.json", MINE);
	assert_false(is_there("cells/nowhere"));
	assert_file(workspace, 2, "cells/a-2.json");
	assert_file(workspace, 3, "cells/b-2.json");
	jhcfg_workspace_free(workspace);
	assert_project("system.json", 0, 0);
}

static void test_save_meets_a_stranger_that_has_just_come(void **state)
{
	struct jhcfg_workspace *workspace = make_project(NULL);

	(void)state;
	appears = "cells/b.json";
	assert_int_equal(jhcfg_workspace_save(
				 workspace, folder_path("system.json"), diags),
			 -EEXIST);
	assert_true(jhcfg_workspace_is_modified(workspace));
	assert_false(is_there("system.json"));
	save_as(workspace, "system.json");
	assert_text("cells/b.json", MINE);
	assert_file(workspace, 2, "cells/a.json");
	assert_file(workspace, 3, "cells/b-2.json");
	jhcfg_workspace_free(workspace);
}

static void test_save_that_fails_takes_its_new_files_away(void **state)
{
	struct jhcfg_workspace *workspace = make_project(NULL);

	(void)state;
	fails_at = 2;
	assert_int_equal(jhcfg_workspace_save(
				 workspace, folder_path("system.json"), diags),
			 -ENOSPC);
	assert_false(is_there("cells/a.json"));
	assert_false(is_there("cells/b.json"));
	save_as(workspace, "system.json");
	assert_file(workspace, 2, "cells/a.json");
	assert_file(workspace, 3, "cells/b.json");
	jhcfg_workspace_free(workspace);
}

/* --- copies ----------------------------------------------------------------
 */

static void test_copy_beside_the_original_is_independent(void **state)
{
	struct jhcfg_workspace *workspace = make_project(NULL);

	(void)state;
	save_as(workspace, "system.json");
	save_as(workspace, "other.json");
	assert_int_equal(jhcfg_diags_count(diags, JHCFG_INFO), 0);
	assert_file(workspace, JHCFG_ROOT_KEY, "other.json");
	assert_file(workspace, 2, "cells/a-2.json");
	set_reset_address(workspace, 2, 0x1000);
	save(workspace);
	assert_project("system.json", 0, 0);
	assert_project("other.json", 0x1000, 0);
	jhcfg_workspace_free(workspace);
	workspace = load("system.json");
	set_reset_address(workspace, 3, 0x2000);
	save(workspace);
	jhcfg_workspace_free(workspace);
	assert_project("system.json", 0, 0x2000);
	assert_project("other.json", 0x1000, 0);
}

/* Objects of before the copy come back, and know nothing of it. */
static void test_undo_behind_a_copy_leaves_the_original(void **state)
{
	struct jhcfg_workspace *workspace = make_project(NULL);

	(void)state;
	set_reset_address(workspace, 2, 0x1000);
	remove_cell(workspace, 3);
	save_as(workspace, "system.json");
	assert_int_equal(jhcfg_workspace_undo(workspace), 0);
	save(workspace);
	assert_int_equal(jhcfg_workspace_redo(workspace), 0);
	save_as(workspace, "other.json");
	/* the cell comes back, and the address goes */
	assert_int_equal(jhcfg_workspace_undo(workspace), 0);
	assert_int_equal(jhcfg_workspace_undo(workspace), 0);
	save(workspace);
	jhcfg_workspace_free(workspace);
	assert_project("system.json", 0x1000, 0);
	assert_project("other.json", 0, 0);
}

static void test_copy_by_another_spelling_of_the_path_is_none(void **state)
{
	struct jhcfg_workspace *workspace = make_project(NULL);

	(void)state;
	save_as(workspace, "system.json");
	set_reset_address(workspace, 2, 0x1000);
	save_as(workspace, "./system.json");
	assert_file(workspace, 2, "cells/a.json");
	assert_false(is_there("cells/a-2.json"));
	jhcfg_workspace_free(workspace);
	assert_project("system.json", 0x1000, 0);
}

/* As a script does that makes it each time. */
static void test_save_over_a_project_replaces_its_files(void **state)
{
	(void)state;
	for (uint64_t address = 0x1000; address < 0x4000; address += 0x1000) {
		struct jhcfg_workspace *workspace = make_project(NULL);

		set_reset_address(workspace, 2, address);
		save_as(workspace, "system.json");
		jhcfg_workspace_free(workspace);
		assert_project("system.json", address, 0);
	}
	assert_false(is_there("cells/a-2.json"));
}

/* A copy that shares the files of its original, as older programs made them. */
static void test_save_over_a_copy_leaves_what_it_shares(void **state)
{
	struct jhcfg_workspace *workspace = make_project(NULL);
	char *text;

	(void)state;
	save_as(workspace, "system.json");
	text = folder_read("system.json");
	folder_write("other.json", text);
	free(text);
	set_reset_address(workspace, 2, 0x1000);
	save_as(workspace, "other.json");
	jhcfg_workspace_free(workspace);
	assert_project("system.json", 0, 0);
	assert_project("other.json", 0x1000, 0);
}

static void test_copy_elsewhere_keeps_the_names_of_files(void **state)
{
	struct jhcfg_workspace *workspace = make_project(NULL);
	char *text, *cell;

	(void)state;
	save_as(workspace, "system.json");
	jhcfg_workspace_free(workspace);
	text = folder_read("system.json");
	/* a person moves a cell by hand */
	cell = strstr(text, "cells/a.json");
	assert_non_null(cell);
	memcpy(cell, "x/y/z/a.json", strlen("x/y/z/a.json"));
	folder_write("system.json", text);
	free(text);
	mkdir(folder_path("x"), 0777);
	mkdir(folder_path("x/y"), 0777);
	assert_int_equal(rename(folder_path("cells"), folder_path("x/y/z")), 0);
	mkdir(folder_path("cells"), 0777);
	assert_int_equal(rename(folder_path("x/y/z/b.json"),
				folder_path("cells/b.json")),
			 0);
	workspace = load("system.json");
	save_as(workspace, "copy/system.json");
	assert_file(workspace, 2, "x/y/z/a.json");
	jhcfg_workspace_free(workspace);
	assert_project("copy/system.json", 0, 0);
}

/* --- cells that come back --------------------------------------------------
 */

static void test_undo_never_puts_two_cells_into_one_file(void **state)
{
	struct jhcfg_workspace *workspace = make_project(NULL);
	uint32_t old = small_add_cell(workspace, "a b");

	(void)state;
	set_reset_address(workspace, old, 0x1000);
	save_as(workspace, "system.json");
	small_add_cell(workspace, "a_b");
	remove_cell(workspace, old);
	save(workspace);
	assert_int_equal(jhcfg_workspace_undo(workspace), 0);
	save(workspace);
	jhcfg_workspace_free(workspace);
	assert_project("system.json", 0, 0, 0x1000, 0);
}

/* --- boards ----------------------------------------------------------------
 */

static void test_first_save_leaves_a_strangers_board(void **state)
{
	struct jhcfg_board *board = small_board("one");
	struct jhcfg_workspace *workspace = make_project(board);
	char *text;

	(void)state;
	folder_write("board.json", MINE);
	save_as(workspace, "system.json");
	assert_text("board.json", MINE);
	text = folder_read("system.json");
	assert_non_null(strstr(text, "\"board\": \"board-2.json\""));
	free(text);
	jhcfg_workspace_free(workspace);
	workspace = load("system.json");
	assert_string_equal(jhcfg_board_name(jhcfg_workspace_board(workspace)),
			    "one");
	jhcfg_workspace_free(workspace);
	jhcfg_board_free(board);
}

/* People import a board, look at it, and make a system of it. */
static void test_first_save_takes_the_same_board_as_it_is(void **state)
{
	static const char by_hand[] =
		"{ \"name\": \"one\", \"later\": true,\n"
		"\"architecture\": \"arm64\",\n"
		"\"$schema\": \"jailhouse-workbench/board-1\" }";
	struct jhcfg_board *board = small_board("one");
	struct jhcfg_workspace *workspace = make_project(board);

	(void)state;
	folder_write("board.json", by_hand);
	save_as(workspace, "system.json");
	assert_text("board.json", by_hand);
	assert_false(is_there("board-2.json"));
	jhcfg_workspace_free(workspace);
	jhcfg_board_free(board);
}

static void test_copy_has_a_board_of_its_own(void **state)
{
	struct jhcfg_board *one = small_board("one"), *two = small_board("two");
	struct jhcfg_workspace *workspace = make_project(one);

	(void)state;
	save_as(workspace, "system.json");
	jhcfg_workspace_free(workspace);
	workspace = load("system.json");
	save_as(workspace, "other.json");
	assert_int_equal(jhcfg_workspace_begin(workspace, "Board"), 0);
	assert_int_equal(jhcfg_workspace_set_board(workspace, two), 0);
	jhcfg_workspace_end(workspace);
	save(workspace);
	jhcfg_workspace_free(workspace);
	workspace = load("system.json");
	assert_string_equal(jhcfg_board_name(jhcfg_workspace_board(workspace)),
			    "one");
	jhcfg_workspace_free(workspace);
	workspace = load("other.json");
	assert_string_equal(jhcfg_board_name(jhcfg_workspace_board(workspace)),
			    "two");
	jhcfg_workspace_free(workspace);
	jhcfg_board_free(one);
	jhcfg_board_free(two);
}

/* What could not be read may still be mended by hand. */
static void test_new_board_leaves_a_damaged_one(void **state)
{
	struct jhcfg_board *board = small_board("one");
	struct jhcfg_workspace *workspace = make_project(board);

	(void)state;
	save_as(workspace, "system.json");
	jhcfg_workspace_free(workspace);
	folder_write("board.json", MINE);
	workspace = load("system.json");
	assert_null(jhcfg_workspace_board(workspace));
	assert_int_equal(jhcfg_workspace_begin(workspace, "Board"), 0);
	assert_int_equal(jhcfg_workspace_set_board(workspace, board), 0);
	jhcfg_workspace_end(workspace);
	save(workspace);
	jhcfg_workspace_free(workspace);
	assert_text("board.json", MINE);
	workspace = load("system.json");
	assert_non_null(jhcfg_workspace_board(workspace));
	jhcfg_workspace_free(workspace);
	jhcfg_board_free(board);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_save_of_a_new_cell_leaves_a_strangers_file),
		CASE(test_first_save_leaves_strangers_files),
		CASE(test_save_meets_a_stranger_that_has_just_come),
		CASE(test_save_that_fails_takes_its_new_files_away),
		CASE(test_copy_beside_the_original_is_independent),
		CASE(test_undo_behind_a_copy_leaves_the_original),
		CASE(test_copy_by_another_spelling_of_the_path_is_none),
		CASE(test_save_over_a_project_replaces_its_files),
		CASE(test_save_over_a_copy_leaves_what_it_shares),
		CASE(test_copy_elsewhere_keeps_the_names_of_files),
		CASE(test_undo_never_puts_two_cells_into_one_file),
		CASE(test_first_save_leaves_a_strangers_board),
		CASE(test_first_save_takes_the_same_board_as_it_is),
		CASE(test_copy_has_a_board_of_its_own),
		CASE(test_new_board_leaves_a_damaged_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
