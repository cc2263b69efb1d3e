/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <inmate.h>

#include "access.h"

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

/*
 * Registers that no cell is granted: ARM DDI 0487, D19.3 and D19.5. Only such
 * as an emulator has: what it does not model is undefined to the cell, and the
 * hypervisor never hears of it.
 */
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

static void print_call(const struct access *access)
{
	printk("%s 0x%llx\n", access->op->name, access->addr);
}

static u64 run_hvc(const struct access *access)
{
	return run_instruction(INSN_HVC | (u32)(access->addr & 0xffff) << 5,
			       JAILHOUSE_HC_HYPERVISOR_GET_INFO);
}

static u64 run_smc(const struct access *access)
{
	return (u64)smccc_smc(access->addr, 0, 0, 0);
}

static void print_reg(const struct access *access)
{
	u64 n = access->addr % ARRAY_SIZE(regs);

	printk("%s %s: op0=%u op1=%u CRn=%u CRm=%u op2=%u\n", access->op->name,
	       regs[n].name, regs[n].op0, regs[n].op1, regs[n].crn, regs[n].crm,
	       regs[n].op2);
}

static u32 reg_encoding(const struct access *access)
{
	u64 n = access->addr % ARRAY_SIZE(regs);

	return (regs[n].op0 & 1U) << 19 | (u32)regs[n].op1 << 16 |
	       (u32)regs[n].crn << 12 | (u32)regs[n].crm << 8 |
	       (u32)regs[n].op2 << 5;
}

static u64 run_mrs(const struct access *access)
{
	return run_instruction(INSN_MRS_X0 | reg_encoding(access), 0);
}

static u64 run_msr(const struct access *access)
{
	return run_instruction(INSN_MSR_X0 | reg_encoding(access), 0);
}

static const struct access_op call_ops[] = {
	{ "hvc", print_call, run_hvc },
	{ "smc", print_call, run_smc },
	{ "mrs", print_reg, run_mrs },
	{ "msr", print_reg, run_msr },
};

static const struct access_op *find(const struct access_op *ops,
				    unsigned int count, const char *name)
{
	unsigned int n;

	for (n = 0; n < count; n++)
		if (strcmp(ops[n].name, name) == 0)
			return &ops[n];
	return NULL;
}

const struct access_op *access_op_find(const char *name)
{
	const struct access_op *op = find(call_ops, ARRAY_SIZE(call_ops), name);

	return op ? op : find(access_memory_ops, access_num_memory_ops, name);
}
