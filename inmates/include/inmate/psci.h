/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* PSCI and SMCCC function numbers and results: ARM DEN 0022, DEN 0028 */
#ifndef INMATE_PSCI_H
#define INMATE_PSCI_H

#include <asm/calls.h>

/* Functions with addresses exist for callers of 32 and of 64 bits: those
 * without a number are for the bits that this inmate has. */
#define PSCI_64_BITS 0x40000000U
#define PSCI_WORD    (sizeof(long) == 8 ? PSCI_64_BITS : 0)

/* clang-format off */
#define PSCI_VERSION		0x84000000U
#define PSCI_CPU_SUSPEND_32	0x84000001U
#define PSCI_CPU_SUSPEND	(PSCI_CPU_SUSPEND_32 | PSCI_WORD)
#define PSCI_CPU_OFF		0x84000002U
#define PSCI_CPU_ON_32		0x84000003U
#define PSCI_CPU_ON		(PSCI_CPU_ON_32 | PSCI_WORD)
#define PSCI_AFFINITY_INFO_32	0x84000004U
#define PSCI_AFFINITY_INFO	(PSCI_AFFINITY_INFO_32 | PSCI_WORD)
#define PSCI_MIGRATE_INFO_TYPE	0x84000006U
#define PSCI_SYSTEM_OFF		0x84000008U
#define PSCI_SYSTEM_RESET	0x84000009U
#define PSCI_FEATURES		0x8400000aU
#define SMCCC_VERSION		0x80000000U
#define SMCCC_ARCH_FEATURES	0x80000001U

#define PSCI_SUCCESS		0
#define PSCI_NOT_SUPPORTED	(-1)
#define PSCI_INVALID_PARAMETERS	(-2)
#define PSCI_DENIED		(-3)
#define PSCI_ALREADY_ON		(-4)
#define PSCI_AFFINITY_ON	0
#define PSCI_AFFINITY_OFF	1
/* clang-format on */

/* Results are signed 32-bit values, whatever a 64-bit register holds above. */
static inline int psci_call(u32 function, u64 arg1, u64 arg2, u64 arg3)
{
	return (int)smccc_smc(function, arg1, arg2, arg3);
}

#endif
