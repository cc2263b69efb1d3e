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
#include "model/library.h"
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

/* What people drop on the window by mistake, under each name that there is: what it
 * is not, and what to do. */
static void test_import_of_garbage_by_any_name_names_the_remedy(void **state)
{
	static const struct {
		const char *name, *text, *words;
	} cases[] = {
		{ "notes.dtb", "buy milk\n", "give a device tree" },
		{ "notes.cell", "buy milk\n", "give a device tree" },
		{ "notes.tar", "buy milk\n", "give a device tree" },
		{ "notes", "buy milk\n", "give a device tree" },
		{ "notes.json", "buy milk\n", "not JSON" },
		{ "list.json", "[1, 2]", "jailhouse-workbench/system-1" },
		{ "plain.json", "{\"a\": 1}", "jailhouse-workbench/system-1" },
		{ "web.json", "{\"$schema\": \"https://x.org\"}", "\"https://x.org\" is unknown" },
		{ "broken.dts", "/dts-v1/;\n/ { oh no", "broken.dts:2" },
		{ "empty.dts", "", "syntax error" },
		{ "bare.dts", "/dts-v1/;\n/ { };\n", "no GICv2 or GICv3" },
		{ "main.c", "int main(void) { return 0; }\n", "no such object" },
		{ "lost.c", "#include <lost/lost.h>\n", "lost/lost.h" },
		{ "picture.tar.gz", "\037\213\010\0rubbish", "collect" },
		{ "cell.json",
		  "{\"$schema\": \"jailhouse-workbench/cell-1\", \"architecture\": \"arm64\", "
		  "\"name\": \"x\", \"cpus\": [1]}",
		  "open its system instead" },
		{ "new.json", "{\"$schema\": \"jailhouse-workbench/board-2\"}",
		  "version 2 of the schema" },
	};

	(void)state;
	for (guint n = 0; n < G_N_ELEMENTS(cases); n++)
		assert_contents_refused(cases[n].name, cases[n].text, -1, cases[n].words);
}

static void test_import_of_a_folder_that_is_no_machine_says_so(void **state)
{
	g_autofree char *folder = file_of("nothing");

	(void)state;
	assert_int_equal(g_mkdir(folder, 0700), 0);
	assert_refused(folder, "config collect");
}

/* Its name says nothing. */
static void test_board_by_any_name_becomes_a_project(void **state)
{
	g_autofree char *path = file_of("machine.json"), *text = NULL;
	g_autoptr(JhwDiagsList) diags = jhcfg_diags_new();
	JhwDocument *document;

	(void)state;
	assert_true(
		g_file_get_contents(TEST_BOARDS "/arm64/qemu-arm64/board.json", &text, NULL, NULL));
	assert_true(g_file_set_contents(path, text, -1, NULL));
	document = jhw_document_load(path, diags, NULL);
	assert_non_null(document);
	assert_non_null(jhcfg_workspace_board(jhw_document_workspace(document)));
	g_object_unref(document);
}

/* A project whose files were left behind. */
static void test_system_without_its_cells_says_what_to_copy(void **state)
{
	g_autofree char *path = file_of("alone.json"), *text = NULL;
	g_autoptr(JhwDiagsList) diags = jhcfg_diags_new();
	g_autoptr(GError) error = NULL;

	(void)state;
	assert_true(g_file_get_contents(TEST_BOARDS "/" BOARD "/system.json", &text, NULL, NULL));
	assert_true(g_file_set_contents(path, text, -1, NULL));
	assert_null(jhw_document_load(path, diags, &error));
	assert_non_null(strstr(error->message, "copy the folder of a project as a whole"));
}

/* --- the library ---------------------------------------------------------------- */

/* Folders of a library that somebody has filled: each that has a system is there,
 * and nothing keeps the window waiting. */
static void test_library_lists_boards_that_cannot_be_read_by_their_folder(void **state)
{
	static const char *const names[] = { "newer", "none", "pipe" };
	g_autofree char *library = file_of("library"), *newer = NULL, *pipe = NULL;
	g_autoptr(GPtrArray) boards = NULL;

	(void)state;
	for (guint n = 0; n < G_N_ELEMENTS(names); n++) {
		g_autofree char *folder = g_build_filename(library, "arm64", names[n], NULL);
		g_autofree char *system = g_build_filename(folder, "system.json", NULL);

		assert_int_equal(g_mkdir_with_parents(folder, 0700), 0);
		assert_true(g_file_set_contents(system, "{}", -1, NULL));
	}
	newer = g_build_filename(library, "arm64", "newer", "board.json", NULL);
	assert_true(g_file_set_contents(newer, "{\"$schema\": \"jailhouse-workbench/board-2\"}", -1,
					NULL));
	pipe = g_build_filename(library, "arm64", "pipe", "board.json", NULL);
	assert_int_equal(mkfifo(pipe, 0600), 0);
	g_setenv("JAILHOUSE_BOARDS", library, TRUE);
	boards = jhw_library_boards();
	g_unsetenv("JAILHOUSE_BOARDS");
	assert_int_equal(boards->len, G_N_ELEMENTS(names));
	for (guint n = 0; n < boards->len; n++)
		assert_string_equal(((const JhwLibraryBoard *)boards->pdata[n])->title, names[n]);
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

/* The board alone is newer: it is not read in part, and not written over. */
static void test_project_with_a_newer_board_is_shown_and_not_changed(void **state)
{
	g_autoptr(JhwDocument) today = fixture_board(BOARD);
	g_autofree char *path = g_build_filename(home, "board", "system.json", NULL);
	g_autofree char *board = g_build_filename(home, "board", "board.json", NULL);
	g_autoptr(JhwDiagsList) diags = jhcfg_diags_new();
	g_autoptr(GError) error = NULL, save = NULL;
	g_autofree char *text = NULL, *after = NULL;
	JhwDocument *document;

	(void)state;
	assert_true(jhw_document_save(today, path, NULL));
	assert_true(g_file_get_contents(board, &text, NULL, NULL));
	strstr(text, "board-1")[strlen("board-")] = '2';
	assert_true(g_file_set_contents(board, text, -1, NULL));
	document = jhw_document_load(path, diags, &error);
	if (!document)
		fail_msg("%s", error->message);
	assert_true(jhw_document_read_only(document));
	assert_non_null(strstr(jhw_document_reason(document), "the board is of a newer version"));
	assert_null(jhcfg_workspace_board(jhw_document_workspace(document)));
	assert_false(jhw_document_save(document, NULL, &save));
	assert_true(g_file_get_contents(board, &after, NULL, NULL));
	assert_string_equal(text, after);
	g_object_unref(document);
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
		cmocka_unit_test(test_import_of_garbage_by_any_name_names_the_remedy),
		cmocka_unit_test(test_import_of_a_folder_that_is_no_machine_says_so),
		cmocka_unit_test(test_board_by_any_name_becomes_a_project),
		cmocka_unit_test(test_system_without_its_cells_says_what_to_copy),
		cmocka_unit_test(test_library_lists_boards_that_cannot_be_read_by_their_folder),
		cmocka_unit_test(test_newer_project_is_shown_and_not_changed),
		cmocka_unit_test(test_project_with_a_newer_board_is_shown_and_not_changed),
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
