/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Revision 9: v0.9 */
#ifndef JAILHOUSE_CELL_CONFIG_H
#define JAILHOUSE_CELL_CONFIG_H

#define JAILHOUSE_CONFIG_REVISION 9
#define JAILHOUSE_ERA		  11
#define JAILHOUSE_REVISION_9
#include <jailhouse/elements.h>

/* Cell flags */
#define JAILHOUSE_CELL_PASSIVE_COMMREG 0x00000001
#define JAILHOUSE_CELL_DEBUG_CONSOLE   0x00000002
#define JAILHOUSE_CELL_TEST_DEVICE     0x00000004

/* The hypervisor's console: type and flags in one number */
#define JAILHOUSE_CON1_TYPE_MASK    0x000f
#define JAILHOUSE_CON1_TYPE_NONE    0x0000
#define JAILHOUSE_CON1_TYPE_VGA	    0x0001
#define JAILHOUSE_CON1_TYPE_8250    0x0002
#define JAILHOUSE_CON1_TYPE_PL011   0x0003
#define JAILHOUSE_CON1_TYPE_XUARTPS 0x0004
#define JAILHOUSE_CON1_TYPE_MVEBU   0x0005
#define JAILHOUSE_CON1_TYPE_HSCIF   0x0006
#define JAILHOUSE_CON1_TYPE_SCIFA   0x0007
#define JAILHOUSE_CON1_TYPE_IMX	    0x0008

#define JAILHOUSE_CON1_ACCESS_PIO  0x0000
#define JAILHOUSE_CON1_ACCESS_MMIO 0x0010
#define JAILHOUSE_CON1_REGDIST_1   0x0000
#define JAILHOUSE_CON1_REGDIST_4   0x0020

#define JAILHOUSE_CON2_TYPE_NONE     0x0000
#define JAILHOUSE_CON2_TYPE_ROOTPAGE 0x0100

struct jailhouse_debug_console {
	__u64 address;
	__u32 size;
	__u32 flags;
	__u32 divider;
	__u32 gate_nr;
	__u64 clock_reg;
} __attribute__((packed));

struct jailhouse_iommu {
	__u64 base;
	__u32 size;
	__u16 amd_bdf;
	__u8 amd_base_cap;
	__u8 amd_msi_cap;
	__u32 amd_features;
} __attribute__((packed));

struct jailhouse_cell_desc {
	char signature[6] JAILHOUSE_NONSTRING;
	__u16 revision;

	char name[JAILHOUSE_CELL_NAME_MAXLEN + 1];
	__u32 id;
	__u32 flags;

	__u32 cpu_set_size;
	__u32 num_memory_regions;
	__u32 num_cache_regions;
	__u32 num_irqchips;
	__u32 pio_bitmap_size;
	__u32 num_pci_devices;
	__u32 num_pci_caps;

	__u32 vpci_irq_base;

	__u64 cpu_reset_address;
	__u64 msg_reply_timeout;
} __attribute__((packed));

struct jailhouse_system {
	char signature[6] JAILHOUSE_NONSTRING;
	__u16 revision;

	struct jailhouse_memory hypervisor_memory;
	struct jailhouse_debug_console debug_console;
	struct {
		__u64 pci_mmconfig_base;
		__u8 pci_mmconfig_end_bus;
		__u8 pci_is_virtual;
		__u16 pci_domain;
		union {
			struct {
				JAILHOUSE_X86_PACKED
				struct jailhouse_iommu
					iommu_units[JAILHOUSE_MAX_IOMMU_UNITS];
			} __attribute__((packed)) x86;
			struct {
				JAILHOUSE_ARM_PACKED
			} __attribute__((packed)) arm;
		};
	} __attribute__((packed)) platform_info;
	struct jailhouse_cell_desc root_cell;
} __attribute__((packed));

#endif
