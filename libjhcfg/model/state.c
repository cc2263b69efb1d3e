// SPDX-License-Identifier: LGPL-2.1-or-later
#include "model/state.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* --- objects -------------------------------------------------------------- */

struct jhcfg_state_cell *jhcfg_state_cell_new(uint32_t key,
					      struct jhcfg_config *config)
{
	struct jhcfg_state_cell *cell = calloc(1, sizeof(*cell));

	if (!config || !cell) {
		jhcfg_config_free(config);
		free(cell);
		return NULL;
	}
	cell->references = 1;
	cell->key = key;
	cell->config = config;
	return cell;
}

static void free_cell(void *item)
{
	struct jhcfg_state_cell *cell = item;

	jhcfg_config_free(cell->config);
	free(cell);
}

struct jhcfg_state_link *jhcfg_state_link_new(const struct jhcfg_link *link)
{
	struct jhcfg_state_link *item = calloc(1, sizeof(*item));

	if (!item)
		return NULL;
	item->references = 1;
	item->link = *link;
	item->link.name = strdup(link->name ? link->name : "");
	if (!item->link.name) {
		free(item);
		return NULL;
	}
	return item;
}

/* What an object owns is const to its readers only. */
static void free_const(const void *memory)
{
	union {
		const void *constant;
		void *plain;
	} pointer = { memory };

	free(pointer.plain);
}

static void free_link(void *item)
{
	struct jhcfg_state_link *link = item;

	free_const(link->link.name);
	free(link);
}

static void free_scenario(void *item)
{
	struct jhcfg_state_scenario *scenario = item;

	free_const(scenario->scenario.name);
	free_const(scenario->scenario.cells);
	free(scenario);
}

struct jhcfg_state_scenario *jhcfg_state_scenario_new(
	const struct jhcfg_scenario *scenario)
{
	struct jhcfg_state_scenario *item = calloc(1, sizeof(*item));
	uint32_t *cells;

	if (!item)
		return NULL;
	item->references = 1;
	cells = calloc(scenario->num_cells + 1, sizeof(*cells));
	if (cells && scenario->num_cells)
		memcpy(cells, scenario->cells,
		       scenario->num_cells * sizeof(*cells));
	item->scenario = (struct jhcfg_scenario){
		.name = strdup(scenario->name),
		.cells = cells,
		.num_cells = scenario->num_cells,
	};
	if (!cells || !item->scenario.name) {
		free_scenario(item);
		return NULL;
	}
	return item;
}

static void free_waiver(void *item)
{
	struct jhcfg_state_waiver *waiver = item;

	free_const(waiver->waiver.rule);
	free_const(waiver->waiver.object);
	free_const(waiver->waiver.reason);
	free(waiver);
}

struct jhcfg_state_waiver *jhcfg_state_waiver_new(
	const struct jhcfg_waiver *waiver)
{
	struct jhcfg_state_waiver *item = calloc(1, sizeof(*item));

	if (!item)
		return NULL;
	item->references = 1;
	item->waiver = (struct jhcfg_waiver){
		.rule = strdup(waiver->rule),
		.object = strdup(waiver->object ? waiver->object : ""),
		.reason = strdup(waiver->reason),
	};
	if (!item->waiver.rule || !item->waiver.object ||
	    !item->waiver.reason) {
		free_waiver(item);
		return NULL;
	}
	return item;
}

/* All objects begin with their count. */
struct counted {
	unsigned int references;
};

static void (*const destructors[JHCFG_STATE_NUM_LISTS])(void *item) = {
	[JHCFG_STATE_CELLS] = free_cell,
	[JHCFG_STATE_LINKS] = free_link,
	[JHCFG_STATE_SCENARIOS] = free_scenario,
	[JHCFG_STATE_WAIVERS] = free_waiver,
};

static void release(enum jhcfg_state_list_id id, void *item)
{
	struct counted *object = item;

	if (object && !--object->references)
		destructors[id](item);
}

/* --- states ------------------------------------------------------------------
 */

struct jhcfg_state *jhcfg_state_new(void)
{
	struct jhcfg_state *state = calloc(1, sizeof(*state));

	if (state)
		state->references = 1;
	return state;
}

struct jhcfg_state *jhcfg_state_ref(struct jhcfg_state *state)
{
	if (state)
		state->references++;
	return state;
}

static int copy_list(struct jhcfg_state_list *to,
		     const struct jhcfg_state_list *from)
{
	if (!from->count)
		return 0;
	to->items = calloc(from->count, sizeof(*to->items));
	if (!to->items)
		return -ENOMEM;
	for (size_t n = 0; n < from->count; n++) {
		struct counted *object = from->items[n];

		object->references++;
		to->items[n] = object;
	}
	to->count = from->count;
	return 0;
}

struct jhcfg_state *jhcfg_state_copy(const struct jhcfg_state *state)
{
	struct jhcfg_state *copy = jhcfg_state_new();

	if (!copy)
		return NULL;
	copy->board = jhcfg_board_ref(state->board);
	for (size_t id = 0; id < JHCFG_STATE_NUM_LISTS; id++)
		if (copy_list(&copy->lists[id], &state->lists[id])) {
			jhcfg_state_free(copy);
			return NULL;
		}
	return copy;
}

void jhcfg_state_drop_derived(struct jhcfg_state *state)
{
	for (size_t n = 0; n < state->num_derived; n++)
		jhcfg_config_free(state->derived[n]);
	free(state->derived);
	state->derived = NULL;
	state->num_derived = 0;
}

void jhcfg_state_free(struct jhcfg_state *state)
{
	if (!state || --state->references)
		return;
	jhcfg_state_drop_derived(state);
	for (size_t id = 0; id < JHCFG_STATE_NUM_LISTS; id++) {
		struct jhcfg_state_list *list = &state->lists[id];

		for (size_t n = 0; n < list->count; n++)
			release((enum jhcfg_state_list_id)id, list->items[n]);
		free(list->items);
	}
	jhcfg_board_free(state->board);
	free(state);
}

/* --- what is the same --------------------------------------------------------
 */

static bool same_cell(const void *a, const void *b)
{
	const struct jhcfg_state_cell *x = a, *y = b;

	return x->key == y->key && jhcfg_config_equal(x->config, y->config);
}

static bool same_peers(const struct jhcfg_link *x, const struct jhcfg_link *y)
{
	if (x->num_peers != y->num_peers)
		return false;
	for (unsigned int n = 0; n < x->num_peers; n++)
		if (x->peers[n] != y->peers[n])
			return false;
	return true;
}

static bool same_link(const void *a, const void *b)
{
	const struct jhcfg_link *x =
		&((const struct jhcfg_state_link *)a)->link;
	const struct jhcfg_link *y =
		&((const struct jhcfg_state_link *)b)->link;

	return x->key == y->key && !strcmp(x->name, y->name) &&
	       x->bdf == y->bdf && x->protocol == y->protocol &&
	       x->base == y->base && x->state_size == y->state_size &&
	       x->rw_size == y->rw_size && x->output_size == y->output_size &&
	       x->num_msix_vectors == y->num_msix_vectors && same_peers(x, y);
}

static bool same_scenario(const void *a, const void *b)
{
	const struct jhcfg_scenario *x =
		&((const struct jhcfg_state_scenario *)a)->scenario;
	const struct jhcfg_scenario *y =
		&((const struct jhcfg_state_scenario *)b)->scenario;

	return x->num_cells == y->num_cells && !strcmp(x->name, y->name) &&
	       (!x->num_cells ||
		!memcmp(x->cells, y->cells, x->num_cells * sizeof(*x->cells)));
}

static bool same_waiver(const void *a, const void *b)
{
	const struct jhcfg_waiver *x =
		&((const struct jhcfg_state_waiver *)a)->waiver;
	const struct jhcfg_waiver *y =
		&((const struct jhcfg_state_waiver *)b)->waiver;

	return !strcmp(x->rule, y->rule) && !strcmp(x->object, y->object) &&
	       !strcmp(x->reason, y->reason);
}

static bool (*const comparators[JHCFG_STATE_NUM_LISTS])(const void *a,
							const void *b) = {
	[JHCFG_STATE_CELLS] = same_cell,
	[JHCFG_STATE_LINKS] = same_link,
	[JHCFG_STATE_SCENARIOS] = same_scenario,
	[JHCFG_STATE_WAIVERS] = same_waiver,
};

/* States share what no step touched, so few contents are compared. */
bool jhcfg_state_same(const struct jhcfg_state *a, const struct jhcfg_state *b)
{
	if (a->board != b->board)
		return false;
	for (size_t id = 0; id < JHCFG_STATE_NUM_LISTS; id++) {
		const struct jhcfg_state_list *x = &a->lists[id];
		const struct jhcfg_state_list *y = &b->lists[id];

		if (x->count != y->count)
			return false;
		for (size_t n = 0; n < x->count; n++)
			if (x->items[n] != y->items[n] &&
			    !comparators[id](x->items[n], y->items[n]))
				return false;
	}
	return true;
}

static int append(struct jhcfg_state_list *list, void *item)
{
	void **items =
		reallocarray(list->items, list->count + 1, sizeof(*items));

	if (!items)
		return -ENOMEM;
	list->items = items;
	items[list->count++] = item;
	return 0;
}

int jhcfg_state_set(struct jhcfg_state *state, enum jhcfg_state_list_id id,
		    size_t index, void *item)
{
	struct jhcfg_state_list *list = &state->lists[id];
	int err;

	jhcfg_state_drop_derived(state);
	if (index >= list->count) {
		err = item ? append(list, item) : 0;
		if (err)
			release(id, item);
		return err;
	}
	release(id, list->items[index]);
	list->items[index] = item;
	if (!item) {
		memmove(&list->items[index], &list->items[index + 1],
			(list->count - 1 - index) * sizeof(*list->items));
		list->count--;
	}
	return 0;
}

size_t jhcfg_state_find_cell(const struct jhcfg_state *state, uint32_t key)
{
	for (size_t n = 0; n < state->lists[JHCFG_STATE_CELLS].count; n++)
		if (jhcfg_state_cell(state, n)->key == key)
			return n;
	return JHCFG_NO_INDEX;
}

size_t jhcfg_state_find_link(const struct jhcfg_state *state, uint32_t key)
{
	for (size_t n = 0; n < state->lists[JHCFG_STATE_LINKS].count; n++)
		if (jhcfg_state_link(state, n)->key == key)
			return n;
	return JHCFG_NO_INDEX;
}
