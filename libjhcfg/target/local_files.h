/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef JHCFG_TARGET_LOCAL_FILES_H
#define JHCFG_TARGET_LOCAL_FILES_H

#include "target/backend.h"

extern const struct target_files target_local_files;

/* Adds what @fd is, a file or folder at @path; it stays open. */
int target_local_tree(int fd, const char *path,
		      const struct jhcfg_tree_request *request,
		      struct jhcfg_tree *tree);

#endif
