// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdio.h>
#include <string.h>

#include "commands.h"
#include "forward.h"
#include "help.h"
#include "output.h"
#include "parse.h"
#include "target.h"

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
	if (!target_is_chosen() || command->place == PLACE_READS) {
		result = command->run(&line);
	} else if (command->place == PLACE_RUNS) {
		result = forward_run(&line);
	} else {
		output_error("%s %s works on files of this machine; leave "
			     "--target out",
			     command->words[0],
			     command->words[1] ? command->words[1] : "");
		return CMD_USAGE;
	}
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

/* Takes "--target NAME" from the beginning. false: there is no name. */
static bool take_target(int *argc, char ***argv)
{
	static const char option[] = "--target";
	size_t length = strlen(option);

	if (!*argc || strncmp(**argv, option, length))
		return true;
	if ((**argv)[length] == '=') {
		target_choose(**argv + length + 1);
		--*argc;
		++*argv;
		return true;
	}
	if ((**argv)[length])
		return true;
	if (*argc < 2)
		return false;
	target_choose((*argv)[1]);
	*argc -= 2;
	*argv += 2;
	return true;
}

int main(int argc, char **argv)
{
	const struct command *command;
	int used, result;

	argc--;
	argv++;
	if (!take_target(&argc, &argv)) {
		output_error("--target: the option needs a value");
		return CMD_USAGE;
	}
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
	result = run(command, argc - used, argv + used);
	target_release();
	return finish(result);
}
