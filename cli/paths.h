/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Places in /proc, /sys, /dev and /lib. They are looked up below the directory
 * that the environment variable JAILHOUSE_ROOT names, if it is set: a copy of
 * another machine's trees, as a bug report has them and the tests use.
 */
#ifndef CLI_PATHS_H
#define CLI_PATHS_H

#include <stddef.h>

#define PATHS_SYSFS "/sys/devices/jailhouse"
#define PATHS_SITE  "/run/jailhouse-workbench" /* see jhcfg/site.h */

/*
 * The path that @format makes, below the root, in a new string that the
 * caller frees; NULL without memory.
 */
char *paths_make(const char *format, ...) __attribute__((format(printf, 1, 2)));

/*
 * Reads a whole file below the root. On success *@text is a new string with a
 * NUL behind its *@size bytes (@size may be NULL). Errors: see
 * jhcfg_file_read().
 */
int paths_read(char **text, size_t *size, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* The same for one line: without the newline at its end. */
int paths_read_line(char **text, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

#endif
