// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/cells.h"

#include <errno.h>

#include "model/error.h"
#include "model/names.h"
#include "model/owner.h"
#include "model/text.h"

static gboolean has_name(const struct jhcfg_workspace *workspace, const char *name)
{
	uint32_t key;

	for (size_t n = 0; (key = jhcfg_workspace_cell_key(workspace, n)); n++)
		if (g_str_equal(jhcfg_cell_name(jhw_cell(workspace, key)), name))
			return TRUE;
	return FALSE;
}

char *jhw_cells_free_name(JhwDocument *document)
{
	for (guint n = 1;; n++) {
		g_autofree char *name = g_strdup_printf("cell-%u", n);

		if (!has_name(jhw_document_workspace(document), name))
			return g_steal_pointer(&name);
	}
}

struct addition {
	const char *name;
	uint64_t ram;
	gboolean for_linux;
	uint32_t *key;
};

/* The planner makes a cell with a CPU; which one it shall be is for somebody
 * to drag. */
static int take_cpus(struct jhcfg_workspace *workspace, uint32_t key)
{
	struct jhcfg_config *config = jhcfg_workspace_edit_cell(workspace, key);

	if (!config)
		return -ENOMEM;
	for (unsigned int cpu = 0; cpu < JHCFG_MAX_CPUS; cpu++)
		if (jhcfg_cell_has_cpu(jhcfg_config_cell(config), cpu))
			jhcfg_config_remove_cpu(config, cpu);
	return 0;
}

static int add(struct jhcfg_workspace *workspace, gpointer data, struct jhcfg_diags *diags)
{
	const struct addition *addition = data;
	const struct jhcfg_plan_request request = {
		.name = addition->name,
		.num_cpus = 1,
		.memory_size = addition->ram,
		.linux_guest = addition->for_linux,
	};
	struct jhcfg_plan *plan = NULL;
	int err = jhcfg_plan_cell(workspace, &request, diags, &plan);

	if (err)
		return err;
	err = jhcfg_plan_apply(workspace, plan);
	jhcfg_plan_free(plan);
	if (err)
		return err;
	*addition->key =
		jhcfg_workspace_cell_key(workspace, jhcfg_workspace_num_cells(workspace) - 1);
	return take_cpus(workspace, *addition->key);
}

static gboolean add_step(JhwDocument *document, struct addition *addition, GError **error)
{
	g_autofree char *step = g_strdup_printf(_("New cell %s"), addition->name);

	return jhw_document_edit(document, step, add, addition, error);
}

gboolean jhw_cells_add(JhwDocument *document, const char *name, uint64_t ram, uint32_t *key,
		       GError **error)
{
	struct addition addition = { .name = name, .ram = ram, .key = key };

	return add_step(document, &addition, error);
}

gboolean jhw_cells_add_linux(JhwDocument *document, const char *name, uint64_t ram, uint32_t *key,
			     GError **error)
{
	struct addition addition = { .name = name, .ram = ram, .for_linux = TRUE, .key = key };

	return add_step(document, &addition, error);
}

static int remove_cell(struct jhcfg_workspace *workspace, gpointer data,
		       G_GNUC_UNUSED struct jhcfg_diags *diags)
{
	return jhcfg_workspace_remove_cell(workspace, *(const uint32_t *)data);
}

gboolean jhw_cells_remove(JhwDocument *document, uint32_t key, GError **error)
{
	g_autofree char *name = jhw_cell_title(jhw_document_workspace(document), key);
	g_autofree char *step = g_strdup_printf(_("Delete cell %s"), name);

	return jhw_document_edit(document, step, remove_cell, &key, error);
}

gboolean jhw_cells_add_memory(JhwDocument *document, uint32_t key, uint64_t size, GError **error)
{
	const struct jhcfg_plan_memory memory = {
		.use = JHCFG_PLAN_RAM,
		.size = size,
		.identity = TRUE,
	};
	g_autoptr(JhwDiagsList) diags = jhcfg_diags_new();
	struct jhcfg_plan *plan = NULL;
	gboolean done;
	int err = jhcfg_plan_add_memory(jhw_document_workspace(document), key, NULL, &memory, diags,
					&plan);

	if (err)
		return jhw_error_take(error, err, diags);
	done = jhw_document_apply_plan(document, plan, error);
	jhcfg_plan_free(plan);
	return done;
}
