// SPDX-License-Identifier: GPL-2.0-or-later
/* Nothing typed is lost: crashes, full disks, others that write the files. */
#include "cmocka_all.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <sys/resource.h>

#include "gtk_fixture.h"
#include "model/cells.h"
#include "model/recovery.h"
#include "model/recovery_folder.h"
#include "model/watch.h"

#define BOARD "arm64/zynqmp-zcu102"

static char *home; /* of this process, made by main() */

/* The board's project saved where it may be written. */
static JhwDocument *own_project(char **path)
{
	g_autofree char *folder = g_build_filename(home, "project", NULL);
	JhwDocument *document = fixture_board(BOARD);
	g_autoptr(GError) error = NULL;

	*path = g_build_filename(folder, "system.json", NULL);
	if (!jhw_document_save(document, *path, &error))
		fail_msg("%s", error->message);
	return document;
}

/* As after the end of the program that wrote the copy: a number that no process
 * has. */
static void forget_process(void)
{
	g_autofree char *root = recovery_folder_root();
	g_autoptr(GDir) folders = g_dir_open(root, 0, NULL);
	const char *name;

	while (folders && (name = g_dir_read_name(folders))) {
		g_autofree char *path = g_build_filename(root, name, "recovery.ini", NULL);
		g_autoptr(GKeyFile) note = g_key_file_new();

		assert_true(g_key_file_load_from_file(note, path, G_KEY_FILE_NONE, NULL));
		g_key_file_set_int64(note, "copy", "process", 0);
		assert_true(g_key_file_save_to_file(note, path, NULL));
	}
}

static void note(G_GNUC_UNUSED JhwRecovery *recovery, gboolean done, gpointer data)
{
	*(int *)data = done;
}

/* A copy is written beside the main thread: until it says so, its folder may have
 * no note yet. Whether there is one. */
static int wait_for_end(JhwRecovery *recovery)
{
	int done = -1;
	gulong handler = g_signal_connect(recovery, "written", G_CALLBACK(note), &done);

	while (done < 0)
		g_main_context_iteration(NULL, TRUE);
	g_signal_handler_disconnect(recovery, handler);
	return done;
}

static void wait_for_copy(JhwRecovery *recovery)
{
	assert_int_equal(wait_for_end(recovery), TRUE);
}

/* As time would have it. */
static void copy_now(JhwRecovery *recovery)
{
	jhw_recovery_hurry(recovery);
	wait_for_copy(recovery);
}

static gboolean any_folder(void)
{
	g_autofree char *root = recovery_folder_root();
	g_autoptr(GDir) folders = g_dir_open(root, 0, NULL);

	return folders && g_dir_read_name(folders);
}

/* Copies are deleted beside the main thread, which is told of it: the note goes
 * before its folder does. */
static void wait_until_gone(const char *path)
{
	while (any_folder())
		g_main_context_iteration(NULL, TRUE);
	assert_null(jhw_recovery_find(path));
}

static void test_recovery_after_a_crash_has_all_changes(void **state)
{
	g_autofree char *path = NULL, *differences = NULL;
	g_autoptr(JhwDocument) document = own_project(&path), again = NULL;
	g_autoptr(JhwRecovery) recovery = jhw_recovery_new(document);
	g_autoptr(JhwLostWork) lost = NULL;
	uint32_t key = 0;

	(void)state;
	assert_true(jhw_cells_add(document, "rtos", 1 << 20, &key, NULL));
	copy_now(recovery);
	assert_true(jhw_document_modified(document));
	assert_null(jhw_recovery_find(path)); /* its program still runs */
	forget_process();
	lost = jhw_recovery_find(path);
	assert_non_null(lost);
	again = jhw_lost_work_load(lost, NULL);
	assert_non_null(again);
	assert_int_not_equal(fixture_cell(again, "rtos"), 0);
	differences = fixture_differences(document, again);
	assert_string_equal(differences, "");
	assert_true(jhw_document_modified(again));
	assert_string_equal(jhw_document_path(again), path);
	jhw_lost_work_delete(lost);
	wait_until_gone(path);
}

static void test_recovery_copy_goes_away_when_the_project_is_saved(void **state)
{
	g_autofree char *path = NULL;
	g_autoptr(JhwDocument) document = own_project(&path);
	g_autoptr(JhwRecovery) recovery = jhw_recovery_new(document);
	g_autoptr(JhwLostWork) lost = NULL;
	uint32_t key = 0;

	(void)state;
	assert_true(jhw_cells_add(document, "rtos", 1 << 20, &key, NULL));
	copy_now(recovery);
	forget_process();
	assert_true(jhw_document_save(document, NULL, NULL));
	wait_until_gone(path);
	/* the next change is copied as ever, to another place */
	assert_true(jhw_cells_add(document, "next", 1 << 20, &key, NULL));
	copy_now(recovery);
	forget_process();
	lost = jhw_recovery_find(path);
	assert_non_null(lost);
	jhw_lost_work_delete(lost);
	wait_until_gone(path);
}

static void test_recovery_writes_by_itself_after_a_change(void **state)
{
	g_autofree char *path = NULL;
	g_autoptr(JhwDocument) document = own_project(&path);
	g_autoptr(JhwRecovery) recovery = jhw_recovery_new(document);
	g_autoptr(JhwLostWork) lost = NULL;
	uint32_t key = 0;

	(void)state;
	assert_true(jhw_cells_add(document, "later", 1 << 20, &key, NULL));
	wait_for_copy(recovery);
	forget_process();
	lost = jhw_recovery_find(path);
	assert_non_null(lost);
	jhw_lost_work_delete(lost);
	wait_until_gone(path);
}

static void test_recovery_deletes_nothing_outside_of_its_folder(void **state)
{
	g_autofree char *path = NULL;
	g_autoptr(JhwDocument) document = own_project(&path);
	g_autofree char *folder = g_path_get_dirname(path);

	(void)state;
	recovery_folder_delete(folder);
	assert_true(g_file_test(path, G_FILE_TEST_IS_REGULAR));
}

/* --- where nothing can be written --------------------------------------------- */

/* A file is where the folder of the copies was: nobody can write there, not even
 * root. */
static void block(gboolean blocked)
{
	g_autofree char *root = recovery_folder_root();
	g_autofree char *away = g_strconcat(root, ".away", NULL);

	if (blocked) {
		assert_int_equal(g_rename(root, away), 0);
		assert_true(g_file_set_contents(root, "", -1, NULL));
	} else {
		assert_int_equal(g_unlink(root), 0);
		assert_int_equal(g_rename(away, root), 0);
	}
}

static void note_failure(G_GNUC_UNUSED JhwRecovery *recovery, const char *reason, gpointer data)
{
	g_ptr_array_add(data, g_strdup(reason));
}

/* Changes the project; whether there is a copy of that. */
static gboolean change(JhwRecovery *recovery, JhwDocument *document, const char *cell)
{
	uint32_t key = 0;

	assert_true(jhw_cells_add(document, cell, 1 << 20, &key, NULL));
	jhw_recovery_hurry(recovery);
	return wait_for_end(recovery);
}

static void test_recovery_that_fails_is_told_once_until_it_works_again(void **state)
{
	g_autofree char *path = NULL;
	g_autoptr(JhwDocument) document = own_project(&path);
	g_autoptr(JhwRecovery) recovery = jhw_recovery_new(document);
	g_autoptr(GPtrArray) failures = g_ptr_array_new_with_free_func(g_free);

	(void)state;
	g_signal_connect(recovery, "failed", G_CALLBACK(note_failure), failures);
	assert_true(change(recovery, document, "one"));
	block(TRUE);
	assert_false(change(recovery, document, "two"));
	assert_int_equal(failures->len, 1);
	assert_non_null(strstr(failures->pdata[0], "recovery"));
	assert_false(change(recovery, document, "three"));
	assert_int_equal(failures->len, 1);
	block(FALSE);
	assert_true(change(recovery, document, "four"));
	assert_int_equal(failures->len, 1);
	block(TRUE);
	assert_false(change(recovery, document, "five"));
	assert_int_equal(failures->len, 2);
	block(FALSE);
	jhw_recovery_discard(recovery);
	wait_until_gone(path);
}

static void test_save_on_a_full_disk_says_so_and_leaves_the_file(void **state)
{
	const struct rlimit full = { 0, RLIM_INFINITY };
	g_autofree char *path = NULL, *before = NULL, *after = NULL;
	g_autoptr(JhwDocument) document = own_project(&path);
	g_autoptr(GError) error = NULL;
	struct rlimit usual;
	gboolean saved;
	uint32_t key = 0;

	(void)state;
	assert_true(g_file_get_contents(path, &before, NULL, NULL));
	assert_true(jhw_cells_add(document, "full", 1 << 20, &key, NULL));
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &usual), 0);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &full), 0);
	saved = jhw_document_save(document, NULL, &error);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &usual), 0);
	assert_false(saved);
	assert_non_null(strstr(error->message, "cannot be written"));
	assert_true(g_file_get_contents(path, &after, NULL, NULL));
	assert_string_equal(before, after);
	assert_true(jhw_document_modified(document));
	assert_true(jhw_document_save(document, NULL, NULL));
}

static void count(guint *changes)
{
	(*changes)++;
}

static void settle(JhwWatch *watch)
{
	while (!jhw_watch_is_settled(watch))
		g_main_context_iteration(NULL, TRUE);
}

static void test_watch_tells_of_others_changes_and_not_of_our_own(void **state)
{
	g_autofree char *path = NULL;
	g_autoptr(JhwDocument) document = own_project(&path);
	g_autoptr(JhwWatch) watch = jhw_watch_new(document);
	guint changes = 0;
	uint32_t key = 0;

	(void)state;
	g_signal_connect_swapped(watch, "changed", G_CALLBACK(count), &changes);
	settle(watch);
	assert_true(jhw_cells_add(document, "ours", 1 << 20, &key, NULL));
	assert_true(jhw_document_save(document, NULL, NULL));
	jhw_watch_settle(watch);
	settle(watch);
	assert_true(g_file_set_contents(path, "{}", -1, NULL));
	while (!changes)
		g_main_context_iteration(NULL, TRUE);
	jhw_watch_settle(watch);
	settle(watch);
	changes = 0;
	while (g_main_context_iteration(NULL, FALSE))
		;
	assert_int_equal(changes, 0);
}

static void remove_home(const char *path)
{
	g_autofree char *command = g_strdup_printf("rm -rf '%s'", path);

	assert_true(g_spawn_command_line_sync(command, NULL, NULL, NULL, NULL));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_recovery_after_a_crash_has_all_changes),
		cmocka_unit_test(test_recovery_copy_goes_away_when_the_project_is_saved),
		cmocka_unit_test(test_recovery_writes_by_itself_after_a_change),
		cmocka_unit_test(test_recovery_deletes_nothing_outside_of_its_folder),
		cmocka_unit_test(test_recovery_that_fails_is_told_once_until_it_works_again),
		cmocka_unit_test(test_save_on_a_full_disk_says_so_and_leaves_the_file),
		cmocka_unit_test(test_watch_tells_of_others_changes_and_not_of_our_own),
	};
	int failed;

	home = g_dir_make_tmp("jhw-recovery-XXXXXX", NULL);
	g_setenv("XDG_STATE_HOME", home, TRUE);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	remove_home(home);
	g_free(home);
	return failed;
}
