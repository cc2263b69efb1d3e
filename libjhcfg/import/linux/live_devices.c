// SPDX-License-Identifier: LGPL-2.1-or-later
/* Where "/" is, and the fingerprint of the hardware. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jhcfg/diff.h>

#include "import/linux/live.h"
#include "import/linux/text.h"

#define MAX_LINK 512

/* --- "/" ----------------------------------------------------------------- */

/* "36 35 8:1 / / rw,..." in the mount whose fifth field is "/" */
static bool find_root(char *text, char number[32])
{
	struct text_lines lines = { text, 0 };
	char *line, where[8];

	while ((line = text_next_line(&lines)))
		if (sscanf(line, "%*u %*u %31s %*s %7s", number, where) == 2 &&
		    !strcmp(where, "/"))
			return true;
	return false;
}

static bool is_pci_name(const char *name, size_t length)
{
	return length == 12 && name[4] == ':' && name[7] == ':' &&
	       name[10] == '.';
}

/* "fe340000.mmc": a platform's device with its address */
static bool is_platform_name(const char *name, size_t length)
{
	size_t digits = strspn(name, "0123456789abcdef");

	return digits && digits <= 16 && digits + 1 < length &&
	       name[digits] == '.' &&
	       strchr("abcdefghijklmnopqrstuvwxyz", name[digits + 1]);
}

/* "../../devices/pci0000:00/0000:00:1f.2/ata1/.../block/sda/sda1", or
 * "../../devices/platform/soc/fe340000.mmc/mmc_host/mmc0/..." */
void live_name_device(const char *link, char name[64])
{
	const char *before = "", *found = NULL;
	size_t length = 0, found_length = 0;
	bool is_pci = false;

	for (const char *at = link; *at; at += *at == '/') {
		size_t part = strcspn(at, "/");

		if (is_pci_name(at, part) ||
		    (!is_pci && is_platform_name(at, part))) {
			is_pci = is_pci_name(at, part);
			found = at;
			found_length = part;
		} else if (part == 5 && !memcmp(at, "block", 5)) {
			if (!found) {
				found = before;
				found_length = length;
			}
			break;
		}
		before = at;
		length = part;
		at += part;
	}
	if (found && found_length < 64)
		snprintf(name, 64, "%.*s", (int)found_length, found);
}

int live_read_devices(struct live_reader *reader)
{
	char number[32], path[MACHINE_MAX_PATH], link[MAX_LINK], name[64] = "";
	char *text;
	size_t size;
	bool found;
	int err = machine_read(reader->machine, "proc/self/mountinfo", &text,
			       &size);

	if (err)
		return err == -ENOMEM ? err : 0;
	found = find_root(text, number);
	free(text);
	if (!found || strchr(number, '/'))
		return 0;
	snprintf(path, sizeof(path), "sys/dev/block/%s", number);
	if (!reader->machine->ops->link(reader->machine, path, link,
					sizeof(link)))
		live_name_device(link, name);
	reader->live.root_device = jhcfg_arena_text(&reader->arena, name);
	live_know(reader, JHCFG_LIVE_ROOT_DEVICE);
	return 0;
}

/* --- fingerprint --------------------------------------------------------- */

/* One word, whatever the vendor wrote. */
static void add_bios(char *text, size_t size, const char *bios)
{
	size_t used = strlen(text);

	if (!*bios || used + sizeof(" bios:") >= size)
		return;
	used += (size_t)snprintf(text + used, size - used, " bios:");
	for (; *bios && used + 1 < size; bios++)
		text[used++] = *bios <= ' ' || *bios > '~' ? '_' : *bios;
	text[used] = 0;
}

int live_make_fingerprint(struct live_reader *reader)
{
	char text[512], *print = jhcfg_board_fingerprint(reader->board);

	if (!print)
		return -ENOMEM;
	snprintf(text, sizeof(text), "%s", print);
	free(print);
	add_bios(text, sizeof(text), reader->live.bios);
	reader->live.fingerprint = jhcfg_arena_text(&reader->arena, text);
	live_know(reader, JHCFG_LIVE_FINGERPRINT);
	return 0;
}
