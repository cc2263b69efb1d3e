/* SPDX-License-Identifier: GPL-2.0-only */
/* SMMUv3, between the files of its driver: ARM IHI 0070F, sections named. */
#ifndef HV_IOMMU_SMMUV3_H
#define HV_IOMMU_SMMUV3_H

#include <hv/iommu.h>

/* Registers, 6.1 */
#define SMMU_SIZE	     0x20000U
#define SMMU_IDR0	     0x0000
#define SMMU_IDR1	     0x0004
#define SMMU_IDR5	     0x0014
#define SMMU_CR0	     0x0020
#define SMMU_CR0ACK	     0x0024
#define SMMU_CR1	     0x0028
#define SMMU_CR2	     0x002c
#define SMMU_GBPA	     0x0044
#define SMMU_IRQ_CTRL	     0x0050
#define SMMU_IRQ_CTRLACK     0x0054
#define SMMU_GERROR	     0x0060
#define SMMU_GERRORN	     0x0064
#define SMMU_STRTAB_BASE     0x0080
#define SMMU_STRTAB_BASE_CFG 0x0088
#define SMMU_CMDQ_BASE	     0x0090
#define SMMU_CMDQ_PROD	     0x0098
#define SMMU_CMDQ_CONS	     0x009c
#define SMMU_EVENTQ_BASE     0x00a0
#define SMMU_EVENTQ_PROD     0x100a8
#define SMMU_EVENTQ_CONS     0x100ac

#define IDR0_S2P	 BIT(0)
#define IDR0_TTF_AARCH64 BIT(3)
#define IDR0_COHACC	 BIT(4)
#define IDR0_HYP	 BIT(9)
#define IDR0_ST_2LEVEL	 BIT(27)
#define IDR1_SIDSIZE	 0x3fU
#define IDR1_EVENTQS(r)	 ((r) >> 16 & 0x1f)
#define IDR1_CMDQS(r)	 ((r) >> 21 & 0x1f)
#define IDR1_PRESET	 (7UL << 28) /* REL, QUEUES_, TABLES_PRESET */
#define IDR5_OAS	 0x7U
#define IDR5_GRAN4K	 BIT(4)
#define CR0_SMMUEN	 BIT(0)
#define CR0_EVENTQEN	 BIT(2)
#define CR0_CMDQEN	 BIT(3)
#define CR0_ENABLES	 0xfU
/* Queues and tables: inner-shareable, write-back, as page tables are */
#define CR1_COHERENT	  0xd75U
#define CR2_RECINVSID	  BIT(1)
#define CR2_PTM		  BIT(2)
#define GBPA_ABORT	  BIT(20)
#define GBPA_UPDATE	  BIT(31)
#define GERROR_CMDQ	  BIT(0)
#define GERROR_EVENTQ_ABT BIT(2)
#define CMDQ_CONS_ERR(r)  ((r) >> 24 & 0x7f)
#define EVENTQ_OVERFLOW	  BIT(31)
#define BASE_ALLOCATE	  BIT(62) /* RA, WA */
#define STRTAB_2LEVEL	  BIT(16)

/* Commands, 4.1.1 */
#define CMD_CFGI_STE	   0x03U
#define CMD_CFGI_ALL	   0x04U
#define CMD_TLBI_EL2_ALL   0x20U
#define CMD_TLBI_S12_VMALL 0x28U
#define CMD_TLBI_NSNH_ALL  0x30U
#define CMD_SYNC	   0x46U
#define CMD_CFGI_LEAF	   1U
#define CMD_CFGI_ALL_RANGE 31U
#define CMD_ENTRY_WORDS	   2U
#define CMD_QUEUE_BITS	   8U /* 256 of 16 bytes: a page */

/* Stream table entries, 5.2: 8 words of 64 bits */
#define STE_WORDS      8U
#define STE_VALID      BIT(0)
#define STE_CONFIG_S2  (6UL << 1) /* first stage bypassed */
#define STE_SHCFG_IN   (1UL << 44)
#define STE_S2_SHIFT   32 /* S2T0SZ to S2PS are bits 0 to 18 of VTCR_EL2 */
#define STE_S2AA64     BIT(51)
#define STE_S2AFFD     BIT(53)
#define STE_S2R	       BIT(58)
#define STE_VMID(word) ((word)&0xffff)
/* Second level of the stream table: one page each (SPLIT = 6), 5.1 */
#define SPLIT_BITS    6U
#define SPLIT_ENTRIES (1U << SPLIT_BITS)
#define L1_SPAN	      (SPLIT_BITS + 1)
#define TABLE_ADDRESS 0xfffffffffffc0UL

/* Event records, 7.2: 4 words of 64 bits */
#define EVENT_WORDS	 4U
#define EVENT_QUEUE_BITS 7U /* 128 of 32 bytes: a page */
#define EVENT_TYPE(r)	 ((unsigned int)(r)[0] & 0xff)
#define EVENT_STREAM(r)	 ((u32)((r)[0] >> 32))
#define EVENT_READ	 BIT(35) /* word 1: RnW */

/* Registers that Linux finds again as it left them. */
#define SMMU_SAVED 6U

struct smmuv3 {
	struct iommu_unit unit;
	char *regs;

	/* VTCR_EL2 for this unit: the CPUs', with its own address size */
	u64 control;

	bool two_level;
	unsigned int stream_bits; /* ids below 1 << stream_bits have a place */
	u64 *table;
	unsigned long table_pages;
	/* Where the root has the rest: the second level that all ids share as
	 * long as no cell has one of them. NULL otherwise. */
	u64 *rest;

	u64 *commands;
	unsigned int command_bits;
	u32 command_prod;
	u64 *events;
	unsigned int event_bits;
	u32 event_cons; /* by whoever holds the lock of iommu_poll() */

	u64 linux_value[SMMU_SAVED];
	u32 linux_bypass; /* GBPA */
};

_Static_assert(sizeof(struct smmuv3) <= IOMMU_UNIT_SIZE, "see iommu.c");

static inline struct smmuv3 *to_smmuv3(struct iommu_unit *unit)
{
	return container_of(unit, struct smmuv3, unit);
}

static inline void *smmu_reg(const struct smmuv3 *smmu, unsigned int offset)
{
	return smmu->regs + offset;
}

static inline u32 smmu_read(const struct smmuv3 *smmu, unsigned int offset)
{
	return mmio_read32(smmu_reg(smmu, offset));
}

static inline void smmu_write(const struct smmuv3 *smmu, unsigned int offset,
			      u32 value)
{
	mmio_write32(smmu_reg(smmu, offset), value);
}

static inline void smmu_write64(const struct smmuv3 *smmu, unsigned int offset,
				u64 value)
{
	mmio_write64(smmu_reg(smmu, offset), value);
}

/* --- smmuv3_unit.c --------------------------------------------------------*/

/* See struct iommu_ops. */
int smmuv3_init(struct iommu_unit *unit, const struct jailhouse_iommu *info);
void smmuv3_exit(struct iommu_unit *unit);
/* DMA is translated from here on. */
int smmuv3_unit_start(struct smmuv3 *smmu);

/* --- smmuv3_queue.c -------------------------------------------------------*/

/*
 * Runs one command and waits for its completion, by the unit and by all that
 * it may have to tell. A unit that fails here stops all DMA behind it, since
 * it may still use what it was to forget; later calls do nothing then.
 */
void smmuv3_run(struct smmuv3 *smmu, u64 low, u64 high);

/* The unit does not do as it must: no DMA passes any more. */
void smmuv3_fail(struct smmuv3 *smmu, const char *what, u32 value);

/* Prints what is in the event queue, at most as much as fits in. */
void smmuv3_read_events(struct iommu_unit *unit);

/* --- smmuv3_table.c -------------------------------------------------------*/

/* Room for stream ids of that many bits at least, if the unit can; all of
 * nobody. 0 or -ENOMEM. */
int smmuv3_table_create(struct smmuv3 *smmu, unsigned int bits);
void smmuv3_table_destroy(struct smmuv3 *smmu);

/* All streams are the root's, whose tables are complete. 0 or -ENOMEM. */
int smmuv3_table_give_rest(struct smmuv3 *smmu);

/* A place for the entry of this stream. 0, -ERANGE (beyond the table) or
 * -ENOMEM; release() gives back the places that no stream uses: the caller says
 * of which ids entries may be needed without memory. */
int smmuv3_table_reserve(struct smmuv3 *smmu, u32 stream);
void smmuv3_table_release(struct smmuv3 *smmu, u32 stream,
			  bool (*needed)(u32 first, u32 last));

/* Gives a stream that has its place to a cell. Accesses that are under way are
 * not disturbed if the cell has it already. */
void smmuv3_table_set(struct smmuv3 *smmu, u32 stream, const struct cell *cell);
/* Takes it from the cell; nothing if that does not have it. It is nobody's
 * then, or the root's if that has the rest. */
void smmuv3_table_clear(struct smmuv3 *smmu, u32 stream,
			const struct cell *cell);

extern const struct iommu_ops smmuv3_ops;

#endif
