// SPDX-License-Identifier: LGPL-2.1-or-later
/* M: memory. */
#include "check/memory.h"

static const struct rule rules[] = {
	{
		.info = {
			.id = "M01",
			.severity = JHCFG_ERROR,
			.title = "two regions of a cell have addresses in "
				 "common",
			.doc = "Where two regions meet at guest addresses, "
			       "which one counts is a matter of their order. "
			       "The hypervisor refuses them if they lead to "
			       "different memory, and the same memory at two "
			       "guest addresses makes caches and DMA go "
			       "wrong.",
			.advice = "make one of the regions smaller, or merge "
				  "them",
			.fix = "takes what they have in common out of the "
			       "second region",
		},
		.scope = RULE_CELL,
		.check = memory_check_overlap,
		.fix = memory_fix_overlap,
	},
	{
		.info = {
			.id = "M02",
			.severity = JHCFG_ERROR,
			.title = "two cells that run together have the same "
				 "memory",
			.doc = "Memory and registers belong to one cell. The "
			       "second cell that has them is refused when it "
			       "is created (EINVAL); under the established "
			       "hypervisor both would write there. Only "
			       "regions that both cells declare ROOTSHARED "
			       "may overlap.",
			.advice = "choose one owner, or set ROOTSHARED in "
				  "both cells",
			.fix = "moves RAM of the second cell to where nobody "
			       "has any; leaves registers to the first cell",
		},
		.scope = RULE_SCENARIO,
		.check = memory_check_owners,
		.fix = memory_fix_owners,
	},
	{
		.info = {
			.id = "M03",
			.severity = JHCFG_WARNING,
			.title = "the root cell can write to memory of a cell "
				 "that is not declared as shared",
			.doc = "ROOTSHARED leaves Linux its access to the "
			       "region, so that a mistake there reaches the "
			       "cell. Links, consoles and what two cells "
			       "declare as shared are meant to be like that; "
			       "other writable regions are holes in the "
			       "isolation.",
			.advice = "clear ROOTSHARED, or make a link of it",
			.fix = "clears ROOTSHARED",
		},
		.scope = RULE_SCENARIO,
		.check = memory_check_rootshared,
		.fix = memory_fix_rootshared,
	},
	{
		.info = {
			.id = "M04",
			.severity = JHCFG_INFO,
			.title = "a region of a cell is not in the root cell",
			.doc = "The root cell describes what there is to give "
			       "away. Memory from elsewhere is taken from "
			       "nobody and given back to nobody: after the "
			       "cell is gone it belongs to no one.",
			.advice = "add the memory to the root cell, or accept "
				  "it",
			.fix = "adds what is missing to the root cell",
		},
		.scope = RULE_SCENARIO,
		.check = memory_check_not_root,
		.fix = memory_fix_not_root,
	},
	{
		.info = {
			.id = "M05",
			.severity = JHCFG_ERROR,
			.modes = JHCFG_RULE_BOARD,
			.title = "RAM where the board has none, or registers "
				 "where it has RAM",
			.doc = "Accesses to addresses where nothing is abort "
			       "or hang the bus. Registers that are mapped as "
			       "memory are cached and read ahead; RAM that is "
			       "mapped as registers is slow, and faults on "
			       "unaligned accesses.",
			.advice = "correct the address, or the flag IO",
			.fix = "sets or clears IO, as the board has it",
		},
		.scope = RULE_SCENARIO,
		.check = memory_check_type,
		.fix = memory_fix_type,
	},
	{
		.info = {
			.id = "M06",
			.severity = JHCFG_ERROR,
			.title = "a region is not aligned to pages",
			.doc = "Memory is mapped by pages of 4 KiB, so "
			       "physical and guest address have the same "
			       "offset within their page, and RAM begins and "
			       "ends at a page. The hypervisor refuses other "
			       "regions (EINVAL).",
			.advice = "align address and size to 0x1000",
			.fix = "gives the guest address the offset of the "
			       "physical one; rounds RAM to whole pages",
		},
		.scope = RULE_CELL,
		.check = memory_check_alignment,
		.fix = memory_fix_alignment,
	},
	{
		.info = {
			.id = "M07",
			.severity = JHCFG_ERROR,
			.title = "a part of a page without IO or without "
				 "access widths",
			.doc = "For a region that is not of whole pages the "
			       "hypervisor performs each access itself. It "
			       "does so for registers only, and with the "
			       "widths that the region permits (IO_8 to "
			       "IO_64): without, every access parks the CPU.",
			.advice = "set IO and the widths that the device "
				  "takes, or use whole pages",
			.fix = "sets IO, and the widths that the board tells, "
			       "else 8 to 32 bits",
		},
		.scope = RULE_CELL,
		.check = memory_check_widths,
		.fix = memory_fix_widths,
	},
	{
		.info = {
			.id = "M08",
			.severity = JHCFG_WARNING,
			.title = "each access to a part of a page traps",
			.doc = "The hypervisor performs accesses to a part of "
			       "a page itself, which takes some thousand "
			       "cycles each. That is the price for a page "
			       "with devices of several owners; it is "
			       "needless where there is one owner only.",
			.advice = "grant the whole page",
			.fix = "grants the whole page, if nobody else has a "
			       "device in it",
		},
		.scope = RULE_SCENARIO,
		.check = memory_check_subpage,
		.fix = memory_fix_subpage,
	},
	{
		.info = {
			.id = "M09",
			.severity = JHCFG_ERROR,
			.title = "LOADABLE, or a communication region, where "
				 "it cannot be",
			.doc = "Images are loaded through a temporary mapping "
			       "in the root cell. That needs memory that is "
			       "writable, is no register and belongs to "
			       "another cell than the root; a communication "
			       "region is made by the hypervisor and exists "
			       "in other cells only.",
			.advice = "correct the flags",
			.fix = "sets WRITE, or clears LOADABLE; removes a "
			       "communication region of the root cell",
		},
		.scope = RULE_CELL,
		.check = memory_check_loadable,
		.fix = memory_fix_loadable,
	},
	{
		.info = {
			.id = "M10",
			.severity = JHCFG_WARNING,
			.title = "access flags that make no sense",
			.doc = "Code in registers, RAM as registers and "
			       "regions without any access are mistakes as a "
			       "rule: the first lets the CPU fetch from "
			       "devices ahead of time, the last is fatal to "
			       "whoever uses it.",
			.advice = "correct the flags",
			.fix = "clears EXECUTE for registers and IO for RAM; "
			       "sets READ where no access is permitted",
		},
		.scope = RULE_CELL,
		.check = memory_check_access,
		.fix = memory_fix_access,
	},
	{
		.info = {
			.id = "M11",
			.severity = JHCFG_ERROR,
			.title = "a region has registers that the hypervisor "
				 "keeps",
			.doc = "Whoever has the interrupt controller, an "
			       "IOMMU or PCI configuration space can reach "
			       "all other cells. The hypervisor emulates "
			       "these registers, and refuses regions that map "
			       "them; there is a redistributor for each CPU "
			       "of the board.",
			.advice = "leave a hole for the registers",
			.fix = "takes the registers out of the region",
		},
		.scope = RULE_SCENARIO,
		.check = memory_check_holes,
		.fix = memory_fix_holes,
	},
	{
		.info = {
			.id = "M12",
			.severity = JHCFG_WARNING,
			.title = "a region of the root cell gives it far more "
				 "than the devices it has",
			.doc = "A region of more than 256 MiB without a "
			       "device behind most of it gives Linux whatever "
			       "is there, known or not: firmware, debug "
			       "units, registers of other masters. What is "
			       "not granted is named when it is touched.",
			.advice = "list the devices one by one",
			.fix = "makes a region for each device that the board "
			       "knows there",
		},
		.scope = RULE_SYSTEM,
		.check = memory_check_permissive,
		.fix = memory_fix_permissive,
	},
	{
		.info = {
			.id = "M13",
			.severity = JHCFG_ERROR,
			.modes = JHCFG_RULE_BOARD,
			.title = "an address is beyond what CPU or page "
				 "tables reach",
			.doc = "CPUs have fewer physical address bits than "
			       "64, and the tables for guests translate 48 "
			       "bits (40 on 32-bit Arm). Beyond them the "
			       "hypervisor refuses a region (ERANGE).",
			.advice = "choose a lower address",
			.fix = "gives the region its physical address as "
			       "guest address",
		},
		.scope = RULE_CELL,
		.check = memory_check_width,
		.fix = memory_fix_width,
	},
	{
		.info = {
			.id = "M14",
			.severity = JHCFG_WARNING,
			.modes = JHCFG_RULE_BOARD,
			.title = "a DMA master whose memory is elsewhere than "
				 "the cell believes",
			.doc = "Without an IOMMU that translates for it a "
			       "device takes the addresses that a driver "
			       "writes to it as physical. In a cell whose RAM "
			       "has other guest addresses it then writes into "
			       "somebody else's memory.",
			.advice = "map the cell's RAM at its physical "
				  "address, or give the cell the device's "
				  "stream ids",
			.fix = "gives the cell the device's stream ids",
		},
		.scope = RULE_SCENARIO,
		.check = memory_check_dma,
		.fix = memory_fix_dma,
	},
	{
		.info = {
			.id = "M15",
			.severity = JHCFG_ERROR,
			.title = "a Linux cell has no region of RAM that "
				 "`cell linux` would find",
			.doc = "The loader puts kernel, initrd and device "
			       "tree into a region with READ, WRITE, EXECUTE "
			       "and DMA that is neither IO, communication "
			       "region nor ROOTSHARED. Without one it stops "
			       "with 'No space found'.",
			.advice = "set READ, WRITE, EXECUTE and DMA for the "
				  "cell's RAM",
			.fix = "sets these flags for the largest region of "
			       "RAM",
		},
		.scope = RULE_CELL,
		.check = memory_check_linux,
		.fix = memory_fix_linux,
	},
	{
		.info = {
			.id = "M16",
			.severity = JHCFG_INFO,
			.title = "adjacent regions with the same flags",
			.doc = "They could be one region: each takes 32 bytes "
			       "of the configuration, of at most 64 KiB, and "
			       "a cell with fewer regions is easier to read. "
			       "Regions with different names are left alone.",
			.advice = "merge them",
			.fix = "makes one region of them",
		},
		.scope = RULE_CELL,
		.check = memory_check_adjacent,
		.fix = memory_fix_adjacent,
	},
	{
		.info = {
			.id = "M17",
			.severity = JHCFG_WARNING,
			.modes = JHCFG_RULE_LIVE,
			.title = "registers are elsewhere than when the board "
				 "was imported",
			.doc = "Firmware places BARs anew after an update, "
			       "another setting or another card. A "
			       "configuration from before then grants "
			       "addresses at which another device is, or "
			       "none.",
			.advice = "import the hardware again and look at the "
				  "differences",
		},
		.scope = RULE_SYSTEM,
		.check = memory_check_moved,
	},
	{
		.info = {
			.id = "M18",
			.severity = JHCFG_ERROR,
			.modes = JHCFG_RULE_BOARD,
			.title = "a region lies in memory of the firmware or "
				 "of devices",
			.doc = "Firmware and secure world keep their memory "
			       "from everybody: an access aborts, often as an "
			       "SError that stops the machine. Memory for DMA "
			       "and for remote processors (CMA, shared pools) "
			       "is in use by Linux.",
			.advice = "choose other memory",
			.fix = "moves RAM of a cell to where nobody has any; "
			       "removes such a region from the root cell",
		},
		.scope = RULE_SCENARIO,
		.check = memory_check_carve_out,
		.fix = memory_fix_carve_out,
	},
	{
		.info = {
			.id = "M19",
			.severity = JHCFG_WARNING,
			.modes = JHCFG_RULE_BOARD,
			.title = "a device of a cell needs what another cell "
				 "has",
			.doc = "A device is more than its first registers. "
			       "Clocks, resets, power and pins are controlled "
			       "by blocks that the root cell keeps as a rule, "
			       "whose drivers switch off what Linux does not "
			       "use; and a page of registers may have more "
			       "than one device.",
			.advice = "keep its clocks, resets and pins on in the "
				  "root (clk_ignore_unused, a pinned clock), "
				  "or share the block",
			.fix = "grants missing registers of the device; "
			       "shares the block for reading",
		},
		.scope = RULE_SCENARIO,
		.check = memory_check_closure,
		.fix = memory_fix_closure,
	},
};

const struct rule_table check_rules_memory = RULE_TABLE(rules);
