/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef JHCFG_MODEL_WORKSPACE_H
#define JHCFG_MODEL_WORKSPACE_H

#include <jhcfg/workspace.h>

#include "model/files.h"
#include "model/state.h"

/* A step, and the state before it (undo, open) or behind it (redo). */
struct jhcfg_step {
	char *name;
	struct jhcfg_state *state;
};

struct jhcfg_step_list {
	struct jhcfg_step *steps;
	size_t count;
};

struct jhcfg_workspace {
	struct jhcfg_state *state;
	struct jhcfg_state *saved; /* as the files are */
	struct jhcfg_step_list undo, redo;
	struct jhcfg_step_list open; /* nested steps, the outermost first */
	uint32_t next_key;
	uint64_t serial;
	struct jhcfg_files *files;
	char *path;	 /* of system.json, NULL: never saved */
	char *read_only; /* why it may not be saved, NULL: it may */
};

/* A workspace in this state, with these files, both of which it takes over,
 * also on failure (NULL). */
struct jhcfg_workspace *jhcfg_workspace_make(struct jhcfg_state *state,
					     struct jhcfg_files *files);
/* One with a root cell of this configuration, which it takes over, in @file. */
struct jhcfg_workspace *jhcfg_workspace_with_root(struct jhcfg_config *config,
						  const char *file);

#endif
