// SPDX-License-Identifier: GPL-2.0-or-later
/* ACPI tables: samples of tests/fuzz/corpus/acpi, whose names say what they
 * have, and what is refused. */
#include <cmocka_all.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jhcfg/board.h>
#include <jhcfg/file.h>

#include <jailhouse/cell-config.h>

#include "import/linux/acpi.h"
#include "import/linux/import.h"

struct sample {
	struct acpi acpi;
	struct jhcfg_diags *diags;
	void *data;
	size_t size;
	int err;
};

static void read_sample(struct sample *sample, const char *name)
{
	char path[512];

	*sample = (struct sample){ .diags = jhcfg_diags_new() };
	snprintf(path, sizeof(path), CORPUS "/acpi/%s", name);
	assert_int_equal(
		jhcfg_file_read(path, 65536, &sample->data, &sample->size), 0);
	sample->err = acpi_add_table(&sample->acpi, sample->data, sample->size,
				     name, sample->diags);
}

static void clear_sample(struct sample *sample)
{
	acpi_clear(&sample->acpi);
	jhcfg_diags_free(sample->diags);
	free(sample->data);
}

/* --- what is read -----------------------------------------------------------
 */

static void test_acpi_madt_with_large_apic_ids(void **state)
{
	struct sample sample;

	(void)state;
	read_sample(&sample, "madt-x2apic");
	assert_int_equal(sample.err, 0);
	assert_int_equal(sample.acpi.num_cpus, 1);
	assert_int_equal(sample.acpi.cpus[0].apic_id, 300);
	assert_true(sample.acpi.cpus[0].enabled);
	assert_int_equal(sample.acpi.num_ioapics, 2);
	assert_int_equal(sample.acpi.ioapics[1].id, 3);
	assert_int_equal(sample.acpi.ioapics[1].address, 0xfec01000);
	assert_int_equal(sample.acpi.ioapics[1].gsi_base, 24);
	assert_int_equal(sample.acpi.local_apic, 0xfee00000);
	clear_sample(&sample);
}

static void test_acpi_madt_of_arm(void **state)
{
	struct sample sample;

	(void)state;
	read_sample(&sample, "madt-gic");
	assert_int_equal(sample.err, 0);
	assert_int_equal(sample.acpi.num_giccs, 1);
	assert_int_equal(sample.acpi.giccs[0].mpidr, 0x100);
	assert_int_equal(sample.acpi.giccs[0].maintenance, 25);
	assert_int_equal(sample.acpi.giccs[0].gicc, 0x8010000);
	assert_int_equal(sample.acpi.giccs[0].gich, 0x8030000);
	assert_int_equal(sample.acpi.giccs[0].gicv, 0x8040000);
	assert_int_equal(sample.acpi.gicd, 0x8000000);
	assert_int_equal(sample.acpi.gic_version, 3);
	assert_int_equal(sample.acpi.num_gicrs, 1);
	assert_int_equal(sample.acpi.gicrs[0].length, 0xf60000);
	assert_int_equal(sample.acpi.its, 0x8080000);
	clear_sample(&sample);
}

static void test_acpi_mcfg_of_two_segments(void **state)
{
	struct sample sample;

	(void)state;
	read_sample(&sample, "mcfg-two-segments");
	assert_int_equal(sample.err, 0);
	assert_int_equal(sample.acpi.num_ecams, 2);
	assert_int_equal(sample.acpi.ecams[0].last_bus, 127);
	assert_int_equal(sample.acpi.ecams[1].segment, 1);
	assert_int_equal(sample.acpi.ecams[1].first_bus, 16);
	clear_sample(&sample);
}

static void test_acpi_dmar_units_and_scopes(void **state)
{
	struct sample sample;
	const struct acpi *acpi = &sample.acpi;

	(void)state;
	read_sample(&sample, "dmar-bridges");
	assert_int_equal(sample.err, 0);
	assert_int_equal(acpi->num_drhds, 2);
	assert_false(acpi->drhds[0].all);
	assert_true(acpi->drhds[1].all);
	assert_int_equal(acpi->drhds[1].base, 0xfed91000);
	assert_int_equal(acpi->num_scopes, 4);
	assert_int_equal(acpi->scopes[0].type, ACPI_SCOPE_BRIDGE);
	assert_int_equal(acpi->scopes[1].path_length, 3);
	assert_int_equal(acpi->scopes[2].type, ACPI_SCOPE_IOAPIC);
	assert_int_equal(acpi->scopes[2].drhd, 1);
	assert_int_equal(acpi->scopes[2].id, 2);
	assert_int_equal(acpi->num_dma_memories, 1);
	assert_int_equal(acpi->dma_memories[0].start, 0x3f000000);
	assert_int_equal(acpi->dma_memories[0].size, 0x100000);
	clear_sample(&sample);
}

/* The same unit in a block of each type is one unit. */
static void test_acpi_ivrs_units_and_devices(void **state)
{
	struct sample sample;
	const struct acpi *acpi = &sample.acpi;

	(void)state;
	read_sample(&sample, "ivrs-two-blocks");
	assert_int_equal(sample.err, 0);
	assert_int_equal(acpi->num_ivhds, 1);
	assert_int_equal(acpi->ivhds[0].bdf, 2);
	assert_int_equal(acpi->ivhds[0].capability, 0x40);
	assert_int_equal(acpi->ivhds[0].features, 0x80);
	assert_int_equal(acpi->num_ivhd_devices, 8);
	assert_int_equal(acpi->ivhd_devices[0].first, 8);
	assert_int_equal(acpi->ivhd_devices[0].last, 0xffff);
	assert_true(acpi->ivhd_devices[1].is_ioapic);
	assert_int_equal(acpi->ivhd_devices[1].id, 2);
	assert_int_equal(acpi->ivhd_devices[1].first, 0xa0);
	assert_int_equal(acpi->ivhd_devices[2].first, 0x100);
	assert_int_equal(acpi->num_dma_memories, 1);
	assert_int_equal(acpi->dma_memories[0].start, 0x3f000000);
	clear_sample(&sample);
}

static void test_acpi_fadt_prefers_the_extended_address(void **state)
{
	struct sample sample;

	(void)state;
	read_sample(&sample, "fadt-extended");
	assert_int_equal(sample.err, 0);
	assert_int_equal(sample.acpi.pm_timer, 0x808);
	assert_true(sample.acpi.psci);
	assert_true(sample.acpi.psci_hvc);
	clear_sample(&sample);
}

/* --- what is refused --------------------------------------------------------
 */

static void test_acpi_damage_is_refused_with_its_place(void **state)
{
	static const struct {
		const char *name, *place, *text;
	} rows[] = {
		{ "empty", "0x0", "shorter than a header" },
		{ "header-cut", "0x0", "shorter than a header" },
		{ "unknown", "0x0", "signature is unknown" },
		{ "sum-wrong", "0x9", "checksum is wrong" },
		{ "madt-zero-length", "0x2c", "does not fit its table" },
		{ "madt-short-entry", "0x2c", "shorter than its kind" },
		{ "mcfg-backwards", "0x2c", "before the first" },
		{ "dmar-entry-long", "0x30", "does not fit its table" },
		{ "dmar-scope-short", "0x40", "has no path" },
		{ "dmar-rmrr-backwards", "0x30", "no proper range" },
		{ "ivrs-range-open", "0x58", "ends before it begins" },
		{ "ivrs-device-cut", "0x48", "device entry does not fit" },
	};

	(void)state;
	for (size_t n = 0; n < sizeof(rows) / sizeof(rows[0]); n++) {
		struct sample sample;
		const struct jhcfg_diag *diag;

		read_sample(&sample, rows[n].name);
		assert_int_equal(sample.err, -EINVAL);
		diag = jhcfg_diags_get(sample.diags, 0);
		assert_non_null(diag);
		assert_string_equal(diag->rule, "L06");
		assert_string_equal(diag->object, rows[n].name);
		assert_string_equal(diag->place, rows[n].place);
		if (!strstr(diag->text, rows[n].text))
			fail_msg("%s: \"%s\"", rows[n].name, diag->text);
		clear_sample(&sample);
	}
}

static void test_acpi_table_names_end(void **state)
{
	(void)state;
	assert_string_equal(acpi_table_name(0), "APIC");
	assert_string_equal(acpi_table_name(ACPI_NUM_TABLES - 1), "FACP");
	assert_null(acpi_table_name(ACPI_NUM_TABLES));
}

/* --- boards of such tables --------------------------------------------------
 */

static void add_text(struct machine *machine, const char *path,
		     const char *text)
{
	assert_int_equal(machine_add_file(machine, path, text, strlen(text)),
			 0);
}

static void add_table(struct machine *machine, const char *signature,
		      const char *name)
{
	char path[512];
	void *data;
	size_t size;

	snprintf(path, sizeof(path), CORPUS "/acpi/%s", name);
	assert_int_equal(jhcfg_file_read(path, 65536, &data, &size), 0);
	snprintf(path, sizeof(path), "sys/firmware/acpi/tables/%s", signature);
	assert_int_equal(machine_add_file(machine, path, data, size), 0);
	free(data);
}

static void add_function(struct machine *machine, const char *name,
			 uint8_t type, uint8_t secondary, uint8_t subordinate)
{
	const uint8_t config[256] = {
		[0x0e] = type,
		[0x19] = secondary,
		[0x1a] = subordinate,
	};
	char path[128];

	snprintf(path, sizeof(path), "sys/bus/pci/devices/%s/config", name);
	assert_int_equal(
		machine_add_file(machine, path, config, sizeof(config)), 0);
}

static int iommu_of(const struct jhcfg_board *board, uint16_t bdf)
{
	const struct jhcfg_hw_pci_function *function;

	for (size_t n = 0; (function = jhcfg_board_pci_function(board, n)); n++)
		if (function->bdf == bdf)
			return function->iommu;
	return -2;
}

/* The first unit has a bridge with all behind it; what no unit names is the
 * second one's. */
static void test_acpi_board_finds_units_through_bridges(void **state)
{
	struct jhcfg_diags *diags = jhcfg_diags_new();
	struct jhcfg_board *board = NULL;
	struct machine *machine;
	const struct jhcfg_hw_irqchip *ioapic;

	(void)state;
	assert_int_equal(machine_new_memory("m", &machine), 0);
	add_text(machine, "proc/cpuinfo",
		 "processor : 0\nvendor_id : GenuineIntel\n");
	add_text(machine, "proc/iomem", "00100000-3fffffff : System RAM\n");
	add_table(machine, "APIC", "madt-x2apic");
	add_table(machine, "DMAR", "dmar-bridges");
	add_table(machine, "MCFG", "mcfg-two-segments");
	add_table(machine, "FACP", "fadt-extended");
	add_function(machine, "0000:00:01.0", 1, 1, 2);
	add_function(machine, "0000:01:00.0", 1, 2, 2);
	add_function(machine, "0000:02:00.0", 0, 0, 0);
	add_function(machine, "0000:00:02.0", 0, 0, 0);
	add_function(machine, "0001:10:00.0", 0, 0, 0);
	add_function(machine, "10000:00:00.0", 0, 0, 0);
	assert_int_equal(linux_import_machine(machine, diags, &board), 0);
	assert_int_equal(jhcfg_board_num_iommus(board), 2);
	assert_int_equal(iommu_of(board, 0x0008), 0);
	assert_int_equal(iommu_of(board, 0x0100), 0);
	assert_int_equal(iommu_of(board, 0x0200), 0);
	assert_int_equal(iommu_of(board, 0x0010), 1);
	assert_int_equal(iommu_of(board, 0x1000), -1); /* segment 1 */
	assert_int_equal(jhcfg_board_num_pci_functions(board), 5);
	/* the first IOAPIC ends where the second begins; it is at f0:1f.0 */
	ioapic = jhcfg_board_irqchip(board, 0);
	assert_int_equal(ioapic->num_pins, 24);
	assert_int_equal(ioapic->bdf, 0xf0f8);
	assert_int_equal(ioapic->iommu, 1);
	assert_int_equal(jhcfg_board_irqchip(board, 1)->iommu, -1);
	assert_int_equal(jhcfg_board_num_pci_hosts(board), 2);
	assert_int_equal(jhcfg_board_pci_host(board, 1)->ecam.start,
			 0xc1000000);
	assert_int_equal(jhcfg_board_port(board, 0)->base, 0x808);
	assert_int_equal(jhcfg_board_num_memories(board), 2);
	assert_string_equal(jhcfg_board_memory(board, 1)->name, "RMRR");
	jhcfg_board_free(board);
	machine_close(machine);
	jhcfg_diags_free(diags);
}

static void test_acpi_board_of_arm(void **state)
{
	struct jhcfg_diags *diags = jhcfg_diags_new();
	struct jhcfg_board *board = NULL;
	struct machine *machine;
	const struct jhcfg_hw_irqchip *gic;

	(void)state;
	assert_int_equal(machine_new_memory("m", &machine), 0);
	add_text(machine, "proc/cpuinfo", "processor : 0\nCPU part : 0xd0c\n");
	add_text(machine, "proc/iomem", "40000000-7fffffff : System RAM\n");
	add_table(machine, "APIC", "madt-gic");
	add_table(machine, "FACP", "fadt-extended");
	assert_int_equal(linux_import_machine(machine, diags, &board), 0);
	gic = jhcfg_board_main_irqchip(board);
	assert_non_null(gic);
	assert_int_equal(jhcfg_board_architecture(board), JAILHOUSE_ARM64);
	assert_int_equal(gic->kind, JHCFG_HW_GICV3);
	assert_int_equal(gic->gicr[0].size, 0xf60000);
	assert_int_equal(gic->gicv.start, 0x8040000);
	assert_string_equal(jhcfg_board_psci_method(board), "hvc");
	assert_int_equal(jhcfg_board_cpu(board, 0)->phys_id, 0x100);
	assert_int_equal(jhcfg_board_cpu(board, 0)->cluster, 1);
	jhcfg_board_free(board);
	machine_close(machine);
	jhcfg_diags_free(diags);
}

/* A damaged table is left out, and said. */
static void test_acpi_board_without_a_damaged_table(void **state)
{
	struct jhcfg_diags *diags = jhcfg_diags_new();
	struct jhcfg_board *board = NULL;
	struct machine *machine;

	(void)state;
	assert_int_equal(machine_new_memory("m", &machine), 0);
	add_text(machine, "proc/cpuinfo", "processor : 0\nvendor_id : x\n");
	add_text(machine, "proc/iomem", "00100000-3fffffff : System RAM\n");
	add_table(machine, "DMAR", "sum-wrong");
	assert_int_equal(linux_import_machine(machine, diags, &board), 0);
	assert_int_equal(jhcfg_board_num_iommus(board), 0);
	assert_int_equal(jhcfg_diags_count(diags, JHCFG_ERROR), 1);
	jhcfg_board_free(board);
	machine_close(machine);
	jhcfg_diags_free(diags);
}

/* --- device trees as folders -------------------------------------------------
 */

static void add_property(struct machine *machine, const char *path,
			 const void *data, size_t size)
{
	char full[256];

	snprintf(full, sizeof(full), "proc/device-tree/%s", path);
	assert_int_equal(machine_add_file(machine, full, data, size), 0);
}

/* EFI has taken memory out of the tree. */
static void test_acpi_none_but_a_tree_of_folders(void **state)
{
	struct jhcfg_diags *diags = jhcfg_diags_new();
	struct jhcfg_board *board = NULL;
	struct machine *machine;

	(void)state;
	assert_int_equal(machine_new_memory("m", &machine), 0);
	add_text(machine, "proc/cpuinfo", "processor : 0\n");
	add_text(machine, "proc/iomem",
		 "40000000-7fffffff : System RAM\n"
		 "  40200000-40ffffff : Kernel code\n"
		 "880000000-8ffffffff : System RAM\n");
	add_property(machine, "compatible", "vendor,thing", 13);
	add_property(machine, "name", "", 1);
	add_property(machine, "#address-cells", "\0\0\0\2", 4);
	add_property(machine, "#size-cells", "\0\0\0\2", 4);
	add_property(machine, "cpus/#address-cells", "\0\0\0\1", 4);
	add_property(machine, "cpus/#size-cells", "\0\0\0\0", 4);
	add_property(machine, "cpus/cpu@0/device_type", "cpu", 4);
	add_property(machine, "cpus/cpu@0/reg", "\0\0\0\0", 4);
	add_property(machine, "cpus/cpu@0/compatible", "arm,cortex-a53", 15);
	assert_int_equal(machine_add_link(machine,
					  "sys/devices/system/cpu/cpu0/of_node",
					  "../base/cpus/cpu@100"),
			 0);
	add_property(machine, "serial@9000000/compatible", "arm,pl011", 10);
	add_property(machine, "serial@9000000/reg",
		     "\0\0\0\0\x09\0\0\0\0\0\0\0\0\0\x10\0", 16);
	assert_int_equal(linux_import_machine(machine, diags, &board), 0);
	assert_string_equal(jhcfg_board_name(board), "thing");
	/* Linux has booted on another CPU than the tree's first one */
	assert_int_equal(jhcfg_diags_count(diags, JHCFG_WARNING), 1);
	assert_string_equal(jhcfg_diags_get(diags, 0)->object, "CPU 0");
	assert_int_equal(jhcfg_board_num_cpus(board), 1);
	assert_true(jhcfg_board_is_ram(
		board, (struct jhcfg_range){ 0x40000000, 0x40000000 }));
	assert_true(jhcfg_board_is_ram(
		board, (struct jhcfg_range){ 0x880000000, 0x80000000 }));
	assert_int_not_equal(jhcfg_board_find_device(board, "serial@9000000"),
			     JHCFG_NO_INDEX);
	jhcfg_board_free(board);
	machine_close(machine);
	jhcfg_diags_free(diags);
}

static void test_acpi_nor_anything_else_is_refused(void **state)
{
	struct jhcfg_diags *diags = jhcfg_diags_new();
	struct jhcfg_board *board = NULL;
	struct machine *machine;

	(void)state;
	assert_int_equal(machine_new_memory("m", &machine), 0);
	assert_int_equal(linux_import_machine(machine, diags, &board), -ENOENT);
	add_text(machine, "x", "");
	machine_close(machine);
	assert_int_equal(machine_new_memory("m", &machine), 0);
	add_text(machine, "proc/cpuinfo", "processor : 0\nvendor_id : x\n");
	assert_int_equal(linux_import_machine(machine, diags, &board), -ENOENT);
	assert_int_equal(jhcfg_diags_count(diags, JHCFG_ERROR), 2);
	machine_close(machine);
	jhcfg_diags_free(diags);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_acpi_madt_with_large_apic_ids),
		cmocka_unit_test(test_acpi_madt_of_arm),
		cmocka_unit_test(test_acpi_mcfg_of_two_segments),
		cmocka_unit_test(test_acpi_dmar_units_and_scopes),
		cmocka_unit_test(test_acpi_ivrs_units_and_devices),
		cmocka_unit_test(test_acpi_fadt_prefers_the_extended_address),
		cmocka_unit_test(test_acpi_damage_is_refused_with_its_place),
		cmocka_unit_test(test_acpi_table_names_end),
		cmocka_unit_test(test_acpi_board_finds_units_through_bridges),
		cmocka_unit_test(test_acpi_board_of_arm),
		cmocka_unit_test(test_acpi_board_without_a_damaged_table),
		cmocka_unit_test(test_acpi_none_but_a_tree_of_folders),
		cmocka_unit_test(test_acpi_nor_anything_else_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
