/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Who has what in a project: pure answers about its current state. */
#ifndef JHW_OWNER_H
#define JHW_OWNER_H

#include <glib.h>
#include <jhcfg/workspace.h>

#include "model/ref.h"

/* Colours that cells have, the root's first; the others go round. */
#define JHW_NUM_OWNER_COLOURS 9U

/* The configuration's cell, NULL if there is no such key. */
const struct jhcfg_cell *jhw_cell(const struct jhcfg_workspace *workspace, uint32_t key);
/* Whether the cell's configuration names it. Several may do so, if they are not
 * meant to run together. */
gboolean jhw_cell_has(const struct jhcfg_workspace *workspace, uint32_t key, const JhwRef *ref);
/* Key of a cell that has it, 0 if nobody has. What a cell has does not belong to
 * the root any more. */
uint32_t jhw_owner_of(const struct jhcfg_workspace *workspace, const JhwRef *ref);
/* Whether it makes sense to give it to somebody: not for what the hypervisor
 * keeps, nor for what has neither registers nor interrupts. */
gboolean jhw_is_movable(const struct jhcfg_workspace *workspace, const JhwRef *ref);
/* Position of the cell in the project, the root's is 0; its colour is that
 * number as jhw_owner_colour() has it. */
guint jhw_cell_index(const struct jhcfg_workspace *workspace, uint32_t key);
guint jhw_owner_colour(const struct jhcfg_workspace *workspace, uint32_t key);
/* The same as a style class, a constant: "owner-0"; "owner-none" for key 0. */
const char *jhw_owner_class(const struct jhcfg_workspace *workspace, uint32_t key);

/* Sums over a cell. */
uint64_t jhw_cell_ram(const struct jhcfg_cell *cell);
guint jhw_cell_num_irqs(const struct jhcfg_cell *cell);
gboolean jhw_region_is_ram(const struct jhcfg_memory *memory);
/* Interrupt controller that numbers of INTIDs refer to. */
uint64_t jhw_irqchip_address(const struct jhcfg_workspace *workspace);

#endif
