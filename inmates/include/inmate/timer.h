/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The virtual timer of this CPU and the counter behind it */
#ifndef INMATE_TIMER_H
#define INMATE_TIMER_H

#include <stdbool.h>

#include <asm/sysreg.h>

#define TIMER_IRQ 27U /* PPI: ARM BSA 1.0, 3.7 */

#define NSEC_PER_SEC 1000000000ULL

static inline u64 timer_ticks(void)
{
	/* Else the counter may be read ahead of what comes before it. */
	isb();
	return sysreg_read(cntvct_el0);
}

static inline u64 timer_frequency(void)
{
	return sysreg_read(cntfrq_el0);
}

/* Interrupt when the counter reaches deadline. */
static inline void timer_set_deadline(u64 deadline)
{
	sysreg_write(cntv_cval_el0, deadline);
	sysreg_write(cntv_ctl_el0, 1);
	isb();
}

/*
 * Has the counter reached the deadline? Who sets a new deadline before the
 * interrupt of the last one is taken may still get that: a hypervisor below
 * does not take back what it has handed over.
 */
static inline bool timer_is_due(void)
{
	return sysreg_read(cntv_ctl_el0) & 4; /* ISTATUS */
}

static inline void timer_stop(void)
{
	sysreg_write(cntv_ctl_el0, 0);
	isb();
}

/* Ticks of the counter in nanoseconds */
static inline u64 timer_ticks_to_ns(u64 ticks)
{
	u64 frequency = timer_frequency();

	return ticks / frequency * NSEC_PER_SEC +
	       ticks % frequency * NSEC_PER_SEC / frequency;
}

#endif
