// SPDX-License-Identifier: GPL-2.0-only
/* Architecture part of cells. */
#include <hv/page_pool.h>
#include <hv/printk.h>
#include <asm/arm64.h>

/*
 * The root keeps seeing the range of the hypervisor's image, read-only and
 * empty, so that reads of it (by the driver's "core" file, by a dump tool) are
 * harmless; and the console page in its place if the configuration says so.
 */
static u8 empty_page[PAGE_SIZE] __attribute__((aligned(4096)));

static int map_for_root(const void *page, phys_t at)
{
	return paging_map(&root_cell.memory, at, hv_virt_to_phys(page),
			  PAGE_SIZE, PT_READ);
}

static int map_hypervisor_pages(void)
{
	phys_t base = image_header.phys_base;
	phys_t console = base + image_header.console_offset;
	bool visible = SYS_FLAGS_VIRTUAL_DEBUG_CONSOLE(system_config->flags);
	int err = 0;

	for (u64 offset = 0; !err && offset < image_header.core_size;
	     offset += PAGE_SIZE)
		err = map_for_root(visible && base + offset == console
					   ? (const void *)&console_page
					   : empty_page,
				   base + offset);
	return err;
}

int arch_cell_init(struct cell *cell)
{
	int err = arm64_stage2_create(cell);

	if (!err && cell == &root_cell)
		err = map_hypervisor_pages();
	return err;
}

void arch_cell_exit(struct cell *cell)
{
	arm64_stage2_destroy(cell);
}

void arch_comm_init(struct cell *cell, struct jailhouse_comm_region *comm)
{
	comm->gic_version = system_config->platform_info.arm.gic_version;
	comm->gicd_base = system_config->platform_info.arm.gicd_base;
	comm->gicc_base = system_config->platform_info.arm.gicc_base;
	comm->gicr_base = system_config->platform_info.arm.gicr_base;
	comm->vpci_irq_base = cell->config->vpci_irq_base;
}

/*
 * The guest starts with its caches off and reads memory directly. Whatever is
 * dirty, from the loading root or from the cell's own last run, must be in
 * memory by then, and nothing may be written over it later (ARM DDI 0487 B2.8).
 */
void arch_cell_reset(struct cell *cell)
{
	const struct jailhouse_memory *mem;
	unsigned int n;

	for_each_mem_region (mem, cell->config, n)
		if (!(mem->flags &
		      (JAILHOUSE_MEM_IO | JAILHOUSE_MEM_COMM_REGION)) &&
		    !JAILHOUSE_MEMORY_IS_SUBPAGE(mem))
			arch_flush_dcache(mem->phys_start, mem->size);
	arch_flush_dcache(hv_virt_to_phys(cell->comm), PAGE_SIZE);
}
