/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Lines of a console against patterns. */
#ifndef JHCFG_FAULT_MATCH_H
#define JHCFG_FAULT_MATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <jhcfg/fault.h>

#define MATCH_NUMBERS 9

/* A part of the line. */
struct match_text {
	const char *start;
	size_t length;
};

struct match {
	uint64_t numbers[MATCH_NUMBERS]; /* in the order of the pattern */
	unsigned int count;
	enum jhcfg_access access;
	struct match_text name; /* %n */
	struct match_text rest; /* %* */
};

/*
 * Whether all of the line is as @pattern says; what it holds is in @match.
 * %x: a hexadecimal number, with or without 0x; %d: a decimal one; %a: "read",
 * "write" or "execute"; %n: text up to the first quote behind which the rest of
 * the pattern follows; %*: the rest of the line; a blank: any number of them.
 * Numbers beyond 64 bits do not match.
 */
bool match_line(const char *pattern, const char *line, size_t length,
		struct match *match);

#endif
