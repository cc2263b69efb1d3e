// SPDX-License-Identifier: GPL-2.0-or-later
#include "commands.h"
#include "device.h"

static int run(const struct cmd_line *line)
{
	return device_cell_command(line, DEVICE_CELL_START);
}

const struct command cmd_cell_start = {
	.words = { "cell", "start" },
	.operands = "{ID|[--name] NAME}",
	.summary = "start a loaded cell, or restart one",
	.description = "Starts the cell at its reset address. A cell that runs "
		       "is asked to shut down first.",
	.min_operands = 1,
	.max_operands = 2,
	.usage_exit = CMD_FAILED,
	.raw = true,
	.complete = COMPLETE_CELL,
	.place = PLACE_RUNS,
	.run = run,
};
