/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CLI_FORWARD_H
#define CLI_FORWARD_H

#include "command.h"

/* Runs the command on the chosen target, with the files that it takes along;
 * its output comes out here. Its exit code, or CMD_FAILED. */
int forward_run(const struct cmd_line *line);

#endif
