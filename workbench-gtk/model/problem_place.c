// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/problem_place.h"

#include <jailhouse/cell-config.h>

#include "model/fault.h"
#include "model/owner.h"

static const JhwRef nothing = { .kind = JHW_REF_NONE };

static JhwRef cpu_ref(G_GNUC_UNUSED const struct jhcfg_workspace *workspace,
		      const struct jhcfg_place *place)
{
	return jhw_ref_of(JHW_REF_CPU, place->index);
}

static JhwRef region_ref(const struct jhcfg_workspace *workspace, const struct jhcfg_place *place)
{
	const struct jhcfg_cell *cell = jhw_cell(workspace, place->cell);

	return cell && jhcfg_cell_memory(cell, place->index)
		       ? (JhwRef){ JHW_REF_REGION, place->cell, place->index }
		       : nothing;
}

static JhwRef irq_ref(G_GNUC_UNUSED const struct jhcfg_workspace *workspace,
		      const struct jhcfg_place *place)
{
	return jhw_ref_of(JHW_REF_IRQ, place->index);
}

static JhwRef link_ref(G_GNUC_UNUSED const struct jhcfg_workspace *workspace,
		       const struct jhcfg_place *place)
{
	return jhw_ref_of(JHW_REF_LINK, place->index);
}

static JhwRef device_ref(G_GNUC_UNUSED const struct jhcfg_workspace *workspace,
			 const struct jhcfg_place *place)
{
	return jhw_ref_of(JHW_REF_DEVICE, place->index);
}

/* --- PCI ------------------------------------------------------------------------ */

/* The end of a link that the cell sees as this function. */
static JhwRef link_of(const struct jhcfg_workspace *workspace, uint32_t cell, uint16_t bdf)
{
	const struct jhcfg_link *link;

	for (size_t n = 0; (link = jhcfg_workspace_link(workspace, n)); n++)
		for (unsigned int id = 0; id < link->num_peers; id++)
			if (link->bdf == bdf && link->peers[id] == cell)
				return (JhwRef){ JHW_REF_LINK, cell, link->key };
	return nothing;
}

static JhwRef function_ref(const struct jhcfg_workspace *workspace, uint32_t key,
			   const struct jhcfg_pci_device *device)
{
	if (!device)
		return nothing;
	if (device->type == JAILHOUSE_PCI_TYPE_IVSHMEM)
		return link_of(workspace, key, device->bdf);
	return jhw_ref_of(JHW_REF_PCI, (uint64_t)device->domain << 16 | device->bdf);
}

static JhwRef pci_ref(const struct jhcfg_workspace *workspace, const struct jhcfg_place *place)
{
	const struct jhcfg_cell *cell = jhw_cell(workspace, place->cell);

	return function_ref(workspace, place->cell,
			    cell ? jhcfg_cell_pci_device(cell, place->index) : NULL);
}

/* The function that a capability belongs to. */
static JhwRef cap_ref(const struct jhcfg_workspace *workspace, const struct jhcfg_place *place)
{
	const struct jhcfg_cell *cell = jhw_cell(workspace, place->cell);
	const struct jhcfg_pci_device *device;

	for (size_t n = 0; cell && (device = jhcfg_cell_pci_device(cell, n)); n++)
		if (place->index >= device->caps_start &&
		    place->index - device->caps_start < device->num_caps)
			return function_ref(workspace, place->cell, device);
	return nothing;
}

/* --- consoles --------------------------------------------------------------------- */

static JhwRef console_ref(const struct jhcfg_workspace *workspace, const struct jhcfg_place *place)
{
	const struct jhcfg_cell *cell = jhw_cell(workspace, place->cell);
	const struct jhcfg_console *console = cell ? jhcfg_cell_console(cell) : NULL;

	return console && console->address ? jhw_address_ref(workspace, console->address) : nothing;
}

static JhwRef debug_console_ref(const struct jhcfg_workspace *workspace,
				G_GNUC_UNUSED const struct jhcfg_place *place)
{
	const struct jhcfg_config *root = jhcfg_workspace_cell(workspace, JHCFG_ROOT_KEY);
	const struct jhcfg_system *system = root ? jhcfg_config_system(root) : NULL;
	const struct jhcfg_console *console = system ? jhcfg_system_debug_console(system) : NULL;

	return console && console->address ? jhw_address_ref(workspace, console->address) : nothing;
}

JhwRef jhw_place_ref(const struct jhcfg_workspace *workspace, const struct jhcfg_place *place)
{
	static JhwRef (*const refs[])(const struct jhcfg_workspace *workspace,
				      const struct jhcfg_place *place) = {
		[JHCFG_AT_CPU] = cpu_ref,
		[JHCFG_AT_MEMORY] = region_ref,
		[JHCFG_AT_IRQ] = irq_ref,
		[JHCFG_AT_LINK] = link_ref,
		[JHCFG_AT_DEVICE] = device_ref,
		[JHCFG_AT_PCI_DEVICE] = pci_ref,
		[JHCFG_AT_PCI_CAP] = cap_ref,
		[JHCFG_AT_CONSOLE] = console_ref,
		[JHCFG_AT_DEBUG_CONSOLE] = debug_console_ref,
	};
	JhwRef ref = place->element < G_N_ELEMENTS(refs) && refs[place->element]
			     ? refs[place->element](workspace, place)
			     : nothing;

	if (ref.kind != JHW_REF_NONE)
		return ref;
	return place->cell && jhw_cell(workspace, place->cell) ? jhw_ref_cell(place->cell)
							       : nothing;
}
