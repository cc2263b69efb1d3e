// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A random walk over everything that changes a project: thousands of drags,
 * drops, edits of forms, memory, links, interrupts, cells, scenarios, waivers
 * and fix-its, with undo and redo between. Each drag is undone and redone to the
 * byte; at the end all is undone, and redone, and the saved files are compared.
 *
 * The seed is printed; JHW_WALK_SEED and JHW_WALK_STEPS choose others, and
 * JHW_WALK_BOARD another board.
 */
#include "cmocka_all.h"

#include <glib/gstdio.h>
#include <stdlib.h>

#include "app/style.h"
#include "gtk_fixture.h"
#include "walk.h"

#define STEPS 2000
#define SEED  0x6a7768U

static guint from_environment(const char *name, guint otherwise)
{
	const char *text = g_getenv(name);

	return text ? (guint)strtoul(text, NULL, 0) : otherwise;
}

static const char *board(void)
{
	const char *name = g_getenv("JHW_WALK_BOARD");

	return name ? name : "arm64/zynqmp-zcu102";
}

static void undo_all(Walk *walk)
{
	while (jhw_document_undo_name(walk->document))
		jhw_document_undo(walk->document);
}

static void redo_all(Walk *walk)
{
	while (jhw_document_redo_name(walk->document))
		jhw_document_redo(walk->document);
}

static void print_counts(const Walk *walk)
{
	for (guint n = 0; walk_operations[n].name; n++)
		print_message("%-10s %4u tried, %4u done\n", walk_operations[n].name,
			      walk->tried[n], walk->done[n]);
}

static void test_walk_undone_and_redone_gives_the_same_bytes(void **state)
{
	guint seed = from_environment("JHW_WALK_SEED", SEED);
	guint steps = from_environment("JHW_WALK_STEPS", STEPS);
	g_autofree char *start = NULL, *end = NULL, *undone = NULL, *redone = NULL;
	Walk walk;

	(void)state;
	print_message("seed %#x, %u operations on %s\n", seed, steps, board());
	walk_set_up(&walk, board(), seed);
	start = fixture_files(walk.document);
	for (guint n = 0; n < steps; n++)
		walk_step(&walk);
	print_counts(&walk);
	/* what was undone last would be done again below */
	redo_all(&walk);
	end = fixture_files(walk.document);
	undo_all(&walk);
	undone = fixture_files(walk.document);
	assert_string_equal(start, undone);
	assert_false(jhw_document_modified(walk.document));
	redo_all(&walk);
	redone = fixture_files(walk.document);
	assert_string_equal(end, redone);
	/* else the walk has come to a place where nothing can be done any more */
	for (guint n = 0; steps >= STEPS && walk_operations[n].name; n++)
		assert_int_not_equal(walk.done[n], 0);
	walk_tear_down(&walk);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_walk_undone_and_redone_gives_the_same_bytes),
	};

	gtk_init();
	jhw_style_load();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
