// SPDX-License-Identifier: LGPL-2.1-or-later
/* What keeps Linux from memory that is not its own. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plan/plan.h"
#include "util/number.h"

/* RAM of hypervisor, cells and links, without gaps that are kept anyway. */
static int collect(const struct jhcfg_plan *plan, struct ranges *own,
		   struct ranges *ram)
{
	struct ranges others = { 0 };
	int err = 0;

	plan_own(plan, own);
	plan_ram(plan, ram);
	for (size_t n = 0; n < ram->count; n++)
		ranges_add(&others, ram->items[n].start, ram->items[n].size);
	ranges_merge(&others);
	ranges_subtract(&others, own); /* RAM of Linux */
	ranges_clear(own);
	for (size_t n = 0; n < ram->count; n++)
		ranges_add(own, ram->items[n].start, ram->items[n].size);
	ranges_merge(own);
	ranges_subtract(own, &others);
	if (own->failed || ram->failed || others.failed)
		err = -ENOMEM;
	ranges_clear(&others);
	return err;
}

static bool covers(const struct ranges *set, const struct jhcfg_range *range)
{
	for (size_t n = 0; n < set->count; n++)
		if (range->start >= set->items[n].start &&
		    range->start - set->items[n].start < set->items[n].size &&
		    range->size <= set->items[n].size -
					   (range->start - set->items[n].start))
			return true;
	return false;
}

/* The words of the command line that reserve, if they do for all. */
static char *reserved_already(const struct jhcfg_plan *plan,
			      const struct ranges *own)
{
	const struct jhcfg_board *board = plan_board(plan);
	const char *word = board ? jhcfg_board_command_line(board) : "";
	struct ranges kept = { 0 };
	bool all = true;
	char *text = NULL;
	size_t size;
	FILE *out;

	plan_kept(plan, &kept);
	for (size_t n = 0; n < own->count; n++)
		all &= covers(&kept, &own->items[n]);
	ranges_clear(&kept);
	if (!all || (!strstr(word, "mem=") && !strstr(word, "memmap=")))
		return NULL;
	out = open_memstream(&text, &size);
	for (bool first = true; out && *word; word += strcspn(word, " ")) {
		word += strspn(word, " ");
		if (strncmp(word, "mem=", 4) && strncmp(word, "memmap=", 7))
			continue;
		fprintf(out, "%s%.*s", first ? "" : " ",
			(int)strcspn(word, " "), word);
		first = false;
	}
	if (out && fclose(out)) {
		free(text);
		text = NULL;
	}
	return text;
}

/* x86: one parameter for each piece. */
static void write_memmap(FILE *out, const struct ranges *own)
{
	char size[JHCFG_NUMBER_SIZE];

	for (size_t n = 0; n < own->count; n++) {
		jhcfg_format_size(own->items[n].size, size);
		fprintf(out, "%smemmap=%s$0x%" PRIx64, n ? " " : "", size,
			own->items[n].start);
	}
}

/* mem= cuts off all RAM behind what it leaves; 0 if that would cost more than
 * an eighth of what is ours. */
static uint64_t mem_limit(const struct ranges *own, const struct ranges *ram)
{
	uint64_t first = own->items[0].start, below = 0, above = 0, ours = 0;

	for (size_t n = 0; n < ram->count; n++) {
		uint64_t end = ram->items[n].start + ram->items[n].size;

		if (end <= first) {
			below += ram->items[n].size;
		} else if (ram->items[n].start < first) {
			below += first - ram->items[n].start;
			above += end - first;
		} else {
			above += ram->items[n].size;
		}
	}
	for (size_t n = 0; n < own->count; n++)
		ours += own->items[n].size;
	return above - ours <= ours / 8 ? below : 0;
}

static void write_node(FILE *out, const struct ranges *own)
{
	fprintf(out, "in /reserved-memory of the device tree:");
	for (size_t n = 0; n < own->count; n++) {
		uint64_t start = own->items[n].start, size = own->items[n].size;

		fprintf(out,
			" jailhouse@%" PRIx64 " { reg = <0x%" PRIx64
			" 0x%" PRIx64 " 0x%" PRIx64 " 0x%" PRIx64
			">; no-map; };",
			start, start >> 32, start & UINT32_MAX, size >> 32,
			size & UINT32_MAX);
	}
}

static char *write_new(const struct jhcfg_plan *plan, const struct ranges *own,
		       const struct ranges *ram)
{
	uint64_t limit = mem_limit(own, ram);
	char number[JHCFG_NUMBER_SIZE], *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	if (!out)
		return NULL;
	jhcfg_format_size(limit, number);
	if (!plan_is_arm(plan))
		write_memmap(out, own);
	else if (limit)
		fprintf(out, "mem=%s", number);
	else
		write_node(out, own);
	if (fclose(out)) {
		free(text);
		return NULL;
	}
	return text;
}

char *jhcfg_plan_reservation(const struct jhcfg_workspace *workspace,
			     const char *scenario)
{
	struct jhcfg_plan *plan = plan_new(workspace, scenario, NULL);
	struct ranges own = { 0 }, ram = { 0 };
	char *text = NULL;

	if (plan && !collect(plan, &own, &ram)) {
		if (!own.count)
			text = strdup("");
		else
			text = reserved_already(plan, &own);
		if (!text)
			text = write_new(plan, &own, &ram);
	}
	ranges_clear(&own);
	ranges_clear(&ram);
	jhcfg_plan_free(plan);
	return text;
}
