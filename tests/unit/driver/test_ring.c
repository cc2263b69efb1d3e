// SPDX-License-Identifier: GPL-2.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "ring.h"

#define SIZE 16U

static void assert_span(struct jh_ring_span span, __u64 from, __u32 count,
			__u64 missed)
{
	assert_int_equal(span.from, from);
	assert_int_equal(span.count, count);
	assert_int_equal(span.missed, missed);
}

static void test_next_in_an_empty_ring_gives_nothing(void **state)
{
	(void)state;
	assert_span(jh_ring_next(0, SIZE, 0, 100), 0, 0, 0);
	/* as long as the writer has not set the size */
	assert_span(jh_ring_next(0, 0, 0, 100), 0, 0, 0);
}

static void test_next_gives_what_is_there_up_to_what_is_wanted(void **state)
{
	(void)state;
	assert_span(jh_ring_next(10, SIZE, 0, 100), 0, 10, 0);
	assert_span(jh_ring_next(10, SIZE, 4, 100), 4, 6, 0);
	assert_span(jh_ring_next(10, SIZE, 4, 3), 4, 3, 0);
	assert_span(jh_ring_next(10, SIZE, 10, 3), 10, 0, 0);
}

static void test_next_behind_the_overwritten_tells_what_is_missed(void **state)
{
	(void)state;
	assert_span(jh_ring_next(15, SIZE, 0, 100), 0, 15, 0);
	/* byte 0 is where the writer may be right now */
	assert_span(jh_ring_next(16, SIZE, 0, 100), 1, 15, 1);
	assert_span(jh_ring_next(16, SIZE, 1, 100), 1, 15, 0);
	assert_span(jh_ring_next(1000, SIZE, 10, 4), 985, 4, 975);
	assert_span(jh_ring_next(UINT64_MAX, SIZE, 0, 100), UINT64_MAX - 15, 15,
		    UINT64_MAX - 15);
}

static void test_next_from_beyond_the_head_waits_at_the_head(void **state)
{
	(void)state;
	assert_span(jh_ring_next(10, SIZE, 11, 100), 10, 0, 0);
	assert_span(jh_ring_next(1000, SIZE, UINT64_MAX, 100), 1000, 0, 0);
}

static void test_copy_goes_around_the_end(void **state)
{
	__u8 content[SIZE];
	char dest[SIZE + 1] = "";

	(void)state;
	for (__u32 n = 20; n < 20 + SIZE; n++)
		content[n % SIZE] = (__u8)('a' + n - 20);
	jh_ring_copy(dest, content, SIZE, 20, SIZE);
	assert_memory_equal(dest, "abcdefghijklmnop", SIZE);
	jh_ring_copy(dest, content, SIZE, 31, 3);
	assert_memory_equal(dest, "lmn", 3);
	jh_ring_copy(dest, content, SIZE, 32, 0);
	assert_memory_equal(dest, "lmn", 3);
}

static void test_missed_line_is_cut_at_the_room(void **state)
{
	char dest[JH_MISSED_LINE_MAX + 1] = "";
	const char *line =
		"<missed 18446744073709551615 bytes of console log>\n";

	(void)state;
	assert_int_equal(
		jh_ring_missed_line(dest, JH_MISSED_LINE_MAX, UINT64_MAX),
		strlen(line));
	assert_string_equal(dest, line);
	memset(dest, 0, sizeof(dest));
	assert_int_equal(jh_ring_missed_line(dest, 4, 7), 4);
	assert_string_equal(dest, "<mis");
}

static void test_follow_of_a_stranger_has_offset_as_position(void **state)
{
	struct jh_follow follow = { 0 };
	int file = 0;

	(void)state;
	assert_int_equal(jh_follow_position(&follow, &file, 0), 0);
	assert_int_equal(jh_follow_position(&follow, &file, 77), 77);
}

static void test_follow_keeps_each_file_s_own_shift(void **state)
{
	struct jh_follow follow = { 0 };
	int a = 0, b = 0;

	(void)state;
	/* a was told in 36 bytes that 90000 are gone, b of fewer than that */
	jh_follow_set(&follow, &a, 36, 90000);
	jh_follow_set(&follow, &b, 36, 10);
	assert_int_equal(jh_follow_position(&follow, &a, 36), 90000);
	assert_int_equal(jh_follow_position(&follow, &a, 136), 90100);
	assert_int_equal(jh_follow_position(&follow, &b, 37), 11);
	jh_follow_set(&follow, &a, 200, 95000);
	assert_int_equal(jh_follow_position(&follow, &a, 201), 95001);
}

static void test_follow_from_offset_0_starts_anew(void **state)
{
	struct jh_follow follow = { 0 };
	int file = 0;

	(void)state;
	jh_follow_set(&follow, &file, 36, 90000);
	assert_int_equal(jh_follow_position(&follow, &file, 0), 0);
	assert_int_equal(jh_follow_position(&follow, &file, 5), 5);
}

static void test_follow_forgets_the_file_that_came_first(void **state)
{
	struct jh_follow follow = { 0 };
	int file[JH_FOLLOWERS + 1] = { 0 };

	(void)state;
	for (int n = 0; n <= JH_FOLLOWERS; n++)
		jh_follow_set(&follow, &file[n], 0, 1000 + (__u64)n);
	assert_int_equal(jh_follow_position(&follow, &file[0], 1), 1);
	for (__u64 n = 1; n <= JH_FOLLOWERS; n++)
		assert_int_equal(jh_follow_position(&follow, &file[n], 1),
				 1001 + n);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_next_in_an_empty_ring_gives_nothing),
		cmocka_unit_test(
			test_next_gives_what_is_there_up_to_what_is_wanted),
		cmocka_unit_test(
			test_next_behind_the_overwritten_tells_what_is_missed),
		cmocka_unit_test(
			test_next_from_beyond_the_head_waits_at_the_head),
		cmocka_unit_test(test_copy_goes_around_the_end),
		cmocka_unit_test(test_missed_line_is_cut_at_the_room),
		cmocka_unit_test(
			test_follow_of_a_stranger_has_offset_as_position),
		cmocka_unit_test(test_follow_keeps_each_file_s_own_shift),
		cmocka_unit_test(test_follow_from_offset_0_starts_anew),
		cmocka_unit_test(test_follow_forgets_the_file_that_came_first),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
