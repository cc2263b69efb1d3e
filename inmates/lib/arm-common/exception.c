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

void exception_print(const char *format, ...)
{
	char text[128];
	va_list args;
	size_t length;

	va_start(args, format);
	length = format_text(text, sizeof(text), format, args);
	va_end(args);
	console_write(text, length < sizeof(text) ? length : sizeof(text) - 1);
}

void exception_handle(struct exception_frame *frame, unsigned long vector)
{
	if (custom_handler && custom_handler(frame))
		return;
	if (!dumping) {
		dumping = true;
		exception_dump(frame, vector);
	}
	inmate_stop(JAILHOUSE_CELL_FAILED);
}
