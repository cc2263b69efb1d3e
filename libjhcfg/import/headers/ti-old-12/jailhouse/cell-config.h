/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* TI's revision 12 of before v0.12 */
#ifndef JAILHOUSE_CELL_CONFIG_H
#define JAILHOUSE_CELL_CONFIG_H

#define JAILHOUSE_CONFIG_REVISION 12
#define JAILHOUSE_ERA		  11
#define JAILHOUSE_OWN_IOMMU_TYPES
#include <jailhouse/elements.h>

enum jailhouse_iommu_type {
	JAILHOUSE_IOMMU_AMD,
	JAILHOUSE_IOMMU_INTEL,
	JAILHOUSE_IOMMU_SMMUV3,
	JAILHOUSE_IOMMU_PVU,
};

struct jailhouse_iommu {
	enum jailhouse_iommu_type type;
	union {
		struct {
			__u64 base;
			__u32 size;
			__u16 amd_bdf;
			__u8 amd_base_cap;
			__u8 amd_msi_cap;
			__u32 amd_features;
		} __attribute__((packed));
		struct {
			__u64 cfg_base;
			__u32 cfg_size;
			__u32 padding1;
			__u64 tlb_base;
			__u32 tlb_size;
			__u32 padding2;
		} __attribute__((packed)) tipvu;
	};
} __attribute__((packed));

/* A bit for each register that the cell may access */
struct jailhouse_regmap {
	__u64 reg_base;
	__u32 reg_count;
	__u8 reg_size;
	__u32 flags;
	__u32 reg_bitmap[8];
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
	__u32 num_stream_ids;
	__u32 num_regmaps;

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
		union {
			struct {
				JAILHOUSE_X86_PACKED
				struct jailhouse_iommu
					iommu_units[JAILHOUSE_MAX_IOMMU_UNITS];
			} __attribute__((packed)) x86;
			struct {
				JAILHOUSE_ARM_PACKED
				struct jailhouse_iommu
					iommu_units[JAILHOUSE_MAX_IOMMU_UNITS];
			} __attribute__((packed)) arm;
		};
	} __attribute__((packed)) platform_info;
	struct jailhouse_cell_desc root_cell;
} __attribute__((packed));

#endif
