// SPDX-License-Identifier: GPL-2.0-or-later
/* Lines of a console, made of what a hostile cell writes. */
#include "cmocka_all.h"

#include <string.h>

#include "model/console_buffer.h"

#define NOON 1795262400000LL
#define SIGN "\xef\xbf\xbd" /* U+FFFD */

static void add(JhwConsoleBuffer *buffer, const char *text)
{
	jhw_console_buffer_add(buffer, text, strlen(text), NOON);
}

static const char *text_of(JhwConsoleBuffer *buffer, guint64 serial)
{
	const JhwConsoleLine *line = jhw_console_buffer_line(buffer, serial);

	assert_non_null(line);
	return line->text;
}

/* What becomes of one line. */
static void assert_line(const char *bytes, gsize size, const char *expected)
{
	g_autoptr(JhwConsoleBuffer) whole = jhw_console_buffer_new(10);
	g_autoptr(JhwConsoleBuffer) parts = jhw_console_buffer_new(10);

	jhw_console_buffer_add(whole, bytes, size, NOON);
	assert_string_equal(text_of(whole, 1), expected);
	/* however it is cut */
	for (gsize n = 0; n < size; n++)
		jhw_console_buffer_add(parts, bytes + n, 1, NOON);
	assert_string_equal(text_of(parts, 1), expected);
	assert_int_equal(jhw_console_buffer_end(parts), jhw_console_buffer_end(whole));
}

static void test_lines_are_cut_at_newlines(void **state)
{
	g_autoptr(JhwConsoleBuffer) buffer = jhw_console_buffer_new(10);

	(void)state;
	add(buffer, "Hello 1 fr");
	assert_int_equal(jhw_console_buffer_end(buffer), 2);
	assert_false(jhw_console_buffer_line(buffer, 1)->complete);
	add(buffer, "om cell!\r\nlogin: ");
	assert_string_equal(text_of(buffer, 1), "Hello 1 from cell!");
	assert_true(jhw_console_buffer_line(buffer, 1)->complete);
	assert_int_equal(jhw_console_buffer_line(buffer, 1)->time_ms, NOON);
	/* a prompt is seen at once */
	assert_string_equal(text_of(buffer, 2), "login: ");
	assert_null(jhw_console_buffer_line(buffer, 3));
}

static void test_bytes_become_harmless(void **state)
{
	static const struct {
		const char *bytes, *text;
	} cases[] = {
		{ "plain", "plain" },
		{ "gr\xc3\xbc\xc3\x9f", "gr\xc3\xbc\xc3\x9f" },
		{ "\x1b[1;31mred\x1b[0m", "red" },
		{ "a\x1b[2Jb\x1b[10;10Hc", "abc" },
		{ "a\tb", "a       b" },
		{ "ab\b\bX", "X" },
		{ "\b\b\bX", "X" },
		{ "a\rb", "a\xe2\x90\x8d"
			  "b" },
		{ "a\r\r\n", "a" },
		{ "a\x07"
		  "b\x7f",
		  "a\xe2\x90\x87"
		  "b\xe2\x90\xa1" },
		/* titles of windows, answers that a terminal would type */
		{ "\x1b]0;evil\x07", "\xe2\x90\x9b]0;evil\xe2\x90\x87" },
		{ "\x1b"
		  "cX",
		  "\xe2\x90\x9b"
		  "cX" },
		/* no UTF-8: too long, surrogates, cut off, alone */
		{ "\xc0\xaf"
		  "x",
		  SIGN SIGN "x" },
		{ "\xed\xa0\x80"
		  "x",
		  SIGN SIGN SIGN "x" },
		{ "\xe2\x82"
		  "x",
		  SIGN SIGN "x" },
		{ "\xff"
		  "x",
		  SIGN "x" },
		/* that turn the direction, end a paragraph, have no width */
		{ "a\xe2\x80\xae"
		  "b",
		  "a" SIGN "b" },
		{ "a\xe2\x80\xa9"
		  "b",
		  "a" SIGN "b" },
		{ "a\xe2\x80\x8b"
		  "b",
		  "a" SIGN "b" },
		{ "a\xc2\x85"
		  "b",
		  "a" SIGN "b" },
		/* that pile up */
		{ "e\xcc\x81\xcc\x81\xcc\x81\xcc\x81x", "e\xcc\x81\xcc\x81" SIGN SIGN "x" },
	};

	(void)state;
	for (guint n = 0; n < G_N_ELEMENTS(cases); n++)
		assert_line(cases[n].bytes, strlen(cases[n].bytes), cases[n].text);
	assert_line("a\0b", 3,
		    "a\xe2\x90\x80"
		    "b");
}

static void test_a_sequence_without_end_hides_nothing_for_long(void **state)
{
	g_autoptr(JhwConsoleBuffer) buffer = jhw_console_buffer_new(10);

	(void)state;
	add(buffer, "\x1b[");
	for (guint n = 0; n < 100; n++)
		add(buffer, ";");
	add(buffer, "still here");
	assert_non_null(strstr(text_of(buffer, 1), "still here"));
}

static void test_a_newline_ends_what_it_interrupts(void **state)
{
	g_autoptr(JhwConsoleBuffer) buffer = jhw_console_buffer_new(10);

	(void)state;
	add(buffer, "\x1b[12\nnext\n\xe2\x82\nlast\n");
	assert_string_equal(text_of(buffer, 2), "next");
	assert_string_equal(text_of(buffer, 3), SIGN SIGN);
	assert_string_equal(text_of(buffer, 4), "last");
}

static void test_a_line_without_end_is_cut(void **state)
{
	g_autoptr(JhwConsoleBuffer) buffer = jhw_console_buffer_new(10);

	(void)state;
	for (guint n = 0; n < JHW_CONSOLE_MAX_LINE * 2 + 7; n++)
		add(buffer, "x");
	assert_int_equal(jhw_console_buffer_end(buffer), 4);
	assert_int_equal(strlen(text_of(buffer, 1)), JHW_CONSOLE_MAX_LINE);
	assert_int_equal(strlen(text_of(buffer, 3)), 7);
}

static void test_a_flood_keeps_the_last_lines(void **state)
{
	g_autoptr(JhwConsoleBuffer) buffer = jhw_console_buffer_new(100);

	(void)state;
	for (guint n = 1; n <= 100000; n++) {
		g_autofree char *line = g_strdup_printf("line %u\n", n);

		add(buffer, line);
	}
	assert_int_equal(jhw_console_buffer_first(buffer), 100001 - 100);
	assert_int_equal(jhw_console_buffer_end(buffer), 100001);
	assert_string_equal(text_of(buffer, 100000), "line 100000");
	assert_null(jhw_console_buffer_line(buffer, 99900));
}

static void test_random_bytes_are_always_text(void **state)
{
	g_autoptr(JhwConsoleBuffer) buffer = jhw_console_buffer_new(500);
	g_autoptr(GRand) rand = g_rand_new_with_seed(7);

	(void)state;
	for (guint n = 0; n < 200000; n++) {
		static const char biased[] = "\x1b[;m\r\n\b\xe2\x80\xcc";
		guint32 random = g_rand_int(rand);
		char byte = random & 1 ? (char)(random >> 8)
				       : biased[(random >> 8) % (sizeof(biased) - 1)];

		jhw_console_buffer_add(buffer, &byte, 1, NOON);
	}
	for (guint64 n = jhw_console_buffer_first(buffer); n < jhw_console_buffer_end(buffer);
	     n++) {
		const char *text = text_of(buffer, n);

		assert_true(g_utf8_validate(text, -1, NULL));
		assert_true(g_utf8_strlen(text, -1) <= JHW_CONSOLE_MAX_LINE + 8);
		for (; *text; text = g_utf8_next_char(text))
			assert_true(g_unichar_isprint(g_utf8_get_char(text)));
	}
}

/* --- telling what is new ------------------------------------------------------ */

static void test_only_changed_lines_are_told(void **state)
{
	g_autoptr(JhwConsoleBuffer) buffer = jhw_console_buffer_new(10);
	const guint64 address = 0xff000030;

	(void)state;
	assert_int_equal(jhw_console_buffer_take_changed(buffer), 1);
	add(buffer, "one\ntwo\nthr");
	assert_int_equal(jhw_console_buffer_take_changed(buffer), 1);
	assert_int_equal(jhw_console_buffer_take_changed(buffer), 4);
	add(buffer, "ee\nfour\n");
	assert_int_equal(jhw_console_buffer_take_changed(buffer), 3);
	jhw_console_buffer_explain(buffer, 2, "UART0 of root", &address);
	assert_int_equal(jhw_console_buffer_take_changed(buffer), 2);
	assert_int_equal(jhw_console_buffer_line(buffer, 2)->address, address);
	/* lines that are gone are no matter */
	jhw_console_buffer_explain(buffer, 100, "nothing", NULL);
	assert_int_equal(jhw_console_buffer_take_changed(buffer), 5);
}

static void test_notes_stand_alone(void **state)
{
	g_autoptr(JhwConsoleBuffer) buffer = jhw_console_buffer_new(10);

	(void)state;
	add(buffer, "half a li");
	jhw_console_buffer_note(buffer, NOON + 1, "connection lost");
	add(buffer, "new");
	assert_string_equal(text_of(buffer, 1), "half a li");
	assert_int_equal(jhw_console_buffer_line(buffer, 2)->kind, JHW_CONSOLE_NOTE);
	assert_string_equal(text_of(buffer, 3), "new");
}

static void ended(G_GNUC_UNUSED JhwConsoleBuffer *buffer, JhwConsoleLine *line, gpointer data)
{
	if (strstr(line->text, "Unhandled"))
		line->kind = JHW_CONSOLE_FAULT;
	g_string_append_printf(data, "%s|", line->text);
}

static void test_ends_of_lines_are_told_once(void **state)
{
	g_autoptr(JhwConsoleBuffer) buffer = jhw_console_buffer_new(2);
	g_autoptr(GString) seen = g_string_new(NULL);

	(void)state;
	jhw_console_buffer_on_line(buffer, ended, seen);
	add(buffer, "a\nb\nUnhandled data write\nopen");
	assert_string_equal(seen->str, "a|b|Unhandled data write|");
	assert_int_equal(jhw_console_buffer_line(buffer, 3)->kind, JHW_CONSOLE_FAULT);
}

static void test_clear_leaves_nothing(void **state)
{
	g_autoptr(JhwConsoleBuffer) buffer = jhw_console_buffer_new(10);

	(void)state;
	add(buffer, "one\n\xe2");
	jhw_console_buffer_clear(buffer);
	assert_int_equal(jhw_console_buffer_first(buffer), jhw_console_buffer_end(buffer));
	add(buffer, "two\n");
	assert_string_equal(text_of(buffer, jhw_console_buffer_first(buffer)), "two");
}

/* --- search ------------------------------------------------------------------- */

static void test_search_goes_around(void **state)
{
	g_autoptr(JhwConsoleBuffer) buffer = jhw_console_buffer_new(4);
	gsize size;

	(void)state;
	assert_int_equal(jhw_console_buffer_search(buffer, "x", 1, FALSE), 0);
	add(buffer, "gone\nStarted\nhello\nstarted again\n\xc3\x84pfel\n");
	assert_int_equal(jhw_console_buffer_search(buffer, "STARTED", 2, FALSE), 4);
	assert_int_equal(jhw_console_buffer_search(buffer, "started", 4, FALSE), 2);
	assert_int_equal(jhw_console_buffer_search(buffer, "started", 2, TRUE), 4);
	assert_int_equal(jhw_console_buffer_search(buffer, "started", 4, TRUE), 2);
	assert_int_equal(jhw_console_buffer_search(buffer, "hello", 3, FALSE), 3);
	assert_int_equal(jhw_console_buffer_search(buffer, "gone", 1, FALSE), 0);
	assert_int_equal(jhw_console_buffer_search(buffer, "\xc3\xa4PF", 1, FALSE), 5);
	assert_int_equal(jhw_console_buffer_search(buffer, "", 1, FALSE), 0);
	jhw_console_find("ab\xc3\x84"
			 "b",
			 "\xc3\xa4", &size);
	assert_int_equal(size, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lines_are_cut_at_newlines),
		cmocka_unit_test(test_bytes_become_harmless),
		cmocka_unit_test(test_a_sequence_without_end_hides_nothing_for_long),
		cmocka_unit_test(test_a_newline_ends_what_it_interrupts),
		cmocka_unit_test(test_a_line_without_end_is_cut),
		cmocka_unit_test(test_a_flood_keeps_the_last_lines),
		cmocka_unit_test(test_random_bytes_are_always_text),
		cmocka_unit_test(test_only_changed_lines_are_told),
		cmocka_unit_test(test_notes_stand_alone),
		cmocka_unit_test(test_ends_of_lines_are_told_once),
		cmocka_unit_test(test_clear_leaves_nothing),
		cmocka_unit_test(test_search_goes_around),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
