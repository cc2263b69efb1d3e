// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * test_boards FILE.cell...: what the build installs is revision 14 without a
 * complaint, and cells of a board fit their root: CPUs and memory are the
 * root's, none is in two cells, and nothing touches the hypervisor.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jailhouse/cell-config.h>
#include <jhcfg/jhcfg.h>

#include "cmocka_all.h"

static int num_files;
static char **files;
static struct jhcfg_config *configs[64];

static int read_all(void **state)
{
	(void)state;
	assert_true(num_files > 0 && num_files <= 64);
	for (int n = 0; n < num_files; n++) {
		struct jhcfg_diags *diags = jhcfg_diags_new();
		void *data;
		size_t size;

		assert_int_equal(
			jhcfg_file_read(files[n], 1 << 20, &data, &size), 0);
		assert_int_equal(
			jhcfg_codec_decode(data, size, diags, &configs[n]), 0);
		assert_null(jhcfg_diags_get(diags, 0));
		jhcfg_diags_free(diags);
		free(data);
	}
	return 0;
}

static int free_all(void **state)
{
	(void)state;
	for (int n = 0; n < num_files; n++)
		jhcfg_config_free(configs[n]);
	return 0;
}

/* The system whose file's name begins the cell's: BOARD-NAME.cell. Of two, as
 * board names have dashes as well, the longer one. */
static const struct jhcfg_config *system_of(int n)
{
	const struct jhcfg_config *found = NULL;
	size_t found_length = 0;

	for (int s = 0; s < num_files; s++) {
		size_t length = strlen(files[s]) - strlen(".cell");

		if (length > found_length && jhcfg_config_system(configs[s]) &&
		    !strncmp(files[s], files[n], length) &&
		    files[n][length] == '-') {
			found = configs[s];
			found_length = length;
		}
	}
	if (!found)
		fail_msg("%s: no system of that board", files[n]);
	return found;
}

static bool overlaps(uint64_t a, uint64_t a_size, uint64_t b, uint64_t b_size)
{
	return a < b + b_size && b < a + a_size;
}

static bool covers(const struct jhcfg_cell *root,
		   const struct jhcfg_memory *mem)
{
	for (size_t n = 0; n < jhcfg_cell_num_memory(root); n++) {
		const struct jhcfg_memory *own = jhcfg_cell_memory(root, n);

		if (mem->phys_start >= own->phys_start &&
		    mem->phys_start + mem->size <= own->phys_start + own->size)
			return true;
	}
	return false;
}

static void test_boards_cells_use_what_the_root_has(void **state)
{
	(void)state;
	for (int n = 0; n < num_files; n++) {
		const struct jhcfg_cell *cell = jhcfg_config_cell(configs[n]);
		const struct jhcfg_cell *root;
		const struct jhcfg_memory *mem;

		if (jhcfg_config_system(configs[n]))
			continue;
		root = jhcfg_config_cell(system_of(n));
		for (unsigned int cpu = 0; cpu < 256; cpu++)
			assert_true(!jhcfg_cell_has_cpu(cell, cpu) ||
				    jhcfg_cell_has_cpu(root, cpu));
		for (size_t m = 0; (mem = jhcfg_cell_memory(cell, m)); m++)
			assert_true(mem->flags & JAILHOUSE_MEM_COMM_REGION ||
				    covers(root, mem));
	}
}

static void test_boards_nothing_touches_the_hypervisor(void **state)
{
	(void)state;
	for (int n = 0; n < num_files; n++) {
		const struct jhcfg_cell *cell = jhcfg_config_cell(configs[n]);
		const struct jhcfg_config *config =
			jhcfg_config_system(configs[n]) ? configs[n]
							: system_of(n);
		const struct jhcfg_memory *hv = jhcfg_system_hypervisor_memory(
			jhcfg_config_system(config));
		const struct jhcfg_memory *mem;

		for (size_t m = 0; (mem = jhcfg_cell_memory(cell, m)); m++)
			assert_false(overlaps(mem->phys_start, mem->size,
					      hv->phys_start, hv->size));
	}
}

static void check_gic(const struct jhcfg_platform *platform,
		      const struct jhcfg_cell *cell,
		      const struct jhcfg_memory *mem)
{
	const uint64_t frames[] = { platform->gicc_base, platform->gich_base,
				    platform->gicv_base };

	if (platform->gic_version != 2) {
		assert_false(overlaps(mem->phys_start, mem->size,
				      platform->gicr_base,
				      0x20000ULL * jhcfg_cell_num_cpus(cell)));
		return;
	}
	for (int n = 0; n < 3; n++)
		assert_false(overlaps(mem->phys_start, mem->size, frames[n],
				      0x2000));
}

/* What covers the frames that the hypervisor emulates would bypass it. */
static void test_boards_root_leaves_the_gic_out(void **state)
{
	(void)state;
	for (int n = 0; n < num_files; n++) {
		const struct jhcfg_system *system =
			jhcfg_config_system(configs[n]);
		const struct jhcfg_cell *cell = jhcfg_config_cell(configs[n]);
		const struct jhcfg_platform *platform;
		const struct jhcfg_memory *mem;

		if (!system ||
		    jhcfg_config_architecture(configs[n]) == JAILHOUSE_X86)
			continue;
		platform = jhcfg_system_platform(system);
		for (size_t m = 0; (mem = jhcfg_cell_memory(cell, m)); m++) {
			assert_false(overlaps(mem->phys_start, mem->size,
					      platform->gicd_base, 0x10000));
			check_gic(platform, cell, mem);
			assert_false(overlaps(mem->phys_start, mem->size,
					      platform->pci_mmconfig_base,
					      0x100000));
		}
	}
}

static bool may_share(const struct jhcfg_memory *mem)
{
	return mem->flags &
	       (JAILHOUSE_MEM_COMM_REGION | JAILHOUSE_MEM_ROOTSHARED);
}

/* Demos that take the same CPU are not meant to run together. */
static bool share_cpu(const struct jhcfg_cell *a, const struct jhcfg_cell *b)
{
	for (unsigned int cpu = 0; cpu < 256; cpu++)
		if (jhcfg_cell_has_cpu(a, cpu) && jhcfg_cell_has_cpu(b, cpu))
			return true;
	return false;
}

static void check_pair(const struct jhcfg_cell *a, const struct jhcfg_cell *b)
{
	const struct jhcfg_memory *x, *y;

	if (share_cpu(a, b))
		return;
	for (size_t n = 0; (x = jhcfg_cell_memory(a, n)); n++) {
		for (size_t m = 0; (y = jhcfg_cell_memory(b, m)); m++)
			assert_true(may_share(x) || may_share(y) ||
				    !overlaps(x->phys_start, x->size,
					      y->phys_start, y->size));
	}
}

static void test_boards_cells_can_run_side_by_side(void **state)
{
	(void)state;
	for (int n = 0; n < num_files; n++) {
		for (int m = 0; m < n; m++) {
			if (!jhcfg_config_system(configs[n]) &&
			    !jhcfg_config_system(configs[m]) &&
			    system_of(n) == system_of(m))
				check_pair(jhcfg_config_cell(configs[n]),
					   jhcfg_config_cell(configs[m]));
		}
	}
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_boards_cells_use_what_the_root_has),
		cmocka_unit_test(test_boards_nothing_touches_the_hypervisor),
		cmocka_unit_test(test_boards_root_leaves_the_gic_out),
		cmocka_unit_test(test_boards_cells_can_run_side_by_side),
	};

	num_files = argc - 1;
	files = argv + 1;
	return cmocka_run_group_tests(tests, read_all, free_all);
}
