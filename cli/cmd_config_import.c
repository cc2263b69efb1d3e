// SPDX-License-Identifier: GPL-2.0-or-later
/* config import: from a device tree to a root cell. */
#include "commands.h"
#include "hardware_source.h"

static int run(const struct cmd_line *line)
{
	struct root_request request = {
		.tree = line->argv[0],
		.overlays = (const char *const *)line->argv + 1,
		.num_overlays = (size_t)line->argc - 1,
		.output = cmd_option(line, "output"),
		.json = cmd_option(line, "json"),
	};

	if (!root_parse_size("mem-inmates", cmd_option(line, "mem-inmates"),
			     &request.options.inmate_size) ||
	    !root_parse_size("mem-hv", cmd_option(line, "mem-hv"),
			     &request.options.hypervisor_size))
		return CMD_USAGE;
	return root_make(&request);
}

static const struct cmd_option options[] = {
	{ 'o', "output", "FILE",
	  "write to FILE: binary if it ends in .cell, else the project form",
	  COMPLETE_FILE },
	{ 0, "mem-inmates", "SIZE", "memory for cells (default: 64M)",
	  COMPLETE_NOTHING },
	{ 0, "mem-hv", "SIZE", "memory of the hypervisor (default: 4M)",
	  COMPLETE_NOTHING },
	{ 0, "json", NULL, "print what was found as JSON", COMPLETE_NOTHING },
	{ 0 },
};

const struct command cmd_config_import = {
	.words = { "config", "import" },
	.operands = "TREE [OVERLAY...]",
	.summary = "make a root configuration from a device tree",
	.description =
		"Reads a device tree (.dtb, or .dts where dtc is installed), "
		"applies overlays to it, and writes a system configuration "
		"for that board: all that Linux needs, without the registers "
		"that the hypervisor keeps, and with memory for hypervisor "
		"and cells in RAM that nothing reserves. What Linux has to be "
		"told of that is on stderr.",
	.example = "jailhouse config import k3-am625-sk.dtb -o system.json\n"
		   "jailhouse config import --mem-inmates 256M board.dts",
	.options = options,
	.min_operands = 1,
	.max_operands = -1,
	.usage_exit = CMD_USAGE,
	.complete = COMPLETE_FILE,
	.run = run,
};
