// SPDX-License-Identifier: GPL-2.0-or-later
/* Projects of newer versions, which can be looked at, files that are none, and
 * saves in parts. */
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

/* clang-format off */
/* @root: further members of the root cell; a format for those of the system */
#define SYSTEM(version, root)						\
	"{\n"								\
	"  \"$schema\": \"jailhouse-workbench/system-" version "\",\n"	\
	"  \"architecture\": \"arm64\", \"platform\": {},\n"				\
	"  \"hypervisor_memory\": { \"phys\": 0, \"size\": 0 },\n"	\
	"  \"root_cell\": { \"name\": \"board\", \"cpus\": [\"0-3\"]"	\
	root " },\n"							\
	"  \"cells\": [\"cells/rtos.json\"]%s\n"			\
	"}\n"
#define CELL(version)							\
	"{\n"								\
	"  \"$schema\": \"jailhouse-workbench/cell-" version "\",\n"	\
	"  \"architecture\": \"arm64\", \"name\": \"rtos\",\n"		\
	"  \"cpus\": [3]%s\n"						\
	"}\n"
/* clang-format on */

#define ROOT(member) "\"root_cell\": {" member "}"

static struct jhcfg_diags *diags;

static void __attribute__((format(printf, 2, 3)))
write_text(const char *name, const char *format, ...)
{
	char text[1024];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	assert_int_equal(
		jhcfg_file_write(folder_path(name), text, strlen(text)), 0);
}

static int set_up(void **state)
{
	(void)state;
	folder_make();
	diags = jhcfg_diags_new();
	if (!diags)
		return -1;
	return mkdir(folder_path("cells"), 0777);
}

static int tear_down(void **state)
{
	(void)state;
	jhcfg_diags_free(diags);
	return folder_remove();
}

static bool says(enum jhcfg_severity severity, const char *words)
{
	const struct jhcfg_diag *diag;

	for (size_t n = 0; (diag = jhcfg_diags_get(diags, n)); n++)
		if (diag->severity == severity && strstr(diag->text, words))
			return true;
	return false;
}

static struct jhcfg_workspace *look(void)
{
	struct jhcfg_workspace *workspace = NULL;

	assert_int_equal(jhcfg_workspace_look(folder_path("system.json"), diags,
					      &workspace),
			 0);
	return workspace;
}

/* --- newer versions --------------------------------------------------------
 */

static void test_look_at_a_newer_system_has_what_is_understood(void **state)
{
	struct jhcfg_workspace *workspace;
	const struct jhcfg_cell *cell;

	(void)state;
	write_text("system.json",
		   SYSTEM("2", ", \"memory\": [{\"phys\": {\"new\": 1}, "
			       "\"size\": 4096}]"),
		   ", \"wonder\": true");
	write_text("cells/rtos.json", CELL("1"), "");
	workspace = look();
	cell = jhcfg_config_cell(
		jhcfg_workspace_cell(workspace, JHCFG_ROOT_KEY));
	assert_string_equal(jhcfg_cell_name(cell), "board");
	assert_int_equal(jhcfg_cell_num_cpus(cell), 4);
	assert_int_equal(jhcfg_workspace_num_cells(workspace), 2);
	assert_true(says(JHCFG_WARNING, "version 2 of the schema"));
	assert_true(says(JHCFG_WARNING, "this must be a number"));
	assert_true(says(JHCFG_WARNING, "\"wonder\" is unknown"));
	assert_int_equal(jhcfg_diags_count(diags, JHCFG_ERROR), 0);
	assert_non_null(
		strstr(jhcfg_workspace_read_only(workspace), "system.json"));
	jhcfg_workspace_free(workspace);
}

static void test_save_of_a_newer_project_is_refused_everywhere(void **state)
{
	struct jhcfg_workspace *workspace, *fork;
	char *before, *after;

	(void)state;
	write_text("system.json", SYSTEM("1", ""), "");
	write_text("cells/rtos.json", CELL("3"), ", \"wonder\": 1");
	before = folder_read("cells/rtos.json");
	workspace = look();
	assert_non_null(jhcfg_workspace_read_only(workspace));
	assert_int_equal(jhcfg_workspace_save(workspace, NULL, diags), -EROFS);
	assert_true(says(JHCFG_ERROR, "cannot be written"));
	assert_int_equal(jhcfg_workspace_save(workspace,
					      folder_path("other.json"), diags),
			 -EROFS);
	assert_int_equal(access(folder_path("other.json"), F_OK), -1);
	fork = jhcfg_workspace_fork(workspace);
	assert_int_equal(
		jhcfg_workspace_save(fork, folder_path("other.json"), diags),
		-EROFS);
	after = folder_read("cells/rtos.json");
	assert_string_equal(before, after);
	free(before);
	free(after);
	jhcfg_workspace_free(fork);
	jhcfg_workspace_free(workspace);
}

static void test_look_at_newer_lists_leaves_out_what_is_foreign(void **state)
{
	struct jhcfg_workspace *workspace;

	(void)state;
	write_text("system.json", SYSTEM("2", ""),
		   ", \"links\": [7, {\"name\": \"a\", \"peers\": {}},"
		   " {\"name\": \"b\", \"output_size\": \"4K\","
		   " \"peers\": [\"board\", \"rtos\"]}],"
		   " \"scenarios\": {\"new\": 1}, \"waivers\": [null]");
	write_text("cells/rtos.json", CELL("2"), "");
	workspace = look();
	assert_int_equal(jhcfg_workspace_num_links(workspace), 1);
	assert_string_equal(jhcfg_workspace_link(workspace, 0)->name, "b");
	assert_int_equal(jhcfg_workspace_num_scenarios(workspace), 0);
	assert_int_equal(jhcfg_workspace_num_waivers(workspace), 0);
	jhcfg_workspace_free(workspace);
}

static void test_look_at_a_project_of_today_is_as_strict_as_load(void **state)
{
	struct jhcfg_workspace *workspace = NULL;

	(void)state;
	write_text("system.json", SYSTEM("1", ", \"memory\": 7"), "");
	write_text("cells/rtos.json", CELL("1"), "");
	assert_int_equal(jhcfg_workspace_look(folder_path("system.json"), diags,
					      &workspace),
			 -EINVAL);
	write_text("system.json", SYSTEM("1", ""), "");
	workspace = look();
	assert_null(jhcfg_workspace_read_only(workspace));
	assert_int_equal(jhcfg_workspace_save(workspace, NULL, diags), 0);
	jhcfg_workspace_free(workspace);
}

/* All that can be wrong with a document, in one of a later version: it is told,
 * and nothing else happens. */
static void test_look_at_newer_documents_of_any_contents(void **state)
{
	/* clang-format off */
	static const char *const members[] = {
		"\"root_cell\": 7", "\"root_cell\": [{}]", "\"cells\": 7",
		ROOT("\"memory\": null"), ROOT("\"memory\": [null]"),
		ROOT("\"memory\": [[]]"), ROOT("\"memory\": [{}]"),
		ROOT("\"memory\": [{\"flags\": [1.5, {}]}]"),
		ROOT("\"irqchips\": [{\"pins\": [[]], \"pin_base\": -1}]"),
		ROOT("\"irqchips\": [{\"pins\": [\"0-99999999999\"]}]"),
		ROOT("\"pci_devices\": [{\"bdf\": {}, \"caps\": 7}]"),
		ROOT("\"cpus\": {}"), ROOT("\"cpus\": [{}, -1, 1e99]"),
		ROOT("\"name\": 7"), ROOT("\"name\": \"\""),
		"\"platform\": []", "\"platform\": {\"iommus\": {}}",
		"\"cells\": [7, null, \"../x\", \"none.json\"]",
		"\"links\": {}", "\"board\": 7", "\"board\": \"cells\"",
		"\"board\": {\"$schema\": \"jailhouse-workbench/board-2\"}",
	};
	/* clang-format on */
	struct jhcfg_workspace *workspace;

	(void)state;
	for (size_t n = 0; n < sizeof(members) / sizeof(members[0]); n++) {
		write_text("system.json",
			   "{ \"$schema\": \"jailhouse-workbench/system-2\", "
			   "%s }",
			   members[n]);
		workspace = look();
		assert_non_null(jhcfg_workspace_read_only(workspace));
		assert_non_null(
			jhcfg_workspace_cell(workspace, JHCFG_ROOT_KEY));
		jhcfg_workspace_free(workspace);
	}
}

/* --- what is no file -------------------------------------------------------
 */

/* Had the pipe been opened as a file, this would wait for ever. */
static void test_load_of_a_cell_that_is_a_pipe_is_refused(void **state)
{
	struct jhcfg_workspace *workspace = NULL;

	(void)state;
	write_text("system.json", SYSTEM("1", ""), "");
	assert_int_equal(mkfifo(folder_path("cells/rtos.json"), 0666), 0);
	assert_int_equal(jhcfg_workspace_load(folder_path("system.json"), diags,
					      &workspace),
			 -EINVAL);
	assert_true(says(JHCFG_ERROR, "cannot be read"));
}

static void test_read_regular_refuses_all_other_kinds(void **state)
{
	size_t size;
	void *data;

	(void)state;
	assert_int_equal(
		jhcfg_file_read_regular(folder_path(""), 100, &data, &size),
		-EISDIR);
	assert_int_equal(
		jhcfg_file_read_regular("/dev/zero", 100, &data, &size),
		-EINVAL);
	write_text("file", "abc");
	assert_int_equal(
		jhcfg_file_read_regular(folder_path("file"), 2, &data, &size),
		-EFBIG);
	assert_int_equal(
		jhcfg_file_read_regular(folder_path("file"), 3, &data, &size),
		0);
	assert_string_equal(data, "abc");
	free(data);
}

/* --- saves in parts --------------------------------------------------------
 */

static void rename_root(struct jhcfg_workspace *workspace, const char *name)
{
	assert_int_equal(jhcfg_workspace_begin(workspace, "Rename"), 0);
	assert_int_equal(
		jhcfg_config_set_name(
			jhcfg_workspace_edit_cell(workspace, JHCFG_ROOT_KEY),
			name),
		0);
	jhcfg_workspace_end(workspace);
}

static void test_save_in_parts_writes_what_was_when_it_began(void **state)
{
	struct jhcfg_workspace *workspace;
	struct jhcfg_saving *saving = NULL;
	char *text;

	(void)state;
	write_text("system.json", SYSTEM("1", ""), "");
	write_text("cells/rtos.json", CELL("1"), "");
	workspace = look();
	rename_root(workspace, "first");
	assert_int_equal(
		jhcfg_workspace_save_begin(workspace, NULL, diags, &saving), 0);
	rename_root(workspace, "second");
	assert_int_equal(jhcfg_saving_write(saving, diags), 0);
	jhcfg_workspace_save_end(workspace, saving);
	jhcfg_saving_free(saving);
	assert_true(jhcfg_workspace_is_modified(workspace));
	text = folder_read("system.json");
	assert_non_null(strstr(text, "first"));
	free(text);
	assert_int_equal(jhcfg_workspace_undo(workspace), 0);
	assert_false(jhcfg_workspace_is_modified(workspace));
	jhcfg_workspace_free(workspace);
}

static void test_save_in_parts_that_is_dropped_leaves_all_as_it_was(
	void **state)
{
	struct jhcfg_workspace *workspace;
	struct jhcfg_saving *saving = NULL;
	char *before, *after;

	(void)state;
	write_text("system.json", SYSTEM("1", ""), "");
	write_text("cells/rtos.json", CELL("1"), "");
	before = folder_read("system.json");
	workspace = look();
	rename_root(workspace, "first");
	assert_int_equal(
		jhcfg_workspace_save_begin(workspace, NULL, diags, &saving), 0);
	jhcfg_saving_free(saving);
	assert_true(jhcfg_workspace_is_modified(workspace));
	after = folder_read("system.json");
	assert_string_equal(before, after);
	free(before);
	free(after);
	jhcfg_workspace_free(workspace);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_look_at_a_newer_system_has_what_is_understood),
		TEST(test_save_of_a_newer_project_is_refused_everywhere),
		TEST(test_look_at_newer_lists_leaves_out_what_is_foreign),
		TEST(test_look_at_a_project_of_today_is_as_strict_as_load),
		TEST(test_look_at_newer_documents_of_any_contents),
		TEST(test_load_of_a_cell_that_is_a_pipe_is_refused),
		TEST(test_read_regular_refuses_all_other_kinds),
		TEST(test_save_in_parts_writes_what_was_when_it_began),
		TEST(test_save_in_parts_that_is_dropped_leaves_all_as_it_was),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
