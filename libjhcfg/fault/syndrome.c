// SPDX-License-Identifier: LGPL-2.1-or-later
/* ESR_EL2 in words: ARM DDI 0487, D17.2.37. */
#include "fault/syndrome.h"

#include <stdio.h>

#define EC_INSTRUCTION_ABORT 0x20
#define EC_DATA_ABORT	     0x24

static const struct {
	unsigned int class;
	const char *name;
} classes[] = {
	{ 0x00, "an exception of unknown reason" },
	{ 0x01, "WFI or WFE" },
	{ 0x03, "access to a CP15 register (MCR, MRC)" },
	{ 0x04, "access to a CP15 register (MCRR, MRRC)" },
	{ 0x05, "access to a CP14 register (MCR, MRC)" },
	{ 0x06, "LDC or STC" },
	{ 0x07, "floating point or SIMD" },
	{ 0x09, "pointer authentication" },
	{ 0x0c, "access to a CP14 register (MRRC)" },
	{ 0x0e, "illegal execution state" },
	{ 0x11, "SVC, AArch32" },
	{ 0x12, "HVC, AArch32" },
	{ 0x13, "SMC, AArch32" },
	{ 0x15, "SVC" },
	{ 0x16, "HVC" },
	{ 0x17, "SMC" },
	{ 0x18, "access to a system register" },
	{ 0x19, "SVE" },
	{ 0x1a, "ERET" },
	{ EC_INSTRUCTION_ABORT, "instruction abort" },
	{ 0x21, "instruction abort in the hypervisor" },
	{ 0x22, "misaligned PC" },
	{ EC_DATA_ABORT, "data abort" },
	{ 0x25, "data abort in the hypervisor" },
	{ 0x26, "misaligned SP" },
	{ 0x28, "floating-point exception, AArch32" },
	{ 0x2c, "floating-point exception" },
	{ 0x2f, "SError" },
	{ 0x30, "breakpoint" },
	{ 0x32, "software step" },
	{ 0x34, "watchpoint" },
	{ 0x38, "BKPT, AArch32" },
	{ 0x3c, "BRK" },
};

/* Fault status codes; those in fours have the level in the lowest bits. */
static const struct {
	unsigned int code;
	unsigned int levels; /* how many codes it is */
	const char *name;
} statuses[] = {
	{ 0x00, 4, "address size fault" },
	{ 0x04, 4, "translation fault" },
	{ 0x08, 4, "access flag fault" },
	{ 0x0c, 4, "permission fault" },
	{ 0x10, 1, "the bus refuses it" },
	{ 0x14, 4, "the bus refuses a walk of the page tables" },
	{ 0x18, 1, "parity or ECC error" },
	{ 0x21, 1, "misaligned" },
	{ 0x30, 1, "TLB conflict" },
	{ 0x34, 1, "lockdown fault" },
	{ 0x35, 1, "exclusive or atomic access not supported there" },
};

void fault_class_text(unsigned int class, char *text, size_t size)
{
	for (size_t n = 0; n < sizeof(classes) / sizeof(*classes); n++) {
		if (classes[n].class != class)
			continue;
		snprintf(text, size, "%s", classes[n].name);
		return;
	}
	snprintf(text, size, "exception class 0x%02x", class);
}

static void add_status(unsigned int code, char *text, size_t size)
{
	for (size_t n = 0; n < sizeof(statuses) / sizeof(*statuses); n++) {
		unsigned int level = code - statuses[n].code;

		if (code < statuses[n].code || level >= statuses[n].levels)
			continue;
		if (statuses[n].levels > 1)
			snprintf(text, size, ": %s, level %u", statuses[n].name,
				 level);
		else
			snprintf(text, size, ": %s", statuses[n].name);
		return;
	}
	snprintf(text, size, ": fault status 0x%02x", code);
}

void fault_syndrome_text(uint64_t esr, char *text, size_t size)
{
	unsigned int class = esr >> 26 & 0x3f;
	char status[64] = "";
	char name[64];

	fault_class_text(class, name, sizeof(name));
	/* also of the hypervisor itself: the odd number behind */
	if ((class & ~1U) == EC_INSTRUCTION_ABORT ||
	    (class & ~1U) == EC_DATA_ABORT)
		add_status(esr & 0x3f, status, sizeof(status));
	snprintf(text, size, "%s%s", name, status);
}
