// SPDX-License-Identifier: LGPL-2.1-or-later
/* Second-stage tables of cells, as hypervisor/arch/arm64 makes them. */
#include <errno.h>

#include "plan/pool.h"
#include "plan/ranges.h"

#define ADDRESS_BITS_MAX 40U

#define LEAF_FLAGS                                                             \
	(JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE | JAILHOUSE_MEM_EXECUTE |    \
	 JAILHOUSE_MEM_IO)
/* of segments: the image, as the root sees it, and the GIC's interface */
#define CORE_FLAGS	0x80000000U
#define INTERFACE_FLAGS 0x40000000U

static const struct page_format arm64_format = {
	.span = { 1ULL << 30, 1ULL << 21, 0, 0 },
	.leaf = { true, true, false, false },
};

static uint64_t root_table_pages(const struct estimate *e)
{
	unsigned int bits = e->board ? jhcfg_board_address_bits(e->board) : 0;

	if (!bits || bits > ADDRESS_BITS_MAX)
		bits = ADDRESS_BITS_MAX;
	return bits > 30 ? pool_pages((1ULL << (bits - 30)) * 8) : 1;
}

/* With an IOMMU memory is in no leaf of 1 GiB. */
static bool has_iommu(const struct estimate *e)
{
	return jhcfg_system_platform(jhcfg_config_system(e->system))
		->iommu_units[0]
		.base;
}

static void add_regions(const struct estimate *e, struct segments *list,
			const struct jhcfg_config *config)
{
	const struct jhcfg_cell *cell = jhcfg_config_cell(config);
	const struct jhcfg_memory *memory;
	bool iommu = has_iommu(e);

	for (size_t n = 0; (memory = jhcfg_cell_memory(cell, n)); n++) {
		bool comm = memory->flags & JAILHOUSE_MEM_COMM_REGION;

		if (!comm && pool_is_subpage(memory))
			continue;
		segments_add(
			list,
			&(struct segment){
				.virt = memory->virt_start,
				.phys = comm ? PLAN_PAGE : memory->phys_start,
				.size = comm ? PLAN_PAGE : memory->size,
				.flags = memory->flags & LEAF_FLAGS,
				.no_huge = memory->flags &
					   JAILHOUSE_MEM_NO_HUGEPAGES,
				.no_first = iommu &&
					    !(memory->flags & JAILHOUSE_MEM_IO),
			});
	}
}

/* Each cell has the virtual CPU interface of a GICv2 in place of the real. */
static void add_interface(const struct estimate *e, struct segments *list)
{
	const struct jhcfg_platform *platform =
		jhcfg_system_platform(jhcfg_config_system(e->system));

	if (pool_is_gicv2(e))
		segments_add(list, &(struct segment){
					   .virt = platform->gicc_base,
					   .phys = platform->gicv_base,
					   .size = POOL_GICC_SIZE,
					   .flags = INTERFACE_FLAGS,
				   });
}

/* The root sees the image, one empty page again and again. */
static void add_image(const struct estimate *e, struct segments *list)
{
	segments_add(list,
		     &(struct segment){
			     .virt = jhcfg_system_hypervisor_memory(
					     jhcfg_config_system(e->system))
					     ->phys_start,
			     .size = e->firmware->core_size,
			     .flags = CORE_FLAGS,
			     .no_huge = true,
		     });
}

/* What the cell takes away from the root: whole pages. */
static void add_taken(struct segments *cuts, const struct jhcfg_config *config,
		      unsigned int *number)
{
	const struct jhcfg_cell *cell = jhcfg_config_cell(config);
	const struct jhcfg_memory *memory;

	for (size_t n = 0; (memory = jhcfg_cell_memory(cell, n)); n++) {
		uint64_t start = memory->phys_start & ~(PLAN_PAGE - 1);

		if (memory->flags & (JAILHOUSE_MEM_COMM_REGION |
				     JAILHOUSE_MEM_ROOTSHARED) ||
		    !memory->size || memory->size > UINT64_MAX / 2 ||
		    start > UINT64_MAX / 2)
			continue;
		segments_add(cuts,
			     &(struct segment){
				     .phys = start,
				     .size = pool_pages(memory->phys_start -
							start + memory->size) *
					     PLAN_PAGE,
				     .taken_by = ++*number,
			     });
	}
}

/* Addresses that the root has, merged. */
static void collect_own(const struct jhcfg_config *system, struct ranges *own)
{
	const struct jhcfg_cell *root = jhcfg_config_cell(system);
	const struct jhcfg_memory *memory;

	for (size_t n = 0; (memory = jhcfg_cell_memory(root, n)); n++)
		ranges_add(own, memory->phys_start, memory->size);
	ranges_merge(own);
}

static bool is_own(const struct ranges *own, uint64_t address)
{
	size_t low = 0, high = own->count;

	while (low < high) {
		size_t middle = (low + high) / 2;
		struct jhcfg_range range = own->items[middle];

		if (address >= range.start &&
		    address - range.start < range.size)
			return true;
		if (range.start > address)
			high = middle;
		else
			low = middle + 1;
	}
	return false;
}

/* Loadable memory that is none of the root's appears there 1:1. */
static void add_loadable(struct segments *list,
			 const struct jhcfg_config *config,
			 const struct ranges *own, unsigned int *number)
{
	const struct jhcfg_cell *cell = jhcfg_config_cell(config);
	const struct jhcfg_memory *memory;

	for (size_t n = 0; (memory = jhcfg_cell_memory(cell, n)); n++) {
		uint64_t start = memory->phys_start;

		if (!(memory->flags & JAILHOUSE_MEM_LOADABLE) ||
		    memory->flags & (JAILHOUSE_MEM_COMM_REGION |
				     JAILHOUSE_MEM_ROOTSHARED) ||
		    pool_is_subpage(memory) || is_own(own, start))
			continue;
		segments_add(list, &(struct segment){
					   .virt = start,
					   .phys = start,
					   .size = memory->size,
					   .taken_by = ++*number,
				   });
	}
}

static int count_tables(struct segments *list, uint64_t *count)
{
	if (list->failed)
		return -ENOMEM;
	return segments_count_tables(list, &arm64_format, count);
}

int pool_count_root_tables(struct estimate *e)
{
	struct segments own = { 0 }, cuts = { 0 };
	struct ranges ranges = { 0 };
	unsigned int number = 0;
	uint64_t before, after;
	int err;

	add_regions(e, &own, e->system);
	add_image(e, &own);
	add_interface(e, &own);
	segments_merge(&own);
	err = count_tables(&own, &before);

	for (size_t n = 0; n < e->num_cells; n++)
		add_taken(&cuts, e->cells[n], &number);
	segments_sort_phys(&cuts);
	segments_cut(&own, &cuts);
	collect_own(e->system, &ranges);
	for (size_t n = 0; n < e->num_cells; n++)
		add_loadable(&own, e->cells[n], &ranges, &number);
	segments_merge(&own);
	if (!err)
		err = cuts.failed || ranges.failed ? -ENOMEM
						   : count_tables(&own, &after);
	segments_clear(&own);
	segments_clear(&cuts);
	ranges_clear(&ranges);
	if (err)
		return err;
	pool_add(e, JHCFG_POOL_TABLES, before + root_table_pages(e));
	pool_add(e, JHCFG_POOL_SPLITS, after > before ? after - before : 0);
	return 0;
}

int pool_count_cell_tables(struct estimate *e,
			   const struct jhcfg_config *config)
{
	struct segments list = { 0 };
	uint64_t count;
	int err;

	add_regions(e, &list, config);
	add_interface(e, &list);
	segments_merge(&list);
	err = count_tables(&list, &count);
	segments_clear(&list);
	if (!err)
		pool_add(e, JHCFG_POOL_TABLES, count + root_table_pages(e));
	return err;
}
