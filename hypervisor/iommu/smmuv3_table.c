// SPDX-License-Identifier: GPL-2.0-only
/* Stream table of an SMMUv3 (ARM IHI 0070F, 3.3.1 and chapter 5). */
#include <hv/arch.h>
#include <hv/page_pool.h>
#include <hv/string.h>
#include "smmuv3.h"

/* What the first level, or a linear table, takes at most: 32 KiB. */
#define MAX_FIRST_LEVEL_BITS 12U /* of 8 bytes */
#define MAX_LINEAR_BITS	     9U	 /* of 64 bytes */

#define FORGET(stream) (CMD_CFGI_STE | (u64)(stream) << 32)

/* NULL: there is none. */
static u64 *second_level(const struct smmuv3 *smmu, u32 stream)
{
	u64 entry = smmu->table[stream >> SPLIT_BITS];

	return entry ? hv_phys_to_virt(entry & TABLE_ADDRESS) : NULL;
}

int smmuv3_table_create(struct smmuv3 *smmu, unsigned int bits)
{
	u32 idr0 = smmu_read(smmu, SMMU_IDR0);
	unsigned int unit_bits = smmu_read(smmu, SMMU_IDR1) & IDR1_SIDSIZE;
	u64 config;
	size_t size;

	/* Two levels from where a linear table would take more than a page;
	 * they also serve streams that only cells to come have. */
	smmu->two_level = idr0 & IDR0_ST_2LEVEL && unit_bits > SPLIT_BITS;
	if (smmu->two_level)
		bits = MIN(unit_bits, MAX(bits, 16U));
	else
		bits = MIN(unit_bits, MAX(bits, MAX_LINEAR_BITS));
	smmu->stream_bits =
		MIN(bits, smmu->two_level ? MAX_FIRST_LEVEL_BITS + SPLIT_BITS
					  : MAX_LINEAR_BITS);
	config = smmu->stream_bits;
	if (smmu->two_level) {
		size = sizeof(u64) << (smmu->stream_bits - SPLIT_BITS);
		config |= STRTAB_2LEVEL | SPLIT_BITS << 6;
	} else {
		size = (STE_WORDS * sizeof(u64)) << smmu->stream_bits;
	}
	/* Aligned to its size, 6.3.23 */
	smmu->table_pages = PAGES(size);
	smmu->table = page_alloc_aligned(smmu->table_pages, smmu->table_pages);
	if (!smmu->table)
		return -ENOMEM;
	smmu_write64(smmu, SMMU_STRTAB_BASE,
		     hv_virt_to_phys(smmu->table) | BASE_ALLOCATE);
	smmu_write(smmu, SMMU_STRTAB_BASE_CFG, (u32)config);
	return 0;
}

void smmuv3_table_destroy(struct smmuv3 *smmu)
{
	if (smmu->table && smmu->two_level)
		for (u32 n = 0; n < 1U << (smmu->stream_bits - SPLIT_BITS);
		     n++) {
			u64 *below = second_level(smmu, n << SPLIT_BITS);

			if (below != smmu->rest)
				page_free(below, 1);
		}
	page_free(smmu->rest, 1);
	page_free(smmu->table, smmu->table_pages);
	smmu->rest = NULL;
	smmu->table = NULL;
}

/* --- second level --------------------------------------------------------- */

static void link_below(struct smmuv3 *smmu, u32 stream, const u64 *below)
{
	/* Complete before it can be found. An entry that was not there may
	 * be cached as such (3.21.1): CFGI_STE comes when one is set. */
	arch_dma_barrier();
	WRITE_ONCE(smmu->table[stream >> SPLIT_BITS],
		   below ? hv_virt_to_phys(below) | L1_SPAN : 0);
}

int smmuv3_table_reserve(struct smmuv3 *smmu, u32 stream)
{
	u64 *below;

	if (stream >> smmu->stream_bits)
		return -ERANGE;
	if (!smmu->two_level || second_level(smmu, stream) != smmu->rest)
		return 0;
	below = page_alloc(1);
	if (!below)
		return -ENOMEM;
	/* Whichever of both a unit has in its cache, they are the same. */
	if (smmu->rest)
		memcpy(below, smmu->rest, PAGE_SIZE);
	link_below(smmu, stream, below);
	return 0;
}

/* No cell has an entry there, nor will the root need one. */
static bool is_unused(const struct smmuv3 *smmu, const u64 *below)
{
	if (smmu->rest)
		return !memcmp(below, smmu->rest, PAGE_SIZE);
	for (u32 n = 0; n < SPLIT_ENTRIES; n++)
		if (below[n * STE_WORDS])
			return false;
	return true;
}

void smmuv3_table_release(struct smmuv3 *smmu, u32 stream,
			  bool (*needed)(u32 first, u32 last))
{
	u32 first = stream & ~(SPLIT_ENTRIES - 1);
	u64 *below;

	if (!smmu->two_level || stream >> smmu->stream_bits ||
	    needed(first, first + SPLIT_ENTRIES - 1))
		return;
	below = second_level(smmu, stream);
	if (below == smmu->rest || !is_unused(smmu, below))
		return;
	link_below(smmu, stream, smmu->rest);
	/* It may be cached for each of its streams. */
	smmuv3_run(smmu, CMD_CFGI_ALL, CMD_CFGI_ALL_RANGE);
	/* a unit that does not say so may still have it */
	if (!smmu->unit.failed)
		page_free(below, 1);
}

/* --- entries -------------------------------------------------------------- */

static u64 *find_entry(const struct smmuv3 *smmu, u32 stream)
{
	u64 *table = smmu->two_level ? second_level(smmu, stream) : smmu->table;
	u32 index = smmu->two_level ? stream & (SPLIT_ENTRIES - 1) : stream;

	return &table[index * STE_WORDS];
}

static void break_entry(struct smmuv3 *smmu, u32 stream, u64 *entry)
{
	WRITE_ONCE(entry[0], 0);
	smmuv3_run(smmu, FORGET(stream), CMD_CFGI_LEAF);
}

/* Faults end the access and are recorded; no stalls. */
static u64 entry_control(const struct smmuv3 *smmu, const struct cell *cell)
{
	return smmu->control << STE_S2_SHIFT | STE_S2AA64 | STE_S2AFFD |
	       STE_S2R | cell->id;
}

static void write_entry(const struct smmuv3 *smmu, u64 *entry,
			const struct cell *cell)
{
	WRITE_ONCE(entry[1], STE_SHCFG_IN);
	WRITE_ONCE(entry[2], entry_control(smmu, cell));
	WRITE_ONCE(entry[3], hv_virt_to_phys(cell->memory.root));
	arch_dma_barrier();
	WRITE_ONCE(entry[0], STE_VALID | STE_CONFIG_S2);
}

/* 3.21.3.1: an entry is not in use while its other words change. */
void smmuv3_table_set(struct smmuv3 *smmu, u32 stream, const struct cell *cell)
{
	u64 *entry = find_entry(smmu, stream);

	if (entry[0]) {
		if (entry[2] == entry_control(smmu, cell) &&
		    entry[3] == hv_virt_to_phys(cell->memory.root))
			return;
		break_entry(smmu, stream, entry);
	}
	write_entry(smmu, entry, cell);
	smmuv3_run(smmu, FORGET(stream), 0);
}

void smmuv3_table_clear(struct smmuv3 *smmu, u32 stream,
			const struct cell *cell)
{
	u64 *entry = find_entry(smmu, stream);

	if (!entry[0] || STE_VMID(entry[2]) != cell->id)
		return;
	break_entry(smmu, stream, entry);
	if (iommu_root_has_rest())
		smmuv3_table_set(smmu, stream, &root_cell);
}

int smmuv3_table_give_rest(struct smmuv3 *smmu)
{
	u32 count = smmu->two_level ? SPLIT_ENTRIES : 1U << smmu->stream_bits;
	u64 *entries = smmu->table;

	if (smmu->two_level) {
		entries = page_alloc(1);
		if (!entries)
			return -ENOMEM;
	}
	for (u32 n = 0; n < count; n++)
		write_entry(smmu, &entries[n * STE_WORDS], &root_cell);
	if (smmu->two_level) {
		smmu->rest = entries;
		for (u32 n = 0; n < 1U << (smmu->stream_bits - SPLIT_BITS); n++)
			link_below(smmu, n << SPLIT_BITS, entries);
	}
	smmuv3_run(smmu, CMD_CFGI_ALL, CMD_CFGI_ALL_RANGE);
	return 0;
}
