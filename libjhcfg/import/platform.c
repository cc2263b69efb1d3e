// SPDX-License-Identifier: LGPL-2.1-or-later
/* GIC, timer, PSCI, IOMMUs. */
#include <string.h>

#include <jailhouse/cell-config.h>

#include "import/address.h"
#include "import/device_tree.h"
#include "import/irq.h"

#define MAX_GICR 64

/* --- interrupt controllers ---------------------------------------------------
 */

static void find_its(const struct dt_tree *tree, uint32_t node,
		     struct jhcfg_hw_irqchip *chip)
{
	uint32_t child = DT_NONE;

	while ((child = dt_next_child(tree, node, child)) != DT_NONE)
		if (dt_compatible(tree, child, "arm,gic-v3-its") &&
		    dt_reg(tree, child, 0, &chip->its))
			return;
}

/* Binding arm,gic-v3.yaml: GICD, redistributor regions, GICC, GICH, GICV. */
static void read_gicv3(const struct dt_tree *tree, uint32_t node,
		       struct jhcfg_hw_irqchip *chip,
		       struct jhcfg_range gicr[MAX_GICR])
{
	uint32_t regions = dt_u32(tree, node, "#redistributor-regions", 1);

	if (regions > MAX_GICR)
		regions = MAX_GICR;
	dt_reg(tree, node, 0, &chip->gicd);
	for (uint32_t n = 0; n < regions; n++)
		if (dt_reg(tree, node, 1 + n, &gicr[chip->num_gicr]))
			chip->num_gicr++;
	chip->gicr = gicr;
	dt_reg(tree, node, 1 + regions, &chip->gicc);
	dt_reg(tree, node, 2 + regions, &chip->gich);
	dt_reg(tree, node, 3 + regions, &chip->gicv);
	dt_number(dt_prop(tree, node, "redistributor-stride"), 0,
		  dt_num_cells(dt_prop(tree, node, "redistributor-stride")) > 1
			  ? 2
			  : 1,
		  &chip->gicr_stride);
	find_its(tree, node, chip);
}

/* Binding arm,gic.yaml: GICD, GICC, and with virtualisation GICH, GICV. */
static void read_gicv2(const struct dt_tree *tree, uint32_t node,
		       struct jhcfg_hw_irqchip *chip)
{
	dt_reg(tree, node, 0, &chip->gicd);
	dt_reg(tree, node, 1, &chip->gicc);
	dt_reg(tree, node, 2, &chip->gich);
	dt_reg(tree, node, 3, &chip->gicv);
}

static void add_gic(const struct dt_tree *tree, struct jhcfg_board *board,
		    uint32_t node, int kind)
{
	struct jhcfg_range gicr[MAX_GICR];
	struct jhcfg_hw_irqchip chip = {
		.kind = (enum jhcfg_hw_irqchip_kind)kind,
		.device = tree->nodes[node].device,
		.iommu = -1,
	};
	char source[DT_MAX_SOURCE];
	struct dt_irq_cursor cursor;
	struct dt_irq irq;

	if (kind == JHCFG_HW_GICV3)
		read_gicv3(tree, node, &chip, gicr);
	else
		read_gicv2(tree, node, &chip);
	dt_irq_begin(tree, node, &cursor);
	if (dt_irq_next(tree, node, &cursor, &irq) && irq.at_gic && irq.per_cpu)
		chip.maintenance_irq = irq.number;
	dt_source(tree, node, source, sizeof(source));
	chip.source = source;
	jhcfg_board_add_irqchip(board, &chip);
}

/* --- the rest
 * ------------------------------------------------------------------- */

static const struct dt_match iommus[] = {
	{ "arm,smmu-v3", JAILHOUSE_IOMMU_SMMUV3 },
	{ "arm,mmu-500", JAILHOUSE_IOMMU_ARM_MMU500 },
	{ "qcom,smmu-500", JAILHOUSE_IOMMU_ARM_MMU500 },
	{ "nvidia,smmu-500", JAILHOUSE_IOMMU_ARM_MMU500 },
	{ "marvell,ap806-smmu-500", JAILHOUSE_IOMMU_ARM_MMU500 },
	{ "ti,j7200-pvu", JAILHOUSE_IOMMU_PVU },
	{ "ti,am654-pvu", JAILHOUSE_IOMMU_PVU },
	{ NULL, 0 },
};

static void add_iommu(const struct dt_tree *tree, struct jhcfg_board *board,
		      uint32_t node, int type)
{
	struct jhcfg_hw_iommu iommu = {
		.unit.type = (uint32_t)type,
		.device = tree->nodes[node].device,
	};
	struct jhcfg_range registers, tlb;
	char source[DT_MAX_SOURCE];

	if (!dt_reg(tree, node, 0, &registers) || registers.size > UINT32_MAX)
		return;
	iommu.unit.base = registers.start;
	iommu.unit.size = (uint32_t)registers.size;
	if (type == JAILHOUSE_IOMMU_PVU && dt_reg(tree, node, 1, &tlb)) {
		iommu.unit.tlb_base = tlb.start;
		iommu.unit.tlb_size = (uint32_t)tlb.size;
	}
	dt_source(tree, node, source, sizeof(source));
	iommu.source = source;
	jhcfg_board_add_iommu(board, &iommu);
}

static const struct dt_match psci[] = {
	{ "arm,psci-1.0", 1 },
	{ "arm,psci-0.2", 1 },
	{ "arm,psci", 1 },
	{ NULL, 0 },
};

static const struct dt_match timers[] = {
	{ "arm,armv8-timer", 1 },
	{ "arm,armv7-timer", 1 },
	{ NULL, 0 },
};

/* Binding arm,arch_timer.yaml: secure, non-secure, virtual, hypervisor. */
static void read_timer(const struct dt_tree *tree, struct jhcfg_board *board,
		       uint32_t node)
{
	struct dt_irq_cursor cursor;
	struct dt_irq irq;

	dt_irq_begin(tree, node, &cursor);
	for (unsigned int n = 0;
	     n < 4 && dt_irq_next(tree, node, &cursor, &irq); n++)
		if (irq.at_gic)
			jhcfg_board_set_timer_irq(board, n, irq.number);
}

static bool is_pci_host(const struct dt_tree *tree, uint32_t node)
{
	uint32_t parent = tree->nodes[node].parent;

	/* Ports behind a host have the same type. */
	return !strcmp(dt_text(tree, node, "device_type"), "pci") &&
	       strcmp(dt_text(tree, parent, "device_type"), "pci");
}

void dt_add_platform(struct dt_tree *tree, struct jhcfg_board *board)
{
	for (uint32_t n = 1; n < tree->num_nodes; n++) {
		int gic, iommu;

		if (tree->nodes[n].device == JHCFG_NO_INDEX)
			continue;
		gic = dt_gic_kind(tree, n);
		iommu = dt_match(tree, n, iommus, 0);
		if (gic)
			add_gic(tree, board, n, gic);
		if (iommu)
			add_iommu(tree, board, n, iommu);
		if (is_pci_host(tree, n))
			dt_add_pci_host(tree, board, n);
		if (dt_match(tree, n, psci, 0))
			jhcfg_board_set_psci(board, dt_text(tree, n, "method"));
		if (dt_match(tree, n, timers, 0))
			read_timer(tree, board, n);
	}
}
