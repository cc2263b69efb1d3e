/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Between the files that give devices. */
#ifndef JHCFG_PLAN_DEVICE_H
#define JHCFG_PLAN_DEVICE_H

#include <jailhouse/cell-config.h>

#include "plan/plan.h"

#define PLAN_LAST_IRQ 1019U

/* A device that is being given to a cell. */
struct giving {
	struct jhcfg_plan *plan;
	const struct jhcfg_board *board;
	const struct jhcfg_hw_device *device;
	size_t index;
	uint32_t cell;
};

/* The pages that a window lies in. */
struct jhcfg_range plan_pages_of(struct jhcfg_range window);
/* A line that a cell can own. */
bool plan_is_line(const struct jhcfg_hw_irq *irq);
bool plan_has_stream(const struct jhcfg_cell *cell, uint32_t id);

bool plan_has_ports(const struct jhcfg_cell *cell,
		    const struct jhcfg_hw_port *port);
/* Of its first register or port; 0: it has none. */
uint64_t plan_console_address(const struct jhcfg_hw_device *device);

/* Names clocks and the like, and what speaks against giving it. */
int plan_note_surroundings(struct giving *giving);
/* Takes it back from the cells that have it, except the one that gets it. */
int plan_release_device(struct giving *giving);

#endif
