/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef JHCFG_TARGET_WALK_H
#define JHCFG_TARGET_WALK_H

#include "target/backend.h"

/* Adds what the request wants of @path, one of its paths, to @tree. */
int target_read_tree(const struct target_files *files, void *self,
		     const char *path, const struct jhcfg_tree_request *request,
		     struct jhcfg_tree *tree);

#endif
