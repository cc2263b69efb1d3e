// SPDX-License-Identifier: GPL-2.0-or-later
#include "screen/output.h"

#include <string.h>

#include <curses.h>
#include <term.h>

#include "screen/restore.h"

/* Of one thread. A refresh that changes little fits in it: one write(). */
static struct {
	char bytes[2048];
	size_t used;
} output;

void tui_output_flush(void)
{
	tui_restore_write(output.bytes, output.used);
	output.used = 0;
}

void tui_output_bytes(const char *bytes, size_t size)
{
	while (size) {
		size_t room = sizeof(output.bytes) - output.used;
		size_t part = size < room ? size : room;

		memcpy(output.bytes + output.used, bytes, part);
		output.used += part;
		bytes += part;
		size -= part;
		if (output.used == sizeof(output.bytes))
			tui_output_flush();
	}
}

static int put_byte(int byte)
{
	const char text = (char)byte;

	tui_output_bytes(&text, 1);
	return byte;
}

void tui_output_capability(const char *capability)
{
	if (capability)
		tputs(capability, 1, put_byte);
}
