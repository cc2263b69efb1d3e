/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * A cell that does its worst for as long as it runs; tests/system/hostile-cells
 * watches the root beside it. The option do= says what:
 *
 *   compute     nothing of the kind: it only computes, what others are compared
 *               with; it has no ear for the root, as all of them
 *   crash       computes for 1 ms, then does an access that is fatal
 *   hang        takes each message, never answers, and writes its state again
 *               and again
 *   interrupts  a timer that is always due, an SPI made pending, SGIs to itself
 *               and to the CPUs of others
 *   doorbells   rings all ends of its link and what is none, and changes the
 *               state that the others see
 */
#include <inmate.h>
#include <inmate/gic.h>

#define OWN_SPI	  85U /* see tests/system/cells/hostile.json */
#define OTHER_SGI 8U  /* Linux does not use it */

static volatile u64 work;

static void compute(u64 rounds)
{
	while (rounds--)
		work = work * 6364136223846793005ULL + 1442695040888963407ULL;
}

static void do_compute(void)
{
	for (;;)
		compute(1000);
}

static void do_crash(void)
{
	const u64 nowhere = 0x1000000000ULL;
	u64 end = timer_ticks() + timer_frequency() / 1000;

	while (timer_ticks() < end)
		compute(1000);
	map_range(nowhere, 8, MAP_DEVICE);
	mmio_write64(nowhere, 0);
}

static void do_hang(void)
{
	for (;;) {
		comm_message();
		comm_set_state(JAILHOUSE_CELL_RUNNING);
	}
}

static void handle_irq(u32 irq)
{
	if (irq == TIMER_IRQ)
		timer_set_deadline(0); /* due again at once */
	work++;
}

static void do_interrupts(void)
{
	const u64 pending =
		comm_region()->gicd_base + GICD_ISPENDR + OWN_SPI / 32 * 4;
	u64 cpu;

	irq_unmask(TIMER_IRQ);
	irq_unmask(OTHER_SGI);
	irq_unmask(OWN_SPI);
	timer_set_deadline(0);
	irq_enable();
	for (;;) {
		mmio_write32(pending, 1U << OWN_SPI % 32);
		/* Its own among them */
		for (cpu = 0; cpu < 4; cpu++)
			irq_send_sgi(cpu, OTHER_SGI);
	}
}

static void do_doorbells(void)
{
	struct ivshmem shm;
	u32 state = 0, peer;

	if (ivshmem_open(&shm, IVSHMEM_ANY)) {
		printk("hostile-test: no ivshmem device\n");
		return;
	}
	irq_unmask(shm.irq);
	irq_enable();
	for (;;) {
		ivshmem_enable_irq(&shm, true);
		for (peer = 0; peer <= IVSHMEM_MAX_PEERS; peer++)
			ivshmem_ring(&shm, peer, peer % 3);
		mmio_write32(shm.regs + IVSHMEM_REG_STATE, ++state);
	}
}

static const struct {
	const char *name;
	void (*run)(void);
} deeds[] = {
	{ "compute", do_compute },     { "crash", do_crash },
	{ "hang", do_hang },	       { "interrupts", do_interrupts },
	{ "doorbells", do_doorbells },
};

void inmate_main(void)
{
	char name[16];
	unsigned int n;

	cmdline_string("do", name, sizeof(name));
	if (irq_init(handle_irq)) {
		printk("hostile-test: no interrupt controller\n");
		return;
	}
	for (n = 0; n < ARRAY_SIZE(deeds); n++) {
		if (strcmp(deeds[n].name, name) != 0)
			continue;
		printk("hostile-test: %s\n", name);
		deeds[n].run();
	}
	printk("hostile-test: do=%s is nothing it could do\n", name);
}
