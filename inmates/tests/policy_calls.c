/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Hypercalls, PSCI and other SMCs, one row each */
#include <inmate.h>

#include "policy.h"
#include "report.h"

static const struct {
	const char *name;
	u64 code, arg1;
	long expected;
} hypercalls[] = {
	/* clang-format off */
	{ "hc-unknown-9",		9, 0,				-ENOSYS },
	{ "hc-unknown-0xff",		0xff, 0,			-ENOSYS },
	{ "hc-unknown-0x102",		0x102, 0,			-ENOSYS },
	{ "hc-unknown-highest",		0xffffffff, 0,			-ENOSYS },
	{ "hc-disable",			JAILHOUSE_HC_DISABLE, 0,	-EPERM },
	{ "hc-cell-create",		JAILHOUSE_HC_CELL_CREATE, 0,	-EPERM },
	{ "hc-cell-start",		JAILHOUSE_HC_CELL_START, 1,	-EPERM },
	{ "hc-cell-set-loadable",	JAILHOUSE_HC_CELL_SET_LOADABLE, 1, -EPERM },
	{ "hc-cell-destroy",		JAILHOUSE_HC_CELL_DESTROY, 1,	-EPERM },
	{ "hc-cell-get-state",		JAILHOUSE_HC_CELL_GET_STATE, 1,	-EPERM },
	{ "hc-read-config",		JAILHOUSE_HC_READ_CONFIG, 0,	-EPERM },
	{ "hc-read-console",		JAILHOUSE_HC_READ_CONSOLE, 0,	-EPERM },
	{ "hc-info-bad-type",		JAILHOUSE_HC_HYPERVISOR_GET_INFO, 99, -EINVAL },
	/* clang-format on */
};

static const struct {
	const char *name;
	u64 cpu, type;
	bool own;
	long expected;
} cpu_infos[] = {
	/* clang-format off */
	{ "hc-cpu-own-state",	0, JAILHOUSE_CPU_INFO_STATE, true, JAILHOUSE_CPU_RUNNING },
	{ "hc-cpu-own-bad-type", 0, 999, true, -EINVAL },
	{ "hc-cpu-foreign",	0, JAILHOUSE_CPU_INFO_STATE, false, -EPERM },
	{ "hc-cpu-unknown",	0xffff, JAILHOUSE_CPU_INFO_STATE, false, -EINVAL },
	/* clang-format on */
};

static void putc_matches_flags(void)
{
	bool permitted =
		comm_region()->flags & JAILHOUSE_COMM_FLAG_DBG_PUTC_PERMITTED;

	report_equal("hc-putc",
		     (u64)hypercall(JAILHOUSE_HC_DEBUG_CONSOLE_PUTC, '\n', 0),
		     permitted ? 0 : (u64)-EPERM);
}

void policy_hypercalls(void)
{
	unsigned int n;
	long result;

	for (n = 0; n < ARRAY_SIZE(hypercalls); n++) {
		result = hypercall(hypercalls[n].code, hypercalls[n].arg1, 0);
		report_equal(hypercalls[n].name, (u64)result,
			     (u64)hypercalls[n].expected);
	}
	for (n = 0; n < ARRAY_SIZE(cpu_infos); n++) {
		result = hypercall(JAILHOUSE_HC_CPU_GET_INFO,
				   cpu_infos[n].own ? policy.cpu
						    : cpu_infos[n].cpu,
				   cpu_infos[n].type);
		report_equal(cpu_infos[n].name, (u64)result,
			     (u64)cpu_infos[n].expected);
	}
	putc_matches_flags();
	result = hypercall(JAILHOUSE_HC_HYPERVISOR_GET_INFO,
			   JAILHOUSE_INFO_NUM_CELLS, 0);
	report_true("hc-info-cells", result >= 2,
		    "fewer than the root and this cell");
	result = hypercall(JAILHOUSE_HC_CPU_GET_INFO, policy.cpu,
			   JAILHOUSE_CPU_INFO_STAT_BASE +
				   JAILHOUSE_CPU_STAT_VMEXITS_HYPERCALL);
	report_true("hc-cpu-own-exits", result >= (long)n,
		    "fewer exits than hypercalls were made");
}

static const struct {
	const char *name;
	u32 function;
	u64 arg1;
	int expected;
} calls[] = {
	/* clang-format off */
	{ "psci-version",		PSCI_VERSION, 0, 0x10001 },
	{ "psci-features-version",	PSCI_FEATURES, PSCI_VERSION, 0 },
	{ "psci-features-suspend",	PSCI_FEATURES, PSCI_CPU_SUSPEND, 0 },
	{ "psci-features-off",		PSCI_FEATURES, PSCI_CPU_OFF, 0 },
	{ "psci-features-on",		PSCI_FEATURES, PSCI_CPU_ON, 0 },
	{ "psci-features-affinity",	PSCI_FEATURES, PSCI_AFFINITY_INFO, 0 },
	{ "psci-features-features",	PSCI_FEATURES, PSCI_FEATURES, 0 },
	{ "psci-features-smccc",	PSCI_FEATURES, SMCCC_VERSION, 0 },
	{ "psci-features-migrate",	PSCI_FEATURES, PSCI_MIGRATE_INFO_TYPE, PSCI_NOT_SUPPORTED },
	{ "psci-features-unknown",	PSCI_FEATURES, 0x8400001f, PSCI_NOT_SUPPORTED },
	{ "psci-migrate-info",		PSCI_MIGRATE_INFO_TYPE, 0, PSCI_NOT_SUPPORTED },
	{ "psci-unknown",		0x8400001f, 0, PSCI_NOT_SUPPORTED },
	{ "psci-unknown-64",		0xc400001f, 0, PSCI_NOT_SUPPORTED },
	{ "smccc-version",		SMCCC_VERSION, 0, 0x10001 },
	{ "smccc-unknown",		0x80000010, 0, PSCI_NOT_SUPPORTED },
	{ "smccc-features-unknown",	SMCCC_ARCH_FEATURES, 0x80000010, PSCI_NOT_SUPPORTED },
	{ "smc-trng",			0x84000050, 0, PSCI_NOT_SUPPORTED },
	{ "sip-first",			0x82000000, 0, PSCI_NOT_SUPPORTED },
	{ "sip-first-64",		0xc2000000, 0, PSCI_NOT_SUPPORTED },
	{ "sip-last-64",		0xc200ffff, 0, PSCI_NOT_SUPPORTED },
	/* clang-format on */
};

/* CPU_SUSPEND with the timer as what ends it: not earlier, result 0 */
static void suspend_waits(void)
{
	u64 deadline = timer_ticks() + timer_frequency() / 100;
	int result;

	timer_set_deadline(deadline);
	result = psci_call(PSCI_CPU_SUSPEND, 0, 0, 0);
	report_equal("psci-suspend-result", (u64)result, 0);
	report_true("psci-suspend-waits", timer_ticks() >= deadline,
		    "it came back before the interrupt was due");
	report_true("psci-suspend-irq", policy_wait_taken(TIMER_IRQ, 0),
		    "the interrupt that ended it is lost");
}

void policy_psci(void)
{
	u64 own = cpu_mpidr(), foreign = policy.mpidr;
	unsigned int n;
	int result;

	for (n = 0; n < ARRAY_SIZE(calls); n++) {
		result = psci_call(calls[n].function, calls[n].arg1, 0, 0);
		report_equal(calls[n].name, (u64)result,
			     (u64)calls[n].expected);
	}
	result = psci_call(PSCI_AFFINITY_INFO, own, 0, 0);
	report_equal("psci-affinity-own", (u64)result, PSCI_AFFINITY_ON);
	/* 32-bit calls have 32-bit arguments (DEN 0028, 3.1). */
	result = psci_call(PSCI_AFFINITY_INFO_32, own | 0xff55ULL << 32,
			   0xffULL << 32, 0);
	report_equal("psci-affinity-own-32", (u64)result, PSCI_AFFINITY_ON);
	result = psci_call(PSCI_CPU_ON_32, own | 0xff55ULL << 32, 0, 0);
	report_equal("psci-on-own-32", (u64)result, (u64)PSCI_ALREADY_ON);
	result = psci_call(PSCI_AFFINITY_INFO, own | 1ULL << 32, 0, 0);
	report_equal("psci-affinity-wide", (u64)result, (u64)PSCI_DENIED);
	result = psci_call(PSCI_AFFINITY_INFO, foreign, 0, 0);
	report_equal("psci-affinity-foreign", (u64)result, (u64)PSCI_DENIED);
	result = psci_call(PSCI_CPU_ON, own, 0, 0);
	report_equal("psci-on-own", (u64)result, (u64)PSCI_ALREADY_ON);
	result = psci_call(PSCI_CPU_ON, foreign, 0, 0);
	report_equal("psci-on-foreign", (u64)result, (u64)PSCI_DENIED);
	result = psci_call(PSCI_CPU_ON_32, foreign, 0, 0);
	report_equal("psci-on-foreign-32", (u64)result, (u64)PSCI_DENIED);
	suspend_waits();
}
