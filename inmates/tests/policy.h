/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The groups of policy-test, and what they share */
#ifndef INMATE_TESTS_POLICY_H
#define INMATE_TESTS_POLICY_H

#include <stdbool.h>
#include <jailhouse/types.h>

#define POLICY_MAX_SPIS 1024U

/* What the command line says about the cell; filled before groups run. */
struct policy {
	u32 owned[POLICY_MAX_SPIS / 32]; /* bitmap by INTID */
	u32 own;			 /* the first owned SPI */
	u32 foreign;			 /* an SPI that is not the cell's */
	u64 mpidr;			 /* a CPU that is not the cell's */
	u64 cpu;			 /* number of the boot CPU */
};

extern struct policy policy;

static inline bool policy_owns(u32 irq)
{
	return policy.owned[irq / 32] >> irq % 32 & 1;
}

/* Interrupts taken since the start, by INTID; written by the handler. */
extern volatile u32 policy_taken[POLICY_MAX_SPIS];

/* Wait up to a tenth of a second for an interrupt to be taken once more
 * than `before`, with interrupts on meanwhile. */
bool policy_wait_taken(u32 irq, u32 before);

/* What depends on the version of the interrupt controller */
struct policy_gic {
	u8 version;
	u32 pidr2;	     /* offset of the register with the version */
	const u32 *reserved; /* offsets, up to the 0 behind them */
	void (*set_route)(u32 irq); /* to this CPU */
	void (*test_unowned_route)(u32 irq);
	void (*test_owned_route)(u32 irq);
	void (*test_private)(void);
	/* To those of the 8 or 16 CPUs in the cluster of mpidr; to all of the
	 * cell but this one */
	void (*send_list)(u64 mpidr, u32 sgi, u32 cpus);
	void (*send_others)(u32 sgi);
	/* One random access each; the second: true if it can be done. */
	void (*random_route)(u32 irq, u64 value, u64 *seen, u64 *expected);
	bool (*random_foreign)(u32 offset, u32 value, u32 *seen);
};

extern const struct policy_gic policy_gicv2;
extern const struct policy_gic policy_gicv3;

/* That of the comm region; false if there is none for it. */
extern const struct policy_gic *policy_gic;
bool policy_gic_find(void);

/* The cell's CPUs as a GICv2 counts them: by the lowest affinity. */
u32 policy_cpus(void);

void policy_leftover(void);
void policy_hypercalls(void);
void policy_psci(void);
void policy_gicd(void);
void policy_sgi(void);
void policy_smp(void);
void policy_pci(void);
/* Does nothing unless the command line names a device: ivshmem=BDF. */
void policy_ivshmem(void);
void policy_random(void);

/* Is there a PCI window? Maps its first bus. */
bool policy_pci_present(void);
/* Read at an offset of that bus, as wide as its alignment permits: all ones? */
bool policy_pci_ones(u64 offset);

#endif
