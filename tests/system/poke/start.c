// SPDX-License-Identifier: GPL-2.0-or-later
/* Starts a cell again and again; says after each hundred that it is alive. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>

#include "poke.h"

int poke_start(int argc, char **argv)
{
	struct jailhouse_cell_id id = { .id = (int)strtol(argv[0], NULL, 0) };
	long times = strtol(argv[1], NULL, 0);
	int device = open(DEVICE, O_RDWR | O_CLOEXEC);

	(void)argc;
	if (device < 0)
		give_up(DEVICE);
	for (long n = 1; n <= times; n++) {
		if (ioctl(device, JAILHOUSE_CELL_START, &id))
			give_up("start %ld", n);
		if (n % 100 == 0) {
			printf("%ld starts\n", n);
			fflush(stdout);
		}
	}
	return 0;
}
