/* SPDX-License-Identifier: GPL-2.0-only */
/* The four that GCC may call on its own (freestanding, GCC manual 2.1), and
 * what else the hypervisor needs. arch/ may replace any by a faster one. */
#ifndef HV_STRING_H
#define HV_STRING_H

#include <stddef.h>

void *memcpy(void *dest, const void *src, size_t n);
void *memmove(void *dest, const void *src, size_t n);
void *memset(void *dest, int value, size_t n);
int memcmp(const void *a, const void *b, size_t n);
size_t strnlen(const char *s, size_t max);

#endif
