// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Omnivisor: revision 14 with colored memory, remote CPUs and FPGA regions.
 * Of some of its parts only the sizes are known; they are kept as bytes.
 */
#include "codec/dialects.h"
#include "codec/elements.h"
#include "codec/maps.h"
#include "codec/tables.h"

/* clang-format off */
static const struct codec_field memory_fields[] = {
	NUMBER( 0, 8, struct jhcfg_memory, phys_start),
	NUMBER( 8, 8, struct jhcfg_memory, virt_start),
	NUMBER(16, 8, struct jhcfg_memory, size),
	MAPPED(24, 8, struct jhcfg_memory, flags, codec_memory_flags_omnivisor),
	NUMBER(32, 8, struct jhcfg_memory, colors),
};
static const struct codec_record memory = { 40, FIELDS(memory_fields) };

static const struct codec_field system_fields[] = {
	CONFIG(8, 4, flags),
	NESTED(12, memory, struct jhcfg_config, system.hypervisor_memory),
	NESTED(52, codec_console, struct jhcfg_config, system.debug_console),
	PCI_WINDOW(84),
	PLATFORM(96, 4, no_spectre_mitigation),
	IOMMU_UNITS(100, codec_iommu),
	PLATFORM(324, 8, color_way_size),
	PLATFORM(332, 8, color_root_map_offset),
	BYTES(340, 48, struct jhcfg_config, system.platform.memguard),
	PLATFORM(388, 8, qos_nic_base),
	PLATFORM(396, 8, qos_nic_size),
	BYTES(404, 45, struct jhcfg_config, system.platform.fpga),
};
static const struct codec_field x86_fields[] = { X86_ALIGNED(449) };
static const struct codec_field arm_fields[] = { ARM_ALIGNED(449) };
static const struct codec_variant architectures[] =
	ARCHITECTURES(x86_fields, arm_fields);
static const struct codec_record system = {
	493, FIELDS(system_fields), BY_ARCHITECTURE(architectures)
};

static const struct codec_field cell_fields[] = {
	CELL_HEAD(codec_cell_flags),
	CELL(100, 4, vpci_irq_base),
	CELL(104, 8, reset_address),
	CELL(112, 8, msg_reply_timeout),
	NESTED(120, codec_console, struct jhcfg_cell, console),
};
static const struct codec_record cell = { 152, FIELDS(cell_fields) };

static const struct codec_field qos_device_fields[] = {
	BYTES(0, 20, struct jhcfg_blob, bytes),
};
static const struct codec_record qos_device = { 20, FIELDS(qos_device_fields) };
static const struct codec_field rcpu_device_fields[] = {
	BYTES(0, 66, struct jhcfg_blob, bytes),
};
static const struct codec_record rcpu_device = {
	66, FIELDS(rcpu_device_fields)
};
static const struct codec_field fpga_device_fields[] = {
	BYTES(0, 109, struct jhcfg_blob, bytes),
};
static const struct codec_record fpga_device = {
	109, FIELDS(fpga_device_fields)
};

static const struct codec_array arrays[] = {
	CPU_SET(48),
	{ &codec_set, "the set of remote CPUs", 52,
	  .set = offsetof(struct jhcfg_cell, rcpus) },
	{ &codec_set, "the set of FPGA regions", 56,
	  .set = offsetof(struct jhcfg_cell, fpga_regions) },
	MEMORY(60, memory),
	CACHE(64),
	IRQCHIPS(68),
	PIO(72),
	PCI(76, codec_pci_device),
	CAPS(80),
	STREAM_IDS(84, codec_stream_id),
	BLOBS(88, "QoS devices", JHCFG_LIST_QOS_DEVICES, qos_device),
	BLOBS(92, "remote CPU devices", JHCFG_LIST_RCPU_DEVICES, rcpu_device),
	BLOBS(96, "FPGA devices", JHCFG_LIST_FPGA_DEVICES, fpga_device),
};
/* clang-format on */

const struct jhcfg_dialect codec_omnivisor14 = {
	.name = "omnivisor-14",
	.title = "Omnivisor's revision 14",
	.family = CODEC_5_CHARACTERS,
	.revision = 14,
	.system = &system,
	.cell = &cell,
	ARRAYS(arrays),
	.max_console_type = JAILHOUSE_CON_TYPE_SCIF,
	.max_iommu_type = JAILHOUSE_IOMMU_ARM_MMU500,
};
