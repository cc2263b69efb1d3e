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
 * repeated as a command, see iommu_follow().
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
#include <hv/arch.h>
#include <hv/printk.h>
#include <hv/unit.h>
#include "smmuv3.h"

static struct smmuv3 units[JAILHOUSE_MAX_IOMMU_UNITS];
static unsigned int num_units;

#define for_each_smmu(smmu)                                                    \
	for ((smmu) = units; (smmu) < units + num_units; (smmu)++)

/* --- the unit of the hypervisor ------------------------------------------- */

static void smmuv3_shutdown(void)
{
	struct smmuv3 *smmu;

	if (!num_units)
		return;
	iommu_stop();
	for_each_smmu (smmu)
		smmuv3_unit_exit(smmu);
	num_units = 0;
}

static int smmuv3_init(void)
{
	const struct jailhouse_iommu *info =
		system_config->platform_info.iommu_units;
	int err = 0;

	num_units = 0;
	for (unsigned int n = 0;
	     !err && n < JAILHOUSE_MAX_IOMMU_UNITS && info[n].base; n++) {
		struct smmuv3 *smmu = &units[num_units];

		if (info[n].type != JAILHOUSE_IOMMU_SMMUV3)
			continue;
		*smmu = (struct smmuv3){ .index = n };
		num_units++;
		err = smmuv3_unit_init(smmu, &info[n]);
	}
	if (err)
		smmuv3_shutdown();
	return err;
}

static void invalidate(const struct cell *cell)
{
	struct smmuv3 *smmu;

	for_each_smmu (smmu)
		smmuv3_run(smmu, CMD_TLBI_S12_VMALL | (u64)cell->id << 32, 0);
}

static void poll(void)
{
	struct smmuv3 *smmu;

	for_each_smmu (smmu)
		smmuv3_read_events(smmu);
}

static const struct iommu_driver smmuv3_driver = {
	.invalidate = invalidate,
	.poll = poll,
};

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

static void release_places(const struct cell *cell)
{
	const union jailhouse_stream_id *id =
		jailhouse_cell_stream_ids(cell->config);
	struct smmuv3 *smmu;

	for (u32 n = 0; n < cell->config->num_stream_ids; n++)
		for_each_smmu (smmu)
			smmuv3_table_release(smmu, id[n].id, root_needs);
}

static int reserve_places(const struct cell *cell)
{
	const union jailhouse_stream_id *id =
		jailhouse_cell_stream_ids(cell->config);
	struct smmuv3 *smmu;
	int err = 0;

	for (u32 n = 0; !err && n < cell->config->num_stream_ids; n++)
		for_each_smmu (smmu) {
			err = smmu->failed
				      ? -EIO
				      : smmuv3_table_reserve(smmu, id[n].id);
			if (!err)
				continue;
			printk("Refused: cell \"%s\": stream id %u (0x%x): %s "
			       "IOMMU unit %u\n",
			       cell->config->name, n, id[n].id,
			       err == -EINVAL ? "is too large for"
			       : err == -EIO  ? "there is no answer of"
					      : "no memory for",
			       smmu->index);
			break;
		}
	return err;
}

static bool is_stream(union jailhouse_stream_id entry, u32 stream)
{
	return entry.id == stream;
}

/* Each stream of the cell, to the cell that has it now. */
static void commit_streams(const struct cell *cell, bool announce)
{
	const union jailhouse_stream_id *id =
		jailhouse_cell_stream_ids(cell->config);
	struct smmuv3 *smmu;

	for (u32 n = 0; n < cell->config->num_stream_ids; n++) {
		if (iommu_stream_owner(id[n].id, is_stream) != cell)
			continue;
		if (announce)
			printk("Assigning SID 0x%x, Mask 0x%x to cell \"%s\"\n",
			       id[n].id, 0, cell->config->name);
		for_each_smmu (smmu)
			smmuv3_table_set(smmu, id[n].id, cell);
	}
}

static int give_rest(void)
{
	struct smmuv3 *smmu;
	int err = 0;

	for_each_smmu (smmu)
		if (!err)
			err = smmuv3_table_give_rest(smmu);
	return err;
}

/* Translation begins: the root's tables are complete, and its devices, which
 * may be at work, see the memory they saw before. */
static int start_translation(void)
{
	struct smmuv3 *smmu;
	int err = 0;

	commit_streams(&root_cell, true);
	if (iommu_root_has_rest())
		err = give_rest();
	for_each_smmu (smmu)
		if (!err)
			err = smmuv3_unit_start(smmu);
	if (!err)
		iommu_start(&smmuv3_driver);
	return err;
}

static int smmuv3_cell_init(struct cell *cell)
{
	int err;

	if (!num_units)
		return 0;
	iommu_follow(cell);
	err = reserve_places(cell);
	if (!err && cell == &root_cell)
		err = start_translation();
	if (err && cell != &root_cell)
		release_places(cell);
	return err;
}

/* Devices of the cell reach nothing from here on; its tables may go. */
static void smmuv3_cell_exit(struct cell *cell)
{
	const union jailhouse_stream_id *id =
		jailhouse_cell_stream_ids(cell->config);
	struct smmuv3 *smmu;

	if (!num_units || cell == &root_cell)
		return;
	for_each_smmu (smmu) {
		for (u32 n = 0; n < cell->config->num_stream_ids; n++)
			smmuv3_table_clear(smmu, id[n].id, cell);
		smmuv3_run(smmu, CMD_TLBI_S12_VMALL | (u64)cell->id << 32, 0);
	}
	release_places(cell);
}

/* A cell that was created takes its streams; the root, when one was
 * destroyed, has those again that nobody else has. */
static void smmuv3_config_commit(struct cell *cell)
{
	if (num_units && iommu_active)
		commit_streams(cell, cell != &root_cell);
}

DEFINE_UNIT(smmuv3_unit) = {
	.name = "ARM SMMU v3",
	.phase = UNIT_PHASE_IOMMU,
	.init = smmuv3_init,
	.shutdown = smmuv3_shutdown,
	.cell_init = smmuv3_cell_init,
	.cell_exit = smmuv3_cell_exit,
	.config_commit = smmuv3_config_commit,
};
