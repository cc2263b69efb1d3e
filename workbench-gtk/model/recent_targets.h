/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Targets: those that were connected to, the last first (a file of the user's),
 * and the emulated boards that there are. */
#ifndef JHW_RECENT_TARGETS_H
#define JHW_RECENT_TARGETS_H

#include <glib.h>

/* New arrays that end with NULL. They wait for the file system: for a thread
 * (beside.h). */
char **jhw_recent_targets(void);
char **jhw_emulated_targets(void);
/* Beside whatever else is done. */
void jhw_recent_targets_add(const char *name);

#endif
