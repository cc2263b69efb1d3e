/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#ifndef INMATE_ASM_IO_H
#define INMATE_ASM_IO_H

#include <jailhouse/types.h>

#define INMATE_IO(bits, suffix)                                                \
	static inline u##bits mmio_read##bits(u64 addr)                        \
	{                                                                      \
		u##bits value;                                                 \
		__asm__ volatile("ldr" suffix " %0, [%1]"                      \
				 : "=r"(value)                                 \
				 : "r"((u32)addr)                              \
				 : "memory");                                  \
		return value;                                                  \
	}                                                                      \
	static inline void mmio_write##bits(u64 addr, u##bits value)           \
	{                                                                      \
		__asm__ volatile("str" suffix " %0, [%1]"                      \
				 :                                             \
				 : "r"(value), "r"((u32)addr)                  \
				 : "memory");                                  \
	}

INMATE_IO(8, "b")
INMATE_IO(16, "h")
INMATE_IO(32, "")

#undef INMATE_IO

/* In halves: no load or store of 64 bits has a syndrome (ARM DDI 0487, ISV). */
static inline u64 mmio_read64(u64 addr)
{
	u64 low = mmio_read32(addr);

	return low | (u64)mmio_read32(addr + 4) << 32;
}

static inline void mmio_write64(u64 addr, u64 value)
{
	mmio_write32(addr, (u32)value);
	mmio_write32(addr + 4, (u32)(value >> 32));
}

#endif
