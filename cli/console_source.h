/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where a console is read: a command that runs somewhere, or a socket. */
#ifndef CLI_CONSOLE_SOURCE_H
#define CLI_CONSOLE_SOURCE_H

#include <jhcfg/follow.h>

#include "command.h"
#include "console_text.h"
#include "target.h"

struct console_source {
	const char *const *argv; /* the command; NULL: a socket */
	struct jhcfg_follow follow;
	const char *words[6]; /* of an emulated board's */
	char *emulator;
	bool here;	    /* it runs on this machine */
	bool resumes;	    /* it goes on from any place */
	unsigned int cell;  /* its number, if it resumes */
	bool replays;	    /* it begins with what was there before */
	const char *socket; /* "HOST:PORT" */
};

/* From operand and options of the line; false after messages. */
bool console_source_find(const struct cmd_line *line,
			 struct console_source *source);
/* Before each start of the command: what is behind byte @offset is wanted, if
 * it can be had. */
void console_source_place(struct console_source *source, uint64_t offset);
void console_source_clear(struct console_source *source);

/*
 * console_run.c: prints what comes until it ends, the text wants no more, or
 * @seconds (0: no limit) are over. A connection that is lost is made again,
 * for up to a minute. 0, or -errno after messages.
 */
int console_run(struct console_source *source, unsigned int seconds,
		struct console_text *text);

#endif
