// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "commands.h"
#include "device.h"
#include "output.h"

static int copy_console(int fd)
{
	char text[4096];
	ssize_t size;

	for (;;) {
		size = read(fd, text, sizeof(text));
		if (size < 0)
			return -errno;
		if (size == 0)
			return 0;
		/* what follows must show at once, and a closed pipe end it */
		if (fwrite(text, (size_t)size, 1, stdout) != 1 ||
		    fflush(stdout))
			return 0;
	}
}

static int run(const struct cmd_line *line)
{
	int flags = cmd_option(line, "follow") ? 0 : O_NONBLOCK;
	int fd, err;

	fd = device_open(O_RDONLY | flags);
	if (fd < 0)
		return CMD_FAILED;
	err = copy_console(fd);
	close(fd);
	if (!err)
		return CMD_OK;
	output_errno("read(console)", err);
	if (err == -EAGAIN)
		output_hint("the hypervisor is not enabled, and left no text");
	if (err == -EPERM)
		output_hint("the active system configuration lacks the flag "
			    "VIRTUAL_DEBUG_CONSOLE");
	return CMD_FAILED;
}

static const struct cmd_option options[] = {
	{ 'f', "follow", NULL, "go on with what comes, until interrupted",
	  COMPLETE_NOTHING },
	{ 0 },
};

const struct command cmd_console = {
	.words = { "console" },
	.operands = "",
	.summary = "print the hypervisor's virtual console",
	.description = "Prints what the hypervisor and the cells that use its "
		       "console wrote, from the oldest byte that is kept.",
	.options = options,
	.usage_exit = CMD_FAILED,
	.place = PLACE_RUNS,
	.run = run,
};
