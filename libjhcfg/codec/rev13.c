// SPDX-License-Identifier: LGPL-2.1-or-later
/* Revision 13: as released with Linux of vendors, its first day, a branch. */
#include "codec/dialects.h"
#include "codec/elements.h"
#include "codec/maps.h"
#include "codec/tables.h"

/* clang-format off */
static const struct codec_field system_fields[] = {
	SYSTEM_HEAD(codec_memory, codec_console),
	PCI_WINDOW(76),
	IOMMU_UNITS(88, codec_iommu_v13),
};
static const struct codec_field x86_fields[] = { X86_ALIGNED(312) };
static const struct codec_field arm_fields[] = { ARM_ALIGNED(312) };
static const struct codec_variant architectures[] =
	ARCHITECTURES(x86_fields, arm_fields);
static const struct codec_record system = {
	356, FIELDS(system_fields), BY_ARCHITECTURE(architectures)
};

/* before the paddings were rearranged */
static const struct codec_field first_x86_fields[] = { X86_PACKED(312) };
static const struct codec_field first_arm_fields[] = { ARM_PACKED(312) };
static const struct codec_variant first_architectures[] =
	ARCHITECTURES(first_x86_fields, first_arm_fields);
static const struct codec_record first_system = {
	354, FIELDS(system_fields), BY_ARCHITECTURE(first_architectures)
};

static const struct codec_field colors_system_fields[] = {
	SYSTEM_HEAD(codec_memory, codec_console),
	PCI_WINDOW(76),
	PLATFORM(88, 4, max_cache_colors),
	IOMMU_UNITS(92, codec_iommu_v13),
};
static const struct codec_field colors_x86_fields[] = { X86_ALIGNED(316) };
static const struct codec_field colors_arm_fields[] = { ARM_ALIGNED(316) };
static const struct codec_variant colors_architectures[] =
	ARCHITECTURES(colors_x86_fields, colors_arm_fields);
static const struct codec_record colors_system = {
	360, FIELDS(colors_system_fields), BY_ARCHITECTURE(colors_architectures)
};

static const struct codec_field cell_fields[] = {
	CELL_HEAD(codec_cell_flags),
	CELL(80, 4, vpci_irq_base),
	CELL(84, 8, reset_address),
	CELL(92, 8, msg_reply_timeout),
	NESTED(100, codec_console, struct jhcfg_cell, console),
};
static const struct codec_record cell = { 132, FIELDS(cell_fields) };

#define ARRAYS_WITH(memory) { \
	CPU_SET(48), \
	MEMORY(52, memory), \
	CACHE(56), \
	IRQCHIPS(60), \
	PIO(64), \
	PCI(68, codec_pci_device), \
	CAPS(72), \
	STREAM_IDS(76, codec_stream_id), \
}
static const struct codec_array arrays[] = ARRAYS_WITH(codec_memory);

static const struct codec_field colors_memory_fields[] = {
	NUMBER( 0, 8, struct jhcfg_memory, phys_start),
	NUMBER( 8, 8, struct jhcfg_memory, virt_start),
	NUMBER(16, 8, struct jhcfg_memory, size),
	MAPPED(24, 8, struct jhcfg_memory, flags, codec_memory_flags_colored),
};
static const struct codec_record colors_memory = {
	32, FIELDS(colors_memory_fields)
};
static const struct codec_array colors_arrays[] = ARRAYS_WITH(colors_memory);
/* clang-format on */

const struct jhcfg_dialect codec_rev13 = {
	.name = "rev13",
	.title = "revision 13",
	.revision = 13,
	.system = &system,
	.cell = &cell,
	ARRAYS(arrays),
	.max_console_type = JAILHOUSE_CON_TYPE_SCIF,
	.max_iommu_type = JAILHOUSE_IOMMU_ARM_MMU500,
};

const struct jhcfg_dialect codec_rev13_first = {
	.name = "rev13-first",
	.title = "the first layout of revision 13",
	.revision = 13,
	.system = &first_system,
	.cell = &cell,
	ARRAYS(arrays),
	.max_console_type = JAILHOUSE_CON_TYPE_IMX,
	.max_iommu_type = JAILHOUSE_IOMMU_PVU,
};

const struct jhcfg_dialect codec_wip_coloring = {
	.name = "wip-cache-coloring",
	.title = "the branch wip/cache-coloring, revision 13",
	.revision = 13,
	.system = &colors_system,
	.cell = &cell,
	ARRAYS(colors_arrays),
	.max_console_type = JAILHOUSE_CON_TYPE_SCIF,
	.max_iommu_type = JAILHOUSE_IOMMU_ARM_MMU500,
};
