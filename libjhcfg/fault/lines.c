// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * What lines say of a fault. What is known of each kind of line is a row of a
 * table; the texts are those that hypervisors of this family have, ours and
 * older ones.
 */
#include "fault/lines.h"

#include <string.h>

void fault_set_cell(struct fault_slot *slot, const struct match *match)
{
	size_t length = match->name.length;

	if (length >= sizeof(slot->cell))
		length = sizeof(slot->cell) - 1;
	memcpy(slot->cell, match->name.start, length);
	slot->cell[length] = 0;
}

void fault_set_cause(struct fault_slot *slot, const struct match_text *text)
{
	size_t length = text->length;

	if (length >= sizeof(slot->cause))
		length = sizeof(slot->cause) - 1;
	memcpy(slot->cause, text->start, length);
	slot->cause[length] = 0;
}

/* What was said first counts: details come behind the outcome. */
void fault_set_address(struct fault_slot *slot, uint64_t address)
{
	if (slot->fault.has & JHCFG_FAULT_ADDRESS)
		return;
	slot->fault.address = address;
	slot->fault.has |= JHCFG_FAULT_ADDRESS;
}

static void set_size(struct fault_slot *slot, uint64_t size)
{
	/* 0: the instruction does not say */
	if (slot->fault.has & JHCFG_FAULT_SIZE || !size)
		return;
	slot->fault.size = size;
	slot->fault.has |= JHCFG_FAULT_SIZE;
}

void fault_set_access(struct fault_slot *slot, enum jhcfg_access access)
{
	if (slot->fault.access == JHCFG_ACCESS_NONE)
		slot->fault.access = access;
}

static void apply_access(struct fault_slot *slot, const struct match *match)
{
	fault_set_access(slot, match->access);
	if (match->count > 0)
		fault_set_address(slot, match->numbers[0]);
	if (match->count > 1)
		set_size(slot, match->numbers[1]);
}

static void apply_fetch(struct fault_slot *slot, const struct match *match)
{
	fault_set_access(slot, JHCFG_ACCESS_EXECUTE);
	fault_set_address(slot, match->numbers[0]);
}

/* Bus, device and function */
void fault_set_function(struct fault_slot *slot, const uint64_t numbers[3])
{
	slot->fault.bdf =
		(uint16_t)((numbers[0] & 0xff) << 8 | (numbers[1] & 0x1f) << 3 |
			   (numbers[2] & 7));
	slot->fault.has |= JHCFG_FAULT_FUNCTION;
}

/* "Invalid PCI config %a, device %x:%x.%x, reg: %x, size: %d" */
static void apply_pci(struct fault_slot *slot, const struct match *match)
{
	fault_set_function(slot, match->numbers);
	fault_set_access(slot, match->access);
	if (match->count < 5)
		return;
	fault_set_address(slot, match->numbers[3]);
	set_size(slot, match->numbers[4]);
}

static void apply_class(struct fault_slot *slot, const struct match *match)
{
	slot->fault.exception_class = (unsigned int)match->numbers[0];
	slot->fault.has |= JHCFG_FAULT_CLASS;
}

static void apply_sysreg(struct fault_slot *slot, const struct match *match)
{
	slot->fault.kind = JHCFG_FAULT_SYSREG;
	fault_set_access(slot, match->access);
	fault_set_cause(slot, &match->rest);
}

static void apply_smc(struct fault_slot *slot, const struct match *match)
{
	slot->fault.kind = JHCFG_FAULT_SMC;
	fault_set_address(slot, match->numbers[0]);
}

static void apply_hvc(struct fault_slot *slot, const struct match *match)
{
	slot->fault.kind = JHCFG_FAULT_HVC;
	fault_set_address(slot, match->numbers[0]);
}

static void apply_rest(struct fault_slot *slot, const struct match *match)
{
	fault_set_cause(slot, &match->rest);
}

static void apply_pc(struct fault_slot *slot, const struct match *match)
{
	slot->fault.pc = match->numbers[0];
	slot->fault.lr = slot->fault.x[30] = match->numbers[1];
	slot->fault.spsr = match->numbers[2];
	slot->fault.el = (unsigned int)match->numbers[3] & 3;
	slot->fault.x_known |= 1U << 30;
	slot->fault.has |= JHCFG_FAULT_PC;
}

static void apply_pc32(struct fault_slot *slot, const struct match *match)
{
	slot->fault.pc = match->numbers[0];
	slot->fault.spsr = match->numbers[1];
	slot->fault.esr = match->numbers[2];
	slot->fault.has |= JHCFG_FAULT_PC | JHCFG_FAULT_SYNDROME;
}

static void apply_rip(struct fault_slot *slot, const struct match *match)
{
	slot->fault.pc = match->numbers[0];
	slot->fault.sp = match->numbers[1];
	slot->fault.spsr = match->numbers[2];
	slot->fault.has |= JHCFG_FAULT_PC;
}

/* Class, length of the instruction, syndrome: ARM DDI 0487, ESR_EL2. */
static void apply_syndrome(struct fault_slot *slot, const struct match *match)
{
	slot->fault.sp = match->numbers[0];
	slot->fault.elr = match->numbers[1];
	slot->fault.esr = (match->numbers[2] & 0x3f) << 26 |
			  (match->numbers[3] & 1) << 25 |
			  (match->numbers[4] & 0x1ffffff);
	slot->fault.has |= JHCFG_FAULT_SYNDROME;
}

static void apply_registers(struct fault_slot *slot, const struct match *match)
{
	for (unsigned int n = 0; n + 1 < match->count; n += 2) {
		uint64_t number = match->numbers[n];

		if (number > 30)
			continue;
		slot->fault.x[number] = match->numbers[n + 1];
		slot->fault.x_known |= 1U << number;
	}
}

static void apply_cause(struct fault_slot *slot, const struct match *match)
{
	/* of a region of less than a page, the guest's address is told here */
	fault_set_cell(slot, match);
	fault_set_access(slot, match->access);
	if (match->count > 1)
		set_size(slot, match->numbers[0]);
	fault_set_address(slot, match->numbers[match->count - 1]);
	fault_set_cause(slot, &match->rest);
}

static void apply_stopped(struct fault_slot *slot, const struct match *match)
{
	slot->fault.cpu = (unsigned int)match->numbers[0];
	slot->fault.has |= JHCFG_FAULT_CPU;
	fault_set_cell(slot, match);
}

static void apply_nothing(struct fault_slot *slot, const struct match *match)
{
	(void)slot;
	(void)match;
}

/* clang-format off */
/* Devices have no CPU that could be stopped: a line is all that there is. */
static const struct fault_row wholes[] = {
{ "IOMMU unit %d: cell \"%n\": %*", JHCFG_LINE_WHOLE,
  JHCFG_FAULT_DMA, fault_apply_dma },
{ "IOMMU unit %d: no cell: %*", JHCFG_LINE_WHOLE,
  JHCFG_FAULT_DMA, fault_apply_dma },
};

/* These begin a fault. */
static const struct fault_row beginnings[] = {
{ "Unhandled data %a at %x(%d)", JHCFG_LINE_FAULT,
  JHCFG_FAULT_MEMORY, apply_access },
{ "FATAL: instruction abort at %x", JHCFG_LINE_FAULT,
  JHCFG_FAULT_MEMORY, apply_fetch },
{ "FATAL: Invalid MMIO/RAM %a, addr: %x size: %d", JHCFG_LINE_FAULT,
  JHCFG_FAULT_MEMORY, apply_access },
{ "FATAL: Invalid MMIO %a, address: %x, size: %x", JHCFG_LINE_FAULT,
  JHCFG_FAULT_REGISTERS, apply_access },
{ "FATAL: Invalid PCI config %a, device %x:%x.%x, reg: %x, size: %d",
  JHCFG_LINE_FAULT, JHCFG_FAULT_PCI, apply_pci },
{ "FATAL: Invalid PCI MSI-X table/PBA access, device %x:%x.%x",
  JHCFG_LINE_FAULT, JHCFG_FAULT_PCI, apply_pci },
{ "FATAL: Invalid PIO %a, port: %x size: %d", JHCFG_LINE_FAULT,
  JHCFG_FAULT_PORT, apply_access },
{ "FATAL: Unhandled MSR %a: %x", JHCFG_LINE_FAULT,
  JHCFG_FAULT_MSR, apply_access },
{ "FATAL: unhandled trap (exception class %x)", JHCFG_LINE_FAULT,
  JHCFG_FAULT_TRAP, apply_class },
{ "FATAL: forbidden access (exception class %x)", JHCFG_LINE_FAULT,
  JHCFG_FAULT_TRAP, apply_class },
{ "FATAL: Unhandled HYP exception: %*", JHCFG_LINE_FAULT,
  JHCFG_FAULT_HYPERVISOR, apply_rest },
{ "FATAL: %*", JHCFG_LINE_FAULT, JHCFG_FAULT_TRAP, apply_rest },
};

/* These belong to the fault that was begun. */
static const struct fault_row details[] = {
{ "%a of system register %*", JHCFG_LINE_FAULT, 0, apply_sysreg },
{ "smc with function %x, owner %d", JHCFG_LINE_FAULT, 0, apply_smc },
{ "hvc #%x is no call of this hypervisor", JHCFG_LINE_FAULT, 0, apply_hvc },
{ "Cell state before exception:", JHCFG_LINE_DUMP, 0, apply_nothing },
{ " pc: %x lr: %x spsr: %x EL%d", JHCFG_LINE_DUMP, 0, apply_pc },
{ " sp: %x elr: %x esr: %x %x %x", JHCFG_LINE_DUMP, 0, apply_syndrome },
{ " x%d : %x x%d : %x x%d : %x", JHCFG_LINE_DUMP, 0, apply_registers },
{ " x%d : %x x%d : %x", JHCFG_LINE_DUMP, 0, apply_registers },
{ " x%d : %x", JHCFG_LINE_DUMP, 0, apply_registers },
{ " far: %x", JHCFG_LINE_DUMP, 0, apply_nothing },
{ "Hypervisor stack before exception (%x - %x):", JHCFG_LINE_DUMP, 0,
  apply_nothing },
{ "%x: %x %x %x %x", JHCFG_LINE_DUMP, 0, apply_nothing },
{ "%x: %x %x %x %x %x %x %x %x", JHCFG_LINE_DUMP, 0, apply_nothing },
{ "pc=%x cpsr=%x hsr=%x", JHCFG_LINE_DUMP, 0, apply_pc32 },
{ "r%d=%x%*", JHCFG_LINE_DUMP, 0, apply_nothing },
{ "RIP: %x RSP: %x FLAGS: %x", JHCFG_LINE_DUMP, 0, apply_rip },
{ "RAX: %*", JHCFG_LINE_DUMP, 0, apply_nothing },
{ "RDX: %*", JHCFG_LINE_DUMP, 0, apply_nothing },
{ "CS: %*", JHCFG_LINE_DUMP, 0, apply_nothing },
{ "CR0: %*", JHCFG_LINE_DUMP, 0, apply_nothing },
{ "EFER: %*", JHCFG_LINE_DUMP, 0, apply_nothing },
{ "Cell \"%n\": %a of %d bytes at %x: %*", JHCFG_LINE_FAULT, 0, apply_cause },
{ "Cell \"%n\": %a of unknown size at %x: %*", JHCFG_LINE_FAULT, 0,
  apply_cause },
{ "hypervisor fault", JHCFG_LINE_FAULT, 0, apply_nothing },
};

/* And these end it. */
static const struct fault_row ends[] = {
{ "Parking CPU %d (Cell: \"%n\")", JHCFG_LINE_STOPPED, 0, apply_stopped },
{ "Stopping CPU %d (Cell: \"%n\")", JHCFG_LINE_STOPPED, 0, apply_stopped },
};

static const struct fault_row events[] = {
{ "Initializing Jailhouse hypervisor %*", JHCFG_LINE_EVENT, 0, NULL },
{ "Initializing %*", JHCFG_LINE_EVENT, 0, NULL },
{ "Page pool usage %*", JHCFG_LINE_EVENT, 0, NULL },
{ "Code location: %*", JHCFG_LINE_EVENT, 0, NULL },
{ "Activating hypervisor", JHCFG_LINE_EVENT, 0, NULL },
{ "Shutting down hypervisor", JHCFG_LINE_EVENT, 0, NULL },
{ "Created cell %*", JHCFG_LINE_EVENT, 0, NULL },
{ "Started cell %*", JHCFG_LINE_EVENT, 0, NULL },
{ "Closing cell %*", JHCFG_LINE_EVENT, 0, NULL },
{ "Cell \"%n\" can be loaded", JHCFG_LINE_EVENT, 0, NULL },
{ "Cell \"%n\" has powered itself off", JHCFG_LINE_EVENT, 0, NULL },
{ "Refused: %*", JHCFG_LINE_EVENT, 0, NULL },
{ "Warning: %*", JHCFG_LINE_EVENT, 0, NULL },
{ "Out of memory%*", JHCFG_LINE_EVENT, 0, NULL },
{ "Adding %*", JHCFG_LINE_EVENT, 0, NULL },
{ "Removing %*", JHCFG_LINE_EVENT, 0, NULL },
{ "Shared memory connection established, peer cells:", JHCFG_LINE_EVENT, 0,
  NULL },
{ "IOMMU unit %d: %*", JHCFG_LINE_EVENT, 0, NULL },
};
/* clang-format on */

#define ROWS(rows)                                                             \
	{                                                                      \
		rows, sizeof(rows) / sizeof(*(rows))                           \
	}

const struct fault_row *fault_row_find(enum fault_part_of part,
				       const char *line, size_t length,
				       struct match *match)
{
	static const struct {
		const struct fault_row *rows;
		size_t count;
	} parts[] = {
		[FAULT_WHOLE] = ROWS(wholes),
		[FAULT_BEGINS] = ROWS(beginnings),
		[FAULT_DETAIL] = ROWS(details),
		[FAULT_ENDS] = ROWS(ends),
		[FAULT_EVENT] = ROWS(events),
	};

	for (size_t n = 0; n < parts[part].count; n++) {
		const struct fault_row *row = &parts[part].rows[n];

		if (match_line(row->pattern, line, length, match))
			return row;
	}
	return NULL;
}
