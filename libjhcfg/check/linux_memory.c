// SPDX-License-Identifier: LGPL-2.1-or-later
#include "check/linux_memory.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jailhouse/cell-config.h>

#include "util/number.h"

/* --- the command line ----------------------------------------------------- */

const char *linux_command_line(const struct check *check)
{
	if (jhcfg_live_knows(check->live, JHCFG_LIVE_COMMAND_LINE))
		return check->live->command_line;
	return check->board ? jhcfg_board_command_line(check->board) : "";
}

const char *linux_next_option(const char **position, const char *name,
			      size_t *length)
{
	const size_t name_length = strlen(name);
	const char *at = *position;

	for (;;) {
		at += strspn(at, " \t\n\"");
		if (!*at)
			break;
		*length = strcspn(at, " \t\n\"");
		*position = at + *length;
		if (*length > name_length && at[name_length] == '=' &&
		    !strncmp(at, name, name_length)) {
			*length -= name_length + 1;
			return at + name_length + 1;
		}
		at = *position;
	}
	*position = at;
	return NULL;
}

/* A number with K, M, G in the first @length bytes at @text. */
static bool parse(const char *text, size_t length, uint64_t *value)
{
	char copy[32];

	if (!length || length >= sizeof(copy))
		return false;
	memcpy(copy, text, length);
	copy[length] = 0;
	return !jhcfg_parse_number(copy, UINT64_MAX, value);
}

/* memmap=SIZE$START keeps a range; other forms do something else. */
static void read_memmap(struct linux_memory *memory, const char *text,
			size_t length)
{
	while (length) {
		const char *comma = memchr(text, ',', length);
		size_t part = comma ? (size_t)(comma - text) : length;
		const char *dollar = memchr(text, '$', part);
		uint64_t size, start;

		if (dollar && parse(text, (size_t)(dollar - text), &size) &&
		    parse(dollar + 1, part - (size_t)(dollar + 1 - text),
			  &start)) {
			memory->known = true;
			intervals_add(&memory->kept, start, size, 0, 0);
			intervals_add(&memory->for_us, start, size, 0, 0);
		}
		text += part;
		length -= part;
		if (length) {
			text++;
			length--;
		}
	}
}

/* What is kept by mem=LIMIT: on x86 all from that address on; on Arm all but
 * the first LIMIT bytes of RAM. */
static void keep_above(struct linux_memory *memory, const struct check *check,
		       uint64_t limit)
{
	uint64_t start = limit;

	for (size_t n = 0; !check_is_x86(check) && n < memory->ram.count; n++) {
		const struct interval *bank = &memory->ram.items[n];
		uint64_t size = bank->last - bank->start + 1;

		start = bank->start + (limit < size ? limit : size);
		if (limit <= size)
			break;
		limit -= size;
	}
	memory->known = true;
	if (!start)
		return;
	intervals_add(&memory->kept, start, UINT64_MAX - start, 0, 0);
	intervals_add(&memory->for_us, start, UINT64_MAX - start, 0, 0);
}

static void read_command_line(struct linux_memory *memory,
			      const struct check *check)
{
	const char *position = linux_command_line(check);
	const char *value;
	uint64_t limit;
	size_t length;

	while ((value = linux_next_option(&position, "memmap", &length)))
		read_memmap(memory, value, length);
	position = linux_command_line(check);
	while ((value = linux_next_option(&position, "mem", &length)))
		if (parse(value, length, &limit) && limit)
			keep_above(memory, check, limit);
}

/* --- the board and the target --------------------------------------------- */

bool linux_memory_is_for_us(const struct jhcfg_hw_memory *memory)
{
	static const char *const words[] = { "jailhouse", "inmate",
					     "hypervisor" };

	for (size_t n = 0; n < sizeof(words) / sizeof(words[0]); n++)
		if (memory->kind == JHCFG_HW_RESERVED &&
		    strcasestr(memory->name, words[n]))
			return true;
	return false;
}

static void read_board(struct linux_memory *memory,
		       const struct jhcfg_board *board)
{
	const struct jhcfg_hw_memory *entry;

	for (size_t n = 0; (entry = jhcfg_board_memory(board, n)); n++) {
		struct intervals *set = entry->kind == JHCFG_HW_RAM
						? &memory->ram
						: &memory->kept;

		intervals_add(set, entry->range.start, entry->range.size, 0, 0);
		if (!linux_memory_is_for_us(entry))
			continue;
		memory->known = true;
		intervals_add(&memory->for_us, entry->range.start,
			      entry->range.size, 0, 0);
	}
}

/* A kernel that hides addresses from the reader shows zeroes. */
static bool read_iomem(struct linux_memory *memory,
		       const struct jhcfg_live *target)
{
	bool found = false;

	for (size_t n = 0; n < target->num_iomem; n++) {
		const struct jhcfg_live_range *line = &target->iomem[n];

		if (strcmp(line->name, "System RAM") != 0 ||
		    line->range.size < 2)
			continue;
		intervals_add(&memory->ram, line->range.start, line->range.size,
			      0, 0);
		found = true;
	}
	memory->known |= found;
	return found;
}

int linux_memory_make(struct linux_memory *memory, const struct check *check)
{
	int err;

	*memory = (struct linux_memory){ 0 };
	if (!jhcfg_live_knows(check->live, JHCFG_LIVE_IOMEM) ||
	    !read_iomem(memory, check->live)) {
		if (check->board)
			read_board(memory, check->board);
		err = intervals_sort(&memory->ram);
		if (err)
			return err;
		read_command_line(memory, check);
	} else {
		err = intervals_sort(&memory->ram);
	}
	if (!err)
		err = intervals_sort(&memory->kept);
	if (!err)
		err = intervals_sort(&memory->for_us);
	return err;
}

void linux_memory_clear(struct linux_memory *memory)
{
	intervals_clear(&memory->ram);
	intervals_clear(&memory->kept);
	intervals_clear(&memory->for_us);
}

bool linux_memory_uses(const struct linux_memory *memory, uint64_t start,
		       uint64_t size, uint64_t *first)
{
	const uint64_t end = check_last(start, size);

	if (!size)
		return false;
	for_each_touching(&memory->ram, n, start, end)
	{
		const struct interval *bank = &memory->ram.items[n];
		uint64_t from = bank->start > start ? bank->start : start;
		uint64_t to = bank->last < end ? bank->last : end;

		if (intervals_gap(&memory->kept, &from, &to)) {
			*first = from;
			return true;
		}
	}
	return false;
}

void linux_memory_collect(const struct linux_memory *memory,
			  struct intervals *set)
{
	for (size_t n = 0; n < memory->ram.count; n++) {
		uint64_t at = memory->ram.items[n].start;
		uint64_t to = memory->ram.items[n].last;

		while (intervals_gap(&memory->kept, &at, &to)) {
			/* one less than all addresses there are is enough */
			intervals_add(set, at,
				      to - at + (to - at != UINT64_MAX), 0, 0);
			if (to == memory->ram.items[n].last)
				break;
			at = to + 1;
			to = memory->ram.items[n].last;
		}
	}
}
