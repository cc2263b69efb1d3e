// SPDX-License-Identifier: GPL-2.0-or-later
#include "fixture.h"

#include <cmocka_all.h>
#include <libfdt.h>
#include <stdio.h>

static void give(struct jhcfg_config *config, unsigned int first,
		 unsigned int last)
{
	for (unsigned int cpu = first; cpu <= last; cpu++)
		assert_int_equal(jhcfg_config_add_cpu(config, cpu), 0);
}

static void take(struct jhcfg_config *config, unsigned int first,
		 unsigned int last)
{
	for (unsigned int cpu = first; cpu <= last; cpu++)
		jhcfg_config_remove_cpu(config, cpu);
}

/* --- C01 ------------------------------------------------------------------ */

static void cpu_of_nobody(struct fixture *fixture)
{
	give(edit_rtos(fixture), 9, 9);
}

static void root_forgets_cpu(struct fixture *fixture)
{
	take(edit_root(fixture), 5, 5);
}

/* --- C02 ------------------------------------------------------------------ */

static void both_have_cpu(struct fixture *fixture)
{
	give(edit_guest(fixture), 7, 7);
}

static void set_scenario(struct fixture *fixture, const char *name,
			 uint32_t cell)
{
	const struct jhcfg_scenario scenario = {
		.name = name,
		.cells = &cell,
		.num_cells = 1,
	};

	assert_int_equal(
		jhcfg_workspace_set_scenario(fixture->workspace, &scenario), 0);
}

/* Cells that are never meant to run together may share. */
static void one_at_a_time(struct fixture *fixture)
{
	both_have_cpu(fixture);
	set_scenario(fixture, "control", fixture->rtos);
	set_scenario(fixture, "desktop", fixture->guest);
}

/* --- C03 ------------------------------------------------------------------ */

static void cell_without_cpu(struct fixture *fixture)
{
	take(edit_rtos(fixture), 4, 7);
}

static void root_keeps_nothing(struct fixture *fixture)
{
	give(edit_guest(fixture), 0, 1);
}

static void root_keeps_one(struct fixture *fixture)
{
	give(edit_guest(fixture), 1, 1);
}

/* --- C04 ------------------------------------------------------------------ */

static void cell_has_cpu_1(struct fixture *fixture)
{
	give(edit_rtos(fixture), 1, 1);
}

static void cell_has_cpu_0(struct fixture *fixture)
{
	give(edit_rtos(fixture), 0, 0);
}

/* --- C05 ------------------------------------------------------------------ */

static const unsigned int numbers[] = { 0, 1, 2, 3, 4, 5, 6, 7, 8 };

static void set_online(struct fixture *fixture, size_t count)
{
	struct jhcfg_live *target = live(fixture, JHCFG_LIVE_ONLINE_CPUS);

	target->online_cpus = numbers;
	target->num_online_cpus = count;
}

static void all_online(struct fixture *fixture)
{
	set_online(fixture, 8);
}

static void more_online(struct fixture *fixture)
{
	set_online(fixture, 9);
}

static void less_online(struct fixture *fixture)
{
	set_online(fixture, 8);
	give(edit_root(fixture), 8, 9);
}

static void cell_is_offline(struct fixture *fixture)
{
	set_online(fixture, 7);
}

/* --- C06 ------------------------------------------------------------------ */

static void use_gicv2(struct fixture *fixture)
{
	struct jhcfg_platform *platform = &edit_root(fixture)->system.platform;

	drop_board(fixture);
	platform->gic_version = 2;
	platform->gicr_base = 0;
	platform->gicc_base = 0x08010000;
	platform->gich_base = 0x08030000;
	platform->gicv_base = 0x08040000;
}

static void gicv2_with_cpu_8(struct fixture *fixture)
{
	use_gicv2(fixture);
	give(edit_root(fixture), 8, 8);
	give(edit_rtos(fixture), 8, 8);
}

/* --- C07 ------------------------------------------------------------------ */

static void root_in_cluster(struct fixture *fixture)
{
	take(edit_rtos(fixture), 4, 4);
}

static void linux_in_cluster(struct fixture *fixture)
{
	take(edit_rtos(fixture), 4, 4);
	give(edit_guest(fixture), 4, 4);
}

/* Where there is only one cluster, nobody can have one alone. */
static void one_cluster(struct fixture *fixture)
{
	for (size_t n = 0; n < fixture->spec.num_cpus; n++)
		fixture->spec.cpus[n].cluster = 0;
	remake_board(fixture);
	root_in_cluster(fixture);
}

static void threads_of_a_core(struct fixture *fixture)
{
	fixture->spec.cpus[1].core = 3;
	fixture->spec.cpus[1].thread = 1;
	remake_board(fixture);
}

/* --- C08 ------------------------------------------------------------------ */

static void fix_cpu(struct fixture *fixture, const unsigned int *cpu)
{
	struct jhcfg_live *target = live(fixture, JHCFG_LIVE_FIXED_CPUS);

	target->fixed_cpus = cpu;
	target->num_fixed_cpus = 1;
}

static void root_cpu_is_fixed(struct fixture *fixture)
{
	fix_cpu(fixture, &numbers[0]);
}

static void cell_cpu_is_fixed(struct fixture *fixture)
{
	fix_cpu(fixture, &numbers[5]);
}

static void spin_table(struct fixture *fixture)
{
	live(fixture, JHCFG_LIVE_FIXED_CPUS);
	for (size_t n = 0; n < fixture->spec.num_cpus; n++)
		fixture->spec.cpus[n].enable_method = "spin-table";
	remake_board(fixture);
}

static void no_hotplug(struct fixture *fixture)
{
	static const struct jhcfg_live_option option = { "CONFIG_HOTPLUG_CPU",
							 "n" };
	struct jhcfg_live *target = live(fixture, JHCFG_LIVE_KERNEL_CONFIG);

	target->kernel_options = &option;
	target->num_kernel_options = 1;
}

/* --- C09 ------------------------------------------------------------------ */

/* A tree with CPUs of these MPIDRs, kept in the fixture. */
static void add_tree(struct fixture *fixture, uint32_t first, uint32_t last,
		     const char *method)
{
	void *fdt = fixture->bytes;
	char name[16];

	assert_int_equal(fdt_create(fdt, sizeof(fixture->bytes)), 0);
	assert_int_equal(fdt_finish_reservemap(fdt), 0);
	fdt_begin_node(fdt, "");
	fdt_begin_node(fdt, "cpus");
	for (uint32_t n = first; n <= last; n++) {
		snprintf(name, sizeof(name), "cpu@%x", n);
		fdt_begin_node(fdt, name);
		fdt_property_string(fdt, "device_type", "cpu");
		fdt_property_u32(fdt, "reg", n);
		if (method)
			fdt_property_string(fdt, "enable-method", method);
		fdt_end_node(fdt);
	}
	fdt_end_node(fdt);
	fdt_end_node(fdt);
	assert_int_equal(fdt_finish(fdt), 0);
	add_image(fixture, fixture->guest, JHCFG_IMAGE_DTB, fdt,
		  fdt_totalsize(fdt), 0xa2000000);
}

static void true_tree(struct fixture *fixture)
{
	add_tree(fixture, 2, 3, "psci");
}

static void tree_of_other_cpus(struct fixture *fixture)
{
	add_tree(fixture, 0, 1, "psci");
}

static void tree_of_one_cpu(struct fixture *fixture)
{
	add_tree(fixture, 2, 2, "psci");
}

static void tree_without_psci(struct fixture *fixture)
{
	add_tree(fixture, 2, 3, NULL);
}

/* -------------------------------------------------------------------------- */

/* clang-format off */
const struct check_case cases_cpus[] = {
	CASE("C01", sample_arm64, NULL, cpu_of_nobody),
	CASE("C01", sample_arm64, NULL, root_forgets_cpu),
	CASE_ALSO("C02", sample_arm64, one_at_a_time, both_have_cpu, "C07"),
	CASE("C03", sample_arm64, NULL, cell_without_cpu),
	CASE("C03", sample_arm64, root_keeps_one, root_keeps_nothing),
	CASE("C04", sample_x86, cell_has_cpu_1, cell_has_cpu_0),
	CASE("C05", sample_arm64, all_online, more_online),
	CASE("C05", sample_arm64, all_online, less_online),
	CASE_BEYOND("C05", sample_arm64, all_online, cell_is_offline, NULL),
	CASE("C06", sample_arm64, use_gicv2, gicv2_with_cpu_8),
	CASE("C07", sample_arm64, one_cluster, root_in_cluster),
	CASE_BEYOND("C07", sample_arm64, one_cluster, linux_in_cluster, NULL),
	CASE("C07", sample_x86, NULL, threads_of_a_core),
	CASE("C08", sample_arm64, root_cpu_is_fixed, cell_cpu_is_fixed),
	CASE_BEYOND("C08", sample_arm64, NULL, spin_table, NULL),
	CASE_BEYOND("C08", sample_arm64, NULL, no_hotplug, "V11"),
	CASE("C09", sample_arm64, true_tree, tree_of_other_cpus),
	CASE("C09", sample_arm64, true_tree, tree_of_one_cpu),
	CASE("C09", sample_arm64, true_tree, tree_without_psci),
	END_OF_CASES,
};
/* clang-format on */
