// SPDX-License-Identifier: GPL-2.0-or-later
#include "commands.h"

const struct command *const commands[] = {
	&cmd_config_compile,
	NULL,
};
