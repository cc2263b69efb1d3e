// SPDX-License-Identifier: GPL-2.0-or-later
/* Recorded machines: what is expected is what QEMU was told to emulate (see
 * tests/fixtures/machines/record.sh), and what Linux printed there. */
#include <cmocka_all.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jailhouse/cell-config.h>

#include "import/linux/import.h"
#include "recorded.h"

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

static void expect_cpus(const struct jhcfg_board *board,
			const unsigned int (*ids)[4], size_t count)
{
	assert_int_equal(jhcfg_board_num_cpus(board), count);
	for (size_t n = 0; n < count; n++) {
		const struct jhcfg_hw_cpu *cpu = jhcfg_board_cpu(board, n);

		assert_int_equal(cpu->id, n);
		assert_int_equal(cpu->phys_id, ids[n][0]);
		assert_int_equal(cpu->package, ids[n][1]);
		assert_int_equal(cpu->core, ids[n][2]);
		assert_int_equal(cpu->thread, ids[n][3]);
	}
}

struct memory {
	enum jhcfg_hw_memory_kind kind;
	uint64_t start, size;
	const char *name;
};

static void expect_memories(const struct jhcfg_board *board,
			    const struct memory *expected, size_t count)
{
	assert_int_equal(jhcfg_board_num_memories(board), count);
	for (size_t n = 0; n < count; n++) {
		const struct jhcfg_hw_memory *memory =
			jhcfg_board_memory(board, n);

		assert_int_equal(memory->kind, expected[n].kind);
		assert_int_equal(memory->range.start, expected[n].start);
		assert_int_equal(memory->range.size, expected[n].size);
		assert_string_equal(memory->name, expected[n].name);
	}
}

/* --- Intel: 2 sockets of 2 cores of 2 threads ----------------------------- */

static void test_recorded_intel_cpus(void **state)
{
	/* APIC id, package, core, thread */
	static const unsigned int cpus[][4] = {
		{ 0, 0, 0, 0 }, { 1, 0, 0, 1 }, { 2, 0, 1, 0 }, { 3, 0, 1, 1 },
		{ 4, 1, 0, 0 }, { 5, 1, 0, 1 }, { 6, 1, 1, 0 }, { 7, 1, 1, 1 },
	};
	struct jhcfg_diags *diags;
	struct jhcfg_board *board = recorded_board("q35-intel", &diags);
	const struct jhcfg_hw_cache *cache;
	size_t shared = 0;

	(void)state;
	expect_cpus(board, cpus, ARRAY_SIZE(cpus));
	assert_string_equal(jhcfg_board_cpu(board, 1)->source,
			    "q35-intel.tar.gz/proc/cpuinfo line 28");
	/* 16 of level 1, one of level 2 a core, one of level 3 a package */
	assert_int_equal(jhcfg_board_num_caches(board), 16 + 4 + 2);
	for (size_t n = 0; (cache = jhcfg_board_cache(board, n)); n++) {
		if (cache->level != 3)
			continue;
		shared++;
		assert_int_equal(cache->type, 'u');
		assert_int_equal(cache->size, 16 << 20);
		assert_int_equal(cache->ways, 16);
		assert_int_equal(cache->num_cpus, 4);
		assert_int_equal(cache->cpus[3], cache->cpus[0] + 3);
	}
	assert_int_equal(shared, 2);
	jhcfg_board_free(board);
	jhcfg_diags_free(diags);
}

static void test_recorded_intel_memory(void **state)
{
	static const struct memory memory[] = {
		{ JHCFG_HW_RESERVED, 0, 0x1000, "Reserved" },
		{ JHCFG_HW_RAM, 0x1000, 0x9ec00, "System RAM" },
		{ JHCFG_HW_RESERVED, 0x9fc00, 0x400, "Reserved" },
		{ JHCFG_HW_FIRMWARE, 0xc0000, 0x9c00, "Video ROM" },
		{ JHCFG_HW_FIRMWARE, 0xca000, 0x600, "Adapter ROM" },
		{ JHCFG_HW_RESERVED, 0xf0000, 0x10000, "Reserved" },
		{ JHCFG_HW_FIRMWARE, 0xf0000, 0x10000, "System ROM" },
		{ JHCFG_HW_RAM, 0x100000, 0x17f00000, "System RAM" },
		{ JHCFG_HW_RAM, 0x1c000000, 0x3fd7000, "System RAM" },
		{ JHCFG_HW_RESERVED, 0x1ffd7000, 0x29000, "Reserved" },
		{ JHCFG_HW_RESERVED, 0xfed1c000, 0x4000, "Reserved" },
		{ JHCFG_HW_RESERVED, 0xfffc0000, 0x40000, "Reserved" },
		/* memmap=64M$0x18000000 */
		{ JHCFG_HW_RAM, 0x18000000, 0x4000000, "memmap" },
		{ JHCFG_HW_RESERVED, 0x18000000, 0x4000000, "memmap" },
	};
	struct jhcfg_diags *diags;
	struct jhcfg_board *board = recorded_board("q35-intel", &diags);

	(void)state;
	expect_memories(board, memory, ARRAY_SIZE(memory));
	assert_true(jhcfg_board_is_ram(
		board, (struct jhcfg_range){ 0x100000, 0x1fed7000 }));
	assert_int_equal(jhcfg_board_address_bits(board), 40);
	jhcfg_board_free(board);
	jhcfg_diags_free(diags);
}

static void test_recorded_intel_platform(void **state)
{
	struct jhcfg_diags *diags;
	struct jhcfg_board *board = recorded_board("q35-intel", &diags);
	const struct jhcfg_hw_irqchip *ioapic = jhcfg_board_irqchip(board, 0);
	const struct jhcfg_hw_iommu *iommu = jhcfg_board_iommu(board, 0);
	const struct jhcfg_hw_pci_host *host = jhcfg_board_pci_host(board, 0);

	(void)state;
	assert_int_equal(jhcfg_board_architecture(board), JAILHOUSE_X86);
	assert_int_equal(jhcfg_board_num_irqchips(board), 1);
	assert_int_equal(ioapic->kind, JHCFG_HW_IOAPIC);
	assert_int_equal(ioapic->gicd.start, 0xfec00000);
	assert_int_equal(ioapic->num_pins, 24);
	/* QEMU's VT-d calls it ff:00.0 */
	assert_int_equal(ioapic->bdf, 0xff00);
	assert_int_equal(ioapic->iommu, 0);

	assert_string_equal(recorded_device(board, "ioapic0")->path,
			    "/sys/firmware/acpi/tables/APIC:ioapic0");
	assert_string_equal(recorded_device(board, "local-apic")->path,
			    "/sys/firmware/acpi/tables/APIC:local-apic");
	assert_int_equal(jhcfg_board_num_iommus(board), 1);
	assert_int_equal(iommu->unit.type, JAILHOUSE_IOMMU_INTEL);
	assert_int_equal(iommu->unit.base, 0xfed90000);
	assert_int_equal(iommu->unit.size, 0x1000);
	assert_string_equal(
		iommu->source,
		"q35-intel.tar.gz/sys/firmware/acpi/tables/DMAR offset 0x30");

	assert_int_equal(jhcfg_board_num_pci_hosts(board), 1);
	assert_int_equal(host->ecam.start, 0xb0000000);
	assert_int_equal(host->ecam.size, 0x10000000);
	assert_int_equal(host->last_bus, 0xff);
	assert_int_equal(host->num_windows, 6);
	assert_int_equal(host->windows[2].cpu.start, 0xc0000000);
	assert_int_equal(host->windows[2].cpu.size, 0x3ec00000);
	assert_int_equal(host->windows[3].space, JHCFG_PCI_MEM64);
	assert_int_equal(host->windows[5].space, JHCFG_PCI_IO);
	assert_int_equal(host->windows[5].cpu.start, 0xd00);
	assert_int_equal(jhcfg_diags_count(diags, JHCFG_WARNING), 0);
	jhcfg_board_free(board);
	jhcfg_diags_free(diags);
}

/* A network card behind a root port, another behind a PCI bridge: scopes of
 * the DMAR name the bridges. */
static void test_recorded_intel_pci(void **state)
{
	struct jhcfg_diags *diags;
	struct jhcfg_board *board = recorded_board("q35-intel", &diags);
	const struct jhcfg_hw_pci_function *port =
		recorded_function(board, 0x0020);
	const struct jhcfg_hw_pci_function *net =
		recorded_function(board, 0x0100);
	const struct jhcfg_hw_device *device =
		recorded_device(board, "0000:01:00.0");

	(void)state;
	assert_int_equal(jhcfg_board_num_pci_functions(board), 11);
	assert_int_equal(port->header_type, 1);
	assert_int_equal(port->secondary_bus, 1);
	assert_string_equal(port->driver, "pcieport");
	assert_int_equal(net->vendor, 0x8086);
	assert_int_equal(net->device, 0x10d3);
	assert_int_equal(net->class_code, 0x020000);
	assert_int_equal(net->config_size, 4096);
	assert_string_equal(net->driver, "e1000e");
	assert_int_equal(net->bar[0].range.start, 0xfe800000);
	assert_int_equal(net->bar[0].range.size, 0x20000);
	assert_true(net->bar[2].io);
	assert_int_equal(net->bar[2].range.start, 0xd000);
	assert_int_equal(net->bar[3].range.start, 0xfe840000);
	assert_int_equal(net->iommu, 0);
	assert_int_equal(recorded_function(board, 0x0208)->iommu, 0);

	assert_int_equal(device->kind, JHCFG_HW_DEVICE_NET);
	assert_string_equal(device->compatible[0], "pci8086,10d3");
	assert_int_equal(device->num_windows, 3);
	assert_int_equal(device->num_ports, 1);
	assert_string_equal(jhcfg_board_device(board, device->parent)->name,
			    "0000:00:04.0");
	assert_int_equal(recorded_device(board, "0000:00:05.0")->kind,
			 JHCFG_HW_DEVICE_STORAGE);
	jhcfg_board_free(board);
	jhcfg_diags_free(diags);
}

static void test_recorded_intel_devices(void **state)
{
	struct jhcfg_diags *diags;
	struct jhcfg_board *board = recorded_board("q35-intel", &diags);
	const struct jhcfg_hw_device *uart = recorded_device(board, "ttyS0");
	const struct jhcfg_hw_device *hpet = recorded_device(board, "hpet-0");
	const struct jhcfg_hw_port *port;
	unsigned int timer = 0;

	(void)state;
	assert_int_equal(uart->console_type, JAILHOUSE_CON_TYPE_8250);
	assert_true(uart->boot_console);
	assert_int_equal(uart->num_windows, 0);
	assert_int_equal(uart->ports[0].base, 0x3f8);
	assert_int_equal(uart->ports[0].length, 8);
	assert_int_equal(uart->clock_hz, 1843200);
	assert_int_equal(uart->irqs[0].number, 4);
	assert_int_equal(uart->irqs[0].trigger, JHCFG_TRIGGER_EDGE);
	assert_int_equal(jhcfg_board_find_device(board, "ttyS1"),
			 JHCFG_NO_INDEX);
	assert_int_equal(hpet->kind, JHCFG_HW_DEVICE_TIMER);
	assert_int_equal(hpet->windows[0].start, 0xfed00000);
	for (size_t n = 0; (port = jhcfg_board_port(board, n)); n++)
		if (!strcmp(port->name, "ACPI PM_TMR"))
			timer = port->base;
	assert_int_equal(timer, 0x608);
	jhcfg_board_free(board);
	jhcfg_diags_free(diags);
}

/* --- AMD ------------------------------------------------------------------ */

static void test_recorded_amd_has_its_iommu(void **state)
{
	struct jhcfg_diags *diags;
	struct jhcfg_board *board = recorded_board("q35-amd", &diags);
	const struct jhcfg_iommu *unit = &jhcfg_board_iommu(board, 0)->unit;

	(void)state;
	assert_int_equal(jhcfg_board_num_cpus(board), 4);
	assert_int_equal(jhcfg_board_num_iommus(board), 1);
	assert_int_equal(unit->type, JAILHOUSE_IOMMU_AMD);
	assert_int_equal(unit->base, 0xfed80000);
	assert_int_equal(unit->size, 0x4000);
	assert_int_equal(unit->amd_bdf, 0x0010);
	assert_int_equal(unit->amd_base_cap, 0x40);
	assert_int_equal(unit->amd_msi_cap, 0x60);
	assert_int_equal(unit->amd_features, 0x44);
	/* QEMU's IVRS: the IOAPIC is 00:14.0 */
	assert_int_equal(jhcfg_board_irqchip(board, 0)->bdf, 0x00a0);
	assert_int_equal(jhcfg_board_irqchip(board, 0)->iommu, 0);
	assert_int_equal(recorded_function(board, 0x0028)->iommu, 0);
	jhcfg_board_free(board);
	jhcfg_diags_free(diags);
}

/* --- an old PC: neither IOMMU nor memory-mapped configuration space ------- */

static void test_recorded_old_pc_lacks_what_it_lacks(void **state)
{
	struct jhcfg_diags *diags;
	struct jhcfg_board *board = recorded_board("i440fx", &diags);

	(void)state;
	assert_int_equal(jhcfg_board_num_iommus(board), 0);
	assert_int_equal(jhcfg_board_irqchip(board, 0)->iommu, -1);
	assert_int_equal(jhcfg_board_num_pci_hosts(board), 1);
	assert_int_equal(jhcfg_board_pci_host(board, 0)->ecam.size, 0);
	assert_int_equal(recorded_function(board, 0x0009)->iommu, -1);
	/* Its interrupt is ISA number 9, which the MADT makes level triggered
	 */
	assert_int_equal(recorded_device(board, "0000:00:01.3")->irqs[0].number,
			 9);
	jhcfg_board_free(board);
	jhcfg_diags_free(diags);
}

/* --- Arm with a device tree ----------------------------------------------- */

static void test_recorded_arm_is_its_tree(void **state)
{
	struct jhcfg_diags *diags;
	struct jhcfg_board *board = recorded_board("virt", &diags);
	const struct jhcfg_hw_irqchip *gic = jhcfg_board_main_irqchip(board);

	(void)state;
	assert_int_equal(jhcfg_board_architecture(board), JAILHOUSE_ARM64);
	assert_int_equal(jhcfg_board_num_cpus(board), 4);
	assert_int_equal(jhcfg_board_cpu(board, 2)->cluster, 1);
	assert_int_equal(gic->kind, JHCFG_HW_GICV3);
	assert_int_equal(gic->gicd.start, 0x08000000);
	assert_int_equal(gic->maintenance_irq, 25);
	assert_string_equal(jhcfg_board_psci_method(board), "smc");
	assert_int_equal(jhcfg_board_iommu(board, 0)->unit.type,
			 JAILHOUSE_IOMMU_SMMUV3);
	assert_true(jhcfg_board_is_ram(
		board, (struct jhcfg_range){ 0x40000000, 0x20000000 }));
	assert_true(recorded_device(board, "pl011@9000000")->boot_console);
	jhcfg_board_free(board);
	jhcfg_diags_free(diags);
}

/* --- what the established tool records ---------------------------------------
 */

/* Shell patterns without braces; "*" is one part of a path. */
static const char *const established[] = {
	"proc/iomem",
	"proc/cpuinfo",
	"proc/cmdline",
	"proc/ioports",
	"sys/bus/pci/devices/*/config",
	"sys/bus/pci/devices/*/resource",
	"sys/devices/system/cpu/*/uevent",
	"sys/firmware/acpi/tables/APIC",
	"sys/firmware/acpi/tables/MCFG",
	"sys/firmware/acpi/tables/DMAR",
	"sys/class/dmi/id/product_name",
	"sys/class/dmi/id/sys_vendor",
	"sys/class/tty/*/io_type",
	"sys/class/tty/*/port",
	"sys/class/tty/*/iomem_base",
	"sys/class/tty/*/iomem_reg_shift",
};

static void copy_file(struct machine *from, struct machine *to,
		      const char *path)
{
	char *data;
	size_t size;

	if (machine_read(from, path, &data, &size))
		return;
	assert_int_equal(machine_add_file(to, path, data, size), 0);
	free(data);
}

static void copy_pattern(struct machine *from, struct machine *to,
			 const char *pattern)
{
	const char *star = strchr(pattern, '*');
	struct machine_names names;
	char path[512];

	if (!star) {
		copy_file(from, to, pattern);
		return;
	}
	snprintf(path, sizeof(path), "%.*s", (int)(star - pattern - 1),
		 pattern);
	assert_int_equal(machine_list(from, path, &names), 0);
	for (size_t n = 0; n < names.count; n++) {
		snprintf(path, sizeof(path), "%.*s%s%s", (int)(star - pattern),
			 pattern, names.items[n], star + 1);
		copy_file(from, to, path);
	}
	machine_names_clear(&names);
}

static struct jhcfg_board *established_board(struct jhcfg_diags *diags)
{
	struct machine *whole, *part;
	struct jhcfg_board *board = NULL;

	assert_int_equal(
		machine_open(MACHINES "/q35-intel.tar.gz", diags, &whole), 0);
	assert_int_equal(machine_new_memory("established", &part), 0);
	for (size_t n = 0; n < ARRAY_SIZE(established); n++)
		copy_pattern(whole, part, established[n]);
	assert_int_equal(linux_import_machine(part, diags, &board), 0);
	machine_close(part);
	machine_close(whole);
	return board;
}

static void test_recorded_by_the_established_tool(void **state)
{
	static const unsigned int cpus[][4] = {
		{ 0, 0, 0, 0 }, { 1, 0, 0, 1 }, { 2, 0, 1, 0 }, { 3, 0, 1, 1 },
		{ 4, 1, 0, 0 }, { 5, 1, 0, 1 }, { 6, 1, 1, 0 }, { 7, 1, 1, 1 },
	};
	struct jhcfg_diags *diags = jhcfg_diags_new();
	struct jhcfg_board *board = established_board(diags);

	(void)state;
	expect_cpus(board, cpus, ARRAY_SIZE(cpus));
	assert_int_equal(jhcfg_board_num_memories(board), 14);
	assert_int_equal(jhcfg_board_num_pci_functions(board), 11);
	assert_int_equal(jhcfg_board_irqchip(board, 0)->bdf, 0xff00);
	assert_int_equal(recorded_function(board, 0x0100)->iommu, 0);
	assert_true(recorded_device(board, "ttyS0")->boot_console);
	assert_string_equal(jhcfg_board_name(board),
			    "standard-pc-q35-ich9-2009");
	jhcfg_board_free(board);
	jhcfg_diags_free(diags);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_recorded_intel_cpus),
		cmocka_unit_test(test_recorded_intel_memory),
		cmocka_unit_test(test_recorded_intel_platform),
		cmocka_unit_test(test_recorded_intel_pci),
		cmocka_unit_test(test_recorded_intel_devices),
		cmocka_unit_test(test_recorded_amd_has_its_iommu),
		cmocka_unit_test(test_recorded_old_pc_lacks_what_it_lacks),
		cmocka_unit_test(test_recorded_arm_is_its_tree),
		cmocka_unit_test(test_recorded_by_the_established_tool),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
