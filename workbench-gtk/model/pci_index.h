/* SPDX-License-Identifier: GPL-2.0-or-later */
/* All PCI functions that anybody knows, once each: behind pci.h. */
#ifndef JHW_PCI_INDEX_H
#define JHW_PCI_INDEX_H

#include "model/pci.h"

struct jhw_pci_entry {
	uint64_t id;
	uint32_t owner;				      /* key of a cell, 0: nobody's */
	const struct jhcfg_hw_pci_function *function; /* the board's; NULL */
	const struct jhcfg_pci_device *device;	      /* of the owner's or the root's
							 configuration; NULL */
	gboolean bridge;
	/* Index of the bridge that passes on what is for it: the one with the
	 * fewest buses behind it. Bridges have lower buses than what is behind
	 * them, so that there are no circles. */
	guint parent;
};

/* It is on a host's own bus. */
#define JHW_PCI_NO_PARENT G_MAXUINT

/* struct jhw_pci_entry, ascending by id; a new array, valid as long as the state
 * of the workspace. */
GArray *jhw_pci_index(const struct jhcfg_workspace *workspace);
/* Whether they belong together, by IOMMU group or as parts of one device where
 * there is none, and two cells have them. Bridges stay with the root anyway. */
gboolean jhw_pci_entries_clash(const struct jhw_pci_entry *a, const struct jhw_pci_entry *b);
/* "00:02.0", with the domain if that is not 0. */
char *jhw_pci_short_name(uint64_t id);

#endif
