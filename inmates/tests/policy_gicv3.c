/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What only a GICv3 has: routes by affinity, redistributors, SGIs by register
 */
#include <inmate.h>
#include <inmate/gicv3.h>

#include "policy.h"
#include "report.h"

/* All CPUs but the own one: IHI 0069H, 12.2.13 */
#define SGI1R_IRM (1ULL << 40)

/* Reserved: IHI 0069H, table 12-25 */
static const u32 reserved[] = { 0x000c, 0x0014, 0x0d80, 0xc000, 0 };

static u64 router(u32 irq)
{
	return comm_region()->gicd_base + GICD_IROUTER + 8ULL * irq;
}

static void set_route(u32 irq)
{
	mmio_write64(router(irq), cpu_mpidr());
}

static void test_unowned_route(u32 irq)
{
	mmio_write64(router(irq), cpu_mpidr());
	report_equal("gicd-unowned-route", mmio_read64(router(irq)), 0);
}

/* Not to CPUs of others, and not to "any", which they are part of. */
static void test_owned_route(u32 irq)
{
	u64 reg = router(irq);

	mmio_write64(reg, cpu_mpidr());
	mmio_write64(reg, policy.mpidr);
	report_equal("gicd-owned-route-foreign", mmio_read64(reg), cpu_mpidr());
	mmio_write64(reg, 1ULL << 31);
	report_equal("gicd-owned-route-any", mmio_read64(reg), cpu_mpidr());
	mmio_write32(reg, (u32)policy.mpidr);
	report_equal("gicd-owned-route-half", mmio_read64(reg), cpu_mpidr());
}

/* clang-format off */
static const struct {
	const char *name;
	u32 offset;
} foreign_frame[] = {
	{ "gicr-foreign-enable",   GICR_SGI + GICD_ISENABLER },
	{ "gicr-foreign-pend",	   GICR_SGI + GICD_ISPENDR },
	{ "gicr-foreign-active",   GICR_SGI + GICD_ISACTIVER },
	{ "gicr-foreign-priority", GICR_SGI + GICD_IPRIORITYR + 24 },
};
/* clang-format on */

static void foreign_redistributor(u64 own)
{
	u64 base = comm_region()->gicr_base;
	unsigned int n;

	if (base == own) {
		report_skip("gicr-foreign", "this CPU has the first frame");
		return;
	}
	/* Would put the other CPU's redistributor to sleep: the root looks. */
	mmio_write32(base + GICR_WAKER, GICR_WAKER_SLEEP);
	for (n = 0; n < ARRAY_SIZE(foreign_frame); n++) {
		mmio_write32(base + foreign_frame[n].offset, ~0U);
		report_equal(foreign_frame[n].name,
			     mmio_read32(base + foreign_frame[n].offset), 0);
	}
}

/* The maintenance interrupt is the hypervisor's; PPI 25 by ARM's BSA. */
static void own_redistributor(u64 own)
{
	u64 set = own + GICR_SGI + GICD_ISENABLER;
	u64 clear = own + GICR_SGI + GICD_ICENABLER;
	u32 maintenance = 1U << cmdline_u64("maintenance", 25) % 32;
	u32 timer = 1U << TIMER_IRQ, before = mmio_read32(set);

	mmio_write32(set, maintenance);
	report_equal("gicr-maintenance-hidden", mmio_read32(set) & maintenance,
		     0);
	mmio_write32(clear, timer);
	report_equal("gicr-own-disable", mmio_read32(set) & timer, 0);
	mmio_write32(set, timer);
	report_equal("gicr-own-enable", mmio_read32(set) & timer, timer);
	mmio_write32(clear, ~before);
	report_equal("gicr-own-restored", mmio_read32(set), before);
}

static void test_private(void)
{
	u64 own;
	int err = gicv3_redistributor(cpu_mpidr(), &own);

	if (err) {
		report_fail("gicr-find", "error %d", err);
		return;
	}
	own_redistributor(own);
	foreign_redistributor(own);
}

static void send_list(u64 mpidr, u32 sgi, u32 cpus)
{
	sysreg_write(ICC_SGI1R_EL1,
		     (mpidr >> 32 & 0xff) << 48 | (mpidr >> 16 & 0xff) << 32 |
			     (u64)sgi << 24 | (mpidr >> 8 & 0xff) << 16 | cpus);
	isb();
}

static void send_others(u32 sgi)
{
	sysreg_write(ICC_SGI1R_EL1, SGI1R_IRM | (u64)sgi << 24);
	isb();
}

/* Random routes are none to this CPU, so that own SPIs keep theirs. */
static void random_route(u32 irq, u64 value, u64 *seen, u64 *expected)
{
	mmio_write64(router(irq), value | 1ULL << 31);
	*seen = mmio_read64(router(irq));
	*expected = policy_owns(irq) ? cpu_mpidr() : 0;
}

/* A register of the redistributor of another cell's CPU */
static bool random_foreign(u32 offset, u32 value, u32 *seen)
{
	static u64 base; /* 1: this CPU's is the first one */
	u64 own;

	if (!base)
		base = !gicv3_redistributor(cpu_mpidr(), &own) &&
				       own != comm_region()->gicr_base
			       ? comm_region()->gicr_base
			       : 1;
	if (base == 1)
		return false;
	mmio_write32(base + GICR_SGI + offset, value);
	*seen = mmio_read32(base + GICR_SGI + offset);
	return true;
}

const struct policy_gic policy_gicv3 = {
	.version = 3,
	.pidr2 = GICV3_PIDR2,
	.reserved = reserved,
	.set_route = set_route,
	.test_unowned_route = test_unowned_route,
	.test_owned_route = test_owned_route,
	.test_private = test_private,
	.send_list = send_list,
	.send_others = send_others,
	.random_route = random_route,
	.random_foreign = random_foreign,
};
