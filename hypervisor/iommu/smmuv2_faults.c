// SPDX-License-Identifier: GPL-2.0-only
/* What an SMMUv2 records of accesses that it refused (ARM IHI 0062D, 12 and
 * 16): one for each bank, and one for streams that have none. */
#include "smmuv2.h"

/* Bits of the fault status registers, the most telling first */
struct fault_bit {
	u8 bit;
	const char *text;
};

static const struct fault_bit bank_bits[] = {
	{ 1, "no translation" },      { 3, "not permitted" },
	{ 2, "access flag" },	      { 4, "page table cannot be read" },
	{ 5, "conflict in the TLB" }, { 8, "unsupported access" },
};

static const struct fault_bit global_bits[] = {
	{ 1, "access refused" },
	{ 2, "stream id matches twice" },
	{ 0, "access refused" },
	{ 8, "unsupported access" },
};

static const char *find_text(const struct fault_bit *bits, size_t count,
			     u32 status)
{
	for (size_t n = 0; n < count; n++)
		if (status >> bits[n].bit & 1)
			return bits[n].text;
	return NULL;
}

static bool is_stream(union jailhouse_stream_id entry, u32 stream)
{
	return !((entry.mmu500.id ^ stream) & STREAM_MASK &
		 ~(u32)entry.mmu500.mask_out);
}

static void report(const struct smmuv2 *smmu, struct iommu_fault *fault)
{
	fault->unit = smmu->unit.index;
	fault->cell = iommu_stream_owner(fault->stream, is_stream);
	fault->count = 1;
	iommu_report(fault);
}

static void read_bank(const struct smmuv2 *smmu, unsigned int bank)
{
	unsigned int fsr = smmu2_bank(smmu, bank, SMMU2_FSR);
	u32 status = smmu2_read(smmu, fsr);
	struct iommu_fault fault = { .type = status };

	if (!(status & FSR_FAULTS))
		return;
	fault.reason = find_text(bank_bits, ARRAY_SIZE(bank_bits), status);
	fault.has_address = true;
	fault.address =
		mmio_read64(smmu->regs + smmu2_bank(smmu, bank, SMMU2_FAR));
	fault.is_write =
		smmu2_read(smmu, smmu2_bank(smmu, bank, SMMU2_FSYNR0)) &
		FSYNR0_WRITE;
	fault.stream = smmu2_read(smmu, smmu->page + SMMU2_CBFRSYNRA(bank)) &
		       STREAM_MASK;
	report(smmu, &fault);
	/* Ones clear; the next fault is recorded from here on. */
	smmu2_write(smmu, fsr, status);
}

static void read_global(const struct smmuv2 *smmu)
{
	u32 status = smmu2_read(smmu, SMMU2_GFSR);
	struct iommu_fault fault = { .type = status };

	if (!(status & GFSR_FAULTS))
		return;
	fault.reason = find_text(global_bits, ARRAY_SIZE(global_bits), status);
	fault.has_address = true;
	fault.address = mmio_read64(smmu->regs + SMMU2_GFAR);
	fault.is_write = smmu2_read(smmu, SMMU2_GFSYNR0) & GFSYNR0_WRITE;
	fault.stream = smmu2_read(smmu, SMMU2_GFSYNR1) & STREAM_MASK;
	report(smmu, &fault);
	smmu2_write(smmu, SMMU2_GFSR, status);
}

void smmuv2_read_faults(struct iommu_unit *unit)
{
	struct smmuv2 *smmu = to_smmuv2(unit);

	if (smmu->unit.failed)
		return;
	for (unsigned int n = 0; n < smmu->num_banks; n++)
		if (smmu->bank[n])
			read_bank(smmu, n);
	read_global(smmu);
}
