/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Many small text files, as jhcfg_target_read_tree() gives them. */
#ifndef JHCFG_TARGET_TREE_H
#define JHCFG_TARGET_TREE_H

#include <jhcfg/target.h>

/* @max: bytes of all paths and texts. NULL without memory. */
struct jhcfg_tree *target_tree_new(size_t max);
/* From now on, what is lent to it is not copied. Before the first add; all of
 * it is lent then. */
void target_tree_borrow(struct jhcfg_tree *tree);
/* Empties it for another use; its memory is kept. */
void target_tree_empty(struct jhcfg_tree *tree, size_t max);
/* Adds a copy; a text with a NUL inside is left out. -EFBIG, -ENOMEM. */
int target_tree_add(struct jhcfg_tree *tree, const char *path, const char *text,
		    size_t size);
/* The same, of a file that stays as long as the tree if that borrows. All of
 * them are in one array then, in the order of paths. */
int target_tree_lend(struct jhcfg_tree *tree,
		     const struct jhcfg_tree_file *file);
/* The same in two steps, for a file whose size is not known before: *@text has
 * room for @size bytes, then says how many there were. -EFBIG, -ENOMEM. */
int target_tree_begin(struct jhcfg_tree *tree, const char *path, size_t size,
		      char **text);
void target_tree_end(struct jhcfg_tree *tree, size_t size);
/* Sorts it; to be called once behind the last add. Of two files with the same
 * path the first one stays. */
void target_tree_finish(struct jhcfg_tree *tree);
/* The request says not to read what is called so. */
bool target_tree_skips(const struct jhcfg_tree_request *request,
		       const char *name);
/* Bytes that may still be added. */
size_t target_tree_room(const struct jhcfg_tree *tree);

#endif
