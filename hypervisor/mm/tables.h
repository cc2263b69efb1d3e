/* SPDX-License-Identifier: GPL-2.0-only */
/* Between the files of mm/: entries and tables of one pt_space. */
#ifndef HV_MM_TABLES_H
#define HV_MM_TABLES_H

#include <hv/paging.h>

#define PAGE_OFFSET_MASK (PAGE_SIZE - 1)

static inline u64 pt_span(const struct pt_format *format, unsigned int level)
{
	return 1ULL << format->level[level].shift;
}

static inline bool pt_last_level(const struct pt_format *format,
				 unsigned int level)
{
	return level == format->num_levels - 1;
}

/* First address that the format does not cover. */
static inline u64 pt_limit(const struct pt_format *format)
{
	return (u64)format->level[0].entries << format->level[0].shift;
}

static inline unsigned int pt_index(const struct pt_format *format,
				    unsigned int level, u64 virt)
{
	return (unsigned int)(virt >> format->level[level].shift) &
	       (format->level[level].entries - 1);
}

/* The table that a table entry leads to. */
static inline u64 *pt_next(const struct pt_space *space, u64 entry)
{
	return hv_phys_to_virt(space->format->table_phys(entry));
}

static inline bool pt_is_table(const struct pt_space *space, unsigned int level,
			       u64 entry)
{
	return entry && !pt_last_level(space->format, level) &&
	       space->format->is_table(entry, level);
}

static inline void pt_publish(struct pt_space *space, const u64 *entry,
			      unsigned int count)
{
	if (space->publish)
		space->publish(space, entry, count);
}

static inline void pt_invalidate(struct pt_space *space, u64 virt, u64 size)
{
	if (space->invalidate)
		space->invalidate(space, virt, size);
}

static inline bool pt_in_range(const struct pt_space *space, u64 virt, u64 size)
{
	u64 limit = pt_limit(space->format);

	return !((virt | size) & PAGE_OFFSET_MASK) && virt <= limit &&
	       size <= limit - virt;
}

/* Where [virt, end) leaves the entry of this level that virt lies in. */
static inline u64 pt_end_of_entry(const struct pt_space *space,
				  unsigned int level, u64 virt, u64 end)
{
	u64 span = pt_span(space->format, level);

	return MIN((virt & ~(span - 1)) + span, end);
}

/* Writes an entry that was 0. */
void pt_set_entry(struct pt_space *space, u64 *entry, u64 value);

/* Writes 0, and waits until nobody uses the former entry any more; virt is
 * any address that the entry covers. */
void pt_break_entry(struct pt_space *space, u64 *entry, unsigned int level,
		    u64 virt);

/* Frees the table behind an entry, with all below; nothing leads there any
 * more. An entry that leads to no table is ignored. */
void pt_free_tables(struct pt_space *space, unsigned int level, u64 entry);

/* Writes leaves for count consecutive addresses from phys on. */
void pt_fill_leaves(struct pt_space *space, u64 *entry, unsigned int count,
		    unsigned int level, phys_t phys, unsigned int flags);

/* Replaces the large page by a table of smaller ones that does the same.
 * -ENOMEM leaves it as it is. */
int pt_split_leaf(struct pt_space *space, u64 *entry, unsigned int level,
		  u64 virt);

/* Replaces a table that is one large page of this level by that page. */
void pt_try_merge(struct pt_space *space, u64 *entry, unsigned int level,
		  u64 virt);

#endif
