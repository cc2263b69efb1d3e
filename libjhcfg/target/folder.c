// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * A folder with a copy of a machine's files, as a target. It may come from
 * anybody: links in it lead to its own files only.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "target/local_files.h"
#include "target/target.h"

struct folder {
	int root;
};

static int folder_open(struct jhcfg_target *target,
		       const struct target_services *services,
		       const struct target_place *place,
		       const struct jhcfg_target_options *options,
		       struct jhcfg_diags *diags, void **self)
{
	struct folder *folder = calloc(1, sizeof(*folder));

	(void)target;
	(void)services;
	(void)options;
	if (!folder)
		return -ENOMEM;
	folder->root = open(place->path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (folder->root < 0) {
		int err = -errno;

		jhcfg_diags_add(diags, JHCFG_ERROR, "", place->path, "", NULL,
				"cannot be read: %s", strerror(-err));
		free(folder);
		return err;
	}
	*self = folder;
	return 0;
}

static void folder_close(void *self)
{
	struct folder *folder = self;

	close(folder->root);
	free(folder);
}

/* A name by which the system finds the file that @path is in the folder. */
struct name {
	int fd;
	char text[32];
};

static int find(const struct folder *folder, const char *path, bool follow,
		struct name *name)
{
	const struct open_how how = {
		.flags = O_PATH | O_CLOEXEC | (follow ? 0 : O_NOFOLLOW),
		.resolve = RESOLVE_IN_ROOT,
	};

	name->fd = (int)syscall(SYS_openat2, folder->root, path, &how,
				sizeof(how));
	if (name->fd < 0)
		return -errno;
	snprintf(name->text, sizeof(name->text), "/proc/self/fd/%d", name->fd);
	return 0;
}

static int folder_read(void *self, const char *path, size_t max, void **data,
		       size_t *size)
{
	struct jhcfg_stat stat;
	struct name name;
	int err = find(self, path, true, &name);

	if (err)
		return err;
	err = target_local_files.stat(NULL, name.text, true, &stat);
	/* a pipe or a device would be waited for, or worse */
	if (!err && stat.kind == JHCFG_FILE_DIRECTORY)
		err = -EISDIR;
	if (!err && stat.kind != JHCFG_FILE_REGULAR)
		err = -EACCES;
	if (!err)
		err = target_local_files.read(NULL, name.text, max, data, size);
	close(name.fd);
	return err;
}

static int folder_stat(void *self, const char *path, bool follow,
		       struct jhcfg_stat *stat)
{
	struct name name;
	int err = find(self, path, follow, &name);

	if (err)
		return err;
	/* the name itself is a link, to the file */
	err = target_local_files.stat(NULL, name.text, true, stat);
	close(name.fd);
	return err;
}

static int folder_list(void *self, const char *path, char ***names)
{
	struct name name;
	int err = find(self, path, true, &name);

	if (err)
		return err;
	err = target_local_files.list(NULL, name.text, names);
	close(name.fd);
	return err;
}

static int folder_read_tree(void *self, const char *path,
			    const struct jhcfg_tree_request *request,
			    struct jhcfg_tree *tree)
{
	const struct folder *folder = self;
	const struct open_how how = {
		.flags = O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK,
		.resolve = RESOLVE_IN_ROOT,
	};
	int fd = (int)syscall(SYS_openat2, folder->root, path, &how,
			      sizeof(how));
	int err;

	if (fd < 0)
		return 0;
	err = target_local_tree(fd, path, request, tree);
	close(fd);
	return err;
}

static const struct target_files folder_files = {
	.read = folder_read,
	.stat = folder_stat,
	.list = folder_list,
	.read_tree = folder_read_tree,
};

const struct target_backend target_folder = {
	.version = TARGET_MODULE_VERSION,
	.kind = JHCFG_TARGET_RECORDED,
	.open = folder_open,
	.close = folder_close,
	.files = &folder_files,
};
