// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * test_gtk_golden [--update | --pictures DIR]
 *
 * What the pages draw by hand, drawn without a display and compared with what is
 * kept in golden/, a line for each thing that is drawn (record.h says how). With
 * --update what is drawn now is kept: look at the difference, and commit it with
 * what has made it. With --pictures it is written as DIR/NAME.png, for people.
 */
#include "cmocka_all.h"

#include <glib/gstdio.h>
#include <pango/pangocairo.h>

#include "canvas/palette.h"
#include "goldens.h"
#include "record.h"

static gboolean update;
static const char *pictures; /* a folder; NULL: none are made. Both set by main(). */

static char *path_of(const struct golden *golden)
{
	g_autofree char *file = g_strconcat(golden->name, ".txt", NULL);

	return g_build_filename(TEST_GOLDENS, file, NULL);
}

static void draw(cairo_t *cairo, const struct golden *golden)
{
	g_autoptr(JhwDocument) document = golden->scene ? golden->scene() : NULL;

	golden->draw(cairo, document, golden);
}

static char *drawn_now(const struct golden *golden)
{
	cairo_t *cairo = record_begin();

	draw(cairo, golden);
	return golden->looks & GOLDEN_SUMMARY ? record_end_summary(cairo) : record_end(cairo);
}

/* For who is to see at once what has changed. */
static void print_difference(const char *path, const char *now)
{
	g_autofree char *folder = g_dir_make_tmp("jhw-golden-XXXXXX", NULL);
	g_autofree char *file = g_build_filename(folder, "now", NULL);
	const char *const command[] = { "diff", "-u", path, file, NULL };
	g_autofree char *text = NULL;

	g_file_set_contents(file, now, -1, NULL);
	g_spawn_sync(NULL, (char **)(uintptr_t)command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL,
		     &text, NULL, NULL, NULL);
	print_error("%s", text ? text : "diff cannot be run\n");
	g_unlink(file);
	g_rmdir(folder);
}

static void compare(const struct golden *golden, const char *now)
{
	g_autofree char *path = path_of(golden), *kept = NULL;

	g_file_get_contents(path, &kept, NULL, NULL);
	if (g_strcmp0(kept, now) == 0)
		return;
	print_difference(path, now);
	fail_msg("%s is drawn in another way; test_gtk_golden --update keeps it", golden->name);
}

static void save_picture(const struct golden *golden)
{
	g_autofree char *file = g_strconcat(golden->name, ".png", NULL);
	g_autofree char *path = g_build_filename(pictures, file, NULL);
	cairo_t *cairo = record_begin();

	record_with_fonts();
	draw(cairo, golden);
	if (!record_save(cairo, path, golden->looks & GOLDEN_DARK ? 0.12 : 0.96))
		fail_msg("%s cannot be written", path);
}

static void test_page_is_drawn_as_it_was(void **state)
{
	const struct golden *golden = *state;
	g_autofree char *path = path_of(golden), *now = NULL;

	if (pictures) {
		save_picture(golden);
		return;
	}
	now = drawn_now(golden);
	if (!update)
		compare(golden, now);
	else if (!g_file_set_contents(path, now, -1, NULL))
		fail_msg("%s cannot be written", path);
}

/* A square, a word and a hatch, each in a place or a colour that is given. */
static char *drawn(double x, double red, const char *word)
{
	cairo_t *cairo = record_begin();
	PangoLayout *layout = pango_cairo_create_layout(cairo);

	cairo_set_source_rgb(cairo, red, 0, 0);
	cairo_rectangle(cairo, x, 0, 10, 10);
	cairo_fill(cairo);
	cairo_move_to(cairo, 20, 0);
	pango_layout_set_text(layout, word, -1);
	pango_cairo_show_layout(cairo, layout);
	jhw_palette_hatch(cairo, x, 20, 10, 10, (JhwColour){ red, 0, 0 });
	g_object_unref(layout);
	return record_end(cairo);
}

static void test_what_differs_a_little_has_another_record(void **state)
{
	g_autofree char *first = drawn(1, 0.5, "CPU 1"), *again = drawn(1, 0.5, "CPU 1");
	g_autofree char *further = drawn(1.01, 0.5, "CPU 1"), *redder = drawn(1, 0.504, "CPU 1");
	g_autofree char *other = drawn(1, 0.5, "CPU 2"), *not_seen = drawn(1 + 1e-12, 0.5, "CPU 1");

	(void)state;
	assert_string_equal(first, "fill #800000 1,0 10x10\n"
				   "text #800000 20,0 \"CPU 1\" no font\n"
				   "hatch #800000 1,20 10x10\n");
	assert_string_equal(first, again);
	assert_string_equal(first, not_seen);
	assert_string_not_equal(first, further);
	assert_string_not_equal(first, redder);
	assert_string_not_equal(first, other);
}

static gboolean is_wanted(const char *file)
{
	for (guint n = 0; goldens[n].name; n++) {
		g_autofree char *name = g_strconcat(goldens[n].name, ".txt", NULL);

		if (g_str_equal(name, file))
			return TRUE;
	}
	return FALSE;
}

static void test_nothing_is_kept_that_nobody_draws(void **state)
{
	g_autoptr(GDir) folder = g_dir_open(TEST_GOLDENS, 0, NULL);
	const char *file;

	(void)state;
	assert_non_null(folder);
	while ((file = g_dir_read_name(folder))) {
		g_autofree char *path = g_build_filename(TEST_GOLDENS, file, NULL);

		if (is_wanted(file))
			continue;
		if (!update)
			fail_msg("%s: no case of goldens.c draws it", path);
		g_unlink(path);
	}
}

static struct CMUnitTest *make_tests(guint *count)
{
	struct CMUnitTest *tests;

	*count = 0;
	while (goldens[*count].name)
		(*count)++;
	tests = g_new0(struct CMUnitTest, *count + 2);
	for (guint n = 0; n < *count; n++)
		tests[n] = (struct CMUnitTest){
			.name = goldens[n].name,
			.test_func = test_page_is_drawn_as_it_was,
			.initial_state = (void *)(uintptr_t)&goldens[n],
		};
	tests[(*count)++] =
		(struct CMUnitTest)cmocka_unit_test(test_nothing_is_kept_that_nobody_draws);
	tests[(*count)++] =
		(struct CMUnitTest)cmocka_unit_test(test_what_differs_a_little_has_another_record);
	return tests;
}

int main(int argc, char **argv)
{
	g_autofree struct CMUnitTest *tests = NULL;
	guint count;

	update = argc == 2 && g_str_equal(argv[1], "--update");
	pictures = argc == 3 && g_str_equal(argv[1], "--pictures") ? argv[2] : NULL;
	if (argc > 1 && !update && !pictures) {
		g_printerr("usage: test_gtk_golden [--update | --pictures DIR]\n");
		return 2;
	}
	/* nothing here may need one */
	g_unsetenv("DISPLAY");
	g_unsetenv("WAYLAND_DISPLAY");
	tests = make_tests(&count);
	return _cmocka_run_group_tests("golden", tests, count, NULL, NULL);
}
