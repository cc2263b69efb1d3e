/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The target that "config check" looks at: this machine, or a recorded one. */
#ifndef CLI_CHECK_TARGET_H
#define CLI_CHECK_TARGET_H

#include "check_input.h"

struct check_target {
	struct jhcfg_live *live; /* NULL: there is none */
	struct jhcfg_board *board;
};

/*
 * Reads the machine at @path, "/" for this one. Its hardware counts for a
 * system whose board is not known. False after messages.
 */
bool check_target_read(struct check_target *target, struct check_input *input,
		       const char *path);
void check_target_clear(struct check_target *target);

#endif
