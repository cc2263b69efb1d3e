// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * forward PORT DELAY-MS [BYTES-PER-MS]: the forwarder as a program, for
 * scripts. Prints its own port, then forwards until it is ended.
 */
#include <stdio.h>
#include <stdlib.h>

#include "forwarder.h"

int main(int argc, char **argv)
{
	struct forwarder_link link = { 0 };
	int socket, port;

	if (argc < 3)
		return 2;
	link.to = atoi(argv[1]);
	link.delay_ms = (unsigned int)atoi(argv[2]);
	if (argc > 3)
		link.bytes_per_ms = (unsigned int)atoi(argv[3]);
	socket = forwarder_listen(&port);
	if (socket < 0)
		return 1;
	printf("%d\n", port);
	fclose(stdout);
	forwarder_relay(socket, &link);
	return 0;
}
