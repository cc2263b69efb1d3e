/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names and words for objects; all results are new strings. */
#ifndef JHW_NAMES_H
#define JHW_NAMES_H

#include <glib.h>
#include <jhcfg/workspace.h>

#include "model/ref.h"

/* The cell's name; the root's is what people call it. */
char *jhw_cell_title(const struct jhcfg_workspace *workspace, uint32_t key);
/* "CPU 3", "serial1", "RAM 64 MiB" */
char *jhw_ref_name(const struct jhcfg_workspace *workspace, const JhwRef *ref);
/* Where it is, exactly: "0xff010000", "[0x60000000-0x7fbfffff]"; may be empty. */
char *jhw_ref_detail(const struct jhcfg_workspace *workspace, const JhwRef *ref);
/* Name of a memory region: its note, or what it is. */
char *jhw_region_name(const struct jhcfg_workspace *workspace, uint32_t key, size_t index);
/* CPUs that the cell has; the root, those that no other cell has. */
guint jhw_cell_num_cpus(const struct jhcfg_workspace *workspace, uint32_t key);
/* "Linux · 2 CPUs · 3.4 GiB · 188 interrupts" */
char *jhw_cell_summary(const struct jhcfg_workspace *workspace, uint32_t key);
/* "UARTs", "Network"; for a group of devices of this kind. */
const char *jhw_device_kind_title(enum jhcfg_hw_device_kind kind);

#endif
