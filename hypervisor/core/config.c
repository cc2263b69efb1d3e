/* SPDX-License-Identifier: GPL-2.0-only */
/* Configurations: their extent, and what can be read from them directly. */
#include <hv/config.h>
#include <hv/printk.h>
#include <hv/string.h>

static int refuse_extent(int err, const char *reason, u64 have, u64 need)
{
	printk("Refused: cell configuration: %s: %llu bytes, %llu needed\n",
	       reason, have, need);
	return err;
}

int config_check_extent(const struct jailhouse_cell_desc *config, u64 size)
{
	u64 need;

	if (size < sizeof(*config))
		return refuse_extent(-EINVAL, "shorter than its descriptor",
				     size, sizeof(*config));
	need = jailhouse_cell_config_size64(config);
	if (need > size)
		return refuse_extent(-EINVAL, "shorter than its counts say",
				     size, need);
	if (need > CELL_CONFIG_LIMIT)
		return refuse_extent(-E2BIG, "larger than is supported",
				     CELL_CONFIG_LIMIT, need);
	if (need < size)
		printk("Warning: cell configuration: %llu bytes behind its "
		       "last array are ignored\n",
		       size - need);
	return 0;
}

/* The CPU set lies at any alignment and has any number of bytes. */
void config_cpu_set(const struct jailhouse_cell_desc *config,
		    struct cpu_set *set)
{
	*set = (struct cpu_set){ .word = { 0 } };
	memcpy(set->word, jailhouse_cell_cpu_set(config),
	       MIN((size_t)config->cpu_set_size, sizeof(set->word)));
}

struct range_list {
	struct reserved_range *range;
	unsigned int count;
	unsigned int max;
};

static void add_range(struct range_list *list, u64 start, u64 size,
		      const char *name)
{
	if (!size || list->count == list->max)
		return;
	list->range[list->count++] =
		(struct reserved_range){ start, size, name };
}

/* GICH is 4 KiB, and in a GIC-400 the other CPUs' view of it follows (DDI 0471B
 * 3.1). A QGIC2 (MSM8916: its device tree) has the CPU interface there. */
static u64 gich_size(const struct jailhouse_system *system)
{
	u64 distance = system->platform_info.arm.gicc_base -
		       system->platform_info.arm.gich_base;

	return distance && distance < 0x2000 ? distance : 0x2000;
}

/*
 * GICv2: ARM IHI 0048B 4.1.2 and 4.2 (CPU interface: 8 KiB). Where each frame
 * of 4 KiB is repeated to fill 64, so that systems with pages of that size can
 * tell frames apart, gicc_base is the last of the first: see check_interface()
 * in irqchip/gicv2.c. All copies are the GIC's.
 */
static void add_gicv2(struct range_list *list,
		      const struct jailhouse_system *system)
{
	u64 gicd = system->platform_info.arm.gicd_base;
	u64 gicc = system->platform_info.arm.gicc_base;
	u64 gich = system->platform_info.arm.gich_base;
	u64 gicv = system->platform_info.arm.gicv_base;
	bool repeated = (gicc & 0xffff) == 0xf000;
	u64 start = repeated ? ~0xffffULL : ~0ULL;

	add_range(list, gicd & start, repeated ? 0x10000 : 0x1000,
		  "the GIC distributor");
	add_range(list, gicc & start, repeated ? 0x20000 : 0x2000,
		  "the GIC CPU interface");
	add_range(list, gich & start, repeated ? 0x20000 : gich_size(system),
		  "the GIC hypervisor interface");
	add_range(list, gicv & start, repeated ? 0x20000 : 0x2000,
		  "the GIC virtual CPU interface");
}

/* GICv3: IHI 0069H 12.8. */
static void add_gic(struct range_list *list,
		    const struct jailhouse_system *system, u64 gicr_size)
{
	u64 gicd = system->platform_info.arm.gicd_base;

	if (system->platform_info.arm.gic_version != 2) {
		add_range(list, gicd, 0x10000, "the GIC distributor");
		add_range(list, system->platform_info.arm.gicr_base, gicr_size,
			  "the GIC redistributors");
		return;
	}
	add_gicv2(list, system);
}

static void add_iommus(struct range_list *list,
		       const struct jailhouse_system *system)
{
	const struct jailhouse_iommu *unit = system->platform_info.iommu_units;

	for (unsigned int n = 0; n < JAILHOUSE_MAX_IOMMU_UNITS && unit->base;
	     n++, unit++) {
		add_range(list, unit->base, unit->size, "IOMMU registers");
		if (unit->type == JAILHOUSE_IOMMU_PVU)
			add_range(list, unit->tipvu.tlb_base,
				  unit->tipvu.tlb_size, "IOMMU TLBs");
	}
}

unsigned int config_reserved_ranges(const struct jailhouse_system *system,
				    u64 gicr_size,
				    struct reserved_range *ranges,
				    unsigned int max)
{
	struct range_list list = { .range = ranges, .max = max };
	u64 ecam = system->platform_info.pci_mmconfig_base;
	u64 buses = system->platform_info.pci_mmconfig_end_bus + 1U;

	add_range(&list, system->hypervisor_memory.phys_start,
		  system->hypervisor_memory.size, "hypervisor memory");
	if (system->architecture != JAILHOUSE_X86)
		add_gic(&list, system, gicr_size);
	if (ecam)
		add_range(&list, ecam, buses << 20, "the PCI config window");
	add_iommus(&list, system);
	return list.count;
}
