/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Constants of the dialects other than revision 14. The header that includes
 * this says JAILHOUSE_ERA: 11 with the old ivshmem and flags, 12 with the new
 * ones.
 */
#ifndef JAILHOUSE_COMMON_H
#define JAILHOUSE_COMMON_H

#include <jailhouse/types.h>

#ifdef JAILHOUSE_HAS_ARCHITECTURE
#define JAILHOUSE_SYSTEM_SIGNATURE    "JHSYS"
#define JAILHOUSE_CELL_DESC_SIGNATURE "JHCLL"

#define JAILHOUSE_X86	0
#define JAILHOUSE_ARM	1
#define JAILHOUSE_ARM64 2
#else
#define JAILHOUSE_SYSTEM_SIGNATURE    "JHSYST"
#define JAILHOUSE_CELL_DESC_SIGNATURE "JHCELL"
#endif

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

#define JAILHOUSE_CELL_NAME_MAXLEN 31

/* Cell flags; revision 9 has its own */
#ifndef JAILHOUSE_REVISION_9
#define JAILHOUSE_CELL_PASSIVE_COMMREG		 0x00000001
#define JAILHOUSE_CELL_TEST_DEVICE		 0x00000002
#define JAILHOUSE_CELL_VIRTUAL_CONSOLE_PERMITTED 0x40000000
#define JAILHOUSE_CELL_VIRTUAL_CONSOLE_ACTIVE	 0x80000000

#define CELL_FLAGS_VIRTUAL_CONSOLE_ACTIVE(flags)                               \
	(!!((flags)&JAILHOUSE_CELL_VIRTUAL_CONSOLE_ACTIVE))
#define CELL_FLAGS_VIRTUAL_CONSOLE_PERMITTED(flags)                            \
	(!!((flags)&JAILHOUSE_CELL_VIRTUAL_CONSOLE_PERMITTED))

#define JAILHOUSE_SYS_VIRTUAL_DEBUG_CONSOLE 0x0001

#define SYS_FLAGS_VIRTUAL_DEBUG_CONSOLE(flags)                                 \
	(!!((flags)&JAILHOUSE_SYS_VIRTUAL_DEBUG_CONSOLE))

#define JAILHOUSE_CON_TYPE_NONE	   0x0000
#define JAILHOUSE_CON_TYPE_EFIFB   0x0001
#define JAILHOUSE_CON_TYPE_8250	   0x0002
#define JAILHOUSE_CON_TYPE_PL011   0x0003
#define JAILHOUSE_CON_TYPE_XUARTPS 0x0004
#define JAILHOUSE_CON_TYPE_MVEBU   0x0005
#define JAILHOUSE_CON_TYPE_HSCIF   0x0006
#define JAILHOUSE_CON_TYPE_SCIFA   0x0007
#define JAILHOUSE_CON_TYPE_IMX	   0x0008

#define JAILHOUSE_CON_ACCESS_PIO    0x0000
#define JAILHOUSE_CON_ACCESS_MMIO   0x0001
#define JAILHOUSE_CON_REGDIST_1	    0x0000
#define JAILHOUSE_CON_REGDIST_4	    0x0002
#define JAILHOUSE_CON_FB_1024x768   0x0000
#define JAILHOUSE_CON_FB_1920x1080  0x0004
#define JAILHOUSE_CON_INVERTED_GATE 0x1000
#define JAILHOUSE_CON_MDR_QUIRK	    0x2000

#define CON_IS_MMIO(flags)	     (!!((flags)&JAILHOUSE_CON_ACCESS_MMIO))
#define CON_USES_REGDIST_1(flags)    (!((flags)&JAILHOUSE_CON_REGDIST_4))
#define CON_HAS_INVERTED_GATE(flags) (!!((flags)&JAILHOUSE_CON_INVERTED_GATE))
#define CON_HAS_MDR_QUIRK(flags)     (!!((flags)&JAILHOUSE_CON_MDR_QUIRK))
#define FB_IS_1920x1080(flags)	     (!!((flags)&JAILHOUSE_CON_FB_1920x1080))
#endif

/* Memory regions */
#define JAILHOUSE_MEM_READ	  0x0001
#define JAILHOUSE_MEM_WRITE	  0x0002
#define JAILHOUSE_MEM_EXECUTE	  0x0004
#define JAILHOUSE_MEM_DMA	  0x0008
#define JAILHOUSE_MEM_IO	  0x0010
#define JAILHOUSE_MEM_COMM_REGION 0x0020
#define JAILHOUSE_MEM_LOADABLE	  0x0040
#define JAILHOUSE_MEM_ROOTSHARED  0x0080
#if JAILHOUSE_ERA < 12
#define JAILHOUSE_MEM_IO_UNALIGNED 0x0100
#else
#define JAILHOUSE_MEM_NO_HUGEPAGES 0x0100
#define JAILHOUSE_MEM_IO_UNALIGNED 0x8000
#endif
#define JAILHOUSE_MEM_IO_WIDTH_SHIFT 16
#define JAILHOUSE_MEM_IO_8	     0x10000
#define JAILHOUSE_MEM_IO_16	     0x20000
#define JAILHOUSE_MEM_IO_32	     0x40000
#define JAILHOUSE_MEM_IO_64	     0x80000

#define JAILHOUSE_MEMORY_IS_SUBPAGE(mem)                                       \
	((((mem)->virt_start | (mem)->size) & 0xfff) != 0)

#if JAILHOUSE_ERA >= 12
#define JAILHOUSE_SHMEM_NET_REGIONS(start, dev_id)                             \
	{                                                                      \
		.phys_start = (start),                                         \
		.virt_start = (start),                                         \
		.size = 0x1000,                                                \
		.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_ROOTSHARED,        \
	},                                                                     \
		{ 0 },                                                         \
		{                                                              \
			.phys_start = (start) + 0x1000,                        \
			.virt_start = (start) + 0x1000,                        \
			.size = 0x7f000,                                       \
			.flags = JAILHOUSE_MEM_READ |                          \
				 JAILHOUSE_MEM_ROOTSHARED |                    \
				 (((dev_id) == 0) ? JAILHOUSE_MEM_WRITE : 0),  \
		},                                                             \
	{                                                                      \
		.phys_start = (start) + 0x80000,                               \
		.virt_start = (start) + 0x80000, .size = 0x7f000,              \
		.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_ROOTSHARED |       \
			 (((dev_id) == 1) ? JAILHOUSE_MEM_WRITE : 0),          \
	}
#endif

/* Cache regions */
#define JAILHOUSE_CACHE_L3_CODE 0x01
#define JAILHOUSE_CACHE_L3_DATA 0x02
#define JAILHOUSE_CACHE_L3	(JAILHOUSE_CACHE_L3_CODE | JAILHOUSE_CACHE_L3_DATA)

#define JAILHOUSE_CACHE_ROOTSHARED 0x0001

/* Ports, as ranges */
#define PIO_RANGE(first, count)                                                \
	{                                                                      \
		.base = (first), .length = (count),                            \
	}

/* PCI */
#define JAILHOUSE_PCI_TYPE_DEVICE  0x01
#define JAILHOUSE_PCI_TYPE_BRIDGE  0x02
#define JAILHOUSE_PCI_TYPE_IVSHMEM 0x03

#define JAILHOUSE_PCI_EXT_CAP	0x8000
#define JAILHOUSE_PCICAPS_WRITE 0x0001

#if JAILHOUSE_ERA < 12
#define JAILHOUSE_SHMEM_PROTO_UNDEFINED 0x0000
#define JAILHOUSE_SHMEM_PROTO_VETH	0x0100
#define JAILHOUSE_SHMEM_PROTO_CUSTOM	0x8000 /* to 0xffff */
#else
#define JAILHOUSE_SHMEM_PROTO_UNDEFINED	   0x0000
#define JAILHOUSE_SHMEM_PROTO_VETH	   0x0001
#define JAILHOUSE_SHMEM_PROTO_CUSTOM	   0x4000 /* to 0x7fff */
#define JAILHOUSE_SHMEM_PROTO_VIRTIO_FRONT 0x8000 /* to 0xbfff */
#define JAILHOUSE_SHMEM_PROTO_VIRTIO_BACK  0xc000 /* to 0xffff */

#define VIRTIO_DEV_NET	   1
#define VIRTIO_DEV_BLOCK   2
#define VIRTIO_DEV_CONSOLE 3
#endif

#ifndef JAILHOUSE_MSIX_BAR_MASK
#define JAILHOUSE_MSIX_BAR_MASK 0xfffff000
#endif

/* clang-format off */
#define JAILHOUSE_IVSHMEM_BAR_MASK_INTX \
	{ 0xfffff000, 0, 0, 0, 0, 0 }
#define JAILHOUSE_IVSHMEM_BAR_MASK_MSIX \
	{ 0xfffff000, JAILHOUSE_MSIX_BAR_MASK, 0, 0, 0, 0 }
#define JAILHOUSE_IVSHMEM_BAR_MASK_INTX_64K \
	{ 0xffff0000, 0, 0, 0, 0, 0 }
#define JAILHOUSE_IVSHMEM_BAR_MASK_MSIX_64K \
	{ 0xffff0000, 0xffff0000, 0, 0, 0, 0 }

#define PCI_CAP_ID_PM		0x01
#define PCI_CAP_ID_VPD		0x03
#define PCI_CAP_ID_MSI		0x05
#define PCI_CAP_ID_HT		0x08
#define PCI_CAP_ID_VNDR		0x09
#define PCI_CAP_ID_DBG		0x0a
#define PCI_CAP_ID_SSVID	0x0d
#define PCI_CAP_ID_SECDEV	0x0f
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
#define PCI_EXT_CAP_ID_RCRB	0x0a
#define PCI_EXT_CAP_ID_VNDR	0x0b
#define PCI_EXT_CAP_ID_CAC	0x0c
#define PCI_EXT_CAP_ID_ACS	0x0d
#define PCI_EXT_CAP_ID_ARI	0x0e
#define PCI_EXT_CAP_ID_ATS	0x0f
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
#define PCI_EXT_CAP_ID_PMUX	0x1a
#define PCI_EXT_CAP_ID_PASID	0x1b
#define PCI_EXT_CAP_ID_DPC	0x1d
#define PCI_EXT_CAP_ID_L1SS	0x1e
#define PCI_EXT_CAP_ID_PTM	0x1f
/* clang-format on */

#define JAILHOUSE_APIC_MODE_AUTO   0
#define JAILHOUSE_APIC_MODE_XAPIC  1
#define JAILHOUSE_APIC_MODE_X2APIC 2

#define JAILHOUSE_MAX_IOMMU_UNITS 8

#ifndef JAILHOUSE_OWN_IOMMU_TYPES
#define JAILHOUSE_IOMMU_AMD    1
#define JAILHOUSE_IOMMU_INTEL  2
#define JAILHOUSE_IOMMU_SMMUV3 3
#define JAILHOUSE_IOMMU_PVU    4
#endif

#endif
