// SPDX-License-Identifier: GPL-2.0-only
/*
 * Memory of cells, and its moves between the root and the others.
 *
 * Whole pages go through the second stage. Regions that do not cover whole
 * pages trap, and each access is checked and carried out here; the root, which
 * loses the page then, keeps the rest of it through a window of its own.
 */
#include <hv/arch.h>
#include <hv/printk.h>

/* --- sub-page regions ------------------------------------------------------
 */

static enum mmio_result perform(phys_t phys, struct mmio_access *access)
{
	char *page = hv_map_temporary(phys & PAGE_MASK, 1,
				      PT_READ | PT_WRITE | PT_DEVICE);

	return mmio_perform(page + (phys & ~PAGE_MASK), access) ? MMIO_HANDLED
								: MMIO_ERROR;
}

/* Rights, width and alignment that the region grants. */
static bool subpage_permits(const struct jailhouse_memory *mem,
			    const struct mmio_access *access)
{
	u64 right = access->is_write ? JAILHOUSE_MEM_WRITE : JAILHOUSE_MEM_READ;
	u64 width = (u64)access->size << JAILHOUSE_MEM_IO_WIDTH_SHIFT;
	phys_t phys = mem->phys_start + access->address;

	if (!(mem->flags & right) || !(mem->flags & width))
		return false;
	/* A page is mapped for the access, so it cannot cross into another
	 * one even where misalignment is allowed. */
	if ((phys & ~PAGE_MASK) + access->size > PAGE_SIZE)
		return false;
	return !(phys & (access->size - 1)) ||
	       (mem->flags & JAILHOUSE_MEM_IO_UNALIGNED);
}

static enum mmio_result refuse_subpage(const struct jailhouse_memory *mem,
				       const struct mmio_access *access)
{
	printk_guest(this_cell(),
		     "FATAL: Invalid MMIO %s, address: %llx, size: %x\n",
		     access->is_write ? "write" : "read",
		     mem->phys_start + access->address, access->size);
	return MMIO_ERROR;
}

static enum mmio_result subpage_access(void *arg, struct mmio_access *access)
{
	const struct jailhouse_memory *mem = arg;

	if (!subpage_permits(mem, access))
		return refuse_subpage(mem, access);
	return perform(mem->phys_start + access->address, access);
}

/* --- what the root keeps of a page that a cell has a part of ---------------
 */

static bool ranges_overlap(u64 a, u64 a_size, u64 b, u64 b_size)
{
	return a_size && b_size && a < b + b_size && b < a + a_size;
}

/* A non-root cell has [phys, phys + size), or part of it, for itself. */
static bool taken_by_cell(phys_t phys, u64 size)
{
	const struct jailhouse_memory *mem;
	const struct cell *cell;
	unsigned int n;

	for_each_non_root_cell (cell)
		for_each_mem_region (mem, cell->config, n)
			if (!(mem->flags & (JAILHOUSE_MEM_COMM_REGION |
					    JAILHOUSE_MEM_ROOTSHARED)) &&
			    ranges_overlap(mem->phys_start, mem->size, phys,
					   size))
				return true;
	return false;
}

/* The root's own sub-page regions stay when a cell takes what they cover. */
static enum mmio_result root_subpage_access(void *arg,
					    struct mmio_access *access)
{
	const struct jailhouse_memory *mem = arg;

	if (taken_by_cell(mem->phys_start + access->address, access->size))
		return refuse_subpage(mem, access);
	return subpage_access(arg, access);
}

/* Region of the root's configuration that has the page, by physical address;
 * the first one, as that is the one whose rights apply. */
static const struct jailhouse_memory *root_region(phys_t phys, u64 size)
{
	const struct jailhouse_memory *mem;
	unsigned int n;

	for_each_mem_region (mem, root_cell.config, n)
		if (!(mem->flags & JAILHOUSE_MEM_COMM_REGION) &&
		    ranges_overlap(mem->phys_start, mem->size, phys, size))
			return mem;
	return NULL;
}

static enum mmio_result root_page_access(void *arg, struct mmio_access *access)
{
	phys_t phys = (phys_t)(uintptr_t)arg + access->address;
	const struct jailhouse_memory *mem = root_region(phys, access->size);
	u64 right = access->is_write ? JAILHOUSE_MEM_WRITE : JAILHOUSE_MEM_READ;

	if (!mem || !(mem->flags & right) || phys & (access->size - 1) ||
	    taken_by_cell(phys, access->size))
		return MMIO_ERROR;
	return perform(phys, access);
}

/* The guest address at which the root has this physical page. */
static u64 root_address(const struct jailhouse_memory *mem, phys_t phys)
{
	return mem->virt_start + (phys - mem->phys_start);
}

/* --- regions of a cell ------------------------------------------------------
 */

int cell_map_region(struct cell *cell, const struct jailhouse_memory *mem)
{
	if (!mem->size && !(mem->flags & JAILHOUSE_MEM_COMM_REGION))
		return 0;
	if (mem->flags & JAILHOUSE_MEM_COMM_REGION ||
	    !JAILHOUSE_MEMORY_IS_SUBPAGE(mem))
		return arch_map_memory(cell, mem);
	return mmio_add(&cell->mmio, mem->virt_start, mem->size,
			cell == &root_cell ? root_subpage_access
					   : subpage_access,
			(void *)(uintptr_t)mem);
}

int cell_unmap_region(struct cell *cell, const struct jailhouse_memory *mem)
{
	if (!mem->size && !(mem->flags & JAILHOUSE_MEM_COMM_REGION))
		return 0;
	if (mem->flags & JAILHOUSE_MEM_COMM_REGION ||
	    !JAILHOUSE_MEMORY_IS_SUBPAGE(mem))
		return arch_unmap_memory(cell, mem);
	mmio_remove(&cell->mmio, mem->virt_start);
	return 0;
}

/* --- the root's side -------------------------------------------------------
 */

/*
 * Calls visit for each part of [phys, phys + size) that whole-page regions of
 * the root cover, as a region of its own with the root's flags.
 */
static int for_root_parts(phys_t phys, u64 size,
			  int (*visit)(const struct jailhouse_memory *part))
{
	const struct jailhouse_memory *mem;
	unsigned int n;
	int err;

	for_each_mem_region (mem, root_cell.config, n) {
		struct jailhouse_memory part = *mem;
		phys_t start, end;

		if (mem->flags & JAILHOUSE_MEM_COMM_REGION ||
		    JAILHOUSE_MEMORY_IS_SUBPAGE(mem) ||
		    !ranges_overlap(mem->phys_start, mem->size, phys, size))
			continue;
		start = MAX(mem->phys_start, phys);
		end = MIN(mem->phys_start + mem->size, phys + size);
		part.phys_start = start;
		part.virt_start = root_address(mem, start);
		part.size = end - start;
		err = visit(&part);
		if (err)
			return err;
	}
	return 0;
}

static int unmap_part(const struct jailhouse_memory *part)
{
	return arch_unmap_memory(&root_cell, part);
}

static int map_part(const struct jailhouse_memory *part)
{
	return arch_map_memory(&root_cell, part);
}

/* Two cells with parts of one page need one window. */
static int split_part(const struct jailhouse_memory *part)
{
	int err = arch_unmap_memory(&root_cell, part);

	if (err)
		return err;
	err = mmio_add(&root_cell.mmio, part->virt_start, PAGE_SIZE,
		       root_page_access, (void *)(uintptr_t)part->phys_start);
	return err == -EEXIST ? 0 : err;
}

static int join_part(const struct jailhouse_memory *part)
{
	mmio_remove(&root_cell.mmio, part->virt_start);
	return map_part(part);
}

static void root_join_page(phys_t page)
{
	if (!taken_by_cell(page, PAGE_SIZE) &&
	    for_root_parts(page, PAGE_SIZE, join_part))
		printk("Out of memory: page 0x%llx stays with no cell\n", page);
}

int root_unmap_range(phys_t phys, u64 size)
{
	phys_t page;
	int err;

	if (!((phys | size) & ~PAGE_MASK))
		return for_root_parts(phys, size, unmap_part);
	for (page = phys & PAGE_MASK; page < phys + size; page += PAGE_SIZE) {
		err = for_root_parts(page, PAGE_SIZE, split_part);
		if (err)
			return err;
	}
	return 0;
}

int root_map_range(phys_t phys, u64 size)
{
	phys_t page;

	if (!((phys | size) & ~PAGE_MASK))
		return for_root_parts(phys, size, map_part);
	for (page = phys & PAGE_MASK; page < phys + size; page += PAGE_SIZE)
		root_join_page(page);
	return 0;
}

/* Where the root sees a loadable region: as it would if it were its own, else
 * 1:1; never executable. */
static struct jailhouse_memory loadable_window(
	const struct jailhouse_memory *mem)
{
	const struct jailhouse_memory *own = root_region(mem->phys_start, 1);
	struct jailhouse_memory window = *mem;

	window.virt_start =
		own ? root_address(own, mem->phys_start) : mem->phys_start;
	window.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE;
	return window;
}

int root_map_loadable(const struct jailhouse_memory *mem)
{
	struct jailhouse_memory window = loadable_window(mem);

	return arch_map_memory(&root_cell, &window);
}

int root_unmap_loadable(const struct jailhouse_memory *mem)
{
	struct jailhouse_memory window = loadable_window(mem);

	return arch_unmap_memory(&root_cell, &window);
}

phys_t root_gpa_to_phys(u64 gpa, bool write)
{
	unsigned int flags;
	phys_t phys = paging_lookup(&root_cell.memory, gpa & PAGE_MASK, &flags);
	const struct jailhouse_memory *mem;

	if (phys == PHYS_INVALID || flags & PT_DEVICE ||
	    (write && !(flags & PT_WRITE)))
		return PHYS_INVALID;
	/* Mapped does not mean owned: LOADABLE regions and the console page
	 * are there too. */
	mem = root_region(phys, PAGE_SIZE);
	if (!mem || mem->flags & JAILHOUSE_MEM_IO ||
	    taken_by_cell(phys, PAGE_SIZE))
		return PHYS_INVALID;
	return phys + (gpa & ~PAGE_MASK);
}
