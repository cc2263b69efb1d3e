// SPDX-License-Identifier: GPL-2.0-only
/* One SMMUv3: what it must be able to do, how it is set up, and how Linux finds
 * it again (ARM IHI 0070F, 6.3). */
#include <hv/arch.h>
#include <hv/page_pool.h>
#include <hv/printk.h>
#include "smmuv3.h"

/* --- Linux' state -------------------------------------------------------- */

static const struct {
	u16 offset;
	bool is_64;
} saved_registers[SMMU_SAVED] = {
	{ SMMU_CR1, false },	    { SMMU_CR2, false },
	{ SMMU_STRTAB_BASE, true }, { SMMU_STRTAB_BASE_CFG, false },
	{ SMMU_CMDQ_BASE, true },   { SMMU_EVENTQ_BASE, true },
};

static void save_linux(struct smmuv3 *smmu)
{
	for (unsigned int n = 0; n < SMMU_SAVED; n++) {
		const void *reg = smmu_reg(smmu, saved_registers[n].offset);

		smmu->linux_value[n] = saved_registers[n].is_64
					       ? mmio_read64(reg)
					       : mmio_read32(reg);
	}
	smmu->linux_bypass = smmu_read(smmu, SMMU_GBPA);
	smmu->unit.saved = true;
}

static void restore_linux(struct smmuv3 *smmu)
{
	for (unsigned int n = 0; n < SMMU_SAVED; n++) {
		void *reg = smmu_reg(smmu, saved_registers[n].offset);

		if (saved_registers[n].is_64)
			mmio_write64(reg, smmu->linux_value[n]);
		else
			mmio_write32(reg, (u32)smmu->linux_value[n]);
	}
	if (smmu->unit.failed)
		smmu_write(smmu, SMMU_GBPA,
			   (u32)GBPA_UPDATE | smmu->linux_bypass);
}

/* --- one unit ------------------------------------------------------------- */

/* IDR5.OAS to bits, 6.3.6 */
static const u8 output_bits[] = { 32, 36, 40, 42, 44, 48, 52, 56 };

static int check_features(struct smmuv3 *smmu)
{
	u32 idr0 = smmu_read(smmu, SMMU_IDR0);
	u32 idr1 = smmu_read(smmu, SMMU_IDR1);
	u32 idr5 = smmu_read(smmu, SMMU_IDR5);
	u64 control = arch_stage2_control();
	u64 size = MIN(control >> 16 & 7, (u64)(idr5 & IDR5_OAS));

	if (!(idr0 & IDR0_S2P) || !(idr0 & IDR0_TTF_AARCH64) ||
	    !(idr5 & IDR5_GRAN4K))
		return iommu_refuse(&smmu->unit, -ENODEV,
				    "has no second stage with pages of 4 KiB");
	if (!(idr0 & IDR0_COHACC))
		return iommu_refuse(&smmu->unit, -ENODEV,
				    "its table walks are not coherent");
	if (idr1 & IDR1_PRESET)
		return iommu_refuse(&smmu->unit, -ENODEV,
				    "its queues or tables have fixed places");
	if (!IDR1_CMDQS(idr1))
		return iommu_refuse(&smmu->unit, -ENODEV,
				    "its command queue is too short");
	if (output_bits[idr5 & IDR5_OAS] < 64 - (control & 0x3f))
		return iommu_refuse(&smmu->unit, -ENODEV,
				    "reaches fewer addresses than the CPUs");
	smmu->control = (control & 0xffff) | size << 16;
	return 0;
}

static int check_off(struct smmuv3 *smmu)
{
	if ((smmu_read(smmu, SMMU_CR0) | smmu_read(smmu, SMMU_CR0ACK)) &
	    CR0_ENABLES)
		return iommu_refuse(
			&smmu->unit, -EBUSY,
			"Linux uses it; boot with initcall_blacklist="
			"arm_smmu_driver_init");
	return 0;
}

static int set_enables(struct smmuv3 *smmu, u32 enables)
{
	smmu_write(smmu, SMMU_CR0, enables);
	if (iommu_wait(smmu_reg(smmu, SMMU_CR0ACK), CR0_ENABLES, enables))
		return iommu_refuse(&smmu->unit, -EIO,
				    "does not take its settings");
	return 0;
}

static int create_queues(struct smmuv3 *smmu)
{
	u32 idr1 = smmu_read(smmu, SMMU_IDR1);

	smmu->command_bits = MIN(IDR1_CMDQS(idr1), CMD_QUEUE_BITS);
	smmu->event_bits = MIN(IDR1_EVENTQS(idr1), EVENT_QUEUE_BITS);
	smmu->commands = page_alloc(1);
	smmu->events = page_alloc(1);
	if (!smmu->commands || !smmu->events)
		return -ENOMEM;
	smmu_write64(smmu, SMMU_CMDQ_BASE,
		     hv_virt_to_phys(smmu->commands) | BASE_ALLOCATE |
			     smmu->command_bits);
	smmu_write(smmu, SMMU_CMDQ_PROD, 0);
	smmu_write(smmu, SMMU_CMDQ_CONS, 0);
	smmu_write64(smmu, SMMU_EVENTQ_BASE,
		     hv_virt_to_phys(smmu->events) | BASE_ALLOCATE |
			     smmu->event_bits);
	smmu_write(smmu, SMMU_EVENTQ_PROD, 0);
	smmu_write(smmu, SMMU_EVENTQ_CONS, 0);
	return 0;
}

/* 6.3.9 and 3.21: nothing of what was cached counts any more. */
static void forget_all(struct smmuv3 *smmu)
{
	smmuv3_run(smmu, CMD_CFGI_ALL, CMD_CFGI_ALL_RANGE);
	if (smmu_read(smmu, SMMU_IDR0) & IDR0_HYP)
		smmuv3_run(smmu, CMD_TLBI_EL2_ALL, 0);
	smmuv3_run(smmu, CMD_TLBI_NSNH_ALL, 0);
}

/* How many bits the largest stream id of the root takes. */
static unsigned int root_stream_bits(void)
{
	const struct jailhouse_cell_desc *root = &system_config->root_cell;
	const union jailhouse_stream_id *id = jailhouse_cell_stream_ids(root);
	unsigned int bits = 0;

	for (u32 n = 0; n < root->num_stream_ids; n++, id++)
		while (bits < 32 && id->id >> bits)
			bits++;
	return bits;
}

int smmuv3_init(struct iommu_unit *unit, const struct jailhouse_iommu *info)
{
	struct smmuv3 *smmu = to_smmuv3(unit);
	int err;

	if (info->size < SMMU_SIZE)
		return iommu_refuse(&smmu->unit, -EINVAL,
				    "has registers of 128 KiB");
	smmu->regs = hv_map_device(info->base, SMMU_SIZE);
	if (!smmu->regs)
		return -ENOMEM;
	err = check_off(smmu);
	if (!err)
		err = check_features(smmu);
	if (err)
		return err;
	save_linux(smmu);
	smmu_write(smmu, SMMU_IRQ_CTRL, 0);
	smmu_write(smmu, SMMU_CR1, CR1_COHERENT);
	smmu_write(smmu, SMMU_CR2, CR2_PTM | CR2_RECINVSID);
	/* Errors of the past are not ours. */
	smmu_write(smmu, SMMU_GERRORN, smmu_read(smmu, SMMU_GERROR));
	err = smmuv3_table_create(smmu, root_stream_bits());
	if (!err)
		err = create_queues(smmu);
	if (!err)
		err = set_enables(smmu, CR0_CMDQEN);
	if (err)
		return err;
	forget_all(smmu);
	if (!smmu->unit.failed)
		err = set_enables(smmu, CR0_CMDQEN | CR0_EVENTQEN);
	return smmu->unit.failed ? -EIO : err;
}

void smmuv3_exit(struct iommu_unit *unit)
{
	struct smmuv3 *smmu = to_smmuv3(unit);

	if (!smmu->unit.saved)
		return;
	smmu_write(smmu, SMMU_CR0, 0);
	if (iommu_wait(smmu_reg(smmu, SMMU_CR0ACK), CR0_ENABLES, 0))
		printk("IOMMU unit %u: cannot be switched off\n",
		       smmu->unit.index);
	restore_linux(smmu);
	smmuv3_table_destroy(smmu);
	page_free(smmu->commands, 1);
	page_free(smmu->events, 1);
}

int smmuv3_unit_start(struct smmuv3 *smmu)
{
	return smmu->unit.failed ? -EIO
				 : set_enables(smmu, CR0_CMDQEN | CR0_EVENTQEN |
							     CR0_SMMUEN);
}
