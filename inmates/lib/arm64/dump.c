/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <inmate/exception.h>

#include "boot.h"

void exception_dump(const struct exception_frame *frame, unsigned long vector)
{
	static const char *const kinds[] = { "synchronous exception", "IRQ",
					     "FIQ", "SError" };
	unsigned int n;

	exception_print("\nUnhandled %s (vector %lu, class 0x%02lx)\n",
			kinds[vector % 4], vector,
			(unsigned long)ESR_EC(frame->esr));
	exception_print(" pc: %016llx spsr: %08llx esr: %08llx far: %016llx\n",
			frame->elr, frame->spsr, frame->esr, frame->far);
	exception_print(" sp: %016llx  x30: %016llx\n", frame->sp,
			frame->x[30]);
	for (n = 0; n < 30; n += 3)
		exception_print(
			"%sx%u: %016llx %sx%u: %016llx %sx%u: %016llx\n",
			n < 10 ? " " : "", n, frame->x[n],
			n + 1 < 10 ? " " : "", n + 1, frame->x[n + 1],
			n + 2 < 10 ? " " : "", n + 2, frame->x[n + 2]);
}
