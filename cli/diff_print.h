/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CLI_DIFF_PRINT_H
#define CLI_DIFF_PRINT_H

#include <stdbool.h>

#include <jhcfg/diff.h>

/* Differences of what is in no configuration. */
struct diff_more {
	struct jhcfg_change *changes;
	size_t count;
};

/* What is different, on stdout; @more may be NULL. -ENOMEM, or what writing
 * said. */
int diff_print(const struct jhcfg_diff *diff, const struct diff_more *more,
	       bool as_json);

#endif
