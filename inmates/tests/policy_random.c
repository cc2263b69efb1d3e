/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Very many random accesses that trap and are answered, each compared with a
 * model of what the cell may see: its own bits as it wrote them, else zero.
 * Interrupts stay masked; what is pending or active is only ever written for
 * interrupts of others, and must not come here.
 */
#include <inmate.h>
#include <inmate/gic.h>

#include "policy.h"
#include "policy_random.h"
#include "report.h"

struct policy_run policy_run;

static struct {
	u32 lines;	   /* SPIs end here */
	u32 priority_mask; /* implemented bits */
	bool pci;
	/* the model, by INTID */
	u32 enabled[POLICY_MAX_SPIS / 32];
	u8 priority[POLICY_MAX_SPIS];
} run;

static u64 gicd(u32 offset)
{
	return comm_region()->gicd_base + offset;
}

bool policy_same(const char *what, u64 where, u64 seen, u64 expected)
{
	if (seen == expected)
		return true;
	policy_run.what = what;
	policy_run.where = where;
	policy_run.seen = seen;
	policy_run.expected = expected;
	return false;
}

static u32 read_counted(u64 addr)
{
	policy_run.accesses++;
	return mmio_read32(addr);
}

static void write_counted(u64 addr, u32 value)
{
	policy_run.accesses++;
	mmio_write32(addr, value);
}

static u32 random_spi(void)
{
	return 32 + (u32)prng_below(&policy_run.prng, run.lines - 32);
}

static u32 random32(void)
{
	return (u32)(prng_next(&policy_run.prng) >> 32);
}

static bool enable_bits(void)
{
	u32 word = random_spi() / 32, value = random32();
	u64 set = gicd(GICD_ISENABLER) + word * 4;
	u64 clear = gicd(GICD_ICENABLER) + word * 4;

	if (prng_below(&policy_run.prng, 2)) {
		write_counted(set, value);
		run.enabled[word] |= value & policy.owned[word];
	} else {
		write_counted(clear, value);
		run.enabled[word] &= ~value;
	}
	return policy_same("ISENABLER", word, read_counted(set),
			   run.enabled[word]) &&
	       policy_same("ICENABLER", word, read_counted(clear),
			   run.enabled[word]);
}

static bool state_bits_of_others(void)
{
	static const u32 offsets[] = { GICD_ISPENDR, GICD_ICPENDR,
				       GICD_ISACTIVER, GICD_ICACTIVER };
	u32 offset = offsets[prng_below(&policy_run.prng, ARRAY_SIZE(offsets))];
	u32 word = random_spi() / 32;
	u64 addr = gicd(offset) + word * 4;

	write_counted(addr, random32() & ~policy.owned[word]);
	return policy_same("pending or active", addr, read_counted(addr), 0);
}

static bool priority_byte(void)
{
	u32 irq = random_spi();
	u64 addr = gicd(GICD_IPRIORITYR + irq);
	u8 value = (u8)random32();

	policy_run.accesses += 2;
	mmio_write8(addr, value);
	if (policy_owns(irq))
		run.priority[irq] = (u8)(value & run.priority_mask);
	return policy_same("IPRIORITYR byte", irq, mmio_read8(addr),
			   run.priority[irq]);
}

static bool priority_word(void)
{
	u32 irq = random_spi() & ~3U, value = random32(), expected = 0, n;
	u64 addr = gicd(GICD_IPRIORITYR + irq);

	write_counted(addr, value);
	for (n = 0; n < 4; n++) {
		if (policy_owns(irq + n))
			run.priority[irq + n] =
				(u8)(value >> 8 * n & run.priority_mask);
		expected |= (u32)run.priority[irq + n] << 8 * n;
	}
	return policy_same("IPRIORITYR word", irq, read_counted(addr),
			   expected);
}

static bool route(void)
{
	u32 irq = random_spi();
	u64 seen, expected;

	policy_run.accesses += 2;
	policy_gic->random_route(irq, prng_next(&policy_run.prng), &seen,
				 &expected);
	return policy_same("route", irq, seen, expected);
}

static bool foreign_cpu(void)
{
	static const u32 offsets[] = { GICD_ISENABLER, GICD_ICENABLER,
				       GICD_ISPENDR,   GICD_ICPENDR,
				       GICD_ISACTIVER, GICD_ICACTIVER,
				       GICD_IPRIORITYR };
	u32 offset = offsets[prng_below(&policy_run.prng, ARRAY_SIZE(offsets))];
	u32 seen;

	if (!policy_gic->random_foreign(offset, random32(), &seen))
		return true;
	policy_run.accesses += 2;
	return policy_same("registers of another CPU", offset, seen, 0);
}

static bool unknown_hypercall(void)
{
	u64 code = 0x200 + random32() / 2;

	policy_run.accesses++;
	return policy_same("unknown hypercall", code,
			   (u64)hypercall(code, prng_next(&policy_run.prng),
					  prng_next(&policy_run.prng)),
			   (u64)-ENOSYS);
}

static bool forbidden_hypercall(void)
{
	static const u32 codes[] = {
		JAILHOUSE_HC_DISABLE,	   JAILHOUSE_HC_CELL_CREATE,
		JAILHOUSE_HC_CELL_START,   JAILHOUSE_HC_CELL_SET_LOADABLE,
		JAILHOUSE_HC_CELL_DESTROY, JAILHOUSE_HC_CELL_GET_STATE,
		JAILHOUSE_HC_READ_CONFIG,  JAILHOUSE_HC_READ_CONSOLE,
	};
	u32 code = codes[prng_below(&policy_run.prng, ARRAY_SIZE(codes))];

	policy_run.accesses++;
	return policy_same("forbidden hypercall", code,
			   (u64)hypercall(code, prng_next(&policy_run.prng),
					  prng_next(&policy_run.prng)),
			   (u64)-EPERM);
}

static bool sip_call(void)
{
	u32 function = 0x82000000U | (random32() & 0x4000ffff);

	policy_run.accesses++;
	return policy_same(
		"SiP call", function,
		(u64)psci_call(function, prng_next(&policy_run.prng), 0, 0),
		(u64)PSCI_NOT_SUPPORTED);
}

static bool psci_foreign_cpu(void)
{
	policy_run.accesses++;
	return policy_same("CPU_ON", policy.mpidr,
			   (u64)psci_call(PSCI_CPU_ON, policy.mpidr,
					  prng_next(&policy_run.prng),
					  prng_next(&policy_run.prng)),
			   (u64)PSCI_DENIED);
}

/* Any of 16 targets but this CPU; SGIs that Linux does not use */
static bool foreign_sgi(void)
{
	u32 targets = random32() & 0xffff & ~(1U << (cpu_mpidr() & 0xf));

	policy_run.accesses++;
	policy_gic->send_list(
		cpu_mpidr(), 8 + (u32)prng_below(&policy_run.prng, 8), targets);
	return true;
}

/* Rows come as often as they are cheap: what counts is the mix. */
static bool (*const accesses[])(void) = {
	enable_bits,
	enable_bits,
	state_bits_of_others,
	state_bits_of_others,
	priority_byte,
	priority_word,
	route,
	foreign_cpu,
	unknown_hypercall,
	forbidden_hypercall,
	sip_call,
	psci_foreign_cpu,
	foreign_sgi,
};

static void setup(u64 seed)
{
	prng_seed(&policy_run.prng, seed);
	run.pci = policy_random_pci_setup();
	run.lines = ((mmio_read32(gicd(GICD_TYPER)) & 0x1f) + 1) * 32;
	if (run.lines > 1020)
		run.lines = 992; /* whole words only */
	mmio_write8(gicd(GICD_IPRIORITYR + policy.own), 0xff);
	run.priority_mask = mmio_read8(gicd(GICD_IPRIORITYR + policy.own));
	run.priority[policy.own] = (u8)run.priority_mask;
}

/* One of a kind; those to PCI are half of them. */
static bool access_once(void)
{
	if (run.pci && prng_below(&policy_run.prng, 2))
		return policy_random_pci();
	return accesses[prng_below(&policy_run.prng, ARRAY_SIZE(accesses))]();
}

/* As many as wanted, and of those to PCI alone, too. */
static bool wants_more(u64 wanted)
{
	return policy_run.accesses < wanted ||
	       (run.pci && policy_run.pci_accesses < wanted);
}

void policy_random(void)
{
	u64 wanted = cmdline_u64("random", 0), seed = cmdline_u64("seed", 1);
	bool ok = true;
	u32 irq, taken = 0;

	printk("random: seed %llu, %llu accesses\n", seed, wanted);
	setup(seed);
	while (ok && wants_more(wanted))
		ok = access_once();
	policy_random_pci_end();

	if (ok)
		report_pass("random");
	else
		report_fail("random",
			    "access %llu: %s 0x%llx: expected 0x%llx, "
			    "seen 0x%llx",
			    policy_run.accesses, policy_run.what,
			    policy_run.where, policy_run.expected,
			    policy_run.seen);
	irq_enable();
	isb();
	irq_disable();
	for (irq = 0; irq < POLICY_MAX_SPIS; irq++)
		taken += policy_taken[irq];
	report_equal("random-no-interrupt", taken, 0);
	printk("random: done %llu accesses, %llu of them to PCI\n",
	       policy_run.accesses, policy_run.pci_accesses);
}
