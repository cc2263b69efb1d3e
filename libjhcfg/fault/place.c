// SPDX-License-Identifier: LGPL-2.1-or-later
#include "fault/place.h"

#include <jailhouse/cell-config.h>

const struct jhcfg_memory *fault_own_region(const struct jhcfg_cell *cell,
					    uint64_t address, size_t *index)
{
	const struct jhcfg_memory *memory;

	for (size_t n = 0; cell && (memory = jhcfg_cell_memory(cell, n)); n++) {
		if (fault_is_inside(address, memory->virt_start,
				    memory->size)) {
			*index = n;
			return memory;
		}
	}
	return NULL;
}

static const struct jhcfg_config *find_system(
	const struct jhcfg_fault_context *context)
{
	for (size_t n = 0; n < context->num_configs; n++) {
		if (jhcfg_config_system(context->configs[n]))
			return context->configs[n];
	}
	return NULL;
}

bool fault_reserved(const struct jhcfg_fault_context *context, uint64_t phys,
		    struct fault_reserved *reserved)
{
	const struct jhcfg_config *config = find_system(context);
	const struct jhcfg_memory *own;
	const struct jhcfg_platform *platform;

	if (!config)
		return false;
	own = jhcfg_system_hypervisor_memory(jhcfg_config_system(config));
	platform = jhcfg_system_platform(jhcfg_config_system(config));

	const struct {
		uint64_t start, size;
		struct fault_reserved reserved;
	} ranges[] = {
		{ own->phys_start,
		  own->size,
		  { "the hypervisor's memory is there", "H04",
		    "keep the memory out of what the guest takes for its own "
		    "(its device tree, mem=, reserved-memory)" } },
		{ platform->gicd_base,
		  0x10000,
		  { "the GIC's distributor is there, which is emulated for "
		    "aligned accesses only",
		    "M11",
		    "use accesses of the width that the register has" } },
		{ platform->gicr_base,
		  platform->gicr_base ? 0x20000 : 0,
		  { "a redistributor of the GIC is there", "M11",
		    "use that of the cell's own CPUs, aligned" } },
		{ platform->gicc_base,
		  0x2000,
		  { "the GIC's CPU interface is there", "M11",
		    "let the guest find it where the hypervisor maps it" } },
		{ platform->gich_base,
		  0x10000,
		  { "the GIC's registers for hypervisors are there", "M11",
		    "guests have no business there" } },
		{ platform->pci_mmconfig_base,
		  (platform->pci_mmconfig_end_bus + UINT64_C(1)) << 20,
		  { "the PCI configuration window is there: the function is "
		    "not the cell's, or that field is not for it",
		    "P01",
		    "give the function to the cell, or let the guest look "
		    "only at what is its own" } },
	};

	for (size_t n = 0; n < sizeof(ranges) / sizeof(*ranges); n++) {
		if (!ranges[n].start ||
		    !fault_is_inside(phys, ranges[n].start, ranges[n].size))
			continue;
		*reserved = ranges[n].reserved;
		return true;
	}
	return false;
}

/* The root only if no other has it: it has all in its configuration. */
const struct jhcfg_cell *fault_owner(const struct jhcfg_fault_context *context,
				     const struct jhcfg_cell *cell,
				     uint64_t phys, size_t *region)
{
	const struct jhcfg_cell *root = NULL;
	const struct jhcfg_memory *memory;

	for (size_t n = 0; n < context->num_configs; n++) {
		const struct jhcfg_config *config = context->configs[n];
		const struct jhcfg_cell *other = jhcfg_config_cell(config);

		if (other == cell)
			continue;
		for (size_t m = 0; (memory = jhcfg_cell_memory(other, m));
		     m++) {
			if (memory->flags & JAILHOUSE_MEM_COMM_REGION ||
			    !fault_is_inside(phys, memory->phys_start,
					     memory->size) ||
			    (root && jhcfg_config_system(config)))
				continue;
			*region = m;
			if (!jhcfg_config_system(config))
				return other;
			root = other;
		}
	}
	return root;
}
