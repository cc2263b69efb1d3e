/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which cell has which device of the board. */
#ifndef JHCFG_CHECK_DEVICES_H
#define JHCFG_CHECK_DEVICES_H

#include "check/view.h"

/* The region through which somebody has that address: of the first cell but
 * the root, else of the root, else NULL. */
const struct check_region *region_of_address(struct check *check,
					     uint64_t address);

/*
 * The same for the first register window of a device: its owner. NULL: it has
 * no windows, or nobody has it.
 */
const struct check_region *device_owner(struct check *check,
					const struct jhcfg_hw_device *device);

/* The owner if that is a cell other than the root, which does not share the
 * device with it; else NULL. */
const struct check_cell *device_assigned_to(
	struct check *check, const struct jhcfg_hw_device *device);

/*
 * A device whose interrupt the cell owns, in the page of device @index, none of
 * whose interrupts it owns: the cell has @index only because registers are
 * given by the page. JHCFG_NO_INDEX: there is none.
 */
size_t device_page_mate(const struct check *check,
			const struct check_cell *cell, size_t index);

/* Linux would use it: its status is "okay", or it says nothing. */
bool device_is_enabled(const struct jhcfg_hw_device *device);

/* Who drives the device: the cell that has it for itself, or the root, if Linux
 * would use it; else NULL. */
const struct check_cell *device_driven_by(struct check *check,
					  const struct jhcfg_hw_device *device);

/* The first INTID that cells can be given. */
#define FIRST_SPI 32U

/* Pins of an IOAPIC, as the first of each PC has them (82093AA, 2.4). */
#define IOAPIC_PINS 24U

/* An interrupt at the controller whose pins cells are given; on x86, at its
 * first. */
static inline bool irq_is_assignable(const struct check *check,
				     const struct jhcfg_hw_irq *irq)
{
	return !irq->nested && !irq->per_cpu &&
	       (check_is_x86(check) ? irq->number < IOAPIC_PINS
				    : irq->number >= FIRST_SPI);
}

/* Address of the chip that has the pins: that of the GIC distributor; on x86
 * of the root's first IOAPIC, 0 if it has none. */
uint64_t irq_chip_address(const struct check *check);

#endif
