/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What config.c, layout.c and ring.c build on. They use no kernel interfaces,
 * so that the unit tests run them as they are.
 */
#ifndef JH_PURE_H
#define JH_PURE_H

#ifdef __KERNEL__
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/math64.h>
#include <linux/string.h>
#else
#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#endif
#include <jailhouse/types.h>

/* 32-bit kernels have no 64-bit division of their own. */
static inline __u32 jh_modulo(__u64 value, __u32 divisor)
{
#ifdef __KERNEL__
	__u32 rest;

	div_u64_rem(value, divisor, &rest);
	return rest;
#else
	return (__u32)(value % divisor);
#endif
}

/* Why something was refused, for the one line in the kernel log. */
struct jh_diag {
	char text[160];
};

/* Stores the reason and returns err, so that callers can `return` it. */
int jh_refuse(struct jh_diag *diag, int err, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

#endif
