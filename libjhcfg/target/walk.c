// SPDX-License-Identifier: LGPL-2.1-or-later
/* A tree of files, by the calls that a back end has for single ones. */
#include "target/walk.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "target/tree.h"

struct walk {
	const struct target_files *files;
	void *self;
	const struct jhcfg_tree_request *request;
	struct jhcfg_tree *tree;
};

static int add_file(const struct walk *walk, const char *path)
{
	void *data;
	size_t size;
	int err = walk->files->read(walk->self, path,
				    target_tree_room(walk->tree), &data, &size);

	if (err)
		return err == -ENOMEM || err == -EFBIG ? err : 0;
	err = target_tree_add(walk->tree, path, data, size);
	free(data);
	return err;
}

static int add(const struct walk *walk, const char *path, unsigned int depth)
{
	bool is_root = depth == walk->request->depth;
	char **names, *below;
	struct jhcfg_stat st;
	int err;

	/* what is gone meanwhile, or cannot be read, is left out */
	if (walk->files->stat(walk->self, path, is_root, &st))
		return 0;
	if (st.kind == JHCFG_FILE_REGULAR)
		return add_file(walk, path);
	if (st.kind != JHCFG_FILE_DIRECTORY || !depth)
		return 0;
	err = walk->files->list(walk->self, path, &names);
	if (err)
		return err == -ENOMEM ? err : 0;
	for (size_t n = 0; names[n] && !err; n++) {
		if (target_tree_skips(walk->request, names[n]))
			continue;
		if (asprintf(&below, "%s/%s", path, names[n]) < 0) {
			err = -ENOMEM;
			break;
		}
		err = add(walk, below, depth - 1);
		free(below);
	}
	jhcfg_names_free(names);
	return err;
}

int target_read_tree(const struct target_files *files, void *self,
		     const char *path, const struct jhcfg_tree_request *request,
		     struct jhcfg_tree *tree)
{
	const struct walk walk = { files, self, request, tree };

	if (files->read_tree)
		return files->read_tree(self, path, request, tree);
	return add(&walk, path, request->depth);
}
