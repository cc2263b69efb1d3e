/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Doing the operations of a plan. */
#ifndef JHCFG_PLAN_OPS_H
#define JHCFG_PLAN_OPS_H

#include <jhcfg/plan.h>

/* The cell that a plan adds: the key it was planned with, and the one it got.
 * Both 0: none was added. */
struct plan_keys {
	uint32_t planned, real;
};

/* Inside a step of the workspace. */
int plan_do(struct jhcfg_workspace *workspace, const struct jhcfg_plan_op *op,
	    struct plan_keys *keys);

/* Index of the cell's region with these addresses and size, or SIZE_MAX. */
size_t plan_find_memory(const struct jhcfg_cell *cell,
			const struct jhcfg_memory *memory);

#endif
