/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What only a GICv2 has: lists of targets, SGIs by the distributor, and the
 * registers of SGIs and PPIs there. Sections are of ARM IHI 0048B. */
#include <inmate.h>
#include <inmate/gicv2.h>

#include "policy.h"
#include "report.h"

/* Reserved, or of the implementation: 4.1.2. Group registers are not there for
 * the non-secure side. */
static const u32 reserved[] = { 0x000c, 0x0014, 0x0d00,	      0x0d04,
				0x0e00, 0x0f40, GICD_IGROUPR, 0 };

static u64 gicd(u32 offset)
{
	return comm_region()->gicd_base + offset;
}

static u64 targets(u32 irq)
{
	return gicd(GICD_ITARGETSR + irq);
}

static void set_route(u32 irq)
{
	mmio_write8(targets(irq), gicv2_own_target());
}

static void test_unowned_route(u32 irq)
{
	mmio_write8(targets(irq), gicv2_own_target());
	report_equal("gicd-unowned-route", mmio_read8(targets(irq)), 0);
}

static void test_owned_route(u32 irq)
{
	u8 own = gicv2_own_target();

	mmio_write8(targets(irq), own);
	report_equal("gicd-owned-route", mmio_read8(targets(irq)), own);
	mmio_write8(targets(irq), 0xff);
	report_equal("gicd-owned-route-all",
		     mmio_read8(targets(irq)) & ~policy_cpus(), 0);
	mmio_write8(targets(irq), (u8)~policy_cpus());
	report_equal("gicd-owned-route-foreign", mmio_read8(targets(irq)), 0);
	mmio_write8(targets(irq), own);
	/* Those of SGIs and PPIs are what they are. */
	mmio_write8(targets(TIMER_IRQ), 0xff);
	report_equal("gicd-private-route", mmio_read8(targets(TIMER_IRQ)), own);
}

static void test_private_ppis(void)
{
	u64 set = gicd(GICD_ISENABLER), clear = gicd(GICD_ICENABLER);
	u32 maintenance = 1U << cmdline_u64("maintenance", 25) % 32;
	u32 timer = 1U << TIMER_IRQ, before = mmio_read32(set);

	mmio_write32(set, maintenance);
	report_equal("gicd-maintenance-hidden", mmio_read32(set) & maintenance,
		     0);
	mmio_write32(clear, timer);
	report_equal("gicd-private-disable", mmio_read32(set) & timer, 0);
	mmio_write32(set, timer);
	report_equal("gicd-private-enable", mmio_read32(set) & timer, timer);
	mmio_write32(clear, ~before);
	report_equal("gicd-private-restored", mmio_read32(set), before);
}

#define SGI 3U

/* Pending by software, from whom one says: only CPUs of the cell. */
static void test_private_sgis(void)
{
	u8 own = gicv2_own_target();
	u32 before = policy_taken[SGI];

	mmio_write32(gicd(GICD_ISPENDR), 1U << SGI);
	report_equal("gicd-sgi-pend-bit",
		     mmio_read8(gicd(GICD_SPENDSGIR + SGI)), 0);
	mmio_write8(gicd(GICD_SPENDSGIR + SGI), (u8)~policy_cpus());
	report_true("gicd-sgi-pend-foreign", !policy_wait_taken(SGI, before),
		    "one that no CPU of the cell sent came");
	mmio_write8(gicd(GICD_SPENDSGIR + SGI), own);
	report_true("gicd-sgi-pend", policy_wait_taken(SGI, before),
		    "did not come");
	report_equal("gicd-sgi-pended", policy_taken[SGI], before + 1);
	mmio_write32(gicd(GICD_SGIR), GICD_SGIR_SELF | SGI);
	report_true("gicd-sgi-self", policy_wait_taken(SGI, before + 1),
		    "did not come");
	before = policy_taken[SGI];
	mmio_write32(gicd(GICD_SGIR), 3U << 24 | GICD_SGIR_LIST(0xff) | SGI);
	mmio_write8(gicd(GICD_SGIR), SGI);
	report_true("gicd-sgi-reserved-filter", !policy_wait_taken(SGI, before),
		    "came");
}

static void test_private(void)
{
	test_private_ppis();
	test_private_sgis();
}

static void send_list(u64 mpidr, u32 sgi, u32 cpus)
{
	(void)mpidr;
	mmio_write32(gicd(GICD_SGIR), GICD_SGIR_LIST(cpus & 0xff) | sgi);
}

static void send_others(u32 sgi)
{
	mmio_write32(gicd(GICD_SGIR), GICD_SGIR_OTHERS | sgi);
}

/* Always with this CPU, so that own SPIs keep their route. */
static void random_route(u32 irq, u64 value, u64 *seen, u64 *expected)
{
	u8 own = gicv2_own_target();

	mmio_write8(targets(irq), (u8)value | own);
	*seen = mmio_read8(targets(irq));
	*expected = policy_owns(irq) ? ((u8)value | own) & policy_cpus() : 0;
}

/* Nothing of other CPUs is within reach; the interface is the own one. */
static bool random_foreign(u32 offset, u32 value, u32 *seen)
{
	(void)offset;
	(void)value;
	(void)seen;
	return false;
}

const struct policy_gic policy_gicv2 = {
	.version = 2,
	.pidr2 = GICV2_PIDR2,
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
