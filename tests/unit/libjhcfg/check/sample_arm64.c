// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A board with two clusters of four CPUs, 2 GiB of RAM from 0x40000000,
 * GICv3, an SMMUv3 and a few devices. 256 MiB from 0xa0000000 are kept from
 * Linux:
 *
 *   rtos    CPUs 4-7, 1 MiB at 0xa0000000, uart1
 *   linux   CPUs 2-3, 128 MiB at 0xa2000000, virtual console
 *   net0    a link of root and linux, at 0xaf000000
 *   and the hypervisor, 4 MiB at 0xafc00000
 */
#include "fixture.h"

#include <cmocka_all.h>
#include <string.h>

#define MIB (1024 * 1024ULL)

#define RW  (JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE)
#define IO  (RW | JAILHOUSE_MEM_IO)
#define RWX (RW | JAILHOUSE_MEM_EXECUTE)

#define GICD 0x08000000U

/* --- the board ------------------------------------------------------------ */

enum {
	CLOCKS,
	UART0,
	UART1,
	TIMER0,
	ETH0,
	GPIO,
	SMMU,
	GIC,
	PCIE,
};

static const char *const pl011[] = { "arm,pl011", "arm,primecell" };
static const char *const clock_names[] = { "vendor,clocks" };
static const char *const timer_names[] = { "arm,sp804" };
static const char *const eth_names[] = { "cdns,macb" };
static const char *const gpio_names[] = { "arm,pl061" };
static const char *const smmu_names[] = { "arm,smmu-v3" };
static const char *const gic_names[] = { "arm,gic-v3" };
static const char *const pcie_names[] = { "pci-host-ecam-generic" };
static const char *const no_names[] = { "", "" };

static const struct jhcfg_range windows[] = {
	[CLOCKS] = { 0x09020000, 0x1000 }, [UART0] = { 0x09000000, 0x1000 },
	[UART1] = { 0x09010000, 0x1000 },  [TIMER0] = { 0x09030000, 0x1000 },
	[ETH0] = { 0x09040000, 0x1000 },   [GPIO] = { 0x09050000, 0x1000 },
	[SMMU] = { 0x09800000, 0x20000 },  [PCIE] = { 0x10000000, 16 * MIB },
};
static const struct jhcfg_range gic_windows[] = {
	{ GICD, 0x10000 },
	{ 0x080a0000, 8 * 0x20000 },
};

static const struct jhcfg_hw_irq irqs[] = {
	[UART0] = { .number = 33, .trigger = JHCFG_TRIGGER_LEVEL, .name = "" },
	[UART1] = { .number = 34, .trigger = JHCFG_TRIGGER_LEVEL, .name = "" },
	[TIMER0] = { .number = 36, .trigger = JHCFG_TRIGGER_LEVEL, .name = "" },
	[ETH0] = { .number = 37, .trigger = JHCFG_TRIGGER_LEVEL, .name = "" },
	[GPIO] = { .number = 38, .trigger = JHCFG_TRIGGER_LEVEL, .name = "" },
	[SMMU] = { .number = 39, .trigger = JHCFG_TRIGGER_EDGE, .name = "" },
};

static const uint32_t eth_streams[] = { 0x10 };
static const struct jhcfg_hw_ref uart0_refs[] = {
	{ .kind = JHCFG_REF_CLOCK,
	  .device = CLOCKS,
	  .property = "clocks",
	  .name = "uartclk" },
};
static const struct jhcfg_hw_ref eth_refs[] = {
	{ .kind = JHCFG_REF_IOMMU,
	  .device = SMMU,
	  .property = "iommus",
	  .name = "",
	  .args = eth_streams,
	  .num_args = 1 },
};

#define WINDOW(n)                                                              \
	.windows = &windows[n], .window_names = no_names, .num_windows = 1,    \
	.status = "okay", .parent = JHCFG_NO_INDEX, .source = "the test"
#define NAMES(array)                                                           \
	.compatible = array, .num_compatible = sizeof(array) / sizeof(array[0])
#define IRQ(n) .irqs = &irqs[n], .num_irqs = 1

static const struct jhcfg_hw_device devices[] = {
	[CLOCKS] = { .kind = JHCFG_HW_DEVICE_CLOCK,
		     .name = "clocks",
		     .path = "/clocks@9020000",
		     NAMES(clock_names),
		     WINDOW(CLOCKS) },
	[UART0] = { .kind = JHCFG_HW_DEVICE_UART,
		    .name = "uart0",
		    .path = "/serial@9000000",
		    NAMES(pl011),
		    WINDOW(UART0),
		    IRQ(UART0),
		    .refs = uart0_refs,
		    .num_refs = 1,
		    .console_type = JAILHOUSE_CON_TYPE_PL011,
		    .reg_shift = 2,
		    .boot_console = true },
	[UART1] = { .kind = JHCFG_HW_DEVICE_UART,
		    .name = "uart1",
		    .path = "/serial@9010000",
		    NAMES(pl011),
		    WINDOW(UART1),
		    IRQ(UART1),
		    .console_type = JAILHOUSE_CON_TYPE_PL011,
		    .reg_shift = 2 },
	[TIMER0] = { .kind = JHCFG_HW_DEVICE_TIMER,
		     .name = "timer0",
		     .path = "/timer@9030000",
		     NAMES(timer_names),
		     WINDOW(TIMER0),
		     IRQ(TIMER0) },
	[ETH0] = { .kind = JHCFG_HW_DEVICE_NET,
		   .name = "eth0",
		   .path = "/ethernet@9040000",
		   NAMES(eth_names),
		   WINDOW(ETH0),
		   IRQ(ETH0),
		   .refs = eth_refs,
		   .num_refs = 1,
		   .dma = true,
		   .stream_ids = eth_streams,
		   .num_stream_ids = 1 },
	[GPIO] = { .kind = JHCFG_HW_DEVICE_GPIO,
		   .name = "gpio",
		   .path = "/gpio@9050000",
		   NAMES(gpio_names),
		   WINDOW(GPIO),
		   IRQ(GPIO) },
	[SMMU] = { .kind = JHCFG_HW_DEVICE_IOMMU,
		   .name = "smmu",
		   .path = "/iommu@9800000",
		   NAMES(smmu_names),
		   WINDOW(SMMU),
		   IRQ(SMMU) },
	[GIC] = { .kind = JHCFG_HW_DEVICE_IRQCHIP,
		  .name = "gic",
		  .path = "/interrupt-controller@8000000",
		  NAMES(gic_names),
		  .windows = gic_windows,
		  .window_names = no_names,
		  .num_windows = 2,
		  .status = "okay",
		  .parent = JHCFG_NO_INDEX,
		  .source = "the test" },
	[PCIE] = { .kind = JHCFG_HW_DEVICE_PCI_HOST,
		   .name = "pcie",
		   .path = "/pcie@10000000",
		   NAMES(pcie_names),
		   WINDOW(PCIE) },
};

static const struct jhcfg_hw_memory memories[] = {
	{ JHCFG_HW_RAM,
	  { 0x40000000, 2048 * MIB },
	  false,
	  false,
	  "memory@40000000",
	  "the test" },
	{ JHCFG_HW_RESERVED,
	  { 0xa0000000, 256 * MIB },
	  true,
	  false,
	  "jailhouse@a0000000",
	  "the test" },
	{ JHCFG_HW_FIRMWARE,
	  { 0xb0000000, 2 * MIB },
	  true,
	  false,
	  "optee@b0000000",
	  "the test" },
	{ JHCFG_HW_SHARED,
	  { 0xb4000000, 64 * MIB },
	  false,
	  true,
	  "linux,cma",
	  "the test" },
};

static const struct jhcfg_range gicr = { 0x080a0000, 8 * 0x20000 };

static const struct jhcfg_hw_irqchip irqchip = {
	.kind = JHCFG_HW_GICV3,
	.device = GIC,
	.gicd = { GICD, 0x10000 },
	.gicr = &gicr,
	.num_gicr = 1,
	.maintenance_irq = 25,
	.source = "the test",
};

static const struct jhcfg_hw_pci_window pci_windows[] = {
	{ JHCFG_PCI_MEM32, 0x20000000, { 0x20000000, 256 * MIB }, false },
};

static const struct jhcfg_hw_pci_host pci_host = {
	.device = PCIE,
	.last_bus = 15,
	.ecam = { 0x10000000, 16 * MIB },
	.windows = pci_windows,
	.num_windows = 1,
	.intx = { 40, 41, 42, 43 },
	.source = "the test",
};

static void describe_cpus(struct board_spec *spec)
{
	static const unsigned int halves[2][4] = { { 0, 1, 2, 3 },
						   { 4, 5, 6, 7 } };

	for (unsigned int n = 0; n < 8; n++)
		spec->cpus[spec->num_cpus++] = (struct jhcfg_hw_cpu){
			.id = n,
			.phys_id = (n / 4) << 8 | n % 4,
			.cluster = n / 4,
			.core = n,
			.compatible = "arm,cortex-a53",
			.enable_method = "psci",
			.source = "the test",
		};
	for (unsigned int n = 0; n < 2; n++)
		spec->caches[spec->num_caches++] = (struct jhcfg_hw_cache){
			.level = 2,
			.type = 'u',
			.size = MIB,
			.cpus = halves[n],
			.num_cpus = 4,
			.source = "the test",
		};
}

static void describe(struct board_spec *spec)
{
	spec->architecture = JAILHOUSE_ARM64;
	spec->command_line = "console=ttyAMA0";
	spec->psci_method = "smc";
	spec->address_bits = 40;
	describe_cpus(spec);
	memcpy(spec->memories, memories, sizeof(memories));
	spec->num_memories = sizeof(memories) / sizeof(memories[0]);
	memcpy(spec->devices, devices, sizeof(devices));
	spec->num_devices = sizeof(devices) / sizeof(devices[0]);
	spec->irqchips[spec->num_irqchips++] = irqchip;
	spec->iommus[spec->num_iommus++] = (struct jhcfg_hw_iommu){
		.unit = { .type = JAILHOUSE_IOMMU_SMMUV3,
			  .base = 0x09800000,
			  .size = 0x20000 },
		.device = SMMU,
		.source = "the test",
	};
	spec->pci_hosts[spec->num_pci_hosts++] = pci_host;
}

/* --- the system ----------------------------------------------------------- */

static void add_cpus(struct jhcfg_config *config, unsigned int first,
		     unsigned int last)
{
	for (unsigned int n = first; n <= last; n++)
		assert_int_equal(jhcfg_config_add_cpu(config, n), 0);
}

static void add_irqs(struct jhcfg_config *config, uint32_t first, uint32_t last)
{
	for (uint32_t n = first; n <= last; n++)
		assert_int_equal(jhcfg_config_add_irq(config, GICD, n), 0);
}

static const struct jhcfg_console uart0 = {
	.address = 0x09000000,
	.size = 0x1000,
	.type = JAILHOUSE_CON_TYPE_PL011,
	.flags = JAILHOUSE_CON_ACCESS_MMIO | JAILHOUSE_CON_REGDIST_4,
};
static const struct jhcfg_console uart1 = {
	.address = 0x09010000,
	.size = 0x1000,
	.type = JAILHOUSE_CON_TYPE_PL011,
	.flags = JAILHOUSE_CON_ACCESS_MMIO | JAILHOUSE_CON_REGDIST_4,
};

static void fill_platform(struct jhcfg_config *config)
{
	const struct jhcfg_platform platform = {
		.pci_mmconfig_base = 0x08e00000,
		.pci_is_virtual = 1,
		.pci_domain = 1,
		.iommu_units = { { .type = JAILHOUSE_IOMMU_SMMUV3,
				   .base = 0x09800000,
				   .size = 0x20000 } },
		.maintenance_irq = 25,
		.gic_version = 3,
		.gicd_base = GICD,
		.gicr_base = 0x080a0000,
	};
	const struct jhcfg_memory hypervisor = {
		.phys_start = 0xafc00000,
		.size = 4 * MIB,
	};

	jhcfg_config_set_platform(config, &platform);
	jhcfg_config_set_hypervisor_memory(config, &hypervisor);
	jhcfg_config_set_debug_console(config, &uart0);
	jhcfg_config_set_system_flags(config,
				      JAILHOUSE_SYS_VIRTUAL_DEBUG_CONSOLE);
}

static void add_plain(struct jhcfg_config *config, const char *name,
		      uint64_t start, uint64_t size, uint64_t flags)
{
	add_memory(config, name, start, start, size, flags);
}

static void fill_root(struct jhcfg_config *config)
{
	const uint64_t ram = RWX | JAILHOUSE_MEM_DMA;
	const struct jhcfg_stream_id stream = { .id = 0x10 };

	fill_platform(config);
	jhcfg_config_set_name(config, "sample");
	jhcfg_config_set_vpci_irq_base(config, 108);
	add_cpus(config, 0, 7);
	add_irqs(config, 32, 255);
	add_plain(config, "uart0", 0x09000000, 0x1000, IO);
	add_plain(config, "uart1", 0x09010000, 0x1000, IO);
	add_plain(config, "clocks", 0x09020000, 0x1000, IO);
	add_plain(config, "timer0", 0x09030000, 0x1000, IO);
	add_plain(config, "eth0", 0x09040000, 0x1000, IO);
	add_plain(config, "gpio", 0x09050000, 0x1000, IO);
	add_plain(config, "pcie-ecam", 0x10000000, 16 * MIB, IO);
	add_plain(config, "pcie-memory", 0x20000000, 256 * MIB, IO);
	add_plain(config, "ram", 0x40000000, 1536 * MIB, ram);
	add_plain(config, "inmates", 0xa0000000, 240 * MIB, ram);
	add_plain(config, "high-ram", 0xb0200000, 254 * MIB, ram);
	assert_int_equal(jhcfg_config_insert_stream_id(config, 0, &stream), 0);
}

static void fill_rtos(struct jhcfg_config *config)
{
	add_cpus(config, 4, 7);
	add_irqs(config, 34, 34);
	add_memory(config, "ram", 0xa0000000, 0, MIB,
		   RWX | JAILHOUSE_MEM_LOADABLE);
	add_plain(config, "uart1", 0x09010000, 0x1000, IO);
	add_memory(config, "comm-region", 0, 0x80000000, 0x1000,
		   RW | JAILHOUSE_MEM_COMM_REGION);
	jhcfg_config_set_console(config, &uart1);
	jhcfg_config_set_msg_reply_timeout(config, 1000000);
}

static void fill_guest(struct jhcfg_config *config)
{
	jhcfg_config_set_cell_flags(
		config, JAILHOUSE_CELL_VIRTUAL_CONSOLE_PERMITTED |
				JAILHOUSE_CELL_VIRTUAL_CONSOLE_ACTIVE);
	jhcfg_config_set_vpci_irq_base(config, 112);
	add_cpus(config, 2, 3);
	add_memory(config, "loader", 0xa1000000, 0, 0x10000,
		   RWX | JAILHOUSE_MEM_LOADABLE);
	add_plain(config, "ram", 0xa2000000, 128 * MIB,
		  RWX | JAILHOUSE_MEM_DMA | JAILHOUSE_MEM_LOADABLE);
	add_memory(config, "comm-region", 0, 0x80000000, 0x1000,
		   RW | JAILHOUSE_MEM_COMM_REGION);
	jhcfg_config_set_msg_reply_timeout(config, 1000000);
}

static void add_link(struct fixture *fixture)
{
	const struct jhcfg_link link = {
		.name = "net0",
		.protocol = JAILHOUSE_SHMEM_PROTO_VETH,
		.base = 0xaf000000,
		.state_size = 0x1000,
		.output_size = 0x7f000,
		.num_peers = 2,
		.peers = { JHCFG_ROOT_KEY, fixture->guest },
	};

	assert_int_equal(jhcfg_workspace_set_link(fixture->workspace, &link,
						  &fixture->link),
			 0);
}

void sample_arm64(struct fixture *fixture)
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
