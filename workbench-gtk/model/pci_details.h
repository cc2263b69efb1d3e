/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a PCI function has: registers and capabilities, as texts. */
#ifndef JHW_PCI_DETAILS_H
#define JHW_PCI_DETAILS_H

#include <glib.h>
#include <jhcfg/workspace.h>

#include "model/ref.h"

typedef struct {
	char *name;    /* "BAR 0" */
	char *place;   /* "0x10000000 + 1M"; of which only the size may be known */
	char *kind;    /* "memory, 64-bit" */
	JhwRef region; /* the memory region of its owner; kind NONE: it has none */
	char *region_name;
} JhwPciBar;

typedef struct {
	char *name;  /* "MSI" */
	char *place; /* "0x40, 14 bytes" */
	gboolean writable;
} JhwPciCap;

/* JhwPciBar; a new array. A BAR with several regions is there once for each. */
GPtrArray *jhw_pci_bars(const struct jhcfg_workspace *workspace, uint64_t id);
/* JhwPciCap, as the configuration has them; a new array. */
GPtrArray *jhw_pci_caps(const struct jhcfg_workspace *workspace, uint64_t id);
/* "MSI 1 vector, 64-bit", a line each; a new string. */
char *jhw_pci_message_lines(const struct jhcfg_workspace *workspace, uint64_t id);

#endif
