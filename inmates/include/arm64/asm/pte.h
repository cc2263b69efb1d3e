/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What of stage 1 tables is not common to AArch64 and AArch32 */
#ifndef INMATE_ASM_PTE_H
#define INMATE_ASM_PTE_H

#include <jailhouse/types.h>

/* Addresses from here on cannot be mapped. */
#define MAP_END (1ULL << 39)

/* PXN, UXN */
#define PTE_NO_EXEC	(3ULL << 53)
#define PTE_KERNEL_EXEC (1ULL << 54)

static inline void tlb_flush_page(u64 virt)
{
	__asm__ volatile("tlbi vaae1is, %0" ::"r"(virt >> 12) : "memory");
}

#endif
