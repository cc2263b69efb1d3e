// SPDX-License-Identifier: GPL-2.0-or-later
#include "inspector/fields.h"

#include "model/names.h"
#include "model/owner.h"
#include "model/text.h"

const JhwFieldGroup *jhw_field_groups(JhwRefKind kind, guint *count)
{
	static const struct {
		const JhwFieldGroup *groups;
		const guint *count;
	} kinds[] = {
		[JHW_REF_CELL] = { jhw_cell_groups, &jhw_num_cell_groups },
		[JHW_REF_CPU] = { jhw_cpu_groups, &jhw_num_cpu_groups },
		[JHW_REF_DEVICE] = { jhw_device_groups, &jhw_num_device_groups },
		[JHW_REF_PCI] = { jhw_pci_groups, &jhw_num_pci_groups },
		[JHW_REF_REGION] = { jhw_region_groups, &jhw_num_region_groups },
		[JHW_REF_RAM] = { jhw_ram_groups, &jhw_num_ram_groups },
		[JHW_REF_LINK] = { jhw_link_groups, &jhw_num_link_groups },
		[JHW_REF_IRQ] = { NULL, NULL },
	};

	*count = kinds[kind].count ? *kinds[kind].count : 0;
	return kinds[kind].groups;
}

char *jhw_fact_owner(const struct jhcfg_workspace *workspace, const JhwRef *ref)
{
	uint32_t owner = jhw_owner_of(workspace, ref);

	return owner ? jhw_cell_title(workspace, owner) : g_strdup(_("nobody"));
}
