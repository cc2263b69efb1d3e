/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Interrupts of nodes, followed to the GIC. */
#ifndef JHCFG_IMPORT_IRQ_H
#define JHCFG_IMPORT_IRQ_H

#include <jhcfg/board.h>

#include "import/tree.h"

/* An interrupt where following it ended: at a GIC, or at a controller whose
 * pins have no fixed line above. */
struct dt_irq {
	uint32_t controller; /* node */
	bool at_gic;
	uint32_t number; /* INTID, or the pin of the controller */
	bool per_cpu;
	enum jhcfg_hw_trigger trigger;
};

/* The kind of GIC (JHCFG_HW_GICV2, JHCFG_HW_GICV3), 0: it is none. */
int dt_gic_kind(const struct dt_tree *tree, uint32_t node);

/* Where the node's "interrupts" or "interrupts-extended" is read. */
struct dt_irq_cursor {
	const struct dt_prop *prop;
	bool extended;
	uint32_t parent; /* of "interrupts" */
	size_t cell;
};

void dt_irq_begin(const struct dt_tree *tree, uint32_t node,
		  struct dt_irq_cursor *cursor);
/* The next one; false at the end, and where the rest makes no sense. */
bool dt_irq_next(const struct dt_tree *tree, uint32_t node,
		 struct dt_irq_cursor *cursor, struct dt_irq *irq);

/* INTA to INTD (1 to 4) of slot 0 behind the PCI host bridge at @node, through
 * its "interrupt-map"; false if it does not say. */
bool dt_irq_intx(const struct dt_tree *tree, uint32_t node, uint32_t pin,
		 struct dt_irq *irq);

#endif
