// SPDX-License-Identifier: GPL-2.0-or-later
#include "hv_test.h"

#include <limits.h>

/* The same as C's, where both know a conversion. */
#define SAME(...)                                                              \
	do {                                                                   \
		char ours[128], theirs[128];                                   \
		int n = hv_snprintf(ours, sizeof(ours), __VA_ARGS__);          \
		assert_int_equal(                                              \
			n, snprintf(theirs, sizeof(theirs), __VA_ARGS__));     \
		assert_string_equal(ours, theirs);                             \
	} while (0)

static void test_format_plain_text(void **state)
{
	(void)state;
	SAME("%s", "");
	SAME("no conversion");
	SAME("100%%");
}

static void test_format_integers(void **state)
{
	(void)state;
	SAME("%d %i", 0, -1);
	SAME("%d %d", INT_MIN, INT_MAX);
	SAME("%ld %ld", LONG_MIN, LONG_MAX);
	SAME("%lld %lld", LLONG_MIN, LLONG_MAX);
	SAME("%u %lu %llu", UINT_MAX, ULONG_MAX, ULLONG_MAX);
	SAME("%zu %zx", (size_t)1 << 40, (size_t)0xabcdef);
	SAME("%x %X %lx %llX", 0xdeadbeef, 0xdeadbeef, 0xfUL, 0x1ab2cULL);
}

static void test_format_width_and_padding(void **state)
{
	(void)state;
	SAME("[%5d] [%-5d] [%05d] [%1d]", 42, 42, 42, 4242);
	SAME("[%5d] [%05d] [%-7d]", -42, -42, -42);
	SAME("[%016llx] [%8x] [%08x]", 0x1234ULL, 0xabc, 0xabc);
	SAME("[%08X] [%-8X]", 0xabcdef, 0xabcdef);
	SAME("[%*d] [%*x]", 7, 12, 3, 0xffff);
}

static void test_format_strings(void **state)
{
	char not_terminated[3] = { 'a', 'b', 'c' };

	(void)state;
	SAME("[%s] [%10s] [%-10s] [%2s]", "text", "text", "text", "text");
	SAME("[%.2s] [%.10s] [%.0s]", "text", "text", "text");
	SAME("[%.*s] [%6.2s]", 3, not_terminated, "text");
	SAME("[%c] [%3c] [%-3c]", 'x', 'y', 'z');
}

static void test_format_null_string_is_named(void **state)
{
	char buf[16];
	const char *volatile null = NULL;

	(void)state;
	assert_int_equal(hv_snprintf(buf, sizeof(buf), "%s", null), 6);
	assert_string_equal(buf, "(null)");
}

static void test_format_pointer(void **state)
{
	char buf[32];

	(void)state;
	SAME("%p %20p", (void *)0x1234, (void *)0xffffffffffffffff);
	hv_snprintf(buf, sizeof(buf), "%p", (void *)0);
	assert_string_equal(buf, "0x0");
}

static void test_format_too_long_is_cut_and_counted(void **state)
{
	char buf[8];

	(void)state;
	memset(buf, '#', sizeof(buf));
	assert_int_equal(hv_snprintf(buf, 6, "0123456789"), 10);
	assert_string_equal(buf, "01234");
	assert_int_equal(buf[6], '#');
	assert_int_equal(hv_snprintf(buf, 4, "%08X", 0xabcdef), 8);
	assert_string_equal(buf, "00A");
}

static void test_format_exact_fit_is_terminated(void **state)
{
	char buf[4];

	(void)state;
	assert_int_equal(hv_snprintf(buf, 4, "%d", 123), 3);
	assert_string_equal(buf, "123");
	assert_int_equal(hv_snprintf(buf, 3, "%d", 123), 3);
	assert_string_equal(buf, "12");
}

static void test_format_size_zero_writes_nothing(void **state)
{
	char c = '#';

	(void)state;
	assert_int_equal(hv_snprintf(&c, 0, "%d", 12345), 5);
	assert_int_equal(c, '#');
}

static void test_format_endless_percent_is_no_overrun(void **state)
{
	char buf[16];
	/* not literals: the compiler knows better than we what is wrong */
	static const char *const odd[] = { "a%",  "a%-", "a%0", "a%08",
					   "a%l", "a%.", "a%.3" };

	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(odd); n++) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
#pragma GCC diagnostic ignored "-Wformat-security"
		assert_int_equal(hv_snprintf(buf, sizeof(buf), odd[n]), 1);
#pragma GCC diagnostic pop
		assert_string_equal(buf, "a");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_format_plain_text),
		cmocka_unit_test(test_format_integers),
		cmocka_unit_test(test_format_width_and_padding),
		cmocka_unit_test(test_format_strings),
		cmocka_unit_test(test_format_null_string_is_named),
		cmocka_unit_test(test_format_pointer),
		cmocka_unit_test(test_format_too_long_is_cut_and_counted),
		cmocka_unit_test(test_format_exact_fit_is_terminated),
		cmocka_unit_test(test_format_size_zero_writes_nothing),
		cmocka_unit_test(test_format_endless_percent_is_no_overrun),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
