// SPDX-License-Identifier: GPL-2.0-or-later
/* Root cells from boards: what is taken, what is left out, what is refused. */
#include <cmocka_all.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jailhouse/cell-config.h>
#include <jhcfg/edit.h>
#include <jhcfg/jhcfg.h>

#define HEAD                                                                   \
	"{\"$schema\": \"jailhouse-workbench/board-1\", \"name\": \"b\", "     \
	"\"architecture\": \"arm64\", "
#define CPUS "\"cpus\": [{\"id\": 0, \"mpidr\": 0}, {\"id\": 1, \"mpidr\": 1}],"
#define PSCI "\"psci\": {\"method\": \"smc\"},"
#define GIC                                                                    \
	"\"interrupt_controllers\": [{\"kind\": \"gicv2\", "                   \
	"\"distributor\": {\"phys\": \"0x10000000\", \"size\": \"4K\"}, "      \
	"\"cpu_interface\": {\"phys\": \"0x10002000\", \"size\": \"8K\"}, "    \
	"\"hypervisor_interface\": {\"phys\": \"0x10004000\", \"size\": "      \
	"\"8K\"}, \"virtual_cpu_interface\": {\"phys\": \"0x10006000\", "      \
	"\"size\": \"8K\"}, \"maintenance_interrupt\": 25}],"
#define RAM "{\"phys\": \"0x80000000\", \"size\": \"1G\"}"
#define DEVICES                                                                \
	"\"devices\": ["                                                       \
	"{\"name\": \"all\", \"windows\": [{\"phys\": \"0x10000000\", "        \
	"\"size\": \"64K\"}]},"                                                \
	"{\"name\": \"uart\", \"source\": \"the manual\", \"windows\": "       \
	"[{\"phys\": \"0x11000000\", \"size\": 256}], \"interrupts\": [63], "  \
	"\"console_type\": \"PL011\", \"boot_console\": true},"                \
	"{\"name\": \"next\", \"windows\": [{\"phys\": \"0x11001000\", "       \
	"\"size\": \"4K\"}], \"interrupts\": [\"40-59\"]},"                    \
	"{\"name\": \"far\", \"windows\": [{\"phys\": \"0x20000000\", "        \
	"\"size\": \"4K\"}]}]}"

static struct jhcfg_config *config;
static struct jhcfg_diags *diags;

static int set_up(void **state)
{
	(void)state;
	config = NULL;
	diags = jhcfg_diags_new();
	return diags ? 0 : -1;
}

static int tear_down(void **state)
{
	(void)state;
	jhcfg_config_free(config);
	jhcfg_diags_free(diags);
	return 0;
}

static int generate(const char *text, const struct jhcfg_root_options *options)
{
	static const struct jhcfg_root_options none;
	struct jhcfg_board *board = NULL;
	int err;

	assert_int_equal(jhcfg_board_read(text, strlen(text), NULL, &board), 0);
	err = jhcfg_root_generate(board, options ? options : &none, diags,
				  &config);
	jhcfg_board_free(board);
	return err;
}

/* The first one of the rule; of none, an empty one. */
static const struct jhcfg_diag *finding(const char *rule)
{
	static const struct jhcfg_diag none = {
		JHCFG_INFO, "", "", "", "", ""
	};
	const struct jhcfg_diag *diag;

	for (size_t n = 0; (diag = jhcfg_diags_get(diags, n)); n++)
		if (!strcmp(diag->rule, rule))
			return diag;
	return &none;
}

/* The region that has the address, or NULL. */
static const struct jhcfg_memory *find_region(uint64_t address)
{
	const struct jhcfg_cell *cell = jhcfg_config_cell(config);
	const struct jhcfg_memory *found = NULL, *region;

	for (size_t n = 0; (region = jhcfg_cell_memory(cell, n)); n++) {
		if (address < region->phys_start ||
		    address - region->phys_start >= region->size)
			continue;
		assert_null(found); /* regions do not overlap */
		found = region;
	}
	return found;
}

static const struct jhcfg_memory *region_at(uint64_t address)
{
	const struct jhcfg_memory *region = find_region(address);

	assert_non_null(region);
	return region;
}

static const struct jhcfg_memory *hypervisor(void)
{
	return jhcfg_system_hypervisor_memory(jhcfg_config_system(config));
}

#define BOARD HEAD CPUS PSCI GIC "\"memory\": [" RAM "], " DEVICES

static void test_root_has_what_linux_needs(void **state)
{
	const struct jhcfg_cell *cell;

	(void)state;
	assert_int_equal(generate(BOARD, NULL), 0);
	cell = jhcfg_config_cell(config);
	assert_int_equal(jhcfg_cell_num_cpus(cell), 2);
	assert_true(region_at(0x80000000)->flags & JAILHOUSE_MEM_EXECUTE);
	assert_true(region_at(0x20000000)->flags & JAILHOUSE_MEM_IO);
	assert_false(region_at(0x20000000)->flags & JAILHOUSE_MEM_EXECUTE);
	assert_null(find_region(0x30000000));
	assert_int_equal(
		jhcfg_system_debug_console(jhcfg_config_system(config))->type,
		JAILHOUSE_CON_TYPE_PL011);
}

static void test_root_leaves_the_gic_out(void **state)
{
	(void)state;
	assert_int_equal(generate(BOARD, NULL), 0);
	assert_null(find_region(0x10000000));
	assert_non_null(find_region(0x10001000));
	for (uint64_t page = 0x10002000; page < 0x10008000; page += 0x1000)
		assert_null(find_region(page));
	assert_int_equal(region_at(0x10008000)->size, 0x8000);
}

static void test_root_merges_and_names_registers(void **state)
{
	char name[32] = "", source[32] = "";
	size_t index = 0;

	(void)state;
	assert_int_equal(generate(BOARD, NULL), 0);
	assert_int_equal(region_at(0x11000000)->size, 0x2000);
	while (jhcfg_cell_memory(jhcfg_config_cell(config), index) !=
	       region_at(0x11000000))
		index++;
	assert_true(jhcfg_config_memory_note(config, index, "name", name,
					     sizeof(name)));
	assert_string_equal(name, "uart and 1 more");
	assert_true(jhcfg_config_memory_note(config, index, "source", source,
					     sizeof(source)));
	assert_string_equal(source, "the manual");
}

static void test_root_puts_the_hypervisor_at_the_end_of_ram(void **state)
{
	(void)state;
	assert_int_equal(generate(BOARD, NULL), 0);
	assert_int_equal(hypervisor()->phys_start, 0xbfc00000);
	assert_int_equal(hypervisor()->size, 0x400000);
	assert_null(find_region(0xbfc00000));
	assert_int_equal(region_at(0xbfbfffff)->phys_start, 0xbbc00000);
	assert_non_null(
		strstr(finding("G11")->text, "[0xbbc00000-0xbfffffff]"));
	assert_non_null(strstr(finding("G11")->hint, "no-map"));
}

static void test_root_sizes_can_be_chosen(void **state)
{
	const struct jhcfg_root_options options = {
		.hypervisor_size = 5 << 20,
		.inmate_size = 16 << 20,
		.ram = { 0x40000000, 0x10000000 },
	};

	(void)state;
	assert_int_equal(generate(BOARD, &options), 0);
	/* in large pages */
	assert_int_equal(hypervisor()->size, 6 << 20);
	assert_int_equal(hypervisor()->phys_start, 0x4fa00000);
	assert_null(find_region(0x80000000));
}

static void test_root_avoids_what_is_reserved(void **state)
{
	(void)state;
	assert_int_equal(
		generate(HEAD CPUS PSCI GIC
			 "\"memory\": [" RAM
			 ", {\"kind\": \"firmware\", \"phys\": \"0xbfe00000\", "
			 "\"size\": \"2M\", \"no_map\": true}, "
			 "{\"kind\": \"shared\", \"phys\": \"0xbf000000\", "
			 "\"size\": \"1M\"}], " DEVICES,
			 NULL),
		0);
	/* 13 MiB lie between the two: too few */
	assert_int_equal(hypervisor()->phys_start, 0xbec00000);
	assert_null(find_region(0xbfe00000));
	/* Linux allocates from the pool: the root needs it */
	assert_non_null(find_region(0xbf000000));
}

static void test_root_takes_a_reservation_made_for_it(void **state)
{
	(void)state;
	assert_int_equal(
		generate(HEAD CPUS PSCI GIC
			 "\"memory\": [" RAM
			 ", {\"kind\": \"reserved\", \"name\": "
			 "\"jailhouse@90000000\", \"phys\": \"0x90000000\", "
			 "\"size\": \"132M\", \"no_map\": true}], " DEVICES,
			 NULL),
		0);
	assert_int_equal(hypervisor()->phys_start, 0x98000000);
	assert_int_equal(region_at(0x97ffffff)->phys_start, 0x90000000);
	assert_string_equal(finding("G11")->rule, "G11");
	assert_string_equal(finding("G11")->hint, "");
}

static void test_root_guesses_ram_and_says_so(void **state)
{
	(void)state;
	assert_int_equal(generate(HEAD CPUS PSCI GIC
				  "\"ram_start\": \"0x60000000\", " DEVICES,
				  NULL),
			 0);
	assert_non_null(find_region(0x60000000));
	assert_int_equal(finding("G06")->severity, JHCFG_WARNING);
	assert_non_null(strstr(finding("G06")->hint, "--ram"));
}

static void test_root_virtual_pci_has_what_nobody_has(void **state)
{
	const struct jhcfg_platform *platform;
	uint32_t base;

	(void)state;
	assert_int_equal(generate(BOARD, NULL), 0);
	platform = jhcfg_system_platform(jhcfg_config_system(config));
	assert_null(find_region(platform->pci_mmconfig_base));
	assert_int_equal(platform->pci_is_virtual, 1);
	/* INTID 63 is the UART's, 40 to 59 are another's */
	base = jhcfg_cell_vpci_irq_base(jhcfg_config_cell(config)) + 32;
	assert_true(base > 63 || base + 3 < 40);
}

static void test_root_has_all_interrupts(void **state)
{
	const struct jhcfg_irqchip *chip;
	bool owned[1024] = { false };

	(void)state;
	assert_int_equal(generate(BOARD, NULL), 0);
	for (size_t n = 0;
	     (chip = jhcfg_cell_irqchip(jhcfg_config_cell(config), n)); n++)
		for (uint32_t pin = 0; pin < 128; pin++)
			if (chip->pin_bitmap[pin / 32] & 1U << pin % 32) {
				assert_false(owned[chip->pin_base + pin]);
				owned[chip->pin_base + pin] = true;
			}
	for (uint32_t intid = 0; intid < 1024; intid++)
		assert_int_equal(owned[intid], intid >= 32 && intid < 1020);
}

static void test_root_stream_ids_do_not_overlap(void **state)
{
	const struct jhcfg_cell *cell;

	(void)state;
	assert_int_equal(
		generate(HEAD CPUS PSCI GIC
			 "\"memory\": [" RAM "], "
			 "\"devices\": [{\"name\": \"mmu\"}, "
			 "{\"name\": \"a\", \"stream_ids\": [\"0x7f0000\", "
			 "\"0x12\", \"0x80\"]}], "
			 "\"iommus\": [{\"unit\": {\"type\": \"ARM_MMU500\", "
			 "\"base\": \"0x12000000\", \"size\": \"128K\"}, "
			 "\"device\": \"mmu\"}]}",
			 NULL),
		0);
	cell = jhcfg_config_cell(config);
	/* the mask of the first takes all up to 0x7f */
	assert_int_equal(jhcfg_cell_num_stream_ids(cell), 2);
	assert_int_equal(jhcfg_cell_stream_id(cell, 1)->id, 0x80);
	assert_null(find_region(0x12000000));
}

static void test_root_refuses_boards_that_cannot(void **state)
{
	static const struct {
		const char *board, *rule;
		int err;
	} cases[] = {
		{ HEAD CPUS PSCI "\"memory\": [" RAM "], " DEVICES, "G01",
		  -ENOTSUP },
		{ HEAD CPUS PSCI "\"interrupt_controllers\": [{\"kind\": "
				 "\"gicv2\", \"distributor\": {\"phys\": "
				 "4096, \"size\": 4096}}], " DEVICES,
		  "G02", -ENOTSUP },
		{ HEAD CPUS PSCI "\"interrupt_controllers\": [{\"kind\": "
				 "\"gicv3\", \"distributor\": {\"phys\": "
				 "4096, \"size\": 4096}}], " DEVICES,
		  "G02", -ENOTSUP },
		{ HEAD CPUS GIC "\"memory\": [" RAM "], " DEVICES, "G03",
		  -ENOTSUP },
		{ HEAD PSCI GIC "\"memory\": [" RAM "], " DEVICES, "G04",
		  -ENOTSUP },
		{ HEAD CPUS PSCI GIC "\"memory\": [{\"phys\": \"0x80000000\", "
				     "\"size\": \"2M\"}], " DEVICES,
		  "G07", -ENOSPC },
		{ HEAD CPUS PSCI
		  "\"interrupt_controllers\": [{\"kind\": \"gicv3\", "
		  "\"distributor\": {\"phys\": 4096, \"size\": 4096}, "
		  "\"redistributors\": [{\"phys\": \"1M\", \"size\": \"1M\"}, "
		  "{\"phys\": \"4M\", \"size\": \"1M\"}]}], " DEVICES,
		  "G12", -ENOTSUP },
	};

	(void)state;
	for (size_t n = 0; n < sizeof(cases) / sizeof(cases[0]); n++) {
		jhcfg_diags_free(diags);
		diags = jhcfg_diags_new();
		assert_int_equal(generate(cases[n].board, NULL), cases[n].err);
		assert_null(config);
		assert_int_equal(jhcfg_diags_count(diags, JHCFG_ERROR), 1);
		assert_string_equal(finding(cases[n].rule)->rule,
				    cases[n].rule);
	}
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_root_has_what_linux_needs),
		CASE(test_root_leaves_the_gic_out),
		CASE(test_root_merges_and_names_registers),
		CASE(test_root_puts_the_hypervisor_at_the_end_of_ram),
		CASE(test_root_sizes_can_be_chosen),
		CASE(test_root_avoids_what_is_reserved),
		CASE(test_root_takes_a_reservation_made_for_it),
		CASE(test_root_guesses_ram_and_says_so),
		CASE(test_root_virtual_pci_has_what_nobody_has),
		CASE(test_root_has_all_interrupts),
		CASE(test_root_stream_ids_do_not_overlap),
		CASE(test_root_refuses_boards_that_cannot),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
