/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Texts that come from the command table. */
#ifndef CLI_HELP_H
#define CLI_HELP_H

#include <stdbool.h>
#include <stdio.h>

#include "command.h"

/* All commands, one a line. */
void help_overview(FILE *out);
/* Whether commands of two words begin with @word. */
bool help_is_noun(const char *word);
/* The commands that begin with @noun, one a line. */
void help_noun(FILE *out, const char *noun);
/* The synopsis of one command, and how to see the rest: for wrong usage, whose
 * message must not scroll away. */
void help_usage(FILE *out, const struct command *command);
/* Synopsis, description, options and examples of one command. */
void help_command(FILE *out, const struct command *command);

#endif
