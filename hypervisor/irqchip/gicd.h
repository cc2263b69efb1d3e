/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Shared by the files of the distributor: gicd.c has what is alike in GICv2 and
 * GICv3, gicv2.c and gicv3.c what is not, gic_private.c the registers of SGIs
 * and PPIs.
 */
#ifndef IRQCHIP_GICD_H
#define IRQCHIP_GICD_H

#include <hv/gic.h>

struct gic_variant {
	unsigned int version;
	u64 gicd_size;
	mmio_handler access; /* a cell's to the distributor */
	/* Checks that the hardware is this, and maps it. -ENODEV. */
	int (*init)(void);
	/* Sends an SPI to that CPU. */
	void (*route)(unsigned int intid, const struct cpu *cpu);
	/* Beyond the distributor; may be NULL. */
	unsigned int num_windows;
	int (*cell_init)(struct cell *cell);
};

extern const struct gic_variant gicv2_variant;
extern const struct gic_variant gicv3_variant;

/* Set by the first CPU, constant afterwards. */
extern char *gicd;
extern unsigned int gicd_max_intid;

/* Guards read-modify-write of registers that hold several cells' fields. */
extern spinlock_t gicd_lock;

/* Handlers of a cell's accesses, by 128 bytes of the first 4 KiB; none: reads
 * 0, ignores writes. */
typedef enum mmio_result (*gicd_handler)(const struct cell *cell,
					 struct mmio_access *access,
					 unsigned int offset);

/* 32-bit reads of a register that is alike for all; no writes. */
enum mmio_result gicd_read_through(const struct cell *cell,
				   struct mmio_access *access,
				   unsigned int offset);
/* One bit per interrupt; those below 32 are not here. */
enum mmio_result gicd_bits(const struct cell *cell, struct mmio_access *access,
			   unsigned int offset);
enum mmio_result gicd_bits_ro(const struct cell *cell,
			      struct mmio_access *access, unsigned int offset);
/* A byte per interrupt, which may be accessed alone. */
enum mmio_result gicd_priority(const struct cell *cell,
			       struct mmio_access *access, unsigned int offset);
/* Two bits per interrupt. */
enum mmio_result gicd_config(const struct cell *cell,
			     struct mmio_access *access, unsigned int offset);

static inline bool gicd_owned(const struct cell *cell, unsigned int intid)
{
	return cell->irqs[intid / 32] >> (intid % 32) & 1;
}

/* Each of the lower 16 bits twice, side by side. */
u32 gicd_double_bits(u32 bits);

/* Is this a register of SGIs and PPIs, of those that both versions have? */
static inline bool gicd_is_private(unsigned int offset)
{
	if (offset < GICD_IPRIORITYR)
		return offset >= GICD_IGROUPR && !(offset & 0x7c);
	return offset < GICD_IPRIORITYR + INTID_SPI ||
	       (offset & ~7U) == GICD_ICFGR;
}

/* An access of a cell to a register of SGIs and PPIs of that CPU, which is in
 * the cell: at the distributor's offsets. */
void gic_private_access(struct cpu *cpu, struct mmio_access *access,
			unsigned int offset);

/* Reads a register that may not be there: false. phys at any alignment to 4. */
bool gicd_probe(phys_t phys, u32 *value);

#endif
