/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The files of a project: names, relative to its folder, that a workspace has
 * read or written there. A cell keeps its file when it is renamed, removed and
 * brought back, so this is no part of the states, of which an undo may show an
 * old one after the project went elsewhere.
 *
 * Once they are a workspace's they do not change: a save makes others.
 */
#ifndef JHCFG_MODEL_FILES_H
#define JHCFG_MODEL_FILES_H

#include <stddef.h>
#include <stdint.h>

struct jhcfg_cell_file {
	uint32_t key;
	char *name;
};

struct jhcfg_files {
	unsigned int references;
	struct jhcfg_cell_file *cells; /* the root's is the system's */
	size_t num_cells;
	char *board; /* NULL: it has none of its own */
};

/* Without any; NULL without memory. */
struct jhcfg_files *jhcfg_files_new(void);
struct jhcfg_files *jhcfg_files_ref(struct jhcfg_files *files);
void jhcfg_files_free(struct jhcfg_files *files);

/* Puts the cell into this file. -ENOMEM. */
int jhcfg_files_set(struct jhcfg_files *files, uint32_t key, const char *name);

/* The file of the cell; NULL without one. */
const char *jhcfg_files_name(const struct jhcfg_files *files, uint32_t key);

#endif
