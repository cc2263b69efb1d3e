// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Revision 14, field by field. Typed from the format description, not derived
 * from the ABI header's structs: tests/abi compares the two.
 */
#include <stddef.h>

#include <jailhouse/cell-config.h>

#include "codec/dialect.h"

#define MEMBER(type, name) offsetof(type, name), sizeof(((type *)0)->name)

/* A number at file offset @off_ of @width_ bytes. */
#define NUMBER(off_, width_, type, name)                                       \
	{                                                                      \
		off_, width_, MEMBER(type, name), .count = 1                   \
	}
#define BIT(off_, shift_, type, name)                                          \
	{                                                                      \
		off_, 1, MEMBER(type, name), .bits = 1, .shift = shift_,       \
					     .count = 1                        \
	}
#define NUMBERS(off_, width_, type, name, count_)                              \
	{                                                                      \
		off_, width_, MEMBER(type, name[0]), .count = count_           \
	}
#define NESTED(off_, record_, type, name)                                      \
	{                                                                      \
		off_, 0, MEMBER(type, name), .count = 1, .record = record_     \
	}
#define NESTED_ARRAY(off_, width_, record_, type, name, count_)                \
	{                                                                      \
		off_, width_, MEMBER(type, name[0]), .count = count_,          \
						     .record = record_         \
	}

#define FIELDS(table) .fields = table, .num_fields = ARRAY_SIZE(table)

/* clang-format off */
static const struct codec_field memory_fields[] = {
	NUMBER( 0, 8, struct jhcfg_memory, phys_start),
	NUMBER( 8, 8, struct jhcfg_memory, virt_start),
	NUMBER(16, 8, struct jhcfg_memory, size),
	NUMBER(24, 8, struct jhcfg_memory, flags),
};
static const struct codec_record memory = { 32, FIELDS(memory_fields) };

static const struct codec_field cache_fields[] = {
	NUMBER( 0, 4, struct jhcfg_cache, start),
	NUMBER( 4, 4, struct jhcfg_cache, size),
	NUMBER( 8, 1, struct jhcfg_cache, type),
	NUMBER(10, 2, struct jhcfg_cache, flags),
};
static const struct codec_record cache = { 12, FIELDS(cache_fields) };

static const struct codec_field irqchip_fields[] = {
	NUMBER(  0, 8, struct jhcfg_irqchip, address),
	NUMBER(  8, 4, struct jhcfg_irqchip, id),
	NUMBER( 12, 4, struct jhcfg_irqchip, pin_base),
	NUMBERS(16, 4, struct jhcfg_irqchip, pin_bitmap, 4),
};
static const struct codec_record irqchip = { 32, FIELDS(irqchip_fields) };

static const struct codec_field pio_fields[] = {
	NUMBER(0, 2, struct jhcfg_pio, base),
	NUMBER(2, 2, struct jhcfg_pio, length),
};
static const struct codec_record pio = { 4, FIELDS(pio_fields) };

static const struct codec_field pci_device_fields[] = {
	NUMBER( 0, 1, struct jhcfg_pci_device, type),
	NUMBER( 1, 1, struct jhcfg_pci_device, iommu),
	NUMBER( 2, 2, struct jhcfg_pci_device, domain),
	NUMBER( 4, 2, struct jhcfg_pci_device, bdf),
	NUMBERS(6, 4, struct jhcfg_pci_device, bar_mask, 6),
	NUMBER(30, 2, struct jhcfg_pci_device, caps_start),
	NUMBER(32, 2, struct jhcfg_pci_device, num_caps),
	NUMBER(34, 1, struct jhcfg_pci_device, num_msi_vectors),
	BIT(   35, 0, struct jhcfg_pci_device, msi_64bits),
	BIT(   35, 1, struct jhcfg_pci_device, msi_maskable),
	NUMBER(36, 2, struct jhcfg_pci_device, num_msix_vectors),
	NUMBER(38, 2, struct jhcfg_pci_device, msix_region_size),
	NUMBER(40, 8, struct jhcfg_pci_device, msix_address),
	NUMBER(48, 4, struct jhcfg_pci_device, shmem_regions_start),
	NUMBER(52, 1, struct jhcfg_pci_device, shmem_dev_id),
	NUMBER(53, 1, struct jhcfg_pci_device, shmem_peers),
	NUMBER(54, 2, struct jhcfg_pci_device, shmem_protocol),
};
static const struct codec_record pci_device = {
	56, FIELDS(pci_device_fields)
};

static const struct codec_field pci_cap_fields[] = {
	NUMBER(0, 2, struct jhcfg_pci_cap, id),
	NUMBER(2, 2, struct jhcfg_pci_cap, start),
	NUMBER(4, 2, struct jhcfg_pci_cap, len),
	NUMBER(6, 2, struct jhcfg_pci_cap, flags),
};
static const struct codec_record pci_cap = { 8, FIELDS(pci_cap_fields) };

static const struct codec_field stream_id_fields[] = {
	NUMBER(0, 4, struct jhcfg_stream_id, id),
};
static const struct codec_record stream_id = { 4, FIELDS(stream_id_fields) };

static const struct codec_field console_fields[] = {
	NUMBER( 0, 8, struct jhcfg_console, address),
	NUMBER( 8, 4, struct jhcfg_console, size),
	NUMBER(12, 2, struct jhcfg_console, type),
	NUMBER(14, 2, struct jhcfg_console, flags),
	NUMBER(16, 4, struct jhcfg_console, divider),
	NUMBER(20, 4, struct jhcfg_console, gate_nr),
	NUMBER(24, 8, struct jhcfg_console, clock_reg),
};
static const struct codec_record console = { 32, FIELDS(console_fields) };

static const struct codec_field iommu_fields[] = {
	NUMBER( 0, 4, struct jhcfg_iommu, type),
	NUMBER( 4, 8, struct jhcfg_iommu, base),
	NUMBER(12, 4, struct jhcfg_iommu, size),
};
static const struct codec_field iommu_amd_fields[] = {
	NUMBER(16, 2, struct jhcfg_iommu, amd_bdf),
	NUMBER(18, 1, struct jhcfg_iommu, amd_base_cap),
	NUMBER(19, 1, struct jhcfg_iommu, amd_msi_cap),
	NUMBER(20, 4, struct jhcfg_iommu, amd_features),
};
static const struct codec_field iommu_pvu_fields[] = {
	NUMBER(16, 8, struct jhcfg_iommu, tlb_base),
	NUMBER(24, 4, struct jhcfg_iommu, tlb_size),
};
static const struct codec_variant iommu_variants[] = {
	{ JAILHOUSE_IOMMU_AMD, FIELDS(iommu_amd_fields) },
	{ JAILHOUSE_IOMMU_PVU, FIELDS(iommu_pvu_fields) },
};
static const struct codec_record iommu = {
	28, FIELDS(iommu_fields),
	MEMBER(struct jhcfg_iommu, type),
	iommu_variants, ARRAY_SIZE(iommu_variants),
};

static const struct codec_field system_fields[] = {
	NUMBER( 8, 4, struct jhcfg_config, system.flags),
	NESTED(12, &memory, struct jhcfg_config, system.hypervisor_memory),
	NESTED(44, &console, struct jhcfg_config, system.debug_console),
	NUMBER(76, 8, struct jhcfg_config, system.platform.pci_mmconfig_base),
	NUMBER(84, 1, struct jhcfg_config, system.platform.pci_mmconfig_end_bus),
	NUMBER(85, 1, struct jhcfg_config, system.platform.pci_is_virtual),
	NUMBER(86, 2, struct jhcfg_config, system.platform.pci_domain),
	NESTED_ARRAY(88, 28, &iommu, struct jhcfg_config,
		     system.platform.iommu_units, JHCFG_MAX_IOMMU_UNITS),
};
static const struct codec_field system_x86_fields[] = {
	NUMBER(312, 2, struct jhcfg_config, system.platform.pm_timer_address),
	NUMBER(314, 1, struct jhcfg_config, system.platform.apic_mode),
	NUMBER(316, 4, struct jhcfg_config, system.platform.vtd_interrupt_limit),
	NUMBER(320, 4, struct jhcfg_config, system.platform.tsc_khz),
	NUMBER(324, 4, struct jhcfg_config, system.platform.apic_khz),
};
static const struct codec_field system_arm_fields[] = {
	NUMBER(312, 1, struct jhcfg_config, system.platform.maintenance_irq),
	NUMBER(313, 1, struct jhcfg_config, system.platform.gic_version),
	NUMBER(316, 8, struct jhcfg_config, system.platform.gicd_base),
	NUMBER(324, 8, struct jhcfg_config, system.platform.gicc_base),
	NUMBER(332, 8, struct jhcfg_config, system.platform.gich_base),
	NUMBER(340, 8, struct jhcfg_config, system.platform.gicv_base),
	NUMBER(348, 8, struct jhcfg_config, system.platform.gicr_base),
};
static const struct codec_variant system_variants[] = {
	{ JAILHOUSE_X86,   FIELDS(system_x86_fields) },
	{ JAILHOUSE_ARM,   FIELDS(system_arm_fields) },
	{ JAILHOUSE_ARM64, FIELDS(system_arm_fields) },
};
static const struct codec_record system = {
	356, FIELDS(system_fields),
	MEMBER(struct jhcfg_config, architecture),
	system_variants, ARRAY_SIZE(system_variants),
};

static const struct codec_field cell_fields[] = {
	NUMBER(  8, 32, struct jhcfg_cell, name),
	NUMBER( 44,  4, struct jhcfg_cell, flags),
	NUMBER( 80,  4, struct jhcfg_cell, vpci_irq_base),
	NUMBER( 84,  8, struct jhcfg_cell, reset_address),
	NUMBER( 92,  8, struct jhcfg_cell, msg_reply_timeout),
	NESTED(100, &console, struct jhcfg_cell, console),
};
static const struct codec_record cell = { 132, FIELDS(cell_fields) };

static const struct codec_array arrays[] = {
	{ JHCFG_LIST_MEMORY,      "memory regions",   52, &memory },
	{ JHCFG_LIST_CACHE,       "cache regions",    56, &cache },
	{ JHCFG_LIST_IRQCHIPS,    "irqchips",         60, &irqchip },
	{ JHCFG_LIST_PIO,         "port ranges",      64, &pio },
	{ JHCFG_LIST_PCI_DEVICES, "PCI devices",      68, &pci_device },
	{ JHCFG_LIST_PCI_CAPS,    "PCI capabilities", 72, &pci_cap },
	{ JHCFG_LIST_STREAM_IDS,  "stream ids",       76, &stream_id },
};
/* clang-format on */

const struct codec_dialect codec_rev14 = {
	.name = "revision 14",
	.revision = 14,
	.system_signature = "JHSYS",
	.cell_signature = "JHCLL",
	.architecture_off = 5,
	.revision_off = 6,
	.system = &system,
	.cell = &cell,
	.cpu_set_size_off = 48,
	.arrays = arrays,
	.num_arrays = ARRAY_SIZE(arrays),
};
