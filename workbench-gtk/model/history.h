/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Files of the user's state folder with a line for each thing that was used, the
 * last first. All of this waits for the file system. */
#ifndef JHW_HISTORY_H
#define JHW_HISTORY_H

#include <glib.h>

/* The lines of @file that are wanted, not more than @max; a new array that ends
 * with NULL, also if there is no such file. */
char **jhw_history_read(const char *file, guint max, gboolean (*is_wanted)(const char *line));
/* Puts a line first, in any thread. What cannot be kept is no loss that anybody
 * has to be told of. */
void jhw_history_add(const char *file, const char *line, guint max);

#endif
