// SPDX-License-Identifier: LGPL-2.1-or-later
/* Cells, links, scenarios and waivers as members of the system document. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/state.h"
#include "project/workspace_file.h"

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

struct member {
	const char *key;
	enum jhcfg_state_list_id list;
	struct json_object *(*make)(const struct jhcfg_state *state,
				    const void *item);
	/* of its elements, if they are objects */
	const char *identity[2];  /* keys that tell one from another */
	const char *optionals[2]; /* keys that make() may leave out */
};

static const struct member members[] = {
	{ "/links",
	  JHCFG_STATE_LINKS,
	  link_object,
	  { "name" },
	  { "rw_size", "msix_vectors" } },
	{ "/scenarios",
	  JHCFG_STATE_SCENARIOS,
	  scenario_object,
	  { "name" },
	  { NULL } },
	{ "/waivers",
	  JHCFG_STATE_WAIVERS,
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

	if (!list->count)
		return workspace_put_member(system, row->key, NULL);
	array = json_object_new_array();
	for (size_t n = 0; n < list->count; n++)
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

int workspace_put_cells(struct jhcfg_config *system, struct json_object *names)
{
	const char *json = NULL;
	int err;

	if (json_object_array_length(names))
		json = json_object_to_json_string_ext(names,
						      JSON_C_TO_STRING_PLAIN);
	err = workspace_put_member(system, "/cells", json);
	json_object_put(names);
	return err;
}

int workspace_write_members(struct jhcfg_config *system,
			    const struct jhcfg_state *state)
{
	int err = 0;

	for (size_t n = 0; !err && n < sizeof(members) / sizeof(members[0]);
	     n++)
		err = write_member(system, state, &members[n]);
	return err;
}
