// SPDX-License-Identifier: LGPL-2.1-or-later
#include "project/fields.h"

#include <stddef.h>

#define MEMBER(type, name)                                                     \
	.member = offsetof(type, name), .size = sizeof(((type *)0)->name)
#define FIELDS(table)                                                          \
	.fields = table, .num_fields = sizeof(table) / sizeof((table)[0])

const char *const json_notes[] = {
	"$comment", "name",	 "source",  "comment",	   "board", "cells",
	"links",    "scenarios", "waivers", "fingerprint", NULL,
};

/* clang-format off */

/* A plain value; further designators may follow. */
#define VALUE(key_, kind_, type_, name_, ...) \
	{ .key = key_, .kind = &kind_, MEMBER(type_, name_), __VA_ARGS__ }
#define REQUIRED .presence = JSON_REQUIRED
#define PLAIN .presence = JSON_OPTIONAL
#define NAMES(names_) .names = names_

/* A resource list of the cell. */
#define LIST(key_, list_, type_) \
	{ .key = key_, .kind = &json_list, .list = list_, .type = &type_ }

#define MEM(key, kind, name, ...) \
	VALUE(key, kind, struct jhcfg_memory, name, __VA_ARGS__)
static const struct json_field memory_fields[] = {
	/* the page of a comm region comes from the hypervisor */
	MEM("phys",  json_address, phys_start, .presence = JSON_OPTIONAL),
	MEM("virt",  json_address, virt_start, .presence = JSON_LIKE_PREVIOUS),
	MEM("size",  json_size,    size,       .presence = JSON_OPTIONAL),
	MEM("flags", json_flags,   flags,      NAMES(jhcfg_memory_flag_names)),
	MEM("colors",        json_address, colors,        PLAIN),
	MEM("rebase_offset", json_address, rebase_offset, PLAIN),
};
static const struct json_shape memory_type = {
	FIELDS(memory_fields), JSON_NO_ATTRS
};

#define CACHE(key, kind, name, ...) \
	VALUE(key, kind, struct jhcfg_cache, name, __VA_ARGS__)
static const struct json_field cache_fields[] = {
	CACHE("start", json_number, start, REQUIRED),
	CACHE("size",  json_number, size,  REQUIRED),
	CACHE("type",  json_choice, type,  NAMES(jhcfg_cache_types), REQUIRED),
	CACHE("flags", json_flags,  flags, NAMES(jhcfg_cache_flag_names)),
};
static const struct json_shape cache_type = {
	FIELDS(cache_fields), JSON_NO_ATTRS
};

#define IRQCHIP(key, kind, name, ...) \
	VALUE(key, kind, struct jhcfg_irqchip, name, __VA_ARGS__)
static const struct json_field irqchip_fields[] = {
	IRQCHIP("address",    json_address, address,  REQUIRED),
	IRQCHIP("id",         json_address, id,       .presence = JSON_OPTIONAL),
	IRQCHIP("pin_base",   json_number,  pin_base, .presence = JSON_OPTIONAL),
	IRQCHIP("interrupts", json_pins,    pin_bitmap, REQUIRED),
};
static const struct json_shape irqchip_type = {
	FIELDS(irqchip_fields), JSON_NO_ATTRS
};

#define PIO(key, kind, name, ...) \
	VALUE(key, kind, struct jhcfg_pio, name, __VA_ARGS__)
static const struct json_field pio_fields[] = {
	PIO("base",   json_address, base,   REQUIRED),
	PIO("length", json_number,  length, REQUIRED),
};
static const struct json_shape pio_type = {
	FIELDS(pio_fields), JSON_NO_ATTRS
};

#define PCI(key, kind, name, ...) \
	VALUE(key, kind, struct jhcfg_pci_device, name, __VA_ARGS__)
static const struct json_field pci_device_fields[] = {
	PCI("type",     json_choice,    type,   NAMES(jhcfg_pci_types), REQUIRED),
	PCI("iommu",    json_number,    iommu,  PLAIN),
	PCI("domain",   json_number,    domain, PLAIN),
	PCI("bdf",      json_bdf,       bdf,    REQUIRED),
	PCI("virt_bdf", json_address,   virt_bdf, PLAIN),
	{ .key = "bar_mask", .kind = &json_addresses, .count = 6,
	  .member = offsetof(struct jhcfg_pci_device, bar_mask), .size = 4 },
	PCI("caps_start",          json_number,  caps_start,       PLAIN),
	PCI("num_caps",            json_number,  num_caps,         PLAIN),
	PCI("num_msi_vectors",     json_number,  num_msi_vectors,  PLAIN),
	PCI("msi_64bits",          json_boolean, msi_64bits,       PLAIN),
	PCI("msi_maskable",        json_boolean, msi_maskable,     PLAIN),
	PCI("num_msix_vectors",    json_number,  num_msix_vectors, PLAIN),
	PCI("msix_region_size",    json_size,    msix_region_size, PLAIN),
	PCI("msix_address",        json_address, msix_address,     PLAIN),
	PCI("shmem_regions_start", json_number,  shmem_regions_start, PLAIN),
	PCI("shmem_dev_id",        json_number,  shmem_dev_id,     PLAIN),
	PCI("shmem_peers",         json_number,  shmem_peers,      PLAIN),
	PCI("shmem_protocol",      json_address, shmem_protocol,   PLAIN),
};
static const struct json_shape pci_device_type = {
	FIELDS(pci_device_fields), JSON_NO_ATTRS
};

#define CAP(key, kind, name, ...) \
	VALUE(key, kind, struct jhcfg_pci_cap, name, __VA_ARGS__)
static const struct json_field pci_cap_fields[] = {
	CAP("id",    json_address, id,    REQUIRED),
	CAP("start", json_address, start, REQUIRED),
	CAP("len",   json_number,  len,   REQUIRED),
	CAP("flags", json_flags,   flags, NAMES(jhcfg_pci_cap_flag_names)),
};
static const struct json_shape pci_cap_type = {
	FIELDS(pci_cap_fields), JSON_NO_ATTRS
};

static const struct json_field stream_id_fields[] = {
	VALUE("id",   json_address, struct jhcfg_stream_id, id, REQUIRED),
	VALUE("mask", json_address, struct jhcfg_stream_id, mask, PLAIN),
};
static const struct json_shape stream_id_type = {
	FIELDS(stream_id_fields), JSON_NO_ATTRS
};

static const struct json_field cpu_id_fields[] = {
	VALUE("phys_id",  json_address, struct jhcfg_cpu_id, phys_id, REQUIRED),
	VALUE("reserved", json_address, struct jhcfg_cpu_id, reserved, PLAIN),
};
static const struct json_shape cpu_id_type = {
	FIELDS(cpu_id_fields), JSON_NO_ATTRS
};

#define REGMAP(key, kind, name, ...) \
	VALUE(key, kind, struct jhcfg_regmap, name, __VA_ARGS__)
static const struct json_field regmap_fields[] = {
	REGMAP("base",  json_address, reg_base, REQUIRED),
	REGMAP("count", json_number,  reg_count, PLAIN),
	REGMAP("size",  json_number,  reg_size, PLAIN),
	REGMAP("flags", json_address, flags,    PLAIN),
	{ .key = "bitmap", .kind = &json_addresses, .count = 8,
	  .member = offsetof(struct jhcfg_regmap, reg_bitmap), .size = 4 },
};
static const struct json_shape regmap_type = {
	FIELDS(regmap_fields), JSON_NO_ATTRS
};

static const struct json_field blob_fields[] = {
	VALUE("bytes", json_bytes, struct jhcfg_blob, bytes, PLAIN),
};
static const struct json_shape blob_type = {
	FIELDS(blob_fields), JSON_NO_ATTRS
};

#define CONSOLE(key, kind, name, ...) \
	VALUE(key, kind, struct jhcfg_console, name, __VA_ARGS__)
static const struct json_field console_fields[] = {
	CONSOLE("type",      json_choice,  type, NAMES(jhcfg_console_types), REQUIRED),
	CONSOLE("address",   json_address, address,   PLAIN),
	CONSOLE("size",      json_size,    size,      PLAIN),
	CONSOLE("flags",     json_flags,   flags, NAMES(jhcfg_console_flag_names)),
	CONSOLE("divider",   json_number,  divider,   PLAIN),
	CONSOLE("gate_nr",   json_number,  gate_nr,   PLAIN),
	CONSOLE("clock_reg", json_address, clock_reg, PLAIN),
};
static const struct json_shape console_type = {
	FIELDS(console_fields), JSON_NO_ATTRS
};

static const struct json_field hypervisor_memory_fields[] = {
	MEM("phys",  json_address, phys_start, REQUIRED),
	/* without effect, but some configurations have them */
	MEM("virt",  json_address, virt_start, PLAIN),
	MEM("size",  json_size,    size,       REQUIRED),
	MEM("flags", json_flags,   flags,      NAMES(jhcfg_memory_flag_names)),
	MEM("colors", json_address, colors,    PLAIN),
};
static const struct json_shape hypervisor_memory_type = {
	FIELDS(hypervisor_memory_fields), JSON_NO_ATTRS
};

#define IOMMU(key, kind, name, ...) \
	VALUE(key, kind, struct jhcfg_iommu, name, __VA_ARGS__)
static const struct json_field iommu_fields[] = {
	IOMMU("type", json_choice,  type, NAMES(jhcfg_iommu_types), REQUIRED),
	IOMMU("base", json_address, base, REQUIRED),
	IOMMU("size", json_size,    size, REQUIRED),
	IOMMU("amd_bdf",      json_bdf,     amd_bdf,      PLAIN),
	IOMMU("amd_base_cap", json_address, amd_base_cap, PLAIN),
	IOMMU("amd_msi_cap",  json_address, amd_msi_cap,  PLAIN),
	IOMMU("amd_features", json_address, amd_features, PLAIN),
	IOMMU("tlb_base",     json_address, tlb_base,     PLAIN),
	IOMMU("tlb_size",     json_size,    tlb_size,     PLAIN),
	IOMMU("sid_mask",     json_address, arm_sid_mask, PLAIN),
	IOMMU("smmu_arch",    json_number,  arm_smmu_arch, PLAIN),
	IOMMU("smmu_impl",    json_number,  arm_smmu_impl, PLAIN),
};
const struct json_shape json_iommu_type = {
	FIELDS(iommu_fields), JSON_NO_ATTRS
};

#define PLATFORM(key, kind, name, ...) \
	VALUE(key, kind, struct jhcfg_platform, name, __VA_ARGS__)
static const struct json_field platform_fields[] = {
	PLATFORM("pci_mmconfig_base",    json_address, pci_mmconfig_base,    PLAIN),
	PLATFORM("pci_mmconfig_end_bus", json_number,  pci_mmconfig_end_bus, PLAIN),
	PLATFORM("pci_is_virtual",       json_number,  pci_is_virtual,       PLAIN),
	PLATFORM("pci_domain",           json_number,  pci_domain,           PLAIN),
	{ .key = "iommu_units", .kind = &json_iommu_units,
	  .member = offsetof(struct jhcfg_platform, iommu_units),
	  .size = sizeof(struct jhcfg_iommu), .count = JHCFG_MAX_IOMMU_UNITS,
	  .type = &json_iommu_type },
	PLATFORM("pm_timer_address",     json_address, pm_timer_address,     PLAIN),
	PLATFORM("apic_mode", json_choice, apic_mode, NAMES(jhcfg_apic_modes)),
	PLATFORM("vtd_interrupt_limit",  json_number,  vtd_interrupt_limit,  PLAIN),
	PLATFORM("tsc_khz",              json_number,  tsc_khz,              PLAIN),
	PLATFORM("apic_khz",             json_number,  apic_khz,             PLAIN),
	PLATFORM("maintenance_irq",      json_number,  maintenance_irq,      PLAIN),
	PLATFORM("gic_version",          json_number,  gic_version,          PLAIN),
	PLATFORM("gicd_base",            json_address, gicd_base,            PLAIN),
	PLATFORM("gicc_base",            json_address, gicc_base,            PLAIN),
	PLATFORM("gich_base",            json_address, gich_base,            PLAIN),
	PLATFORM("gicv_base",            json_address, gicv_base,            PLAIN),
	PLATFORM("gicr_base",            json_address, gicr_base,            PLAIN),
	PLATFORM("pci_machine_mmconfig_base", json_address,
		 pci_machine_mmconfig_base, PLAIN),
	PLATFORM("max_cache_colors",      json_number, max_cache_colors,     PLAIN),
	PLATFORM("color_way_size",        json_size,   color_way_size,       PLAIN),
	PLATFORM("color_root_map_offset", json_address,
		 color_root_map_offset, PLAIN),
	PLATFORM("no_spectre_mitigation", json_number, no_spectre_mitigation, PLAIN),
	PLATFORM("memguard",              json_bytes,  memguard,             PLAIN),
	PLATFORM("qos_nic_base",          json_address, qos_nic_base,        PLAIN),
	PLATFORM("qos_nic_size",          json_size,   qos_nic_size,         PLAIN),
	PLATFORM("fpga",                  json_bytes,  fpga,                 PLAIN),
};
static const struct json_shape platform_type = {
	FIELDS(platform_fields), JSON_NO_ATTRS
};

#define CONFIG(key, kind, name, ...) \
	VALUE(key, kind, struct jhcfg_config, name, __VA_ARGS__)
#define CELL_FIELDS \
	CONFIG("name",    json_text,  cell.name, REQUIRED), \
	CONFIG("flags",   json_flags, cell.flags, \
	       NAMES(jhcfg_cell_flag_names)), \
	CONFIG("id",      json_number, cell.id, PLAIN), \
	CONFIG("cpus",    json_cpus,  cell.cpus, REQUIRED), \
	CONFIG("cpu_set_size", json_set_size, cell.cpus, PLAIN), \
	CONFIG("reset_address", json_address, cell.reset_address, PLAIN), \
	CONFIG("msg_reply_timeout_us", json_number, cell.msg_reply_timeout, \
	       PLAIN), \
	CONFIG("vpci_irq_base", json_number, cell.vpci_irq_base, PLAIN), \
	CONFIG("console", json_object_kind, cell.console, \
	       .type = &console_type), \
	LIST("memory",      JHCFG_LIST_MEMORY,      memory_type), \
	LIST("cache",       JHCFG_LIST_CACHE,       cache_type), \
	LIST("irqchips",    JHCFG_LIST_IRQCHIPS,    irqchip_type), \
	LIST("pio",         JHCFG_LIST_PIO,         pio_type), \
	LIST("pci_devices", JHCFG_LIST_PCI_DEVICES, pci_device_type), \
	LIST("pci_caps",    JHCFG_LIST_PCI_CAPS,    pci_cap_type), \
	LIST("stream_ids",  JHCFG_LIST_STREAM_IDS,  stream_id_type), \
	CONFIG("pio_bitmap_size", json_size, cell.pio_bitmap_size, PLAIN), \
	CONFIG("pci_cfg_base", json_address, cell.pci_cfg_base, PLAIN), \
	CONFIG("pci_cfg_size", json_size, cell.pci_cfg_size, PLAIN), \
	CONFIG("ivshmem_irq", json_number, cell.ivshmem_irq, PLAIN), \
	CONFIG("rcpus", json_set_bytes, cell.rcpus, PLAIN), \
	CONFIG("fpga_regions", json_set_bytes, cell.fpga_regions, PLAIN), \
	LIST("cpu_ids",      JHCFG_LIST_CPU_IDS,      cpu_id_type), \
	LIST("regmaps",      JHCFG_LIST_REGMAPS,      regmap_type), \
	LIST("qos_devices",  JHCFG_LIST_QOS_DEVICES,  blob_type), \
	LIST("rcpu_devices", JHCFG_LIST_RCPU_DEVICES, blob_type), \
	LIST("fpga_devices", JHCFG_LIST_FPGA_DEVICES, blob_type)

#define ARCHITECTURE \
	CONFIG("architecture", json_choice, architecture, \
	       NAMES(jhcfg_architectures), REQUIRED)

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
	CONFIG("flags", json_flags, system.flags, NAMES(jhcfg_system_flag_names)),
	CONFIG("hypervisor_memory", json_object_kind, system.hypervisor_memory,
	       .type = &hypervisor_memory_type, REQUIRED),
	CONFIG("debug_console", json_object_kind, system.debug_console,
	       .type = &console_type),
	CONFIG("platform", json_object_kind, system.platform,
	       .type = &platform_type, REQUIRED),
	/* its fields count from the start of the configuration, too */
	{ .key = "root_cell", .kind = &json_object_kind,
	  .type = &root_cell_type, REQUIRED },
};
const struct json_shape json_system_type = {
	FIELDS(system_fields), offsetof(struct jhcfg_config, system.attrs)
};
/* clang-format on */
