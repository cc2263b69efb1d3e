// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "cells_print.h"
#include "commands.h"
#include "output.h"
#include "sysfs.h"

static int run(const struct cmd_line *line)
{
	struct sysfs_cell *cells;
	size_t count;
	int err;

	err = sysfs_read_cells(&cells, &count);
	if (err) {
		/* of a target that cannot be reached, it was said why */
		if (err != -ENOTCONN)
			output_errno("reading cells", err);
		return CMD_FAILED;
	}
	if (cmd_option(line, "json"))
		err = cells_print_json(stdout, cells, count);
	else
		cells_print_table(stdout, cells, count);
	sysfs_free_cells(cells, count);
	if (err)
		output_errno("cell list", err);
	return err ? CMD_FAILED : CMD_OK;
}

static const struct cmd_option options[] = {
	{ 0, "json", NULL, "print a JSON array", COMPLETE_NOTHING },
	{ 0 },
};

const struct command cmd_cell_list = {
	.words = { "cell", "list" },
	.operands = "",
	.summary = "list all cells with their state and CPUs",
	.description = "Prints a line for each cell, the root first. Prints "
		       "nothing while the hypervisor is not enabled.",
	.options = options,
	.usage_exit = CMD_FAILED,
	.place = PLACE_READS,
	.run = run,
};
