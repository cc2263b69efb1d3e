/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Interrupts: the controller that the comm region names, and who handles. */
#ifndef INMATE_IRQ_H
#define INMATE_IRQ_H

#include <asm/sysreg.h> /* irq_enable(), irq_disable() */
#include <jailhouse/types.h>

#define IRQ_MAX 1020U /* first INTID that is no interrupt: IHI 0069H, 2.2 */

/* Runs with interrupts masked, on the CPU that took the interrupt. */
typedef void (*irq_handler)(u32 irq);

/**
 * irq_init - set up the interrupt controller for this CPU
 * @handler: for the interrupts of all CPUs; NULL keeps the one there is
 *
 * On each CPU that is to take interrupts; PSTATE.I stays masked.
 *
 * Return: 0; -ENODEV if there is no driver for the controller or it has no
 * part for this CPU; -ENOMEM if it could not be mapped; -ETIMEDOUT.
 */
int irq_init(irq_handler handler);

/**
 * irq_unmask - let an interrupt through
 * @irq: INTID; SGIs and PPIs (up to 31) are those of this CPU
 *
 * An SPI goes to the CPU that unmasks it.
 */
void irq_unmask(u32 irq);
void irq_mask(u32 irq);

/**
 * irq_send_sgi - interrupt another CPU, or this one
 * @mpidr: affinity of the target
 * @sgi: 0 to 15
 */
void irq_send_sgi(u64 mpidr, u32 sgi);

#endif
