// SPDX-License-Identifier: GPL-2.0-only
/*
 * SMMUv2, such as MMU-500 (ARM IHI 0062D): each cell has a context bank with
 * its second stage and its id as the VMID; stream mapping registers lead to it.
 * What holds for SMMUv3 of coherency and of Linux, see smmuv3.c, holds here.
 */
#include <hv/arch.h>
#include <hv/printk.h>
#include <hv/unit.h>
#include "smmuv2.h"

static struct smmuv2 units[JAILHOUSE_MAX_IOMMU_UNITS];
static unsigned int num_units;

#define for_each_smmu(smmu)                                                    \
	for ((smmu) = units; (smmu) < units + num_units; (smmu)++)

#define CR0_ON                                                                 \
	((u32)(CR0_GFRE | CR0_GCFGFRE | CR0_USFCFG | CR0_VMIDPNE | CR0_PTM |   \
	       CR0_SMCFCFG))

/* --- one unit --------------------------------------------------------------*/

static int refuse(const struct smmuv2 *smmu, int err, const char *why)
{
	printk("Refused: IOMMU unit %u: %s\n", smmu->index, why);
	return err;
}

/* No stream passes any more: none is mapped. */
static void fail(struct smmuv2 *smmu)
{
	smmu->failed = true;
	printk("IOMMU unit %u: does not answer: DMA behind it is stopped\n",
	       smmu->index);
	smmuv2_clear_streams(smmu);
}

/* Ends an invalidation, 10.4: the translations are not in use any more. */
static void sync(struct smmuv2 *smmu)
{
	if (smmu->failed)
		return;
	smmu2_write(smmu, SMMU2_TLBGSYNC, 0);
	if (iommu_wait(smmu->regs + SMMU2_TLBGSTATUS, 1, 0))
		fail(smmu);
}

static void forget_cell(struct smmuv2 *smmu, const struct cell *cell)
{
	arch_dma_barrier();
	smmu2_write(smmu, SMMU2_TLBIVMID, cell->id);
	sync(smmu);
}

/* IDR2.IAS and OAS to bits */
static const u8 address_bits[] = { 32, 36, 40, 42, 44, 48 };

static unsigned int to_bits(u32 code)
{
	return address_bits[MIN(code, (u32)sizeof(address_bits) - 1)];
}

static int check_features(struct smmuv2 *smmu, u32 size)
{
	u32 idr0 = smmu2_read(smmu, SMMU2_IDR0);
	u32 idr1 = smmu2_read(smmu, SMMU2_IDR1);
	u32 idr2 = smmu2_read(smmu, SMMU2_IDR2);
	u64 control = arch_stage2_control();
	u64 output = MIN(control >> 16 & 7, (u64)IDR2_OAS(idr2));

	if (!(idr0 & IDR0_S2TS) || !(idr2 & IDR2_4K))
		return refuse(smmu, -ENODEV,
			      "has no second stage with pages of 4 KiB");
	if (!(idr0 & IDR0_SMS))
		return refuse(smmu, -ENODEV, "does not match streams");
	if (!(idr0 & IDR0_CTTW))
		return refuse(smmu, -ENODEV,
			      "its table walks are not coherent");
	if (to_bits(IDR2_IAS(idr2)) < 64 - (control & 0x3f))
		return refuse(smmu, -ENODEV,
			      "reaches fewer addresses than the CPUs");
	smmu->control = (control & 0xffff) | output << 16;
	smmu->page = idr1 & IDR1_64K ? 0x10000 : 0x1000;
	smmu->num_maps = idr0 & IDR0_NUMSMRG;
	smmu->num_banks = MIN(idr1 & IDR1_NUMCB, SMMU2_BANKS);
	if (smmu2_bank(smmu, smmu->num_banks, 0) > size)
		return refuse(smmu, -EINVAL,
			      "its registers take more than its size");
	return 0;
}

static int unit_init(struct smmuv2 *smmu, const struct jailhouse_iommu *info)
{
	int err;

	smmu->regs = hv_map_device(info->base, info->size);
	if (!smmu->regs)
		return refuse(smmu, -ENOMEM, "has too many registers");
	if (!(smmu2_read(smmu, SMMU2_CR0) & CR0_CLIENTPD))
		return refuse(smmu, -EBUSY,
			      "Linux uses it; boot with initcall_blacklist="
			      "arm_smmu_driver_init");
	err = check_features(smmu, info->size);
	if (err)
		return err;
	smmu->linux_cr0 = smmu2_read(smmu, SMMU2_CR0);
	smmu->saved = true;
	smmuv2_clear_streams(smmu);
	for (unsigned int n = 0; n < smmu->num_banks; n++)
		smmu2_write(smmu, smmu2_bank(smmu, n, SMMU2_SCTLR), 0);
	/* What it recorded before is nothing of ours: ones clear. */
	smmu2_write(smmu, SMMU2_GFSR, smmu2_read(smmu, SMMU2_GFSR));
	smmu2_write(smmu, SMMU2_TLBIALLNSNH, 0);
	sync(smmu);
	return smmu->failed ? -EIO : 0;
}

static void unit_exit(struct smmuv2 *smmu)
{
	if (!smmu->saved)
		return;
	smmu2_write(smmu, SMMU2_CR0, smmu->linux_cr0);
	smmuv2_clear_streams(smmu);
	for (unsigned int n = 0; n < smmu->num_banks; n++)
		smmu2_write(smmu, smmu2_bank(smmu, n, SMMU2_SCTLR), 0);
}

/* --- banks
 * ------------------------------------------------------------------*/

/* The bank of this cell (NULL: a free one), or num_banks. */
static unsigned int find_bank(const struct smmuv2 *smmu,
			      const struct cell *cell)
{
	unsigned int n = 0;

	while (n < smmu->num_banks && smmu->bank[n] != cell)
		n++;
	return n;
}

/* 16.5: a second stage of AArch64 tables; faults end the access. */
static int take_bank(struct smmuv2 *smmu, const struct cell *cell)
{
	unsigned int n = find_bank(smmu, NULL);
	unsigned int fsr = smmu2_bank(smmu, n, SMMU2_FSR);

	if (n == smmu->num_banks)
		return -ENOMEM;
	smmu->bank[n] = cell;
	smmu2_write(smmu, smmu->page + SMMU2_CBA2R(n), CBA2R_64);
	smmu2_write(smmu, smmu->page + SMMU2_CBAR(n), cell->id);
	smmu2_write(smmu, smmu2_bank(smmu, n, SMMU2_TCR), (u32)smmu->control);
	mmio_write64(smmu->regs + smmu2_bank(smmu, n, SMMU2_TTBR0),
		     hv_virt_to_phys(cell->memory.root));
	smmu2_write(smmu, fsr, smmu2_read(smmu, fsr));
	arch_dma_barrier();
	smmu2_write(smmu, smmu2_bank(smmu, n, SMMU2_SCTLR), SCTLR_ON);
	return 0;
}

/* Streams that it had are withdrawn. */
static void return_bank(struct smmuv2 *smmu, const struct cell *cell)
{
	unsigned int n = find_bank(smmu, cell);

	if (n == smmu->num_banks)
		return;
	smmu2_write(smmu, smmu2_bank(smmu, n, SMMU2_SCTLR), 0);
	forget_cell(smmu, cell);
	smmu->bank[n] = NULL;
}

/* --- the unit of the hypervisor
 * ---------------------------------------------*/

static void smmuv2_shutdown(void)
{
	struct smmuv2 *smmu;

	if (!num_units)
		return;
	iommu_stop();
	for_each_smmu (smmu)
		unit_exit(smmu);
	num_units = 0;
}

static int smmuv2_init(void)
{
	const struct jailhouse_iommu *info =
		system_config->platform_info.iommu_units;
	int err = 0;

	num_units = 0;
	for (unsigned int n = 0;
	     !err && n < JAILHOUSE_MAX_IOMMU_UNITS && info[n].base; n++) {
		struct smmuv2 *smmu = &units[num_units];

		if (info[n].type != JAILHOUSE_IOMMU_ARM_MMU500)
			continue;
		*smmu = (struct smmuv2){ .index = n };
		num_units++;
		err = unit_init(smmu, &info[n]);
	}
	if (err)
		smmuv2_shutdown();
	return err;
}

static void invalidate(const struct cell *cell)
{
	struct smmuv2 *smmu;

	for_each_smmu (smmu)
		forget_cell(smmu, cell);
}

static void poll(void)
{
	struct smmuv2 *smmu;

	for_each_smmu (smmu)
		smmuv2_read_faults(smmu);
}

static const struct iommu_driver smmuv2_driver = {
	.invalidate = invalidate,
	.poll = poll,
};

/* Entries of two cells are the same, or have no stream in common. */
static bool is_entry(union jailhouse_stream_id entry, u32 id)
{
	return entry.id == id;
}

static bool root_lists(union jailhouse_stream_id id)
{
	const union jailhouse_stream_id *own =
		jailhouse_cell_stream_ids(root_cell.config);

	for (u32 n = 0; n < root_cell.config->num_stream_ids; n++, own++)
		if (own->id == id.id)
			return true;
	return false;
}

/* Those of the root stay for it, so that giving back cannot fail. */
static void release_streams(struct smmuv2 *smmu, const struct cell *cell)
{
	const union jailhouse_stream_id *id =
		jailhouse_cell_stream_ids(cell->config);

	for (u32 n = 0; n < cell->config->num_stream_ids; n++, id++)
		if (!root_lists(*id))
			smmuv2_release(smmu, *id);
}

static int reserve_streams(struct smmuv2 *smmu, const struct cell *cell)
{
	const union jailhouse_stream_id *id =
		jailhouse_cell_stream_ids(cell->config);
	int err = smmu->failed ? -EIO : 0;
	u32 n;

	for (n = 0; !err && n < cell->config->num_stream_ids; n++)
		err = smmuv2_reserve(smmu, id[n]);
	if (!err)
		return 0;
	printk("Refused: cell \"%s\": stream id %u (0x%x): %s IOMMU unit %u\n",
	       cell->config->name, n ? n - 1 : 0, id[n ? n - 1 : 0].id,
	       err == -EINVAL	? "overlaps another one, and is not it, in"
	       : err == -ERANGE ? "is too large for"
	       : err == -EIO	? "there is no answer of"
				: "there is no room in",
	       smmu->index);
	release_streams(smmu, cell);
	return err;
}

static int join(struct smmuv2 *smmu, const struct cell *cell)
{
	int err = reserve_streams(smmu, cell);

	if (err)
		return err;
	err = take_bank(smmu, cell);
	if (err) {
		refuse(smmu, err, "has no context bank left");
		release_streams(smmu, cell);
	}
	return err;
}

static void leave(struct smmuv2 *smmu, const struct cell *cell)
{
	const union jailhouse_stream_id *id =
		jailhouse_cell_stream_ids(cell->config);
	unsigned int bank = find_bank(smmu, cell);

	if (bank == smmu->num_banks)
		return;
	for (u32 n = 0; n < cell->config->num_stream_ids; n++)
		smmuv2_withdraw(smmu, id[n], bank);
	release_streams(smmu, cell);
	return_bank(smmu, cell);
}

/* Each stream of the cell, to the cell that has it now. */
static void commit_streams(const struct cell *cell, bool announce)
{
	const union jailhouse_stream_id *id =
		jailhouse_cell_stream_ids(cell->config);
	struct smmuv2 *smmu;

	for (u32 n = 0; n < cell->config->num_stream_ids; n++) {
		if (iommu_stream_owner(id[n].id, is_entry) != cell)
			continue;
		if (announce)
			printk("Assigning SID 0x%x, Mask 0x%x to cell \"%s\"\n",
			       id[n].mmu500.id, id[n].mmu500.mask_out,
			       cell->config->name);
		for_each_smmu (smmu)
			if (!smmu->failed)
				smmuv2_assign(smmu, id[n],
					      find_bank(smmu, cell));
	}
}

/* A cell without streams needs no bank. */
static bool concerns(const struct cell *cell)
{
	return num_units &&
	       (cell == &root_cell || cell->config->num_stream_ids);
}

static int smmuv2_cell_init(struct cell *cell)
{
	struct smmuv2 *smmu;
	int err = 0;

	if (!concerns(cell))
		return 0;
	/* One register cannot match the rest: each stream may match once. */
	if (cell == &root_cell && iommu_root_has_rest())
		return refuse(units, -EINVAL,
			      "the root lists no stream ids, and would lose "
			      "all DMA");
	iommu_follow(cell);
	for_each_smmu (smmu) {
		err = join(smmu, cell);
		if (err)
			break;
	}
	if (err) {
		while (smmu-- > units)
			leave(smmu, cell);
		return err;
	}
	if (cell != &root_cell)
		return 0;
	commit_streams(cell, true);
	for_each_smmu (smmu)
		smmu2_write(smmu, SMMU2_CR0, CR0_ON);
	iommu_start(&smmuv2_driver);
	return 0;
}

static void smmuv2_cell_exit(struct cell *cell)
{
	struct smmuv2 *smmu;

	if (!concerns(cell) || cell == &root_cell)
		return;
	for_each_smmu (smmu)
		leave(smmu, cell);
}

static void smmuv2_config_commit(struct cell *cell)
{
	if (num_units && iommu_active)
		commit_streams(cell, cell != &root_cell);
}

DEFINE_UNIT(smmuv2_unit) = {
	.name = "ARM SMMU",
	.phase = UNIT_PHASE_IOMMU,
	.init = smmuv2_init,
	.shutdown = smmuv2_shutdown,
	.cell_init = smmuv2_cell_init,
	.cell_exit = smmuv2_cell_exit,
	.config_commit = smmuv2_config_commit,
};
