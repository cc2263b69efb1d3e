/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Second stage of the fake machine: levels and sizes of a common one, in an
 * encoding of its own, so that nothing can rely on a particular hardware's.
 */
#include <host/host.h>

#include <hv/page_pool.h>
#include <hv/paging.h>

#define PTE_PRESENT (1ULL << 63)
#define PTE_TABLE   (1ULL << 62)
#define PTE_FLAGS   0x1fULL /* PT_* as they are */
#define PTE_ADDRESS 0x0000fffffffff000ULL

static u64 make_leaf(phys_t phys, unsigned int flags, unsigned int level)
{
	(void)level;
	return PTE_PRESENT | phys | (flags & PTE_FLAGS);
}

static u64 make_table(phys_t table)
{
	return PTE_PRESENT | PTE_TABLE | table;
}

static bool is_leaf(u64 entry, unsigned int level)
{
	(void)level;
	return (entry & PTE_PRESENT) && !(entry & PTE_TABLE);
}

static bool is_table(u64 entry, unsigned int level)
{
	(void)level;
	return entry & PTE_TABLE;
}

static phys_t leaf_phys(u64 entry, unsigned int level)
{
	(void)level;
	return entry & PTE_ADDRESS;
}

static phys_t table_phys(u64 entry)
{
	return entry & PTE_ADDRESS;
}

static unsigned int leaf_flags(u64 entry, unsigned int level)
{
	(void)level;
	return (unsigned int)(entry & PTE_FLAGS);
}

static const struct pt_format stage2_format = {
	.num_levels = 3,
	.level = {
		{ .shift = 30, .entries = 1024, .leaf = true },
		{ .shift = 21, .entries = 512, .leaf = true },
		{ .shift = 12, .entries = 512, .leaf = true },
	},
	.make_leaf = make_leaf,
	.make_table = make_table,
	.is_leaf = is_leaf,
	.is_table = is_table,
	.leaf_phys = leaf_phys,
	.table_phys = table_phys,
	.leaf_flags = leaf_flags,
};

/* 40 bits of address, starting at level 1, coherent, output of 40 bits */
u64 arch_stage2_control(void)
{
	return 2UL << 16 | 3UL << 12 | 1UL << 10 | 1UL << 8 | 1UL << 6 | 24;
}

void arch_dma_barrier(void)
{
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
}

#define ROOT_PAGES (1024 * sizeof(u64) / PAGE_SIZE)

int arch_cell_init(struct cell *cell)
{
	cell->memory = (struct pt_space){
		.format = &stage2_format,
		.root = page_alloc_aligned(ROOT_PAGES, ROOT_PAGES),
	};
	return cell->memory.root ? 0 : -ENOMEM;
}

void arch_cell_exit(struct cell *cell)
{
	if (!cell->memory.root)
		return;
	paging_destroy(&cell->memory);
	page_free(cell->memory.root, ROOT_PAGES);
	cell->memory.root = NULL;
}

/* JAILHOUSE_MEM_* and what they are here */
static const struct {
	u64 mem;
	unsigned int pt;
} flag_map[] = {
	{ JAILHOUSE_MEM_READ, PT_READ },
	{ JAILHOUSE_MEM_WRITE, PT_WRITE },
	{ JAILHOUSE_MEM_EXECUTE, PT_EXEC },
	{ JAILHOUSE_MEM_IO, PT_DEVICE },
	{ JAILHOUSE_MEM_NO_HUGEPAGES, PT_NO_HUGE },
};

static u64 region_size(const struct jailhouse_memory *mem)
{
	return mem->flags & JAILHOUSE_MEM_COMM_REGION ? PAGE_SIZE : mem->size;
}

int arch_map_memory(struct cell *cell, const struct jailhouse_memory *mem)
{
	phys_t phys = mem->phys_start;
	unsigned int flags = 0;

	if (mem->flags & JAILHOUSE_MEM_COMM_REGION)
		phys = hv_virt_to_phys(cell->comm);
	for (size_t n = 0; n < ARRAY_SIZE(flag_map); n++)
		if (mem->flags & flag_map[n].mem)
			flags |= flag_map[n].pt;
	return paging_map(&cell->memory, mem->virt_start, phys,
			  region_size(mem), flags);
}

int arch_unmap_memory(struct cell *cell, const struct jailhouse_memory *mem)
{
	return paging_unmap(&cell->memory, mem->virt_start, region_size(mem));
}
