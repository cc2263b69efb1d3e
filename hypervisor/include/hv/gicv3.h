/* SPDX-License-Identifier: GPL-2.0-only */
/* What GICv3 has beyond hv/gic.h: redistributors. ARM IHI 0069H, chapter 12. */
#ifndef HV_GICV3_H
#define HV_GICV3_H

#include <hv/gic.h>

#define GICV3_GICD_SIZE 0x10000UL
#define GICR_FRAME	0x20000UL /* RD_base and SGI_base */
#define GICR_VLPI_SIZE	0x40000UL /* with the two frames of GICv4 */
#define GICR_MAX_FRAMES HV_MAX_CPUS

#define GICD_SETSPI_NSR 0x0040
#define GICD_CLRSPI_NSR 0x0048
#define GICD_IROUTER	0x6000
#define GICV3_PIDR2	0xffe8
#define GICV3_IDS	0xffd0 /* to the end of the frame */

#define GICR_CTLR     0x0000
#define GICR_IIDR     0x0004
#define GICR_TYPER    0x0008
#define GICR_WAKER    0x0014
#define GICR_SGI_BASE 0x10000

#define GICR_CTLR_LPIS	 (1U << 0)
#define GICR_TYPER_LAST	 (1U << 4)
#define GICR_TYPER_VLPIS (1U << 1)

/* Bytes that the redistributors take from gicr_base, 0 if there are none:
 * read from the hardware. */
u64 gicv3_redistributors_size(phys_t gicr_base);

/* Gives the CPU its redistributor by phys_id. -ENODEV: "No redist found". */
int gicv3_assign_redistributor(struct cpu *cpu);

/* RD_base of a CPU that has one. */
static inline char *gicv3_redistributor(const struct cpu *cpu)
{
	return (char *)cpu->gic_bank - GICR_SGI_BASE;
}

#endif
