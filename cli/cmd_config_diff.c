// SPDX-License-Identifier: GPL-2.0-or-later
/* config diff: what is different between any two, by meaning. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include <jhcfg/diff.h>

#include "commands.h"
#include "diff_print.h"
#include "output.h"
#include "subject.h"

static struct jhcfg_diff_side side_of(const struct subject *subject)
{
	return (struct jhcfg_diff_side){
		.configs = subject->configs,
		.num_configs = subject->num_configs,
		.board = subject->board,
	};
}

static int compare(const struct subject *a, const struct subject *b,
		   bool as_json)
{
	struct jhcfg_diff_side first = side_of(a), second = side_of(b);
	struct jhcfg_diff *diff;
	int err, code;

	/* hardware against a project: only the hardware */
	if (!a->workspace && a->source.board)
		second.num_configs = first.num_configs = 0;
	if (!b->workspace && b->source.board)
		second.num_configs = first.num_configs = 0;
	err = jhcfg_diff_make(&first, &second, &diff);
	if (err) {
		output_errno("config diff", err);
		return CMD_FAILED;
	}
	code = jhcfg_diff_change(diff, 0) ? CMD_FAILED : CMD_OK;
	err = diff_print(diff, NULL, as_json);
	jhcfg_diff_free(diff);
	return err ? CMD_FAILED : code;
}

/* Things that have nothing in common are not equal for that. */
static bool comparable(const struct subject *a, const struct subject *b)
{
	return (a->board && b->board) || (a->num_configs && b->num_configs);
}

static int run(const struct cmd_line *line)
{
	struct subject a, b = { 0 };
	int code = CMD_FAILED;

	if (!subject_open(line->argv[0], NULL, &a) &&
	    !subject_open(line->argv[1], NULL, &b)) {
		if (comparable(&a, &b))
			code = compare(&a, &b, cmd_option(line, "json"));
		else
			output_error("%s is %s, %s is %s: there is nothing to "
				     "compare",
				     line->argv[0], a.words, line->argv[1],
				     b.words);
	}
	subject_close(&a);
	subject_close(&b);
	return code;
}

static const struct cmd_option options[] = {
	{ 0, "json", NULL, "print the differences as JSON", COMPLETE_NOTHING },
	{ 0 },
};

const struct command cmd_config_diff = {
	.words = { "config", "diff" },
	.operands = "A B",
	.summary = "tell what is different between any two, by meaning",
	.description =
		"A and B are each " SUBJECT_HELP
		". Cells are matched by name, regions by name or address, "
		"interrupts and PCI functions by number: how they are ordered "
		"and spread over entries does not count. Where one of both is "
		"hardware, the other one's board is compared with it: that is "
		"how to see whether a machine has changed since a project was "
		"made for it. Exit code: 0 nothing is different, 1 something "
		"is, or could not be read, 2 wrong usage.",
	.example = "jailhouse config diff system.json running\n"
		   "jailhouse config diff old.cell new.c\n"
		   "jailhouse config diff system.json /",
	.options = options,
	.min_operands = 2,
	.max_operands = 2,
	.usage_exit = CMD_USAGE,
	.complete = COMPLETE_FILE,
	.run = run,
};
