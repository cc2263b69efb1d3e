// SPDX-License-Identifier: GPL-2.0-or-later
#include "hv_test.h"

#include <hv/page_pool.h>

#define POOL_PAGES 200UL

static struct page_pool pool;
static unsigned long bitmap[4];
static char *const base = (char *)0x10003000UL; /* never accessed */

static int setup(void **state)
{
	(void)state;
	memset(bitmap, 0xff, sizeof(bitmap));
	page_pool_init(&pool, base, POOL_PAGES, bitmap);
	return 0;
}

static char *page_at(unsigned long n)
{
	return base + n * PAGE_SIZE;
}

static void test_page_pool_new_is_empty(void **state)
{
	(void)state;
	assert_int_equal(pool.used, 0);
	assert_ptr_equal(page_pool_take(&pool, POOL_PAGES, 1), base);
	assert_int_equal(pool.used, POOL_PAGES);
}

static void test_page_pool_take_zero_pages_gives_null(void **state)
{
	(void)state;
	assert_null(page_pool_take(&pool, 0, 1));
}

static void test_page_pool_take_one_too_many_gives_null(void **state)
{
	(void)state;
	assert_null(page_pool_take(&pool, POOL_PAGES + 1, 1));
	assert_null(page_pool_take(&pool, ~0UL, 1));
	assert_int_equal(pool.used, 0);
}

static void test_page_pool_take_fills_holes_first(void **state)
{
	(void)state;
	page_pool_take(&pool, 10, 1);
	page_pool_give(&pool, page_at(3), 2);
	assert_ptr_equal(page_pool_take(&pool, 1, 1), page_at(3));
	assert_ptr_equal(page_pool_take(&pool, 1, 1), page_at(4));
	assert_ptr_equal(page_pool_take(&pool, 1, 1), page_at(10));
}

static void test_page_pool_take_run_skips_smaller_holes(void **state)
{
	(void)state;
	page_pool_take(&pool, 100, 1);
	page_pool_give(&pool, page_at(10), 2);
	page_pool_give(&pool, page_at(62), 5); /* crosses a word */
	assert_ptr_equal(page_pool_take(&pool, 5, 1), page_at(62));
	assert_ptr_equal(page_pool_take(&pool, 3, 1), page_at(100));
	assert_ptr_equal(page_pool_take(&pool, 2, 1), page_at(10));
}

static void test_page_pool_take_aligned_by_address(void **state)
{
	(void)state;
	/* The base is at page 3 of 4. */
	assert_ptr_equal(page_pool_take(&pool, 1, 4), page_at(1));
	assert_ptr_equal(page_pool_take(&pool, 4, 4), page_at(5));
	assert_ptr_equal(page_pool_take(&pool, 1, 1), page_at(0));
}

static void test_page_pool_take_fragmented_gives_null(void **state)
{
	(void)state;
	page_pool_take(&pool, POOL_PAGES, 1);
	for (unsigned long n = 0; n < POOL_PAGES; n += 2)
		page_pool_give(&pool, page_at(n), 1);
	assert_null(page_pool_take(&pool, 2, 1));
	assert_non_null(page_pool_take(&pool, 1, 1));
}

static void test_page_pool_take_last_page(void **state)
{
	(void)state;
	page_pool_take(&pool, POOL_PAGES, 1);
	page_pool_give(&pool, page_at(POOL_PAGES - 1), 1);
	assert_ptr_equal(page_pool_take(&pool, 1, 1), page_at(POOL_PAGES - 1));
	assert_null(page_pool_take(&pool, 1, 1));
}

static void test_page_pool_give_null_does_nothing(void **state)
{
	(void)state;
	page_pool_give(&pool, NULL, 7);
	assert_int_equal(pool.used, 0);
}

struct give {
	char *start;
	unsigned long count;
};

static void do_give(void *arg)
{
	struct give *give = arg;

	page_pool_give(&pool, give->start, give->count);
}

static void test_page_pool_give_what_is_free_panics(void **state)
{
	struct give free_already = { page_at(1), 1 };

	(void)state;
	page_pool_take(&pool, 1, 1);
	assert_non_null(host_expect_panic(do_give, &free_already));
}

static void test_page_pool_give_foreign_page_panics(void **state)
{
	struct give cases[] = {
		{ base - PAGE_SIZE, 1 },
		{ page_at(POOL_PAGES), 1 },
		{ page_at(POOL_PAGES - 1), 2 },
		{ page_at(0), ~0UL },
	};

	(void)state;
	page_pool_take(&pool, POOL_PAGES, 1);
	for (size_t n = 0; n < ARRAY_SIZE(cases); n++)
		assert_non_null(host_expect_panic(do_give, &cases[n]));
	assert_int_equal(pool.used, POOL_PAGES);
}

static void test_page_alloc_zeroes_pages(void **state)
{
	unsigned char *page;

	(void)state;
	host_memory_reset(0);
	page = page_alloc(2);
	memset(page, 0xaa, 2 * PAGE_SIZE);
	page_free(page, 2);
	page = page_alloc(2);
	for (size_t n = 0; n < 2 * PAGE_SIZE; n++)
		assert_int_equal(page[n], 0);
	page_free(page, 2);
	assert_int_equal(mem_pool.used, 0);
}

/* Against a model: an owner number for each page. */
static void test_page_pool_random_use_matches_model(void **state)
{
	struct prng prng = prng_for(__func__);
	unsigned char owner[POOL_PAGES] = { 0 };
	struct give held[64];
	size_t num_held = 0;

	(void)state;
	for (int step = 0; step < 20000; step++) {
		unsigned long count = 1 + prng_below(&prng, 9);
		unsigned long align = 1UL << prng_below(&prng, 4);

		if (num_held == ARRAY_SIZE(held) ||
		    (num_held && prng_below(&prng, 2))) {
			size_t pick = prng_below(&prng, (unsigned int)num_held);
			struct give give = held[pick];
			unsigned long first =
				(unsigned long)(give.start - base) / PAGE_SIZE;

			page_pool_give(&pool, give.start, give.count);
			memset(owner + first, 0, give.count);
			held[pick] = held[--num_held];
			continue;
		}

		char *start = page_pool_take(&pool, count, align);
		unsigned long run = 0, first = 0;

		for (unsigned long n = 0; n < POOL_PAGES && run < count; n++) {
			run = owner[n] ? 0 : run + 1;
			first = n + 1 - run;
			if (run == 1 &&
			    ((size_t)page_at(n) / PAGE_SIZE) % align)
				run = 0;
		}
		if (run < count) {
			assert_null(start);
			continue;
		}
		assert_ptr_equal(start, page_at(first));
		memset(owner + first, 1, count);
		held[num_held++] = (struct give){ start, count };
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_page_pool_new_is_empty, setup),
		cmocka_unit_test_setup(
			test_page_pool_take_zero_pages_gives_null, setup),
		cmocka_unit_test_setup(
			test_page_pool_take_one_too_many_gives_null, setup),
		cmocka_unit_test_setup(test_page_pool_take_fills_holes_first,
				       setup),
		cmocka_unit_test_setup(
			test_page_pool_take_run_skips_smaller_holes, setup),
		cmocka_unit_test_setup(test_page_pool_take_aligned_by_address,
				       setup),
		cmocka_unit_test_setup(
			test_page_pool_take_fragmented_gives_null, setup),
		cmocka_unit_test_setup(test_page_pool_take_last_page, setup),
		cmocka_unit_test_setup(test_page_pool_give_null_does_nothing,
				       setup),
		cmocka_unit_test_setup(test_page_pool_give_what_is_free_panics,
				       setup),
		cmocka_unit_test_setup(test_page_pool_give_foreign_page_panics,
				       setup),
		cmocka_unit_test(test_page_alloc_zeroes_pages),
		cmocka_unit_test_setup(test_page_pool_random_use_matches_model,
				       setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
