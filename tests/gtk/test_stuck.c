// SPDX-License-Identifier: GPL-2.0-or-later
/* A disk that does not answer: the window comes and goes on, and what was asked
 * of the disk is shown when it answers after all. Pipes that nobody writes to
 * stand for files that cannot be read yet. */
#include "cmocka_all.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/application.h"
#include "app/window.h"
#include "gtk_fixture.h"
#include "model/cells.h"
#include "model/error.h"
#include "model/recent.h"
#include "model/recovery.h"
#include "model/recovery_folder.h"
#include "widget_fixture.h"

#define BOARD "arm64/zynqmp-zcu102"

static char *home; /* of this process, made by main() */
static JhwApplication *application;

static char *state_file(const char *name)
{
	return g_build_filename(home, "jailhouse-workbench", name, NULL);
}

/* Whoever reads it waits for answer(). */
static char *stick(const char *name)
{
	char *path = state_file(name);
	g_autofree char *folder = g_path_get_dirname(path);

	assert_int_equal(g_mkdir_with_parents(folder, 0700), 0);
	assert_int_equal(mkfifo(path, 0600), 0);
	return path;
}

/* Comes back when somebody reads it. */
static void answer(const char *path, const char *text)
{
	int pipe = open(path, O_WRONLY | O_CLOEXEC);

	assert_true(pipe >= 0);
	assert_int_equal(write(pipe, text, strlen(text)), strlen(text));
	close(pipe);
}

static void wait_for_label(GtkWidget *window, const char *text)
{
	while (!fixture_find(window, fixture_is_label, text))
		g_main_context_iteration(NULL, TRUE);
}

static char *own_project(void)
{
	char *path = g_build_filename(home, "project", "system.json", NULL);
	g_autoptr(JhwDocument) document = fixture_board(BOARD);

	assert_true(jhw_document_save(document, path, NULL));
	return path;
}

/* --- a disk that takes nothing -------------------------------------------------- */

static gboolean is_notice(GtkWidget *widget, gconstpointer text)
{
	return gtk_widget_has_css_class(widget, "toast") &&
	       strstr(gtk_label_get_text(GTK_LABEL(widget)), text);
}

/* A file is where the folder of the copies should be. */
static void test_copy_that_cannot_be_written_is_told_in_the_window(void **state)
{
	JhwWindow *window = jhw_window_new(GTK_APPLICATION(application));
	g_autoptr(JhwDocument) document = fixture_board(BOARD);
	g_autofree char *root = recovery_folder_root(), *folder = g_path_get_dirname(root);
	gpointer rest = window;
	uint32_t key;

	(void)state;
	assert_int_equal(g_mkdir_with_parents(folder, 0700), 0);
	assert_true(g_file_set_contents(root, "", -1, NULL));
	jhw_window_show(window, document);
	assert_true(jhw_cells_add(document, "rtos", 1 << 20, &key, NULL));
	while (!fixture_find(GTK_WIDGET(window), is_notice, "No copy for recovery"))
		g_main_context_iteration(NULL, TRUE);
	fixture_settle(jhw_window_session(window));
	/* what it began to read keeps it until that is read */
	g_object_add_weak_pointer(G_OBJECT(window), &rest);
	gtk_window_destroy(GTK_WINDOW(window));
	while (rest)
		g_main_context_iteration(NULL, TRUE);
	assert_int_equal(g_remove(root), 0);
}

/* --- a disk that does not answer ------------------------------------------------ */

static void test_window_comes_before_the_disk_answers(void **state)
{
	g_autofree char *recent = stick("recent"), *lost = stick("recovery/x/recovery.ini");
	g_autofree char *project = own_project(), *folder = g_path_get_dirname(lost);
	GtkWidget *window = GTK_WIDGET(jhw_window_new(GTK_APPLICATION(application)));

	(void)state;
	fixture_show(window);
	assert_non_null(fixture_find(window, fixture_is_label, "RECENT"));
	assert_null(fixture_find(window, fixture_is_label, project));
	answer(recent, project);
	wait_for_label(window, project);
	answer(lost, "");
	gtk_window_destroy(GTK_WINDOW(window));
	assert_int_equal(g_remove(recent), 0);
	recovery_folder_delete(folder);
}

static void test_project_opens_and_is_kept_in_mind_when_the_disk_answers(void **state)
{
	g_autofree char *recent = stick("recent"), *project = own_project(), *text = NULL;
	JhwWindow *window = jhw_window_new(GTK_APPLICATION(application));

	(void)state;
	jhw_window_open(window, project);
	fixture_show(GTK_WIDGET(window));
	while (!jhw_window_session(window))
		g_main_context_iteration(NULL, TRUE);
	fixture_settle(jhw_window_session(window));
	/* what was there stays, behind the project */
	answer(recent, "/another");
	while (!g_file_test(recent, G_FILE_TEST_IS_REGULAR))
		g_main_context_iteration(NULL, FALSE);
	assert_true(g_file_get_contents(recent, &text, NULL, NULL));
	assert_true(g_str_has_prefix(text, project));
	assert_true(g_str_has_suffix(text, "\n/another"));
	gtk_window_destroy(GTK_WINDOW(window));
	assert_int_equal(g_remove(recent), 0);
}

/* --- lost work ------------------------------------------------------------------ */

static void note(G_GNUC_UNUSED JhwRecovery *recovery, gboolean done, gpointer data)
{
	*(int *)data = done;
}

/* Of the project with a cell more, by a program that is no more. */
static JhwLostWork *lose(const char *project)
{
	g_autoptr(JhwDiagsList) diags = jhcfg_diags_new();
	g_autoptr(JhwDocument) document = jhw_document_load(project, diags, NULL);
	g_autoptr(JhwRecovery) recovery = jhw_recovery_new(document);
	g_autofree char *root = recovery_folder_root();
	g_autoptr(GKeyFile) ini = g_key_file_new();
	g_autoptr(GDir) folders = NULL;
	g_autofree char *path = NULL;
	int done = -1;
	uint32_t key;

	assert_true(jhw_cells_add(document, "lost", 1 << 20, &key, NULL));
	g_signal_connect(recovery, "written", G_CALLBACK(note), &done);
	jhw_recovery_hurry(recovery);
	while (done < 0)
		g_main_context_iteration(NULL, TRUE);
	folders = g_dir_open(root, 0, NULL);
	path = g_build_filename(root, g_dir_read_name(folders), "recovery.ini", NULL);
	assert_true(g_key_file_load_from_file(ini, path, G_KEY_FILE_NONE, NULL));
	g_key_file_set_int64(ini, "copy", "process", 0);
	assert_true(g_key_file_save_to_file(ini, path, NULL));
	return jhw_recovery_find(project);
}

static void restore(JhwWindow *window)
{
	JhwSession *before;
	GtkWidget *label;

	/* by then the project is open, too, which a thread reads */
	wait_for_label(GTK_WIDGET(window), "Restore");
	before = jhw_window_session(window);
	label = fixture_find(GTK_WIDGET(window), fixture_is_label, "Restore");
	g_signal_emit_by_name(gtk_widget_get_ancestor(label, GTK_TYPE_BUTTON), "clicked");
	/* nothing was read yet: a thread does that */
	assert_ptr_equal(jhw_window_session(window), before);
	while (jhw_window_session(window) == before)
		g_main_context_iteration(NULL, TRUE);
}

static void test_lost_work_is_restored_by_a_thread_and_copied_before_it_goes(void **state)
{
	g_autofree char *project = own_project();
	g_autoptr(JhwLostWork) lost = lose(project);
	JhwWindow *window = jhw_window_new(GTK_APPLICATION(application));
	JhwDocument *document;

	(void)state;
	assert_non_null(lost);
	jhw_window_open(window, project);
	fixture_show(GTK_WIDGET(window));
	restore(window);
	document = jhw_session_document(jhw_window_session(window));
	assert_int_not_equal(fixture_cell(document, "lost"), 0);
	assert_true(jhw_document_modified(document));
	assert_true(g_file_test(lost->folder, G_FILE_TEST_IS_DIR));
	while (g_file_test(lost->folder, G_FILE_TEST_IS_DIR))
		g_main_context_iteration(NULL, FALSE);
	fixture_settle(jhw_window_session(window));
	gtk_window_destroy(GTK_WINDOW(window));
}

static void remove_home(void)
{
	g_autofree char *command = g_strdup_printf("rm -rf '%s'", home);

	assert_true(g_spawn_command_line_sync(command, NULL, NULL, NULL, NULL));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_copy_that_cannot_be_written_is_told_in_the_window),
		cmocka_unit_test(test_window_comes_before_the_disk_answers),
		cmocka_unit_test(test_project_opens_and_is_kept_in_mind_when_the_disk_answers),
		cmocka_unit_test(test_lost_work_is_restored_by_a_thread_and_copied_before_it_goes),
	};
	int failed;

	if (!gtk_init_check())
		return 77;
	home = g_dir_make_tmp("jhw-stuck-XXXXXX", NULL);
	g_setenv("XDG_STATE_HOME", home, TRUE);
	application = jhw_application_new();
	if (!g_application_register(G_APPLICATION(application), NULL, NULL))
		return 1;
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	g_object_unref(application);
	remove_home();
	g_free(home);
	return failed;
}
