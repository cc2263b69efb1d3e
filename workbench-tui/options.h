/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The command line of jh-top. Parsing, --help, the synopsis of the manual and
 * completion come from one table.
 */
#ifndef TUI_OPTIONS_H
#define TUI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "model/budget.h"

#define TUI_MAX_TARGETS 9 /* as many as there are digits for tabs */

enum tui_output {
	TUI_OUT_SCREEN,
	TUI_OUT_TEXT, /* -b */
	TUI_OUT_JSON,
	TUI_OUT_CSV,
	TUI_OUT_OPENMETRICS,
	TUI_OUT_SCHEMA, /* the JSON Schema of --json, and nothing else */
};

enum tui_colors {
	TUI_COLORS_AUTO,
	TUI_COLORS_MONO,
	TUI_COLORS_16,
	TUI_COLORS_256,
	TUI_COLORS_TRUE,
};

/* Strings are those of the command line. */
struct tui_options {
	const char *targets[TUI_MAX_TARGETS];
	size_t num_targets; /* 0: this machine */

	enum tui_output output;
	bool has_delay;
	unsigned int delay_ms;
	uint64_t count;		 /* refreshes until the end; 0: for ever */
	const char *openmetrics; /* file; "-": to the standard output */
	const char *listen;	 /* "127.0.0.1:PORT" */

	const char *record;
	const char *replay; /* a recording: the only target */
	unsigned int speed_milli;
	struct tui_budgets budgets;

	const char *columns; /* names with commas between them; NULL */
	const char *sort;    /* "-NAME": inverted; NULL */
	const char *filter;  /* NULL */
	bool readonly, writable;
	bool no_mouse;
	enum tui_colors colors;
	bool ascii;
	const char *settings; /* file; NULL: where XDG says */

	bool help, version, man;
};

/*
 * Parses a command line into @options, which are zeroed. 0, or -EINVAL after a
 * line to @errors that says what is wrong.
 */
int tui_options_parse(int argc, char **argv, struct tui_options *options,
		      FILE *errors);
/* What --help prints. */
void tui_options_help(FILE *out);
/* The options as rows of a manual page, see man.c. */
void tui_options_man(FILE *out);
/* Words of all options, each on a line: for shells' completion. */
void tui_options_words(FILE *out);

#endif
