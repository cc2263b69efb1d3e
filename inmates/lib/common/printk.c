/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <inmate/console.h>
#include <inmate/lock.h>
#include <inmate/printk.h>

#define PRINTK_SIZE 256

static struct lock console_lock;

void printk(const char *format, ...)
{
	char text[PRINTK_SIZE];
	unsigned long flags;
	va_list args;
	size_t length;

	va_start(args, format);
	length = format_text(text, sizeof(text), format, args);
	va_end(args);
	if (length >= sizeof(text))
		length = sizeof(text) - 1;

	flags = lock_irqsave(&console_lock);
	console_write(text, length);
	unlock_irqrestore(&console_lock, flags);
}
