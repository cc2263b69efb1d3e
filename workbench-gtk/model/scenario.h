/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which cells are meant to run at the same time. */
#ifndef JHW_SCENARIO_H
#define JHW_SCENARIO_H

#include <glib.h>
#include <jhcfg/workspace.h>

#include "model/document.h"

/* Without scenarios all cells do, and so does one that is in none of them. Key
 * 0 (hypervisor, links) and the root are always there. */
gboolean jhw_run_together(const struct jhcfg_workspace *workspace, uint32_t a, uint32_t b);

/* NULL: there is none of that name; @name may be NULL. */
const struct jhcfg_scenario *jhw_scenario(const struct jhcfg_workspace *workspace,
					  const char *name);
/* Whether the cell runs in it; the root runs in all. */
gboolean jhw_scenario_has(const struct jhcfg_scenario *scenario, uint32_t cell);
/* A name that no scenario has yet, a new string. */
char *jhw_scenario_free_name(const struct jhcfg_workspace *workspace);

/* Each of these is one undoable step. */

/* One in which all cells run. */
gboolean jhw_scenario_add(JhwDocument *document, const char *name, GError **error);
gboolean jhw_scenario_rename(JhwDocument *document, const char *name, const char *to,
			     GError **error);
gboolean jhw_scenario_delete(JhwDocument *document, const char *name, GError **error);
/* The last cell cannot be taken out of it. */
gboolean jhw_scenario_put(JhwDocument *document, const char *name, uint32_t cell, gboolean runs,
			  GError **error);

#endif
