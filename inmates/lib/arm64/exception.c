/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <stdarg.h>
#include <stddef.h>

#include <jailhouse/comm-region.h>
#include <inmate/console.h>
#include <inmate/exception.h>
#include <inmate/printk.h>
#include <inmate/run.h>

#include "boot.h"

/* Set by inmates while no other CPU takes exceptions. */
static exception_handler custom_handler;
/* A dump that faults itself must not dump again. */
static volatile bool dumping;

void exception_set_handler(exception_handler handler)
{
	custom_handler = handler;
}

/* printk() without its lock, which the code that faulted may hold */
static void __attribute__((format(printf, 1, 2))) dump(const char *format, ...)
{
	char text[128];
	va_list args;
	size_t length;

	va_start(args, format);
	length = format_text(text, sizeof(text), format, args);
	va_end(args);
	console_write(text, length < sizeof(text) ? length : sizeof(text) - 1);
}

static void dump_frame(const struct exception_frame *frame, u64 vector)
{
	static const char *const kinds[] = { "synchronous exception", "IRQ",
					     "FIQ", "SError" };
	unsigned int n;

	dump("\nUnhandled %s (vector %lu, class 0x%02lx)\n", kinds[vector % 4],
	     (unsigned long)vector, (unsigned long)ESR_EC(frame->esr));
	dump(" pc: %016llx spsr: %08llx esr: %08llx far: %016llx\n", frame->elr,
	     frame->spsr, frame->esr, frame->far);
	dump(" sp: %016llx  x30: %016llx\n", frame->sp, frame->x[30]);
	for (n = 0; n < 30; n += 3)
		dump("%sx%u: %016llx %sx%u: %016llx %sx%u: %016llx\n",
		     n < 10 ? " " : "", n, frame->x[n], n + 1 < 10 ? " " : "",
		     n + 1, frame->x[n + 1], n + 2 < 10 ? " " : "", n + 2,
		     frame->x[n + 2]);
}

void exception_handle(struct exception_frame *frame, u64 vector)
{
	if (custom_handler && custom_handler(frame))
		return;
	if (!dumping) {
		dumping = true;
		dump_frame(frame, vector);
	}
	inmate_stop(JAILHOUSE_CELL_FAILED);
}
