// SPDX-License-Identifier: GPL-2.0-or-later
/* Placement and device tree of Linux cells, with the board of the arguments */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include <libfdt.h>

#include <jailhouse/cell-config.h>
#include <jhcfg/edit.h>
#include <jhcfg/linux_cell.h>
#include <jhcfg/workspace.h>

#define MB	    0x100000UL
#define KERNEL_SIZE (2 * MB)
#define KERNEL_RUNS (3 * MB)

static const char *board;

static struct jhcfg_workspace *workspace;
static struct jhcfg_config *cell; /* to be changed */
static unsigned char *kernel;
static unsigned char tree[0x4000] __attribute__((aligned(8)));
static struct jhcfg_linux_machine machine;
static struct jhcfg_linux_images images;
static struct jhcfg_linux_plan plan;
static struct jhcfg_diags *diags;

static void put(unsigned char *at, uint64_t value)
{
	for (unsigned int n = 0; n < 8; n++, value >>= 8)
		at[n] = (unsigned char)value;
}

static void copy_cell(const char *name)
{
	for (size_t n = 0; n < jhcfg_workspace_num_cells(workspace); n++) {
		const struct jhcfg_config *config = jhcfg_workspace_cell(
			workspace, jhcfg_workspace_cell_key(workspace, n));

		if (!strcmp(jhcfg_cell_name(jhcfg_config_cell(config)), name))
			cell = jhcfg_config_copy(config);
	}
	assert_non_null(cell);
}

static void cells(const char *name, const uint32_t *values, size_t count)
{
	fdt32_t list[16];

	assert_true(count <= 16);
	for (size_t n = 0; n < count; n++)
		list[n] = cpu_to_fdt32(values[n]);
	fdt_property(tree, name, list, (int)(4 * count));
}

#define CELLS(name, ...)                                                       \
	cells(name, (const uint32_t[]){ __VA_ARGS__ },                         \
	      sizeof((const uint32_t[]){ __VA_ARGS__ }) / 4)

static void write_cpus(const uint64_t *mpidrs, size_t count)
{
	char name[32];

	fdt_begin_node(tree, "cpus");
	CELLS("#address-cells", 2);
	CELLS("#size-cells", 0);
	for (size_t n = 0; n < count; n++) {
		snprintf(name, sizeof(name), "cpu@%llx",
			 (unsigned long long)mpidrs[n]);
		fdt_begin_node(tree, name);
		fdt_property_string(tree, "device_type", "cpu");
		fdt_property_string(tree, "compatible", "arm,cortex-a57");
		fdt_property_string(tree, "enable-method", "psci");
		CELLS("reg", (uint32_t)(mpidrs[n] >> 32), (uint32_t)mpidrs[n]);
		fdt_end_node(tree);
	}
	fdt_end_node(tree);
}

/* Their clock stays with the root, the UART's beside it has a fixed rate. */
static void write_uarts(void)
{
	fdt_begin_node(tree, "clock");
	fdt_property_string(tree, "compatible", "fixed-clock");
	CELLS("#clock-cells", 0);
	CELLS("clock-frequency", 100000000);
	CELLS("phandle", 2);
	fdt_end_node(tree);
	fdt_begin_node(tree, "serial@9040000");
	fdt_property_string(tree, "compatible", "cdns,uart-r1p12");
	fdt_property_string(tree, "status", "disabled");
	CELLS("reg", 0, 0x09040000, 0, 0x1000);
	CELLS("interrupts", 0, 12, 4);
	CELLS("clocks", 2, 2);
	fdt_property(tree, "clock-names", "uart_clk\0pclk", 14);
	CELLS("power-domains", 2);
	fdt_end_node(tree);
	fdt_begin_node(tree, "serial@9050000");
	fdt_property_string(tree, "compatible", "arm,pl011");
	CELLS("reg", 0, 0x09050000, 0, 0x1000);
	fdt_end_node(tree);
}

/* The tree of the machine, with these CPUs */
static void make_tree(const uint64_t *mpidrs, size_t count)
{
	fdt_create(tree, sizeof(tree));
	fdt_finish_reservemap(tree);
	fdt_begin_node(tree, "");
	CELLS("#address-cells", 2);
	CELLS("#size-cells", 2);
	CELLS("interrupt-parent", 1);
	write_cpus(mpidrs, count);
	fdt_begin_node(tree, "intc@8000000");
	fdt_property_string(tree, "compatible", "arm,gic-v3");
	fdt_property(tree, "interrupt-controller", NULL, 0);
	CELLS("#interrupt-cells", 3);
	CELLS("reg", 0, 0x08000000, 0, 0x10000, 0, 0x080a0000, 0, 0xf60000);
	CELLS("phandle", 1);
	fdt_end_node(tree);
	fdt_begin_node(tree, "pmu");
	fdt_property_string(tree, "compatible", "arm,armv8-pmuv3");
	CELLS("interrupts", 1, 7, 4);
	fdt_end_node(tree);
	write_uarts();
	fdt_end_node(tree);
	assert_int_equal(fdt_finish(tree), 0);
	machine.tree = tree;
	machine.tree_size = fdt_totalsize(tree);
}

static int setup(void **state)
{
	static const uint64_t mpidrs[] = { 0, 1, 2, 3 };

	(void)state;
	diags = jhcfg_diags_new();
	assert_int_equal(jhcfg_workspace_load(board, diags, &workspace), 0);
	copy_cell("linux-demo");
	kernel = calloc(1, KERNEL_SIZE);
	put(kernel + 16, KERNEL_RUNS);
	memcpy(kernel + 56, "ARMd", 4);
	machine = (struct jhcfg_linux_machine){
		.system = jhcfg_workspace_cell(workspace, JHCFG_ROOT_KEY),
	};
	make_tree(mpidrs, 4);
	images = (struct jhcfg_linux_images){
		.kernel = kernel,
		.kernel_size = KERNEL_SIZE,
		.initrd_size = 5 * MB + 1,
		.cmdline = "console=hvc0",
	};
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	jhcfg_linux_plan_release(&plan);
	free(kernel);
	jhcfg_config_free(cell);
	jhcfg_workspace_free(workspace);
	jhcfg_diags_free(diags);
	cell = NULL;
	return 0;
}

static int make(void)
{
	jhcfg_linux_plan_release(&plan);
	return jhcfg_linux_plan(cell, &machine, &images, diags, &plan);
}

static void assert_refused(int err, const char *rule)
{
	assert_int_equal(make(), err);
	assert_int_equal(jhcfg_diags_count(diags, JHCFG_ERROR), 1);
	assert_string_equal(jhcfg_diags_get(diags, 0)->rule, rule);
	assert_null(plan.dtb_data);
}

/* Cells of a property of the tree that was made */
static uint32_t at(const char *node, const char *name, unsigned int index)
{
	int length;
	const fdt32_t *value =
		fdt_getprop(plan.dtb_data, fdt_path_offset(plan.dtb_data, node),
			    name, &length);

	assert_non_null(value);
	assert_true((int)(index + 1) * 4 <= length);
	return fdt32_to_cpu(value[index]);
}

static const char *text(const char *node, const char *name)
{
	return fdt_getprop(plan.dtb_data, fdt_path_offset(plan.dtb_data, node),
			   name, NULL);
}

/* Children of the root whose names begin so */
static unsigned int count_nodes(const char *start)
{
	unsigned int count = 0;
	int node;

	fdt_for_each_subnode(node, plan.dtb_data, 0) count += !strncmp(
		fdt_get_name(plan.dtb_data, node, NULL), start, strlen(start));
	return count;
}

/* --- placement
 * -------------------------------------------------------------------- */

static void test_images_follow_each_other(void **state)
{
	(void)state;
	assert_int_equal(make(), 0);
	assert_int_equal(plan.loader, 0);
	assert_int_equal(plan.params, 0x1000);
	assert_int_equal(plan.dtb, 0x70000000);
	assert_int_equal(plan.kernel, 0x70200000);
	/* behind what it takes at run time, and its size once more */
	assert_int_equal(plan.initrd, 0x70200000 + KERNEL_RUNS + KERNEL_SIZE);
	assert_string_equal(plan.params_text,
			    "kernel=0x70200000 dtb=0x70000000");
}

static void test_text_offset_moves_the_kernel(void **state)
{
	(void)state;
	put(kernel + 8, 0x80000);
	assert_int_equal(make(), 0);
	assert_int_equal(plan.kernel, 0x70280000);
}

static void test_factor_moves_the_initrd(void **state)
{
	(void)state;
	images.factor = 10;
	assert_int_equal(make(), 0);
	assert_int_equal(plan.initrd,
			 0x70200000 + KERNEL_RUNS + 10 * KERNEL_SIZE);
}

static void test_what_fits_exactly_is_taken(void **state)
{
	uint64_t room = 240 * MB - (2 * MB + KERNEL_RUNS + KERNEL_SIZE);

	(void)state;
	images.initrd_size = room;
	assert_int_equal(make(), 0);
	images.initrd_size = room + 1;
	assert_refused(-ENOSPC, "B04");
}

static void test_huge_sizes_do_not_wrap(void **state)
{
	(void)state;
	images.initrd_size = SIZE_MAX / 4;
	assert_refused(-ENOSPC, "B04");
}

static void test_kernel_that_is_none_is_refused(void **state)
{
	(void)state;
	kernel[56] = 'X';
	assert_refused(-EINVAL, "B08");
}

static void test_short_kernel_is_refused(void **state)
{
	(void)state;
	images.kernel_size = 63;
	assert_refused(-EINVAL, "B08");
}

static void test_mad_header_is_refused(void **state)
{
	(void)state;
	put(kernel + 16, UINT64_MAX);
	assert_refused(-EINVAL, "B08");
}

static void remove_memory(uint64_t virt)
{
	const struct jhcfg_memory *mem;

	for (size_t n = 0;
	     (mem = jhcfg_cell_memory(jhcfg_config_cell(cell), n)); n++) {
		if (mem->virt_start != virt || !mem->size)
			continue;
		assert_int_equal(jhcfg_config_remove_memory(cell, n), 0);
		return;
	}
	fail();
}

static void test_cell_without_loader_region_is_refused(void **state)
{
	(void)state;
	remove_memory(0);
	assert_refused(-EINVAL, "B05");
}

static void test_cell_without_ram_is_refused(void **state)
{
	(void)state;
	remove_memory(0x70000000);
	assert_refused(-EINVAL, "B04");
}

/* --- device tree
 * ------------------------------------------------------------------ */

static void test_tree_has_memory_and_chosen(void **state)
{
	(void)state;
	assert_int_equal(make(), 0);
	assert_int_equal(at("/memory", "reg", 1), 0x70000000);
	assert_int_equal(at("/memory", "reg", 3), 240 * MB);
	assert_string_equal(text("/chosen", "bootargs"), "console=hvc0");
	assert_int_equal(at("/chosen", "linux,initrd-start", 1), plan.initrd);
	assert_int_equal(at("/chosen", "linux,initrd-end", 1),
			 plan.initrd + images.initrd_size);
}

static void test_tree_has_the_cpus_of_the_cell(void **state)
{
	static const uint64_t mpidrs[] = { 0, 1, 2, 0x100000203 };

	(void)state;
	make_tree(mpidrs, 4);
	assert_int_equal(make(), 0);
	assert_int_equal(at("/cpus/cpu@2", "reg", 1), 2);
	assert_int_equal(at("/cpus/cpu@100000203", "reg", 0), 1);
	assert_int_equal(at("/cpus/cpu@100000203", "reg", 1), 0x203);
	assert_true(fdt_path_offset(plan.dtb_data, "/cpus/cpu@0") < 0);
	assert_string_equal(text("/cpus/cpu@2", "enable-method"), "psci");
	assert_string_equal(text("/psci", "method"), "smc");
}

static void test_tree_has_the_interrupt_controller(void **state)
{
	(void)state;
	assert_int_equal(make(), 0);
	assert_string_equal(text("/interrupt-controller@8000000", "compatible"),
			    "arm,gic-v3");
	assert_int_equal(at("/interrupt-controller@8000000", "reg", 5),
			 0x080a0000);
	/* up to the virtual PCI host, which lies in the GIC's window */
	assert_int_equal(at("/interrupt-controller@8000000", "reg", 7),
			 0x08e00000 - 0x080a0000);
	assert_int_equal(at("/pmu", "interrupts", 1), 7);
}

static void test_tree_has_the_pci_host(void **state)
{
	(void)state;
	assert_int_equal(make(), 0);
	assert_int_equal(at("/pci@8e00000", "reg", 1), 0x08e00000);
	assert_int_equal(at("/pci@8e00000", "ranges", 2), 0x08f00000);
	assert_int_equal(at("/pci@8e00000", "ranges", 6), 0x2000);
	assert_int_equal(at("/pci@8e00000", "linux,pci-domain", 0), 1);
	/* pin B: vpci_irq_base + 1, edge */
	assert_int_equal(at("/pci@8e00000", "interrupt-map", 8 + 3), 2);
	assert_int_equal(at("/pci@8e00000", "interrupt-map", 8 + 6), 97);
	assert_int_equal(at("/pci@8e00000", "interrupt-map", 8 + 7), 1);
}

static void test_tree_of_gicv2_has_its_cpu_interface(void **state)
{
	struct jhcfg_platform platform =
		*jhcfg_system_platform(jhcfg_config_system(machine.system));
	struct jhcfg_config *system = jhcfg_config_copy(machine.system);

	(void)state;
	platform.gic_version = 2;
	platform.gicc_base = 0x08010000;
	jhcfg_config_set_platform(system, &platform);
	machine.system = system;
	assert_int_equal(make(), 0);
	assert_string_equal(text("/interrupt-controller@8000000", "compatible"),
			    "arm,gic-400");
	assert_int_equal(at("/interrupt-controller@8000000", "reg", 5),
			 0x08010000);
	assert_int_equal(at("/timer", "interrupts", 2), 0x308);
	jhcfg_config_free(system);
}

static void test_unknown_cpu_is_refused(void **state)
{
	static const uint64_t mpidrs[] = { 0, 1, 2 };

	(void)state;
	make_tree(mpidrs, 3);
	assert_refused(-EINVAL, "B08");
}

static void test_board_does_where_there_is_no_tree(void **state)
{
	(void)state;
	machine.tree = NULL;
	assert_refused(-EINVAL, "B08");
	machine.board = jhcfg_workspace_board(workspace);
	assert_int_equal(make(), 0);
	assert_int_equal(at("/cpus/cpu@3", "reg", 0), 3);
	assert_int_equal(at("/interrupt-controller@8000000", "reg", 7),
			 0x08e00000 - 0x080a0000);
}

static void test_damaged_tree_of_the_machine_is_refused(void **state)
{
	(void)state;
	machine.tree_size /= 2;
	assert_refused(-EINVAL, "B08");
}

/* A UART that the root does not use, with its interrupt */
static void give_uart(void)
{
	const struct jhcfg_memory window = {
		.phys_start = 0x09040000,
		.virt_start = 0x09040000,
		.size = 0x1000,
		.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE |
			 JAILHOUSE_MEM_IO,
	};
	const struct jhcfg_console console = {
		.address = 0x09040000,
		.size = 0x1000,
		.type = JAILHOUSE_CON_TYPE_XUARTPS,
	};

	assert_int_equal(jhcfg_config_insert_memory(
				 cell,
				 jhcfg_cell_num_memory(jhcfg_config_cell(cell)),
				 &window),
			 0);
	assert_int_equal(jhcfg_config_add_irq(cell, 0x08000000, 44), 0);
	jhcfg_config_set_console(cell, &console);
}

static void test_tree_has_the_devices_of_the_cell(void **state)
{
	uint32_t clock;

	(void)state;
	give_uart();
	assert_int_equal(make(), 0);
	assert_string_equal(text("/serial@9040000", "compatible"),
			    "cdns,uart-r1p12");
	assert_int_equal(at("/serial@9040000", "reg", 1), 0x09040000);
	assert_int_equal(at("/serial@9040000", "interrupts", 1), 12);
	assert_null(text("/serial@9040000", "status"));
	assert_null(text("/serial@9040000", "power-domains"));
	assert_string_equal(text("/serial@9040000", "clock-names"), "uart_clk");
	clock = at("/serial@9040000", "clocks", 0);
	assert_int_equal(at("/clock-0", "phandle", 0), clock);
	assert_int_equal(at("/clock-0", "clock-frequency", 0), 100000000);
	assert_string_equal(text("/chosen", "stdout-path"), "/serial@9040000");
	assert_true(fdt_path_offset(plan.dtb_data, "/serial@9050000") < 0);
}

static void test_tree_has_no_interrupt_of_others(void **state)
{
	(void)state;
	give_uart();
	jhcfg_config_remove_irq(cell, 0x08000000, 44);
	assert_int_equal(make(), 0);
	assert_null(text("/serial@9040000", "interrupts"));
	assert_int_equal(jhcfg_diags_count(diags, JHCFG_WARNING), 1);
	assert_string_equal(jhcfg_diags_get(diags, 0)->rule, "E06");
}

static void test_tree_names_the_virtual_console(void **state)
{
	(void)state;
	assert_int_equal(make(), 0);
	assert_non_null(text("/hypervisor", "virtual-console"));
	jhcfg_config_set_cell_flags(cell, JAILHOUSE_CELL_PASSIVE_COMMREG);
	assert_int_equal(make(), 0);
	assert_string_equal(text("/hypervisor", "compatible"),
			    "jailhouse,cell");
	assert_null(text("/hypervisor", "virtual-console"));
}

static void test_given_tree_keeps_what_it_has(void **state)
{
	char own[1024];

	(void)state;
	fdt_create_empty_tree(own, sizeof(own));
	fdt_setprop_u32(own, 0, "#address-cells", 2);
	fdt_setprop_u32(own, 0, "#size-cells", 1);
	fdt_setprop_string(own, 0, "model", "mine");
	fdt_setprop_string(own, fdt_add_subnode(own, 0, "chosen"), "bootargs",
			   "quiet");
	fdt_add_subnode(own, 0, "memory@1000");
	fdt_add_subnode(own, 0, "memory");
	fdt_add_subnode(own, 0, "memory-controller");
	fdt_add_subnode(own, 0, "memory@2000");
	images.dtb = own;
	images.dtb_size = sizeof(own);
	images.cmdline = NULL;
	assert_int_equal(jhcfg_linux_plan(cell, NULL, &images, diags, &plan),
			 0);
	assert_string_equal(text("/", "model"), "mine");
	assert_string_equal(text("/chosen", "bootargs"), "quiet");
	assert_int_equal(at("/memory", "reg", 2), 240 * MB);
	/* and no other memory than the cell's */
	assert_int_equal(count_nodes("memory"), 2);
	assert_true(fdt_path_offset(plan.dtb_data, "/memory-controller") >= 0);
}

/* Every beginning of a tree, and every byte of it changed */
static void test_broken_trees_are_refused_or_work(void **state)
{
	unsigned char *good, *copy;
	size_t size;

	(void)state;
	assert_int_equal(make(), 0);
	size = plan.dtb_size;
	good = malloc(size);
	memcpy(good, plan.dtb_data, size);
	for (size_t n = 0; n < size; n += 7) {
		copy = malloc(n ? n : 1);
		memcpy(copy, good, n);
		images.dtb = copy;
		images.dtb_size = n;
		assert_int_equal(make(), -EINVAL);
		free(copy);
	}
	copy = malloc(size);
	images.dtb = copy;
	images.dtb_size = size;
	for (size_t n = 0; n < size; n++) {
		memcpy(copy, good, size);
		copy[n] ^= 0xff;
		make();
	}
	free(copy);
	free(good);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		CASE(test_images_follow_each_other),
		CASE(test_text_offset_moves_the_kernel),
		CASE(test_factor_moves_the_initrd),
		CASE(test_what_fits_exactly_is_taken),
		CASE(test_huge_sizes_do_not_wrap),
		CASE(test_kernel_that_is_none_is_refused),
		CASE(test_short_kernel_is_refused),
		CASE(test_mad_header_is_refused),
		CASE(test_cell_without_loader_region_is_refused),
		CASE(test_cell_without_ram_is_refused),
		CASE(test_tree_has_memory_and_chosen),
		CASE(test_tree_has_the_cpus_of_the_cell),
		CASE(test_tree_has_the_interrupt_controller),
		CASE(test_tree_has_the_pci_host),
		CASE(test_tree_of_gicv2_has_its_cpu_interface),
		CASE(test_unknown_cpu_is_refused),
		CASE(test_board_does_where_there_is_no_tree),
		CASE(test_damaged_tree_of_the_machine_is_refused),
		CASE(test_tree_has_the_devices_of_the_cell),
		CASE(test_tree_has_no_interrupt_of_others),
		CASE(test_tree_names_the_virtual_console),
		CASE(test_given_tree_keeps_what_it_has),
		CASE(test_broken_trees_are_refused_or_work),
	};

	if (argc != 2) {
		fprintf(stderr, "usage: %s SYSTEM.json\n", argv[0]);
		return 2;
	}
	board = argv[1];
	return cmocka_run_group_tests(tests, NULL, NULL);
}
