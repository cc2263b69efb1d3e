// SPDX-License-Identifier: GPL-2.0-only
/*
 * Second-stage translation: VMSAv8-64, 4K granule, starting at level 1 with
 * concatenated tables where the address space needs them (ARM DDI 0487 D8.2,
 * D8.3.1).
 */
#include <hv/page_pool.h>
#include <hv/printk.h>
#include <asm/arm64.h>
#include <asm/sysreg.h>

#define S2_VALID      BIT(0)
#define S2_TABLE      BIT(1) /* at level 3: page */
#define S2_NORMAL     (0xfUL << 2)
#define S2_DEVICE     (0x1UL << 2) /* nGnRE */
#define S2_MEMATTR    (0xfUL << 2)
#define S2_READ	      BIT(6)
#define S2_WRITE      BIT(7)
#define S2_SHAREABLE  (3UL << 8)
#define S2_AF	      BIT(10)
#define S2_XN	      BIT(54)
#define S2_ADDRESS    0xfffffffff000UL
#define S2_LAST_LEVEL 2

/* Guest-physical address bits. We stay at 40, the most that a start at level
 * 1 reaches with two concatenated tables: all boards known to us fit. */
#define IPA_BITS_MAX 40

unsigned int arm64_ipa_bits;

static u64 s2_make_leaf(phys_t phys, unsigned int flags, unsigned int level)
{
	u64 entry = phys | S2_VALID | S2_AF | S2_SHAREABLE;

	if (level == S2_LAST_LEVEL)
		entry |= S2_TABLE;
	entry |= flags & PT_DEVICE ? S2_DEVICE : S2_NORMAL;
	if (flags & PT_READ)
		entry |= S2_READ;
	if (flags & PT_WRITE)
		entry |= S2_WRITE;
	if (!(flags & PT_EXEC))
		entry |= S2_XN;
	return entry;
}

static u64 s2_make_table(phys_t table)
{
	return table | S2_TABLE | S2_VALID;
}

static bool s2_is_leaf(u64 entry, unsigned int level)
{
	return (entry & S2_VALID) &&
	       (level == S2_LAST_LEVEL || !(entry & S2_TABLE));
}

static bool s2_is_table(u64 entry, unsigned int level)
{
	return level < S2_LAST_LEVEL &&
	       (entry & (S2_VALID | S2_TABLE)) == (S2_VALID | S2_TABLE);
}

static phys_t s2_address(u64 entry, unsigned int level)
{
	(void)level;
	return entry & S2_ADDRESS;
}

static phys_t s2_table_address(u64 entry)
{
	return entry & S2_ADDRESS;
}

static unsigned int s2_leaf_flags(u64 entry, unsigned int level)
{
	unsigned int flags = 0;

	(void)level;
	if (entry & S2_READ)
		flags |= PT_READ;
	if (entry & S2_WRITE)
		flags |= PT_WRITE;
	if (!(entry & S2_XN))
		flags |= PT_EXEC;
	if ((entry & S2_MEMATTR) == S2_DEVICE)
		flags |= PT_DEVICE;
	return flags;
}

/* level[0].entries depends on the machine: filled in by arm64_stage2_init(). */
static const struct pt_format stage2_template = {
	.num_levels = 3,
	.level = {
		{ .shift = 30, .entries = 0, .leaf = true },
		{ .shift = 21, .entries = 512, .leaf = true },
		{ .shift = 12, .entries = 512, .leaf = true },
	},
	.make_leaf = s2_make_leaf,
	.make_table = s2_make_table,
	.is_leaf = s2_is_leaf,
	.is_table = s2_is_table,
	.leaf_phys = s2_address,
	.table_phys = s2_table_address,
	.leaf_flags = s2_leaf_flags,
};

static struct pt_format stage2_format;

/* PARange of ID_AA64MMFR0_EL1 to bits */
static const u8 parange_bits[] = { 32, 36, 40, 42, 44, 48, 52 };

static unsigned int parange(void)
{
	unsigned int range = sysreg_read(id_aa64mmfr0_el1) & 0xf;

	return MIN(range, (unsigned int)sizeof(parange_bits) - 1);
}

int arm64_stage2_init(void)
{
	arm64_ipa_bits = MIN(parange_bits[parange()], IPA_BITS_MAX);
	stage2_format = stage2_template;
	stage2_format.level[0].entries = 1U << (arm64_ipa_bits - 30);
	return 0;
}

u64 arm64_vtcr(void)
{
	/* RES1 31, PS, inner-shareable write-back walks, SL0 = level 1 */
	return BIT(31) | (u64)MIN(parange(), 5U) << 16 | 3UL << 12 | 1UL << 10 |
	       1UL << 8 | 1UL << 6 | (64UL - arm64_ipa_bits);
}

u64 arch_stage2_control(void)
{
	return arm64_vtcr() & 0x7ffff;
}

void arch_dma_barrier(void)
{
	dsb(sy);
}

/*
 * Drops all translations of the space's VMID on all CPUs of the inner
 * shareable domain. By VMID, not by address: invalidation by IPA would still
 * need a full stage-1 invalidation for combined entries (D8.16.6), and these
 * calls are rare. VTTBR_EL2 selects the VMID that the instruction acts on.
 */
void arm64_stage2_invalidate(struct pt_space *space, u64 virt, u64 size)
{
	const struct cell *cell = container_of(space, struct cell, memory);
	u64 current = sysreg_read(vttbr_el2);

	(void)virt;
	(void)size;
	/* table stores before the invalidation, D8.16.5 */
	dsb(ishst);
	sysreg_write(vttbr_el2, cell->arch->vttbr);
	isb();
	asm volatile("tlbi vmalls12e1is" : : : "memory");
	dsb(ish);
	sysreg_write(vttbr_el2, current);
	isb();
}

/* Linux is at work while cells come and go: its devices' memory is not to
 * vanish because some of the same gigabyte is taken away. */
static void choose_memory_level(void)
{
	const struct jailhouse_iommu *unit =
		system_config->platform_info.iommu_units;

	stage2_format.memory_level = unit->base ? 1 : 0;
}

static unsigned long root_pages(void)
{
	return PAGES(stage2_format.level[0].entries * sizeof(u64));
}

int arm64_stage2_create(struct cell *cell)
{
	u64 *root = page_alloc_aligned(root_pages(), root_pages());

	if (!root)
		return -ENOMEM;
	if (cell == &root_cell)
		choose_memory_level();
	cell->memory.format = &stage2_format;
	cell->memory.root = root;
	cell->memory.invalidate = arm64_stage2_invalidate;
	cell->arch->vttbr = (u64)cell->id << 48 | hv_virt_to_phys(root);
	return 0;
}

void arm64_stage2_destroy(struct cell *cell)
{
	if (!cell->memory.root)
		return;
	/*
	 * The VMID will be used again: nothing of this cell may be left. Nor
	 * can it come again: CPUs that were the cell's still have its root in
	 * VTTBR_EL2, but stand in EL2, where a regime that is out of context is
	 * not walked (DDI 0487, "Use of out-of-context translation regimes").
	 *
	 * The barriers in it are also those for what paging_trim() merged in
	 * the root's tables before.
	 */
	arm64_stage2_invalidate(&cell->memory, 0, 0);
	paging_destroy(&cell->memory);
	page_free(cell->memory.root, root_pages());
	cell->memory.root = NULL;
}

static unsigned int region_flags(const struct jailhouse_memory *mem)
{
	unsigned int flags = 0;

	if (mem->flags & JAILHOUSE_MEM_READ)
		flags |= PT_READ;
	if (mem->flags & JAILHOUSE_MEM_WRITE)
		flags |= PT_WRITE;
	if (mem->flags & JAILHOUSE_MEM_EXECUTE)
		flags |= PT_EXEC;
	if (mem->flags & JAILHOUSE_MEM_IO)
		flags |= PT_DEVICE;
	if (mem->flags & JAILHOUSE_MEM_NO_HUGEPAGES)
		flags |= PT_NO_HUGE;
	return flags;
}

int arch_map_memory(struct cell *cell, const struct jailhouse_memory *mem)
{
	phys_t phys = mem->phys_start;
	u64 size = mem->size;
	int err;

	if (mem->flags & JAILHOUSE_MEM_COMM_REGION) {
		phys = hv_virt_to_phys(cell->comm);
		size = PAGE_SIZE;
	}
	err = paging_map(&cell->memory, mem->virt_start, phys, size,
			 region_flags(mem));
	/* Complete before a walk on this CPU, too, which may be back in the
	 * guest without having called another one (D8.2.6). */
	dsb(ishst);
	return err;
}

int arch_unmap_memory(struct cell *cell, const struct jailhouse_memory *mem)
{
	u64 size =
		mem->flags & JAILHOUSE_MEM_COMM_REGION ? PAGE_SIZE : mem->size;

	int err = paging_unmap(&cell->memory, mem->virt_start, size);

	/* What was split, or merged again as memory ran out, ends in entries
	 * that have become valid: as above. */
	dsb(ishst);
	return err;
}
