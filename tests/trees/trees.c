// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * trees FILE.dtb...: imports each and prints
 *   NAME cpus memory interrupts windows
 * as tests/trees/count.py counts them on its own. Exit 1 if one is refused.
 */
#include <stdio.h>
#include <string.h>

#include <jhcfg/jhcfg.h>

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

static int import(const char *path)
{
	struct jhcfg_diags *diags = jhcfg_diags_new();
	struct jhcfg_board *board = NULL;
	int err = jhcfg_import_device_tree(path, NULL, 0, diags, &board);

	if (!err)
		print_counts(path, board);
	else
		printf("%s refused: %s\n", path,
		       jhcfg_diags_get(diags, 0)->text);
	jhcfg_board_free(board);
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
