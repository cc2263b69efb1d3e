/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* NXP's revision 12 */
#ifndef JAILHOUSE_CELL_CONFIG_H
#define JAILHOUSE_CELL_CONFIG_H

#define JAILHOUSE_CONFIG_REVISION 12
#define JAILHOUSE_ERA		  12
#define JAILHOUSE_MSIX_BAR_MASK	  0xfffffe00
#include <jailhouse/elements.h>

#define JAILHOUSE_CELL_AARCH32	      0x00000004
#define JAILHOUSE_CON_TYPE_IMX_LPUART 0x0009

#define JAILHOUSE_SMMU_V1	   0
#define JAILHOUSE_SMMU_V1_64K	   1
#define JAILHOUSE_SMMU_V2	   2
#define JAILHOUSE_SMMU_GENERIC	   0
#define JAILHOUSE_SMMU_IMPL_MMU500 1

struct jailhouse_iommu {
	__u32 type;
	__u64 base;
	__u32 size;
	union {
		struct {
			__u16 bdf;
			__u8 base_cap;
			__u8 msi_cap;
			__u32 features;
		} __attribute__((packed)) amd;
		struct {
			__u64 tlb_base;
			__u32 tlb_size;
		} __attribute__((packed)) tipvu;
	};
	__u32 arm_sid_mask;
	__u32 arm_smmu_arch;
	__u32 arm_smmu_impl;
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
