/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One SSH connection, as the files of its module share it. */
#ifndef JHCFG_TARGET_SSH_H
#define JHCFG_TARGET_SSH_H

#include <libssh/callbacks.h>
#include <libssh/libssh.h>

#include "target/backend.h"

struct ssh_target;
struct ssh_board; /* ssh_board.c */

struct ssh_step; /* ssh_login.c */

struct ssh_settings {
	char *user, *host;
	unsigned int port;
	char *config, *known_hosts, *identity;
};

/* Files with keys that only a passphrase opens, in the order of the user's
 * configuration; more of them are not asked about. */
#define SSH_LOCKED_KEYS 8

struct ssh_keys {
	char *paths[SSH_LOCKED_KEYS];
	size_t count, next;
	const char *still_locked; /* one of them; NULL: none so far */
	/* of the next one */
	ssh_key public_half, opened; /* NULL: not yet */
	bool is_wanted;		     /* by the host */
	unsigned int attempts;	     /* passphrases that were wrong */
	struct ssh_callbacks_struct callbacks;
};

struct ssh_target {
	struct jhcfg_target *target;
	const struct target_services *services;
	struct ssh_settings settings;
	struct ssh_board *board;  /* NULL: it is no emulated one */
	ssh_session session;	  /* NULL: none */
	ssh_session dead_session; /* lost; its channels may still be there */
	struct target_source source;
	bool is_tcp; /* else the source is a pipe of a proxy */
	struct target_timer keepalive, wake;

	/* while it connects; NULL: it is done */
	const struct ssh_step *step;
	bool asking;	       /* the step waits for an answer */
	char *given;	       /* that answer; NULL: none was given */
	bool answered;	       /* given is valid */
	unsigned int attempts; /* passwords that were refused */
	bool declined;	       /* a question of the host was not answered */
	unsigned int rounds;   /* of keyboard-interactive */
	int prompt;	       /* of that, the next one */
	bool fresh_prompts;
	struct ssh_keys keys;

	struct ssh_job *jobs;
	unsigned int round; /* of serving them */
	struct ssh_counter_struct packets, unused;
};

/* The part of a job that is ours. */
struct ssh_job {
	struct ssh_target *ssh;
	struct jhcfg_job *job;
	struct ssh_job *next, **link;
	ssh_channel channel;
	char *command;
	enum {
		SSH_JOB_OPENING,
		SSH_JOB_REQUESTING,
		SSH_JOB_RUNNING,
	} stage;
	struct ssh_channel_callbacks_struct callbacks;
	bool input_ended;
	bool closed;	    /* by the target: nothing more comes */
	int signal;	    /* that killed the command */
	unsigned int round; /* the last it was served in */
	/* bytes that the target lets us send: when last looked at, without
	 * what was sent since; most ever */
	uint32_t window, widest;
	bool tells_soon; /* that its program has taken some */
};

/* ssh.c */
void ssh_target_lost(struct ssh_target *ssh, const char *what,
		     const char *hint);
void ssh_target_disconnect(struct ssh_target *ssh);
void ssh_target_bury(struct ssh_target *ssh);
void ssh_target_wake(struct ssh_target *ssh);
void ssh_target_advance(struct ssh_target *ssh);
void ssh_target_socket_is(struct ssh_target *ssh, int fd);
void ssh_target_connected(struct ssh_target *ssh);

/* ssh_login.c: from no session to one that is allowed in */
int ssh_target_keep_settings(struct ssh_target *ssh,
			     const struct target_place *place,
			     const struct jhcfg_target_options *options);
void ssh_target_drop_settings(struct ssh_target *ssh);
int ssh_target_new_session(struct ssh_target *ssh);
void ssh_target_begin_steps(struct ssh_target *ssh);
void ssh_target_take_steps(struct ssh_target *ssh);
void ssh_target_answer(void *self, const char *answer);
/* Wipes what was answered, and keys that were opened by it. */
void ssh_target_forget_secrets(struct ssh_target *ssh);

/* ssh_job.c: commands in channels */
int ssh_target_run(void *self, const char *const *argv, struct jhcfg_job *job);
void ssh_target_feed(void *self, struct jhcfg_job *job);
void ssh_target_cancel(void *self, struct jhcfg_job *job);
void ssh_target_serve_jobs(struct ssh_target *ssh);
void ssh_target_hold_nothing_back(struct ssh_target *ssh);

#endif
