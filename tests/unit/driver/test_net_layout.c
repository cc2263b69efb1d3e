// SPDX-License-Identifier: GPL-2.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "guest/net_layout.h"

static struct net_layout layout;
static struct net_frames frames;

static void test_layout_of_the_usual_section_is_the_known_one(void **state)
{
	(void)state;
	assert_int_equal(net_layout_init(&layout, 0x7f000), 0);
	assert_int_equal(layout.num, 2048);
	assert_int_equal(layout.avail, 0x8000);
	assert_int_equal(layout.used, 0x9040);
	assert_int_equal(layout.data, 0xd080);
	assert_int_equal(net_layout_default_mtu(&layout), 16384);
	assert_int_equal(net_layout_max_mtu(&layout), 65535);
}

static void test_layout_of_one_page_has_the_smallest_ring(void **state)
{
	(void)state;
	assert_int_equal(net_layout_init(&layout, 0x1000), 0);
	assert_int_equal(layout.num, 32);
	assert_int_equal(net_layout_default_mtu(&layout), 196);
	assert_int_equal(net_layout_max_mtu(&layout),
			 (0x1000 - layout.data) / 4);
}

static void test_layout_parts_do_not_overlap(void **state)
{
	(void)state;
	for (u64 size = 0x1000; size < 0x400000; size += 0x1000) {
		assert_int_equal(net_layout_init(&layout, size), 0);
		assert_true(layout.num >= 32 && layout.num <= 4096);
		assert_true(layout.avail == 16 * layout.num);
		assert_true(layout.used_event ==
			    layout.avail + 4 + 2 * layout.num);
		assert_true(layout.used >= layout.used_event + 2);
		assert_true(layout.used % 64 == 0);
		assert_true(layout.avail_event ==
			    layout.used + 4 + 8 * layout.num);
		assert_true(layout.data >= layout.avail_event + 2);
		assert_true(layout.data % 64 == 0);
		assert_true(layout.data + 4 * 68 <= layout.size);
	}
}

static void test_layout_too_small_is_refused(void **state)
{
	(void)state;
	for (u64 size = 0; size < 32 * 16 + 4 + 64 + 2; size++)
		assert_int_equal(net_layout_init(&layout, size), -EINVAL);
}

static void test_layout_of_huge_section_uses_its_start(void **state)
{
	(void)state;
	assert_int_equal(net_layout_init(&layout, ~0ULL), 0);
	assert_int_equal(layout.size, 0x80000000U);
}

static void test_frame_outside_of_the_data_does_not_fit(void **state)
{
	(void)state;
	assert_int_equal(net_layout_init(&layout, 0x7f000), 0);
	assert_true(net_layout_frame_fits(&layout, layout.data, 60));
	assert_true(net_layout_frame_fits(&layout, 0x7f000 - 60, 60));
	assert_false(net_layout_frame_fits(&layout, layout.data - 1, 60));
	assert_false(net_layout_frame_fits(&layout, 0, 60));
	assert_false(net_layout_frame_fits(&layout, 0x7f000 - 59, 60));
	assert_false(net_layout_frame_fits(&layout, 0x7f000, 0));
	assert_false(net_layout_frame_fits(&layout, layout.data, ~0U));
	assert_false(net_layout_frame_fits(&layout, ~0ULL - 10, 60));
	assert_false(net_layout_frame_fits(&layout, ~0ULL, ~0U));
}

static int setup_frames(void **state)
{
	(void)state;
	/* 1024 bytes of data */
	layout = (struct net_layout){ .data = 0x400, .size = 0x800 };
	net_frames_init(&frames, &layout);
	return 0;
}

static void test_frames_follow_each_other(void **state)
{
	(void)state;
	assert_int_equal(net_frames_take(&frames, 46), 0x400);
	assert_int_equal(net_frames_take(&frames, 47), 0x440);
	assert_int_equal(net_frames_take(&frames, 1), 0x4c0);
}

static void test_frames_take_all_and_no_more(void **state)
{
	(void)state;
	assert_true(net_frames_has_room(&frames, 1024 - 18));
	assert_false(net_frames_has_room(&frames, 1024 - 17));
	for (u32 n = 0; n < 16; n++)
		assert_int_equal(net_frames_take(&frames, 46), 0x400 + n * 64);
	assert_int_equal(net_frames_take(&frames, 1), 0);
}

static void test_frames_wrap_when_the_rest_is_too_small(void **state)
{
	(void)state;
	assert_int_equal(net_frames_take(&frames, 512 - 18), 0x400);
	assert_int_equal(net_frames_take(&frames, 256 - 18), 0x600);
	/* 256 are left at the end; the start is in use. */
	assert_int_equal(net_frames_take(&frames, 320 - 18), 0);
	net_frames_give(&frames, 0x600);
	assert_int_equal(net_frames_take(&frames, 320 - 18), 0x400);
	/* up to the oldest, not into it */
	assert_int_equal(net_frames_take(&frames, 256 - 18), 0);
	assert_int_equal(net_frames_take(&frames, 192 - 18), 0x540);
	assert_int_equal(net_frames_take(&frames, 1), 0);
	net_frames_give(&frames, 0x400);
	assert_int_equal(net_frames_take(&frames, 512 - 18), 0x600);
}

static void test_frames_start_anew_when_all_came_back(void **state)
{
	(void)state;
	assert_int_equal(net_frames_take(&frames, 512 - 18), 0x400);
	assert_int_equal(net_frames_take(&frames, 512 - 18), 0x600);
	net_frames_give(&frames, 0x600);
	net_frames_give(&frames, 0);
	assert_int_equal(net_frames_take(&frames, 1024 - 18), 0x400);
}

/* Against a record of which bytes are in use */
static void test_frames_never_overlap(void **state)
{
	static unsigned char used[0x800];
	struct {
		u32 offset, length;
	} queue[64];
	u32 seed = 1, first = 0, count = 0, taken = 0;

	(void)state;
	for (int n = 0; n < 200000; n++) {
		seed = seed * 1664525 + 1013904223;
		u32 length = 1 + (seed >> 8) % 400;
		u32 offset = seed >> 31 ? net_frames_take(&frames, length) : 0;

		if (offset) {
			assert_true(
				net_layout_frame_fits(&layout, offset, length));
			for (u32 at = offset; at < offset + length; at++)
				assert_int_equal(used[at]++, 0);
			queue[(first + count) % 64].offset = offset;
			queue[(first + count++) % 64].length = length;
			taken++;
		} else if (count) {
			u32 at = queue[first % 64].offset;

			for (u32 end = at + queue[first % 64].length; at < end;
			     at++)
				used[at]--;
			first++;
			count--;
			net_frames_give(&frames, queue[first % 64].offset);
		}
		assert_true(count < 64);
	}
	assert_true(taken > 50000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			test_layout_of_the_usual_section_is_the_known_one),
		cmocka_unit_test(test_layout_of_one_page_has_the_smallest_ring),
		cmocka_unit_test(test_layout_parts_do_not_overlap),
		cmocka_unit_test(test_layout_too_small_is_refused),
		cmocka_unit_test(test_layout_of_huge_section_uses_its_start),
		cmocka_unit_test(test_frame_outside_of_the_data_does_not_fit),
		cmocka_unit_test_setup(test_frames_follow_each_other,
				       setup_frames),
		cmocka_unit_test_setup(test_frames_take_all_and_no_more,
				       setup_frames),
		cmocka_unit_test_setup(
			test_frames_wrap_when_the_rest_is_too_small,
			setup_frames),
		cmocka_unit_test_setup(
			test_frames_start_anew_when_all_came_back,
			setup_frames),
		cmocka_unit_test_setup(test_frames_never_overlap, setup_frames),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
