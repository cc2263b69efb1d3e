/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The files that a save writes, as the files that do it share them. */
#ifndef JHCFG_PROJECT_WORKSPACE_OUTPUTS_H
#define JHCFG_PROJECT_WORKSPACE_OUTPUTS_H

#include <stdbool.h>

#include <jhcfg/diag.h>
#include <jhcfg/model.h>

#include "model/files.h"
#include "util/replace.h"

struct workspace_output {
	uint32_t key; /* of its cell; 0 for the board */
	char *file;   /* relative to the project; NULL: there is none */
	char *path;
	char *text;    /* that it is to have, or NULL */
	bool is_known; /* the file of that name is this one, where we were */
	bool is_new;   /* nothing has that name, nor may when it is written */
	bool differs;  /* from what was loaded or saved last */
	struct jhcfg_replacement replacement;
};

/* Where they are in the list of outputs; cells follow. */
enum {
	WORKSPACE_OUT_SYSTEM, /* names the others */
	WORKSPACE_OUT_BOARD,
	WORKSPACE_OUT_CELLS,
};

struct workspace_outputs {
	char *path;		   /* of the system's file */
	char *folder;		   /* that it is in */
	char *old_path;		   /* that it was read from, or NULL */
	struct jhcfg_files *old;   /* there */
	struct jhcfg_config *root; /* that the system's file gets */
	struct workspace_output *items;
	size_t count;
};

/*
 * Gives each output a path, and another name if that is one of a file that this
 * save must not replace: one that is not of the project. *@files has the names
 * then. -ENOMEM; -EEXIST, with a finding: there is no name.
 */
int workspace_settle_names(struct workspace_outputs *outputs,
			   struct jhcfg_diags *diags,
			   struct jhcfg_files **files);

/* Writes what differs: all of it, or nothing. What the system calls said, with
 * a finding. */
int workspace_write_outputs(struct workspace_outputs *outputs,
			    struct jhcfg_diags *diags);

#endif
