// SPDX-License-Identifier: LGPL-2.1-or-later
#include <jhcfg/file.h>

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

/* Fills @data up to @size; how much there was is in *@got. */
static int read_full(int fd, char *data, size_t size, size_t *got)
{
	size_t done = 0;

	while (done < size) {
		ssize_t n = read(fd, data + done, size - done);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		if (n == 0)
			break;
		done += (size_t)n;
	}
	*got = done;
	return 0;
}

/* Reads to the end; the buffer doubles, since a pipe tells no size. */
static int read_all(int fd, size_t max, char **data, size_t *size)
{
	size_t capacity = 0, done = 0, got = 0;
	char *buffer = NULL;
	int err = 0;

	do {
		size_t wanted = capacity ? 2 * capacity : 4096;
		char *bigger;

		if (wanted > max + 1)
			wanted = max + 1;
		bigger = realloc(buffer, wanted + 1);
		if (!bigger) {
			err = -ENOMEM;
			break;
		}
		buffer = bigger;
		capacity = wanted;
		err = read_full(fd, buffer + done, capacity - done, &got);
		done += got;
		if (!err && done > max)
			err = -EFBIG;
	} while (!err && done == capacity);

	if (err) {
		free(buffer);
		return err;
	}
	buffer[done] = '\0';
	*data = buffer;
	*size = done;
	return 0;
}

int jhcfg_file_read(const char *path, size_t max, void **data, size_t *size)
{
	char *buffer;
	int fd, err;

	fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		return -errno;
	err = read_all(fd, max, &buffer, size);
	close(fd);
	if (!err)
		*data = buffer;
	return err;
}

static int write_full(int fd, const char *data, size_t size)
{
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
	return close_after(fd, write_full(fd, data, size));
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

/* A new file beside @path, with the mode that the umask leaves. */
static int create_beside(const char *path, char **temp)
{
	for (int tries = 0; tries < 16; tries++) {
		uint32_t suffix;
		int fd, err;

		if (getrandom(&suffix, sizeof(suffix), 0) != sizeof(suffix))
			return -EIO;
		if (asprintf(temp, "%s.%08x", path, suffix) < 0)
			return -ENOMEM;
		fd = open(*temp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
		if (fd >= 0)
			return fd;
		err = -errno;
		free(*temp);
		if (err != -EEXIST)
			return err;
	}
	return -EEXIST;
}

/* @st: what the file was, or NULL for a new one. */
static int replace(const char *path, const void *data, size_t size,
		   const struct stat *st)
{
	char *temp;
	int fd, err;

	fd = create_beside(path, &temp);
	if (fd < 0)
		return fd;
	err = write_full(fd, data, size);
	if (!err && st && fchmod(fd, st->st_mode & 07777) < 0)
		err = -errno;
	if (!err && fsync(fd) < 0)
		err = -errno;
	err = close_after(fd, err);
	if (!err && rename(temp, path) < 0)
		err = -errno;
	if (err)
		unlink(temp);
	free(temp);
	return err ? err : sync_directory(path);
}

int jhcfg_file_write(const char *path, const void *data, size_t size)
{
	struct stat st;
	char *target;
	int err;

	if (stat(path, &st) < 0) {
		if (errno != ENOENT)
			return -errno;
		/* a link to nowhere: creating it is not what was asked */
		if (lstat(path, &st) == 0)
			return -ENOENT;
		return replace(path, data, size, NULL);
	}
	if (!S_ISREG(st.st_mode))
		return jhcfg_file_overwrite(path, data, size);
	target = realpath(path, NULL);
	if (!target)
		return -errno;
	err = replace(target, data, size, &st);
	free(target);
	return err;
}
