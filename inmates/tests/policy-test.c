/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Accesses that the hypervisor answers: each has exactly the stated effect.
 *
 *   own=N,N...  all SPIs of the cell, as INTIDs; none has a device behind it
 *   foreign=N   INTID of an SPI that belongs to somebody else
 *   mpidr=N     affinity of a CPU that belongs to somebody else (0)
 *   cpu=N       number of the CPU that runs this, as the hypervisor counts
 *   random=N    instead of the tests by name: N random accesses
 *   seed=N      for these
 *   end=off     at the end, ask PSCI for SYSTEM_OFF; end=reset: SYSTEM_RESET
 */
#include <inmate.h>

#include "policy.h"
#include "report.h"

struct policy policy;
volatile u32 policy_taken[POLICY_MAX_SPIS];

static void handle_irq(u32 irq)
{
	if (irq == TIMER_IRQ)
		timer_stop();
	policy_taken[irq % POLICY_MAX_SPIS]++;
}

bool policy_wait_taken(u32 irq, u32 before)
{
	u64 deadline = timer_ticks() + timer_frequency() / 10;
	bool taken;

	irq_enable();
	do {
		taken = policy_taken[irq] != before;
		cpu_relax();
	} while (!taken && timer_ticks() < deadline);
	irq_disable();
	return taken;
}

static void parse_owned(void)
{
	const char *text;
	size_t length, used;
	u64 irq;

	text = cmdline_find("own", &length);
	while (text && length > 0) {
		used = cmdline_number(text, length, &irq);
		if (used == 0 || irq < 32 || irq >= POLICY_MAX_SPIS)
			return;
		if (policy.own == 0)
			policy.own = (u32)irq;
		policy.owned[irq / 32] |= 1U << irq % 32;
		if (used == length)
			return;
		text += used + 1;
		length -= used + 1;
	}
}

static int parse(void)
{
	parse_owned();
	policy.foreign = (u32)cmdline_u64("foreign", 0);
	policy.mpidr = cmdline_u64("mpidr", 0);
	policy.cpu = cmdline_u64("cpu", 0);
	if (policy.own == 0 || policy.foreign < 32 ||
	    policy.foreign >= POLICY_MAX_SPIS || policy_owns(policy.foreign) ||
	    policy.mpidr == cpu_mpidr() || !policy_gic_find())
		return -EINVAL;
	return 0;
}

static void system_end(void)
{
	char end[8];

	cmdline_string("end", end, sizeof(end));
	if (strcmp(end, "off") == 0)
		psci_call(PSCI_SYSTEM_OFF, 0, 0, 0);
	else if (strcmp(end, "reset") == 0)
		psci_call(PSCI_SYSTEM_RESET, 0, 0, 0);
	else
		return;
	/* The lines before this one say DONE, so this is one too many. */
	report_fail("system-end", "the call came back");
}

void inmate_main(void)
{
	static void (*const groups[])(void) = {
		policy_leftover, policy_hypercalls, policy_psci, policy_gicd,
		policy_sgi,	 policy_smp,	    policy_pci,	 policy_ivshmem,
	};
	unsigned int n;
	int err;

	err = parse();
	if (err) {
		report_fail("command-line", "own=, foreign= or mpidr= missing");
		return;
	}
	err = irq_init(handle_irq);
	if (err) {
		report_fail("irq-init", "error %d", err);
		return;
	}
	irq_unmask(TIMER_IRQ);

	if (cmdline_u64("random", 0)) {
		policy_random();
	} else {
		for (n = 0; n < ARRAY_SIZE(groups); n++)
			groups[n]();
	}
	report_done();
	system_end();
}
