// SPDX-License-Identifier: LGPL-2.1-or-later
/* Registers of an Arm board: all of them, and those that no cell may have. */
#include <string.h>

#include "plan/root.h"

#define MAINTENANCE_SBSA 25 /* ARM DEN0029, PPI assignments */

static void add_windows(struct root *root)
{
	const struct jhcfg_hw_device *device;
	const struct jhcfg_hw_pci_host *host;

	for (size_t n = 0; (device = jhcfg_board_device(root->board, n)); n++)
		for (size_t i = 0; i < device->num_windows; i++)
			ranges_add_pages(&root->mmio, device->windows[i].start,
					 device->windows[i].size);
	for (size_t n = 0; (host = jhcfg_board_pci_host(root->board, n)); n++)
		for (size_t i = 0; i < host->num_windows; i++)
			ranges_add_pages(&root->mmio,
					 host->windows[i].cpu.start,
					 host->windows[i].cpu.size);
	ranges_merge(&root->mmio);
}

static void keep(struct root *root, struct jhcfg_range range)
{
	ranges_add_pages(&root->registers, range.start, range.size);
}

static void keep_gic(struct root *root)
{
	const struct jhcfg_hw_irqchip *gic = root->gic;
	struct jhcfg_platform *platform = &root->platform;

	platform->gic_version = (uint8_t)gic->kind;
	platform->gicd_base = gic->gicd.start;
	platform->gicc_base = jhcfg_hw_gicc_base(gic);
	platform->gich_base = gic->gich.start;
	platform->gicv_base = jhcfg_hw_gicv_base(gic);
	platform->maintenance_irq = (uint8_t)gic->maintenance_irq;
	if (!gic->maintenance_irq) {
		platform->maintenance_irq = MAINTENANCE_SBSA;
		root_say(root, JHCFG_WARNING, "G05",
			 "look into the manual of the chip",
			 "the GIC names no maintenance interrupt: assumed "
			 "INTID 25");
	}
	keep(root, gic->gicd);
	keep(root, gic->gicc);
	keep(root, gic->gich);
	keep(root, gic->gicv);
	for (size_t n = 0; n < gic->num_gicr; n++) {
		if (!n || gic->gicr[n].start < platform->gicr_base)
			platform->gicr_base = gic->gicr[n].start;
		keep(root, gic->gicr[n]);
	}
}

static void keep_iommus(struct root *root)
{
	const struct jhcfg_hw_iommu *iommu;
	size_t used = 0;

	for (size_t n = 0; (iommu = jhcfg_board_iommu(root->board, n)); n++) {
		const struct jhcfg_hw_device *device =
			jhcfg_board_device(root->board, iommu->device);

		if (used == JHCFG_MAX_IOMMU_UNITS ||
		    (device && strcmp(device->status, "okay")))
			continue;
		root->platform.iommu_units[used++] = iommu->unit;
		keep(root, (struct jhcfg_range){ iommu->unit.base,
						 iommu->unit.size });
		keep(root, (struct jhcfg_range){ iommu->unit.tlb_base,
						 iommu->unit.tlb_size });
	}
}

void root_read_registers(struct root *root)
{
	add_windows(root);
	keep_gic(root);
	keep_iommus(root);
	ranges_merge(&root->registers);
}
