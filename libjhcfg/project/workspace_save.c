// SPDX-License-Identifier: LGPL-2.1-or-later
/* A workspace into the files of its project. */
#include <jhcfg/workspace.h>

#include <ctype.h>
#include <errno.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jhcfg/project.h>

#include "model/private.h"
#include "model/workspace.h"
#include "project/workspace_file.h"
#include "project/workspace_outputs.h"

/* --- what differs ------------------------------------------------------------
 */

/* An object that the saved state has too is as its file is: people's own
 * layout of a file stays until they change what it says. */
static bool is_saved(const struct jhcfg_workspace *workspace, const void *item)
{
	const struct jhcfg_state_list *list =
		&workspace->saved->lists[JHCFG_STATE_CELLS];

	for (size_t n = 0; n < list->count; n++)
		if (list->items[n] == item)
			return true;
	return false;
}

/* Boards do not change: another one is another object. No board is written as
 * what the system said before. */
static bool board_is_saved(const struct jhcfg_workspace *workspace)
{
	return !workspace->state->board ||
	       workspace->state->board == workspace->saved->board;
}

/* The system's file also holds the lists. Files of cells have names that do
 * not change, so cells count for the list only by their number and order. */
static bool system_is_saved(const struct jhcfg_workspace *workspace)
{
	const struct jhcfg_state *state = workspace->state;
	const struct jhcfg_state *saved = workspace->saved;
	const struct jhcfg_state_list *cells = &state->lists[JHCFG_STATE_CELLS];

	if (!board_is_saved(workspace) ||
	    cells->count != saved->lists[JHCFG_STATE_CELLS].count ||
	    !is_saved(workspace, cells->items[0]))
		return false;
	for (size_t n = 1; n < cells->count; n++)
		if (jhcfg_state_cell(state, n)->key !=
		    jhcfg_state_cell(saved, n)->key)
			return false;
	for (size_t id = JHCFG_STATE_LINKS; id < JHCFG_STATE_NUM_LISTS; id++) {
		const struct jhcfg_state_list *a = &state->lists[id];
		const struct jhcfg_state_list *b = &saved->lists[id];

		if (a->count != b->count ||
		    (a->count &&
		     memcmp(a->items, b->items, a->count * sizeof(*a->items))))
			return false;
	}
	return true;
}

/* --- files -------------------------------------------------------------------
 */

/* cells/<name>.json, with what a file system might mind replaced. */
static char *default_file(const char *name)
{
	char *file;

	if (asprintf(&file, "cells/%s.json", name) < 0)
		return NULL;
	for (char *c = file + strlen("cells/"); *c; c++)
		if (!isalnum((unsigned char)*c) && !strchr("-_.", *c))
			*c = '_';
	return file;
}

/* Cells keep their files when they are renamed. */
static int make_cell(const struct jhcfg_workspace *workspace,
		     const struct jhcfg_state_cell *cell, bool all,
		     struct workspace_output *output)
{
	const char *known = jhcfg_files_name(workspace->files, cell->key);

	output->key = cell->key;
	output->is_known = known != NULL;
	output->file =
		known ? strdup(known) : default_file(cell->config->cell.name);
	if (!output->file)
		return -ENOMEM;
	output->differs = all || !known || !is_saved(workspace, cell);
	return jhcfg_project_write(cell->config, &output->text);
}

/* The board behind the system: it is written if it differs from what its file
 * has, or is part of the system. */
static int make_board(const struct jhcfg_workspace *workspace, bool all,
		      struct workspace_outputs *outputs)
{
	struct workspace_output *output = &outputs->items[WORKSPACE_OUT_BOARD];
	const struct jhcfg_board *board = workspace->state->board;
	const char *known = workspace->files->board;
	bool differs = all || !board_is_saved(workspace);
	int err = 0;

	if (!board)
		return 0;
	err = workspace_place_board(outputs->root, board, differs, known,
				    outputs->items[WORKSPACE_OUT_SYSTEM].file,
				    &output->file);
	output->is_known = known != NULL;
	output->differs = differs && output->file;
	if (!err && output->differs)
		err = jhcfg_board_write(board, &output->text);
	return err;
}

/* Has the system name the files of the cells. */
static int put_cells(struct workspace_outputs *outputs)
{
	struct json_object *names = json_object_new_array();

	for (size_t n = WORKSPACE_OUT_CELLS; n < outputs->count; n++)
		json_object_array_add(
			names, json_object_new_string(outputs->items[n].file));
	return workspace_put_cells(outputs->root, names);
}

/* The system with all but the names that others get in the end. */
static int make_system(const struct jhcfg_workspace *workspace, bool all,
		       struct workspace_outputs *outputs)
{
	struct workspace_output *output = &outputs->items[WORKSPACE_OUT_SYSTEM];
	char *path = strdup(outputs->path);

	output->key = JHCFG_ROOT_KEY;
	output->differs = all || !system_is_saved(workspace);
	output->path = strdup(outputs->path);
	output->file = path ? strdup(basename(path)) : NULL;
	free(path);
	outputs->root = jhcfg_config_copy(
		jhcfg_state_cell(workspace->state, 0)->config);
	return output->path && output->file && outputs->root ? 0 : -ENOMEM;
}

static int make_outputs(const struct jhcfg_workspace *workspace, bool all,
			struct workspace_outputs *outputs)
{
	const struct jhcfg_state *state = workspace->state;
	int err = make_system(workspace, all, outputs);

	for (size_t n = 1; !err && n < state->lists[JHCFG_STATE_CELLS].count;
	     n++)
		err = make_cell(workspace, jhcfg_state_cell(state, n), all,
				&outputs->items[WORKSPACE_OUT_CELLS + n - 1]);
	if (!err)
		err = make_board(workspace, all, outputs);
	if (!err)
		err = put_cells(outputs);
	return err ? err : workspace_write_members(outputs->root, state);
}

/* Has the system name them as they are called in the end. */
static int name_files(struct workspace_outputs *outputs)
{
	struct workspace_output *items = outputs->items;
	int err = 0;

	if (items[WORKSPACE_OUT_BOARD].file)
		err = workspace_put_board(outputs->root,
					  items[WORKSPACE_OUT_BOARD].file);
	if (!err)
		err = put_cells(outputs);
	return err ? err
		   : jhcfg_project_write(outputs->root,
					 &items[WORKSPACE_OUT_SYSTEM].text);
}

/* --- saving ------------------------------------------------------------------
 */

struct jhcfg_saving {
	struct workspace_outputs outputs;
	struct jhcfg_state *state; /* that the files are to have */
	struct jhcfg_files *files; /* that there are, once it is written */
};

static void free_outputs(struct workspace_outputs *outputs)
{
	for (size_t n = 0; outputs->items && n < outputs->count; n++) {
		free(outputs->items[n].file);
		free(outputs->items[n].path);
		free(outputs->items[n].text);
	}
	free(outputs->items);
	free(outputs->path);
	free(outputs->folder);
	free(outputs->old_path);
	jhcfg_files_free(outputs->old);
	jhcfg_config_free(outputs->root);
}

void jhcfg_saving_free(struct jhcfg_saving *saving)
{
	if (!saving)
		return;
	free_outputs(&saving->outputs);
	jhcfg_files_free(saving->files);
	jhcfg_state_free(saving->state);
	free(saving);
}

static char *folder_of(const char *path)
{
	char *copy = strdup(path);
	char *folder = copy ? strdup(dirname(copy)) : NULL;

	free(copy);
	return folder;
}

/* Where it goes, and where it was. */
static int begin(struct workspace_outputs *outputs,
		 const struct jhcfg_workspace *workspace, const char *target)
{
	outputs->old = jhcfg_files_ref(workspace->files);
	outputs->path = strdup(target);
	outputs->folder = folder_of(target);
	if (workspace->path)
		outputs->old_path = strdup(workspace->path);
	outputs->count = workspace->state->lists[JHCFG_STATE_CELLS].count + 1;
	outputs->items = calloc(outputs->count, sizeof(*outputs->items));
	return outputs->path && outputs->folder && outputs->items &&
			       !workspace->path == !outputs->old_path
		       ? 0
		       : -ENOMEM;
}

int jhcfg_workspace_save_begin(struct jhcfg_workspace *workspace,
			       const char *path, struct jhcfg_diags *diags,
			       struct jhcfg_saving **saving)
{
	const char *target = path ? path : workspace->path;
	/* Elsewhere, or for the first time: all files. */
	bool all = !workspace->path || !target ||
		   strcmp(target, workspace->path) != 0;
	struct jhcfg_saving *made;
	int err;

	if (!target)
		return -EINVAL;
	if (workspace->read_only) {
		jhcfg_diags_add(diags, JHCFG_ERROR, "J13", target, "",
				"use the program that wrote it",
				"cannot be written: %s", workspace->read_only);
		return -EROFS;
	}
	made = calloc(1, sizeof(*made));
	if (!made)
		return -ENOMEM;
	made->state = jhcfg_state_ref(workspace->state);
	err = begin(&made->outputs, workspace, target);
	if (!err)
		err = make_outputs(workspace, all, &made->outputs);
	if (err)
		jhcfg_saving_free(made);
	else
		*saving = made;
	return err;
}

int jhcfg_saving_write(struct jhcfg_saving *saving, struct jhcfg_diags *diags)
{
	struct workspace_outputs *outputs = &saving->outputs;
	int err = workspace_settle_names(outputs, diags, &saving->files);

	if (!err)
		err = name_files(outputs);
	return err ? err : workspace_write_outputs(outputs, diags);
}

void jhcfg_workspace_save_end(struct jhcfg_workspace *workspace,
			      struct jhcfg_saving *saving)
{
	char *path = workspace->path;
	struct jhcfg_state *saved = workspace->saved;
	struct jhcfg_files *files = workspace->files;

	workspace->path = saving->outputs.path;
	workspace->saved = saving->state;
	workspace->files = saving->files;
	saving->outputs.path = path;
	saving->state = saved;
	saving->files = files;
}

int jhcfg_workspace_save(struct jhcfg_workspace *workspace, const char *path,
			 struct jhcfg_diags *diags)
{
	struct jhcfg_saving *saving = NULL;
	int err = jhcfg_workspace_save_begin(workspace, path, diags, &saving);

	if (!err)
		err = jhcfg_saving_write(saving, diags);
	if (!err)
		jhcfg_workspace_save_end(workspace, saving);
	jhcfg_saving_free(saving);
	return err;
}
