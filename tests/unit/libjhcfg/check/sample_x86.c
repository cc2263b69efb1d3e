// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A PC with four CPUs, 1 GiB of RAM, an IOAPIC, VT-d and a few PCI functions.
 * 82 MiB from 0x3a000000 are kept from Linux by memmap=:
 *
 *   hypervisor  6 MiB at 0x3a000000
 *   rtos        CPU 3, 1 MiB at 0x3a600000, the second serial port, a sound
 *               device with MSI (00:1b.0)
 *   linux       CPU 2, 1 MiB at 0x3a700000 and 64 MiB at 0x3b000000
 *   net0        a link of root and linux, at 0x3f100000
 */
#include "fixture.h"

#include <cmocka_all.h>
#include <string.h>

#define MIB (1024 * 1024ULL)

#define RW  (JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE)
#define IO  (RW | JAILHOUSE_MEM_IO)
#define RWX (RW | JAILHOUSE_MEM_EXECUTE)

#define IOAPIC 0xfec00000U
#define VTD    0xfed90000U

#define BDF(device, function) ((device) << 3 | (function))

/* --- the board ------------------------------------------------------------ */

static const struct jhcfg_hw_memory memories[] = {
	{ JHCFG_HW_RAM,
	  { 0, 0xa0000 },
	  false,
	  false,
	  "System RAM",
	  "/proc/iomem" },
	{ JHCFG_HW_RAM,
	  { MIB, 1023 * MIB },
	  false,
	  false,
	  "System RAM",
	  "/proc/iomem" },
	{ JHCFG_HW_RESERVED,
	  { 0x3a000000, 82 * MIB },
	  true,
	  false,
	  "memmap",
	  "/proc/cmdline" },
	{ JHCFG_HW_FIRMWARE,
	  { 0x3ff00000, MIB },
	  true,
	  false,
	  "ACPI Non-volatile Storage",
	  "/proc/iomem" },
};

static const struct jhcfg_hw_irqchip ioapic = {
	.kind = JHCFG_HW_IOAPIC,
	.device = JHCFG_NO_INDEX,
	.gicd = { IOAPIC, 0x1000 },
	.id = 2,
	.num_pins = 24,
	.bdf = 0xf0f8,
	.source = "MADT",
};

static const struct jhcfg_hw_pci_host pci_host = {
	.device = JHCFG_NO_INDEX,
	.last_bus = 255,
	.ecam = { 0xb0000000, 256 * MIB },
	.source = "MCFG",
};

/* Configuration space as far as capabilities go: sound has MSI (64 bit), the
 * network function MSI-X in BAR 3. */
static const uint8_t sound_config[0x100] = {
	[0x00] = 0x86, 0x80,	      0x68, 0x26, [0x06] = 0x10,
	[0x34] = 0x60, [0x60] = 0x05, 0x00, 0x80, 0x00,
};
static const uint8_t net_config[0x100] = {
	[0x00] = 0x86, 0x80, 0xd3, 0x10, [0x06] = 0x10, [0x34] = 0x70,
	[0x70] = 0x11, 0x00, 0x04, 0x00, 0x03,
};

static const struct jhcfg_hw_pci_function functions[] = {
	{ .bdf = BDF(0, 0),
	  .vendor = 0x8086,
	  .device = 0x29c0,
	  .class_code = 0x060000,
	  .iommu_group = 0,
	  .driver = "",
	  .source = "/sys/bus/pci" },
	{ .bdf = BDF(2, 0),
	  .vendor = 0x8086,
	  .device = 0x10d3,
	  .class_code = 0x020000,
	  .iommu_group = 1,
	  .driver = "e1000e",
	  .bar = { { .range = { 0xfebc0000, 0x20000 } },
		   { { 0 } },
		   { { 0 } },
		   { .range = { 0xfebf0000, 0x4000 } } },
	  .interrupt_pin = 1,
	  .config = net_config,
	  .config_size = sizeof(net_config),
	  .source = "/sys/bus/pci" },
	{ .bdf = BDF(0x1b, 0),
	  .vendor = 0x8086,
	  .device = 0x2668,
	  .class_code = 0x040300,
	  .iommu_group = 2,
	  .driver = "snd_hda_intel",
	  .bar = { { .range = { 0xfebf4000, 0x4000 } } },
	  .interrupt_pin = 1,
	  .config = sound_config,
	  .config_size = sizeof(sound_config),
	  .source = "/sys/bus/pci" },
	{ .bdf = BDF(0x1f, 0),
	  .vendor = 0x8086,
	  .device = 0x2918,
	  .class_code = 0x060100,
	  .iommu_group = 3,
	  .driver = "lpc_ich",
	  .source = "/sys/bus/pci" },
};

static void describe(struct board_spec *spec)
{
	static const unsigned int all[] = { 0, 1, 2, 3 };

	spec->architecture = JAILHOUSE_X86;
	spec->command_line = "memmap=82M$0x3a000000 intel_iommu=off";
	spec->psci_method = "";
	spec->address_bits = 39;
	for (unsigned int n = 0; n < 4; n++)
		spec->cpus[spec->num_cpus++] = (struct jhcfg_hw_cpu){
			.id = n,
			.phys_id = n,
			.core = n,
			.compatible = "",
			.enable_method = "",
			.source = "/proc/cpuinfo",
		};
	spec->caches[spec->num_caches++] = (struct jhcfg_hw_cache){
		.level = 3,
		.type = 'u',
		.size = 8 * MIB,
		.ways = 16,
		.cpus = all,
		.num_cpus = 4,
		.source = "/sys/devices/system/cpu",
	};
	memcpy(spec->memories, memories, sizeof(memories));
	spec->num_memories = sizeof(memories) / sizeof(memories[0]);
	spec->irqchips[spec->num_irqchips++] = ioapic;
	spec->iommus[spec->num_iommus++] = (struct jhcfg_hw_iommu){
		.unit = { .type = JAILHOUSE_IOMMU_INTEL,
			  .base = VTD,
			  .size = 0x1000 },
		.device = JHCFG_NO_INDEX,
		.source = "DMAR",
	};
	spec->pci_hosts[spec->num_pci_hosts++] = pci_host;
	memcpy(spec->pci_functions, functions, sizeof(functions));
	spec->num_pci_functions = sizeof(functions) / sizeof(functions[0]);
}

/* --- the system ----------------------------------------------------------- */

static void add_plain(struct jhcfg_config *config, const char *name,
		      uint64_t start, uint64_t size, uint64_t flags)
{
	add_memory(config, name, start, start, size, flags);
}

static void add_pins(struct jhcfg_config *config, uint32_t pins)
{
	const struct jhcfg_irqchip chip = {
		.address = IOAPIC,
		.id = 0xf0f8,
		.pin_bitmap = { pins },
	};

	assert_int_equal(jhcfg_config_insert_irqchip(config, SIZE_MAX, &chip),
			 0);
}

static void add_ports(struct jhcfg_config *config, uint16_t base,
		      uint16_t length)
{
	const struct jhcfg_pio pio = { base, length };

	assert_int_equal(jhcfg_config_insert_pio(config, SIZE_MAX, &pio), 0);
}

static void add_function(struct jhcfg_config *config,
			 const struct jhcfg_pci_device *function)
{
	assert_int_equal(
		jhcfg_config_insert_pci_device(config, SIZE_MAX, function), 0);
}

static void add_cap(struct jhcfg_config *config, uint16_t id, uint16_t start,
		    uint16_t len)
{
	const struct jhcfg_pci_cap cap = {
		.id = id,
		.start = start,
		.len = len,
		.flags = JAILHOUSE_PCICAPS_WRITE,
	};

	assert_int_equal(jhcfg_config_insert_pci_cap(config, SIZE_MAX, &cap),
			 0);
}

static void add_sound(struct jhcfg_config *config, uint16_t caps_start)
{
	const struct jhcfg_pci_device sound = {
		.type = JAILHOUSE_PCI_TYPE_DEVICE,
		.bdf = BDF(0x1b, 0),
		.bar_mask = { 0xffffc000, 0, 0, 0, 0, 0 },
		.caps_start = caps_start,
		.num_caps = 1,
		.num_msi_vectors = 1,
		.msi_64bits = true,
	};

	add_function(config, &sound);
	add_cap(config, PCI_CAP_ID_MSI, 0x60, 14);
}

static void add_root_functions(struct jhcfg_config *config)
{
	const struct jhcfg_pci_device host = {
		.type = JAILHOUSE_PCI_TYPE_DEVICE,
		.bdf = BDF(0, 0),
	};
	const struct jhcfg_pci_device net = {
		.type = JAILHOUSE_PCI_TYPE_DEVICE,
		.bdf = BDF(2, 0),
		.bar_mask = { 0xfffe0000, 0, 0, 0xffffc000, 0, 0 },
		.num_caps = 1,
		.num_msix_vectors = 5,
		.msix_region_size = 0x1000,
		.msix_address = 0xfebf0000,
	};
	const struct jhcfg_pci_device bridge = {
		.type = JAILHOUSE_PCI_TYPE_DEVICE,
		.bdf = BDF(0x1f, 0),
	};

	add_function(config, &host);
	add_function(config, &net);
	add_cap(config, PCI_CAP_ID_MSIX, 0x70, 12);
	add_sound(config, 1);
	add_function(config, &bridge);
}

static const struct jhcfg_console com1 = {
	.address = 0x3f8,
	.type = JAILHOUSE_CON_TYPE_8250,
};
static const struct jhcfg_console com2 = {
	.address = 0x2f8,
	.type = JAILHOUSE_CON_TYPE_8250,
};

static void fill_platform(struct jhcfg_config *config)
{
	const struct jhcfg_platform platform = {
		.pci_mmconfig_base = 0xb0000000,
		.pci_mmconfig_end_bus = 255,
		.iommu_units = { { .type = JAILHOUSE_IOMMU_INTEL,
				   .base = VTD,
				   .size = 0x1000 } },
		.pm_timer_address = 0x608,
		.vtd_interrupt_limit = 256,
	};
	const struct jhcfg_memory hypervisor = {
		.phys_start = 0x3a000000,
		.size = 6 * MIB,
	};

	jhcfg_config_set_platform(config, &platform);
	jhcfg_config_set_hypervisor_memory(config, &hypervisor);
	jhcfg_config_set_debug_console(config, &com1);
	jhcfg_config_set_system_flags(config,
				      JAILHOUSE_SYS_VIRTUAL_DEBUG_CONSOLE);
}

static void fill_root(struct jhcfg_config *config)
{
	const uint64_t ram = RWX | JAILHOUSE_MEM_DMA;

	fill_platform(config);
	jhcfg_config_set_name(config, "sample");
	for (unsigned int n = 0; n < 4; n++)
		jhcfg_config_add_cpu(config, n);
	add_plain(config, "low-ram", 0, 0xa0000, ram);
	add_plain(config, "vga", 0xa0000, 0x20000, IO);
	add_plain(config, "rom", 0xc0000, 0x40000,
		  JAILHOUSE_MEM_READ | JAILHOUSE_MEM_EXECUTE);
	add_plain(config, "ram", MIB, 927 * MIB, ram);
	add_plain(config, "inmates", 0x3a600000, 75 * MIB, ram);
	add_plain(config, "high-ram", 0x3f200000, 13 * MIB, ram);
	add_plain(config, "acpi", 0x3ff00000, MIB, RW);
	add_plain(config, "net", 0xfebc0000, 0x20000, IO);
	add_plain(config, "net-rest", 0xfebf1000, 0x3000, IO);
	add_plain(config, "sound", 0xfebf4000, 0x4000, IO);
	add_plain(config, "hpet", 0xfed00000, 0x1000, IO);
	add_pins(config, 0xffffff);
	add_ports(config, 0x60, 2);
	add_ports(config, 0x64, 1);
	add_ports(config, 0x70, 2);
	add_ports(config, 0x2f8, 8);
	add_ports(config, 0x3f8, 8);
	add_ports(config, 0xd00, 0xf300);
	add_root_functions(config);
}

static void fill_rtos(struct jhcfg_config *config)
{
	jhcfg_config_add_cpu(config, 3);
	add_memory(config, "ram", 0x3a600000, 0, MIB,
		   RWX | JAILHOUSE_MEM_LOADABLE);
	add_memory(config, "comm-region", 0, 0x100000, 0x1000,
		   RW | JAILHOUSE_MEM_COMM_REGION);
	add_plain(config, "sound", 0xfebf4000, 0x4000, IO);
	add_ports(config, 0x2f8, 8);
	add_pins(config, 1 << 3);
	add_sound(config, 0);
	jhcfg_config_set_console(config, &com2);
	jhcfg_config_set_msg_reply_timeout(config, 1000000);
}

static void fill_guest(struct jhcfg_config *config)
{
	jhcfg_config_set_cell_flags(
		config, JAILHOUSE_CELL_VIRTUAL_CONSOLE_PERMITTED |
				JAILHOUSE_CELL_VIRTUAL_CONSOLE_ACTIVE);
	jhcfg_config_add_cpu(config, 2);
	add_memory(config, "loader", 0x3a700000, 0, MIB,
		   RWX | JAILHOUSE_MEM_LOADABLE);
	add_memory(config, "comm-region", 0, 0x100000, 0x1000,
		   RW | JAILHOUSE_MEM_COMM_REGION);
	add_memory(config, "ram", 0x3b000000, 0x200000, 64 * MIB,
		   RWX | JAILHOUSE_MEM_DMA | JAILHOUSE_MEM_LOADABLE);
	jhcfg_config_set_msg_reply_timeout(config, 1000000);
}

static void add_link(struct fixture *fixture)
{
	const struct jhcfg_link link = {
		.name = "net0",
		.bdf = BDF(0xe, 0),
		.protocol = JAILHOUSE_SHMEM_PROTO_VETH,
		.base = 0x3f100000,
		.state_size = 0x1000,
		.output_size = 0x7f000,
		.num_peers = 2,
		.peers = { JHCFG_ROOT_KEY, fixture->guest },
		.num_msix_vectors = 2,
	};

	assert_int_equal(jhcfg_workspace_set_link(fixture->workspace, &link,
						  &fixture->link),
			 0);
}

void sample_x86(struct fixture *fixture)
{
	memset(fixture, 0, sizeof(*fixture));
	describe(&fixture->spec);
	fixture_start(fixture);
	assert_int_equal(jhcfg_workspace_begin(fixture->workspace, "Sample"),
			 0);
	fill_root(edit_root(fixture));
	fixture->rtos = add_cell(fixture, "rtos");
	fill_rtos(edit_rtos(fixture));
	fixture->guest = add_cell(fixture, "linux");
	fill_guest(edit_guest(fixture));
	add_link(fixture);
	jhcfg_workspace_end(fixture->workspace);
}
