// SPDX-License-Identifier: GPL-2.0-or-later
/* config create: a root configuration for the machine it runs on. */
#include "collect.h"
#include "commands.h"
#include "hardware_source.h"
#include "output.h"
#include "target.h"

/* Nothing but a shell is needed there. */
static int make_there(struct root_request *request)
{
	char *path = collect_target_file();
	int rc;

	if (!path)
		return CMD_FAILED;
	request->path = path;
	rc = root_make(request);
	collect_discard(path);
	return rc;
}

static int run(const struct cmd_line *line)
{
	const char *root = cmd_option(line, "root");
	struct root_request request = {
		.path = root ? root : "/",
		.output = line->argv[0],
		.json = cmd_option(line, "json"),
	};

	if (!root_parse_options(line, &request.options))
		return CMD_USAGE;
	if (!target_is_chosen())
		return root_make(&request);
	if (root) {
		output_error("--root names a folder of this machine; leave "
			     "--target out");
		return CMD_USAGE;
	}
	return make_there(&request);
}

static const struct cmd_option options[] = {
	{ 'r', "root", "DIR", "look for the machine's files below DIR",
	  COMPLETE_FILE },
	ROOT_OPTIONS,
	{ 0, "json", NULL, "print what was found as JSON", COMPLETE_NOTHING },
	{ 0 },
};

const struct command cmd_config_create = {
	.words = { "config", "create" },
	.operands = "FILE",
	.summary = "make a root configuration for this machine",
	.description =
		"Looks at the hardware of this machine and writes a system "
		"configuration for it: binary if FILE ends in .cell, C source "
		"if it ends in .c, else in the project form (JSON), with the "
		"hardware in a file beside it.",
	.example = "jailhouse config create system.json\n"
		   "jailhouse config create --mem-inmates 128M board.cell",
	.options = options,
	.min_operands = 1,
	.max_operands = 1,
	.usage_exit = CMD_USAGE,
	.complete = COMPLETE_FILE,
	.place = PLACE_READS,
	.run = run,
};
