// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Revision 14, field by field, and the branch that counts on from it. Typed
 * from the format description, not derived from the ABI header's structs:
 * tests/abi compares the two.
 */
#include "codec/dialects.h"
#include "codec/elements.h"
#include "codec/maps.h"
#include "codec/tables.h"

/* clang-format off */
static const struct codec_field system_fields[] = {
	SYSTEM_HEAD(codec_memory, codec_console),
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
	CELL(92, 8, msg_reply_timeout),
	NESTED(100, codec_console, struct jhcfg_cell, console),
};
static const struct codec_record cell = { 132, FIELDS(cell_fields) };

#define ARRAYS_BEHIND_CPUS \
	MEMORY(52, codec_memory), \
	CACHE(56), \
	IRQCHIPS(60), \
	PIO(64), \
	PCI(68, codec_pci_device), \
	CAPS(72), \
	STREAM_IDS(76, codec_stream_id)

static const struct codec_array arrays[] = { CPU_SET(48), ARRAYS_BEHIND_CPUS };

/* a list of physical ids takes the place of the CPU set */
static const struct codec_array wip_cpus_arrays[] = {
	{ &codec_records, "CPUs", 48, JHCFG_LIST_CPU_IDS,
	  .record = &codec_cpu_id },
	ARRAYS_BEHIND_CPUS,
};
/* clang-format on */

const struct jhcfg_dialect codec_rev14 = {
	.name = "rev14",
	.title = "revision 14",
	.family = CODEC_5_CHARACTERS,
	.revision = 14,
	.system = &system,
	.cell = &cell,
	ARRAYS(arrays),
	.max_console_type = JAILHOUSE_CON_TYPE_SCIF,
	.max_iommu_type = JAILHOUSE_IOMMU_ARM_MMU500,
};

const struct jhcfg_dialect codec_wip_cpus = {
	.name = "wip-cpu-config",
	.title = "the branch wip/new-cpu-config, revision 15",
	.family = CODEC_5_CHARACTERS,
	.revision = 15,
	.system = &system,
	.cell = &cell,
	ARRAYS(wip_cpus_arrays),
	.max_console_type = JAILHOUSE_CON_TYPE_SCIF,
	.max_iommu_type = JAILHOUSE_IOMMU_ARM_MMU500,
};
