// SPDX-License-Identifier: LGPL-2.1-or-later
/* The changes that a step of a workspace is made of. */
#include <errno.h>
#include <string.h>

#include "model/workspace.h"

/* The objects of a state belong to all states; those that a step made are its
 * own, and are not in the state that the outermost step began with. */
static bool is_own(const struct jhcfg_workspace *workspace,
		   enum jhcfg_state_list_id id, const void *item)
{
	for (size_t n = 0; n < workspace->open.count; n++) {
		const struct jhcfg_state_list *list =
			&workspace->open.steps[n].state->lists[id];

		for (size_t i = 0; i < list->count; i++)
			if (list->items[i] == item)
				return false;
	}
	return true;
}

static int check_step(struct jhcfg_workspace *workspace)
{
	if (!workspace->open.count)
		return -EPERM;
	workspace->serial++;
	return 0;
}

struct jhcfg_config *jhcfg_workspace_edit_cell(
	struct jhcfg_workspace *workspace, uint32_t key)
{
	struct jhcfg_state *state = workspace->state;
	size_t index = jhcfg_state_find_cell(state, key);
	struct jhcfg_state_cell *cell;

	if (check_step(workspace) || index == JHCFG_NO_INDEX)
		return NULL;
	cell = jhcfg_state_cell(state, index);
	if (!is_own(workspace, JHCFG_STATE_CELLS, cell)) {
		cell = jhcfg_state_cell_new(key,
					    jhcfg_config_copy(cell->config));
		if (!cell ||
		    jhcfg_state_set(state, JHCFG_STATE_CELLS, index, cell))
			return NULL;
	}
	jhcfg_state_drop_derived(state);
	return cell->config;
}

static bool name_is_taken(const struct jhcfg_workspace *workspace,
			  const char *name)
{
	const struct jhcfg_state *state = workspace->state;

	for (size_t n = 0; n < jhcfg_workspace_num_cells(workspace); n++) {
		const struct jhcfg_config *config =
			jhcfg_state_cell(state, n)->config;

		if (!strcmp(jhcfg_cell_name(jhcfg_config_cell(config)), name))
			return true;
	}
	return false;
}

int jhcfg_workspace_add_cell(struct jhcfg_workspace *workspace,
			     const struct jhcfg_config *config, uint32_t *key)
{
	const char *name = jhcfg_cell_name(jhcfg_config_cell(config));
	struct jhcfg_state_cell *cell;
	int err = check_step(workspace);

	if (err)
		return err;
	if (jhcfg_config_system(config))
		return -EINVAL;
	if (name_is_taken(workspace, name))
		return -EEXIST;
	cell = jhcfg_state_cell_new(workspace->next_key,
				    jhcfg_config_copy(config));
	if (!cell)
		return -ENOMEM;
	err = jhcfg_state_set(workspace->state, JHCFG_STATE_CELLS, SIZE_MAX,
			      cell);
	if (!err)
		*key = workspace->next_key++;
	return err;
}

/* Gives the slots of the cell free; a link that nobody is left on goes. */
static int leave_link(struct jhcfg_workspace *workspace, size_t index,
		      uint32_t key)
{
	struct jhcfg_link link = *jhcfg_state_link(workspace->state, index);
	bool was_on = false, used = false;
	struct jhcfg_state_link *item;

	for (unsigned int id = 0; id < link.num_peers; id++) {
		if (link.peers[id] == key) {
			link.peers[id] = 0;
			was_on = true;
		}
		used |= link.peers[id] != 0;
	}
	if (!was_on)
		return 0;
	item = used ? jhcfg_state_link_new(&link) : NULL;
	if (used && !item)
		return -ENOMEM;
	return jhcfg_state_set(workspace->state, JHCFG_STATE_LINKS, index,
			       item);
}

static int leave_scenario(struct jhcfg_workspace *workspace, size_t index,
			  uint32_t key)
{
	const struct jhcfg_scenario *old =
		jhcfg_workspace_scenario(workspace, index);
	struct jhcfg_state_scenario *item = jhcfg_state_scenario_new(old);
	uint32_t *cells;
	size_t kept = 0;

	if (!item)
		return -ENOMEM;
	/* a copy of ours, not yet shared */
	memcpy(&cells, &item->scenario.cells, sizeof(cells));
	for (size_t n = 0; n < item->scenario.num_cells; n++)
		if (cells[n] != key)
			cells[kept++] = cells[n];
	item->scenario.num_cells = kept;
	return jhcfg_state_set(workspace->state, JHCFG_STATE_SCENARIOS, index,
			       item);
}

int jhcfg_workspace_remove_cell(struct jhcfg_workspace *workspace, uint32_t key)
{
	size_t index = jhcfg_state_find_cell(workspace->state, key);
	int err = check_step(workspace);

	if (err)
		return err;
	if (index == JHCFG_NO_INDEX)
		return -ENOENT;
	if (key == JHCFG_ROOT_KEY)
		return -EINVAL;
	/* Backwards, since a link may vanish. */
	for (size_t n = jhcfg_workspace_num_links(workspace); !err && n-- > 0;)
		err = leave_link(workspace, n, key);
	for (size_t n = 0; !err && n < jhcfg_workspace_num_scenarios(workspace);
	     n++)
		err = leave_scenario(workspace, n, key);
	if (!err)
		err = jhcfg_state_set(workspace->state, JHCFG_STATE_CELLS,
				      index, NULL);
	return err;
}

static bool link_is_valid(const struct jhcfg_workspace *workspace,
			  const struct jhcfg_link *link)
{
	if (!link->num_peers || link->num_peers > JHCFG_MAX_PEERS ||
	    link->state_size < 4096 ||
	    (link->base | link->state_size | link->rw_size |
	     link->output_size) &
		    4095)
		return false;
	for (unsigned int id = 0; id < link->num_peers; id++) {
		uint32_t key = link->peers[id];

		if (key && jhcfg_state_find_cell(workspace->state, key) ==
				   JHCFG_NO_INDEX)
			return false;
		/* one device, one end */
		for (unsigned int n = 0; key && n < id; n++)
			if (link->peers[n] == key)
				return false;
	}
	return true;
}

int jhcfg_workspace_set_link(struct jhcfg_workspace *workspace,
			     const struct jhcfg_link *link, uint32_t *key)
{
	struct jhcfg_link copy = *link;
	size_t index = jhcfg_state_find_link(workspace->state, link->key);
	struct jhcfg_state_link *item;
	int err = check_step(workspace);

	if (err)
		return err;
	if (!link_is_valid(workspace, link))
		return -EINVAL;
	if (link->key && index == JHCFG_NO_INDEX)
		return -ENOENT;
	if (!link->key)
		copy.key = workspace->next_key++;
	item = jhcfg_state_link_new(&copy);
	if (!item)
		return -ENOMEM;
	err = jhcfg_state_set(workspace->state, JHCFG_STATE_LINKS, index, item);
	if (!err && key)
		*key = copy.key;
	return err;
}

int jhcfg_workspace_remove_link(struct jhcfg_workspace *workspace, uint32_t key)
{
	size_t index = jhcfg_state_find_link(workspace->state, key);
	int err = check_step(workspace);

	if (err)
		return err;
	if (index == JHCFG_NO_INDEX)
		return -ENOENT;
	return jhcfg_state_set(workspace->state, JHCFG_STATE_LINKS, index,
			       NULL);
}

int jhcfg_workspace_set_scenario(struct jhcfg_workspace *workspace,
				 const struct jhcfg_scenario *scenario)
{
	size_t count = jhcfg_workspace_num_scenarios(workspace), index = 0;
	struct jhcfg_state_scenario *item = NULL;
	int err = check_step(workspace);

	if (err)
		return err;
	while (index < count &&
	       strcmp(jhcfg_workspace_scenario(workspace, index)->name,
		      scenario->name))
		index++;
	for (size_t n = 0; n < scenario->num_cells; n++)
		if (jhcfg_state_find_cell(workspace->state,
					  scenario->cells[n]) == JHCFG_NO_INDEX)
			return -ENOENT;
	if (scenario->num_cells) {
		item = jhcfg_state_scenario_new(scenario);
		if (!item)
			return -ENOMEM;
	}
	return jhcfg_state_set(workspace->state, JHCFG_STATE_SCENARIOS, index,
			       item);
}

int jhcfg_workspace_set_waiver(struct jhcfg_workspace *workspace,
			       const struct jhcfg_waiver *waiver)
{
	size_t count = jhcfg_workspace_num_waivers(workspace), index = 0;
	const char *object = waiver->object ? waiver->object : "";
	struct jhcfg_state_waiver *item = NULL;
	int err = check_step(workspace);

	if (err)
		return err;
	for (; index < count; index++) {
		const struct jhcfg_waiver *old =
			jhcfg_workspace_waiver(workspace, index);

		if (!strcmp(old->rule, waiver->rule) &&
		    !strcmp(old->object, object))
			break;
	}
	if (waiver->reason) {
		item = jhcfg_state_waiver_new(waiver);
		if (!item)
			return -ENOMEM;
	}
	return jhcfg_state_set(workspace->state, JHCFG_STATE_WAIVERS, index,
			       item);
}

int jhcfg_workspace_set_board(struct jhcfg_workspace *workspace,
			      struct jhcfg_board *board)
{
	int err = check_step(workspace);

	if (err)
		return err;
	jhcfg_board_ref(board);
	jhcfg_board_free(workspace->state->board);
	workspace->state->board = board;
	return 0;
}

uint64_t jhcfg_workspace_serial(const struct jhcfg_workspace *workspace)
{
	return workspace->serial;
}
