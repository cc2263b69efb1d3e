/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Who has which CPU and device, of all cells in one pass: for those who show
 * everything at once. The answers are those of jhw_cell_has() and
 * jhw_owner_of(), which are quicker for a single question.
 */
#ifndef JHW_HOLDINGS_H
#define JHW_HOLDINGS_H

#include <glib.h>
#include <jhcfg/workspace.h>

/* Of the state that the workspace has now. */
typedef struct JhwHoldings JhwHoldings;

JhwHoldings *jhw_holdings_new(const struct jhcfg_workspace *workspace);
void jhw_holdings_free(JhwHoldings *holdings);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(JhwHoldings, jhw_holdings_free)

/* Indices of devices that the cell's configuration names: guint, ascending, of
 * the holdings. */
const GArray *jhw_holdings_devices(const JhwHoldings *holdings, uint32_t cell);
/* Keys of those who own them: what a cell has is not the root's any more. 0:
 * nobody. */
uint32_t jhw_holdings_device_owner(const JhwHoldings *holdings, size_t device);
uint32_t jhw_holdings_cpu_owner(const JhwHoldings *holdings, unsigned int cpu);

#endif
