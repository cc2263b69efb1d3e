/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What two states of a project have different beside their configurations. */
#ifndef CLI_EDIT_CHANGES_H
#define CLI_EDIT_CHANGES_H

#include <jhcfg/workspace.h>

#include "diff_print.h"

/* Scenarios and waivers. -ENOMEM. In any case it is to be cleared. */
int edit_changes_find(const struct jhcfg_workspace *before,
		      const struct jhcfg_workspace *after,
		      struct diff_more *more);
void edit_changes_clear(struct diff_more *more);

#endif
