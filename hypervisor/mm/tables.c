/* SPDX-License-Identifier: GPL-2.0-only */
/* Page tables: their entries, splitting and merging, and looking at them. */
#include "tables.h"

#include <hv/page_pool.h>

/* A table must be complete for whoever follows the entry that leads to it: the
 * fence pairs with the address dependency of a table walk. */
void pt_set_entry(struct pt_space *space, u64 *entry, u64 value)
{
	__atomic_thread_fence(__ATOMIC_RELEASE);
	WRITE_ONCE(*entry, value);
	pt_publish(space, entry, 1);
}

void pt_break_entry(struct pt_space *space, u64 *entry, unsigned int level,
		    u64 virt)
{
	u64 span = pt_span(space->format, level);

	WRITE_ONCE(*entry, 0);
	pt_publish(space, entry, 1);
	pt_invalidate(space, virt & ~(span - 1), span);
}

void pt_free_tables(struct pt_space *space, unsigned int level, u64 entry)
{
	unsigned int entries;
	u64 *table;

	if (!pt_is_table(space, level, entry))
		return;
	table = pt_next(space, entry);
	level++;
	entries = space->format->level[level].entries;
	if (!pt_last_level(space->format, level))
		for (unsigned int n = 0; n < entries; n++)
			if (pt_is_table(space, level, table[n]))
				pt_free_tables(space, level, table[n]);
	page_free(table, 1);
}

void pt_fill_leaves(struct pt_space *space, u64 *entry, unsigned int count,
		    unsigned int level, phys_t phys, unsigned int flags)
{
	u64 leaf = space->format->make_leaf(phys, flags, level);
	u64 span = pt_span(space->format, level);

	/* leaves of one level differ by the address only: struct pt_format */
	for (unsigned int n = 0; n < count; n++, leaf += span)
		WRITE_ONCE(entry[n], leaf);
	pt_publish(space, entry, count);
}

int pt_split_leaf(struct pt_space *space, u64 *entry, unsigned int level,
		  u64 virt)
{
	const struct pt_format *format = space->format;
	u64 *table = page_pool_take(&mem_pool, 1, 1);
	u64 leaf = *entry;

	if (!table)
		return -ENOMEM;
	pt_fill_leaves(space, table, format->level[level + 1].entries,
		       level + 1, format->leaf_phys(leaf, level),
		       format->leaf_flags(leaf, level));
	pt_break_entry(space, entry, level, virt);
	pt_set_entry(space, entry, format->make_table(hv_virt_to_phys(table)));
	return 0;
}

/* The large page of the level above that does the same as this table of level,
 * or 0 if there is none. */
static u64 table_as_leaf(const struct pt_format *format, const u64 *table,
			 unsigned int level)
{
	unsigned int count = format->level[level].entries;
	u64 span = pt_span(format, level);
	u64 expect = table[0];
	unsigned int flags;
	phys_t phys;

	/* The last entry gives away most tables that are mixed. */
	if (!expect || table[count - 1] != expect + (count - 1) * span ||
	    !format->is_leaf(expect, level))
		return 0;
	phys = format->leaf_phys(expect, level);
	flags = format->leaf_flags(expect, level);
	if ((phys & (pt_span(format, level - 1) - 1)) || (flags & PT_NO_HUGE) ||
	    (level - 1 < format->memory_level && !(flags & PT_DEVICE)))
		return 0;
	for (unsigned int n = 1; n < count; n++)
		if (table[n] != (expect += span))
			return 0;
	return format->make_leaf(phys, flags, level - 1);
}

void pt_try_merge(struct pt_space *space, u64 *entry, unsigned int level,
		  u64 virt)
{
	u64 old = *entry;
	u64 leaf;

	if (!space->format->level[level].leaf ||
	    !pt_is_table(space, level, old))
		return;
	leaf = table_as_leaf(space->format, pt_next(space, old), level + 1);
	if (!leaf)
		return;
	pt_break_entry(space, entry, level, virt);
	pt_set_entry(space, entry, leaf);
	pt_free_tables(space, level, old);
}

static bool table_is_empty(const u64 *table, unsigned int count)
{
	for (unsigned int n = 0; n < count; n++)
		if (table[n])
			return false;
	return true;
}

static void trim_level(struct pt_space *space, u64 *table, unsigned int level,
		       u64 virt, u64 end)
{
	const struct pt_format *format = space->format;
	u64 next;

	for (; virt < end; virt = next) {
		u64 *entry = &table[pt_index(format, level, virt)];
		u64 old = *entry;
		u64 *below;

		next = pt_end_of_entry(space, level, virt, end);
		if (!pt_is_table(space, level, old))
			continue;
		below = pt_next(space, old);
		trim_level(space, below, level + 1, virt, next);
		if (table_is_empty(below, format->level[level + 1].entries)) {
			pt_break_entry(space, entry, level, virt);
			pt_free_tables(space, level, old);
		} else {
			pt_try_merge(space, entry, level, virt);
		}
	}
}

void paging_trim(struct pt_space *space, u64 virt, u64 size)
{
	if (pt_in_range(space, virt, size))
		trim_level(space, space->root, 0, virt, virt + size);
}

phys_t paging_lookup(const struct pt_space *space, u64 virt,
		     unsigned int *flags)
{
	const struct pt_format *format = space->format;
	const u64 *table = space->root;
	unsigned int level = 0;
	u64 entry;

	if (virt >= pt_limit(format))
		return PHYS_INVALID;
	for (;; level++) {
		entry = table[pt_index(format, level, virt)];
		if (!pt_is_table(space, level, entry))
			break;
		table = pt_next(space, entry);
	}
	if (!entry)
		return PHYS_INVALID;
	if (flags)
		*flags = format->leaf_flags(entry, level);
	return format->leaf_phys(entry, level) +
	       (virt & (pt_span(format, level) - 1));
}

void paging_destroy(struct pt_space *space)
{
	const struct pt_format *format = space->format;
	unsigned int entries = format->level[0].entries;

	for (unsigned int n = 0; n < entries; n++) {
		u64 old = space->root[n];

		if (!old)
			continue;
		pt_break_entry(space, &space->root[n], 0,
			       (u64)n << format->level[0].shift);
		pt_free_tables(space, 0, old);
	}
}

static unsigned long count_below(const struct pt_space *space, const u64 *table,
				 unsigned int level)
{
	unsigned int entries = space->format->level[level].entries;
	unsigned long count = 0;

	for (unsigned int n = 0; n < entries; n++)
		if (pt_is_table(space, level, table[n]))
			count +=
				1 + count_below(space, pt_next(space, table[n]),
						level + 1);
	return count;
}

unsigned long paging_count_tables(const struct pt_space *space)
{
	return count_below(space, space->root, 0);
}
