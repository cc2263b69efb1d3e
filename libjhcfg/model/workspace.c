// SPDX-License-Identifier: LGPL-2.1-or-later
/* Steps, undo and redo over the states of a workspace. */
#include "model/workspace.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "model/links.h"

struct jhcfg_workspace *jhcfg_workspace_make(struct jhcfg_state *state,
					     struct jhcfg_files *files)
{
	struct jhcfg_workspace *workspace = calloc(1, sizeof(*workspace));

	if (!workspace || !state || !files) {
		jhcfg_state_free(state);
		jhcfg_files_free(files);
		free(workspace);
		return NULL;
	}
	workspace->state = state;
	workspace->files = files;
	workspace->saved = jhcfg_state_ref(state);
	workspace->next_key = JHCFG_ROOT_KEY + 1;
	return workspace;
}

struct jhcfg_workspace *jhcfg_workspace_with_root(struct jhcfg_config *config,
						  const char *file)
{
	struct jhcfg_files *files = jhcfg_files_new();
	struct jhcfg_state *state = jhcfg_state_new();
	struct jhcfg_state_cell *root;

	if (!files || !state) {
		jhcfg_config_free(config);
		goto fail;
	}
	root = jhcfg_state_cell_new(JHCFG_ROOT_KEY, config);
	if (!root || jhcfg_state_set(state, JHCFG_STATE_CELLS, 0, root) ||
	    jhcfg_files_set(files, JHCFG_ROOT_KEY, file))
		goto fail;
	return jhcfg_workspace_make(state, files);
fail:
	jhcfg_state_free(state);
	jhcfg_files_free(files);
	return NULL;
}

struct jhcfg_workspace *jhcfg_workspace_new(uint8_t architecture,
					    struct jhcfg_board *board)
{
	struct jhcfg_workspace *workspace = jhcfg_workspace_with_root(
		jhcfg_config_create(true, architecture), "system.json");

	if (workspace)
		workspace->state->board = jhcfg_board_ref(board);
	return workspace;
}

struct jhcfg_workspace *jhcfg_workspace_fork(
	const struct jhcfg_workspace *workspace)
{
	struct jhcfg_workspace *fork =
		jhcfg_workspace_make(jhcfg_state_copy(workspace->state),
				     jhcfg_files_ref(workspace->files));

	if (!fork)
		return NULL;
	fork->next_key = workspace->next_key;
	if (workspace->read_only) {
		fork->read_only = strdup(workspace->read_only);
		if (!fork->read_only) {
			jhcfg_workspace_free(fork);
			return NULL;
		}
	}
	return fork;
}

static void clear_steps(struct jhcfg_step_list *list)
{
	for (size_t n = 0; n < list->count; n++) {
		free(list->steps[n].name);
		jhcfg_state_free(list->steps[n].state);
	}
	list->count = 0;
}

const char *jhcfg_workspace_read_only(const struct jhcfg_workspace *workspace)
{
	return workspace->read_only;
}

void jhcfg_workspace_free(struct jhcfg_workspace *workspace)
{
	if (!workspace)
		return;
	clear_steps(&workspace->undo);
	clear_steps(&workspace->redo);
	clear_steps(&workspace->open);
	free(workspace->undo.steps);
	free(workspace->redo.steps);
	free(workspace->open.steps);
	jhcfg_state_free(workspace->state);
	jhcfg_state_free(workspace->saved);
	jhcfg_files_free(workspace->files);
	free(workspace->path);
	free(workspace->read_only);
	free(workspace);
}

bool jhcfg_workspace_is_modified(const struct jhcfg_workspace *workspace)
{
	return !jhcfg_state_same(workspace->state, workspace->saved);
}

/* --- steps ------------------------------------------------------------------
 */

/* Takes over name and state, also on failure. */
static int push(struct jhcfg_step_list *list, char *name,
		struct jhcfg_state *state)
{
	struct jhcfg_step *steps = NULL;

	if (name && state)
		steps = reallocarray(list->steps, list->count + 1,
				     sizeof(*steps));
	if (!steps) {
		free(name);
		jhcfg_state_free(state);
		return -ENOMEM;
	}
	list->steps = steps;
	steps[list->count++] = (struct jhcfg_step){ name, state };
	return 0;
}

int jhcfg_workspace_begin(struct jhcfg_workspace *workspace, const char *name)
{
	struct jhcfg_state *copy = jhcfg_state_copy(workspace->state);
	int err;

	if (!copy)
		return -ENOMEM;
	/* What to come back to, and a state of its own to work on. */
	err = push(&workspace->open, strdup(name),
		   jhcfg_state_ref(workspace->state));
	if (err) {
		jhcfg_state_free(copy);
		return err;
	}
	jhcfg_state_free(workspace->state);
	workspace->state = copy;
	return 0;
}

void jhcfg_workspace_end(struct jhcfg_workspace *workspace)
{
	struct jhcfg_step step;

	if (!workspace->open.count)
		return;
	step = workspace->open.steps[--workspace->open.count];
	if (workspace->open.count ||
	    jhcfg_state_same(workspace->state, step.state)) {
		/* part of the outer step, or nothing at all */
		if (!workspace->open.count) {
			jhcfg_state_free(workspace->state);
			workspace->state = jhcfg_state_ref(step.state);
		}
		free(step.name);
		jhcfg_state_free(step.state);
		return;
	}
	clear_steps(&workspace->redo);
	/* Without memory for the history the change stays; only the way back
	 * is lost, and all ways beyond it, which would skip this one. */
	if (push(&workspace->undo, step.name, step.state))
		clear_steps(&workspace->undo);
}

void jhcfg_workspace_cancel(struct jhcfg_workspace *workspace)
{
	struct jhcfg_step step;

	if (!workspace->open.count)
		return;
	step = workspace->open.steps[--workspace->open.count];
	workspace->serial++;
	jhcfg_state_free(workspace->state);
	/* An outer step goes on with a state of its own. */
	workspace->state =
		workspace->open.count ? jhcfg_state_copy(step.state) : NULL;
	if (workspace->state)
		jhcfg_state_free(step.state);
	else
		workspace->state = step.state;
	free(step.name);
}

static const char *top_name(const struct jhcfg_step_list *list)
{
	return list->count ? list->steps[list->count - 1].name : NULL;
}

const char *jhcfg_workspace_undo_name(const struct jhcfg_workspace *workspace)
{
	return top_name(&workspace->undo);
}

const char *jhcfg_workspace_redo_name(const struct jhcfg_workspace *workspace)
{
	return top_name(&workspace->redo);
}

/* Moves the top of @from to @to, with the states exchanged. */
static int move_step(struct jhcfg_workspace *workspace,
		     struct jhcfg_step_list *from, struct jhcfg_step_list *to)
{
	struct jhcfg_step *step;
	int err;

	if (workspace->open.count)
		return -EBUSY;
	if (!from->count)
		return -ENOENT;
	step = &from->steps[from->count - 1];
	err = push(to, strdup(step->name), jhcfg_state_ref(workspace->state));
	if (err)
		return err;
	jhcfg_state_free(workspace->state);
	workspace->state = step->state;
	workspace->serial++;
	free(step->name);
	from->count--;
	return 0;
}

int jhcfg_workspace_undo(struct jhcfg_workspace *workspace)
{
	return move_step(workspace, &workspace->undo, &workspace->redo);
}

int jhcfg_workspace_redo(struct jhcfg_workspace *workspace)
{
	return move_step(workspace, &workspace->redo, &workspace->undo);
}

/* --- reading
 * ------------------------------------------------------------------- */

const struct jhcfg_board *jhcfg_workspace_board(
	const struct jhcfg_workspace *workspace)
{
	return workspace->state->board;
}

size_t jhcfg_workspace_num_cells(const struct jhcfg_workspace *workspace)
{
	return workspace->state->lists[JHCFG_STATE_CELLS].count;
}

uint32_t jhcfg_workspace_cell_key(const struct jhcfg_workspace *workspace,
				  size_t index)
{
	return index < jhcfg_workspace_num_cells(workspace)
		       ? jhcfg_state_cell(workspace->state, index)->key
		       : 0;
}

/* Whether a link of the state ends in this cell. */
static bool has_links(const struct jhcfg_state *state, uint32_t key)
{
	for (size_t n = 0; n < state->lists[JHCFG_STATE_LINKS].count; n++) {
		const struct jhcfg_link *link = jhcfg_state_link(state, n);

		for (unsigned int id = 0; id < link->num_peers; id++)
			if (link->peers[id] == key)
				return true;
	}
	return false;
}

/* The place of the derived cell, NULL without memory. */
static struct jhcfg_config **derived_place(struct jhcfg_state *state,
					   size_t index)
{
	size_t count = state->lists[JHCFG_STATE_CELLS].count;

	if (!state->derived) {
		state->derived = calloc(count, sizeof(*state->derived));
		state->num_derived = state->derived ? count : 0;
	}
	return index < state->num_derived ? &state->derived[index] : NULL;
}

const struct jhcfg_config *jhcfg_workspace_cell(
	const struct jhcfg_workspace *workspace, uint32_t key)
{
	struct jhcfg_state *state = workspace->state;
	size_t index = jhcfg_state_find_cell(state, key);
	struct jhcfg_config **place;

	if (index == JHCFG_NO_INDEX)
		return NULL;
	if (!has_links(state, key))
		return jhcfg_state_cell(state, index)->config;
	place = derived_place(state, index);
	if (place && !*place)
		*place = jhcfg_links_apply(state, index);
	return place ? *place : NULL;
}

const char *jhcfg_workspace_cell_file(const struct jhcfg_workspace *workspace,
				      uint32_t key)
{
	const char *name = jhcfg_files_name(workspace->files, key);

	if (jhcfg_state_find_cell(workspace->state, key) == JHCFG_NO_INDEX)
		return "";
	return name ? name : "";
}

#define LIST_READERS(id, type, holder, member, plural)                         \
	size_t jhcfg_workspace_num_##plural(                                   \
		const struct jhcfg_workspace *workspace)                       \
	{                                                                      \
		return workspace->state->lists[id].count;                      \
	}                                                                      \
                                                                               \
	const struct type *jhcfg_workspace_##member(                           \
		const struct jhcfg_workspace *workspace, size_t index)         \
	{                                                                      \
		const struct jhcfg_state_list *list =                          \
			&workspace->state->lists[id];                          \
		const struct holder *item =                                    \
			index < list->count ? list->items[index] : NULL;       \
                                                                               \
		return item ? &item->member : NULL;                            \
	}

LIST_READERS(JHCFG_STATE_LINKS, jhcfg_link, jhcfg_state_link, link, links)
LIST_READERS(JHCFG_STATE_SCENARIOS, jhcfg_scenario, jhcfg_state_scenario,
	     scenario, scenarios)
LIST_READERS(JHCFG_STATE_WAIVERS, jhcfg_waiver, jhcfg_state_waiver, waiver,
	     waivers)
