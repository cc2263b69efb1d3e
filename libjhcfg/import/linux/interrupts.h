/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* /proc/interrupts: which pin of which controller an interrupt of Linux is. */
#ifndef IMPORT_LINUX_INTERRUPTS_H
#define IMPORT_LINUX_INTERRUPTS_H

#include <jhcfg/board.h>

#define INTERRUPTS_MAX 8192

struct interrupt {
	unsigned int number; /* Linux' own */
	uint32_t pin;	     /* at the IOAPIC or GIC */
	enum jhcfg_hw_trigger trigger;
	unsigned int line;
};

/* Only those at an IOAPIC or GIC; messages have no pin. */
struct interrupts {
	struct interrupt *items;
	size_t count;
};

/* Changes @text, which stays the caller's. -ENOMEM. */
int interrupts_parse(struct interrupts *interrupts, char *text);
void interrupts_clear(struct interrupts *interrupts);
/* The entry of this number of Linux, or NULL. */
const struct interrupt *interrupts_find(const struct interrupts *interrupts,
					unsigned int number);

#endif
