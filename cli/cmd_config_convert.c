// SPDX-License-Identifier: GPL-2.0-or-later
/* config convert: a configuration from any form and dialect to any other. */
#include <errno.h>
#include <stdlib.h>

#include "commands.h"
#include "configuration.h"
#include "json_out.h"
#include "output.h"

static void add_text(struct json_object *object, const char *key,
		     const char *text)
{
	json_object_object_add(object, key,
			       text ? json_object_new_string(text) : NULL);
}

static const char *name_of(const struct jhcfg_dialect *dialect)
{
	return dialect ? jhcfg_dialect_name(dialect) : NULL;
}

/* What was read, and what of it is not in the output. */
static int print_summary(const struct configuration_request *request,
			 const struct configuration *configuration,
			 const struct jhcfg_diags *read,
			 const struct jhcfg_diags *lost)
{
	const struct jhcfg_dialect *to = request->encode.dialect;
	struct json_object *out = json_object_new_object();

	if (!out)
		return -ENOMEM;
	if (!to)
		to = jhcfg_dialect_get(0);
	add_text(out, "source", configuration->words);
	add_text(out, "from", name_of(configuration->dialect));
	add_text(out, "to",
		 request->form == CONFIGURATION_JSON ? NULL : name_of(to));
	if (configuration->config)
		add_text(out, "name",
			 jhcfg_cell_name(
				 jhcfg_config_cell(configuration->config)));
	add_text(out, "output", request->output);
	json_object_object_add(out, "findings", json_out_diags(read));
	json_object_object_add(out, "lost", json_out_diags(lost));
	return json_out_print(stdout, out);
}

static int convert(const struct configuration_request *request, bool as_json,
		   struct jhcfg_diags *read, struct jhcfg_diags *lost)
{
	struct configuration configuration;
	void *data = NULL;
	size_t size = 0;
	int err, printed = 0;

	err = configuration_read(request, read, &configuration);
	output_diags(request->input, read);
	if (!err) {
		err = configuration_encode(request, configuration.config, lost,
					   &data, &size);
		output_diags(request->input, lost);
		if (err == -EINVAL && jhcfg_diags_count(lost, JHCFG_ERROR))
			output_hint("--drop leaves it out");
	}
	if (err == -ENOMEM)
		output_errno(request->input, err);
	if (!err)
		err = configuration_store(request, data, size);
	if (as_json)
		printed = print_summary(request, &configuration, read, lost);
	free(data);
	jhcfg_config_free(configuration.config);
	return err ? err : printed;
}

/* The form is that of the output's name, unless it is said. */
static bool parse_form(const struct cmd_line *line,
		       struct configuration_request *request)
{
	const char *form = cmd_option(line, "format");
	const char *name = form ? form : request->output;
	char path[32];

	if (form &&
	    snprintf(path, sizeof(path), "x.%s", form) < (int)sizeof(path))
		name = path;
	if (name && configuration_form_of(name, &request->form))
		return true;
	if (form)
		output_error("--format %s: not cell, c or json", form);
	else
		output_error("say what to write: -o FILE.cell, FILE.c or "
			     "FILE.json, or --format");
	return false;
}

static int run(const struct cmd_line *line)
{
	struct configuration_request request = {
		.input = line->argv[0],
		.output = cmd_option(line, "output"),
		.cell = cmd_option(line, "cell"),
	};
	struct jhcfg_diags *read = jhcfg_diags_new();
	struct jhcfg_diags *lost = jhcfg_diags_new();
	bool as_json = cmd_option(line, "json");
	int code = CMD_USAGE;

	if (!parse_form(line, &request)) {
		/* has said why */
	} else if (as_json && !request.output) {
		output_error("--json needs -o, since stdout is its own");
	} else if (configuration_parse_options(line, &request)) {
		code = convert(&request, as_json, read, lost) ? CMD_FAILED
							      : CMD_OK;
	}
	configuration_clear(&request);
	jhcfg_diags_free(read);
	jhcfg_diags_free(lost);
	return code;
}

static const struct cmd_option options[] = {
	{ 'o', "output", "FILE", "write to FILE.cell, FILE.c or FILE.json",
	  COMPLETE_FILE },
	{ 'f', "format", "FORMAT",
	  "cell, c or json, whatever the output is called", COMPLETE_NOTHING },
	CONFIGURATION_WRITE_OPTIONS,
	CONFIGURATION_READ_OPTIONS,
	{ 'c', "cell", "NAME",
	  "of a project, the cell with this name; without it, the root cell",
	  COMPLETE_NOTHING },
	{ 0, "json", NULL, "print what was read and lost as JSON",
	  COMPLETE_NOTHING },
	{ 0 },
};

const struct command cmd_config_convert = {
	.words = { "config", "convert" },
	.operands = "SOURCE",
	.summary = "translate a configuration between forms and revisions",
	.description =
		"SOURCE is a binary configuration of any revision or fork, "
		"which is told by its content, a C source, which the C "
		"compiler "
		"($CC or cc) reads, an object file of such, or one in the "
		"project form. It is written as the binary form, as C source "
		"or in the project form. What the dialect to write cannot hold "
		"is named value by value, and nothing is written then, unless "
		"--drop is given. A name of no dialect lists them all.",
	.example = "jailhouse config convert board.c -o board.cell\n"
		   "jailhouse config convert old.cell -o new.c\n"
		   "jailhouse config convert --to rev12 --drop system.json "
		   "-o board.cell\n"
		   "jailhouse config convert --cflags -DCONFIG_X rtos.c "
		   "-o rtos.json",
	.options = options,
	.min_operands = 1,
	.max_operands = 1,
	.usage_exit = CMD_USAGE,
	.complete = COMPLETE_FILE,
	.run = run,
};
