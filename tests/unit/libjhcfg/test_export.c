// SPDX-License-Identifier: GPL-2.0-or-later
/* Exports: what is in the folder, whatever was there and whatever fails. */
#include <cmocka_all.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <jailhouse/cell-config.h>
#include <jhcfg/export.h>
#include <jhcfg/file.h>
#include <jhcfg/images.h>

#include "folder.h"

static struct jhcfg_diags *diags;
static struct jhcfg_workspace *workspace;

/* Which call of renameat() is to fail, from 1 on; 0: none. */
static unsigned int failing, renames;
int __real_renameat(int from, const char *old, int to, const char *name);
int __wrap_renameat(int from, const char *old, int to, const char *name);

int __wrap_renameat(int from, const char *old, int to, const char *name)
{
	if (++renames != failing)
		return __real_renameat(from, old, to, name);
	errno = EIO;
	return -1;
}

static void assert_text(const char *name, const char *expected)
{
	char *text = folder_read(name);

	assert_string_equal(text, expected);
	free(text);
}

static bool is_there(const char *name)
{
	struct stat stat;

	return !lstat(folder_path(name), &stat);
}

/* Names, kinds and contents of all in the folder, as one string. */
static FILE *picture;

static int paint(const char *path, const struct stat *stat, int type,
		 struct FTW *ftw)
{
	void *data = NULL;
	size_t size = 0;

	(void)ftw;
	if (type == FTW_F && jhcfg_file_read(path, 1 << 20, &data, &size) != 0)
		return -1;
	fprintf(picture, "%s %o %zu ", path + strlen(folder_path("")),
		stat->st_mode, size);
	if (size)
		fwrite(data, 1, size, picture);
	free(data);
	return 0;
}

static char *see(size_t *size)
{
	char *text = NULL;

	picture = open_memstream(&text, size);
	assert_non_null(picture);
	assert_int_equal(nftw(folder_path(""), paint, 8, FTW_PHYS), 0);
	fclose(picture);
	return text;
}

static uint32_t add_cell(const char *name)
{
	struct jhcfg_config *config =
		jhcfg_config_create(false, JAILHOUSE_ARM64);
	uint32_t key = 0;

	assert_int_equal(jhcfg_config_set_name(config, name), 0);
	assert_int_equal(jhcfg_config_add_cpu(config, 1), 0);
	assert_int_equal(jhcfg_workspace_begin(workspace, "Add"), 0);
	assert_int_equal(jhcfg_workspace_add_cell(workspace, config, &key), 0);
	jhcfg_workspace_end(workspace);
	jhcfg_config_free(config);
	return key;
}

static int set_up(void **state)
{
	struct jhcfg_config *root;

	(void)state;
	folder_make();
	renames = failing = 0;
	diags = jhcfg_diags_new();
	workspace = jhcfg_workspace_new(JAILHOUSE_ARM64, NULL);
	if (!diags || !workspace)
		return -1;
	if (jhcfg_workspace_begin(workspace, "Make"))
		return -1;
	root = jhcfg_workspace_edit_cell(workspace, JHCFG_ROOT_KEY);
	if (jhcfg_config_set_name(root, "board") ||
	    jhcfg_config_add_cpu(root, 0))
		return -1;
	jhcfg_workspace_end(workspace);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	jhcfg_diags_free(diags);
	jhcfg_workspace_free(workspace);
	return folder_remove();
}

/* The project of these tests has errors, which are not what they are about. */
static int export_with(const char *name, struct jhcfg_export_options options)
{
	options.force = true;
	return jhcfg_export(workspace, folder_path(name), &options, diags,
			    NULL);
}

static int export_to(const char *name)
{
	return export_with(name, (struct jhcfg_export_options){ 0 });
}

static bool is_said(const char *object, const char *text)
{
	const struct jhcfg_diag *diag;

	for (size_t n = 0; (diag = jhcfg_diags_get(diags, n)); n++)
		if (strstr(diag->object, object) && strstr(diag->text, text))
			return true;
	return false;
}

static bool sums_are_right(const char *folder)
{
	char command[400];

	snprintf(command, sizeof(command),
		 "cd '%s' && sha256sum --quiet -c SHA256SUMS",
		 folder_path(folder));
	return system(command) == 0;
}

/* --- cases ---------------------------------------------------------------- */

static void test_export_new_folder_has_all_files(void **state)
{
	static const char *const names[] = {
		"out/board.cell",
		"out/board.c",
		"out/rtos.cell",
		"out/report.md",
		"out/launch.sh",
		"out/SHA256SUMS",
		"out/jailhouse-overlay.dtbo",
	};
	struct stat stat_;

	(void)state;
	add_cell("rtos");
	assert_int_equal(export_to("out"), 0);
	for (size_t n = 0; n < sizeof(names) / sizeof(names[0]); n++)
		assert_true(is_there(names[n]));
	assert_true(sums_are_right("out"));
	assert_int_equal(stat(folder_path("out/launch.sh"), &stat_), 0);
	assert_true(stat_.st_mode & 0100);
}

static void test_export_with_errors_of_rules_is_refused(void **state)
{
	(void)state;
	add_cell("rtos");
	assert_int_equal(
		jhcfg_export(workspace, folder_path("out"), NULL, diags, NULL),
		-EPERM);
	assert_false(is_there("out"));
	assert_true(is_said("project", "rules find"));
}

static void test_export_report_has_rules(void **state)
{
	char *text;

	(void)state;
	add_cell("rtos");
	assert_int_equal(export_to("out"), 0);
	text = folder_read("out/report.md");
	assert_non_null(strstr(text, "## Rules"));
	assert_non_null(strstr(text, "| C01 | error |"));
	free(text);
}

static void test_export_hostile_names_stay_in_folder(void **state)
{
	char *script;

	(void)state;
	add_cell("../../x");
	add_cell("..");
	add_cell("-rf /");
	add_cell("a'; reboot #");
	add_cell("$(reboot)`reboot`");
	add_cell("A");
	add_cell("a");
	assert_int_equal(export_to("out"), 0);
	assert_true(is_there("out/_._.._x.cell"));
	assert_true(is_there("out/_..cell"));
	assert_true(is_there("out/_rf _.cell"));
	assert_true(is_there("out/a'; reboot #.cell"));
	assert_true(is_there("out/A.cell"));
	assert_true(is_there("out/a-2.cell"));
	assert_true(sums_are_right("out"));
	script = folder_read("out/launch.sh");
	assert_non_null(strstr(script, "'a'\\''; reboot #'"));
	assert_non_null(strstr(script, "'$(reboot)`reboot`'"));
	free(script);
}

static void test_export_cell_named_as_other_files_loses_none(void **state)
{
	(void)state;
	add_cell("jailhouse-overlay");
	add_cell("board.");
	add_cell("a");
	add_cell("A-2");
	add_cell("A");
	assert_int_equal(export_to("out"), 0);
	assert_true(is_there("out/jailhouse-overlay-2.cell"));
	assert_true(is_there("out/a.cell"));
	assert_true(is_there("out/A-2.cell"));
	assert_true(is_there("out/A-3.cell"));
}

static void test_export_images_are_there_once(void **state)
{
	uint32_t a = add_cell("a"), b = add_cell("b");
	const struct jhcfg_image images[] = {
		{ a, JHCFG_IMAGE_INMATE, "x/i.bin", "same", 4, 0, NULL },
		{ b, JHCFG_IMAGE_INMATE, "y/i.bin", "same", 4, 0x1000, NULL },
		{ b, JHCFG_IMAGE_INMATE, "z/i.bin", "other", 5, 0, NULL },
		{ b, JHCFG_IMAGE_INMATE, "launch.sh", "me", 2, 0, NULL },
	};

	(void)state;
	assert_int_equal(export_with("out",
				     (struct jhcfg_export_options){
					     .images = images,
					     .num_images = 4,
				     }),
			 0);
	assert_text("out/i.bin", "same");
	assert_text("out/i-2.bin", "other");
	assert_false(is_there("out/i-3.bin"));
	assert_text("out/launch-2.sh", "me");
	assert_true(sums_are_right("out"));
}

/* A pipe that nobody writes to would be waited for. */
static void test_export_image_that_is_no_file_is_refused(void **state)
{
	const struct jhcfg_cell_image image = { .file = "rtos.bin" };
	uint32_t key = add_cell("rtos");

	(void)state;
	jhcfg_workspace_begin(workspace, "Load");
	assert_int_equal(
		jhcfg_config_set_images(
			jhcfg_workspace_edit_cell(workspace, key), &image, 1),
		0);
	jhcfg_workspace_end(workspace);
	assert_int_equal(mkfifo(folder_path("rtos.bin"), 0666), 0);
	alarm(60);
	assert_int_equal(export_with("out",
				     (struct jhcfg_export_options){
					     .folder = folder_path(""),
					     .force = true,
				     }),
			 -EINVAL);
	alarm(0);
	assert_false(is_there("out"));
	assert_true(is_said("rtos.bin", "it is no regular file"));
}

static void test_export_unknown_scenario_is_refused(void **state)
{
	(void)state;
	assert_int_equal(export_with("out",
				     (struct jhcfg_export_options){
					     .scenario = "none",
				     }),
			 -ENOENT);
	assert_false(is_there("out"));
	assert_true(is_said("scenario", "\"none\""));
}

/* --- what is there already ------------------------------------------------ */

static void test_export_again_replaces_and_removes_its_own(void **state)
{
	uint32_t key = add_cell("rtos");

	(void)state;
	assert_int_equal(export_to("out"), 0);
	folder_write("out/mine", "mine");
	jhcfg_workspace_begin(workspace, "Remove");
	assert_int_equal(jhcfg_workspace_remove_cell(workspace, key), 0);
	jhcfg_workspace_end(workspace);
	add_cell("other");
	assert_int_equal(export_to("out"), 0);
	assert_false(is_there("out/rtos.cell"));
	assert_true(is_there("out/other.cell"));
	assert_text("out/mine", "mine");
	assert_true(sums_are_right("out"));
}

static void test_export_sums_that_name_a_file_twice_do_no_harm(void **state)
{
	uint32_t key = add_cell("rtos");
	char *sums, *twice;

	(void)state;
	assert_int_equal(export_to("out"), 0);
	sums = folder_read("out/SHA256SUMS");
	assert_true(asprintf(&twice, "%s%s", sums, sums) > 0);
	folder_write("out/SHA256SUMS", twice);
	free(twice);
	free(sums);
	jhcfg_workspace_begin(workspace, "Remove");
	assert_int_equal(jhcfg_workspace_remove_cell(workspace, key), 0);
	jhcfg_workspace_end(workspace);
	assert_int_equal(export_to("out"), 0);
	assert_false(is_there("out/rtos.cell"));
	assert_true(sums_are_right("out"));
}

static void test_export_changed_file_that_is_stale_stays(void **state)
{
	uint32_t key = add_cell("rtos");

	(void)state;
	assert_int_equal(export_to("out"), 0);
	folder_write("out/rtos.c", "better");
	jhcfg_workspace_begin(workspace, "Remove");
	assert_int_equal(jhcfg_workspace_remove_cell(workspace, key), 0);
	jhcfg_workspace_end(workspace);
	assert_int_equal(export_to("out"), 0);
	assert_text("out/rtos.c", "better");
	assert_true(is_said("rtos.c", "it stays"));
}

static void test_export_foreign_file_is_in_the_way(void **state)
{
	size_t size, after;
	char *before, *now;

	(void)state;
	assert_int_equal(mkdir(folder_path("out"), 0777), 0);
	folder_write("out/report.md", "mine");
	folder_write("out/board.c", "mine, too");
	before = see(&size);
	assert_int_equal(export_to("out/"), -EEXIST);
	now = see(&after);
	assert_int_equal(after, size);
	assert_memory_equal(now, before, size);
	assert_true(is_said("out/report.md", "in the way"));
	assert_true(is_said("out/board.c", "in the way"));
	free(before);
	free(now);
	assert_int_equal(
		export_with("out",
			    (struct jhcfg_export_options){ .replace = true }),
		0);
	assert_true(sums_are_right("out"));
}

static void test_export_changed_file_is_in_the_way(void **state)
{
	(void)state;
	assert_int_equal(export_to("out"), 0);
	folder_write("out/board.c", "/* edited */");
	assert_int_equal(export_to("out"), -EEXIST);
	assert_text("out/board.c", "/* edited */");
}

static void test_export_foreign_sums_are_nobodys_leave(void **state)
{
	static const char sums[] =
		"2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4"
		"881  x\n";

	(void)state;
	assert_int_equal(mkdir(folder_path("out"), 0777), 0);
	folder_write("out/x", "x");
	folder_write("out/SHA256SUMS", sums);
	assert_int_equal(export_to("out"), -EEXIST);
	assert_text("out/SHA256SUMS", sums);
	assert_int_equal(
		export_with("out",
			    (struct jhcfg_export_options){ .replace = true }),
		0);
	assert_text("out/x", "x");
}

static void test_export_links_are_not_followed(void **state)
{
	(void)state;
	assert_int_equal(mkdir(folder_path("out"), 0777), 0);
	folder_write("precious", "precious");
	assert_int_equal(symlink("../precious", folder_path("out/report.md")),
			 0);
	assert_int_equal(
		export_with("out",
			    (struct jhcfg_export_options){ .replace = true }),
		-EEXIST);
	assert_text("precious", "precious");
	assert_true(is_said("report.md", "no file"));
}

static void test_export_link_to_folder_is_followed(void **state)
{
	(void)state;
	assert_int_equal(mkdir(folder_path("real"), 0777), 0);
	assert_int_equal(symlink("real", folder_path("out")), 0);
	assert_int_equal(export_to("out"), 0);
	assert_true(is_there("real/board.cell"));
}

static void test_export_into_no_folder_is_refused(void **state)
{
	(void)state;
	folder_write("file", "");
	assert_int_equal(export_to("file"), -ENOTDIR);
	assert_int_equal(export_to("file/out"), -ENOTDIR);
	assert_int_equal(export_to("no/such/out"), -ENOENT);
	assert_true(is_said("no/such/out", "cannot be made"));
	assert_int_equal(symlink("nowhere", folder_path("dangling")), 0);
	assert_int_equal(export_to("dangling"), -ENOENT);
}

/* --- failures ------------------------------------------------------------- */

static void limit_files(rlim_t size)
{
	struct rlimit limit;

	assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
	limit.rlim_cur = size;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

/* Some files are written, until one does not fit any more. */
static void assert_full_leaves_all_as_it_was(void)
{
	struct rlimit usual;
	size_t size, after;
	char *before, *now;

	before = see(&size);
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &usual), 0);
	limit_files(2000);
	assert_int_equal(export_to("out"), -EFBIG);
	limit_files(usual.rlim_cur);
	signal(SIGXFSZ, SIG_DFL);
	now = see(&after);
	assert_int_equal(after, size);
	assert_memory_equal(now, before, size);
	assert_true(is_said("out/", "cannot be written"));
	free(before);
	free(now);
}

static void test_export_full_disk_leaves_no_new_folder(void **state)
{
	(void)state;
	assert_full_leaves_all_as_it_was();
}

static void test_export_full_disk_leaves_old_export(void **state)
{
	(void)state;
	assert_int_equal(export_to("out"), 0);
	add_cell("rtos");
	assert_full_leaves_all_as_it_was();
}

/* Each step of the exchange may fail: then all is as it was. */
static void test_export_failed_exchange_is_taken_back(void **state)
{
	uint32_t key = add_cell("rtos");
	size_t size, after;
	char *before, *now;
	unsigned int steps = 0;
	int err;

	(void)state;
	assert_int_equal(export_to("out"), 0);
	jhcfg_workspace_begin(workspace, "Remove");
	assert_int_equal(jhcfg_workspace_remove_cell(workspace, key), 0);
	jhcfg_workspace_end(workspace);
	add_cell("other");
	before = see(&size);
	do {
		renames = 0;
		failing = ++steps;
		err = export_to("out");
		if (!err)
			break;
		assert_int_equal(err, -EIO);
		now = see(&after);
		assert_int_equal(after, size);
		assert_memory_equal(now, before, size);
		free(now);
	} while (steps < 100);
	failing = 0;
	assert_int_equal(err, 0);
	/* those that go, those that come, and those that change */
	assert_in_range(steps, 10, 50);
	assert_true(is_there("out/other.cell"));
	assert_false(is_there("out/rtos.cell"));
	assert_true(sums_are_right("out"));
	free(before);
}

static void test_export_new_folder_that_cannot_be_named_goes(void **state)
{
	size_t size, after;
	char *before = see(&size), *now;

	(void)state;
	failing = 1;
	assert_int_equal(export_to("out"), -EIO);
	now = see(&after);
	assert_int_equal(after, size);
	assert_memory_equal(now, before, size);
	free(before);
	free(now);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_export_new_folder_has_all_files),
		CASE(test_export_with_errors_of_rules_is_refused),
		CASE(test_export_report_has_rules),
		CASE(test_export_hostile_names_stay_in_folder),
		CASE(test_export_cell_named_as_other_files_loses_none),
		CASE(test_export_images_are_there_once),
		CASE(test_export_image_that_is_no_file_is_refused),
		CASE(test_export_unknown_scenario_is_refused),
		CASE(test_export_again_replaces_and_removes_its_own),
		CASE(test_export_sums_that_name_a_file_twice_do_no_harm),
		CASE(test_export_changed_file_that_is_stale_stays),
		CASE(test_export_foreign_file_is_in_the_way),
		CASE(test_export_changed_file_is_in_the_way),
		CASE(test_export_foreign_sums_are_nobodys_leave),
		CASE(test_export_links_are_not_followed),
		CASE(test_export_link_to_folder_is_followed),
		CASE(test_export_into_no_folder_is_refused),
		CASE(test_export_full_disk_leaves_no_new_folder),
		CASE(test_export_full_disk_leaves_old_export),
		CASE(test_export_failed_exchange_is_taken_back),
		CASE(test_export_new_folder_that_cannot_be_named_goes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
