/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One command on many targets. */
#ifndef CLI_FLEET_H
#define CLI_FLEET_H

#include <stdbool.h>
#include <stddef.h>

#include "globals.h"

/* The targets that --targets names. */
struct fleet_list {
	char **names;
	size_t count;
};

/* fleet_list.c: reads them; false after messages. */
bool fleet_list_read(const char *where, struct fleet_list *list);
void fleet_list_clear(struct fleet_list *list);

/*
 * Runs the words (a command with all that belongs to it) on each target, each
 * in a process of its own, so that none can harm another. The exit code of the
 * worst.
 */
int fleet_run(const struct globals *globals, int argc, char **argv);

#endif
