// SPDX-License-Identifier: LGPL-2.1-or-later
/* I: interrupts. */
#include "check/irq.h"

static const struct rule rules[] = {
	{
		.info = {
			.id = "I01",
			.severity = JHCFG_ERROR,
			.title = "an irqchip's address is not that of the "
				 "system's interrupt controller",
			.doc = "The chips of a configuration are the GIC "
			       "distributor on Arm and the IOAPICs of the "
			       "root cell on x86. The established hypervisor "
			       "ignores an entry with another address without "
			       "a word, so that no interrupt arrives; ours "
			       "refuses it.",
			.advice = "set the address of the interrupt "
				  "controller",
			.fix = "sets the address (and the id of the IOAPIC)",
		},
		.scope = RULE_CELL,
		.check = irq_check_address,
		.fix = irq_fix_address,
	},
	{
		.info = {
			.id = "I02",
			.severity = JHCFG_ERROR,
			.title = "an irqchip's first pin is not possible",
			.doc = "An entry describes 128 pins. On Arm its first "
			       "is an INTID from 32 on, a multiple of 32, and "
			       "the last is below 1024; an IOAPIC begins at "
			       "0. Others are refused (EINVAL).",
			.advice = "move the interrupts to entries with a "
				  "possible first pin",
			.fix = "makes entries that are possible with the same "
			       "interrupts",
		},
		.scope = RULE_CELL,
		.check = irq_check_pin_base,
		.fix = irq_fix_pin_base,
	},
	{
		.info = {
			.id = "I03",
			.severity = JHCFG_ERROR,
			.modes = JHCFG_RULE_BOARD,
			.title = "a device's owner does not have its "
				 "interrupt",
			.doc = "Registers of a device are the cell's, but its "
			       "interrupt goes to the root cell, or to "
			       "nobody: the driver waits for ever, and Linux "
			       "switches off an interrupt that nobody "
			       "handles.",
			.advice = "grant the interrupt to the cell that has "
				  "the device",
			.fix = "grants the interrupt",
		},
		.scope = RULE_SCENARIO,
		.check = irq_check_missing,
		.fix = irq_fix_missing,
	},
	{
		.info = {
			.id = "I04",
			.severity = JHCFG_ERROR,
			.title = "two cells that run together have the same "
				 "interrupt",
			.doc = "An interrupt is delivered to one cell. The "
			       "hypervisor refuses the second cell that has "
			       "it (EINVAL); under the established one it is "
			       "that of the cell which was created last.",
			.advice = "choose one owner",
			.fix = "takes it from the cell that does not have the "
			       "device, else from the second",
		},
		.scope = RULE_SCENARIO,
		.check = irq_check_owners,
		.fix = irq_fix_owners,
	},
	{
		.info = {
			.id = "I05",
			.severity = JHCFG_WARNING,
			.modes = JHCFG_RULE_BOARD,
			.title = "a cell has an interrupt that is no device's",
			.doc = "Most often such a bit is a slip: SPI 0 is "
			       "INTID 32, pin_bitmap counts from pin_base, "
			       "and device trees count SPIs without the 32.",
			.advice = "look up the interrupt of the device",
			.fix = "takes the interrupt of the cell's device that "
			       "is 32 higher or lower instead",
		},
		.scope = RULE_CELL,
		.check = irq_check_unknown,
		.fix = irq_fix_unknown,
	},
	{
		.info = {
			.id = "I06",
			.severity = JHCFG_ERROR,
			.modes = JHCFG_RULE_BOARD,
			.title = "an interrupt is shared by devices of "
				 "different cells",
			.doc = "A level triggered line stays active until the "
			       "device that raised it is served. If that "
			       "belongs to another cell, the owner of the "
			       "line is interrupted for ever.",
			.advice = "use MSI for one of the devices, or give "
				  "both to one cell",
		},
		.scope = RULE_SCENARIO,
		.check = irq_check_shared,
	},
	{
		.info = {
			.id = "I07",
			.severity = JHCFG_ERROR,
			.title = "an IOAPIC's id differs from the root cell's",
			.doc = "The id is the source under which the IOMMU "
			       "remaps interrupts of the IOAPIC: unit and "
			       "requester. With another one the hypervisor "
			       "reserves a second block of entries, which "
			       "does not fit (E2BIG: Argument list too long), "
			       "or interrupts are lost.",
			.advice = "copy the id from the root cell",
			.fix = "copies the id from the root cell",
		},
		.scope = RULE_CELL,
		.check = irq_check_ioapic_id,
		.fix = irq_fix_ioapic_id,
	},
	{
		.info = {
			.id = "I08",
			.severity = JHCFG_WARNING,
			.modes = JHCFG_RULE_BOARD,
			.title = "an interrupt that the GIC does not have, or "
				 "has with another trigger",
			.doc = "Bits of INTIDs beyond those that GICD_TYPER "
			       "tells are ignored. A guest that programs an "
			       "edge triggered interrupt as level triggered, "
			       "or the reverse, gets it twice or not at all.",
			.advice = "take the number and the trigger from the "
				  "board's device tree",
			.fix = "removes the interrupt",
		},
		.scope = RULE_CELL,
		.check = irq_check_beyond,
		.fix = irq_fix_beyond,
	},
	{
		.info = {
			.id = "I09",
			.severity = JHCFG_ERROR,
			.modes = JHCFG_RULE_BOARD,
			.title = "what the system says of the GIC is not what "
				 "the board has",
			.doc = "The hypervisor takes version, addresses and "
			       "maintenance interrupt of the GIC from the "
			       "configuration. A wrong one hangs the machine "
			       "when it is enabled, or reads as a register of "
			       "something else.",
			.advice = "take the values from the board's device "
				  "tree",
			.fix = "sets the values of the board",
		},
		.scope = RULE_SYSTEM,
		.check = irq_check_gic,
		.fix = irq_fix_gic,
	},
};

const struct rule_table check_rules_irq = RULE_TABLE(rules);
