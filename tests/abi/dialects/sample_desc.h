/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The descriptor of a sample's cell or root cell. */
/* clang-format off */
	.flags = JAILHOUSE_CELL_PASSIVE_COMMREG
#if IS(REV9)
		| JAILHOUSE_CELL_DEBUG_CONSOLE
#else
		| JAILHOUSE_CELL_VIRTUAL_CONSOLE_PERMITTED
#endif
#if SAMPLE_IS_X86
		| JAILHOUSE_CELL_TEST_DEVICE
#elif HAS_AARCH32
		| JAILHOUSE_CELL_AARCH32
#endif
#if IS(OPENEULER_14)
		| JAILHOUSE_CELL_USE_VIRT_CPUID
#endif
		,

#if IS(WIP_CPU_CONFIG)
	.num_cpus = ARRAY_SIZE(config.cpus),
#else
	.cpu_set_size = sizeof(config.cpus),
#endif
#if IS(OMNIVISOR_14)
	.rcpu_set_size = sizeof(config.rcpus),
	.fpga_regions_size = sizeof(config.fpga_regions),
#endif
	.num_memory_regions = ARRAY_SIZE(config.mem_regions),
#if HAS_COLORED_ARRAY
	.num_memory_regions_colored = ARRAY_SIZE(config.mem_regions_colored),
#endif
	.num_cache_regions = ARRAY_SIZE(config.cache_regions),
	.num_irqchips = ARRAY_SIZE(config.irqchips),
#if HAS_PORT_BITMAP
	.pio_bitmap_size = ARRAY_SIZE(config.pio_bitmap),
#else
	.num_pio_regions = ARRAY_SIZE(config.pio_regions),
#endif
	.num_pci_devices = ARRAY_SIZE(config.pci_devices),
	.num_pci_caps = ARRAY_SIZE(config.pci_caps),
#if IS(NXP_10)
	.num_smmu_sids = ARRAY_SIZE(config.smmu_sids),
	.pci_cfg_base = 0xbf700000,
	.pci_cfg_size = 0x100000,
	.ivshmem_irq = 109,
#elif HAS_STREAM_IDS
	.num_stream_ids = ARRAY_SIZE(config.stream_ids),
#endif
#if IS(TI_OLD_12)
	.num_regmaps = ARRAY_SIZE(config.regmaps),
#endif
#if IS(OMNIVISOR_14)
	.num_qos_devices = ARRAY_SIZE(config.qos_devices),
	.num_rcpu_devices = ARRAY_SIZE(config.rcpu_devices),
	.num_fpga_devices = ARRAY_SIZE(config.fpga_devices),
#endif

	.vpci_irq_base = 123,
	.cpu_reset_address = 0x1122334455667000,
	.msg_reply_timeout = 0x8877665544332211,
#if HAS_CELL_CONSOLE
	.console = {
#if SAMPLE_IS_X86
		.address = 0x3f8,
		.type = JAILHOUSE_CON_TYPE_8250,
		.flags = JAILHOUSE_CON_ACCESS_PIO | JAILHOUSE_CON_MDR_QUIRK,
#else
		.address = 0x1c0a0000,
		.size = 0x1000,
#if IS(BU_13) || IS(BU_13_REBASE)
		.type = JAILHOUSE_CON_TYPE_LINFLEX,
#else
		.type = JAILHOUSE_CON_TYPE_XUARTPS,
#endif
		.flags = JAILHOUSE_CON_ACCESS_MMIO |
			 JAILHOUSE_CON_INVERTED_GATE |
			 JAILHOUSE_CON_REGDIST_4,
		.gate_nr = 11,
		.clock_reg = 0x1c0203044,
#endif
		.divider = 13,
	},
#endif
/* clang-format on */
