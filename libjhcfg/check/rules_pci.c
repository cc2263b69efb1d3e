// SPDX-License-Identifier: LGPL-2.1-or-later
/* P: PCI. */
#include "check/pci.h"

static const struct rule rules[] = {
	{
		.info = {
			.id = "P01",
			.severity = JHCFG_ERROR,
			.title = "a PCI device is in two cells, or not in the "
				 "root cell's list",
			.doc = "The root cell lists what there is, and each "
			       "device has one owner besides. A device in two "
			       "cells is refused when the second is created; "
			       "one that the root does not list is not taken "
			       "from Linux, which goes on using it.",
			.advice = "choose one owner, and list the device in "
				  "the root cell",
			.fix = "removes it from the second cell, or adds it "
			       "to the root cell",
		},
		.scope = RULE_SCENARIO,
		.check = pci_check_owners,
		.fix = pci_fix_owners,
	},
	{
		.info = {
			.id = "P02",
			.severity = JHCFG_ERROR,
			.modes = JHCFG_RULE_BOARD,
			.title = "the PCI configuration window is not where "
				 "the board has it",
			.doc = "The hypervisor intercepts the window that it "
			       "is told. The right one, or the part of it for "
			       "the other buses, is then open to Linux and to "
			       "all that it maps, or there is nothing where "
			       "it looks for devices.",
			.advice = "take address and last bus from MCFG or the "
				  "device tree",
			.fix = "sets address and last bus of the board",
		},
		.scope = RULE_SYSTEM,
		.check = pci_check_window,
		.fix = pci_fix_window,
	},
	{
		.info = {
			.id = "P03",
			.severity = JHCFG_ERROR,
			.title = "capabilities of a PCI device that are not "
				 "there, or MSI-X vectors without a table",
			.doc = "A device names its capabilities by the first "
			       "and their number in the cell's list; beyond "
			       "the list the hypervisor refuses it. To "
			       "emulate MSI-X it must know where the table "
			       "is.",
			.advice = "correct the numbers, or set the address of "
				  "the table",
			.fix = "cuts the number to what is there; sets the "
			       "address that the board tells",
		},
		.scope = RULE_CELL,
		.check = pci_check_caps,
		.fix = pci_fix_caps,
	},
	{
		.info = {
			.id = "P04",
			.severity = JHCFG_ERROR,
			.modes = JHCFG_RULE_BOARD,
			.title = "registers of a PCI device are not its "
				 "owner's",
			.doc = "The cell may configure the device, but an "
			       "access to its registers parks the CPU. A BAR "
			       "of 64 bits takes two entries of bar_mask: "
			       "with 0 as the upper one its size cannot be "
			       "told.",
			.advice = "add the BARs to the owner's memory regions",
			.fix = "adds regions for the BARs, and the upper half "
			       "of the mask",
		},
		.scope = RULE_SCENARIO,
		.check = pci_check_bars,
		.fix = pci_fix_bars,
	},
	{
		.info = {
			.id = "P05",
			.severity = JHCFG_ERROR,
			.modes = JHCFG_RULE_BOARD,
			.title = "a region has the MSI-X table of a device",
			.doc = "Who writes to the table directly decides "
			       "where interrupts go, past the hypervisor, "
			       "which must see each write to remap it.",
			.advice = "leave a hole for the table",
			.fix = "takes the table out of the region",
		},
		.scope = RULE_SCENARIO,
		.check = pci_check_msix,
		.fix = pci_fix_msix,
	},
	{
		.info = {
			.id = "P06",
			.severity = JHCFG_WARNING,
			.modes = JHCFG_RULE_BOARD,
			.title = "a chipset function whose driver writes to "
				 "its configuration space outside of "
				 "capabilities",
			.doc = "Drivers of SMBus, P2SB and power management "
			       "of Intel's chipsets write to registers of "
			       "their own, and P2SB hides from those who look "
			       "for it. Such a write by the root is fatal "
			       "unless a writable capability covers it.",
			.advice = "add a capability entry that covers the "
				  "register, or keep the driver from loading",
			.fix = "adds a writable entry for the register",
		},
		.scope = RULE_SYSTEM,
		.check = pci_check_sideband,
		.fix = pci_fix_sideband,
	},
	{
		.info = {
			.id = "P07",
			.severity = JHCFG_WARNING,
			.modes = JHCFG_RULE_BOARD,
			.title = "PCI functions that belong together are in "
				 "different cells",
			.doc = "Functions of one device, devices behind one "
			       "bridge and all of an IOMMU group can reach "
			       "one another without passing the IOMMU, and "
			       "are often reset together.",
			.advice = "give all of them to one cell",
			.fix = "moves the root cell's functions of the group "
			       "to the cell, with their BARs",
		},
		.scope = RULE_SCENARIO,
		.check = pci_check_group,
		.fix = pci_fix_group,
	},
	{
		.info = {
			.id = "P08",
			.severity = JHCFG_ERROR,
			.modes = JHCFG_RULE_BOARD,
			.title = "a PCI device names another IOMMU unit than "
				 "the one that is responsible for it",
			.doc = "The hypervisor programs the unit that the "
			       "configuration names. With the wrong one DMA "
			       "of the device is not translated and its "
			       "interrupts are lost.",
			.advice = "take the unit from the device scopes of "
				  "DMAR or IVRS",
			.fix = "sets the unit",
		},
		.scope = RULE_SCENARIO,
		.check = pci_check_iommu,
		.fix = pci_fix_iommu,
	},
	{
		.info = {
			.id = "P09",
			.severity = JHCFG_WARNING,
			.modes = JHCFG_RULE_BOARD,
			.title = "a cell has a PCI device with MSI on Arm",
			.doc = "Messages arrive as LPIs through the ITS, or "
			       "as SPIs through a frame of the GIC, that the "
			       "root cell owns: they are not partitioned, and "
			       "what the cell programs reaches nobody or the "
			       "wrong one.",
			.advice = "use INTx for the device",
			.fix = "takes the vectors from the device, so that it "
			       "uses INTx",
		},
		.scope = RULE_CELL,
		.check = pci_check_msi,
		.fix = pci_fix_msi,
	},
	{
		.info = {
			.id = "P10",
			.severity = JHCFG_ERROR,
			.title = "vtd_interrupt_limit is too small for the "
				 "devices",
			.doc = "The interrupt remapping table has that many "
			       "entries; all IOAPIC pins and MSI vectors need "
			       "one each. Enabling fails, or a cell cannot be "
			       "created, once it is full (ERANGE).",
			.advice = "set the next power of two",
			.fix = "sets the next power of two",
		},
		.scope = RULE_SYSTEM,
		.check = pci_check_limit,
		.fix = pci_fix_limit,
	},
	{
		.info = {
			.id = "P11",
			.severity = JHCFG_ERROR,
			.title = "the list of IOMMU units has gaps, or units "
				 "that exclude one another",
			.doc = "The list ends at its first empty entry: units "
			       "behind it are not used, and devices behind "
			       "those are not confined. Two units cannot have "
			       "the same registers, and one hypervisor drives "
			       "the units of one maker.",
			.advice = "list each unit once, without gaps",
			.fix = "closes gaps and removes what is listed twice; "
			       "the devices' numbers follow",
		},
		.scope = RULE_SYSTEM,
		.check = pci_check_units,
		.fix = pci_fix_units,
	},
	{
		.info = {
			.id = "P12",
			.severity = JHCFG_WARNING,
			.modes = JHCFG_RULE_LIVE,
			.title = "a cell is given a device that Linux cannot "
				 "do without",
			.doc = "When the cell is created, the root loses its "
			       "file system, or the network connection "
			       "through which somebody is logged in: the "
			       "target is then out of reach.",
			.advice = "keep that device in the root cell",
		},
		.scope = RULE_SCENARIO,
		.check = pci_check_in_use,
	},
};

const struct rule_table check_rules_pci = RULE_TABLE(rules);
