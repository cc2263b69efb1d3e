// SPDX-License-Identifier: GPL-2.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include <inmate/printk.h>

static char out[64];

static size_t __attribute__((format(printf, 2, 3)))
format(size_t size, const char *text, ...)
{
	va_list args;
	size_t length;

	memset(out, '#', sizeof(out));
	va_start(args, text);
	length = format_text(out, size, text, args);
	va_end(args);
	return length;
}

/* The C library does the same, so that it says what is right. */
#define assert_like_libc(...)                                                  \
	do {                                                                   \
		char expected[sizeof(out)];                                    \
		int length =                                                   \
			snprintf(expected, sizeof(expected), __VA_ARGS__);     \
		assert_int_equal(format(sizeof(out), __VA_ARGS__), length);    \
		assert_string_equal(out, expected);                            \
	} while (0)

static void test_format_numbers_like_libc(void **state)
{
	(void)state;
	assert_like_libc("%d %d %d", 0, -1, INT32_MIN);
	assert_like_libc("%u %x %X", UINT32_MAX, 0xabcdU, 0xabcdU);
	assert_like_libc("%ld %lu %lx", INT64_MIN, UINT64_MAX, UINT64_MAX);
	assert_like_libc("%lld %llu", (long long)INT64_MAX, 7ULL);
	assert_like_libc("%zu %p", sizeof(out), (void *)out);
}

static void test_format_fields_like_libc(void **state)
{
	(void)state;
	assert_like_libc("[%6ld][%-6ld][%06ld]", -42L, -42L, -42L);
	assert_like_libc("[%2d][%1x]", 12345, 0xfffU);
	assert_like_libc("[%016llx]", 0x1234ULL);
	assert_like_libc("[%8s][%-8s][%.2s]", "abc", "abc", "abc");
	assert_like_libc("[%*d][%3c]%%", 5, 1, 'x');
}

static void test_format_long_text_is_cut_and_counted(void **state)
{
	(void)state;
	assert_int_equal(format(4, "%s", "abcdef"), 6);
	assert_memory_equal(out, "abc\0#", 5);
	assert_int_equal(format(1, "%d", 12), 2);
	assert_memory_equal(out, "\0#", 2);
	assert_int_equal(format(0, "%d", 12), 2);
	assert_memory_equal(out, "#", 1);
}

static void test_format_unknown_conversion_is_printed(void **state)
{
	/* not a literal, which the compiler would judge */
	char text[] = "a %q %d";

	(void)state;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-security"
	format(sizeof(out), text);
	assert_string_equal(out, "a %q %d");
	strcpy(text, "end %5");
	format(sizeof(out), text);
	assert_string_equal(out, "end %5");
#pragma GCC diagnostic pop
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_format_numbers_like_libc),
		cmocka_unit_test(test_format_fields_like_libc),
		cmocka_unit_test(test_format_long_text_is_cut_and_counted),
		cmocka_unit_test(test_format_unknown_conversion_is_printed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
