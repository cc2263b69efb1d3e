/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Calls out of the cell: hypercalls by HVC, PSCI and SMCCC by SMC. */
#ifndef INMATE_ASM_CALLS_H
#define INMATE_ASM_CALLS_H

#include <jailhouse/hypercall.h>
#include <jailhouse/types.h>

static inline long hypercall(u64 code, u64 arg1, u64 arg2)
{
	register u32 r0 __asm__("r0") = (u32)code;
	register u32 r1 __asm__("r1") = (u32)arg1;
	register u32 r2 __asm__("r2") = (u32)arg2;

	__asm__ volatile("hvc %3"
			 : "+r"(r0), "+r"(r1), "+r"(r2)
			 : "i"(JAILHOUSE_HVC_IMMEDIATE)
			 : "r3", "memory");
	return (long)r0;
}

/* ARM DEN 0028: arguments from r1 on, results in r0-r3. */
static inline long smccc_smc(u64 function, u64 arg1, u64 arg2, u64 arg3)
{
	register u32 r0 __asm__("r0") = (u32)function;
	register u32 r1 __asm__("r1") = (u32)arg1;
	register u32 r2 __asm__("r2") = (u32)arg2;
	register u32 r3 __asm__("r3") = (u32)arg3;

	__asm__ volatile(".arch_extension sec\n\t"
			 "smc #0"
			 : "+r"(r0), "+r"(r1), "+r"(r2), "+r"(r3)
			 :
			 : "memory");
	return (long)r0;
}

#endif
