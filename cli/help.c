// SPDX-License-Identifier: GPL-2.0-or-later
#include "help.h"

#include <string.h>

#include "globals.h"

/* Prints text in lines of at most 80 columns, indented by @indent. */
static void print_wrapped(FILE *out, int indent, const char *text)
{
	int column = indent;

	fprintf(out, "%*s", indent, "");
	while (*text) {
		int length = (int)strcspn(text, " \n");

		if (column > indent && column + 1 + length > 80) {
			fprintf(out, "\n%*s", indent, "");
			column = indent;
		}
		if (column > indent)
			column += fprintf(out, " ");
		column += fprintf(out, "%.*s", length, text);
		text += length;
		if (*text)
			text++;
	}
	fputc('\n', out);
}

static void print_name(FILE *out, const struct command *command)
{
	fprintf(out, "%s", command->words[0]);
	if (command->words[1])
		fprintf(out, " %s", command->words[1]);
}

static void print_option_synopsis(FILE *out, const struct cmd_option *option)
{
	fprintf(out, " [");
	if (option->letter)
		fprintf(out, "-%c|", option->letter);
	fprintf(out, "--%s", option->name);
	if (option->value)
		fprintf(out, " %s", option->value);
	fprintf(out, "]");
}

static void print_synopsis(FILE *out, const struct command *command)
{
	const struct cmd_option *option = command->options;

	print_name(out, command);
	/* with a raw command they stand among the operands */
	for (; option && option->name && !command->raw; option++)
		print_option_synopsis(out, option);
	if (*command->operands)
		fprintf(out, " %s", command->operands);
}

static void print_options(FILE *out, const struct cmd_option *option)
{
	for (; option && option->name; option++) {
		fprintf(out, "   ");
		if (option->letter)
			fprintf(out, "-%c, ", option->letter);
		fprintf(out, "--%s", option->name);
		if (option->value)
			fprintf(out, " %s", option->value);
		fputc('\n', out);
		print_wrapped(out, 10, option->help);
	}
}

/* Those that begin with @noun; NULL: all. */
static void print_commands(FILE *out, const char *noun)
{
	for (int n = 0; commands[n]; n++) {
		if (noun && strcmp(commands[n]->words[0], noun))
			continue;
		fprintf(out, "   ");
		print_synopsis(out, commands[n]);
		fputc('\n', out);
		print_wrapped(out, 10, commands[n]->summary);
	}
}

static void print_more(FILE *out)
{
	fprintf(out, "\n\"jailhouse COMMAND --help\" says more about one.\n");
}

void help_overview(FILE *out)
{
	fprintf(out, "Usage: jailhouse { COMMAND | --help | --version }\n\n"
		     "Commands:\n");
	print_commands(out, NULL);
	fprintf(out, "\nOptions before the command:\n");
	print_options(out, global_options);
	print_more(out);
}

bool help_is_noun(const char *word)
{
	for (int n = 0; commands[n]; n++) {
		if (commands[n]->words[1] &&
		    !strcmp(commands[n]->words[0], word))
			return true;
	}
	return false;
}

void help_noun(FILE *out, const char *noun)
{
	fprintf(out, "Usage: jailhouse %s COMMAND\n\nCommands:\n", noun);
	print_commands(out, noun);
	print_more(out);
}

void help_usage(FILE *out, const struct command *command)
{
	fprintf(out, "Usage: jailhouse ");
	print_synopsis(out, command);
	fprintf(out, "\n\"jailhouse ");
	print_name(out, command);
	fprintf(out, " --help\" says more.\n");
}

static void print_example(FILE *out, const char *example)
{
	fprintf(out, "\nExamples:\n");
	while (*example) {
		int length = (int)strcspn(example, "\n");

		fprintf(out, "   %.*s\n", length, example);
		example += length;
		if (*example)
			example++;
	}
}

void help_command(FILE *out, const struct command *command)
{
	fprintf(out, "Usage: jailhouse ");
	print_synopsis(out, command);
	fprintf(out, "\n\n");
	print_wrapped(out, 0,
		      command->description ? command->description
					   : command->summary);
	if (command->options) {
		fprintf(out, "\nOptions:\n");
		print_options(out, command->options);
	}
	if (command->example)
		print_example(out, command->example);
}
