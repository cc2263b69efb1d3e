// SPDX-License-Identifier: GPL-2.0-or-later
/* Any bytes as a project file or a board. What is accepted is written as JSON
 * that reads back and is written as the same. */
#include <stdlib.h>
#include <string.h>

#include <jhcfg/jhcfg.h>

#include "fuzz.h"

static void check_rewrite(const struct jhcfg_config *config)
{
	struct jhcfg_config *again = NULL;
	char *text, *again_text;

	if (jhcfg_project_write(config, &text) ||
	    jhcfg_project_read(text, strlen(text), NULL, &again) ||
	    jhcfg_project_write(again, &again_text) || strcmp(text, again_text))
		abort();
	free(again_text);
	free(text);
	jhcfg_config_free(again);
}

static void check_board(const struct jhcfg_board *board)
{
	struct jhcfg_board *again = NULL;
	char *text, *again_text;

	if (jhcfg_board_write(board, &text) ||
	    jhcfg_board_read(text, strlen(text), NULL, &again) ||
	    jhcfg_board_write(again, &again_text) || strcmp(text, again_text))
		abort();
	free(again_text);
	free(text);
	jhcfg_board_free(again);
}

static void check_config(const struct jhcfg_config *config,
			 struct jhcfg_diags *diags)
{
	void *binary;
	size_t binary_size;

	check_rewrite(config);
	if (!jhcfg_codec_encode(config, diags, &binary, &binary_size))
		free(binary);
}

int fuzz_target(const uint8_t *data, size_t size)
{
	struct jhcfg_diags *diags = jhcfg_diags_new();
	struct jhcfg_config *config = NULL;
	struct jhcfg_board *board = NULL;

	if (jhcfg_project_read_any((const char *)data, size, diags, &config,
				   &board)) {
		if (!jhcfg_diags_count(diags, JHCFG_ERROR))
			abort();
	} else if (board) {
		check_board(board);
	} else {
		check_config(config, diags);
	}
	jhcfg_board_free(board);
	jhcfg_config_free(config);
	jhcfg_diags_free(diags);
	return 0;
}
