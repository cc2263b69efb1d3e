/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#ifndef INMATE_ASM_IO_H
#define INMATE_ASM_IO_H

#include <jailhouse/types.h>

#define INMATE_IO(bits, suffix, size)                                          \
	static inline u##bits mmio_read##bits(u64 addr)                        \
	{                                                                      \
		u##bits value;                                                 \
		__asm__ volatile("ldr" suffix " %" size "0, [%1]"              \
				 : "=r"(value)                                 \
				 : "r"(addr)                                   \
				 : "memory");                                  \
		return value;                                                  \
	}                                                                      \
	static inline void mmio_write##bits(u64 addr, u##bits value)           \
	{                                                                      \
		__asm__ volatile("str" suffix " %" size "0, [%1]"              \
				 :                                             \
				 : "r"(value), "r"(addr)                       \
				 : "memory");                                  \
	}

INMATE_IO(8, "b", "w")
INMATE_IO(16, "h", "w")
INMATE_IO(32, "", "w")
INMATE_IO(64, "", "x")

#undef INMATE_IO

#endif
