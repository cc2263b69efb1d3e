// SPDX-License-Identifier: GPL-2.0-or-later
#include "project.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "output.h"

int project_read_config(const char *path, struct jhcfg_diags *diags,
			struct jhcfg_source *source)
{
	int err = jhcfg_source_read(path, NULL, diags, source);

	if (err || source->config)
		return err;
	jhcfg_diags_add(diags, JHCFG_ERROR, "D01", "source", "",
			"make a configuration for it: jailhouse config import",
			"it is %s, which configures nothing", source->words);
	jhcfg_source_clear(source);
	return -EINVAL;
}

/* A system that is followed by nothing, in the project form, is a project. */
static int open_project(const char *path, struct jhcfg_workspace **workspace)
{
	struct jhcfg_diags *diags = jhcfg_diags_new();
	int err = jhcfg_workspace_load(path, diags, workspace);

	output_diags(path, diags);
	if (err && !jhcfg_diags_count(diags, JHCFG_ERROR))
		output_errno(path, err);
	jhcfg_diags_free(diags);
	return err;
}

static int read_files(char *const *files, size_t count,
		      struct jhcfg_source *sources)
{
	int err = 0;

	for (size_t n = 0; n < count && !err; n++) {
		struct jhcfg_diags *diags = jhcfg_diags_new();

		err = project_read_config(files[n], diags, &sources[n]);
		output_diags(files[n], diags);
		if (err && !jhcfg_diags_count(diags, JHCFG_ERROR))
			output_errno(files[n], err);
		jhcfg_diags_free(diags);
	}
	return err;
}

static int assemble(const char *path, struct jhcfg_source *sources,
		    size_t count, struct jhcfg_workspace **workspace)
{
	const struct jhcfg_config **cells = calloc(count, sizeof(*cells));
	struct jhcfg_diags *diags = jhcfg_diags_new();
	int err;

	if (!cells) {
		jhcfg_diags_free(diags);
		return -ENOMEM;
	}
	for (size_t n = 1; n < count; n++)
		cells[n - 1] = sources[n].config;
	err = jhcfg_workspace_from_configs(sources[0].config, cells, count - 1,
					   sources[0].board, diags, workspace);
	output_diags(path, diags);
	if (err && !jhcfg_diags_count(diags, JHCFG_ERROR))
		output_errno(path, err);
	jhcfg_diags_free(diags);
	free(cells);
	return err;
}

static bool is_project(const char *path)
{
	size_t length = strlen(path);

	return length > 5 && !strcmp(path + length - 5, ".json");
}

int project_open(char *const *files, size_t count,
		 struct jhcfg_workspace **workspace)
{
	struct jhcfg_source *sources;
	int err;

	if (count == 1 && is_project(files[0]))
		return open_project(files[0], workspace);
	sources = calloc(count, sizeof(*sources));
	if (!sources)
		return -ENOMEM;
	err = read_files(files, count, sources);
	if (!err)
		err = assemble(files[0], sources, count, workspace);
	for (size_t n = 0; n < count; n++)
		jhcfg_source_clear(&sources[n]);
	free(sources);
	return err;
}

uint32_t project_find_cell(const struct jhcfg_workspace *workspace,
			   const char *name)
{
	size_t count = jhcfg_workspace_num_cells(workspace);

	for (size_t n = 0; n < count; n++) {
		uint32_t key = jhcfg_workspace_cell_key(workspace, n);
		const struct jhcfg_config *config =
			jhcfg_workspace_cell(workspace, key);

		if (config &&
		    !strcmp(jhcfg_cell_name(jhcfg_config_cell(config)), name))
			return key;
	}
	output_error("there is no cell \"%s\", but:", name);
	for (size_t n = 0; n < count; n++) {
		const struct jhcfg_config *config = jhcfg_workspace_cell(
			workspace, jhcfg_workspace_cell_key(workspace, n));

		if (config)
			fprintf(stderr, "  %s\n",
				jhcfg_cell_name(jhcfg_config_cell(config)));
	}
	return 0;
}
