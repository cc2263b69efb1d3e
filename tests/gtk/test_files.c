// SPDX-License-Identifier: GPL-2.0-or-later
/* Files that are no projects, projects of newer programs, and file systems that
 * take their time. */
#include "cmocka_all.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gtk_fixture.h"
#include "model/cells.h"
#include "model/error.h"
#include "model/export.h"
#include "model/move.h"

#define BOARD "arm64/zynqmp-zcu102"

static char *home; /* of this process, made by main() */

static char *file_of(const char *name)
{
	return g_build_filename(home, name, NULL);
}

/* Opening it fails, with these words. */
static void assert_refused(const char *path, const char *words)
{
	g_autoptr(JhwDiagsList) diags = jhcfg_diags_new();
	g_autoptr(GError) error = NULL;
	JhwDocument *document = jhw_document_load(path, diags, &error);

	if (document)
		fail_msg("%s was opened", path);
	if (!strstr(error->message, words) || !strstr(error->message, path))
		fail_msg("\"%s\" does not say \"%s\"", error->message, words);
}

static void assert_contents_refused(const char *name, const char *data, gssize size,
				    const char *words)
{
	g_autofree char *path = file_of(name);

	assert_true(g_file_set_contents(path, data, size, NULL));
	assert_refused(path, words);
}

static void test_open_of_garbage_says_what_is_wrong(void **state)
{
	static const char picture[] = "\377\330\377\340\0\20JFIF\0\1\1\0\0\1\0\1";

	(void)state;
	assert_contents_refused("photo.jpg", picture, sizeof(picture), "photo.jpg");
	assert_contents_refused("photo.json", picture, sizeof(picture), "not JSON");
	assert_contents_refused("empty.json", "", 0, "not JSON");
	assert_contents_refused("empty.cell", "", 0, "empty.cell");
	assert_contents_refused("short.dtb", "\320\015\376\355", 4, "short.dtb");
}

static void test_open_of_what_is_no_file_says_so_and_does_not_wait(void **state)
{
	g_autofree char *pipe = file_of("pipe.json"), *none = file_of("none.json");
	g_autofree char *folder = file_of("folder.json");

	(void)state;
	assert_int_equal(mkfifo(pipe, 0600), 0);
	assert_refused(pipe, "is a pipe");
	assert_refused("/dev/zero", "is a device");
	assert_refused(none, "cannot be opened");
	assert_int_equal(g_mkdir(folder, 0700), 0);
	assert_refused(folder, "cannot be read");
}

static void test_open_of_a_huge_file_says_so_without_reading_it(void **state)
{
	g_autofree char *path = file_of("huge.json"), *dtb = file_of("huge.dtb");

	(void)state;
	assert_true(g_file_set_contents(path, "", 0, NULL));
	assert_int_equal(truncate(path, 2LL << 30), 0);
	assert_refused(path, "too large");
	assert_true(g_file_set_contents(dtb, "", 0, NULL));
	assert_int_equal(truncate(dtb, 2LL << 30), 0);
	assert_refused(dtb, "too large");
}

/* --- newer versions ------------------------------------------------------------ */

/* A project of the next version of its schema. */
static JhwDocument *newer_project(char **path)
{
	g_autoptr(JhwDocument) today = fixture_board(BOARD);
	g_autoptr(JhwDiagsList) diags = jhcfg_diags_new();
	g_autoptr(GError) error = NULL;
	g_autofree char *text = NULL;
	JhwDocument *document;
	char *version;

	*path = g_build_filename(home, "newer", "system.json", NULL);
	assert_true(jhw_document_save(today, *path, NULL));
	assert_true(g_file_get_contents(*path, &text, NULL, NULL));
	version = strstr(text, "system-1");
	assert_non_null(version);
	version[strlen("system-")] = '2';
	assert_true(g_file_set_contents(*path, text, -1, NULL));
	document = jhw_document_load(*path, diags, &error);
	if (!document)
		fail_msg("%s", error->message);
	return document;
}

static void test_newer_project_is_shown_and_not_changed(void **state)
{
	g_autofree char *path = NULL, *before = NULL, *after = NULL;
	g_autoptr(JhwDocument) document = newer_project(&path);
	g_autofree char *other = file_of("other.json"), *folder = file_of("exported");
	g_autoptr(GError) add = NULL, save = NULL, save_as = NULL, export = NULL;
	uint32_t key = 0;
	guint count = 0;

	(void)state;
	assert_true(jhw_document_read_only(document));
	assert_non_null(strstr(jhw_document_reason(document), "newer version"));
	assert_true(g_file_get_contents(path, &before, NULL, NULL));
	assert_int_not_equal(fixture_cell(document, "inmate-demo"), 0);
	assert_false(jhw_cells_add(document, "rtos", 1 << 20, &key, &add));
	assert_non_null(strstr(add->message, "newer version"));
	assert_false(jhw_document_save(document, NULL, &save));
	assert_false(jhw_document_save(document, other, &save_as));
	assert_non_null(strstr(save_as->message, "newer version"));
	assert_false(g_file_test(other, G_FILE_TEST_EXISTS));
	assert_false(jhw_export(jhw_document_workspace(document), folder, 0, &count, &export));
	assert_false(g_file_test(folder, G_FILE_TEST_EXISTS));
	assert_true(g_file_get_contents(path, &after, NULL, NULL));
	assert_string_equal(before, after);
}

/* What somebody has to allow is told apart from what does not work. */
static void test_export_says_what_it_lacks(void **state)
{
	g_autofree char *folder = file_of("lacking"), *other = file_of("lacking/report.md");
	g_autofree char *below = file_of("lacking/report.md/below");
	g_autoptr(JhwDocument) document = fixture_board(BOARD);
	g_autoptr(GError) rules = NULL, way = NULL, none = NULL;
	struct jhcfg_workspace *workspace;
	uint32_t key = 0;
	guint count = 0;

	(void)state;
	assert_int_equal(g_mkdir(folder, 0777), 0);
	assert_true(g_file_set_contents(other, "mine", -1, NULL));
	/* a CPU that the root has not: C01 */
	assert_true(jhw_cells_add(document, "rtos", 1 << 20, &key, NULL));
	workspace = jhw_document_fork(document);
	assert_non_null(workspace);
	assert_int_equal(jhcfg_workspace_begin(workspace, "Add CPU"), 0);
	assert_int_equal(jhcfg_config_add_cpu(jhcfg_workspace_edit_cell(workspace, key), 63), 0);
	jhcfg_workspace_end(workspace);
	assert_false(jhw_export(workspace, folder, 0, &count, &rules));
	assert_int_equal(jhw_export_lacks(rules, 0), JHW_EXPORT_FORCE);
	assert_false(jhw_export(workspace, folder, JHW_EXPORT_FORCE, &count, &way));
	assert_int_equal(jhw_export_lacks(way, JHW_EXPORT_FORCE), JHW_EXPORT_REPLACE);
	assert_non_null(strstr(way->message, "report.md"));
	assert_true(
		jhw_export(workspace, folder, JHW_EXPORT_FORCE | JHW_EXPORT_REPLACE, &count, NULL));
	assert_true(count > 5);
	assert_false(
		jhw_export(workspace, below, JHW_EXPORT_FORCE | JHW_EXPORT_REPLACE, &count, &none));
	assert_int_equal(jhw_export_lacks(none, 0), 0);
	jhcfg_workspace_free(workspace);
}

/* --- saving --------------------------------------------------------------------- */

struct end {
	gboolean done, saved;
	char *said;
};

static void end_save(GObject *source, GAsyncResult *result, gpointer data)
{
	struct end *end = data;
	g_autoptr(GError) error = NULL;

	end->saved = jhw_document_save_finish(JHW_DOCUMENT(source), result, &error);
	end->said = error ? g_strdup(error->message) : NULL;
	end->done = TRUE;
}

static gpointer drain(gpointer data)
{
	char *text = NULL;

	g_file_get_contents(data, &text, NULL, NULL);
	return text;
}

/* A pipe is a file system that takes for ever: until somebody reads. */
static void test_save_that_takes_long_lets_the_project_be_changed(void **state)
{
	g_autofree char *path = file_of("slow.json"), *text = NULL, *again = NULL;
	g_autoptr(JhwDocument) document = fixture_board(BOARD);
	struct end first = { 0 }, second = { 0 };
	uint32_t key = 0;
	GThread *reader;

	(void)state;
	assert_int_equal(mkfifo(path, 0600), 0);
	assert_true(jhw_cells_add(document, "before", 1 << 20, &key, NULL));
	jhw_document_save_async(document, path, end_save, &first);
	assert_true(jhw_document_is_saving(document));
	assert_true(jhw_cells_add(document, "meanwhile", 1 << 20, &key, NULL));
	jhw_document_save_async(document, NULL, end_save, &second);
	while (!second.done)
		g_main_context_iteration(NULL, TRUE);
	assert_false(second.saved);
	assert_non_null(strstr(second.said, "is being saved"));
	assert_false(first.done);

	reader = g_thread_new("reader", drain, path);
	while (!first.done)
		g_main_context_iteration(NULL, TRUE);
	text = g_thread_join(reader);
	assert_true(first.saved);
	assert_false(jhw_document_is_saving(document));
	assert_non_null(strstr(text, "cells/before.json"));
	assert_null(strstr(text, "meanwhile"));
	assert_true(jhw_document_modified(document));
	jhw_document_undo(document);
	assert_false(jhw_document_modified(document));
	g_free(second.said);
}

static void test_save_in_a_thread_that_fails_keeps_the_document_modified(void **state)
{
	g_autofree char *path = file_of("no/such/folder/system.json");
	g_autoptr(JhwDocument) document = fixture_board(BOARD);
	struct end end = { 0 };
	uint32_t key = 0;

	(void)state;
	assert_true(jhw_cells_add(document, "rtos", 1 << 20, &key, NULL));
	jhw_document_save_async(document, path, end_save, &end);
	while (!end.done)
		g_main_context_iteration(NULL, TRUE);
	assert_false(end.saved);
	assert_non_null(strstr(end.said, "cannot be written"));
	assert_true(jhw_document_modified(document));
	assert_string_not_equal(jhw_document_path(document), path);
	g_free(end.said);
}

static void remove_home(void)
{
	g_autofree char *command = g_strdup_printf("rm -rf '%s'", home);

	assert_true(g_spawn_command_line_sync(command, NULL, NULL, NULL, NULL));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_open_of_garbage_says_what_is_wrong),
		cmocka_unit_test(test_open_of_what_is_no_file_says_so_and_does_not_wait),
		cmocka_unit_test(test_open_of_a_huge_file_says_so_without_reading_it),
		cmocka_unit_test(test_newer_project_is_shown_and_not_changed),
		cmocka_unit_test(test_export_says_what_it_lacks),
		cmocka_unit_test(test_save_that_takes_long_lets_the_project_be_changed),
		cmocka_unit_test(test_save_in_a_thread_that_fails_keeps_the_document_modified),
	};
	int failed;

	home = g_dir_make_tmp("jhw-files-XXXXXX", NULL);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	remove_home();
	g_free(home);
	return failed;
}
