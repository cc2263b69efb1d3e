// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Any machine: its files one behind the other, each after a line "@PATH"; a
 * line "@PATH -> TARGET" is a link. What is accepted is a board whose indices
 * lead somewhere, and which becomes a root cell or not, with a reason.
 */
#include <stdlib.h>
#include <string.h>

#include <jhcfg/jhcfg.h>

#include "fuzz.h"
#include "import/linux/import.h"
#include "machine_check.h"

/* The next line that begins with '@', or the end. */
static const char *next_file(const char *at, const char *end)
{
	while (at < end) {
		const char *line = memchr(at, '\n', (size_t)(end - at));

		if (!line || line + 1 >= end)
			return end;
		if (line[1] == '@')
			return line + 1;
		at = line + 1;
	}
	return end;
}

static void add_file(struct machine *machine, const char *at, const char *end)
{
	const char *line = memchr(at, '\n', (size_t)(end - at));
	char path[MACHINE_MAX_PATH], *arrow;
	size_t length = (size_t)((line ? line : end) - at) - 1;

	if (length >= sizeof(path))
		return;
	memcpy(path, at + 1, length);
	path[length] = '\0';
	arrow = strstr(path, " -> ");
	if (arrow) {
		*arrow = '\0';
		machine_add_link(machine, path, arrow + 4);
	} else if (line) {
		machine_add_file(machine, path, line + 1,
				 (size_t)(end - line - 1));
	}
}

int fuzz_target(const uint8_t *data, size_t size)
{
	const char *at = (const char *)data, *end = at + size;
	struct machine *machine;

	if (machine_new_memory("fuzz", &machine))
		return 0;
	if (at < end && *at != '@')
		at = next_file(at, end);
	while (at < end) {
		const char *next = next_file(at, end);

		add_file(machine, at, next);
		at = next;
	}
	machine_check(machine);
	machine_close(machine);
	return 0;
}
