/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <asm/sysreg.h>
#include <inmate/cmdline.h>
#include <inmate/comm.h>
#include <inmate/console.h>
#include <inmate/psci.h>
#include <inmate/run.h>

#include "boot.h"

/*
 * Written by whoever loads the cell, which the compiler must not know: it
 * would put the zeros that it sees here into the code.
 */
__attribute__((section(".cmdline"), used)) const char cmdline[CMDLINE_SIZE];

void inmate_cpu_off(void)
{
	irq_disable();
	psci_call(PSCI_CPU_OFF, 0, 0, 0);
	/* Without a hypervisor nobody may have answered. */
	for (;;)
		wait_for_interrupt();
}

void inmate_stop(u32 state)
{
	comm_set_state(state);
	inmate_cpu_off();
}

void inmate_boot(void)
{
	if (!comm_supported())
		inmate_stop(JAILHOUSE_CELL_FAILED_COMM_REV);
	console_init();
	inmate_main();
	inmate_stop(JAILHOUSE_CELL_SHUT_DOWN);
}
