/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * GICv2 and GICv3: the distributor (irqchip/gicd.c and what it calls), and what
 * the two kinds of CPU interfaces do. Register names and offsets, which both
 * versions share, as in ARM IHI 0048B 4.1.2 and IHI 0069H 12.8.
 */
#ifndef HV_GIC_H
#define HV_GIC_H

#include <hv/arch.h>

/*
 * Physical SGI that calls a CPU into the hypervisor. Guests' SGIs are virtual
 * only, so all sixteen stay theirs. Firmware keeps SGIs 8 to 15 for itself
 * (IHI 0048B 2.2.1), and Linux' own of this number is looked after when it
 * comes under the hypervisor.
 */
#define GIC_KICK_SGI 7U

#define INTID_PPI      16U
#define INTID_SPI      32U
#define INTID_LAST     1019U
#define INTID_SPECIAL  1020U
#define INTID_SPURIOUS 1023U

#define GICD_CTLR	0x0000
#define GICD_TYPER	0x0004
#define GICD_IGROUPR	0x0080
#define GICD_ISENABLER	0x0100
#define GICD_ICENABLER	0x0180
#define GICD_ISPENDR	0x0200
#define GICD_ICPENDR	0x0280
#define GICD_ISACTIVER	0x0300
#define GICD_ICACTIVER	0x0380
#define GICD_IPRIORITYR 0x0400
#define GICD_ICFGR	0x0c00

/* GIC architecture in bits 7:4 of PIDR2, at the end of either's registers
 * (IHI 0048B 4.3.18, IHI 0069H 12.9.26) */
#define GIC_ARCH(pidr2) ((pidr2) >> 4 & 0xf)

/* --- irqchip/gicd.c ---------------------------------------------------- */

/* INTIDs that the GIC implements: 0 to this one; asks the hardware. 0: there
 * is none. */
unsigned int gic_max_intid(phys_t gicd_base);

/* Priority of an interrupt as its owner has set it; private ones: of the
 * calling CPU. */
u8 gic_priority(const struct cpu *cpu, unsigned int intid);

/* Edge-triggered? */
bool gic_is_edge(const struct cpu *cpu, unsigned int intid);

/* Makes a physical interrupt pending again, resp. inactive, resp. active. */
void gic_set_pending(const struct cpu *cpu, unsigned int intid);
void gic_clear_active(const struct cpu *cpu, unsigned int intid);
void gic_set_active(const struct cpu *cpu, unsigned int intid);

/* An SPI came to a CPU whose cell does not own it: send it to its owner. */
void gic_reroute_spi(unsigned int intid);

/* --- irqchip/gic_private.c: SGIs and PPIs of the calling CPU ------------ */

/* Keeps what Linux has set, and takes what the hypervisor needs. -ENODEV: the
 * firmware has it. */
int gic_take_private(struct cpu *cpu);
/* Puts Linux' settings of our interrupts back. */
void gic_return_private(struct cpu *cpu);
/* All that a guest can use: off, inactive, of highest priority. */
void gic_reset_private(struct cpu *cpu);

/* --- CPU interfaces ----------------------------------------------------- */

/* Everything is for the calling CPU but kick. */
struct gic_cpu_ops {
	/* Takes over from Linux, gives back. */
	int (*init)(struct cpu *cpu);
	void (*exit)(struct cpu *cpu);
	/* A new guest: nothing of the old one's interrupts, all of its own
	 * off. The SPIs among them may have another owner by now, so they are
	 * let alone: the distributor's part deactivates them when a cell stops,
	 * and off() if just this CPU did. */
	void (*reset)(struct cpu *cpu);
	/* The CPU is about to power off: its interrupts are pending again. */
	void (*off)(struct cpu *cpu);
	/* A physical interrupt has come. Returns why the exit was: one of
	 * JAILHOUSE_CPU_STAT_*, 0 if there is none after all. */
	unsigned int (*handle)(void);
	void (*kick)(struct cpu *cpu);
	void (*wait)(void);
	/* Is there an interrupt for the guest that no physical one stands for
	 * any more? A WFI of the hypervisor would not end for it. */
	bool (*has_virtual)(void);
	/* See arch_irqs_changed(). */
	void (*irqs_changed)(void);
};

extern const struct gic_cpu_ops gicv2_cpu_ops; /* irqchip/gicv2_cpu.c */

#endif
