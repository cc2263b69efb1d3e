/* SPDX-License-Identifier: GPL-2.0-only */
/* Hypercalls of a cell, for each architecture with cells that run Linux. */
#ifndef JH_GUEST_HYPERCALL_H
#define JH_GUEST_HYPERCALL_H

#include <linux/types.h>

#include <jailhouse/hypercall.h>

#ifdef CONFIG_ARM64
static inline long jh_hypercall1(unsigned long code, unsigned long arg)
{
	register unsigned long x0 asm("x0") = code;
	register unsigned long x1 asm("x1") = arg;

	/* The immediate is the hypervisor's; x1 to x3 may change. */
	asm volatile("hvc %[immediate]"
		     : "+r"(x0), "+r"(x1)
		     : [immediate] "i"(JAILHOUSE_HVC_IMMEDIATE)
		     : "x2", "x3", "memory");
	return (long)x0;
}
#endif

#endif
