/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A throw-away SSH server on the loopback interface, for this user, with keys
 * of its own. It listens by itself and starts a real server for each
 * connection, so that no port has to be guessed. With OpenSSH, programs in
 * its folder's bin/ are in the PATH of those who log in.
 */
#ifndef TESTS_SSHD_H
#define TESTS_SSHD_H

#include <stdbool.h>
#include <sys/types.h>

enum sshd_kind {
	SSHD_OPENSSH,
	SSHD_DROPBEAR,
};

struct sshd {
	enum sshd_kind kind;
	char folder[64];
	char identity[96];    /* private key that is let in */
	char known_hosts[96]; /* empty at first */
	char name[64];	      /* "ssh://127.0.0.1:PORT" */
	char config[96];      /* of a client: host "fixture" is known */
	int port;
	int socket;
	pid_t listener;
	/* in the process of each connection, before the server; for root also
	 * in a mount namespace of its own */
	void (*prepare)(const struct sshd *sshd);
};

/* false: this machine has no such server, or this user cannot start it
 * (dropbear: for root). */
bool sshd_is_installed(enum sshd_kind kind);
/* Fails the test if anything goes wrong. */
void sshd_start(struct sshd *sshd, enum sshd_kind kind);
/* Cuts all connections; new ones are served. */
void sshd_cut(struct sshd *sshd);
/* It has another host key from now on. */
void sshd_change_key(struct sshd *sshd);
/* New connections are prepared like that; those that are there are cut. */
void sshd_prepare(struct sshd *sshd, void (*prepare)(const struct sshd *sshd));
void sshd_stop(struct sshd *sshd);

#endif
