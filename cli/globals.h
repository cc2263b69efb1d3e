/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Options that stand before the command. Help, manual and completion have them
 * from this table. */
#ifndef CLI_GLOBALS_H
#define CLI_GLOBALS_H

#include "command.h"

enum {
	GLOBAL_TARGET,
	GLOBAL_TARGETS,
	GLOBAL_JOBS,
	GLOBAL_LOGS,
	NUM_GLOBALS,
};

/* Ends with a NULL name. */
extern const struct cmd_option global_options[];

struct globals {
	const char *values[NUM_GLOBALS]; /* NULL: absent */
};

/* Takes them from the beginning of *@argv. NULL, or what is wrong: the name of
 * an option that has no value. */
const char *globals_take(int *argc, char ***argv, struct globals *globals);

#endif
