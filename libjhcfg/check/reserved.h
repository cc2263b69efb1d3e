/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Registers that the hypervisor keeps or emulates: no cell has them mapped. */
#ifndef JHCFG_CHECK_RESERVED_H
#define JHCFG_CHECK_RESERVED_H

#include "check/intervals.h"
#include "check/view.h"

/* What an item is: its index. */
enum reserved_kind {
	RESERVED_GICD,
	RESERVED_GICC,
	RESERVED_GICH,
	RESERVED_GICV,
	RESERVED_GICR,
	RESERVED_XAPIC,
	RESERVED_IOAPIC,
	RESERVED_MMCONFIG,
	RESERVED_IOMMU,
	RESERVED_IOMMU_TLB,
};

/* "the GIC distributor" */
const char *reserved_name(size_t kind);

/* Adds them all; not the configuration window of a virtual PCI host, which is
 * no hardware. To be sorted by the caller. */
void reserved_collect(const struct check *check, struct intervals *set);

#endif
