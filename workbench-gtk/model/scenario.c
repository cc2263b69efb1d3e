// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/scenario.h"

#include <errno.h>

#include "model/names.h"
#include "model/text.h"

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

/* --- one ---------------------------------------------------------------------- */

const struct jhcfg_scenario *jhw_scenario(const struct jhcfg_workspace *workspace, const char *name)
{
	const struct jhcfg_scenario *scenario;

	for (size_t n = 0; name && (scenario = jhcfg_workspace_scenario(workspace, n)); n++)
		if (g_str_equal(scenario->name, name))
			return scenario;
	return NULL;
}

gboolean jhw_scenario_has(const struct jhcfg_scenario *scenario, uint32_t cell)
{
	return cell == JHCFG_ROOT_KEY || has_cell(scenario, cell);
}

char *jhw_scenario_free_name(const struct jhcfg_workspace *workspace)
{
	for (guint n = 1;; n++) {
		g_autofree char *name = g_strdup_printf("scenario-%u", n);

		if (!jhw_scenario(workspace, name))
			return g_steal_pointer(&name);
	}
}

/* --- changing ----------------------------------------------------------------- */

struct change {
	const char *name;
	const char *to;
	uint32_t cell;
	gboolean runs;
};

static int refuse(struct jhcfg_diags *diags, const char *name, const char *what, const char *hint,
		  int err)
{
	jhcfg_diags_add(diags, JHCFG_ERROR, "", name, "", hint, "%s", what);
	return err;
}

static int check_name(const struct jhcfg_workspace *workspace, const char *name,
		      struct jhcfg_diags *diags)
{
	if (!*name)
		return refuse(diags, "scenario", _("it needs a name"), "", -EINVAL);
	if (jhw_scenario(workspace, name))
		return refuse(diags, name, _("there is a scenario of that name"),
			      _("choose another"), -EEXIST);
	return 0;
}

static int set(struct jhcfg_workspace *workspace, const char *name, const GArray *cells)
{
	const struct jhcfg_scenario scenario = {
		.name = name,
		.cells = (const uint32_t *)(gpointer)cells->data,
		.num_cells = cells->len,
	};

	return jhcfg_workspace_set_scenario(workspace, &scenario);
}

static GArray *cells_of(const struct jhcfg_scenario *scenario)
{
	GArray *cells = g_array_new(FALSE, FALSE, sizeof(uint32_t));

	g_array_append_vals(cells, scenario->cells, (guint)scenario->num_cells);
	return cells;
}

static int add(struct jhcfg_workspace *workspace, gpointer data, struct jhcfg_diags *diags)
{
	const struct change *change = data;
	g_autoptr(GArray) cells = g_array_new(FALSE, FALSE, sizeof(uint32_t));
	uint32_t key;
	int err = check_name(workspace, change->name, diags);

	for (size_t n = 1; (key = jhcfg_workspace_cell_key(workspace, n)); n++)
		g_array_append_val(cells, key);
	if (!err && !cells->len)
		err = refuse(diags, change->name, _("there is no cell to run in it"),
			     _("make a cell first"), -EINVAL);
	return err ? err : set(workspace, change->name, cells);
}

static int drop(struct jhcfg_workspace *workspace, gpointer data,
		G_GNUC_UNUSED struct jhcfg_diags *diags)
{
	const struct change *change = data;
	g_autoptr(GArray) none = g_array_new(FALSE, FALSE, sizeof(uint32_t));

	if (!jhw_scenario(workspace, change->name))
		return -ENOENT;
	return set(workspace, change->name, none);
}

static int rename_one(struct jhcfg_workspace *workspace, gpointer data, struct jhcfg_diags *diags)
{
	const struct change *change = data;
	const struct jhcfg_scenario *scenario = jhw_scenario(workspace, change->name);
	g_autoptr(GArray) cells = NULL;
	int err;

	if (!scenario)
		return -ENOENT;
	err = check_name(workspace, change->to, diags);
	if (err)
		return err;
	cells = cells_of(scenario);
	err = drop(workspace, data, diags);
	return err ? err : set(workspace, change->to, cells);
}

/* Keys are ascending, as the workspace wants them. */
static int put(struct jhcfg_workspace *workspace, gpointer data, struct jhcfg_diags *diags)
{
	const struct change *change = data;
	const struct jhcfg_scenario *scenario = jhw_scenario(workspace, change->name);
	g_autoptr(GArray) cells = NULL;
	guint at = 0;

	if (!scenario)
		return -ENOENT;
	if (has_cell(scenario, change->cell) == change->runs)
		return 0;
	cells = cells_of(scenario);
	while (at < cells->len && g_array_index(cells, uint32_t, at) < change->cell)
		at++;
	if (change->runs)
		g_array_insert_val(cells, at, change->cell);
	else
		g_array_remove_index(cells, at);
	if (!cells->len)
		return refuse(diags, change->name, _("it is the last cell that runs there"),
			      _("delete the scenario instead"), -EINVAL);
	return set(workspace, change->name, cells);
}

gboolean jhw_scenario_add(JhwDocument *document, const char *name, GError **error)
{
	struct change change = { .name = name };
	g_autofree char *step = g_strdup_printf(_("New scenario %s"), name);

	return jhw_document_edit(document, step, add, &change, error);
}

gboolean jhw_scenario_rename(JhwDocument *document, const char *name, const char *to,
			     GError **error)
{
	struct change change = { .name = name, .to = to };
	g_autofree char *step = g_strdup_printf(_("Rename scenario %s"), name);

	return jhw_document_edit(document, step, rename_one, &change, error);
}

gboolean jhw_scenario_delete(JhwDocument *document, const char *name, GError **error)
{
	struct change change = { .name = name };
	g_autofree char *step = g_strdup_printf(_("Delete scenario %s"), name);

	return jhw_document_edit(document, step, drop, &change, error);
}

gboolean jhw_scenario_put(JhwDocument *document, const char *name, uint32_t cell, gboolean runs,
			  GError **error)
{
	struct change change = { .name = name, .cell = cell, .runs = runs };
	g_autofree char *title = jhw_cell_title(jhw_document_workspace(document), cell);
	g_autofree char *step =
		g_strdup_printf(runs ? _("Run %s in %s") : _("Leave %s out of %s"), title, name);

	return jhw_document_edit(document, step, put, &change, error);
}
