/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* SGIs, inside and out of the cell, and further CPUs */
#include <inmate.h>

#include "policy.h"
#include "report.h"

#define SGI	   5U
#define SGI_OUT	   6U /* to CPUs of others */
#define STACK_SIZE 4096

void policy_sgi(void)
{
	u32 before = policy_taken[SGI];

	irq_unmask(SGI);
	irq_unmask(SGI_OUT);
	irq_send_sgi(cpu_mpidr(), SGI);
	report_true("sgi-self", policy_wait_taken(SGI, before),
		    "did not arrive");

	/* Nothing comes back, and the root sees nothing: its log is looked
	 * at, since Linux says when it gets an SGI that it does not use. */
	irq_send_sgi(policy.mpidr, 15);
	irq_send_sgi(policy.mpidr, SGI_OUT);
	report_true("sgi-foreign", !policy_wait_taken(SGI_OUT, 0),
		    "arrived here");

	before = policy_taken[SGI];
	policy_gic->send_list(cpu_mpidr(), SGI, 0xffff);
	report_true("sgi-list-self", policy_wait_taken(SGI, before),
		    "one among many targets did not arrive");
	report_true("sgi-list-once", policy_taken[SGI] == before + 1,
		    "arrived more than once");

	before = policy_taken[SGI];
	policy_gic->send_others(15);
	policy_gic->send_others(SGI);
	report_true("sgi-others-not-self", !policy_wait_taken(SGI, before),
		    "arrived at the sender");
}

/* Second CPU: answers an SGI by counting, ends when told. */
static struct {
	volatile u32 ready, stop;
	volatile u64 arg, mpidr;
} second;

static u8 second_stack[STACK_SIZE] __attribute__((aligned(16)));

static void second_main(void *arg)
{
	second.arg = (u64)arg;
	second.mpidr = cpu_mpidr();
	/* Keeps the handler, which every CPU runs. */
	irq_init(NULL);
	irq_unmask(SGI);
	second.ready = 1;
	irq_enable();
	while (!second.stop)
		cpu_relax();
	irq_disable();
}

static bool wait_for(const volatile u32 *value, u32 wanted)
{
	u64 deadline = timer_ticks() + timer_frequency();

	while (*value != wanted)
		if (timer_ticks() > deadline)
			return false;
	return true;
}

static bool wait_affinity(u64 mpidr, int wanted)
{
	u64 deadline = timer_ticks() + timer_frequency();

	while (psci_call(PSCI_AFFINITY_INFO, mpidr, 0, 0) != wanted)
		if (timer_ticks() > deadline)
			return false;
	return true;
}

static int start_second(u64 mpidr)
{
	second.ready = 0;
	second.stop = 0;
	return smp_start(mpidr, second_main, (void *)0x5a5aUL, second_stack,
			 sizeof(second_stack));
}

static void with_second(u64 mpidr)
{
	u32 before = policy_taken[SGI];

	report_equal("smp-off-at-first",
		     (u64)psci_call(PSCI_AFFINITY_INFO, mpidr, 0, 0),
		     PSCI_AFFINITY_OFF);
	report_equal("smp-start", (u64)start_second(mpidr), 0);
	report_true("smp-ready", wait_for(&second.ready, 1), "it hangs");
	report_equal("smp-argument", second.arg, 0x5a5a);
	report_equal("smp-mpidr", second.mpidr, mpidr);
	report_equal("smp-on-now",
		     (u64)psci_call(PSCI_AFFINITY_INFO, mpidr, 0, 0),
		     PSCI_AFFINITY_ON);
	report_equal("smp-start-again",
		     (u64)psci_call(PSCI_CPU_ON, mpidr, 0, 0),
		     (u64)PSCI_ALREADY_ON);

	irq_send_sgi(mpidr, SGI);
	report_true("smp-sgi", wait_for(&policy_taken[SGI], before + 1),
		    "the other CPU did not get it");
	policy_gic->send_others(SGI);
	report_true("smp-sgi-others", wait_for(&policy_taken[SGI], before + 2),
		    "the other CPU did not get it");

	second.stop = 1;
	report_true("smp-off", wait_affinity(mpidr, PSCI_AFFINITY_OFF),
		    "it does not turn off");
	report_equal("smp-restart", (u64)start_second(mpidr), 0);
	report_true("smp-restarted", wait_for(&second.ready, 1), "it hangs");
	second.stop = 1;
	report_true("smp-off-again", wait_affinity(mpidr, PSCI_AFFINITY_OFF),
		    "it does not turn off");
}

void policy_smp(void)
{
	u64 mpidrs[2];
	unsigned int cpus = smp_find_cpus(mpidrs, 2);

	if (cpus < 2) {
		report_skip("smp", "the cell has one CPU");
		return;
	}
	with_second(mpidrs[0] == cpu_mpidr() ? mpidrs[1] : mpidrs[0]);
}

u32 policy_cpus(void)
{
	static u32 cpus;
	u64 mpidrs[8];
	unsigned int n, count;

	if (cpus)
		return cpus;
	count = smp_find_cpus(mpidrs, ARRAY_SIZE(mpidrs));
	for (n = 0; n < count && n < ARRAY_SIZE(mpidrs); n++)
		cpus |= 1U << (mpidrs[n] & 7);
	return cpus;
}
