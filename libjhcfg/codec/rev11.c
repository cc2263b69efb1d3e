// SPDX-License-Identifier: LGPL-2.1-or-later
/* Revisions 9 (v0.9), 10 (v0.10, v0.11) and 11, which was never released. */
#include "codec/dialects.h"
#include "codec/elements.h"
#include "codec/maps.h"
#include "codec/tables.h"

/* clang-format off */
static const struct codec_field system_fields[] = {
	SYSTEM_HEAD(codec_memory_v11, codec_console),
	PCI_WINDOW(76),
};
static const struct codec_field x86_fields[] = {
	X86_PACKED(88),
	IOMMU_UNITS(106, codec_iommu_v11),
};
static const struct codec_field arm_fields[] = { ARM_PACKED(88) };
static const struct codec_variant architectures[] =
	ARCHITECTURES(x86_fields, arm_fields);
static const struct codec_record system = {
	266, FIELDS(system_fields), BY_ARCHITECTURE(architectures)
};

static const struct codec_field cell_fields[] = {
	CELL_HEAD(codec_cell_flags_v10),
	CELL(76, 4, vpci_irq_base),
	CELL(80, 8, reset_address),
	CELL(88, 8, msg_reply_timeout),
	NESTED(96, codec_console, struct jhcfg_cell, console),
};
static const struct codec_record cell = { 128, FIELDS(cell_fields) };

/* type and flags are one number there: bits 0 to 3, and those above */
static const struct codec_field v9_console_fields[] = {
	NUMBER( 0, 8, struct jhcfg_console, address),
	NUMBER( 8, 4, struct jhcfg_console, size),
	{ 12, 4, MEMBER(struct jhcfg_console, type), .bits = 4, .count = 1,
	  .map = &codec_console_type_v9 },
	{ 12, 4, MEMBER(struct jhcfg_console, flags), .bits = 12, .shift = 4,
	  .count = 1, .map = &codec_console_flags_v9 },
	NUMBER(16, 4, struct jhcfg_console, divider),
	NUMBER(20, 4, struct jhcfg_console, gate_nr),
	NUMBER(24, 8, struct jhcfg_console, clock_reg),
};
static const struct codec_record v9_console = {
	32, FIELDS(v9_console_fields)
};

static const struct codec_field v9_system_fields[] = {
	NESTED( 8, codec_memory_v11, struct jhcfg_config,
	       system.hypervisor_memory),
	NESTED(40, v9_console, struct jhcfg_config, system.debug_console),
	PCI_WINDOW(72),
};
static const struct codec_field v9_x86_fields[] = {
	X86_PACKED(84),
	IOMMU_UNITS(102, codec_iommu_v11),
};
static const struct codec_field v9_arm_fields[] = { ARM_PACKED(84) };
static const struct codec_variant v9_architectures[] =
	ARCHITECTURES(v9_x86_fields, v9_arm_fields);
static const struct codec_record v9_system = {
	262, FIELDS(v9_system_fields), BY_ARCHITECTURE(v9_architectures)
};

static const struct codec_field v9_cell_fields[] = {
	CELL_HEAD(codec_cell_flags_v9),
	CELL(76, 4, vpci_irq_base),
	CELL(80, 8, reset_address),
	CELL(88, 8, msg_reply_timeout),
};
static const struct codec_record v9_cell = { 96, FIELDS(v9_cell_fields) };

#define ARRAYS_WITH(ports) { \
	CPU_SET(48), \
	MEMORY(52, codec_memory_v11), \
	CACHE(56), \
	IRQCHIPS(60), \
	ports(64), \
	PCI(68, codec_pci_device_v11), \
	CAPS(72), \
}
static const struct codec_array arrays[] = ARRAYS_WITH(PIO);
static const struct codec_array bitmap_arrays[] = ARRAYS_WITH(PIO_BITMAP);
/* clang-format on */

const struct jhcfg_dialect codec_rev11 = {
	.name = "rev11",
	.title = "revision 11",
	.revision = 11,
	.system = &system,
	.cell = &cell,
	ARRAYS(arrays),
	.max_console_type = JAILHOUSE_CON_TYPE_IMX,
	.max_iommu_type = JAILHOUSE_IOMMU_INTEL,
};

const struct jhcfg_dialect codec_rev10 = {
	.name = "rev10",
	.title = "revision 10 (v0.10, v0.11)",
	.revision = 10,
	.system = &system,
	.cell = &cell,
	ARRAYS(bitmap_arrays),
	.max_console_type = JAILHOUSE_CON_TYPE_IMX,
	.max_iommu_type = JAILHOUSE_IOMMU_INTEL,
};

const struct jhcfg_dialect codec_rev9 = {
	.name = "rev9",
	.title = "revision 9 (v0.9)",
	.revision = 9,
	.system = &v9_system,
	.cell = &v9_cell,
	ARRAYS(bitmap_arrays),
	.max_console_type = JAILHOUSE_CON_TYPE_IMX,
	.own_console_type = JHCFG_CON_TYPE_VGA,
	.max_iommu_type = JAILHOUSE_IOMMU_INTEL,
};
