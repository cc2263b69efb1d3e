/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Projects from whatever the user names: "SYSTEM [CELL…]". */
#ifndef CLI_PROJECT_H
#define CLI_PROJECT_H

#include <stddef.h>

#include <jhcfg/diag.h>
#include <jhcfg/source.h>
#include <jhcfg/workspace.h>

/*
 * @files, @count of them, at least one: a system in the project form, which
 * names its cells itself; or a system of any form and the cells beside it,
 * each of any form. Prints what is said about each file. -errno.
 */
int project_open(char *const *files, size_t count,
		 struct jhcfg_workspace **workspace);

/* Reads one file of any form that configures something; what is wrong with it
 * is in @diags. */
int project_read_config(const char *path, struct jhcfg_diags *diags,
			struct jhcfg_source *source);

/* Key of the cell with this name, or 0 after a message that lists them. */
uint32_t project_find_cell(const struct jhcfg_workspace *workspace,
			   const char *name);

#endif
