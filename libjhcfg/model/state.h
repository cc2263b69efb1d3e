/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * States of a workspace. A state is never changed once a step has ended; its
 * objects are counted, so that states share what they have in common.
 */
#ifndef JHCFG_MODEL_STATE_H
#define JHCFG_MODEL_STATE_H

#include <jhcfg/workspace.h>

/* A cell of a state. */
struct jhcfg_state_cell {
	unsigned int references;
	uint32_t key;
	struct jhcfg_config *config; /* as it was written, without links */
};

struct jhcfg_state_link {
	unsigned int references;
	struct jhcfg_link link; /* its name belongs to this */
};

struct jhcfg_state_scenario {
	unsigned int references;
	struct jhcfg_scenario scenario; /* owns name and cells */
};

struct jhcfg_state_waiver {
	unsigned int references;
	struct jhcfg_waiver waiver; /* owns its texts */
};

/* Pointers to counted objects. */
struct jhcfg_state_list {
	void **items;
	size_t count;
};

enum jhcfg_state_list_id {
	JHCFG_STATE_CELLS, /* the root first */
	JHCFG_STATE_LINKS,
	JHCFG_STATE_SCENARIOS,
	JHCFG_STATE_WAIVERS,
	JHCFG_STATE_NUM_LISTS,
};

struct jhcfg_state {
	unsigned int references;
	struct jhcfg_board *board;
	struct jhcfg_state_list lists[JHCFG_STATE_NUM_LISTS];
	/* Cells with what links add to them, by index, made on demand: a cache
	 * that any change of the state empties. */
	struct jhcfg_config **derived;
	size_t num_derived;
};

/* An empty state; NULL without memory. */
struct jhcfg_state *jhcfg_state_new(void);
/* One that has the same objects. */
struct jhcfg_state *jhcfg_state_copy(const struct jhcfg_state *state);
struct jhcfg_state *jhcfg_state_ref(struct jhcfg_state *state);
void jhcfg_state_free(struct jhcfg_state *state);
/* The same board and objects of equal contents in the same order. */
bool jhcfg_state_same(const struct jhcfg_state *a, const struct jhcfg_state *b);

/*
 * Objects; each call takes over the reference of @item, also when it fails
 * (-ENOMEM). Setting an index at the end appends; @item NULL removes.
 */
int jhcfg_state_set(struct jhcfg_state *state, enum jhcfg_state_list_id id,
		    size_t index, void *item);

/* New objects with one reference; NULL without memory. @config is taken over,
 * also on failure. */
struct jhcfg_state_cell *jhcfg_state_cell_new(uint32_t key,
					      struct jhcfg_config *config);
struct jhcfg_state_link *jhcfg_state_link_new(const struct jhcfg_link *link);
struct jhcfg_state_scenario *jhcfg_state_scenario_new(
	const struct jhcfg_scenario *scenario);
struct jhcfg_state_waiver *jhcfg_state_waiver_new(
	const struct jhcfg_waiver *waiver);

/* Forgets the derived cells. */
void jhcfg_state_drop_derived(struct jhcfg_state *state);

/* Index of the cell or link with this key, JHCFG_NO_INDEX without one. */
size_t jhcfg_state_find_cell(const struct jhcfg_state *state, uint32_t key);
size_t jhcfg_state_find_link(const struct jhcfg_state *state, uint32_t key);

static inline struct jhcfg_state_cell *jhcfg_state_cell(
	const struct jhcfg_state *state, size_t index)
{
	return state->lists[JHCFG_STATE_CELLS].items[index];
}

static inline const struct jhcfg_link *jhcfg_state_link(
	const struct jhcfg_state *state, size_t index)
{
	const struct jhcfg_state_link *item =
		state->lists[JHCFG_STATE_LINKS].items[index];

	return &item->link;
}

#endif
