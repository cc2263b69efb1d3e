/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The functions behind the rules of group P, which are in rules_pci.c, and
 * what they and others ask of PCI devices. */
#ifndef JHCFG_CHECK_PCI_H
#define JHCFG_CHECK_PCI_H

#include "check/intervals.h"
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
PCI_RULE(msi)
PCI_FIX(msi)
PCI_RULE(in_use)

/* pci_bars.c: registers of functions */
PCI_RULE(bars)
PCI_FIX(bars)
PCI_RULE(msix)
PCI_FIX(msix)

/* pci_group.c: functions that belong together */
PCI_RULE(group)
PCI_FIX(group)

/* pci_sideband.c: functions that are configured by others */
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
/* Number of the first entry whose address is not below; count if none is. */
size_t pci_index_from(const struct pci_index *index, uint32_t address);
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

/* Where the MSI-X table of the function is: its pages. False: it has none, or
 * its BAR has no address. */
bool pci_msix_table(const struct jhcfg_hw_pci_function *function,
		    struct jhcfg_range *pages);

/* Adds regions for what of the function's BARs the cell @has not, and for its
 * MSI-X table none; @has is sorted. */
int pci_add_bars(struct jhcfg_config *config,
		 const struct jhcfg_hw_pci_function *function,
		 const struct intervals *has);

/* Everything that covers BARs in the eyes of a cell: its regions, and MSI-X
 * tables, which the hypervisor emulates. 0 or -ENOMEM; to be cleared. */
int pci_collect_covered(const struct check_cell *cell, struct intervals *has);

#endif
