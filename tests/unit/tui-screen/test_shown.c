// SPDX-License-Identifier: GPL-2.0-or-later
/* jh-top in a terminal: what its users see. */
#include "screen_test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SERIAL_LIMIT 2048 /* bytes a refresh, on a serial line */

static void test_cells_come_fail_and_go(void **state)
{
	(void)state;
	screen_start(NULL);
	machine_cell(1, "rtos", "running", 3, 10);
	terminal_wait(terminal, "rtos");
	terminal_wait(terminal, "cell \"rtos\" was created");
	machine_cell(1, "rtos", "failed", 3, 10);
	terminal_wait(terminal, "F failed");
	terminal_wait(terminal, "a!"); /* told without a colour, too */
	machine_delete("cells/1");
	terminal_wait_gone(terminal, "F failed");
	terminal_wait(terminal, "cell \"rtos\" was destroyed");
	screen_quit();
}

static void test_driver_absent_says_what_to_do(void **state)
{
	(void)state;
	machine_delete("");
	screen_start_sized(80, 24, NULL, NULL);
	terminal_wait(terminal, "The driver is not loaded.");
	terminal_wait(terminal, "modprobe jailhouse");
	machine_put("enabled", "0\n");
	terminal_wait(terminal, "The hypervisor is disabled.");
	terminal_wait(terminal, "jailhouse enable");
	machine_put("enabled", "1\n");
	machine_cell(0, "board", "running", 0, 1000);
	terminal_wait(terminal, "hypervisor enabled");
	screen_quit();
}

static void test_budget_exceeded_is_seen(void **state)
{
	unsigned int exits = 10;
	bool seen = false;

	(void)state;
	machine_cell(1, "rtos", "running", 3, exits);
	screen_start("--budget=rtos: 0/s");
	terminal_wait(terminal, "0/s");
	/* it goes on to exit until that is told */
	for (int n = 0; n < 3000 && !seen; n++) {
		machine_cell(1, "rtos", "running", 3, ++exits);
		terminal_settle(terminal, 30);
		seen = terminal_shows(terminal, "0/s!");
	}
	assert_true(seen);
	terminal_wait(terminal, "exit budget");
	screen_quit();
}

/* Waits for a refresh and returns what it cost. */
static size_t refresh_bytes(unsigned int exits)
{
	size_t before = terminal_bytes(terminal);

	machine_cell(1, "rtos", "running", 3, exits);
	for (int n = 0; n < 400 && terminal_bytes(terminal) == before; n++)
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
	screen_start(NULL);
	terminal_settle(terminal, 300);
	for (unsigned int n = 1; n < 6; n++)
		assert_in_range(refresh_bytes(n * 10), 1, SERIAL_LIMIT);
	screen_quit();
}

/* The screen without its first line, which tells recordings. */
static char *body(void)
{
	return strdup(strchr(terminal_text(terminal), '\n') + 1);
}

static void test_replay_of_a_crash_shows_what_live_showed(void **state)
{
	char record[256], *live, *replayed;
	const char *argv[] = { getenv("JH_TOP"), "--replay", record, NULL };
	const char *const env[] = { screen_config, NULL };
	const struct terminal_options options = {
		.width = 100, .height = 30, .env = env, .argv = argv
	};
	const char *more[] = { "--readonly", "--record", record, NULL };

	(void)state;
	snprintf(record, sizeof(record), "%s", machine_path("crash.jsonl"));
	machine_cell(1, "rtos", "running", 3, 10);
	screen_start_sized(100, 30, NULL, more);
	terminal_wait(terminal, "rtos");
	machine_put("console",
		    "Started cell \"rtos\"\nFATAL: unhandled trap\n");
	machine_cell(1, "rtos", "failed", 3, 12);
	terminal_wait(terminal, "F failed");
	terminal_send(terminal, "l");
	terminal_wait(terminal, "FATAL: unhandled trap");
	terminal_send(terminal, "Z");
	terminal_wait(terminal, "paused");
	terminal_settle(terminal, 1000);
	live = body();
	screen_quit();
	terminal_free(terminal);

	terminal = terminal_start(&options);
	terminal_wait(terminal, "replay");
	terminal_wait(terminal, "paused"); /* at its end */
	terminal_wait(terminal, "FATAL: unhandled trap");
	replayed = body();
	for (int n = 0; n < 100 && strcmp(live, replayed); n++) {
		free(replayed);
		terminal_settle(terminal, 150);
		replayed = body();
	}
	if (strcmp(live, replayed))
		fprintf(stderr, "live:\n%s\nreplayed:\n%s\n", live, replayed);
	assert_string_equal(live, replayed);
	free(live);
	free(replayed);
	screen_quit();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		SCREEN_TEST(test_cells_come_fail_and_go),
		SCREEN_TEST(test_driver_absent_says_what_to_do),
		SCREEN_TEST(test_budget_exceeded_is_seen),
		SCREEN_TEST(test_bytes_of_a_refresh_suit_a_serial_line),
		SCREEN_TEST(test_replay_of_a_crash_shows_what_live_showed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
