// SPDX-License-Identifier: LGPL-2.1-or-later
/* Revision 12: v0.12, and what it was when it was new. */
#include "codec/dialects.h"
#include "codec/elements.h"
#include "codec/maps.h"
#include "codec/tables.h"

/* clang-format off */
static const struct codec_field system_fields[] = {
	SYSTEM_HEAD(codec_memory, codec_console),
	PCI_WINDOW(76),
};
static const struct codec_field x86_fields[] = {
	X86_PACKED(88),
	IOMMU_UNITS(106, codec_iommu),
};
static const struct codec_field arm_fields[] = {
	ARM_PACKED(88),
	IOMMU_UNITS(130, codec_iommu),
};
static const struct codec_variant architectures[] =
	ARCHITECTURES(x86_fields, arm_fields);
static const struct codec_record system = {
	354, FIELDS(system_fields), BY_ARCHITECTURE(architectures)
};

static const struct codec_field first_system_fields[] = {
	SYSTEM_HEAD(codec_memory_v11, codec_console),
	PCI_WINDOW(76),
};
static const struct codec_field first_x86_fields[] = {
	X86_PACKED(88),
	IOMMU_UNITS(106, codec_iommu_v12_first),
};
static const struct codec_field first_arm_fields[] = {
	ARM_PACKED(88),
	IOMMU_UNITS(130, codec_iommu_v12_first),
};
static const struct codec_variant first_architectures[] =
	ARCHITECTURES(first_x86_fields, first_arm_fields);
static const struct codec_record first_system = {
	322, FIELDS(first_system_fields), BY_ARCHITECTURE(first_architectures)
};

static const struct codec_field cell_fields[] = {
	CELL_HEAD(codec_cell_flags_v10),
	CELL(80, 4, vpci_irq_base),
	CELL(84, 8, reset_address),
	CELL(92, 8, msg_reply_timeout),
	NESTED(100, codec_console, struct jhcfg_cell, console),
};
static const struct codec_record cell = { 132, FIELDS(cell_fields) };

#define ARRAYS_WITH(memory, pci_device) { \
	CPU_SET(48), \
	MEMORY(52, memory), \
	CACHE(56), \
	IRQCHIPS(60), \
	PIO(64), \
	PCI(68, pci_device), \
	CAPS(72), \
	STREAM_IDS(76, codec_stream_id), \
}
static const struct codec_array arrays[] =
	ARRAYS_WITH(codec_memory, codec_pci_device);
static const struct codec_array first_arrays[] =
	ARRAYS_WITH(codec_memory_v11, codec_pci_device_v11);
/* clang-format on */

const struct jhcfg_dialect codec_rev12 = {
	.name = "rev12",
	.title = "revision 12 (v0.12)",
	.revision = 12,
	.system = &system,
	.cell = &cell,
	ARRAYS(arrays),
	.max_console_type = JAILHOUSE_CON_TYPE_IMX,
	.max_iommu_type = JAILHOUSE_IOMMU_PVU,
};

const struct jhcfg_dialect codec_rev12_first = {
	.name = "rev12-first",
	.title = "the first layout of revision 12",
	.revision = 12,
	.system = &first_system,
	.cell = &cell,
	ARRAYS(first_arrays),
	.max_console_type = JAILHOUSE_CON_TYPE_IMX,
	.max_iommu_type = JAILHOUSE_IOMMU_PVU,
};
