/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which cells are meant to run at the same time. */
#ifndef JHW_SCENARIO_H
#define JHW_SCENARIO_H

#include <glib.h>
#include <jhcfg/workspace.h>

/* Without scenarios all cells do, and so does one that is in none of them. Key
 * 0 (hypervisor, links) and the root are always there. */
gboolean jhw_run_together(const struct jhcfg_workspace *workspace, uint32_t a, uint32_t b);

#endif
