/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * The timer's interrupt at a fixed rate, and how late it is.
 *
 *   rate=N    ticks a second (10)
 *   ticks=N   stop after so many (0: go on until the root wants the cell)
 *   quiet     no line for each tick
 *
 * Deadlines are multiples of the period since the start: a tick that comes
 * late does not move the next one. At the end, elapsed / period therefore is
 * the number of ticks unless interrupts were lost.
 */
#include <inmate.h>

/* Written by the interrupt handler, read by the loop with interrupts off */
static u64 period, deadline, ticks;
static u64 jitter, jitter_min, jitter_max;

static void handle_irq(u32 irq)
{
	if (irq != TIMER_IRQ)
		return;
	jitter = timer_ticks() - deadline;
	if (ticks == 0 || jitter < jitter_min)
		jitter_min = jitter;
	if (jitter > jitter_max)
		jitter_max = jitter;
	ticks++;
	deadline += period;
	timer_set_deadline(deadline);
}

static void print_tick(void)
{
	printk("Timer fired, jitter: %6ld ns, min: %6ld ns, max: %6ld ns\n",
	       (long)timer_ticks_to_ns(jitter),
	       (long)timer_ticks_to_ns(jitter_min),
	       (long)timer_ticks_to_ns(jitter_max));
}

/* Returns true if the root asked for the end. */
static bool run(u64 last, bool quiet)
{
	u64 printed = 0;

	while (last == 0 || ticks < last) {
		if (comm_shutdown_requested())
			return true;
		irq_wait();
		if (!quiet && ticks != printed)
			print_tick();
		printed = ticks;
	}
	return false;
}

/*
 * If this CPU was held up, ticks are overdue that were not lost: count those
 * until `end`, for a second at most.
 */
static void catch_up(u64 end)
{
	u64 limit = timer_ticks() + timer_frequency();

	irq_enable();
	while (__atomic_load_n(&deadline, __ATOMIC_RELAXED) <= end &&
	       timer_ticks() < limit)
		cpu_relax();
	irq_disable();
}

static int setup(u64 rate)
{
	int err;

	printk("Initializing the GIC...\n");
	err = irq_init(handle_irq);
	if (err)
		return err;
	irq_unmask(TIMER_IRQ);

	printk("Initializing the timer...\n");
	if (rate == 0 || rate > timer_frequency())
		return -EINVAL;
	period = timer_frequency() / rate;
	return 0;
}

void inmate_main(void)
{
	bool quiet = cmdline_bool("quiet", false), requested;
	u64 start, end;
	int err = setup(cmdline_u64("rate", 10));

	if (err) {
		printk("gic-demo: cannot set up: error %d\n", err);
		inmate_stop(JAILHOUSE_CELL_FAILED);
	}

	start = timer_ticks();
	deadline = start + period;
	timer_set_deadline(deadline);
	requested = run(cmdline_u64("ticks", 0), quiet);
	end = timer_ticks();
	if (requested)
		catch_up(end);
	timer_stop();
	printk("Summary: ticks %llu, elapsed %llu ns, period %llu ns\n", ticks,
	       timer_ticks_to_ns(end - start), timer_ticks_to_ns(period));
	if (requested)
		comm_reply(JAILHOUSE_MSG_REQUEST_APPROVED);
}
