// SPDX-License-Identifier: LGPL-2.1-or-later
#include "util/replace.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <jhcfg/file.h>

#define NUM_DIGITS 8 /* of the suffix of a temporary name */

int jhcfg_write_full(int fd, const void *bytes, size_t size)
{
	const char *data = bytes;

	while (size) {
		ssize_t n = write(fd, data, size);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		data += n;
		size -= (size_t)n;
	}
	return 0;
}

static int close_after(int fd, int err)
{
	if (close(fd) < 0 && !err)
		err = -errno;
	return err;
}

int jhcfg_file_overwrite(const char *path, const void *data, size_t size)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);

	if (fd < 0)
		return -errno;
	return close_after(fd, jhcfg_write_full(fd, data, size));
}

/* The directory entry must reach the disk too, or a crash may undo it. */
static int sync_directory(const char *path)
{
	char *dir = strdup(path);
	char *slash;
	int fd, err = 0;

	if (!dir)
		return -ENOMEM;
	slash = strrchr(dir, '/');
	if (slash)
		slash[slash == dir] = '\0';
	fd = open(slash ? dir : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	free(dir);
	if (fd < 0)
		return -errno;
	/* EINVAL: a file system that has nothing to sync for a directory */
	if (fsync(fd) < 0 && errno != EINVAL)
		err = -errno;
	return close_after(fd, err);
}

/* A new file beside @path, with what the umask leaves of @mode. */
static int create_beside(const char *path, mode_t mode, char **temp)
{
	for (int tries = 0; tries < 16; tries++) {
		uint32_t suffix;
		int fd, err;

		if (getrandom(&suffix, sizeof(suffix), 0) != sizeof(suffix))
			return -EIO;
		if (asprintf(temp, "%s.%0*x", path, NUM_DIGITS, suffix) < 0)
			return -ENOMEM;
		fd = open(*temp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
		if (fd >= 0)
			return fd;
		err = -errno;
		free(*temp);
		if (err != -EEXIST)
			return err;
	}
	return -EEXIST;
}

/* All of the new file, down to the disk. @st: what the file was, or NULL. */
static int fill(int fd, const void *data, size_t size, const struct stat *st)
{
	int err = jhcfg_write_full(fd, data, size);

	if (!err && st && fchmod(fd, st->st_mode & 07777) < 0)
		err = -errno;
	if (!err && fsync(fd) < 0)
		err = -errno;
	return close_after(fd, err);
}

/* Follows a link to the file that is to be replaced; *@is_new if there is
 * none, *@in_place if it is none that can be replaced. */
static int find_target(const char *path, char **target, struct stat *st,
		       bool *is_new, bool *in_place)
{
	*is_new = *in_place = false;
	if (stat(path, st) < 0) {
		if (errno != ENOENT)
			return -errno;
		/* a link to nowhere: creating it is not what was asked */
		if (lstat(path, st) == 0)
			return -ENOENT;
		*is_new = true;
		*target = strdup(path);
		return *target ? 0 : -ENOMEM;
	}
	*in_place = !S_ISREG(st->st_mode);
	*target = *in_place ? strdup(path) : realpath(path, NULL);
	return *target ? 0 : -errno;
}

int jhcfg_replacement_prepare(struct jhcfg_replacement *replacement,
			      const char *path, const void *data, size_t size)
{
	bool is_new, in_place;
	struct stat st;
	int fd, err;

	*replacement = (struct jhcfg_replacement){ .data = data, .size = size };
	err = find_target(path, &replacement->target, &st, &is_new, &in_place);
	if (err || in_place)
		return err;
	/* never more open than the one that it replaces */
	fd = create_beside(replacement->target,
			   is_new ? 0666 : st.st_mode & 0666,
			   &replacement->temp);
	if (fd < 0) {
		replacement->temp = NULL;
		return fd;
	}
	return fill(fd, data, size, is_new ? NULL : &st);
}

int jhcfg_replacement_prepare_new(struct jhcfg_replacement *replacement,
				  const char *path, const void *data,
				  size_t size)
{
	int fd;

	*replacement = (struct jhcfg_replacement){
		.target = strdup(path),
		.data = data,
		.size = size,
		.is_new = true,
	};
	if (!replacement->target)
		return -ENOMEM;
	fd = create_beside(path, 0666, &replacement->temp);
	if (fd < 0) {
		replacement->temp = NULL;
		return fd;
	}
	return fill(fd, data, size, NULL);
}

/* Not each file system can do it in one step. */
static int rename_new(const char *from, const char *to)
{
	struct stat st;

	if (!renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE))
		return 0;
	if (errno != EINVAL && errno != ENOSYS)
		return -errno;
	if (!lstat(to, &st))
		return -EEXIST;
	return rename(from, to) ? -errno : 0;
}

static int put_in_place(const struct jhcfg_replacement *replacement)
{
	if (replacement->is_new)
		return rename_new(replacement->temp, replacement->target);
	return rename(replacement->temp, replacement->target) ? -errno : 0;
}

int jhcfg_replacement_finish(struct jhcfg_replacement *replacement)
{
	int err;

	if (!replacement->temp)
		return jhcfg_file_overwrite(replacement->target,
					    replacement->data,
					    replacement->size);
	err = put_in_place(replacement);
	if (err)
		return err;
	free(replacement->temp);
	replacement->temp = NULL;
	replacement->is_made = replacement->is_new;
	return sync_directory(replacement->target);
}

void jhcfg_replacement_take_back(struct jhcfg_replacement *replacement)
{
	if (replacement->is_made)
		unlink(replacement->target);
	replacement->is_made = false;
}

void jhcfg_replacement_cancel(struct jhcfg_replacement *replacement)
{
	if (replacement->temp)
		unlink(replacement->temp);
	free(replacement->temp);
	free(replacement->target);
	*replacement = (struct jhcfg_replacement){ 0 };
}

bool jhcfg_replacement_is_temporary(const char *name, const char *base)
{
	size_t length = strlen(base);

	return !strncmp(name, base, length) && name[length] == '.' &&
	       strspn(name + length + 1, "0123456789abcdef") == NUM_DIGITS &&
	       !name[length + 1 + NUM_DIGITS];
}
