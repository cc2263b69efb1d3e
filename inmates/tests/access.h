/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Accesses that must not come back: what access-test.c can be told to do */
#ifndef INMATE_TESTS_ACCESS_H
#define INMATE_TESTS_ACCESS_H

#include <jailhouse/types.h>

struct access {
	const struct access_op *op;
	u64 addr;	    /* or immediate, function, index of a register */
	unsigned int width; /* bytes */
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
 * that the command line names: see access-test.c.
 */
void access_random(u64 seed, struct access *access);

/* Ungranted registers: how many there are, and the index of a name or -1 */
unsigned int access_num_regs(void);
int access_reg_find(const char *name);

#endif
