/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* GICv2 as the non-secure side, and so a guest, sees it: ARM IHI 0048B */
#include <asm/sysreg.h>
#include <inmate/comm.h>
#include <inmate/errno.h>
#include <inmate/gicv2.h>
#include <inmate/io.h>
#include <inmate/map.h>

#include "gic.h"

#define PRIORITY     0xa0U /* of all interrupts */
#define PRIORITY_ALL 0xf0U /* mask that lets all of them through */
#define MAX_CPUS     8U

/* Who has which bit, for irq_send_sgi(): 1 + affinity. Each CPU writes its own
 * in irq_init(). */
static u64 affinities[MAX_CPUS];

static u64 gicd_reg(u32 offset)
{
	return comm_region()->gicd_base + offset;
}

static u64 gicc_reg(u32 offset)
{
	return comm_region()->gicc_base + offset;
}

/* Its SGIs and PPIs are sent to it, though not all may exist (4.3.12). */
u8 gicv2_own_target(void)
{
	u32 targets = 0, n;

	for (n = 0; n < 32; n += 4)
		targets |= mmio_read32(gicd_reg(GICD_ITARGETSR + n));
	targets |= targets >> 16;
	return (u8)(targets | targets >> 8);
}

static int gicv2_init_cpu(void)
{
	u8 target;
	int err;

	err = map_range(gicd_reg(0), GICV2_GICD_SIZE, MAP_DEVICE);
	if (!err)
		err = map_range(gicc_reg(0), GICC_SIZE, MAP_DEVICE);
	if (err)
		return err;
	target = gicv2_own_target();
	if (!target)
		return -ENODEV;
	affinities[__builtin_ctz(target)] = cpu_mpidr() + 1;

	mmio_write32(gicd_reg(GICD_CTLR), 1);
	mmio_write32(gicc_reg(GICC_PMR), PRIORITY_ALL);
	mmio_write32(gicc_reg(GICC_BPR), 0);
	/* EOImode 0: the end of an interrupt also deactivates it. */
	mmio_write32(gicc_reg(GICC_CTLR), 1);
	return 0;
}

static void gicv2_unmask(u32 irq)
{
	mmio_write8(gicd_reg(GICD_IPRIORITYR + irq), PRIORITY);
	if (irq >= 32)
		mmio_write8(gicd_reg(GICD_ITARGETSR + irq), gicv2_own_target());
	mmio_write32(gicd_reg(GICD_ISENABLER + irq / 32 * 4), 1U << irq % 32);
}

static void gicv2_mask(u32 irq)
{
	mmio_write32(gicd_reg(GICD_ICENABLER + irq / 32 * 4), 1U << irq % 32);
	dsb(sy);
}

/* A CPU that has not been here most likely has the bit of its number. */
static u32 target_of(u64 mpidr)
{
	unsigned int n;

	for (n = 0; n < MAX_CPUS; n++)
		if (affinities[n] == mpidr + 1)
			return 1U << n;
	return 1U << (mpidr & (MAX_CPUS - 1));
}

static void gicv2_send_sgi(u64 mpidr, u32 sgi)
{
	/* What the target is to see has to be there first. */
	dmb(ishst);
	mmio_write32(gicd_reg(GICD_SGIR),
		     GICD_SGIR_LIST(target_of(mpidr)) | sgi);
}

static u32 gicv2_acknowledge(void)
{
	return mmio_read32(gicc_reg(GICC_IAR));
}

/* With the sender of an SGI, as it was acknowledged. */
static void gicv2_end(u32 acknowledged)
{
	mmio_write32(gicc_reg(GICC_EOIR), acknowledged);
}

const struct gic_ops gicv2 = {
	.version = 2,
	.intids = 0x3ff,
	.init_cpu = gicv2_init_cpu,
	.unmask = gicv2_unmask,
	.mask = gicv2_mask,
	.send_sgi = gicv2_send_sgi,
	.acknowledge = gicv2_acknowledge,
	.end = gicv2_end,
};
