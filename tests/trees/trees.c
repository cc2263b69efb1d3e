// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * trees SOURCE...: imports each (.dtb, or what "config collect" packed) and
 * prints
 *   NAME cpus memory interrupts windows
 * as tests/trees/count.py counts them on its own; and writes and reads it as
 * JSON, which must neither change the text nor a fact. Exit 1 if one is refused
 * or comes back changed.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jhcfg/jhcfg.h>

#include "same_board.h"

static void print_counts(const char *path, const struct jhcfg_board *board)
{
	size_t irqs = 0, windows = 0;

	for (size_t n = 0; n < jhcfg_board_num_devices(board); n++) {
		const struct jhcfg_hw_device *device =
			jhcfg_board_device(board, n);

		irqs += device->num_irqs;
		windows += device->num_windows;
	}
	printf("%s %zu %zu %zu %zu\n", strrchr(path, '/') + 1,
	       jhcfg_board_num_cpus(board), jhcfg_board_num_memories(board),
	       irqs, windows);
}

/* NULL: it came back as it was. */
static const char *there_and_back(const struct jhcfg_board *board,
				  struct jhcfg_diags *diags)
{
	struct jhcfg_board *copy = NULL;
	char *text = NULL, *again = NULL;
	const char *fault = NULL;

	if (jhcfg_board_write(board, &text))
		fault = "cannot be written";
	else if (jhcfg_board_read(text, strlen(text), diags, &copy))
		fault = "cannot be read back";
	else if (jhcfg_diags_count(diags, JHCFG_WARNING))
		fault = "has a key that the reader does not know";
	else if (jhcfg_board_write(copy, &again) || strcmp(text, again))
		fault = "is another text the second time";
	else
		fault = same_board(board, copy);
	jhcfg_board_free(copy);
	free(text);
	free(again);
	return fault;
}

static int check_json(const char *path, const struct jhcfg_board *board)
{
	struct jhcfg_diags *diags = jhcfg_diags_new();
	const char *fault = there_and_back(board, diags);
	const struct jhcfg_diag *diag = jhcfg_diags_get(diags, 0);

	if (fault)
		printf("%s as JSON: %s %s\n", path, fault,
		       diag ? diag->text : "");
	jhcfg_diags_free(diags);
	return fault != NULL;
}

static int import(const char *path)
{
	struct jhcfg_diags *diags = jhcfg_diags_new();
	struct jhcfg_source source = { 0 };
	int err = jhcfg_source_read(path, NULL, diags, &source);

	if (!err) {
		print_counts(path, source.board);
		err = check_json(path, source.board);
	} else {
		printf("%s refused: %s\n", path,
		       jhcfg_diags_get(diags, 0)->text);
	}
	jhcfg_source_clear(&source);
	jhcfg_diags_free(diags);
	return err;
}

int main(int argc, char **argv)
{
	int failed = 0;

	for (int n = 1; n < argc; n++)
		failed |= import(argv[n]) != 0;
	return failed;
}
