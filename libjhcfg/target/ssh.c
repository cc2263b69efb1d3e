// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Targets behind SSH, by libssh: a module, so that what runs on a small target
 * does not load it. The session never blocks; its socket is a source, and a
 * call that libssh wants to have again is a step that is taken again when the
 * socket moves.
 */
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include "target/ssh.h"
#include "target/ssh_board.h"

/* How often something is sent over an idle connection, and how long it may
 * stay without an acknowledgement. */
#define KEEPALIVE_MS 10000
#define SILENCE_MS   25000

static void keepalive_expired(struct target_timer *timer);

/* Waits for what the session has to read or write. While a question stands,
 * nobody reads: what comes is seen when it is answered. */
static void watch(struct ssh_target *ssh)
{
	uint32_t events = EPOLLIN;

	if (ssh->asking) {
		ssh->services->watch(ssh->target, &ssh->source, 0);
		return;
	}
	if (ssh_get_poll_flags(ssh->session) & SSH_WRITE_PENDING)
		events |= EPOLLOUT;
	ssh->services->watch(ssh->target, &ssh->source, events);
}

void ssh_target_lost(struct ssh_target *ssh, const char *what, const char *hint)
{
	char *why = ssh->session ? strdup(ssh_get_error(ssh->session)) : NULL;

	ssh_target_disconnect(ssh);
	ssh->services->changed(ssh->target, JHCFG_TARGET_LOST, "%s%s%s%s%s",
			       what, why && *why ? ": " : "", why ? why : "",
			       hint ? "; " : "", hint ? hint : "");
	free(why);
}

static void source_ready(struct target_source *source, uint32_t events)
{
	struct ssh_target *ssh =
		target_container_of(source, struct ssh_target, source);

	(void)events;
	ssh_target_advance(ssh);
}

static void wake_expired(struct target_timer *timer)
{
	ssh_target_advance(target_container_of(timer, struct ssh_target, wake));
}

/* What is to be done is not waited for by the socket: come back at once. */
void ssh_target_wake(struct ssh_target *ssh)
{
	ssh->services->set_timer(ssh->target, &ssh->wake, 0);
}

void ssh_target_advance(struct ssh_target *ssh)
{
	if (ssh->step) {
		ssh_target_take_steps(ssh);
	} else if (ssh->session) {
		ssh_target_serve_jobs(ssh);
	}
	if (ssh->session && ssh->source.fd >= 0)
		watch(ssh);
}

/* --- connecting ----------------------------------------------------------- */

static int ssh_target_open(struct jhcfg_target *target,
			   const struct target_services *services,
			   const struct target_place *place,
			   const struct jhcfg_target_options *options,
			   struct jhcfg_diags *diags, void **self)
{
	struct ssh_target *ssh = calloc(1, sizeof(*ssh));

	(void)diags;
	if (!ssh)
		return -ENOMEM;
	ssh->target = target;
	ssh->services = services;
	ssh->source.fd = -1;
	ssh->source.ready = source_ready;
	ssh->keepalive.expired = keepalive_expired;
	ssh->wake.expired = wake_expired;
	if (ssh_target_keep_settings(ssh, place, options) ||
	    (place->board && ssh_board_new(ssh, place->board))) {
		ssh_board_free(ssh->board);
		ssh_target_drop_settings(ssh);
		free(ssh);
		return -ENOMEM;
	}
	*self = ssh;
	return 0;
}

void ssh_target_disconnect(struct ssh_target *ssh)
{
	ssh->step = NULL;
	ssh_target_forget_secrets(ssh);
	ssh_board_stop(ssh->board);
	ssh->services->set_timer(ssh->target, &ssh->keepalive, -1);
	ssh->services->set_timer(ssh->target, &ssh->wake, -1);
	if (ssh->source.fd >= 0)
		ssh->services->watch(ssh->target, &ssh->source, 0);
	ssh->source.fd = -1;
	if (!ssh->session)
		return;
	/* channels belong to jobs, which end right behind */
	ssh->dead_session = ssh->session;
	ssh->session = NULL;
}

static void ssh_target_close(void *self)
{
	struct ssh_target *ssh = self;

	ssh_target_disconnect(ssh);
	ssh_target_bury(ssh);
	ssh_board_free(ssh->board);
	ssh_target_drop_settings(ssh);
	free(ssh);
}

/* Frees the session that was lost, once no job has a channel in it. */
void ssh_target_bury(struct ssh_target *ssh)
{
	if (!ssh->dead_session)
		return;
	ssh_disconnect(ssh->dead_session);
	ssh_free(ssh->dead_session);
	ssh->dead_session = NULL;
}

static int ssh_target_connect(void *self)
{
	struct ssh_target *ssh = self;

	/* the time-out of the last attempt has left it as it was */
	ssh_target_disconnect(ssh);
	ssh_target_bury(ssh);
	if (ssh_target_new_session(ssh))
		return -ENOMEM;
	ssh_target_begin_steps(ssh);
	/* the handler is told by dispatch only, never from in here */
	ssh_target_wake(ssh);
	return 0;
}

void ssh_target_connected(struct ssh_target *ssh)
{
	ssh->step = NULL;
	ssh_target_forget_secrets(ssh);
	ssh->services->set_timer(ssh->target, &ssh->keepalive, KEEPALIVE_MS);
	ssh->services->changed(ssh->target, JHCFG_TARGET_READY, NULL);
}

/*
 * libssh cannot ask for an answer. What we send must be acknowledged by the
 * other end's TCP, though, and the kernel gives up if it is not in time.
 */
static bool limit_silence(int fd)
{
	unsigned int ms = SILENCE_MS;

	/* not with a proxy, whose other side is a pipe: then ssh does it */
	return !setsockopt(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, &ms, sizeof(ms));
}

void ssh_target_socket_is(struct ssh_target *ssh, int fd)
{
	if (ssh->source.fd >= 0)
		return;
	ssh->is_tcp = limit_silence(fd);
	ssh->source.fd = fd;
	watch(ssh);
}

static void keepalive_expired(struct target_timer *timer)
{
	struct ssh_target *ssh =
		target_container_of(timer, struct ssh_target, keepalive);

	ssh->services->set_timer(ssh->target, &ssh->keepalive, KEEPALIVE_MS);
	ssh_target_hold_nothing_back(ssh);
	if (ssh_send_ignore(ssh->session, "") == SSH_ERROR)
		ssh_target_lost(ssh, "the connection is dead",
				"it is made anew when you try again");
	else /* that may have read something */
		ssh_target_wake(ssh);
}

/* Both are the same but for their names. */
#define BACKEND(kind_of_target)                                                \
	{                                                                      \
		.version = TARGET_MODULE_VERSION, .kind = (kind_of_target),    \
		.job_size = sizeof(struct ssh_job), .open = ssh_target_open,   \
		.close = ssh_target_close, .connect = ssh_target_connect,      \
		.answer = ssh_target_answer, .run = ssh_target_run,            \
		.feed = ssh_target_feed, .cancel = ssh_target_cancel,          \
	}

__attribute__((visibility("default")))
const struct target_backend jhcfg_target_module = BACKEND(JHCFG_TARGET_SSH);
__attribute__((visibility("default")))
const struct target_backend jhcfg_target_module_board =
	BACKEND(JHCFG_TARGET_EMULATED);
