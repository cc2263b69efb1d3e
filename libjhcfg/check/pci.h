/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The functions behind the rules of group P, which are in rules_pci.c, and
 * what they and others ask of PCI devices. */
#ifndef JHCFG_CHECK_PCI_H
#define JHCFG_CHECK_PCI_H

#include "check/rule.h"

#define PCI_RULE(name)                                                         \
	void pci_check_##name(struct check *check,                             \
			      const struct check_cell *cell);
#define PCI_FIX(name) int pci_fix_##name(struct fix *fix);

/* pci_devices.c: which cell has which function */
PCI_RULE(owners)
PCI_FIX(owners)
PCI_RULE(caps)
PCI_FIX(caps)
PCI_RULE(group)
PCI_FIX(group)
PCI_RULE(msi)
PCI_FIX(msi)
PCI_RULE(in_use)

/* pci_functions.c: and what the functions of the board have */
PCI_RULE(bars)
PCI_FIX(bars)
PCI_RULE(msix)
PCI_FIX(msix)
PCI_RULE(sideband)
PCI_FIX(sideband)

/* pci_platform.c: configuration space and IOMMUs */
PCI_RULE(window)
PCI_FIX(window)
PCI_RULE(iommu)
PCI_FIX(iommu)
PCI_RULE(limit)
PCI_FIX(limit)
PCI_RULE(units)
PCI_FIX(units)

#undef PCI_RULE
#undef PCI_FIX

/* --- which cell has which function ---------------------------------------- */

struct pci_entry {
	uint32_t address; /* domain << 16 | bdf */
	const struct check_cell *cell;
	size_t index; /* of the cell's PCI device */
	const struct jhcfg_pci_device *device;
};

/* Physical devices of the cells that are judged; by address, then by cell. */
struct pci_index {
	struct pci_entry *entries;
	size_t count;
};

static inline uint32_t pci_address(uint16_t domain, uint16_t bdf)
{
	return (uint32_t)domain << 16 | bdf;
}

/* 0 or -ENOMEM. */
int pci_index_make(const struct check *check, struct pci_index *index);
void pci_index_clear(struct pci_index *index);
/* The first entry of the address; NULL: nobody has it. */
const struct pci_entry *pci_index_find(const struct pci_index *index,
				       uint16_t domain, uint16_t bdf);
/* The entry of the cell that the device works for: the first that is not the
 * root, else the root's; NULL: nobody has it. */
const struct pci_entry *pci_index_owner(const struct pci_index *index,
					uint16_t domain, uint16_t bdf);

/* The function of the board; NULL: it has none there. O(n). */
const struct jhcfg_hw_pci_function *pci_function(
	const struct jhcfg_board *board, const struct jhcfg_pci_device *device);

/* For one message: "00:1f.3", with the domain if that is not 0. */
struct bdf_text {
	char text[16];
};
struct bdf_text bdf_text(uint16_t domain, uint16_t bdf);

/* Finding at a PCI device; one of a link is not fixable. */
struct found at_pci_device(const struct check_cell *cell, size_t index);

/* A copy of the device at the end of the cell's list, with copies of its
 * capabilities @from. */
int pci_copy_device(struct jhcfg_config *config, const struct jhcfg_cell *from,
		    const struct jhcfg_pci_device *device);

#endif
