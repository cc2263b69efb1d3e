/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which RAM Linux uses, and which is kept from it. */
#ifndef JHCFG_CHECK_LINUX_MEMORY_H
#define JHCFG_CHECK_LINUX_MEMORY_H

#include "check/intervals.h"
#include "check/view.h"

struct linux_memory {
	/* somebody has kept memory from Linux, or the target tells what it
	 * uses: a board that is only described says nothing of that */
	bool known;
	struct intervals ram;	 /* that there is, or that Linux says it has */
	struct intervals kept;	 /* from Linux; may reach beyond RAM */
	struct intervals for_us; /* the part that is kept for partitions */
};

/* Also to be cleared after -ENOMEM. */
int linux_memory_make(struct linux_memory *memory, const struct check *check);
void linux_memory_clear(struct linux_memory *memory);

/* Linux uses a part of the range; *@first is its first address. */
bool linux_memory_uses(const struct linux_memory *memory, uint64_t start,
		       uint64_t size, uint64_t *first);

/* Adds all that Linux uses to a set. */
void linux_memory_collect(const struct linux_memory *memory,
			  struct intervals *set);

/* A reservation that somebody made for partitions, as its name says. */
bool linux_memory_is_for_us(const struct jhcfg_hw_memory *memory);

/* The command line of the target, or what the board recommends; may be "". */
const char *linux_command_line(const struct check *check);
/* The option's values ("mem", "memmap") one by one: *@position is "" or where
 * the last call ended, at first the command line. The text up to the next
 * blank, *@length bytes of it; NULL: there is no further one. */
const char *linux_next_option(const char **position, const char *name,
			      size_t *length);

#endif
