/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Loading a project, as the files that do it share it. */
#ifndef JHCFG_PROJECT_WORKSPACE_LOADER_H
#define JHCFG_PROJECT_WORKSPACE_LOADER_H

#include <stdbool.h>

#include <jhcfg/diag.h>

#include "model/workspace.h"

struct workspace_loader {
	struct jhcfg_diags *diags;
	struct jhcfg_workspace *workspace;
	const char *directory;
	const char *file; /* that is being read, for findings */
	bool failed;
	bool tolerant; /* files that are newer than this are looked at */
};

/* Nothing of this project may be written over. */
static inline bool workspace_is_newer(const struct workspace_loader *loader)
{
	return loader->workspace && loader->workspace->read_only;
}

/* A finding about the file that is being read: loading fails, unless the
 * project is newer. */
void workspace_complain(struct workspace_loader *loader, const char *rule,
			const char *place, const char *hint, const char *format,
			...) __attribute__((format(printf, 5, 6)));

/* Adds the cell in this file of the project. */
int workspace_load_cell(struct workspace_loader *loader, const char *name);

/* workspace_read.c: what the system says beside its configuration and board */
int workspace_read_members(struct workspace_loader *loader);

#endif
