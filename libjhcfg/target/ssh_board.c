// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * An emulated board is SSH to a port that the emulator's program tells, once it
 * has started the board or found it running. The program prints lines of a
 * key and a value; what it says else goes to its standard error, of which the
 * end is the reason if it fails.
 */
#include "target/ssh_board.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/wait.h>
#include <unistd.h>

#include "target/emulator.h"

/* What is kept of the two streams: all of the first, the end of the other. */
#define MAX_TEXT 4096

struct ssh_board {
	struct ssh_target *ssh;
	char *name;
	pid_t pid; /* 0: it does not run */
	struct target_source output, errors;
	char text[MAX_TEXT], said[MAX_TEXT];
	size_t text_size, said_size;
};

static void close_source(struct ssh_board *board, struct target_source *source)
{
	if (source->fd < 0)
		return;
	board->ssh->services->watch(board->ssh->target, source, 0);
	close(source->fd);
	source->fd = -1;
}

static bool has_ended(const struct ssh_board *board)
{
	return board->output.fd < 0 && board->errors.fd < 0;
}

/* Appends; drops the older half when it is full. */
static void keep_end(char *text, size_t *size, const char *data, size_t more)
{
	if (more > MAX_TEXT / 2) {
		data += more - MAX_TEXT / 2;
		more = MAX_TEXT / 2;
	}
	if (*size + more >= MAX_TEXT) {
		size_t gone = *size + more - MAX_TEXT / 2;

		if (gone > *size)
			gone = *size;
		*size -= gone;
		memmove(text, text + gone, *size);
	}
	memcpy(text + *size, data, more);
	*size += more;
	text[*size] = 0;
}

/* false: nothing more comes. */
static bool read_source(struct ssh_board *board, struct target_source *source,
			char *text, size_t *size)
{
	char buffer[1024];
	ssize_t got = read(source->fd, buffer, sizeof(buffer));

	if (got < 0 && (errno == EAGAIN || errno == EINTR))
		return true;
	if (got <= 0) {
		close_source(board, source);
		if (has_ended(board))
			ssh_target_wake(board->ssh);
		return false;
	}
	keep_end(text, size, buffer, (size_t)got);
	return true;
}

static void output_ready(struct target_source *source, uint32_t events)
{
	struct ssh_board *board =
		target_container_of(source, struct ssh_board, output);

	(void)events;
	read_source(board, source, board->text, &board->text_size);
}

static void errors_ready(struct target_source *source, uint32_t events)
{
	struct ssh_board *board =
		target_container_of(source, struct ssh_board, errors);

	(void)events;
	read_source(board, source, board->said, &board->said_size);
}

int ssh_board_new(struct ssh_target *ssh, const char *name)
{
	struct ssh_board *board = calloc(1, sizeof(*board));

	if (!board)
		return -ENOMEM;
	board->ssh = ssh;
	board->output.fd = board->errors.fd = -1;
	board->output.ready = output_ready;
	board->errors.ready = errors_ready;
	board->name = strdup(name);
	ssh->board = board;
	return board->name ? 0 : -ENOMEM;
}

/* A board that is being started is started: only our interest ends. */
void ssh_board_stop(struct ssh_board *board)
{
	if (!board)
		return;
	close_source(board, &board->output);
	close_source(board, &board->errors);
	if (board->pid) {
		kill(board->pid, SIGKILL);
		waitpid(board->pid, NULL, 0);
	}
	board->pid = 0;
	board->text_size = board->said_size = 0;
}

void ssh_board_free(struct ssh_board *board)
{
	if (!board)
		return;
	ssh_board_stop(board);
	free(board->name);
	free(board);
}

/* --- running it ----------------------------------------------------------- */

static int spawn_with(struct ssh_board *board, const char *program,
		      const int output[2], const int errors[2])
{
	const char *const argv[] = { program, "where", board->name, NULL };
	posix_spawn_file_actions_t actions;
	int err;

	if (posix_spawn_file_actions_init(&actions))
		return -ENOMEM;
	err = posix_spawn_file_actions_addopen(&actions, 0, "/dev/null",
					       O_RDONLY, 0);
	if (!err)
		err = posix_spawn_file_actions_adddup2(&actions, output[1], 1);
	if (!err)
		err = posix_spawn_file_actions_adddup2(&actions, errors[1], 2);
	if (!err)
		err = posix_spawn(&board->pid, program, &actions, NULL,
				  (char *const *)(uintptr_t)argv, environ);
	posix_spawn_file_actions_destroy(&actions);
	return -err;
}

static void close_pair(const int pair[2])
{
	close(pair[0]);
	close(pair[1]);
}

static int start(struct ssh_board *board, const char *program)
{
	int output[2], errors[2], err;

	if (pipe2(output, O_CLOEXEC))
		return -errno;
	if (pipe2(errors, O_CLOEXEC)) {
		close_pair(output);
		return -EMFILE;
	}
	board->text_size = board->said_size = 0;
	board->pid = 0;
	err = spawn_with(board, program, output, errors);
	if (err) {
		board->pid = 0;
		close_pair(output);
		close_pair(errors);
		return err;
	}
	close(output[1]);
	close(errors[1]);
	fcntl(output[0], F_SETFL, O_NONBLOCK);
	fcntl(errors[0], F_SETFL, O_NONBLOCK);
	board->output.fd = output[0];
	board->errors.fd = errors[0];
	board->ssh->services->watch(board->ssh->target, &board->output,
				    EPOLLIN);
	board->ssh->services->watch(board->ssh->target, &board->errors,
				    EPOLLIN);
	return 0;
}

/* --- what it says --------------------------------------------------------- */

static int set_text(char **to, const char *value)
{
	free(*to);
	*to = strdup(value);
	return *to ? 0 : -ENOMEM;
}

static int apply_line(struct ssh_settings *settings, const char *key,
		      const char *value)
{
	if (!strcmp(key, "port"))
		settings->port = (unsigned int)strtoul(value, NULL, 10);
	else if (!strcmp(key, "identity"))
		return set_text(&settings->identity, value);
	else if (!strcmp(key, "known_hosts"))
		return set_text(&settings->known_hosts, value);
	return 0;
}

static int apply_text(struct ssh_board *board)
{
	char *rest = board->text, *line;
	int err = 0;

	board->ssh->settings.port = 0;
	while (!err && (line = strsep(&rest, "\n"))) {
		char *value = strchr(line, ' ');

		if (!value)
			continue;
		*value++ = 0;
		err = apply_line(&board->ssh->settings, line, value);
	}
	if (!err &&
	    (!board->ssh->settings.port || board->ssh->settings.port > 65535))
		err = -EIO;
	return err;
}

/* The last line that says something. */
static const char *last_line(char *text, size_t size)
{
	char *line;

	while (size && text[size - 1] == '\n')
		text[--size] = 0;
	line = strrchr(text, '\n');
	return line ? line + 1 : text;
}

static enum ssh_board_state finish(struct ssh_board *board)
{
	int status = -1;

	while (waitpid(board->pid, &status, 0) < 0 && errno == EINTR)
		;
	board->pid = 0;
	board->text[board->text_size] = 0;
	board->said[board->said_size] = 0;
	if (!WIFEXITED(status) || WEXITSTATUS(status)) {
		ssh_target_lost(board->ssh, "the board cannot be started",
				last_line(board->said, board->said_size));
		return SSH_BOARD_LOST;
	}
	if (!apply_text(board))
		return SSH_BOARD_KNOWN;
	ssh_target_lost(board->ssh, "the emulator does not say where it is",
			NULL);
	return SSH_BOARD_LOST;
}

enum ssh_board_state ssh_board_find(struct ssh_board *board)
{
	char *program;
	int err;

	if (board->pid)
		return has_ended(board) ? finish(board) : SSH_BOARD_AGAIN;
	program = target_find_emulator();
	err = program ? start(board, program) : -ENOENT;
	free(program);
	if (!err)
		return SSH_BOARD_AGAIN;
	ssh_target_lost(board->ssh,
			err != -ENOENT ? "the emulator cannot be run"
				       : "there is no emulator here",
			TARGET_NO_EMULATOR);
	return SSH_BOARD_LOST;
}
