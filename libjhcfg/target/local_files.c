// SPDX-License-Identifier: LGPL-2.1-or-later
#include "target/local_files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <jhcfg/file.h>

static int local_read(void *self, const char *path, size_t max, void **data,
		      size_t *size)
{
	(void)self;
	return jhcfg_file_read(path, max, data, size);
}

static int local_stat(void *self, const char *path, bool follow,
		      struct jhcfg_stat *result)
{
	struct stat st;

	(void)self;
	if (follow ? stat(path, &st) : lstat(path, &st))
		return -errno;
	result->kind = S_ISREG(st.st_mode)   ? JHCFG_FILE_REGULAR
		       : S_ISDIR(st.st_mode) ? JHCFG_FILE_DIRECTORY
					     : JHCFG_FILE_OTHER;
	result->size = (uint64_t)st.st_size;
	return 0;
}

static int is_name(const struct dirent *entry)
{
	return strcmp(entry->d_name, ".") && strcmp(entry->d_name, "..");
}

static int by_bytes(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static int local_list(void *self, const char *path, char ***names)
{
	struct dirent **entries;
	int count = scandir(path, &entries, is_name, by_bytes), err = 0;
	char **list;

	(void)self;
	if (count < 0)
		return -errno;
	list = calloc((size_t)count + 1, sizeof(*list));
	if (!list)
		err = -ENOMEM;
	for (int n = 0; n < count; n++) {
		if (!err && !(list[n] = strdup(entries[n]->d_name)))
			err = -ENOMEM;
		free(entries[n]);
	}
	free(entries);
	if (err) {
		jhcfg_names_free(list);
		return err;
	}
	*names = list;
	return 0;
}

static int local_write(void *self, const char *path, const void *data,
		       size_t size, unsigned int mode)
{
	struct stat st;
	int err;

	(void)self;
	if (!stat(path, &st) && !S_ISREG(st.st_mode))
		return S_ISDIR(st.st_mode) ? -EISDIR : -EEXIST;
	err = jhcfg_file_write(path, data, size);
	if (!err && chmod(path, mode & 07777U))
		err = -errno;
	return err;
}

static int local_read_tree(void *self, const char *path,
			   const struct jhcfg_tree_request *request,
			   struct jhcfg_tree *tree)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK), err;

	(void)self;
	if (fd < 0)
		return 0;
	err = target_local_tree(fd, path, request, tree);
	close(fd);
	return err;
}

const struct target_files target_local_files = {
	.read = local_read,
	.stat = local_stat,
	.list = local_list,
	.read_tree = local_read_tree,
	.write = local_write,
};
