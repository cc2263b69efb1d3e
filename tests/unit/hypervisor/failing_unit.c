// SPDX-License-Identifier: GPL-2.0-or-later
#include "failing_unit.h"

#include <hv/unit.h>

int unit_error;
unsigned int unit_cells;

static int unit_cell_init(struct cell *cell)
{
	(void)cell;
	unit_cells += !unit_error;
	return unit_error;
}

static void unit_cell_exit(struct cell *cell)
{
	(void)cell;
	unit_cells--;
}

DEFINE_UNIT(failing_unit) = {
	.name = "failing",
	.phase = UNIT_PHASE_DEVICE,
	.cell_init = unit_cell_init,
	.cell_exit = unit_cell_exit,
};

int failing_unit_setup(void **state)
{
	unit_error = 0;
	unit_cells = 0;
	return machine_setup(state);
}
