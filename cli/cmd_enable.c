// SPDX-License-Identifier: GPL-2.0-or-later
/* enable, and "cell enable", which vendor documentation has. */
#include <stdlib.h>

#include "commands.h"
#include "config_file.h"
#include "device.h"
#include "timeouts.h"

static const struct {
	const char *option;
	const char *parameter;
} timeouts[] = {
	{ "rendezvous-timeout", "rendezvous_us" },
	{ "message-timeout", "msg_reply_us" },
};

static int set_timeouts(const struct cmd_line *line)
{
	int err = 0;

	for (size_t n = 0; n < sizeof(timeouts) / sizeof(timeouts[0]) && !err;
	     n++) {
		const char *value = cmd_option(line, timeouts[n].option);

		if (value)
			err = timeouts_set(timeouts[n].parameter, value);
	}
	return err;
}

static int run(const struct cmd_line *line)
{
	struct config_file file;
	int err;

	if (set_timeouts(line))
		return CMD_FAILED;
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

static const struct cmd_option options[] = {
	{ 0, "rendezvous-timeout", "USEC",
	  "how long CPUs wait for each other on their way in and out; 10 s "
	  "without it. Stays until the driver is unloaded",
	  COMPLETE_NOTHING },
	{ 0, "message-timeout", "USEC",
	  "how long a cell may take to answer a message, if its configuration "
	  "does not say; 10 s without it. Stays until the driver is unloaded",
	  COMPLETE_NOTHING },
	{ 0 },
};

const struct command cmd_enable = {
	.words = { "enable" },
	.options = options,
	.operands = "SYSCONFIG",
	.summary = "start the hypervisor",
	.description = description,
	.example = "jailhouse enable /usr/share/jailhouse/cells/"
		   "qemu-arm64.cell",
	.min_operands = 1,
	.max_operands = 1,
	.usage_exit = CMD_FAILED,
	.complete = COMPLETE_CONFIG,
	.place = PLACE_RUNS,
	.takes_along = cmd_takes_first,
	.run = run,
};

const struct command cmd_cell_enable = {
	.words = { "cell", "enable" },
	.options = options,
	.operands = "SYSCONFIG",
	.summary = "another spelling of \"enable\"",
	.description = description,
	.min_operands = 1,
	.max_operands = 1,
	.usage_exit = CMD_FAILED,
	.complete = COMPLETE_CONFIG,
	.place = PLACE_RUNS,
	.takes_along = cmd_takes_first,
	.run = run,
};
