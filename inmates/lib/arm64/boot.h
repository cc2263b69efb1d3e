/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* C functions that the assembler files call, and what they export */
#ifndef INMATE_ARM64_BOOT_H
#define INMATE_ARM64_BOOT_H

#include <inmate/exception.h>

void inmate_boot(void) __attribute__((noreturn));
void exception_handle(struct exception_frame *frame, u64 vector);
void irq_dispatch(void);
struct smp_mailbox;
void smp_secondary(struct smp_mailbox *mailbox) __attribute__((noreturn));

extern char image_entry_secondary[];

#endif
