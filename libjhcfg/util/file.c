// SPDX-License-Identifier: LGPL-2.1-or-later
#include <jhcfg/file.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "util/replace.h"

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

/* Closes @fd. */
static int read_and_close(int fd, size_t max, void **data, size_t *size)
{
	char *buffer;
	int err = read_all(fd, max, &buffer, size);

	close(fd);
	if (!err)
		*data = buffer;
	return err;
}

int jhcfg_file_read(const char *path, size_t max, void **data, size_t *size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);

	return fd < 0 ? -errno : read_and_close(fd, max, data, size);
}

int jhcfg_file_read_regular(const char *path, size_t max, void **data,
			    size_t *size)
{
	/* a pipe that nobody writes to would keep open() waiting */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	struct stat st;

	if (fd < 0)
		return -errno;
	if (fstat(fd, &st) || !S_ISREG(st.st_mode)) {
		close(fd);
		return S_ISDIR(st.st_mode) ? -EISDIR : -EINVAL;
	}
	return read_and_close(fd, max, data, size);
}

int jhcfg_file_write(const char *path, const void *data, size_t size)
{
	struct jhcfg_replacement replacement;
	int err;

	err = jhcfg_replacement_prepare(&replacement, path, data, size);
	if (!err)
		err = jhcfg_replacement_finish(&replacement);
	jhcfg_replacement_cancel(&replacement);
	return err;
}
