// SPDX-License-Identifier: LGPL-2.1-or-later
/* A workspace into the files of its project. */
#include <jhcfg/workspace.h>

#include <ctype.h>
#include <errno.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include <jhcfg/file.h>
#include <jhcfg/project.h>

#include "model/private.h"
#include "model/workspace.h"
#include "project/workspace_file.h"
#include "util/replace.h"

/* --- files
 * -------------------------------------------------------------------- */

struct output {
	char *path;
	char *text;
	bool differs; /* from what was loaded or saved last */
	struct jhcfg_replacement replacement;
};

static void free_outputs(struct output *outputs, size_t count)
{
	for (size_t n = 0; n < count; n++) {
		free(outputs[n].path);
		free(outputs[n].text);
	}
	free(outputs);
}

static int make_output(const char *directory, const char *file,
		       const struct jhcfg_config *config, struct output *output)
{
	if (asprintf(&output->path, "%s/%s", directory, file) < 0) {
		output->path = NULL;
		return -ENOMEM;
	}
	return jhcfg_project_write(config, &output->text);
}

static int make_board(const char *directory, const char *file,
		      const struct jhcfg_board *board, struct output *output)
{
	if (asprintf(&output->path, "%s/%s", directory, file) < 0) {
		output->path = NULL;
		return -ENOMEM;
	}
	output->differs = true;
	return jhcfg_board_write(board, &output->text);
}

/* Writes the system as *@output and, if @with_board, the board behind it, which
 * differs from what its file has. */
static int make_system(const char *directory, const char *file,
		       const struct jhcfg_state *state, bool with_board,
		       struct output *output)
{
	struct jhcfg_config *system =
		jhcfg_config_copy(jhcfg_state_cell(state, 0)->config);
	char *board_file = NULL;
	int err = system ? 0 : -ENOMEM;

	if (!err && state->board)
		err = workspace_place_board(system, state->board, with_board,
					    file, &board_file);
	if (!err && board_file && with_board)
		err = make_board(directory, board_file, state->board,
				 &output[1]);
	free(board_file);
	if (!err)
		err = workspace_write_members(system, state);
	if (!err)
		err = make_output(directory, file, system, output);
	jhcfg_config_free(system);
	return err;
}

/* Some file systems take upper and lower case for the same. */
static bool is_taken(const struct jhcfg_state *state, const char *file)
{
	for (size_t n = 0; n < state->lists[JHCFG_STATE_CELLS].count; n++)
		if (!strcasecmp(jhcfg_state_cell(state, n)->file, file))
			return true;
	return false;
}

/* cells/<name>.json, with what a file system might mind replaced, and from the
 * second @number on with that. */
static char *default_file(const char *name, unsigned int number)
{
	char *file, suffix[16] = "";

	if (number > 1)
		snprintf(suffix, sizeof(suffix), "-%u", number);
	if (asprintf(&file, "cells/%s%s.json", name, suffix) < 0)
		return NULL;
	for (char *c = file + strlen("cells/"); *c; c++)
		if (!isalnum((unsigned char)*c) && !strchr("-_.", *c))
			*c = '_';
	return file;
}

/* Cells that have no file get one, by their name, that is no other's: names may
 * look alike, and cells keep their files when they are renamed. */
static int name_files(struct jhcfg_state *state)
{
	for (size_t n = 1; n < state->lists[JHCFG_STATE_CELLS].count; n++) {
		struct jhcfg_state_cell *cell = jhcfg_state_cell(state, n);
		const char *name = cell->config->cell.name;
		unsigned int number = 1;
		char *file;

		if (*cell->file)
			continue;
		file = default_file(name, number);
		while (file && is_taken(state, file)) {
			free(file);
			file = default_file(name, ++number);
		}
		if (!file)
			return -ENOMEM;
		free(cell->file);
		cell->file = file;
	}
	return 0;
}

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

/* The system first, then its board, then the cells. */
static int make_outputs(const struct jhcfg_workspace *workspace,
			const char *directory, const char *base, bool all,
			struct output *outputs)
{
	const struct jhcfg_state *state = workspace->state;
	bool with_board = state->board && (all || !board_is_saved(workspace));
	int err = 0;

	for (size_t n = 1; !err && n < state->lists[JHCFG_STATE_CELLS].count;
	     n++) {
		const struct jhcfg_state_cell *cell =
			jhcfg_state_cell(state, n);

		outputs[n + 1].differs = all || !is_saved(workspace, cell);
		err = make_output(directory, cell->file, cell->config,
				  &outputs[n + 1]);
	}
	outputs[0].differs = all || !system_is_saved(workspace);
	return err ? err
		   : make_system(directory, base, state, with_board, outputs);
}

static int make_directory_of(const char *path)
{
	char *copy = strdup(path);
	int err = 0;

	if (!copy)
		return -ENOMEM;
	if (mkdir(dirname(copy), 0777) && errno != EEXIST)
		err = -errno;
	free(copy);
	return err;
}

static int fail_write(const struct output *output, int err,
		      struct jhcfg_diags *diags)
{
	jhcfg_diags_add(diags, JHCFG_ERROR, "J10", output->path, "",
			"nothing is lost: save again, or elsewhere",
			"cannot be written: %s", strerror(-err));
	return err;
}

/* All new files are there, beside the old ones, before the first of those is
 * replaced. */
static int prepare_outputs(struct output *outputs, size_t count,
			   struct jhcfg_diags *diags)
{
	for (size_t n = 0; n < count; n++) {
		struct output *output = &outputs[n];
		int err = 0;

		if (!output->differs)
			continue;
		err = make_directory_of(output->path);
		if (!err)
			err = jhcfg_replacement_prepare(
				&output->replacement, output->path,
				output->text, strlen(output->text));
		if (err)
			return fail_write(output, err, diags);
	}
	return 0;
}

/* The system, which names the others, comes last, so that what it names is
 * always there. Whoever is stopped on the way leaves a new file beside an old
 * one, which loading tells. */
static int write_outputs(struct output *outputs, size_t count,
			 struct jhcfg_diags *diags)
{
	int err = prepare_outputs(outputs, count, diags);

	for (size_t n = count; !err && n-- > 0;) {
		if (!outputs[n].differs)
			continue;
		err = jhcfg_replacement_finish(&outputs[n].replacement);
		if (err)
			fail_write(&outputs[n], err, diags);
	}
	for (size_t n = 0; n < count; n++)
		jhcfg_replacement_cancel(&outputs[n].replacement);
	return err;
}

/* --- saving ------------------------------------------------------------------
 */

struct jhcfg_saving {
	char *path;
	struct jhcfg_state *state; /* that the files are to have */
	struct output *outputs;
	size_t count;
};

void jhcfg_saving_free(struct jhcfg_saving *saving)
{
	if (!saving)
		return;
	if (saving->outputs)
		free_outputs(saving->outputs, saving->count);
	jhcfg_state_free(saving->state);
	free(saving->path);
	free(saving);
}

static int fill(struct jhcfg_saving *saving,
		const struct jhcfg_workspace *workspace, bool all)
{
	char *for_directory = strdup(saving->path);
	char *for_base = strdup(saving->path);
	int err = -ENOMEM;

	if (saving->outputs && for_directory && for_base)
		err = name_files(saving->state);
	if (!err)
		err = make_outputs(workspace, dirname(for_directory),
				   basename(for_base), all, saving->outputs);
	free(for_directory);
	free(for_base);
	return err;
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
	int err = -ENOMEM;

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
	made->path = strdup(target);
	made->state = jhcfg_state_ref(workspace->state);
	made->count = made->state->lists[JHCFG_STATE_CELLS].count + 1;
	made->outputs = calloc(made->count, sizeof(*made->outputs));
	if (made->path)
		err = fill(made, workspace, all);
	if (err)
		jhcfg_saving_free(made);
	else
		*saving = made;
	return err;
}

int jhcfg_saving_write(struct jhcfg_saving *saving, struct jhcfg_diags *diags)
{
	return write_outputs(saving->outputs, saving->count, diags);
}

void jhcfg_workspace_save_end(struct jhcfg_workspace *workspace,
			      struct jhcfg_saving *saving)
{
	char *path = workspace->path;
	struct jhcfg_state *saved = workspace->saved;

	workspace->path = saving->path;
	workspace->saved = saving->state;
	saving->path = path;
	saving->state = saved;
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
