// SPDX-License-Identifier: GPL-2.0-or-later
/* A system, for SAMPLE_ID and SAMPLE_IS_X86. */
#include "sample.h"

/* clang-format off */
#if HAS_AMD_BDF
#define AMD_UNIT(n) \
	.amd_bdf = 0x0002 + (n), \
	.amd_base_cap = 0x40, \
	.amd_msi_cap = 0x64, \
	.amd_features = 0x80048824,
#else
#define AMD_UNIT(n) \
	.amd.bdf = 0x0002 + (n), \
	.amd.base_cap = 0x40, \
	.amd.msi_cap = 0x64, \
	.amd.features = 0x80048824,
#endif
#if HAS_UNTYPED_UNITS
#define TYPE(name)
#else
#define TYPE(name) .type = JAILHOUSE_IOMMU_##name,
#endif
#if IS(NXP_10) || IS(NXP_12)
#define NXP_UNIT \
	.arm_sid_mask = 0x7f80, .arm_smmu_arch = 2, .arm_smmu_impl = 1,
#else
#define NXP_UNIT
#endif

#if SAMPLE_IS_X86
#define UNITS \
	.iommu_units = { \
		{ TYPE(AMD) .base = 0xfeb80000, .size = 0x80000, \
		  AMD_UNIT(0) }, \
		{ TYPE(AMD) .base = 0xfed90000, .size = 0x1000, \
		  AMD_UNIT(1) }, \
	},
#elif IS(TI_OLD_12)
#define UNITS \
	.iommu_units = { \
		{ TYPE(SMMUV3) .base = 0x36600000, .size = 0x100000 }, \
		{ TYPE(PVU) .tipvu.cfg_base = 0x30f80000, \
		  .tipvu.cfg_size = 0x1000, .tipvu.tlb_base = 0x36000000, \
		  .tipvu.tlb_size = 0x40000 }, \
	},
#elif HAS_PVU
#define UNITS \
	.iommu_units = { \
		{ TYPE(SMMUV3) .base = 0x36600000, .size = 0x100000, \
		  NXP_UNIT }, \
		{ TYPE(PVU) .base = 0x30f80000, .size = 0x1000, \
		  .tipvu.tlb_base = 0x36000000, \
		  .tipvu.tlb_size = 0x40000 }, \
		MMU500_UNIT \
	},
#else
#define UNITS \
	.iommu_units = { \
		{ TYPE(SMMUV3) .base = 0x36600000, .size = 0x100000, \
		  NXP_UNIT }, \
	},
#endif
#if IS(REV13) || IS(OPENEULER_13) || IS(OPENEULER_14) || IS(WIP_CACHE_COLORING)
#define MMU500_UNIT \
	{ TYPE(ARM_MMU500) .base = 0xfd800000, .size = 0x20000, \
	  .arm_mmu500.sid_mask = 0x7f80 },
#else
#define MMU500_UNIT
#endif

static const struct {
	struct jailhouse_system header;
#include "sample_cell.h"
} __attribute__((packed)) config = {
	.header = {
		.signature = JAILHOUSE_SYSTEM_SIGNATURE,
		.revision = JAILHOUSE_CONFIG_REVISION,
#if HAS_ARCHITECTURE
		.architecture = SAMPLE_IS_X86 ? JAILHOUSE_X86 : JAILHOUSE_ARM64,
#endif
#if HAS_SYSTEM_FLAGS
		.flags = JAILHOUSE_SYS_VIRTUAL_DEBUG_CONSOLE,
#endif
		.hypervisor_memory = {
			.phys_start = 0x3a000000,
			.size = 0x600000,
		},
		.debug_console = {
			.address = 0x1c090000,
			.size = 0x1000,
#if IS(REV9)
			.flags = JAILHOUSE_CON1_TYPE_PL011 |
				 JAILHOUSE_CON1_ACCESS_MMIO |
				 JAILHOUSE_CON1_REGDIST_4 |
				 JAILHOUSE_CON2_TYPE_ROOTPAGE,
#else
			.type = JAILHOUSE_CON_TYPE_PL011,
			.flags = JAILHOUSE_CON_ACCESS_MMIO |
				 JAILHOUSE_CON_REGDIST_4,
#endif
			.divider = 27,
			.gate_nr = 16,
			.clock_reg = 0x1c0203040,
		},
		.platform_info = {
			.pci_mmconfig_base = 0xb0000000,
#if IS(OPENEULER_13) || IS(OPENEULER_14)
			.pci_machine_mmconfig_base = 0xc0000000,
#endif
			.pci_mmconfig_end_bus = 0xfe,
			.pci_is_virtual = 1,
			.pci_domain = 0xffff,
#if IS(WIP_CACHE_COLORING)
			.max_cache_colors = 16,
#endif
#if !HAS_UNITS_IN_BRANCH
			UNITS
#endif
#if IS(OMNIVISOR_14)
			.no_spectre_mitigation = 1,
			.color = {
				.way_size = 0x10000,
				.root_map_offset = 0x0c000000000,
			},
			.memguard = { [0] = 1, [47] = 2 },
			.qos = {
				.nic_base = 0xfd700000,
				.nic_size = 0x100000,
			},
			.fpga = { [0] = 3, [44] = 4 },
#endif
#if SAMPLE_IS_X86
			.x86 = {
				.pm_timer_address = 0x1808,
				.vtd_interrupt_limit = 256,
				.apic_mode = JAILHOUSE_APIC_MODE_X2APIC,
				.tsc_khz = 2904010,
				.apic_khz = 23913,
#if HAS_UNITS_IN_BRANCH
				UNITS
#endif
			},
#else
			.arm = {
				.maintenance_irq = 25,
				.gic_version = 3,
				.gicd_base = 0x2f000000,
				.gicc_base = 0x2c000000,
				.gich_base = 0x2c010000,
				.gicv_base = 0x2c02f000,
				.gicr_base = 0x2f100000,
#if HAS_UNITS_IN_BRANCH && !HAS_NO_ARM_UNITS
				UNITS
#endif
			},
#endif
		},
		.root_cell = {
			.name = "root",
#include "sample_desc.h"
		},
	},
#define SAMPLE_VALUES
#include "sample_cell.h"
};
/* clang-format on */

extern const struct sample SAMPLE;
const struct sample SAMPLE = {
	.dialect = SAMPLE_DIALECT,
	.is_system = true,
	.is_x86 = SAMPLE_IS_X86,
	.features = FEATURES,
	.data = &config,
	.size = sizeof(config),
};
