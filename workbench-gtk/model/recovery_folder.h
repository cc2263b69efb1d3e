/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Folders that recovery keeps copies in: one for each document that is open. */
#ifndef JHW_RECOVERY_FOLDER_H
#define JHW_RECOVERY_FOLDER_H

#include <glib.h>

/* Where they all are, a new string. */
char *recovery_folder_root(void);
/* A name that no other has, a new string; nothing is made yet. */
char *recovery_folder_name(void);
/* Makes it, with a note of whose copy it is. */
gboolean recovery_folder_make(const char *folder, const char *origin, const char *title,
			      GError **error);
/* Reads the note; FALSE: there is no copy, or its program still runs. */
gboolean recovery_folder_read(const char *folder, char **origin, char **title);
/* With all that is in it; nothing outside of the root is touched. */
void recovery_folder_delete(const char *folder);

#endif
