// SPDX-License-Identifier: GPL-2.0-or-later
/* jh-top in a terminal: keys, mouse and actions. */
#include "screen_test.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>

static void test_keys_tree_opens_to_counters(void **state)
{
	(void)state;
	machine_cell(1, "rtos", "running", 3, 10);
	screen_start(NULL);
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
	screen_quit();
}

static void test_keys_filter_search_and_sort(void **state)
{
	(void)state;
	machine_cell(1, "rtos", "running", 3, 10);
	machine_cell(2, "linux-2", "shut down", 2, 20);
	screen_start(NULL);
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
	screen_quit();
}

/* Its last letter would end the program. */
static void test_keys_unknown_sequence_is_no_key(void **state)
{
	(void)state;
	screen_start(NULL);
	terminal_send(terminal, "\033[1;5q?");
	terminal_wait(terminal, "search a cell by its name");
	terminal_send(terminal, "\033");
	terminal_wait_gone(terminal, "search a cell by its name");
	screen_quit();
}

static void test_keys_help_tells_all(void **state)
{
	(void)state;
	screen_start(NULL);
	terminal_send(terminal, "?");
	terminal_wait(terminal, "search a cell by its name");
	terminal_send(terminal, "G");
	terminal_wait(terminal, "not told by this target");
	terminal_send(terminal, "\033");
	terminal_wait_gone(terminal, "not told by this target");
	screen_quit();
}

static void test_keys_setup_is_kept(void **state)
{
	char shown[128];

	(void)state;
	screen_start(NULL);
	terminal_send(terminal, "i"); /* opens a pane */
	terminal_wait(terminal, "Interrupts");
	terminal_send(terminal, "M");
	screen_quit();
	terminal_free(terminal);
	screen_start(NULL);
	terminal_wait(terminal, "Interrupts");
	snprintf(shown, sizeof(shown), "grep -q '^panes = .*irqs' %s",
		 machine_path("config/jh-top/settings"));
	assert_int_equal(system(shown), 0);
	screen_quit();
}

static void test_budget_is_set_seen_and_taken_away(void **state)
{
	(void)state;
	machine_cell(1, "rtos", "running", 3, 10);
	screen_start("--budget=rtos mmio: 7/s");
	terminal_send(terminal, "b\025rtos: 2.5/s\n");
	terminal_wait(terminal, "budget set");
	terminal_send(terminal, "S\033OF"); /* the last of the setup */
	terminal_wait(terminal, "[x] budget rtos total: 2.500/s");
	terminal_wait(terminal, "[x] budget rtos mmio: 7");
	terminal_send(terminal, " ");
	terminal_wait_gone(terminal, "budget rtos total");
	terminal_send(terminal, "\033b\025rtos mmio: -\n");
	terminal_wait(terminal, "budget set");
	terminal_send(terminal, "S\033OF");
	terminal_wait(terminal, "] column");
	assert_false(terminal_shows(terminal, "[x] budget"));
	terminal_send(terminal, "\033b\025nonsense\n");
	terminal_wait(terminal, "\"-\" for none");
	screen_quit();
}

static void test_pane_shows_the_end_of_long_lines(void **state)
{
	(void)state;
	screen_start(NULL);
	machine_put("console", "a line that is much longer than what the "
			       "screen has columns, as those are 100, "
			       "but not this one, and its end is here\n");
	terminal_send(terminal, "l");
	terminal_wait(terminal, "a line that");
	assert_false(terminal_shows(terminal, "its end"));
	terminal_send(terminal, "\033OC\033OC\033OC\033OC\033OC");
	terminal_wait(terminal, "its end is here");
	terminal_send(terminal, "\033OD\033OD\033OD\033OD\033OD\033OD");
	terminal_wait(terminal, "a line that");
	screen_quit();
}

static void test_options_are_not_kept(void **state)
{
	char shown[160];

	(void)state;
	screen_start("--columns=id,name,state");
	terminal_send(terminal, "i");
	terminal_wait(terminal, "Interrupts");
	screen_quit();
	snprintf(shown, sizeof(shown), "grep -q '^columns = $' %s",
		 machine_path("config/jh-top/settings"));
	assert_int_equal(system(shown), 0);
}

static void test_readonly_refuses_actions(void **state)
{
	(void)state;
	machine_cell(1, "rtos", "running", 3, 10);
	screen_start("--readonly");
	terminal_wait(terminal, "readonly");
	assert_false(terminal_shows(terminal, "Destroy"));
	terminal_send(terminal, "\033OBk");
	terminal_wait(terminal, "read-only");
	screen_quit();
}

static void test_actions_are_confirmed_by_name(void **state)
{
	(void)state;
	machine_cell(1, "rtos", "running", 3, 10);
	machine_cell(2, "\xe7\xb4\xb0", "running", 2, 10);
	screen_start("--writable");
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
	screen_quit();
}

static void test_tabs_are_of_targets(void **state)
{
	const char *const more[] = { "--target", "recorded:/nowhere-at-all",
				     NULL };

	(void)state;
	screen_start_sized(100, 30, NULL, more);
	/* one that cannot be opened is told, and there is no screen */
	assert_int_equal(WEXITSTATUS(terminal_wait_end(terminal)), 1);
	terminal_check_restored(terminal);
	terminal_free(terminal);
	screen_start("--target=local");
	terminal_wait(terminal, "2 local");
	terminal_send(terminal, "]");
	terminal_wait_gone(terminal, "R running");
	terminal_wait(terminal, "The driver is not loaded.");
	screen_click(4, 1);
	terminal_wait(terminal, "R running");
	screen_quit();
}

static void test_mouse_sorts_selects_and_presses_keys(void **state)
{
	unsigned int x, y;

	(void)state;
	machine_cell(1, "rtos", "running", 3, 10);
	screen_start(NULL);
	screen_find("EXIT/s", &x, &y);
	screen_click(x + 2, y);
	terminal_wait(terminal, "EXIT/s▼");
	screen_click(x + 2, y);
	terminal_wait(terminal, "EXIT/s▲");
	screen_find("rtos", &x, &y);
	screen_click(x, y);
	terminal_send(terminal, "d");
	terminal_wait(terminal, "Detail rtos");
	screen_find("Help", &x, &y);
	screen_click(x, y);
	terminal_wait(terminal, "the keys are htop's");
	screen_click(0, 0);
	terminal_wait_gone(terminal, "the keys are htop's");
	/* a broken report is nothing */
	terminal_send(terminal, "\033[<0;99999;-3M");
	screen_quit();
}

static void test_mouse_off_is_off(void **state)
{
	(void)state;
	screen_start("--no-mouse");
	assert_false(terminal_mouse(terminal));
	screen_quit();
	terminal_free(terminal);
	screen_start(NULL);
	assert_true(terminal_mouse(terminal));
	screen_quit();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		SCREEN_TEST(test_keys_tree_opens_to_counters),
		SCREEN_TEST(test_keys_filter_search_and_sort),
		SCREEN_TEST(test_keys_unknown_sequence_is_no_key),
		SCREEN_TEST(test_keys_help_tells_all),
		SCREEN_TEST(test_keys_setup_is_kept),
		SCREEN_TEST(test_budget_is_set_seen_and_taken_away),
		SCREEN_TEST(test_pane_shows_the_end_of_long_lines),
		SCREEN_TEST(test_options_are_not_kept),
		SCREEN_TEST(test_readonly_refuses_actions),
		SCREEN_TEST(test_actions_are_confirmed_by_name),
		SCREEN_TEST(test_tabs_are_of_targets),
		SCREEN_TEST(test_mouse_sorts_selects_and_presses_keys),
		SCREEN_TEST(test_mouse_off_is_off),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
