// SPDX-License-Identifier: GPL-2.0-or-later
/* enable, and "cell enable", which vendor documentation has. */
#include <stdlib.h>

#include "commands.h"
#include "config_file.h"
#include "device.h"

static int run(const struct cmd_line *line)
{
	struct config_file file;
	int err;

	err = config_file_load(line->argv[0], &file);
	if (err)
		return CMD_FAILED;
	err = device_request(DEVICE_ENABLE, file.data);
	if (err)
		config_file_explain(&file, JHCFG_IS_SYSTEM);
	config_file_unload(&file);
	return err ? CMD_FAILED : CMD_OK;
}

static const char description[] =
	"Starts the hypervisor with the binary system configuration SYSCONFIG. "
	"Linux goes on as the root cell.";

const struct command cmd_enable = {
	.words = { "enable" },
	.operands = "SYSCONFIG",
	.summary = "start the hypervisor",
	.description = description,
	.example = "jailhouse enable /usr/share/jailhouse/cells/"
		   "qemu-arm64.cell",
	.min_operands = 1,
	.max_operands = 1,
	.usage_exit = CMD_FAILED,
	.complete = COMPLETE_CONFIG,
	.run = run,
};

const struct command cmd_cell_enable = {
	.words = { "cell", "enable" },
	.operands = "SYSCONFIG",
	.summary = "another spelling of \"enable\"",
	.description = description,
	.min_operands = 1,
	.max_operands = 1,
	.usage_exit = CMD_FAILED,
	.complete = COMPLETE_CONFIG,
	.run = run,
};
