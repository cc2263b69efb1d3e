// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * trees FILE.dtb...: imports each and generates its root cell where the board
 * can have one, as "config import" does. Prints how many trees, root cells, and
 * seconds of one CPU, reading of the files included.
 */
#include <stdio.h>
#include <time.h>

#include <jhcfg/jhcfg.h>

static double cpu_seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* 1 if there is a root cell; -1 if the tree was refused. */
static int import(const char *path)
{
	const struct jhcfg_root_options options = { 0 };
	struct jhcfg_diags *diags = jhcfg_diags_new();
	struct jhcfg_config *config = NULL;
	struct jhcfg_board *board = NULL;
	int result = -1;

	if (!jhcfg_import_device_tree(path, NULL, 0, diags, &board))
		result = !jhcfg_root_generate(board, &options, diags, &config);
	jhcfg_config_free(config);
	jhcfg_board_free(board);
	jhcfg_diags_free(diags);
	return result;
}

int main(int argc, char **argv)
{
	double begin = cpu_seconds();
	int roots = 0;

	for (int n = 1; n < argc; n++) {
		int result = import(argv[n]);

		if (result < 0) {
			fprintf(stderr, "%s: refused\n", argv[n]);
			return 1;
		}
		roots += result;
	}
	printf("%d %d %.3f\n", argc - 1, roots, cpu_seconds() - begin);
	return 0;
}
