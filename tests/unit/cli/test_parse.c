// SPDX-License-Identifier: GPL-2.0-or-later
#include "parse.h"

#include <string.h>

#include "cmocka_all.h"
#include "device.h"

static const struct cmd_option options[] = {
	{ 'f', "follow", NULL, "", COMPLETE_NOTHING },
	{ 'o', "output", "FILE", "", COMPLETE_NOTHING },
	{ 0, "json", NULL, "", COMPLETE_NOTHING },
	{ 0 },
};

static const struct command one_word = {
	.words = { "run" },
	.operands = "A [B]",
	.options = options,
	.min_operands = 1,
	.max_operands = 2,
};

static const struct command two_words = {
	.words = { "cell", "run" },
	.operands = "ANY...",
	.options = options,
	.min_operands = 1,
	.max_operands = -1,
	.raw = true,
};

static const struct command *const table[] = { &one_word, &two_words, NULL };

/* What one call left behind. */
static struct cmd_line line;
static char message[128];
static char *words[16];

static enum cmd_parse_result parse(const struct command *command,
				   const char *const *args)
{
	int count = 0;

	for (; args[count]; count++)
		words[count] = (char *)(uintptr_t)args[count];
	return cmd_parse(command, count, words, &line, message,
			 sizeof(message));
}

#define PARSE(command, ...)                                                    \
	parse(command, (const char *const[]){ __VA_ARGS__, NULL })

static void test_find_command_by_one_or_two_words(void **state)
{
	char *run[] = { (char[]){ "run" }, (char[]){ "x" } };
	char *cell_run[] = { (char[]){ "cell" }, (char[]){ "run" } };
	int used = 0;

	(void)state;
	assert_ptr_equal(cmd_find(table, 2, run, &used), &one_word);
	assert_int_equal(used, 1);
	assert_ptr_equal(cmd_find(table, 2, cell_run, &used), &two_words);
	assert_int_equal(used, 2);
	assert_null(cmd_find(table, 1, cell_run, &used));
	assert_null(cmd_find(table, 0, cell_run, &used));
}

static void test_parse_options_anywhere(void **state)
{
	(void)state;
	assert_int_equal(PARSE(&one_word, "a", "-f", "--output", "x", "b"),
			 CMD_PARSED);
	assert_int_equal(line.argc, 2);
	assert_string_equal(line.argv[0], "a");
	assert_string_equal(line.argv[1], "b");
	assert_string_equal(cmd_option(&line, "follow"), "");
	assert_string_equal(cmd_option(&line, "output"), "x");
	assert_null(cmd_option(&line, "json"));
	assert_null(cmd_option(&line, "none"));
}

static void test_parse_values_joined_or_apart(void **state)
{
	(void)state;
	assert_int_equal(PARSE(&one_word, "-ox", "a"), CMD_PARSED);
	assert_string_equal(cmd_option(&line, "output"), "x");
	assert_int_equal(PARSE(&one_word, "-o", "y", "a"), CMD_PARSED);
	assert_string_equal(cmd_option(&line, "output"), "y");
	assert_int_equal(PARSE(&one_word, "--output=z", "a"), CMD_PARSED);
	assert_string_equal(cmd_option(&line, "output"), "z");
}

static void test_parse_double_dash_ends_options(void **state)
{
	(void)state;
	assert_int_equal(PARSE(&one_word, "--", "-f", "--json"), CMD_PARSED);
	assert_int_equal(line.argc, 2);
	assert_null(cmd_option(&line, "follow"));
	assert_int_equal(PARSE(&one_word, "-"), CMD_PARSED);
	assert_string_equal(line.argv[0], "-");
}

static void test_parse_negative_number_is_an_operand(void **state)
{
	(void)state;
	assert_int_equal(PARSE(&one_word, "-22", "-f"), CMD_PARSED);
	assert_int_equal(line.argc, 1);
	assert_string_equal(line.argv[0], "-22");
}

static void test_parse_wrong_usage_is_an_error(void **state)
{
	(void)state;
	assert_int_equal(PARSE(&one_word, "a", "--none"), CMD_PARSE_ERROR);
	assert_string_equal(message, "--none: the option is unknown");
	assert_int_equal(PARSE(&one_word, "a", "-x"), CMD_PARSE_ERROR);
	assert_int_equal(PARSE(&one_word, "a", "--out", "x"), CMD_PARSE_ERROR);
	assert_int_equal(PARSE(&one_word, "a", "-o"), CMD_PARSE_ERROR);
	assert_int_equal(PARSE(&one_word, "a", "--json=1"), CMD_PARSE_ERROR);
	assert_int_equal(PARSE(&one_word, "a", "-f1"), CMD_PARSE_ERROR);
	assert_int_equal(PARSE(&one_word, "-f"), CMD_PARSE_ERROR);
	assert_int_equal(PARSE(&one_word, "a", "b", "c"), CMD_PARSE_ERROR);
	assert_string_equal(message, "c: one operand too many");
}

static void test_parse_help_wins(void **state)
{
	(void)state;
	assert_int_equal(PARSE(&one_word, "--help"), CMD_PARSE_HELP);
	assert_int_equal(PARSE(&one_word, "a", "-h"), CMD_PARSE_HELP);
	assert_int_equal(PARSE(&two_words, "--help"), CMD_PARSE_HELP);
}

static void test_parse_raw_command_gets_all_words(void **state)
{
	(void)state;
	assert_int_equal(PARSE(&two_words, "1", "-s", "text", "-a", "0x10"),
			 CMD_PARSED);
	assert_int_equal(line.argc, 5);
	assert_string_equal(line.argv[1], "-s");
}

/* The ids of the established tool: what is a number is one. */
static void check_id(const char *text, int id, const char *name)
{
	char *argv[] = { (char *)(uintptr_t)text };
	struct jailhouse_cell_id cell;

	assert_true(device_only_cell_id(1, argv, &cell));
	assert_int_equal(cell.id, id);
	assert_int_equal(cell.padding, 0);
	assert_string_equal(cell.name, name);
}

static void test_cell_id_number_or_name(void **state)
{
	(void)state;
	check_id("1", 1, "");
	check_id("0", 0, "");
	check_id("0x10", 16, "");
	check_id("010", 8, "");
	check_id("inmate", -1, "inmate");
	check_id("1a", -1, "1a");
	check_id("-1", -1, "-1");
	check_id("99999999999999999999", -1, "99999999999999999999");
	check_id("4294967296", -1, "4294967296");
	check_id("", -1, "");
}

static void test_cell_name_cut_to_31_characters(void **state)
{
	(void)state;
	check_id("abcdefghijklmnopqrstuvwxyz0123456789", -1,
		 "abcdefghijklmnopqrstuvwxyz01234");
}

static void test_cell_id_name_option_forces_name(void **state)
{
	char *argv[] = { (char[]){ "--name" }, (char[]){ "1" } };
	struct jailhouse_cell_id cell;

	(void)state;
	assert_true(device_only_cell_id(2, argv, &cell));
	assert_int_equal(cell.id, -1);
	assert_string_equal(cell.name, "1");
	assert_false(device_only_cell_id(1, argv, &cell));
	assert_false(device_only_cell_id(0, argv, &cell));
}

static void test_cell_id_extra_words_refused(void **state)
{
	char *argv[] = { (char[]){ "1" }, (char[]){ "2" } };
	struct jailhouse_cell_id cell;

	(void)state;
	assert_false(device_only_cell_id(2, argv, &cell));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_find_command_by_one_or_two_words),
		cmocka_unit_test(test_parse_options_anywhere),
		cmocka_unit_test(test_parse_values_joined_or_apart),
		cmocka_unit_test(test_parse_double_dash_ends_options),
		cmocka_unit_test(test_parse_negative_number_is_an_operand),
		cmocka_unit_test(test_parse_wrong_usage_is_an_error),
		cmocka_unit_test(test_parse_help_wins),
		cmocka_unit_test(test_parse_raw_command_gets_all_words),
		cmocka_unit_test(test_cell_id_number_or_name),
		cmocka_unit_test(test_cell_name_cut_to_31_characters),
		cmocka_unit_test(test_cell_id_name_option_forces_name),
		cmocka_unit_test(test_cell_id_extra_words_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
