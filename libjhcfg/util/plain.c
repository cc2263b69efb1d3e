// SPDX-License-Identifier: LGPL-2.1-or-later
#include "util/plain.h"

#include <stdbool.h>
#include <string.h>

static bool is_control(unsigned char byte)
{
	return byte < 0x20 || byte == 0x7f;
}

void jhcfg_make_plain(char *text, size_t size, const char *keep, char with)
{
	for (size_t n = 0; n < size; n++) {
		unsigned char byte = (unsigned char)text[n];
		unsigned char next =
			n + 1 < size ? (unsigned char)text[n + 1] : 0;

		if (byte == 0xc2 && next >= 0x80 && next < 0xa0)
			text[n] = text[n + 1] = with;
		else if (is_control(byte) && (!byte || !strchr(keep, byte)))
			text[n] = with;
	}
}
