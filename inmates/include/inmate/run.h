/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* How an inmate begins and ends */
#ifndef INMATE_RUN_H
#define INMATE_RUN_H

#include <jailhouse/types.h>

/*
 * Written by the inmate. Runs on the boot CPU: MMU and caches on, interrupts
 * masked, console set up. When it returns, the cell is shut down.
 */
void inmate_main(void);

/**
 * inmate_stop - end the cell's run
 * @state: JAILHOUSE_CELL_SHUT_DOWN or JAILHOUSE_CELL_FAILED
 *
 * Sets the state that the root sees and turns this CPU off; does not return.
 */
void inmate_stop(u32 state) __attribute__((noreturn));

/* Turn this CPU off, without a word about the cell. */
void inmate_cpu_off(void) __attribute__((noreturn));

#endif
