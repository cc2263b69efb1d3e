// SPDX-License-Identifier: GPL-2.0-or-later
/* config import: from any source to the project form. */
#include "commands.h"
#include "hardware_source.h"

static int run(const struct cmd_line *line)
{
	struct root_request request = {
		.path = line->argv[0],
		.source.overlays = (const char *const *)line->argv + 1,
		.source.num_overlays = (size_t)line->argc - 1,
		.output = cmd_option(line, "output"),
		.json = cmd_option(line, "json"),
		.board_only = cmd_option(line, "board"),
	};

	if (!root_parse_options(line, &request.options))
		return CMD_USAGE;
	return root_make(&request);
}

static const struct cmd_option options[] = {
	{ 'o', "output", "FILE",
	  "write to FILE: binary for .cell, C for .c, else the project form",
	  COMPLETE_FILE },
	ROOT_OPTIONS,
	{ 0, "board", NULL, "write the hardware alone, as a board",
	  COMPLETE_NOTHING },
	{ 0, "json", NULL, "print what was found as JSON", COMPLETE_NOTHING },
	{ 0 },
};

const struct command cmd_config_import = {
	.words = { "config", "import" },
	.operands = "SOURCE [OVERLAY...]",
	.summary = "read a configuration or hardware, write the project form",
	.description =
		"SOURCE is told by its content. A binary configuration of any "
		"revision, one as C source, or one in the project form, is "
		"written in the project form. Of hardware - a device tree "
		"(.dtb, or .dts where dtc is installed; overlays are applied "
		"to it), a board in the project form, a directory with /proc "
		"and /sys of a machine, or what \"config collect\" packed - a "
		"root configuration is made: all that Linux needs, without the "
		"registers that the hypervisor keeps, and with memory for "
		"hypervisor and cells in RAM that nothing reserves. What "
		"Linux has to be told of that is on stderr. The hardware "
		"itself goes to a file beside FILE: board.json for "
		"system.json, NAME.board.json for NAME.json.",
	.example = "jailhouse config import k3-am625-sk.dtb -o system.json\n"
		   "jailhouse config import --board board.dtb -o board.json\n"
		   "jailhouse config import old.cell -o cell.json\n"
		   "jailhouse config import --ram 0x80000000:2G board.dts",
	.options = options,
	.min_operands = 1,
	.max_operands = -1,
	.usage_exit = CMD_USAGE,
	.complete = COMPLETE_FILE,
	.run = run,
};
