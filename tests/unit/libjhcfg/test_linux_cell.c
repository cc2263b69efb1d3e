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
static struct jhcfg_linux_cpu cpus[4];
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

static int setup(void **state)
{
	(void)state;
	diags = jhcfg_diags_new();
	assert_int_equal(jhcfg_workspace_load(board, diags, &workspace), 0);
	copy_cell("linux-demo");
	kernel = calloc(1, KERNEL_SIZE);
	put(kernel + 16, KERNEL_RUNS);
	memcpy(kernel + 56, "ARMd", 4);
	for (unsigned int n = 0; n < 4; n++)
		cpus[n] = (struct jhcfg_linux_cpu){
			.known = true,
			.mpidr = n,
			.compatible = "arm,cortex-a57",
		};
	machine = (struct jhcfg_linux_machine){
		.system = jhcfg_workspace_cell(workspace, JHCFG_ROOT_KEY),
		.cpus = cpus,
		.num_cpus = 4,
		.pmu_ppi = 7,
	};
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
	(void)state;
	cpus[3].mpidr = 0x100000203;
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
	assert_int_equal(at("/interrupt-controller@8000000", "reg", 7),
			 4 * 0x20000);
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
	assert_int_equal(at("/timer", "interrupts", 2), 0xff04);
	jhcfg_config_free(system);
}

static void test_unknown_cpu_is_refused(void **state)
{
	(void)state;
	cpus[3].known = false;
	assert_refused(-EINVAL, "B08");
}

static void test_given_tree_keeps_what_it_has(void **state)
{
	char tree[1024];

	(void)state;
	fdt_create_empty_tree(tree, sizeof(tree));
	fdt_setprop_u32(tree, 0, "#address-cells", 2);
	fdt_setprop_u32(tree, 0, "#size-cells", 1);
	fdt_setprop_string(tree, 0, "model", "mine");
	fdt_setprop_string(tree, fdt_add_subnode(tree, 0, "chosen"), "bootargs",
			   "quiet");
	images.dtb = tree;
	images.dtb_size = sizeof(tree);
	images.cmdline = NULL;
	assert_int_equal(jhcfg_linux_plan(cell, NULL, &images, diags, &plan),
			 0);
	assert_string_equal(text("/", "model"), "mine");
	assert_string_equal(text("/chosen", "bootargs"), "quiet");
	assert_int_equal(at("/memory", "reg", 2), 240 * MB);
}

/* Every beginning of a tree, and every byte of it changed */
static void test_broken_trees_are_refused_or_work(void **state)
{
	unsigned char *tree, *copy;
	size_t size;

	(void)state;
	assert_int_equal(make(), 0);
	size = plan.dtb_size;
	tree = malloc(size);
	memcpy(tree, plan.dtb_data, size);
	for (size_t n = 0; n < size; n += 7) {
		copy = malloc(n ? n : 1);
		memcpy(copy, tree, n);
		images.dtb = copy;
		images.dtb_size = n;
		assert_int_equal(make(), -EINVAL);
		free(copy);
	}
	copy = malloc(size);
	images.dtb = copy;
	images.dtb_size = size;
	for (size_t n = 0; n < size; n++) {
		memcpy(copy, tree, size);
		copy[n] ^= 0xff;
		make();
	}
	free(copy);
	free(tree);
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
