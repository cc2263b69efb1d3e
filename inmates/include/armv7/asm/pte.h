/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What of stage 1 tables is not common to AArch64 and AArch32 */
#ifndef INMATE_ASM_PTE_H
#define INMATE_ASM_PTE_H

#include <jailhouse/types.h>

/* Addresses from here on cannot be mapped. */
#define MAP_END (1ULL << 32)

/* XN, for everybody. What users may not read they cannot execute either. */
#define PTE_NO_EXEC	(1ULL << 54)
#define PTE_KERNEL_EXEC 0ULL

static inline void tlb_flush_page(u64 virt)
{
	/* TLBIMVAAIS */
	__asm__ volatile("mcr p15, 0, %0, c8, c3, 3" ::"r"((u32)virt)
			 : "memory");
}

#endif
