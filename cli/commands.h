/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The entries that the files cmd_*.c export. */
#ifndef CLI_COMMANDS_H
#define CLI_COMMANDS_H

#include <stddef.h>

#include "command.h"

extern const struct command cmd_config_compile;

#endif
