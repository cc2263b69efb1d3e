/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <inmate.h>

#include "access_arch.h"

/* The fields of MRC and MCR */
#define REG(name_, cp_, opc1_, crn_, crm_, opc2_)                              \
	{                                                                      \
		.name = name_, .cp = cp_, .opc1 = opc1_, .crn = crn_,          \
		.crm = crm_, .opc2 = opc2_,                                    \
	}

/* A32: R0 */
#define INSN_MRC   0xee100010U
#define INSN_MCR   0xee000010U
#define INSN_HVC   0xe1400070U
#define INSN_BX_LR 0xe12fff1eU

const unsigned int access_num_widths = 3;

/* ARM DDI 0487, G8.3 and G8.4 */
static const struct {
	const char *name;
	u8 cp, opc1, crn, crm, opc2;
} regs[] = {
	/* clang-format off */
	REG("dbgvcr",		14, 0, 0, 7, 0),
	REG("dbgbvr0",		14, 0, 0, 0, 4),
	REG("dbgbcr0",		14, 0, 0, 0, 5),
	REG("dbgwvr0",		14, 0, 0, 0, 6),
	REG("dbgwcr0",		14, 0, 0, 0, 7),
	REG("pmcr",		15, 0, 9, 12, 0),
	REG("pmcntenset",	15, 0, 9, 12, 1),
	REG("pmcntenclr",	15, 0, 9, 12, 2),
	REG("pmovsr",		15, 0, 9, 12, 3),
	REG("pmselr",		15, 0, 9, 12, 5),
	REG("pmccntr",		15, 0, 9, 13, 0),
	REG("pmuserenr",	15, 0, 9, 14, 0),
	REG("pmintenset",	15, 0, 9, 14, 1),
	REG("pmintenclr",	15, 0, 9, 14, 2),
	REG("pmovsset",		15, 0, 9, 14, 3),
	/* clang-format on */
};

u64 access_load_pair(u64 addr)
{
	u64 value;

	__asm__ volatile("ldrd %Q0, %R0, [%1]"
			 : "=&r"(value)
			 : "r"((u32)addr)
			 : "memory");
	return value;
}

u64 access_load_postindex(u64 addr)
{
	u32 value, at = (u32)addr;

	__asm__ volatile("ldr %0, [%1], #8"
			 : "=&r"(value), "+r"(at)
			 :
			 : "memory");
	return value;
}

u64 access_load_exclusive(u64 addr)
{
	u64 value;

	__asm__ volatile("ldrexd %Q0, %R0, [%1]"
			 : "=&r"(value)
			 : "r"((u32)addr)
			 : "memory");
	return value;
}

void access_store_line(u64 addr)
{
	u32 at = (u32)addr;

	__asm__ volatile("stm %0!, {r0-r3}\n\t"
			 "stm %0!, {r0-r3}\n\t"
			 "stm %0!, {r0-r3}\n\t"
			 "stm %0!, {r0-r3}\n\t"
			 "dsb sy"
			 : "+l"(at)
			 :
			 : "memory");
}

void access_walk_tables(u64 addr)
{
	__asm__ volatile("mcrr p15, 0, %0, %1, c2\n\t" /* TTBR0 */
			 "isb\n\t"
			 "mcr p15, 0, %1, c8, c7, 0\n\t" /* TLBIALL */
			 "mcr p15, 0, %1, c7, c5, 0\n\t" /* ICIALLU */
			 "dsb sy\n\t"
			 "isb" ::"r"((u32)addr),
			 "r"(0)
			 : "memory");
}

unsigned int access_num_regs(void)
{
	return ARRAY_SIZE(regs);
}

int access_reg_find(const char *name)
{
	unsigned int n;

	for (n = 0; n < ARRAY_SIZE(regs); n++)
		if (strcmp(regs[n].name, name) == 0)
			return (int)n;
	return -1;
}

void access_reg_print(unsigned int n)
{
	printk("%s: p%u opc1=%u CRn=%u CRm=%u opc2=%u\n", regs[n].name,
	       regs[n].cp, regs[n].opc1, regs[n].crn, regs[n].crm,
	       regs[n].opc2);
}

/* An instruction of A32 that is chosen at run time, with r0 in and out */
static u32 run_instruction(u32 instruction, u32 r0)
{
	static u32 code[2] __attribute__((aligned(8)));
	u32 (*run)(u32 r0) = (u32(*)(u32))(void *)code;

	code[0] = instruction;
	code[1] = INSN_BX_LR;
	map_range((u32)code, sizeof(code), MAP_RAM | MAP_EXEC);
	__asm__ volatile("mcr p15, 0, %0, c7, c11, 1\n\t" /* DCCMVAU */
			 "dsb ish\n\t"
			 "mcr p15, 0, %0, c7, c5, 1\n\t" /* ICIMVAU */
			 "mcr p15, 0, %0, c7, c5, 6\n\t" /* BPIALL */
			 "dsb ish\n\t"
			 "isb" ::"r"(code)
			 : "memory");
	return run(r0);
}

static u32 reg_encoding(unsigned int n)
{
	return (u32)regs[n].opc1 << 21 | (u32)regs[n].crn << 16 |
	       (u32)regs[n].cp << 8 | (u32)regs[n].opc2 << 5 | regs[n].crm;
}

u64 access_reg_read(unsigned int n)
{
	return run_instruction(INSN_MRC | reg_encoding(n), 0);
}

void access_reg_write(unsigned int n, u64 value)
{
	run_instruction(INSN_MCR | reg_encoding(n), (u32)value);
}

u64 access_hvc(u32 immediate)
{
	return run_instruction(INSN_HVC | (immediate & 0xfff0) << 4 |
				       (immediate & 0xf),
			       JAILHOUSE_HC_HYPERVISOR_GET_INFO);
}

void access_print_exception(const struct exception_frame *frame)
{
	printk("vector 0x%02x, pc 0x%08x, cpsr 0x%08x\n", frame->vector,
	       frame->pc, frame->cpsr);
}
