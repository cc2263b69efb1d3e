/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Recordings of machines, made by collect.sh. */
#ifndef CLI_COLLECT_H
#define CLI_COLLECT_H

#include <stdbool.h>
#include <stddef.h>

/* Runs the script on the machine that --target names: the archive is the
 * caller's. False after a message. */
bool collect_target(void **data, size_t *size);

/* The same in a file of its own, which collect_discard() removes. NULL after a
 * message. */
char *collect_target_file(void);
void collect_discard(char *path);

#endif
