// SPDX-License-Identifier: GPL-2.0-or-later
/* config compile: to the binary form. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands.h"
#include "configuration.h"
#include "json_out.h"
#include "output.h"

/* FILE.json becomes FILE.cell, and so does FILE.c; the caller frees the
 * result. */
static char *default_output(const char *input)
{
	enum configuration_form form;
	size_t length = strlen(input);
	char *path;

	if (configuration_form_of(input, &form) && form != CONFIGURATION_CELL)
		length = (size_t)(strrchr(input, '.') - input);
	if (asprintf(&path, "%.*s.cell", (int)length, input) < 0)
		return NULL;
	return path;
}

static int compile(const struct configuration_request *request, bool as_json)
{
	struct jhcfg_diags *diags = jhcfg_diags_new();
	struct configuration configuration = { 0 };
	void *binary = NULL;
	size_t size = 0;
	int err;

	err = configuration_read(request, diags, &configuration);
	if (!err)
		err = configuration_encode(request, configuration.config, diags,
					   &binary, &size);
	if (!as_json || err)
		output_diags(request->input, diags);
	if (err == -ENOMEM)
		output_errno(request->input, err);
	if (!err)
		err = configuration_store(request, binary, size);
	if (!err && as_json)
		err = json_out_made(request->input, request->output, diags);
	free(binary);
	jhcfg_config_free(configuration.config);
	jhcfg_diags_free(diags);
	return err;
}

static int run(const struct cmd_line *line)
{
	struct configuration_request request = {
		.input = line->argv[0],
		.cell = cmd_option(line, "cell"),
		.output = cmd_option(line, "output"),
		.form = CONFIGURATION_CELL,
	};
	char *own_output = NULL;
	int code = CMD_USAGE;

	if (!request.output)
		request.output = own_output = default_output(line->argv[0]);
	if (!request.output) {
		output_errno(line->argv[0], ENOMEM);
		code = CMD_FAILED;
	} else if (configuration_parse_options(line, &request)) {
		code = compile(&request, cmd_option(line, "json")) ? CMD_FAILED
								   : CMD_OK;
	}
	configuration_clear(&request);
	free(own_output);
	return code;
}

static const struct cmd_option options[] = {
	{ 'o', "output", "FILE",
	  "write to FILE; without it, FILE.json becomes FILE.cell",
	  COMPLETE_FILE },
	{ 'c', "cell", "NAME",
	  "of a system with its cells, the one with this name",
	  COMPLETE_NOTHING },
	CONFIGURATION_WRITE_OPTIONS,
	{ 0, "json", NULL, "print what was made as JSON", COMPLETE_NOTHING },
	{ 0 },
};

const struct command cmd_config_compile = {
	.words = { "config", "compile" },
	.operands = "FILE.json",
	.summary = "make the binary configuration from the project form",
	.description =
		"Reads a system or a cell in the project form (JSON) and "
		"writes the binary configuration that \"jailhouse enable\" "
		"resp. \"jailhouse cell create\" take, in format revision 14 "
		"or another dialect. A C source is compiled likewise. "
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
