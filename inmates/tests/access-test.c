/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Does one access that must be fatal to the cell, so that its success is a
 * failure of the test: it then prints "SURVIVED" and what it got.
 *
 *   op=NAME     read write exec hvc smc mrs msr (see access_ops.c)
 *   addr=N      where; for hvc the immediate, for smc the function number
 *   reg=NAME    for mrs and msr
 *   width=N     for read and write: 1, 2, 4 or 8 bytes (4)
 *
 * or a choice by random numbers, which is printed before it is done:
 *
 *   seed=N
 *   win=B+S,... windows that are not the cell's, each base and size
 *   ro=N        page that the cell may only read
 *   nx=N        page that the cell may not execute
 *   sub=N       4-byte register of which only 32-bit accesses are allowed
 */
#include <inmate.h>

#include "access.h"

/* The hypervisor lets the access pass as if nothing were wrong. */
static void survived(u64 value)
{
	printk("SURVIVED value 0x%llx\n", value);
}

/* Some emulators leave a trap out: the guest then sees what EL1 would. */
static bool handle_exception(struct exception_frame *frame)
{
	printk("EXCEPTION in the cell: class 0x%02llx, syndrome 0x%llx, "
	       "address 0x%llx\n",
	       ESR_EC(frame->esr), frame->esr, frame->far);
	inmate_stop(JAILHOUSE_CELL_SHUT_DOWN);
}

static int explicit_access(struct access *access)
{
	char name[16], reg[24];
	int index = 0;

	cmdline_string("op", name, sizeof(name));
	access->op = access_op_find(name);
	if (!access->op) {
		printk("access-test: op=%s: no such operation\n", name);
		return -EINVAL;
	}
	if (cmdline_string("reg", reg, sizeof(reg)))
		index = access_reg_find(reg);
	if (index < 0) {
		printk("access-test: reg=%s: no such register\n", reg);
		return -EINVAL;
	}
	access->addr = cmdline_u64("addr", (u64)index);
	access->width = (unsigned int)cmdline_u64("width", 4);
	return 0;
}

void inmate_main(void)
{
	u64 seed = cmdline_u64("seed", 0);
	struct access access = { 0 };

	if (seed) {
		access_random(seed, &access);
		printk("access: seed %llu: ", seed);
	} else {
		if (explicit_access(&access))
			inmate_stop(JAILHOUSE_CELL_SHUT_DOWN);
		printk("access: ");
	}
	access.op->print(&access);

	exception_set_handler(handle_exception);
	survived(access.op->run(&access));
}
