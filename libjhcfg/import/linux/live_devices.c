// SPDX-License-Identifier: LGPL-2.1-or-later
/* Where "/" is, and the fingerprint of the hardware. */
#include <errno.h>
#include <inttypes.h>
#include <sha256.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

static bool is_mmc_name(const char *name, size_t length)
{
	return length > 3 && !memcmp(name, "mmc", 3) && name[3] >= '0' &&
	       name[3] <= '9' && !memchr(name, ':', length);
}

/* "../../devices/pci0000:00/0000:00:1f.2/ata1/.../block/sda/sda1": the last
 * PCI function on the way, else the MMC host, else what is above "block". */
static void name_device(const char *link, char name[64])
{
	const char *before = "", *found = NULL;
	size_t length = 0, found_length = 0;
	bool is_pci = false;

	for (const char *at = link; *at; at += *at == '/') {
		size_t part = strcspn(at, "/");

		if (is_pci_name(at, part) ||
		    (!is_pci && is_mmc_name(at, part))) {
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
		name_device(link, name);
	reader->live.root_device = jhcfg_arena_text(&reader->arena, name);
	live_know(reader, JHCFG_LIVE_ROOT_DEVICE);
	return 0;
}

/* --- fingerprint --------------------------------------------------------- */

__attribute__((format(printf, 2, 3))) static void add(SHA2_CTX *hash,
						      const char *format, ...)
{
	char line[256];
	va_list args;
	int length;

	va_start(args, format);
	length = vsnprintf(line, sizeof(line), format, args);
	va_end(args);
	if (length > (int)sizeof(line) - 1)
		length = sizeof(line) - 1;
	SHA256Update(hash, (const uint8_t *)line, (size_t)length);
}

static void add_cpus(SHA2_CTX *hash, const struct jhcfg_board *board)
{
	const struct jhcfg_hw_cpu *cpu;

	for (size_t n = 0; (cpu = jhcfg_board_cpu(board, n)); n++)
		add(hash, "cpu %u %" PRIx64 " %s\n", cpu->id, cpu->phys_id,
		    cpu->compatible);
}

/* What memmap= or mem= take from Linux is a choice, no hardware; so is where
 * the kernel lies. */
static void add_memory(SHA2_CTX *hash, const struct jhcfg_board *board)
{
	const struct jhcfg_hw_memory *memory;

	for (size_t n = 0; (memory = jhcfg_board_memory(board, n)); n++)
		if (memory->kind == JHCFG_HW_FIRMWARE)
			add(hash, "firmware %" PRIx64 " %" PRIx64 "\n",
			    memory->range.start, memory->range.size);
}

static void add_devices(SHA2_CTX *hash, const struct jhcfg_board *board)
{
	const struct jhcfg_hw_device *device;

	for (size_t n = 0; (device = jhcfg_board_device(board, n)); n++) {
		add(hash, "device %s %s\n", device->name, device->status);
		for (size_t i = 0; i < device->num_windows; i++)
			add(hash, " window %" PRIx64 " %" PRIx64 "\n",
			    device->windows[i].start, device->windows[i].size);
		for (size_t i = 0; i < device->num_ports; i++)
			add(hash, " port %x %x\n", device->ports[i].base,
			    device->ports[i].length);
	}
}

static void add_pci(SHA2_CTX *hash, const struct jhcfg_board *board)
{
	const struct jhcfg_hw_pci_function *function;
	const struct jhcfg_hw_iommu *iommu;

	for (size_t n = 0; (function = jhcfg_board_pci_function(board, n)); n++)
		add(hash, "pci %x:%x %x:%x\n", function->domain, function->bdf,
		    function->vendor, function->device);
	for (size_t n = 0; (iommu = jhcfg_board_iommu(board, n)); n++)
		add(hash, "iommu %u %" PRIx64 "\n", iommu->unit.type,
		    iommu->unit.base);
}

int live_make_fingerprint(struct live_reader *reader)
{
	char text[SHA256_DIGEST_STRING_LENGTH];
	SHA2_CTX hash;

	SHA256Init(&hash);
	add_cpus(&hash, reader->board);
	add_memory(&hash, reader->board);
	add_devices(&hash, reader->board);
	add_pci(&hash, reader->board);
	add(&hash, "bios %s\n", reader->live.bios);
	SHA256End(&hash, text);
	reader->live.fingerprint = jhcfg_arena_text(&reader->arena, text);
	live_know(reader, JHCFG_LIVE_FINGERPRINT);
	return 0;
}
