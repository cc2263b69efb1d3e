// SPDX-License-Identifier: GPL-2.0-or-later
#include "out/listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define MAX_REQUEST 8192
#define PATIENCE_MS 10000

struct client {
	int fd; /* -1: free */
	int64_t until_ms;
	char request[MAX_REQUEST + 1];
	size_t got;
	char *answer; /* NULL: the request is not complete */
	size_t size, sent;
};

struct out_server {
	int fd;
	unsigned int port;
	struct client clients[OUT_MAX_CLIENTS];
};

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* --- life ----------------------------------------------------------------- */

static int parse_address(const char *text, struct sockaddr_in *address)
{
	static const char host[] = "127.0.0.1:";
	unsigned long port;
	char *end;

	if (strncmp(text, host, sizeof(host) - 1))
		return -EINVAL;
	text += sizeof(host) - 1;
	port = strtoul(text, &end, 10);
	if (*text < '0' || *text > '9' || *end || port > 65535)
		return -EINVAL;
	*address = (struct sockaddr_in){
		.sin_family = AF_INET,
		.sin_port = htons((uint16_t)port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	return 0;
}

static int listen_at(struct out_server *server, struct sockaddr_in *address)
{
	socklen_t size = sizeof(*address);
	int on = 1;

	server->fd =
		socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (server->fd < 0)
		return -errno;
	setsockopt(server->fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	if (bind(server->fd, (struct sockaddr *)address, size) ||
	    listen(server->fd, OUT_MAX_CLIENTS) ||
	    getsockname(server->fd, (struct sockaddr *)address, &size))
		return -errno;
	server->port = ntohs(address->sin_port);
	return 0;
}

int out_server_open(const char *address, FILE *errors,
		    struct out_server **server)
{
	struct sockaddr_in parsed;
	struct out_server *new;
	int err;

	if (parse_address(address, &parsed)) {
		fprintf(errors,
			"jh-top: --listen %s: only 127.0.0.1:PORT is listened "
			"on; put a proxy in front of it to reach it from "
			"elsewhere\n",
			address);
		return -EINVAL;
	}
	if (!geteuid()) {
		fputs("jh-top: --listen: not as root; run it as another user "
		      "with --target ssh://..., or use --openmetrics FILE\n",
		      errors);
		return -EPERM;
	}
	new = calloc(1, sizeof(*new));
	if (!new)
		return -ENOMEM;
	new->fd = -1;
	for (size_t n = 0; n < OUT_MAX_CLIENTS; n++)
		new->clients[n].fd = -1;
	err = listen_at(new, &parsed);
	if (err) {
		fprintf(errors, "jh-top: --listen %s: %s\n", address,
			strerror(-err));
		out_server_close(new);
		return err;
	}
	*server = new;
	return 0;
}

static void drop(struct client *client)
{
	if (client->fd >= 0)
		close(client->fd);
	free(client->answer);
	client->fd = -1;
	client->answer = NULL;
	client->got = client->size = client->sent = 0;
}

void out_server_close(struct out_server *server)
{
	if (!server)
		return;
	for (size_t n = 0; n < OUT_MAX_CLIENTS; n++)
		drop(&server->clients[n]);
	if (server->fd >= 0)
		close(server->fd);
	free(server);
}

unsigned int out_server_port(const struct out_server *server)
{
	return server->port;
}

/* --- answers -------------------------------------------------------------- */

static const char *find_header(const char *request, const char *name)
{
	const char *line = strstr(request, "\r\n");
	size_t length = strlen(name);

	for (; line; line = strstr(line + 2, "\r\n")) {
		if (!strncasecmp(line + 2, name, length) &&
		    line[2 + length] == ':')
			return line + 3 + length;
	}
	return NULL;
}

/* A page of a browser must not read it by a name that it has bound to this
 * address: the host that is asked for is ours. */
static bool is_our_host(const struct out_server *server, const char *request)
{
	const char *host = find_header(request, "Host");
	char name[2][32];

	snprintf(name[0], sizeof(name[0]), "127.0.0.1:%u", server->port);
	snprintf(name[1], sizeof(name[1]), "localhost:%u", server->port);
	if (!host)
		return true;
	host += strspn(host, " \t");
	for (size_t n = 0; n < 2; n++) {
		size_t length = strlen(name[n]);

		if (!strncasecmp(host, name[n], length) &&
		    strchr(" \t\r", host[length]))
			return true;
	}
	return false;
}

static bool wants_open(const char *request)
{
	const char *accept = find_header(request, "Accept");
	size_t length = accept ? strcspn(accept, "\r") : 0;

	return accept &&
	       memmem(accept, length, "application/openmetrics-text", 28);
}

static void write_metrics(FILE *out, const char *request,
			  const struct tui_model *model)
{
	bool open = wants_open(request);

	fprintf(out,
		"HTTP/1.1 200 OK\r\nContent-Type: %s; charset=utf-8\r\n"
		"Connection: close\r\n\r\n",
		open ? "application/openmetrics-text; version=1.0.0"
		     : "text/plain; version=0.0.4");
	out_metrics_write(out, model,
			  open ? OUT_METRICS_OPEN : OUT_METRICS_TEXT);
}

static void write_refusal(FILE *out, const char *status)
{
	fprintf(out,
		"HTTP/1.1 %s\r\nContent-Type: text/plain\r\n"
		"Connection: close\r\n\r\n%s; metrics are at /metrics\n",
		status, status);
}

/* The request is complete. */
static void answer(const struct out_server *server, struct client *client,
		   const struct tui_model *model)
{
	static const char get[] = "GET /metrics";
	const char *request = client->request;
	FILE *out = open_memstream(&client->answer, &client->size);

	if (!out) {
		drop(client);
		return;
	}
	if (strncmp(request, "GET ", 4))
		write_refusal(out, "405 Method Not Allowed");
	else if (strncmp(request, get, sizeof(get) - 1) ||
		 !strchr(" ?", request[sizeof(get) - 1]))
		write_refusal(out, "404 Not Found");
	else if (!is_our_host(server, request))
		write_refusal(out, "421 Misdirected Request");
	else
		write_metrics(out, request, model);
	if (fclose(out))
		drop(client);
}

/* --- clients -------------------------------------------------------------- */

static void accept_clients(struct out_server *server)
{
	for (size_t n = 0; n < OUT_MAX_CLIENTS; n++) {
		struct client *client = &server->clients[n];

		if (client->fd >= 0)
			continue;
		client->fd = accept4(server->fd, NULL, NULL,
				     SOCK_CLOEXEC | SOCK_NONBLOCK);
		if (client->fd < 0)
			return;
		client->until_ms = now_ms() + PATIENCE_MS;
	}
}

static bool is_complete(struct client *client)
{
	client->request[client->got] = 0;
	return strstr(client->request, "\r\n\r\n");
}

/* false: nothing more can be done now */
static bool receive(const struct out_server *server, struct client *client,
		    const struct tui_model *model)
{
	ssize_t got = recv(client->fd, client->request + client->got,
			   MAX_REQUEST - client->got, 0);

	if (got < 0 && (errno == EAGAIN || errno == EINTR))
		return false;
	if (got <= 0) {
		drop(client);
		return false;
	}
	client->got += (size_t)got;
	if (is_complete(client)) {
		answer(server, client, model);
	} else if (client->got == MAX_REQUEST) {
		drop(client);
	}
	return client->fd >= 0;
}

static void send_answer(struct client *client)
{
	ssize_t sent = send(client->fd, client->answer + client->sent,
			    client->size - client->sent, MSG_NOSIGNAL);

	if (sent < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (sent < 0) {
		drop(client);
		return;
	}
	client->sent += (size_t)sent;
	if (client->sent < client->size)
		return;
	/* what we did not read must not take back what we wrote */
	shutdown(client->fd, SHUT_WR);
	drop(client);
}

void out_server_serve(struct out_server *server, const struct tui_model *model)
{
	int64_t now = now_ms();

	accept_clients(server);
	for (size_t n = 0; n < OUT_MAX_CLIENTS; n++) {
		struct client *client = &server->clients[n];

		while (client->fd >= 0 && !client->answer &&
		       receive(server, client, model))
			;
		if (client->fd >= 0 && client->answer)
			send_answer(client);
		if (client->fd >= 0 && now > client->until_ms)
			drop(client);
	}
}

size_t out_server_poll(const struct out_server *server, struct pollfd *fds)
{
	size_t count = 0;
	bool full = true;

	for (size_t n = 0; n < OUT_MAX_CLIENTS; n++) {
		const struct client *client = &server->clients[n];

		if (client->fd < 0) {
			full = false;
			continue;
		}
		fds[count++] = (struct pollfd){
			.fd = client->fd,
			.events = client->answer ? POLLOUT : POLLIN,
		};
	}
	/* others wait in the system until one is done */
	if (!full)
		fds[count++] = (struct pollfd){
			.fd = server->fd,
			.events = POLLIN,
		};
	return count;
}

int out_server_timeout(const struct out_server *server)
{
	int64_t first = INT64_MAX, now = now_ms();

	for (size_t n = 0; n < OUT_MAX_CLIENTS; n++) {
		const struct client *client = &server->clients[n];

		if (client->fd >= 0 && client->until_ms < first)
			first = client->until_ms;
	}
	if (first == INT64_MAX)
		return -1;
	return first < now ? 1 : (int)(first - now) + 1;
}
