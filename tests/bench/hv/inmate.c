/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What calls, traps and interrupts cost in a cell: lines as loops.h says, and
 * "DONE" at the end.
 *
 *   subpage=ADDR  register of a sub-page region, 32 bits, harmless to read
 *   spi=N         INTID of an interrupt that the cell owns
 *
 * If it has an ivshmem device, it then answers interrupts of peer 0.
 */
#include <inmate.h>
#include <inmate/gicv3.h>

#include "loops.h"

#define TICKS	    200
#define TICK_PERIOD 20000 /* of the counter, a third of a millisecond */

static u64 gicd, gicr;
static struct ivshmem shm;

/* --- calls and traps
 * --------------------------------------------------------------------- */

static void print_row(const char *name, u64 tenths, unsigned int turns)
{
	printk("\nROW %llu %u %s\n", tenths, turns, name);
}

static u64 sgi_value(u64 mpidr, u64 sgi)
{
	return (mpidr >> 32 & 0xff) << 48 | (mpidr >> 16 & 0xff) << 32 |
	       sgi << 24 | (mpidr >> 8 & 0xff) << 16 | 1ULL << (mpidr & 0xf);
}

/* A CPU that does not exist in this cell: the dispatch alone. */
#define NOBODY (0xffULL << 16 | 1)

static void run_loops(void)
{
	u64 sgi = gicr + GICR_SGI;
	u64 spi = cmdline_u64("spi", 0);
	u64 word = spi / 32 * 4;
	u64 subpage = cmdline_u64("subpage", 0);
	/* clang-format off */
	const struct loop loops[] = {
		{ "loop", loop_nothing, 0, 0, 0 },
		{ "hypercall HYPERVISOR_GET_INFO", loop_hypercall,
		  JAILHOUSE_HC_HYPERVISOR_GET_INFO,
		  JAILHOUSE_INFO_MEM_POOL_USED, 0 },
		{ "hypercall CPU_GET_INFO", loop_hypercall,
		  JAILHOUSE_HC_CPU_GET_INFO, cmdline_u64("cpu", 0),
		  JAILHOUSE_CPU_INFO_STAT_BASE + 1 },
		{ "hypercall, unknown code", loop_hypercall, 99, 0, 0 },
		{ "hypercall DEBUG_CONSOLE_PUTC", loop_hypercall,
		  JAILHOUSE_HC_DEBUG_CONSOLE_PUTC, '.', 0 },
		{ "SMC PSCI_VERSION", loop_smc, PSCI_VERSION, 0, 0 },
		{ "SMC PSCI_AFFINITY_INFO", loop_smc, PSCI_AFFINITY_INFO,
		  cpu_mpidr(), 0 },
		{ "SMC SMCCC_VERSION", loop_smc, SMCCC_VERSION, 0, 0 },
		{ "SMC unknown", loop_smc, 0x8400001f, 0, 0 },
		{ "GICD_TYPER read", loop_read32, gicd + GICD_TYPER, 0, 0 },
		{ "GICD_ISENABLER read", loop_read32,
		  gicd + GICD_ISENABLER + 4, 0, 0 },
		{ "GICD_ISENABLER write", loop_write32,
		  gicd + GICD_ISENABLER + word, 1U << spi % 32, 0 },
		{ "GICD_ISENABLER write, register above x17",
		  loop_write32_high, gicd + GICD_ISENABLER + word,
		  1U << spi % 32, 0 },
		{ "GICD_IPRIORITYR read, 32 bits", loop_read32,
		  gicd + GICD_IPRIORITYR + (spi & ~3ULL), 0, 0 },
		{ "GICD_ICFGR read", loop_read32,
		  gicd + GICD_ICFGR + spi / 16 * 4, 0, 0 },
		{ "GICD_IROUTER read", loop_read64,
		  gicd + GICD_IROUTER + spi * 8, 0, 0 },
		{ "GICD_IROUTER write", loop_write64,
		  gicd + GICD_IROUTER + spi * 8, cpu_mpidr(), 0 },
		{ "GICR_TYPER read", loop_read64, gicr + GICR_TYPER, 0, 0 },
		{ "GICR_ISENABLER0 read", loop_read32, sgi + GICD_ISENABLER,
		  0, 0 },
		{ "GICR_ISENABLER0 write", loop_write32, sgi + GICD_ISENABLER,
		  0, 0 },
		{ "GICR_IPRIORITYR write, 8 bits", loop_write8,
		  sgi + GICD_IPRIORITYR + TIMER_IRQ, 0xa0, 0 },
		{ "ICC_SGI1R_EL1 to nobody", loop_sgi, NOBODY, 0, 0 },
		{ "ICC_SGI1R_EL1 to self, taken", loop_sgi_taken,
		  sgi_value(cpu_mpidr(), 1), 0, 0 },
		{ "PCI config read", loop_read32, shm.config, 0, 0 },
		{ "ivshmem register read", loop_read32, shm.regs, 0, 0 },
		{ "ivshmem doorbell", loop_write32,
		  shm.regs ? shm.regs + IVSHMEM_REG_DOORBELL : 0, 0, 0 },
		{ "sub-page MMIO read", loop_read32, subpage, 0, 0 },
		{ "sub-page MMIO write", loop_write32, subpage, 0, 0 },
	};
	/* clang-format on */
	unsigned int n;

	if (subpage && map_range(subpage, 4, MAP_DEVICE))
		subpage = 0;
	for (n = 0; n < ARRAY_SIZE(loops); n++) {
		u64 tenths;

		if (loops[n].run == loop_read32 || loops[n].run == loop_write32)
			if (!loops[n].a)
				continue;
		tenths = loop_measure(&loops[n]);
		print_row(loops[n].name, tenths, LOOP_TURNS);
	}
}

/* --- SGI to another CPU
 * ------------------------------------------------------------------ */

static char other_stack[4096] __attribute__((aligned(16)));
/* Each CPU writes its own. */
static volatile u64 pings, pongs;

static void handle_other(void)
{
	pongs = pings;
}

/* The other CPU sleeps until it gets an SGI, and answers in memory. */
static void other_main(void *arg)
{
	(void)arg;
	if (irq_init(NULL))
		return;
	irq_unmask(1);
	pongs = 1;
	for (;;)
		irq_wait();
}

static void measure_ping(void)
{
	u64 mpidr[4], least = ~0ULL, began;
	unsigned int cpus = smp_find_cpus(mpidr, ARRAY_SIZE(mpidr));
	u64 other = mpidr[0] == cpu_mpidr() ? mpidr[1] : mpidr[0];
	struct loop send = { "", loop_sgi, sgi_value(other, 1), 0, 0 };

	if (cpus < 2 || smp_start(other, other_main, NULL, other_stack,
				  sizeof(other_stack)))
		return;
	while (!pongs)
		cpu_relax();
	for (pings = 2; pings < 100; pings++) {
		began = timer_ticks();
		irq_send_sgi(other, 1);
		while (pongs != pings)
			cpu_relax();
		began = timer_ticks() - began;
		if (began < least)
			least = began;
	}
	print_row("SGI to other CPU, until its handler ran",
		  timer_ticks_to_ns(least) * 10, 0);
	print_row("ICC_SGI1R_EL1 to other CPU", loop_measure(&send),
		  LOOP_TURNS);
}

/* --- timer
 * -------------------------------------------------------------------------------
 */

/* Written by the handler */
static u64 deadline, late_least;
static volatile u64 ticks;

static void handle_timer(void)
{
	u64 late = timer_ticks() - deadline;

	if (!ticks || late < late_least)
		late_least = late;
	ticks++;
	deadline += TICK_PERIOD;
	timer_set_deadline(deadline);
}

static void handle_irq(u32 irq)
{
	if (irq == TIMER_IRQ)
		handle_timer();
	else if (irq == shm.irq)
		ivshmem_ring(&shm, 0, 0);
	else
		handle_other();
}

static u64 exits(void)
{
	return (u64)hypercall(JAILHOUSE_HC_CPU_GET_INFO, cmdline_u64("cpu", 0),
			      JAILHOUSE_CPU_INFO_STAT_BASE +
				      JAILHOUSE_CPU_STAT_VMEXITS_TOTAL);
}

static void measure_timer(void)
{
	u64 before;

	irq_unmask(TIMER_IRQ);
	before = exits();
	deadline = timer_ticks() + TICK_PERIOD;
	timer_set_deadline(deadline);
	MARK_BEGIN();
	/* No sleep: an emulator wakes up from it as late as its host does. */
	irq_enable();
	while (ticks < TICKS)
		__asm__ volatile("nop");
	irq_disable();
	MARK_END();
	timer_stop();
	/* one is the question itself */
	print_row("timer tick: exits", (exits() - before - 1) * 10 / TICKS,
		  TICKS);
	print_row("timer tick: deadline to handler",
		  timer_ticks_to_ns(late_least) * 10, 0);
}

/* Rings peer 0 whenever that has rung, until the cell goes. */
static void __attribute__((noreturn)) answer(void)
{
	irq_unmask(shm.irq);
	ivshmem_enable_irq(&shm, true);
	for (;;)
		irq_wait();
}

void inmate_main(void)
{
	int err = irq_init(handle_irq);

	gicd = comm_region()->gicd_base;
	if (!err)
		err = gicv3_redistributor(cpu_mpidr(), &gicr);
	if (err) {
		printk("hv-bench: no interrupt controller: error %d\n", err);
		inmate_stop(JAILHOUSE_CELL_FAILED);
	}
	irq_unmask(1);
	if (ivshmem_open(&shm, IVSHMEM_ANY))
		memset(&shm, 0, sizeof(shm));
	run_loops();
	measure_timer();
	measure_ping();
	printk("DONE\n");
	if (shm.regs)
		answer();
}
