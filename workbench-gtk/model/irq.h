/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Interrupt lines that cells may be given. */
#ifndef JHW_IRQ_H
#define JHW_IRQ_H

#include <glib.h>
#include <jhcfg/workspace.h>

/* Number of the first line that is not of one CPU alone: 32 for a GIC. */
uint32_t jhw_irq_first(const struct jhcfg_workspace *workspace);
/* "SPI 22", "pin 4 of I/O APIC 0": what people call it; a new string. */
char *jhw_irq_name(const struct jhcfg_workspace *workspace, uint32_t number);
/* Names of the devices that raise it, a new string that may be empty, and how
 * the board says they do. */
char *jhw_irq_devices(const struct jhcfg_workspace *workspace, uint32_t number,
		      enum jhcfg_hw_trigger *trigger);
/* "edge", "level", empty: not known. */
const char *jhw_irq_trigger_name(enum jhcfg_hw_trigger trigger);
/* Whether the cell's configuration names it. */
gboolean jhw_irq_has(const struct jhcfg_workspace *workspace, uint32_t key, uint32_t number);
/* Gives the line to the cell and to nobody else; the root keeps naming what
 * others take from it. Inside of a step; 0 or -errno. */
int jhw_irq_give(struct jhcfg_workspace *workspace, uint32_t number, uint32_t cell);

#endif
