/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include "io.h"

#define UART_IO(bits)                                                          \
	u##bits uart_io_read##bits(const volatile void *base, size_t offset)   \
	{                                                                      \
		return *(const volatile u##bits *)((const volatile char *)     \
							   base +              \
						   offset);                    \
	}                                                                      \
	void uart_io_write##bits(volatile void *base, size_t offset,           \
				 u##bits value)                                \
	{                                                                      \
		*(volatile u##bits *)((volatile char *)base + offset) = value; \
	}

/* clang-format off */
UART_IO(8)
UART_IO(16)
UART_IO(32)
/* clang-format on */

void uart_io_relax(void)
{
	/* Emulators that run CPUs in turn switch to the next one here. */
#if defined(__aarch64__) || defined(__arm__)
	__asm__ volatile("yield" ::: "memory");
#elif defined(__x86_64__) || defined(__i386__)
	__asm__ volatile("pause" ::: "memory");
#endif
}
