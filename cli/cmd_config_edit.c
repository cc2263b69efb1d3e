// SPDX-License-Identifier: GPL-2.0-or-later
/* config edit: changes of a project from a command line or a script. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jhcfg/diff.h>

#include "commands.h"
#include "edit_changes.h"
#include "edit_steps.h"
#include "diff_print.h"
#include "output.h"
#include "request.h"

/* --- what has changed
 * ---------------------------------------------------------- */

static int print_changes(bool as_json, const struct jhcfg_workspace *before,
			 const struct jhcfg_workspace *after)
{
	const struct jhcfg_workspace *sides[] = { before, after };
	struct jhcfg_diff_side side[2] = { { NULL, 0, NULL },
					   { NULL, 0, NULL } };
	const struct jhcfg_config **configs[2] = { NULL, NULL };
	struct diff_more more = { NULL, 0 };
	struct jhcfg_diff *diff = NULL;
	int err = edit_changes_find(before, after, &more);

	for (int n = 0; n < 2; n++) {
		size_t count = jhcfg_workspace_num_cells(sides[n]);

		configs[n] = calloc(count, sizeof(*configs[n]));
		for (size_t i = 0; configs[n] && i < count; i++)
			configs[n][i] = jhcfg_workspace_cell(
				sides[n],
				jhcfg_workspace_cell_key(sides[n], i));
		side[n].configs = configs[n];
		side[n].num_configs = configs[n] ? count : 0;
	}
	if (!configs[0] || !configs[1])
		err = -ENOMEM;
	if (!err)
		err = jhcfg_diff_make(&side[0], &side[1], &diff);
	if (!err)
		err = diff_print(diff, &more, as_json);
	edit_changes_clear(&more);
	jhcfg_diff_free(diff);
	free(configs[0]);
	free(configs[1]);
	return err;
}

/* --- the command -------------------------------------------------------------
 */

static int do_steps(const struct cmd_line *line, struct edit *edit)
{
	int argc = line->argc - 1;
	char **argv = line->argv + 1;

	while (argc > 0) {
		const struct edit_step *step = edit_find_step(argv[0]);
		int err;

		if (!step || argc < 1 + step->num_arguments) {
			output_error(step ? "%s: not enough words behind it"
					  : "%s: no such change",
				     argv[0]);
			return CMD_SHOW_USAGE;
		}
		err = step->run(edit, argv + 1);
		if (err)
			return CMD_FAILED;
		argc -= 1 + step->num_arguments;
		argv += 1 + step->num_arguments;
	}
	return CMD_OK;
}

static int save(const struct cmd_line *line, struct subject *subject)
{
	const char *output = cmd_option(line, "output");

	if (cmd_option(line, "dry-run"))
		return 0;
	if (!output && subject->source.dialect) {
		output_error("%s is no project: name one with -o",
			     line->argv[0]);
		return -EINVAL;
	}
	return request_save(subject, output ? output : line->argv[0],
			    !output && cmd_option(line, "backup"));
}

static int edit_subject(const struct cmd_line *line, struct subject *subject)
{
	struct jhcfg_workspace *before =
		jhcfg_workspace_fork(subject->workspace);
	struct edit edit = {
		.workspace = subject->workspace,
		.diags = jhcfg_diags_new(),
		.file = line->argv[0],
	};
	int code = CMD_FAILED;

	if (before && edit.diags)
		code = do_steps(line, &edit);
	else
		output_errno(line->argv[0], ENOMEM);
	/* findings of a step that succeeded say what was chosen */
	output_diags(line->argv[0], edit.diags);
	if (code == CMD_OK && (print_changes(cmd_option(line, "json"), before,
					     subject->workspace) ||
			       save(line, subject)))
		code = CMD_FAILED;
	jhcfg_diags_free(edit.diags);
	jhcfg_workspace_free(before);
	return code;
}

static int run(const struct cmd_line *line)
{
	struct subject subject = { 0 };
	int code = CMD_FAILED;

	if (!subject_open(line->argv[0], NULL, &subject) &&
	    !request_workspace(&subject, line->argv[0],
			       cmd_option(line, "board")))
		code = edit_subject(line, &subject);
	subject_close(&subject);
	return code;
}

static const struct cmd_option options[] = {
	{ 'o', "output", "FILE.json",
	  "write a copy of the project: FILE.json, with the other files "
	  "beside it",
	  COMPLETE_JSON },
	{ 'b', "backup", NULL, "keep what a file was in FILE~",
	  COMPLETE_NOTHING },
	{ 'n', "dry-run", NULL, "only print what would change",
	  COMPLETE_NOTHING },
	{ 0, "json", NULL, "print the changes as JSON", COMPLETE_NOTHING },
	{ 0, "board", "FILE", "the hardware, if the project has no board",
	  COMPLETE_FILE },
	{ 0 },
};

const struct command cmd_config_edit = {
	.words = { "config", "edit" },
	.operands = "SYSTEM CHANGE...",
	.summary = "change a project from a script",
	.description =
		"Carries out the changes in their order, or none of them, "
		"prints what is different then, and writes the files of the "
		"project that changed. The changes, each of so many words, "
		"are:\n" EDIT_STEPS_HELP "\n"
		"CELL is a cell's name, or \"root\". What a cell gets is taken "
		"from the cell that has it; \"root\" takes it back. A device "
		"comes with its registers, interrupts and stream ids.",
	.example = "jailhouse config edit system.json add-cell rtos give-cpu "
		   "rtos 3 add-memory rtos 64M give-device rtos uart1\n"
		   "jailhouse config edit -n system.json set rtos flags "
		   "+PASSIVE_COMMREG\n"
		   "jailhouse config edit system.json add-to-scenario demo "
		   "rtos waive S02 rtos/memory/uart 'it is meant to be seen'",
	.options = options,
	.min_operands = 2,
	.max_operands = -1,
	.usage_exit = CMD_USAGE,
	.complete = COMPLETE_CHANGE,
	.run = run,
};
