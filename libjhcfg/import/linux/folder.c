// SPDX-License-Identifier: LGPL-2.1-or-later
/* A machine's files in a folder: "/", or what somebody recorded. The kernel
 * resolves links within the folder (openat2(2), RESOLVE_IN_ROOT). */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "import/linux/machine.h"

struct folder {
	struct machine machine;
	int fd;
	bool live; /* it is "/": there is no outside */
	char name[];
};

static struct folder *folder_of(struct machine *machine)
{
	return (struct folder *)machine;
}

static int open_in(const struct folder *folder, const char *path, int flags)
{
	struct open_how how = {
		.flags = (uint64_t)(flags | O_CLOEXEC),
		.resolve = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS,
	};
	long fd = syscall(SYS_openat2, folder->fd, path, &how, sizeof(how));

	/* A kernel or a container without it */
	if (fd < 0 && (errno == ENOSYS || errno == EPERM) && folder->live)
		fd = openat(folder->fd, path, (int)how.flags);
	return fd < 0 ? -errno : (int)fd;
}

/* As much as there is up to @size: files of /proc tell no size. */
static ssize_t read_full(int fd, char *data, size_t size)
{
	size_t done = 0;

	while (done < size) {
		ssize_t n = read(fd, data + done, size - done);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		if (!n)
			break;
		done += (size_t)n;
	}
	return (ssize_t)done;
}

static int read_all(int fd, size_t max, char **data, size_t *size)
{
	size_t capacity = 4096, done = 0;
	char *buffer = NULL;

	for (;;) {
		char *bigger = realloc(buffer, capacity + 1);
		ssize_t n;

		if (!bigger) {
			free(buffer);
			return -ENOMEM;
		}
		buffer = bigger;
		n = read_full(fd, buffer + done, capacity - done);
		if (n < 0 || done + (size_t)n > max) {
			free(buffer);
			return n < 0 ? (int)n : -EFBIG;
		}
		done += (size_t)n;
		if (done < capacity)
			break;
		capacity *= 2;
	}
	buffer[done] = '\0';
	*data = buffer;
	*size = done;
	return 0;
}

static int folder_read(struct machine *machine, const char *path, size_t max,
		       char **data, size_t *size)
{
	struct stat st;
	int fd = open_in(folder_of(machine), path,
			 O_RDONLY | O_NOCTTY | O_NONBLOCK);
	int err;

	if (fd < 0)
		return fd;
	/* neither a pipe that never ends nor a device that minds */
	err = fstat(fd, &st)	     ? -errno
	      : !S_ISREG(st.st_mode) ? -EINVAL
				     : read_all(fd, max, data, size);
	close(fd);
	return err;
}

/* The link itself is read, not followed; what leads to it is. */
static int folder_link(struct machine *machine, const char *path, char *target,
		       size_t size)
{
	int fd = open_in(folder_of(machine), path, O_PATH | O_NOFOLLOW);
	ssize_t length;

	if (fd < 0)
		return fd;
	length = readlinkat(fd, "", target, size - 1);
	if (length < 0)
		length = -errno;
	else
		target[length] = '\0';
	close(fd);
	return length < 0 ? (int)length : 0;
}

static int folder_list(struct machine *machine, const char *path,
		       struct machine_names *names)
{
	int fd = open_in(folder_of(machine), path, O_RDONLY | O_DIRECTORY);
	struct dirent *entry;
	DIR *dir;

	if (fd < 0)
		return fd;
	dir = fdopendir(fd);
	if (!dir) {
		close(fd);
		return -ENOMEM;
	}
	while ((entry = readdir(dir)))
		if (entry->d_name[0] != '.' &&
		    !machine_names_add(names, entry->d_name,
				       strlen(entry->d_name)))
			break;
	closedir(dir);
	return 0;
}

static void folder_close(struct machine *machine)
{
	close(folder_of(machine)->fd);
	free(machine);
}

static const struct machine_ops ops = {
	.read = folder_read,
	.link = folder_link,
	.list = folder_list,
	.close = folder_close,
};

int machine_open_folder(const char *path, struct machine **machine)
{
	size_t length = strlen(path) + 1;
	struct folder *folder = calloc(1, sizeof(*folder) + length);

	if (!folder)
		return -ENOMEM;
	folder->fd = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (folder->fd < 0) {
		free(folder);
		return -errno;
	}
	folder->live = !strcmp(path, "/");
	if (!folder->live)
		memcpy(folder->name, path, length);
	folder->machine.ops = &ops;
	folder->machine.name = folder->name;
	*machine = &folder->machine;
	return 0;
}
