/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* One line a second on the cell's console, until the root wants the cell. */
#include <inmate.h>

#define POLLS_PER_SEC 10U /* looks at the comm region */

static void handle_irq(u32 irq)
{
	/* Held up for so long that the one before was overdue? Then this one
	 * is still to come. */
	if (irq == TIMER_IRQ && timer_is_due())
		timer_stop();
}

static void sleep_until(u64 deadline)
{
	timer_set_deadline(deadline);
	while (timer_ticks() < deadline)
		irq_wait();
}

void inmate_main(void)
{
	u64 deadline = timer_ticks(),
	    period = timer_frequency() / POLLS_PER_SEC;
	unsigned int poll;
	int err;

	err = irq_init(handle_irq);
	if (err) {
		printk("uart-demo: no interrupt controller: error %d\n", err);
		inmate_stop(JAILHOUSE_CELL_FAILED);
	}
	irq_unmask(TIMER_IRQ);

	for (poll = 0; !comm_shutdown_requested(); poll++) {
		if (poll % POLLS_PER_SEC == 0)
			printk("Hello %u from cell!\n",
			       poll / POLLS_PER_SEC + 1);
		deadline += period;
		sleep_until(deadline);
	}
	printk("Shutting down on request\n");
	comm_reply(JAILHOUSE_MSG_REQUEST_APPROVED);
}
