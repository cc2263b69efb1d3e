// SPDX-License-Identifier: GPL-2.0-or-later
#include "said.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmocka_all.h"
#include "fake_sysfs.h"
#include "tree.h"

static size_t new_text(const char *before, const char *after)
{
	return said_new_text(before, strlen(before), after, strlen(after));
}

static void test_new_text_behind_what_was_there(void **state)
{
	(void)state;
	assert_int_equal(new_text("", "abc"), 0);
	assert_int_equal(new_text("abc", "abc"), 3);
	assert_int_equal(new_text("abc", "abcdef"), 3);
	/* the ring dropped "a" */
	assert_int_equal(new_text("abc", "bcdef"), 2);
	/* nothing of it is left */
	assert_int_equal(new_text("abc", "xyz"), 0);
	assert_int_equal(new_text("abc", ""), 0);
}

static void test_new_text_prefers_the_longest_common_part(void **state)
{
	(void)state;
	assert_int_equal(new_text("ababab", "ababab"), 6);
	assert_int_equal(new_text("xabab", "ababc"), 4);
}

/* Runs one "request", during which @change happens; what is printed then. */
static void assert_printed(void (*change)(void), const char *expected)
{
	char text[8192] = "";
	struct said *said = said_begin();
	FILE *capture = tmpfile();
	int saved = dup(STDERR_FILENO);
	size_t size;

	assert_non_null(capture);
	change();
	fflush(stderr);
	dup2(fileno(capture), STDERR_FILENO);
	said_print(said);
	fflush(stderr);
	dup2(saved, STDERR_FILENO);
	close(saved);
	said_end(said);
	rewind(capture);
	size = fread(text, 1, sizeof(text) - 1, capture);
	text[size] = '\0';
	fclose(capture);
	assert_string_equal(text, expected);
}

#define CONSOLE "/sys/devices/jailhouse/console"

static void refuse(void)
{
	tree_write(CONSOLE, "old line\n\nRefused: cell \"x\": has no CPU\n");
}

static void test_print_new_lines_of_the_hypervisor(void **state)
{
	(void)state;
	fake_enabled(1);
	tree_write(CONSOLE, "old line\n");
	assert_printed(refuse, "hypervisor: Refused: cell \"x\": has no CPU\n");
}

static void flood(void)
{
	static char text[4096];

	for (int n = 0; n < 100; n++)
		sprintf(text + strlen(text), "line %d\n", n);
	tree_write(CONSOLE, text);
}

static void test_print_keeps_to_the_last_lines(void **state)
{
	char expected[2048] = "";

	(void)state;
	fake_enabled(1);
	tree_write(CONSOLE, "");
	for (int n = 76; n < 100; n++)
		sprintf(expected + strlen(expected), "hypervisor: line %d\n",
			n);
	assert_printed(flood, expected);
}

static void fail_enable(void)
{
	tree_write("/dev/jailhouse", "Refused: system: revision 3, not 14\n");
}

/* Nothing is enabled then; the device has the last text. */
static void test_print_last_text_of_a_failed_enable(void **state)
{
	(void)state;
	fake_enabled(0);
	assert_printed(fail_enable,
		       "hypervisor: Refused: system: revision 3, not 14\n");
}

#define OLD_RECORD "6,1,1000,-;jailhouse: old\n"

static void log_line(void)
{
	tree_append("/dev/kmsg",
		    "3,2,2000,-;jailhouse: Not a system configuration\n"
		    " SUBSYSTEM=x\n");
}

static void test_print_new_line_of_the_driver(void **state)
{
	(void)state;
	tree_write("/dev/kmsg", OLD_RECORD);
	assert_printed(log_line,
		       "kernel: jailhouse: Not a system configuration\n");
}

static void nothing(void)
{
}

static void test_print_without_any_log_is_silent(void **state)
{
	(void)state;
	assert_printed(nothing, "");
	said_print(NULL);
	said_end(NULL);
}

#define TREE_CASE(name)                                                        \
	cmocka_unit_test_setup_teardown(name, tree_setup, tree_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_new_text_behind_what_was_there),
		cmocka_unit_test(test_new_text_prefers_the_longest_common_part),
		TREE_CASE(test_print_new_lines_of_the_hypervisor),
		TREE_CASE(test_print_keeps_to_the_last_lines),
		TREE_CASE(test_print_last_text_of_a_failed_enable),
		TREE_CASE(test_print_new_line_of_the_driver),
		TREE_CASE(test_print_without_any_log_is_silent),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
