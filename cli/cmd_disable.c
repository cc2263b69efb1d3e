// SPDX-License-Identifier: GPL-2.0-or-later
#include "commands.h"
#include "device.h"

static int run(const struct cmd_line *line)
{
	(void)line;
	return device_request(DEVICE_DISABLE, NULL) ? CMD_FAILED : CMD_OK;
}

const struct command cmd_disable = {
	.words = { "disable" },
	.operands = "",
	.summary = "destroy all cells and stop the hypervisor",
	.description = "Destroys all cells but the root and stops the "
		       "hypervisor. Linux has the whole machine again.",
	.usage_exit = CMD_FAILED,
	.place = PLACE_RUNS,
	.run = run,
};
