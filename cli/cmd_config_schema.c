// SPDX-License-Identifier: GPL-2.0-or-later
/* config schema: what documents of projects consist of, for other editors. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include <jhcfg/schema.h>

#include "commands.h"
#include "output.h"

static int run(const struct cmd_line *line)
{
	char *text = NULL;
	int err = jhcfg_schema_write(line->argv[0], &text);

	if (err == -ENOENT) {
		output_error("\"%s\" is no kind of document; say system, cell "
			     "or board",
			     line->argv[0]);
		return CMD_USAGE;
	}
	if (err) {
		output_errno(line->argv[0], err);
		return CMD_FAILED;
	}
	fputs(text, stdout);
	free(text);
	return CMD_OK;
}

const struct command cmd_config_schema = {
	.words = { "config", "schema" },
	.operands = "system|cell|board",
	.summary = "print the JSON Schema of a kind of document",
	.description =
		"Prints the JSON Schema (draft 2020-12) of what projects "
		"consist of: systems, cells, boards. With it, text editors "
		"complete keys, explain them and find wrong values; what cells "
		"do to each other is found by \"jailhouse config check\". A "
		"single field is explained by \"jailhouse explain "
		"cell.memory.virt\".",
	.example = "jailhouse config schema system >system.schema.json",
	.min_operands = 1,
	.max_operands = 1,
	.usage_exit = CMD_USAGE,
	.run = run,
};
