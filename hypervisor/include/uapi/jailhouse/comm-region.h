/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Communication region, ABI revision 2: one page that the hypervisor shares
 * with each non-root cell. By convention at guest-physical 0x80000000 on ARM
 * and 0x00100000 on x86.
 *
 * Protocol: the hypervisor clears reply_from_cell, then sets msg_to_cell. The
 * cell clears msg_to_cell, then writes its reply.
 */
#ifndef JAILHOUSE_COMM_REGION_H
#define JAILHOUSE_COMM_REGION_H

#include <jailhouse/cell-config.h>

#define JAILHOUSE_COMM_SIGNATURE "JHCOMM"
#define JAILHOUSE_COMM_REVISION	 2

/* Values of cell_state; all but the first two end the cell's run. */
#define JAILHOUSE_CELL_RUNNING	       0
#define JAILHOUSE_CELL_RUNNING_LOCKED  1
#define JAILHOUSE_CELL_SHUT_DOWN       2
#define JAILHOUSE_CELL_FAILED	       3
#define JAILHOUSE_CELL_FAILED_COMM_REV 4

/* Messages to the cell */
#define JAILHOUSE_MSG_NONE		 0
#define JAILHOUSE_MSG_SHUTDOWN_REQUEST	 1
#define JAILHOUSE_MSG_RECONFIG_COMPLETED 2

/* Replies of the cell */
#define JAILHOUSE_MSG_UNKNOWN	       1
#define JAILHOUSE_MSG_REQUEST_DENIED   2
#define JAILHOUSE_MSG_REQUEST_APPROVED 3
#define JAILHOUSE_MSG_RECEIVED	       4

#define JAILHOUSE_COMM_FLAG_DBG_PUTC_PERMITTED 0x0001
#define JAILHOUSE_COMM_FLAG_DBG_PUTC_ACTIVE    0x0002

/* Fields that all architectures have in common */
#define JAILHOUSE_COMM_GENERIC_FIELDS                                          \
	char signature[6] JAILHOUSE_NONSTRING;                                 \
	__u16 revision;                                                        \
	volatile __u32 cell_state;                                             \
	volatile __u32 msg_to_cell;                                            \
	volatile __u32 reply_from_cell;                                        \
	__u32 flags;                                                           \
	struct jailhouse_console console;                                      \
	__u64 pci_mmconfig_base;

struct jailhouse_comm_region_x86 {
	JAILHOUSE_COMM_GENERIC_FIELDS
	__u16 pm_timer_address;
	__u16 num_cpus;
	__u32 tsc_khz;
	__u32 apic_khz;
} __attribute__((packed, aligned(4)));

struct jailhouse_comm_region_arm {
	JAILHOUSE_COMM_GENERIC_FIELDS
	__u8 gic_version;
	__u8 padding[7];
	__u64 gicd_base;
	__u64 gicc_base;
	__u64 gicr_base;
	__u32 vpci_irq_base;
} __attribute__((packed, aligned(4)));

#if defined(__x86_64__) || defined(__i386__)
#define jailhouse_comm_region jailhouse_comm_region_x86
#define COMM_REGION_BASE      0x00100000UL
#else
#define jailhouse_comm_region jailhouse_comm_region_arm
#define COMM_REGION_BASE      0x80000000UL
#endif

#endif
