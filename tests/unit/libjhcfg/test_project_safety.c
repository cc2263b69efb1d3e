// SPDX-License-Identifier: GPL-2.0-or-later
/* What people keep in a project is not lost: by programs that do not know all
 * of it, in older versions of the schema, or by a save that is stopped. */
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include <jailhouse/cell-config.h>
#include <jhcfg/edit.h>
#include <jhcfg/file.h>
#include <jhcfg/project.h>
#include <jhcfg/workspace.h>

#include "cmocka_all.h"
#include "sample.h"
#include "tree.h"

static const char *top;

static const char system_text[] =
	"{\n"
	"  \"$schema\": \"jailhouse-workbench/system-1\",\n"
	"  \"x-tool\": { \"window\": [1, 2] },\n"
	"  \"architecture\": \"arm64\",\n"
	"  \"hypervisor_memory\": { \"phys\": \"0x7c000000\", \"size\": \"4M\","
	" \"x-why\": \"the end of RAM\" },\n"
	"  \"platform\": { \"x-soc\": \"rev B\" },\n"
	"  \"root_cell\": { \"name\": \"root\", \"cpus\": [\"0-3\"],"
	" \"x-root\": true,\n"
	"    \"memory\": [{ \"phys\": \"0x40000000\", \"size\": \"1G\","
	" \"flags\": [\"READ\"], \"x-bank\": 0 }] },\n"
	"  \"cells\": [\"cells/rtos.json\"],\n"
	"  \"links\": [{ \"comment\": \"for the logs\", \"name\": \"net\","
	" \"x-mtu\": 9000, \"bdf\": 8, \"base\": \"0x7b000000\",\n"
	"    \"state_size\": \"4K\", \"output_size\": \"64K\","
	" \"peers\": [\"root\", \"rtos\"] }],\n"
	"  \"scenarios\": [{ \"name\": \"all\", \"cells\": [\"rtos\"],"
	" \"x-color\": \"blue\" }],\n"
	"  \"waivers\": [{ \"rule\": \"M08\", \"object\": \"o\","
	" \"reason\": \"known\", \"x-until\": \"2030\" }]\n"
	"}\n";

static const char cell_text[] =
	"{ \"$schema\": \"jailhouse-workbench/cell-1\", \"architecture\": "
	"\"arm64\", \"name\": \"rtos\", \"cpus\": [2], \"x-build\": 7 }\n";

/* All that no version of the library knows. */
static const char *const unknown[] = {
	"x-tool",	"\"window\": [1, 2]",
	"x-why",	"the end of RAM",
	"x-soc",	"rev B",
	"x-root",	"x-bank",
	"for the logs", "\"x-mtu\": 9000",
	"x-color",	"blue",
	"x-until",	"2030",
};

static void write_files(void)
{
	tree_write("/system.json", system_text);
	tree_write("/cells/rtos.json", cell_text);
}

static int setup(void **state)
{
	(void)state;
	top = tree_make();
	write_files();
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	tree_remove();
	return 0;
}

static const char *path_of(const char *name)
{
	static char path[1024];

	snprintf(path, sizeof(path), "%s/%s", top, name);
	return path;
}

static char *read_text(const char *name)
{
	size_t size;
	void *text;

	assert_int_equal(jhcfg_file_read(path_of(name), 1 << 20, &text, &size),
			 0);
	return text;
}

static struct jhcfg_workspace *load(struct jhcfg_diags *diags)
{
	struct jhcfg_workspace *workspace = NULL;

	assert_int_equal(
		jhcfg_workspace_load(path_of("system.json"), diags, &workspace),
		0);
	return workspace;
}

/* Something of each file. */
static void change_all(struct jhcfg_workspace *workspace)
{
	assert_int_equal(jhcfg_workspace_begin(workspace, "Change"), 0);
	for (size_t n = 0; n < jhcfg_workspace_num_cells(workspace); n++)
		jhcfg_config_set_reset_address(
			jhcfg_workspace_edit_cell(
				workspace,
				jhcfg_workspace_cell_key(workspace, n)),
			0x1000);
	jhcfg_workspace_end(workspace);
}

static void rename_link(struct jhcfg_workspace *workspace)
{
	struct jhcfg_link link = *jhcfg_workspace_link(workspace, 0);

	link.name = "log";
	assert_int_equal(jhcfg_workspace_begin(workspace, "Rename"), 0);
	assert_int_equal(jhcfg_workspace_set_link(workspace, &link, NULL), 0);
	jhcfg_workspace_end(workspace);
}

static void assert_has(const char *text, const char *wanted)
{
	if (!text || !strstr(text, wanted))
		fail_msg("no %s in:\n%s", wanted, text ? text : "nothing");
}

static void assert_unknown_is_kept(void)
{
	char *text = read_text("system.json");

	for (size_t n = 0; n < sizeof(unknown) / sizeof(unknown[0]); n++)
		assert_has(text, unknown[n]);
	free(text);
}

static void test_project_unknown_keys_survive_edits_everywhere(void **state)
{
	struct jhcfg_workspace *workspace = load(NULL);
	char *text;

	(void)state;
	change_all(workspace);
	assert_int_equal(jhcfg_workspace_save(workspace, NULL, NULL), 0);
	jhcfg_workspace_free(workspace);
	assert_unknown_is_kept();
	text = read_text("cells/rtos.json");
	assert_has(text, "\"x-build\": 7");
	free(text);
	/* and once more, from what was written */
	workspace = load(NULL);
	rename_link(workspace);
	assert_int_equal(jhcfg_workspace_save(workspace, NULL, NULL), 0);
	jhcfg_workspace_free(workspace);
	assert_unknown_is_kept();
}

static void test_project_renamed_link_keeps_notes_and_spelling(void **state)
{
	struct jhcfg_workspace *workspace = load(NULL);
	char *text;

	(void)state;
	rename_link(workspace);
	assert_int_equal(jhcfg_workspace_save(workspace, NULL, NULL), 0);
	text = read_text("system.json");
	assert_has(text, "\"comment\": \"for the logs\"");
	assert_has(text, "\"name\": \"log\"");
	assert_has(text, "\"state_size\": \"4K\"");
	assert_has(text, "\"output_size\": \"64K\"");
	free(text);
	jhcfg_workspace_free(workspace);
}

static void test_project_unknown_keys_are_named(void **state)
{
	struct jhcfg_diags *diags = jhcfg_diags_new();
	const struct jhcfg_diag *diag;
	unsigned int count = 0;

	(void)state;
	jhcfg_workspace_free(load(diags));
	for (size_t n = 0; (diag = jhcfg_diags_get(diags, n)); n++)
		count += !strcmp(diag->rule, "J03") &&
			 diag->severity == JHCFG_WARNING;
	/* of the system: x-tool, x-why, x-soc, x-root, x-bank; of the cell:
	 * x-build */
	assert_int_equal(count, 6);
	assert_int_equal(jhcfg_diags_count(diags, JHCFG_ERROR), 0);
	jhcfg_diags_free(diags);
}

/* --- versions of the schema --- */

#define OLD_CELL                                                               \
	"{ \"$schema\": \"jailhouse-workbench/cell-0\", \"architecture\": "    \
	"\"arm64\", \"name\": \"old\", \"cpus\": [1], \"cpu_reset_address\": " \
	"\"0x2000\", \"mem_regions\": [{ \"phys_start\": \"0x1000\", "         \
	"\"virt_start\": \"0x8000\", \"size\": \"4K\", \"flags\": [] }], "     \
	"\"x-mine\": { \"phys_start\": null } "

static struct jhcfg_config *read_project(const char *text,
					 struct jhcfg_diags *diags)
{
	struct jhcfg_config *config = NULL;

	assert_int_equal(jhcfg_project_read(text, strlen(text), diags, &config),
			 0);
	return config;
}

static void test_project_older_schema_is_brought_up_to_date(void **state)
{
	struct jhcfg_diags *diags = jhcfg_diags_new();
	struct jhcfg_config *config = read_project(OLD_CELL "}", diags), *again;
	const struct jhcfg_cell *cell = jhcfg_config_cell(config);
	char *text;

	(void)state;
	assert_int_equal(jhcfg_cell_reset_address(cell), 0x2000);
	assert_int_equal(jhcfg_cell_memory(cell, 0)->phys_start, 0x1000);
	assert_int_equal(jhcfg_cell_memory(cell, 0)->virt_start, 0x8000);
	assert_int_equal(sample_finding(diags, "J11")->severity, JHCFG_INFO);
	assert_int_equal(jhcfg_project_write(config, &text), 0);
	assert_has(text, "jailhouse-workbench/cell-1");
	assert_has(text, "x-mine");
	again = read_project(text, NULL);
	assert_true(jhcfg_config_equal(config, again));
	free(text);
	jhcfg_config_free(config);
	jhcfg_config_free(again);
	jhcfg_diags_free(diags);
}

static void test_project_old_key_beside_the_new_one_is_kept(void **state)
{
	struct jhcfg_config *config =
		read_project(OLD_CELL ", \"memory\": [] }", NULL);
	char *text;

	(void)state;
	assert_int_equal(jhcfg_cell_num_memory(jhcfg_config_cell(config)), 0);
	assert_int_equal(jhcfg_project_write(config, &text), 0);
	assert_has(text, "mem_regions");
	assert_has(text, "0x8000");
	free(text);
	jhcfg_config_free(config);
}

static void test_project_older_file_is_rewritten_only_when_changed(void **state)
{
	struct jhcfg_workspace *workspace;
	char *text;

	(void)state;
	tree_write("/cells/rtos.json", OLD_CELL "}");
	tree_write("/system.json",
		   "{ \"$schema\": \"jailhouse-workbench/system-0\", "
		   "\"architecture\": \"arm64\", \"hypervisor_memory\": "
		   "{ \"phys_start\": \"0x1000\", \"size\": \"4K\" }, "
		   "\"platform_info\": {}, \"root_cell\": { \"name\": \"r\", "
		   "\"cpus\": [0] }, \"cells\": [\"cells/rtos.json\"] }");
	workspace = load(NULL);
	assert_int_equal(jhcfg_workspace_save(workspace, NULL, NULL), 0);
	text = read_text("cells/rtos.json");
	assert_string_equal(text, OLD_CELL "}");
	free(text);
	change_all(workspace);
	assert_int_equal(jhcfg_workspace_save(workspace, NULL, NULL), 0);
	text = read_text("cells/rtos.json");
	assert_has(text, "cell-1");
	free(text);
	text = read_text("system.json");
	assert_has(text, "system-1");
	assert_has(text, "\"platform\"");
	free(text);
	jhcfg_workspace_free(workspace);
}

static void test_project_newer_schema_is_refused_by_name(void **state)
{
	static const char newer[] =
		"{ \"$schema\": \"jailhouse-workbench/cell-2\" }";
	struct jhcfg_diags *diags = jhcfg_diags_new();
	struct jhcfg_config *config = NULL;
	const struct jhcfg_diag *diag;

	(void)state;
	assert_int_equal(
		jhcfg_project_read(newer, strlen(newer), diags, &config),
		-EINVAL);
	diag = sample_finding(diags, "J05");
	assert_has(diag->text, "version 2 of the schema");
	assert_has(diag->hint, "left as it is");
	jhcfg_diags_free(diags);
}

/* --- saves that are stopped --- */

/* Removes what saves left, and counts it. */
static unsigned int remove_leftovers(const char *folder, const char *base)
{
	DIR *directory = opendir(path_of(folder));
	struct dirent *entry;
	unsigned int count = 0;
	char name[512];

	assert_non_null(directory);
	while ((entry = readdir(directory))) {
		if (strncmp(entry->d_name, base, strlen(base)) != 0 ||
		    !strcmp(entry->d_name, base))
			continue;
		snprintf(name, sizeof(name), "%s/%s", folder, entry->d_name);
		assert_int_equal(remove(path_of(name)), 0);
		count++;
	}
	closedir(directory);
	return count;
}

/* Runs a save in a child that is killed before it enters its system call
 * number @stop (entries and returns count); true if it was done before that. */
static bool save_until(struct jhcfg_workspace *workspace, unsigned int stop)
{
	int status;
	pid_t child = fork();

	assert_true(child >= 0);
	if (child == 0) {
		if (ptrace(PTRACE_TRACEME, 0, NULL, NULL))
			_exit(2);
		raise(SIGSTOP);
		_exit(jhcfg_workspace_save(workspace, NULL, NULL) ? 1 : 0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	for (unsigned int n = 0; WIFSTOPPED(status) && n < stop; n++) {
		assert_int_equal(ptrace(PTRACE_SYSCALL, child, NULL, NULL), 0);
		assert_int_equal(waitpid(child, &status, 0), child);
	}
	if (WIFSTOPPED(status)) {
		kill(child, SIGKILL);
		assert_int_equal(waitpid(child, &status, 0), child);
		return false;
	}
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
	return true;
}

/* How many of the files are the new ones; each is one of both, whole. */
static unsigned int count_new(void)
{
	struct jhcfg_diags *diags = jhcfg_diags_new();
	struct jhcfg_workspace *workspace = load(diags);
	unsigned int is_new = 0, left, named = 0;
	const struct jhcfg_diag *diag;

	for (size_t n = 0; n < 2; n++) {
		const struct jhcfg_config *config = jhcfg_workspace_cell(
			workspace, jhcfg_workspace_cell_key(workspace, n));

		is_new += jhcfg_cell_reset_address(jhcfg_config_cell(config)) ==
			  0x1000;
	}
	assert_unknown_is_kept();
	for (size_t n = 0; (diag = jhcfg_diags_get(diags, n)); n++)
		named += !strcmp(diag->rule, "J12");
	left = remove_leftovers(".", "system.json") +
	       remove_leftovers("cells", "rtos.json");
	/* what an interrupted save left is named, and half a save leaves some
	 */
	assert_int_equal(named, left);
	if (is_new == 1)
		assert_true(left > 0);
	jhcfg_workspace_free(workspace);
	jhcfg_diags_free(diags);
	return is_new;
}

static void test_project_save_killed_anywhere_loses_nothing(void **state)
{
	struct jhcfg_workspace *workspace = load(NULL);
	unsigned int seen[3] = { 0 }, stop = 0;
	bool is_done;

	(void)state;
	change_all(workspace);
	do {
		write_files();
		is_done = save_until(workspace, stop++);
		seen[count_new()]++;
		assert_true(stop < 2000);
	} while (!is_done);
	/* it was killed before, between and after the two files */
	assert_true(seen[0] > 0);
	assert_true(seen[1] > 0);
	assert_true(seen[2] > 0);
	jhcfg_workspace_free(workspace);
}

static void test_project_file_cut_short_is_refused_with_its_place(void **state)
{
	struct jhcfg_diags *diags = jhcfg_diags_new();
	struct jhcfg_workspace *workspace = NULL;
	const struct jhcfg_diag *diag;
	/* at the start of its line 8 */
	char *text = strndup(system_text, 300), *after;

	(void)state;
	tree_write("/system.json", text);
	assert_int_equal(
		jhcfg_workspace_load(path_of("system.json"), diags, &workspace),
		-EINVAL);
	assert_null(workspace);
	diag = sample_finding(diags, "J01");
	assert_has(diag->text, "it ends too early");
	assert_has(diag->place, "line 8 column 1");
	after = read_text("system.json");
	assert_string_equal(text, after);
	free(after);
	free(text);
	jhcfg_diags_free(diags);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_project_unknown_keys_survive_edits_everywhere),
		CASE(test_project_renamed_link_keeps_notes_and_spelling),
		CASE(test_project_unknown_keys_are_named),
		CASE(test_project_older_schema_is_brought_up_to_date),
		CASE(test_project_old_key_beside_the_new_one_is_kept),
		CASE(test_project_older_file_is_rewritten_only_when_changed),
		CASE(test_project_newer_schema_is_refused_by_name),
		CASE(test_project_save_killed_anywhere_loses_nothing),
		CASE(test_project_file_cut_short_is_refused_with_its_place),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
