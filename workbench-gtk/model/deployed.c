// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/deployed.h"

#include <string.h>

#include "model/owner.h"
#include "model/scenario.h"
#include "model/target.h"
#include "model/text.h"

struct cell {
	char *name;
	gboolean started;
};

struct JhwDeployed {
	GArray *cells; /* struct cell */
	char *changes;
};

static void clear_cell(gpointer cell)
{
	g_free(((struct cell *)cell)->name);
}

/* One that stands alone need not be named. */
static const struct jhcfg_scenario *chosen(const struct jhcfg_workspace *workspace,
					   const char *name)
{
	if (!name && jhcfg_workspace_num_scenarios(workspace) == 1)
		return jhcfg_workspace_scenario(workspace, 0);
	return jhw_scenario(workspace, name);
}

JhwDeployed *jhw_deployed_new(const struct jhcfg_workspace *workspace, const char *name)
{
	const struct jhcfg_scenario *scenario = chosen(workspace, name);
	JhwDeployed *deployed = g_new0(JhwDeployed, 1);
	uint32_t key;

	deployed->cells = g_array_new(FALSE, FALSE, sizeof(struct cell));
	deployed->changes = g_strdup("");
	g_array_set_clear_func(deployed->cells, clear_cell);
	for (size_t n = 0; (key = jhcfg_workspace_cell_key(workspace, n)); n++) {
		struct cell cell = { 0 };

		if (key == JHCFG_ROOT_KEY || (scenario && !jhw_scenario_has(scenario, key)))
			continue;
		cell.name = g_strdup(jhcfg_cell_name(jhw_cell(workspace, key)));
		g_array_append_val(deployed->cells, cell);
	}
	return deployed;
}

void jhw_deployed_free(JhwDeployed *deployed)
{
	if (!deployed)
		return;
	g_array_unref(deployed->cells);
	g_free(deployed->changes);
	g_free(deployed);
}

static struct cell *cell_at(const JhwDeployed *deployed, guint index)
{
	return &g_array_index(deployed->cells, struct cell, index);
}

void jhw_deployed_started(JhwDeployed *deployed, const char *name)
{
	for (guint n = 0; n < deployed->cells->len; n++)
		if (g_str_equal(cell_at(deployed, n)->name, name))
			cell_at(deployed, n)->started = TRUE;
}

/* --- looking ------------------------------------------------------------------ */

static const struct jhcfg_cell_status *find(const struct jhcfg_status *status, const char *name)
{
	for (size_t n = 0; n < status->num_cells; n++)
		if (!strcmp(status->cells[n].name, name))
			return &status->cells[n];
	return NULL;
}

/* It does what it was left to do. */
static gboolean is_well(struct cell *cell, const struct jhcfg_cell_status *status)
{
	switch (status->state) {
	case JHCFG_CELL_RUNNING:
	case JHCFG_CELL_LOCKED:
		cell->started = TRUE;
		return TRUE;
	case JHCFG_CELL_SHUT_DOWN:
		return !cell->started;
	case JHCFG_CELL_FAILED:
	case JHCFG_CELL_MISMATCH:
		return FALSE;
	default:
		return TRUE; /* a word of a newer driver's */
	}
}

static void look_at(struct cell *cell, const struct jhcfg_status *status, GString *changes)
{
	const struct jhcfg_cell_status *found = find(status, cell->name);

	if (found && is_well(cell, found))
		return;
	if (changes->len)
		g_string_append_c(changes, '\n');
	if (found)
		g_string_append_printf(changes, _("Cell %s: %s"), cell->name,
				       jhw_cell_state_text(found));
	else
		g_string_append_printf(changes, _("Cell %s is gone"), cell->name);
}

void jhw_deployed_look(JhwDeployed *deployed, const struct jhcfg_status *status)
{
	GString *changes = g_string_new(NULL);

	if (!status->enabled)
		g_string_append(changes, _("The hypervisor is disabled"));
	for (guint n = 0; status->enabled && n < deployed->cells->len; n++)
		look_at(cell_at(deployed, n), status, changes);
	g_free(deployed->changes);
	deployed->changes = g_string_free(changes, FALSE);
}

const char *jhw_deployed_changes(const JhwDeployed *deployed)
{
	return deployed->changes;
}
