/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <stdint.h>

#include <inmate/errno.h>
#include <inmate/psci.h>
#include <inmate/run.h>
#include <inmate/smp.h>
#include <inmate/timer.h>

#include "boot.h"

#define CLUSTERS	 16U
#define CPUS_PER_CLUSTER 16U

/*
 * For the CPU on its way up. PSCI has a context argument for this, but
 * hypervisors differ in the register in which it arrives.
 */
struct smp_mailbox {
	void *stack_top; /* first: start.S reads it */
	void (*entry)(void *arg);
	void *arg;
	volatile bool taken;
};

extern struct smp_mailbox smp_mailbox;
/* Owned by the CPU in smp_start() until the new one sets taken. */
struct smp_mailbox smp_mailbox;

unsigned int smp_find_cpus(u64 *mpidr, unsigned int max)
{
	unsigned int n, found = 0;

	for (n = 0; n < CLUSTERS * CPUS_PER_CLUSTER; n++) {
		u64 id =
			(u64)(n / CPUS_PER_CLUSTER) << 8 | n % CPUS_PER_CLUSTER;

		if (psci_call(PSCI_AFFINITY_INFO, id, 0, 0) < 0)
			continue;
		if (found < max)
			mpidr[found] = id;
		found++;
	}
	return found;
}

int smp_start(u64 mpidr, void (*entry)(void *arg), void *arg, void *stack,
	      size_t size)
{
	u64 deadline = timer_ticks() + timer_frequency();
	int err;

	smp_mailbox.stack_top = (char *)stack + size;
	smp_mailbox.entry = entry;
	smp_mailbox.arg = arg;
	smp_mailbox.taken = false;
	/* The new CPU reads it with its MMU and caches on. */
	dsb(ish);
	err = psci_call(PSCI_CPU_ON, mpidr, (uintptr_t)image_entry_secondary,
			0);
	if (err)
		return err;
	while (!smp_mailbox.taken) {
		if (timer_ticks() > deadline)
			return -ETIMEDOUT;
		cpu_relax();
	}
	return 0;
}

void smp_secondary(struct smp_mailbox *mailbox)
{
	void (*entry)(void *arg) = mailbox->entry;
	void *arg = mailbox->arg;

	__atomic_store_n(&mailbox->taken, true, __ATOMIC_RELEASE);
	entry(arg);
	inmate_cpu_off();
}
