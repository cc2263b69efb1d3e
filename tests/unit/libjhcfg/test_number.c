// SPDX-License-Identifier: GPL-2.0-or-later
#include "util/number.h"

#include <errno.h>

#include "cmocka_all.h"

static uint64_t parsed(const char *text)
{
	uint64_t value = 0;

	assert_int_equal(jhcfg_parse_number(text, UINT64_MAX, &value), 0);
	return value;
}

static void test_number_decimal_and_hex_read(void **state)
{
	(void)state;
	assert_int_equal(parsed("0"), 0);
	assert_int_equal(parsed("42"), 42);
	assert_int_equal(parsed("0x2a"), 42);
	assert_int_equal(parsed("0X2A"), 42);
	assert_int_equal(parsed("0xffffffffffffffff"), UINT64_MAX);
	assert_int_equal(parsed("18446744073709551615"), UINT64_MAX);
}

static void test_number_leading_zero_is_decimal(void **state)
{
	(void)state;
	assert_int_equal(parsed("010"), 10);
}

static void test_number_suffixes_multiply(void **state)
{
	(void)state;
	assert_int_equal(parsed("4K"), 4096);
	assert_int_equal(parsed("4k"), 4096);
	assert_int_equal(parsed("1M"), 1048576);
	assert_int_equal(parsed("2G"), UINT64_C(2147483648));
	assert_int_equal(parsed("0x10K"), 16384);
}

static void test_number_malformed_refused(void **state)
{
	static const char *const texts[] = {
		"",    " ",   "-1", "+1",  " 1", "1 ",	"0x",
		"0xg", "1KK", "1T", "1.5", "K",	 "0x ", "12a",
	};
	uint64_t value = 7;

	(void)state;
	for (size_t n = 0; n < sizeof(texts) / sizeof(texts[0]); n++)
		assert_int_equal(
			jhcfg_parse_number(texts[n], UINT64_MAX, &value),
			-EINVAL);
	assert_int_equal(value, 7);
}

static void test_number_overflow_refused(void **state)
{
	static const char *const texts[] = {
		"18446744073709551616",
		"0x10000000000000000",
		"99999999999999999999999",
		"17179869184G",
	};
	uint64_t value = 7;

	(void)state;
	for (size_t n = 0; n < sizeof(texts) / sizeof(texts[0]); n++)
		assert_int_equal(
			jhcfg_parse_number(texts[n], UINT64_MAX, &value),
			-ERANGE);
	assert_int_equal(value, 7);
}

static void test_number_above_maximum_refused(void **state)
{
	uint64_t value = 7;

	(void)state;
	assert_int_equal(jhcfg_parse_number("255", 255, &value), 0);
	assert_int_equal(jhcfg_parse_number("256", 255, &value), -ERANGE);
	assert_int_equal(jhcfg_parse_number("1K", 1023, &value), -ERANGE);
	assert_int_equal(value, 255);
}

static void test_range_one_number_or_two(void **state)
{
	uint64_t first, last;

	(void)state;
	assert_int_equal(jhcfg_parse_range("5", 10, &first, &last), 0);
	assert_int_equal(first, 5);
	assert_int_equal(last, 5);
	assert_int_equal(jhcfg_parse_range("0-10", 10, &first, &last), 0);
	assert_int_equal(first, 0);
	assert_int_equal(last, 10);
}

static void test_range_malformed_refused(void **state)
{
	static const char *const texts[] = { "",    "-",     "1-",  "-1",
					     "2-1", "1-2-3", "1,2", "1-2 " };
	uint64_t first, last;

	(void)state;
	for (size_t n = 0; n < sizeof(texts) / sizeof(texts[0]); n++)
		assert_int_equal(jhcfg_parse_range(texts[n], 10, &first, &last),
				 -EINVAL);
	assert_int_equal(jhcfg_parse_range("1-11", 10, &first, &last), -ERANGE);
}

static void check_size(uint64_t value, const char *expected)
{
	char text[JHCFG_NUMBER_SIZE];

	jhcfg_format_size(value, text);
	assert_string_equal(text, expected);
	assert_int_equal(parsed(text), value);
}

static void test_size_formatted_shortly_and_read_back(void **state)
{
	(void)state;
	check_size(0, "0x0");
	check_size(1, "0x1");
	check_size(4096, "4K");
	check_size(4097, "0x1001");
	check_size(1048576, "1M");
	check_size(UINT64_C(512) << 30, "512G");
	check_size(UINT64_MAX, "0xffffffffffffffff");
}

static void test_address_formatted_with_eight_digits(void **state)
{
	char text[JHCFG_NUMBER_SIZE];

	(void)state;
	jhcfg_format_address(0x1000, text);
	assert_string_equal(text, "0x00001000");
	jhcfg_format_address(UINT64_C(0x8000000000), text);
	assert_string_equal(text, "0x8000000000");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_number_decimal_and_hex_read),
		cmocka_unit_test(test_number_leading_zero_is_decimal),
		cmocka_unit_test(test_number_suffixes_multiply),
		cmocka_unit_test(test_number_malformed_refused),
		cmocka_unit_test(test_number_overflow_refused),
		cmocka_unit_test(test_number_above_maximum_refused),
		cmocka_unit_test(test_range_one_number_or_two),
		cmocka_unit_test(test_range_malformed_refused),
		cmocka_unit_test(test_size_formatted_shortly_and_read_back),
		cmocka_unit_test(test_address_formatted_with_eight_digits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
