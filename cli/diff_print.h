/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CLI_DIFF_PRINT_H
#define CLI_DIFF_PRINT_H

#include <stdbool.h>

#include <jhcfg/diff.h>

/* What is different, on stdout. -ENOMEM, or what writing said. */
int diff_print(const struct jhcfg_diff *diff, bool as_json);

#endif
