// SPDX-License-Identifier: GPL-2.0-or-later
#include "hv_test.h"
#include "pt_model.h"

#include <hv/page_pool.h>

#define VALID	  (1ULL << 0)
#define TABLE	  (1ULL << 1)
#define FLAGS	  (0xfULL << 2)
#define SOFT_HUGE (1ULL << 7) /* in format_no_huge */
#define ADDRESS	  0xfffffffff000ULL

static u64 make_leaf(phys_t phys, unsigned int flags, unsigned int level)
{
	(void)level;
	return phys | VALID | (u64)(flags & 0xf) << 2;
}

static u64 make_leaf_no_huge(phys_t phys, unsigned int flags,
			     unsigned int level)
{
	return make_leaf(phys, flags, level) |
	       (flags & PT_NO_HUGE ? SOFT_HUGE : 0);
}

static u64 make_table(phys_t table)
{
	return table | VALID | TABLE;
}

static bool is_leaf(u64 entry, unsigned int level)
{
	(void)level;
	return (entry & (VALID | TABLE)) == VALID;
}

static bool is_table(u64 entry, unsigned int level)
{
	(void)level;
	return (entry & (VALID | TABLE)) == (VALID | TABLE);
}

static phys_t leaf_phys(u64 entry, unsigned int level)
{
	(void)level;
	return entry & ADDRESS;
}

static phys_t table_phys(u64 entry)
{
	return entry & ADDRESS;
}

static unsigned int leaf_flags(u64 entry, unsigned int level)
{
	(void)level;
	return (unsigned int)((entry & FLAGS) >> 2) |
	       (entry & SOFT_HUGE ? PT_NO_HUGE : 0);
}

#define OPS(leaf)                                                              \
	.make_leaf = (leaf), .make_table = make_table, .is_leaf = is_leaf,     \
	.is_table = is_table, .leaf_phys = leaf_phys,                          \
	.table_phys = table_phys, .leaf_flags = leaf_flags

const struct pt_format format_small = {
	.num_levels = 4,
	.level = { { 21, PT_ENTRIES, false },
		   { 18, PT_ENTRIES, true },
		   { 15, PT_ENTRIES, true },
		   { 12, PT_ENTRIES, true } },
	OPS(make_leaf),
};

const struct pt_format format_no_huge = {
	.num_levels = 4,
	.level = { { 21, PT_ENTRIES, false },
		   { 18, PT_ENTRIES, true },
		   { 15, PT_ENTRIES, true },
		   { 12, PT_ENTRIES, true } },
	OPS(make_leaf_no_huge),
};

const struct pt_format format_pages = {
	.num_levels = 4,
	.level = { { 21, PT_ENTRIES / 2, false },
		   { 18, PT_ENTRIES, false },
		   { 15, PT_ENTRIES, false },
		   { 12, PT_ENTRIES, true } },
	OPS(make_leaf),
};

/* --- walkers ----------------------------------------------------------- */

struct translation {
	bool valid;
	unsigned int level;
	u64 entry;
	const u64 *table[PT_MAX_LEVELS]; /* on the way, [level] is the last */
};

static struct translation tlb[PT_PAGES];
/* What was published of each page of the pool. */
static u64 *seen;
static unsigned long invalidations;

static u64 *seen_entry(const u64 *entry)
{
	return seen + (entry - (const u64 *)mem_pool.base);
}

static bool page_in_use(const void *page)
{
	unsigned long n = (unsigned long)((const char *)page -
					  (const char *)mem_pool.base) >>
			  PAGE_SHIFT;

	return mem_pool.bitmap[n / 64] >> n % 64 & 1;
}

static unsigned int num_pages(const struct pt_space *space)
{
	return space->format->level[0].entries * (PT_PAGES / PT_ENTRIES);
}

/* As hardware does it, on what was published. */
static struct translation walk(const struct pt_space *space, unsigned int page)
{
	const struct pt_format *format = space->format;
	struct translation result = { .valid = false };
	const u64 *table = space->root;
	u64 virt = (u64)page << PAGE_SHIFT;

	for (unsigned int level = 0;; level++) {
		unsigned int index =
			(unsigned int)(virt >> format->level[level].shift) %
			format->level[level].entries;

		assert_true(page_in_use(table));
		result.level = level;
		result.table[level] = table;
		result.entry = *seen_entry(&table[index]);
		if (level == 3 || !is_table(result.entry, level))
			break;
		table = hv_phys_to_virt(table_phys(result.entry));
	}
	result.valid = result.entry & VALID;
	assert_true(!result.valid || format->level[result.level].leaf);
	return result;
}

static void check_tables_kept(const struct translation *cached)
{
	for (unsigned int level = 0; level <= cached->level; level++)
		if (!page_in_use(cached->table[level]))
			fail_msg("a table was freed before it was invalidated");
}

static void watch_publish(struct pt_space *space, const u64 *entry,
			  unsigned int count)
{
	memcpy(seen_entry(entry), entry, count * sizeof(*entry));
	for (unsigned int page = 0; page < num_pages(space); page++) {
		struct translation now;

		if (!tlb[page].valid)
			continue;
		now = walk(space, page);
		if (now.valid && (now.entry != tlb[page].entry ||
				  now.level != tlb[page].level))
			fail_msg("page %u: no break before make", page);
	}
}

static void watch_invalidate(struct pt_space *space, u64 virt, u64 size)
{
	invalidations++;
	assert_true(virt + size <= (u64)num_pages(space) << PAGE_SHIFT);
	for (unsigned int page = 0; page < num_pages(space); page++)
		if (tlb[page].valid)
			check_tables_kept(&tlb[page]);
	for (u64 page = virt >> PAGE_SHIFT; page < (virt + size) >> PAGE_SHIFT;
	     page++)
		tlb[page].valid = false;
}

void pt_model_init(struct pt_space *space, const struct pt_format *format)
{
	size_t size = mem_pool.pages << PAGE_SHIFT;

	free(seen);
	seen = malloc(size);
	assert_non_null(seen);
	memset(seen, 0xff, size);
	memset(tlb, 0, sizeof(tlb));
	invalidations = 0;
	*space = (struct pt_space){
		.format = format,
		.root = page_alloc(1),
		.publish = watch_publish,
		.invalidate = watch_invalidate,
	};
	assert_non_null(space->root);
	memset(seen_entry(space->root), 0, PAGE_SIZE);
}

void pt_model_touch(struct pt_space *space)
{
	for (unsigned int page = 0; page < num_pages(space); page++)
		tlb[page] = walk(space, page);
}

/* What walkers can reach is what the tables say. */
static void check_published(const struct pt_space *space, const u64 *table,
			    unsigned int level)
{
	for (unsigned int n = 0; n < space->format->level[level].entries; n++) {
		assert_int_equal(*seen_entry(&table[n]), table[n]);
		if (level < 3 && is_table(table[n], level))
			check_published(space,
					hv_phys_to_virt(table_phys(table[n])),
					level + 1);
	}
}

void pt_model_check(struct pt_space *space)
{
	check_published(space, space->root, 0);
	for (unsigned int page = 0; page < num_pages(space); page++) {
		struct translation now;

		if (!tlb[page].valid)
			continue;
		now = walk(space, page);
		if (!now.valid || now.entry != tlb[page].entry ||
		    now.level != tlb[page].level)
			fail_msg("page %u: stale in the TLB", page);
		check_tables_kept(&tlb[page]);
	}
}

unsigned long pt_model_invalidations(void)
{
	return invalidations;
}

static unsigned long count_leaves(const struct pt_space *space,
				  const u64 *table, unsigned int level,
				  unsigned int wanted)
{
	unsigned long count = 0;

	for (unsigned int n = 0; n < space->format->level[level].entries; n++) {
		if (!(table[n] & VALID))
			continue;
		if (level < 3 && is_table(table[n], level))
			count += count_leaves(
				space, hv_phys_to_virt(table_phys(table[n])),
				level + 1, wanted);
		else if (level == wanted)
			count++;
	}
	return count;
}

unsigned long pt_model_count_leaves(const struct pt_space *space,
				    unsigned int level)
{
	return count_leaves(space, space->root, 0, level);
}
