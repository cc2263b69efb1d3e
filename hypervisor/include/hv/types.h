/* SPDX-License-Identifier: GPL-2.0-only */
/* Basic types, error numbers and helpers; no function of the C library. */
#ifndef HV_TYPES_H
#define HV_TYPES_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <jailhouse/types.h>

/* Linux' numbers, since results travel to its user space. */
#define EPERM	  1
#define ENOENT	  2
#define EIO	  5
#define E2BIG	  7
#define ENOMEM	  12
#define EBUSY	  16
#define EEXIST	  17
#define ENODEV	  19
#define EINVAL	  22
#define ERANGE	  34
#define ENOSYS	  38
#define ETIMEDOUT 110

#define PAGE_SHIFT    12
#define PAGE_SIZE     4096UL
#define PAGE_MASK     (~(PAGE_SIZE - 1))
#define PAGE_ALIGN(n) (((n) + PAGE_SIZE - 1) & PAGE_MASK)
#define PAGES(n)      (PAGE_ALIGN(n) >> PAGE_SHIFT)

#define BIT(n)	       (1UL << (n))
#define ALIGN_UP(n, a) (((n) + (a)-1) & ~((a)-1))
#define MIN(a, b)      ((a) < (b) ? (a) : (b))
#define MAX(a, b)      ((a) > (b) ? (a) : (b))

#define container_of(ptr, type, member)                                        \
	((type *)(void *)((char *)(ptr)-offsetof(type, member)))

#define __printf(fmt, args) __attribute__((format(printf, fmt, args)))
#define __noreturn	    __attribute__((noreturn))
/* Runs when cells come and go, if at all: made small, not fast. */
#define __cold	     __attribute__((cold))
#define __must_check __attribute__((warn_unused_result))

/* One access, not torn, repeated or left out by the compiler. */
#define READ_ONCE(x)	 (*(const volatile __typeof__(x) *)&(x))
#define WRITE_ONCE(x, v) (*(volatile __typeof__(x) *)&(x) = (v))

/* Addresses say whose they are: phys, gpa (guest-physical), or pointers. */
typedef u64 phys_t;
#define PHYS_INVALID (~(phys_t)0)

#endif
