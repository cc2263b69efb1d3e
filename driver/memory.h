/* SPDX-License-Identifier: GPL-2.0-only */
/* Who uses which physical memory. */
#ifndef JH_MEMORY_H
#define JH_MEMORY_H

#include <linux/types.h>

/*
 * Whether Linux may use any page of the range as memory. What one node of the
 * device tree's /reserved-memory covers is not used, even if Linux maps it.
 * The range must be neither empty nor wrap. May sleep.
 */
bool jh_memory_in_use(u64 start, u64 size);

/*
 * Maps memory outside Linux, cacheable; NULL if Linux uses a part of it, or
 * no CPU can reach it. To be given back by memunmap().
 */
void *jh_memory_map(u64 start, u64 size);

#endif
