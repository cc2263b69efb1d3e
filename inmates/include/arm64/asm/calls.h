/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Calls out of the cell: hypercalls by HVC, PSCI and SMCCC by SMC. */
#ifndef INMATE_ASM_CALLS_H
#define INMATE_ASM_CALLS_H

#include <jailhouse/hypercall.h>
#include <jailhouse/types.h>

static inline long hypercall(u64 code, u64 arg1, u64 arg2)
{
	register u64 x0 __asm__("x0") = code;
	register u64 x1 __asm__("x1") = arg1;
	register u64 x2 __asm__("x2") = arg2;

	__asm__ volatile("hvc %3"
			 : "+r"(x0), "+r"(x1), "+r"(x2)
			 : "i"(JAILHOUSE_HVC_IMMEDIATE)
			 : "x3", "memory");
	return (long)x0;
}

/* ARM DEN 0028: arguments from x1 on, results in x0-x3, x4-x17 lost. */
static inline long smccc_smc(u64 function, u64 arg1, u64 arg2, u64 arg3)
{
	register u64 x0 __asm__("x0") = function;
	register u64 x1 __asm__("x1") = arg1;
	register u64 x2 __asm__("x2") = arg2;
	register u64 x3 __asm__("x3") = arg3;

	__asm__ volatile("smc #0"
			 : "+r"(x0), "+r"(x1), "+r"(x2), "+r"(x3)
			 :
			 : "x4", "x5", "x6", "x7", "x8", "x9", "x10", "x11",
			   "x12", "x13", "x14", "x15", "x16", "x17", "memory");
	return (long)x0;
}

#endif
