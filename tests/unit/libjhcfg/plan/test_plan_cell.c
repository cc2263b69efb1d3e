// SPDX-License-Identifier: GPL-2.0-or-later
/* Plans for a new cell and its memory: what is chosen for it, and why not. */
#include <cmocka_all.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <jailhouse/cell-config.h>

#include "plan_board.h"
#include "plan_fixture.h"

#define MIB 0x100000ULL

/* --- cells -------------------------------------------------------------------
 */

static struct jhcfg_plan *plan_cell_for(const struct jhcfg_plan_request *wish)
{
	struct jhcfg_plan *plan = NULL;

	if (jhcfg_plan_cell(workspace, wish, diags, &plan))
		said("?");
	assert_non_null(plan);
	return plan;
}

static uint32_t last_key(void)
{
	return jhcfg_workspace_cell_key(
		workspace, jhcfg_workspace_num_cells(workspace) - 1);
}

static void test_plan_cell_takes_a_whole_cluster(void **state)
{
	const char *devices[] = { "uart1" };
	struct jhcfg_plan_request wish = {
		.name = "rtos",
		.num_cpus = 2,
		.memory_size = 16 * MIB,
		.devices = devices,
		.num_devices = 1,
	};
	struct jhcfg_plan *plan = plan_cell_for(&wish);
	const struct jhcfg_plan_op *ram;
	uint32_t key;

	(void)state;
	assert_non_null(find(plan, JHCFG_PLAN_NOTE, "Linux needs: "));
	assert_non_null(find(plan, JHCFG_PLAN_NOTE, "pages of its pool"));
	/* out of the inmates' RAM, for large pages, at 0 in the guest */
	ram = need(plan, JHCFG_PLAN_ADD_MEMORY, "ram");
	assert_int_equal(ram->memory.size, 16 * MIB);
	assert_int_equal(ram->memory.phys_start % (2 * MIB), 0);
	assert_int_equal(ram->memory.virt_start, 0);
	apply(plan);
	key = last_key();
	assert_string_equal(jhcfg_cell_name(cell(key)), "rtos");
	assert_int_equal(jhcfg_cell_num_cpus(cell(key)), 2);
	assert_true(jhcfg_cell_has_cpu(cell(key), 2));
	assert_true(jhcfg_cell_has_cpu(cell(key), 3));
	assert_true(has_irq(key, BOARD_UART1_IRQ));
	assert_int_equal(jhcfg_workspace_undo(workspace), 0);
	assert_int_equal(jhcfg_workspace_num_cells(workspace), 1);
}

/* The interrupt controller of the board is at 24 MiB. */
static void test_plan_large_ram_leaves_registers_out(void **state)
{
	struct jhcfg_plan_request wish = {
		.name = "rtos",
		.num_cpus = 1,
		.memory_size = 32 * MIB,
	};
	struct jhcfg_plan *plan = plan_cell_for(&wish);
	const struct jhcfg_plan_op *low =
		need(plan, JHCFG_PLAN_ADD_MEMORY, "low-ram");
	const struct jhcfg_plan_op *op, *ram = NULL;

	(void)state;
	for (size_t n = 0; (op = jhcfg_plan_op(plan, n)); n++)
		if (op->kind == JHCFG_PLAN_ADD_MEMORY &&
		    !strcmp(op->what, "ram"))
			ram = op;
	assert_non_null(ram);
	assert_int_equal(low->memory.virt_start, 0);
	if (ram) {
		assert_int_equal(ram->memory.virt_start,
				 ram->memory.phys_start);
		assert_int_equal(low->memory.size + ram->memory.size, 32 * MIB);
	}
	jhcfg_plan_free(plan);
}

/* The link's regions are beside the RAM of the root, not in it. */
static void test_plan_link_is_cut_out_of_the_roots_ram(void **state)
{
	const struct jhcfg_plan_link link = { .peer = "root",
					      .rw_size = 64 * 1024 };
	struct jhcfg_plan_request wish = {
		.name = "rtos",
		.num_cpus = 1,
		.memory_size = MIB,
		.links = &link,
		.num_links = 1,
	};
	const struct jhcfg_memory *memory;
	const struct jhcfg_link *made;

	(void)state;
	apply(plan_cell_for(&wish));
	made = jhcfg_workspace_link(workspace, 0);
	for (size_t n = 0;
	     (memory = jhcfg_cell_memory(cell(JHCFG_ROOT_KEY), n)); n++)
		if (!(memory->flags & JAILHOUSE_MEM_ROOTSHARED))
			assert_false(made->base - memory->phys_start <
				     memory->size);
}

static void test_plan_cell_links_both_ends(void **state)
{
	const struct jhcfg_plan_link links[] = {
		{ .peer = "root",
		  .protocol = JAILHOUSE_SHMEM_PROTO_VETH,
		  .output_size = JHCFG_PLAN_NET_OUTPUT },
		{ .peer = "root",
		  .protocol = JAILHOUSE_SHMEM_PROTO_UNDEFINED,
		  .rw_size = 1 },
	};
	struct jhcfg_plan_request wish = {
		.name = "rtos",
		.num_cpus = 1,
		.memory_size = MIB,
		.links = links,
		.num_links = 2,
	};
	const struct jhcfg_link *net, *raw;

	(void)state;
	apply(plan_cell_for(&wish));
	net = jhcfg_workspace_link(workspace, 0);
	raw = jhcfg_workspace_link(workspace, 1);
	assert_string_equal(net->name, "net0");
	assert_string_equal(raw->name, "link0");
	assert_int_not_equal(net->bdf, raw->bdf);
	assert_int_equal(net->peers[0], JHCFG_ROOT_KEY);
	assert_int_equal(net->peers[1], last_key());
	assert_int_equal(raw->rw_size, 0x1000);
	/* lines of its own, not the root's */
	assert_int_not_equal(jhcfg_cell_vpci_irq_base(cell(last_key())),
			     jhcfg_cell_vpci_irq_base(cell(JHCFG_ROOT_KEY)));
	assert_int_equal(jhcfg_cell_num_pci_devices(cell(last_key())), 2);
	assert_int_equal(jhcfg_cell_num_pci_devices(cell(JHCFG_ROOT_KEY)), 2);
}

static void test_plan_linux_cell_has_ram_in_its_place_and_a_loader(void **state)
{
	struct jhcfg_plan_request wish = {
		.name = "linux",
		.num_cpus = 2,
		.memory_size = 48 * MIB,
		.linux_guest = true,
	};
	const struct jhcfg_memory *memory;
	bool loader = false, ram = false;

	(void)state;
	apply(plan_cell_for(&wish));
	for (size_t n = 0; (memory = jhcfg_cell_memory(cell(last_key()), n));
	     n++) {
		loader |= !memory->virt_start &&
			  memory->flags & JAILHOUSE_MEM_LOADABLE;
		ram |= memory->virt_start == memory->phys_start &&
		       memory->flags & JAILHOUSE_MEM_DMA &&
		       memory->size == 48 * MIB;
	}
	assert_true(loader);
	assert_true(ram);
	assert_int_equal(jhcfg_cell_reset_address(cell(last_key())), 0);
}

static void test_plan_memory_that_is_not_reserved_is_warned_of(void **state)
{
	struct jhcfg_plan_request wish = {
		.name = "large",
		.num_cpus = 1,
		.memory_size = 300 * MIB, /* inmates have 64 */
	};
	struct jhcfg_plan *plan = plan_cell_for(&wish);

	(void)state;
	assert_non_null(find(plan, JHCFG_PLAN_WARNING, "reserve ["));
	assert_non_null(find(plan, JHCFG_PLAN_NOTE, "Linux needs: "));
	jhcfg_plan_free(plan);
}

static void test_plan_refusal_names_the_fewest_wishes(void **state)
{
	const char *devices[] = { "uart1", "eth" };
	struct jhcfg_plan_request wish = {
		.name = "rtos",
		.num_cpus = 4,
		.memory_size = 32 * MIB,
		.devices = devices,
		.num_devices = 2,
	};
	struct jhcfg_plan *plan = NULL;

	(void)state;
	assert_int_equal(jhcfg_plan_cell(workspace, &wish, diags, &plan),
			 -ENOSPC);
	assert_null(plan);
	assert_true(said("4 CPUs are wanted, the root can give 3"));
	assert_true(said("cannot be had: 4 CPUs"));
	assert_int_equal(jhcfg_workspace_num_cells(workspace), 1);
}

/* One hole of 512 MiB is below the firmware's memory; the other is smaller. */
static void test_plan_refusal_of_two_that_exclude_each_other(void **state)
{
	struct jhcfg_plan_link link = { .peer = "root", .rw_size = 509 * MIB };
	const char *devices[] = { "uart1" };
	struct jhcfg_plan_request wish = {
		.name = "rtos",
		.num_cpus = 1,
		.memory_size = 510 * MIB,
		.devices = devices,
		.num_devices = 1,
	};
	struct jhcfg_plan *plan = NULL;

	(void)state;
	assert_int_equal(jhcfg_plan_cell(workspace, &wish, diags, &plan), 0);
	jhcfg_plan_free(plan);
	wish.links = &link;
	wish.num_links = 1;
	wish.memory_size = 100 * MIB;
	assert_int_equal(jhcfg_plan_cell(workspace, &wish, diags, &plan), 0);
	jhcfg_plan_free(plan);
	wish.memory_size = 510 * MIB;
	assert_int_equal(jhcfg_plan_cell(workspace, &wish, diags, &plan),
			 -ENOSPC);
	assert_true(said("cannot hold together: 510M of memory, link to root"));
}

static void test_plan_device_of_another_cell_is_refused(void **state)
{
	uint32_t key = add_cell("other");
	const char *devices[] = { "eth" };
	struct jhcfg_plan_request wish = {
		.name = "rtos",
		.num_cpus = 1,
		.memory_size = MIB,
		.devices = devices,
		.num_devices = 1,
	};
	struct jhcfg_plan *plan = NULL;

	(void)state;
	give(key, "eth");
	assert_int_equal(jhcfg_plan_cell(workspace, &wish, diags, &plan),
			 -EBUSY);
	assert_true(said("eth belongs to cell \"other\""));
	assert_true(said("cannot be had: device eth"));
}

static void test_plan_scenario_may_share_what_excludes_itself(void **state)
{
	uint32_t key = add_cell("other");
	const uint32_t none[] = { add_cell("third") };
	const struct jhcfg_scenario scenario = { .name = "only-third",
						 .cells = none,
						 .num_cells = 1 };
	const char *devices[] = { "eth" };
	struct jhcfg_plan_request wish = {
		.name = "rtos",
		.scenario = "only-third",
		.num_cpus = 1,
		.memory_size = MIB,
		.devices = devices,
		.num_devices = 1,
	};

	(void)state;
	give(key, "eth");
	assert_int_equal(jhcfg_workspace_begin(workspace, "Scenario"), 0);
	assert_int_equal(jhcfg_workspace_set_scenario(workspace, &scenario), 0);
	jhcfg_workspace_end(workspace);
	apply(plan_cell_for(&wish));
	assert_non_null(region_at(key, BOARD_ETH));
	assert_non_null(region_at(last_key(), BOARD_ETH));
}

static void test_plan_names_that_are_taken_or_bad_are_refused(void **state)
{
	struct jhcfg_plan_request wish = { .name = "rtos", .num_cpus = 1 };
	struct jhcfg_plan *plan = NULL;

	(void)state;
	add_cell("rtos");
	assert_int_equal(jhcfg_plan_cell(workspace, &wish, diags, &plan),
			 -EEXIST);
	wish.name = "";
	assert_int_equal(jhcfg_plan_cell(workspace, &wish, diags, &plan),
			 -EINVAL);
	wish.name = "a name of more than thirty-one bytes";
	assert_int_equal(jhcfg_plan_cell(workspace, &wish, diags, &plan),
			 -EINVAL);
}

/* --- memory ------------------------------------------------------------------
 */

static void test_plan_memory_at_a_place_that_is_taken_is_refused(void **state)
{
	uint32_t key = add_cell("rtos");
	struct jhcfg_plan_memory memory = {
		.size = MIB,
		.fixed_phys = true,
		.phys = BOARD_FIRMWARE,
	};
	struct jhcfg_plan *plan;

	(void)state;
	assert_int_equal(jhcfg_plan_add_memory(workspace, key, NULL, &memory,
					       diags, &plan),
			 -EBUSY);
	memory.phys = 0x1000;
	assert_int_equal(jhcfg_plan_add_memory(workspace, key, NULL, &memory,
					       diags, &plan),
			 -ENOENT);
	memory.phys = BOARD_RAM + 0x10000001;
	assert_int_equal(jhcfg_plan_add_memory(workspace, key, NULL, &memory,
					       diags, &plan),
			 -EINVAL);
	memory.phys = BOARD_RAM + 0x10000000;
	assert_int_equal(jhcfg_plan_add_memory(workspace, key, NULL, &memory,
					       diags, &plan),
			 0);
	apply(plan);
	assert_non_null(region_at(key, BOARD_RAM + 0x10000000));
	/* there is RAM at 0 of the guest now */
	memory.phys += 2 * MIB;
	assert_int_equal(jhcfg_plan_add_memory(workspace, key, NULL, &memory,
					       diags, &plan),
			 -EBUSY);
}

static void test_plan_reservation_of_the_command_line_is_kept(void **state)
{
	char *text;

	(void)state;
	tear_down(NULL);
	assert_int_equal(set_up_with("quiet mem=900M console=ttyS0"), 0);
	text = jhcfg_plan_reservation(workspace, NULL);
	assert_string_equal(text, "mem=900M");
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_plan_cell_takes_a_whole_cluster),
		CASE(test_plan_large_ram_leaves_registers_out),
		CASE(test_plan_link_is_cut_out_of_the_roots_ram),
		CASE(test_plan_cell_links_both_ends),
		CASE(test_plan_linux_cell_has_ram_in_its_place_and_a_loader),
		CASE(test_plan_memory_that_is_not_reserved_is_warned_of),
		CASE(test_plan_refusal_names_the_fewest_wishes),
		CASE(test_plan_refusal_of_two_that_exclude_each_other),
		CASE(test_plan_device_of_another_cell_is_refused),
		CASE(test_plan_scenario_may_share_what_excludes_itself),
		CASE(test_plan_names_that_are_taken_or_bad_are_refused),
		CASE(test_plan_memory_at_a_place_that_is_taken_is_refused),
		CASE(test_plan_reservation_of_the_command_line_is_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
