// SPDX-License-Identifier: LGPL-2.1-or-later
/* Boston University's real-time fork: revision 13 with colored memory. */
#include "codec/dialects.h"
#include "codec/elements.h"
#include "codec/maps.h"
#include "codec/tables.h"

/* clang-format off */
static const struct codec_field console_fields[] = {
	NUMBER( 0, 8, struct jhcfg_console, address),
	NUMBER( 8, 4, struct jhcfg_console, size),
	MAPPED(12, 2, struct jhcfg_console, type,  codec_console_type_bu),
	MAPPED(14, 2, struct jhcfg_console, flags, codec_console_flags),
	NUMBER(16, 4, struct jhcfg_console, divider),
	NUMBER(20, 4, struct jhcfg_console, gate_nr),
	NUMBER(24, 8, struct jhcfg_console, clock_reg),
};
static const struct codec_record console = { 32, FIELDS(console_fields) };

static const struct codec_field system_fields[] = {
	SYSTEM_HEAD(codec_memory, console),
	PCI_WINDOW(76),
	IOMMU_UNITS(88, codec_iommu),
};
static const struct codec_field x86_fields[] = { X86_ALIGNED(312) };
static const struct codec_field arm_fields[] = { ARM_ALIGNED(312) };
static const struct codec_variant architectures[] =
	ARCHITECTURES(x86_fields, arm_fields);
static const struct codec_record system = {
	356, FIELDS(system_fields), BY_ARCHITECTURE(architectures)
};

static const struct codec_field cell_fields[] = {
	CELL_HEAD(codec_cell_flags),
	CELL(80, 4, vpci_irq_base),
	CELL(84, 8, reset_address),
	CELL(96, 8, msg_reply_timeout),
	NESTED(104, console, struct jhcfg_cell, console),
};
static const struct codec_record cell = { 136, FIELDS(cell_fields) };

#define COLORED_FIELDS \
	NUMBER( 0, 8, struct jhcfg_memory, phys_start), \
	NUMBER( 8, 8, struct jhcfg_memory, virt_start), \
	NUMBER(16, 8, struct jhcfg_memory, size), \
	MAPPED(24, 8, struct jhcfg_memory, flags, codec_memory_flags), \
	NUMBER(32, 8, struct jhcfg_memory, colors)
static const struct codec_field colored_fields[] = { COLORED_FIELDS };
static const struct codec_record colored = { 40, FIELDS(colored_fields) };

static const struct codec_field rebased_fields[] = {
	COLORED_FIELDS,
	NUMBER(40, 8, struct jhcfg_memory, rebase_offset),
};
static const struct codec_record rebased = { 48, FIELDS(rebased_fields) };

#define ARRAYS_WITH(colored_record) { \
	CPU_SET(48), \
	{ &codec_plain_memory, "memory regions", 52, JHCFG_LIST_MEMORY, \
	  .record = &codec_memory }, \
	{ &codec_colored_memory, "colored memory regions", 92, \
	  JHCFG_LIST_MEMORY, .record = &colored_record }, \
	CACHE(56), \
	IRQCHIPS(60), \
	PIO(64), \
	PCI(68, codec_pci_device), \
	CAPS(72), \
	STREAM_IDS(76, codec_stream_id), \
}
static const struct codec_array arrays[] = ARRAYS_WITH(colored);
static const struct codec_array rebase_arrays[] = ARRAYS_WITH(rebased);
/* clang-format on */

const struct jhcfg_dialect codec_bu13 = {
	.name = "bu-13",
	.title = "the BU real-time fork's revision 13",
	.revision = 13,
	.system = &system,
	.cell = &cell,
	ARRAYS(arrays),
	.max_console_type = JAILHOUSE_CON_TYPE_IMX,
	.own_console_type = JHCFG_CON_TYPE_LINFLEX,
	.max_iommu_type = JAILHOUSE_IOMMU_ARM_MMU500,
};

const struct jhcfg_dialect codec_bu13_rebase = {
	.name = "bu-13-rebase",
	.title = "the BU real-time fork's revision 13 with rebasing",
	.revision = 13,
	.system = &system,
	.cell = &cell,
	ARRAYS(rebase_arrays),
	.max_console_type = JAILHOUSE_CON_TYPE_IMX,
	.own_console_type = JHCFG_CON_TYPE_LINFLEX,
	.max_iommu_type = JAILHOUSE_IOMMU_ARM_MMU500,
};
