// SPDX-License-Identifier: LGPL-2.1-or-later
#include "project/fields.h"

#include "project/rows.h"

const char *const json_notes[] = {
	"$comment", "name",	 "source",  "comment",	   "board", "cells",
	"links",    "scenarios", "waivers", "fingerprint", NULL,
};

/* clang-format off */

#define CONSOLE(key, kind, name, ...) \
	VALUE(key, kind, struct jhcfg_console, name, __VA_ARGS__)
static const struct json_field console_fields[] = {
	CONSOLE("type",      json_choice,  type, NAMES(jhcfg_console_types), REQUIRED,
		SAYS("UART or screen that it is")),
	CONSOLE("address",   json_address, address,
		SAYS("physical address of its registers, or its first port")),
	CONSOLE("size",      json_size,    size,
		SAYS("size of its registers")),
	CONSOLE("flags",     json_flags,   flags, NAMES(jhcfg_console_flag_names),
		SAYS("how its registers are accessed")),
	CONSOLE("divider",   json_number,  divider,
		SAYS("divider of the baud rate; 0: the UART stays as it was "
		     "set up")),
	CONSOLE("gate_nr",   json_number,  gate_nr,
		SAYS("bit of the clock register that gates its clock")),
	CONSOLE("clock_reg", json_address, clock_reg,
		SAYS("physical address of the register that gates its clock; "
		     "0: none")),
};
static const struct json_shape console_type = {
	FIELDS(console_fields), JSON_NO_ATTRS
};

#define HYP(key, kind, name, ...) \
	VALUE(key, kind, struct jhcfg_memory, name, __VA_ARGS__)
static const struct json_field hypervisor_memory_fields[] = {
	HYP("phys",  json_address, phys_start, REQUIRED,
		SAYS("first address of what is reserved for the hypervisor")),
	/* without effect, but some configurations have them */
	HYP("virt",  json_address, virt_start,
		SAYS("without effect; kept as it is")),
	HYP("size",  json_size,    size,       REQUIRED,
		SAYS("length: 4M, 0x600000")),
	HYP("flags", json_flags,   flags,      NAMES(jhcfg_memory_flag_names),
		SAYS("without effect; kept as they are")),
	HYP("colors", json_address, colors,
		SAYS("mask of cache colors; of forks with cache coloring")),
};
static const struct json_shape hypervisor_memory_type = {
	FIELDS(hypervisor_memory_fields), JSON_NO_ATTRS
};

#define IOMMU(key, kind, name, ...) \
	VALUE(key, kind, struct jhcfg_iommu, name, __VA_ARGS__)
static const struct json_field iommu_fields[] = {
	IOMMU("type", json_choice,  type, NAMES(jhcfg_iommu_types), REQUIRED,
		SAYS("make of the unit")),
	IOMMU("base", json_address, base, REQUIRED,
		SAYS("physical address of its registers")),
	IOMMU("size", json_size,    size, REQUIRED,
		SAYS("size of its registers")),
	IOMMU("amd_bdf",      json_bdf,     amd_bdf,
		SAYS("AMD: PCI function that it is")),
	IOMMU("amd_base_cap", json_address, amd_base_cap,
		SAYS("AMD: offset of its capability")),
	IOMMU("amd_msi_cap",  json_address, amd_msi_cap,
		SAYS("AMD: offset of its MSI capability")),
	IOMMU("amd_features", json_address, amd_features,
		SAYS("AMD: features, where the unit does not tell them")),
	IOMMU("tlb_base",     json_address, tlb_base,
		SAYS("TI PVU: physical address of its TLBs")),
	IOMMU("tlb_size",     json_size,    tlb_size,
		SAYS("TI PVU: size of its TLBs")),
	IOMMU("sid_mask",     json_address, arm_sid_mask,
		SAYS("Arm: bits of stream ids that are ignored; of forks")),
	IOMMU("smmu_arch",    json_number,  arm_smmu_arch,
		SAYS("NXP: 0 version 1, 1 version 1 with pages of 64 KiB, 2 "
		     "version 2")),
	IOMMU("smmu_impl",    json_number,  arm_smmu_impl,
		SAYS("NXP: 0 generic, 1 MMU-500")),
};
const struct json_shape json_iommu_type = {
	FIELDS(iommu_fields), JSON_NO_ATTRS
};

#define PLATFORM(key, kind, name, ...) \
	VALUE(key, kind, struct jhcfg_platform, name, __VA_ARGS__)
static const struct json_field platform_fields[] = {
	PLATFORM("pci_mmconfig_base",    json_address, pci_mmconfig_base,
		SAYS("physical address of the PCI configuration window; 0: "
		     "none")),
	PLATFORM("pci_mmconfig_end_bus", json_number,  pci_mmconfig_end_bus,
		SAYS("last bus of the configuration window, which has 1 MiB "
		     "for each")),
	PLATFORM("pci_is_virtual",       json_number,  pci_is_virtual,
		SAYS("1: there is no host bridge behind the window, it is "
		     "for links only")),
	PLATFORM("pci_domain",           json_number,  pci_domain,
		SAYS("PCI domain of the window in Linux; 65535: Linux picks "
		     "one")),
	{ .key = "iommu_units", .kind = &json_iommu_units,
	  .member = offsetof(struct jhcfg_platform, iommu_units),
	  .size = sizeof(struct jhcfg_iommu), .count = JHCFG_MAX_IOMMU_UNITS,
	  .type = &json_iommu_type, SAYS("IOMMUs, without gaps") },
	PLATFORM("pm_timer_address",     json_address, pm_timer_address,
		SAYS("x86: port of the ACPI timer")),
	PLATFORM("apic_mode", json_choice, apic_mode, NAMES(jhcfg_apic_modes),
		SAYS("x86: how the local APICs are accessed")),
	PLATFORM("vtd_interrupt_limit",  json_number,  vtd_interrupt_limit,
		SAYS("x86: entries of the interrupt remapping table, a power "
		     "of two")),
	PLATFORM("tsc_khz",              json_number,  tsc_khz,
		SAYS("x86: frequency of the time stamp counter; 0: measured")),
	PLATFORM("apic_khz",             json_number,  apic_khz,
		SAYS("x86: frequency of the APIC timer; 0: measured")),
	PLATFORM("maintenance_irq",      json_number,  maintenance_irq,
		SAYS("Arm: INTID of the maintenance interrupt")),
	PLATFORM("gic_version",          json_number,  gic_version,
		SAYS("Arm: version of the interrupt controller: 2 or 3")),
	PLATFORM("gicd_base",            json_address, gicd_base,
		SAYS("Arm: physical address of the distributor")),
	PLATFORM("gicc_base",            json_address, gicc_base,
		SAYS("Arm: physical address of the CPU interface (GICv2)")),
	PLATFORM("gich_base",            json_address, gich_base,
		SAYS("Arm: physical address of the hypervisor interface "
		     "(GICv2)")),
	PLATFORM("gicv_base",            json_address, gicv_base,
		SAYS("Arm: physical address of the virtual CPU interface "
		     "(GICv2)")),
	PLATFORM("gicr_base",            json_address, gicr_base,
		SAYS("Arm: physical address of the first redistributor "
		     "(GICv3)")),
	PLATFORM("pci_machine_mmconfig_base", json_address,
		 pci_machine_mmconfig_base,
		SAYS("configuration window of the machine; of openEuler")),
	PLATFORM("max_cache_colors",      json_number, max_cache_colors,
		SAYS("number of cache colors; of forks with cache coloring")),
	PLATFORM("color_way_size",        json_size,   color_way_size,
		SAYS("size of a cache way; of forks with cache coloring")),
	PLATFORM("color_root_map_offset", json_address,
		 color_root_map_offset,
		SAYS("where the root sees colored memory; of forks with "
		     "cache coloring")),
	PLATFORM("no_spectre_mitigation", json_number, no_spectre_mitigation,
		SAYS("1: without mitigations of Spectre; of Omnivisor")),
	PLATFORM("memguard",              json_bytes,  memguard,
		SAYS("bandwidth regulation; of Omnivisor")),
	PLATFORM("qos_nic_base",          json_address, qos_nic_base,
		SAYS("registers of the QoS of the interconnect; of Omnivisor")),
	PLATFORM("qos_nic_size",          json_size,   qos_nic_size,
		SAYS("size of these registers; of Omnivisor")),
	PLATFORM("fpga",                  json_bytes,  fpga,
		SAYS("settings of the FPGA; of Omnivisor")),
};
static const struct json_shape platform_type = {
	FIELDS(platform_fields), JSON_NO_ATTRS
};

#define CONFIG(key, kind, name, ...) \
	VALUE(key, kind, struct jhcfg_config, name, __VA_ARGS__)
/* A resource list of the cell. */
#define LIST(key_, list_, type_, ...) \
	{ .key = key_, .kind = &json_list, .list = list_, .type = &type_, \
	  __VA_ARGS__ }

#define CELL_FIELDS \
	CONFIG("name",    json_text,  cell.name, REQUIRED, \
		SAYS("1 to 31 printable characters; what commands call it")), \
	CONFIG("flags",   json_flags, cell.flags, \
	       NAMES(jhcfg_cell_flag_names), \
		SAYS("what the cell may do, and how it is treated")), \
	CONFIG("id",      json_number, cell.id, \
		SAYS("number that the driver gave the cell; 0 in files")), \
	CONFIG("cpus",    json_cpus,  cell.cpus, REQUIRED, \
		SAYS("CPUs by the numbers that Linux has for them: 2, " \
		     "\"4-7\"")), \
	CONFIG("cpu_set_size", json_set_size, cell.cpus, \
		SAYS("bytes of the set of CPUs, if it is not as short as " \
		     "possible")), \
	CONFIG("reset_address", json_address, cell.reset_address, \
		SAYS("guest-physical address where its CPUs begin")), \
	CONFIG("msg_reply_timeout_us", json_number, cell.msg_reply_timeout, \
		SAYS("microseconds that the hypervisor waits for an answer " \
		     "of the cell; 0: 1 s")), \
	CONFIG("vpci_irq_base", json_number, cell.vpci_irq_base, \
		SAYS("first of four SPIs that the ends of links of the cell " \
		     "raise, as an SPI number: INTID - 32")), \
	CONFIG("console", json_object_kind, cell.console, \
	       .type = &console_type, SAYS("UART that inmates write to")), \
	LIST("memory",      JHCFG_LIST_MEMORY,      json_memory_type, \
		SAYS("memory and registers that the cell has, region by " \
		     "region")), \
	LIST("cache",       JHCFG_LIST_CACHE,       json_cache_type, \
		SAYS("parts of the cache that the cell has")), \
	LIST("irqchips",    JHCFG_LIST_IRQCHIPS,    json_irqchip_type, \
		SAYS("interrupts that the cell has, by controller")), \
	LIST("pio",         JHCFG_LIST_PIO,         json_pio_type, \
		SAYS("port ranges that the cell may access")), \
	LIST("pci_devices", JHCFG_LIST_PCI_DEVICES, json_pci_device_type, \
		SAYS("PCI functions and ends of links that the cell has")), \
	LIST("pci_caps",    JHCFG_LIST_PCI_CAPS,    json_pci_cap_type, \
		SAYS("PCI capabilities of these functions")), \
	LIST("stream_ids",  JHCFG_LIST_STREAM_IDS,  json_stream_id_type, \
		SAYS("accesses of devices that count as those of the cell, " \
		     "where an IOMMU guards")), \
	CONFIG("pio_bitmap_size", json_size, cell.pio_bitmap_size, \
		SAYS("size of the port bitmap; of old revisions")), \
	CONFIG("pci_cfg_base", json_address, cell.pci_cfg_base, \
		SAYS("configuration window of the cell; of openEuler")), \
	CONFIG("pci_cfg_size", json_size, cell.pci_cfg_size, \
		SAYS("size of that window; of openEuler")), \
	CONFIG("ivshmem_irq", json_number, cell.ivshmem_irq, \
		SAYS("interrupt of links; of openEuler")), \
	CONFIG("rcpus", json_set_bytes, cell.rcpus, \
		SAYS("remote CPUs that the cell has; of Omnivisor")), \
	CONFIG("fpga_regions", json_set_bytes, cell.fpga_regions, \
		SAYS("FPGA regions that the cell has; of Omnivisor")), \
	LIST("cpu_ids",      JHCFG_LIST_CPU_IDS,      json_cpu_id_type, \
		SAYS("CPUs by their MPIDR or APIC id instead of the numbers " \
		     "of Linux; of forks")), \
	LIST("regmaps",      JHCFG_LIST_REGMAPS,      json_regmap_type, \
		SAYS("registers that the cell may access, bit by bit; of TI, " \
		     "before v0.12")), \
	LIST("qos_devices",  JHCFG_LIST_QOS_DEVICES,  json_blob_type, \
		SAYS("QoS settings of devices; of Omnivisor")), \
	LIST("rcpu_devices", JHCFG_LIST_RCPU_DEVICES, json_blob_type, \
		SAYS("devices of remote CPUs; of Omnivisor")), \
	LIST("fpga_devices", JHCFG_LIST_FPGA_DEVICES, json_blob_type, \
		SAYS("devices of the FPGA; of Omnivisor"))

#define ARCHITECTURE \
	CONFIG("architecture", json_choice, architecture, \
	       NAMES(jhcfg_architectures), REQUIRED, \
		SAYS("architecture of the machine"))

static const struct json_field root_cell_fields[] = { CELL_FIELDS };
static const struct json_shape root_cell_type = {
	FIELDS(root_cell_fields), offsetof(struct jhcfg_config, cell.attrs)
};

static const struct json_field cell_fields[] = { ARCHITECTURE, CELL_FIELDS };
const struct json_shape json_cell_type = {
	FIELDS(cell_fields), offsetof(struct jhcfg_config, cell.attrs)
};

static const struct json_field system_fields[] = {
	ARCHITECTURE,
	CONFIG("flags", json_flags, system.flags, NAMES(jhcfg_system_flag_names),
		SAYS("settings of the hypervisor")),
	CONFIG("hypervisor_memory", json_object_kind, system.hypervisor_memory,
	       .type = &hypervisor_memory_type, REQUIRED,
		SAYS("memory that is reserved for the hypervisor, which "
		     "Linux must not use")),
	CONFIG("debug_console", json_object_kind, system.debug_console,
	       .type = &console_type,
		SAYS("UART that the hypervisor writes to")),
	CONFIG("platform", json_object_kind, system.platform,
	       .type = &platform_type, REQUIRED,
		SAYS("what the hypervisor must know of the machine")),
	/* its fields count from the start of the configuration, too */
	{ .key = "root_cell", .kind = &json_object_kind,
	  .type = &root_cell_type, REQUIRED,
	  SAYS("what Linux keeps: the root cell") },
};
const struct json_shape json_system_type = {
	FIELDS(system_fields), offsetof(struct jhcfg_config, system.attrs)
};
/* clang-format on */
