/* SPDX-License-Identifier: GPL-2.0-only */
/* What each architecture provides. */
#ifndef JH_ARCH_H
#define JH_ARCH_H

#include <linux/types.h>

#ifdef CONFIG_ARM64
#include "arm64.h"
#endif

/*
 * Finds out on every CPU who owns the hypervisor mode, touching nothing.
 * Returns 0 if it is free to take; else says what to change and returns
 * -EBUSY (somebody has it) or -ENODEV (there is none). CPUs must not come or
 * go meanwhile. May sleep.
 */
int jh_arch_probe(void);

/*
 * Enters the hypervisor on this CPU: entry is the physical address of its
 * entry point, base that of its memory. Interrupts are off. Returns as the
 * root cell with 0, or as before with what the image says.
 */
int jh_arch_enter(phys_addr_t entry, phys_addr_t base);

/* Calls the hypervisor; it must be there. */
long jh_arch_hypercall(u32 code, unsigned long arg1, unsigned long arg2);

/* Writes back what the caches hold of the range and forgets it, so that a
 * CPU with its caches off, and nobody's older line, sees or destroys it. */
void jh_arch_clean_to_memory(const void *start, size_t size);

/* After that, for code: no CPU keeps an older instruction of any range. */
void jh_arch_sync_instructions(void);

/* The first physical address that no CPU can reach */
u64 jh_arch_phys_limit(void);

#endif
