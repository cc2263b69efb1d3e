/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A link of one's own: a TCP port of the loopback interface that leads to
 * another one, later, slower, or only so far. Delay is added for each
 * direction, so that a round trip takes twice as much.
 */
#ifndef TESTS_FORWARDER_H
#define TESTS_FORWARDER_H

#include <stdint.h>
#include <sys/types.h>

struct forwarder_link {
	int to;			   /* port of 127.0.0.1 */
	unsigned int delay_ms;	   /* each way */
	unsigned int bytes_per_ms; /* each way; 0: no limit */
	uint64_t cut_after;	   /* bytes towards @to of a connection, at
				    * which all connections end; 0: never */
};

struct forwarder {
	struct forwarder_link link;
	int port;
	int socket;
	pid_t process; /* that forwards; 0: nobody does */
};

/* Fails the test if anything goes wrong. */
void forwarder_start(struct forwarder *forwarder,
		     const struct forwarder_link *link);
/* Cuts all connections and takes no new ones: the process is ended. */
void forwarder_cut(struct forwarder *forwarder);
/* After forwarder_cut(), or after it cut by itself: goes on, with this link. */
void forwarder_resume(struct forwarder *forwarder,
		      const struct forwarder_link *link);
/* Waits until it has cut by itself. */
void forwarder_wait_cut(struct forwarder *forwarder);
void forwarder_stop(struct forwarder *forwarder);

/* forwarder_relay.c: a listening socket on some port of 127.0.0.1, or -1; and
 * what the process does: returns when it has cut, or on SIGTERM never. */
int forwarder_listen(int *port);
void forwarder_relay(int socket, const struct forwarder_link *link);

#endif
