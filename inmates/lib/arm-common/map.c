/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Stage 1 tables, 4 KiB granule: three levels, the first of 1 GiB entries. ARM
 * DDI 0487, D8.3; the long descriptors of AArch32, G5.5, are the same.
 *
 * First used with the MMU off, when tables are written past the caches, later
 * with it on: start.S invalidates the tables' cache lines in between.
 */
#include <stdbool.h>
#include <stdint.h>

#include <asm/sysreg.h>
#include <inmate/comm.h>
#include <inmate/errno.h>
#include <inmate/map.h>
#include <inmate/string.h>

#include "image.h"

#define ENTRIES 512
#define LEVELS	3

/* clang-format off */
#define PTE_VALID	(1ULL << 0)
#define PTE_TABLE	(1ULL << 1) /* levels 0 and 1; on the last: page */
#define PTE_ATTR(n)	((u64)(n) << 2)
#define PTE_RO		(1ULL << 7)
#define PTE_USER	(1ULL << 6)
#define PTE_INNER	(3ULL << 8)
#define PTE_AF		(1ULL << 10)
#define PTE_ADDR	0x0000fffffffff000ULL
/* clang-format on */

/* Indices into MAIR, see start.S */
#define ATTR_RAM    0
#define ATTR_DEVICE 1

typedef u64 table[ENTRIES];

/* Phase: the boot CPU before others run, then whoever calls map_range(). */
static unsigned int tables_used; /* not counting the root, the first one */

static unsigned int level_shift(unsigned int level)
{
	return 12 + 9 * (LEVELS - 1 - level);
}

static void flush(u64 virt)
{
	dsb(ishst);
	tlb_flush_page(virt);
	dsb(ish);
	isb();
}

static u64 *table_new(void)
{
	table *tables = (table *)(void *)image_tables;
	u64 *new;

	if ((tables_used + 2) * sizeof(table) >
	    (size_t)(image_tables_end - image_tables))
		return NULL;
	new = tables[++tables_used];
	memset(new, 0, sizeof(table));
	return new;
}

/*
 * Replace a large entry by a table of smaller ones that say the same. Break
 * before make: the old translation is gone before the new one appears.
 */
static int split(u64 *entry, u64 virt, unsigned int level)
{
	u64 old = *entry, step = 1ULL << level_shift(level + 1);
	u64 *sub = table_new();
	unsigned int n;

	if (!sub)
		return -ENOMEM;
	if (old & PTE_VALID) {
		for (n = 0; n < ENTRIES; n++)
			sub[n] = (old + n * step) |
				 (level + 1 == LEVELS - 1 ? PTE_TABLE : 0);
		*entry = 0;
		flush(virt);
	}
	dsb(ishst);
	*entry = (uintptr_t)sub | PTE_TABLE | PTE_VALID;
	return 0;
}

static void set_leaf(u64 *entry, u64 virt, unsigned int level, u64 attributes)
{
	u64 new = virt | attributes | PTE_VALID |
		  (level == LEVELS - 1 ? PTE_TABLE : 0);

	if (*entry == new)
		return;
	if (*entry & PTE_VALID) {
		*entry = 0;
		flush(virt);
	}
	*entry = new;
}

static bool is_table(u64 entry)
{
	return (entry & (PTE_VALID | PTE_TABLE)) == (PTE_VALID | PTE_TABLE);
}

/* Map as much from virt on as one entry can take; returns that many bytes. */
static int map_step(u64 virt, u64 left, u64 attributes, u64 *done)
{
	u64 *entries = ((table *)(void *)image_tables)[0];
	unsigned int level;

	for (level = 0;; level++) {
		u64 span = 1ULL << level_shift(level);
		u64 *entry = &entries[(virt >> level_shift(level)) % ENTRIES];
		bool fits = virt % span == 0 && left >= span;
		int err;

		*done = span;
		if (level == LEVELS - 1 ||
		    (level > 0 && fits && !is_table(*entry))) {
			set_leaf(entry, virt, level, attributes);
			return 0;
		}
		if (!is_table(*entry)) {
			err = split(entry, virt & ~(span - 1), level);
			if (err)
				return err;
		}
		entries = (u64 *)(uintptr_t)(*entry & PTE_ADDR);
	}
}

int map_range(u64 phys, u64 size, unsigned int flags)
{
	u64 attributes = PTE_AF | PTE_INNER, end, done;
	int err;

	if (size == 0 || __builtin_add_overflow(phys, size - 1, &end) ||
	    end >= MAP_END)
		return -EINVAL;

	attributes |= PTE_ATTR(flags & MAP_DEVICE ? ATTR_DEVICE : ATTR_RAM);
	if (flags & MAP_RO)
		attributes |= PTE_RO;
	if (flags & MAP_USER)
		attributes |= PTE_USER;
	attributes |= flags & MAP_EXEC ? flags & MAP_USER ? 0 : PTE_KERNEL_EXEC
				       : PTE_NO_EXEC;

	end = (end | (MAP_PAGE_SIZE - 1)) + 1;
	for (phys &= ~(MAP_PAGE_SIZE - 1); phys < end; phys += done) {
		err = map_step(phys, end - phys, attributes, &done);
		if (err)
			return err;
	}
	dsb(ish);
	isb();
	return 0;
}

static int map_section(const char *from, const char *to, unsigned int flags)
{
	return map_range((uintptr_t)from, (size_t)(to - from), flags);
}

int map_init(void)
{
	int err;

	memset(image_tables, 0, sizeof(table));
	err = map_section(image_start, image_ro_end, MAP_RO | MAP_EXEC);
	if (!err)
		err = map_section(image_ro_end, image_end, MAP_RAM);
	if (!err)
		err = map_range(COMM_REGION_BASE, MAP_PAGE_SIZE, MAP_RAM);
	return err;
}
