/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <inmate/exception.h>

#include "boot.h"

void exception_dump(const struct exception_frame *frame, unsigned long vector)
{
	unsigned int n;

	exception_print("\nUnhandled exception (vector 0x%02lx)\n", vector);
	exception_print(" pc: %08x  lr: %08x  cpsr: %08x\n", frame->pc,
			frame->lr, frame->cpsr);
	for (n = 0; n < 12; n += 4)
		exception_print(" r%-2u: %08x %08x %08x %08x\n", n, frame->r[n],
				frame->r[n + 1], frame->r[n + 2],
				frame->r[n + 3]);
	exception_print(" r12: %08x\n", frame->r[12]);
}
