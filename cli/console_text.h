/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A console's bytes on their way to the terminal: time stamps, a log, and
 * explanations of faults behind their dumps. */
#ifndef CLI_CONSOLE_TEXT_H
#define CLI_CONSOLE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "fault_context.h"

#define CONSOLE_MAX_LINE 512
#define CONSOLE_TAIL	 512

struct console_text {
	bool stamps;
	FILE *log;	   /* NULL: none */
	const char *until; /* the last line has this; NULL: there is none */
	struct fault_context *faults; /* NULL: no explanations */
	struct jhcfg_fault_reader *reader;
	void (*ask)(void *user); /* before the first fault is explained */
	void *user;
	bool in_line; /* something of a line was printed */
	char line[CONSOLE_MAX_LINE];
	size_t length;	 /* of the line; bytes beyond its end are not kept */
	bool found;	 /* the line with `until` */
	uint64_t offset; /* of the console, behind the last byte */
	/* the last bytes that came, to find the place in a replay */
	char tail[CONSOLE_TAIL];
	size_t tail_length;
	char *replay; /* what comes again; NULL: nothing does */
	size_t replay_length;
};

/* Prints what came. false: stdout or the log takes no more. */
bool console_text_add(struct console_text *text, const void *data, size_t size);
/* What comes next begins with what was there before: it is printed from where
 * we were, or all of it if that is not in it. */
void console_text_begin_replay(struct console_text *text);
/* Nothing comes for a while: what was held back is all there is. */
bool console_text_end_replay(struct console_text *text);
/* A line of our own, between theirs: "--- connection lost ---". */
void console_text_note(struct console_text *text, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

#endif
