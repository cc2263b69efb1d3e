/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Page tables of any format: the hypervisor's own, the second stage of a cell,
 * IOMMU tables. The architecture describes the format; the algorithms (map,
 * unmap, split and merge of large pages, break-before-make) are in mm/.
 */
#ifndef HV_PAGING_H
#define HV_PAGING_H

#include <hv/types.h>

#define PT_MAX_LEVELS 4

/* What a mapping permits */
#define PT_READ	   0x01U
#define PT_WRITE   0x02U
#define PT_EXEC	   0x04U
#define PT_DEVICE  0x08U /* device memory type, else normal write-back */
#define PT_NO_HUGE 0x10U /* 4K pages only */

/*
 * A page-table format. Levels count from the root (0) to the pages
 * (num_levels - 1). All tables but the root are one page; the root may be
 * several concatenated pages or part of one. All numbers of entries are powers
 * of two.
 */
struct pt_format {
	unsigned int num_levels;
	struct {
		unsigned int shift;   /* log2 of bytes per entry */
		unsigned int entries; /* in one table (root: in all) */
		bool leaf;	      /* entries may map memory directly */
	} level[PT_MAX_LEVELS];
	/*
	 * Memory is not mapped by leaves above this level, devices are. A leaf
	 * is broken while it is split, and what devices do to the rest of its
	 * memory meanwhile, behind an IOMMU that walks these tables, fails.
	 */
	unsigned int memory_level;

	/*
	 * Entry that maps phys, aligned to 1 << level[n].shift; never 0. The
	 * leaves of one level are linear in the address:
	 * make_leaf(phys + n, ...) == make_leaf(phys, ...) + n.
	 */
	u64 (*make_leaf)(phys_t phys, unsigned int flags, unsigned int level);
	/* Entry that points to the next table. */
	u64 (*make_table)(phys_t table);
	bool (*is_leaf)(u64 entry, unsigned int level);
	bool (*is_table)(u64 entry, unsigned int level);
	phys_t (*leaf_phys)(u64 entry, unsigned int level);
	phys_t (*table_phys)(u64 entry);
	/*
	 * The PT_* flags that a leaf was made with. A format that keeps
	 * NO_HUGE (in a bit for software) and returns it here has such pages
	 * kept apart for ever; otherwise they may be merged when something is
	 * mapped beside them.
	 */
	unsigned int (*leaf_flags)(u64 entry, unsigned int level);
};

/* One set of tables. 0 is an entry that maps nothing, in every format. */
struct pt_space {
	const struct pt_format *format;
	u64 *root;
	/*
	 * Makes entries that were written visible to the walkers of tables
	 * that are not coherent; NULL if all are.
	 */
	void (*publish)(struct pt_space *space, const u64 *entry,
			unsigned int count);
	/*
	 * Drops what any CPU or IOMMU cached of [virt, virt + size) and waits
	 * until that is done. Called after entries were cleared or changed,
	 * before tables are freed or a different entry is written.
	 */
	void (*invalidate)(struct pt_space *space, u64 virt, u64 size);
};

/*
 * Maps [virt, virt + size) to phys..., all page-aligned, with the largest
 * pages that alignment, format and flags permit. Replaces what was mapped
 * there (break-before-make) and merges tables that became uniform, so mapping
 * back what was unmapped, in one piece what was alike, never needs memory.
 * size 0 does nothing.
 * Returns 0; -ENOMEM with nothing mapped in the range that was not before
 * (parts may be unmapped); -EINVAL if misaligned, wrapping, or outside of the
 * range that the format covers.
 */
int paging_map(struct pt_space *space, u64 virt, phys_t phys, u64 size,
	       unsigned int flags) __must_check;

/*
 * Unmaps [virt, virt + size). Splits the large pages at its edges first, so
 * that -ENOMEM leaves every translation as it was. Tables that become empty
 * stay, for mapping the same back: see paging_trim(). Unmapped parts of the
 * range are no error.
 */
int paging_unmap(struct pt_space *space, u64 virt, u64 size) __must_check;

/* Frees the tables that are empty and touch the range, when it is settled that
 * nothing will be mapped back there. No translation changes. */
void paging_trim(struct pt_space *space, u64 virt, u64 size);

/* Physical address that virt leads to, or PHYS_INVALID; flags may be NULL. */
phys_t paging_lookup(const struct pt_space *space, u64 virt,
		     unsigned int *flags);

/* Frees all tables below the root; the root itself belongs to the caller. */
void paging_destroy(struct pt_space *space);

/* Number of table pages below the root, for tests and for the estimate. */
unsigned long paging_count_tables(const struct pt_space *space);

/* --- the hypervisor's own space ---------------------------------------- */

/* Hypervisor memory is mapped linearly, apart from the private CPU areas. */
phys_t hv_virt_to_phys(const void *virt);
void *hv_phys_to_virt(phys_t phys);

/*
 * Maps the device registers [phys, phys + size) for good, during
 * initialisation. phys and size need no alignment. NULL: no space.
 */
void *hv_map_device(phys_t phys, u64 size);

#define HV_TEMP_PAGES 16 /* the largest configuration, 64 KiB */

/*
 * Maps pages of a guest for this CPU only, until the next call. phys is
 * page-aligned, pages <= HV_TEMP_PAGES. Never fails for such arguments.
 */
void *hv_map_temporary(phys_t phys, unsigned int pages, unsigned int flags);

#endif
