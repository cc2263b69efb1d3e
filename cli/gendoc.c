// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * gendoc man [WORD] | bash: writes a manual page or the completion, for the
 * build.
 */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "completion.h"
#include "man.h"

int main(int argc, char **argv)
{
	bool known = false;

	if (argc == 2 && !strcmp(argv[1], "bash")) {
		completion_write(stdout);
		known = true;
	} else if (argc >= 2 && argc <= 3 && !strcmp(argv[1], "man")) {
		known = man_write(stdout, argv[2]);
	}
	if (!known)
		fprintf(stderr, "usage: gendoc man [WORD] | bash\n");
	return known && !fflush(stdout) ? 0 : 2;
}
