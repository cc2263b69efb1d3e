// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Whole screens of a recorded crash, as text and as looks. After a change that
 * is meant: JH_TOP_GOLDEN=write, and look at what git says has changed.
 */
#include "cmocka_all.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include <jhcfg/file.h>

#include "terminal.h"

static const struct golden {
	const char *name; /* of its file */
	unsigned int width, height;
	const char *colors;
	const char *keys;  /* after it stands at SEEK */
	const char *shows; /* what they bring */
	const char *term;
	const char *recording; /* NULL: "crash.jsonl" */
} goldens[] = {
	{ "80x24-mono", 80, 24, "mono", "", "F failed", NULL, NULL },
	{ "80x24-256", 80, 24, "256", "", "F failed", NULL, NULL },
	/* libvterm knows true colours as this terminal writes them */
	{ "80x24-true", 80, 24, "true", "", "F failed", "vte-256color", NULL },
	{ "40x10-mono", 40, 10, "mono", "", "CPU", NULL, NULL },
	{ "40x10-256", 40, 10, "256", "", "CPU", NULL, NULL },
	{ "200x60-mono", 200, 60, "mono", "ldi", "Detail", NULL, NULL },
	{ "200x60-256", 200, 60, "256", "ldi", "Detail", NULL, NULL },
	{ "80x24-tree", 80, 24, "mono", "t", "CPU 0", NULL, NULL },
	{ "80x24-help", 80, 24, "mono", "?", "the keys are htop's", NULL,
	  NULL },
	{ "80x24-setup", 80, 24, "mono", "S", "Setup:", NULL, NULL },
	/* what a board said when a cell wrote to the root's UART */
	{ "80x24-board", 80, 24, "mono", "", "F failed", NULL, "board.jsonl" },
	{ "200x60-board", 200, 60, "256", "ldi", "Parking CPU 3", NULL,
	  "board.jsonl" },
};

/* Tens of seconds to where the cell has failed, and where that is. */
#define SEEK	   ")))"
#define SEEK_ENDS  "00:30/"
#define BOARD_ENDS "00:22/" /* before that */

static struct terminal *terminal;

static int tear_down(void **state)
{
	(void)state;
	terminal_free(terminal);
	terminal = NULL;
	return 0;
}

static const char *fixture(const char *name)
{
	static char path[512];

	snprintf(path, sizeof(path), "%s/%s", getenv("JH_TOP_FIXTURES"), name);
	return path;
}

/* Plays the recording, and stops right where its cell has failed. */
static void start(const struct golden *golden)
{
	char replay[512], settings[] = "/dev/null";
	const char *const argv[] = { getenv("JH_TOP"), "--replay", replay,
				     "--settings",     settings,   "--color",
				     golden->colors,   NULL };
	const struct terminal_options options = { .width = golden->width,
						  .height = golden->height,
						  .term = golden->term,
						  .argv = argv };

	snprintf(
		replay, sizeof(replay), "%s",
		fixture(golden->recording ? golden->recording : "crash.jsonl"));
	terminal = terminal_start(&options);
	terminal_wait(terminal, "00:0");
	terminal_send(terminal, "Z");
	terminal_wait(terminal, "paused");
	terminal_send(terminal, "((((("); /* wherever it stands */
	terminal_wait(terminal, "00:00/");
	terminal_send(terminal, SEEK);
	terminal_wait(terminal, golden->recording ? BOARD_ENDS : SEEK_ENDS);
	terminal_send(terminal, golden->keys);
	terminal_wait(terminal, golden->shows);
	terminal_settle(terminal, 200);
}

static char *look(void)
{
	char *text = strdup(terminal_text(terminal)), *seen;

	assert_true(asprintf(&seen, "%s\n%s", text, terminal_looks(terminal)) >
		    0);
	free(text);
	return seen;
}

/* What is shown when all of it is. */
static char *look_for(const char *expected)
{
	char *seen = look();

	for (int n = 0; n < 100 && strcmp(seen, expected); n++) {
		free(seen);
		terminal_settle(terminal, 200);
		seen = look();
	}
	return seen;
}

static void check(const struct golden *golden)
{
	char name[64], *seen;
	void *expected;
	size_t size;

	start(golden);
	snprintf(name, sizeof(name), "screens/%s.txt", golden->name);
	if (getenv("JH_TOP_GOLDEN")) {
		seen = look();
		jhcfg_file_write(fixture(name), seen, strlen(seen));
		free(seen);
	}
	assert_int_equal(
		jhcfg_file_read(fixture(name), 1 << 20, &expected, &size), 0);
	seen = look_for(expected);
	if (strcmp(seen, expected))
		fprintf(stderr, "%s: seen\n%s\nexpected\n%s\n", golden->name,
			seen, (char *)expected);
	assert_string_equal(seen, expected);
	free(expected);
	free(seen);
	terminal_send(terminal, "\033q");
	terminal_send(terminal, "q");
	terminal_wait_end(terminal);
	tear_down(NULL);
}

static void test_screens_of_a_crash_are_as_they_were(void **state)
{
	(void)state;
	for (size_t n = 0; n < sizeof(goldens) / sizeof(goldens[0]); n++)
		check(&goldens[n]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(
			test_screens_of_a_crash_are_as_they_were, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
