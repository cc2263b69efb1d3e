// SPDX-License-Identifier: GPL-2.0-or-later
#include "commands.h"
#include "device.h"

static int run(const struct cmd_line *line)
{
	return device_cell_command(line, DEVICE_CELL_SHUTDOWN);
}

const struct command cmd_cell_shutdown = {
	.words = { "cell", "shutdown" },
	.operands = "{ID|[--name] NAME}",
	.summary = "stop a cell and keep it",
	.description =
		"Asks the cell to shut down, and stops it. Its CPUs and "
		"memory stay with it; it can be loaded and started again.",
	.min_operands = 1,
	.max_operands = 2,
	.usage_exit = CMD_FAILED,
	.raw = true,
	.complete = COMPLETE_CELL,
	.place = PLACE_RUNS,
	.run = run,
};
