/* SPDX-License-Identifier: GPL-2.0-only */
/* Judging what a system configuration says of the machine, and stream ids. */
#include "validate.h"

#include <hv/printk.h>

/* Pairs are compared; no SMMU in the field has more stream table entries for
 * one cell. */
#define MAX_STREAM_IDS 1024U
#define MMU500_ID_MASK 0x7fffU

#define GICV2_MAX_CPUS 8U /* ARM IHI 0048B 4.3.12: 8 target bits */

#define KNOWN_SYSTEM_FLAGS JAILHOUSE_SYS_VIRTUAL_DEBUG_CONSOLE

bool iommu_unit_exists(const struct jailhouse_system *system, unsigned int n)
{
	/* The list ends at the first unit without a base. */
	for (unsigned int i = 0; i <= n; i++)
		if (i >= JAILHOUSE_MAX_IOMMU_UNITS ||
		    !system->platform_info.iommu_units[i].base)
			return false;
	return true;
}

/* --- stream ids -------------------------------------------------------- */

static bool has_mmu500(const struct jailhouse_system *system)
{
	return iommu_unit_exists(system, 0) &&
	       system->platform_info.iommu_units[0].type ==
		       JAILHOUSE_IOMMU_ARM_MMU500;
}

/* ARM DDI 0517 / IHI 0062D 10.6: a 1 in the mask makes that bit of the id
 * count for nothing. */
static bool streams_overlap(const union jailhouse_stream_id *a,
			    const union jailhouse_stream_id *b, bool mmu500)
{
	if (!mmu500)
		return a->id == b->id;
	return !((a->mmu500.id ^ b->mmu500.id) & ~a->mmu500.mask_out &
		 ~b->mmu500.mask_out & MMU500_ID_MASK);
}

static int judge_stream(struct judge *judge,
			const union jailhouse_stream_id *ids, u32 count,
			bool mmu500, const char *whose)
{
	const union jailhouse_stream_id *own =
		jailhouse_cell_stream_ids(judge->config) + judge->index;

	for (u32 n = 0; n < count; n++)
		if (streams_overlap(own, &ids[n], mmu500))
			return judge_refuse(judge, -EINVAL,
					    "0x%x overlaps cell \"%s\" stream "
					    "id %u (0x%x)",
					    own->id, whose, n, ids[n].id);
	return 0;
}

int judge_stream_ids(struct judge *judge)
{
	const struct config_context *context = judge->context;
	const struct jailhouse_cell_desc *config = judge->config;
	bool mmu500 = has_mmu500(context->system);
	const struct cell *cell;
	int err = 0;

	if (config->num_stream_ids > MAX_STREAM_IDS)
		return judge_refuse(judge, -EINVAL,
				    "%u stream ids, %u are possible",
				    config->num_stream_ids, MAX_STREAM_IDS);
	judge->entry = ENTRY_STREAM_ID;
	for (judge->index = 0; !err && judge->index < config->num_stream_ids;
	     judge->index++) {
		err = judge_stream(judge, jailhouse_cell_stream_ids(config),
				   judge->index, mmu500, config->name);
		for (cell = context->cells; !err && cell; cell = cell->next)
			err = judge_stream(
				judge, jailhouse_cell_stream_ids(cell->config),
				cell->config->num_stream_ids, mmu500,
				cell->config->name);
	}
	return err;
}

/* --- system ------------------------------------------------------------ */

static int judge_hv_memory(const struct jailhouse_system *system)
{
	u64 start = system->hypervisor_memory.phys_start;
	u64 size = system->hypervisor_memory.size;

	if (!size || range_wraps(start, size))
		return system_refuse(
			-EINVAL,
			"hypervisor memory 0x%llx, size 0x%llx, is "
			"empty or wraps around",
			start, size);
	if ((start | size) & (PAGE_SIZE - 1))
		return system_refuse(
			-EINVAL,
			"hypervisor memory 0x%llx, size 0x%llx, is "
			"not of whole pages",
			start, size);
	return 0;
}

/* A frame of registers: there, aligned, and not wrapping. */
static int judge_frame(const char *name, u64 base, u64 align)
{
	if (!base || (base & (align - 1)) || range_wraps(base, align))
		return system_refuse(-EINVAL,
				     "%s 0x%llx: not an address at a multiple "
				     "of 0x%llx",
				     name, base, align);
	return 0;
}

struct frame {
	const char *name;
	u64 base;
	u64 align;
};

static int judge_frames(const struct frame *frame, unsigned int count)
{
	int err = 0;

	for (unsigned int n = 0; !err && n < count; n++, frame++)
		err = judge_frame(frame->name, frame->base, frame->align);
	return err;
}

static int judge_gicv2(const struct jailhouse_system *system)
{
	const struct frame frames[] = {
		{ "gicd_base", system->platform_info.arm.gicd_base, 0x1000 },
		{ "gicc_base", system->platform_info.arm.gicc_base, 0x1000 },
		{ "gich_base", system->platform_info.arm.gich_base, 0x1000 },
		{ "gicv_base", system->platform_info.arm.gicv_base, 0x1000 },
	};
	struct cpu_set set;
	unsigned int cpu;

	config_cpu_set(&system->root_cell, &set);
	cpu = cpu_set_next(&set, GICV2_MAX_CPUS);
	if (cpu < HV_MAX_CPUS)
		return system_refuse(-EINVAL,
				     "CPU %u: a GICv2 serves CPUs 0 to 7", cpu);
	return judge_frames(frames, ARRAY_SIZE(frames));
}

/* ARM IHI 0069H 12.8: frames of 64 KiB */
static int judge_gicv3(const struct jailhouse_system *system)
{
	const struct frame frames[] = {
		{ "gicd_base", system->platform_info.arm.gicd_base, 0x10000 },
		{ "gicr_base", system->platform_info.arm.gicr_base, 0x10000 },
	};

	return judge_frames(frames, ARRAY_SIZE(frames));
}

static int judge_arm(const struct jailhouse_system *system)
{
	unsigned int irq = system->platform_info.arm.maintenance_irq;

	if (irq < 16 || irq > 31)
		return system_refuse(
			-EINVAL, "maintenance_irq %u: a PPI is 16 to 31", irq);
	switch (system->platform_info.arm.gic_version) {
	case 2:
		return judge_gicv2(system);
	case 3:
		return judge_gicv3(system);
	}
	return system_refuse(-EINVAL, "gic_version %u: it can be 2 or 3",
			     system->platform_info.arm.gic_version);
}

static bool iommu_type_known(u32 type, u8 architecture)
{
	if (architecture == JAILHOUSE_X86)
		return type == JAILHOUSE_IOMMU_AMD ||
		       type == JAILHOUSE_IOMMU_INTEL;
	return type == JAILHOUSE_IOMMU_SMMUV3 || type == JAILHOUSE_IOMMU_PVU ||
	       type == JAILHOUSE_IOMMU_ARM_MMU500;
}

static int judge_iommu(const struct jailhouse_iommu *unit, unsigned int n,
		       u8 architecture)
{
	if (!iommu_type_known(unit->type, architecture))
		return system_refuse(-EINVAL,
				     "IOMMU unit %u: type %u is not known here",
				     n, unit->type);
	if (!unit->size || range_wraps(unit->base, unit->size) ||
	    (unit->base & (PAGE_SIZE - 1)))
		return system_refuse(-EINVAL,
				     "IOMMU unit %u: registers 0x%llx, size "
				     "0x%x, are empty, wrap around or begin "
				     "within a page",
				     n, unit->base, unit->size);
	if (unit->type == JAILHOUSE_IOMMU_PVU &&
	    range_wraps(unit->tipvu.tlb_base, unit->tipvu.tlb_size))
		return system_refuse(-EINVAL,
				     "IOMMU unit %u: TLBs 0x%llx wrap around",
				     n, unit->tipvu.tlb_base);
	return 0;
}

static int judge_iommus(struct judge *judge,
			const struct jailhouse_system *system)
{
	const struct jailhouse_iommu *unit = system->platform_info.iommu_units;
	int err = 0;

	for (unsigned int n = 0; !err && n < JAILHOUSE_MAX_IOMMU_UNITS;
	     n++, unit++) {
		if (iommu_unit_exists(system, n))
			err = judge_iommu(unit, n, system->architecture);
		else if (unit->base)
			judge_warn(judge, WARN_IOMMU_GAP,
				   "IOMMU unit %u comes after an empty one and "
				   "is ignored",
				   n);
	}
	return err;
}

static int judge_ecam(const struct jailhouse_system *system)
{
	u64 base = system->platform_info.pci_mmconfig_base;
	u64 size = (system->platform_info.pci_mmconfig_end_bus + 1ULL) << 20;

	/* PCI Express 5.0 7.2.2: 1 MiB a bus, aligned by that at least */
	if (base && ((base & 0xfffff) || range_wraps(base, size)))
		return system_refuse(-EINVAL,
				     "PCI config window 0x%llx is not at a "
				     "multiple of 1 MiB, or wraps around",
				     base);
	return 0;
}

/* For a console that does not wrap. */
static bool in_reach(const struct config_context *context,
		     const struct jailhouse_console *console)
{
	return console->address + (console->size - 1) < context->max_address;
}

static int judge_console(struct judge *judge,
			 const struct jailhouse_system *system)
{
	const struct jailhouse_console *console = &system->debug_console;
	const struct reserved_range *range;

	if (console->type == JAILHOUSE_CON_TYPE_NONE ||
	    !CON_IS_MMIO(console->flags))
		return 0;
	if (console->type > JAILHOUSE_CON_TYPE_SCIF || !console->size) {
		judge_warn(judge, WARN_CONSOLE,
			   "debug console of type %u and size 0x%x: there will "
			   "be no output",
			   console->type, console->size);
		return 0;
	}
	if (range_wraps(console->address, console->size))
		return system_refuse(-EINVAL,
				     "debug console 0x%llx wraps around",
				     console->address);
	if (!in_reach(judge->context, console))
		return system_refuse(-EINVAL,
				     "debug console 0x%llx reaches beyond "
				     "0x%llx",
				     console->address,
				     judge->context->max_address - 1);
	range = find_reserved(judge->context, console->address, console->size);
	if (range)
		return system_refuse(-EINVAL, "debug console 0x%llx touches %s",
				     console->address, range->name);
	return 0;
}

bool config_console_usable(const struct config_context *context,
			   const struct jailhouse_system *system)
{
	const struct jailhouse_console *console = &system->debug_console;

	return console->size && !range_wraps(console->address, console->size) &&
	       in_reach(context, console) &&
	       !find_reserved(context, console->address, console->size);
}

static int judge_reserved_pairs(const struct config_context *context)
{
	const struct reserved_range *range = context->reserved;

	for (unsigned int a = 0; a < context->num_reserved; a++)
		for (unsigned int b = 0; b < a; b++)
			if (ranges_overlap(range[a].start, range[a].size,
					   range[b].start, range[b].size))
				return system_refuse(
					-EINVAL,
					"%s at 0x%llx and %s at "
					"0x%llx overlap",
					range[a].name, range[a].start,
					range[b].name, range[b].start);
	return 0;
}

int judge_platform(struct judge *judge, const struct jailhouse_system *system)
{
	u32 unknown = system->flags & ~(u32)KNOWN_SYSTEM_FLAGS;
	int err = judge_hv_memory(system);

	if (!err && is_arm(judge))
		err = judge_arm(system);
	if (!err)
		err = judge_iommus(judge, system);
	if (!err)
		err = judge_ecam(system);
	if (!err)
		err = judge_reserved_pairs(judge->context);
	if (!err)
		err = judge_console(judge, system);
	if (!err && unknown)
		judge_warn(judge, WARN_UNKNOWN_FLAGS,
			   "system flags 0x%x are not known and have no effect",
			   unknown);
	return err;
}
