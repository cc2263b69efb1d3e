/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Faults that a console tells of, in the words and places of a project. */
#ifndef JHW_FAULT_H
#define JHW_FAULT_H

#include <glib.h>
#include <jhcfg/fault.h>
#include <jhcfg/workspace.h>

#include "model/ref.h"

/* "serial0 · root · M08": as much of it as is known, a new string. NULL: nothing
 * is. */
char *jhw_fault_meaning(const struct jhcfg_workspace *workspace, const struct jhcfg_fault *fault);
/* Whether it is about an address of memory. */
gboolean jhw_fault_has_address(const struct jhcfg_fault *fault);
/* What is at @address, as physical memory: the smallest region that a cell has there, the
 * root's if no other has one, else the device. JHW_REF_NONE: nothing that we know of. */
JhwRef jhw_address_ref(const struct jhcfg_workspace *workspace, uint64_t address);

#endif
