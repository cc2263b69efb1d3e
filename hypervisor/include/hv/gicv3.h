/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * GICv3: the distributor and redistributors (irqchip/gicv3.c), used by the CPU
 * interface of the architecture. Register names and offsets as in ARM IHI
 * 0069H, chapter 12.
 */
#ifndef HV_GICV3_H
#define HV_GICV3_H

#include <hv/arch.h>

/* Physical SGI that calls a CPU into the hypervisor. Guests' SGIs are virtual
 * only, so all sixteen stay theirs. */
#define GIC_KICK_SGI 15U

#define GICD_SIZE	0x10000UL
#define GICR_FRAME	0x20000UL /* RD_base and SGI_base */
#define GICR_VLPI_SIZE	0x40000UL /* with the two frames of GICv4 */
#define GICR_MAX_FRAMES HV_MAX_CPUS

#define GICD_CTLR	0x0000
#define GICD_TYPER	0x0004
#define GICD_SETSPI_NSR 0x0040
#define GICD_CLRSPI_NSR 0x0048
#define GICD_IGROUPR	0x0080
#define GICD_ISENABLER	0x0100
#define GICD_ICENABLER	0x0180
#define GICD_ISPENDR	0x0200
#define GICD_ICPENDR	0x0280
#define GICD_ISACTIVER	0x0300
#define GICD_ICACTIVER	0x0380
#define GICD_IPRIORITYR 0x0400
#define GICD_ICFGR	0x0c00
#define GICD_IROUTER	0x6000
#define GIC_PIDR2	0xffe8
#define GIC_IDS		0xffd0 /* to the end of the frame */

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

/* INTIDs that the GIC implements: 0 to this one. */
unsigned int gicv3_max_intid(phys_t gicd_base);

/* Priority of an interrupt as its owner has set it. */
u8 gicv3_priority(const struct cpu *cpu, unsigned int intid);

/* Edge-triggered? */
bool gicv3_is_edge(const struct cpu *cpu, unsigned int intid);

/* Makes a physical interrupt pending again, resp. inactive, resp. active. */
void gicv3_set_pending(const struct cpu *cpu, unsigned int intid);
void gicv3_clear_active(const struct cpu *cpu, unsigned int intid);
void gicv3_set_active(const struct cpu *cpu, unsigned int intid);

/* An SPI came to a CPU whose cell does not own it: send it to its owner. */
void gicv3_reroute_spi(unsigned int intid);

#endif
