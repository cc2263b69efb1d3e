/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Cutting a region in two: where somebody points, or at an address that is asked for. */
#ifndef JHW_MEMORY_SPLIT_H
#define JHW_MEMORY_SPLIT_H

#include <gtk/gtk.h>

#include "model/session.h"
#include "pages/memory/edit.h"

/* Bytes of the region before @address, which is moved to a multiple of @unit (4 KiB, 64 KiB
 * or 2 MiB), or of a smaller one of them if there is none inside. 0: none is inside. */
uint64_t jhw_region_cut_at(const struct jhcfg_memory *memory, JhwAddressSpace space,
			   uint64_t address, uint64_t unit);
/* Asks for the address, in a popover at @at of @parent; @offset is offered. */
void jhw_region_split_open(GtkWidget *parent, const GdkRectangle *at, JhwSession *session,
			   const JhwRef *ref, JhwAddressSpace space, uint64_t offset);

#endif
