// SPDX-License-Identifier: GPL-2.0-or-later
/* What a person chose is there the next time, and nothing else is taken. */
#include "cmocka_all.h"

#include <glib/gstdio.h>

#include "app/preferences.h"
#include "app/style.h"
#include "gtk_fixture.h"
#include "inspector/inspector.h"
#include "model/preferences.h"
#include "pages/interrupts/lines.h"
#include "widget_fixture.h"

static char *home; /* of this process, made by main() */

static void write_file(const char *text)
{
	g_autofree char *folder = g_build_filename(home, "jailhouse-workbench", NULL);
	g_autofree char *path = g_build_filename(folder, "preferences.ini", NULL);

	assert_int_equal(g_mkdir_with_parents(folder, 0700), 0);
	assert_true(g_file_set_contents(path, text, -1, NULL));
	jhw_preferences_load();
}

static void test_preference_that_was_set_is_there_the_next_time(void **state)
{
	(void)state;
	assert_int_equal(jhw_preference(JHW_PREFERENCE_THEME), 0);
	assert_true(jhw_preference_set(JHW_PREFERENCE_THEME, 2, NULL));
	assert_int_equal(jhw_preference(JHW_PREFERENCE_THEME), 2);
	jhw_preferences_load();
	assert_int_equal(jhw_preference(JHW_PREFERENCE_THEME), 2);
	assert_int_equal(jhw_preference(JHW_PREFERENCE_SNAP), 1);
}

static void test_preference_that_nobody_could_choose_is_as_it_comes(void **state)
{
	(void)state;
	write_file("[workbench]\ntheme=7\ncopies=10\nsnap=garbage\n");
	assert_int_equal(jhw_preference(JHW_PREFERENCE_THEME), 0);
	assert_int_equal(jhw_preference(JHW_PREFERENCE_COPIES), 10);
	assert_int_equal(jhw_preference(JHW_PREFERENCE_SNAP), 1);
	write_file("\377\376 no key file");
	assert_int_equal(jhw_preference(JHW_PREFERENCE_COPIES), 2);
}

/* --- what holds at once ----------------------------------------------------------- */

static gboolean offers(GtkWidget *widget, gconstpointer text)
{
	GListModel *texts;

	if (!GTK_IS_DROP_DOWN(widget))
		return FALSE;
	texts = gtk_drop_down_get_model(GTK_DROP_DOWN(widget));
	for (guint n = 0; n < g_list_model_get_n_items(texts); n++)
		if (g_str_equal(gtk_string_list_get_string(GTK_STRING_LIST(texts), n), text))
			return TRUE;
	return FALSE;
}

/* As a person does, in the window of preferences. */
static void choose(GtkWidget *window, const char *text)
{
	GtkWidget *list = fixture_find(window, offers, text);
	GListModel *texts;

	if (!list)
		fail_msg("nothing offers \"%s\"", text);
	texts = gtk_drop_down_get_model(GTK_DROP_DOWN(list));
	for (guint n = 0; n < g_list_model_get_n_items(texts); n++)
		if (g_str_equal(gtk_string_list_get_string(GTK_STRING_LIST(texts), n), text))
			gtk_drop_down_set_selected(GTK_DROP_DOWN(list), n);
}

static void test_theme_that_is_chosen_holds_at_once(void **state)
{
	GtkWidget *window = jhw_preferences_window_new(NULL);
	gboolean dark;

	(void)state;
	choose(window, "Dark");
	g_object_get(gtk_settings_get_default(), "gtk-application-prefer-dark-theme", &dark, NULL);
	assert_true(dark);
	choose(window, "Light");
	g_object_get(gtk_settings_get_default(), "gtk-application-prefer-dark-theme", &dark, NULL);
	assert_false(dark);
	gtk_window_destroy(GTK_WINDOW(window));
}

static gboolean is_shown(GtkWidget *widget, gconstpointer text)
{
	return (GTK_IS_ENTRY(widget) &&
		g_str_equal(gtk_editable_get_text(GTK_EDITABLE(widget)), text)) ||
	       fixture_is_label(widget, text);
}

/* The first RAM of the zcu102's inmate, and a line of it. */
static void test_base_of_numbers_that_is_chosen_holds_at_once(void **state)
{
	g_autoptr(JhwDocument) document = fixture_board("arm64/zynqmp-zcu102");
	g_autoptr(JhwLog) log = jhw_log_new();
	g_autoptr(JhwSession) session = jhw_session_new(document, log);
	uint32_t key = fixture_cell(document, "inmate-demo");
	const struct jhcfg_cell *cell =
		jhcfg_config_cell(jhcfg_workspace_cell(jhw_document_workspace(document), key));
	JhwRef ref = { JHW_REF_REGION, key, 1 };
	uint64_t phys = jhcfg_cell_memory(cell, 1)->phys_start;
	g_autofree char *hex = g_strdup_printf("0x%" G_GINT64_MODIFIER "x", phys);
	g_autofree char *decimal = g_strdup_printf("%" G_GUINT64_FORMAT, phys);
	GtkWidget *window = gtk_window_new(), *preferences = jhw_preferences_window_new(NULL);
	g_autoptr(JhwLines) lines = NULL;

	(void)state;
	gtk_window_set_child(GTK_WINDOW(window), jhw_inspector_new(session));
	fixture_settle(session);
	jhw_selection_set(jhw_session_selection(session), &ref);
	assert_non_null(fixture_find(window, is_shown, hex));
	choose(preferences, "Decimal: 1073741824");
	choose(preferences, "Hexadecimal: 0x21");
	/* what the program does with its windows */
	jhw_document_look_again(document);
	assert_non_null(fixture_find(window, is_shown, decimal));
	assert_null(fixture_find(window, is_shown, hex));
	lines = jhw_lines_new(jhw_document_workspace(document));
	assert_string_equal(((JhwLine *)lines->lines->pdata[22])->name, "SPI 0x16");
	/* and there the next time */
	jhw_preferences_load();
	assert_int_equal(jhw_preference(JHW_PREFERENCE_ADDRESSES), 10);
	assert_int_equal(jhw_preference(JHW_PREFERENCE_INTERRUPTS), 16);
	choose(preferences, "Hexadecimal: 0x40000000");
	choose(preferences, "Decimal: 33");
	gtk_window_destroy(GTK_WINDOW(preferences));
	gtk_window_destroy(GTK_WINDOW(window));
	fixture_settle(session);
}

static gboolean says_that_it_is_lost(GtkWidget *widget, gconstpointer text)
{
	return GTK_IS_LABEL(widget) && gtk_widget_get_visible(widget) &&
	       strstr(gtk_label_get_text(GTK_LABEL(widget)), text);
}

/* A folder where the file should be: nobody can write that, not even root. */
static void test_preference_that_cannot_be_kept_holds_and_says_so(void **state)
{
	g_autofree char *path =
		g_build_filename(home, "jailhouse-workbench", "preferences.ini", NULL);
	g_autofree char *inside = g_build_filename(path, "full", NULL);
	GtkWidget *window;

	(void)state;
	write_file("");
	assert_int_equal(g_unlink(path), 0);
	assert_int_equal(g_mkdir_with_parents(inside, 0700), 0);
	window = jhw_preferences_window_new(NULL);
	choose(window, "Dark");
	assert_int_equal(jhw_preference(JHW_PREFERENCE_THEME), 2);
	assert_non_null(fixture_find(window, says_that_it_is_lost, "holds until you quit"));
	gtk_window_destroy(GTK_WINDOW(window));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_preference_that_was_set_is_there_the_next_time),
		cmocka_unit_test(test_preference_that_nobody_could_choose_is_as_it_comes),
		cmocka_unit_test(test_theme_that_is_chosen_holds_at_once),
		cmocka_unit_test(test_base_of_numbers_that_is_chosen_holds_at_once),
		cmocka_unit_test(test_preference_that_cannot_be_kept_holds_and_says_so),
	};
	g_autofree char *command = NULL;
	int failed;

	home = g_dir_make_tmp("jhw-preferences-XXXXXX", NULL);
	g_setenv("XDG_CONFIG_HOME", home, TRUE);
	gtk_init();
	jhw_style_load();
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	command = g_strdup_printf("rm -rf '%s'", home);
	g_spawn_command_line_sync(command, NULL, NULL, NULL, NULL);
	g_free(home);
	return failed;
}
