// SPDX-License-Identifier: GPL-2.0-or-later
/* jh-top in a terminal: which it has to live with, and to leave as it was. */
#include "screen_test.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

static void test_terminal_is_restored_after_signals(void **state)
{
	static const int signals[] = { SIGTERM, SIGINT, SIGHUP, SIGSEGV,
				       SIGABRT };

	(void)state;
	for (size_t n = 0; n < sizeof(signals) / sizeof(signals[0]); n++) {
		screen_start(NULL);
		kill(terminal_pid(terminal), signals[n]);
		terminal_wait_end(terminal);
		terminal_check_restored(terminal);
		terminal_free(terminal);
		terminal = NULL;
	}
}

static void test_terminal_closed_ends_it(void **state)
{
	(void)state;
	screen_start(NULL);
	terminal_hang_up(terminal);
	terminal_wait_end(terminal);
}

static void test_terminal_stopped_and_continued_is_whole(void **state)
{
	(void)state;
	screen_start(NULL);
	terminal_send(terminal, "\032"); /* ^Z */
	terminal_wait_stop(terminal);
	terminal_check_restored(terminal);
	kill(terminal_pid(terminal), SIGCONT);
	terminal_wait(terminal, "R running");
	kill(terminal_pid(terminal), SIGSTOP);
	terminal_wait_stop(terminal);
	kill(terminal_pid(terminal), SIGCONT);
	machine_cell(1, "rtos", "running", 3, 10);
	terminal_wait(terminal, "rtos");
	screen_quit();
}

static void test_terminal_resized_in_storms_survives(void **state)
{
	(void)state;
	screen_start(NULL);
	for (unsigned int n = 0; n < 300; n++) {
		terminal_resize(terminal, 1 + n * 37 % 250, 1 + n * 11 % 90);
		kill(terminal_pid(terminal), SIGWINCH);
		if (n % 16 == 0)
			terminal_settle(terminal, 1);
	}
	terminal_resize(terminal, 100, 30);
	terminal_wait(terminal, "R running");
	terminal_wait(terminal, "F1Help");
	screen_quit();
}

static void test_terminal_small_is_useful(void **state)
{
	(void)state;
	machine_cell(1, "rtos", "running", 3, 10);
	screen_start_sized(40, 10, NULL, NULL);
	terminal_wait(terminal, "rtos");
	terminal_wait(terminal, "EXIT/s");
	terminal_wait(terminal, "CPU 0[R]");
	screen_quit();
}

static void test_terminal_unknown_is_refused(void **state)
{
	int status;

	(void)state;
	/* terminfo does not give back all that it took when it fails */
	setenv("ASAN_OPTIONS", "detect_leaks=0", 1);
	screen_start_sized(80, 24, "none-such", NULL);
	unsetenv("ASAN_OPTIONS");
	status = terminal_wait_end(terminal);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 1);
	terminal_check_restored(terminal);
}

static void test_terminal_without_utf8_gets_ascii(void **state)
{
	const char *argv[] = { getenv("JH_TOP"), "--target", machine_target(),
			       NULL };
	const char *const env[] = { screen_config, "LC_ALL=C", NULL };
	const struct terminal_options options = { .term = "vt100",
						  .env = env,
						  .argv = argv };

	(void)state;
	machine_cell(1, "z\xc3\xbcrich", "running", 3, 10);
	terminal = terminal_start(&options);
	terminal_wait(terminal, "z?rich");
	for (const char *c = terminal_text(terminal); *c; c++)
		assert_true((unsigned char)*c < 0x80);
	screen_quit();
}

static void test_no_color_has_none(void **state)
{
	const char *argv[] = { getenv("JH_TOP"), "--target", machine_target(),
			       NULL };
	const char *const env[] = { screen_config, "NO_COLOR=1", NULL };
	const struct terminal_options options = { .env = env, .argv = argv };

	(void)state;
	terminal = terminal_start(&options);
	terminal_wait(terminal, "R running");
	terminal_wait(terminal, "F1Help"); /* the last line */
	assert_null(strstr(terminal_looks(terminal), " text "));
	assert_null(strstr(terminal_looks(terminal), " fill "));
	assert_non_null(strstr(terminal_looks(terminal), " reversed"));
	screen_quit();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		SCREEN_TEST(test_terminal_is_restored_after_signals),
		SCREEN_TEST(test_terminal_closed_ends_it),
		SCREEN_TEST(test_terminal_stopped_and_continued_is_whole),
		SCREEN_TEST(test_terminal_resized_in_storms_survives),
		SCREEN_TEST(test_terminal_small_is_useful),
		SCREEN_TEST(test_terminal_unknown_is_refused),
		SCREEN_TEST(test_terminal_without_utf8_gets_ascii),
		SCREEN_TEST(test_no_color_has_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
