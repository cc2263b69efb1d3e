// SPDX-License-Identifier: LGPL-2.1-or-later
/* What the library of openEuler's Jailhouse-gui calls revisions 13 and 14. */
#include "codec/dialects.h"
#include "codec/elements.h"
#include "codec/maps.h"
#include "codec/tables.h"

/* clang-format off */
static const struct codec_field system_fields[] = {
	SYSTEM_HEAD(codec_memory, codec_console),
	PLATFORM(76, 8, pci_mmconfig_base),
	PLATFORM(84, 8, pci_machine_mmconfig_base),
	PLATFORM(92, 1, pci_mmconfig_end_bus),
	PLATFORM(93, 1, pci_is_virtual),
	PLATFORM(94, 2, pci_domain),
	IOMMU_UNITS(96, codec_iommu_v13),
};
static const struct codec_field x86_fields[] = { X86_ALIGNED(320) };
static const struct codec_field arm_fields[] = { ARM_ALIGNED(320) };
static const struct codec_variant architectures[] =
	ARCHITECTURES(x86_fields, arm_fields);
static const struct codec_record system = {
	364, FIELDS(system_fields), BY_ARCHITECTURE(architectures)
};

#define CELL_FIELDS(flags_map) { \
	CELL_HEAD(flags_map), \
	CELL(80, 4, vpci_irq_base), \
	CELL(84, 8, reset_address), \
	CELL(92, 8, msg_reply_timeout), \
	NESTED(100, codec_console, struct jhcfg_cell, console), \
}
static const struct codec_field cell13_fields[] =
	CELL_FIELDS(codec_cell_flags);
static const struct codec_record cell13 = { 132, FIELDS(cell13_fields) };
static const struct codec_field cell14_fields[] =
	CELL_FIELDS(codec_cell_flags_openeuler);
static const struct codec_record cell14 = { 132, FIELDS(cell14_fields) };

static const struct codec_field pci_device_fields[] = {
	NUMBER(  0, 1, struct jhcfg_pci_device, type),
	NUMBER(  1, 1, struct jhcfg_pci_device, iommu),
	NUMBER(  2, 2, struct jhcfg_pci_device, domain),
	NUMBER(  4, 2, struct jhcfg_pci_device, bdf),
	NUMBER(  6, 4, struct jhcfg_pci_device, virt_bdf),
	NUMBERS(10, 4, struct jhcfg_pci_device, bar_mask, 6),
	NUMBER( 34, 2, struct jhcfg_pci_device, caps_start),
	NUMBER( 36, 2, struct jhcfg_pci_device, num_caps),
	NUMBER( 38, 1, struct jhcfg_pci_device, num_msi_vectors),
	BIT(    39, 0, struct jhcfg_pci_device, msi_64bits),
	BIT(    39, 1, struct jhcfg_pci_device, msi_maskable),
	NUMBER( 40, 2, struct jhcfg_pci_device, num_msix_vectors),
	NUMBER( 42, 2, struct jhcfg_pci_device, msix_region_size),
	NUMBER( 44, 8, struct jhcfg_pci_device, msix_address),
	NUMBER( 52, 4, struct jhcfg_pci_device, shmem_regions_start),
	NUMBER( 56, 1, struct jhcfg_pci_device, shmem_dev_id),
	NUMBER( 57, 1, struct jhcfg_pci_device, shmem_peers),
	NUMBER( 58, 2, struct jhcfg_pci_device, shmem_protocol),
};
static const struct codec_record pci_device = { 60, FIELDS(pci_device_fields) };

#define ARRAYS_WITH(pci) { \
	CPU_SET(48), \
	MEMORY(52, codec_memory), \
	CACHE(56), \
	IRQCHIPS(60), \
	PIO(64), \
	PCI(68, pci), \
	CAPS(72), \
	STREAM_IDS(76, codec_stream_id), \
}
static const struct codec_array arrays13[] = ARRAYS_WITH(codec_pci_device);
static const struct codec_array arrays14[] = ARRAYS_WITH(pci_device);
/* clang-format on */

const struct jhcfg_dialect codec_openeuler13 = {
	.name = "openeuler-13",
	.title = "openEuler's revision 13",
	.revision = 13,
	.system = &system,
	.cell = &cell13,
	ARRAYS(arrays13),
	.max_console_type = JAILHOUSE_CON_TYPE_SCIF,
	.max_iommu_type = JAILHOUSE_IOMMU_ARM_MMU500,
};

const struct jhcfg_dialect codec_openeuler14 = {
	.name = "openeuler-14",
	.title = "openEuler's revision 14",
	.revision = 14,
	.system = &system,
	.cell = &cell14,
	ARRAYS(arrays14),
	.max_console_type = JAILHOUSE_CON_TYPE_SCIF,
	.max_iommu_type = JAILHOUSE_IOMMU_ARM_MMU500,
};
