/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * The inmate's own page tables, one to one and shared by its CPUs. Mapped from
 * the start: the image with its stacks, the comm region, and the console.
 * Whether an access then succeeds is the hypervisor's decision.
 */
#ifndef INMATE_MAP_H
#define INMATE_MAP_H

#include <stddef.h>

#include <asm/pte.h>

#define MAP_PAGE_SIZE 0x1000ULL

/* What the range is; or it with what may be done there. */
#define MAP_RAM	   0x0U
#define MAP_DEVICE 0x1U
#define MAP_RO	   0x2U
#define MAP_EXEC   0x4U
#define MAP_USER   0x8U /* and not only by the kernel */

/**
 * map_range - map physical addresses at the same virtual ones
 * @phys: first byte; the whole pages around the range are mapped
 * @size: bytes, at least 1
 * @flags: MAP_*
 *
 * Pages that are mapped already change to @flags. On one CPU at a time; CPUs
 * that are already running see the change.
 *
 * Return: 0; -EINVAL if the range is empty, wraps or lies beyond MAP_END
 * (asm/pte.h); -ENOMEM if the image's pool of page tables is used up (link
 * option inmate_tables, see inmates/README.md), with part of the range mapped.
 */
int map_range(u64 phys, u64 size, unsigned int flags);

/* For the start-up code: map the image and the comm region, MMU off. */
int map_init(void);

#endif
