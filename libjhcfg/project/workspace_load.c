// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * A project's files into a workspace. The system document names the cells;
 * links, scenarios and waivers stand in it as JSON that only this file and
 * workspace_save.c know.
 */
#include <jhcfg/workspace.h>

#include <dirent.h>
#include <errno.h>
#include <libgen.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jhcfg/file.h>
#include <jhcfg/project.h>

#include "model/private.h"
#include "model/workspace.h"
#include "project/json.h"
#include "project/workspace_file.h"
#include "util/number.h"
#include "util/replace.h"

struct loader {
	struct jhcfg_diags *diags;
	struct jhcfg_workspace *workspace;
	const char *directory;
	const char *file; /* that is being read, for findings */
	bool failed;
	bool tolerant; /* files that are newer than this are looked at */
};

/* Nothing of this project may be written over. */
static bool is_newer(const struct loader *loader)
{
	return loader->workspace && loader->workspace->read_only;
}

static void __attribute__((format(printf, 5, 6)))
complain(struct loader *loader, const char *rule, const char *place,
	 const char *hint, const char *format, ...)
{
	char text[256];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	jhcfg_diags_add(loader->diags,
			is_newer(loader) ? JHCFG_WARNING : JHCFG_ERROR, rule,
			loader->file, place, hint, "%s", text);
	loader->failed = true;
}

/* --- files -------------------------------------------------------------------
 */

/* What a save that was interrupted left beside @path: a whole file, or the
 * beginning of one, that never took its place. */
static void report_leftovers(struct loader *loader, const char *path)
{
	char *for_directory = strdup(path), *for_base = strdup(path);
	const char *base = for_base ? basename(for_base) : NULL;
	DIR *directory = NULL;
	struct dirent *entry;

	if (for_directory && base)
		directory = opendir(dirname(for_directory));
	while (directory && (entry = readdir(directory)))
		if (jhcfg_replacement_is_temporary(entry->d_name, base))
			jhcfg_diags_add(loader->diags, JHCFG_WARNING, "J12",
					path, "",
					"compare them, and delete the one that "
					"you do not want",
					"a save was interrupted: what it was "
					"to become may be in %s beside it",
					entry->d_name);
	if (directory)
		closedir(directory);
	free(for_directory);
	free(for_base);
}

static int parse_config(struct loader *loader, const char *text, size_t size,
			struct jhcfg_config **config, bool *newer)
{
	struct json_object *document = NULL;
	int err = json_parse(text, size, loader->diags, &document);

	*newer = false;
	if (!err)
		err = json_read_config(&document, loader->diags, config,
				       loader->tolerant ? newer : NULL);
	json_object_put(document);
	return err;
}

/* The system may come through a pipe; what it names are files, since nobody
 * must be made to wait for a pipe by opening a project. */
static int read_config(struct loader *loader, const char *path,
		       struct jhcfg_config **config, bool *newer)
{
	size_t size;
	void *text;
	int err;

	loader->file = path;
	report_leftovers(loader, path);
	if (loader->workspace)
		err = jhcfg_file_read_regular(path, JHCFG_PROJECT_FILE_MAX,
					      &text, &size);
	else
		err = jhcfg_file_read(path, JHCFG_PROJECT_FILE_MAX, &text,
				      &size);
	if (err) {
		jhcfg_diags_add(loader->diags, JHCFG_ERROR, "J06", path, "",
				loader->workspace && err == -ENOENT
					? "copy the folder of a project as a "
					  "whole"
					: NULL,
				"cannot be read: %s", strerror(-err));
		return err;
	}
	err = parse_config(loader, text, size, config, newer);
	free(text);
	return err;
}

static int set_newer(struct jhcfg_workspace *workspace, const char *path)
{
	if (workspace->read_only)
		return 0;
	if (asprintf(&workspace->read_only,
		     "%s is of a newer version of the program: what this one "
		     "does not know of it would be lost",
		     path) < 0) {
		workspace->read_only = NULL;
		return -ENOMEM;
	}
	return 0;
}

static int load_cell(struct loader *loader, const char *name)
{
	struct jhcfg_workspace *workspace = loader->workspace;
	struct jhcfg_config *config = NULL;
	const char *outer = loader->file;
	struct jhcfg_state_cell *cell;
	bool newer;
	char *path;
	int err = workspace_path(loader->directory, name, loader->file,
				 loader->diags, &path);

	if (err)
		return err;
	err = read_config(loader, path, &config, &newer);
	if (!err && newer)
		err = set_newer(workspace, path);
	if (!err && jhcfg_config_system(config)) {
		complain(loader, "J08", "", NULL, "%s is a system, not a cell",
			 name);
		err = -EINVAL;
	}
	loader->file = outer;
	free(path);
	if (err) {
		jhcfg_config_free(config);
		return err;
	}
	cell = jhcfg_state_cell_new(workspace->next_key++, name, config);
	if (!cell)
		return -ENOMEM;
	return jhcfg_state_set(workspace->state, JHCFG_STATE_CELLS, SIZE_MAX,
			       cell);
}

/* --- members of the system document
 * ------------------------------------------- */

/* Of a newer project, what cannot be read is left out; it was told. */
static int settle(struct loader *loader, int err)
{
	if (!is_newer(loader) || err == -ENOMEM)
		return err;
	loader->failed = false;
	return 0;
}

/* Calls @read for each element of the array at the key. */
static int for_each(struct loader *loader, const char *key,
		    int (*read)(struct loader *loader,
				struct json_object *element))
{
	struct json_object *array = workspace_member(
		jhcfg_state_cell(loader->workspace->state, 0)->config, key);
	int err = 0;

	if (!array)
		return 0;
	if (!json_object_is_type(array, json_type_array)) {
		complain(loader, "J02", key, NULL, "%s must be an array",
			 key + 1);
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

static const char *text_of(struct json_object *object, const char *key)
{
	struct json_object *value;

	if (!json_object_object_get_ex(object, key, &value) ||
	    !json_object_is_type(value, json_type_string))
		return "";
	return json_object_get_string(value);
}

/* A number, or text such as "0x7f000000" and "64K"; @fallback if absent. */
static uint64_t number_of(struct loader *loader, struct json_object *object,
			  const char *key, uint64_t fallback)
{
	struct json_object *value;
	uint64_t number = 0;

	if (!json_object_object_get_ex(object, key, &value))
		return fallback;
	if (json_object_is_type(value, json_type_int))
		return json_object_get_uint64(value);
	if (!json_object_is_type(value, json_type_string) ||
	    jhcfg_parse_number(json_object_get_string(value), UINT64_MAX,
			       &number))
		complain(loader, "J02", key, "write 4096, \"0x1000\" or \"4K\"",
			 "%s is not a number", key);
	return number;
}

/* The same for a member of 16 bits. */
static uint16_t number16_of(struct loader *loader, struct json_object *object,
			    const char *key)
{
	uint64_t number = number_of(loader, object, key, 0);

	if (number > UINT16_MAX)
		complain(loader, "J02", key, "write 0 to 0xffff",
			 "%s 0x%llx is too large", key,
			 (unsigned long long)number);
	return (uint16_t)number;
}

static bool has_file(const struct jhcfg_state *state, const char *name)
{
	for (size_t n = 1; n < state->lists[JHCFG_STATE_CELLS].count; n++)
		if (!strcmp(jhcfg_state_cell(state, n)->file, name))
			return true;
	return false;
}

static int read_cell(struct loader *loader, struct json_object *element)
{
	const char *name;

	if (!json_object_is_type(element, json_type_string)) {
		complain(loader, "J02", "/cells", NULL,
			 "cells must be the names of files");
		return -EINVAL;
	}
	name = json_object_get_string(element);
	/* saved, only one of both would be left */
	if (has_file(loader->workspace->state, name)) {
		complain(loader, "J02", "/cells",
			 "list it once; another cell has a file of its own",
			 "%s is listed twice", name);
		return -EINVAL;
	}
	return load_cell(loader, name);
}

/* Key of the cell with this name; 0 and a finding without one. */
static uint32_t key_of(struct loader *loader, const char *name,
		       const char *place)
{
	const struct jhcfg_state *state = loader->workspace->state;

	for (size_t n = 0; n < state->lists[JHCFG_STATE_CELLS].count; n++) {
		const struct jhcfg_state_cell *cell =
			jhcfg_state_cell(state, n);

		if (!strcmp(cell->config->cell.name, name))
			return cell->key;
	}
	complain(loader, "J09", place, "list its file under \"cells\"",
		 "there is no cell \"%s\"", name);
	return 0;
}

/* Cells by id; null for a slot that is free. */
static void read_peers(struct loader *loader, struct json_object *element,
		       struct jhcfg_link *link)
{
	struct json_object *peers = NULL;

	json_object_object_get_ex(element, "peers", &peers);
	if (!json_object_is_type(peers, json_type_array) ||
	    !json_object_array_length(peers) ||
	    json_object_array_length(peers) > JHCFG_MAX_PEERS) {
		complain(loader, "J02", "/links",
			 "write names of cells, null for a free slot",
			 "link \"%s\" has no list of peers", link->name);
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

static int read_link(struct loader *loader, struct json_object *element)
{
	struct jhcfg_link link = { .name = text_of(element, "name") };
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

static int read_scenario(struct loader *loader, struct json_object *element)
{
	struct jhcfg_scenario scenario = { .name = text_of(element, "name") };
	struct jhcfg_state_scenario *item = NULL;
	struct json_object *cells = NULL;
	uint32_t *keys;

	json_object_object_get_ex(element, "cells", &cells);
	if (!*scenario.name || !json_object_is_type(cells, json_type_array)) {
		complain(loader, "J02", "/scenarios",
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

static int read_waiver(struct loader *loader, struct json_object *element)
{
	const struct jhcfg_waiver waiver = {
		.rule = text_of(element, "rule"),
		.object = text_of(element, "object"),
		.reason = text_of(element, "reason"),
	};
	struct jhcfg_state_waiver *item;

	if (!*waiver.rule || !*waiver.reason) {
		complain(loader, "J02", "/waivers",
			 "give it \"rule\", \"object\" and \"reason\"",
			 "a waiver lacks its rule or its reason");
		return -EINVAL;
	}
	item = jhcfg_state_waiver_new(&waiver);
	return item ? jhcfg_state_set(loader->workspace->state,
				      JHCFG_STATE_WAIVERS, SIZE_MAX, item)
		    : -ENOMEM;
}

/* --- all of it
 * ------------------------------------------------------------------ */

static int load_members(struct loader *loader)
{
	struct jhcfg_workspace *workspace = loader->workspace;
	bool newer;
	int err = workspace_read_board(
		jhcfg_state_cell(workspace->state, 0)->config,
		loader->directory, loader->diags, &workspace->state->board,
		&newer);

	if (!err)
		err = for_each(loader, "/cells", read_cell);
	if (!err)
		err = for_each(loader, "/links", read_link);
	if (!err)
		err = for_each(loader, "/scenarios", read_scenario);
	if (!err)
		err = for_each(loader, "/waivers", read_waiver);
	/* last: the other files are not read with more patience for that */
	if (!err && newer)
		err = set_newer(workspace, "the board");
	return err;
}

static struct jhcfg_workspace *with_root(struct jhcfg_config *config,
					 const char *file)
{
	struct jhcfg_state *state = jhcfg_state_new();
	struct jhcfg_state_cell *root =
		jhcfg_state_cell_new(JHCFG_ROOT_KEY, file, config);

	if (!root || !state ||
	    jhcfg_state_set(state, JHCFG_STATE_CELLS, 0, root)) {
		jhcfg_state_free(state);
		return NULL;
	}
	return jhcfg_workspace_make(state);
}

static int load(struct loader *loader, const char *path, const char *base)
{
	struct jhcfg_config *config;
	bool newer;
	int err = read_config(loader, path, &config, &newer);

	if (err)
		return err;
	if (!jhcfg_config_system(config)) {
		complain(loader, "J08", "", "open its system instead",
			 "%s is a cell, not a system", base);
		jhcfg_config_free(config);
		return -EINVAL;
	}
	loader->workspace = with_root(config, base);
	if (!loader->workspace)
		return -ENOMEM;
	loader->workspace->path = strdup(path);
	if (!loader->workspace->path ||
	    (newer && set_newer(loader->workspace, path)))
		return -ENOMEM;
	return load_members(loader);
}

static int load_path(const char *path, bool tolerant, struct jhcfg_diags *diags,
		     struct jhcfg_workspace **workspace)
{
	struct loader loader = { .diags = diags,
				 .file = path,
				 .tolerant = tolerant };
	char *for_directory = strdup(path), *for_base = strdup(path);
	int err = -ENOMEM;

	if (for_directory && for_base) {
		loader.directory = dirname(for_directory);
		err = load(&loader, path, basename(for_base));
	}
	free(for_directory);
	free(for_base);
	if (err)
		jhcfg_workspace_free(loader.workspace);
	else
		*workspace = loader.workspace;
	return err;
}

int jhcfg_workspace_load(const char *path, struct jhcfg_diags *diags,
			 struct jhcfg_workspace **workspace)
{
	return load_path(path, false, diags, workspace);
}

int jhcfg_workspace_look(const char *path, struct jhcfg_diags *diags,
			 struct jhcfg_workspace **workspace)
{
	return load_path(path, true, diags, workspace);
}

int jhcfg_workspace_from_configs(const struct jhcfg_config *system,
				 const struct jhcfg_config *const *cells,
				 size_t num_cells, struct jhcfg_board *board,
				 struct jhcfg_diags *diags,
				 struct jhcfg_workspace **workspace)
{
	struct jhcfg_workspace *made;
	uint32_t key;
	int err = 0;

	if (!jhcfg_config_system(system)) {
		jhcfg_diags_add(diags, JHCFG_ERROR, "J08", "configuration", "",
				NULL, "the first one is not a system");
		return -EINVAL;
	}
	made = with_root(jhcfg_config_copy(system), "system.json");
	if (!made)
		return -ENOMEM;
	made->state->board = jhcfg_board_ref(board);
	if (num_cells)
		err = jhcfg_workspace_begin(made, "Import");
	for (size_t n = 0; !err && n < num_cells; n++) {
		err = jhcfg_workspace_add_cell(made, cells[n], &key);
		if (err == -EEXIST)
			jhcfg_diags_add(
				diags, JHCFG_ERROR, "F05", "configuration", "",
				"rename one of them",
				"two cells have the name \"%s\"",
				jhcfg_cell_name(jhcfg_config_cell(cells[n])));
	}
	jhcfg_workspace_end(made);
	if (err)
		jhcfg_workspace_free(made);
	else
		*workspace = made;
	return err;
}
