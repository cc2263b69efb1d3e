/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A server of one page, for a Prometheus on this machine. It listens on
 * 127.0.0.1 only, and never as root: what talks to the network has no rights.
 */
#ifndef TUI_LISTEN_H
#define TUI_LISTEN_H

#include <poll.h>

#include "out/out.h"

#define OUT_MAX_CLIENTS 8

struct out_server;

/* "127.0.0.1:PORT"; port 0: any. Says on @errors what is wrong: -EINVAL,
 * -EPERM for root, or what bind() said. */
int out_server_open(const char *address, FILE *errors,
		    struct out_server **server);
void out_server_close(struct out_server *server);
unsigned int out_server_port(const struct out_server *server);

/* Fills in what is waited for, at most 1 + OUT_MAX_CLIENTS; the number. */
size_t out_server_poll(const struct out_server *server, struct pollfd *fds);
/* Milliseconds until a client that is too slow is sent away; -1: none. */
int out_server_timeout(const struct out_server *server);
/* Does what can be done, answering with that model. */
void out_server_serve(struct out_server *server, const struct tui_model *model);

#endif
