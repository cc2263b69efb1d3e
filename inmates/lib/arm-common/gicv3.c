/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* GICv3 by system registers, non-secure group 1: ARM IHI 0069H */
#include <stdbool.h>

#include <asm/sysreg.h>
#include <inmate/comm.h>
#include <inmate/errno.h>
#include <inmate/gicv3.h>
#include <inmate/io.h>
#include <inmate/irq.h>
#include <inmate/map.h>
#include <inmate/timer.h>

#include "gic.h"

#define PRIORITY     0xa0U /* of all interrupts */
#define PRIORITY_ALL 0xf0U /* mask that lets all of them through */
#define MAX_FRAMES   256U

static u64 gicd_reg(u32 offset)
{
	return comm_region()->gicd_base + offset;
}

/* Poll until none of the bits is set, at most a second. */
static int wait_clear(u64 addr, u32 bits)
{
	u64 deadline = timer_ticks() + timer_frequency();

	while (mmio_read32(addr) & bits) {
		if (timer_ticks() > deadline)
			return -ETIMEDOUT;
		cpu_relax();
	}
	return 0;
}

int gicv3_redistributor(u64 mpidr, u64 *base)
{
	u64 frame = comm_region()->gicr_base;
	unsigned int n;
	u64 typer;

	for (n = 0; n < MAX_FRAMES; n++) {
		if (map_range(frame, 2 * GICR_FRAME_SIZE, MAP_DEVICE))
			return -ENOMEM;
		typer = mmio_read64(frame + GICR_TYPER);
		if (typer >> 32 == gicv3_affinity(mpidr)) {
			*base = frame;
			return 0;
		}
		if (typer & GICR_TYPER_LAST)
			break;
		frame += (typer & GICR_TYPER_VLPIS ? 4U : 2U) * GICR_FRAME_SIZE;
	}
	return -ENODEV;
}

/* Each CPU finds its own again: a table would need as many rows as CPUs. */
static int redistributor_init(void)
{
	u64 base;
	u32 waker;
	int err;

	err = gicv3_redistributor(cpu_mpidr(), &base);
	if (err)
		return err;

	sysreg_write(tpidr_el1, base);
	waker = mmio_read32(base + GICR_WAKER);
	mmio_write32(base + GICR_WAKER, waker & ~GICR_WAKER_SLEEP);
	err = wait_clear(base + GICR_WAKER, GICR_WAKER_ASLEEP);
	return err;
}

static int distributor_init(void)
{
	int err = map_range(comm_region()->gicd_base, GICV3_GICD_SIZE,
			    MAP_DEVICE);

	if (err)
		return err;
	mmio_write32(gicd_reg(GICD_CTLR),
		     GICD_CTLR_ARE_NS | GICD_CTLR_ENABLE_G1);
	return wait_clear(gicd_reg(GICD_CTLR), GICD_CTLR_RWP);
}

static void cpu_interface_init(void)
{
	sysreg_write(ICC_SRE_EL1, sysreg_read(ICC_SRE_EL1) | 1);
	isb();
	sysreg_write(ICC_PMR_EL1, PRIORITY_ALL);
	sysreg_write(ICC_BPR1_EL1, 0);
	/* EOImode 0: the end of an interrupt also deactivates it. */
	sysreg_write(ICC_CTLR_EL1, 0);
	sysreg_write(ICC_IGRPEN1_EL1, 1);
	isb();
}

static int gicv3_init_cpu(void)
{
	int err = distributor_init();

	if (!err)
		err = redistributor_init();
	if (!err)
		cpu_interface_init();
	return err;
}

/* Base of the registers for an interrupt: same offsets in both places */
static u64 irq_base(u32 irq)
{
	if (irq < 32)
		return sysreg_read(tpidr_el1) + GICR_SGI;
	return comm_region()->gicd_base;
}

/* Group 1, in case nobody below us did it; else the bits read as zero. */
static void set_group(u64 addr, u32 bit)
{
	mmio_write32(addr, mmio_read32(addr) | bit);
}

static void gicv3_unmask(u32 irq)
{
	u64 base = irq_base(irq);

	set_group(base + GICD_IGROUPR + irq / 32 * 4, 1U << irq % 32);
	mmio_write8(base + GICD_IPRIORITYR + irq, PRIORITY);
	if (irq >= 32)
		mmio_write64(base + GICD_IROUTER + 8ULL * irq, cpu_mpidr());
	mmio_write32(base + GICD_ISENABLER + irq / 32 * 4, 1U << irq % 32);
}

static void gicv3_mask(u32 irq)
{
	mmio_write32(irq_base(irq) + GICD_ICENABLER + irq / 32 * 4,
		     1U << irq % 32);
	wait_clear(irq < 32 ? sysreg_read(tpidr_el1) + GICR_CTLR
			    : gicd_reg(GICD_CTLR),
		   irq < 32 ? GICR_CTLR_RWP : GICD_CTLR_RWP);
}

/* ICC_SGI1R_EL1: Aff3.Aff2.Aff1, RS for 16 CPUs of Aff0, and a bit of them */
static void gicv3_send_sgi(u64 mpidr, u32 sgi)
{
	u64 aff0 = mpidr & 0xff;

	/* What the target is to see has to be there first. */
	dsb(ishst);
	sysreg_write(ICC_SGI1R_EL1,
		     (mpidr >> 32 & 0xff) << 48 | (aff0 / 16) << 44 |
			     (mpidr >> 16 & 0xff) << 32 | (u64)sgi << 24 |
			     (mpidr >> 8 & 0xff) << 16 | 1ULL << aff0 % 16);
	isb();
}

static u32 gicv3_acknowledge(void)
{
	u32 irq = (u32)sysreg_read(ICC_IAR1_EL1) & 0xffffff;

	/* The handler's accesses come after the acknowledge. */
	dsb(sy);
	return irq;
}

static void gicv3_end(u32 irq)
{
	sysreg_write(ICC_EOIR1_EL1, irq);
	isb();
}

const struct gic_ops gicv3 = {
	.version = 3,
	.intids = 0xffffff,
	.init_cpu = gicv3_init_cpu,
	.unmask = gicv3_unmask,
	.mask = gicv3_mask,
	.send_sgi = gicv3_send_sgi,
	.acknowledge = gicv3_acknowledge,
	.end = gicv3_end,
};
