// SPDX-License-Identifier: GPL-2.0-or-later
#include "hv_test.h"

#include <hv/mmio.h>
#include <hv/page_pool.h>
#include <pthread.h>
#include <sched.h>

#define CAPACITY 16U

static struct mmio_map map;
static struct mmio_access seen; /* by the last handler */
static void *seen_arg;

static enum mmio_result note(void *arg, struct mmio_access *access)
{
	seen_arg = arg;
	seen = *access;
	access->value = 0x5a;
	return MMIO_HANDLED;
}

static enum mmio_result fatal(void *arg, struct mmio_access *access)
{
	(void)arg;
	(void)access;
	return MMIO_ERROR;
}

static int setup(void **state)
{
	(void)state;
	host_memory_reset(0);
	seen_arg = NULL;
	return mmio_init(&map, CAPACITY);
}

static int teardown(void **state)
{
	(void)state;
	mmio_destroy(&map);
	return mem_pool.used == 0 ? 0 : -1;
}

static enum mmio_result access_at(u64 address, u8 size)
{
	struct mmio_access access = { .address = address, .size = size };

	return mmio_dispatch(&map, &access);
}

/* A tag for each window, to tell whose handler ran */
static char tag[CAPACITY];

static int add(u64 start, u64 size, unsigned int n)
{
	return mmio_add(&map, start, size, note, &tag[n]);
}

static void assert_hits(u64 address, unsigned int n)
{
	seen_arg = NULL;
	assert_int_equal(access_at(address, 1), MMIO_HANDLED);
	assert_ptr_equal(seen_arg, &tag[n]);
}

static void test_mmio_dispatch_empty_map_is_unhandled(void **state)
{
	(void)state;
	assert_int_equal(access_at(0, 4), MMIO_UNHANDLED);
}

static void test_mmio_dispatch_gives_relative_address(void **state)
{
	struct mmio_access access = {
		.address = 0x1234, .size = 4, .is_write = true, .value = 7
	};

	(void)state;
	assert_int_equal(add(0x1000, 0x1000, 3), 0);
	assert_int_equal(mmio_dispatch(&map, &access), MMIO_HANDLED);
	assert_int_equal(seen.address, 0x234);
	assert_int_equal(seen.value, 7);
	assert_true(seen.is_write);
	assert_int_equal(access.value, 0x5a);
}

static void test_mmio_dispatch_knows_the_edges(void **state)
{
	(void)state;
	assert_int_equal(add(0x1000, 0x100, 0), 0);
	assert_int_equal(access_at(0xfff, 1), MMIO_UNHANDLED);
	assert_hits(0x1000, 0);
	assert_hits(0x10ff, 0);
	assert_int_equal(access_at(0x1100, 1), MMIO_UNHANDLED);
}

static void test_mmio_dispatch_across_the_end_is_an_error(void **state)
{
	(void)state;
	assert_int_equal(add(0x1000, 0x106, 0), 0);
	assert_int_equal(add(0x1106, 0x10, 1), 0);
	assert_int_equal(access_at(0x1102, 4), MMIO_HANDLED);
	assert_int_equal(access_at(0x1104, 4), MMIO_ERROR);
	assert_int_equal(access_at(0x1105, 2), MMIO_ERROR);
	assert_int_equal(access_at(0x1105, 1), MMIO_HANDLED);
}

static void test_mmio_dispatch_passes_errors_on(void **state)
{
	(void)state;
	assert_int_equal(mmio_add(&map, 0, 8, fatal, NULL), 0);
	assert_int_equal(access_at(0, 8), MMIO_ERROR);
}

static void test_mmio_add_keeps_windows_apart(void **state)
{
	static const struct {
		u64 start, size;
	} bad[] = {
		{ 0x1000, 0x1000 }, { 0x0fff, 2 },	{ 0x1fff, 2 },
		{ 0x1400, 1 },	    { 0, 0x10000 },	{ 0x0800, 0x801 },
		{ 0x2fff, 1 },	    { 0x2000, 0x1000 },
	};

	(void)state;
	assert_int_equal(add(0x1000, 0x1000, 0), 0);
	assert_int_equal(add(0x2800, 0x800, 1), 0);
	for (size_t n = 0; n < ARRAY_SIZE(bad); n++)
		assert_int_equal(add(bad[n].start, bad[n].size, 2), -EEXIST);
	assert_int_equal(add(0x2000, 0x800, 2), 0);
	assert_int_equal(add(0x0800, 0x800, 3), 0);
	assert_int_equal(map.count, 4);
}

static void test_mmio_add_empty_or_wrapping_is_refused(void **state)
{
	(void)state;
	assert_int_equal(add(0x1000, 0, 0), -EINVAL);
	assert_int_equal(add(~0ULL, 2, 0), -EINVAL);
	assert_int_equal(add(0x1000, ~0ULL, 0), -EINVAL);
	assert_int_equal(map.count, 0);
}

static void test_mmio_add_at_the_very_end_works(void **state)
{
	(void)state;
	assert_int_equal(add(~0ULL - 7, 8, 0), 0);
	assert_hits(~0ULL, 0);
	assert_int_equal(add(~0ULL - 8, 2, 1), -EEXIST);
	assert_int_equal(access_at(~0ULL, 2), MMIO_ERROR);
}

static void test_mmio_add_over_capacity_is_refused(void **state)
{
	(void)state;
	for (unsigned int n = 0; n < CAPACITY; n++)
		assert_int_equal(add((u64)(CAPACITY - n) * 0x10, 0x10, n), 0);
	assert_int_equal(add(0x1000, 1, 0), -ENOMEM);
	mmio_remove(&map, 0x50);
	assert_int_equal(add(0x1000, 1, 0), 0);
}

static void test_mmio_init_without_memory_fails(void **state)
{
	struct mmio_map other;
	void *all = page_alloc(mem_pool.pages - mem_pool.used);

	(void)state;
	assert_int_equal(mmio_init(&other, 1), -ENOMEM);
	mmio_destroy(&other);
	assert_int_equal(mmio_init(&other, 0), 0);
	assert_int_equal(mmio_add(&other, 0, 1, note, NULL), -ENOMEM);
	mmio_destroy(&other);
	page_free(all, mem_pool.used - 1);
}

static void test_mmio_remove_wants_the_exact_start(void **state)
{
	(void)state;
	assert_int_equal(add(0x1000, 0x1000, 0), 0);
	assert_int_equal(add(0x3000, 0x1000, 1), 0);
	mmio_remove(&map, 0x1001);
	mmio_remove(&map, 0x2000);
	mmio_remove(&map, 0);
	assert_int_equal(map.count, 2);
	mmio_remove(&map, 0x1000);
	assert_int_equal(access_at(0x1000, 1), MMIO_UNHANDLED);
	assert_hits(0x3000, 1);
}

static void test_mmio_random_windows_match_model(void **state)
{
	struct prng prng = prng_for(__func__);
	unsigned char owner[256]; /* of each byte: window + 1 */
	u64 start[CAPACITY] = { 0 };

	(void)state;
	memset(owner, 0, sizeof(owner));
	for (int step = 0; step < 5000; step++) {
		unsigned int n = prng_below(&prng, CAPACITY);
		unsigned int at = prng_below(&prng, 240);
		unsigned int size = 1 + prng_below(&prng, 16);
		bool free = true;

		if (memchr(owner, (int)n + 1, sizeof(owner))) {
			mmio_remove(&map, start[n]);
			for (size_t i = 0; i < sizeof(owner); i++)
				if (owner[i] == n + 1)
					owner[i] = 0;
		} else {
			for (unsigned int i = at; i < at + size; i++)
				free &= !owner[i];
			assert_int_equal(add(at, size, n), free ? 0 : -EEXIST);
			if (free) {
				memset(owner + at, (int)n + 1, size);
				start[n] = at;
			}
		}
		at = prng_below(&prng, 256);
		if (owner[at])
			assert_hits(at, owner[at] - 1U);
		else
			assert_int_equal(access_at(at, 1), MMIO_UNHANDLED);
	}
}

/* One CPU's window moves while another CPU looks things up. */
static bool stop;
static unsigned long lookups;

static enum mmio_result check_moving(void *arg, struct mmio_access *access)
{
	/* Offset and argument are of one and the same window. */
	assert_int_equal(access->address, (u64)(size_t)arg);
	return MMIO_HANDLED;
}

static void *look_up(void *arg)
{
	(void)arg;
	while (!__atomic_load_n(&stop, __ATOMIC_ACQUIRE)) {
		struct mmio_access access = { .address = 0x8000, .size = 4 };

		assert_int_equal(mmio_dispatch(&map, &access), MMIO_HANDLED);
		__atomic_add_fetch(&lookups, 1, __ATOMIC_RELEASE);
	}
	return NULL;
}

static void test_mmio_dispatch_sees_no_half_done_change(void **state)
{
	pthread_t thread;
	unsigned int moves = 0;

	(void)state;
	stop = false;
	lookups = 0;
	assert_int_equal(mmio_add(&map, 0x8000, 4, check_moving, (void *)0), 0);
	assert_int_equal(pthread_create(&thread, NULL, look_up, NULL), 0);
	/* Windows below come and go, so that it moves in the table. */
	while (moves < 20000 ||
	       __atomic_load_n(&lookups, __ATOMIC_ACQUIRE) < 100) {
		u64 at = (moves % 8) * 0x1000;

		assert_int_equal(mmio_add(&map, at, 0x1000, note, NULL), 0);
		mmio_remove(&map, at);
		if (++moves % 64 == 0)
			sched_yield();
	}
	__atomic_store_n(&stop, true, __ATOMIC_RELEASE);
	pthread_join(thread, NULL);
}

/* BARs of two devices of a cell, moved by two of its CPUs: one window each. */
struct mover {
	unsigned int n;
	pthread_barrier_t *start;
	unsigned long refused;
};

static void *move_window(void *arg)
{
	struct mover *mover = arg;

	pthread_barrier_wait(mover->start);
	for (unsigned int move = 0; move < 100000; move++) {
		u64 at = mover->n * 0x10000 + move % 8 * 0x1000;

		if (add(at, 0x1000, mover->n))
			mover->refused++;
		mmio_remove(&map, at);
	}
	return NULL;
}

static void test_mmio_windows_of_two_cpus_stay_whole(void **state)
{
	pthread_barrier_t start;
	struct mover movers[2] = { { 1, &start, 0 }, { 2, &start, 0 } };
	pthread_t threads[2];

	(void)state;
	/* No room to spare: with a wrong count, one behind the end would be
	 * written. */
	for (unsigned int n = 0; n < CAPACITY - 2; n++)
		assert_int_equal(add(0x100000 + n * 0x10, 0x10, n), 0);
	assert_int_equal(pthread_barrier_init(&start, NULL, 2), 0);
	for (unsigned int n = 0; n < 2; n++)
		assert_int_equal(pthread_create(&threads[n], NULL, move_window,
						&movers[n]),
				 0);
	for (unsigned int n = 0; n < 2; n++)
		assert_int_equal(pthread_join(threads[n], NULL), 0);
	pthread_barrier_destroy(&start);
	assert_int_equal(movers[0].refused, 0);
	assert_int_equal(movers[1].refused, 0);
	assert_int_equal(map.count, CAPACITY - 2);
	for (unsigned int n = 0; n < CAPACITY - 2; n++)
		assert_hits(0x100000 + n * 0x10, n);
}

static void test_mmio_perform_all_sizes(void **state)
{
	u64 reg = 0;
	static const u64 expected[] = { 0xf0, 0xdef0, 0, 0x9abcdef0 };

	(void)state;
	for (u8 size = 1; size <= 8; size = (u8)(size * 2)) {
		struct mmio_access access = { .size = size,
					      .is_write = true,
					      .value = 0x123456789abcdef0 };

		reg = 0;
		mmio_perform(&reg, &access);
		assert_int_equal(reg,
				 size == 8 ? access.value : expected[size - 1]);
		access = (struct mmio_access){ .size = size };
		mmio_perform(&reg, &access);
		assert_int_equal(access.value, reg);
	}
}

static void test_mmio_perform_misaligned_goes_by_bytes(void **state)
{
	u8 reg[8] __attribute__((aligned(8))) = { 0 };
	struct mmio_access access = { .size = 4,
				      .is_write = true,
				      .value = 0x11223344 };

	(void)state;
	mmio_perform(reg + 1, &access);
	assert_memory_equal(reg, "\0\x44\x33\x22\x11\0\0", 8);
	access = (struct mmio_access){ .size = 4 };
	mmio_perform(reg + 1, &access);
	assert_int_equal(access.value, 0x11223344);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_mmio_dispatch_empty_map_is_unhandled),
		CASE(test_mmio_dispatch_gives_relative_address),
		CASE(test_mmio_dispatch_knows_the_edges),
		CASE(test_mmio_dispatch_across_the_end_is_an_error),
		CASE(test_mmio_dispatch_passes_errors_on),
		CASE(test_mmio_add_keeps_windows_apart),
		CASE(test_mmio_add_empty_or_wrapping_is_refused),
		CASE(test_mmio_add_at_the_very_end_works),
		CASE(test_mmio_add_over_capacity_is_refused),
		CASE(test_mmio_init_without_memory_fails),
		CASE(test_mmio_remove_wants_the_exact_start),
		CASE(test_mmio_random_windows_match_model),
		CASE(test_mmio_dispatch_sees_no_half_done_change),
		CASE(test_mmio_windows_of_two_cpus_stay_whole),
		CASE(test_mmio_perform_all_sizes),
		CASE(test_mmio_perform_misaligned_goes_by_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
