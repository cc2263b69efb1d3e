// SPDX-License-Identifier: LGPL-2.1-or-later
#include "util/process.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* What the parent holds of a child. */
struct child {
	pid_t pid;
	int output;	 /* of both its stdout and stderr */
	uint64_t end_ms; /* on the monotonic clock */
	size_t max;
	char *text;
	size_t size;
};

static uint64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

/* The environment, but for the language of messages. The strings stay those
 * of the environment; NULL without memory. */
static char **make_environment(char *language)
{
	size_t count = 0, kept = 0;
	char **copy;

	while (environ[count])
		count++;
	copy = calloc(count + 2, sizeof(*copy));
	if (!copy)
		return NULL;
	for (size_t n = 0; n < count; n++) {
		if (strncmp(environ[n], "LC_ALL=", 7))
			copy[kept++] = environ[n];
	}
	copy[kept] = language;
	return copy;
}

static void limit(int resource, uint64_t value)
{
	struct rlimit limit = { .rlim_cur = value, .rlim_max = value };

	if (value)
		setrlimit((__rlimit_resource_t)resource, &limit);
}

/* In the child: only what is safe after fork() in a program with threads.
 * Tells the parent why, if it cannot go on. */
static _Noreturn void become(const struct jhcfg_process *process,
			     char **environment, int output, int failure)
{
	int null, err;

	setpgid(0, 0);
	limit(RLIMIT_FSIZE, process->max_file_size);
	limit(RLIMIT_AS, process->max_memory);
	null = open("/dev/null", O_RDONLY);
	if (null >= 0 && dup2(null, 0) >= 0 && dup2(output, 1) >= 0 &&
	    dup2(output, 2) >= 0)
		execvpe(process->argv[0],
			(char *const *)(uintptr_t)process->argv, environment);
	err = errno;
	if (write(failure, &err, sizeof(err)) < 0)
		_exit(126);
	_exit(127);
}

static void close_both(const int ends[2])
{
	close(ends[0]);
	close(ends[1]);
}

static int start(const struct jhcfg_process *process, struct child *child)
{
	static char language[] = "LC_ALL=C";
	char **environment = make_environment(language);
	int output[2], failure[2], err = 0;

	if (!environment)
		return -ENOMEM;
	if (pipe2(output, O_CLOEXEC) < 0) {
		free(environment);
		return -errno;
	}
	if (pipe2(failure, O_CLOEXEC) < 0) {
		err = -errno;
		close_both(output);
		free(environment);
		return err;
	}
	child->pid = fork();
	if (child->pid == 0)
		become(process, environment, output[1], failure[1]);
	if (child->pid < 0)
		err = -errno;
	else
		/* as well as in the child: who comes first is not known */
		setpgid(child->pid, child->pid);
	close(output[1]);
	close(failure[1]);
	/* the end of file is there once exec() closed the other end */
	if (!err && read(failure[0], &err, sizeof(err)) == sizeof(err)) {
		waitpid(child->pid, NULL, 0);
		err = -err;
	}
	close(failure[0]);
	free(environment);
	if (err)
		close(output[0]);
	else
		child->output = output[0];
	return err;
}

/* Waits until there is something to read; -ETIMEDOUT. */
static int wait_for(int fd, uint64_t end_ms)
{
	for (;;) {
		struct pollfd poller = { .fd = fd, .events = POLLIN };
		uint64_t now = now_ms();
		int count;

		if (now >= end_ms)
			return -ETIMEDOUT;
		count = poll(&poller, 1, (int)(end_ms - now));
		if (count > 0)
			return 0;
		if (count < 0 && errno != EINTR)
			return -errno;
	}
}

/* Reads a piece of the output; 1 at its end. */
static int read_piece(struct child *child)
{
	char piece[4096];
	char *longer;
	ssize_t length;

	length = read(child->output, piece, sizeof(piece));
	if (length < 0)
		return errno == EINTR ? 0 : -errno;
	if (length == 0)
		return 1;
	if ((size_t)length > child->max - child->size)
		return -EFBIG;
	longer = realloc(child->text, child->size + (size_t)length + 1);
	if (!longer)
		return -ENOMEM;
	child->text = longer;
	memcpy(longer + child->size, piece, (size_t)length);
	child->size += (size_t)length;
	longer[child->size] = '\0';
	return 0;
}

static int read_output(struct child *child)
{
	int err;

	do {
		err = wait_for(child->output, child->end_ms);
		if (!err)
			err = read_piece(child);
	} while (!err);
	return err > 0 ? 0 : err;
}

/* A program that closed its output may go on for as long as it likes. */
static int wait_for_exit(const struct child *child)
{
	int fd = (int)syscall(SYS_pidfd_open, child->pid, 0);
	int err;

	if (fd < 0)
		return 0; /* an old kernel: waitpid() waits */
	err = wait_for(fd, child->end_ms);
	close(fd);
	return err;
}

int jhcfg_process_run(const struct jhcfg_process *process, char **output,
		      size_t *size, int *status)
{
	struct child child = {
		.end_ms = now_ms() + process->timeout_ms,
		.max = process->max_output,
		.text = calloc(1, 1),
	};
	int err;

	if (!child.text)
		return -ENOMEM;
	err = start(process, &child);
	if (err) {
		free(child.text);
		return err;
	}
	err = read_output(&child);
	if (!err)
		err = wait_for_exit(&child);
	/* what it started and left behind, too */
	if (err)
		kill(-child.pid, SIGKILL);
	while (waitpid(child.pid, status, 0) < 0 && errno == EINTR)
		;
	close(child.output);
	if (err) {
		free(child.text);
		return err;
	}
	*output = child.text;
	*size = child.size;
	return 0;
}
