/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* C functions that the assembler files call, and what they export */
#ifndef INMATE_ARM_COMMON_BOOT_H
#define INMATE_ARM_COMMON_BOOT_H

#include <inmate/exception.h>

void inmate_boot(void) __attribute__((noreturn));
void exception_handle(struct exception_frame *frame, unsigned long vector);
/* Print the registers, by exception_print(): printk() without its lock, which
 * the code that faulted may hold. */
void exception_dump(const struct exception_frame *frame, unsigned long vector);
void exception_print(const char *format, ...)
	__attribute__((format(printf, 1, 2)));
void irq_dispatch(void);
struct smp_mailbox;
void smp_secondary(struct smp_mailbox *mailbox) __attribute__((noreturn));

extern char image_entry_secondary[];

#endif
