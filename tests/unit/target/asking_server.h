/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * An SSH server of libssh's own, on the loopback interface, that asks what a
 * test wants it to: OpenSSH's asks only what PAM does. Nothing runs behind it.
 */
#ifndef TESTS_ASKING_SERVER_H
#define TESTS_ASKING_SERVER_H

#include <stdbool.h>
#include <sys/types.h>

#define ASKING_ROUNDS	 3
#define ASKING_QUESTIONS 2

struct asking_question {
	const char *text; /* NULL: no more */
	bool shown;	  /* as it is typed */
	const char *answer;
};

/* All questions of a round are sent at once. */
struct asking_round {
	const char *instruction; /* NULL: none */
	struct asking_question questions[ASKING_QUESTIONS];
};

struct asking_server {
	/* set before it is started */
	struct asking_round rounds[ASKING_ROUNDS];
	unsigned int num_rounds; /* who has answered all is let in */
	bool endless;		 /* begins with the first again */
	const char *password;	 /* NULL: none is taken */
	/* wants a channel of whoever is let in, and goes when that is refused
	 */
	bool opens_channel;

	char folder[64]; /* for files of a client */
	char name[64];	 /* "ssh://127.0.0.1:PORT" */
	pid_t process;
};

/* Serves one connection after the other. */
void asking_server_start(struct asking_server *server);
void asking_server_stop(struct asking_server *server);

#endif
