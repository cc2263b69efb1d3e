// SPDX-License-Identifier: GPL-2.0-or-later
/* The layout, at every size from 20x5 to 300x100. */
#include "cmocka_all.h"

#include <string.h>

#include "screen/bar.h"
#include "screen/layout.h"

#define NUM_RECTS (6 + TUI_MAX_PANES)

static size_t all_rects(const struct tui_layout *layout,
			const struct tui_rect **rects)
{
	size_t count = 0;

	rects[count++] = &layout->title;
	rects[count++] = &layout->tabs;
	rects[count++] = &layout->head;
	rects[count++] = &layout->header;
	rects[count++] = &layout->table;
	rects[count++] = &layout->footer;
	for (size_t n = 0; n < TUI_MAX_PANES; n++)
		rects[count++] = &layout->panes[n];
	return count;
}

static bool overlap(const struct tui_rect *a, const struct tui_rect *b)
{
	return a->height && b->height && a->x < b->x + b->width &&
	       b->x < a->x + a->width && a->y < b->y + b->height &&
	       b->y < a->y + a->height;
}

static void check(const struct tui_layout_input *input)
{
	const struct tui_rect *rects[NUM_RECTS];
	struct tui_layout layout;
	size_t count, top;

	tui_layout(input, &layout);
	count = all_rects(&layout, rects);
	for (size_t n = 0; n < count; n++) {
		assert_true(rects[n]->x + rects[n]->width <= input->width);
		assert_true(rects[n]->y + rects[n]->height <= input->height);
		assert_true(!rects[n]->height || rects[n]->width);
		for (size_t other = 0; other < n; other++)
			assert_false(overlap(rects[n], rects[other]));
	}
	assert_true(layout.table.height >= 1);
	if (input->focus >= 0 && input->height >= 12)
		assert_true(layout.panes[input->focus].height >= 2);
	for (size_t n = 0; n < TUI_MAX_PANES; n++)
		assert_true(
			!layout.panes[n].height ||
			(n < input->num_panes && layout.panes[n].height >= 3));

	/* the row that is selected is seen, wherever one was before */
	for (size_t selected = 0; selected < input->num_rows; selected += 3) {
		top = tui_window(input->num_rows, layout.table.height,
				 selected * 7 % (input->num_rows + 9),
				 (long)selected);
		assert_in_range(selected, top, top + layout.table.height - 1);
	}
}

/* All of the screen belongs to something, but between panes. */
static void check_full(const struct tui_layout_input *input)
{
	const struct tui_rect *rects[NUM_RECTS];
	struct tui_layout layout;
	size_t area = 0, count;

	tui_layout(input, &layout);
	count = all_rects(&layout, rects);
	for (size_t n = 0; n < count; n++)
		area += (size_t)rects[n]->width * rects[n]->height +
			(rects[n]->x && rects[n]->height ? rects[n]->height
							 : 0);
	assert_int_equal(area, (size_t)input->width * input->height);
}

static void test_layout_any_size_fits(void **state)
{
	static const size_t rows[] = { 0, 1, 4, 16, 300 };

	(void)state;
	for (unsigned int width = 20; width <= 300; width += 7) {
		for (unsigned int height = 5; height <= 100; height++) {
			for (size_t panes = 0; panes <= TUI_MAX_PANES;
			     panes++) {
				struct tui_layout_input input = {
					.width = width,
					.height = height,
					.num_tabs = 1 + height % 3,
					.num_rows = rows[(width + height) % 5],
					.num_panes = panes,
					.focus =
						(int)(height % (panes + 1)) - 1,
				};

				for (size_t n = 0; n < panes; n++)
					input.wants[n] =
						(width * n + height) % 40;
				check(&input);
				check_full(&input);
			}
		}
	}
}

static void test_layout_tiny_does_not_break(void **state)
{
	(void)state;
	for (unsigned int width = 1; width < 24; width++) {
		for (unsigned int height = 1; height < 12; height++) {
			const struct tui_layout_input input = {
				.width = width,
				.height = height,
				.num_tabs = 2,
				.num_rows = 5,
				.num_panes = 2,
				.focus = (int)(width % 3) - 1,
			};

			check(&input);
		}
	}
}

static void test_layout_small_table_leaves_lines_to_panes(void **state)
{
	const struct tui_layout_input input = {
		.width = 80,
		.height = 24,
		.num_tabs = 1,
		.num_rows = 3,
		.num_panes = 2,
		.wants = { 2, 50 },
		.focus = -1,
	};
	struct tui_layout layout;

	(void)state;
	tui_layout(&input, &layout);
	assert_int_equal(layout.table.height, 3);
	assert_int_equal(layout.panes[0].height, 3);
	assert_int_equal(layout.panes[1].height, 24 - 1 - 4 - 1 - 3 - 3 - 1);
}

static void test_window_grows_back_at_the_end(void **state)
{
	(void)state;
	assert_int_equal(tui_window(10, 5, 8, -1), 5);
	assert_int_equal(tui_window(3, 5, 2, 1), 0);
	assert_int_equal(tui_window(10, 5, 0, 9), 5);
	assert_int_equal(tui_window(10, 0, 3, 4), 4);
}

/* --- columns -------------------------------------------------------------- */

static void check_columns(const struct tui_fit *fits, size_t count,
			  unsigned int width)
{
	unsigned int at = 0;

	for (size_t n = 0; n < count; n++) {
		if (!fits[n].columns)
			continue;
		assert_true(fits[n].at >= at);
		assert_true(fits[n].columns >= fits[n].least);
		at = fits[n].at + fits[n].columns;
		assert_true(at <= width);
		at++;
	}
}

static void test_columns_any_width_fits(void **state)
{
	static const struct tui_fit like[] = {
		{ .width = 3, .least = 2, .keeps = true, .fixed = true },
		{ .width = 12, .least = 8, .keeps = true, .fixed = true },
		{ .width = 11, .least = 1, .keeps = true },
		{ .width = 5, .least = 5 },
		{ .width = 12, .least = 12, .stretches = true },
		{ .width = 7, .least = 6, .keeps = true },
		{ .width = 9, .least = 9 },
	};
	const size_t count = sizeof(like) / sizeof(like[0]);

	(void)state;
	for (unsigned int width = 0; width < 300; width++) {
		for (size_t skip = 0; skip < count; skip++) {
			struct tui_fit fits[sizeof(like) / sizeof(like[0])];

			memcpy(fits, like, sizeof(fits));
			tui_fit_columns(fits, count, skip, width);
			check_columns(fits, count, width);
			if (width > 20) /* they do not scroll away */
				assert_true(fits[0].columns && fits[1].columns);
		}
	}
}

static void test_columns_that_keep_come_before_others(void **state)
{
	struct tui_fit fits[] = {
		{ .width = 10, .least = 10, .keeps = true },
		{ .width = 10, .least = 10 },
		{ .width = 10, .least = 4, .keeps = true },
	};

	(void)state;
	tui_fit_columns(fits, 3, 0, 16);
	assert_int_equal(fits[0].columns, 10);
	assert_int_equal(fits[1].columns, 0);
	assert_int_equal(fits[2].columns, 5);
}

/* --- bars ----------------------------------------------------------------- */

static void test_bar_share_gives_all_and_loses_none(void **state)
{
	static const uint64_t sizes[] = { 1, 3ULL << 30, 0,	     64 << 20,
					  5, 1ULL << 20, UINT64_MAX, 7 };
	unsigned int columns[8];

	(void)state;
	for (size_t count = 1; count <= 8; count++) {
		for (unsigned int width = (unsigned int)count; width < 300;
		     width++) {
			unsigned int sum = 0;

			tui_bar_share(sizes, count, width, columns);
			for (size_t n = 0; n < count; n++) {
				assert_int_equal(columns[n] > 0, sizes[n] > 0);
				sum += columns[n];
			}
			assert_int_equal(sum, width);
		}
	}
}

static void test_bar_share_of_nothing_is_nothing(void **state)
{
	static const uint64_t sizes[2];
	unsigned int columns[2] = { 7, 7 };

	(void)state;
	tui_bar_share(sizes, 2, 10, columns);
	assert_int_equal(columns[0] + columns[1], 0);
}

static void test_bar_fill_shows_a_little(void **state)
{
	(void)state;
	assert_int_equal(tui_bar_fill(1, 1000000, 10), 1);
	assert_int_equal(tui_bar_fill(0, 1000000, 10), 0);
	assert_int_equal(tui_bar_fill(5, 0, 10), 0);
	assert_int_equal(tui_bar_fill(7, 5, 10), 10);
	assert_int_equal(tui_bar_fill(UINT64_MAX - 1, UINT64_MAX, 10), 9);
	assert_int_equal(tui_bar_fill(1, 2, 0), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_layout_any_size_fits),
		cmocka_unit_test(test_layout_tiny_does_not_break),
		cmocka_unit_test(test_layout_small_table_leaves_lines_to_panes),
		cmocka_unit_test(test_window_grows_back_at_the_end),
		cmocka_unit_test(test_columns_any_width_fits),
		cmocka_unit_test(test_columns_that_keep_come_before_others),
		cmocka_unit_test(test_bar_share_gives_all_and_loses_none),
		cmocka_unit_test(test_bar_share_of_nothing_is_nothing),
		cmocka_unit_test(test_bar_fill_shows_a_little),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
