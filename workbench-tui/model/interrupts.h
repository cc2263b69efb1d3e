/* SPDX-License-Identifier: GPL-2.0-or-later */
/* /proc/interrupts, line by line. */
#ifndef TUI_INTERRUPTS_H
#define TUI_INTERRUPTS_H

#include "model/sample.h"

struct interrupt_row {
	unsigned int irq;	    /* Linux' number */
	unsigned int hardware;	    /* INTID or pin; UINT_MAX: not told */
	uint64_t count;		    /* on all CPUs */
	struct sample_text actions; /* "uio_ivshmem", "eth0, ttyAMA0" */
	bool shared;		    /* by several of them */
};

struct interrupt_reader {
	struct sample_text rest;
	unsigned int num_cpus; /* columns */
};

void interrupts_begin(struct interrupt_reader *reader, struct sample_text text);
/* false: there are no more. Lines that are none ("NMI:") are passed over. */
bool interrupts_next(struct interrupt_reader *reader,
		     struct interrupt_row *row);

/* The model's list: what Linux takes, and what cells have. */
int update_irqs(struct tui_store *store, const struct sample *sample);

#endif
