// SPDX-License-Identifier: LGPL-2.1-or-later
/* A project's files into a workspace. The system document names the cells. */
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
#include "project/workspace_loader.h"
#include "util/replace.h"

void workspace_complain(struct workspace_loader *loader, const char *rule,
			const char *place, const char *hint, const char *format,
			...)
{
	char text[256];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	jhcfg_diags_add(loader->diags,
			workspace_is_newer(loader) ? JHCFG_WARNING
						   : JHCFG_ERROR,
			rule, loader->file, place, hint, "%s", text);
	loader->failed = true;
}

/* --- files -------------------------------------------------------------------
 */

/* What a save that was interrupted left beside @path: a whole file, or the
 * beginning of one, that never took its place. */
static void report_leftovers(struct workspace_loader *loader, const char *path)
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

static int parse_config(struct workspace_loader *loader, const char *text,
			size_t size, struct jhcfg_config **config, bool *newer)
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
static int read_config(struct workspace_loader *loader, const char *path,
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

int workspace_load_cell(struct workspace_loader *loader, const char *name)
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
		workspace_complain(loader, "J08", "", NULL,
				   "%s is a system, not a cell", name);
		err = -EINVAL;
	}
	loader->file = outer;
	free(path);
	if (err) {
		jhcfg_config_free(config);
		return err;
	}
	cell = jhcfg_state_cell_new(workspace->next_key, config);
	if (!cell)
		return -ENOMEM;
	err = jhcfg_state_set(workspace->state, JHCFG_STATE_CELLS, SIZE_MAX,
			      cell);
	if (!err)
		err = jhcfg_files_set(workspace->files, workspace->next_key++,
				      name);
	return err;
}

/* --- all of it
 * ------------------------------------------------------------------ */

static int load_members(struct workspace_loader *loader)
{
	struct jhcfg_workspace *workspace = loader->workspace;
	bool newer;
	int err = workspace_read_board(
		jhcfg_state_cell(workspace->state, 0)->config,
		loader->directory, loader->diags, &workspace->state->board,
		&workspace->files->board, &newer);

	if (!err)
		err = workspace_read_members(loader);
	/* last: the other files are not read with more patience for that */
	if (!err && newer)
		err = set_newer(workspace, "the board");
	return err;
}

static int load(struct workspace_loader *loader, const char *path,
		const char *base)
{
	struct jhcfg_config *config;
	bool newer;
	int err = read_config(loader, path, &config, &newer);

	if (err)
		return err;
	if (!jhcfg_config_system(config)) {
		workspace_complain(loader, "J08", "", "open its system instead",
				   "%s is a cell, not a system", base);
		jhcfg_config_free(config);
		return -EINVAL;
	}
	loader->workspace = jhcfg_workspace_with_root(config, base);
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
	struct workspace_loader loader = { .diags = diags,
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
	made = jhcfg_workspace_with_root(jhcfg_config_copy(system),
					 "system.json");
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
