// SPDX-License-Identifier: LGPL-2.1-or-later
/* TI's revision 12 of before v0.12: ports as a bitmap, register maps. */
#include "codec/dialects.h"
#include "codec/elements.h"
#include "codec/maps.h"
#include "codec/tables.h"

#include "model/members.h"

enum {
	iommu_size = 36
};

/* type 0 is AMD, so that an unused slot looks like one without a base */
static void complete_iommu(void *model)
{
	struct jhcfg_iommu *unit = model;
	uint32_t type = unit->type;

	unit->type = 0;
	if (type != JAILHOUSE_IOMMU_AMD || !jhcfg_is_zero(unit, sizeof(*unit)))
		unit->type = type;
}

/* clang-format off */
static const struct codec_field iommu_fields[] = {
	MAPPED( 0, 4, struct jhcfg_iommu, type, codec_iommu_type_ti),
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
	NUMBER(20, 8, struct jhcfg_iommu, tlb_base),
	NUMBER(28, 4, struct jhcfg_iommu, tlb_size),
};
static const struct codec_variant iommu_variants[] = {
	{ JAILHOUSE_IOMMU_AMD, FIELDS(iommu_amd_fields) },
	{ JAILHOUSE_IOMMU_PVU, FIELDS(iommu_pvu_fields) },
};
static const struct codec_record iommu = {
	iommu_size, FIELDS(iommu_fields),
	VARIANTS(struct jhcfg_iommu, type, iommu_variants),
	.complete = complete_iommu,
};

static const struct codec_field system_fields[] = {
	SYSTEM_HEAD(codec_memory_v11, codec_console),
	PCI_WINDOW(76),
};
static const struct codec_field x86_fields[] = {
	X86_PACKED(88),
	IOMMU_UNITS(106, iommu),
};
static const struct codec_field arm_fields[] = {
	ARM_PACKED(88),
	IOMMU_UNITS(130, iommu),
};
static const struct codec_variant architectures[] =
	ARCHITECTURES(x86_fields, arm_fields);
static const struct codec_record system = {
	418, FIELDS(system_fields), BY_ARCHITECTURE(architectures)
};

static const struct codec_field cell_fields[] = {
	CELL_HEAD(codec_cell_flags_v10),
	CELL(84, 4, vpci_irq_base),
	CELL(88, 8, reset_address),
	CELL(96, 8, msg_reply_timeout),
	NESTED(104, codec_console, struct jhcfg_cell, console),
};
static const struct codec_record cell = { 136, FIELDS(cell_fields) };

static const struct codec_field regmap_fields[] = {
	NUMBER(  0, 8, struct jhcfg_regmap, reg_base),
	NUMBER(  8, 4, struct jhcfg_regmap, reg_count),
	NUMBER( 12, 1, struct jhcfg_regmap, reg_size),
	NUMBER( 13, 4, struct jhcfg_regmap, flags),
	NUMBERS(17, 4, struct jhcfg_regmap, reg_bitmap, 8),
};
static const struct codec_record regmap = { 49, FIELDS(regmap_fields) };

static const struct codec_array arrays[] = {
	CPU_SET(48),
	MEMORY(52, codec_memory_v11),
	CACHE(56),
	IRQCHIPS(60),
	PIO_BITMAP(64),
	PCI(68, codec_pci_device_v11),
	CAPS(72),
	STREAM_IDS(76, codec_stream_id),
	{ &codec_records, "register maps", 80, JHCFG_LIST_REGMAPS,
	  .record = &regmap },
};
/* clang-format on */

const struct jhcfg_dialect codec_ti_old12 = {
	.name = "ti-old-12",
	.title = "TI's revision 12 of before v0.12",
	.revision = 12,
	.system = &system,
	.cell = &cell,
	ARRAYS(arrays),
	.max_console_type = JAILHOUSE_CON_TYPE_IMX,
	.max_iommu_type = JAILHOUSE_IOMMU_PVU,
};
