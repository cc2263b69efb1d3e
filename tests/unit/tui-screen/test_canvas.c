// SPDX-License-Identifier: GPL-2.0-or-later
/* Text from anywhere, and what becomes of it. */
#include "cmocka_all.h"

#include <locale.h>
#include <string.h>

#include "screen/canvas.h"
#include "screen/text.h"

static struct tui_canvas canvas;

static int set_up(void **state)
{
	(void)state;
	if (!setlocale(LC_CTYPE, "C.UTF-8"))
		return -1;
	canvas.ascii = false;
	return tui_canvas_resize(&canvas, 10, 3);
}

static int tear_down(void **state)
{
	(void)state;
	tui_canvas_free(&canvas);
	return 0;
}

/* Line @y as UTF-8. */
static const char *line(unsigned int y)
{
	static char text[256];
	size_t used = 0;

	for (unsigned int x = 0; x < canvas.width; x++) {
		const struct tui_spot *spot = &canvas.spots[y * 10 + x];

		if (!spot->width)
			continue;
		used += tui_text_encode(spot->base, text + used);
		if (spot->mark)
			used += tui_text_encode(spot->mark, text + used);
	}
	return text;
}

static void test_put_cuts_with_a_sign(void **state)
{
	(void)state;
	assert_int_equal(tui_put(&canvas, 2, 0, 5, TUI_NORMAL, "abcdefgh"), 5);
	assert_string_equal(line(0), "  abcd…   ");
	assert_int_equal(tui_put(&canvas, 8, 1, 5, TUI_NORMAL, "xy"), 2);
	assert_string_equal(line(1), "        xy");
	assert_int_equal(tui_put(&canvas, 0, 2, 1, TUI_NORMAL, "Running"), 1);
	assert_string_equal(line(2), "R         ");
}

static void test_put_outside_draws_nothing(void **state)
{
	(void)state;
	assert_int_equal(tui_put(&canvas, 10, 0, 5, TUI_NORMAL, "a"), 0);
	assert_int_equal(tui_put(&canvas, 0, 3, 5, TUI_NORMAL, "a"), 0);
	assert_int_equal(tui_put(&canvas, 0, 0, 0, TUI_NORMAL, "a"), 0);
	tui_fill(&canvas, &(struct tui_rect){ 8, 2, 100, 100 }, TUI_NORMAL,
		 "x");
	assert_string_equal(line(2), "        xx");
}

static void test_put_right_is_at_the_right(void **state)
{
	(void)state;
	tui_put_right(&canvas, 0, 0, 9, TUI_NORMAL, "42");
	assert_string_equal(line(0), "       42 ");
}

static void test_text_of_controls_is_harmless(void **state)
{
	static const char *const hostile[] = {
		"a\033[2Jb",
		"a\nb",
		"a\tb",
		"a\177b",
		"a\302\233"
		"b", /* CSI */
		"a\xe2\x80\xae"
		"b", /* writes to the left */
		"a\xe2\x80\x8b"
		"b", /* nothing wide */
		"a\xff\xfe"
		"b",
		"a\xed\xa0\x80"
		"b",
		"a\xf4\x90\x80\x80"
		"b",
		"a\xc0\x80"
		"b",
		"a\xe2\x82",
		"a\xf3\xa0\x80\x81"
		"b",
	};

	(void)state;
	for (size_t n = 0; n < sizeof(hostile) / sizeof(hostile[0]); n++) {
		const char *text = hostile[n];
		struct tui_char next;

		while (tui_text_next(&text, false, &next)) {
			assert_true(next.base >= ' ' && next.base != 0x7f);
			assert_false(next.base >= 0x80 && next.base < 0xa0);
			assert_int_equal(next.mark, 0);
			assert_int_equal(next.width, 1);
		}
	}
}

static void test_text_of_wide_characters_has_their_width(void **state)
{
	(void)state;
	assert_int_equal(tui_text_width("細胞", false), 4);
	assert_int_equal(tui_text_width("細胞", true), 2);
	tui_put(&canvas, 0, 0, 4, TUI_NORMAL, "細胞核");
	assert_string_equal(line(0), "細…       ");
	/* half of one is overwritten */
	tui_put(&canvas, 1, 0, 1, TUI_NORMAL, "x");
	assert_string_equal(line(0), " x…       ");
}

static void test_text_of_marks_keeps_one(void **state)
{
	const char *text = "e\xcc\x81\xcc\x81\xcc\x81x";
	struct tui_char next;

	(void)state;
	assert_true(tui_text_next(&text, false, &next));
	assert_int_equal(next.base, 'e');
	assert_int_equal(next.mark, 0x301);
	assert_true(tui_text_next(&text, false, &next));
	assert_int_equal(next.base, 'x');
	text = "\xcc\x81";
	assert_true(tui_text_next(&text, false, &next));
	assert_int_equal(next.base, TUI_UNSHOWN);
	assert_false(tui_text_next(&text, false, &next));
}

static void test_text_in_ascii_has_nothing_else(void **state)
{
	(void)state;
	canvas.ascii = true;
	tui_put(&canvas, 0, 0, 6, TUI_NORMAL, "zellé-7890");
	assert_string_equal(line(0), "zell?~    ");
	for (int sign = 0; sign < TUI_NUM_SIGNS; sign++)
		assert_true(*tui_canvas_sign(&canvas, (enum tui_sign)sign) >
			    ' ');
}

static void test_style_any_letter_differs_in_mono(void **state)
{
	(void)state;
	assert_int_equal(tui_letter_owner(0), 'R');
	assert_int_equal(tui_letter_owner(1), 'a');
	assert_int_equal(tui_letter_owner(27), 'a');
	assert_int_equal(tui_style_owner(1), tui_style_owner(9));
	assert_int_not_equal(tui_style_owner(0), tui_style_owner(9));
}

/* Relative luminance and contrast of WCAG 2.1. */
static double channel(int value)
{
	double c = value / 255.0;

	return c <= 0.03928 ? c / 12.92
			    : __builtin_pow((c + 0.055) / 1.055, 2.4);
}

static double luminance(int rgb)
{
	return 0.2126 * channel(rgb >> 16 & 255) +
	       0.7152 * channel(rgb >> 8 & 255) + 0.0722 * channel(rgb & 255);
}

static int rgb_of(int color, enum tui_palette palette)
{
	static const int steps[] = { 0, 95, 135, 175, 215, 255 };

	if (palette == TUI_PALETTE_TRUE)
		return color;
	if (color >= 232)
		return (8 + (color - 232) * 10) * 0x10101;
	color -= 16;
	return steps[color / 36] << 16 | steps[color / 6 % 6] << 8 |
	       steps[color % 6];
}

static void test_style_text_on_fills_can_be_read(void **state)
{
	static const enum tui_palette palettes[] = { TUI_PALETTE_256,
						     TUI_PALETTE_TRUE };

	(void)state;
	for (int n = 0; n < 2 * TUI_NUM_STYLES; n++) {
		enum tui_palette palette = palettes[n % 2];
		struct tui_look look =
			tui_style_look((enum tui_style)(n / 2), palette);
		double a, b;

		if (look.fill == TUI_COLOR_NONE)
			continue;
		a = luminance(rgb_of(look.text, palette)) + 0.05;
		b = luminance(rgb_of(look.fill, palette)) + 0.05;
		if ((a > b ? a / b : b / a) < 4.5)
			print_message("style %d: %f\n", n / 2,
				      a > b ? a / b : b / a);
		assert_true((a > b ? a / b : b / a) >= 4.5);
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_put_cuts_with_a_sign),
		TEST(test_put_outside_draws_nothing),
		TEST(test_put_right_is_at_the_right),
		TEST(test_text_of_controls_is_harmless),
		TEST(test_text_of_wide_characters_has_their_width),
		TEST(test_text_of_marks_keeps_one),
		TEST(test_text_in_ascii_has_nothing_else),
		TEST(test_style_any_letter_differs_in_mono),
		TEST(test_style_text_on_fills_can_be_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
