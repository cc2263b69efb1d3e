// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Trees of this machine, read straight into their memory: who looks at a
 * system each second is not to be seen there himself.
 */
#include "target/local_files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "target/tree.h"

#define MAX_PATH    1024
#define FIRST_GUESS 4096 /* most attributes are no longer than a page */

struct walk {
	const struct jhcfg_tree_request *request;
	struct jhcfg_tree *tree;
	char path[MAX_PATH];
};

/* As the kernel has it; see getdents64(2). */
struct entry {
	uint64_t inode;
	int64_t offset;
	unsigned short length;
	unsigned char type;
	char name[];
};

static ssize_t read_some(int fd, char *to, size_t size)
{
	ssize_t got;

	do
		got = read(fd, to, size);
	while (got < 0 && errno == EINTR);
	return got;
}

static int add_file(struct walk *walk, int fd)
{
	size_t room = target_tree_room(walk->tree), used = strlen(walk->path);
	size_t size = FIRST_GUESS, done = 0;
	ssize_t got = 0;
	char *text;

	if (room <= used + 1)
		return -EFBIG;
	room -= used + 1;
	for (;;) {
		int err;

		if (size > room)
			size = room;
		err = target_tree_begin(walk->tree, walk->path, size, &text);
		if (err)
			return err;
		while (done < size &&
		       (got = read_some(fd, text + done, size - done)) > 0)
			done += (size_t)got;
		/* what cannot be read is left out */
		if (got < 0)
			return 0;
		if (!got || done < size)
			break;
		if (size == room)
			return -EFBIG;
		size *= 2;
	}
	target_tree_end(walk->tree, done);
	return 0;
}

static int add_folder(struct walk *walk, int fd, size_t length,
		      unsigned int depth);

/* What is called so in folder @fd. */
static int add_entry(struct walk *walk, int fd, const struct entry *entry,
		     size_t length, unsigned int depth)
{
	size_t size = strlen(entry->name);
	struct stat st;
	int below, err = 0;

	if (!strcmp(entry->name, ".") || !strcmp(entry->name, "..") ||
	    target_tree_skips(walk->request, entry->name) ||
	    size + 2 > sizeof(walk->path) - length)
		return 0;
	if (entry->type == DT_LNK || (entry->type == DT_DIR && !depth))
		return 0;
	/* a pipe must not be waited for */
	below = openat(fd, entry->name,
		       O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK |
			       O_NOCTTY);
	if (below < 0)
		return 0;
	walk->path[length] = '/';
	memcpy(walk->path + length + 1, entry->name, size + 1);
	if (fstat(below, &st))
		err = 0;
	else if (S_ISREG(st.st_mode))
		err = add_file(walk, below);
	else if (S_ISDIR(st.st_mode) && depth)
		err = add_folder(walk, below, length + 1 + size, depth);
	walk->path[length] = 0;
	close(below);
	return err;
}

static int add_folder(struct walk *walk, int fd, size_t length,
		      unsigned int depth)
{
	_Alignas(struct entry) char buffer[2048];
	long got;
	int err = 0;

	/* what vanishes meanwhile ends the list, and is no error */
	while (!err && (got = syscall(SYS_getdents64, fd, buffer,
				      sizeof(buffer))) > 0) {
		for (long at = 0; at < got && !err;) {
			const struct entry *entry = (void *)(buffer + at);

			at += entry->length;
			err = add_entry(walk, fd, entry, length, depth - 1);
		}
	}
	return err;
}

int target_local_tree(int fd, const char *path,
		      const struct jhcfg_tree_request *request,
		      struct jhcfg_tree *tree)
{
	struct walk walk = { .request = request, .tree = tree };
	size_t length = strlen(path);
	struct stat st;

	if (length >= sizeof(walk.path))
		return -ENAMETOOLONG;
	memcpy(walk.path, path, length + 1);
	if (fstat(fd, &st))
		return 0;
	if (S_ISREG(st.st_mode))
		return add_file(&walk, fd);
	if (S_ISDIR(st.st_mode) && request->depth)
		return add_folder(&walk, fd, length, request->depth);
	return 0;
}
