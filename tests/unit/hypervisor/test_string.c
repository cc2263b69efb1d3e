// SPDX-License-Identifier: GPL-2.0-or-later
/* The plain functions, under other names beside the C library's, which they
 * are compared with: at all alignments and lengths around their unrolling. */
#include "hv_test.h"

void *hv_memcpy(void *dest, const void *src, size_t n);
void *hv_memmove(void *dest, const void *src, size_t n);
void *hv_memset(void *dest, int value, size_t n);
int hv_memcmp(const void *a, const void *b, size_t n);
size_t hv_strnlen(const char *s, size_t max);

#define SIZE 200U

static unsigned char from[SIZE], ours[SIZE], theirs[SIZE];

static int setup(void **state)
{
	(void)state;
	for (unsigned int n = 0; n < SIZE; n++)
		from[n] = (unsigned char)(n * 7 + 1);
	memset(ours, 0xee, SIZE);
	memset(theirs, 0xee, SIZE);
	return 0;
}

static void test_string_memcpy_copies_exactly(void **state)
{
	for (unsigned int d = 0; d < 9; d++)
		for (unsigned int s = 0; s < 9; s++)
			for (unsigned int n = 0; n < 150; n++) {
				setup(state);
				assert_ptr_equal(
					hv_memcpy(ours + d, from + s, n),
					ours + d);
				memcpy(theirs + d, from + s, n);
				assert_memory_equal(ours, theirs, SIZE);
			}
}

static void test_string_memmove_overlapping(void **state)
{
	for (unsigned int d = 0; d < 40; d++)
		for (unsigned int s = 0; s < 40; s++)
			for (unsigned int n = 0; n < 130; n += 3) {
				setup(state);
				memcpy(ours, from, SIZE);
				memcpy(theirs, from, SIZE);
				assert_ptr_equal(
					hv_memmove(ours + d, ours + s, n),
					ours + d);
				memmove(theirs + d, theirs + s, n);
				assert_memory_equal(ours, theirs, SIZE);
			}
}

static void test_string_memset_sets_exactly(void **state)
{
	for (unsigned int d = 0; d < 9; d++)
		for (unsigned int n = 0; n < 150; n++) {
			setup(state);
			assert_ptr_equal(hv_memset(ours + d, 0x1a5, n),
					 ours + d);
			memset(theirs + d, 0xa5, n);
			assert_memory_equal(ours, theirs, SIZE);
		}
}

static void test_string_memcmp_orders_by_unsigned_bytes(void **state)
{
	(void)state;
	assert_int_equal(hv_memcmp("abc", "abd", 2), 0);
	assert_true(hv_memcmp("abc", "abd", 3) < 0);
	assert_true(hv_memcmp("\x80", "\x7f", 1) > 0);
	assert_int_equal(hv_memcmp("a", "b", 0), 0);
}

static void test_string_strnlen_stops_at_max(void **state)
{
	char text[3] = { 'a', 'b', 'c' };

	(void)state;
	assert_int_equal(hv_strnlen(text, 3), 3);
	assert_int_equal(hv_strnlen("ab", 8), 2);
	assert_int_equal(hv_strnlen("", 8), 0);
	assert_int_equal(hv_strnlen(text, 0), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_string_memcpy_copies_exactly),
		cmocka_unit_test(test_string_memmove_overlapping),
		cmocka_unit_test(test_string_memset_sets_exactly),
		cmocka_unit_test(test_string_memcmp_orders_by_unsigned_bytes),
		cmocka_unit_test(test_string_strnlen_stops_at_max),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
