/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A folder of a test's own for projects and what they make, one at a time. */
#ifndef TESTS_FOLDER_H
#define TESTS_FOLDER_H

#include <stddef.h>

#include <jhcfg/workspace.h>

/* Makes an empty one; its path is valid until the next one is made. */
const char *folder_make(void);
/* With all below; links are not followed. 0, or -1 and errno. */
int folder_remove(void);
/* The same of any other. */
int folder_remove_all(const char *path);

/* A path in it ("": its own), valid until four calls later. */
const char *folder_path(const char *name);
void folder_write(const char *name, const char *text);
void folder_write_bytes(const char *name, const void *data, size_t size);
/* What is in a file of text, for free(). */
char *folder_read(const char *name);
/* A project in it; both fail the test if that does. */
void folder_save(struct jhcfg_workspace *workspace, const char *name,
		 struct jhcfg_diags *diags);
struct jhcfg_workspace *folder_load(const char *name,
				    struct jhcfg_diags *diags);

#endif
