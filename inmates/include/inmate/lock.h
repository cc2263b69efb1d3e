/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* A lock between the CPUs of a cell; needs the MMU on. */
#ifndef INMATE_LOCK_H
#define INMATE_LOCK_H

#include <asm/sysreg.h>

struct lock {
	volatile unsigned char taken;
};

/* Take the lock with interrupts off; returns their former state. */
static inline unsigned long lock_irqsave(struct lock *lock)
{
	unsigned long flags = irq_save();

	while (__atomic_test_and_set(&lock->taken, __ATOMIC_ACQUIRE))
		cpu_relax();
	return flags;
}

static inline void unlock_irqrestore(struct lock *lock, unsigned long flags)
{
	__atomic_clear(&lock->taken, __ATOMIC_RELEASE);
	irq_restore(flags);
}

#endif
