// SPDX-License-Identifier: GPL-2.0-only
/*
 * SMMUv3 (ARM IHI 0070F): each stream of a cell is translated by that cell's
 * second stage, with its id as the VMID; the first stage is bypassed.
 *
 * The units walk the tables of the CPUs. That needs nothing for coherency where
 * their walks are coherent (IDR0.COHACC), which we insist on: the entries are
 * written to inner-shareable write-back memory and complete before a unit is
 * told. Broadcast invalidations of CPUs are ignored (CR2.PTM), so that none can
 * be relied upon by accident where a unit does not take part in them; each is
 * repeated as a command, see follow() in iommu.c.
 *
 * All that the CPUs of a cell reach its devices reach, too: regions without
 * JAILHOUSE_MEM_DMA are not told apart. Memory that is split when a cell takes
 * a part of it is away for a moment, for devices as for CPUs; that is at most
 * the 2 MiB around the ends of the cell's regions (struct pt_format,
 * memory_level).
 *
 * Linux must not use a unit: its registers are in no cell, and whatever it has
 * set up would stop to act. A unit that is on is refused.
 */
#include "smmuv3.h"

static void smmuv3_invalidate(struct iommu_unit *unit, const struct cell *cell)
{
	smmuv3_run(to_smmuv3(unit), CMD_TLBI_S12_VMALL | (u64)cell->id << 32,
		   0);
}

/* The root's streams come back to it without memory. */
static bool root_needs(u32 first, u32 last)
{
	const union jailhouse_stream_id *id =
		jailhouse_cell_stream_ids(root_cell.config);

	for (u32 n = 0; n < root_cell.config->num_stream_ids; n++, id++)
		if (id->id >= first && id->id <= last)
			return true;
	return false;
}

static int smmuv3_reserve(struct iommu_unit *unit, union jailhouse_stream_id id)
{
	return smmuv3_table_reserve(to_smmuv3(unit), id.id);
}

static void smmuv3_release(struct iommu_unit *unit,
			   union jailhouse_stream_id id)
{
	smmuv3_table_release(to_smmuv3(unit), id.id, root_needs);
}

static void smmuv3_assign(struct iommu_unit *unit, union jailhouse_stream_id id,
			  const struct cell *cell)
{
	smmuv3_table_set(to_smmuv3(unit), id.id, cell);
}

static void smmuv3_withdraw(struct iommu_unit *unit,
			    union jailhouse_stream_id id,
			    const struct cell *cell)
{
	smmuv3_table_clear(to_smmuv3(unit), id.id, cell);
}

static int smmuv3_start(struct iommu_unit *unit)
{
	struct smmuv3 *smmu = to_smmuv3(unit);
	int err = iommu_root_has_rest() ? smmuv3_table_give_rest(smmu) : 0;

	return err ? err : smmuv3_unit_start(smmu);
}

const struct iommu_ops smmuv3_ops = {
	.type = JAILHOUSE_IOMMU_SMMUV3,
	.init = smmuv3_init,
	.exit = smmuv3_exit,
	.start = smmuv3_start,
	.reserve = smmuv3_reserve,
	.release = smmuv3_release,
	.assign = smmuv3_assign,
	.withdraw = smmuv3_withdraw,
	.invalidate = smmuv3_invalidate,
	.poll = smmuv3_read_events,
};
