// SPDX-License-Identifier: GPL-2.0-only
/*
 * The hypervisor's own address space, see asm/layout.h. Entry code has mapped
 * the image and the private area on each CPU; the first CPU adds the rest to
 * tables that all CPUs share from level 3 on.
 *
 * Cached copies of tables: walks are cacheable and inner shareable (TCR_EL2),
 * so a store followed by dsb is seen by all walkers (ARM DDI 0487 D8.2.6).
 */
#include <hv/page_pool.h>
#include <hv/printk.h>
#include <hv/string.h>
#include <asm/arm64.h>
#include <asm/sysreg.h>

#define L2_SHIFT       21
#define L2_SIZE	       BIT(L2_SHIFT)
#define L2_INDEX(virt) (((virt) >> L2_SHIFT) & 511)
#define L3_INDEX(virt) (((virt) >> PAGE_SHIFT) & 511)
#define ENTRY_ADDRESS  0xfffffffff000UL

#define LINEAR_L2    L2_INDEX(HV_LINEAR)
#define REMAP_L2     L2_INDEX(HV_REMAP)
#define REMAP_CHUNKS (HV_REMAP_PAGES / 512)

/* Set once by the first CPU. */
static u64 region_phys, region_size;
static u64 linear_offset; /* linear address = phys + offset */
static u64 linear_l2[HV_LINEAR_SIZE / L2_SIZE];
static u64 remap_l2[REMAP_CHUNKS];
static unsigned long remap_bitmap[HV_REMAP_PAGES / 64];

/* Maps the one page of the exit code at its physical address, with the MMU
 * still on: level 2 and level 3 tables for it. */
static u64 exit_tables[2][512] __attribute__((aligned(4096)));

static u64 *own_root(void)
{
	return (u64 *)(HV_PRIVATE + PRIVATE_ROOT);
}

static u64 *own_l2(void)
{
	return (u64 *)HV_PRIVATE_L2;
}

static u64 *own_l3(void)
{
	return (u64 *)HV_PRIVATE_L3;
}

phys_t hv_virt_to_phys(const void *virt)
{
	u64 address = (u64)virt;

	if (address >= HV_LINEAR && address < HV_REMAP)
		return address - linear_offset;
	if (address >= HV_PRIVATE && address < HV_PRIVATE + HV_PRIVATE_SIZE)
		return address - HV_PRIVATE + arm64_private.private_phys;
	return address - HV_BASE + region_phys;
}

void *hv_phys_to_virt(phys_t phys)
{
	return (void *)(phys + linear_offset);
}

/* A level-3 table for one 2 MiB chunk of the linear mapping, which lacks the
 * image (mapped elsewhere, with tighter rights) and the private areas. */
static void fill_linear_table(u64 *table, phys_t chunk, phys_t shared,
			      phys_t private, phys_t config)
{
	for (unsigned int n = 0; n < 512; n++) {
		phys_t page = chunk + n * PAGE_SIZE;
		bool mapped =
			(page >= shared && page < private) ||
			(page >= config && page < region_phys + region_size);

		table[n] = mapped ? page | PTE_DATA : 0;
	}
}

/*
 * Maps the region but image and private areas, and starts the page pool
 * behind the configuration. Tables come out of the pool's first pages, which
 * are reached by a temporary mapping as long as nothing else leads there.
 */
int arm64_map_linear(void)
{
	const struct jailhouse_image_header *header = &image_header;
	phys_t shared, private, config, pool, chunk, table;
	unsigned long pages, tables = 0;
	unsigned int index = 0;
	void *bitmap;

	region_phys = header->phys_base;
	region_size = header->region_size;
	shared = region_phys + header->core_size;
	private = region_phys + jailhouse_image_private_offset(header);
	config = region_phys + jailhouse_image_config_offset(header);
	pool = config + PAGE_ALIGN(header->config_size);
	table = pool;

	if (region_size > HV_LINEAR_SIZE - L2_SIZE ||
	    (region_phys | region_size) & ~PAGE_MASK ||
	    pool + 16 * PAGE_SIZE > region_phys + region_size)
		return -ENOMEM;

	/* Congruent in 2 MiB, so that large blocks fit. */
	linear_offset = HV_LINEAR - (region_phys & ~(L2_SIZE - 1));
	for (chunk = region_phys & ~(L2_SIZE - 1);
	     chunk < region_phys + region_size; chunk += L2_SIZE, index++) {
		if (chunk >= pool &&
		    chunk + L2_SIZE <= region_phys + region_size) {
			linear_l2[index] =
				chunk | (PTE_DATA & ~PTE_PAGE) | PTE_BLOCK;
		} else {
			fill_linear_table(
				hv_map_temporary(table, 1, PT_READ | PT_WRITE),
				chunk, shared, private, config);
			linear_l2[index] = table | PTE_TABLE;
			table += PAGE_SIZE;
			tables++;
		}
	}
	arm64_adopt_mappings();

	pages = (region_phys + region_size - pool) >> PAGE_SHIFT;
	bitmap = hv_phys_to_virt(pool + tables * PAGE_SIZE);
	page_pool_init(&mem_pool, hv_phys_to_virt(pool), pages, bitmap);
	if (!page_pool_take(&mem_pool, tables + PAGES(pages / 8 + 8), 1))
		return -ENOMEM;
	page_pool_init(&remap_pool, (void *)HV_REMAP, HV_REMAP_PAGES,
		       remap_bitmap);
	return 0;
}

/* Each CPU has a level-2 table of its own; the first one's additions become
 * this CPU's. Nothing was mapped there before, so no TLB maintenance. */
void arm64_adopt_mappings(void)
{
	u64 *l2 = own_l2();

	memcpy(&l2[LINEAR_L2], linear_l2, sizeof(linear_l2));
	memcpy(&l2[REMAP_L2], remap_l2, sizeof(remap_l2));
	dsb(ishst);
	isb();
}

void *hv_map_device(phys_t phys, u64 size)
{
	phys_t page = phys & PAGE_MASK;
	unsigned long pages = PAGES(phys - page + size);
	char *virt = page_pool_take(&remap_pool, pages, 1);
	u64 address = (u64)virt;

	if (!virt)
		return NULL;
	for (unsigned long n = 0; n < pages; n++, address += PAGE_SIZE) {
		u64 *entry = &remap_l2[L2_INDEX(address) - REMAP_L2];
		u64 *l3;

		if (!*entry) {
			l3 = page_alloc(1);
			if (!l3)
				return NULL;
			*entry = hv_virt_to_phys(l3) | PTE_TABLE;
		}
		l3 = hv_phys_to_virt(*entry & ENTRY_ADDRESS);
		l3[L3_INDEX(address)] = (page + n * PAGE_SIZE) | PTE_DEVICE;
	}
	arm64_adopt_mappings();
	return virt + (phys - page);
}

/* Break before make (D8.16.1); only this CPU has these mappings. */
static void unmap_temporary(unsigned int pages)
{
	u64 *entry = &own_l3()[HV_TEMP_INDEX];

	for (unsigned int n = 0; n < pages; n++)
		entry[n] = 0;
	dsb(nshst);
	for (unsigned int n = 0; n < pages; n++)
		asm volatile("tlbi vae2, %0"
			     :
			     : "r"((HV_TEMP >> PAGE_SHIFT) + n));
	dsb(nsh);
}

void *hv_map_temporary(phys_t phys, unsigned int pages, unsigned int flags)
{
	u64 *entry = &own_l3()[HV_TEMP_INDEX];
	u64 attributes = flags & PT_DEVICE  ? PTE_DEVICE
			 : flags & PT_WRITE ? PTE_DATA
					    : PTE_RODATA;

	unmap_temporary(pages);
	for (unsigned int n = 0; n < pages; n++)
		entry[n] = (phys + n * PAGE_SIZE) | attributes;
	dsb(nshst);
	isb();
	return (void *)HV_TEMP;
}

/*
 * For the way out: the page of the entry and exit code at its physical
 * address, which is below slot HV_ROOT_SLOT (entry refuses anything else).
 * All CPUs write the same values; slots were empty, so nothing is cached.
 */
void arm64_map_exit_page(void)
{
	phys_t page = arm64_private.phys_base; /* of the image */

	exit_tables[0][L2_INDEX(page)] =
		hv_virt_to_phys(exit_tables[1]) | PTE_TABLE;
	exit_tables[1][L3_INDEX(page)] = page | PTE_TEXT;
	own_root()[page >> 30] = hv_virt_to_phys(exit_tables[0]) | PTE_TABLE;
	dsb(ishst);
	isb();
}

/* Cleans and invalidates RAM that is not the hypervisor's, page by page. */
void arch_flush_dcache(phys_t phys, u64 size)
{
	u64 line = 4UL << (sysreg_read(ctr_el0) >> 16 & 0xf);
	phys_t end = phys + size;

	phys &= PAGE_MASK;
	while (phys < end) {
		unsigned int pages =
			(unsigned int)MIN(PAGES(end - phys), HV_TEMP_PAGES);
		char *virt = hv_map_temporary(phys, pages, PT_READ | PT_WRITE);
		char *stop = virt + pages * PAGE_SIZE;

		for (; virt < stop; virt += line)
			asm volatile("dc civac, %0" : : "r"(virt) : "memory");
		phys += pages * PAGE_SIZE;
	}
	dsb(sy);
	/* A cacheable mapping that stays invites speculative reads: lines that
	 * hide from a guest what it writes with its caches off. */
	unmap_temporary(HV_TEMP_PAGES);
	isb();
}
