// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Commands in channels of the connection. SSH has one string for a command,
 * which the user's shell reads: each argument is quoted, so that it arrives as
 * it is.
 */
#include <errno.h>
#include <linux/sockios.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>

#include "util/quote.h"
#include "target/ssh.h"

/* Read at once, so that no job keeps the others waiting. */
#define CHUNK 32768

/*
 * Bytes that the target has, but that its program has not taken, at most. A
 * window of OpenSSH is four times that; a server that has to keep all of it
 * moves it about (9.2: a fifth more time in its process, 2 MiB more memory).
 */
#define MAX_KEPT (512U << 10)

/* RFC 4254, 6.10: signals go by name. */
static const struct signal_name {
	const char *name;
	int number;
} signal_names[] = {
	{ "ABRT", SIGABRT }, { "ALRM", SIGALRM }, { "FPE", SIGFPE },
	{ "HUP", SIGHUP },   { "ILL", SIGILL },	  { "INT", SIGINT },
	{ "KILL", SIGKILL }, { "PIPE", SIGPIPE }, { "QUIT", SIGQUIT },
	{ "SEGV", SIGSEGV }, { "TERM", SIGTERM }, { "USR1", SIGUSR1 },
	{ "USR2", SIGUSR2 },
};

static void on_signal(ssh_session session, ssh_channel channel,
		      const char *name, int core, const char *message,
		      const char *language, void *user)
{
	struct ssh_job *ours = user;

	(void)session;
	(void)channel;
	(void)core;
	(void)message;
	(void)language;
	ours->signal = SIGKILL; /* if it is one that we do not know */
	for (size_t n = 0; n < sizeof(signal_names) / sizeof(*signal_names);
	     n++) {
		if (!strcmp(signal_names[n].name, name))
			ours->signal = signal_names[n].number;
	}
	ssh_target_wake(ours->ssh);
}

static void on_close(ssh_session session, ssh_channel channel, void *user)
{
	struct ssh_job *ours = user;

	(void)session;
	(void)channel;
	ours->closed = true;
	ssh_target_wake(ours->ssh);
}

static void on_status(ssh_session session, ssh_channel channel, int status,
		      void *user)
{
	struct ssh_job *ours = user;

	(void)session;
	(void)channel;
	(void)status;
	ssh_target_wake(ours->ssh);
}

/* It stays in the buffer of the channel, from where read_stream() takes it. */
static int on_data(ssh_session session, ssh_channel channel, void *data,
		   uint32_t size, int is_stderr, void *user)
{
	struct ssh_job *ours = user;

	(void)session;
	(void)channel;
	(void)data;
	(void)size;
	(void)is_stderr;
	ssh_target_wake(ours->ssh);
	return 0;
}

static void set_callbacks(struct ssh_job *ours)
{
	ours->callbacks.userdata = ours;
	ours->callbacks.channel_data_function = on_data;
	ours->callbacks.channel_exit_status_function = on_status;
	ours->callbacks.channel_exit_signal_function = on_signal;
	ours->callbacks.channel_close_function = on_close;
	ssh_callbacks_init(&ours->callbacks);
	ssh_set_channel_callbacks(ours->channel, &ours->callbacks);
}

int ssh_target_run(void *self, const char *const *argv, struct jhcfg_job *job)
{
	struct ssh_target *ssh = self;
	struct ssh_job *ours = ssh->services->job_private(job);

	ours->command = jhcfg_quote_command(argv);
	if (!ours->command)
		return -ENOMEM;
	ours->channel = ssh_channel_new(ssh->session);
	if (!ours->channel) {
		free(ours->command);
		return -ENOMEM;
	}
	ours->ssh = ssh;
	ours->job = job;
	set_callbacks(ours);
	ours->next = ssh->jobs;
	ours->link = &ssh->jobs;
	if (ours->next)
		ours->next->link = &ours->next;
	ssh->jobs = ours;
	ssh_target_wake(ssh);
	return 0;
}

void ssh_target_feed(void *self, struct jhcfg_job *job)
{
	(void)job;
	ssh_target_wake(self);
}

static void release(struct ssh_job *ours)
{
	if (!ours->channel)
		return;
	*ours->link = ours->next;
	if (ours->next)
		ours->next->link = ours->link;
	/* libssh keeps it until the target has closed it, too */
	ssh_remove_channel_callbacks(ours->channel, &ours->callbacks);
	ssh_channel_free(ours->channel);
	ours->channel = NULL;
	free(ours->command);
}

/*
 * Dropbear 2022.83 now and then ends the connection when it gets a signal for
 * a command (seen in one of eight). There, a command ends by the loss of its
 * pipes, or goes on.
 */
static bool takes_signals(const struct ssh_target *ssh)
{
	const char *banner = ssh_get_serverbanner(ssh->session);

	return banner && !strstr(banner, "dropbear");
}

void ssh_target_cancel(void *self, struct jhcfg_job *job)
{
	struct ssh_target *ssh = self;
	struct ssh_job *ours = ssh->services->job_private(job);

	if (ssh->session && ours->channel && ours->stage == SSH_JOB_RUNNING &&
	    takes_signals(ssh))
		ssh_channel_request_send_signal(ours->channel, "KILL");
	release(ours);
	/* that may have read something, too */
	if (ssh->session)
		ssh_target_wake(ssh);
}

static void finish(struct ssh_job *ours, int error)
{
	struct ssh_target *ssh = ours->ssh;
	struct jhcfg_job_end end = { .error = error, .status = -1 };
	struct jhcfg_job *job = ours->job;

	end.signal = ours->signal;
	if (!error && !end.signal)
		end.status = ssh_channel_get_exit_status(ours->channel);
	release(ours);
	ssh->services->job_done(job, &end);
}

/* false: the job is gone. */
static bool read_stream(struct ssh_job *ours, enum jhcfg_stream stream)
{
	char buffer[CHUNK];
	int got = ssh_channel_read_nonblocking(ours->channel, buffer,
					       sizeof(buffer),
					       stream == JHCFG_STREAM_ERRORS);

	if (got <= 0)
		return true;
	/* there may be more, which nobody told */
	ssh_target_wake(ours->ssh);
	return ours->ssh->services->job_output(ours->job, stream, buffer,
					       (size_t)got);
}

/*
 * What may be written now. What is on its way, which the kernel knows, is not
 * held against the target: long links are filled. A target that tells late what
 * its program has taken is sent all that it lets us: it might wait for that.
 */
static uint32_t room(struct ssh_job *ours)
{
	const struct ssh_target *ssh = ours->ssh;
	uint32_t window = ssh_channel_window_size(ours->channel), kept;
	int on_its_way;

	if (window > ours->window && ours->widest &&
	    window - ours->window <= MAX_KEPT / 2)
		ours->tells_soon = true;
	ours->window = window;
	if (window > ours->widest)
		ours->widest = window;
	if (!ours->tells_soon || !ssh->is_tcp ||
	    ioctl(ssh->source.fd, SIOCOUTQ, &on_its_way) || on_its_way < 0)
		return window;
	kept = ours->widest - window;
	kept -= kept < (uint32_t)on_its_way ? kept : (uint32_t)on_its_way;
	if (kept >= MAX_KEPT)
		return 0;
	return window < MAX_KEPT - kept ? window : MAX_KEPT - kept;
}

/* false: the job is gone. */
static bool write_input(struct ssh_job *ours)
{
	const struct target_services *services = ours->ssh->services;
	const uint32_t most = room(ours);
	size_t size;
	const void *data = services->job_input(ours->job, &size);
	int written;

	if (size > most)
		size = most;
	if (size) {
		written =
			ssh_channel_write(ours->channel, data, (uint32_t)size);
		if (written > 0) {
			ours->window -= (uint32_t)written;
			ssh_target_wake(ours->ssh);
			if (!services->job_consumed(ours->job, (size_t)written))
				return false;
		}
	}
	if (!ours->input_ended && services->job_input_ended(ours->job)) {
		ours->input_ended = true;
		ssh_channel_send_eof(ours->channel);
	}
	return true;
}

static void serve_running(struct ssh_job *ours)
{
	bool over;

	if (!read_stream(ours, JHCFG_STREAM_OUTPUT) ||
	    !read_stream(ours, JHCFG_STREAM_ERRORS))
		return;
	/* nothing is left to read, and the exit status is there */
	over = ours->closed || (ssh_channel_is_eof(ours->channel) &&
				(ours->signal || ssh_channel_get_exit_status(
							 ours->channel) != -1));
	if (over && ssh_channel_poll(ours->channel, 0) <= 0 &&
	    ssh_channel_poll(ours->channel, 1) <= 0) {
		finish(ours, 0);
		return;
	}
	if (!over)
		write_input(ours);
}

/* Whoever waits for more to arrive than we hold back gets it. */
void ssh_target_hold_nothing_back(struct ssh_target *ssh)
{
	for (struct ssh_job *ours = ssh->jobs; ours; ours = ours->next)
		ours->tells_soon = false;
}

/* A refusal is then none of the target: serving the jobs ends with its loss. */
static bool is_dead(const struct ssh_target *ssh)
{
	return !ssh_is_connected(ssh->session);
}

/* One call of a stage; libssh says SSH_AGAIN while it waits for the target. */
static void serve(struct ssh_job *ours)
{
	int rc;

	if (ours->stage == SSH_JOB_OPENING) {
		rc = ssh_channel_open_session(ours->channel);
		if (rc == SSH_AGAIN || is_dead(ours->ssh))
			return;
		if (rc == SSH_ERROR) {
			finish(ours, -ECONNREFUSED);
			return;
		}
		ours->stage = SSH_JOB_REQUESTING;
	}
	if (ours->stage == SSH_JOB_REQUESTING) {
		rc = ssh_channel_request_exec(ours->channel, ours->command);
		if (rc == SSH_AGAIN || is_dead(ours->ssh))
			return;
		if (rc == SSH_ERROR) {
			finish(ours, -EACCES);
			return;
		}
		ours->stage = SSH_JOB_RUNNING;
	}
	serve_running(ours);
}

/*
 * libssh reads what comes by way of a channel. Where there is none, what the
 * host has to say (that it is still there, new keys, that it is gone) would
 * stay in the socket, and wake us again and again: one that is never opened
 * reads it.
 */
static void read_without_jobs(struct ssh_target *ssh)
{
	ssh_channel channel = ssh_channel_new(ssh->session);

	if (!channel)
		return;
	ssh_channel_poll(channel, 0);
	ssh_channel_free(channel);
}

/*
 * Serving a job may end it, and a call of its handler may end or begin others:
 * the list is walked from its start until all that were there are served.
 *
 * Every call into libssh may read what has come for any channel, and the
 * socket is quiet then. Data are told by the callbacks, but that a channel was
 * opened, or may send more, is not: once any packet was read, all jobs are
 * looked at again.
 */
void ssh_target_serve_jobs(struct ssh_target *ssh)
{
	const uint64_t before = ssh->packets.in_packets;

	if (!ssh->jobs)
		read_without_jobs(ssh);
	ssh->round++;
	for (struct ssh_job *ours = ssh->jobs; ours;) {
		if (ours->round == ssh->round) {
			ours = ours->next;
			continue;
		}
		ours->round = ssh->round;
		serve(ours);
		if (!ssh->session)
			return;
		ours = ssh->jobs;
	}
	if (is_dead(ssh))
		ssh_target_lost(ssh, "the connection was closed", NULL);
	else if (ssh->packets.in_packets != before)
		ssh_target_wake(ssh);
}
