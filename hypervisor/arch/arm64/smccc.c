// SPDX-License-Identifier: GPL-2.0-only
/*
 * Firmware calls of guests (SMC Calling Convention, ARM DEN0028E; PSCI, ARM
 * DEN0022D). PSCI is carried out here, on the CPUs of the calling cell;
 * workarounds of the architecture go to the firmware, and so do calls of the
 * root that its configuration lists; of the rest nothing is implemented.
 */
#include <hv/arch.h>
#include <hv/printk.h>
#include <asm/arm64.h>
#include <asm/firmware.h>
#include <asm/sysreg.h>

#define SMCCC_NOT_SUPPORTED   (-1L)
#define SMCCC_OWNER(function) ((function) >> 24 & 0x3f)

#define PSCI_VERSION_1_1	0x10001
#define PSCI_SUCCESS		0
#define PSCI_INVALID_PARAMETERS (-2)
#define PSCI_DENIED		(-3)
#define PSCI_ALREADY_ON		(-4)
#define PSCI_ON			0
#define PSCI_OFF		1

#define SMCCC_VERSION_1_1 0x10001
#define ARCH_WORKAROUND_1 0x80008000
#define ARCH_WORKAROUND_2 0x80007fff
#define ARCH_WORKAROUND_3 0x80003fff

static long psci_version(const u64 *args)
{
	(void)args;
	return PSCI_VERSION_1_1;
}

/* Wakes up for anything that is pending for the CPU, as the real one would;
 * standby keeps all state, so there is nothing else to do. An interrupt that
 * was taken between the guest's last look and this call is in a list register,
 * and its physical half is gone or active. */
static long psci_cpu_suspend(const u64 *args)
{
	struct guest_regs *regs = (struct guest_regs *)(uintptr_t)args;
	u64 asleep = sysreg_read(cntpct_el0);

	if (!arm64_gic->has_virtual())
		asm volatile("wfi" : : : "memory");
	/* The guest's time, not that of the exit. */
	isb();
	regs->entered += sysreg_read(cntpct_el0) - asleep;
	return PSCI_SUCCESS;
}

static long psci_cpu_off(const u64 *args)
{
	(void)args;
	arm64_gic->off(this_cpu());
	cpu_power_off_self();
	return PSCI_SUCCESS;
}

/* The upper halves of arguments count in SMC64 calls only (DEN0028E, 3.1);
 * PSCI 0.1 knew no difference. */
static u64 argument(const u64 *args, unsigned int n)
{
	bool smc32 = (args[0] & 0xff000000) == 0x84000000;

	return smc32 ? (u32)args[n] : args[n];
}

static __cold struct cpu *find_by_mpidr(u64 mpidr)
{
	unsigned int id;

	for_each_cpu (id, &this_cell()->cpus)
		if (cpu_at(id)->phys_id == mpidr)
			return cpu_at(id);
	return NULL;
}

static __cold long psci_cpu_on(const u64 *args)
{
	struct cpu *cpu = find_by_mpidr(argument(args, 1));
	u64 entry = argument(args, 2);

	if (!cpu)
		return PSCI_DENIED;
	return cpu_power_on(cpu, entry, argument(args, 3)) ? PSCI_ALREADY_ON
							   : PSCI_SUCCESS;
}

static __cold long psci_affinity_info(const u64 *args)
{
	const struct cpu *cpu = find_by_mpidr(argument(args, 1));

	if (!cpu || (u32)args[2])
		return PSCI_DENIED;
	return READ_ONCE(cpu->off) || READ_ONCE(cpu->failed) ? PSCI_OFF
							     : PSCI_ON;
}

/* A cell may end itself; the machine is the root's. */
static __cold long psci_system_off(const u64 *args)
{
	if (this_cell() == &root_cell)
		return arm64_smc(args[0], args[1], args[2], args[3]);
	printk("Cell \"%s\" has powered itself off\n",
	       this_cell()->config->name);
	cell_shut_down_self(this_cell());
	return PSCI_SUCCESS;
}

static long smccc_version(const u64 *args)
{
	(void)args;
	return SMCCC_VERSION_1_1;
}

static bool is_workaround(u64 function)
{
	return function == ARCH_WORKAROUND_1 || function == ARCH_WORKAROUND_2 ||
	       function == ARCH_WORKAROUND_3;
}

static long smccc_arch_features(const u64 *args)
{
	u32 asked = (u32)args[1];

	if (asked == 0x80000000 || asked == 0x80000001)
		return 0;
	if (is_workaround(asked))
		return arm64_smc(args[0], asked, 0, 0);
	return SMCCC_NOT_SUPPORTED;
}

static long workaround(const u64 *args)
{
	return arm64_smc(args[0], args[1], args[2], args[3]);
}

static long psci_features(const u64 *args);

struct smc_row {
	u32 function;
	bool both; /* exists as SMC32 and SMC64 */
	bool psci; /* listed by PSCI_FEATURES */
	u8 stat;
	long (*handler)(const u64 *args);
};

#define PSCI  JAILHOUSE_CPU_STAT_VMEXITS_PSCI
#define SMCCC JAILHOUSE_CPU_STAT_VMEXITS_SMCCC

#define PSCI_BASE   0x84000000U /* and with SMCCC_64BIT */
#define PSCI_NUMBER 0x1fU
#define SMCCC_64BIT 0x40000000U
#define PSCI_ROW(number, both, handler)                                        \
	[number] = { PSCI_BASE + (number), both, true, PSCI, handler }

/* By their numbers; guests with idle CPUs call these often. */
static const struct smc_row psci_rows[] = {
	PSCI_ROW(0, false, psci_version),
	PSCI_ROW(1, true, psci_cpu_suspend),
	PSCI_ROW(2, false, psci_cpu_off),
	PSCI_ROW(3, true, psci_cpu_on),
	PSCI_ROW(4, true, psci_affinity_info),
	PSCI_ROW(8, false, psci_system_off),
	PSCI_ROW(9, false, psci_system_off), /* SYSTEM_RESET */
	PSCI_ROW(10, false, psci_features),
};

static const struct smc_row other_rows[] = {
	{ 0x80000000, false, true, SMCCC, smccc_version },
	{ 0x80000001, false, false, SMCCC, smccc_arch_features },
	{ ARCH_WORKAROUND_1, false, false, SMCCC, workaround },
	{ ARCH_WORKAROUND_2, false, false, SMCCC, workaround },
	{ ARCH_WORKAROUND_3, false, false, SMCCC, workaround },
	/* numbers of PSCI 0.1 as old U-Boot has them */
	{ 0x95c1ba5f, false, false, PSCI, psci_cpu_off },
	{ 0x95c1ba60, false, false, PSCI, psci_cpu_on },
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct smc_row *find_other(u32 function)
{
	for (unsigned int n = 0; n < COUNT(other_rows); n++)
		if (other_rows[n].function == function)
			return &other_rows[n];
	return NULL;
}

static inline const struct smc_row *find_row(u32 function)
{
	u32 number = function & PSCI_NUMBER;
	const struct smc_row *row;

	if ((function & ~(PSCI_NUMBER | SMCCC_64BIT)) != PSCI_BASE)
		return find_other(function);
	if (number >= COUNT(psci_rows))
		return NULL;
	row = &psci_rows[number];
	if (function & SMCCC_64BIT)
		return row->both ? row : NULL;
	return row->handler ? row : NULL;
}

static long psci_features(const u64 *args)
{
	const struct smc_row *row = find_row((u32)args[1]);

	return row && row->psci ? 0 : SMCCC_NOT_SUPPORTED;
}

/* Owners whose unknown functions are answered; all others are nothing that a
 * guest has any business with. 0 architecture, 1 CPU, 2 SiP, 4 standard secure,
 * 5 standard hypervisor, 6 vendor hypervisor. */
static bool owner_is_answered(u32 function)
{
	return 0x77U >> SMCCC_OWNER(function) & 1 && SMCCC_OWNER(function) < 7;
}

static bool is_forwarded(u32 esr, u32 function)
{
	return this_cell() == &root_cell && !(esr & 0xffff) &&
	       firmware_call_granted(root_cell.config, function);
}

static enum trap_result refuse(struct guest_regs *regs, u32 esr, u32 function,
			       bool all_regs)
{
	if (is_forwarded(esr, function)) {
		this_cpu()->stat[SMCCC]++;
		skip_instruction();
		arm64_smc_forward(regs->x);
		exit_account(regs, SMCCC);
		return TRAP_DONE;
	}
	/* The root is asked for what its drivers look for; a CPU of it is too
	 * much to lose for a question. */
	if (owner_is_answered(function) || this_cell() == &root_cell) {
		this_cpu()->stat[SMCCC]++;
		skip_instruction();
		regs->x[0] = (u64)SMCCC_NOT_SUPPORTED;
		return TRAP_DONE;
	}
	if (!all_regs)
		return TRAP_ALL_REGS;
	this_cpu()->stat[SMCCC]++;
	trap_fatal(regs, esr,
		   "FATAL: forbidden access (exception class 0x%02x)\n"
		   "smc with function 0x%08x, owner %u\n",
		   ESR_EC(esr), function, SMCCC_OWNER(function));
	return TRAP_DONE;
}

enum trap_result smccc_dispatch(struct guest_regs *regs, u32 esr, bool all_regs)
{
	u64 *args = regs->x;
	u32 function = (u32)args[0];
	const struct smc_row *row = find_row(function);

	/* Functions of SMC64 are none to AArch32 (DEN0028E, 2.6), which always
	 * comes with all registers. */
	if (all_regs && ESR_EC(esr) == ESR_EC_SMC32 && function & SMCCC_64BIT)
		row = NULL;
	/* The immediate must be 0 (DEN0028E, 2.9). */
	if (!row || esr & 0xffff)
		return refuse(regs, esr, function, all_regs);
	this_cpu()->stat[row->stat]++;
	/* SMC returns to itself when it traps (D1.3.5.2); before the handler,
	 * as that may end this guest. */
	skip_instruction();
	args[0] = (u64)row->handler(args);
	exit_account(regs, row->stat);
	return TRAP_DONE;
}

/*
 * The short way of what guests call often: functions of PSCI in 32 bits. All
 * others come again by smccc_dispatch(). The vectors account for the time.
 */
unsigned int arm64_smc_trap(struct guest_regs *regs, u64 esr)
{
	u32 number = (u32)regs->x[0] - PSCI_BASE;
	long (*handler)(const u64 *args);

	if (number >= COUNT(psci_rows) || esr & 0xffff)
		return TRAP_ALL_REGS;
	handler = psci_rows[number].handler;
	if (!handler)
		return TRAP_ALL_REGS;
	this_cpu()->stat[PSCI]++;
	skip_instruction();
	regs->x[0] = (u64)handler(regs->x);
	if (!cpu_has_requests(this_cpu()))
		return TRAP_DONE;
	/* The CPU has powered itself off. */
	exit_account(regs, PSCI);
	return TRAP_REQUESTS;
}
