/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Mapping and unmapping in page tables of any format. Two habits keep the
 * promises of the header: tables that unmapping has emptied stay, so that what
 * was there can be mapped again without memory; and mapping replaces a table
 * that has become one large page of the level above by that page.
 *
 * While an entry is broken, nothing is mapped there: neither CPUs that run in
 * the space nor devices behind an IOMMU may need the range meanwhile.
 */
#include "tables.h"

#include <hv/page_pool.h>

/* Splits large pages until a page boundary of the tables lies at virt. */
static int split_at(struct pt_space *space, u64 virt)
{
	const struct pt_format *format = space->format;
	u64 *table = space->root;

	if (virt == pt_limit(format))
		return 0;
	for (unsigned int level = 0; !pt_last_level(format, level); level++) {
		u64 *entry = &table[pt_index(format, level, virt)];
		int err = 0;

		if (!*entry || !(virt & (pt_span(format, level) - 1)))
			break;
		if (!pt_is_table(space, level, *entry))
			err = pt_split_leaf(space, entry, level, virt);
		if (err)
			return err;
		table = pt_next(space, *entry);
	}
	return 0;
}

/* Merges what can be on the way to virt, from the bottom upwards. */
static void merge_at(struct pt_space *space, u64 virt)
{
	const struct pt_format *format = space->format;
	u64 *way[PT_MAX_LEVELS];
	u64 *table = space->root;
	unsigned int level = 0;

	if (virt == pt_limit(format))
		return;
	for (;; level++) {
		way[level] = &table[pt_index(format, level, virt)];
		if (!pt_is_table(space, level, *way[level]))
			break;
		table = pt_next(space, *way[level]);
	}
	while (level-- > 0)
		pt_try_merge(space, way[level], level, virt);
}

/* Clears the leaves that lie within [virt, end); larger ones stay. Returns
 * whether there were any. */
static bool clear_leaves(struct pt_space *space, u64 *table, unsigned int level,
			 u64 virt, u64 end)
{
	u64 span = pt_span(space->format, level);
	bool cleared = false;
	u64 next;

	for (; virt < end; virt = next) {
		u64 *entry = &table[pt_index(space->format, level, virt)];

		next = pt_end_of_entry(space, level, virt, end);
		if (pt_is_table(space, level, *entry)) {
			cleared |= clear_leaves(space, pt_next(space, *entry),
						level + 1, virt, next);
		} else if (*entry && next - virt == span) {
			WRITE_ONCE(*entry, 0);
			pt_publish(space, entry, 1);
			cleared = true;
		}
	}
	return cleared;
}

static void clear_range(struct pt_space *space, u64 virt, u64 end)
{
	if (clear_leaves(space, space->root, 0, virt, end))
		pt_invalidate(space, virt, end - virt);
}

int paging_unmap(struct pt_space *space, u64 virt, u64 size)
{
	int err;

	if (!pt_in_range(space, virt, size))
		return -EINVAL;
	if (!size)
		return 0;
	err = split_at(space, virt);
	if (!err)
		err = split_at(space, virt + size);
	if (err) {
		merge_at(space, virt);
		merge_at(space, virt + size);
		return err;
	}
	clear_range(space, virt, virt + size);
	return 0;
}

/* What is to be mapped; virt and phys move on as it is done. */
struct pt_map {
	struct pt_space *space;
	u64 virt;
	phys_t phys;
	unsigned int flags;
};

/* Number of entries of this level that leaves can fill from map->virt on; end
 * lies in the same table. */
static unsigned int leaf_run(const struct pt_map *map, unsigned int level,
			     u64 end)
{
	const struct pt_format *format = map->space->format;
	u64 span = pt_span(format, level);

	if (!format->level[level].leaf ||
	    (level < format->memory_level && !(map->flags & PT_DEVICE)) ||
	    ((map->virt | map->phys) & (span - 1)) ||
	    ((map->flags & PT_NO_HUGE) && !pt_last_level(format, level)))
		return 0;
	return (unsigned int)((end - map->virt) >> format->level[level].shift);
}

/* Makes those of count entries invalid that are to become something else.
 * Tables among them are freed when nobody can walk them any more. */
static void break_run(const struct pt_map *map, u64 *entry, unsigned int count,
		      unsigned int level)
{
	struct pt_space *space = map->space;
	u64 span = pt_span(space->format, level);
	u64 leaf = space->format->make_leaf(map->phys, map->flags, level);
	u64 virt = map->virt;
	bool changed = false;

	for (unsigned int n = 0; n < count; n++, leaf += span, virt += span) {
		u64 old = entry[n];

		if (!old || old == leaf)
			continue;
		if (pt_is_table(space, level, old)) {
			pt_break_entry(space, &entry[n], level, virt);
			pt_free_tables(space, level, old);
		} else {
			WRITE_ONCE(entry[n], 0);
			changed = true;
		}
	}
	if (changed) {
		pt_publish(space, entry, count);
		pt_invalidate(space, map->virt, count * span);
	}
}

static void map_run(struct pt_map *map, u64 *entry, unsigned int count,
		    unsigned int level)
{
	u64 size = count * pt_span(map->space->format, level);

	break_run(map, entry, count, level);
	pt_fill_leaves(map->space, entry, count, level, map->phys, map->flags);
	map->virt += size;
	map->phys += size;
}

/* Does this leaf, larger than what is asked for, serve as it is? */
static bool leaf_serves(const struct pt_map *map, u64 entry, unsigned int level)
{
	const struct pt_format *format = map->space->format;
	u64 offset = map->virt & (pt_span(format, level) - 1);

	return entry && !pt_is_table(map->space, level, entry) &&
	       !(map->flags & PT_NO_HUGE) &&
	       format->leaf_phys(entry, level) + offset == map->phys &&
	       format->leaf_flags(entry, level) == map->flags;
}

/* Makes the entry lead to a table: a new one, or the pieces of a large page. */
static int need_table(const struct pt_map *map, u64 *entry, unsigned int level)
{
	struct pt_space *space = map->space;
	u64 *table;

	if (pt_is_table(space, level, *entry))
		return 0;
	if (*entry)
		return pt_split_leaf(space, entry, level, map->virt);
	table = page_alloc(1);
	if (!table)
		return -ENOMEM;
	pt_publish(space, table, space->format->level[level + 1].entries);
	pt_set_entry(space, entry,
		     space->format->make_table(hv_virt_to_phys(table)));
	return 0;
}

static int map_level(struct pt_map *map, u64 *table, unsigned int level,
		     u64 end);

/* Maps up to end, which lies within the one entry, with smaller pages. */
static int map_below(struct pt_map *map, u64 *entry, unsigned int level,
		     u64 end)
{
	struct pt_space *space = map->space;
	u64 start = map->virt;
	int err;

	if (leaf_serves(map, *entry, level)) {
		map->virt = end;
		map->phys += end - start;
		return 0;
	}
	err = need_table(map, entry, level);
	if (!err)
		err = map_level(map, pt_next(space, *entry), level + 1, end);
	if (!err && !(map->flags & PT_NO_HUGE))
		pt_try_merge(space, entry, level, start);
	return err;
}

static int map_level(struct pt_map *map, u64 *table, unsigned int level,
		     u64 end)
{
	int err = 0;

	while (!err && map->virt < end) {
		u64 *entry =
			&table[pt_index(map->space->format, level, map->virt)];
		unsigned int run = leaf_run(map, level, end);

		if (run)
			map_run(map, entry, run, level);
		else
			err = map_below(map, entry, level,
					pt_end_of_entry(map->space, level,
							map->virt, end));
	}
	return err;
}

int paging_map(struct pt_space *space, u64 virt, phys_t phys, u64 size,
	       unsigned int flags)
{
	struct pt_map map = {
		.space = space,
		.virt = virt,
		.phys = phys,
		.flags = flags,
	};
	int err;

	if (!pt_in_range(space, virt, size) || (phys & PAGE_OFFSET_MASK) ||
	    phys + size < phys)
		return -EINVAL;
	err = map_level(&map, space->root, 0, virt + size);
	if (err) {
		clear_range(space, virt, map.virt);
		paging_trim(space, virt, size);
	}
	return err;
}
