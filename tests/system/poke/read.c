// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Reads the console without blocking, from one open file, and says on a line
 * of its own what each read returned: a count or the name of an error. The
 * text itself goes to stdout in between.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "poke.h"

int poke_read(int argc, char **argv)
{
	int fd = open(DEVICE, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	long rounds = strtol(argv[0], NULL, 0);
	char text[8192];

	(void)argc;
	if (fd < 0)
		give_up(DEVICE);
	while (rounds-- > 0) {
		ssize_t count = read(fd, text, sizeof(text));

		if (count < 0) {
			printf("[%s]\n", strerrorname_np(errno));
			continue;
		}
		printf("[%zd]\n%.*s", count, (int)count, text);
	}
	return 0;
}
