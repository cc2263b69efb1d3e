/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Distributor and redistributor: what is owned acts, the rest is not there. */
#include <inmate.h>
#include <inmate/gicv3.h>

#include "policy.h"
#include "report.h"

static u64 gicd(u32 offset)
{
	return comm_region()->gicd_base + offset;
}

/* Place of an interrupt's bits in a register file of `bits` for each */
static u64 field_addr(u32 offset, u32 irq, u32 bits)
{
	return gicd(offset) + (u64)irq * bits / 32 * 4;
}

static u32 field_mask(u32 irq, u32 bits)
{
	u32 ones = bits == 32 ? ~0U : (1U << bits) - 1;

	return ones << irq * bits % 32;
}

static u32 field_read(u32 offset, u32 irq, u32 bits)
{
	u32 value = mmio_read32(field_addr(offset, irq, bits));

	return (value & field_mask(irq, bits)) >> irq * bits % 32;
}

/* Bits of the neighbours are written as zero: no effect on set and clear
 * registers, and for the others the word is read before. */
static void field_write(u32 offset, u32 irq, u32 bits, u32 value)
{
	u64 addr = field_addr(offset, irq, bits);
	u32 word = bits == 1 ? 0 : mmio_read32(addr);

	word &= ~field_mask(irq, bits);
	mmio_write32(addr, word | value << irq * bits % 32);
}

/* clang-format off */
static const struct {
	const char *name;
	u32 offset, bits;
} unowned[] = {
	{ "gicd-unowned-enable",	GICD_ISENABLER, 1 },
	{ "gicd-unowned-disable",	GICD_ICENABLER, 1 },
	{ "gicd-unowned-pend",		GICD_ISPENDR, 1 },
	{ "gicd-unowned-unpend",	GICD_ICPENDR, 1 },
	{ "gicd-unowned-activate",	GICD_ISACTIVER, 1 },
	{ "gicd-unowned-deactivate",	GICD_ICACTIVER, 1 },
	{ "gicd-unowned-config",	GICD_ICFGR, 2 },
	{ "gicd-unowned-priority",	GICD_IPRIORITYR, 8 },
};
/* clang-format on */

static void unowned_bits_are_zero(void)
{
	u32 irq = policy.foreign;
	unsigned int n;
	u64 router;

	for (n = 0; n < ARRAY_SIZE(unowned); n++) {
		mmio_write32(
			field_addr(unowned[n].offset, irq, unowned[n].bits),
			field_mask(irq, unowned[n].bits));
		report_equal(
			unowned[n].name,
			field_read(unowned[n].offset, irq, unowned[n].bits), 0);
	}
	mmio_write8(gicd(GICD_IPRIORITYR + irq), 0xa0);
	report_equal("gicd-unowned-priority-byte",
		     mmio_read8(gicd(GICD_IPRIORITYR + irq)), 0);
	router = gicd(GICD_IROUTER) + 8ULL * irq;
	mmio_write64(router, cpu_mpidr());
	report_equal("gicd-unowned-route", mmio_read64(router), 0);
}

/* All bits of a word at once, as guest kernels do: only owned ones act. */
static void mixed_word(void)
{
	u32 word = policy.own / 32, owned = policy.owned[word];
	u64 set = gicd(GICD_ISENABLER) + word * 4;
	u64 clear = gicd(GICD_ICENABLER) + word * 4;

	mmio_write32(set, ~0U);
	report_equal("gicd-mixed-enable", mmio_read32(set), owned);
	mmio_write32(clear, ~0U);
	report_equal("gicd-mixed-disable", mmio_read32(set), 0);
}

/*
 * What guest kernels do on their way up, to all interrupts there are. Of the
 * root's it must do nothing: it would lose its network and its console.
 */
static void initialise_like_a_kernel(void)
{
	u32 words = (mmio_read32(gicd(GICD_TYPER)) & 0x1f) + 1, n;

	for (n = 32; n < words * 32; n += 16)
		mmio_write32(gicd(GICD_ICFGR) + n / 4, 0);
	for (n = 32; n < words * 32; n += 4)
		mmio_write32(gicd(GICD_IPRIORITYR) + n, 0xa0a0a0a0);
	for (n = 1; n < words; n++) {
		mmio_write32(gicd(GICD_IGROUPR) + n * 4, ~0U);
		mmio_write32(gicd(GICD_ICACTIVER) + n * 4, ~0U);
		mmio_write32(gicd(GICD_ICENABLER) + n * 4, ~0U);
		mmio_write32(gicd(GICD_ICPENDR) + n * 4, ~0U);
	}
	for (n = 32; n < words * 32 && n < IRQ_MAX; n++)
		mmio_write64(gicd(GICD_IROUTER) + 8ULL * n, cpu_mpidr());
	report_equal("gicd-all-owned-priority",
		     mmio_read8(gicd(GICD_IPRIORITYR) + policy.own), 0xa0);
}

/* clang-format off */
static const struct {
	const char *name;
	u32 write, bits, value; /* is written here */
	u32 read, expected;	/* is read there */
} owned[] = {
	{ "gicd-owned-enable",	 GICD_ISENABLER, 1, 1, GICD_ISENABLER, 1 },
	{ "gicd-owned-enabled",	 GICD_ISENABLER, 1, 0, GICD_ICENABLER, 1 },
	{ "gicd-owned-disable",	 GICD_ICENABLER, 1, 1, GICD_ISENABLER, 0 },
	{ "gicd-owned-edge",	 GICD_ICFGR, 2, 2, GICD_ICFGR, 2 },
	{ "gicd-owned-pend",	 GICD_ISPENDR, 1, 1, GICD_ISPENDR, 1 },
	{ "gicd-owned-unpend",	 GICD_ICPENDR, 1, 1, GICD_ISPENDR, 0 },
	{ "gicd-owned-activate", GICD_ISACTIVER, 1, 1, GICD_ICACTIVER, 1 },
	{ "gicd-owned-deactivate", GICD_ICACTIVER, 1, 1, GICD_ISACTIVER, 0 },
	{ "gicd-owned-level",	 GICD_ICFGR, 2, 0, GICD_ICFGR, 0 },
	{ "gicd-owned-priority", GICD_IPRIORITYR, 8, 0xa0, GICD_IPRIORITYR, 0xa0 },
	{ "gicd-owned-priority-0", GICD_IPRIORITYR, 8, 0, GICD_IPRIORITYR, 0 },
};
/* clang-format on */

static void owned_bits_act(void)
{
	u32 irq = policy.own;
	unsigned int n;

	for (n = 0; n < ARRAY_SIZE(owned); n++) {
		field_write(owned[n].write, irq, owned[n].bits, owned[n].value);
		report_equal(owned[n].name,
			     field_read(owned[n].read, irq, owned[n].bits),
			     owned[n].expected);
	}
}

/* Not to CPUs of others, and not to "any", which they are part of. */
static void owned_stays_inside(void)
{
	u64 router = gicd(GICD_IROUTER) + 8ULL * policy.own;

	mmio_write64(router, cpu_mpidr());
	mmio_write64(router, policy.mpidr);
	report_equal("gicd-owned-route-foreign", mmio_read64(router),
		     cpu_mpidr());
	mmio_write64(router, 1ULL << 31);
	report_equal("gicd-owned-route-any", mmio_read64(router), cpu_mpidr());
	mmio_write32(router, (u32)policy.mpidr);
	report_equal("gicd-owned-route-half", mmio_read64(router), cpu_mpidr());
}

static void owned_interrupt_arrives(void)
{
	u32 irq = policy.own, before = policy_taken[irq];

	field_write(GICD_ICFGR, irq, 2, 2);
	irq_unmask(irq);
	report_equal("gicd-owned-route",
		     mmio_read64(gicd(GICD_IROUTER) + 8ULL * irq), cpu_mpidr());
	field_write(GICD_ISPENDR, irq, 1, 1);
	report_true("gicd-owned-arrives", policy_wait_taken(irq, before),
		    "pending and enabled, but not taken");

	before = policy_taken[irq];
	irq_mask(irq);
	field_write(GICD_ISPENDR, irq, 1, 1);
	report_true("gicd-owned-masked-waits", !policy_wait_taken(irq, before),
		    "taken though disabled");
	field_write(GICD_ICPENDR, irq, 1, 1);
}

static void pending_foreign_stays_away(void)
{
	u32 irq = policy.foreign, before = policy_taken[irq];

	irq_unmask(irq);
	field_write(GICD_ISPENDR, irq, 1, 1);
	report_true("gicd-unowned-never-arrives",
		    !policy_wait_taken(irq, before), "taken by this cell");
}

/* Reserved: IHI 0069H, table 12-25 */
static void reserved_registers(void)
{
	static const u32 offsets[] = { 0x000c, 0x0014, 0x0c80 + 0x100, 0xc000 };
	unsigned int n;
	u32 seen = 0;

	for (n = 0; n < ARRAY_SIZE(offsets); n++) {
		mmio_write32(gicd(offsets[n]), ~0U);
		seen |= mmio_read32(gicd(offsets[n]));
	}
	report_equal("gicd-reserved-zero", seen, 0);
}

static void id_registers(void)
{
	u32 typer = mmio_read32(gicd(GICD_TYPER));

	mmio_write32(gicd(GICD_TYPER), ~typer);
	mmio_write32(gicd(GICD_PIDR2), 0);
	report_equal("gicd-typer-constant", mmio_read32(gicd(GICD_TYPER)),
		     typer);
	report_true("gicd-typer-lines", (typer & 0x1f) > 0, "no SPIs at all");
	report_equal("gicd-pidr2-arch",
		     mmio_read32(gicd(GICD_PIDR2)) >> 4 & 0xf, 3);
}

void policy_gicd(void)
{
	unowned_bits_are_zero();
	initialise_like_a_kernel();
	mixed_word();
	owned_bits_act();
	owned_stays_inside();
	owned_interrupt_arrives();
	pending_foreign_stays_away();
	reserved_registers();
	id_registers();
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

void policy_gicr(void)
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
