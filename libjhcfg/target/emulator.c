// SPDX-License-Identifier: LGPL-2.1-or-later
#include "target/emulator.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifndef JHCFG_EMULATOR
#define JHCFG_EMULATOR "/usr/libexec/jailhouse-workbench/tools/emu.sh"
#endif

char *target_find_emulator(void)
{
	const char *program = secure_getenv("JAILHOUSE_EMU");
	const char *checkout = secure_getenv("JHW_TOP");
	char *path;

	if (program && *program)
		path = strdup(program);
	else if (!checkout || !*checkout)
		path = strdup(JHCFG_EMULATOR);
	else if (asprintf(&path, "%s/tools/emu.sh", checkout) < 0)
		path = NULL;
	if (path && !access(path, X_OK))
		return path;
	free(path);
	return NULL;
}
