// SPDX-License-Identifier: GPL-2.0-or-later
/* Sets of ranges, compared with looking at each range. */
#include <cmocka_all.h>
#include <stdint.h>
#include <stdlib.h>

#include "check/intervals.h"

#define MANY 300

static bool touches(const struct interval *item, uint64_t start, uint64_t last)
{
	return item->start <= last && start <= item->last;
}

static uint64_t random_below(uint64_t *seed, uint64_t limit)
{
	/* the generator of Numerical Recipes; its high bits are good */
	*seed = *seed * 6364136223846793005 + 1442695040888963407;
	return (*seed >> 33) % limit;
}

static void make_random(struct intervals *set, uint64_t seed, size_t count)
{
	for (size_t n = 0; n < count; n++) {
		uint64_t start = random_below(&seed, 1000);
		uint64_t size = n % 7 ? random_below(&seed, 20)
				      : random_below(&seed, 900);

		intervals_add(set, start, size, n % 3, n);
	}
	assert_int_equal(intervals_sort(set), 0);
}

static void test_intervals_empty_set_touches_nothing(void **state)
{
	struct intervals set = { 0 };
	uint64_t start = 5, last = 9;

	(void)state;
	intervals_add(&set, 10, 0, 0, 0);
	assert_int_equal(intervals_sort(&set), 0);
	assert_int_equal(set.count, 0);
	assert_int_equal(intervals_next(&set, 0, 0, UINT64_MAX), 0);
	assert_true(intervals_gap(&set, &start, &last));
	assert_int_equal(start, 5);
	assert_int_equal(last, 9);
	intervals_clear(&set);
}

static void test_intervals_next_finds_all_in_order(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed < 40; seed++) {
		struct intervals set = { 0 };
		uint64_t dice = seed;
		size_t at, n;

		make_random(&set, seed, seed * MANY / 40);
		for (unsigned int question = 0; question < 100; question++) {
			uint64_t start = random_below(&dice, 2000);
			uint64_t last = start + random_below(&dice, 60);

			at = intervals_next(&set, 0, start, last);
			for (n = 0; n < set.count; n++) {
				if (!touches(&set.items[n], start, last))
					continue;
				assert_int_equal(at, n);
				at = intervals_next(&set, n + 1, start, last);
			}
			assert_int_equal(at, set.count);
		}
		intervals_clear(&set);
	}
}

static void test_intervals_gap_is_what_nobody_has(void **state)
{
	struct intervals set = { 0 };
	bool covered[1200] = { false };

	(void)state;
	make_random(&set, 4711, 40);
	for (size_t n = 0; n < set.count; n++)
		for (uint64_t i = set.items[n].start;
		     i <= set.items[n].last && i < 1200; i++)
			covered[i] = true;
	for (uint64_t from = 0, start, last; from < 1200; from = last + 1) {
		start = from;
		last = 1199;
		if (!intervals_gap(&set, &start, &last))
			last = start = 1200;
		for (uint64_t i = from; i < start; i++)
			assert_true(covered[i]);
		for (uint64_t i = start; i <= last && i < 1200; i++)
			assert_false(covered[i]);
	}
	intervals_clear(&set);
}

static void test_intervals_reach_the_highest_address(void **state)
{
	struct intervals set = { 0 };
	uint64_t start = UINT64_MAX - 1, last = UINT64_MAX;

	(void)state;
	intervals_add(&set, UINT64_MAX - 4095, 0x10000, 1, 2);
	intervals_add(&set, 0, 1, 0, 0);
	assert_int_equal(intervals_sort(&set), 0);
	assert_int_equal(set.items[1].last, UINT64_MAX);
	assert_int_equal(intervals_next(&set, 0, UINT64_MAX, UINT64_MAX), 1);
	assert_int_equal(intervals_next(&set, 0, 0, 0), 0);
	assert_int_equal(intervals_next(&set, 1, 0, 0), 2);
	assert_false(intervals_gap(&set, &start, &last));
	intervals_clear(&set);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_intervals_empty_set_touches_nothing),
		cmocka_unit_test(test_intervals_next_finds_all_in_order),
		cmocka_unit_test(test_intervals_gap_is_what_nobody_has),
		cmocka_unit_test(test_intervals_reach_the_highest_address),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
