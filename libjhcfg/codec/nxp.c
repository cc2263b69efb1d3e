// SPDX-License-Identifier: LGPL-2.1-or-later
/* What NXP shipped with its Linux, calling it revision 10 resp. 12. */
#include "codec/dialects.h"
#include "codec/elements.h"
#include "codec/maps.h"
#include "codec/tables.h"

enum {
	nxp10_iommu_size = 32,
	nxp10_smmu_size = 32,
	nxp12_iommu_size = 40,
};

/* no type in the file, and there are only such on ARM */
static void complete_smmu(void *model)
{
	struct jhcfg_iommu *unit = model;

	if (unit->base)
		unit->type = JAILHOUSE_IOMMU_ARM_MMU500;
}

/* clang-format off */
static const struct codec_field nxp10_iommu_fields[] = {
	NUMBER( 0, 8, struct jhcfg_iommu, base),
	NUMBER( 8, 4, struct jhcfg_iommu, size),
	NUMBER(12, 2, struct jhcfg_iommu, amd_bdf),
	NUMBER(14, 1, struct jhcfg_iommu, amd_base_cap),
	NUMBER(15, 1, struct jhcfg_iommu, amd_msi_cap),
	NUMBER(16, 4, struct jhcfg_iommu, amd_features),
	NUMBER(20, 4, struct jhcfg_iommu, arm_sid_mask),
	NUMBER(24, 4, struct jhcfg_iommu, arm_smmu_arch),
	NUMBER(28, 4, struct jhcfg_iommu, arm_smmu_impl),
};
static const struct codec_record nxp10_iommu = {
	nxp10_iommu_size, FIELDS(nxp10_iommu_fields),
	.complete = codec_complete_iommu,
};
static const struct codec_record nxp10_smmu = {
	nxp10_smmu_size, FIELDS(nxp10_iommu_fields),
	.complete = complete_smmu,
};

static const struct codec_field nxp10_system_fields[] = {
	SYSTEM_HEAD(codec_memory_v11, codec_console),
	PCI_WINDOW(76),
};
static const struct codec_field nxp10_x86_fields[] = {
	X86_PACKED(88),
	IOMMU_UNITS(106, nxp10_iommu),
};
static const struct codec_field nxp10_arm_fields[] = {
	ARM_PACKED(88),
	IOMMU_UNITS(130, nxp10_smmu),
};
static const struct codec_variant nxp10_architectures[] =
	ARCHITECTURES(nxp10_x86_fields, nxp10_arm_fields);
static const struct codec_record nxp10_system = {
	386, FIELDS(nxp10_system_fields), BY_ARCHITECTURE(nxp10_architectures)
};

static const struct codec_field nxp10_cell_fields[] = {
	CELL_HEAD(codec_cell_flags_v10),
	CELL( 76, 4, vpci_irq_base),
	CELL( 80, 8, reset_address),
	CELL( 88, 8, msg_reply_timeout),
	CELL( 96, 8, pci_cfg_base),
	CELL(104, 8, pci_cfg_size),
	CELL(112, 4, ivshmem_irq),
	NESTED(120, codec_console, struct jhcfg_cell, console),
};
static const struct codec_record nxp10_cell = {
	152, FIELDS(nxp10_cell_fields)
};

static const struct codec_field nxp10_stream_id_fields[] = {
	NUMBER(0, 4, struct jhcfg_stream_id, id),
	NUMBER(4, 4, struct jhcfg_stream_id, mask),
};
static const struct codec_record nxp10_stream_id = {
	8, FIELDS(nxp10_stream_id_fields)
};

static const struct codec_array nxp10_arrays[] = {
	CPU_SET(48),
	MEMORY(52, codec_memory_v11),
	CACHE(56),
	IRQCHIPS(60),
	PIO_BITMAP(64),
	PCI(68, codec_pci_device_v11),
	CAPS(72),
	STREAM_IDS(116, nxp10_stream_id),
};

static const struct codec_field nxp12_iommu_fields[] = {
	NUMBER( 0, 4, struct jhcfg_iommu, type),
	NUMBER( 4, 8, struct jhcfg_iommu, base),
	NUMBER(12, 4, struct jhcfg_iommu, size),
	NUMBER(28, 4, struct jhcfg_iommu, arm_sid_mask),
	NUMBER(32, 4, struct jhcfg_iommu, arm_smmu_arch),
	NUMBER(36, 4, struct jhcfg_iommu, arm_smmu_impl),
};
static const struct codec_field nxp12_amd_fields[] = {
	NUMBER(16, 2, struct jhcfg_iommu, amd_bdf),
	NUMBER(18, 1, struct jhcfg_iommu, amd_base_cap),
	NUMBER(19, 1, struct jhcfg_iommu, amd_msi_cap),
	NUMBER(20, 4, struct jhcfg_iommu, amd_features),
};
static const struct codec_field nxp12_pvu_fields[] = {
	NUMBER(16, 8, struct jhcfg_iommu, tlb_base),
	NUMBER(24, 4, struct jhcfg_iommu, tlb_size),
};
static const struct codec_variant nxp12_iommu_variants[] = {
	{ JAILHOUSE_IOMMU_AMD, FIELDS(nxp12_amd_fields) },
	{ JAILHOUSE_IOMMU_PVU, FIELDS(nxp12_pvu_fields) },
};
static const struct codec_record nxp12_iommu = {
	nxp12_iommu_size, FIELDS(nxp12_iommu_fields),
	VARIANTS(struct jhcfg_iommu, type, nxp12_iommu_variants)
};

static const struct codec_field nxp12_system_fields[] = {
	SYSTEM_HEAD(codec_memory, codec_console),
	PCI_WINDOW(76),
};
static const struct codec_field nxp12_x86_fields[] = {
	X86_PACKED(88),
	IOMMU_UNITS(106, nxp12_iommu),
};
static const struct codec_field nxp12_arm_fields[] = {
	ARM_PACKED(88),
	IOMMU_UNITS(130, nxp12_iommu),
};
static const struct codec_variant nxp12_architectures[] =
	ARCHITECTURES(nxp12_x86_fields, nxp12_arm_fields);
static const struct codec_record nxp12_system = {
	450, FIELDS(nxp12_system_fields), BY_ARCHITECTURE(nxp12_architectures)
};

static const struct codec_field nxp12_cell_fields[] = {
	CELL_HEAD(codec_cell_flags),
	CELL(80, 4, vpci_irq_base),
	CELL(84, 8, reset_address),
	CELL(92, 8, msg_reply_timeout),
	NESTED(100, codec_console, struct jhcfg_cell, console),
};
static const struct codec_record nxp12_cell = {
	132, FIELDS(nxp12_cell_fields)
};

static const struct codec_array nxp12_arrays[] = {
	CPU_SET(48),
	MEMORY(52, codec_memory),
	CACHE(56),
	IRQCHIPS(60),
	PIO(64),
	PCI(68, codec_pci_device),
	CAPS(72),
	STREAM_IDS(76, codec_stream_id),
};
/* clang-format on */

const struct jhcfg_dialect codec_nxp10 = {
	.name = "nxp-10",
	.title = "NXP's revision 10",
	.revision = 10,
	.system = &nxp10_system,
	.cell = &nxp10_cell,
	ARRAYS(nxp10_arrays),
	.max_console_type = JAILHOUSE_CON_TYPE_IMX_LPUART,
	.max_iommu_type = JAILHOUSE_IOMMU_ARM_MMU500,
};

const struct jhcfg_dialect codec_nxp12 = {
	.name = "nxp-12",
	.title = "NXP's revision 12",
	.revision = 12,
	.system = &nxp12_system,
	.cell = &nxp12_cell,
	ARRAYS(nxp12_arrays),
	.max_console_type = JAILHOUSE_CON_TYPE_IMX_LPUART,
	.max_iommu_type = JAILHOUSE_IOMMU_ARM_MMU500,
};
