// SPDX-License-Identifier: LGPL-2.1-or-later
#include "model/members.h"

#include <stddef.h>

#define TYPE(table)                                                            \
	{                                                                      \
		table, sizeof(table) / sizeof((table)[0])                      \
	}

/* clang-format off */
#define PLAIN(c_name, kind_, type_, member_) \
	{ .name = c_name, .kind = JHCFG_MEMBER_##kind_, .count = 1, \
	  .offset = offsetof(type_, member_), \
	  .size = sizeof(((type_ *)0)->member_) }
#define ARRAY(c_name, kind_, type_, member_, count_) \
	{ .name = c_name, .kind = JHCFG_MEMBER_##kind_, .count = count_, \
	  .offset = offsetof(type_, member_[0]), \
	  .size = sizeof(((type_ *)0)->member_[0]) }
#define NAMED(c_name, kind_, type_, member_, names_, prefix_) \
	{ .name = c_name, .kind = JHCFG_MEMBER_##kind_, .count = 1, \
	  .offset = offsetof(type_, member_), \
	  .size = sizeof(((type_ *)0)->member_), \
	  .names = names_, .prefix = prefix_ }
#define NESTED(c_name, type_, member_, of_) \
	{ .name = c_name, .kind = JHCFG_MEMBER_STRUCT, .count = 1, \
	  .offset = offsetof(type_, member_), \
	  .size = sizeof(((type_ *)0)->member_), .type = &of_ }

#define MEM(name, kind, member) PLAIN(name, kind, struct jhcfg_memory, member)
static const struct jhcfg_member memory_members[] = {
	MEM("phys_start", HEX,  phys_start),
	MEM("virt_start", HEX,  virt_start),
	MEM("size",       SIZE, size),
	NAMED("flags", FLAGS, struct jhcfg_memory, flags,
	      jhcfg_memory_flag_names, "JAILHOUSE_MEM_"),
	MEM("colors",        HEX, colors),
	MEM("rebase_offset", HEX, rebase_offset),
};
static const struct jhcfg_type memory_type = TYPE(memory_members);

#define CACHE(name, kind, member) PLAIN(name, kind, struct jhcfg_cache, member)
static const struct jhcfg_member cache_members[] = {
	CACHE("start", DECIMAL, start),
	CACHE("size",  DECIMAL, size),
	NAMED("type", CHOICE, struct jhcfg_cache, type,
	      jhcfg_cache_types, "JAILHOUSE_CACHE_"),
	NAMED("flags", FLAGS, struct jhcfg_cache, flags,
	      jhcfg_cache_flag_names, "JAILHOUSE_CACHE_"),
};
static const struct jhcfg_type cache_type = TYPE(cache_members);

#define IRQCHIP(name, kind, member) \
	PLAIN(name, kind, struct jhcfg_irqchip, member)
static const struct jhcfg_member irqchip_members[] = {
	IRQCHIP("address",  HEX,     address),
	IRQCHIP("id",       HEX,     id),
	IRQCHIP("pin_base", DECIMAL, pin_base),
	ARRAY("pin_bitmap", HEX, struct jhcfg_irqchip, pin_bitmap, 4),
};
static const struct jhcfg_type irqchip_type = TYPE(irqchip_members);

static const struct jhcfg_member pio_members[] = {
	PLAIN("base",   HEX, struct jhcfg_pio, base),
	PLAIN("length", HEX, struct jhcfg_pio, length),
};
static const struct jhcfg_type pio_type = TYPE(pio_members);

#define PCI(name, kind, member) \
	PLAIN(name, kind, struct jhcfg_pci_device, member)
static const struct jhcfg_member pci_device_members[] = {
	NAMED("type", CHOICE, struct jhcfg_pci_device, type,
	      jhcfg_pci_types, "JAILHOUSE_PCI_TYPE_"),
	PCI("iommu",               DECIMAL, iommu),
	PCI("domain",              HEX,     domain),
	PCI("bdf",                 BDF,     bdf),
	PCI("virt_bdf",            HEX,     virt_bdf),
	ARRAY("bar_mask", HEX, struct jhcfg_pci_device, bar_mask, 6),
	PCI("caps_start",          DECIMAL, caps_start),
	PCI("num_caps",            DECIMAL, num_caps),
	PCI("num_msi_vectors",     DECIMAL, num_msi_vectors),
	PCI("msi_64bits",          DECIMAL, msi_64bits),
	PCI("msi_maskable",        DECIMAL, msi_maskable),
	PCI("num_msix_vectors",    DECIMAL, num_msix_vectors),
	PCI("msix_region_size",    SIZE,    msix_region_size),
	PCI("msix_address",        HEX,     msix_address),
	PCI("shmem_regions_start", DECIMAL, shmem_regions_start),
	PCI("shmem_dev_id",        DECIMAL, shmem_dev_id),
	PCI("shmem_peers",         DECIMAL, shmem_peers),
	PCI("shmem_protocol",      HEX,     shmem_protocol),
};
static const struct jhcfg_type pci_device_type = TYPE(pci_device_members);

#define CAP(name, kind, member) PLAIN(name, kind, struct jhcfg_pci_cap, member)
static const struct jhcfg_member pci_cap_members[] = {
	CAP("id",    HEX,     id),
	CAP("start", HEX,     start),
	CAP("len",   DECIMAL, len),
	NAMED("flags", FLAGS, struct jhcfg_pci_cap, flags,
	      jhcfg_pci_cap_flag_names, "JAILHOUSE_PCICAPS_"),
};
static const struct jhcfg_type pci_cap_type = TYPE(pci_cap_members);

static const struct jhcfg_member stream_id_members[] = {
	PLAIN("id",   HEX, struct jhcfg_stream_id, id),
	PLAIN("mask", HEX, struct jhcfg_stream_id, mask),
};
static const struct jhcfg_type stream_id_type = TYPE(stream_id_members);

static const struct jhcfg_member cpu_id_members[] = {
	PLAIN("phys_id",  HEX, struct jhcfg_cpu_id, phys_id),
	PLAIN("reserved", HEX, struct jhcfg_cpu_id, reserved),
};
static const struct jhcfg_type cpu_id_type = TYPE(cpu_id_members);

#define REGMAP(name, kind, member) \
	PLAIN(name, kind, struct jhcfg_regmap, member)
static const struct jhcfg_member regmap_members[] = {
	REGMAP("reg_base",  HEX,     reg_base),
	REGMAP("reg_count", DECIMAL, reg_count),
	REGMAP("reg_size",  DECIMAL, reg_size),
	REGMAP("flags",     HEX,     flags),
	ARRAY("reg_bitmap", HEX, struct jhcfg_regmap, reg_bitmap, 8),
};
static const struct jhcfg_type regmap_type = TYPE(regmap_members);

static const struct jhcfg_member blob_members[] = {
	PLAIN("bytes", BYTES, struct jhcfg_blob, bytes),
};
static const struct jhcfg_type blob_type = TYPE(blob_members);

#define CONSOLE(name, kind, member) \
	PLAIN(name, kind, struct jhcfg_console, member)
static const struct jhcfg_member console_members[] = {
	CONSOLE("address",   HEX,     address),
	CONSOLE("size",      SIZE,    size),
	NAMED("type", CHOICE, struct jhcfg_console, type,
	      jhcfg_console_types, "JAILHOUSE_CON_TYPE_"),
	NAMED("flags", FLAGS, struct jhcfg_console, flags,
	      jhcfg_console_flag_names, "JAILHOUSE_CON_"),
	CONSOLE("divider",   DECIMAL, divider),
	CONSOLE("gate_nr",   DECIMAL, gate_nr),
	CONSOLE("clock_reg", HEX,     clock_reg),
};
static const struct jhcfg_type console_type = TYPE(console_members);

#define IOMMU(name, kind, member) PLAIN(name, kind, struct jhcfg_iommu, member)
static const struct jhcfg_member iommu_members[] = {
	NAMED("type", CHOICE, struct jhcfg_iommu, type,
	      jhcfg_iommu_types, "JAILHOUSE_IOMMU_"),
	IOMMU("base",           HEX,  base),
	IOMMU("size",           SIZE, size),
	IOMMU("amd.bdf",        BDF,  amd_bdf),
	IOMMU("amd.base_cap",   HEX,  amd_base_cap),
	IOMMU("amd.msi_cap",    HEX,  amd_msi_cap),
	IOMMU("amd.features",   HEX,  amd_features),
	IOMMU("tipvu.tlb_base", HEX,  tlb_base),
	IOMMU("tipvu.tlb_size", SIZE, tlb_size),
	IOMMU("arm_sid_mask",   HEX,     arm_sid_mask),
	IOMMU("arm_smmu_arch",  DECIMAL, arm_smmu_arch),
	IOMMU("arm_smmu_impl",  DECIMAL, arm_smmu_impl),
};
static const struct jhcfg_type iommu_type = TYPE(iommu_members);

#define PLATFORM(name, kind, member) \
	PLAIN(name, kind, struct jhcfg_platform, member)
static const struct jhcfg_member platform_members[] = {
	PLATFORM("pci_mmconfig_base",         HEX,     pci_mmconfig_base),
	PLATFORM("pci_machine_mmconfig_base", HEX,     pci_machine_mmconfig_base),
	PLATFORM("pci_mmconfig_end_bus",      HEX,     pci_mmconfig_end_bus),
	PLATFORM("pci_is_virtual",            DECIMAL, pci_is_virtual),
	PLATFORM("pci_domain",                HEX,     pci_domain),
	PLATFORM("no_spectre_mitigation",     DECIMAL, no_spectre_mitigation),
	PLATFORM("max_cache_colors",          DECIMAL, max_cache_colors),
	{ .name = "iommu_units", .kind = JHCFG_MEMBER_STRUCT,
	  .offset = offsetof(struct jhcfg_platform, iommu_units),
	  .size = sizeof(struct jhcfg_iommu), .count = JHCFG_MAX_IOMMU_UNITS,
	  .type = &iommu_type },
	PLATFORM("color.way_size",            SIZE,    color_way_size),
	PLATFORM("color.root_map_offset",     HEX,     color_root_map_offset),
	PLATFORM("memguard",                  BYTES,   memguard),
	PLATFORM("qos.nic_base",              HEX,     qos_nic_base),
	PLATFORM("qos.nic_size",              SIZE,    qos_nic_size),
	PLATFORM("fpga",                      BYTES,   fpga),
	PLATFORM("x86.pm_timer_address",      HEX,     pm_timer_address),
	NAMED("x86.apic_mode", CHOICE, struct jhcfg_platform, apic_mode,
	      jhcfg_apic_modes, "JAILHOUSE_APIC_MODE_"),
	PLATFORM("x86.vtd_interrupt_limit",   DECIMAL, vtd_interrupt_limit),
	PLATFORM("x86.tsc_khz",               DECIMAL, tsc_khz),
	PLATFORM("x86.apic_khz",              DECIMAL, apic_khz),
	PLATFORM("arm.maintenance_irq",       DECIMAL, maintenance_irq),
	PLATFORM("arm.gic_version",           DECIMAL, gic_version),
	PLATFORM("arm.gicd_base",             HEX,     gicd_base),
	PLATFORM("arm.gicc_base",             HEX,     gicc_base),
	PLATFORM("arm.gich_base",             HEX,     gich_base),
	PLATFORM("arm.gicv_base",             HEX,     gicv_base),
	PLATFORM("arm.gicr_base",             HEX,     gicr_base),
};
static const struct jhcfg_type platform_type = TYPE(platform_members);

static const struct jhcfg_member system_members[] = {
	NAMED("flags", FLAGS, struct jhcfg_system, flags,
	      jhcfg_system_flag_names, "JAILHOUSE_SYS_"),
	NESTED("hypervisor_memory", struct jhcfg_system, hypervisor_memory,
	       memory_type),
	NESTED("debug_console", struct jhcfg_system, debug_console,
	       console_type),
	NESTED("platform_info", struct jhcfg_system, platform, platform_type),
};
const struct jhcfg_type jhcfg_system_type = TYPE(system_members);

#define CELL(name, kind, member) PLAIN(name, kind, struct jhcfg_cell, member)
static const struct jhcfg_member cell_members[] = {
	CELL("name", TEXT,    name),
	CELL("id",   DECIMAL, id),
	NAMED("flags", FLAGS, struct jhcfg_cell, flags,
	      jhcfg_cell_flag_names, "JAILHOUSE_CELL_"),
	CELL("vpci_irq_base",     DECIMAL, vpci_irq_base),
	CELL("cpu_reset_address", HEX,     reset_address),
	CELL("msg_reply_timeout", DECIMAL, msg_reply_timeout),
	CELL("pci_cfg_base",      HEX,     pci_cfg_base),
	CELL("pci_cfg_size",      SIZE,    pci_cfg_size),
	CELL("ivshmem_irq",       DECIMAL, ivshmem_irq),
	NESTED("console", struct jhcfg_cell, console, console_type),
};
const struct jhcfg_type jhcfg_cell_type = TYPE(cell_members);

const struct jhcfg_list_info jhcfg_list_infos[JHCFG_NUM_LISTS] = {
	[JHCFG_LIST_MEMORY] =
		{ "memory region", "mem_regions", "num_memory_regions",
		  &memory_type },
	[JHCFG_LIST_CACHE] =
		{ "cache region", "cache_regions", "num_cache_regions",
		  &cache_type },
	[JHCFG_LIST_IRQCHIPS] =
		{ "irqchip", "irqchips", "num_irqchips", &irqchip_type },
	[JHCFG_LIST_PIO] =
		{ "port range", "pio_regions", "num_pio_regions", &pio_type },
	[JHCFG_LIST_PCI_DEVICES] =
		{ "PCI device", "pci_devices", "num_pci_devices",
		  &pci_device_type },
	[JHCFG_LIST_PCI_CAPS] =
		{ "PCI capability", "pci_caps", "num_pci_caps",
		  &pci_cap_type },
	[JHCFG_LIST_STREAM_IDS] =
		{ "stream id", "stream_ids", "num_stream_ids",
		  &stream_id_type },
	[JHCFG_LIST_CPU_IDS] = { "CPU id", "cpus", "num_cpus", &cpu_id_type },
	[JHCFG_LIST_REGMAPS] =
		{ "register map", "regmaps", "num_regmaps", &regmap_type },
	[JHCFG_LIST_QOS_DEVICES] =
		{ "QoS device", "qos_devices", "num_qos_devices", &blob_type },
	[JHCFG_LIST_RCPU_DEVICES] =
		{ "remote CPU device", "rcpu_devices", "num_rcpu_devices",
		  &blob_type },
	[JHCFG_LIST_FPGA_DEVICES] =
		{ "FPGA device", "fpga_devices", "num_fpga_devices",
		  &blob_type },
};

const struct jhcfg_set_info jhcfg_set_infos[JHCFG_NUM_SETS] = {
	{ "CPU",         offsetof(struct jhcfg_cell, cpus) },
	{ "remote CPU",  offsetof(struct jhcfg_cell, rcpus) },
	{ "FPGA region", offsetof(struct jhcfg_cell, fpga_regions) },
};
/* clang-format on */
