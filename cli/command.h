/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A command of the tool: one file, one const entry. Parsing, help, the manual
 * pages and shell completion all come from the entries.
 */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include <stdbool.h>

/* Exit codes. Verbs of the established tool answer wrong usage with 1. */
enum {
	CMD_OK = 0,
	CMD_FAILED = 1,
	CMD_USAGE = 2,
};

/* What the shell offers for a value. */
enum cmd_complete {
	COMPLETE_NOTHING,
	COMPLETE_FILE,
	COMPLETE_CONFIG,  /* *.cell */
	COMPLETE_JSON,	  /* *.json */
	COMPLETE_DIALECT, /* short names of dialects */
	COMPLETE_CELL,	  /* ids and names of the cells that exist */
	COMPLETE_CHANGE,  /* a project, then what "config edit" does */
};

struct cmd_option {
	char letter;	   /* 0: only the long form */
	const char *name;  /* without the dashes */
	const char *value; /* placeholder, NULL for a switch */
	const char *help;
	enum cmd_complete complete;
};

#define CMD_MAX_OPTIONS 16

/* A parsed command line. */
struct cmd_line {
	const struct command *command;
	/* for each row of command->options: NULL if absent, the value, or ""
	 * for a switch */
	const char *options[CMD_MAX_OPTIONS];
	int argc; /* operands */
	char **argv;
};

/* What a command does when --target names another machine. */
enum cmd_place {
	PLACE_HERE,  /* nothing: it is about files of this machine */
	PLACE_READS, /* reads files of the target; works on recordings, too */
	PLACE_RUNS,  /* runs there */
};

struct command {
	const char *words[2];	 /* noun and verb, or one word and NULL */
	const char *operands;	 /* for the synopsis: "CELLCONFIG" or "" */
	const char *summary;	 /* one line, no full stop */
	const char *description; /* for the manual; NULL: the summary */
	const char *example;	 /* command lines, one a line; may be NULL */
	const struct cmd_option *options; /* ends with a NULL name; or NULL */
	int min_operands;
	int max_operands; /* -1: any number */
	int usage_exit;	  /* CMD_FAILED or CMD_USAGE */
	/* the command reads its arguments itself, since options belong to
	 * the operand before them; cmd_line.argv is all of them */
	bool raw;
	enum cmd_complete complete; /* of the operands */
	enum cmd_place place;
	/* PLACE_RUNS: operand @index is a file of ours, which is taken along;
	 * NULL: none is */
	bool (*takes_along)(const struct cmd_line *line, int index);
	/* returns the exit code, or CMD_SHOW_USAGE */
	int (*run)(const struct cmd_line *line);
};

/* Result of run(): the operands make no sense; the usage is to be shown. */
#define CMD_SHOW_USAGE (-1)

/* All commands in the order of the manual, then NULL. */
extern const struct command *const commands[];

/* The value of option @name (a row of the command), NULL if absent. */
const char *cmd_option(const struct cmd_line *line, const char *name);

/* For takes_along: the first operand. */
bool cmd_takes_first(const struct cmd_line *line, int index);

#endif
