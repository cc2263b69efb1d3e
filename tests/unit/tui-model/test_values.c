// SPDX-License-Identifier: GPL-2.0-or-later
/* Counters, texts, budgets, numbers for people. */
#include "cmocka_all.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "model/column.h"
#include "model/store.h"

/* --- counters ------------------------------------------------------------- */

static void test_counter_first_value_has_no_rate(void **state)
{
	struct tui_counter counter = TUI_NO_COUNTER;

	(void)state;
	tui_counter_set(&counter, 500, 1000);
	assert_int_equal(counter.total, 500);
	assert_int_equal(counter.rate_milli, TUI_NO_VALUE);
	assert_int_equal(counter.peak_milli, TUI_NO_VALUE);
}

static void test_counter_rate_is_of_time_that_passed(void **state)
{
	struct tui_counter counter = TUI_NO_COUNTER;

	(void)state;
	tui_counter_set(&counter, 0, 1000);
	tui_counter_set(&counter, 100, 2000);
	assert_int_equal(counter.rate_milli, 50000);
	tui_counter_set(&counter, 101, 1000);
	assert_int_equal(counter.rate_milli, 1000);
	assert_int_equal(counter.peak_milli, 50000);
}

static void test_counter_one_in_a_long_time_is_not_none(void **state)
{
	struct tui_counter counter = { 0, 0, 0 };

	(void)state;
	tui_counter_set(&counter, 1, 86400000);
	assert_int_equal(counter.rate_milli, 1);
}

static void test_counter_that_went_back_has_no_rate(void **state)
{
	struct tui_counter counter = { 1000, 0, 7 };

	(void)state;
	tui_counter_set(&counter, 10, 1000);
	assert_int_equal(counter.rate_milli, TUI_NO_VALUE);
	assert_int_equal(counter.peak_milli, 7);
	tui_counter_set(&counter, 20, 1000);
	assert_int_equal(counter.rate_milli, 10000);
}

static void test_counter_of_31_bits_goes_on_behind_its_end(void **state)
{
	struct tui_counter counter = { 0x7ffffff0, 0, 0 };

	(void)state;
	tui_counter_set(&counter, 0x10, 1000);
	assert_int_equal(counter.rate_milli, 32000);
	/* a sum of two of them */
	counter.total = 0x90000000;
	tui_counter_set(&counter, 0x10000005, 1000);
	assert_int_equal(counter.rate_milli, 5000);
}

static void test_counter_hostile_values_do_not_overflow(void **state)
{
	struct tui_counter counter = { 0, 0, 0 };

	(void)state;
	tui_counter_set(&counter, UINT64_MAX - 1, 1);
	assert_int_equal(counter.rate_milli, TUI_NO_VALUE);
	tui_counter_set(&counter, UINT64_MAX - 1, 0);
	assert_int_equal(counter.rate_milli, TUI_NO_VALUE);
}

static void test_history_keeps_the_last(void **state)
{
	struct tui_history history = { 0 };

	(void)state;
	assert_int_equal(tui_history_at(&history, 0), TUI_NO_VALUE);
	for (uint64_t n = 0; n < TUI_HISTORY + 5; n++)
		tui_history_add(&history, n);
	assert_int_equal(tui_history_at(&history, 0), TUI_HISTORY + 4);
	assert_int_equal(tui_history_at(&history, TUI_HISTORY - 1), 5);
	assert_int_equal(tui_history_at(&history, TUI_HISTORY), TUI_NO_VALUE);
	tui_history_add(&history, TUI_NO_VALUE);
	assert_int_equal(tui_history_at(&history, 0), TUI_NO_VALUE);
	/* too much is a lot, and known */
	tui_history_add(&history, TUI_NO_VALUE - 1);
	assert_int_equal(tui_history_at(&history, 0), UINT32_MAX - 1);
}

/* --- texts ---------------------------------------------------------------- */

static const struct text_row {
	const char *from, *to;
} texts[] = {
	{ "rtos", "rtos" },
	{ "\x1b[31mred\x07", "?[31mred?" },
	{ "a\tb\rc", "a b?c" },
	{ "\xe4\xb8\xad\xe6\x96\x87", "\xe4\xb8\xad\xe6\x96\x87" },
	{ "\xc2\x9b"
	  "31m",
	  "?31m" },			/* CSI as one character */
	{ "\xe2\x80\xaetxt", "?txt" },	/* right to left */
	{ "\xc0\xaf", "??" },		/* overlong */
	{ "\xed\xa0\x80", "???" },	/* surrogate */
	{ "\xf4\x90\x80\x80", "????" }, /* beyond Unicode */
	{ "a\xe4\xb8", "a??" },		/* cut */
};

static void test_text_has_nothing_that_moves_a_terminal(void **state)
{
	(void)state;
	for (size_t n = 0; n < sizeof(texts) / sizeof(*texts); n++) {
		char text[32];

		tui_text_copy(text, sizeof(text), texts[n].from,
			      strlen(texts[n].from));
		assert_string_equal(text, texts[n].to);
	}
}

static void test_text_too_long_is_cut_between_characters(void **state)
{
	char text[5];

	(void)state;
	tui_text_copy(text, sizeof(text), "a\xe4\xb8\xad\xe6\x96\x87", 7);
	assert_string_equal(text, "a\xe4\xb8\xad");
	tui_text_copy(text, 1, "abc", 3);
	assert_string_equal(text, "");
}

/* --- budgets -------------------------------------------------------------- */

static void test_budget_is_found_by_cell_and_reason(void **state)
{
	struct tui_budgets budgets = { 0 };

	(void)state;
	assert_int_equal(tui_budgets_add(&budgets, "rt: 0/s"), 0);
	assert_int_equal(tui_budgets_add(&budgets, "rt mmio: 2.5/s"), 0);
	assert_int_equal(tui_budgets_add(&budgets, "*: 100"), 0);
	assert_int_equal(tui_budgets_limit(&budgets, "rt", 1, "total"), 0);
	assert_int_equal(tui_budgets_limit(&budgets, "rt", 1, "mmio"), 2500);
	assert_int_equal(tui_budgets_limit(&budgets, "x", 2, "total"), 100000);
	/* not of the root */
	assert_int_equal(tui_budgets_limit(&budgets, "root", 0, "total"),
			 TUI_NO_VALUE);
	assert_int_equal(tui_budgets_add(&budgets, "rt: 7/s"), 0);
	assert_int_equal(tui_budgets_limit(&budgets, "rt", 1, "total"), 7000);
	assert_int_equal(budgets.count, 3);
}

static void test_budget_of_dash_is_taken_away(void **state)
{
	struct tui_budgets budgets = { 0 };

	(void)state;
	assert_int_equal(tui_budgets_add(&budgets, "a: 1"), 0);
	assert_int_equal(tui_budgets_add(&budgets, "b mmio: 2"), 0);
	assert_int_equal(tui_budgets_add(&budgets, "c: 3"), 0);
	assert_int_equal(tui_budgets_add(&budgets, "b mmio: - "), 0);
	assert_int_equal(tui_budgets_add(&budgets, "none: -"), 0);
	assert_int_equal(budgets.count, 2);
	assert_int_equal(tui_budgets_limit(&budgets, "b", 1, "mmio"),
			 TUI_NO_VALUE);
	assert_int_equal(tui_budgets_limit(&budgets, "c", 1, "total"), 3000);
	assert_int_equal(tui_budgets_add(&budgets, "c: --"), -EINVAL);
	assert_int_equal(tui_budgets_add(&budgets, "c: -1"), -EINVAL);
}

static void test_budget_malformed_is_refused(void **state)
{
	static const char *const bad[] = {
		"",
		"rt",
		"rt:",
		"rt: x",
		": 5/s",
		"rt: -1",
		"rt: 5/m",
		"rt: 5/s 6",
		"rt: .",
		"rt: 1e9",
		"rt: 99999999999999999999/s",
	};
	struct tui_budgets budgets = { 0 };

	(void)state;
	for (size_t n = 0; n < sizeof(bad) / sizeof(*bad); n++)
		assert_int_equal(tui_budgets_add(&budgets, bad[n]), -EINVAL);
	assert_int_equal(budgets.count, 0);
}

static void test_budget_too_many_are_refused(void **state)
{
	struct tui_budgets budgets = { 0 };
	char text[32];

	(void)state;
	for (int n = 0; n < TUI_MAX_BUDGETS; n++) {
		snprintf(text, sizeof(text), "c%d: 1/s", n);
		assert_int_equal(tui_budgets_add(&budgets, text), 0);
	}
	assert_int_equal(tui_budgets_add(&budgets, "one more: 1/s"), -ENOSPC);
	assert_int_equal(tui_budgets_add(&budgets, "c0: 2/s"), 0);
}

/* --- numbers -------------------------------------------------------------- */

static void format_of(char kind, uint64_t value, char text[32])
{
	switch (kind) {
	case 'r':
		tui_format_rate(value, text, 32);
		break;
	case 'b':
		tui_format_bytes(value, text, 32);
		break;
	case 'a':
		tui_format_age(value, text, 32);
		break;
	default:
		tui_format_count(value, text, 32);
	}
}

static const struct format_row {
	char kind;
	uint64_t value;
	const char *text;
} formats[] = {
	{ 'r', TUI_NO_VALUE, "-" },
	{ 'r', 0, "0" },
	{ 'r', 1, "<0.1" },
	{ 'r', 1500, "1.5" },
	{ 'r', 232000, "232" },
	{ 'r', 99999000, "99999" },
	{ 'r', 123456000, "123k" },
	{ 'r', UINT64_C(123456000000), "123M" },
	{ 'r', UINT64_MAX - 1, "18446744G" },
	{ 'b', TUI_NO_VALUE, "-" },
	{ 'b', 0, "0" },
	{ 'b', 1023, "1023" },
	{ 'b', 64 << 20, "64M" },
	{ 'b', UINT64_C(3650722202), "3.4G" },
	{ 'b', UINT64_MAX - 1, "15E" },
	{ 'a', TUI_NO_VALUE, "-" },
	{ 'a', 862000, "00:14:22" },
	{ 'a', UINT64_C(1047845000), "12d 03:04" },
	{ 'c', TUI_NO_VALUE, "-" },
	{ 'c', 7, "7" },
	{ 'c', 1204, "1,204" },
	{ 'c', 131072, "131,072" },
	{ 'c', 1000000, "1,000,000" },
};

static void test_format_numbers_as_people_read_them(void **state)
{
	(void)state;
	for (size_t n = 0; n < sizeof(formats) / sizeof(*formats); n++) {
		char text[32];

		format_of(formats[n].kind, formats[n].value, text);
		assert_string_equal(text, formats[n].text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_counter_first_value_has_no_rate),
		cmocka_unit_test(test_counter_rate_is_of_time_that_passed),
		cmocka_unit_test(test_counter_one_in_a_long_time_is_not_none),
		cmocka_unit_test(test_counter_that_went_back_has_no_rate),
		cmocka_unit_test(
			test_counter_of_31_bits_goes_on_behind_its_end),
		cmocka_unit_test(test_counter_hostile_values_do_not_overflow),
		cmocka_unit_test(test_history_keeps_the_last),
		cmocka_unit_test(test_text_has_nothing_that_moves_a_terminal),
		cmocka_unit_test(test_text_too_long_is_cut_between_characters),
		cmocka_unit_test(test_budget_is_found_by_cell_and_reason),
		cmocka_unit_test(test_budget_of_dash_is_taken_away),
		cmocka_unit_test(test_budget_malformed_is_refused),
		cmocka_unit_test(test_budget_too_many_are_refused),
		cmocka_unit_test(test_format_numbers_as_people_read_them),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
