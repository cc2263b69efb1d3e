// SPDX-License-Identifier: GPL-2.0-or-later
/* By the program gzip, which is wherever a kernel is. */
#include "unpack.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <stdio.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <jhcfg/file.h>

#include "output.h"

bool unpack_is_gzip(const void *data, size_t size)
{
	const unsigned char *bytes = data;

	return size > 2 && bytes[0] == 0x1f && bytes[1] == 0x8b;
}

static int start_gzip(const char *path, int out, pid_t *pid)
{
	char *argv[] = { (char[]){ "gzip" }, (char[]){ "-dc" }, NULL };
	posix_spawn_file_actions_t actions;
	int err;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, 0, path, 0, 0);
	posix_spawn_file_actions_adddup2(&actions, out, 1);
	err = posix_spawnp(pid, "gzip", &actions, NULL, argv, environ);
	posix_spawn_file_actions_destroy(&actions);
	return -err;
}

static int read_output(int fd, size_t max, void **data, size_t *size)
{
	char path[32];

	snprintf(path, sizeof(path), "/dev/fd/%d", fd);
	return jhcfg_file_read(path, max, data, size);
}

int unpack_gzip(const char *path, size_t max, void **data, size_t *size)
{
	int pipes[2], status = 0, err;
	pid_t pid;

	if (pipe2(pipes, O_CLOEXEC) < 0)
		return -errno;
	err = start_gzip(path, pipes[1], &pid);
	close(pipes[1]);
	if (err) {
		close(pipes[0]);
		output_errno("gzip", err);
		return err;
	}
	err = read_output(pipes[0], max, data, size);
	close(pipes[0]);
	waitpid(pid, &status, 0);
	if (!err && status) {
		free(*data);
		err = -EINVAL;
	}
	if (err)
		output_errno(path, err);
	return err;
}
