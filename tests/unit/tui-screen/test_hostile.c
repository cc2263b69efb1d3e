// SPDX-License-Identifier: GPL-2.0-or-later
/* jh-top in a terminal: machines that lie. */
#include "screen_test.h"

#include <string.h>

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
	screen_start(NULL);
	terminal_wait(terminal, "\xe7\xb4\xb0\xe8\x83\x9e");
	terminal_wait(terminal, "F1Help");
	terminal_wait(terminal, "jh-top");
	/* what is behind the wide name stands where it does elsewhere */
	terminal_send(terminal, "l");
	terminal_wait(terminal, "Console");
	screen_quit();
}

static void test_hostile_files_do_not_stop_it(void **state)
{
	static char huge[300000];

	(void)state;
	screen_start(NULL);
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
	screen_quit();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		SCREEN_TEST(test_hostile_names_are_shown_harmlessly),
		SCREEN_TEST(test_hostile_files_do_not_stop_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
