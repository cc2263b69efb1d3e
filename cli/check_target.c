// SPDX-License-Identifier: GPL-2.0-or-later
#include "check_target.h"

#include <string.h>

#include <jhcfg/import.h>
#include <jhcfg/live.h>

#include "output.h"

static int use_board(struct check_input *input, struct jhcfg_board *board)
{
	int err;

	if (!board || jhcfg_workspace_board(input->workspace))
		return 0;
	err = jhcfg_workspace_begin(input->workspace, "Set board");
	if (err)
		return err;
	err = jhcfg_workspace_set_board(input->workspace, board);
	jhcfg_workspace_end(input->workspace);
	return err;
}

bool check_target_read(struct check_target *target, struct check_input *input,
		       const char *path)
{
	struct jhcfg_diags *diags = jhcfg_diags_new();
	int err = jhcfg_live_read(path, diags, &target->live);

	output_diags(path, diags);
	if (err && !jhcfg_diags_get(diags, 0))
		output_errno(path, err);
	jhcfg_diags_free(diags);
	if (err)
		return false;
	/* What says nothing of its hardware may still say something else. */
	diags = jhcfg_diags_new();
	if (!jhcfg_import_machine(path, diags, &target->board))
		target->live->board = target->board;
	else
		output_diags(path, diags);
	jhcfg_diags_free(diags);
	err = use_board(input, target->board);
	if (err)
		output_errno(path, err);
	return !err;
}

void check_target_clear(struct check_target *target)
{
	jhcfg_live_free(target->live);
	jhcfg_board_free(target->board);
}
