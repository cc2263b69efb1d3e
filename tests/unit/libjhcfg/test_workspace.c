// SPDX-License-Identifier: GPL-2.0-or-later
/* Workspaces: steps, undo and redo, and links whose ends are derived. */
#include <cmocka_all.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jailhouse/cell-config.h>
#include <jhcfg/workspace.h>

#include "small.h"

#define STEPS 300

static int set_up(void **state)
{
	*state = jhcfg_workspace_new(JAILHOUSE_ARM64, NULL);
	return *state ? 0 : -1;
}

static int tear_down(void **state)
{
	jhcfg_workspace_free(*state);
	return 0;
}

static void set_flags(struct jhcfg_workspace *workspace, uint32_t key,
		      uint32_t flags)
{
	struct jhcfg_config *config = jhcfg_workspace_edit_cell(workspace, key);

	assert_non_null(config);
	jhcfg_config_set_cell_flags(config, flags);
}

static uint32_t get_flags(const struct jhcfg_workspace *workspace, uint32_t key)
{
	return jhcfg_cell_flags(
		jhcfg_config_cell(jhcfg_workspace_cell(workspace, key)));
}

static void test_workspace_undo_goes_back_and_redo_forth(void **state)
{
	struct jhcfg_workspace *workspace = *state;

	assert_false(jhcfg_workspace_is_modified(workspace));
	assert_int_equal(jhcfg_workspace_begin(workspace, "Set flags"), 0);
	set_flags(workspace, JHCFG_ROOT_KEY, 5);
	jhcfg_workspace_end(workspace);
	assert_true(jhcfg_workspace_is_modified(workspace));
	assert_string_equal(jhcfg_workspace_undo_name(workspace), "Set flags");
	assert_null(jhcfg_workspace_redo_name(workspace));

	assert_int_equal(jhcfg_workspace_undo(workspace), 0);
	assert_int_equal(get_flags(workspace, JHCFG_ROOT_KEY), 0);
	assert_false(jhcfg_workspace_is_modified(workspace));
	assert_string_equal(jhcfg_workspace_redo_name(workspace), "Set flags");
	assert_int_equal(jhcfg_workspace_redo(workspace), 0);
	assert_int_equal(get_flags(workspace, JHCFG_ROOT_KEY), 5);
	assert_int_equal(jhcfg_workspace_redo(workspace), -ENOENT);
}

static void test_workspace_edit_outside_of_a_step_is_refused(void **state)
{
	struct jhcfg_workspace *workspace = *state;

	assert_null(jhcfg_workspace_edit_cell(workspace, JHCFG_ROOT_KEY));
	assert_int_equal(jhcfg_workspace_remove_cell(workspace, 2), -EPERM);
}

static void test_workspace_step_without_change_leaves_no_trace(void **state)
{
	struct jhcfg_workspace *workspace = *state;

	assert_int_equal(jhcfg_workspace_begin(workspace, "Nothing"), 0);
	jhcfg_workspace_end(workspace);
	assert_null(jhcfg_workspace_undo_name(workspace));
	assert_false(jhcfg_workspace_is_modified(workspace));
}

static void test_workspace_edit_to_equal_contents_leaves_no_trace(void **state)
{
	struct jhcfg_workspace *workspace = *state;
	uint32_t key = small_add_cell(workspace, "a");
	struct jhcfg_link link = {
		.name = "net0",
		.base = 0x7000000,
		.state_size = 0x1000,
		.output_size = 0x1000,
		.num_peers = 2,
		.peers = { JHCFG_ROOT_KEY, key },
	};

	assert_int_equal(jhcfg_workspace_begin(workspace, "Link"), 0);
	assert_int_equal(jhcfg_workspace_set_link(workspace, &link, &link.key),
			 0);
	jhcfg_workspace_end(workspace);

	assert_int_equal(jhcfg_workspace_begin(workspace, "There and back"), 0);
	set_flags(workspace, key, 7);
	set_flags(workspace, key, 0);
	assert_int_equal(jhcfg_workspace_set_link(workspace, &link, NULL), 0);
	jhcfg_workspace_end(workspace);
	assert_string_equal(jhcfg_workspace_undo_name(workspace), "Link");

	link.rw_size = 0x1000;
	assert_int_equal(jhcfg_workspace_begin(workspace, "Widen"), 0);
	assert_int_equal(jhcfg_workspace_set_link(workspace, &link, NULL), 0);
	jhcfg_workspace_end(workspace);
	assert_string_equal(jhcfg_workspace_undo_name(workspace), "Widen");
}

static void test_workspace_changed_back_is_not_modified(void **state)
{
	struct jhcfg_workspace *workspace = *state;

	assert_int_equal(jhcfg_workspace_begin(workspace, "There"), 0);
	set_flags(workspace, JHCFG_ROOT_KEY, 5);
	jhcfg_workspace_end(workspace);
	assert_true(jhcfg_workspace_is_modified(workspace));
	assert_int_equal(jhcfg_workspace_begin(workspace, "Back"), 0);
	set_flags(workspace, JHCFG_ROOT_KEY, 0);
	jhcfg_workspace_end(workspace);
	assert_false(jhcfg_workspace_is_modified(workspace));
	assert_string_equal(jhcfg_workspace_undo_name(workspace), "Back");
}

static void test_workspace_cancel_takes_all_back(void **state)
{
	struct jhcfg_workspace *workspace = *state;
	uint32_t key = small_add_cell(workspace, "a");

	assert_int_equal(jhcfg_workspace_begin(workspace, "Outer"), 0);
	set_flags(workspace, key, 1);
	assert_int_equal(jhcfg_workspace_begin(workspace, "Inner"), 0);
	set_flags(workspace, key, 2);
	assert_int_equal(jhcfg_workspace_remove_cell(workspace, key), 0);
	jhcfg_workspace_cancel(workspace);
	assert_int_equal(get_flags(workspace, key), 1);
	assert_int_equal(jhcfg_workspace_undo(workspace), -EBUSY);
	set_flags(workspace, key, 3);
	jhcfg_workspace_cancel(workspace);
	assert_int_equal(get_flags(workspace, key), 0);
	assert_string_equal(jhcfg_workspace_undo_name(workspace), "Add cell");
}

static void test_workspace_inner_step_is_part_of_the_outer(void **state)
{
	struct jhcfg_workspace *workspace = *state;

	assert_int_equal(jhcfg_workspace_begin(workspace, "Outer"), 0);
	set_flags(workspace, JHCFG_ROOT_KEY, 1);
	assert_int_equal(jhcfg_workspace_begin(workspace, "Inner"), 0);
	set_flags(workspace, JHCFG_ROOT_KEY, 2);
	jhcfg_workspace_end(workspace);
	jhcfg_workspace_end(workspace);
	assert_string_equal(jhcfg_workspace_undo_name(workspace), "Outer");
	assert_int_equal(jhcfg_workspace_undo(workspace), 0);
	assert_int_equal(get_flags(workspace, JHCFG_ROOT_KEY), 0);
	assert_null(jhcfg_workspace_undo_name(workspace));
}

static void test_workspace_change_after_undo_forgets_redo(void **state)
{
	struct jhcfg_workspace *workspace = *state;

	small_add_cell(workspace, "a");
	assert_int_equal(jhcfg_workspace_undo(workspace), 0);
	small_add_cell(workspace, "b");
	assert_null(jhcfg_workspace_redo_name(workspace));
}

static void test_workspace_fork_goes_its_own_way(void **state)
{
	struct jhcfg_workspace *workspace = *state, *fork;
	uint32_t key = small_add_cell(workspace, "a");

	fork = jhcfg_workspace_fork(workspace);
	assert_non_null(fork);
	assert_null(jhcfg_workspace_undo_name(fork));
	assert_int_equal(jhcfg_workspace_begin(fork, "There"), 0);
	set_flags(fork, key, 5);
	jhcfg_workspace_end(fork);
	assert_int_equal(get_flags(fork, key), 5);
	assert_int_equal(get_flags(workspace, key), 0);

	assert_int_equal(jhcfg_workspace_begin(workspace, "Here"), 0);
	set_flags(workspace, key, 6);
	jhcfg_workspace_end(workspace);
	assert_int_equal(get_flags(fork, key), 5);
	assert_int_equal(small_add_cell(workspace, "b"),
			 small_add_cell(fork, "c"));
	jhcfg_workspace_free(fork);
	assert_int_equal(get_flags(workspace, key), 6);
}

static void test_workspace_names_and_keys_are_unique(void **state)
{
	struct jhcfg_workspace *workspace = *state;
	uint32_t first = small_add_cell(workspace, "a"), second;
	struct jhcfg_config *config =
		jhcfg_config_create(false, JAILHOUSE_ARM64);

	assert_int_equal(jhcfg_config_set_name(config, "a"), 0);
	assert_int_equal(jhcfg_workspace_begin(workspace, "Again"), 0);
	assert_int_equal(jhcfg_workspace_add_cell(workspace, config, &second),
			 -EEXIST);
	assert_int_equal(jhcfg_workspace_remove_cell(workspace, JHCFG_ROOT_KEY),
			 -EINVAL);
	assert_int_equal(jhcfg_workspace_remove_cell(workspace, first), 0);
	assert_int_equal(jhcfg_workspace_add_cell(workspace, config, &second),
			 0);
	jhcfg_workspace_end(workspace);
	assert_int_not_equal(first, second);
	jhcfg_config_free(config);
}

/* --- links -----------------------------------------------------------------
 */

static uint32_t add_link(struct jhcfg_workspace *workspace, uint32_t a,
			 uint32_t b)
{
	struct jhcfg_link link = {
		.name = "net0",
		.bdf = 1 << 3,
		.protocol = JAILHOUSE_SHMEM_PROTO_VETH,
		.base = 0x7f000000,
		.state_size = 0x1000,
		.output_size = 0x7f000,
		.num_peers = 2,
		.peers = { a, b },
	};
	uint32_t key = 0;

	assert_int_equal(jhcfg_workspace_begin(workspace, "Link"), 0);
	assert_int_equal(jhcfg_workspace_set_link(workspace, &link, &key), 0);
	jhcfg_workspace_end(workspace);
	return key;
}

static void set_gic(struct jhcfg_workspace *workspace)
{
	const struct jhcfg_platform platform = { .gicd_base = 0x8000000 };
	struct jhcfg_config *config;

	assert_int_equal(jhcfg_workspace_begin(workspace, "Platform"), 0);
	config = jhcfg_workspace_edit_cell(workspace, JHCFG_ROOT_KEY);
	assert_non_null(config);
	jhcfg_config_set_platform(config, &platform);
	jhcfg_config_set_vpci_irq_base(config, 100);
	jhcfg_workspace_end(workspace);
}

static void test_workspace_link_gives_both_ends(void **state)
{
	struct jhcfg_workspace *workspace = *state;
	uint32_t key = small_add_cell(workspace, "a");
	const struct jhcfg_config *root, *other;
	const struct jhcfg_pci_device *device;

	set_gic(workspace);
	add_link(workspace, JHCFG_ROOT_KEY, key);
	root = jhcfg_workspace_cell(workspace, JHCFG_ROOT_KEY);
	other = jhcfg_workspace_cell(workspace, key);
	device = jhcfg_cell_pci_device(jhcfg_config_cell(other), 0);
	assert_non_null(device);
	assert_int_equal(device->shmem_dev_id, 1);
	assert_int_equal(device->shmem_peers, 2);
	assert_int_equal(device->shmem_regions_start, 0);
	assert_int_equal(jhcfg_cell_num_memory(jhcfg_config_cell(other)), 4);
	/* its own output section, and nobody else's, is writable */
	assert_false(jhcfg_cell_memory(jhcfg_config_cell(other), 2)->flags &
		     JAILHOUSE_MEM_WRITE);
	assert_true(jhcfg_cell_memory(jhcfg_config_cell(other), 3)->flags &
		    JAILHOUSE_MEM_WRITE);
	assert_true(jhcfg_cell_memory(jhcfg_config_cell(root), 2)->flags &
		    JAILHOUSE_MEM_WRITE);
	assert_int_equal(
		jhcfg_cell_memory(jhcfg_config_cell(other), 3)->phys_start,
		0x7f080000);
	/* slot 1 has pin B */
	assert_true(jhcfg_config_has_irq(root, 0x8000000, 32 + 100 + 1));
	assert_true(jhcfg_config_has_irq(other, 0x8000000, 32 + 1));

	assert_int_equal(jhcfg_workspace_undo(workspace), 0);
	assert_int_equal(jhcfg_cell_num_memory(jhcfg_config_cell(
				 jhcfg_workspace_cell(workspace, key))),
			 0);
}

static void test_workspace_link_with_bad_ends_is_refused(void **state)
{
	struct jhcfg_workspace *workspace = *state;
	struct jhcfg_link link = {
		.name = "x",
		.base = 0x1000,
		.state_size = 0x1000,
		.num_peers = 2,
		.peers = { JHCFG_ROOT_KEY, JHCFG_ROOT_KEY },
	};

	assert_int_equal(jhcfg_workspace_begin(workspace, "Link"), 0);
	assert_int_equal(jhcfg_workspace_set_link(workspace, &link, NULL),
			 -EINVAL);
	link.peers[1] = 99;
	assert_int_equal(jhcfg_workspace_set_link(workspace, &link, NULL),
			 -EINVAL);
	link.peers[1] = 0;
	link.state_size = 0x800;
	assert_int_equal(jhcfg_workspace_set_link(workspace, &link, NULL),
			 -EINVAL);
	jhcfg_workspace_end(workspace);
}

static void test_workspace_removed_cell_leaves_link_and_scenario(void **state)
{
	struct jhcfg_workspace *workspace = *state;
	uint32_t a = small_add_cell(workspace, "a"),
		 b = small_add_cell(workspace, "b");
	const uint32_t cells[] = { a, b };
	const struct jhcfg_scenario scenario = { "both", cells, 2 };

	add_link(workspace, a, b);
	assert_int_equal(jhcfg_workspace_begin(workspace, "Scenario"), 0);
	assert_int_equal(jhcfg_workspace_set_scenario(workspace, &scenario), 0);
	jhcfg_workspace_end(workspace);

	assert_int_equal(jhcfg_workspace_begin(workspace, "Remove"), 0);
	assert_int_equal(jhcfg_workspace_remove_cell(workspace, a), 0);
	jhcfg_workspace_end(workspace);
	assert_int_equal(jhcfg_workspace_link(workspace, 0)->peers[0], 0);
	assert_int_equal(jhcfg_workspace_scenario(workspace, 0)->num_cells, 1);

	assert_int_equal(jhcfg_workspace_begin(workspace, "Remove"), 0);
	assert_int_equal(jhcfg_workspace_remove_cell(workspace, b), 0);
	jhcfg_workspace_end(workspace);
	assert_int_equal(jhcfg_workspace_num_links(workspace), 0);

	assert_int_equal(jhcfg_workspace_undo(workspace), 0);
	assert_int_equal(jhcfg_workspace_undo(workspace), 0);
	assert_int_equal(jhcfg_workspace_link(workspace, 0)->peers[0], a);
	assert_int_equal(jhcfg_workspace_scenario(workspace, 0)->num_cells, 2);
}

/* --- many random steps against copies ---------------------------------------
 */

static uint32_t random_state;

static uint32_t next_random(void)
{
	random_state = random_state * 1664525u + 1013904223u;
	return random_state >> 8;
}

static void random_edit(struct jhcfg_workspace *workspace, uint32_t key)
{
	struct jhcfg_config *config = jhcfg_workspace_edit_cell(workspace, key);
	struct jhcfg_memory memory = { .size = next_random() };

	assert_non_null(config);
	switch (next_random() % 4) {
	case 0:
		jhcfg_config_insert_memory(config, next_random() % 8, &memory);
		break;
	case 1:
		jhcfg_config_remove_memory(config, next_random() % 8);
		break;
	case 2:
		jhcfg_config_add_irq(config, 0x8000000,
				     32 + next_random() % 900);
		break;
	case 3:
		jhcfg_config_add_cpu(config, next_random() % 256);
		break;
	}
}

/* Of cells by key, as they are now. */
static void copy_cells(const struct jhcfg_workspace *workspace,
		       const uint32_t keys[3], struct jhcfg_config *copies[3])
{
	for (unsigned int n = 0; n < 3; n++)
		copies[n] = jhcfg_config_copy(
			jhcfg_workspace_cell(workspace, keys[n]));
}

static bool cells_equal(const struct jhcfg_workspace *workspace,
			const uint32_t keys[3], struct jhcfg_config *copies[3])
{
	bool equal = true;

	for (unsigned int n = 0; n < 3; n++)
		equal &= jhcfg_config_equal(
			copies[n], jhcfg_workspace_cell(workspace, keys[n]));
	return equal;
}

static void free_cells(struct jhcfg_config *copies[3])
{
	for (unsigned int n = 0; n < 3; n++)
		jhcfg_config_free(copies[n]);
}

static void test_workspace_random_steps_undo_to_equal_contents(void **state)
{
	struct jhcfg_workspace *workspace = *state;
	uint32_t keys[] = { JHCFG_ROOT_KEY, small_add_cell(workspace, "a"),
			    small_add_cell(workspace, "b") };
	struct jhcfg_config *copies[STEPS][3];
	const char *seed = getenv("JHW_SEED");
	unsigned int steps = 0;

	random_state = seed ? (uint32_t)strtoul(seed, NULL, 0) : 0x6a687731;
	printf("JHW_SEED=0x%x\n", random_state);
	for (unsigned int n = 0; n < STEPS; n++) {
		copy_cells(workspace, keys, copies[steps]);
		assert_int_equal(jhcfg_workspace_begin(workspace, "Random"), 0);
		random_edit(workspace, keys[next_random() % 3]);
		random_edit(workspace, keys[next_random() % 3]);
		jhcfg_workspace_end(workspace);
		/* An edit may do nothing; such a step is none. */
		if (cells_equal(workspace, keys, copies[steps]))
			free_cells(copies[steps]);
		else
			steps++;
	}
	assert_true(steps > STEPS / 2);
	while (steps-- > 0) {
		assert_int_equal(jhcfg_workspace_undo(workspace), 0);
		assert_true(cells_equal(workspace, keys, copies[steps]));
		free_cells(copies[steps]);
	}
	assert_string_equal(jhcfg_workspace_undo_name(workspace), "Add cell");
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_workspace_undo_goes_back_and_redo_forth),
		CASE(test_workspace_edit_outside_of_a_step_is_refused),
		CASE(test_workspace_step_without_change_leaves_no_trace),
		CASE(test_workspace_edit_to_equal_contents_leaves_no_trace),
		CASE(test_workspace_changed_back_is_not_modified),
		CASE(test_workspace_cancel_takes_all_back),
		CASE(test_workspace_inner_step_is_part_of_the_outer),
		CASE(test_workspace_change_after_undo_forgets_redo),
		CASE(test_workspace_fork_goes_its_own_way),
		CASE(test_workspace_names_and_keys_are_unique),
		CASE(test_workspace_link_gives_both_ends),
		CASE(test_workspace_link_with_bad_ends_is_refused),
		CASE(test_workspace_removed_cell_leaves_link_and_scenario),
		CASE(test_workspace_random_steps_undo_to_equal_contents),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
