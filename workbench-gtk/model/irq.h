/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Interrupt lines that cells may be given. */
#ifndef JHW_IRQ_H
#define JHW_IRQ_H

#include <glib.h>
#include <jhcfg/workspace.h>

/* Number of the first line that is not of one CPU alone: 32 for a GIC. */
uint32_t jhw_irq_first(const struct jhcfg_workspace *workspace);
/* Gives the line to the cell and to nobody else; the root keeps naming what
 * others take from it. Inside of a step; 0 or -errno. */
int jhw_irq_give(struct jhcfg_workspace *workspace, uint32_t number, uint32_t cell);

#endif
