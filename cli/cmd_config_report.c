// SPDX-License-Identifier: GPL-2.0-or-later
/* config report: who owns what. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jhcfg/emit.h>
#include <jhcfg/file.h>

#include "commands.h"
#include "output.h"
#include "project.h"

static int store(const char *output, const char *text)
{
	int err = 0;

	if (output)
		err = jhcfg_file_write(output, text, strlen(text));
	else
		fputs(text, stdout);
	if (err)
		output_errno(output, err);
	return err;
}

static int run(const struct cmd_line *line)
{
	enum jhcfg_report_form form = cmd_option(line, "json")
					      ? JHCFG_REPORT_JSON
					      : JHCFG_REPORT_MARKDOWN;
	struct jhcfg_workspace *workspace;
	char *text;
	int err;

	err = project_open(line->argv, (size_t)line->argc, &workspace);
	if (err)
		return CMD_FAILED;
	err = jhcfg_emit_report(workspace, form, &text);
	if (err) {
		output_errno(line->argv[0], err);
	} else {
		err = store(cmd_option(line, "output"), text);
		free(text);
	}
	jhcfg_workspace_free(workspace);
	return err ? CMD_FAILED : CMD_OK;
}

static const struct cmd_option options[] = {
	{ 'o', "output", "FILE", "write to FILE instead of stdout",
	  COMPLETE_FILE },
	{ 0, "json", NULL, "as JSON instead of Markdown", COMPLETE_NOTHING },
	{ 0 },
};

const struct command cmd_config_report = {
	.words = { "config", "report" },
	.operands = "SYSTEM [CELL...]",
	.summary = "say who owns what",
	.description =
		"Writes tables in Markdown: cells, CPUs, memory in order of "
		"addresses, interrupts, devices of the board, PCI functions, "
		"links, scenarios, accepted findings, and what to put on the "
		"root's kernel command line. SYSTEM in the project form names "
		"its cells and its board; others, of any form, come with their "
		"cells beside them.",
	.example = "jailhouse config report system.json -o OWNERS.md\n"
		   "jailhouse config report board.cell rtos.cell\n"
		   "jailhouse config report --json system.json",
	.options = options,
	.min_operands = 1,
	.max_operands = -1,
	.usage_exit = CMD_USAGE,
	.complete = COMPLETE_FILE,
	.run = run,
};
