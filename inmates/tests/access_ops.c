/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <inmate.h>

#include "access.h"
#include "access_arch.h"

static void print_call(const struct access *access)
{
	printk("%s 0x%llx\n", access->op->name, access->addr);
}

static u64 run_hvc(const struct access *access)
{
	return access_hvc((u32)(access->addr & 0xffff));
}

static u64 run_smc(const struct access *access)
{
	return (u64)smccc_smc(access->addr, 0, 0, 0);
}

static unsigned int reg_of(const struct access *access)
{
	return (unsigned int)(access->addr % access_num_regs());
}

static void print_reg(const struct access *access)
{
	printk("%s ", access->op->name);
	access_reg_print(reg_of(access));
}

static u64 run_reg_read(const struct access *access)
{
	return access_reg_read(reg_of(access));
}

static u64 run_reg_write(const struct access *access)
{
	access_reg_write(reg_of(access), 0);
	return 0;
}

static const struct access_op call_ops[] = {
	{ "hvc", print_call, run_hvc },
	{ "smc", print_call, run_smc },
	{ ACCESS_REG_READ, print_reg, run_reg_read },
	{ ACCESS_REG_WRITE, print_reg, run_reg_write },
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
