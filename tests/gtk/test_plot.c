// SPDX-License-Identifier: GPL-2.0-or-later
/* Numbers over time, and how they are drawn: no display. */
#include "cmocka_all.h"

#include <math.h>

#include "canvas/plot.h"

#define WIDTH  100
#define HEIGHT 40

/* --- series ------------------------------------------------------------------- */

static void test_series_keeps_the_youngest(void **state)
{
	g_autoptr(JhwSeries) series = jhw_series_new(10);
	const JhwPoint *points;
	guint count;

	(void)state;
	assert_true(isnan(jhw_series_last(series)));
	for (gint64 n = 0; n < 1000; n++) {
		jhw_series_add(series, n * 100, (double)n);
		points = jhw_series_points(series, &count);
		assert_int_equal(count, MIN(n + 1, 10));
		assert_int_equal(points[count - 1].ms, n * 100);
		assert_int_equal(points[0].ms, (n + 1 - count) * 100);
	}
	assert_int_equal(jhw_series_last(series), 999);
}

static void test_series_begins_anew_when_time_goes_back(void **state)
{
	g_autoptr(JhwSeries) series = jhw_series_new(10);
	guint count;

	(void)state;
	jhw_series_add(series, 1000, 1);
	jhw_series_add(series, 2000, 2);
	jhw_series_add(series, 2000, 3);
	jhw_series_points(series, &count);
	assert_int_equal(count, 2);
	assert_int_equal(jhw_series_last(series), 3);
	jhw_series_add(series, 1500, 7);
	jhw_series_points(series, &count);
	assert_int_equal(count, 1);
}

static void test_series_finds_the_largest_that_is_known(void **state)
{
	g_autoptr(JhwSeries) series = jhw_series_new(10);

	(void)state;
	jhw_series_add(series, 1000, 9);
	jhw_series_add(series, 2000, 2);
	jhw_series_add(series, 3000, NAN);
	jhw_series_add(series, 4000, 3);
	assert_int_equal(jhw_series_largest(series, 0), 9);
	assert_int_equal(jhw_series_largest(series, 2000), 3);
	assert_true(isnan(jhw_series_largest(series, 5000)));
}

/* --- numbers ------------------------------------------------------------------ */

static void test_numbers_are_short(void **state)
{
	static const struct {
		double value;
		const char *text;
	} cases[] = {
		{ 0, "0" },
		{ 3, "3" },
		{ 0.31, "0.31" },
		{ 8.04, "8.0" },
		{ 12.34, "12.3" },
		{ 999, "999" },
		{ 1000, "1.0\342\200\211k" },
		{ 12345, "12.3\342\200\211k" },
		{ 999999, "1.0\342\200\211M" },
		{ 131072, "131\342\200\211k" },
		{ NAN, "\342\200\224" },
	};

	(void)state;
	for (guint n = 0; n < G_N_ELEMENTS(cases); n++) {
		g_autofree char *text = jhw_plot_number(cases[n].value);

		assert_string_equal(text, cases[n].text);
	}
}

static void test_scales_are_round(void **state)
{
	(void)state;
	assert_float_equal(jhw_plot_round_up(0), 1, 0);
	assert_float_equal(jhw_plot_round_up(NAN), 1, 0);
	assert_float_equal(jhw_plot_round_up(1), 1, 0);
	assert_float_equal(jhw_plot_round_up(1.1), 2, 0);
	assert_float_equal(jhw_plot_round_up(34), 50, 0);
	assert_float_equal(jhw_plot_round_up(500), 500, 0);
	assert_float_equal(jhw_plot_round_up(501), 1000, 0);
}

/* --- pictures ----------------------------------------------------------------- */

struct picture {
	cairo_surface_t *surface;
	cairo_t *cairo;
};

static struct picture blank(void)
{
	struct picture picture;

	picture.surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, WIDTH, HEIGHT);
	picture.cairo = cairo_create(picture.surface);
	cairo_set_source_rgb(picture.cairo, 1, 1, 1);
	cairo_paint(picture.cairo);
	return picture;
}

/* Whether something is drawn in these columns and rows. */
static gboolean has_ink(const struct picture *picture, int x, int width, int y, int height)
{
	const guchar *data;
	int stride = cairo_image_surface_get_stride(picture->surface);

	cairo_surface_flush(picture->surface);
	data = cairo_image_surface_get_data(picture->surface);
	for (int row = y; row < y + height; row++)
		for (int column = x; column < x + width; column++)
			if (data[row * stride + column * 4] < 200)
				return TRUE;
	return FALSE;
}

static void drop(struct picture *picture)
{
	assert_int_equal(cairo_status(picture->cairo), CAIRO_STATUS_SUCCESS);
	cairo_destroy(picture->cairo);
	cairo_surface_destroy(picture->surface);
}

static struct picture draw(const JhwPoint *points, guint count, gint64 gap_ms)
{
	const JhwPlotLine line = { .points = points, .count = count };
	const JhwPlot plot = {
		.lines = &line,
		.num_lines = 1,
		.to_ms = 10000,
		.gap_ms = gap_ms,
		.top = 10,
	};
	struct picture picture = blank();

	jhw_plot_draw_small(picture.cairo, &plot, 0, 0, WIDTH, HEIGHT);
	return picture;
}

static void test_values_have_their_height(void **state)
{
	static const JhwPoint points[] = { { 0, 0 }, { 4900, 0 }, { 5100, 10 }, { 10000, 10 } };
	struct picture picture = draw(points, G_N_ELEMENTS(points), 0);

	(void)state;
	assert_true(has_ink(&picture, 0, 45, HEIGHT - 6, 6));
	assert_false(has_ink(&picture, 0, 45, 0, HEIGHT - 6));
	assert_true(has_ink(&picture, 55, 45, 0, 6));
	assert_false(has_ink(&picture, 55, 45, 6, HEIGHT - 6));
	drop(&picture);
}

static void test_what_is_not_known_is_a_gap(void **state)
{
	static const JhwPoint points[] = {
		{ 0, 5 }, { 3000, 5 }, { 4000, NAN }, { 7000, 5 }, { 10000, 5 },
	};
	struct picture picture = draw(points, G_N_ELEMENTS(points), 0);

	(void)state;
	assert_true(has_ink(&picture, 0, 28, 0, HEIGHT));
	assert_false(has_ink(&picture, 33, 34, 0, HEIGHT));
	assert_true(has_ink(&picture, 72, 28, 0, HEIGHT));
	drop(&picture);
}

static void test_a_time_without_samples_is_a_gap(void **state)
{
	static const JhwPoint points[] = { { 0, 5 }, { 2000, 5 }, { 8000, 5 }, { 10000, 5 } };
	struct picture picture = draw(points, G_N_ELEMENTS(points), 3000);

	(void)state;
	assert_true(has_ink(&picture, 0, 18, 0, HEIGHT));
	assert_false(has_ink(&picture, 23, 54, 0, HEIGHT));
	assert_true(has_ink(&picture, 82, 18, 0, HEIGHT));
	drop(&picture);
}

static void test_one_value_alone_is_seen(void **state)
{
	static const JhwPoint points[] = { { 4000, NAN }, { 5000, 5 }, { 6000, NAN } };
	struct picture picture = draw(points, G_N_ELEMENTS(points), 0);

	(void)state;
	assert_true(has_ink(&picture, 47, 6, HEIGHT / 2 - 4, 8));
	drop(&picture);
}

static void test_nothing_known_draws_nothing(void **state)
{
	static const JhwPoint points[] = { { 0, NAN }, { 5000, NAN } };
	struct picture picture = draw(points, G_N_ELEMENTS(points), 0);
	struct picture none = draw(NULL, 0, 0);

	(void)state;
	assert_false(has_ink(&picture, 0, WIDTH, 0, HEIGHT));
	assert_false(has_ink(&none, 0, WIDTH, 0, HEIGHT));
	drop(&picture);
	drop(&none);
}

static void test_values_beyond_the_scale_stay_inside(void **state)
{
	static const JhwPoint points[] = {
		{ 0, 1e30 },
		{ 3000, INFINITY },
		{ 6000, -5 },
		{ 10000, 1e300 },
	};
	struct picture picture = draw(points, G_N_ELEMENTS(points), 0);

	(void)state;
	assert_true(has_ink(&picture, 0, WIDTH, 0, HEIGHT));
	drop(&picture);
}

/* Lines are told apart without colours. */
static void test_dashes_leave_holes(void **state)
{
	static const JhwPoint points[] = { { 0, 5 }, { 10000, 5 } };
	const JhwPlotLine line = { .points = points, .count = 2, .dash = 1 };
	const JhwPlot plot = { .lines = &line, .num_lines = 1, .to_ms = 10000, .top = 10 };
	struct picture picture = blank();
	guint holes = 0;

	(void)state;
	jhw_plot_draw_small(picture.cairo, &plot, 0, 0, WIDTH, HEIGHT);
	for (int x = 0; x < WIDTH; x++)
		holes += !has_ink(&picture, x, 1, 0, HEIGHT);
	assert_in_range(holes, 10, 60);
	drop(&picture);
}

static void test_pointing_finds_the_nearest_value(void **state)
{
	static const JhwPoint points[] = { { 0, 1 }, { 5000, 2 }, { 10000, NAN } };
	const JhwPlotLine line = { .points = points, .count = 3 };
	const JhwPlot plot = { .lines = &line, .num_lines = 1, .to_ms = 10000 };

	(void)state;
	assert_ptr_equal(jhw_plot_point_at(&plot, &line, 44 + 48, WIDTH + 46), &points[1]);
	assert_null(jhw_plot_point_at(&plot, &line, 44 + 30, WIDTH + 46));
	assert_null(jhw_plot_point_at(&plot, &line, 44 + 99, WIDTH + 46));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_series_keeps_the_youngest),
		cmocka_unit_test(test_series_begins_anew_when_time_goes_back),
		cmocka_unit_test(test_series_finds_the_largest_that_is_known),
		cmocka_unit_test(test_numbers_are_short),
		cmocka_unit_test(test_scales_are_round),
		cmocka_unit_test(test_values_have_their_height),
		cmocka_unit_test(test_what_is_not_known_is_a_gap),
		cmocka_unit_test(test_a_time_without_samples_is_a_gap),
		cmocka_unit_test(test_one_value_alone_is_seen),
		cmocka_unit_test(test_nothing_known_draws_nothing),
		cmocka_unit_test(test_values_beyond_the_scale_stay_inside),
		cmocka_unit_test(test_dashes_leave_holes),
		cmocka_unit_test(test_pointing_finds_the_nearest_value),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
