// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * A recording as a target: files can be read, nothing runs.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "target/recording_read.h"
#include "target/target.h"
#include "target/tree.h"

#define MAX_RECORDING ((size_t)256 << 20)

struct recorded {
	struct jhcfg_recording *recording;
	size_t moment;
};

static int recorded_open(struct jhcfg_target *target,
			 const struct target_services *services,
			 const struct target_place *place,
			 const struct jhcfg_target_options *options,
			 struct jhcfg_diags *diags, void **self)
{
	struct recorded *recorded = calloc(1, sizeof(*recorded));
	int err;

	(void)target;
	(void)services;
	(void)options;
	if (!recorded)
		return -ENOMEM;
	err = jhcfg_recording_read(place->path, MAX_RECORDING, diags,
				   &recorded->recording);
	if (err && err != -EINVAL)
		jhcfg_diags_add(diags, JHCFG_ERROR, "", place->path, "", NULL,
				"cannot be read: %s", strerror(-err));
	if (err) {
		free(recorded);
		return err;
	}
	recorded->moment = jhcfg_recording_count(recorded->recording) - 1;
	*self = recorded;
	return 0;
}

static void recorded_close(void *self)
{
	struct recorded *recorded = self;

	jhcfg_recording_free(recorded->recording);
	free(recorded);
}

/* "PATH/", without a slash too many. */
static char *folder_prefix(const char *path)
{
	size_t length = strlen(path);
	char *prefix;

	while (length && path[length - 1] == '/')
		length--;
	if (asprintf(&prefix, "%.*s/", (int)length, path) < 0)
		return NULL;
	return prefix;
}

static int show(const struct recorded *recorded)
{
	return recording_show(recorded->recording, recorded->moment);
}

/* The first file below it at this moment; -ENOENT: it is no folder. */
static int find_below(const struct recorded *recorded, const char *path)
{
	char *prefix = folder_prefix(path);
	size_t position = 0;
	bool found;

	if (!prefix)
		return -ENOMEM;
	found = recording_next(recorded->recording, prefix, &position);
	free(prefix);
	return found ? 0 : -ENOENT;
}

static int recorded_read(void *self, const char *path, size_t max, void **data,
			 size_t *size)
{
	struct recorded *recorded = self;
	const struct jhcfg_tree_file *file;
	int err = show(recorded);
	char *copy;

	if (err)
		return err;
	file = recording_find(recorded->recording, path);
	if (!file)
		return find_below(recorded, path) ? -ENOENT : -EISDIR;
	if (file->size > max)
		return -EFBIG;
	copy = malloc(file->size + 1);
	if (!copy)
		return -ENOMEM;
	memcpy(copy, file->text, file->size + 1);
	*data = copy;
	*size = file->size;
	return 0;
}

static int recorded_stat(void *self, const char *path, bool follow,
			 struct jhcfg_stat *stat)
{
	struct recorded *recorded = self;
	const struct jhcfg_tree_file *file;
	int err = show(recorded);

	(void)follow; /* there are none */
	if (err)
		return err;
	file = recording_find(recorded->recording, path);
	if (!file && find_below(recorded, path))
		return -ENOENT;
	stat->kind = file ? JHCFG_FILE_REGULAR : JHCFG_FILE_DIRECTORY;
	stat->size = file ? file->size : 0;
	return 0;
}

/* Adds the name at @rest up to its end or slash, unless it is the last one. */
static int add_name(char ***names, size_t *count, const char *rest)
{
	size_t length = strcspn(rest, "/");
	char **grown, *last = *count ? (*names)[*count - 1] : NULL;

	if (last && strlen(last) == length && !memcmp(last, rest, length))
		return 0;
	grown = reallocarray(*names, *count + 2, sizeof(*grown));
	if (!grown)
		return -ENOMEM;
	*names = grown;
	grown[*count] = strndup(rest, length);
	if (!grown[*count])
		return -ENOMEM;
	grown[++*count] = NULL;
	return 0;
}

static int by_bytes(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static int recorded_list(void *self, const char *path, char ***names)
{
	struct recorded *recorded = self;
	char *prefix = folder_prefix(path), **found = calloc(1, sizeof(*found));
	const struct jhcfg_tree_file *file;
	size_t position = 0, count = 0;
	int err = prefix && found ? show(recorded) : -ENOMEM;

	while (!err &&
	       (file = recording_next(recorded->recording, prefix, &position)))
		err = add_name(&found, &count,
			       file->folder[strlen(prefix)]
				       ? file->folder + strlen(prefix)
				       : file->name);
	if (!err && !count)
		err = recording_find(recorded->recording, path) ? -ENOTDIR
								: -ENOENT;
	free(prefix);
	if (err) {
		jhcfg_names_free(found);
		return err;
	}
	/* "a.b" comes between "a" and "a/c" in the order of paths */
	qsort(found, count, sizeof(*found), by_bytes);
	*names = found;
	return 0;
}

/* The request skips a folder: @rest is what is below its path, "a/b/". */
static bool is_folder_skipped(const struct jhcfg_tree_request *request,
			      const char *rest)
{
	unsigned int depth = 1;
	char name[256];

	for (; *rest; depth++) {
		size_t length = strcspn(rest, "/");

		if (length >= sizeof(name))
			return true;
		memcpy(name, rest, length);
		name[length] = 0;
		if (target_tree_skips(request, name))
			return true;
		rest += length + 1;
	}
	return depth > request->depth;
}

static int recorded_read_tree(void *self, const char *path,
			      const struct jhcfg_tree_request *request,
			      struct jhcfg_tree *tree)
{
	struct recorded *recorded = self;
	const struct jhcfg_tree_file *file;
	const char *folder = NULL; /* of the file before */
	bool skipped = false;
	size_t position = 0;
	char prefix[1024];
	int err = show(recorded);

	/* no memory is taken: it is asked for again and again */
	if ((size_t)snprintf(prefix, sizeof(prefix), "%s%s", path,
			     *path && path[strlen(path) - 1] == '/'
				     ? ""
				     : "/") >= sizeof(prefix))
		return -ENAMETOOLONG;
	file = err ? NULL : recording_find(recorded->recording, path);
	if (file)
		err = target_tree_lend(tree, file);
	while (!err && (file = recording_next(recorded->recording, prefix,
					      &position))) {
		if (file->folder != folder) {
			folder = file->folder;
			skipped = is_folder_skipped(request,
						    folder + strlen(prefix));
		}
		if (!skipped && !target_tree_skips(request, file->name))
			err = target_tree_lend(tree, file);
	}
	return err;
}

static uint64_t recorded_shape(void *self)
{
	const struct recorded *recorded = self;

	return show(recorded) ? 0 : recording_shape(recorded->recording);
}

static const struct target_files recorded_files = {
	.read = recorded_read,
	.stat = recorded_stat,
	.list = recorded_list,
	.read_tree = recorded_read_tree,
	.shape = recorded_shape,
};

const struct target_backend target_recorded = {
	.version = TARGET_MODULE_VERSION,
	.kind = JHCFG_TARGET_RECORDED,
	.open = recorded_open,
	.close = recorded_close,
	.files = &recorded_files,
};

struct jhcfg_recording *jhcfg_target_recording(
	const struct jhcfg_target *target)
{
	const struct recorded *recorded = target->self;

	return target->backend == &target_recorded ? recorded->recording : NULL;
}

void jhcfg_target_seek(struct jhcfg_target *target, size_t moment)
{
	struct recorded *recorded = target->self;

	if (target->backend == &target_recorded &&
	    moment < jhcfg_recording_count(recorded->recording))
		recorded->moment = moment;
}
