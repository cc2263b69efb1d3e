/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From argv to a command and its options; prints nothing. */
#ifndef CLI_PARSE_H
#define CLI_PARSE_H

#include <stddef.h>

#include "command.h"

/*
 * Finds the command that @argv (without the program's name) begins with. On
 * success *@used is how many words name it. NULL: there is none.
 */
const struct command *cmd_find(const struct command *const *table, int argc,
			       char **argv, int *used);

enum cmd_parse_result {
	CMD_PARSED,
	CMD_PARSE_HELP,	 /* --help was asked for */
	CMD_PARSE_ERROR, /* @message says what is wrong */
};

/*
 * Sorts the words behind the command's name into options and operands;
 * @argv is permuted so that the operands are in a row. "--" ends options.
 */
enum cmd_parse_result cmd_parse(const struct command *command, int argc,
				char **argv, struct cmd_line *line,
				char *message, size_t size);

#endif
