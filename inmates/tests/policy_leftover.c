/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Registers that this library does not use hold nothing of who ran here
 * before: the root, or the run of this inmate that left its marks in them.
 */
#include <inmate.h>

#include "policy.h"
#include "report.h"

#define MARK 0x1234567887654321ULL

#define REGISTER(reg)                                                          \
	static u64 read_##reg(void)                                            \
	{                                                                      \
		return sysreg_read(reg);                                       \
	}                                                                      \
	static void write_##reg(u64 value)                                     \
	{                                                                      \
		sysreg_write(reg, value);                                      \
	}

#define VECTOR(n, half)                                                        \
	static u64 read_v##n##_##half(void)                                    \
	{                                                                      \
		u64 value;                                                     \
                                                                               \
		__asm__ volatile(".arch_extension simd\n\t"                    \
				 "mov %0, v" #n ".d[" #half "]"                \
				 : "=r"(value));                               \
		return value;                                                  \
	}                                                                      \
	static void write_v##n##_##half(u64 value)                             \
	{                                                                      \
		__asm__ volatile(".arch_extension simd\n\t"                    \
				 "mov v" #n ".d[" #half "], %0"                \
				 :                                             \
				 : "r"(value));                                \
	}

/* clang-format off */
REGISTER(tpidr_el0)
REGISTER(tpidrro_el0)
REGISTER(contextidr_el1)
REGISTER(ttbr1_el1)
REGISTER(far_el1)
REGISTER(par_el1)
REGISTER(sp_el0)
REGISTER(cntp_cval_el0)
VECTOR(0, 0)
VECTOR(0, 1)
VECTOR(31, 0)
VECTOR(31, 1)

#define ROW(name) { "leftover-" #name, read_##name, write_##name }

static const struct {
	const char *name;
	u64 (*read)(void);
	void (*write)(u64 value);
} registers[] = {
	ROW(tpidr_el0),
	ROW(tpidrro_el0),
	ROW(contextidr_el1),
	ROW(ttbr1_el1),
	ROW(far_el1),
	ROW(par_el1),
	ROW(sp_el0),
	ROW(cntp_cval_el0),
	ROW(v0_0),
	ROW(v0_1),
	ROW(v31_0),
	ROW(v31_1),
};
/* clang-format on */

void policy_leftover(void)
{
	unsigned int n;

	for (n = 0; n < ARRAY_SIZE(registers); n++)
		report_equal(registers[n].name, registers[n].read(), 0);
	for (n = 0; n < ARRAY_SIZE(registers); n++) {
		registers[n].write(MARK);
		if (!registers[n].read())
			report_fail(registers[n].name,
				    "does not hold what is written");
	}
}
