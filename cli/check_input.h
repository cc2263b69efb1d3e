/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What "config check" is given: a system with its cells, in any form. */
#ifndef CLI_CHECK_INPUT_H
#define CLI_CHECK_INPUT_H

#include <stdbool.h>
#include <stddef.h>

#include <jhcfg/check.h>
#include <jhcfg/workspace.h>

struct check_input {
	const char *path; /* of the system */
	bool is_project;  /* can be saved where it came from */
	struct jhcfg_workspace *workspace;
	/* binary files as they are, for rules about bytes */
	struct jhcfg_check_file *files;
	size_t num_files;
};

/*
 * Reads the system at @path and the @count cells at @cells. A project brings
 * its own cells, unless some are named: then only those count. A cell that is
 * no configuration stays in files, for rules to say so.
 * False, after messages, if there is nothing to judge.
 */
bool check_input_read(struct check_input *input, const char *path,
		      char *const *cells, size_t count);
/* Takes the hardware from this file; false after messages. */
bool check_input_set_board(struct check_input *input, const char *path);
void check_input_clear(struct check_input *input);

/* The file that a cell (its key; 0: the system) came from. */
const char *check_input_file(const struct check_input *input, uint32_t cell);

#endif
