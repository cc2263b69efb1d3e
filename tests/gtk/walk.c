// SPDX-License-Identifier: GPL-2.0-or-later
#include "walk.h"

#include "cmocka_all.h"
#include "gtk_fixture.h"
#include "inspector/inspector.h"
#include "model/move.h"
#include "model/owner.h"
#include "pages/partition/chip.h"
#include "pages/partition/lane.h"
#include "pages/partition/page.h"
#include "widget_fixture.h"

/* --- choosing -------------------------------------------------------------- */

guint walk_random(Walk *walk, guint limit)
{
	return limit ? (guint)g_rand_int_range(walk->random, 0, (gint32)limit) : 0;
}

uint32_t walk_cell(Walk *walk)
{
	const struct jhcfg_workspace *workspace = jhw_document_workspace(walk->document);

	return jhcfg_workspace_cell_key(
		workspace, walk_random(walk, (guint)jhcfg_workspace_num_cells(workspace)));
}

JhwRef walk_region(Walk *walk)
{
	uint32_t cell = walk_cell(walk);
	guint count = (guint)jhcfg_cell_num_memory(
		jhw_cell(jhw_document_workspace(walk->document), cell));

	return count ? (JhwRef){ JHW_REF_REGION, cell, walk_random(walk, count) } : (JhwRef){ 0 };
}

JhwRef walk_thing(Walk *walk)
{
	const struct jhcfg_board *board =
		jhcfg_workspace_board(jhw_document_workspace(walk->document));

	switch (walk_random(walk, 4)) {
	case 0:
		return jhw_ref_of(JHW_REF_CPU,
				  walk_random(walk, (guint)jhcfg_board_num_cpus(board)));
	case 1:
		return walk_region(walk);
	default:
		return jhw_ref_of(JHW_REF_DEVICE,
				  walk_random(walk, (guint)jhcfg_board_num_devices(board)));
	}
}

uint64_t walk_number(Walk *walk)
{
	static const uint64_t odd[] = {
		0, 1, 0xfff, 0x1001, 1ULL << 40, 1ULL << 63, UINT64_MAX - 4095, UINT64_MAX
	};
	uint64_t pages;

	if (!walk_random(walk, 8))
		return odd[walk_random(walk, G_N_ELEMENTS(odd))];
	pages = walk_random(walk, 1U << 20);
	return pages << (12 + walk_random(walk, 4));
}

/* --- drags ----------------------------------------------------------------- */

/* Whatever a drag did is taken back and done again to the byte. */
static gboolean check_drag(Walk *walk, const char *before, gboolean moved)
{
	g_autofree char *after = fixture_text(walk->document), *undone = NULL, *redone = NULL;

	if (!moved || g_str_equal(before, after)) {
		assert_string_equal(before, after);
		return FALSE;
	}
	jhw_document_undo(walk->document);
	undone = fixture_text(walk->document);
	assert_string_equal(before, undone);
	jhw_document_redo(walk->document);
	redone = fixture_text(walk->document);
	assert_string_equal(after, redone);
	return TRUE;
}

static gboolean run_move(Walk *walk)
{
	JhwRef refs[] = { walk_thing(walk), walk_thing(walk), walk_thing(walk) };
	g_autoptr(JhwRefList) list =
		jhw_ref_list_new(refs, 1 + walk_random(walk, G_N_ELEMENTS(refs)));
	g_autofree char *before = fixture_text(walk->document);
	uint32_t cell = walk_cell(walk);
	g_autoptr(JhwMovePreview) preview = jhw_move_preview(walk->document, list, cell);
	gboolean moved = jhw_move(walk->document, list, cell, NULL);

	/* what the preview says is what happens */
	assert_int_equal(preview->refusal == NULL, moved);
	return check_drag(walk, before, moved);
}

static gboolean is_any_chip(GtkWidget *widget, gconstpointer data)
{
	(void)data;
	return JHW_IS_CHIP(widget);
}

static gboolean run_drop(Walk *walk)
{
	g_autoptr(GPtrArray) chips = fixture_find_all(walk->partition, is_any_chip, NULL);
	g_autofree char *before = fixture_text(walk->document);
	uint32_t key = walk_cell(walk);
	GtkWidget *lane = fixture_find(walk->partition, fixture_is_lane, &key);
	guint more = walk_random(walk, 3);
	GtkWidget *chip;

	assert_non_null(lane);
	if (!chips->len)
		return FALSE;
	chip = chips->pdata[walk_random(walk, chips->len)];
	gtk_widget_activate_action(chip, "chip.select", NULL);
	for (guint n = 0; n < more; n++)
		gtk_widget_activate_action(chips->pdata[walk_random(walk, chips->len)],
					   "chip.toggle", NULL);
	return check_drag(walk, before, fixture_drop(chip, lane));
}

/* --- problems -------------------------------------------------------------- */

static JhwProblem *any_problem(Walk *walk, gboolean fixable)
{
	GListModel *problems = jhw_checker_problems(jhw_session_checker(walk->session));
	guint count = g_list_model_get_n_items(problems), first = walk_random(walk, count);

	for (guint n = 0; n < count; n++) {
		g_autoptr(JhwProblem) problem =
			g_list_model_get_item(problems, (first + n) % count);

		if (!fixable || jhw_problem_fixable(problem))
			return g_steal_pointer(&problem);
	}
	return NULL;
}

static gboolean run_fix(Walk *walk)
{
	g_autoptr(JhwProblem) problem = NULL;
	g_autofree char *preview = NULL, *before = NULL;
	gboolean fixed;

	fixture_settle(walk->session);
	problem = any_problem(walk, TRUE);
	if (!problem)
		return FALSE;
	before = fixture_text(walk->document);
	preview = jhw_problem_preview_fix(problem, walk->document, NULL);
	fixed = jhw_problem_fix(problem, walk->document, NULL);
	assert_int_equal(preview != NULL, fixed);
	return check_drag(walk, before, fixed);
}

static gboolean run_waive(Walk *walk)
{
	g_autoptr(JhwProblem) problem = NULL;

	fixture_settle(walk->session);
	problem = any_problem(walk, FALSE);
	return problem && jhw_problem_waive(problem, walk->document,
					    jhw_problem_waiver(problem) ? NULL : "walked", NULL);
}

/* --- the history ----------------------------------------------------------- */

static gboolean run_undo(Walk *walk)
{
	guint count = 1 + walk_random(walk, 4);

	for (guint n = 0; n < count; n++)
		jhw_document_undo(walk->document);
	return TRUE;
}

static gboolean run_redo(Walk *walk)
{
	gboolean possible = jhw_document_redo_name(walk->document) != NULL;
	guint count = 1 + walk_random(walk, 3);

	for (guint n = 0; n < count; n++)
		jhw_document_redo(walk->document);
	return possible;
}

/* --- walking --------------------------------------------------------------- */

const struct walk_operation walk_operations[] = {
	{ "move", 20, run_move },
	{ "drop", 20, run_drop },
	{ "field", 20, walk_field },
	{ "memory", 20, walk_memory },
	{ "link", 8, walk_link },
	{ "link form", 4, walk_link_form },
	{ "interrupts", 8, walk_interrupts },
	{ "scenario", 8, walk_scenario },
	{ "cells", 5, walk_cells },
	{ "fix", 5, run_fix },
	{ "waive", 4, run_waive },
	{ "undo", 14, run_undo },
	{ "redo", 10, run_redo },
	{ NULL, 0, NULL },
};

void walk_step(Walk *walk)
{
	guint total = 0, chosen, index = 0;

	for (guint n = 0; walk_operations[n].name; n++)
		total += walk_operations[n].weight;
	chosen = walk_random(walk, total);
	while (chosen >= walk_operations[index].weight)
		chosen -= walk_operations[index++].weight;
	walk->steps++;
	walk->tried[index]++;
	walk->done[index] += walk_operations[index].run(walk);
}

void walk_set_up(Walk *walk, const char *board, guint seed)
{
	GtkWidget *box = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 0);

	*walk = (Walk){ .random = g_rand_new_with_seed(seed) };
	walk->document = fixture_board(board);
	walk->log = jhw_log_new();
	walk->session = jhw_session_new(walk->document, walk->log);
	walk->partition = jhw_partition_page_new(walk->session);
	walk->inspector = jhw_inspector_new(walk->session);
	gtk_box_append(GTK_BOX(box), walk->partition);
	gtk_box_append(GTK_BOX(box), walk->inspector);
	walk->window = gtk_window_new();
	gtk_window_set_child(GTK_WINDOW(walk->window), box);
	/* what nobody sees follows no change */
	gtk_window_present(GTK_WINDOW(walk->window));
}

void walk_tear_down(Walk *walk)
{
	gtk_window_destroy(GTK_WINDOW(walk->window));
	fixture_settle(walk->session);
	g_object_unref(walk->session);
	g_object_unref(walk->log);
	g_object_unref(walk->document);
	g_rand_free(walk->random);
}
