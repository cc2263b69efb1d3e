// SPDX-License-Identifier: GPL-2.0-or-later
/* Root cells of PCs: made from recorded machines, judged by our own rules. */
#include <cmocka_all.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <jailhouse/cell-config.h>
#include <jhcfg/check.h>
#include <jhcfg/workspace.h>

#include "model/board.h"
#include "recorded.h"

#define MIB 0x100000ULL

static const struct jhcfg_root_options defaults;

static struct jhcfg_config *generate(const char *name,
				     const struct jhcfg_root_options *options,
				     struct jhcfg_board **board,
				     struct jhcfg_diags **diags)
{
	struct jhcfg_config *config = NULL;

	*board = recorded_board(name, diags);
	assert_int_equal(jhcfg_root_generate(*board, options, *diags, &config),
			 0);
	return config;
}

/* The region that has this address, or one of size 0. */
static const struct jhcfg_memory *region_at(const struct jhcfg_config *config,
					    uint64_t address)
{
	static const struct jhcfg_memory none;
	const struct jhcfg_cell *cell = jhcfg_config_cell(config);
	const struct jhcfg_memory *memory;

	for (size_t n = 0; (memory = jhcfg_cell_memory(cell, n)); n++)
		if (address >= memory->phys_start &&
		    address - memory->phys_start < memory->size)
			return memory;
	return &none;
}

static bool has_port(const struct jhcfg_config *config, unsigned int port)
{
	const struct jhcfg_cell *cell = jhcfg_config_cell(config);
	const struct jhcfg_pio *pio;

	for (size_t n = 0; (pio = jhcfg_cell_pio(cell, n)); n++)
		if (port >= pio->base && port - pio->base < pio->length)
			return true;
	return false;
}

/* The function, or one of no type. */
static const struct jhcfg_pci_device *pci_device(
	const struct jhcfg_config *config, uint16_t bdf)
{
	static const struct jhcfg_pci_device none;
	const struct jhcfg_cell *cell = jhcfg_config_cell(config);
	const struct jhcfg_pci_device *device;

	for (size_t n = 0; (device = jhcfg_cell_pci_device(cell, n)); n++)
		if (device->bdf == bdf)
			return device;
	return &none;
}

/* The function's capability, or a failed test. */
static struct jhcfg_pci_cap cap(const struct jhcfg_config *config, uint16_t bdf,
				uint16_t id)
{
	const struct jhcfg_pci_device *device = pci_device(config, bdf);
	const struct jhcfg_pci_cap *found;

	for (size_t n = 0; n < device->num_caps; n++) {
		found = jhcfg_cell_pci_cap(jhcfg_config_cell(config),
					   device->caps_start + n);
		if (found && found->id == id)
			return *found;
	}
	fail_msg("0x%x has no capability 0x%x", bdf, id);
	return (struct jhcfg_pci_cap){ 0 };
}

/* --- our own rules are silent ----------------------------------------------
 */

static void expect_clean(const char *name)
{
	struct jhcfg_workspace *workspace = NULL;
	struct jhcfg_findings *findings = NULL;
	struct jhcfg_board *board;
	struct jhcfg_diags *diags;
	struct jhcfg_config *config = generate(name, &defaults, &board, &diags);
	const struct jhcfg_finding *finding;

	assert_int_equal(jhcfg_workspace_from_configs(config, NULL, 0, board,
						      diags, &workspace),
			 0);
	assert_int_equal(jhcfg_check(workspace, NULL, &findings), 0);
	for (size_t n = 0; (finding = jhcfg_findings_at(findings, n)); n++)
		print_message("%s: %s %s %s: %s\n", name,
			      jhcfg_severity_name(finding->severity),
			      finding->rule->id, finding->object,
			      finding->message);
	assert_int_equal(jhcfg_findings_of(findings, JHCFG_ERROR), 0);
	assert_int_equal(jhcfg_findings_of(findings, JHCFG_WARNING), 0);
	jhcfg_findings_free(findings);
	jhcfg_workspace_free(workspace);
	jhcfg_config_free(config);
	jhcfg_board_free(board);
	jhcfg_diags_free(diags);
}

static void test_root_x86_passes_our_rules(void **state)
{
	(void)state;
	expect_clean("q35-intel");
	expect_clean("q35-amd");
	expect_clean("i440fx");
}

static void test_root_x86_is_written_as_binary(void **state)
{
	struct jhcfg_board *board;
	struct jhcfg_diags *diags;
	struct jhcfg_config *config =
		generate("q35-intel", &defaults, &board, &diags);
	struct jhcfg_config *again = NULL;
	void *binary;
	size_t size;

	(void)state;
	assert_int_equal(jhcfg_codec_encode(config, diags, &binary, &size), 0);
	assert_int_equal(jhcfg_codec_decode(binary, size, diags, &again), 0);
	assert_int_equal(jhcfg_cell_num_pci_devices(jhcfg_config_cell(again)),
			 11);
	free(binary);
	jhcfg_config_free(again);
	jhcfg_config_free(config);
	jhcfg_board_free(board);
	jhcfg_diags_free(diags);
}

/* --- what is in it -----------------------------------------------------------
 */

static void test_root_x86_platform(void **state)
{
	struct jhcfg_board *board;
	struct jhcfg_diags *diags;
	struct jhcfg_config *config =
		generate("q35-intel", &defaults, &board, &diags);
	const struct jhcfg_system *system = jhcfg_config_system(config);
	const struct jhcfg_platform *platform = jhcfg_system_platform(system);
	const struct jhcfg_irqchip *ioapic =
		jhcfg_cell_irqchip(jhcfg_config_cell(config), 0);
	const struct jhcfg_console *console =
		jhcfg_system_debug_console(system);

	(void)state;
	assert_int_equal(platform->pci_mmconfig_base, 0xb0000000);
	assert_int_equal(platform->pci_mmconfig_end_bus, 255);
	assert_int_equal(platform->pm_timer_address, 0x608);
	assert_int_equal(platform->iommu_units[0].type, JAILHOUSE_IOMMU_INTEL);
	assert_int_equal(platform->iommu_units[0].base, 0xfed90000);
	assert_int_equal(platform->iommu_units[1].type, 0);
	assert_int_equal(platform->vtd_interrupt_limit, 256);
	assert_int_equal(ioapic->id, 0xff00);
	assert_int_equal(ioapic->pin_bitmap[0], 0xffffff);
	assert_int_equal(ioapic->pin_bitmap[1], 0);
	assert_int_equal(console->address, 0x3f8);
	assert_int_equal(console->type, JAILHOUSE_CON_TYPE_8250);
	assert_int_equal(console->flags, JAILHOUSE_CON_ACCESS_PIO);
	assert_int_equal(jhcfg_cell_num_cpus(jhcfg_config_cell(config)), 8);
	jhcfg_config_free(config);
	jhcfg_board_free(board);
	jhcfg_diags_free(diags);
}

static void test_root_x86_leaves_out_what_is_kept(void **state)
{
	static const uint64_t kept[] = {
		0xfec00000,		/* IOAPIC */
		0xfee00000,		/* local APIC */
		0xfed90000,		/* VT-d */
		0xb0000000,		/* configuration space */
		0xbfffffff, 0xfe840000, /* tables of MSI-X: e1000e */
		0xfea12000,		/* nvme */
		0x18000000,		/* hypervisor */
		0x185fffff,
	};
	struct jhcfg_board *board;
	struct jhcfg_diags *diags;
	struct jhcfg_config *config =
		generate("q35-intel", &defaults, &board, &diags);

	(void)state;
	for (size_t n = 0; n < sizeof(kept) / sizeof(kept[0]); n++)
		assert_int_equal(region_at(config, kept[n])->size, 0);
	jhcfg_config_free(config);
	jhcfg_board_free(board);
	jhcfg_diags_free(diags);
}

static void test_root_x86_has_what_linux_needs(void **state)
{
	static const struct {
		uint64_t address, flags;
	} needed[] = {
		{ 0, 0xf }, /* RWX and DMA */
		{ 0x9ffff, 0xf },
		{ 0x17ffffff, 0xf },
		{ 0x18600000, 0xf }, /* inmates */
		{ 0x1ffd6fff, 0xf },
		{ 0x1ffd7000, 0x3 }, /* ACPI */
		{ 0xa0000, 0x13 },   /* VGA */
		{ 0xfd000000, 0x13 },
		{ 0xfe841000, 0x13 }, /* e1000e, behind its table */
		{ 0xfed00000, 0x13 }, /* HPET */
		{ 0xf0000, 0x5 },     /* ROM */
	};
	struct jhcfg_board *board;
	struct jhcfg_diags *diags;
	struct jhcfg_config *config =
		generate("q35-intel", &defaults, &board, &diags);

	(void)state;
	for (size_t n = 0; n < sizeof(needed) / sizeof(needed[0]); n++) {
		const struct jhcfg_memory *memory =
			region_at(config, needed[n].address);

		assert_int_equal(memory->flags, needed[n].flags);
		assert_int_equal(memory->virt_start, memory->phys_start);
	}
	jhcfg_config_free(config);
	jhcfg_board_free(board);
	jhcfg_diags_free(diags);
}

static void test_root_x86_ports(void **state)
{
	static const unsigned int open[] = { 0x40,  0x60,  0x61,  0x64,
					     0x70,  0x80,  0x3c0, 0x3f8,
					     0x3ff, 0x608, 0xd000 };
	static const unsigned int shut[] = { 0x00,  0x20,  0x81, 0xa0,
					     0xcf8, 0xcff, 0x2e, 0xffff };
	struct jhcfg_board *board;
	struct jhcfg_diags *diags;
	struct jhcfg_config *config =
		generate("q35-intel", &defaults, &board, &diags);

	(void)state;
	for (size_t n = 0; n < sizeof(open) / sizeof(open[0]); n++)
		if (!has_port(config, open[n]))
			fail_msg("port 0x%x is not open", open[n]);
	for (size_t n = 0; n < sizeof(shut) / sizeof(shut[0]); n++)
		if (has_port(config, shut[n]))
			fail_msg("port 0x%x is open", shut[n]);
	jhcfg_config_free(config);
	jhcfg_board_free(board);
	jhcfg_diags_free(diags);
}

static void test_root_x86_pci_functions(void **state)
{
	struct jhcfg_board *board;
	struct jhcfg_diags *diags;
	struct jhcfg_config *config =
		generate("q35-intel", &defaults, &board, &diags);
	const struct jhcfg_pci_device *net = pci_device(config, 0x0100);
	const struct jhcfg_pci_device *nvme = pci_device(config, 0x0028);

	(void)state;
	assert_int_equal(net->type, JAILHOUSE_PCI_TYPE_DEVICE);
	assert_int_equal(net->bar_mask[0], 0xfffe0000);
	assert_int_equal(net->bar_mask[2], 0xffffffe0);
	assert_int_equal(net->bar_mask[3], 0xffffc000);
	/* 82574: one message with 64 bits; five vectors of MSI-X */
	assert_int_equal(net->num_msi_vectors, 1);
	assert_true(net->msi_64bits);
	assert_int_equal(net->num_msix_vectors, 5);
	assert_int_equal(net->msix_address, 0xfe840000);
	assert_int_equal(net->msix_region_size, 0x1000);
	assert_int_equal(cap(config, 0x0100, 0x05).len, 14);
	assert_int_equal(cap(config, 0x0100, 0x11).len, 12);
	assert_int_equal(cap(config, 0x0100, 0x11).flags,
			 JAILHOUSE_PCICAPS_WRITE);
	/* error reporting is written to by its handler, the serial number by
	 * nobody */
	assert_int_equal(cap(config, 0x0100, JAILHOUSE_PCI_EXT_CAP | 1).flags,
			 JAILHOUSE_PCICAPS_WRITE);
	assert_int_equal(cap(config, 0x0100, JAILHOUSE_PCI_EXT_CAP | 3).flags,
			 0);

	assert_int_equal(nvme->bar_mask[0], 0xffffc000);
	assert_int_equal(nvme->bar_mask[1], 0xffffffff);
	assert_int_equal(nvme->num_msix_vectors, 65);
	assert_int_equal(pci_device(config, 0x0020)->type,
			 JAILHOUSE_PCI_TYPE_BRIDGE);
	jhcfg_config_free(config);
	jhcfg_board_free(board);
	jhcfg_diags_free(diags);
}

static void test_root_x86_keeps_the_function_of_the_amd_iommu(void **state)
{
	struct jhcfg_board *board;
	struct jhcfg_diags *diags;
	struct jhcfg_config *config =
		generate("q35-amd", &defaults, &board, &diags);
	const struct jhcfg_platform *platform =
		jhcfg_system_platform(jhcfg_config_system(config));

	(void)state;
	assert_int_equal(pci_device(config, 0x0010)->type, 0);
	assert_int_equal(pci_device(config, 0x0028)->bdf, 0x0028);
	assert_int_equal(platform->iommu_units[0].type, JAILHOUSE_IOMMU_AMD);
	assert_int_equal(platform->iommu_units[0].amd_bdf, 0x0010);
	assert_int_equal(platform->vtd_interrupt_limit, 0);
	assert_int_equal(jhcfg_cell_irqchip(jhcfg_config_cell(config), 0)->id,
			 0xa0);
	jhcfg_config_free(config);
	jhcfg_board_free(board);
	jhcfg_diags_free(diags);
}

/* --- placing ---------------------------------------------------------------
 */

/* The hint of the finding, or a failed test. */
static const char *hint_of(const struct jhcfg_diags *diags, const char *rule)
{
	const struct jhcfg_diag *diag;

	for (size_t n = 0; (diag = jhcfg_diags_get(diags, n)); n++)
		if (!strcmp(diag->rule, rule))
			return diag->hint;
	fail_msg("no finding %s", rule);
	return "";
}

/* 512 MiB end below where existing ones have it: as high as there is room. */
static void test_root_x86_without_memmap_says_what_to_boot_with(void **state)
{
	struct jhcfg_board *board;
	struct jhcfg_diags *diags;
	struct jhcfg_config *config =
		generate("q35-amd", &defaults, &board, &diags);
	const struct jhcfg_memory *memory =
		jhcfg_system_hypervisor_memory(jhcfg_config_system(config));

	(void)state;
	assert_int_equal(memory->phys_start, 0x1ac00000);
	assert_int_equal(memory->size, 6 * MIB);
	assert_non_null(
		strstr(hint_of(diags, "G11"), "memmap=83968K$0x1ac00000"));
	assert_non_null(strstr(hint_of(diags, "G11"),
			       "memmap=83968K\\\\\\$0x1ac00000"));
	jhcfg_config_free(config);
	jhcfg_board_free(board);
	jhcfg_diags_free(diags);
}

static void test_root_x86_takes_sizes(void **state)
{
	const struct jhcfg_root_options options = {
		.hypervisor_size = 8 * MIB,
		.inmate_size = 16 * MIB,
	};
	struct jhcfg_board *board;
	struct jhcfg_diags *diags;
	struct jhcfg_config *config =
		generate("q35-intel", &options, &board, &diags);

	(void)state;
	assert_int_equal(
		jhcfg_system_hypervisor_memory(jhcfg_config_system(config))
			->size,
		8 * MIB);
	assert_int_equal(region_at(config, 0x18800000)->size, 16 * MIB);
	jhcfg_config_free(config);
	jhcfg_board_free(board);
	jhcfg_diags_free(diags);
}

static void test_root_x86_without_room_is_refused(void **state)
{
	const struct jhcfg_root_options options = {
		.inmate_size = 1024 * MIB,
	};
	struct jhcfg_diags *diags;
	struct jhcfg_board *board = recorded_board("q35-intel", &diags);
	struct jhcfg_config *config = NULL;

	(void)state;
	assert_int_equal(jhcfg_root_generate(board, &options, diags, &config),
			 -ENOSPC);
	assert_null(config);
	assert_true(*hint_of(diags, "G07"));
	jhcfg_board_free(board);
	jhcfg_diags_free(diags);
}

static void test_root_x86_without_ioapic_is_refused(void **state)
{
	struct jhcfg_board *board = jhcfg_board_new(JAILHOUSE_X86);
	struct jhcfg_diags *diags = jhcfg_diags_new();
	struct jhcfg_config *config = NULL;

	(void)state;
	assert_int_equal(jhcfg_board_finish(board), 0);
	assert_int_equal(jhcfg_root_generate(board, &defaults, diags, &config),
			 -ENOTSUP);
	assert_true(*hint_of(diags, "G20"));
	jhcfg_board_free(board);
	jhcfg_diags_free(diags);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_root_x86_passes_our_rules),
		cmocka_unit_test(test_root_x86_is_written_as_binary),
		cmocka_unit_test(test_root_x86_platform),
		cmocka_unit_test(test_root_x86_leaves_out_what_is_kept),
		cmocka_unit_test(test_root_x86_has_what_linux_needs),
		cmocka_unit_test(test_root_x86_ports),
		cmocka_unit_test(test_root_x86_pci_functions),
		cmocka_unit_test(
			test_root_x86_keeps_the_function_of_the_amd_iommu),
		cmocka_unit_test(
			test_root_x86_without_memmap_says_what_to_boot_with),
		cmocka_unit_test(test_root_x86_takes_sizes),
		cmocka_unit_test(test_root_x86_without_room_is_refused),
		cmocka_unit_test(test_root_x86_without_ioapic_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
