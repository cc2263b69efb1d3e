/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What the rows of random accesses share, wherever they go */
#ifndef INMATE_TESTS_POLICY_RANDOM_H
#define INMATE_TESTS_POLICY_RANDOM_H

#include <stdbool.h>

#include "prng.h"

struct policy_run {
	struct prng prng;
	u64 accesses;	  /* that trapped */
	u64 pci_accesses; /* of these, to PCI and ivshmem registers */
	/* the first difference */
	const char *what;
	u64 where, seen, expected;
};

extern struct policy_run policy_run;

/* Notes the difference if there is one. */
bool policy_same(const char *what, u64 where, u64 seen, u64 expected);

/*
 * policy_random_pci.c: the setup says whether there is a PCI window; then a
 * row at a time, and at last what was left on is off.
 */
bool policy_random_pci_setup(void);
bool policy_random_pci(void);
void policy_random_pci_end(void);

#endif
