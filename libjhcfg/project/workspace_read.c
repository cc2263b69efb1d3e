// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Links, scenarios and waivers stand in the system document as JSON that only
 * this file and workspace_members.c know, beside the names of cells' files.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "project/json.h"
#include "project/workspace_file.h"
#include "project/workspace_loader.h"
#include "util/number.h"

/* Of a newer project, what cannot be read is left out; it was told. */
static int settle(struct workspace_loader *loader, int err)
{
	if (!workspace_is_newer(loader) || err == -ENOMEM)
		return err;
	loader->failed = false;
	return 0;
}

/* Calls @read for each element of the array at the key. */
static int for_each(struct workspace_loader *loader, const char *key,
		    int (*read)(struct workspace_loader *loader,
				struct json_object *element))
{
	struct json_object *array = workspace_member(
		jhcfg_state_cell(loader->workspace->state, 0)->config, key);
	int err = 0;

	if (!array)
		return 0;
	if (!json_object_is_type(array, json_type_array)) {
		workspace_complain(loader, "J02", key, NULL,
				   "%s must be an array", key + 1);
		err = -EINVAL;
	} else {
		for (size_t n = 0; !err && n < json_object_array_length(array);
		     n++)
			err = settle(loader,
				     read(loader,
					  json_object_array_get_idx(array, n)));
	}
	json_object_put(array);
	return settle(loader, err);
}

/* A number, or text such as "0x7f000000" and "64K"; @fallback if absent. */
static uint64_t number_of(struct workspace_loader *loader,
			  struct json_object *object, const char *key,
			  uint64_t fallback)
{
	struct json_object *value;
	uint64_t number = 0;

	if (!json_object_object_get_ex(object, key, &value))
		return fallback;
	if (json_object_is_type(value, json_type_int) &&
	    json_object_get_int64(value) >= 0)
		return json_object_get_uint64(value);
	if (!json_object_is_type(value, json_type_string) ||
	    jhcfg_parse_number(json_object_get_string(value), UINT64_MAX,
			       &number))
		workspace_complain(loader, "J02", key,
				   "write 4096, \"0x1000\" or \"4K\"",
				   "%s is not a number", key);
	return number;
}

/* The same for a member of 16 bits. */
static uint16_t number16_of(struct workspace_loader *loader,
			    struct json_object *object, const char *key)
{
	uint64_t number = number_of(loader, object, key, 0);

	if (number > UINT16_MAX)
		workspace_complain(loader, "J02", key, "write 0 to 0xffff",
				   "%s 0x%llx is too large", key,
				   (unsigned long long)number);
	return (uint16_t)number;
}

/* To the next component that says something: behind "/" and ".". */
static const char *next_component(const char *name)
{
	while (*name == '/' || (*name == '.' && (name[1] == '/' || !name[1])))
		name++;
	return name;
}

/* "cells//a.json" and "./cells/a.json" are one file; none has "..". */
static bool is_same_name(const char *a, const char *b)
{
	size_t length;

	do {
		a = next_component(a);
		b = next_component(b);
		length = strcspn(a, "/");
		if (strcspn(b, "/") != length || memcmp(a, b, length) != 0)
			return false;
		a += length;
		b += length;
	} while (length);
	return true;
}

static bool has_file(const struct jhcfg_files *files, const char *name)
{
	for (size_t n = 1; n < files->num_cells; n++)
		if (is_same_name(files->cells[n].name, name))
			return true;
	return false;
}

static int read_cell(struct workspace_loader *loader,
		     struct json_object *element)
{
	const char *name;

	if (!json_object_is_type(element, json_type_string)) {
		workspace_complain(loader, "J02", "/cells", NULL,
				   "cells must be the names of files");
		return -EINVAL;
	}
	name = json_object_get_string(element);
	/* saved, only one of both would be left */
	if (has_file(loader->workspace->files, name)) {
		workspace_complain(
			loader, "J02", "/cells",
			"list it once; another cell has a file of its own",
			"%s is listed twice", name);
		return -EINVAL;
	}
	return workspace_load_cell(loader, name);
}

/* Key of the cell with this name; 0 and a finding without one. */
static uint32_t key_of(struct workspace_loader *loader, const char *name,
		       const char *place)
{
	const struct jhcfg_state *state = loader->workspace->state;

	for (size_t n = 0; n < state->lists[JHCFG_STATE_CELLS].count; n++) {
		const struct jhcfg_state_cell *cell =
			jhcfg_state_cell(state, n);

		if (!strcmp(cell->config->cell.name, name))
			return cell->key;
	}
	workspace_complain(loader, "J09", place,
			   "list its file under \"cells\"",
			   "there is no cell \"%s\"", name);
	return 0;
}

/* Cells by id; null for a slot that is free. */
static void read_peers(struct workspace_loader *loader,
		       struct json_object *element, struct jhcfg_link *link)
{
	struct json_object *peers = NULL;

	json_object_object_get_ex(element, "peers", &peers);
	if (!json_object_is_type(peers, json_type_array) ||
	    !json_object_array_length(peers) ||
	    json_object_array_length(peers) > JHCFG_MAX_PEERS) {
		workspace_complain(loader, "J02", "/links",
				   "write names of cells, null for a free slot",
				   "link \"%s\" has no list of peers",
				   link->name);
		return;
	}
	link->num_peers = (unsigned int)json_object_array_length(peers);
	for (unsigned int id = 0; id < link->num_peers; id++) {
		struct json_object *peer = json_object_array_get_idx(peers, id);

		if (peer)
			link->peers[id] = key_of(
				loader, json_object_get_string(peer), "/links");
	}
}

static int read_link(struct workspace_loader *loader,
		     struct json_object *element)
{
	struct jhcfg_link link = { .name = json_text_at(element, "name") };
	struct jhcfg_state_link *item;

	link.bdf = number16_of(loader, element, "bdf");
	link.protocol = number16_of(loader, element, "protocol");
	link.base = number_of(loader, element, "base", 0);
	link.state_size = number_of(loader, element, "state_size", 0x1000);
	link.rw_size = number_of(loader, element, "rw_size", 0);
	link.output_size = number_of(loader, element, "output_size", 0);
	link.num_msix_vectors = number16_of(loader, element, "msix_vectors");
	read_peers(loader, element, &link);
	if (loader->failed)
		return -EINVAL;
	link.key = loader->workspace->next_key++;
	item = jhcfg_state_link_new(&link);
	return item ? jhcfg_state_set(loader->workspace->state,
				      JHCFG_STATE_LINKS, SIZE_MAX, item)
		    : -ENOMEM;
}

static int compare_keys(const void *a, const void *b)
{
	const uint32_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static int read_scenario(struct workspace_loader *loader,
			 struct json_object *element)
{
	struct jhcfg_scenario scenario = { .name = json_text_at(element,
								"name") };
	struct jhcfg_state_scenario *item = NULL;
	struct json_object *cells = NULL;
	uint32_t *keys;

	json_object_object_get_ex(element, "cells", &cells);
	if (!*scenario.name || !json_object_is_type(cells, json_type_array)) {
		workspace_complain(loader, "J02", "/scenarios",
				   "give it \"name\" and \"cells\"",
				   "a scenario lacks its name or its cells");
		return -EINVAL;
	}
	scenario.num_cells = json_object_array_length(cells);
	keys = calloc(scenario.num_cells + 1, sizeof(*keys));
	if (!keys)
		return -ENOMEM;
	for (size_t n = 0; n < scenario.num_cells; n++) {
		const char *name = json_object_get_string(
			json_object_array_get_idx(cells, n));

		keys[n] = key_of(loader, name ? name : "", "/scenarios");
	}
	qsort(keys, scenario.num_cells, sizeof(*keys), compare_keys);
	scenario.cells = keys;
	if (!loader->failed)
		item = jhcfg_state_scenario_new(&scenario);
	free(keys);
	if (!item)
		return loader->failed ? -EINVAL : -ENOMEM;
	return jhcfg_state_set(loader->workspace->state, JHCFG_STATE_SCENARIOS,
			       SIZE_MAX, item);
}

static int read_waiver(struct workspace_loader *loader,
		       struct json_object *element)
{
	const struct jhcfg_waiver waiver = {
		.rule = json_text_at(element, "rule"),
		.object = json_text_at(element, "object"),
		.reason = json_text_at(element, "reason"),
	};
	struct jhcfg_state_waiver *item;

	if (!*waiver.rule || !*waiver.reason) {
		workspace_complain(
			loader, "J02", "/waivers",
			"give it \"rule\", \"object\" and \"reason\"",
			"a waiver lacks its rule or its reason");
		return -EINVAL;
	}
	item = jhcfg_state_waiver_new(&waiver);
	return item ? jhcfg_state_set(loader->workspace->state,
				      JHCFG_STATE_WAIVERS, SIZE_MAX, item)
		    : -ENOMEM;
}

int workspace_read_members(struct workspace_loader *loader)
{
	int err = for_each(loader, "/cells", read_cell);

	if (!err)
		err = for_each(loader, "/links", read_link);
	if (!err)
		err = for_each(loader, "/scenarios", read_scenario);
	if (!err)
		err = for_each(loader, "/waivers", read_waiver);
	return err;
}
