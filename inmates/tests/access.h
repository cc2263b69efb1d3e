/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Accesses that must not come back: what access-test.c can be told to do */
#ifndef INMATE_TESTS_ACCESS_H
#define INMATE_TESTS_ACCESS_H

#include <stdbool.h>

#include <jailhouse/types.h>

struct access {
	const struct access_op *op;
	u64 addr;	    /* or immediate, function, index of a register */
	unsigned int width; /* bytes */
	u64 value;	    /* for writes */
	bool pci;	    /* to PCI or ivshmem registers */
};

struct access_op {
	const char *name;
	/* Describe it on the console, with a line feed. */
	void (*print)(const struct access *access);
	/* Do it; returns if it had no consequence, with what was read. */
	u64 (*run)(const struct access *access);
};

/* access_memory.c: those that take an address and a width */
extern const struct access_op access_memory_ops[];
extern const unsigned int access_num_memory_ops;

const struct access_op *access_op_find(const char *name);

/**
 * access_random - choose an access that is fatal to this cell
 * @seed: decides
 * @access: filled
 *
 * Among the operations, and where they need one, an address in the windows
 * that the command line names: see access-test.c. Odd seeds choose PCI and
 * ivshmem registers, if the command line names a device.
 */
void access_random(u64 seed, struct access *access);

/* The same among PCI and ivshmem registers; false if the command line names no
 * device, or it is not there. */
struct prng;
bool access_random_pci(struct prng *prng, struct access *access);

#endif
