// SPDX-License-Identifier: LGPL-2.1-or-later
#include "target/tree.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct jhcfg_tree {
	struct jhcfg_tree_file *files; /* path and text are one block each */
	size_t count, capacity;
	size_t used, max;
};

struct jhcfg_tree *target_tree_new(size_t max)
{
	struct jhcfg_tree *tree = calloc(1, sizeof(*tree));

	if (tree)
		tree->max = max;
	return tree;
}

static void free_file(const struct jhcfg_tree_file *file)
{
	free((void *)(uintptr_t)file->path);
}

void jhcfg_tree_free(struct jhcfg_tree *tree)
{
	if (!tree)
		return;
	for (size_t n = 0; n < tree->count; n++)
		free_file(&tree->files[n]);
	free(tree->files);
	free(tree);
}

bool target_tree_skips(const struct jhcfg_tree_request *request,
		       const char *name)
{
	const char *const *skip = request->skip;

	for (; skip && *skip; skip++) {
		if (!strcmp(*skip, name))
			return true;
	}
	return false;
}

size_t target_tree_room(const struct jhcfg_tree *tree)
{
	return tree->max - tree->used;
}

static int grow(struct jhcfg_tree *tree)
{
	size_t capacity = tree->capacity ? 2 * tree->capacity : 64;
	struct jhcfg_tree_file *files;

	if (tree->count < tree->capacity)
		return 0;
	files = reallocarray(tree->files, capacity, sizeof(*files));
	if (!files)
		return -ENOMEM;
	tree->files = files;
	tree->capacity = capacity;
	return 0;
}

int target_tree_add(struct jhcfg_tree *tree, const char *path, const char *text,
		    size_t size)
{
	size_t path_size = strlen(path) + 1;
	char *block;

	if (memchr(text, 0, size))
		return 0;
	if (size > target_tree_room(tree) ||
	    path_size > target_tree_room(tree) - size)
		return -EFBIG;
	if (grow(tree))
		return -ENOMEM;
	block = malloc(path_size + size + 1);
	if (!block)
		return -ENOMEM;
	memcpy(block, path, path_size);
	memcpy(block + path_size, text, size);
	block[path_size + size] = 0;
	tree->files[tree->count++] = (struct jhcfg_tree_file){
		.path = block,
		.text = block + path_size,
		.size = size,
	};
	tree->used += path_size + size;
	return 0;
}

static int compare_files(const void *a, const void *b)
{
	const struct jhcfg_tree_file *left = a, *right = b;

	return strcmp(left->path, right->path);
}

void target_tree_finish(struct jhcfg_tree *tree)
{
	size_t kept = 0;

	if (!tree->count)
		return;
	/* glibc's is a merge sort: files of the same path keep their order */
	qsort(tree->files, tree->count, sizeof(*tree->files), compare_files);
	for (size_t n = 0; n < tree->count; n++) {
		if (kept &&
		    !compare_files(&tree->files[kept - 1], &tree->files[n]))
			free_file(&tree->files[n]);
		else
			tree->files[kept++] = tree->files[n];
	}
	tree->count = kept;
}

size_t jhcfg_tree_count(const struct jhcfg_tree *tree)
{
	return tree->count;
}

const struct jhcfg_tree_file *jhcfg_tree_at(const struct jhcfg_tree *tree,
					    size_t index)
{
	return index < tree->count ? &tree->files[index] : NULL;
}

const struct jhcfg_tree_file *jhcfg_tree_find(const struct jhcfg_tree *tree,
					      const char *path)
{
	const struct jhcfg_tree_file key = { .path = path };

	if (!tree->count)
		return NULL;
	return bsearch(&key, tree->files, tree->count, sizeof(*tree->files),
		       compare_files);
}
