// SPDX-License-Identifier: LGPL-2.1-or-later
#include "util/quote.h"

#include <stdlib.h>
#include <string.h>

/*
 * Inside single quotes a shell takes everything as it is but the single quote
 * (POSIX.1-2017, XCU 2.2.2): that one leaves them, is escaped, and enters
 * again.
 */
static size_t quoted_size(const char *word)
{
	size_t size = 3; /* quotes and a blank */

	for (; *word; word++)
		size += *word == '\'' ? 4 : 1;
	return size;
}

static char *quote(char *to, const char *word)
{
	*to++ = '\'';
	for (; *word; word++) {
		if (*word == '\'') {
			memcpy(to, "'\\''", 4);
			to += 4;
		} else {
			*to++ = *word;
		}
	}
	*to++ = '\'';
	return to;
}

char *jhcfg_quote_command(const char *const *argv)
{
	size_t size = 1;
	char *command, *to;

	for (size_t n = 0; argv[n]; n++)
		size += quoted_size(argv[n]);
	to = command = malloc(size);
	if (!command)
		return NULL;
	for (size_t n = 0; argv[n]; n++) {
		if (n)
			*to++ = ' ';
		to = quote(to, argv[n]);
	}
	*to = 0;
	return command;
}
