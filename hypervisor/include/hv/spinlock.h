/* SPDX-License-Identifier: GPL-2.0-only */
/* Locks between CPUs. Interrupts are always masked in the hypervisor. */
#ifndef HV_SPINLOCK_H
#define HV_SPINLOCK_H

#include <hv/types.h>

typedef struct {
	u32 owner;
} spinlock_t;

/* Lets another hardware thread (or, in emulation, another CPU) run. */
void arch_cpu_relax(void);

static inline bool spin_trylock(spinlock_t *lock)
{
	return !__atomic_exchange_n(&lock->owner, 1, __ATOMIC_ACQUIRE);
}

static inline void spin_lock(spinlock_t *lock)
{
	while (!spin_trylock(lock))
		while (__atomic_load_n(&lock->owner, __ATOMIC_RELAXED))
			arch_cpu_relax();
}

static inline void spin_unlock(spinlock_t *lock)
{
	__atomic_store_n(&lock->owner, 0, __ATOMIC_RELEASE);
}

#endif
