/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * How drivers reach registers. Functions and no inlines for two reasons:
 * tests link fakes in their place, and each access is one plain load or store
 * (no write-back, no pair), which is what a hypervisor below can emulate.
 */
#ifndef HYPERVISOR_UART_IO_H
#define HYPERVISOR_UART_IO_H

#include <stddef.h>
#include <jailhouse/types.h>

/* Register at `offset` bytes from `base`, as wide as the name says */
u8 uart_io_read8(const volatile void *base, size_t offset);
void uart_io_write8(volatile void *base, size_t offset, u8 value);
u16 uart_io_read16(const volatile void *base, size_t offset);
void uart_io_write16(volatile void *base, size_t offset, u16 value);
u32 uart_io_read32(const volatile void *base, size_t offset);
void uart_io_write32(volatile void *base, size_t offset, u32 value);

/* Between two polls of a register */
void uart_io_relax(void);

#endif
