// SPDX-License-Identifier: GPL-2.0-or-later
/* config compile: from the project form to the binary one. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jhcfg/jhcfg.h>

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

static int compile(const char *text, size_t size, struct jhcfg_diags *diags,
		   void **binary, size_t *binary_size)
{
	struct jhcfg_config *config;
	int err;

	err = jhcfg_project_read(text, size, diags, &config);
	if (err)
		return err;
	err = jhcfg_codec_encode(config, diags, binary, binary_size);
	jhcfg_config_free(config);
	return err;
}

static int compile_file(const char *input, const char *output,
			struct jhcfg_diags *diags)
{
	void *text, *binary = NULL;
	size_t size, binary_size = 0;
	int err;

	err = jhcfg_file_read(input, JHCFG_PROJECT_FILE_MAX, &text, &size);
	if (err) {
		output_errno(input, err);
		return err;
	}
	err = compile(text, size, diags, &binary, &binary_size);
	free(text);
	output_diags(input, diags);
	if (err == -ENOMEM)
		output_errno(input, err);
	if (err)
		return err;

	err = jhcfg_file_write(output, binary, binary_size);
	if (err)
		output_errno(output, err);
	free(binary);
	return err;
}

static int run(const struct cmd_line *line)
{
	struct jhcfg_diags *diags = jhcfg_diags_new();
	const char *output = cmd_option(line, "output");
	char *own_output = NULL;
	int err = -ENOMEM;

	if (!output)
		output = own_output = default_output(line->argv[0]);
	if (diags && output)
		err = compile_file(line->argv[0], output, diags);
	else
		output_errno(line->argv[0], err);
	free(own_output);
	jhcfg_diags_free(diags);
	return err ? CMD_FAILED : CMD_OK;
}

static const struct cmd_option options[] = {
	{ 'o', "output", "FILE",
	  "write to FILE; without it, FILE.json becomes FILE.cell",
	  COMPLETE_FILE },
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
		"A file that exists is replaced in one step.",
	.example = "jailhouse config compile system.json -o board.cell",
	.options = options,
	.min_operands = 1,
	.max_operands = 1,
	.usage_exit = CMD_USAGE,
	.complete = COMPLETE_JSON,
	.run = run,
};
