// SPDX-License-Identifier: GPL-2.0-or-later
/* Settings, keys and typed lines. */
#include "cmocka_all.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <jhcfg/file.h>

#include "screen/keys.h"
#include "screen/prompt.h"
#include "screen/settings.h"

static char folder[64], path[128];

static int set_up(void **state)
{
	(void)state;
	strcpy(folder, "/tmp/jh-top-settings-XXXXXX");
	if (!mkdtemp(folder))
		return -1;
	snprintf(path, sizeof(path), "%s/a/b/settings", folder);
	return 0;
}

static int tear_down(void **state)
{
	char command[128];

	(void)state;
	snprintf(command, sizeof(command), "rm -r %s", folder);
	return system(command);
}

static char *contents(void)
{
	void *data;
	size_t size;

	assert_int_equal(jhcfg_file_read(path, 65536, &data, &size), 0);
	return data;
}

static void put_file(const char *text)
{
	struct tui_settings settings;

	tui_settings_init(&settings); /* makes the folders */
	assert_int_equal(tui_settings_write(&settings, path), 0);
	assert_int_equal(jhcfg_file_write(path, text, strlen(text)), 0);
}

static void test_settings_missing_are_usual(void **state)
{
	struct tui_settings settings;

	(void)state;
	tui_settings_init(&settings);
	assert_int_equal(tui_settings_read(&settings, path), 0);
	assert_string_equal(settings.panes, "links,events");
	assert_int_equal(settings.version, 0);
	tui_settings_clear(&settings);
}

static void test_settings_written_are_read(void **state)
{
	struct tui_settings out, in;

	(void)state;
	tui_settings_init(&out);
	strcpy(out.columns, "id,name,graph");
	strcpy(out.sort, "-exits");
	out.delay_ms = 250;
	out.colors = TUI_SCREEN_256;
	out.ascii = true;
	assert_int_equal(tui_budgets_add(&out.budgets, "rtos mmio: 2.5/s"), 0);
	assert_int_equal(tui_settings_write(&out, path), 0);
	tui_settings_init(&in);
	assert_int_equal(tui_settings_read(&in, path), 0);
	assert_string_equal(in.columns, out.columns);
	assert_string_equal(in.sort, out.sort);
	assert_int_equal(in.delay_ms, 250);
	assert_int_equal(in.colors, TUI_SCREEN_256);
	assert_true(in.ascii);
	assert_int_equal(in.budgets.count, 1);
	assert_string_equal(in.budgets.all[0].cell, "rtos");
	assert_int_equal(in.budgets.all[0].limit_milli, 2500);
	tui_settings_clear(&in);
}

static void test_settings_unknown_keys_are_kept(void **state)
{
	struct tui_settings settings;
	char *text;

	(void)state;
	put_file("version = 1\nfuture = yes = no\n# mine\nascii=yes\n");
	tui_settings_init(&settings);
	assert_int_equal(tui_settings_read(&settings, path), 0);
	assert_true(settings.ascii);
	assert_int_equal(tui_settings_write(&settings, path), 0);
	tui_settings_clear(&settings);
	text = contents();
	assert_non_null(strstr(text, "\nfuture = yes = no\n"));
	assert_non_null(strstr(text, "\n# mine\n"));
	assert_non_null(strstr(text, "\nascii = yes\n"));
	free(text);
}

static void test_settings_of_newer_version_are_not_overwritten(void **state)
{
	struct tui_settings settings;
	char *text;

	(void)state;
	put_file("version = 2\nascii = yes\n");
	tui_settings_init(&settings);
	assert_int_equal(tui_settings_read(&settings, path), 0);
	assert_true(settings.ascii);
	assert_int_equal(tui_settings_write(&settings, path), -EROFS);
	tui_settings_clear(&settings);
	text = contents();
	assert_string_equal(text, "version = 2\nascii = yes\n");
	free(text);
}

static void test_settings_garbled_are_ignored(void **state)
{
	struct tui_settings settings;
	char *text = malloc(70000);

	(void)state;
	put_file("= \n=\ncolors = pink\ndelay_ms = 99999999999999\nascii\n"
		 "no_mouse = perhaps\nbudget = \xff\xfe\n\n\n");
	tui_settings_init(&settings);
	assert_int_equal(tui_settings_read(&settings, path), 0);
	assert_int_equal(settings.delay_ms, 0);
	assert_int_equal(settings.colors, TUI_SCREEN_AUTO);
	assert_false(settings.ascii);
	tui_settings_clear(&settings);

	memset(text, 'x', 69999);
	text[69999] = '\0';
	put_file(text);
	tui_settings_init(&settings);
	assert_int_equal(tui_settings_read(&settings, path), -EFBIG);
	tui_settings_clear(&settings);
	free(text);
}

static void test_settings_path_follows_xdg(void **state)
{
	char *found;

	(void)state;
	setenv("XDG_CONFIG_HOME", "/x", 1);
	found = tui_settings_path();
	assert_string_equal(found, "/x/jh-top/settings");
	free(found);
	setenv("XDG_CONFIG_HOME", "relative", 1);
	setenv("HOME", "/home/u", 1);
	found = tui_settings_path();
	assert_string_equal(found, "/home/u/.config/jh-top/settings");
	free(found);
	unsetenv("HOME");
	assert_null(tui_settings_path());
}

/* --- keys ----------------------------------------------------------------- */

static void test_keys_none_is_bound_twice(void **state)
{
	(void)state;
	for (size_t n = 0; tui_keys_at(n); n++) {
		const struct tui_key *key = tui_keys_at(n);

		assert_non_null(key->help);
		assert_true(key->keys[0] != 0);
		for (size_t k = 0; k < TUI_MAX_KEYS && key->keys[k]; k++)
			assert_int_equal(tui_keys_command(key->keys[k]),
					 key->command);
	}
}

/* Serial terminals have no F keys. */
static void test_keys_of_the_bar_have_letters_too(void **state)
{
	(void)state;
	for (size_t n = 0; tui_keys_at(n); n++) {
		const struct tui_key *key = tui_keys_at(n);

		if (key->keys[0] > TUI_KEY_BASE)
			assert_true(key->bar == NULL || key->keys[1] != 0);
	}
}

static void test_keys_names(void **state)
{
	char name[12];

	(void)state;
	tui_key_name(TUI_KEY_F0 + 10, name);
	assert_string_equal(name, "F10");
	tui_key_name(TUI_KEY_CTRL('l'), name);
	assert_string_equal(name, "^L");
	tui_key_name('\\', name);
	assert_string_equal(name, "\\");
	assert_int_equal(tui_keys_command('@'), TUI_CMD_NONE);
	assert_int_equal(tui_keys_command(0), TUI_CMD_NONE);
}

static void test_mouse_reports(void **state)
{
	struct tui_input input;

	(void)state;
	tui_input_mouse("0;12;3M", &input);
	assert_int_equal(input.kind, TUI_INPUT_CLICK);
	assert_int_equal(input.x, 11);
	assert_int_equal(input.y, 2);
	tui_input_mouse("65;1;1M", &input);
	assert_int_equal(input.kind, TUI_INPUT_WHEEL);
	assert_true(input.steps > 0);
	tui_input_mouse("64;1;1M", &input);
	assert_true(input.steps < 0);
	tui_input_mouse("0;12;3m", &input); /* released */
	assert_int_equal(input.kind, TUI_INPUT_NONE);
	tui_input_mouse("0;0;3M", &input);
	assert_int_equal(input.kind, TUI_INPUT_NONE);
	tui_input_mouse("99999999;1;", &input);
	assert_int_equal(input.kind, TUI_INPUT_NONE);
}

/* --- typing --------------------------------------------------------------- */

static void type(struct tui_prompt *prompt, const char *keys)
{
	for (; *keys; keys++)
		tui_prompt_key(prompt, (unsigned char)*keys);
}

static void test_prompt_edits_whole_characters(void **state)
{
	struct tui_prompt prompt;

	(void)state;
	tui_prompt_begin(&prompt, "aé");
	tui_prompt_key(&prompt, 0x7d30); /* 細 */
	tui_prompt_key(&prompt, TUI_KEY_LEFT);
	tui_prompt_key(&prompt, TUI_KEY_BACKSPACE);
	assert_string_equal(prompt.text, "a細");
	tui_prompt_key(&prompt, TUI_KEY_DELETE);
	tui_prompt_key(&prompt, TUI_KEY_DELETE);
	assert_string_equal(prompt.text, "a");
	tui_prompt_key(&prompt, TUI_KEY_HOME);
	tui_prompt_key(&prompt, TUI_KEY_BACKSPACE);
	type(&prompt, "xy");
	assert_string_equal(prompt.text, "xya");
	tui_prompt_key(&prompt, TUI_KEY_CTRL('u'));
	assert_string_equal(prompt.text, "a");
}

static void test_prompt_full_takes_no_more(void **state)
{
	struct tui_prompt prompt;

	(void)state;
	tui_prompt_begin(&prompt, "");
	for (int n = 0; n < 1000; n++)
		tui_prompt_key(&prompt, n % 2 ? 'x' : 0x7d30);
	assert_true(prompt.length < sizeof(prompt.text));
	assert_int_equal(prompt.text[prompt.length], '\0');
	assert_int_equal(tui_prompt_key(&prompt, TUI_KEY_ENTER),
			 TUI_PROMPT_DONE);
	assert_int_equal(tui_prompt_key(&prompt, TUI_KEY_ESCAPE),
			 TUI_PROMPT_CANCELLED);
}

#define FILE_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		FILE_TEST(test_settings_missing_are_usual),
		FILE_TEST(test_settings_written_are_read),
		FILE_TEST(test_settings_unknown_keys_are_kept),
		FILE_TEST(test_settings_of_newer_version_are_not_overwritten),
		FILE_TEST(test_settings_garbled_are_ignored),
		cmocka_unit_test(test_settings_path_follows_xdg),
		cmocka_unit_test(test_keys_none_is_bound_twice),
		cmocka_unit_test(test_keys_of_the_bar_have_letters_too),
		cmocka_unit_test(test_keys_names),
		cmocka_unit_test(test_mouse_reports),
		cmocka_unit_test(test_prompt_edits_whole_characters),
		cmocka_unit_test(test_prompt_full_takes_no_more),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
