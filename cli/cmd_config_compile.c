// SPDX-License-Identifier: GPL-2.0-or-later
/* config compile: from the project form to the binary one. */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jhcfg/jhcfg.h>
#include <jhcfg/workspace.h>

#include "commands.h"
#include "output.h"

/* FILE.json becomes FILE.cell; the caller frees the result. */
static char *default_output(const char *input)
{
	size_t length = strlen(input);
	char *path;

	if (length > 5 && !strcmp(input + length - 5, ".json"))
		length -= 5;
	if (asprintf(&path, "%.*s.cell", (int)length, input) < 0)
		return NULL;
	return path;
}

/* The configuration of that name in the project, with its ends of links. */
static const struct jhcfg_config *find_cell(
	const struct jhcfg_workspace *workspace, const char *name)
{
	for (size_t n = 0; n < jhcfg_workspace_num_cells(workspace); n++) {
		const struct jhcfg_config *config = jhcfg_workspace_cell(
			workspace, jhcfg_workspace_cell_key(workspace, n));

		if (config &&
		    !strcmp(jhcfg_cell_name(jhcfg_config_cell(config)), name))
			return config;
	}
	return NULL;
}

/* A system is more than its file: links add to it, and they name cells.
 * @cell NULL: the root. */
static int encode_project(const char *input, const char *cell,
			  struct jhcfg_diags *diags, void **binary,
			  size_t *size)
{
	const struct jhcfg_config *config;
	struct jhcfg_workspace *workspace;
	int err = jhcfg_workspace_load(input, diags, &workspace);

	if (err)
		return err;
	config = cell ? find_cell(workspace, cell)
		      : jhcfg_workspace_cell(workspace, JHCFG_ROOT_KEY);
	if (config) {
		err = jhcfg_codec_encode(config, diags, binary, size);
	} else if (cell) {
		output_error("%s: there is no cell \"%s\"", input, cell);
		err = -ENOENT;
	} else {
		err = -ENOMEM;
	}
	jhcfg_workspace_free(workspace);
	return err;
}

/* Reads a file alone; *is_system, and nothing encoded, if it is no cell. */
static int encode_cell(const char *input, struct jhcfg_diags *diags,
		       bool *is_system, void **binary, size_t *size)
{
	struct jhcfg_config *config;
	size_t text_size;
	void *text;
	int err;

	*is_system = false;
	err = jhcfg_file_read(input, JHCFG_PROJECT_FILE_MAX, &text, &text_size);
	if (err) {
		output_errno(input, err);
		return err;
	}
	err = jhcfg_project_read(text, text_size, diags, &config);
	free(text);
	if (err)
		return err;
	*is_system = jhcfg_config_system(config);
	if (!*is_system)
		err = jhcfg_codec_encode(config, diags, binary, size);
	jhcfg_config_free(config);
	return err;
}

/* Findings about the file alone are among those about the project. */
static int encode(const char *input, const char *cell, void **binary,
		  size_t *size)
{
	struct jhcfg_diags *diags = jhcfg_diags_new();
	bool is_system = cell;
	int err = 0;

	if (diags && !cell)
		err = encode_cell(input, diags, &is_system, binary, size);
	if (diags && !err && is_system) {
		jhcfg_diags_free(diags);
		diags = jhcfg_diags_new();
		if (diags)
			err = encode_project(input, cell, diags, binary, size);
	}
	if (!diags)
		err = -ENOMEM;
	else
		output_diags(input, diags);
	if (err == -ENOMEM)
		output_errno(input, err);
	jhcfg_diags_free(diags);
	return err;
}

static int compile(const char *input, const char *cell, const char *output)
{
	void *binary = NULL;
	size_t size = 0;
	int err = encode(input, cell, &binary, &size);

	if (err)
		return err;
	err = jhcfg_file_write(output, binary, size);
	if (err)
		output_errno(output, err);
	free(binary);
	return err;
}

static int run(const struct cmd_line *line)
{
	const char *output = cmd_option(line, "output");
	char *own_output = NULL;
	int err = -ENOMEM;

	if (!output)
		output = own_output = default_output(line->argv[0]);
	if (output)
		err = compile(line->argv[0], cmd_option(line, "cell"), output);
	else
		output_errno(line->argv[0], err);
	free(own_output);
	return err ? CMD_FAILED : CMD_OK;
}

static const struct cmd_option options[] = {
	{ 'o', "output", "FILE",
	  "write to FILE; without it, FILE.json becomes FILE.cell",
	  COMPLETE_FILE },
	{ 'c', "cell", "NAME",
	  "of a system with its cells, the one with this name",
	  COMPLETE_NOTHING },
	{ 0 },
};

const struct command cmd_config_compile = {
	.words = { "config", "compile" },
	.operands = "FILE.json",
	.summary = "make the binary configuration from the project form",
	.description =
		"Reads a system or a cell in the project form (JSON) and "
		"writes the binary configuration that \"jailhouse enable\" "
		"resp. \"jailhouse cell create\" take, in format revision 14. "
		"A file that exists is replaced in one step. Links between "
		"cells are described once, in the system: compile the cells "
		"that have links from there, with --cell.",
	.example = "jailhouse config compile system.json -o board.cell\n"
		   "jailhouse config compile system.json --cell rtos "
		   "-o rtos.cell",
	.options = options,
	.min_operands = 1,
	.max_operands = 1,
	.usage_exit = CMD_USAGE,
	.complete = COMPLETE_JSON,
	.run = run,
};
