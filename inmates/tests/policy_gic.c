/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Distributor: what is owned acts, the rest is not there. */
#include <inmate.h>
#include <inmate/gic.h>

#include "policy.h"
#include "report.h"

const struct policy_gic *policy_gic;

bool policy_gic_find(void)
{
	static const struct policy_gic *const known[] = {
		&policy_gicv2,
		&policy_gicv3,
	};
	unsigned int n;

	for (n = 0; n < ARRAY_SIZE(known); n++)
		if (known[n]->version == comm_region()->gic_version)
			policy_gic = known[n];
	return policy_gic;
}

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
	policy_gic->test_unowned_route(irq);
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
		policy_gic->set_route(n);
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

static void owned_interrupt_arrives(void)
{
	u32 irq = policy.own, before = policy_taken[irq];

	field_write(GICD_ICFGR, irq, 2, 2);
	irq_unmask(irq);
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

static void reserved_registers(void)
{
	const u32 *offset;
	u32 seen = 0;

	for (offset = policy_gic->reserved; *offset; offset++) {
		mmio_write32(gicd(*offset), ~0U);
		seen |= mmio_read32(gicd(*offset));
	}
	report_equal("gicd-reserved-zero", seen, 0);
}

static void id_registers(void)
{
	u32 typer = mmio_read32(gicd(GICD_TYPER));

	mmio_write32(gicd(GICD_TYPER), ~typer);
	mmio_write32(gicd(policy_gic->pidr2), 0);
	report_equal("gicd-typer-constant", mmio_read32(gicd(GICD_TYPER)),
		     typer);
	report_true("gicd-typer-lines", (typer & 0x1f) > 0, "no SPIs at all");
	report_equal("gicd-pidr2-arch",
		     mmio_read32(gicd(policy_gic->pidr2)) >> 4 & 0xf,
		     policy_gic->version);
}

void policy_gicd(void)
{
	unowned_bits_are_zero();
	initialise_like_a_kernel();
	mixed_word();
	owned_bits_act();
	policy_gic->test_owned_route(policy.own);
	owned_interrupt_arrives();
	pending_foreign_stays_away();
	reserved_registers();
	id_registers();
	policy_gic->test_private();
}
