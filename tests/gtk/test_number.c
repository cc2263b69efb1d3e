// SPDX-License-Identifier: GPL-2.0-or-later
/* Numbers as people write them; where chips and cards go. */
#include "cmocka_all.h"

#include <inttypes.h>

#include "model/number.h"
#include "pages/partition/preview_place.h"
#include "widgets/wrap_place.h"

static void test_number_parse_expressions_give_their_value(void **state)
{
	static const struct {
		const char *text;
		uint64_t value;
	} rows[] = {
		{ "0", 0 },
		{ "64M", 64 << 20 },
		{ "64 MiB", 64 << 20 },
		{ "4k", 4096 },
		{ "0x40000000+16M", 0x41000000 },
		{ " 0x1000 - 4K + 1 ", 1 },
		{ "2*4K*2", 16384 },
		{ "0xffffffffffffffff", UINT64_MAX },
		{ "1G-64K", (1 << 30) - (64 << 10) },
	};

	(void)state;
	for (guint n = 0; n < G_N_ELEMENTS(rows); n++) {
		uint64_t value = 1234;

		assert_true(jhw_number_parse(rows[n].text, &value, NULL));
		assert_int_equal(value, rows[n].value);
	}
}

static void test_number_parse_nonsense_is_refused_and_leaves_the_number(void **state)
{
	static const char *const rows[] = {
		"",
		"M",
		"0x",
		"64Q",
		"1+",
		"1-2",
		"17179869184G",
		"0x10000000000000000",
		"4K 4K",
		"-1",
		"99999999999999999999",
		"0xffffffffffffffff+1",
		"1024*16777216T",
	};

	(void)state;
	for (guint n = 0; n < G_N_ELEMENTS(rows); n++) {
		g_autoptr(GError) error = NULL;
		uint64_t value = 1234;

		assert_false(jhw_number_parse(rows[n], &value, &error));
		assert_non_null(error);
		assert_int_equal(value, 1234);
	}
}

static void test_number_texts_are_what_the_parser_reads(void **state)
{
	static const uint64_t rows[] = { 0, 1, 4096, 0x10800, 64 << 20, 1ULL << 40, UINT64_MAX };

	(void)state;
	for (guint n = 0; n < G_N_ELEMENTS(rows); n++) {
		g_autofree char *text = jhw_number_size_text(rows[n]);
		uint64_t value = 0;

		assert_true(jhw_number_parse(text, &value, NULL));
		assert_int_equal(value, rows[n]);
	}
}

static void assert_human(uint64_t size, const char *expected)
{
	g_autofree char *text = jhw_number_human(size);

	assert_string_equal(text, expected);
}

static void test_number_human_has_one_digit_after_the_point(void **state)
{
	(void)state;
	assert_human(0, "0 B");
	assert_human(1023, "1023 B");
	assert_human(65536, "64 KiB");
	assert_human(1536ULL << 20, "1.5 GiB");
	assert_human(UINT64_MAX, "15.9 EiB");
}

/* --- placement ---------------------------------------------------------------
 */

static void test_wrap_items_go_to_the_next_line_where_there_is_no_room(void **state)
{
	struct wrap_item items[] = {
		{ .width = 40, .height = 10 },
		{ .width = 40, .height = 20 },
		{ .width = 40, .height = 10 },
	};

	(void)state;
	assert_int_equal(wrap_place(items, 3, 100, 10, 5), 20 + 5 + 10);
	assert_int_equal(items[1].x, 50);
	assert_int_equal(items[1].y, 0);
	assert_int_equal(items[2].x, 0);
	assert_int_equal(items[2].y, 25);
}

static void test_wrap_item_wider_than_the_line_is_cut(void **state)
{
	struct wrap_item items[] = {
		{ .width = 10, .height = 10 },
		{ .width = 500, .height = 10 },
	};

	(void)state;
	assert_int_equal(wrap_place(items, 2, 100, 10, 5), 25);
	assert_int_equal(items[1].given, 100);
	assert_int_equal(items[1].x, 0);
}

static void test_wrap_nothing_has_no_height(void **state)
{
	(void)state;
	assert_int_equal(wrap_place(NULL, 0, 100, 10, 5), 0);
	assert_int_equal(wrap_natural_width(NULL, 0, 10), 0);
}

static void test_card_place_never_covers_the_pointer_while_there_is_room(void **state)
{
	(void)state;
	for (int x = 0; x <= 800; x += 20) {
		for (int y = 0; y <= 600; y += 20) {
			struct card_place place = card_place(x, y, 300, 200, 800, 600);

			assert_in_range(place.x, 0, 500);
			assert_in_range(place.y, 0, 400);
			assert_false(x >= place.x && x < place.x + 300 && y >= place.y &&
				     y < place.y + 200);
		}
	}
}

static void test_card_place_larger_than_the_area_begins_at_its_corner(void **state)
{
	struct card_place place = card_place(50, 50, 300, 300, 100, 100);

	(void)state;
	assert_int_equal(place.x, 0);
	assert_int_equal(place.y, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_number_parse_expressions_give_their_value),
		cmocka_unit_test(test_number_parse_nonsense_is_refused_and_leaves_the_number),
		cmocka_unit_test(test_number_texts_are_what_the_parser_reads),
		cmocka_unit_test(test_number_human_has_one_digit_after_the_point),
		cmocka_unit_test(test_wrap_items_go_to_the_next_line_where_there_is_no_room),
		cmocka_unit_test(test_wrap_item_wider_than_the_line_is_cut),
		cmocka_unit_test(test_wrap_nothing_has_no_height),
		cmocka_unit_test(test_card_place_never_covers_the_pointer_while_there_is_room),
		cmocka_unit_test(test_card_place_larger_than_the_area_begins_at_its_corner),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
