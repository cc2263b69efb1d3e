// SPDX-License-Identifier: GPL-2.0-or-later
/* Questions in little room: their verb and their answer are always seen. */
#include "cmocka_all.h"

#include <locale.h>
#include <string.h>

#include "screen/question.h"
#include "screen/text.h"

#define COUNT(parts) (sizeof(parts) / sizeof((parts)[0]))

static char text[1024];

static int set_up(void **state)
{
	(void)state;
	return setlocale(LC_CTYPE, "C.UTF-8") ? 0 : -1;
}

static const char *create(const char *path, unsigned int room)
{
	const struct tui_question_part parts[] = {
		{ "Create", TUI_CUT_NEVER, 0 },
		{ " the cell of", TUI_CUT_NEVER, 2 },
		{ " ", TUI_CUT_NEVER, 0 },
		{ path, TUI_CUT_MIDDLE, 0 },
		{ NULL, TUI_CUT_NEVER, 0 },
		{ "? ", TUI_CUT_NEVER, 0 },
		{ "(", TUI_CUT_NEVER, 3 },
		{ "y/N", TUI_CUT_NEVER, 0 },
		{ ")", TUI_CUT_NEVER, 3 },
	};

	tui_question_fit(parts, COUNT(parts), room, false, text, sizeof(text));
	return text;
}

static const char *end(const char *names, const char *expected,
		       unsigned int room)
{
	const struct tui_question_part parts[] = {
		{ "Shut down", TUI_CUT_NEVER, 0 },
		{ " ", TUI_CUT_NEVER, 2 },
		{ names, TUI_CUT_END, 2 },
		{ "? ", TUI_CUT_NEVER, 0 },
		{ "(", TUI_CUT_NEVER, 3 },
		{ "type ", TUI_CUT_NEVER, 0 },
		{ expected, TUI_CUT_MIDDLE, 0 },
		{ " to confirm", TUI_CUT_NEVER, 3 },
		{ ")", TUI_CUT_NEVER, 3 },
	};

	tui_question_fit(parts, COUNT(parts), room, false, text, sizeof(text));
	return text;
}

static void test_question_that_fits_is_whole(void **state)
{
	(void)state;
	assert_string_equal(create("/a.cell", 34),
			    "Create the cell of /a.cell? (y/N)");
	assert_string_equal(end("\"rtos\"", "rtos", 100),
			    "Shut down \"rtos\"? (type rtos to confirm)");
}

static void test_question_path_gives_way_in_its_middle(void **state)
{
	static const char path[] = "/robot/arms/rtos/build/test-logs/"
				   "jh-top-actions/inmate-demo.cell";

	(void)state;
	assert_string_equal(create(path, 64),
			    "Create the cell of /robot/arms/…"
			    "-actions/inmate-demo.cell? (y/N)");
}

static void test_question_what_can_go_goes_first_to_last(void **state)
{
	static const char path[] = "/robot/arms/rtos/inmate-demo.cell";

	(void)state;
	assert_string_equal(create(path, 36),
			    "Create the cell of /ro…o.cell? (y/N)");
	assert_string_equal(create(path, 34),
			    "Create the cell of /ro…o.cell? y/N");
	assert_string_equal(create(path, 25), "Create /rob…emo.cell? y/N");
	assert_string_equal(end("\"inmate-demo\"", "inmate-demo", 41),
			    "Shut down \"inmate-demo\"? type inmate-demo");
	assert_string_equal(end("\"inmate-demo\"", "inmate-demo", 28),
			    "Shut down? type inmate-demo");
	assert_string_equal(end("\"inmate-demo\"", "inmate-demo", 20),
			    "Shut down? type i…mo");
}

/* What is asked of every question: in any room from 14 columns on (a screen of
 * 20) the verb is at its begin, the answer at its end, and nothing is wider
 * than the room. */
static void check(const char *question, unsigned int room, const char *verb,
		  const char *answer, const char *last)
{
	size_t length = strlen(question);

	assert_true(tui_text_width(question, false) <= room);
	assert_memory_equal(question, verb, strlen(verb));
	assert_non_null(strstr(question, answer));
	assert_true(length > strlen(last));
	if (question[length - 1] == ')')
		return;
	assert_string_equal(question + length - strlen(last), last);
}

static void test_question_verb_and_answer_are_always_seen(void **state)
{
	static const char *const names[] = {
		"",
		"x",
		"/root/demo.cell",
		"/robot/arms/rtos/build/test-logs/jh-top-actions/demo.cell",
		"/細胞/細胞/細胞/細胞/細胞/細胞/細胞/細胞/細胞/細胞/細胞.cell",
		"\033[2J\xe7\xb4\n\xff\x80\x80\x80 e\u0301\u0301 \u202e\200",
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"a"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"a"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"a",
	};

	(void)state;
	for (size_t n = 0; n < COUNT(names); n++) {
		for (unsigned int room = 13; room < 320; room++)
			check(create(names[n], room), room, "Create", "? ",
			      "y/N");
		for (unsigned int room = 18; room < 320; room++)
			check(end(names[n], "32", room), room, "Shut down",
			      "? ", "type 32");
	}
}

static void test_question_in_no_room_stays_in_it(void **state)
{
	(void)state;
	for (unsigned int room = 0; room < 20; room++) {
		create("/root/demo.cell", room);
		assert_true(tui_text_width(text, false) <= room);
		end("\"細胞\"", "細胞", room);
		assert_true(tui_text_width(text, false) <= room);
	}
}

/* The text is as long as its memory at most, and ends with a whole sign. */
static void test_question_in_little_memory_stays_in_it(void **state)
{
	const struct tui_question_part part = { "細胞細胞細胞", TUI_CUT_MIDDLE,
						0 };
	char little[12];

	(void)state;
	for (size_t size = 1; size <= sizeof(little); size++) {
		memset(little, 'x', sizeof(little));
		tui_question_fit(&part, 1, 7, false, little, size);
		assert_true(strlen(little) < size);
	}
	assert_string_equal(little, "細…細");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_question_that_fits_is_whole),
		cmocka_unit_test(test_question_path_gives_way_in_its_middle),
		cmocka_unit_test(test_question_what_can_go_goes_first_to_last),
		cmocka_unit_test(test_question_verb_and_answer_are_always_seen),
		cmocka_unit_test(test_question_in_no_room_stays_in_it),
		cmocka_unit_test(test_question_in_little_memory_stays_in_it),
	};

	return cmocka_run_group_tests(tests, set_up, NULL);
}
