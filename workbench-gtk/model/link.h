/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Links and their ends. What changes one is to be called inside of a step: 0
 * or -errno, with the reason in @diags. */
#ifndef JHW_LINK_H
#define JHW_LINK_H

#include <glib.h>
#include <jhcfg/diag.h>
#include <jhcfg/workspace.h>

/* NULL: there is no such link. */
const struct jhcfg_link *jhw_link(const struct jhcfg_workspace *workspace, uint64_t key);
/* Whether one of its ends is the cell's. */
gboolean jhw_link_has(const struct jhcfg_link *link, uint32_t cell);
/* "Ethernet", "custom": what the ends speak. */
const char *jhw_link_kind(uint16_t protocol);
/* All of its memory. */
uint64_t jhw_link_size(const struct jhcfg_link *link);
/* The interrupt that the end of @cell raises, as the interrupt controller
 * numbers it; FALSE: none, messages are used. */
gboolean jhw_link_line(const struct jhcfg_workspace *workspace, const struct jhcfg_link *link,
		       uint32_t cell, uint32_t *number);

/* Puts @link in the place of the one with the same key; where a cell has an end
 * that had none before, it gets interrupts for its virtual PCI, if need be. */
int jhw_link_replace(struct jhcfg_workspace *workspace, const struct jhcfg_link *link,
		     struct jhcfg_diags *diags);
/* An end for a cell that has none yet: in a free slot, or a new one. */
int jhw_link_add_end(struct jhcfg_workspace *workspace, uint64_t key, uint32_t cell,
		     struct jhcfg_diags *diags);
/* The end of @from becomes the one of @to; @to 0: nobody's. */
int jhw_link_move_end(struct jhcfg_workspace *workspace, uint64_t key, uint32_t from, uint32_t to,
		      struct jhcfg_diags *diags);

#endif
