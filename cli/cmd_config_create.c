// SPDX-License-Identifier: GPL-2.0-or-later
/* config create: a root configuration for the machine it runs on. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "commands.h"
#include "hardware_source.h"
#include "output.h"

/* What the kernel booted with, memory filled in. */
#define LIVE_TREE "/sys/firmware/fdt"

static int run(const struct cmd_line *line)
{
	const char *root = cmd_option(line, "root");
	struct root_request request = { .output = line->argv[0] };
	char *tree;
	int rc;

	if (!root_parse_size("mem-inmates", cmd_option(line, "mem-inmates"),
			     &request.options.inmate_size) ||
	    !root_parse_size("mem-hv", cmd_option(line, "mem-hv"),
			     &request.options.hypervisor_size))
		return CMD_USAGE;
	if (asprintf(&tree, "%s" LIVE_TREE, root ? root : "") < 0) {
		output_errno(LIVE_TREE, ENOMEM);
		return CMD_FAILED;
	}
	request.tree = tree;
	rc = root_make(&request);
	if (rc && access(tree, F_OK))
		output_hint("this machine was not booted with a device tree");
	free(tree);
	return rc;
}

static const struct cmd_option options[] = {
	{ 'r', "root", "DIR", "look for the machine's files below DIR",
	  COMPLETE_FILE },
	{ 0, "mem-inmates", "SIZE", "memory for cells (default: 64M)",
	  COMPLETE_NOTHING },
	{ 0, "mem-hv", "SIZE", "memory of the hypervisor (default: 4M)",
	  COMPLETE_NOTHING },
	{ 0 },
};

const struct command cmd_config_create = {
	.words = { "config", "create" },
	.operands = "FILE",
	.summary = "make a root configuration for this machine",
	.description =
		"Reads the device tree that this machine booted with and "
		"writes a system configuration for it, binary if FILE ends in "
		".cell, else in the project form (JSON).",
	.example = "jailhouse config create system.json\n"
		   "jailhouse config create --mem-inmates 128M board.cell",
	.options = options,
	.min_operands = 1,
	.max_operands = 1,
	.usage_exit = CMD_USAGE,
	.complete = COMPLETE_FILE,
	.run = run,
};
