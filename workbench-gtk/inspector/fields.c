// SPDX-License-Identifier: GPL-2.0-or-later
#include "inspector/fields.h"

#include <errno.h>

#include <jhcfg/schema.h>

#include "model/move.h"
#include "model/names.h"
#include "model/owner.h"
#include "model/text.h"

/* What things of different kinds have in common. */
static const JhwField mixed[] = { JHW_OWNER("system.cells") };
static const JhwFieldGroup mixed_groups[] = { { N_("Selection"), mixed, G_N_ELEMENTS(mixed) } };
static const guint num_mixed_groups = G_N_ELEMENTS(mixed_groups);

const JhwFieldGroup *jhw_field_groups(JhwRefKind kind, guint *count)
{
	static const struct {
		const JhwFieldGroup *groups;
		const guint *count;
	} kinds[] = {
		[JHW_REF_NONE] = { mixed_groups, &num_mixed_groups },
		[JHW_REF_CELL] = { jhw_cell_groups, &jhw_num_cell_groups },
		[JHW_REF_CPU] = { jhw_cpu_groups, &jhw_num_cpu_groups },
		[JHW_REF_DEVICE] = { jhw_device_groups, &jhw_num_device_groups },
		[JHW_REF_PCI] = { jhw_pci_groups, &jhw_num_pci_groups },
		[JHW_REF_REGION] = { jhw_region_groups, &jhw_num_region_groups },
		[JHW_REF_RAM] = { jhw_ram_groups, &jhw_num_ram_groups },
		[JHW_REF_LINK] = { jhw_link_groups, &jhw_num_link_groups },
		[JHW_REF_IRQ] = { jhw_irq_groups, &jhw_num_irq_groups },
	};

	*count = kinds[kind].count ? *kinds[kind].count : 0;
	return kinds[kind].groups;
}

const char *jhw_field_help(const JhwField *field)
{
	return jhw_said(field->help ? field->help : jhcfg_schema_text(field->schema));
}

char *jhw_fact_name(const struct jhcfg_workspace *workspace, const JhwRef *ref)
{
	return jhw_ref_name(workspace, ref);
}

char *jhw_fact_owner(const struct jhcfg_workspace *workspace, const JhwRef *ref)
{
	uint32_t owner = jhw_owner_of(workspace, ref);

	return owner ? jhw_cell_title(workspace, owner) : g_strdup(_("nobody"));
}

/* --- the owner, to be chosen --------------------------------------------------- */

static guint index_of(const struct jhcfg_workspace *workspace, uint32_t cell)
{
	size_t count = jhcfg_workspace_num_cells(workspace);

	for (size_t n = 0; n < count; n++)
		if (jhcfg_workspace_cell_key(workspace, n) == cell)
			return (guint)n;
	return (guint)count; /* nobody */
}

gboolean jhw_owner_get(const struct jhcfg_workspace *workspace, const JhwRef *ref, uint64_t *number)
{
	*number = index_of(workspace, jhw_owner_of(workspace, ref));
	return TRUE;
}

int jhw_owner_set(struct jhcfg_workspace *workspace, const JhwRef *ref, uint64_t number,
		  struct jhcfg_diags *diags)
{
	uint32_t cell = jhcfg_workspace_cell_key(workspace, number);

	if (!cell) {
		jhcfg_diags_add(diags, JHCFG_ERROR, "", _("owner"), "",
				_("choose a cell, the root gets what nobody else has"),
				_("nobody cannot be chosen"));
		return -EINVAL;
	}
	return jhw_move_one(workspace, ref, cell, diags);
}

char **jhw_owner_choices(const struct jhcfg_workspace *workspace, const JhwRef *ref)
{
	GPtrArray *names = g_ptr_array_new();
	uint32_t key;

	for (size_t n = 0; (key = jhcfg_workspace_cell_key(workspace, n)); n++)
		g_ptr_array_add(names, jhw_cell_title(workspace, key));
	if (!jhw_owner_of(workspace, ref))
		g_ptr_array_add(names, g_strdup(_("nobody")));
	g_ptr_array_add(names, NULL);
	return (char **)g_ptr_array_free(names, FALSE);
}
