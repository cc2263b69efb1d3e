/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The functions behind the rules of group I; the rules are in rules_irq.c. */
#ifndef JHCFG_CHECK_IRQ_H
#define JHCFG_CHECK_IRQ_H

#include "check/rule.h"

/* ARM IHI 0069H, 2.2.1: INTIDs from 1020 on have special meanings. */
#define LAST_SPI      1019U
#define PINS_PER_CHIP 128U

#define IRQ_RULE(name)                                                         \
	void irq_check_##name(struct check *check,                             \
			      const struct check_cell *cell);
#define IRQ_FIX(name) int irq_fix_##name(struct fix *fix);

/* irq_chips.c: what configurations say of chips */
IRQ_RULE(address)
IRQ_FIX(address)
IRQ_RULE(pin_base)
IRQ_FIX(pin_base)
IRQ_RULE(owners)
IRQ_FIX(owners)
IRQ_RULE(ioapic_id)
IRQ_FIX(ioapic_id)

/* irq_devices.c: and the devices of the board */
IRQ_RULE(missing)
IRQ_FIX(missing)
IRQ_RULE(unknown)
IRQ_FIX(unknown)

/* irq_shared.c */
IRQ_RULE(shared)

/* irq_gic.c: and the interrupt controller of the board */
IRQ_RULE(beyond)
IRQ_FIX(beyond)
IRQ_RULE(gic)
IRQ_FIX(gic)

#undef IRQ_RULE
#undef IRQ_FIX

/* An interrupt that a cell has been given. */
struct irq_owned {
	uint64_t address; /* of the chip */
	uint32_t number;
	const struct check_cell *cell;
	size_t chip; /* index */
};

struct irq_list {
	struct irq_owned *items;
	size_t count, capacity;
};

/* Appends all interrupts of the cell; on Arm without those below 32, which no
 * cell is given. Without memory the check fails. The caller frees items. */
void irq_collect(struct check *check, const struct check_cell *cell,
		 struct irq_list *list);

/* The cell has virtual PCI devices that interrupt by this line. */
bool irq_is_virtual(const struct check *check, const struct check_cell *cell,
		    uint32_t number);

/* The first cell but the root and @except that owns the interrupt; NULL. */
const struct check_cell *irq_owner(const struct check *check, uint64_t address,
				   uint32_t number,
				   const struct check_cell *except);

/* Grants the interrupt to the cell that is edited. A chip that it did not have
 * is the root's, with its id. */
int irq_grant(const struct fix *fix, struct jhcfg_config *config, uint64_t chip,
	      uint32_t number);

#endif
