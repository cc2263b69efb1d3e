// SPDX-License-Identifier: GPL-2.0-or-later
#include "screen/output.h"

#include <string.h>

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

/* Delays ("$<5>") are for terminals that were slower than their line; tputs()
 * makes hundreds of NULs of each on a fast one. */
void tui_output_capability(const char *capability)
{
	while (capability && *capability) {
		const char *delay = strstr(capability, "$<");
		const char *end = delay ? strchr(delay, '>') : NULL;
		size_t size =
			end ? (size_t)(delay - capability) : strlen(capability);

		tui_output_bytes(capability, size);
		capability = end ? end + 1 : NULL;
	}
}
