// SPDX-License-Identifier: GPL-2.0-or-later
#include "commands.h"
#include "device.h"

static int run(const struct cmd_line *line)
{
	return device_cell_command(line, DEVICE_CELL_DESTROY);
}

const struct command cmd_cell_destroy = {
	.words = { "cell", "destroy" },
	.operands = "{ID|[--name] NAME}",
	.summary = "stop a cell and give everything back",
	.description = "Asks the cell to shut down, stops it, and returns its "
		       "CPUs, memory and devices to the root cell.",
	.min_operands = 1,
	.max_operands = 2,
	.usage_exit = CMD_FAILED,
	.raw = true,
	.complete = COMPLETE_CELL,
	.place = PLACE_RUNS,
	.run = run,
};
