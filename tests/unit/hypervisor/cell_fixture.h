/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the tests of cells ask for again and again. */
#ifndef CELL_FIXTURE_H
#define CELL_FIXTURE_H

#include "machine.h"

/* The cell with id 1, which must be there. */
static inline struct cell *cell_1(void)
{
	struct cell *cell = cell_find(1);

	assert_non_null(cell);
	return cell;
}

/* How the root has the page mapped; 0 if not. */
static inline unsigned int root_flags(phys_t phys)
{
	unsigned int flags = 0;

	if (paging_lookup(&root_cell.memory, phys, &flags) == PHYS_INVALID)
		return 0;
	return flags;
}

#endif
