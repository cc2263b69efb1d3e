/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Interrupts go to the handler of irq.h. Every other exception prints the
 * registers and stops the cell as failed, unless a handler knows better.
 */
#ifndef INMATE_EXCEPTION_H
#define INMATE_EXCEPTION_H

#include <stdbool.h>

#include <asm/exception.h>

/* True if the inmate goes on as the (changed) frame says. */
typedef bool (*exception_handler)(struct exception_frame *frame);

/* For all CPUs; NULL for none. */
void exception_set_handler(exception_handler handler);

#endif
