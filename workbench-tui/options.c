// SPDX-License-Identifier: GPL-2.0-or-later
#include "options.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* An option: how it is written, what it does, what is told about it. */
struct option_row {
	char letter; /* 0: none */
	const char *name;
	const char *value; /* NULL: it takes none */
	int (*set)(struct tui_options *options, const char *value, int arg);
	int arg;
	const char *help;
};

static int add_target(struct tui_options *options, const char *value, int arg)
{
	(void)arg;
	if (options->num_targets == TUI_MAX_TARGETS)
		return -ENOSPC;
	options->targets[options->num_targets++] = value;
	return 0;
}

static int set_output(struct tui_options *options, const char *value, int arg)
{
	(void)value;
	options->output = (enum tui_output)arg;
	return 0;
}

static int set_openmetrics(struct tui_options *options, const char *value,
			   int arg)
{
	options->openmetrics = value;
	return set_output(options, value, arg);
}

static int set_listen(struct tui_options *options, const char *value, int arg)
{
	options->listen = value;
	return set_output(options, value, arg);
}

/* A number of at most three decimals in thousandths, within limits. */
static int read_milli(const char *text, unsigned int min, unsigned int max,
		      unsigned int *milli)
{
	double value;
	char *end;

	errno = 0;
	value = strtod(text, &end);
	if (end == text || *end || errno || !(value * 1000 >= min) ||
	    !(value * 1000 <= max))
		return -EINVAL;
	*milli = (unsigned int)(value * 1000 + 0.5);
	return 0;
}

static int set_delay(struct tui_options *options, const char *value, int arg)
{
	(void)arg;
	options->has_delay = true;
	return read_milli(value, 100, 3600 * 1000, &options->delay_ms);
}

static int set_speed(struct tui_options *options, const char *value, int arg)
{
	(void)arg;
	return read_milli(value, 250, 64000, &options->speed_milli);
}

static int set_count(struct tui_options *options, const char *value, int arg)
{
	char *end;

	(void)arg;
	errno = 0;
	options->count = strtoull(value, &end, 10);
	if (*value < '0' || *value > '9' || *end || errno || !options->count)
		return -EINVAL;
	return 0;
}

static int add_budget(struct tui_options *options, const char *value, int arg)
{
	(void)arg;
	return tui_budgets_add(&options->budgets, value);
}

/* Where the texts are: @arg is an index here. */
enum {
	TEXT_RECORD,
	TEXT_REPLAY,
	TEXT_COLUMNS,
	TEXT_SORT,
	TEXT_FILTER,
	TEXT_SETTINGS
};

static int set_text(struct tui_options *options, const char *value, int arg)
{
	const char **const texts[] = {
		[TEXT_RECORD] = &options->record,
		[TEXT_REPLAY] = &options->replay,
		[TEXT_COLUMNS] = &options->columns,
		[TEXT_SORT] = &options->sort,
		[TEXT_FILTER] = &options->filter,
		[TEXT_SETTINGS] = &options->settings,
	};

	*texts[arg] = value;
	return 0;
}

enum {
	FLAG_READONLY,
	FLAG_WRITABLE,
	FLAG_NO_MOUSE,
	FLAG_ASCII,
	FLAG_HELP,
	FLAG_VERSION,
	FLAG_MAN
};

static int set_flag(struct tui_options *options, const char *value, int arg)
{
	bool *const flags[] = {
		[FLAG_READONLY] = &options->readonly,
		[FLAG_WRITABLE] = &options->writable,
		[FLAG_NO_MOUSE] = &options->no_mouse,
		[FLAG_ASCII] = &options->ascii,
		[FLAG_HELP] = &options->help,
		[FLAG_VERSION] = &options->version,
		[FLAG_MAN] = &options->man,
	};

	(void)value;
	*flags[arg] = true;
	return 0;
}

static int set_colors(struct tui_options *options, const char *value, int arg)
{
	static const char *const names[] = {
		[TUI_COLORS_AUTO] = "auto", [TUI_COLORS_MONO] = "mono",
		[TUI_COLORS_16] = "16",	    [TUI_COLORS_256] = "256",
		[TUI_COLORS_TRUE] = "true",
	};

	(void)arg;
	for (size_t n = 0; n < sizeof(names) / sizeof(names[0]); n++) {
		if (strcmp(value, names[n]))
			continue;
		options->colors = (enum tui_colors)n;
		return 0;
	}
	return -EINVAL;
}

// clang-format off
static const struct option_row rows[] = {
	{ 't', "target", "NAME", add_target, 0,
	  "look at ssh://[USER@]HOST[:PORT], emu://BOARD, recorded:FILE or "
	  "local; again: further tabs" },
	{ 'd', "delay", "SECONDS", set_delay, 0,
	  "time between two refreshes, 0.1 to 3600 (1)" },
	{ 'n', "iterations", "COUNT", set_count, 0,
	  "end after so many refreshes" },
	{ 'r', "record", "FILE", set_text, TEXT_RECORD,
	  "write all that is seen to a new recording" },
	{ 0, "replay", "FILE", set_text, TEXT_REPLAY,
	  "show a recording as if it happened now" },
	{ 0, "speed", "FACTOR", set_speed, 0,
	  "of the replay, 0.25 to 64 (1)" },
	{ 0, "budget", "BUDGET", add_budget, 0,
	  "exits that a cell may have: \"rtos: 0/s\", \"rtos mmio: 2.5/s\", "
	  "\"*: 100/s\"; may be repeated" },
	{ 'b', "batch", NULL, set_output, TUI_OUT_TEXT,
	  "print text instead of showing a screen" },
	{ 0, "json", NULL, set_output, TUI_OUT_JSON,
	  "print a JSON object a refresh, each on a line" },
	{ 0, "json-schema", NULL, set_output, TUI_OUT_SCHEMA,
	  "print the JSON Schema of these lines" },
	{ 0, "csv", NULL, set_output, TUI_OUT_CSV,
	  "print lines of comma-separated values" },
	{ 0, "openmetrics", "FILE", set_openmetrics, TUI_OUT_OPENMETRICS,
	  "write metrics for a textfile collector; -: print them" },
	{ 0, "listen", "127.0.0.1:PORT", set_listen, TUI_OUT_OPENMETRICS,
	  "serve metrics to a Prometheus; not as root" },
	{ 0, "columns", "NAME,...", set_text, TEXT_COLUMNS,
	  "columns of cells, in this order" },
	{ 's', "sort", "[-]NAME", set_text, TEXT_SORT,
	  "sort by this column; -: inverted" },
	{ 'F', "filter", "TEXT", set_text, TEXT_FILTER,
	  "only cells with this in name or state" },
	{ 0, "readonly", NULL, set_flag, FLAG_READONLY,
	  "no actions; so it is unless run by root" },
	{ 0, "writable", NULL, set_flag, FLAG_WRITABLE,
	  "actions, also if not run by root" },
	{ 'C', "color", "MODE", set_colors, 0,
	  "auto, mono, 16, 256 or true" },
	{ 'A', "ascii", NULL, set_flag, FLAG_ASCII,
	  "no characters but those of ASCII" },
	{ 'M', "no-mouse", NULL, set_flag, FLAG_NO_MOUSE,
	  "leave the mouse to the terminal" },
	{ 0, "settings", "FILE", set_text, TEXT_SETTINGS,
	  "instead of $XDG_CONFIG_HOME/jh-top/settings" },
	{ 0, "man", NULL, set_flag, FLAG_MAN,
	  "print the manual page" },
	{ 'V', "version", NULL, set_flag, FLAG_VERSION,
	  "print the version" },
	{ 'h', "help", NULL, set_flag, FLAG_HELP,
	  "print this" },
};
// clang-format on

#define NUM_ROWS (sizeof(rows) / sizeof(rows[0]))

static const struct option_row *find_name(const char *name, size_t length)
{
	for (size_t n = 0; n < NUM_ROWS; n++) {
		if (strlen(rows[n].name) == length &&
		    !strncmp(rows[n].name, name, length))
			return &rows[n];
	}
	return NULL;
}

static const struct option_row *find_letter(char letter)
{
	for (size_t n = 0; letter && n < NUM_ROWS; n++) {
		if (rows[n].letter == letter)
			return &rows[n];
	}
	return NULL;
}

static int say(FILE *errors, const char *what, const char *text)
{
	fprintf(errors, "jh-top: %s%s; see jh-top --help\n", what, text);
	return -EINVAL;
}

static int apply(const struct option_row *row, const char *value,
		 struct tui_options *options, FILE *errors)
{
	if (!row->set(options, value, row->arg))
		return 0;
	fprintf(errors, "jh-top: --%s: cannot use \"%s\": %s\n", row->name,
		value ? value : "", row->help);
	return -EINVAL;
}

/* "--name", "--name=value", "--name" "value" */
static int parse_long(int argc, char **argv, int *index,
		      struct tui_options *options, FILE *errors)
{
	const char *name = argv[*index] + 2;
	const char *equals = strchr(name, '=');
	size_t length = equals ? (size_t)(equals - name) : strlen(name);
	const struct option_row *row = find_name(name, length);
	const char *value = equals ? equals + 1 : NULL;

	if (!row)
		return say(errors, "no option ", argv[*index]);
	if (value && !row->value)
		return say(errors, "it takes no value: ", argv[*index]);
	if (!value && row->value) {
		if (*index + 1 >= argc)
			return say(errors, "it needs a value: ", argv[*index]);
		value = argv[++*index];
	}
	return apply(row, value, options, errors);
}

/* "-bn3", "-n" "3" */
static int parse_letters(int argc, char **argv, int *index,
			 struct tui_options *options, FILE *errors)
{
	const char *letters = argv[*index] + 1;

	for (; *letters; letters++) {
		const struct option_row *row = find_letter(*letters);
		const char *value;

		if (!row)
			return say(errors, "no option ", argv[*index]);
		if (!row->value) {
			row->set(options, NULL, row->arg);
			continue;
		}
		value = letters[1] ? letters + 1 : NULL;
		if (!value && *index + 1 < argc)
			value = argv[++*index];
		if (!value)
			return say(errors, "it needs a value: ", argv[*index]);
		return apply(row, value, options, errors);
	}
	return 0;
}

/* What does not go together. */
static int check(const struct tui_options *options, FILE *errors)
{
	if (options->replay && options->num_targets)
		return say(errors, "--replay and --target exclude each other",
			   "");
	if (options->replay && options->record)
		return say(errors, "--replay and --record exclude each other",
			   "");
	if (options->readonly && options->writable)
		return say(errors,
			   "--readonly and --writable exclude each other", "");
	if (options->openmetrics && options->listen)
		return say(errors,
			   "--openmetrics and --listen exclude each other", "");
	if (options->num_targets > 1 && options->output != TUI_OUT_SCREEN)
		return say(errors,
			   "only the screen shows several targets: give one "
			   "--target",
			   "");
	if (options->num_targets > 1 && options->record)
		return say(errors,
			   "a recording is of one target: give one --target",
			   "");
	return 0;
}

int tui_options_parse(int argc, char **argv, struct tui_options *options,
		      FILE *errors)
{
	options->speed_milli = 1000;
	for (int n = 1; n < argc; n++) {
		int err;

		if (argv[n][0] != '-' || !argv[n][1])
			return say(errors,
				   "it takes options only, not: ", argv[n]);
		if (argv[n][1] == '-')
			err = parse_long(argc, argv, &n, options, errors);
		else
			err = parse_letters(argc, argv, &n, options, errors);
		if (err)
			return err;
	}
	return check(options, errors);
}

/* "-d, --delay SECONDS" */
static void spell(const struct option_row *row, char *text, size_t size)
{
	char letter[8] = "    ";

	if (row->letter)
		snprintf(letter, sizeof(letter), "-%c, ", row->letter);
	snprintf(text, size, "%s--%s%s%s", letter, row->name,
		 row->value ? " " : "", row->value ? row->value : "");
}

void tui_options_help(FILE *out)
{
	fputs("usage: jh-top [OPTION]...\n"
	      "Shows what the hypervisor and every cell do.\n\n",
	      out);
	for (size_t n = 0; n < NUM_ROWS; n++) {
		char text[64];

		spell(&rows[n], text, sizeof(text));
		fprintf(out, "  %-27s %s\n", text, rows[n].help);
	}
	fputs("\nThe keys are told by ? on the screen, and in jh-top(1).\n",
	      out);
}

void tui_options_man(FILE *out)
{
	for (size_t n = 0; n < NUM_ROWS; n++) {
		char text[64], *start = text;

		spell(&rows[n], text, sizeof(text));
		while (*start == ' ')
			start++;
		fputs(".TP\n.B ", out);
		for (; *start; start++) {
			if (*start == '-')
				fputc('\\', out);
			fputc(*start, out);
		}
		fprintf(out, "\n%s.\n", rows[n].help);
	}
}

void tui_options_words(FILE *out)
{
	for (size_t n = 0; n < NUM_ROWS; n++)
		fprintf(out, "--%s\n", rows[n].name);
}
