// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/scenario.h"

static gboolean has_cell(const struct jhcfg_scenario *scenario, uint32_t key)
{
	for (size_t n = 0; n < scenario->num_cells; n++)
		if (scenario->cells[n] == key)
			return TRUE;
	return FALSE;
}

gboolean jhw_run_together(const struct jhcfg_workspace *workspace, uint32_t a, uint32_t b)
{
	const struct jhcfg_scenario *scenario;
	gboolean a_listed = FALSE, b_listed = FALSE;

	if (a <= JHCFG_ROOT_KEY || b <= JHCFG_ROOT_KEY)
		return TRUE;
	for (size_t n = 0; (scenario = jhcfg_workspace_scenario(workspace, n)); n++) {
		gboolean has_a = has_cell(scenario, a), has_b = has_cell(scenario, b);

		if (has_a && has_b)
			return TRUE;
		a_listed |= has_a;
		b_listed |= has_b;
	}
	return !a_listed || !b_listed;
}
