/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The branch wip/cache-coloring, revision 13 */
#ifndef JAILHOUSE_CELL_CONFIG_H
#define JAILHOUSE_CELL_CONFIG_H

#define JAILHOUSE_CONFIG_REVISION 13
#define JAILHOUSE_ERA		  12
#define JAILHOUSE_COMMON_IOMMU
#define JAILHOUSE_IOMMU_HAS_SID_MASK
#include <jailhouse/elements.h>

#define JAILHOUSE_CELL_AARCH32	      0x00000004
#define JAILHOUSE_CON_TYPE_IMX_LPUART 0x0009
#define JAILHOUSE_CON_TYPE_SCIF	      0x000a
#define JAILHOUSE_IOMMU_ARM_MMU500    5

#define JAILHOUSE_MEM_COLORED 0x0200

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
	__u32 num_pio_regions;
	__u32 num_pci_devices;
	__u32 num_pci_caps;
	__u32 num_stream_ids;

	__u32 vpci_irq_base;

	__u64 cpu_reset_address;
	__u64 msg_reply_timeout;

	struct jailhouse_console console;
} __attribute__((packed));

struct jailhouse_system {
	char signature[6] JAILHOUSE_NONSTRING;
	__u16 revision;

	__u32 flags;

	struct jailhouse_memory hypervisor_memory;
	struct jailhouse_console debug_console;
	struct {
		__u64 pci_mmconfig_base;
		__u8 pci_mmconfig_end_bus;
		__u8 pci_is_virtual;
		__u16 pci_domain;
		__u32 max_cache_colors;
		struct jailhouse_iommu iommu_units[JAILHOUSE_MAX_IOMMU_UNITS];
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
