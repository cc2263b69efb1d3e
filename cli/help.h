/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Texts that come from the command table. */
#ifndef CLI_HELP_H
#define CLI_HELP_H

#include <stdio.h>

#include "command.h"

/* All commands, one a line. */
void help_overview(FILE *out);
/* Synopsis, description, options and examples of one command. */
void help_command(FILE *out, const struct command *command);

#endif
