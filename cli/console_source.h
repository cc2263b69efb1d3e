/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where a console is read: a command that runs somewhere, or a socket. */
#ifndef CLI_CONSOLE_SOURCE_H
#define CLI_CONSOLE_SOURCE_H

#include "command.h"
#include "console_text.h"
#include "target.h"

#define CONSOLE_MAX_WORDS 12 /* with the NULL */

struct console_source {
	const char *argv[CONSOLE_MAX_WORDS]; /* the command; none: a socket */
	char *made[4];			     /* words that are to be freed */
	bool here;			     /* it runs on this machine */
	bool resumes; /* a word of it is the offset to begin at */
	bool replays; /* it begins with what was there before */
	char offset[24];
	const char *socket; /* "HOST:PORT" */
};

/* From operand and options of the line; false after messages. */
bool console_source_find(const struct cmd_line *line,
			 struct console_source *source);
void console_source_clear(struct console_source *source);

/* What the end of the command means, for people; NULL: nothing to say. */
const char *console_source_end(const struct jhcfg_job_end *end);

/*
 * console_run.c: prints what comes until it ends, the text wants no more, or
 * @seconds (0: no limit) are over. A connection that is lost is made again,
 * for up to a minute. 0, or -errno after messages.
 */
int console_run(struct console_source *source, unsigned int seconds,
		struct console_text *text);

#endif
