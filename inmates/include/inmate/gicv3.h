/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Registers of a GICv3: ARM IHI 0069H, 12.8 to 12.11 */
#ifndef INMATE_GICV3_H
#define INMATE_GICV3_H

#include <inmate/gic.h>

/* clang-format off */
#define GICV3_GICD_SIZE		0x10000
#define  GICD_CTLR_ENABLE_G1	(1U << 1)
#define  GICD_CTLR_ARE_NS	(1U << 4)
#define  GICD_CTLR_RWP		(1U << 31)
#define GICD_IROUTER		0x6000
#define GICV3_PIDR2		0xffe8

/* Each CPU has two frames of this size, LPIs and SGIs/PPIs. */
#define GICR_FRAME_SIZE		0x10000
#define GICR_CTLR		0x0000
#define  GICR_CTLR_RWP		(1U << 3)
#define GICR_TYPER		0x0008
#define  GICR_TYPER_VLPIS	(1ULL << 1)
#define  GICR_TYPER_LAST	(1ULL << 4)
#define GICR_WAKER		0x0014
#define  GICR_WAKER_SLEEP	(1U << 1)
#define  GICR_WAKER_ASLEEP	(1U << 2)
#define GICR_PIDR2		0xffe8
#define GICR_SGI		0x10000 /* second frame; offsets as in GICD */
/* clang-format on */

/* Affinity as GICR_TYPER[63:32] and registers of routing have it */
static inline u32 gicv3_affinity(u64 mpidr)
{
	return (u32)((mpidr & 0xffffff) | (mpidr >> 32 & 0xff) << 24);
}

/**
 * gicv3_redistributor - find and map the frames of a CPU
 * @mpidr: its affinity
 * @base: set to the address of the first frame
 *
 * Return: 0, -ENODEV, -ENOMEM.
 */
int gicv3_redistributor(u64 mpidr, u64 *base);

#endif
