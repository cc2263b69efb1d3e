// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Lines become faults. What is known of each kind of line is a row of a table;
 * the texts are those that hypervisors of this family have, ours and older
 * ones.
 */
#include <jhcfg/fault.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fault/match.h"

/* A dump is not longer: beyond, somebody pretends. */
#define MAX_LINE  512
#define MAX_LINES 8192

/* A fault and the memory of its strings. */
struct slot {
	struct jhcfg_fault fault;
	bool used;
	char cell[JHCFG_NAME_SIZE];
	char cause[256];
	char lines[MAX_LINES];
	size_t size; /* of lines */
};

struct jhcfg_fault_reader {
	struct slot slots[2];
	unsigned int current;
	bool finished; /* the other slot is to be taken */
};

struct row {
	const char *pattern;
	enum jhcfg_line line;
	enum jhcfg_fault_kind kind; /* if it begins one */
	/* NULL: it begins no fault and adds nothing to one */
	void (*apply)(struct slot *slot, const struct match *match);
};

/* --- what lines say ------------------------------------------------------- */

static void set_cell(struct slot *slot, const struct match *match)
{
	size_t length = match->name.length;

	if (length >= sizeof(slot->cell))
		length = sizeof(slot->cell) - 1;
	memcpy(slot->cell, match->name.start, length);
	slot->cell[length] = 0;
}

static void set_cause(struct slot *slot, const struct match_text *text)
{
	size_t length = text->length;

	if (length >= sizeof(slot->cause))
		length = sizeof(slot->cause) - 1;
	memcpy(slot->cause, text->start, length);
	slot->cause[length] = 0;
}

/* What was said first counts: details come behind the outcome. */
static void set_address(struct slot *slot, uint64_t address)
{
	if (slot->fault.has & JHCFG_FAULT_ADDRESS)
		return;
	slot->fault.address = address;
	slot->fault.has |= JHCFG_FAULT_ADDRESS;
}

static void set_size(struct slot *slot, uint64_t size)
{
	/* 0: the instruction does not say */
	if (slot->fault.has & JHCFG_FAULT_SIZE || !size)
		return;
	slot->fault.size = size;
	slot->fault.has |= JHCFG_FAULT_SIZE;
}

static void set_access(struct slot *slot, enum jhcfg_access access)
{
	if (slot->fault.access == JHCFG_ACCESS_NONE)
		slot->fault.access = access;
}

static void apply_access(struct slot *slot, const struct match *match)
{
	set_access(slot, match->access);
	if (match->count > 0)
		set_address(slot, match->numbers[0]);
	if (match->count > 1)
		set_size(slot, match->numbers[1]);
}

static void apply_fetch(struct slot *slot, const struct match *match)
{
	set_access(slot, JHCFG_ACCESS_EXECUTE);
	set_address(slot, match->numbers[0]);
}

/* "Invalid PCI config %a, device %x:%x.%x, reg: %x, size: %d" */
static void apply_pci(struct slot *slot, const struct match *match)
{
	slot->fault.bdf = (uint16_t)((match->numbers[0] & 0xff) << 8 |
				     (match->numbers[1] & 0x1f) << 3 |
				     (match->numbers[2] & 7));
	set_access(slot, match->access);
	if (match->count < 5)
		return;
	set_address(slot, match->numbers[3]);
	set_size(slot, match->numbers[4]);
}

static void apply_class(struct slot *slot, const struct match *match)
{
	slot->fault.exception_class = (unsigned int)match->numbers[0];
	slot->fault.has |= JHCFG_FAULT_CLASS;
}

static void apply_sysreg(struct slot *slot, const struct match *match)
{
	slot->fault.kind = JHCFG_FAULT_SYSREG;
	set_access(slot, match->access);
	set_cause(slot, &match->rest);
}

static void apply_smc(struct slot *slot, const struct match *match)
{
	slot->fault.kind = JHCFG_FAULT_SMC;
	set_address(slot, match->numbers[0]);
}

static void apply_hvc(struct slot *slot, const struct match *match)
{
	slot->fault.kind = JHCFG_FAULT_HVC;
	set_address(slot, match->numbers[0]);
}

static void apply_rest(struct slot *slot, const struct match *match)
{
	set_cause(slot, &match->rest);
}

static void apply_pc(struct slot *slot, const struct match *match)
{
	slot->fault.pc = match->numbers[0];
	slot->fault.lr = slot->fault.x[30] = match->numbers[1];
	slot->fault.spsr = match->numbers[2];
	slot->fault.el = (unsigned int)match->numbers[3] & 3;
	slot->fault.x_known |= 1U << 30;
	slot->fault.has |= JHCFG_FAULT_PC;
}

static void apply_pc32(struct slot *slot, const struct match *match)
{
	slot->fault.pc = match->numbers[0];
	slot->fault.spsr = match->numbers[1];
	slot->fault.esr = match->numbers[2];
	slot->fault.has |= JHCFG_FAULT_PC | JHCFG_FAULT_SYNDROME;
}

static void apply_rip(struct slot *slot, const struct match *match)
{
	slot->fault.pc = match->numbers[0];
	slot->fault.sp = match->numbers[1];
	slot->fault.spsr = match->numbers[2];
	slot->fault.has |= JHCFG_FAULT_PC;
}

/* Class, length of the instruction, syndrome: ARM DDI 0487, ESR_EL2. */
static void apply_syndrome(struct slot *slot, const struct match *match)
{
	slot->fault.sp = match->numbers[0];
	slot->fault.elr = match->numbers[1];
	slot->fault.esr = (match->numbers[2] & 0x3f) << 26 |
			  (match->numbers[3] & 1) << 25 |
			  (match->numbers[4] & 0x1ffffff);
	slot->fault.has |= JHCFG_FAULT_SYNDROME;
}

static void apply_registers(struct slot *slot, const struct match *match)
{
	for (unsigned int n = 0; n + 1 < match->count; n += 2) {
		uint64_t number = match->numbers[n];

		if (number > 30)
			continue;
		slot->fault.x[number] = match->numbers[n + 1];
		slot->fault.x_known |= 1U << number;
	}
}

static void apply_cause(struct slot *slot, const struct match *match)
{
	/* of a region of less than a page, the guest's address is told here */
	set_cell(slot, match);
	set_access(slot, match->access);
	set_size(slot, match->numbers[0]);
	set_address(slot, match->numbers[1]);
	set_cause(slot, &match->rest);
}

static void apply_stopped(struct slot *slot, const struct match *match)
{
	slot->fault.cpu = (unsigned int)match->numbers[0];
	slot->fault.has |= JHCFG_FAULT_CPU;
	set_cell(slot, match);
}

static void apply_nothing(struct slot *slot, const struct match *match)
{
	(void)slot;
	(void)match;
}

/* clang-format off */
/* These begin a fault. */
static const struct row beginnings[] = {
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
static const struct row details[] = {
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
{ "hypervisor fault", JHCFG_LINE_FAULT, 0, apply_nothing },
};

/* And these end it. */
static const struct row ends[] = {
{ "Parking CPU %d (Cell: \"%n\")", JHCFG_LINE_STOPPED, 0, apply_stopped },
{ "Stopping CPU %d (Cell: \"%n\")", JHCFG_LINE_STOPPED, 0, apply_stopped },
};

static const struct row events[] = {
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
};
/* clang-format on */

/* --- the reader ----------------------------------------------------------- */

static void clear_slot(struct slot *slot)
{
	*slot = (struct slot){ .used = false };
	slot->fault.cell = slot->cell;
	slot->fault.cause = slot->cause;
	slot->fault.lines = slot->lines;
}

struct jhcfg_fault_reader *jhcfg_fault_reader_new(void)
{
	struct jhcfg_fault_reader *reader = calloc(1, sizeof(*reader));

	if (!reader)
		return NULL;
	clear_slot(&reader->slots[0]);
	clear_slot(&reader->slots[1]);
	return reader;
}

void jhcfg_fault_reader_free(struct jhcfg_fault_reader *reader)
{
	free(reader);
}

static void keep_line(struct slot *slot, const char *line, size_t length)
{
	if (length + 2 > sizeof(slot->lines) - slot->size)
		return;
	memcpy(slot->lines + slot->size, line, length);
	slot->size += length;
	slot->lines[slot->size++] = '\n';
	slot->lines[slot->size] = 0;
}

/* What was begun can be taken; the other slot is for the next one. */
static void finish(struct jhcfg_fault_reader *reader)
{
	if (!reader->slots[reader->current].used)
		return;
	reader->finished = true;
	reader->current = !reader->current;
	clear_slot(&reader->slots[reader->current]);
}

static const struct row *find_row(const struct row *rows, size_t count,
				  const char *line, size_t length,
				  struct match *match)
{
	for (size_t n = 0; n < count; n++) {
		if (match_line(rows[n].pattern, line, length, match))
			return &rows[n];
	}
	return NULL;
}
#define FIND(rows, ...)                                                        \
	find_row(rows, sizeof(rows) / sizeof(*(rows)), __VA_ARGS__)

/*
 * A handler that refuses an access says why, and the trap that it was part of
 * follows: that is one fault. Two dumps of different CPUs may come one into
 * the other; then the first is given as far as it went.
 */
static bool continues(const struct slot *slot, const struct row *row)
{
	return slot->used && row->kind == JHCFG_FAULT_MEMORY &&
	       !(slot->fault.has & JHCFG_FAULT_PC) &&
	       (slot->fault.kind == JHCFG_FAULT_REGISTERS ||
		slot->fault.kind == JHCFG_FAULT_PCI);
}

static void begin(struct jhcfg_fault_reader *reader, const struct row *row)
{
	struct slot *slot = &reader->slots[reader->current];

	if (continues(slot, row)) {
		/* the register's address was the physical one */
		if (slot->fault.kind == JHCFG_FAULT_REGISTERS)
			slot->fault.has &= ~(unsigned int)JHCFG_FAULT_ADDRESS;
		return;
	}
	finish(reader);
	reader->slots[reader->current].used = true;
	reader->slots[reader->current].fault.kind = row->kind;
}

/* "[  12.345678] ", "[12:00:01.123] ": of whoever recorded it. */
static void skip_stamp(const char **line, size_t *length)
{
	size_t n = 1;

	if (!*length || **line != '[')
		return;
	while (n < *length && n < 32 && (*line)[n] &&
	       strchr("0123456789.:-T +Z", (*line)[n]))
		n++;
	if (n + 1 >= *length || (*line)[n] != ']' || (*line)[n + 1] != ' ')
		return;
	*line += n + 2;
	*length -= n + 2;
}

enum jhcfg_line jhcfg_fault_reader_line(struct jhcfg_fault_reader *reader,
					const char *line, size_t length)
{
	struct slot *slot = &reader->slots[reader->current];
	const struct row *row;
	struct match match;

	reader->finished = false;
	if (length && line[length - 1] == '\r')
		length--;
	skip_stamp(&line, &length);
	if (length > MAX_LINE)
		return JHCFG_LINE_TEXT;
	row = FIND(beginnings, line, length, &match);
	if (row) {
		begin(reader, row);
		slot = &reader->slots[reader->current];
	} else if (slot->used) {
		row = FIND(details, line, length, &match);
	}
	if (!row)
		row = FIND(ends, line, length, &match);
	if (!row)
		row = FIND(events, line, length, &match);
	if (!row)
		return JHCFG_LINE_TEXT;
	if (row->apply && slot->used) {
		row->apply(slot, &match);
		keep_line(slot, line, length);
	}
	if (row->line == JHCFG_LINE_STOPPED)
		finish(reader);
	return row->line;
}

const struct jhcfg_fault *jhcfg_fault_reader_take(
	struct jhcfg_fault_reader *reader)
{
	if (!reader->finished)
		return NULL;
	reader->finished = false;
	return &reader->slots[!reader->current].fault;
}

const struct jhcfg_fault *jhcfg_fault_reader_end(
	struct jhcfg_fault_reader *reader)
{
	finish(reader);
	return jhcfg_fault_reader_take(reader);
}
