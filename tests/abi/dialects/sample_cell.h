/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The part of a sample that cells and root cells share: included twice, as
 * the declaration of the arrays and, with SAMPLE_VALUES, as their values.
 */
#ifndef SAMPLE_VALUES

#if IS(WIP_CPU_CONFIG)
struct jailhouse_cpu cpus[2];
#else
__u64 cpus[2];
#endif
#if IS(OMNIVISOR_14)
__u64 rcpus[1];
__u8 fpga_regions[3];
#endif
struct jailhouse_memory mem_regions[NUM_MEMORY];
#if HAS_COLORED_ARRAY
struct jailhouse_memory_colored mem_regions_colored[NUM_COLORED];
#endif
struct jailhouse_cache cache_regions[SAMPLE_IS_X86 ? NUM_CACHE : 0];
struct jailhouse_irqchip irqchips[1];
#if HAS_PORT_BITMAP
__u8 pio_bitmap[SAMPLE_IS_X86 ? PORT_BITMAP_SIZE : 0];
#else
struct jailhouse_pio pio_regions[SAMPLE_IS_X86 ? NUM_PIO : 0];
#endif
struct jailhouse_pci_device pci_devices[NUM_PCI];
struct jailhouse_pci_capability pci_caps[NUM_CAPS];
#if IS(NXP_10)
struct jailhouse_smmu_sid smmu_sids[NUM_STREAM_IDS];
#elif HAS_STREAM_IDS
union jailhouse_stream_id stream_ids[NUM_STREAM_IDS];
#endif
#if IS(TI_OLD_12)
struct jailhouse_regmap regmaps[NUM_REGMAPS];
#endif
#if IS(OMNIVISOR_14)
struct jailhouse_qos_device qos_devices[NUM_QOS];
struct jailhouse_rcpu_device rcpu_devices[NUM_RCPU];
struct jailhouse_fpga_device fpga_devices[NUM_FPGA];
#endif

#else /* SAMPLE_VALUES */

/* clang-format off */
#if IS(WIP_CPU_CONFIG)
	.cpus = {
		{ .phys_id = 0x80000001, .reserved = 0x1122334455667788 },
		{ .phys_id = 0x80000102 },
	},
#else
	.cpus = { 0x000000000000f00d, 0x1 },
#endif
#if IS(OMNIVISOR_14)
	.rcpus = { 0x5 },
	.fpga_regions = { 0x1, 0x2, 0x80 },
#endif

	.mem_regions = {
		/* RAM */ {
			.phys_start = 0x41000000,
			.virt_start = 0x1000,
			.size = 0x00ffe000,
			.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE |
				 JAILHOUSE_MEM_EXECUTE | JAILHOUSE_MEM_DMA |
				 JAILHOUSE_MEM_LOADABLE
#if !HAS_OLD_IVSHMEM
				 | JAILHOUSE_MEM_NO_HUGEPAGES
#endif
#if IS(WIP_CACHE_COLORING)
				 | JAILHOUSE_MEM_COLORED
#endif
				 ,
		},
		/* sub-page device */ {
			.phys_start = 0x123456780,
			.virt_start = 0x223456780,
			.size = 0x40,
			.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_IO |
				 JAILHOUSE_MEM_IO_8 | JAILHOUSE_MEM_IO_32 |
				 JAILHOUSE_MEM_IO_UNALIGNED,
		},
		/* shared: state table, or all of the old ivshmem */ {
			.phys_start = 0x7f000000,
			.virt_start = 0x7f000000,
			.size = 0x1000,
			.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_ROOTSHARED,
		},
		/* output of peer 0 */ {
			.phys_start = 0x7f001000,
			.virt_start = 0x7f001000,
			.size = 0x7f000,
			.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE |
				 JAILHOUSE_MEM_ROOTSHARED,
		},
		/* communication region */ {
			.virt_start = 0x80000000,
			.size = 0x1000,
			.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE |
				 JAILHOUSE_MEM_COMM_REGION
#if IS(OMNIVISOR_14)
				 | JAILHOUSE_MEM_COLORED,
			.colors = 0x00ff00ff00ff00f0
#endif
				 ,
		},
	},

#if HAS_COLORED_ARRAY
	.mem_regions_colored = {
		{
			.memory = {
				.phys_start = 0x900000000,
				.virt_start = 0xa00000000,
				.size = 0x2000000,
				.flags = JAILHOUSE_MEM_READ |
					 JAILHOUSE_MEM_WRITE,
			},
			.colors = 0x00ff00ff00ff00f0,
#if IS(BU_13_REBASE)
			.rebase_offset = 0x123456789000,
#endif
		},
		{ .memory = { .phys_start = 0xb0000000, .size = 0x1000 } },
	},
#endif

#if SAMPLE_IS_X86
	.cache_regions = {
		{
			.start = 3,
			.size = 5,
			.type = JAILHOUSE_CACHE_L3,
			.flags = JAILHOUSE_CACHE_ROOTSHARED,
		},
	},
#endif

	.irqchips = {
		{
#if SAMPLE_IS_X86
			.address = 0xfec00000,
			.id = 0x1f0f8,
#else
			.address = 0x2f000000,
			.pin_base = 32,
#endif
			.pin_bitmap = {
				0x11223344, 0x55667788, 0x99aabbcc, 0xddeeff00
			},
		},
	},

#if SAMPLE_IS_X86
#if HAS_PORT_BITMAP
	.pio_bitmap = {
		[0x00/8 ... 0x3f/8] = 0xff,
		[0x40/8 ... 0x47/8] = 0xf0, /* allows 0x40 to 0x43 */
		[0x48/8 ... 0x2f7/8] = 0xff,
		[0x2f8/8 ... 0x2ff/8] = 0,
		[0x300/8 ... 0xcff/8] = 0xff,
		[0xd00/8 ... 0xffff/8] = 0,
	},
#else
	.pio_regions = {
		PIO_RANGE(0x40, 4),
		PIO_RANGE(0x2f8, 8),
		PIO_RANGE(0xd00, 0xf300),
	},
#endif
#endif

	.pci_devices = {
		/* an Ethernet controller */ {
			.type = JAILHOUSE_PCI_TYPE_DEVICE,
			.iommu = 1,
			.domain = 0x1234,
			.bdf = 0x01f8,
#if IS(OPENEULER_14)
			.virt_bdf = 0x00abcdef,
#endif
			.bar_mask = {
				0xfffe0000, 0xffffffe0, 0xfffffff8,
				0xffff0000, 0xffffffff, 0xfffff800,
			},
			.caps_start = 0,
			.num_caps = 2,
			.num_msi_vectors = 4,
			.msi_64bits = 1,
			.msi_maskable = 1,
			.num_msix_vectors = 0x105,
			.msix_region_size = 0x2000,
			.msix_address = 0xf123450000,
		},
		/* a bridge */ {
			.type = JAILHOUSE_PCI_TYPE_BRIDGE,
			.bdf = 0x00e0,
			.caps_start = 1,
			.num_caps = 1,
			.msi_maskable = 1,
		},
		/* a link */ {
			.type = JAILHOUSE_PCI_TYPE_IVSHMEM,
			.domain = 1,
			.bdf = 0x0008,
			.bar_mask = JAILHOUSE_IVSHMEM_BAR_MASK_INTX,
			.shmem_protocol = JAILHOUSE_SHMEM_PROTO_VETH,
#if HAS_OLD_IVSHMEM
			.shmem_region = 2,
#else
			.shmem_regions_start = 1,
			.shmem_dev_id = 1,
			.shmem_peers = 2,
#endif
		},
	},

	.pci_caps = {
		{
			.id = PCI_CAP_ID_MSI,
			.start = 0xd0,
			.len = 14,
			.flags = JAILHOUSE_PCICAPS_WRITE,
		},
		{
			.id = JAILHOUSE_PCI_EXT_CAP | PCI_EXT_CAP_ID_ERR,
			.start = 0x100,
			.len = 64,
		},
	},

#if IS(NXP_10)
	.smmu_sids = { { 0x11, 0x7f80 }, { 0x12, 0 }, { 0x13, 0x7c00 } },
#elif HAS_STREAM_IDS
	.stream_ids = { { 0x12340011 }, { 0x12 }, { 0x13 } },
#endif
#if IS(TI_OLD_12)
	.regmaps = {
		{
			.reg_base = 0x11c000,
			.reg_count = 200,
			.reg_size = 4,
			.flags = 3,
			.reg_bitmap = { 1, 2, 3, 4, 5, 6, 7, 0x80000000 },
		},
		{ .reg_base = 0x4301c000 },
	},
#endif
#if IS(OMNIVISOR_14)
	.qos_devices = { { "rpu0" }, { { [19] = 0xee } } },
	.rcpu_devices = { { { [0] = 0x11, [65] = 0x22 } } },
	.fpga_devices = { { { [0] = 0x33, [108] = 0x44 } } },
#endif
/* clang-format on */

#endif
