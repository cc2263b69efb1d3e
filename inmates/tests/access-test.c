/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Does one access that must be fatal to the cell, so that its success is a
 * failure of the test: it then prints "SURVIVED" and what it got.
 *
 *   op=NAME     read write exec pair postindex exclusive zero walk (see
 *               access_memory.c), hvc smc (access_ops.c), and on registers mrs
 *               msr (access_arm64.c) or mrc mcr (access_armv7.c)
 *   addr=N      where; for hvc the immediate, for smc the function number
 *   reg=NAME    for those
 *   width=N     for read and write: 1, 2, 4 or, if it is of 64 bits, 8 bytes
 * (4)
 *
 * or a choice by random numbers, which is printed before it is done:
 *
 *   seed=N
 *   win=B+S,... windows that are not the cell's, each base and size
 *   ro=N        page that the cell may only read
 *   nx=N        page that the cell may not execute
 *   sub=N       4-byte register of which only 32-bit accesses are allowed
 *   pci=N       bdf of an ivshmem device of the cell; odd seeds go there
 *
 * and where it is done from, in both cases:
 *
 *   in-irq      the handler of the timer's interrupt, which thus stays active
 *   second      another CPU of the cell; the first then waits for the root
 */
#include <inmate.h>

#include "access.h"
#include "access_arch.h"

/* The hypervisor lets the access pass as if nothing were wrong. */
static void survived(u64 value)
{
	printk("SURVIVED value 0x%llx\n", value);
	inmate_stop(JAILHOUSE_CELL_SHUT_DOWN);
}

/* Some emulators leave a trap out: the guest then sees what EL1 would. */
static bool handle_exception(struct exception_frame *frame)
{
	printk("EXCEPTION in the cell: ");
	access_print_exception(frame);
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
	access->value = 0xdeadbeefdeadbeefULL;
	return 0;
}

/* Chosen by the boot CPU, done by it or another one. */
static struct access access;

static int choose(void)
{
	u64 seed = cmdline_u64("seed", 0);

	if (seed) {
		access_random(seed, &access);
		printk("access: seed %llu%s: ", seed,
		       access.pci ? ", PCI" : "");
	} else {
		if (explicit_access(&access))
			return -EINVAL;
		printk("access: ");
	}
	access.op->print(&access);
	return 0;
}

static void perform(void *unused)
{
	(void)unused;
	survived(access.op->run(&access));
}

static void handle_irq(u32 irq)
{
	if (irq == TIMER_IRQ)
		perform(NULL);
}

static int perform_in_irq(void)
{
	int err = irq_init(handle_irq);

	if (err)
		return err;
	irq_unmask(TIMER_IRQ);
	timer_set_deadline(timer_ticks());
	irq_wait();
	return -EIO; /* no interrupt */
}

static int perform_on_second(void)
{
	static u8 stack[4096] __attribute__((aligned(16)));
	u64 cpus[2], deadline = timer_ticks() + timer_frequency();
	u64 other;
	int err;

	if (smp_find_cpus(cpus, 2) < 2)
		return -ENODEV;
	other = cpus[0] == cpu_mpidr() ? cpus[1] : cpus[0];
	err = smp_start(other, perform, NULL, stack, sizeof(stack));
	if (err)
		return err;
	while (psci_call(PSCI_AFFINITY_INFO, other, 0, 0) != PSCI_AFFINITY_OFF)
		if (timer_ticks() > deadline)
			return -ETIMEDOUT;
	printk("first CPU goes on\n");
	while (!comm_shutdown_requested())
		cpu_relax();
	printk("first CPU ends\n");
	comm_reply(JAILHOUSE_MSG_REQUEST_APPROVED);
	return 0;
}

void inmate_main(void)
{
	int err = choose();

	if (err)
		return;
	exception_set_handler(handle_exception);
	if (cmdline_bool("in-irq", false))
		err = perform_in_irq();
	else if (cmdline_bool("second", false))
		err = perform_on_second();
	else
		perform(NULL);
	if (err)
		printk("access-test: cannot do it: error %d\n", err);
}
