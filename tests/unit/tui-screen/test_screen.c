// SPDX-License-Identifier: GPL-2.0-or-later
/* jh-top in a terminal: what its users see, and what they are left with. */
#include "cmocka_all.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "machine.h"
#include "terminal.h"

#define SERIAL_LIMIT 2048 /* bytes a refresh, on a serial line */

static struct terminal *terminal;
static char config[320];

static int set_up(void **state)
{
	(void)state;
	machine_make();
	snprintf(config, sizeof(config), "XDG_CONFIG_HOME=%s",
		 machine_path("config"));
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	terminal_free(terminal);
	terminal = NULL;
	machine_remove();
	return 0;
}

/* Starts jh-top on the machine with further arguments until NULL. */
static void start_sized(unsigned int width, unsigned int height,
			const char *term, const char *const *more)
{
	const char *argv[16] = { getenv("JH_TOP"), "--target", machine_target(),
				 "--delay", "0.1" };
	const char *const env[] = { config, NULL };
	const struct terminal_options options = { .width = width,
						  .height = height,
						  .term = term,
						  .env = env,
						  .argv = argv };
	size_t count = 5;

	while (more && *more && count < 15)
		argv[count++] = *more++;
	terminal = terminal_start(&options);
}

static void start(const char *more)
{
	const char *const argv[] = { more, NULL };

	start_sized(100, 30, NULL, argv);
	terminal_wait(terminal, "R running");
}

static void quit(void)
{
	int status;

	terminal_send(terminal, "q");
	status = terminal_wait_end(terminal);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
	terminal_check_restored(terminal);
}

static void click(unsigned int x, unsigned int y)
{
	char report[48];

	snprintf(report, sizeof(report), "\033[<0;%u;%uM\033[<0;%u;%um", x + 1,
		 y + 1, x + 1, y + 1);
	terminal_send(terminal, report);
}

/* --- cells ---------------------------------------------------------------- */

static void test_cells_come_fail_and_go(void **state)
{
	(void)state;
	start(NULL);
	machine_cell(1, "rtos", "running", 3, 10);
	terminal_wait(terminal, "rtos");
	terminal_wait(terminal, "cell \"rtos\" was created");
	machine_cell(1, "rtos", "failed", 3, 10);
	terminal_wait(terminal, "F failed");
	terminal_wait(terminal, "a!"); /* told without a colour, too */
	machine_delete("cells/1");
	terminal_wait_gone(terminal, "F failed");
	terminal_wait(terminal, "cell \"rtos\" was destroyed");
	quit();
}

static void test_driver_absent_says_what_to_do(void **state)
{
	(void)state;
	machine_delete("");
	start_sized(80, 24, NULL, NULL);
	terminal_wait(terminal, "The driver is not loaded.");
	terminal_wait(terminal, "modprobe jailhouse");
	machine_put("enabled", "0\n");
	terminal_wait(terminal, "The hypervisor is disabled.");
	terminal_wait(terminal, "jailhouse enable");
	machine_put("enabled", "1\n");
	machine_cell(0, "board", "running", 0, 1000);
	terminal_wait(terminal, "hypervisor enabled");
	quit();
}

static void test_budget_exceeded_is_seen(void **state)
{
	unsigned int exits = 10;
	bool seen = false;

	(void)state;
	machine_cell(1, "rtos", "running", 3, exits);
	start("--budget=rtos: 0/s");
	terminal_wait(terminal, "0/s");
	/* it goes on to exit until that is told */
	for (int n = 0; n < 300 && !seen; n++) {
		machine_cell(1, "rtos", "running", 3, ++exits);
		terminal_settle(terminal, 30);
		seen = terminal_shows(terminal, "0/s!");
	}
	assert_true(seen);
	terminal_wait(terminal, "exit budget");
	quit();
}

/* --- keys ----------------------------------------------------------------- */

static void test_keys_tree_opens_to_counters(void **state)
{
	(void)state;
	machine_cell(1, "rtos", "running", 3, 10);
	start(NULL);
	terminal_send(terminal, "\033OB"); /* down, as of keypad mode */
	terminal_send(terminal, "+");
	terminal_wait(terminal, "CPU 3");
	terminal_send(terminal, "\033OB+");
	terminal_wait(terminal, "hypercall");
	terminal_send(terminal, "--");
	terminal_wait_gone(terminal, "CPU 3");
	terminal_send(terminal, "t");
	terminal_wait(terminal, "CPU 0");
	terminal_wait(terminal, "CPU 3");
	quit();
}

static void test_keys_filter_search_and_sort(void **state)
{
	(void)state;
	machine_cell(1, "rtos", "running", 3, 10);
	machine_cell(2, "linux-2", "shut down", 2, 20);
	start(NULL);
	terminal_send(terminal, "\\lin");
	terminal_wait_gone(terminal, "  1 rtos");
	terminal_send(terminal, "zzz");
	terminal_wait(terminal, "No cell has");
	terminal_send(terminal, "\033");
	terminal_wait(terminal, "  1 rtos");
	terminal_send(terminal, "N"); /* by id, then the other way round */
	terminal_send(terminal, "I");
	terminal_wait(terminal, "▼");
	terminal_send(terminal, "/rtos\n");
	terminal_send(terminal, "d");
	terminal_wait(terminal, "Detail rtos");
	quit();
}

static void test_keys_help_tells_all(void **state)
{
	(void)state;
	start(NULL);
	terminal_send(terminal, "?");
	terminal_wait(terminal, "search a cell by its name");
	terminal_send(terminal, "G");
	terminal_wait(terminal, "not told by this target");
	terminal_send(terminal, "\033");
	terminal_wait_gone(terminal, "not told by this target");
	quit();
}

static void test_keys_setup_is_kept(void **state)
{
	char shown[128];

	(void)state;
	start(NULL);
	terminal_send(terminal, "i"); /* opens a pane */
	terminal_wait(terminal, "Interrupts");
	terminal_send(terminal, "M");
	quit();
	terminal_free(terminal);
	start(NULL);
	terminal_wait(terminal, "Interrupts");
	snprintf(shown, sizeof(shown), "grep -q '^panes = .*irqs' %s",
		 machine_path("config/jh-top/settings"));
	assert_int_equal(system(shown), 0);
	quit();
}

static void test_options_are_not_kept(void **state)
{
	char shown[160];

	(void)state;
	start("--columns=id,name,state");
	terminal_send(terminal, "i");
	terminal_wait(terminal, "Interrupts");
	quit();
	snprintf(shown, sizeof(shown), "grep -q '^columns = $' %s",
		 machine_path("config/jh-top/settings"));
	assert_int_equal(system(shown), 0);
}

static void test_readonly_refuses_actions(void **state)
{
	(void)state;
	machine_cell(1, "rtos", "running", 3, 10);
	start("--readonly");
	terminal_wait(terminal, "readonly");
	assert_false(terminal_shows(terminal, "Destroy"));
	terminal_send(terminal, "\033OBk");
	terminal_wait(terminal, "read-only");
	quit();
}

static void test_actions_are_confirmed_by_name(void **state)
{
	(void)state;
	machine_cell(1, "rtos", "running", 3, 10);
	machine_cell(2, "\xe7\xb4\xb0", "running", 2, 10);
	start("--writable");
	terminal_send(terminal, "k"); /* the root is selected */
	terminal_wait(terminal, "the root cell is Linux itself");
	terminal_send(terminal, "\033OBk");
	terminal_wait(terminal, "type rtos to confirm");
	terminal_send(terminal, "rto\n");
	terminal_wait(terminal, "not done");
	terminal_send(terminal, "x");
	terminal_wait(terminal, "Shut down \"rtos\"?");
	terminal_send(terminal, "\033");
	terminal_wait(terminal, "nothing was done");
	/* several are told by their number, others by what can be typed */
	terminal_send(terminal, "\033OBk");
	terminal_wait(terminal, "type 2 to confirm");
	terminal_send(terminal, "\033");
	terminal_wait(terminal, "nothing was done");
	terminal_send(terminal, "\033OA  k");
	terminal_wait(terminal, "type their number, 2");
	terminal_send(terminal, "\033");
	terminal_wait(terminal, "nothing was done");
	quit();
}

static void test_tabs_are_of_targets(void **state)
{
	const char *const more[] = { "--target", "recorded:/nowhere-at-all",
				     NULL };

	(void)state;
	start_sized(100, 30, NULL, more);
	/* one that cannot be opened is told, and there is no screen */
	assert_int_equal(WEXITSTATUS(terminal_wait_end(terminal)), 1);
	terminal_check_restored(terminal);
	terminal_free(terminal);
	start("--target=local");
	terminal_wait(terminal, "2 local");
	terminal_send(terminal, "]");
	terminal_wait_gone(terminal, "R running");
	terminal_wait(terminal, "The driver is not loaded.");
	click(4, 1);
	terminal_wait(terminal, "R running");
	quit();
}

/* --- the mouse ------------------------------------------------------------ */

/* Column and line where the text begins; it is there. */
static void find(const char *text, unsigned int *x, unsigned int *y)
{
	for (*y = 0; *y < 30; (*y)++) {
		const char *line = terminal_line(terminal, *y);
		const char *found = strstr(line, text);

		*x = 0;
		for (; found && line < found; line++)
			*x += (*line & 0xc0) != 0x80;
		if (found)
			return;
	}
	fail_msg("no \"%s\" on\n%s", text, terminal_text(terminal));
}

static void test_mouse_sorts_selects_and_presses_keys(void **state)
{
	unsigned int x, y;

	(void)state;
	machine_cell(1, "rtos", "running", 3, 10);
	start(NULL);
	find("EXIT/s", &x, &y);
	click(x + 2, y);
	terminal_wait(terminal, "EXIT/s▼");
	click(x + 2, y);
	terminal_wait(terminal, "EXIT/s▲");
	find("rtos", &x, &y);
	click(x, y);
	terminal_send(terminal, "d");
	terminal_wait(terminal, "Detail rtos");
	find("Help", &x, &y);
	click(x, y);
	terminal_wait(terminal, "the keys are htop's");
	click(0, 0);
	terminal_wait_gone(terminal, "the keys are htop's");
	/* a broken report is nothing */
	terminal_send(terminal, "\033[<0;99999;-3M");
	quit();
}

static void test_mouse_off_is_off(void **state)
{
	(void)state;
	start("--no-mouse");
	assert_false(terminal_mouse(terminal));
	quit();
	terminal_free(terminal);
	start(NULL);
	assert_true(terminal_mouse(terminal));
	quit();
}

/* --- the terminal --------------------------------------------------------- */

static void test_terminal_is_restored_after_signals(void **state)
{
	static const int signals[] = { SIGTERM, SIGINT, SIGHUP, SIGSEGV,
				       SIGABRT };

	(void)state;
	for (size_t n = 0; n < sizeof(signals) / sizeof(signals[0]); n++) {
		start(NULL);
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
	start(NULL);
	terminal_hang_up(terminal);
	terminal_wait_end(terminal);
}

static void test_terminal_stopped_and_continued_is_whole(void **state)
{
	(void)state;
	start(NULL);
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
	quit();
}

static void test_terminal_resized_in_storms_survives(void **state)
{
	(void)state;
	start(NULL);
	for (unsigned int n = 0; n < 300; n++) {
		terminal_resize(terminal, 1 + n * 37 % 250, 1 + n * 11 % 90);
		kill(terminal_pid(terminal), SIGWINCH);
		if (n % 16 == 0)
			terminal_settle(terminal, 1);
	}
	terminal_resize(terminal, 100, 30);
	terminal_wait(terminal, "R running");
	terminal_wait(terminal, "F1Help");
	quit();
}

static void test_terminal_small_is_useful(void **state)
{
	(void)state;
	machine_cell(1, "rtos", "running", 3, 10);
	start_sized(40, 10, NULL, NULL);
	terminal_wait(terminal, "rtos");
	terminal_wait(terminal, "EXIT/s");
	terminal_wait(terminal, "CPU 0[R]");
	quit();
}

static void test_terminal_unknown_is_refused(void **state)
{
	int status;

	(void)state;
	/* newterm() does not give back all that it took when it fails */
	setenv("ASAN_OPTIONS", "detect_leaks=0", 1);
	start_sized(80, 24, "none-such", NULL);
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
	const char *const env[] = { config, "LC_ALL=C", NULL };
	const struct terminal_options options = { .term = "vt100",
						  .env = env,
						  .argv = argv };

	(void)state;
	machine_cell(1, "z\xc3\xbcrich", "running", 3, 10);
	terminal = terminal_start(&options);
	terminal_wait(terminal, "z?rich");
	for (const char *c = terminal_text(terminal); *c; c++)
		assert_true((unsigned char)*c < 0x80);
	quit();
}

static void test_no_color_has_none(void **state)
{
	const char *argv[] = { getenv("JH_TOP"), "--target", machine_target(),
			       NULL };
	const char *const env[] = { config, "NO_COLOR=1", NULL };
	const struct terminal_options options = { .env = env, .argv = argv };

	(void)state;
	terminal = terminal_start(&options);
	terminal_wait(terminal, "R running");
	assert_null(strstr(terminal_looks(terminal), " text "));
	assert_null(strstr(terminal_looks(terminal), " fill "));
	assert_non_null(strstr(terminal_looks(terminal), " reversed"));
	quit();
}

/* --- frugality ------------------------------------------------------------ */

/* Waits for a refresh and returns what it cost. */
static size_t refresh_bytes(unsigned int exits)
{
	size_t before = terminal_bytes(terminal);

	machine_cell(1, "rtos", "running", 3, exits);
	terminal_settle(terminal, 250); /* two of them and a half */
	return terminal_bytes(terminal) - before;
}

static void test_bytes_of_a_refresh_suit_a_serial_line(void **state)
{
	(void)state;
	for (unsigned int id = 1; id < 16; id++) {
		char name[16];

		snprintf(name, sizeof(name), "cell%u", id);
		machine_cell(id, name, "running", 3, id);
	}
	start(NULL);
	terminal_settle(terminal, 300);
	for (unsigned int n = 1; n < 6; n++)
		assert_in_range(refresh_bytes(n * 10), 1, SERIAL_LIMIT);
	quit();
}

/* --- hostile machines ----------------------------------------------------- */

static void test_hostile_names_are_shown_harmlessly(void **state)
{
	(void)state;
	machine_cell(1, "\033]0;title\007\033[2Jx", "running", 1, 1);
	machine_cell(2, "\xe7\xb4\xb0\xe8\x83\x9e", "running", 2, 1);
	machine_cell(3,
		     "a\xe2\x80\xae"
		     "b\xcc\x81\xcc\x81\xcc\x81",
		     "\033c", 3, 1);
	machine_cell(4, "\xff\xfe\xc0\x80", "running", 3, 1);
	start(NULL);
	terminal_wait(terminal, "\xe7\xb4\xb0\xe8\x83\x9e");
	terminal_wait(terminal, "F1Help");
	terminal_wait(terminal, "jh-top");
	/* what is behind the wide name stands where it does elsewhere */
	terminal_send(terminal, "l");
	terminal_wait(terminal, "Console");
	quit();
}

static void test_hostile_files_do_not_stop_it(void **state)
{
	static char huge[300000];

	(void)state;
	start(NULL);
	memset(huge, 'A', sizeof(huge) - 1);
	machine_put_bytes("console", huge, sizeof(huge) - 1);
	machine_put("cells/1/name", huge);
	machine_put("mem_pool_used", "99999999999999999999999999\n");
	machine_put("cells/0/statistics/vmexits_total", "-1\n");
	machine_put("cells/77777777777/name", "x\n");
	machine_put("cells/../name", "x\n");
	machine_put_bytes("cells/0/cpus_assigned_list", "0-4294967295\0\n", 14);
	terminal_settle(terminal, 400);
	terminal_send(terminal, "?");
	terminal_wait(terminal, "the keys are htop's");
	terminal_send(terminal, "\033");
	machine_delete("");
	terminal_wait(terminal, "The driver is not loaded.");
	quit();
}

/* --- recordings ----------------------------------------------------------- */

/* The screen without its first line, which tells recordings. */
static char *body(void)
{
	return strdup(strchr(terminal_text(terminal), '\n') + 1);
}

static void test_replay_of_a_crash_shows_what_live_showed(void **state)
{
	char record[256], *live, *replayed;
	const char *argv[] = { getenv("JH_TOP"), "--replay", record, NULL };
	const char *const env[] = { config, NULL };
	const struct terminal_options options = {
		.width = 100, .height = 30, .env = env, .argv = argv
	};
	const char *more[] = { "--readonly", "--record", record, NULL };

	(void)state;
	snprintf(record, sizeof(record), "%s", machine_path("crash.jsonl"));
	machine_cell(1, "rtos", "running", 3, 10);
	start_sized(100, 30, NULL, more);
	terminal_wait(terminal, "rtos");
	machine_put("console",
		    "Started cell \"rtos\"\nFATAL: unhandled trap\n");
	machine_cell(1, "rtos", "failed", 3, 12);
	terminal_wait(terminal, "F failed");
	terminal_send(terminal, "l");
	terminal_wait(terminal, "FATAL: unhandled trap");
	terminal_send(terminal, "Z");
	terminal_wait(terminal, "paused");
	terminal_settle(terminal, 150);
	live = body();
	quit();
	terminal_free(terminal);

	terminal = terminal_start(&options);
	terminal_wait(terminal, "replay");
	terminal_wait(terminal, "paused"); /* at its end */
	terminal_wait(terminal, "FATAL: unhandled trap");
	terminal_settle(terminal, 150);
	replayed = body();
	if (strcmp(live, replayed))
		fprintf(stderr, "live:\n%s\nreplayed:\n%s\n", live, replayed);
	assert_string_equal(live, replayed);
	free(live);
	free(replayed);
	quit();
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_cells_come_fail_and_go),
		TEST(test_driver_absent_says_what_to_do),
		TEST(test_budget_exceeded_is_seen),
		TEST(test_keys_tree_opens_to_counters),
		TEST(test_keys_filter_search_and_sort),
		TEST(test_keys_help_tells_all),
		TEST(test_keys_setup_is_kept),
		TEST(test_options_are_not_kept),
		TEST(test_readonly_refuses_actions),
		TEST(test_actions_are_confirmed_by_name),
		TEST(test_tabs_are_of_targets),
		TEST(test_mouse_sorts_selects_and_presses_keys),
		TEST(test_mouse_off_is_off),
		TEST(test_terminal_is_restored_after_signals),
		TEST(test_terminal_closed_ends_it),
		TEST(test_terminal_stopped_and_continued_is_whole),
		TEST(test_terminal_resized_in_storms_survives),
		TEST(test_terminal_small_is_useful),
		TEST(test_terminal_unknown_is_refused),
		TEST(test_terminal_without_utf8_gets_ascii),
		TEST(test_no_color_has_none),
		TEST(test_bytes_of_a_refresh_suit_a_serial_line),
		TEST(test_hostile_names_are_shown_harmlessly),
		TEST(test_hostile_files_do_not_stop_it),
		TEST(test_replay_of_a_crash_shows_what_live_showed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
