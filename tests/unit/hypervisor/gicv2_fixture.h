/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A GICv2 of plain memory: registers hold what was written last and read as the
 * test set them; those that hardware has for each CPU exist once.
 */
#ifndef GICV2_FIXTURE_H
#define GICV2_FIXTURE_H

#include "machine.h"

#include <hv/gicv2.h>

/* Cell 1 has CPU 3 and INTID 40; the root CPUs 0 to 2 and the other SPIs. */
#define OWN	40U
#define BEFORE	39U
#define AFTER	41U
#define OWN_BIT (1U << (OWN % 32))

#define GICC_BASE 0x08010000ULL
#define GICH_BASE 0x08030000ULL
#define GICV_BASE 0x08040000ULL

#define GICV2_LRS	4U
#define GIC_MAINTENANCE 25U

extern char *fake_gicd, *fake_gicc, *fake_gich, *fake_gicv;

static inline u32 *gicd32(unsigned int offset)
{
	return (u32 *)(void *)(fake_gicd + offset);
}

static inline u8 *gicd8(unsigned int offset)
{
	return (u8 *)fake_gicd + offset;
}

static inline u32 *gicc32(unsigned int offset)
{
	return (u32 *)(void *)(fake_gicc + offset);
}

static inline u32 *gich32(unsigned int offset)
{
	return (u32 *)(void *)(fake_gich + offset);
}

static inline u32 *lr32(unsigned int n)
{
	return gich32(GICH_LR + n * 4);
}

/* The host_boot_hook: a GICv2 where the configuration says. */
void gicv2_set_up_registers(void);

/* For CMocka: a machine with it, its CPUs initialized, cell 1 created. */
int gicv2_setup(void **state);

/* Runs on that CPU, whose target bit the registers show meanwhile. */
void gicv2_on_cpu(unsigned int id, void (*function)(void *arg), void *arg);

/* ELRSR as hardware would have it: list registers without state are empty. */
void gicv2_refresh(void);

#endif
