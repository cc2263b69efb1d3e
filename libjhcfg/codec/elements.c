// SPDX-License-Identifier: LGPL-2.1-or-later
#include "codec/elements.h"

#include "codec/maps.h"
#include "codec/tables.h"

/* clang-format off */
#define MEMORY_FIELDS(flags_map) \
	NUMBER( 0, 8, struct jhcfg_memory, phys_start), \
	NUMBER( 8, 8, struct jhcfg_memory, virt_start), \
	NUMBER(16, 8, struct jhcfg_memory, size), \
	MAPPED(24, 8, struct jhcfg_memory, flags, flags_map)

static const struct codec_field memory_v11_fields[] = {
	MEMORY_FIELDS(codec_memory_flags_v11)
};
const struct codec_record codec_memory_v11 = { 32, FIELDS(memory_v11_fields) };

static const struct codec_field memory_fields[] = {
	MEMORY_FIELDS(codec_memory_flags)
};
const struct codec_record codec_memory = { 32, FIELDS(memory_fields) };

static const struct codec_field cache_fields[] = {
	NUMBER( 0, 4, struct jhcfg_cache, start),
	NUMBER( 4, 4, struct jhcfg_cache, size),
	NUMBER( 8, 1, struct jhcfg_cache, type),
	NUMBER(10, 2, struct jhcfg_cache, flags),
};
const struct codec_record codec_cache = { 12, FIELDS(cache_fields) };

static const struct codec_field irqchip_fields[] = {
	NUMBER(  0, 8, struct jhcfg_irqchip, address),
	NUMBER(  8, 4, struct jhcfg_irqchip, id),
	NUMBER( 12, 4, struct jhcfg_irqchip, pin_base),
	NUMBERS(16, 4, struct jhcfg_irqchip, pin_bitmap, 4),
};
const struct codec_record codec_irqchip = { 32, FIELDS(irqchip_fields) };

static const struct codec_field pio_fields[] = {
	NUMBER(0, 2, struct jhcfg_pio, base),
	NUMBER(2, 2, struct jhcfg_pio, length),
};
const struct codec_record codec_pio = { 4, FIELDS(pio_fields) };

#define PCI_HEAD_FIELDS \
	NUMBER( 0, 1, struct jhcfg_pci_device, type), \
	NUMBER( 1, 1, struct jhcfg_pci_device, iommu), \
	NUMBER( 2, 2, struct jhcfg_pci_device, domain), \
	NUMBER( 4, 2, struct jhcfg_pci_device, bdf), \
	NUMBERS(6, 4, struct jhcfg_pci_device, bar_mask, 6), \
	NUMBER(30, 2, struct jhcfg_pci_device, caps_start), \
	NUMBER(32, 2, struct jhcfg_pci_device, num_caps), \
	NUMBER(34, 1, struct jhcfg_pci_device, num_msi_vectors), \
	BIT(   35, 0, struct jhcfg_pci_device, msi_64bits), \
	BIT(   35, 1, struct jhcfg_pci_device, msi_maskable), \
	NUMBER(36, 2, struct jhcfg_pci_device, num_msix_vectors), \
	NUMBER(38, 2, struct jhcfg_pci_device, msix_region_size), \
	NUMBER(40, 8, struct jhcfg_pci_device, msix_address)

/* the old ivshmem: one region, no peers */
static const struct codec_field pci_device_v11_fields[] = {
	PCI_HEAD_FIELDS,
	NUMBER(48, 4, struct jhcfg_pci_device, shmem_regions_start),
	MAPPED(52, 2, struct jhcfg_pci_device, shmem_protocol,
	       codec_protocol_v11),
};
const struct codec_record codec_pci_device_v11 = {
	56, FIELDS(pci_device_v11_fields)
};

static const struct codec_field pci_device_fields[] = {
	PCI_HEAD_FIELDS,
	NUMBER(48, 4, struct jhcfg_pci_device, shmem_regions_start),
	NUMBER(52, 1, struct jhcfg_pci_device, shmem_dev_id),
	NUMBER(53, 1, struct jhcfg_pci_device, shmem_peers),
	NUMBER(54, 2, struct jhcfg_pci_device, shmem_protocol),
};
const struct codec_record codec_pci_device = { 56, FIELDS(pci_device_fields) };

static const struct codec_field pci_cap_fields[] = {
	NUMBER(0, 2, struct jhcfg_pci_cap, id),
	NUMBER(2, 2, struct jhcfg_pci_cap, start),
	NUMBER(4, 2, struct jhcfg_pci_cap, len),
	NUMBER(6, 2, struct jhcfg_pci_cap, flags),
};
const struct codec_record codec_pci_cap = { 8, FIELDS(pci_cap_fields) };

static const struct codec_field stream_id_fields[] = {
	NUMBER(0, 4, struct jhcfg_stream_id, id),
};
const struct codec_record codec_stream_id = { 4, FIELDS(stream_id_fields) };

static const struct codec_field cpu_id_fields[] = {
	NUMBER(0, 8, struct jhcfg_cpu_id, phys_id),
	NUMBER(8, 8, struct jhcfg_cpu_id, reserved),
};
const struct codec_record codec_cpu_id = { 16, FIELDS(cpu_id_fields) };

static const struct codec_field console_fields[] = {
	NUMBER( 0, 8, struct jhcfg_console, address),
	NUMBER( 8, 4, struct jhcfg_console, size),
	MAPPED(12, 2, struct jhcfg_console, type,  codec_console_type),
	MAPPED(14, 2, struct jhcfg_console, flags, codec_console_flags),
	NUMBER(16, 4, struct jhcfg_console, divider),
	NUMBER(20, 4, struct jhcfg_console, gate_nr),
	NUMBER(24, 8, struct jhcfg_console, clock_reg),
};
const struct codec_record codec_console = { 32, FIELDS(console_fields) };

static const struct codec_field iommu_v11_fields[] = {
	NUMBER( 0, 8, struct jhcfg_iommu, base),
	NUMBER( 8, 4, struct jhcfg_iommu, size),
	NUMBER(12, 2, struct jhcfg_iommu, amd_bdf),
	NUMBER(14, 1, struct jhcfg_iommu, amd_base_cap),
	NUMBER(15, 1, struct jhcfg_iommu, amd_msi_cap),
	NUMBER(16, 4, struct jhcfg_iommu, amd_features),
};
const struct codec_record codec_iommu_v11 = {
	codec_iommu_v11_size, FIELDS(iommu_v11_fields),
	.complete = codec_complete_iommu,
};

#define IOMMU_FIELDS \
	NUMBER( 0, 4, struct jhcfg_iommu, type), \
	NUMBER( 4, 8, struct jhcfg_iommu, base), \
	NUMBER(12, 4, struct jhcfg_iommu, size)
#define IOMMU_AMD_FIELDS \
	NUMBER(16, 2, struct jhcfg_iommu, amd_bdf), \
	NUMBER(18, 1, struct jhcfg_iommu, amd_base_cap), \
	NUMBER(19, 1, struct jhcfg_iommu, amd_msi_cap), \
	NUMBER(20, 4, struct jhcfg_iommu, amd_features)

static const struct codec_field iommu_v12_first_fields[] = {
	IOMMU_FIELDS,
	IOMMU_AMD_FIELDS,
};
const struct codec_record codec_iommu_v12_first = {
	codec_iommu_v12_first_size, FIELDS(iommu_v12_first_fields)
};

static const struct codec_field iommu_fields[] = { IOMMU_FIELDS };
static const struct codec_field iommu_amd_fields[] = { IOMMU_AMD_FIELDS };
static const struct codec_field iommu_pvu_fields[] = {
	NUMBER(16, 8, struct jhcfg_iommu, tlb_base),
	NUMBER(24, 4, struct jhcfg_iommu, tlb_size),
};
static const struct codec_field iommu_mmu500_fields[] = {
	NUMBER(16, 4, struct jhcfg_iommu, arm_sid_mask),
};
static const struct codec_variant iommu_variants[] = {
	{ JAILHOUSE_IOMMU_AMD, FIELDS(iommu_amd_fields) },
	{ JAILHOUSE_IOMMU_PVU, FIELDS(iommu_pvu_fields) },
};
const struct codec_record codec_iommu = {
	codec_iommu_size, FIELDS(iommu_fields),
	VARIANTS(struct jhcfg_iommu, type, iommu_variants)
};

static const struct codec_variant iommu_v13_variants[] = {
	{ JAILHOUSE_IOMMU_AMD,        FIELDS(iommu_amd_fields) },
	{ JAILHOUSE_IOMMU_PVU,        FIELDS(iommu_pvu_fields) },
	{ JAILHOUSE_IOMMU_ARM_MMU500, FIELDS(iommu_mmu500_fields) },
};
const struct codec_record codec_iommu_v13 = {
	codec_iommu_v13_size, FIELDS(iommu_fields),
	VARIANTS(struct jhcfg_iommu, type, iommu_v13_variants)
};
/* clang-format on */

void codec_complete_iommu(void *model)
{
	struct jhcfg_iommu *unit = model;

	if (!unit->base)
		return;
	unit->type = unit->amd_bdf || unit->amd_base_cap || unit->amd_features
			     ? JAILHOUSE_IOMMU_AMD
			     : JAILHOUSE_IOMMU_INTEL;
}
