/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <inmate.h>

#include "access_arch.h"

/* The fields of an instruction that names a system register */
#define REG(name_, op0_, op1_, crn_, crm_, op2_)                               \
	{                                                                      \
		.name = name_, .op0 = op0_, .op1 = op1_, .crn = crn_,          \
		.crm = crm_, .op2 = op2_,                                      \
	}

#define INSN_MRS_X0 0xd5300000U
#define INSN_MSR_X0 0xd5100000U
#define INSN_HVC    0xd4000002U
#define INSN_RET    0xd65f03c0U

const unsigned int access_num_widths = 4;

/* ARM DDI 0487, D19.3 and D19.5 */
static const struct {
	const char *name;
	u8 op0, op1, crn, crm, op2;
} regs[] = {
	/* clang-format off */
	REG("mdccint_el1",	2, 0, 0, 2, 0),
	REG("dbgbvr0_el1",	2, 0, 0, 0, 4),
	REG("dbgbcr0_el1",	2, 0, 0, 0, 5),
	REG("dbgwvr0_el1",	2, 0, 0, 0, 6),
	REG("dbgwcr0_el1",	2, 0, 0, 0, 7),
	REG("pmcr_el0",		3, 3, 9, 12, 0),
	REG("pmcntenset_el0",	3, 3, 9, 12, 1),
	REG("pmcntenclr_el0",	3, 3, 9, 12, 2),
	REG("pmovsclr_el0",	3, 3, 9, 12, 3),
	REG("pmselr_el0",	3, 3, 9, 12, 5),
	REG("pmccntr_el0",	3, 3, 9, 13, 0),
	REG("pmuserenr_el0",	3, 3, 9, 14, 0),
	REG("pmovsset_el0",	3, 3, 9, 14, 3),
	REG("pmintenset_el1",	3, 0, 9, 14, 1),
	REG("pmintenclr_el1",	3, 0, 9, 14, 2),
	REG("pmccfiltr_el0",	3, 3, 14, 15, 7),
	/* clang-format on */
};

u64 access_load_pair(u64 addr)
{
	u64 low, high;

	__asm__ volatile("ldp %0, %1, [%2]"
			 : "=&r"(low), "=&r"(high)
			 : "r"(addr)
			 : "memory");
	return low ^ high;
}

u64 access_load_postindex(u64 addr)
{
	u64 value;

	__asm__ volatile("ldr %0, [%1], #8"
			 : "=&r"(value), "+r"(addr)
			 :
			 : "memory");
	return value;
}

u64 access_load_exclusive(u64 addr)
{
	u64 value;

	__asm__ volatile("ldxr %0, [%1]" : "=r"(value) : "r"(addr) : "memory");
	return value;
}

void access_store_line(u64 addr)
{
	__asm__ volatile("dc zva, %0\n\tdsb sy" ::"r"(addr) : "memory");
}

void access_walk_tables(u64 addr)
{
	__asm__ volatile("msr ttbr0_el1, %0\n\t"
			 "isb\n\t"
			 "tlbi vmalle1\n\t"
			 "ic iallu\n\t"
			 "dsb sy\n\t"
			 "isb" ::"r"(addr)
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
	printk("%s: op0=%u op1=%u CRn=%u CRm=%u op2=%u\n", regs[n].name,
	       regs[n].op0, regs[n].op1, regs[n].crn, regs[n].crm, regs[n].op2);
}

/* An instruction that is chosen at run time, with x0 in and out */
static u64 run_instruction(u32 instruction, u64 x0)
{
	static u32 code[2] __attribute__((aligned(8)));
	register u64 value __asm__("x0") = x0;
	void *target = code;

	code[0] = instruction;
	code[1] = INSN_RET;
	map_range((u64)code, sizeof(code), MAP_RAM | MAP_EXEC);
	__asm__ volatile("dc cvau, %1\n\t"
			 "dsb ish\n\t"
			 "ic ivau, %1\n\t"
			 "dsb ish\n\t"
			 "isb\n\t"
			 "blr %1"
			 : "+r"(value)
			 : "r"(target)
			 : "x1", "x2", "x3", "x30", "memory");
	return value;
}

static u32 reg_encoding(unsigned int n)
{
	return (regs[n].op0 & 1U) << 19 | (u32)regs[n].op1 << 16 |
	       (u32)regs[n].crn << 12 | (u32)regs[n].crm << 8 |
	       (u32)regs[n].op2 << 5;
}

u64 access_reg_read(unsigned int n)
{
	return run_instruction(INSN_MRS_X0 | reg_encoding(n), 0);
}

void access_reg_write(unsigned int n, u64 value)
{
	run_instruction(INSN_MSR_X0 | reg_encoding(n), value);
}

u64 access_hvc(u32 immediate)
{
	return run_instruction(INSN_HVC | immediate << 5,
			       JAILHOUSE_HC_HYPERVISOR_GET_INFO);
}

void access_print_exception(const struct exception_frame *frame)
{
	printk("class 0x%02llx, syndrome 0x%llx, address 0x%llx\n",
	       ESR_EC(frame->esr), frame->esr, frame->far);
}
