/* SPDX-License-Identifier: GPL-2.0-or-later */
/* "config check --fix" */
#ifndef CLI_CHECK_FIX_H
#define CLI_CHECK_FIX_H

#include "check_input.h"

/*
 * Applies fix-its of the rules in the list ("H02,B07", or "all") until none is
 * left that can be applied, and says on stderr what was done and what was not.
 * 0; -EINVAL after a message if the list is none; -ENOMEM.
 */
int check_fix(struct check_input *input,
	      const struct jhcfg_check_options *options, const char *rules);

#endif
