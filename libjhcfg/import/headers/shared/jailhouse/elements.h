/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Structs of the dialects other than revision 14 that most of them share. */
#ifndef JAILHOUSE_ELEMENTS_H
#define JAILHOUSE_ELEMENTS_H

#include <jailhouse/common.h>

#ifndef JAILHOUSE_REVISION_9
struct jailhouse_console {
	__u64 address;
	__u32 size;
	__u16 type;
	__u16 flags;
	__u32 divider;
	__u32 gate_nr;
	__u64 clock_reg;
} __attribute__((packed));
#endif

struct jailhouse_memory {
	__u64 phys_start;
	__u64 virt_start;
	__u64 size;
	__u64 flags;
#ifdef JAILHOUSE_MEMORY_HAS_COLORS
	__u64 colors;
#endif
} __attribute__((packed));

struct jailhouse_cache {
	__u32 start;
	__u32 size;
	__u8 type;
	__u8 padding;
	__u16 flags;
} __attribute__((packed));

struct jailhouse_irqchip {
	__u64 address;
	__u32 id;
	__u32 pin_base;
	__u32 pin_bitmap[4];
} __attribute__((packed));

struct jailhouse_pio {
	__u16 base;
	__u16 length;
} __attribute__((packed));

struct jailhouse_pci_device {
	__u8 type;
	__u8 iommu;
	__u16 domain;
	__u16 bdf;
#ifdef JAILHOUSE_PCI_HAS_VIRT_BDF
	__u32 virt_bdf;
#endif
	__u32 bar_mask[6];
	__u16 caps_start;
	__u16 num_caps;
	__u8 num_msi_vectors;
	__u8 msi_64bits : 1;
	__u8 msi_maskable : 1;
	__u16 num_msix_vectors;
	__u16 msix_region_size;
	__u64 msix_address;
#if JAILHOUSE_ERA < 12
	__u32 shmem_region; /* index of the only one */
	__u16 shmem_protocol;
	__u8 padding[2];
#else
	__u32 shmem_regions_start;
	__u8 shmem_dev_id;
	__u8 shmem_peers;
	__u16 shmem_protocol;
#endif
} __attribute__((packed));

struct jailhouse_pci_capability {
	__u16 id;
	__u16 start;
	__u16 len;
	__u16 flags;
} __attribute__((packed));

/* An IOMMU unit of revision 12 and later, but for forks. */
#ifdef JAILHOUSE_COMMON_IOMMU
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
#ifdef JAILHOUSE_IOMMU_HAS_SID_MASK
		struct {
			__u32 sid_mask;
		} __attribute__((packed)) arm_mmu500;
#endif
	};
} __attribute__((packed));
#endif

/* v0.12 had plain numbers; as a union they still are. */
union jailhouse_stream_id {
	__u32 id;
	struct {
		__u16 id;
		__u16 mask_out;
	} __attribute__((packed)) mmu500;
} __attribute__((packed));

/* Platform parts of the system descriptor; packed up to revision 12. */
/* clang-format off */
#define JAILHOUSE_X86_PACKED \
	__u16 pm_timer_address; \
	__u32 vtd_interrupt_limit; \
	__u8 apic_mode; \
	__u8 padding[3]; \
	__u32 tsc_khz; \
	__u32 apic_khz;
#define JAILHOUSE_ARM_PACKED \
	__u8 maintenance_irq; \
	__u8 gic_version; \
	__u64 gicd_base; \
	__u64 gicc_base; \
	__u64 gich_base; \
	__u64 gicv_base; \
	__u64 gicr_base;
#define JAILHOUSE_X86_ALIGNED \
	__u16 pm_timer_address; \
	__u8 apic_mode; \
	__u8 padding; \
	__u32 vtd_interrupt_limit; \
	__u32 tsc_khz; \
	__u32 apic_khz;
#define JAILHOUSE_ARM_ALIGNED \
	__u8 maintenance_irq; \
	__u8 gic_version; \
	__u8 padding[2]; \
	__u64 gicd_base; \
	__u64 gicc_base; \
	__u64 gich_base; \
	__u64 gicv_base; \
	__u64 gicr_base;
/* clang-format on */

#endif
