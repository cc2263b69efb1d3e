// SPDX-License-Identifier: LGPL-2.1-or-later
#include "check/reserved.h"

#include <jailhouse/cell-config.h>

/* Sizes of frames: GICv2 ARM IHI 0048B 4.1.2 and 4.2 (CPU interface: 8 KiB),
 * GICv3 IHI 0069H 12.8 (64 KiB, redistributor two of them per CPU); xAPIC and
 * IOAPIC: a page (Intel SDM 3, 11.4.1; 82093AA, 3.0). */
#define GICV2_GICD_SIZE 0x1000ULL
#define GICV2_SIZE	0x2000ULL
#define GICV3_GICD_SIZE 0x10000ULL
#define GICR_CPU_SIZE	0x20000ULL
#define APIC_SIZE	0x1000ULL
#define XAPIC_BASE	0xfee00000ULL
#define BUS_SIZE	0x100000ULL

const char *reserved_name(size_t kind)
{
	static const char *const names[] = {
		[RESERVED_GICD] = "the GIC distributor",
		[RESERVED_GICC] = "the GIC CPU interface",
		[RESERVED_GICH] = "the GIC hypervisor interface",
		[RESERVED_GICV] = "the GIC virtual CPU interface",
		[RESERVED_GICR] = "the GIC redistributors",
		[RESERVED_XAPIC] = "the local APIC",
		[RESERVED_IOAPIC] = "an IOAPIC",
		[RESERVED_MMCONFIG] = "the PCI configuration window",
		[RESERVED_IOMMU] = "registers of an IOMMU",
		[RESERVED_IOMMU_TLB] = "TLBs of an IOMMU",
	};

	return kind < sizeof(names) / sizeof(names[0]) ? names[kind] : "";
}

static void add(struct intervals *set, uint64_t start, uint64_t size,
		enum reserved_kind kind)
{
	if (start)
		intervals_add(set, start, size, 0, kind);
}

/* The frames of as many CPUs as the root has, in all the places that the board
 * knows, or from the one that the configuration knows on. */
static void add_redistributors(const struct check *check, struct intervals *set)
{
	const uint64_t size =
		jhcfg_cell_num_cpus(check->all[0].cell) * GICR_CPU_SIZE;
	const struct jhcfg_hw_irqchip *gic =
		check->board ? jhcfg_board_main_irqchip(check->board) : NULL;

	add(set, check->platform->gicr_base, size, RESERVED_GICR);
	if (!gic || gic->kind != JHCFG_HW_GICV3)
		return;
	for (size_t n = 0; n < gic->num_gicr; n++)
		add(set, gic->gicr[n].start,
		    gic->gicr[n].size < size ? gic->gicr[n].size : size,
		    RESERVED_GICR);
}

/* GICH is 4 KiB, and in a GIC-400 the other CPUs' view of it follows (DDI 0471B
 * 3.1), unless the CPU interface does, as in a QGIC2. */
static uint64_t gich_size(const struct jhcfg_platform *platform)
{
	uint64_t distance = platform->gicc_base - platform->gich_base;

	return distance && distance < GICV2_SIZE ? distance : GICV2_SIZE;
}

static void add_gic(const struct check *check, struct intervals *set)
{
	const struct jhcfg_platform *platform = check->platform;

	if (platform->gic_version != 2) {
		add(set, platform->gicd_base, GICV3_GICD_SIZE, RESERVED_GICD);
		add_redistributors(check, set);
		return;
	}
	add(set, platform->gicd_base, GICV2_GICD_SIZE, RESERVED_GICD);
	add(set, platform->gicc_base, GICV2_SIZE, RESERVED_GICC);
	add(set, platform->gich_base, gich_size(platform), RESERVED_GICH);
	add(set, platform->gicv_base, GICV2_SIZE, RESERVED_GICV);
}

static void add_apics(const struct check *check, struct intervals *set)
{
	const struct jhcfg_cell *root = check->all[0].cell;
	const struct jhcfg_irqchip *chip;

	add(set, XAPIC_BASE, APIC_SIZE, RESERVED_XAPIC);
	for (size_t n = 0; (chip = jhcfg_cell_irqchip(root, n)); n++)
		add(set, chip->address, APIC_SIZE, RESERVED_IOAPIC);
}

void reserved_collect(const struct check *check, struct intervals *set)
{
	const struct jhcfg_platform *platform = check->platform;

	if (check_is_x86(check))
		add_apics(check, set);
	else
		add_gic(check, set);
	if (!platform->pci_is_virtual)
		add(set, platform->pci_mmconfig_base,
		    (platform->pci_mmconfig_end_bus + 1) * BUS_SIZE,
		    RESERVED_MMCONFIG);
	/* The list ends at the first unit without a base. */
	for (size_t n = 0; n < JHCFG_MAX_IOMMU_UNITS; n++) {
		const struct jhcfg_iommu *unit = &platform->iommu_units[n];

		if (!unit->base)
			break;
		add(set, unit->base, unit->size, RESERVED_IOMMU);
		if (unit->type == JAILHOUSE_IOMMU_PVU)
			add(set, unit->tlb_base, unit->tlb_size,
			    RESERVED_IOMMU_TLB);
	}
}
