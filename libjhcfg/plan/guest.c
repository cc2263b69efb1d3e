// SPDX-License-Identifier: LGPL-2.1-or-later
/* What is where in the eyes of a guest. */
#include <jailhouse/cell-config.h>

#include "plan/plan.h"

#define ECAM_BUS    0x100000ULL
#define LINK_WINDOW (2 * PLAN_PAGE_SIZE)
#define MAX_LINKS   32U
#define GICD_SIZE   0x10000ULL
#define GICC_SIZE   0x2000ULL
#define GICR_FRAME  0x20000ULL

static void add_regions(const struct jhcfg_cell *cell, struct ranges *taken)
{
	const struct jhcfg_memory *memory;

	for (size_t n = 0; (memory = jhcfg_cell_memory(cell, n)); n++)
		ranges_add_pages(taken, memory->virt_start,
				 memory->flags & JAILHOUSE_MEM_COMM_REGION
					 ? PLAN_PAGE_SIZE
					 : memory->size);
}

static void add_frames(const struct jhcfg_plan *plan, struct ranges *taken)
{
	const struct jhcfg_board *board = plan_board(plan);
	const struct jhcfg_hw_irqchip *gic =
		board ? jhcfg_board_main_irqchip(board) : NULL;
	const struct jhcfg_platform *platform =
		jhcfg_system_platform(plan_system(plan));

	if (platform->gicd_base)
		ranges_add_pages(taken, platform->gicd_base, GICD_SIZE);
	if (platform->gicc_base)
		ranges_add_pages(taken, platform->gicc_base, GICC_SIZE);
	if (platform->gicr_base)
		ranges_add_pages(
			taken, platform->gicr_base,
			jhcfg_cell_num_cpus(plan_cell(plan, JHCFG_ROOT_KEY)) *
				GICR_FRAME);
	for (size_t n = 0; gic && n < gic->num_gicr; n++)
		ranges_add_pages(taken, gic->gicr[n].start, gic->gicr[n].size);
}

void plan_guest_taken(const struct jhcfg_plan *plan, uint32_t cell,
		      struct ranges *taken)
{
	const struct jhcfg_platform *platform =
		jhcfg_system_platform(plan_system(plan));

	add_regions(plan_cell(plan, cell), taken);
	add_frames(plan, taken);
	if (platform->pci_mmconfig_base)
		ranges_add_pages(taken, platform->pci_mmconfig_base,
				 (platform->pci_mmconfig_end_bus + 1) *
						 ECAM_BUS +
					 MAX_LINKS * LINK_WINDOW);
}
