// SPDX-License-Identifier: GPL-2.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include <inmate/cmdline.h>

#include "fake_cmdline.h"

static void test_cmdline_find_whole_keys_only(void **state)
{
	size_t length = 99;

	(void)state;
	fake_cmdline_set("xcon=1 con-type=A =5 con=2\tb");
	assert_memory_equal(cmdline_find("con", &length), "2", 1);
	assert_int_equal(length, 1);
	assert_null(cmdline_find("con-", &length));
	assert_null(cmdline_find("type", &length));
	assert_null(cmdline_find("2", &length));
	assert_non_null(cmdline_find("b", &length));
	assert_int_equal(length, 0);
}

static void test_cmdline_find_takes_the_first(void **state)
{
	(void)state;
	fake_cmdline_set("  n=1 n=2");
	assert_int_equal(cmdline_int("n", 0), 1);
}

static void test_cmdline_find_full_buffer_stays_inside(void **state)
{
	char text[CMDLINE_SIZE + 1];
	size_t length;

	(void)state;
	memset(text, 'x', CMDLINE_SIZE);
	memcpy(text + CMDLINE_SIZE - 6, " key=7", 6);
	text[CMDLINE_SIZE] = '\0';
	fake_cmdline_set(text);
	assert_int_equal(cmdline_int("key", 0), 7);

	memcpy(text + CMDLINE_SIZE - 3, " ke", 3);
	fake_cmdline_set(text);
	assert_null(cmdline_find("key", &length));
}

static void test_cmdline_int_reads_both_bases(void **state)
{
	(void)state;
	fake_cmdline_set("a=12 b=0x7fC c=-3 d=0x7fffffffffffffff e=-0x10");
	assert_int_equal(cmdline_int("a", 0), 12);
	assert_int_equal(cmdline_int("b", 0), 0x7fc);
	assert_int_equal(cmdline_int("c", 0), -3);
	assert_int_equal(cmdline_int("d", 0), INT64_MAX);
	assert_int_equal(cmdline_int("e", 0), -16);
}

static void test_cmdline_int_bad_number_gives_fallback(void **state)
{
	static const char *const bad[] = {
		"",
		"x",
		"0x",
		"1g",
		"0xg",
		"-",
		"--1",
		"1-",
		"08a",
		"9223372036854775808",
		"99999999999999999999",
		"0x10000000000000000",
	};
	char text[64];
	size_t n;

	(void)state;
	for (n = 0; n < sizeof(bad) / sizeof(bad[0]); n++) {
		strcpy(text, "n=");
		strcat(text, bad[n]);
		fake_cmdline_set(text);
		assert_int_equal(cmdline_int("n", 42), 42);
	}
	assert_int_equal(cmdline_int("m", 43), 43);
}

static void test_cmdline_u64_takes_all_bits_and_no_minus(void **state)
{
	(void)state;
	fake_cmdline_set("a=0xffffffffffffffff b=-1 c=18446744073709551615");
	assert_true(cmdline_u64("a", 0) == UINT64_MAX);
	assert_true(cmdline_u64("b", 5) == 5);
	assert_true(cmdline_u64("c", 0) == UINT64_MAX);
}

static void test_cmdline_bool_knows_its_words(void **state)
{
	(void)state;
	fake_cmdline_set("a b= c=1 d=true e=0 f=false g=yes");
	assert_true(cmdline_bool("a", false));
	assert_true(cmdline_bool("b", false));
	assert_true(cmdline_bool("c", false));
	assert_true(cmdline_bool("d", false));
	assert_false(cmdline_bool("e", true));
	assert_false(cmdline_bool("f", true));
	assert_true(cmdline_bool("g", true));
	assert_false(cmdline_bool("g", false));
	assert_true(cmdline_bool("h", true));
}

static void test_cmdline_string_is_cut_to_fit(void **state)
{
	char buffer[4] = "abc";

	(void)state;
	fake_cmdline_set("s=hello t=hi");
	assert_true(cmdline_string("s", buffer, sizeof(buffer)));
	assert_string_equal(buffer, "hel");
	assert_true(cmdline_string("t", buffer, sizeof(buffer)));
	assert_string_equal(buffer, "hi");
	assert_false(cmdline_string("u", buffer, sizeof(buffer)));
	assert_string_equal(buffer, "");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cmdline_find_whole_keys_only),
		cmocka_unit_test(test_cmdline_find_takes_the_first),
		cmocka_unit_test(test_cmdline_find_full_buffer_stays_inside),
		cmocka_unit_test(test_cmdline_int_reads_both_bases),
		cmocka_unit_test(test_cmdline_int_bad_number_gives_fallback),
		cmocka_unit_test(test_cmdline_u64_takes_all_bits_and_no_minus),
		cmocka_unit_test(test_cmdline_bool_knows_its_words),
		cmocka_unit_test(test_cmdline_string_is_cut_to_fit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
