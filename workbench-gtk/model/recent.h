/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Projects that were opened or saved, the last first; a file of the user's. */
#ifndef JHW_RECENT_H
#define JHW_RECENT_H

#include <glib.h>

/* Paths of those that are still there; a new array that ends with NULL. Waits for
 * the file system: for a thread (beside.h). */
char **jhw_recent_list(void);
/* Beside whatever else is done. */
void jhw_recent_add(const char *path);

#endif
