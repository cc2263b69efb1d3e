// SPDX-License-Identifier: LGPL-2.1-or-later
/* V: links and other virtual devices. */
#include "check/shmem.h"

static const struct rule rules[] = {
	{
		.info = {
			.id = "V01",
			.severity = JHCFG_ERROR,
			.title = "a link's memory regions are not all there",
			.doc = "A shared memory device of N peers takes N + 2 "
			       "consecutive regions of the cell, from "
			       "shmem_regions_start on. The hypervisor "
			       "refuses one whose regions reach beyond the "
			       "list (EINVAL).",
			.advice = "correct the index, or add the regions",
			.fix = "finds the regions that the other end has, or "
			       "adds them",
		},
		.scope = RULE_CELL,
		.check = virtual_check_indices,
		.fix = virtual_fix_indices,
	},
	{
		.info = {
			.id = "V02",
			.severity = JHCFG_ERROR,
			.title = "an id is taken twice on a link, or has no "
				 "output section",
			.doc = "Each peer of a link has an id of its own, by "
			       "which its state, its output section and its "
			       "doorbell are found. The second cell with the "
			       "same id is refused (EBUSY); one with an id of "
			       "the number of peers or more has nothing to "
			       "write to.",
			.advice = "give each cell an id of its own, from 0 on",
			.fix = "gives the cell the lowest free id, with the "
			       "right to write its section",
		},
		.scope = RULE_SCENARIO,
		.check = virtual_check_ids,
		.fix = virtual_fix_ids,
	},
	{
		.info = {
			.id = "V03",
			.severity = JHCFG_ERROR,
			.title = "ends of a link differ in peers or protocol",
			.doc = "Drivers agree by the protocol number and lay "
			       "out the memory by the number of peers. Of "
			       "virtio one end is the front (0x8000 up), the "
			       "other the back (0xc000 up).",
			.advice = "use the same numbers in all cells of the "
				  "link",
			.fix = "takes peers and protocol of the first cell; "
			       "for virtio its counterpart",
		},
		.scope = RULE_SCENARIO,
		.check = virtual_check_protocol,
		.fix = virtual_fix_protocol,
	},
	{
		.info = {
			.id = "V04",
			.severity = JHCFG_ERROR,
			.title = "ends of a link differ in address or size of "
				 "their memory",
			.doc = "Each cell maps the memory by its own "
			       "configuration. If these differ, one end "
			       "writes to where the other does not look, or "
			       "into something else; the hypervisor refuses "
			       "the second end (EINVAL).",
			.advice = "use the same addresses and sizes in all "
				  "cells of the link",
			.fix = "takes addresses and sizes of the first cell",
		},
		.scope = RULE_SCENARIO,
		.check = virtual_check_memory,
		.fix = virtual_fix_memory,
	},
	{
		.info = {
			.id = "V05",
			.severity = JHCFG_ERROR,
			.title = "a section of a link has the wrong access "
				 "rights",
			.doc = "The state table is written by the hypervisor "
			       "only, the common section by all peers, an "
			       "output section by its peer alone. More rights "
			       "let a peer forge what others say, fewer are "
			       "fatal to a driver that writes.",
			.advice = "set READ for all, and WRITE for the common "
				  "and the cell's own output section",
			.fix = "sets the rights of the cell's id",
		},
		.scope = RULE_CELL,
		.check = virtual_check_rights,
		.fix = virtual_fix_rights,
	},
	{
		.info = {
			.id = "V06",
			.severity = JHCFG_ERROR,
			.title = "sections of a link do not follow each other "
				 "in the guest",
			.doc = "Guests learn one base address and the sizes, "
			       "and count from there: state table, common "
			       "section, then the output sections, which have "
			       "the same size. A hole or another order gives "
			       "them wrong addresses.",
			.advice = "lay the regions one behind the other at "
				  "guest addresses",
			.fix = "lays them one behind the other, with output "
			       "sections of the smallest size, in all cells",
		},
		.scope = RULE_CELL,
		.check = virtual_check_layout,
		.fix = virtual_fix_layout,
	},
	{
		.info = {
			.id = "V07",
			.severity = JHCFG_ERROR,
			.title = "memory of a link with the root cell is not "
				 "ROOTSHARED",
			.doc = "What a cell has without ROOTSHARED is taken "
			       "from the root cell when the cell is created. "
			       "Linux' next access to the link then parks its "
			       "CPU.",
			.advice = "set ROOTSHARED for all regions of the link",
			.fix = "sets ROOTSHARED",
		},
		.scope = RULE_SCENARIO,
		.check = virtual_check_rootshared,
		.fix = virtual_fix_rootshared,
	},
	{
		.info = {
			.id = "V08",
			.severity = JHCFG_ERROR,
			.title = "the interrupt of a link is not granted, or "
				 "is somebody else's",
			.doc = "Virtual devices interrupt by one of four "
			       "SPIs: 32 + vpci_irq_base + (slot modulo 4). "
			       "The cell must own it; no device and no other "
			       "cell may use it.",
			.advice = "choose a vpci_irq_base with free SPIs and "
				  "grant those",
			.fix = "grants the SPI, or chooses four that are free",
		},
		.scope = RULE_SCENARIO,
		.check = virtual_check_line,
		.fix = virtual_fix_line,
	},
	{
		.info = {
			.id = "V09",
			.severity = JHCFG_WARNING,
			.title = "links of a cell share interrupts, or use "
				 "MSI-X where there is none",
			.doc = "There are four lines for INTx, so that with "
			       "more than four links one interrupt is for "
			       "several. The virtual host on Arm has no MSI "
			       "controller: Linux cannot enable MSI-X (-28, "
			       "no space).",
			.advice = "use INTx, and at most four links for each "
				  "cell",
			.fix = "makes it INTx",
		},
		.scope = RULE_CELL,
		.check = virtual_check_sharing,
		.fix = virtual_fix_sharing,
	},
	{
		.info = {
			.id = "V10",
			.severity = JHCFG_ERROR,
			.title = "the window of the virtual PCI host is in "
				 "the way",
			.doc = "The window has 1 MiB of configuration space "
			       "for bus 0, and behind it two pages for each "
			       "link of the root cell. Whatever else is at "
			       "these addresses cannot be reached, or is "
			       "mapped where accesses should trap.",
			.advice = "move pci_mmconfig_base to addresses that "
				  "nobody has",
			.fix = "moves it to the tightest free place below 4 "
			       "GiB, with bus 0 only",
		},
		.scope = RULE_SYSTEM,
		.check = virtual_check_window,
		.fix = virtual_fix_window,
	},
	{
		.info = {
			.id = "V11",
			.severity = JHCFG_WARNING,
			.modes = JHCFG_RULE_LIVE,
			.title = "the root's kernel cannot show virtual "
				 "devices",
			.doc = "Linux learns of virtual devices from the "
			       "driver, through its PCI core. The established "
			       "driver needs device tree overlays and the "
			       "generic host driver for that: without "
			       "CONFIG_OF_OVERLAY and "
			       "CONFIG_PCI_HOST_GENERIC, or if the root node "
			       "lacks #address-cells, links stay invisible.",
			.advice = "use a kernel with these options, or our "
				  "driver, which needs CONFIG_PCI only",
		},
		.scope = RULE_SYSTEM,
		.check = virtual_check_kernel,
	},
	{
		.info = {
			.id = "V12",
			.severity = JHCFG_WARNING,
			.modes = JHCFG_RULE_BOARD,
			.title = "a virtual PCI device has the number of a "
				 "real one",
			.doc = "A second host bridge of the same domain is "
			       "refused by Linux; a virtual device at the bdf "
			       "of a real one hides it.",
			.advice = "choose another domain, or another slot",
			.fix = "takes the first free domain, or a free slot "
			       "with the same interrupt, in all cells",
		},
		.scope = RULE_SYSTEM,
		.check = virtual_check_clash,
		.fix = virtual_fix_clash,
	},
	{
		.info = {
			.id = "V13",
			.severity = JHCFG_INFO,
			.modes = JHCFG_RULE_LIVE,
			.title = "something configures the network interface "
				 "of a link",
			.doc = "The interface has no carrier before the cell "
			       "at the other end is up, and gets a random MAC "
			       "address each time. Network managers try DHCP "
			       "on it and take away addresses that were set "
			       "by hand.",
			.advice = "leave it alone: a [Match] "
				  "Driver=ivshmem-net file with Unmanaged=yes "
				  "for networkd, "
				  "unmanaged-devices=driver:ivshmem-net for "
				  "NetworkManager",
		},
		.scope = RULE_SYSTEM,
		.check = virtual_check_network,
	},
};

const struct rule_table check_rules_virtual = RULE_TABLE(rules);
