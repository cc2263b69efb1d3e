// SPDX-License-Identifier: GPL-2.0-or-later
/* Bytes between pairs of sockets, each kept until it is due. */
#include "forwarder.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define MAX_PAIRS 64
#define CHUNK	  16384
/* What a direction holds: with more, its sender has to wait. */
#define MAX_CHUNKS 64

struct chunk {
	int64_t due_ms;
	size_t size, sent;
	unsigned char data[CHUNK];
};

struct direction {
	int from, to;
	struct chunk *chunks; /* a ring */
	unsigned int first, count;
	int64_t last_due_ms;
	uint64_t total;
	bool ended, told; /* the sender's end; and the receiver knows it */
};

struct pair {
	struct direction way[2]; /* from the client, to the client */
	bool used;
};

struct relay {
	const struct forwarder_link *link;
	struct pair pairs[MAX_PAIRS];
};

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int forwarder_listen(int *port)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	socklen_t size = sizeof(address);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd < 0 || bind(fd, (struct sockaddr *)&address, size) ||
	    listen(fd, 64) ||
	    getsockname(fd, (struct sockaddr *)&address, &size))
		return -1;
	*port = ntohs(address.sin_port);
	return fd;
}

static int connect_to(int port)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET,
		.sin_port = htons((uint16_t)port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd >= 0 &&
	    connect(fd, (struct sockaddr *)&address, sizeof(address))) {
		close(fd);
		fd = -1;
	}
	return fd;
}

/* --- pairs ---------------------------------------------------------------- */

static void open_direction(struct direction *way, int from, int to)
{
	int on = 1;

	*way = (struct direction){
		.from = from,
		.to = to,
		.chunks = calloc(MAX_CHUNKS, sizeof(struct chunk)),
	};
	if (!way->chunks)
		abort();
	setsockopt(to, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
}

static void accept_one(struct relay *relay, int socket)
{
	int client = accept4(socket, NULL, NULL, SOCK_CLOEXEC), server;

	if (client < 0)
		return;
	server = connect_to(relay->link->to);
	for (int n = 0; n < MAX_PAIRS && server >= 0; n++) {
		struct pair *pair = &relay->pairs[n];

		if (pair->used)
			continue;
		open_direction(&pair->way[0], client, server);
		open_direction(&pair->way[1], server, client);
		pair->used = true;
		return;
	}
	close(client);
	if (server >= 0)
		close(server);
}

static void close_pair(struct pair *pair)
{
	close(pair->way[0].from);
	close(pair->way[0].to);
	free(pair->way[0].chunks);
	free(pair->way[1].chunks);
	pair->used = false;
}

/* --- bytes ---------------------------------------------------------------- */

/* When it is due: behind the link's delay, and behind what is before it. */
static int64_t due(const struct forwarder_link *link, struct direction *way,
		   size_t size)
{
	int64_t at = now_ms() + link->delay_ms;

	if (at < way->last_due_ms)
		at = way->last_due_ms;
	way->last_due_ms =
		at +
		(link->bytes_per_ms ? (int64_t)(size / link->bytes_per_ms) : 0);
	return way->last_due_ms;
}

/* false: the connection is dead. */
static bool take(struct relay *relay, struct direction *way)
{
	struct chunk *chunk =
		&way->chunks[(way->first + way->count) % MAX_CHUNKS];
	ssize_t size = recv(way->from, chunk->data, CHUNK, MSG_DONTWAIT);

	if (size < 0)
		return errno == EAGAIN || errno == EINTR;
	if (!size) {
		way->ended = true;
		return true;
	}
	chunk->size = (size_t)size;
	chunk->sent = 0;
	chunk->due_ms = due(relay->link, way, chunk->size);
	way->total += chunk->size;
	way->count++;
	return true;
}

static bool give(struct direction *way)
{
	while (way->count) {
		struct chunk *chunk = &way->chunks[way->first];
		ssize_t size;

		if (chunk->due_ms > now_ms())
			return true;
		size = send(way->to, chunk->data + chunk->sent,
			    chunk->size - chunk->sent,
			    MSG_DONTWAIT | MSG_NOSIGNAL);
		if (size < 0)
			return errno == EAGAIN || errno == EINTR;
		chunk->sent += (size_t)size;
		if (chunk->sent < chunk->size)
			return true;
		way->first = (way->first + 1) % MAX_CHUNKS;
		way->count--;
	}
	if (way->ended && !way->told) {
		shutdown(way->to, SHUT_WR);
		way->told = true;
	}
	return true;
}

/* What poll() is to wait for at one end; and for how long at most. */
static short wanted(const struct direction *out_of,
		    const struct direction *into, int *timeout_ms)
{
	short events = 0;
	int64_t left;

	if (!out_of->ended && out_of->count < MAX_CHUNKS)
		events |= POLLIN;
	if (into->count) {
		left = into->chunks[into->first].due_ms - now_ms();
		if (left <= 0)
			events |= POLLOUT;
		else if (*timeout_ms < 0 || left < *timeout_ms)
			*timeout_ms = (int)left;
	}
	return events;
}

/* false: the connection is over. */
static bool serve(struct relay *relay, struct pair *pair, short client,
		  short server)
{
	if ((client & (POLLIN | POLLHUP) && !pair->way[0].ended &&
	     !take(relay, &pair->way[0])) ||
	    (server & (POLLIN | POLLHUP) && !pair->way[1].ended &&
	     !take(relay, &pair->way[1])))
		return false;
	if ((client | server) & POLLERR)
		return false;
	return give(&pair->way[0]) && give(&pair->way[1]) &&
	       !(pair->way[0].told && pair->way[1].told);
}

static bool must_cut(const struct relay *relay)
{
	for (int n = 0; relay->link->cut_after && n < MAX_PAIRS; n++) {
		if (relay->pairs[n].used &&
		    relay->pairs[n].way[0].total >= relay->link->cut_after)
			return true;
	}
	return false;
}

void forwarder_relay(int socket, const struct forwarder_link *link)
{
	struct relay *relay = calloc(1, sizeof(*relay));
	struct pollfd fds[1 + 2 * MAX_PAIRS];

	if (!relay)
		abort();
	relay->link = link;
	while (!must_cut(relay)) {
		int timeout_ms = -1;

		fds[0] = (struct pollfd){ .fd = socket, .events = POLLIN };
		for (int n = 0; n < MAX_PAIRS; n++) {
			struct pair *pair = &relay->pairs[n];
			struct pollfd *ends = &fds[1 + 2 * n];

			ends[0] = ends[1] = (struct pollfd){ .fd = -1 };
			if (!pair->used)
				continue;
			ends[0].fd = pair->way[0].from;
			ends[0].events = wanted(&pair->way[0], &pair->way[1],
						&timeout_ms);
			ends[1].fd = pair->way[0].to;
			ends[1].events = wanted(&pair->way[1], &pair->way[0],
						&timeout_ms);
		}
		if (poll(fds, 1 + 2 * MAX_PAIRS, timeout_ms) < 0)
			continue;
		for (int n = 0; n < MAX_PAIRS; n++) {
			if (relay->pairs[n].used &&
			    !serve(relay, &relay->pairs[n],
				   fds[1 + 2 * n].revents,
				   fds[2 + 2 * n].revents))
				close_pair(&relay->pairs[n]);
		}
		if (fds[0].revents & POLLIN)
			accept_one(relay, socket);
	}
	for (int n = 0; n < MAX_PAIRS; n++) {
		if (relay->pairs[n].used)
			close_pair(&relay->pairs[n]);
	}
	free(relay);
}
