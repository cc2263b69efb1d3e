// SPDX-License-Identifier: GPL-2.0-only
#include <linux/io.h>
#include <linux/ioport.h>
#include <linux/memory_hotplug.h>
#include <linux/mm.h>
#include <linux/sched.h>

#include "arch.h"
#include "memory.h"

/* Up to here, pages are looked at one by one. */
#define SMALL_RANGE (32ULL << 20)

static int ram_overlap(u64 start, u64 size)
{
	return region_intersects(start, size, IORESOURCE_SYSTEM_RAM,
				 IORES_DESC_NONE);
}

static bool touches_ram(u64 start, u64 size)
{
	return ram_overlap(start, size) != REGION_DISJOINT;
}

static bool page_in_use(u64 phys)
{
	struct page *page = pfn_to_online_page(PHYS_PFN(phys));

	/* No page: reserved with no-map, or a hole. */
	return page && !PageReserved(page);
}

static bool pages_in_use(u64 start, u64 end)
{
	for (start = ALIGN_DOWN(start, PAGE_SIZE); start < end;
	     start += PAGE_SIZE)
		if (page_in_use(start))
			return true;
	return false;
}

bool jh_memory_in_use(u64 start, u64 size)
{
	u64 end = start + size;
	u64 step;

	/* A range may be as large as the address space: look at pages only
	 * where there is RAM, and pass over the rest in growing steps. */
	for (; start < end; start += step) {
		step = min(end - start, SMALL_RANGE);
		if (touches_ram(start, step)) {
			if (pages_in_use(start, start + step))
				return true;
			cond_resched();
			continue;
		}
		while (step < end - start &&
		       !touches_ram(start, min(2 * step, end - start)))
			step = min(2 * step, end - start);
	}
	return false;
}

void *jh_memory_map(u64 start, u64 size)
{
	u64 limit = jh_arch_phys_limit();

	if (start >= limit || size > limit - start)
		return NULL;
	/* memremap() warns about a mixture of RAM and other things. */
	if (ram_overlap(start, size) == REGION_MIXED ||
	    jh_memory_in_use(start, size))
		return NULL;
	return memremap(start, size, MEMREMAP_WB);
}
