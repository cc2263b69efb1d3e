// SPDX-License-Identifier: LGPL-2.1-or-later
/* A workspace into the files of its project. */
#include <jhcfg/workspace.h>

#include <ctype.h>
#include <errno.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <jhcfg/file.h>
#include <jhcfg/project.h>

#include "model/private.h"
#include "model/workspace.h"
#include "project/workspace_file.h"
#include "util/replace.h"

/* --- members
 * ------------------------------------------------------------------ */

static const char *name_of(const struct jhcfg_state *state, uint32_t key)
{
	size_t index = jhcfg_state_find_cell(state, key);

	return index == JHCFG_NO_INDEX
		       ? NULL
		       : jhcfg_state_cell(state, index)->config->cell.name;
}

static void add_text(struct json_object *object, const char *key,
		     const char *text)
{
	json_object_object_add(object, key, json_object_new_string(text));
}

static void add_hex(struct json_object *object, const char *key,
		    uint64_t number)
{
	char text[24];

	snprintf(text, sizeof(text), "0x%llx", (unsigned long long)number);
	add_text(object, key, text);
}

static struct json_object *link_object(const struct jhcfg_state *state,
				       const void *item)
{
	const struct jhcfg_state_link *holder = item;
	const struct jhcfg_link *link = &holder->link;
	struct json_object *object = json_object_new_object();
	struct json_object *peers = json_object_new_array();

	add_text(object, "name", link->name);
	add_hex(object, "bdf", link->bdf);
	add_hex(object, "protocol", link->protocol);
	add_hex(object, "base", link->base);
	add_hex(object, "state_size", link->state_size);
	if (link->rw_size)
		add_hex(object, "rw_size", link->rw_size);
	add_hex(object, "output_size", link->output_size);
	if (link->num_msix_vectors)
		json_object_object_add(
			object, "msix_vectors",
			json_object_new_int(link->num_msix_vectors));
	for (unsigned int id = 0; id < link->num_peers; id++) {
		const char *name = name_of(state, link->peers[id]);

		json_object_array_add(peers, name ? json_object_new_string(name)
						  : NULL);
	}
	json_object_object_add(object, "peers", peers);
	return object;
}

static struct json_object *scenario_object(const struct jhcfg_state *state,
					   const void *item)
{
	const struct jhcfg_state_scenario *holder = item;
	const struct jhcfg_scenario *scenario = &holder->scenario;
	struct json_object *object = json_object_new_object();
	struct json_object *cells = json_object_new_array();

	add_text(object, "name", scenario->name);
	for (size_t n = 0; n < scenario->num_cells; n++) {
		const char *name = name_of(state, scenario->cells[n]);

		if (name)
			json_object_array_add(cells,
					      json_object_new_string(name));
	}
	json_object_object_add(object, "cells", cells);
	return object;
}

static struct json_object *waiver_object(const struct jhcfg_state *state,
					 const void *item)
{
	const struct jhcfg_state_waiver *holder = item;
	struct json_object *object = json_object_new_object();

	(void)state;
	add_text(object, "rule", holder->waiver.rule);
	if (*holder->waiver.object)
		add_text(object, "object", holder->waiver.object);
	add_text(object, "reason", holder->waiver.reason);
	return object;
}

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

static struct json_object *file_object(const struct jhcfg_state *state,
				       const void *item)
{
	const struct jhcfg_state_cell *cell = item;

	(void)state;
	return json_object_new_string(cell->file);
}

struct member {
	const char *key;
	enum jhcfg_state_list_id list;
	size_t first; /* the root is not in "cells" */
	struct json_object *(*make)(const struct jhcfg_state *state,
				    const void *item);
	/* of its elements, if they are objects */
	const char *identity[2];  /* keys that tell one from another */
	const char *optionals[2]; /* keys that make() may leave out */
};

static const struct member members[] = {
	{ "/cells", JHCFG_STATE_CELLS, 1, file_object, { NULL }, { NULL } },
	{ "/links",
	  JHCFG_STATE_LINKS,
	  0,
	  link_object,
	  { "name" },
	  { "rw_size", "msix_vectors" } },
	{ "/scenarios",
	  JHCFG_STATE_SCENARIOS,
	  0,
	  scenario_object,
	  { "name" },
	  { NULL } },
	{ "/waivers",
	  JHCFG_STATE_WAIVERS,
	  0,
	  waiver_object,
	  { "rule", "object" },
	  { "object" } },
};

static int write_member(struct jhcfg_config *system,
			const struct jhcfg_state *state,
			const struct member *row)
{
	const struct jhcfg_state_list *list = &state->lists[row->list];
	struct json_object *array, *was;
	int err;

	if (list->count <= row->first)
		return workspace_put_member(system, row->key, NULL);
	array = json_object_new_array();
	for (size_t n = row->first; n < list->count; n++)
		json_object_array_add(array, row->make(state, list->items[n]));
	was = workspace_member(system, row->key);
	if (was && row->identity[0])
		workspace_keep(array, was, row->identity, row->optionals);
	err = workspace_put_member(
		system, row->key,
		json_object_to_json_string_ext(array, JSON_C_TO_STRING_PLAIN));
	json_object_put(was);
	json_object_put(array);
	return err;
}

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
	for (size_t n = 0; !err && n < sizeof(members) / sizeof(members[0]);
	     n++)
		err = write_member(system, state, &members[n]);
	if (!err)
		err = make_output(directory, file, system, output);
	jhcfg_config_free(system);
	return err;
}

/* Cells that have no file get one, by their name. */
static int name_files(struct jhcfg_state *state)
{
	for (size_t n = 1; n < state->lists[JHCFG_STATE_CELLS].count; n++) {
		struct jhcfg_state_cell *cell = jhcfg_state_cell(state, n);
		char *file;

		if (*cell->file)
			continue;
		file = default_file(cell->config->cell.name);
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

static int save(struct jhcfg_workspace *workspace, const char *directory,
		const char *base, bool all, struct jhcfg_diags *diags)
{
	struct jhcfg_state *state = workspace->state;
	size_t count = state->lists[JHCFG_STATE_CELLS].count + 1;
	struct output *outputs = calloc(count, sizeof(*outputs));
	int err = outputs ? name_files(state) : -ENOMEM;

	if (!err)
		err = make_outputs(workspace, directory, base, all, outputs);
	if (!err)
		err = write_outputs(outputs, count, diags);
	if (outputs)
		free_outputs(outputs, count);
	return err;
}

int jhcfg_workspace_save(struct jhcfg_workspace *workspace, const char *path,
			 struct jhcfg_diags *diags)
{
	const char *target = path ? path : workspace->path;
	/* Elsewhere, or for the first time: all files. */
	bool all = !workspace->path || !target ||
		   strcmp(target, workspace->path) != 0;
	char *copy, *for_directory = NULL, *for_base = NULL;
	int err = -ENOMEM;

	if (!target)
		return -EINVAL;
	copy = strdup(target);
	for_directory = strdup(target);
	for_base = strdup(target);
	if (copy && for_directory && for_base)
		err = save(workspace, dirname(for_directory),
			   basename(for_base), all, diags);
	free(for_directory);
	free(for_base);
	if (err) {
		free(copy);
		return err;
	}
	free(workspace->path);
	workspace->path = copy;
	jhcfg_state_free(workspace->saved);
	workspace->saved = jhcfg_state_ref(workspace->state);
	return 0;
}
