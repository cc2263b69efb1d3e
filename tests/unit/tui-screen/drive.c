// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * drive WIDTHxHEIGHT PROGRAM [ARGUMENT...]: a terminal for scripts. Runs the
 * program in it, and reads what to do from its standard input:
 *
 *	wait TEXT	until that is on the screen, or for 120 s
 *	gone TEXT	until it is not
 *	keys KEYS	types them; \e is Escape, \n Enter
 *	size W H	another size
 *	show		prints the screen
 *	bytes		prints how much the program has written
 *	end		until the program has ended
 *
 * Each ends with a line "ok", or "no" behind the screen that there is instead,
 * and then the program ends with 1.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmocka_all.h"

#include "terminal.h"

static struct terminal *terminal;

static void drive_wait(const char *text)
{
	terminal_wait(terminal, text);
}

static void drive_gone(const char *text)
{
	terminal_wait_gone(terminal, text);
}

static void drive_keys(const char *text)
{
	char keys[512];
	size_t used = 0;

	for (; *text && used < sizeof(keys) - 1; text++) {
		keys[used] = *text;
		if (text[0] == '\\' && (text[1] == 'e' || text[1] == 'n')) {
			text++;
			keys[used] = *text == 'e' ? '\033' : '\n';
		}
		used++;
	}
	keys[used] = '\0';
	terminal_send(terminal, keys);
}

static void drive_size(const char *text)
{
	unsigned int width, height;

	assert_int_equal(sscanf(text, "%4u %4u", &width, &height), 2);
	terminal_resize(terminal, width, height);
}

static void drive_show(const char *text)
{
	(void)text;
	terminal_settle(terminal, 500);
	fputs(terminal_text(terminal), stdout);
}

static void drive_bytes(const char *text)
{
	(void)text;
	terminal_settle(terminal, 200);
	printf("%zu\n", terminal_bytes(terminal));
}

static void drive_end(const char *text)
{
	(void)text;
	terminal_wait_end(terminal);
	terminal_check_restored(terminal);
}

static const struct word {
	const char *word;
	void (*run)(const char *text);
} words[] = {
	{ "wait", drive_wait }, { "gone", drive_gone },
	{ "keys", drive_keys }, { "size", drive_size },
	{ "show", drive_show }, { "bytes", drive_bytes },
	{ "end", drive_end },
};

static void run_line(char *line)
{
	char *text = line + strcspn(line, " ");

	if (*text)
		*text++ = '\0';
	for (size_t n = 0; n < sizeof(words) / sizeof(words[0]); n++) {
		if (strcmp(words[n].word, line))
			continue;
		words[n].run(text);
		puts("ok");
		fflush(stdout);
		return;
	}
	fail_msg("drive: \"%s\" is no word of it", line);
}

static char **arguments;

/* A test as far as CMocka is concerned, so that assertions end it. */
static void run(void **state)
{
	struct terminal_options options = {
		.argv = (const char *const *)(arguments + 2),
		.limit_ms = 120000,
	};
	char line[1024];

	(void)state;
	assert_int_equal(sscanf(arguments[1], "%4ux%4u", &options.width,
				&options.height),
			 2);
	terminal = terminal_start(&options);
	while (fgets(line, sizeof(line), stdin)) {
		line[strcspn(line, "\n")] = '\0';
		run_line(line);
	}
}

static int tear_down(void **state)
{
	(void)state;
	terminal_free(terminal);
	return 0;
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(run, tear_down),
	};
	int failed;

	if (argc < 3) {
		fputs("usage: drive WIDTHxHEIGHT PROGRAM [ARGUMENT...]\n",
		      stderr);
		return 2;
	}
	arguments = argv;
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	if (failed)
		puts("no");
	return !!failed;
}
