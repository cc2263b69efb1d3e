// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What ivshmem costs the root cell. Takes the device of protocol 0; loaded by
 * the bench only, for /sys/kernel/debug/jh_links/, where lines are as loops.h
 * says:
 *
 *   registers  accesses, while nobody listens
 *   self       from the write of the own doorbell to the handler
 *   peer       from the write of peer 1's doorbell until it has rung back
 */
#include <linux/cpumask.h>
#include <linux/debugfs.h>
#include <linux/interrupt.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/seq_file.h>

#include "ivshmem.h"
#include "loops.h"

#define RUNS	   300
#define PATIENCE_S 10

static struct ivshmem shm;
static struct dentry *dir;

/* Written by the handler */
static u64 taken_at;
static bool taken;

static irqreturn_t handle_irq(int irq, void *arg)
{
	taken_at = loop_counter();
	WRITE_ONCE(taken, true);
	return IRQ_HANDLED;
}

/* --- registers
 * ---------------------------------------------------------------------- */

static void print_row(struct seq_file *out, const char *name, u64 tenths,
		      unsigned int turns)
{
	seq_printf(out, "ROW %llu %u %s\n", tenths, turns, name);
}

static int registers_show(struct seq_file *out, void *unused)
{
	u64 regs = (u64)shm.regs;
	const struct loop loops[] = {
		{ "ivshmem register read", loop_read32, regs + IVSHMEM_ID },
		{ "ivshmem doorbell", loop_write32, regs + IVSHMEM_DOORBELL,
		  1 << 16 },
	};
	size_t n;

	for (n = 0; n < ARRAY_SIZE(loops); n++)
		print_row(out, loops[n].name, loop_measure(&loops[n]),
			  LOOP_TURNS);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(registers);

/* --- interrupts
 * --------------------------------------------------------------------- */

/* Ticks of the counter from a doorbell to our handler; 0 if it never ran. */
static u64 ring(u32 peer)
{
	unsigned long deadline = jiffies + PATIENCE_S * HZ;
	u64 began;

	WRITE_ONCE(taken, false);
	began = loop_counter();
	writel(peer << 16, shm.regs + IVSHMEM_DOORBELL);
	while (!READ_ONCE(taken)) {
		if (time_after(jiffies, deadline))
			return 0;
		cpu_relax();
	}
	return taken_at - began;
}

static int measure_ring(struct seq_file *out, const char *name, u32 peer)
{
	u64 least = ~0ULL, ticks, frequency;
	unsigned int n;

	/* The device's line goes to CPU 0. */
	set_cpus_allowed_ptr(current, cpumask_of(0));
	asm("mrs %0, cntfrq_el0" : "=r"(frequency));
	writel(1, shm.regs + IVSHMEM_INT_CTRL);
	for (n = 0; n < RUNS; n++) {
		ticks = ring(peer);
		if (!ticks)
			break;
		least = min(least, ticks);
	}
	writel(0, shm.regs + IVSHMEM_INT_CTRL);
	set_cpus_allowed_ptr(current, cpu_possible_mask);
	if (n < RUNS)
		return -ETIMEDOUT;
	print_row(out, name, least * 10000000000ULL / frequency, 0);
	return 0;
}

static int self_show(struct seq_file *out, void *unused)
{
	return measure_ring(out, "doorbell to Linux handler", shm.id);
}
DEFINE_SHOW_ATTRIBUTE(self);

static int peer_show(struct seq_file *out, void *unused)
{
	return measure_ring(out, "ping-pong with an inmate", 1);
}
DEFINE_SHOW_ATTRIBUTE(peer);

/* --- the device
 * --------------------------------------------------------------------- */

static int probe(struct pci_dev *pci, const struct pci_device_id *id)
{
	int err = ivshmem_open(&shm, pci);

	if (err)
		return err;
	ivshmem_set_one_shot(&shm, false);
	err = devm_request_irq(&pci->dev, pci->irq, handle_irq, 0, "jh_links",
			       &shm);
	if (err)
		return err;
	dir = debugfs_create_dir("jh_links", NULL);
	debugfs_create_file("registers", 0400, dir, NULL, &registers_fops);
	debugfs_create_file("self", 0400, dir, NULL, &self_fops);
	debugfs_create_file("peer", 0400, dir, NULL, &peer_fops);
	return 0;
}

static void remove(struct pci_dev *pci)
{
	debugfs_remove(dir);
}

static const struct pci_device_id ids[] = {
	{ PCI_DEVICE(IVSHMEM_VENDOR, IVSHMEM_DEVICE), .class = 0xff0000,
	  .class_mask = 0xffffff },
	{},
};

static struct pci_driver links_driver = {
	.name = "jh_links",
	.id_table = ids,
	.probe = probe,
	.remove = remove,
};
module_pci_driver(links_driver);
MODULE_DESCRIPTION("Measures what ivshmem costs the root cell");
MODULE_LICENSE("GPL");
