// SPDX-License-Identifier: GPL-2.0-or-later
#include "parse.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* The state of one run over the words. */
struct parser {
	const struct command *command;
	struct cmd_line *line;
	int argc;
	char **argv;
	int pos;
	char *message;
	size_t size;
};

static bool matches(const struct command *command, int argc, char **argv,
		    int *used)
{
	int words = command->words[1] ? 2 : 1;

	if (argc < words)
		return false;
	for (int n = 0; n < words; n++) {
		if (strcmp(command->words[n], argv[n]))
			return false;
	}
	*used = words;
	return true;
}

const struct command *cmd_find(const struct command *const *table, int argc,
			       char **argv, int *used)
{
	for (; *table; table++) {
		if (matches(*table, argc, argv, used))
			return *table;
	}
	return NULL;
}

const char *cmd_option(const struct cmd_line *line, const char *name)
{
	const struct cmd_option *options = line->command->options;

	for (int n = 0; options && options[n].name; n++) {
		if (!strcmp(options[n].name, name))
			return line->options[n];
	}
	return NULL;
}

bool cmd_takes_first(const struct cmd_line *line, int index)
{
	(void)line;
	return !index;
}

static enum cmd_parse_result fail(const struct parser *parser, const char *what,
				  const char *word)
{
	snprintf(parser->message, parser->size, "%s: %s", word, what);
	return CMD_PARSE_ERROR;
}

static enum cmd_parse_result fail_missing(const struct parser *parser)
{
	const struct command *command = parser->command;

	snprintf(parser->message, parser->size, "%s%s%s: an operand is missing",
		 command->words[0], command->words[1] ? " " : "",
		 command->words[1] ? command->words[1] : "");
	return CMD_PARSE_ERROR;
}

/* Notes option number @index; @value: text joined to it, or NULL. */
static enum cmd_parse_result take_option(struct parser *parser, int index,
					 const char *value)
{
	const struct cmd_option *option = &parser->command->options[index];
	const char *word = parser->argv[parser->pos];

	if (!option->value && value)
		return fail(parser, "the option takes no value", word);
	if (option->value && !value) {
		if (parser->pos + 1 >= parser->argc)
			return fail(parser, "the option needs a value", word);
		value = parser->argv[++parser->pos];
	}
	parser->line->options[index] = value ? value : "";
	return CMD_PARSED;
}

static enum cmd_parse_result parse_long(struct parser *parser)
{
	const char *word = parser->argv[parser->pos];
	const struct cmd_option *options = parser->command->options;
	const char *equals = strchr(word, '=');
	size_t length = equals ? (size_t)(equals - word) - 2 : strlen(word) - 2;

	for (int n = 0; options && options[n].name; n++) {
		if (strlen(options[n].name) == length &&
		    !strncmp(options[n].name, word + 2, length))
			return take_option(parser, n,
					   equals ? equals + 1 : NULL);
	}
	return fail(parser, "the option is unknown", word);
}

static enum cmd_parse_result parse_short(struct parser *parser)
{
	const char *word = parser->argv[parser->pos];
	const struct cmd_option *options = parser->command->options;

	for (int n = 0; options && options[n].name; n++) {
		if (options[n].letter && options[n].letter == word[1])
			return take_option(parser, n,
					   word[2] ? word + 2 : NULL);
	}
	return fail(parser, "the option is unknown", word);
}

static enum cmd_parse_result parse_word(struct parser *parser, bool *plain)
{
	const char *word = parser->argv[parser->pos];

	/* no option is a digit: "-22" is a number */
	if (*plain || word[0] != '-' || !word[1] ||
	    isdigit((unsigned char)word[1])) {
		parser->line->argv[parser->line->argc++] =
			parser->argv[parser->pos];
		return CMD_PARSED;
	}
	if (!strcmp(word, "--")) {
		*plain = true;
		return CMD_PARSED;
	}
	if (!strcmp(word, "--help") || !strcmp(word, "-h"))
		return CMD_PARSE_HELP;
	return word[1] == '-' ? parse_long(parser) : parse_short(parser);
}

static enum cmd_parse_result check_operands(const struct parser *parser)
{
	const struct command *command = parser->command;
	int count = parser->line->argc;

	if (count < command->min_operands)
		return fail_missing(parser);
	if (command->max_operands >= 0 && count > command->max_operands)
		return fail(parser, "one operand too many",
			    parser->line->argv[command->max_operands]);
	return CMD_PARSED;
}

static bool asks_for_help(int argc, char **argv)
{
	return argc == 1 &&
	       (!strcmp(argv[0], "--help") || !strcmp(argv[0], "-h"));
}

enum cmd_parse_result cmd_parse(const struct command *command, int argc,
				char **argv, struct cmd_line *line,
				char *message, size_t size)
{
	struct parser parser = {
		.command = command,
		.line = line,
		.argc = argc,
		.argv = argv,
		.message = message,
		.size = size,
	};
	enum cmd_parse_result result;
	bool plain = false;

	*line = (struct cmd_line){ .command = command, .argv = argv };
	if (command->raw) {
		if (asks_for_help(argc, argv))
			return CMD_PARSE_HELP;
		line->argc = argc;
		return check_operands(&parser);
	}
	for (; parser.pos < argc; parser.pos++) {
		result = parse_word(&parser, &plain);
		if (result != CMD_PARSED)
			return result;
	}
	return check_operands(&parser);
}
