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

void policy_leftover(void);
void policy_hypercalls(void);
void policy_psci(void);
void policy_gicd(void);
void policy_gicr(void);
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
