// SPDX-License-Identifier: GPL-2.0-or-later
/* Help, manual and completion tell of every command and option. */
#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmocka_all.h"
#include "commands.h"
#include "completion.h"
#include "help.h"
#include "man.h"

static char *text;
static size_t size;

static FILE *capture(void)
{
	FILE *out = open_memstream(&text, &size);

	assert_non_null(out);
	return out;
}

static void assert_has(const char *part)
{
	if (!strstr(text, part))
		print_error("no \"%s\" in:\n%s\n", part, text);
	assert_non_null(strstr(text, part));
}

static void test_table_rows_are_complete(void **state)
{
	(void)state;
	for (int n = 0; commands[n]; n++) {
		const struct command *command = commands[n];
		int count = 0;

		assert_non_null(command->words[0]);
		assert_non_null(command->operands);
		assert_non_null(command->run);
		assert_true(*command->summary);
		assert_true(command->usage_exit == CMD_FAILED ||
			    command->usage_exit == CMD_USAGE);
		for (; command->options && command->options[count].name;
		     count++)
			/* "-22" is a number, see parse.c */
			assert_false(isdigit(
				(unsigned char)command->options[count].letter));
		assert_true(count <= CMD_MAX_OPTIONS);
		for (int before = 0; before < n; before++)
			assert_false(commands[before]->words[0] ==
					     command->words[0] &&
				     commands[before]->words[1] ==
					     command->words[1]);
	}
}

static void test_overview_names_every_command(void **state)
{
	char line[256];
	FILE *out = capture();

	(void)state;
	help_overview(out);
	fclose(out);
	for (int n = 0; commands[n]; n++) {
		const char *verb = commands[n]->words[1];

		snprintf(line, sizeof(line), "\n   %s%s%s",
			 commands[n]->words[0], verb ? " " : "",
			 verb ? verb : "");
		assert_has(line);
	}
	free(text);
}

static void test_help_of_a_command_names_its_options(void **state)
{
	(void)state;
	for (int n = 0; commands[n]; n++) {
		const struct cmd_option *option = commands[n]->options;
		FILE *out = capture();
		char part[64];

		help_command(out, commands[n]);
		fclose(out);
		assert_has(commands[n]->operands);
		for (; option && option->name; option++) {
			snprintf(part, sizeof(part), "--%s", option->name);
			assert_has(part);
		}
		free(text);
	}
}

/* Paragraphs break; synopses and examples are to be copied as they are. */
static void test_help_paragraphs_fit_80_columns(void **state)
{
	(void)state;
	for (int n = 0; commands[n]; n++) {
		FILE *out = capture();

		help_command(out, commands[n]);
		fclose(out);
		for (char *line = strtok(text, "\n"); line;
		     line = strtok(NULL, "\n")) {
			if (!strstr(line, "jailhouse "))
				assert_true(strlen(line) <= 80);
		}
		free(text);
	}
}

/* As roff has it, with escaped dashes: a new string. */
static char *escape(const char *plain)
{
	char *escaped = malloc(2 * strlen(plain) + 1), *to = escaped;

	assert_non_null(escaped);
	for (; *plain; plain++) {
		if (*plain == '-')
			*to++ = '\\';
		*to++ = *plain;
	}
	*to = '\0';
	return escaped;
}

static void assert_has_escaped(const char *plain)
{
	char *escaped = escape(plain);

	assert_has(escaped);
	free(escaped);
}

static void check_page(const struct command *command, const char *word)
{
	const struct cmd_option *option = command->options;
	char part[512];
	FILE *out = capture();

	assert_true(man_write(out, word));
	fclose(out);
	snprintf(part, sizeof(part), "\n.SS %s%s%s\n", command->words[0],
		 command->words[1] ? " " : "",
		 command->words[1] ? command->words[1] : "");
	assert_has(part);
	for (; option && option->name; option++) {
		snprintf(part, sizeof(part), "--%s\\fR", option->name);
		assert_has_escaped(part);
	}
	assert_has_escaped(command->description ? command->description
						: command->summary);
	free(text);
}

static void test_manual_has_every_command_on_both_pages(void **state)
{
	(void)state;
	for (int n = 0; commands[n]; n++) {
		check_page(commands[n], NULL);
		check_page(commands[n], commands[n]->words[0]);
	}
}

static void test_manual_of_an_unknown_word_is_refused(void **state)
{
	FILE *out = capture();

	(void)state;
	assert_false(man_write(out, "none"));
	fclose(out);
	free(text);
}

static void test_completion_has_every_command_and_option(void **state)
{
	FILE *out = capture();

	(void)state;
	completion_write(out);
	fclose(out);
	for (int n = 0; commands[n]; n++) {
		const struct cmd_option *option = commands[n]->options;
		char part[64];

		snprintf(part, sizeof(part), "\t'%s%s%s')",
			 commands[n]->words[0],
			 commands[n]->words[1] ? " " : "",
			 commands[n]->words[1] ? commands[n]->words[1] : "");
		assert_has(part);
		for (; option && option->name; option++) {
			snprintf(part, sizeof(part), " --%s", option->name);
			assert_has(part);
		}
	}
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_table_rows_are_complete),
		cmocka_unit_test(test_overview_names_every_command),
		cmocka_unit_test(test_help_of_a_command_names_its_options),
		cmocka_unit_test(test_help_paragraphs_fit_80_columns),
		cmocka_unit_test(test_manual_has_every_command_on_both_pages),
		cmocka_unit_test(test_manual_of_an_unknown_word_is_refused),
		cmocka_unit_test(test_completion_has_every_command_and_option),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
