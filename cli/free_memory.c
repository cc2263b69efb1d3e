// SPDX-License-Identifier: GPL-2.0-or-later
#include "free_memory.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define MIN_SIZE (1024 * 1024)

/*
 * Reads the next top-level "START-END : System RAM" of *@text. The kernel
 * sorts them by address. Returns false behind the last one.
 */
static bool next_system_ram(const char **text, uint64_t *start, uint64_t *end)
{
	while (**text) {
		const char *line = *text;
		size_t length = strcspn(line, "\n");
		int name = 0;

		*text = line + length + (line[length] == '\n');
		if (line[0] != ' ' &&
		    sscanf(line, "%" SCNx64 "-%" SCNx64 " : %n", start, end,
			   &name) == 2 &&
		    name && !strncmp(line + name, "System RAM", 10))
			return true;
	}
	return false;
}

static void keep_larger(uint64_t start, uint64_t end,
			struct devicetree_range *hole)
{
	if (end > start && end - start > hole->size) {
		hole->start = start;
		hole->size = end - start;
	}
}

/* What is left of one bank. */
static void scan_bank(const struct devicetree_range *bank, const char *iomem,
		      struct devicetree_range *hole)
{
	uint64_t pos = bank->start;
	uint64_t bank_end = bank->start + bank->size;
	uint64_t start, last;

	while (next_system_ram(&iomem, &start, &last)) {
		if (last < pos || start >= bank_end)
			continue;
		keep_larger(pos, start, hole);
		pos = last + 1;
	}
	if (pos >= bank->start)
		keep_larger(pos, bank_end, hole);
}

enum free_memory free_memory_find(const struct devicetree_range *banks,
				  size_t count, const char *iomem,
				  struct devicetree_range *hole)
{
	struct devicetree_range best = { 0 };
	const char *text = iomem;
	uint64_t start, last;

	/* without the right to see them, all addresses read as 0 */
	if (!count || !next_system_ram(&text, &start, &last) || last == 0)
		return FREE_MEMORY_UNKNOWN;
	for (size_t n = 0; n < count; n++)
		scan_bank(&banks[n], iomem, &best);
	if (best.size < MIN_SIZE)
		return FREE_MEMORY_NONE;
	*hole = best;
	return FREE_MEMORY_FOUND;
}
