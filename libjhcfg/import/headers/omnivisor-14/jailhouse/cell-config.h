/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Omnivisor's revision 14. Blocks of which only the size is known are bytes
 * here: configurations that fill them by name do not compile.
 */
#ifndef JAILHOUSE_CELL_CONFIG_H
#define JAILHOUSE_CELL_CONFIG_H

#define JAILHOUSE_CONFIG_REVISION 14
#define JAILHOUSE_ERA		  12
#define JAILHOUSE_HAS_ARCHITECTURE
#define JAILHOUSE_COMMON_IOMMU
#define JAILHOUSE_MEMORY_HAS_COLORS
#include <jailhouse/elements.h>

#define JAILHOUSE_CELL_AARCH32	      0x00000004
#define JAILHOUSE_CON_TYPE_IMX_LPUART 0x0009
#define JAILHOUSE_CON_TYPE_SCIF	      0x000a
#define JAILHOUSE_IOMMU_ARM_MMU500    5

#define JAILHOUSE_MEM_COLORED	      0x0200
#define JAILHOUSE_MEM_COLORED_NO_COPY 0x0400
#define JAILHOUSE_MEM_TMP_ROOT_REMAP  0x0800

struct jailhouse_qos_device {
	__u8 bytes[20];
} __attribute__((packed));

struct jailhouse_rcpu_device {
	__u8 bytes[66];
} __attribute__((packed));

struct jailhouse_fpga_device {
	__u8 bytes[109];
} __attribute__((packed));

struct jailhouse_cell_desc {
	char signature[5] JAILHOUSE_NONSTRING;
	__u8 architecture;
	__u16 revision;

	char name[JAILHOUSE_CELL_NAME_MAXLEN + 1];
	__u32 id;
	__u32 flags;

	__u32 cpu_set_size;
	__u32 rcpu_set_size;
	__u32 fpga_regions_size;
	__u32 num_memory_regions;
	__u32 num_cache_regions;
	__u32 num_irqchips;
	__u32 num_pio_regions;
	__u32 num_pci_devices;
	__u32 num_pci_caps;
	__u32 num_stream_ids;
	__u32 num_qos_devices;
	__u32 num_rcpu_devices;
	__u32 num_fpga_devices;

	__u32 vpci_irq_base;

	__u64 cpu_reset_address;
	__u64 msg_reply_timeout;

	struct jailhouse_console console;
} __attribute__((packed));

struct jailhouse_system {
	char signature[5] JAILHOUSE_NONSTRING;
	__u8 architecture;
	__u16 revision;

	__u32 flags;

	struct jailhouse_memory hypervisor_memory;
	struct jailhouse_console debug_console;
	struct {
		__u64 pci_mmconfig_base;
		__u8 pci_mmconfig_end_bus;
		__u8 pci_is_virtual;
		__u16 pci_domain;
		__u32 no_spectre_mitigation;
		struct jailhouse_iommu iommu_units[JAILHOUSE_MAX_IOMMU_UNITS];
		struct {
			__u64 way_size;
			__u64 root_map_offset;
		} __attribute__((packed)) color;
		__u8 memguard[48];
		struct {
			__u64 nic_base;
			__u64 nic_size;
		} __attribute__((packed)) qos;
		__u8 fpga[45];
		union {
			struct {
				JAILHOUSE_X86_ALIGNED
			} __attribute__((packed)) x86;
			struct {
				JAILHOUSE_ARM_ALIGNED
			} __attribute__((packed)) arm;
		};
	} __attribute__((packed)) platform_info;
	struct jailhouse_cell_desc root_cell;
} __attribute__((packed));

#endif
