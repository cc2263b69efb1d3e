// SPDX-License-Identifier: GPL-2.0-only
/*
 * SMMUv2, such as MMU-500 (ARM IHI 0062D): each cell has a context bank with
 * its second stage and its id as the VMID; stream mapping registers lead to it.
 * What holds for SMMUv3 of coherency and of Linux, see smmuv3.c, holds here.
 */
#include <hv/arch.h>
#include <hv/printk.h>
#include "smmuv2.h"

#define CR0_ON                                                                 \
	((u32)(CR0_GFRE | CR0_GCFGFRE | CR0_USFCFG | CR0_VMIDPNE | CR0_PTM |   \
	       CR0_SMCFCFG))

/* --- one unit --------------------------------------------------------------*/

/* No stream passes any more: none is mapped. */
static void fail(struct smmuv2 *smmu)
{
	smmu->unit.failed = true;
	printk("IOMMU unit %u: does not answer: DMA behind it is stopped\n",
	       smmu->unit.index);
	smmuv2_clear_streams(smmu);
}

/* Ends an invalidation, 10.4: the translations are not in use any more. */
static void sync(struct smmuv2 *smmu)
{
	if (smmu->unit.failed)
		return;
	smmu2_write(smmu, SMMU2_TLBGSYNC, 0);
	if (iommu_wait(smmu->regs + SMMU2_TLBGSTATUS, 1, 0))
		fail(smmu);
}

static void smmuv2_invalidate(struct iommu_unit *unit, const struct cell *cell)
{
	struct smmuv2 *smmu = to_smmuv2(unit);

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
		return iommu_refuse(&smmu->unit, -ENODEV,
				    "has no second stage with pages of 4 KiB");
	if (!(idr0 & IDR0_SMS))
		return iommu_refuse(&smmu->unit, -ENODEV,
				    "does not match streams");
	if (!(idr0 & IDR0_CTTW))
		return iommu_refuse(&smmu->unit, -ENODEV,
				    "its table walks are not coherent");
	if (to_bits(IDR2_IAS(idr2)) < 64 - (control & 0x3f))
		return iommu_refuse(&smmu->unit, -ENODEV,
				    "reaches fewer addresses than the CPUs");
	smmu->control = (control & 0xffff) | output << 16;
	smmu->page = idr1 & IDR1_64K ? 0x10000 : 0x1000;
	smmu->num_maps = idr0 & IDR0_NUMSMRG;
	smmu->num_banks = MIN(idr1 & IDR1_NUMCB, SMMU2_BANKS);
	if (smmu2_bank(smmu, smmu->num_banks, 0) > size)
		return iommu_refuse(&smmu->unit, -EINVAL,
				    "its registers take more than its size");
	return 0;
}

static int smmuv2_init(struct iommu_unit *unit,
		       const struct jailhouse_iommu *info)
{
	struct smmuv2 *smmu = to_smmuv2(unit);
	int err;

	smmu->regs = hv_map_device(info->base, info->size);
	if (!smmu->regs)
		return iommu_refuse(&smmu->unit, -ENOMEM,
				    "has too many registers");
	if (!(smmu2_read(smmu, SMMU2_CR0) & CR0_CLIENTPD))
		return iommu_refuse(
			&smmu->unit, -EBUSY,
			"Linux uses it; boot with initcall_blacklist="
			"arm_smmu_driver_init");
	err = check_features(smmu, info->size);
	if (err)
		return err;
	smmu->linux_cr0 = smmu2_read(smmu, SMMU2_CR0);
	smmu->unit.saved = true;
	smmuv2_clear_streams(smmu);
	for (unsigned int n = 0; n < smmu->num_banks; n++)
		smmu2_write(smmu, smmu2_bank(smmu, n, SMMU2_SCTLR), 0);
	/* What it recorded before is nothing of ours: ones clear. */
	smmu2_write(smmu, SMMU2_GFSR, smmu2_read(smmu, SMMU2_GFSR));
	smmu2_write(smmu, SMMU2_TLBIALLNSNH, 0);
	sync(smmu);
	return smmu->unit.failed ? -EIO : 0;
}

static void smmuv2_exit(struct iommu_unit *unit)
{
	struct smmuv2 *smmu = to_smmuv2(unit);

	if (!smmu->unit.saved)
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
	u32 owner = cell ? cell->id + 1 : 0;
	unsigned int n = 0;

	while (n < smmu->num_banks && smmu->bank[n] != owner)
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
	smmu->bank[n] = (u16)(cell->id + 1);
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

/* --- what the units of all kinds do ----------------------------------------*/

static int smmuv2_attach(struct iommu_unit *unit, const struct cell *cell)
{
	int err;

	/* One register cannot match the rest: each stream may match once. */
	if (cell == &root_cell && iommu_root_has_rest())
		return iommu_refuse(unit, -EINVAL,
				    "the root lists no stream ids, and would "
				    "lose all DMA");
	err = take_bank(to_smmuv2(unit), cell);
	return err ? iommu_refuse(unit, err, "has no context bank left") : 0;
}

/* Streams that it had are withdrawn. */
static void smmuv2_detach(struct iommu_unit *unit, const struct cell *cell)
{
	struct smmuv2 *smmu = to_smmuv2(unit);
	unsigned int n = find_bank(smmu, cell);

	if (n == smmu->num_banks)
		return;
	smmu2_write(smmu, smmu2_bank(smmu, n, SMMU2_SCTLR), 0);
	smmuv2_invalidate(unit, cell);
	smmu->bank[n] = 0;
}

static void smmuv2_assign(struct iommu_unit *unit, union jailhouse_stream_id id,
			  const struct cell *cell)
{
	struct smmuv2 *smmu = to_smmuv2(unit);

	smmuv2_stream_assign(smmu, id, find_bank(smmu, cell));
}

static void smmuv2_withdraw(struct iommu_unit *unit,
			    union jailhouse_stream_id id,
			    const struct cell *cell)
{
	struct smmuv2 *smmu = to_smmuv2(unit);
	unsigned int bank = find_bank(smmu, cell);

	if (bank < smmu->num_banks)
		smmuv2_stream_withdraw(smmu, id, bank);
}

static int smmuv2_start(struct iommu_unit *unit)
{
	smmu2_write(to_smmuv2(unit), SMMU2_CR0, CR0_ON);
	return 0;
}

const struct iommu_ops smmuv2_ops = {
	.type = JAILHOUSE_IOMMU_ARM_MMU500,
	.has_masks = true,
	.init = smmuv2_init,
	.exit = smmuv2_exit,
	.start = smmuv2_start,
	.reserve = smmuv2_reserve,
	.release = smmuv2_release,
	.attach = smmuv2_attach,
	.detach = smmuv2_detach,
	.assign = smmuv2_assign,
	.withdraw = smmuv2_withdraw,
	.invalidate = smmuv2_invalidate,
	.poll = smmuv2_read_faults,
};
