/* SPDX-License-Identifier: GPL-2.0-only */
/* SMMUv2, MMU-500 among them, between the files of its driver: ARM IHI 0062D,
 * chapters 9 to 16. */
#ifndef HV_IOMMU_SMMUV2_H
#define HV_IOMMU_SMMUV2_H

#include <hv/iommu.h>

/* Global register space 0 */
#define SMMU2_CR0	  0x000
#define SMMU2_IDR0	  0x020
#define SMMU2_IDR1	  0x024
#define SMMU2_IDR2	  0x028
#define SMMU2_GFAR	  0x040
#define SMMU2_GFSR	  0x048
#define SMMU2_GFSYNR0	  0x050
#define SMMU2_GFSYNR1	  0x054
#define SMMU2_TLBIVMID	  0x064
#define SMMU2_TLBIALLNSNH 0x068
#define SMMU2_TLBGSYNC	  0x070
#define SMMU2_TLBGSTATUS  0x074
#define SMMU2_SMR(n)	  (0x800 + 4 * (n))
#define SMMU2_S2CR(n)	  (0xc00 + 4 * (n))
/* Space 1, a page further */
#define SMMU2_CBAR(n)	   (0x000 + 4 * (n))
#define SMMU2_CBFRSYNRA(n) (0x400 + 4 * (n))
#define SMMU2_CBA2R(n)	   (0x800 + 4 * (n))
/* Context banks, a page each, in the upper half */
#define SMMU2_SCTLR  0x000
#define SMMU2_TTBR0  0x020
#define SMMU2_TCR    0x030
#define SMMU2_FSR    0x058
#define SMMU2_FAR    0x060
#define SMMU2_FSYNR0 0x068

#define CR0_CLIENTPD BIT(0) /* all passes untranslated */
#define CR0_GFRE     BIT(1) /* accesses that fail end with an error */
#define CR0_GCFGFRE  BIT(4)
#define CR0_USFCFG   BIT(10) /* streams that match nothing fail */
#define CR0_VMIDPNE  BIT(11) /* CPUs' invalidations mean other VMIDs */
#define CR0_PTM	     BIT(12) /* and do not come here */
#define CR0_SMCFCFG  BIT(21) /* streams that match twice fail */

#define IDR0_S2TS     BIT(29)
#define IDR0_SMS      BIT(27) /* stream matching */
#define IDR0_CTTW     BIT(14) /* coherent walks */
#define IDR0_NUMSMRG  0xffU
#define IDR1_64K      BIT(31)
#define IDR1_PAGES(r) (2U << ((r) >> 28 & 7))
#define IDR1_NUMCB    0xffU
#define IDR2_IAS(r)   ((r)&0xf)
#define IDR2_OAS(r)   ((r) >> 4 & 0xf)
#define IDR2_4K	      BIT(12)

#define SMR_VALID     BIT(31)
#define S2CR_FAULT    (2U << 16)
#define S2CR_BANK     0xffU
#define S2CR_TYPE     (3U << 16)
#define CBA2R_64      1U
#define SCTLR_ON      (BIT(0) | BIT(5) | BIT(8)) /* M, CFRE, HUPCF */
#define FSR_FAULTS    0x800001feU
#define FSYNR0_WRITE  BIT(4)
#define GFSR_FAULTS   0x800001ffU
#define GFSYNR0_WRITE BIT(1)
#define STREAM_MASK   0x7fffU

/* A cell has one; no machine we know of has more cells. */
#define SMMU2_BANKS 32U

struct smmuv2 {
	struct iommu_unit unit;
	char *regs;
	unsigned int page; /* bytes */
	unsigned int num_banks, num_maps;
	u32 linux_cr0;
	u64 control;	       /* VTCR_EL2 with the unit's own address size */
	u16 bank[SMMU2_BANKS]; /* whose it is: 1 + its id; 0: free */
};

_Static_assert(sizeof(struct smmuv2) <= IOMMU_UNIT_SIZE, "see iommu.c");

static inline struct smmuv2 *to_smmuv2(struct iommu_unit *unit)
{
	return container_of(unit, struct smmuv2, unit);
}

static inline u32 smmu2_read(const struct smmuv2 *smmu, unsigned int offset)
{
	return mmio_read32(smmu->regs + offset);
}

static inline void smmu2_write(const struct smmuv2 *smmu, unsigned int offset,
			       u32 value)
{
	mmio_write32(smmu->regs + offset, value);
}

static inline unsigned int smmu2_bank(const struct smmuv2 *smmu,
				      unsigned int bank, unsigned int offset)
{
	unsigned int pages = IDR1_PAGES(smmu2_read(smmu, SMMU2_IDR1));

	return (pages + bank) * smmu->page + offset;
}

/* --- smmuv2_streams.c: stream mapping registers ---------------------------*/

/* All streams are nobody's. */
void smmuv2_clear_streams(struct smmuv2 *smmu);

/*
 * A register for the entry of a configuration; it fails as long as no cell has
 * it. 0; -EINVAL if one that exists overlaps it without being the same; -ERANGE
 * if the unit has no such streams; -ENOMEM if all registers are in use.
 */
int smmuv2_reserve(struct iommu_unit *unit, union jailhouse_stream_id id);
/* Gives the register back, unless a cell has it. */
void smmuv2_release(struct iommu_unit *unit, union jailhouse_stream_id id);

/* Gives the entry to the cell with this bank, or takes it from that. */
void smmuv2_stream_assign(struct smmuv2 *smmu, union jailhouse_stream_id id,
			  unsigned int bank);
void smmuv2_stream_withdraw(struct smmuv2 *smmu, union jailhouse_stream_id id,
			    unsigned int bank);

/* --- smmuv2_faults.c ------------------------------------------------------*/

/* Prints what the banks and the unit as a whole recorded. */
void smmuv2_read_faults(struct iommu_unit *unit);

extern const struct iommu_ops smmuv2_ops;

#endif
