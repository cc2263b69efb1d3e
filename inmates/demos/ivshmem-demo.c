/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Shared memory and interrupts between cells. Prints the registers of the
 * cell's ivshmem device, then each interrupt that comes.
 *
 *   bdf=N     the device (the first one)
 *   target=N  peer to ring, once a second
 *   pings=N   ring the target N times, each time when it has answered the last
 *   flood=N   ring it N times without waiting
 *   once      ring no more after that: what was rung is known then
 *   quiet     no line for each interrupt
 *
 * Counts are checked: a ping that is not answered, or answered twice, ends the
 * run. demos/ivshmem-demo.c is the same for Linux.
 */
#include <stdint.h>

#include <inmate.h>

#include "ivshmem-demo.h"

#define NOBODY	     0xffffffffU
#define PATIENCE_SEC 10

static struct ivshmem shm;
/* Written by the interrupt handler alone */
static volatile struct demo_section *own;
static u32 target;

static const volatile struct demo_section *section(u32 peer)
{
	return (const volatile struct demo_section *)(uintptr_t)ivshmem_output(
		&shm, peer);
}

static void handle_irq(u32 irq)
{
	u32 peer;

	if (irq == TIMER_IRQ && timer_is_due())
		timer_stop();
	if (irq != shm.irq)
		return;
	for (peer = 0; peer < shm.peers; peer++)
		own->seen[peer] = section(peer)->rung;
	/* Who sees the count sees the rest. */
	dmb(ish);
	own->taken++;
}

static void dump(void)
{
	u32 peer;

	printk("ivshmem device %02x:%02x.%x, protocol 0x%04x\n", shm.bdf >> 8,
	       shm.bdf >> 3 & 0x1f, shm.bdf & 7, shm.protocol);
	printk("ID:                %u\n", shm.id);
	printk("Maximum Peers:     %u\n", shm.peers);
	printk("Interrupt Control: 0x%x\n",
	       mmio_read32(shm.regs + IVSHMEM_REG_INT_CTRL));
	printk("State:             %u\n",
	       mmio_read32(shm.regs + IVSHMEM_REG_STATE));
	printk("State Table:       0x%llx\n", shm.state_table);
	for (peer = 0; peer < shm.peers; peer++)
		printk(" [%u]: %u\n", peer, ivshmem_state(&shm, peer));
	printk("R/W Section:       0x%llx, 0x%llx bytes\n", shm.rw,
	       shm.rw_size);
	printk("Output Sections:   0x%llx, 0x%llx bytes each\n", shm.output,
	       shm.output_size);
	printk("Interrupt:         INTID %u\n", shm.irq);
}

/* --- waiting; interrupts are on
 * --------------------------------------------------- */

static u64 deadline_in(u64 ns)
{
	return timer_ticks() + timer_frequency() * (ns / 1000) / 1000000;
}

static u64 patience(void)
{
	return deadline_in(PATIENCE_SEC * NSEC_PER_SEC);
}

/* Until *word has the value; false if that takes too long. */
static bool wait_for(const volatile u32 *word, u32 value)
{
	u64 deadline = patience();

	while (*word != value) {
		if (timer_ticks() > deadline)
			return false;
		cpu_relax();
	}
	return true;
}

static bool wait_for_target(void)
{
	u64 deadline = patience();

	while (ivshmem_state(&shm, target) != DEMO_READY) {
		if (timer_ticks() > deadline)
			return false;
		cpu_relax();
	}
	return true;
}

/* What our arrival made it count is over when it has been quiet for 20 ms. */
static u32 settled_count(void)
{
	u32 taken = section(target)->taken;
	u64 quiet = deadline_in(NSEC_PER_SEC / 50);

	while (timer_ticks() < quiet) {
		if (section(target)->taken != taken) {
			taken = section(target)->taken;
			quiet = deadline_in(NSEC_PER_SEC / 50);
		}
		cpu_relax();
	}
	return taken;
}

/* --- counting
 * --------------------------------------------------------------------- */

static void ring(void)
{
	own->rung++;
	ivshmem_ring(&shm, target, 0);
}

static bool ping(u64 pings)
{
	u32 before = settled_count();
	u64 n;

	for (n = 1; n <= pings; n++) {
		ring();
		if (wait_for(&section(target)->taken, before + (u32)n))
			continue;
		printk("Ping %llu: peer %u has taken %u interrupts\n", n,
		       target, section(target)->taken - before);
		return false;
	}
	before = settled_count() - before;
	printk("Pings: %llu sent, %u taken by peer %u\n", pings, before,
	       target);
	return before == pings;
}

static bool flood(u64 count)
{
	u32 before = settled_count();
	u64 n;

	for (n = 0; n < count; n++)
		ring();
	if (!wait_for(&section(target)->seen[shm.id], own->rung)) {
		printk("Flood: the last one did not arrive\n");
		return false;
	}
	before = settled_count() - before;
	printk("Flood: %llu sent, %u taken by peer %u\n", count, before,
	       target);
	return before >= 1 && before <= count;
}

static bool count(void)
{
	u64 pings = cmdline_u64("pings", 0), floods = cmdline_u64("flood", 0);
	bool good = true;

	if (!pings && !floods)
		return true;
	if (!wait_for_target()) {
		printk("Peer %u is not there\n", target);
		return false;
	}
	if (pings)
		good = ping(pings);
	if (good && floods)
		good = flood(floods);
	printk("%s\n", good ? "Counts are right" : "Counts are WRONG");
	return good;
}

/* --- the demo
 * --------------------------------------------------------------------- */

/* Wakes up often enough to answer the root soon. */
#define WAKES_PER_SEC 20

static void run(bool quiet)
{
	u64 period = timer_frequency() / WAKES_PER_SEC;
	u64 next = timer_ticks() + period, wakes = 0;
	bool rings = target < shm.peers && !cmdline_bool("once", false);
	u32 printed = own->taken;

	irq_disable();
	irq_unmask(TIMER_IRQ);
	while (!comm_shutdown_requested()) {
		timer_set_deadline(next);
		irq_wait();
		for (; printed != own->taken && !quiet; printed++)
			printk("Interrupt #%u\n", printed + 1);
		if (timer_ticks() < next)
			continue;
		next += period;
		if (++wakes % WAKES_PER_SEC == 0 && rings)
			ring();
	}
	timer_stop();
}

static int setup(void)
{
	int err = irq_init(handle_irq);

	if (!err)
		err = ivshmem_open(&shm, (u32)cmdline_u64("bdf", IVSHMEM_ANY));
	if (!err && shm.output_size < sizeof(*own))
		err = -EINVAL;
	if (err)
		return err;
	own = (volatile struct demo_section *)(uintptr_t)ivshmem_output(&shm,
									shm.id);
	own->rung = own->taken = 0;
	target = (u32)cmdline_u64("target", NOBODY);
	irq_unmask(shm.irq);
	return 0;
}

void inmate_main(void)
{
	bool good;
	int err = setup();

	if (err) {
		printk("ivshmem-demo: no device of use: error %d\n", err);
		inmate_stop(JAILHOUSE_CELL_FAILED);
	}
	dump();
	ivshmem_enable_irq(&shm, true);
	ivshmem_set_state(&shm, DEMO_READY);
	irq_enable();
	good = count();
	if (good)
		run(cmdline_bool("quiet", false));
	ivshmem_set_state(&shm, DEMO_ABSENT);
	irq_disable();
	printk("Interrupts: %u\n", own->taken);
	if (!good)
		inmate_stop(JAILHOUSE_CELL_FAILED);
	comm_reply(JAILHOUSE_MSG_REQUEST_APPROVED);
}
