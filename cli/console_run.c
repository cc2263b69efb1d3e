// SPDX-License-Identifier: GPL-2.0-or-later
/* The loop of a console: output, the end of time, and lost connections. */
#include <errno.h>
#include <netdb.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "console_source.h"
#include "output.h"

/* How long a lost target is tried, how often, and how long a replay may pause
 * until it is taken to be complete. */
#define RECONNECT_MS 60000
#define RETRY_MS     1000
#define REPLAY_MS    1000

struct run {
	struct console_source *source;
	struct console_text *text;
	struct jhcfg_target *target;
	struct jhcfg_job *job; /* NULL: it has ended */
	struct jhcfg_job_end end;
	bool closed;	  /* nobody wants more */
	int64_t until_ms; /* 0: no limit */
};

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void take(struct run *run, const void *data, size_t size)
{
	if (!console_text_add(run->text, data, size) || run->text->found)
		run->closed = true;
}

static void on_output(struct jhcfg_job *job, void *user,
		      enum jhcfg_stream stream, const void *data, size_t size)
{
	(void)job;
	if (stream == JHCFG_STREAM_OUTPUT)
		take(user, data, size);
	else
		fwrite(data, 1, size, stderr);
}

static void on_done(struct jhcfg_job *job, void *user,
		    const struct jhcfg_job_end *end)
{
	struct run *run = user;

	(void)job;
	run->job = NULL;
	run->end = *end;
}

/* --- a command ------------------------------------------------------------ */

static int begin(struct run *run)
{
	const struct jhcfg_job_handler handler = {
		.output = on_output,
		.done = on_done,
		.user = run,
	};

	console_source_place(run->source, run->text->offset);
	return jhcfg_target_run(run->target, run->source->argv, 0, &handler,
				&run->job);
}

/* What may be waited; 0: the time is over. */
static int wait_ms(const struct run *run)
{
	int64_t left = run->until_ms ? run->until_ms - now_ms() : INT32_MAX;

	if (run->text->replay && left > REPLAY_MS)
		left = REPLAY_MS;
	return left < 0 ? 0 : (int)left;
}

static bool is_over(const struct run *run)
{
	return run->closed || (run->until_ms && now_ms() >= run->until_ms);
}

static int serve(struct run *run)
{
	while (run->job && !is_over(run)) {
		uint64_t before = run->text->replay_length;
		int err = jhcfg_target_dispatch(run->target, wait_ms(run));

		if (err)
			return err;
		if (run->text->replay && run->text->replay_length == before &&
		    !console_text_end_replay(run->text))
			run->closed = true;
	}
	return 0;
}

static int connect_again(struct run *run)
{
	int64_t until = now_ms() + RECONNECT_MS;

	console_text_note(run->text, "%s: connection lost: %s",
			  jhcfg_target_name(run->target),
			  jhcfg_target_reason(run->target));
	while (!is_over(run)) {
		int64_t next = now_ms() + RETRY_MS;

		if (!jhcfg_target_reconnect(run->target) &&
		    !jhcfg_target_wait(run->target)) {
			console_text_note(run->text, "connected again");
			if (run->source->replays)
				console_text_begin_replay(run->text);
			return begin(run);
		}
		if (now_ms() >= until)
			return -ECONNRESET;
		while (now_ms() < next)
			jhcfg_target_dispatch(run->target,
					      (int)(next - now_ms()));
	}
	return 0;
}

static bool is_lost(const struct run *run)
{
	return !run->job && run->end.error == -ECONNRESET;
}

static int run_command(struct run *run)
{
	const char *why;
	int err = begin(run);

	if (!err)
		err = serve(run);
	while (!err && is_lost(run) && !is_over(run)) {
		err = connect_again(run);
		if (!err)
			err = serve(run);
	}
	if (run->job)
		jhcfg_job_cancel(run->job);
	if (!err && !is_over(run))
		err = run->end.error;
	if (err == -EOPNOTSUPP)
		output_hint("a recording has no consoles that go on");
	if (err) {
		output_error("%s: the console ended: %s",
			     jhcfg_target_name(run->target), strerror(-err));
		return err;
	}
	why = is_over(run) ? NULL : jhcfg_follow_end(&run->end);
	if (why)
		output_error("%s: %s", jhcfg_target_name(run->target), why);
	return why ? -EIO : 0;
}

/* --- a socket ------------------------------------------------------------- */

/* "HOST:PORT"; -1 after messages. */
static int open_socket(const char *name)
{
	const struct addrinfo hints = { .ai_socktype = SOCK_STREAM };
	const char *colon = strrchr(name, ':');
	char *host = colon ? strndup(name, (size_t)(colon - name)) : NULL;
	struct addrinfo *found = NULL;
	int fd = -1, err = host ? 0 : EAI_NONAME;

	if (!err)
		err = getaddrinfo(host, colon + 1, &hints, &found);
	free(host);
	if (err) {
		output_error("--connect %s: %s", name, gai_strerror(err));
		output_hint("write HOST:PORT");
		return -1;
	}
	for (struct addrinfo *at = found; at && fd < 0; at = at->ai_next) {
		fd = socket(at->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
		if (fd >= 0 && connect(fd, at->ai_addr, at->ai_addrlen)) {
			err = errno;
			close(fd);
			fd = -1;
		}
	}
	freeaddrinfo(found);
	if (fd < 0)
		output_error("--connect %s: %s", name, strerror(err));
	return fd;
}

static int run_socket(struct run *run)
{
	struct pollfd wanted = { .events = POLLIN };
	char data[4096];
	ssize_t size = 1;

	wanted.fd = open_socket(run->source->socket);
	if (wanted.fd < 0)
		return -EIO;
	while (size > 0 && !is_over(run)) {
		if (poll(&wanted, 1, wait_ms(run)) <= 0)
			continue;
		size = read(wanted.fd, data, sizeof(data));
		if (size > 0)
			take(run, data, (size_t)size);
	}
	close(wanted.fd);
	if (!size)
		console_text_note(run->text, "%s has ended the connection",
				  run->source->socket);
	return 0;
}

int console_run(struct console_source *source, unsigned int seconds,
		struct console_text *text)
{
	struct run run = { .source = source, .text = text };
	int err;

	if (seconds)
		run.until_ms = now_ms() + (int64_t)seconds * 1000;
	if (source->socket)
		return run_socket(&run);
	if (!source->here)
		run.target = target_get();
	else if (jhcfg_target_open("local", NULL, NULL, &run.target))
		run.target = NULL;
	if (!run.target)
		return -EIO;
	err = run_command(&run);
	if (source->here)
		jhcfg_target_close(run.target);
	return err;
}
