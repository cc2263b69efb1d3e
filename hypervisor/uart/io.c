/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include "io.h"

u32 uart_io_read32(const volatile void *base, size_t offset)
{
	const volatile u32 *reg =
		(const volatile u32 *)((const volatile char *)base + offset);

	return *reg;
}

void uart_io_write32(volatile void *base, size_t offset, u32 value)
{
	volatile u32 *reg = (volatile u32 *)((volatile char *)base + offset);

	*reg = value;
}

void uart_io_relax(void)
{
	/* Emulators that run CPUs in turn switch to the next one here. */
#if defined(__aarch64__) || defined(__arm__)
	__asm__ volatile("yield" ::: "memory");
#elif defined(__x86_64__) || defined(__i386__)
	__asm__ volatile("pause" ::: "memory");
#endif
}
