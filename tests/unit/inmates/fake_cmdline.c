// SPDX-License-Identifier: GPL-2.0-or-later
/* Without <inmate/cmdline.h>, in which the command line is constant */
#include <string.h>

#include "fake_cmdline.h"

extern char cmdline[256];
char cmdline[256];

void fake_cmdline_set(const char *text)
{
	size_t length = strlen(text);

	/* all bytes may be used, without a NUL */
	memset(cmdline, 0, sizeof(cmdline));
	memcpy(cmdline, text,
	       length < sizeof(cmdline) ? length : sizeof(cmdline));
}
