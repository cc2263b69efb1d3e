// SPDX-License-Identifier: GPL-2.0-or-later
/* Plans for what is moved: what comes with a device or a CPU, and why not. */
#include <cmocka_all.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <jailhouse/cell-config.h>

#include "model/board.h"
#include "plan_board.h"
#include "plan_fixture.h"

/* --- devices -----------------------------------------------------------------
 */

static void test_plan_device_brings_what_belongs_to_it(void **state)
{
	uint32_t key = add_cell("rtos");
	const struct jhcfg_memory *memory;
	struct jhcfg_plan *plan;

	(void)state;
	assert_int_equal(jhcfg_plan_assign_device(workspace, key, device("eth"),
						  diags, &plan),
			 0);
	assert_string_equal(jhcfg_plan_name(plan), "Give eth to rtos");
	assert_non_null(find(plan, JHCFG_PLAN_ADD_MEMORY, "eth"));
	assert_non_null(find(plan, JHCFG_PLAN_ADD_IRQ, "SPI 18 (INTID 50)"));
	assert_non_null(find(plan, JHCFG_PLAN_ADD_STREAM_ID, "0x77"));
	/* the line is not its own */
	assert_non_null(find(plan, JHCFG_PLAN_WARNING, "that of dma"));
	/* nothing has happened yet */
	assert_int_equal(jhcfg_cell_num_memory(cell(key)), 0);

	apply(plan);
	memory = region_at(key, BOARD_ETH);
	assert_non_null(memory);
	assert_int_equal(memory->size, 0x10000);
	assert_int_equal(memory->flags, JAILHOUSE_MEM_READ |
						JAILHOUSE_MEM_WRITE |
						JAILHOUSE_MEM_IO);
	assert_true(has_irq(key, BOARD_ETH_IRQ));
	assert_int_equal(jhcfg_cell_stream_id(cell(key), 0)->id, BOARD_STREAM);
	assert_string_equal(jhcfg_workspace_undo_name(workspace),
			    "Give eth to rtos");

	assert_int_equal(jhcfg_workspace_undo(workspace), 0);
	assert_int_equal(jhcfg_cell_num_memory(cell(key)), 0);
	assert_false(has_irq(key, BOARD_ETH_IRQ));
	assert_int_equal(jhcfg_cell_num_stream_ids(cell(key)), 0);
}

static void test_plan_device_names_page_neighbours_and_clocks(void **state)
{
	uint32_t key = add_cell("rtos");
	struct jhcfg_plan *plan;

	(void)state;
	assert_int_equal(jhcfg_plan_assign_device(
				 workspace, key, device("uart1"), diags, &plan),
			 0);
	assert_non_null(
		find(plan, JHCFG_PLAN_NOTE, "page 0x2810000 also holds uart2"));
	assert_non_null(
		find(plan, JHCFG_PLAN_NOTE, "clock clk (fck) stays with root"));
	assert_non_null(find(plan, JHCFG_PLAN_SET_CONSOLE, "uart1"));
	apply(plan);
	/* its own part of the page, at the width of its registers */
	assert_int_equal(region_at(key, BOARD_UART1)->size, 0x100);
	assert_true(region_at(key, BOARD_UART1)->flags & JAILHOUSE_MEM_IO_32);
	assert_false(region_at(key, BOARD_UART1)->flags & JAILHOUSE_MEM_IO_8);
	assert_null(region_at(key, BOARD_UART2));
	assert_int_equal(jhcfg_cell_console(cell(key))->address, BOARD_UART1);
}

static void test_plan_device_alone_in_its_page_takes_the_page(void **state)
{
	uint32_t key = add_cell("rtos");
	struct jhcfg_plan *plan;

	(void)state;
	assert_int_equal(jhcfg_plan_assign_device(
				 workspace, key, device("uart0"), diags, &plan),
			 0);
	assert_non_null(
		find(plan, JHCFG_PLAN_WARNING, "is the console of Linux"));
	apply(plan);
	assert_int_equal(region_at(key, BOARD_UART0)->size, 0x1000);
}

static void test_plan_device_moves_from_cell_to_cell(void **state)
{
	uint32_t a = add_cell("a"), b = add_cell("b");

	(void)state;
	give(a, "uart1");
	give(b, "uart1");
	assert_null(region_at(a, BOARD_UART1));
	assert_false(has_irq(a, BOARD_UART1_IRQ));
	assert_int_equal(jhcfg_cell_console(cell(a))->type, 0);
	assert_non_null(region_at(b, BOARD_UART1));
	assert_true(has_irq(b, BOARD_UART1_IRQ));

	give(JHCFG_ROOT_KEY, "uart1");
	assert_null(region_at(b, BOARD_UART1));
	assert_int_equal(jhcfg_cell_num_irqchips(cell(b)), 0);
}

/* Two functions that share their capabilities, as in most configurations. */
static void add_functions(uint32_t key)
{
	struct jhcfg_pci_device function = {
		.type = JAILHOUSE_PCI_TYPE_DEVICE,
		.num_caps = 2,
	};
	struct jhcfg_config *config;

	assert_int_equal(jhcfg_workspace_begin(workspace, "Functions"), 0);
	config = jhcfg_workspace_edit_cell(workspace, key);
	function.caps_start =
		(uint16_t)jhcfg_cell_num_pci_caps(jhcfg_config_cell(config));
	for (uint16_t id = 5; id < 7; id++) {
		const struct jhcfg_pci_cap cap = { .id = id };

		assert_int_equal(
			jhcfg_config_insert_pci_cap(config, SIZE_MAX, &cap), 0);
	}
	for (function.bdf = 0x20; function.bdf < 0x30; function.bdf += 8)
		assert_int_equal(jhcfg_config_insert_pci_device(
					 config, SIZE_MAX, &function),
				 0);
	jhcfg_workspace_end(workspace);
}

static void test_plan_pci_leaves_capabilities_that_others_share(void **state)
{
	uint32_t key = add_cell("rtos");
	const struct jhcfg_pci_device *left;
	struct jhcfg_plan *plan;

	(void)state;
	add_functions(JHCFG_ROOT_KEY);
	add_functions(key);
	for (uint16_t bdf = 0x20; bdf < 0x30; bdf += 8) {
		assert_int_equal(jhcfg_plan_assign_pci(workspace,
						       JHCFG_ROOT_KEY, 0, bdf,
						       diags, &plan),
				 0);
		apply(plan);
		if (bdf > 0x20)
			break;
		left = jhcfg_cell_pci_device(cell(key), 0);
		assert_non_null(left);
		assert_int_equal(left->bdf, 0x28);
		assert_int_equal(left->num_caps, 2);
		for (size_t n = 0; n < 2; n++)
			assert_int_equal(
				jhcfg_cell_pci_cap(cell(key),
						   left->caps_start + n)
					->id,
				5 + n);
	}
	assert_int_equal(jhcfg_cell_num_pci_caps(cell(key)), 0);
}

static void test_plan_device_given_twice_changes_nothing(void **state)
{
	uint32_t key = add_cell("rtos");

	(void)state;
	give(key, "eth");
	give(key, "eth");
	assert_int_equal(jhcfg_cell_num_memory(cell(key)), 1);
	assert_string_equal(jhcfg_workspace_undo_name(workspace),
			    "Give eth to rtos");
	assert_int_equal(jhcfg_workspace_undo(workspace), 0);
	assert_string_equal(jhcfg_workspace_undo_name(workspace), "Add cell");
}

static void test_plan_shared_line_of_another_cell_is_refused(void **state)
{
	uint32_t a = add_cell("a"), b = add_cell("b");
	struct jhcfg_plan *plan;

	(void)state;
	give(a, "eth");
	assert_int_equal(jhcfg_plan_assign_device(workspace, b, device("dma"),
						  diags, &plan),
			 -EBUSY);
	assert_true(said("INTID 50 of dma belongs to cell \"a\""));
}

static void test_plan_iommu_is_not_given_away(void **state)
{
	uint32_t key = add_cell("rtos");
	struct jhcfg_plan *plan;

	(void)state;
	assert_int_equal(jhcfg_plan_assign_device(workspace, key,
						  device("smmu"), diags, &plan),
			 -EPERM);
	assert_int_equal(
		jhcfg_plan_assign_device(workspace, key, 4711, diags, &plan),
		-ENOENT);
	assert_int_equal(jhcfg_plan_assign_device(workspace, 99, device("eth"),
						  diags, &plan),
			 -ENOENT);
}

static void test_plan_of_other_contents_is_stale(void **state)
{
	uint32_t key = add_cell("rtos");
	struct jhcfg_plan *plan;

	(void)state;
	assert_int_equal(jhcfg_plan_assign_device(workspace, key, device("eth"),
						  diags, &plan),
			 0);
	add_cell("other");
	assert_int_equal(jhcfg_plan_apply(workspace, plan), -ESTALE);
	/* as it was again: fits again */
	assert_int_equal(jhcfg_workspace_undo(workspace), 0);
	apply(plan);
	assert_true(has_irq(key, BOARD_ETH_IRQ));
}

/* COM2 of a PC: ports in place of registers. */
static void test_plan_device_with_ports_brings_and_returns_them(void **state)
{
	struct jhcfg_board *board = jhcfg_board_new(JAILHOUSE_X86);
	struct jhcfg_hw_port port = { .base = 0x2f8, .length = 8 };
	struct jhcfg_hw_irq irq = { .number = 3 };
	struct jhcfg_hw_device com2 = {
		.kind = JHCFG_HW_DEVICE_UART,
		.name = "com2",
		.parent = JHCFG_NO_INDEX,
		.ports = &port,
		.num_ports = 1,
		.irqs = &irq,
		.num_irqs = 1,
		.console_type = JAILHOUSE_CON_TYPE_8250,
	};
	uint32_t key;

	(void)state;
	jhcfg_board_add_device(board, &com2);
	assert_int_equal(jhcfg_board_finish(board), 0);
	jhcfg_workspace_free(workspace);
	workspace = jhcfg_workspace_new(JAILHOUSE_X86, board);
	jhcfg_board_free(board);
	key = add_cell("rtos");
	give(key, "com2");
	assert_int_equal(jhcfg_cell_num_pio(cell(key)), 1);
	assert_int_equal(jhcfg_cell_pio(cell(key), 0)->base, 0x2f8);
	assert_int_equal(jhcfg_cell_console(cell(key))->address, 0x2f8);
	assert_int_equal(jhcfg_cell_console(cell(key))->flags,
			 JAILHOUSE_CON_ACCESS_PIO);
	give(JHCFG_ROOT_KEY, "com2");
	assert_int_equal(jhcfg_cell_num_pio(cell(key)), 0);
	assert_int_equal(jhcfg_cell_console(cell(key))->type, 0);
}

/* --- CPUs --------------------------------------------------------------------
 */

static void test_plan_cpu_moves_and_comes_back(void **state)
{
	uint32_t a = add_cell("a"), b = add_cell("b");
	struct jhcfg_plan *plan;

	(void)state;
	assert_int_equal(jhcfg_plan_move_cpu(workspace, a, 3, diags, &plan), 0);
	apply(plan);
	assert_true(jhcfg_cell_has_cpu(cell(a), 3));
	assert_int_equal(jhcfg_plan_move_cpu(workspace, b, 3, diags, &plan), 0);
	apply(plan);
	assert_false(jhcfg_cell_has_cpu(cell(a), 3));
	assert_true(jhcfg_cell_has_cpu(cell(b), 3));
	assert_int_equal(
		jhcfg_plan_move_cpu(workspace, JHCFG_ROOT_KEY, 3, diags, &plan),
		0);
	apply(plan);
	assert_false(jhcfg_cell_has_cpu(cell(b), 3));
}

static void test_plan_last_cpu_of_root_stays(void **state)
{
	uint32_t key = add_cell("rtos");
	struct jhcfg_plan *plan;

	(void)state;
	for (unsigned int cpu = 1; cpu < 4; cpu++) {
		assert_int_equal(
			jhcfg_plan_move_cpu(workspace, key, cpu, diags, &plan),
			0);
		apply(plan);
	}
	assert_int_equal(jhcfg_plan_move_cpu(workspace, key, 0, diags, &plan),
			 -EBUSY);
	assert_true(said("CPU 0 is the last one of the root"));
	assert_int_equal(jhcfg_plan_move_cpu(workspace, key, 9, diags, &plan),
			 -ENOENT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_plan_device_brings_what_belongs_to_it),
		CASE(test_plan_device_names_page_neighbours_and_clocks),
		CASE(test_plan_device_alone_in_its_page_takes_the_page),
		CASE(test_plan_device_moves_from_cell_to_cell),
		CASE(test_plan_pci_leaves_capabilities_that_others_share),
		CASE(test_plan_device_given_twice_changes_nothing),
		CASE(test_plan_shared_line_of_another_cell_is_refused),
		CASE(test_plan_iommu_is_not_given_away),
		CASE(test_plan_of_other_contents_is_stale),
		CASE(test_plan_device_with_ports_brings_and_returns_them),
		CASE(test_plan_cpu_moves_and_comes_back),
		CASE(test_plan_last_cpu_of_root_stays),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
