/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Boards that come with the workbench. */
#ifndef JHW_LIBRARY_H
#define JHW_LIBRARY_H

#include <glib.h>

typedef struct {
	char *name;  /* of its folder */
	char *title; /* "ZynqMP ZCU102 Rev1.0" */
	char *path;  /* of its system.json */
} JhwLibraryBoard;

/*
 * Boards below $JAILHOUSE_BOARDS, or else where the program was installed, or
 * else in the tree that it was built in; JhwLibraryBoard, by title. Empty if
 * there are none. Files that are no boards are left out.
 */
GPtrArray *jhw_library_boards(void);

#endif
