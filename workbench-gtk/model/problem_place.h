/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where a problem leads to: the object that is meant, not only the cell that has it. */
#ifndef JHW_PROBLEM_PLACE_H
#define JHW_PROBLEM_PLACE_H

#include <jhcfg/check.h>
#include <jhcfg/workspace.h>

#include "model/ref.h"

/* The PCI function, region, link, interrupt, CPU or device at that place, else its cell;
 * JHW_REF_NONE: the system as a whole. What is not there any more is its cell. */
JhwRef jhw_place_ref(const struct jhcfg_workspace *workspace, const struct jhcfg_place *place);

#endif
