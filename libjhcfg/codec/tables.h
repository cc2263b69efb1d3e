/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Rows of the field tables. All offsets are those of the file. */
#ifndef JHCFG_CODEC_TABLES_H
#define JHCFG_CODEC_TABLES_H

#include <stddef.h>

#include <jailhouse/cell-config.h>

#include "codec/dialect.h"

/* clang-format off */
#define MEMBER(type, name) offsetof(type, name), sizeof(((type *)0)->name)

/* A number at @off_ of @width_ bytes. */
#define NUMBER(off_, width_, type, name) \
	{ off_, width_, MEMBER(type, name), .count = 1 }
/* One that the model numbers otherwise. */
#define MAPPED(off_, width_, type, name, map_) \
	{ off_, width_, MEMBER(type, name), .count = 1, .map = &map_ }
/* @bits_ bits from bit @shift_ on, of a number. */
#define BITS(off_, width_, shift_, bits_, type, name) \
	{ off_, width_, MEMBER(type, name), .bits = bits_, .shift = shift_, \
	  .count = 1 }
#define BIT(off_, shift_, type, name) BITS(off_, 1, shift_, 1, type, name)
#define NUMBERS(off_, width_, type, name, count_) \
	{ off_, width_, MEMBER(type, name[0]), .count = count_ }
#define TEXT(off_, width_, type, name) \
	{ off_, width_, MEMBER(type, name), .count = 1, .form = CODEC_TEXT }
/* Longer in the model than in the file is fine. */
#define BYTES(off_, width_, type, name) \
	{ off_, width_, MEMBER(type, name), .count = 1, .form = CODEC_BYTES }
#define NESTED(off_, record_, type, name) \
	{ off_, 0, MEMBER(type, name), .count = 1, .record = &record_ }
#define NESTED_ARRAY(off_, width_, record_, type, name, count_) \
	{ off_, width_, MEMBER(type, name[0]), .count = count_, \
	  .record = &record_ }

#define FIELDS(table) .fields = table, .num_fields = ARRAY_SIZE(table)
#define VARIANTS(type, name, table) \
	.selector = offsetof(type, name), \
	.selector_size = sizeof(((type *)0)->name), \
	.variants = table, .num_variants = ARRAY_SIZE(table)

/* Runs of fields that several dialects have at other offsets. */

#define CONFIG(off, width, name) \
	NUMBER(off, width, struct jhcfg_config, system.name)
#define PLATFORM(off, width, name) CONFIG(off, width, platform.name)

/* Up to revision 12, the platform's numbers are packed without padding ... */
#define X86_PACKED(off) \
	PLATFORM((off),      2, pm_timer_address), \
	PLATFORM((off) +  2, 4, vtd_interrupt_limit), \
	PLATFORM((off) +  6, 1, apic_mode), \
	PLATFORM((off) + 10, 4, tsc_khz), \
	PLATFORM((off) + 14, 4, apic_khz)
#define ARM_PACKED(off) \
	PLATFORM((off),      1, maintenance_irq), \
	PLATFORM((off) +  1, 1, gic_version), \
	PLATFORM((off) +  2, 8, gicd_base), \
	PLATFORM((off) + 10, 8, gicc_base), \
	PLATFORM((off) + 18, 8, gich_base), \
	PLATFORM((off) + 26, 8, gicv_base), \
	PLATFORM((off) + 34, 8, gicr_base)
/* ... and since then they are aligned. */
#define X86_ALIGNED(off) \
	PLATFORM((off),      2, pm_timer_address), \
	PLATFORM((off) +  2, 1, apic_mode), \
	PLATFORM((off) +  4, 4, vtd_interrupt_limit), \
	PLATFORM((off) +  8, 4, tsc_khz), \
	PLATFORM((off) + 12, 4, apic_khz)
#define ARM_ALIGNED(off) \
	PLATFORM((off),      1, maintenance_irq), \
	PLATFORM((off) +  1, 1, gic_version), \
	PLATFORM((off) +  4, 8, gicd_base), \
	PLATFORM((off) + 12, 8, gicc_base), \
	PLATFORM((off) + 20, 8, gich_base), \
	PLATFORM((off) + 28, 8, gicv_base), \
	PLATFORM((off) + 36, 8, gicr_base)

#define IOMMU_UNITS(off, record_) \
	NESTED_ARRAY(off, (record_##_size), record_, struct jhcfg_config, \
		     system.platform.iommu_units, JHCFG_MAX_IOMMU_UNITS)

/* What follows the hypervisor's console in the system descriptor. */
#define PCI_WINDOW(off) \
	PLATFORM((off),      8, pci_mmconfig_base), \
	PLATFORM((off) +  8, 1, pci_mmconfig_end_bus), \
	PLATFORM((off) +  9, 1, pci_is_virtual), \
	PLATFORM((off) + 10, 2, pci_domain)

/* The system descriptor up to there, since revision 10. */
#define SYSTEM_HEAD(memory_, console_) \
	CONFIG(8, 4, flags), \
	NESTED(12, memory_, struct jhcfg_config, system.hypervisor_memory), \
	NESTED(44, console_, struct jhcfg_config, system.debug_console)

#define ARCHITECTURES(x86_fields, arm_fields) { \
	{ JAILHOUSE_X86,   FIELDS(x86_fields) }, \
	{ JAILHOUSE_ARM,   FIELDS(arm_fields) }, \
	{ JAILHOUSE_ARM64, FIELDS(arm_fields) }, \
}
#define BY_ARCHITECTURE(table) VARIANTS(struct jhcfg_config, architecture, table)

#define CELL(off, width, name) NUMBER(off, width, struct jhcfg_cell, name)
#define CELL_HEAD(flags_map) \
	TEXT(8, 32, struct jhcfg_cell, name), \
	CELL(40, 4, id), \
	MAPPED(44, 4, struct jhcfg_cell, flags, flags_map)

/* Arrays behind the cell descriptor. */
#define CPU_SET(count_off_) \
	{ &codec_set, "the CPU set", count_off_, \
	  .set = offsetof(struct jhcfg_cell, cpus) }
#define MEMORY(count_off_, record_) \
	{ &codec_records, "memory regions", count_off_, \
	  JHCFG_LIST_MEMORY, .record = &record_ }
#define CACHE(count_off_) \
	{ &codec_records, "cache regions", count_off_, \
	  JHCFG_LIST_CACHE, .record = &codec_cache }
#define IRQCHIPS(count_off_) \
	{ &codec_records, "irqchips", count_off_, \
	  JHCFG_LIST_IRQCHIPS, .record = &codec_irqchip }
#define PIO(count_off_) \
	{ &codec_records, "port ranges", count_off_, \
	  JHCFG_LIST_PIO, .record = &codec_pio }
#define PIO_BITMAP(count_off_) \
	{ &codec_ports, "the port bitmap", count_off_, .list = JHCFG_LIST_PIO }
#define PCI(count_off_, record_) \
	{ &codec_records, "PCI devices", count_off_, \
	  JHCFG_LIST_PCI_DEVICES, .record = &record_ }
#define CAPS(count_off_) \
	{ &codec_records, "PCI capabilities", count_off_, \
	  JHCFG_LIST_PCI_CAPS, .record = &codec_pci_cap }
#define STREAM_IDS(count_off_, record_) \
	{ &codec_records, "stream ids", count_off_, \
	  JHCFG_LIST_STREAM_IDS, .record = &record_ }
#define BLOBS(count_off_, name_, list_, record_) \
	{ &codec_records, name_, count_off_, list_, .record = &record_ }
#define ARRAYS(table) .arrays = table, .num_arrays = ARRAY_SIZE(table)
/* clang-format on */

#endif
