/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What a driver of an interrupt controller offers to irq.c */
#ifndef INMATE_ARM_COMMON_GIC_H
#define INMATE_ARM_COMMON_GIC_H

#include <jailhouse/types.h>

struct gic_ops {
	u8 version; /* of the comm region */
	u32 intids; /* bits of the INTID in what acknowledge() returns */
	/* Map and find what belongs to this CPU, set it up; 0 or -errno. */
	int (*init_cpu)(void);
	void (*unmask)(u32 irq);
	void (*mask)(u32 irq);
	void (*send_sgi)(u64 mpidr, u32 sgi);
	u32 (*acknowledge)(void);
	void (*end)(u32 acknowledged);
};

extern const struct gic_ops gicv2;
extern const struct gic_ops gicv3;

#endif
