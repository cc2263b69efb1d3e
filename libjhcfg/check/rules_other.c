// SPDX-License-Identifier: LGPL-2.1-or-later
/* U, T: stream ids and cache ways; the target. */
#include "check/other.h"

/* clang-format off */
static const struct rule rules[] = {
	{ .info = {
		.id = "U01",
		.severity = JHCFG_ERROR,
		.title = "a stream id is missing, or of two cells",
		.doc =
		"The SMMU tells devices apart by stream ids. A device whose "
		"id is not in its cell's list gets no translation, and its "
		"DMA faults; an id of two cells, or masks that both match it,"
		" leads one device into the other's memory.",
		.advice =
		"list for each cell the ids of its devices (iommus in the "
		"device tree)",
		.fix =
		"adds the missing id, or removes the one that another cell "
		"has" },
	  .scope = RULE_SCENARIO,
	  .check = check_streams,
	  .fix = fix_streams },
	{ .info = {
		.id = "U02",
		.severity = JHCFG_ERROR,
		.title =
		"cache ways that do not exist, none, or all that the root has",
		.doc =
		"A cell has at most one region of ways of the L3 cache, of at"
		" least one way that the processor has (EINVAL otherwise); "
		"the root needs one that is left over.",
		.advice =
		"give the cell fewer ways, or share them with the root",
		.fix =
		"clamps the ways to what the cache has, or shares them with "
		"the root" },
	  .scope = RULE_SCENARIO,
	  .check = check_cache,
	  .fix = fix_cache },
	{ .info = {
		.id = "T01",
		.severity = JHCFG_ERROR,
		.modes = JHCFG_RULE_LIVE,
		.title = "the target cannot run a hypervisor now",
		.doc =
		"It takes EL2, or VT-x or SVM with an IOMMU; firmware may "
		"have locked them, and KVM or Linux' own use of the IOMMU "
		"holds them (EBUSY, ENODEV, EPERM).",
		.advice =
		"see what \"jailhouse hardware check\" says on the target" },
	  .scope = RULE_SYSTEM,
	  .check = check_virtualization },
	{ .info = {
		.id = "T02",
		.severity = JHCFG_WARNING,
		.modes = JHCFG_RULE_LIVE,
		.title =
		"the target is a virtual machine that does not pass on what "
		"is needed",
		.doc =
		"VirtualBox, VMware and others hand on some of "
		"virtualization, and fail at what only a hypervisor uses.",
		.advice = "use QEMU, with KVM where the processor nests" },
	  .scope = RULE_SYSTEM,
	  .check = check_nested },
	{ .info = {
		.id = "T03",
		.severity = JHCFG_ERROR,
		.modes = JHCFG_RULE_LIVE,
		.title = "the target's kernel is known to break its driver",
		.doc =
		"The established driver needs patches of the kernel from 5.7 "
		"on. The one of this project works with kernels as "
		"distributions build them.",
		.advice =
		"install the driver of this project, or patch the kernel as "
		"the established project describes" },
	  .scope = RULE_SYSTEM,
	  .check = check_kernel },
	{ .info = {
		.id = "T04",
		.severity = JHCFG_ERROR,
		.modes = JHCFG_RULE_LIVE,
		.title =
		"driver or hypervisor is missing on the target, or of another"
		" version",
		.doc =
		"The driver loads jailhouse.bin from the firmware path "
		"(ENOENT without it). What lies between the two is private to"
		" a version.",
		.advice = "install both from the same build" },
	  .scope = RULE_SYSTEM,
	  .check = check_installed },
	{ .info = {
		.id = "T05",
		.severity = JHCFG_WARNING,
		.modes = JHCFG_RULE_LIVE,
		.title =
		"Linux puts CPUs to deep sleep beside a real-time cell",
		.doc =
		"When Linux lets its CPUs sleep, caches and clocks that a "
		"cluster or package has in common sleep as well, and a cell "
		"beside them waits for their waking up.",
		.advice =
		"boot with cpuidle.off=1 (x86: intel_idle.max_cstate=1 "
		"processor.max_cstate=1), and a fixed frequency" },
	  .scope = RULE_CELL,
	  .check = check_idle },
	{ .info = {
		.id = "T06",
		.severity = JHCFG_WARNING,
		.modes = JHCFG_RULE_BOARD,
		.title =
		"Linux needs firmware calls that the hypervisor intercepts",
		.doc =
		"Clocks, power domains and pins of some chips are set by "
		"calls to secure firmware. The hypervisor passes on those "
		"that the root lists; the established one answers \"not "
		"supported\", and drivers of the root fail after enabling. "
		"What the firmware does for the root no hypervisor checks: "
		"list the functions that Linux needs, and none that writes "
		"memory or registers of a caller's choice.",
		.advice =
		"list the numbers (lower 16 bits) of the functions as "
		"pio_regions of the root cell, base and length; or let "
		"drivers set up before enabling" },
	  .scope = RULE_SYSTEM,
	  .check = check_firmware_calls },
	{ .info = {
		.id = "T07",
		.severity = JHCFG_WARNING,
		.modes = JHCFG_RULE_LIVE,
		.title =
		"the target is not the machine that the project was made for",
		.doc =
		"Another firmware, a card more or a bank of memory less moves"
		" addresses, interrupts and functions: what was right for one"
		" machine hangs the other.",
		.advice =
		"import the target again, and look at the differences" },
	  .scope = RULE_SYSTEM,
	  .check = check_drift },
};
/* clang-format on */

const struct rule_table check_rules_other = RULE_TABLE(rules);
