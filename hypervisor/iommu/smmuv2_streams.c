// SPDX-License-Identifier: GPL-2.0-only
/*
 * Stream mapping of an SMMUv2 (ARM IHI 0062D, 10.6): the registers themselves
 * are the record of what is in use.
 */
#include "smmuv2.h"

static u32 smr_value(union jailhouse_stream_id id)
{
	return (u32)SMR_VALID | (id.mmu500.mask_out & STREAM_MASK) << 16 |
	       (id.mmu500.id & STREAM_MASK);
}

static u32 smr_mask(u32 smr)
{
	return smr >> 16 & STREAM_MASK;
}

/* Is there a stream that both match? */
static bool overlap(u32 a, u32 b)
{
	return a & b & SMR_VALID &&
	       !((a ^ b) & STREAM_MASK & ~smr_mask(a) & ~smr_mask(b));
}

void smmuv2_clear_streams(struct smmuv2 *smmu)
{
	for (unsigned int n = 0; n < smmu->num_maps; n++) {
		smmu2_write(smmu, SMMU2_SMR(n), 0);
		smmu2_write(smmu, SMMU2_S2CR(n), S2CR_FAULT);
	}
}

/* The register with this entry, or -1. */
static int find(const struct smmuv2 *smmu, union jailhouse_stream_id id)
{
	for (unsigned int n = 0; n < smmu->num_maps; n++)
		if (smmu2_read(smmu, SMMU2_SMR(n)) == smr_value(id))
			return (int)n;
	return -1;
}

int smmuv2_reserve(struct iommu_unit *unit, union jailhouse_stream_id id)
{
	struct smmuv2 *smmu = to_smmuv2(unit);
	u32 wanted = smr_value(id);
	int unused = -1;

	/* What does not fit would be cut down to another entry. */
	if ((id.mmu500.id | id.mmu500.mask_out) & ~STREAM_MASK)
		return -ERANGE;
	for (unsigned int n = 0; n < smmu->num_maps; n++) {
		u32 smr = smmu2_read(smmu, SMMU2_SMR(n));

		if (smr == wanted)
			return 0;
		if (overlap(smr, wanted))
			return -EINVAL;
		if (!(smr & SMR_VALID))
			unused = (int)n;
	}
	if (unused < 0)
		return -ENOMEM;
	smmu2_write(smmu, SMMU2_S2CR((unsigned int)unused), S2CR_FAULT);
	smmu2_write(smmu, SMMU2_SMR((unsigned int)unused), wanted);
	/* Bits that the unit does not have read as 0. */
	if (smmu2_read(smmu, SMMU2_SMR((unsigned int)unused)) == wanted)
		return 0;
	smmu2_write(smmu, SMMU2_SMR((unsigned int)unused), 0);
	return -ERANGE;
}

void smmuv2_release(struct iommu_unit *unit, union jailhouse_stream_id id)
{
	struct smmuv2 *smmu = to_smmuv2(unit);
	int n = find(smmu, id);

	if (n >= 0 &&
	    smmu2_read(smmu, SMMU2_S2CR((unsigned int)n)) & S2CR_FAULT)
		smmu2_write(smmu, SMMU2_SMR((unsigned int)n), 0);
}

/* One register decides, so that nothing is ever in between. */
void smmuv2_stream_assign(struct smmuv2 *smmu, union jailhouse_stream_id id,
			  unsigned int bank)
{
	int n = find(smmu, id);

	if (n >= 0)
		smmu2_write(smmu, SMMU2_S2CR((unsigned int)n), bank);
}

void smmuv2_stream_withdraw(struct smmuv2 *smmu, union jailhouse_stream_id id,
			    unsigned int bank)
{
	int n = find(smmu, id);

	if (n >= 0 && (smmu2_read(smmu, SMMU2_S2CR((unsigned int)n)) &
		       (S2CR_TYPE | S2CR_BANK)) == bank)
		smmu2_write(smmu, SMMU2_S2CR((unsigned int)n), S2CR_FAULT);
}
