// SPDX-License-Identifier: GPL-2.0-or-later
/* What a person chose is there the next time, and nothing else is taken. */
#include "cmocka_all.h"

#include "gtk_fixture.h"
#include "model/preferences.h"

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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_preference_that_was_set_is_there_the_next_time),
		cmocka_unit_test(test_preference_that_nobody_could_choose_is_as_it_comes),
	};
	g_autofree char *command = NULL;
	int failed;

	home = g_dir_make_tmp("jhw-preferences-XXXXXX", NULL);
	g_setenv("XDG_CONFIG_HOME", home, TRUE);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	command = g_strdup_printf("rm -rf '%s'", home);
	g_spawn_command_line_sync(command, NULL, NULL, NULL, NULL);
	g_free(home);
	return failed;
}
