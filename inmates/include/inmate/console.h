/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Where printk() goes: the UART that the comm region or the command line
 * names (con-type=, con-base=, con-divider=, ...), or the hypervisor's
 * virtual console (con-virtual).
 */
#ifndef INMATE_CONSOLE_H
#define INMATE_CONSOLE_H

#include <stddef.h>

/* Called once by the start-up code, on the boot CPU, with the MMU on. */
void console_init(void);

/**
 * console_write - bytes to the console, a line feed becomes a new line
 * @text: bytes
 * @length: number of bytes
 *
 * No lock is taken: for printk() and for dumps of a CPU that goes down.
 */
void console_write(const char *text, size_t length);

#endif
