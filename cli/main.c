// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdio.h>
#include <string.h>

#include "commands.h"
#include "help.h"
#include "output.h"
#include "parse.h"

static int run(const struct command *command, int argc, char **argv)
{
	char message[256];
	struct cmd_line line;
	int result;

	switch (cmd_parse(command, argc, argv, &line, message,
			  sizeof(message))) {
	case CMD_PARSE_HELP:
		help_command(stdout, command);
		return CMD_OK;
	case CMD_PARSE_ERROR:
		output_error("%s", message);
		help_command(stderr, command);
		return command->usage_exit;
	case CMD_PARSED:
		break;
	}
	result = command->run(&line);
	if (result == CMD_SHOW_USAGE) {
		help_command(stderr, command);
		return command->usage_exit;
	}
	return result;
}

static int finish(int result)
{
	/* a full disk or a closed pipe must not look like success */
	if (fflush(stdout) || ferror(stdout)) {
		output_errno("writing to stdout", 0);
		return result ? result : CMD_FAILED;
	}
	return result;
}

int main(int argc, char **argv)
{
	const struct command *command;
	int used;

	argc--;
	argv++;
	if (argc == 1 && !strcmp(argv[0], "--version")) {
		printf("Jailhouse management tool %s\n", JH_VERSION);
		return finish(CMD_OK);
	}
	if (argc == 1 && (!strcmp(argv[0], "--help") ||
			  !strcmp(argv[0], "-h") || !strcmp(argv[0], "help"))) {
		help_overview(stdout);
		return finish(CMD_OK);
	}
	command = cmd_find(commands, argc, argv, &used);
	if (!command) {
		help_overview(stderr);
		return CMD_FAILED;
	}
	return finish(run(command, argc - used, argv + used));
}
