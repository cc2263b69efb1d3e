// SPDX-License-Identifier: LGPL-2.1-or-later
/* This machine: commands are child processes, files are files. */
#include "target/local_files.h"
#include "target/target.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <unistd.h>

struct local {
	struct jhcfg_target *target;
	struct orphan *orphans;
};

/* A process; part of its job. The descriptors are -1 when they are closed. */
struct process {
	struct jhcfg_target *target;
	struct jhcfg_job *job;
	pid_t pid;
	struct target_source input, output, errors, exit;
};

#define process_of(source, member)                                             \
	target_container_of(source, struct process, member)

static int local_open(struct jhcfg_target *target,
		      const struct target_services *services,
		      const struct target_place *place,
		      const struct jhcfg_target_options *options,
		      struct jhcfg_diags *diags, void **self)
{
	struct local *local = calloc(1, sizeof(*local));

	(void)services;
	(void)place;
	(void)options;
	(void)diags;
	if (!local)
		return -ENOMEM;
	local->target = target;
	*self = local;
	return 0;
}

static void close_source(struct process *process, struct target_source *source)
{
	if (source->fd < 0)
		return;
	target_watch(process->target, source, 0);
	close(source->fd);
	source->fd = -1;
}

static void close_all(struct process *process)
{
	close_source(process, &process->input);
	close_source(process, &process->output);
	close_source(process, &process->errors);
	close_source(process, &process->exit);
}

/* Reads what is there; false: the job is gone. @all: until the end, else once,
 * so that others are served meanwhile. */
static bool drain(struct process *process, struct target_source *source,
		  enum jhcfg_stream stream, bool all)
{
	char buffer[16384];
	ssize_t got;

	while (source->fd >= 0) {
		got = read(source->fd, buffer, sizeof(buffer));
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0 && errno == EAGAIN)
			break;
		if (got <= 0) {
			close_source(process, source);
			break;
		}
		if (!target_job_output(process->job, stream, buffer,
				       (size_t)got))
			return false;
		if (!all)
			break;
	}
	return true;
}

static void output_ready(struct target_source *source, uint32_t events)
{
	(void)events;
	drain(process_of(source, output), source, JHCFG_STREAM_OUTPUT, false);
}

static void errors_ready(struct target_source *source, uint32_t events)
{
	(void)events;
	drain(process_of(source, errors), source, JHCFG_STREAM_ERRORS, false);
}

/*
 * write(), but a pipe without a reader is an error and no signal: a library
 * leaves the dispositions of its process alone.
 */
static ssize_t write_pipe(int fd, const void *data, size_t size)
{
	const struct timespec now = { 0 };
	sigset_t pipe_signal, before, pending;
	ssize_t written;
	int err;

	sigemptyset(&pipe_signal);
	sigaddset(&pipe_signal, SIGPIPE);
	sigpending(&pending);
	pthread_sigmask(SIG_BLOCK, &pipe_signal, &before);
	written = write(fd, data, size);
	err = errno;
	if (written < 0 && err == EPIPE && !sigismember(&pending, SIGPIPE))
		sigtimedwait(&pipe_signal, NULL, &now);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	errno = err;
	return written;
}

static void input_ready(struct target_source *source, uint32_t events)
{
	struct process *process = process_of(source, input);
	const void *data;
	size_t size;
	ssize_t written;

	(void)events;
	data = target_job_input(process->job, &size);
	if (size) {
		written = write_pipe(source->fd, data, size);
		if (written < 0 && (errno == EAGAIN || errno == EINTR))
			return;
		if (written < 0) {
			/* it reads no more: what is left is nobody's */
			close_source(process, source);
			target_job_consumed(process->job, size);
			return;
		}
		if (!target_job_consumed(process->job, (size_t)written))
			return;
	}
	target_job_input(process->job, &size);
	if (size || source->fd < 0)
		return;
	if (target_job_input_ended(process->job))
		close_source(process, source);
	else
		target_watch(process->target, source, 0);
}

/*
 * It has ended. What it wrote before is in the pipes; what its children that
 * live on write is not waited for.
 */
static void exit_ready(struct target_source *source, uint32_t events)
{
	struct process *process = process_of(source, exit);
	struct jhcfg_job_end end = { .status = -1 };
	siginfo_t info = { 0 };

	(void)events;
	if (!drain(process, &process->output, JHCFG_STREAM_OUTPUT, true) ||
	    !drain(process, &process->errors, JHCFG_STREAM_ERRORS, true))
		return;
	if (waitid(P_PIDFD, (id_t)source->fd, &info, WEXITED))
		end.error = -errno;
	else if (info.si_code == CLD_EXITED)
		end.status = info.si_status;
	else
		end.signal = info.si_status;
	close_all(process);
	target_job_done(process->job, &end);
}

struct pipes {
	int input[2], output[2], errors[2];
};

static void close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static void close_pipes(struct pipes *pipes)
{
	for (int end = 0; end < 2; end++) {
		close_fd(&pipes->input[end]);
		close_fd(&pipes->output[end]);
		close_fd(&pipes->errors[end]);
	}
}

static int open_pipes(struct pipes *pipes)
{
	*pipes = (struct pipes){ { -1, -1 }, { -1, -1 }, { -1, -1 } };
	if (!pipe2(pipes->input, O_CLOEXEC) &&
	    !pipe2(pipes->output, O_CLOEXEC) &&
	    !pipe2(pipes->errors, O_CLOEXEC) &&
	    !fcntl(pipes->input[1], F_SETFL, O_NONBLOCK) &&
	    !fcntl(pipes->output[0], F_SETFL, O_NONBLOCK) &&
	    !fcntl(pipes->errors[0], F_SETFL, O_NONBLOCK))
		return 0;
	close_pipes(pipes);
	return -ENFILE;
}

/* A group of its own, so that all of it can be killed; no signal blocked or
 * ignored that its parent had so. */
static int set_attributes(posix_spawnattr_t *attributes)
{
	sigset_t none, usual;

	sigemptyset(&none);
	sigfillset(&usual);
	sigdelset(&usual, SIGKILL);
	sigdelset(&usual, SIGSTOP);
	if (posix_spawnattr_setpgroup(attributes, 0) ||
	    posix_spawnattr_setsigmask(attributes, &none) ||
	    posix_spawnattr_setsigdefault(attributes, &usual) ||
	    posix_spawnattr_setflags(
		    attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK |
					POSIX_SPAWN_SETSIGDEF))
		return -ENOMEM;
	return 0;
}

static int spawn(const char *const *argv, const struct pipes *pipes, pid_t *pid)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	/* posix_spawnp() does not change them; its type is older than const */
	char **args = (char **)(uintptr_t)argv;
	int err;

	if (posix_spawn_file_actions_init(&actions))
		return -ENOMEM;
	if (posix_spawnattr_init(&attributes)) {
		posix_spawn_file_actions_destroy(&actions);
		return -ENOMEM;
	}
	err = set_attributes(&attributes);
	if (!err &&
	    (posix_spawn_file_actions_adddup2(&actions, pipes->input[0], 0) ||
	     posix_spawn_file_actions_adddup2(&actions, pipes->output[1], 1) ||
	     posix_spawn_file_actions_adddup2(&actions, pipes->errors[1], 2)))
		err = -ENOMEM;
	if (!err)
		err = -posix_spawnp(pid, argv[0], &actions, &attributes, args,
				    environ);
	posix_spawnattr_destroy(&attributes);
	posix_spawn_file_actions_destroy(&actions);
	return err;
}

static int watch_process(struct process *process)
{
	int err = target_watch(process->target, &process->output, EPOLLIN);

	if (!err)
		err = target_watch(process->target, &process->errors, EPOLLIN);
	if (!err)
		err = target_watch(process->target, &process->exit, EPOLLIN);
	return err;
}

/* A process that was killed, but may take a while to die: in the kernel, say,
 * waiting for a device. */
struct orphan {
	struct local *local;
	struct orphan *next, **link;
	struct target_source exit;
};

static void free_orphan(struct orphan *orphan)
{
	target_watch(orphan->local->target, &orphan->exit, 0);
	close(orphan->exit.fd);
	*orphan->link = orphan->next;
	if (orphan->next)
		orphan->next->link = orphan->link;
	free(orphan);
}

static void orphan_ready(struct target_source *source, uint32_t events)
{
	struct orphan *orphan =
		target_container_of(source, struct orphan, exit);
	siginfo_t info;

	(void)events;
	waitid(P_PIDFD, (id_t)source->fd, &info, WEXITED | WNOHANG);
	free_orphan(orphan);
}

/* Waits for it whenever it dies. Without memory nobody does, and a zombie
 * stays until we end. */
static void adopt(struct local *local, struct process *process)
{
	struct orphan *orphan = calloc(1, sizeof(*orphan));

	if (!orphan)
		return;
	target_watch(local->target, &process->exit, 0);
	orphan->local = local;
	orphan->exit.fd = process->exit.fd;
	orphan->exit.ready = orphan_ready;
	process->exit.fd = -1;
	orphan->next = local->orphans;
	orphan->link = &local->orphans;
	if (orphan->next)
		orphan->next->link = &orphan->next;
	local->orphans = orphan;
	if (target_watch(local->target, &orphan->exit, EPOLLIN))
		free_orphan(orphan);
}

static void local_close(void *self)
{
	struct local *local = self;

	while (local->orphans)
		free_orphan(local->orphans);
	free(local);
}

static void local_cancel(void *self, struct jhcfg_job *job)
{
	struct process *process = target_job_private(job);

	/* its leader is not waited for yet, so the group is still ours */
	kill(-process->pid, SIGKILL);
	if (process->exit.fd >= 0 && !waitpid(process->pid, NULL, WNOHANG))
		adopt(self, process);
	close_all(process);
}

static int local_run(void *self, const char *const *argv, struct jhcfg_job *job)
{
	struct local *local = self;
	struct process *process = target_job_private(job);
	struct pipes pipes;
	int err = open_pipes(&pipes);

	if (err)
		return err;
	err = spawn(argv, &pipes, &process->pid);
	if (err) {
		close_pipes(&pipes);
		return err;
	}
	*process = (struct process){
		.target = local->target,
		.job = job,
		.pid = process->pid,
		.input = { pipes.input[1], 0, input_ready },
		.output = { pipes.output[0], 0, output_ready },
		.errors = { pipes.errors[0], 0, errors_ready },
		.exit = { pidfd_open(process->pid, 0), 0, exit_ready },
	};
	close_fd(&pipes.input[0]);
	close_fd(&pipes.output[1]);
	close_fd(&pipes.errors[1]);
	err = process->exit.fd < 0 ? -errno : watch_process(process);
	if (err)
		local_cancel(self, job);
	return err;
}

static void local_feed(void *self, struct jhcfg_job *job)
{
	struct process *process = target_job_private(job);

	(void)self;
	if (process->input.fd >= 0)
		target_watch(process->target, &process->input, EPOLLOUT);
}

const struct target_backend target_local = {
	.version = TARGET_MODULE_VERSION,
	.kind = JHCFG_TARGET_LOCAL,
	.job_size = sizeof(struct process),
	.open = local_open,
	.close = local_close,
	.run = local_run,
	.feed = local_feed,
	.cancel = local_cancel,
	.files = &target_local_files,
};
