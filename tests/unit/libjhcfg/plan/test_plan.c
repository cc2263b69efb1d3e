// SPDX-License-Identifier: GPL-2.0-or-later
/* Plans: what comes with a device, what is chosen for a cell, and why not. */
#include <cmocka_all.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jailhouse/cell-config.h>
#include <jhcfg/plan.h>

#include "model/board.h"
#include "plan_board.h"
#include "small.h"

#define MIB 0x100000ULL

static struct jhcfg_workspace *workspace;
static struct jhcfg_diags *diags;

static int set_up_with(const char *command_line)
{
	struct board_shape shape = { 2, 2, command_line };

	workspace = plan_workspace_make(plan_board_make(&shape));
	diags = jhcfg_diags_new();
	return workspace && diags ? 0 : -1;
}

static int set_up(void **state)
{
	(void)state;
	return set_up_with(NULL);
}

static int tear_down(void **state)
{
	(void)state;
	jhcfg_workspace_free(workspace);
	jhcfg_diags_free(diags);
	return 0;
}

static uint32_t add_cell(const char *name)
{
	return small_add_cell(workspace, name);
}

static const struct jhcfg_cell *cell(uint32_t key)
{
	return jhcfg_config_cell(jhcfg_workspace_cell(workspace, key));
}

static size_t device(const char *name)
{
	size_t index =
		jhcfg_board_find_device(jhcfg_workspace_board(workspace), name);

	assert_true(index != JHCFG_NO_INDEX);
	return index;
}

/* An operation or note whose text has these parts. */
static const struct jhcfg_plan_op *find(const struct jhcfg_plan *plan,
					enum jhcfg_plan_kind kind,
					const char *part)
{
	const struct jhcfg_plan_op *op;

	for (size_t n = 0; (op = jhcfg_plan_op(plan, n)); n++)
		if (op->kind == kind && strstr(op->what, part))
			return op;
	return NULL;
}

/* The same; it is there. */
static const struct jhcfg_plan_op *need(const struct jhcfg_plan *plan,
					enum jhcfg_plan_kind kind,
					const char *part)
{
	const struct jhcfg_plan_op *op = find(plan, kind, part);

	if (!op) {
		fail_msg("no operation \"%s\"", part);
		abort();
	}
	return op;
}

static bool has_irq(uint32_t key, uint32_t number)
{
	return jhcfg_config_has_irq(jhcfg_workspace_cell(workspace, key),
				    BOARD_GICD, number);
}

static const struct jhcfg_memory *region_at(uint32_t key, uint64_t phys)
{
	const struct jhcfg_memory *memory;

	for (size_t n = 0; (memory = jhcfg_cell_memory(cell(key), n)); n++)
		if (!(memory->flags & JAILHOUSE_MEM_COMM_REGION) &&
		    phys - memory->phys_start < memory->size)
			return memory;
	return NULL;
}

static void apply(struct jhcfg_plan *plan)
{
	assert_int_equal(jhcfg_plan_apply(workspace, plan), 0);
	jhcfg_plan_free(plan);
}

static void give(uint32_t key, const char *name)
{
	struct jhcfg_plan *plan;

	assert_int_equal(jhcfg_plan_assign_device(workspace, key, device(name),
						  diags, &plan),
			 0);
	apply(plan);
}

static bool said(const char *part)
{
	const struct jhcfg_diag *diag;

	for (size_t n = 0; (diag = jhcfg_diags_get(diags, n)); n++)
		if (strstr(diag->text, part))
			return true;
	for (size_t n = 0; (diag = jhcfg_diags_get(diags, n)); n++)
		print_message("said: %s\n", diag->text);
	return false;
}

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

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

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
