// SPDX-License-Identifier: GPL-2.0-or-later
/* Lists in the columns of reports, which end in "..." where they are full. */
#include <cmocka_all.h>
#include <string.h>

#include "emit/report.h"

#define GUARD 0x5a

struct guarded {
	char text[REPORT_TEXT_SIZE];
	unsigned char guard[16];
};

static void assert_in_bounds(const struct guarded *guarded)
{
	assert_non_null(memchr(guarded->text, 0, sizeof(guarded->text)));
	for (size_t n = 0; n < sizeof(guarded->guard); n++)
		assert_int_equal(guarded->guard[n], GUARD);
}

/* A list of two, of which the first is as long as it is said; then more. */
static void append_behind(size_t length)
{
	char word[REPORT_TEXT_SIZE];
	struct guarded guarded = { .text = "a" };

	memset(guarded.guard, GUARD, sizeof(guarded.guard));
	memset(word, 'x', length);
	word[length] = 0;
	report_append(guarded.text, word);
	assert_in_bounds(&guarded);
	for (int n = 0; n < 3; n++) {
		report_append(guarded.text, "eth0");
		assert_in_bounds(&guarded);
	}
}

static void test_report_lists_of_any_length_stay_in_their_column(void **state)
{
	(void)state;
	for (size_t length = 0; length < REPORT_TEXT_SIZE; length++)
		append_behind(length);
}

static void test_report_list_behind_a_full_text_is_cut(void **state)
{
	struct guarded guarded;

	(void)state;
	memset(guarded.guard, GUARD, sizeof(guarded.guard));
	memset(guarded.text, 'x', sizeof(guarded.text));
	guarded.text[sizeof(guarded.text) - 1] = 0;
	report_append(guarded.text, "eth0");
	assert_in_bounds(&guarded);
	assert_string_equal(guarded.text + strlen(guarded.text) - 5, ", ...");
}

static void test_report_list_says_once_that_it_is_full(void **state)
{
	char text[REPORT_TEXT_SIZE] = "";

	(void)state;
	for (int n = 0; n < 1000; n++)
		report_append(text, "eth0");
	assert_non_null(strstr(text, "eth0, eth0, "));
	assert_string_equal(strstr(text, "..."), "...");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			test_report_lists_of_any_length_stay_in_their_column),
		cmocka_unit_test(test_report_list_behind_a_full_text_is_cut),
		cmocka_unit_test(test_report_list_says_once_that_it_is_full),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
