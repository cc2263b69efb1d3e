// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "commands.h"
#include "fleet.h"
#include "forward.h"
#include "globals.h"
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
		help_usage(stderr, command);
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
		help_usage(stderr, command);
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

static int run_on_all(const struct globals *globals, int argc, char **argv)
{
	if (globals->values[GLOBAL_TARGET]) {
		output_error("--target and --targets exclude each other");
		return CMD_USAGE;
	}
	return fleet_run(globals, argc, argv);
}

static bool asks_for_help(const char *word)
{
	return !strcmp(word, "--help") || !strcmp(word, "-h");
}

/* What is wrong comes last: the texts before it are long. */
static int no_command(int argc, char **argv)
{
	bool noun = argc && help_is_noun(argv[0]);

	if (noun && argc == 2 && asks_for_help(argv[1])) {
		help_noun(stdout, argv[0]);
		return CMD_OK;
	}
	if (noun)
		help_noun(stderr, argv[0]);
	else
		help_overview(stderr);
	if (argc > noun)
		output_error("there is no command \"%s%s%s\"", argv[0],
			     noun ? " " : "", noun ? argv[1] : "");
	return CMD_FAILED;
}

int main(int argc, char **argv)
{
	const struct command *command;
	struct globals globals;
	const char *wrong;
	int used, result;

	argc--;
	argv++;
	wrong = globals_take(&argc, &argv, &globals);
	if (wrong) {
		output_error("--%s: the option needs a value", wrong);
		return CMD_USAGE;
	}
	if (globals.values[GLOBAL_TARGET])
		target_choose(globals.values[GLOBAL_TARGET]);
	if (argc == 1 && !strcmp(argv[0], "--version")) {
		printf("Jailhouse management tool %s\n", JH_VERSION);
		return finish(CMD_OK);
	}
	if (argc == 1 && (asks_for_help(argv[0]) || !strcmp(argv[0], "help"))) {
		help_overview(stdout);
		return finish(CMD_OK);
	}
	command = cmd_find(commands, argc, argv, &used);
	if (!command)
		return finish(no_command(argc, argv));
	if (globals.values[GLOBAL_TARGETS])
		return finish(run_on_all(&globals, argc, argv));
	result = run(command, argc - used, argv + used);
	target_release();
	return finish(result);
}
