/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Binary configuration format, revision 14. A configuration is one packed C
 * object: a descriptor followed by arrays whose lengths the descriptor holds,
 * in the order of the accessor functions at the end of this file. C sources of
 * existing configurations compile against this header unchanged.
 */
#ifndef JAILHOUSE_CELL_CONFIG_H
#define JAILHOUSE_CELL_CONFIG_H

#include <jailhouse/types.h>

#define JAILHOUSE_CONFIG_REVISION 14

#define JAILHOUSE_SYSTEM_SIGNATURE    "JHSYS"
#define JAILHOUSE_CELL_DESC_SIGNATURE "JHCLL"

/* Signatures fill their array and carry no NUL. */
#if defined(__has_attribute)
#if __has_attribute(__nonstring__)
#define JAILHOUSE_NONSTRING __attribute__((__nonstring__))
#endif
#endif
#ifndef JAILHOUSE_NONSTRING
#define JAILHOUSE_NONSTRING
#endif

/* Old sources define ARRAY_SIZE on their own, in spellings that differ. */
#if !defined(ARRAY_SIZE) && !defined(JAILHOUSE_NO_ARRAY_SIZE)
#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))
#endif

/* clang-format off */
/* Architectures */
#define JAILHOUSE_X86   0
#define JAILHOUSE_ARM   1
#define JAILHOUSE_ARM64 2

/* Cell names, without the terminating NUL */
#define JAILHOUSE_CELL_NAME_MAXLEN 31

/* Cell flags */
#define JAILHOUSE_CELL_PASSIVE_COMMREG           0x00000001
#define JAILHOUSE_CELL_TEST_DEVICE               0x00000002
#define JAILHOUSE_CELL_AARCH32                   0x00000004
#define JAILHOUSE_CELL_VIRTUAL_CONSOLE_PERMITTED 0x40000000
#define JAILHOUSE_CELL_VIRTUAL_CONSOLE_ACTIVE    0x80000000

#define CELL_FLAGS_VIRTUAL_CONSOLE_ACTIVE(flags) \
	(!!((flags) & JAILHOUSE_CELL_VIRTUAL_CONSOLE_ACTIVE))
#define CELL_FLAGS_VIRTUAL_CONSOLE_PERMITTED(flags) \
	(!!((flags) & JAILHOUSE_CELL_VIRTUAL_CONSOLE_PERMITTED))

/* System flags */
#define JAILHOUSE_SYS_VIRTUAL_DEBUG_CONSOLE 0x0001

#define SYS_FLAGS_VIRTUAL_DEBUG_CONSOLE(flags) \
	(!!((flags) & JAILHOUSE_SYS_VIRTUAL_DEBUG_CONSOLE))

/* UART or screen of the hypervisor or of a cell */
#define JAILHOUSE_CON_TYPE_NONE       0x0000
#define JAILHOUSE_CON_TYPE_EFIFB      0x0001
#define JAILHOUSE_CON_TYPE_8250       0x0002
#define JAILHOUSE_CON_TYPE_PL011      0x0003
#define JAILHOUSE_CON_TYPE_XUARTPS    0x0004
#define JAILHOUSE_CON_TYPE_MVEBU      0x0005
#define JAILHOUSE_CON_TYPE_HSCIF      0x0006
#define JAILHOUSE_CON_TYPE_SCIFA      0x0007
#define JAILHOUSE_CON_TYPE_IMX        0x0008
#define JAILHOUSE_CON_TYPE_IMX_LPUART 0x0009
#define JAILHOUSE_CON_TYPE_SCIF       0x000a

#define JAILHOUSE_CON_ACCESS_PIO    0x0000
#define JAILHOUSE_CON_ACCESS_MMIO   0x0001
#define JAILHOUSE_CON_REGDIST_1     0x0000
#define JAILHOUSE_CON_REGDIST_4     0x0002
#define JAILHOUSE_CON_FB_1024x768   0x0000
#define JAILHOUSE_CON_FB_1920x1080  0x0004
#define JAILHOUSE_CON_INVERTED_GATE 0x1000
#define JAILHOUSE_CON_MDR_QUIRK     0x2000

#define CON_IS_MMIO(flags)	     (!!((flags) & JAILHOUSE_CON_ACCESS_MMIO))
#define CON_USES_REGDIST_1(flags)    (!((flags) & JAILHOUSE_CON_REGDIST_4))
#define CON_HAS_INVERTED_GATE(flags) (!!((flags) & JAILHOUSE_CON_INVERTED_GATE))
#define CON_HAS_MDR_QUIRK(flags)     (!!((flags) & JAILHOUSE_CON_MDR_QUIRK))
#define FB_IS_1920x1080(flags)	     (!!((flags) & JAILHOUSE_CON_FB_1920x1080))
/* clang-format on */

struct jailhouse_console {
	__u64 address;
	__u32 size;
	__u16 type;
	__u16 flags;
	__u32 divider;	 /* 0: leave the UART as it was set up */
	__u32 gate_nr;	 /* bit in clock_reg */
	__u64 clock_reg; /* physical address of a 32-bit register, or 0 */
} __attribute__((packed));

struct jailhouse_cell_desc {
	char signature[5] JAILHOUSE_NONSTRING;
	__u8 architecture;
	__u16 revision;

	char name[JAILHOUSE_CELL_NAME_MAXLEN + 1];
	__u32 id; /* set by the driver */
	__u32 flags;

	__u32 cpu_set_size; /* bytes */
	__u32 num_memory_regions;
	__u32 num_cache_regions;
	__u32 num_irqchips;
	__u32 num_pio_regions;
	__u32 num_pci_devices;
	__u32 num_pci_caps;
	__u32 num_stream_ids;

	__u32 vpci_irq_base; /* SPI number: INTID - 32 */

	__u64 cpu_reset_address;
	__u64 msg_reply_timeout; /* us; 0 = the default */

	struct jailhouse_console console;
} __attribute__((packed));

/* clang-format off */
/* Memory regions */
#define JAILHOUSE_MEM_READ	   0x0001
#define JAILHOUSE_MEM_WRITE	   0x0002
#define JAILHOUSE_MEM_EXECUTE	   0x0004
#define JAILHOUSE_MEM_DMA	   0x0008
#define JAILHOUSE_MEM_IO	   0x0010
#define JAILHOUSE_MEM_COMM_REGION  0x0020
#define JAILHOUSE_MEM_LOADABLE	   0x0040
#define JAILHOUSE_MEM_ROOTSHARED   0x0080
#define JAILHOUSE_MEM_NO_HUGEPAGES 0x0100
#define JAILHOUSE_MEM_IO_UNALIGNED 0x8000
#define JAILHOUSE_MEM_IO_WIDTH_SHIFT 16 /* width in bytes << this */
#define JAILHOUSE_MEM_IO_8	     0x10000
#define JAILHOUSE_MEM_IO_16	     0x20000
#define JAILHOUSE_MEM_IO_32	     0x40000
#define JAILHOUSE_MEM_IO_64	     0x80000
/* clang-format on */

struct jailhouse_memory {
	__u64 phys_start;
	__u64 virt_start; /* guest-physical */
	__u64 size;
	__u64 flags;
} __attribute__((packed));

/* clang-format off */
/* Regions that do not cover whole pages trap on each access. */
#define JAILHOUSE_MEMORY_IS_SUBPAGE(mem) \
	((((mem)->virt_start | (mem)->size) & 0xfff) != 0)

/* The four regions of a two-peer, 1 MiB Ethernet link, see the ivshmem part
 * of the manual; dev_id is the peer that this configuration belongs to. */
#define JAILHOUSE_SHMEM_NET_REGIONS(start, dev_id)                        \
	{                                                                 \
		.phys_start = (start),                                    \
		.virt_start = (start),                                    \
		.size = 0x1000,                                           \
		.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_ROOTSHARED,   \
	},                                                                \
	{ 0 },                                                            \
	{                                                                 \
		.phys_start = (start) + 0x1000,                           \
		.virt_start = (start) + 0x1000,                           \
		.size = 0x7f000,                                          \
		.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_ROOTSHARED |  \
			 (((dev_id) == 0) ? JAILHOUSE_MEM_WRITE : 0),     \
	},                                                                \
	{                                                                 \
		.phys_start = (start) + 0x80000,                          \
		.virt_start = (start) + 0x80000,                          \
		.size = 0x7f000,                                          \
		.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_ROOTSHARED |  \
			 (((dev_id) == 1) ? JAILHOUSE_MEM_WRITE : 0),     \
	}
/* clang-format on */

/* Cache regions */
#define JAILHOUSE_CACHE_L3_CODE 0x01
#define JAILHOUSE_CACHE_L3_DATA 0x02
#define JAILHOUSE_CACHE_L3	(JAILHOUSE_CACHE_L3_CODE | JAILHOUSE_CACHE_L3_DATA)

#define JAILHOUSE_CACHE_ROOTSHARED 0x0001

struct jailhouse_cache {
	__u32 start; /* first way */
	__u32 size;  /* ways */
	__u8 type;
	__u8 padding;
	__u16 flags;
} __attribute__((packed));

/* Interrupt chips: bit n of the bitmap is pin (ARM: INTID) pin_base + n */
struct jailhouse_irqchip {
	__u64 address;
	__u32 id;
	__u32 pin_base;
	__u32 pin_bitmap[4];
} __attribute__((packed));

/*
 * Port ranges that the cell may access (x86).
 *
 * Our extension, of the root on ARM: numbers (the lower 16 bits) of the SiP
 * firmware functions that it may call, 0x8200nnnn and 0xc200nnnn. Without, or
 * by other implementations, it is told that they do not exist.
 */
struct jailhouse_pio {
	__u16 base;
	__u16 length;
} __attribute__((packed));

#define PIO_RANGE(first, count)                                                \
	{                                                                      \
		.base = (first), .length = (count),                            \
	}

/* PCI devices */
#define JAILHOUSE_PCI_TYPE_DEVICE  0x01
#define JAILHOUSE_PCI_TYPE_BRIDGE  0x02
#define JAILHOUSE_PCI_TYPE_IVSHMEM 0x03

/* clang-format off */
#define JAILHOUSE_IVSHMEM_BAR_MASK_INTX \
	{ 0xfffff000, 0x00000000, 0x00000000, 0x00000000, 0x00000000, 0x00000000 }
#define JAILHOUSE_IVSHMEM_BAR_MASK_MSIX \
	{ 0xfffff000, 0xfffff000, 0x00000000, 0x00000000, 0x00000000, 0x00000000 }
#define JAILHOUSE_IVSHMEM_BAR_MASK_INTX_64K \
	{ 0xffff0000, 0x00000000, 0x00000000, 0x00000000, 0x00000000, 0x00000000 }
#define JAILHOUSE_IVSHMEM_BAR_MASK_MSIX_64K \
	{ 0xffff0000, 0xffff0000, 0x00000000, 0x00000000, 0x00000000, 0x00000000 }
/* clang-format on */

#define JAILHOUSE_SHMEM_PROTO_UNDEFINED	   0x0000
#define JAILHOUSE_SHMEM_PROTO_VETH	   0x0001
#define JAILHOUSE_SHMEM_PROTO_CUSTOM	   0x4000 /* to 0x7fff */
#define JAILHOUSE_SHMEM_PROTO_VIRTIO_FRONT 0x8000 /* to 0xbfff */
#define JAILHOUSE_SHMEM_PROTO_VIRTIO_BACK  0xc000 /* to 0xffff */

#define VIRTIO_DEV_NET	   1
#define VIRTIO_DEV_BLOCK   2
#define VIRTIO_DEV_CONSOLE 3

struct jailhouse_pci_device {
	__u8 type;
	__u8 iommu;
	__u16 domain;
	__u16 bdf;
	__u32 bar_mask[6];
	__u16 caps_start;
	__u16 num_caps;
	__u8 num_msi_vectors;
	__u8 msi_64bits : 1;
	__u8 msi_maskable : 1;
	__u16 num_msix_vectors;
	__u16 msix_region_size;
	__u64 msix_address;
	/* ivshmem: index of the first region, own id, number of peers */
	__u32 shmem_regions_start;
	__u8 shmem_dev_id;
	__u8 shmem_peers;
	__u16 shmem_protocol;
} __attribute__((packed));

/* PCI capabilities */
#define JAILHOUSE_PCI_EXT_CAP	0x8000
#define JAILHOUSE_PCICAPS_WRITE 0x0001

/* Spelled as in <linux/pci_regs.h>, so that a file may include both. */
/* clang-format off */
#define PCI_CAP_ID_PM		0x01
#define PCI_CAP_ID_VPD		0x03
#define PCI_CAP_ID_MSI		0x05
#define PCI_CAP_ID_HT		0x08
#define PCI_CAP_ID_VNDR		0x09
#define PCI_CAP_ID_DBG		0x0A
#define PCI_CAP_ID_SSVID	0x0D
#define PCI_CAP_ID_SECDEV	0x0F
#define PCI_CAP_ID_EXP		0x10
#define PCI_CAP_ID_MSIX		0x11
#define PCI_CAP_ID_SATA		0x12
#define PCI_CAP_ID_AF		0x13

#define PCI_EXT_CAP_ID_ERR	0x01
#define PCI_EXT_CAP_ID_VC	0x02
#define PCI_EXT_CAP_ID_DSN	0x03
#define PCI_EXT_CAP_ID_PWR	0x04
#define PCI_EXT_CAP_ID_RCLD	0x05
#define PCI_EXT_CAP_ID_RCILC	0x06
#define PCI_EXT_CAP_ID_RCEC	0x07
#define PCI_EXT_CAP_ID_MFVC	0x08
#define PCI_EXT_CAP_ID_VC9	0x09
#define PCI_EXT_CAP_ID_RCRB	0x0A
#define PCI_EXT_CAP_ID_VNDR	0x0B
#define PCI_EXT_CAP_ID_CAC	0x0C
#define PCI_EXT_CAP_ID_ACS	0x0D
#define PCI_EXT_CAP_ID_ARI	0x0E
#define PCI_EXT_CAP_ID_ATS	0x0F
#define PCI_EXT_CAP_ID_SRIOV	0x10
#define PCI_EXT_CAP_ID_MRIOV	0x11
#define PCI_EXT_CAP_ID_MCAST	0x12
#define PCI_EXT_CAP_ID_PRI	0x13
#define PCI_EXT_CAP_ID_AMD_XXX	0x14
#define PCI_EXT_CAP_ID_REBAR	0x15
#define PCI_EXT_CAP_ID_DPA	0x16
#define PCI_EXT_CAP_ID_TPH	0x17
#define PCI_EXT_CAP_ID_LTR	0x18
#define PCI_EXT_CAP_ID_SECPCI	0x19
#define PCI_EXT_CAP_ID_PMUX	0x1A
#define PCI_EXT_CAP_ID_PASID	0x1B
#define PCI_EXT_CAP_ID_DPC	0x1D
#define PCI_EXT_CAP_ID_L1SS	0x1E
#define PCI_EXT_CAP_ID_PTM	0x1F
/* clang-format on */

struct jailhouse_pci_capability {
	__u16 id;
	__u16 start;
	__u16 len;
	__u16 flags;
} __attribute__((packed));

/* x86 APIC modes */
#define JAILHOUSE_APIC_MODE_AUTO   0
#define JAILHOUSE_APIC_MODE_XAPIC  1
#define JAILHOUSE_APIC_MODE_X2APIC 2

/* IOMMUs: the list ends at the first unit without a base */
#define JAILHOUSE_MAX_IOMMU_UNITS 8

#define JAILHOUSE_IOMMU_AMD	   1
#define JAILHOUSE_IOMMU_INTEL	   2
#define JAILHOUSE_IOMMU_SMMUV3	   3
#define JAILHOUSE_IOMMU_PVU	   4
#define JAILHOUSE_IOMMU_ARM_MMU500 5

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
} __attribute__((packed));

/* A 1 in mask_out makes that bit of the id "don't care". */
union jailhouse_stream_id {
	__u32 id;
	struct {
		__u16 id;
		__u16 mask_out;
	} __attribute__((packed)) mmu500;
} __attribute__((packed));

struct jailhouse_system {
	char signature[5] JAILHOUSE_NONSTRING;
	__u8 architecture;
	__u16 revision;

	__u32 flags;

	/* only phys_start and size count */
	struct jailhouse_memory hypervisor_memory;
	struct jailhouse_console debug_console;
	struct {
		__u64 pci_mmconfig_base;
		__u8 pci_mmconfig_end_bus;
		__u8 pci_is_virtual;
		__u16 pci_domain; /* 0xffff: Linux picks one */
		struct jailhouse_iommu iommu_units[JAILHOUSE_MAX_IOMMU_UNITS];
		union {
			struct {
				__u16 pm_timer_address;
				__u8 apic_mode;
				__u8 padding;
				__u32 vtd_interrupt_limit;
				__u32 tsc_khz;
				__u32 apic_khz;
			} __attribute__((packed)) x86;
			struct {
				__u8 maintenance_irq;
				__u8 gic_version;
				__u8 padding[2];
				__u64 gicd_base;
				__u64 gicc_base;
				__u64 gich_base;
				__u64 gicv_base;
				__u64 gicr_base;
			} __attribute__((packed)) arm;
		};
	} __attribute__((packed)) platform_info;
	struct jailhouse_cell_desc root_cell;
} __attribute__((packed));

/*
 * Accessors. They compute addresses from the counts and check nothing: use
 * them only on a configuration whose size was compared with
 * jailhouse_cell_config_size().
 */

/* Size in bytes of a cell configuration with all its arrays. The sum of
 * eight products of 32-bit counts cannot wrap in 64 bits. */
static inline __u64 jailhouse_cell_config_size64(
	const struct jailhouse_cell_desc *cell)
{
	return sizeof(struct jailhouse_cell_desc) + (__u64)cell->cpu_set_size +
	       (__u64)cell->num_memory_regions *
		       sizeof(struct jailhouse_memory) +
	       (__u64)cell->num_cache_regions * sizeof(struct jailhouse_cache) +
	       (__u64)cell->num_irqchips * sizeof(struct jailhouse_irqchip) +
	       (__u64)cell->num_pio_regions * sizeof(struct jailhouse_pio) +
	       (__u64)cell->num_pci_devices *
		       sizeof(struct jailhouse_pci_device) +
	       (__u64)cell->num_pci_caps *
		       sizeof(struct jailhouse_pci_capability) +
	       (__u64)cell->num_stream_ids * sizeof(union jailhouse_stream_id);
}

static inline __u32 jailhouse_cell_config_size(
	const struct jailhouse_cell_desc *cell)
{
	return (__u32)jailhouse_cell_config_size64(cell);
}

static inline __u32 jailhouse_system_config_size(
	const struct jailhouse_system *system)
{
	return (__u32)(sizeof(*system) - sizeof(system->root_cell)) +
	       jailhouse_cell_config_size(&system->root_cell);
}

static inline const unsigned long *jailhouse_cell_cpu_set(
	const struct jailhouse_cell_desc *cell)
{
	return (const unsigned long *)((const void *)((const char *)cell +
						      sizeof(*cell)));
}

static inline const struct jailhouse_memory *jailhouse_cell_mem_regions(
	const struct jailhouse_cell_desc *cell)
{
	return (const struct jailhouse_memory *)((
		const void *)((const char *)jailhouse_cell_cpu_set(cell) +
			      cell->cpu_set_size));
}

static inline const struct jailhouse_cache *jailhouse_cell_cache_regions(
	const struct jailhouse_cell_desc *cell)
{
	return (const struct jailhouse_cache
			*)(const void *)(jailhouse_cell_mem_regions(cell) +
					 cell->num_memory_regions);
}

static inline const struct jailhouse_irqchip *jailhouse_cell_irqchips(
	const struct jailhouse_cell_desc *cell)
{
	return (const struct jailhouse_irqchip
			*)(const void *)(jailhouse_cell_cache_regions(cell) +
					 cell->num_cache_regions);
}

static inline const struct jailhouse_pio *jailhouse_cell_pio(
	const struct jailhouse_cell_desc *cell)
{
	return (const struct jailhouse_pio
			*)(const void *)(jailhouse_cell_irqchips(cell) +
					 cell->num_irqchips);
}

static inline const struct jailhouse_pci_device *jailhouse_cell_pci_devices(
	const struct jailhouse_cell_desc *cell)
{
	return (const struct jailhouse_pci_device
			*)(const void *)(jailhouse_cell_pio(cell) +
					 cell->num_pio_regions);
}

static inline const struct jailhouse_pci_capability *jailhouse_cell_pci_caps(
	const struct jailhouse_cell_desc *cell)
{
	return (const struct jailhouse_pci_capability
			*)(const void *)(jailhouse_cell_pci_devices(cell) +
					 cell->num_pci_devices);
}

static inline const union jailhouse_stream_id *jailhouse_cell_stream_ids(
	const struct jailhouse_cell_desc *cell)
{
	return (const union jailhouse_stream_id
			*)(const void *)(jailhouse_cell_pci_caps(cell) +
					 cell->num_pci_caps);
}

#endif
