/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <stddef.h>

#include <inmate/comm.h>
#include <inmate/errno.h>
#include <inmate/irq.h>

#include "boot.h"
#include "gic.h"

static const struct gic_ops *const drivers[] = {
	&gicv2,
	&gicv3,
};

/* Set by the first irq_init(), before interrupts come. */
static const struct gic_ops *gic;
static irq_handler handle;

static const struct gic_ops *gic_find(u8 version)
{
	size_t n;

	for (n = 0; n < ARRAY_SIZE(drivers); n++)
		if (drivers[n]->version == version)
			return drivers[n];
	return NULL;
}

int irq_init(irq_handler handler)
{
	gic = gic_find(comm_region()->gic_version);
	if (!gic)
		return -ENODEV;
	if (handler)
		handle = handler;
	return gic->init_cpu();
}

void irq_unmask(u32 irq)
{
	gic->unmask(irq);
}

void irq_mask(u32 irq)
{
	gic->mask(irq);
}

void irq_send_sgi(u64 mpidr, u32 sgi)
{
	gic->send_sgi(mpidr, sgi);
}

void irq_dispatch(void)
{
	u32 acknowledged = gic->acknowledge();
	u32 irq = acknowledged & gic->intids;

	if (irq >= IRQ_MAX)
		return; /* spurious: IHI 0069H 2.2.1, IHI 0048B 3.2 */
	handle(irq);
	gic->end(acknowledged);
}
