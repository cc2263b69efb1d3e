/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Calls from a cell to the hypervisor, their arguments and results.
 *
 * arm64 and arm: `hvc #0x4a48`, code in register 0, arguments in 1 and 2,
 * result in 0; registers 1 to 3 are clobbered. x86: vmcall or vmmcall, EAX,
 * RDI, RSI, result in EAX. Failures are negated Linux errno values.
 */
#ifndef JAILHOUSE_HYPERCALL_H
#define JAILHOUSE_HYPERCALL_H

#include <jailhouse/cell-config.h>

#define JAILHOUSE_HVC_IMMEDIATE 0x4a48

#define JAILHOUSE_HC_DISABLE		 0
#define JAILHOUSE_HC_CELL_CREATE	 1 /* guest-phys. address of config */
#define JAILHOUSE_HC_CELL_START		 2 /* cell id */
#define JAILHOUSE_HC_CELL_SET_LOADABLE	 3 /* cell id */
#define JAILHOUSE_HC_CELL_DESTROY	 4 /* cell id */
#define JAILHOUSE_HC_HYPERVISOR_GET_INFO 5 /* info type */
#define JAILHOUSE_HC_CELL_GET_STATE	 6 /* cell id */
#define JAILHOUSE_HC_CPU_GET_INFO	 7 /* CPU id, info type */
#define JAILHOUSE_HC_DEBUG_CONSOLE_PUTC	 8 /* character */

/*
 * Extensions: the root reads back an active configuration or the virtual
 * console of a cell. Argument 1 is the cell id, JAILHOUSE_READ_SYSTEM for the
 * system configuration resp. for the hypervisor's own lines; argument 2 the
 * page-aligned guest-physical address of a struct jailhouse_read_page in the
 * root's RAM. Result: number of bytes put into data (0 at the end), -EPERM,
 * -ENOENT, -EINVAL (page not plain RAM of the root, or misaligned).
 */
#define JAILHOUSE_HC_READ_CONFIG  0x100
#define JAILHOUSE_HC_READ_CONSOLE 0x101

#define JAILHOUSE_READ_SYSTEM	 0xffffffffU
#define JAILHOUSE_READ_DATA_SIZE 4072

struct jailhouse_read_page {
	__u64 position; /* in: byte to read from; out: byte after the last */
	__u64 lost;	/* out: bytes between asked and first delivered one */
	__u64 end;	/* out: size of the config, bytes ever written */
	__u8 data[JAILHOUSE_READ_DATA_SIZE];
};

/* HYPERVISOR_GET_INFO */
#define JAILHOUSE_INFO_MEM_POOL_SIZE   0 /* 4K pages */
#define JAILHOUSE_INFO_MEM_POOL_USED   1
#define JAILHOUSE_INFO_REMAP_POOL_SIZE 2
#define JAILHOUSE_INFO_REMAP_POOL_USED 3
#define JAILHOUSE_INFO_NUM_CELLS       4

/* CPU_GET_INFO */
#define JAILHOUSE_CPU_INFO_STATE     0
#define JAILHOUSE_CPU_INFO_STAT_BASE 1000
/* Extensions: time spent per exit reason, ticks of the system counter */
#define JAILHOUSE_CPU_INFO_TICKS_BASE	  2000
#define JAILHOUSE_CPU_INFO_MAX_TICKS_BASE 3000

#define JAILHOUSE_CPU_RUNNING 0
#define JAILHOUSE_CPU_FAILED  2

/* Statistics common to all architectures */
#define JAILHOUSE_CPU_STAT_VMEXITS_TOTAL      0
#define JAILHOUSE_CPU_STAT_VMEXITS_MMIO	      1
#define JAILHOUSE_CPU_STAT_VMEXITS_MANAGEMENT 2
#define JAILHOUSE_CPU_STAT_VMEXITS_HYPERCALL  3
#define JAILHOUSE_GENERIC_CPU_STATS	      4

/* ARM and arm64 */
#define JAILHOUSE_CPU_STAT_VMEXITS_MAINTENANCE 4
#define JAILHOUSE_CPU_STAT_VMEXITS_VIRQ	       5
#define JAILHOUSE_CPU_STAT_VMEXITS_VSGI	       6
#define JAILHOUSE_CPU_STAT_VMEXITS_PSCI	       7
#define JAILHOUSE_CPU_STAT_VMEXITS_SMCCC       8
#define JAILHOUSE_CPU_STAT_VMEXITS_CP15	       9 /* 32-bit only */

/* x86 */
#define JAILHOUSE_CPU_STAT_VMEXITS_PIO		  4
#define JAILHOUSE_CPU_STAT_VMEXITS_XAPIC	  5
#define JAILHOUSE_CPU_STAT_VMEXITS_CR		  6
#define JAILHOUSE_CPU_STAT_VMEXITS_CPUID	  7
#define JAILHOUSE_CPU_STAT_VMEXITS_XSETBV	  8
#define JAILHOUSE_CPU_STAT_VMEXITS_EXCEPTION	  9
#define JAILHOUSE_CPU_STAT_VMEXITS_MSR_OTHER	  10
#define JAILHOUSE_CPU_STAT_VMEXITS_MSR_X2APIC_ICR 11

#endif
