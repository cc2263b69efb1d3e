// SPDX-License-Identifier: GPL-2.0-or-later
/* Boards: what an importer puts in comes out, and is found again. */
#include <cmocka_all.h>
#include <string.h>

#include "model/board.h"

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

static size_t add_device(struct jhcfg_board *board, const char *name,
			 uint64_t start, uint64_t size, uint32_t irq)
{
	const char *compatible[] = { "vendor,first", "generic" };
	struct jhcfg_range window = { start, size };
	struct jhcfg_hw_irq line = { .number = irq, .name = "line" };
	struct jhcfg_hw_port port = { 0x3f8, 8, "data" };
	uint32_t args[] = { 7, 8 };
	struct jhcfg_hw_ref ref = {
		.kind = JHCFG_REF_CLOCK,
		.device = 0,
		.property = "clocks",
		.args = args,
		.num_args = ARRAY_SIZE(args),
	};
	struct jhcfg_hw_device device = {
		.name = name,
		.path = "/soc/x",
		.compatible = compatible,
		.num_compatible = ARRAY_SIZE(compatible),
		.windows = &window,
		.num_windows = 1,
		.ports = &port,
		.num_ports = 1,
		.irqs = &line,
		.num_irqs = 1,
		.refs = &ref,
		.num_refs = 1,
	};

	return jhcfg_board_add_device(board, &device);
}

static void test_board_keeps_copies(void **state)
{
	struct jhcfg_board *board = jhcfg_board_new(2);
	const struct jhcfg_hw_device *device;

	(void)state;
	assert_int_equal(add_device(board, "uart0", 0x1000, 0x100, 40), 0);
	assert_int_equal(jhcfg_board_finish(board), 0);
	device = jhcfg_board_device(board, 0);
	assert_string_equal(device->name, "uart0");
	assert_string_equal(device->compatible[1], "generic");
	assert_string_equal(device->status, "");
	assert_string_equal(device->window_names[0], "");
	assert_int_equal(device->ports[0].base, 0x3f8);
	assert_string_equal(device->ports[0].name, "data");
	assert_string_equal(device->irqs[0].name, "line");
	assert_int_equal(device->refs[0].args[1], 8);
	assert_null(jhcfg_board_device(board, 1));
	jhcfg_board_free(board);
}

static void test_board_equal_names_are_numbered(void **state)
{
	struct jhcfg_board *board = jhcfg_board_new(2);

	(void)state;
	add_device(board, "serial", 0x1000, 0x100, 1);
	add_device(board, "timer", 0x2000, 0x100, 2);
	add_device(board, "serial", 0x3000, 0x100, 3);
	add_device(board, "serial", 0x4000, 0x100, 4);
	assert_int_equal(jhcfg_board_finish(board), 0);
	assert_int_equal(jhcfg_board_find_device(board, "serial"), 0);
	assert_int_equal(jhcfg_board_find_device(board, "serial-2"), 2);
	assert_int_equal(jhcfg_board_find_device(board, "serial-3"), 3);
	assert_int_equal(jhcfg_board_find_device(board, "timer"), 1);
	assert_int_equal(jhcfg_board_find_device(board, "serial-4"),
			 JHCFG_NO_INDEX);
	jhcfg_board_free(board);
}

static void test_board_device_is_found_by_path(void **state)
{
	struct jhcfg_board *board = jhcfg_board_new(2);

	(void)state;
	add_device(board, "uart0", 0x1000, 0x100, 1);
	assert_int_equal(jhcfg_board_finish(board), 0);
	assert_int_equal(jhcfg_board_find_device(board, "/soc/x"), 0);
	assert_int_equal(jhcfg_board_find_device(board, "/soc/y"),
			 JHCFG_NO_INDEX);
	jhcfg_board_free(board);
}

static void test_board_windows_are_found_behind_longer_ones(void **state)
{
	struct jhcfg_board *board = jhcfg_board_new(2);
	size_t position = 0;

	(void)state;
	add_device(board, "bus", 0x1000, 0x10000, 1);
	add_device(board, "low", 0x2000, 0x100, 2);
	add_device(board, "high", 0x9000, 0x100, 3);
	assert_int_equal(jhcfg_board_finish(board), 0);

	/* "low" ends before it, "bus" begins long before and covers it. */
	assert_int_equal(jhcfg_board_device_at(
				 board, (struct jhcfg_range){ 0x9080, 0x1000 },
				 &position),
			 0);
	assert_int_equal(jhcfg_board_device_at(
				 board, (struct jhcfg_range){ 0x9080, 0x1000 },
				 &position),
			 2);
	assert_int_equal(jhcfg_board_device_at(
				 board, (struct jhcfg_range){ 0x9080, 0x1000 },
				 &position),
			 JHCFG_NO_INDEX);
	position = 0;
	assert_int_equal(
		jhcfg_board_device_at(board, (struct jhcfg_range){ 0x20000, 1 },
				      &position),
		JHCFG_NO_INDEX);
	jhcfg_board_free(board);
}

static void test_board_shared_interrupt_has_two_devices(void **state)
{
	struct jhcfg_board *board = jhcfg_board_new(2);
	size_t position = 0;

	(void)state;
	add_device(board, "a", 0x1000, 0x100, 50);
	add_device(board, "b", 0x2000, 0x100, 49);
	add_device(board, "c", 0x3000, 0x100, 50);
	assert_int_equal(jhcfg_board_finish(board), 0);
	assert_int_equal(jhcfg_board_device_of_irq(board, 50, &position), 0);
	assert_int_equal(jhcfg_board_device_of_irq(board, 50, &position), 2);
	assert_int_equal(jhcfg_board_device_of_irq(board, 50, &position),
			 JHCFG_NO_INDEX);
	jhcfg_board_free(board);
}

static void add_ram(struct jhcfg_board *board, uint64_t start, uint64_t size)
{
	struct jhcfg_hw_memory memory = { .range = { start, size } };

	jhcfg_board_add_memory(board, &memory);
}

static void test_board_adjacent_banks_are_one(void **state)
{
	struct jhcfg_board *board = jhcfg_board_new(2);

	(void)state;
	add_ram(board, 0x80000000, 0x40000000);
	add_ram(board, 0x40000000, 0x40000000);
	add_ram(board, 0x100000000, 0x1000);
	/* to the very end of the address space */
	add_ram(board, 0xfffffffffffff000, 0x1000);
	assert_int_equal(jhcfg_board_finish(board), 0);
	assert_true(jhcfg_board_is_ram(
		board, (struct jhcfg_range){ 0x7ffff000, 0x2000 }));
	assert_false(jhcfg_board_is_ram(
		board, (struct jhcfg_range){ 0xbffff000, 0x2000 }));
	assert_false(jhcfg_board_is_ram(
		board, (struct jhcfg_range){ 0x3ffff000, 0x2000 }));
	assert_true(jhcfg_board_is_ram(
		board, (struct jhcfg_range){ 0xfffffffffffff000, 0x1000 }));
	assert_false(jhcfg_board_is_ram(board,
					(struct jhcfg_range){ 0x50000000, 0 }));
	jhcfg_board_free(board);
}

static void test_board_reference_keeps_it(void **state)
{
	struct jhcfg_board *board = jhcfg_board_new(2);
	struct jhcfg_board *other = jhcfg_board_ref(board);

	(void)state;
	jhcfg_board_set_name(board, "b", "Board");
	jhcfg_board_free(board);
	assert_string_equal(jhcfg_board_title(other), "Board");
	jhcfg_board_free(other);
}

static void test_board_equal_names_step_aside(void **state)
{
	static const char *const names[] = { "a", "a", "a-2", "a", "b" };
	static const char *const unique[] = { "a", "a-3", "a-2", "a-4", "b" };
	struct jhcfg_board *board = jhcfg_board_new(2);

	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(names); n++)
		add_device(board, names[n], 0x1000 * n, 0x1000, 40);
	assert_int_equal(jhcfg_board_finish(board), 0);
	for (size_t n = 0; n < ARRAY_SIZE(names); n++) {
		assert_string_equal(jhcfg_board_device(board, n)->name,
				    unique[n]);
		assert_int_equal(jhcfg_board_find_device(board, unique[n]), n);
	}
	jhcfg_board_free(board);
}

static void test_board_gic_interfaces_of_copies_begin_at_the_last(void **state)
{
	const struct jhcfg_hw_irqchip plain = {
		.kind = JHCFG_HW_GICV2,
		.gicc = { 0x2000, 0x2000 },
		.gicv = { 0x6000, 0x2000 },
	};
	const struct jhcfg_hw_irqchip repeated = {
		.kind = JHCFG_HW_GICV2,
		.gicc = { 0xf9020000, 0x20000 },
		.gicv = { 0xf9060000, 0x20000 },
	};
	const struct jhcfg_hw_irqchip v3 = { .kind = JHCFG_HW_GICV3 };

	(void)state;
	assert_int_equal(jhcfg_hw_gicc_base(&plain), 0x2000);
	assert_int_equal(jhcfg_hw_gicv_base(&plain), 0x6000);
	assert_int_equal(jhcfg_hw_gicc_base(&repeated), 0xf902f000);
	assert_int_equal(jhcfg_hw_gicv_base(&repeated), 0xf906f000);
	assert_int_equal(jhcfg_hw_gicv_base(&v3), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_board_equal_names_step_aside),
		cmocka_unit_test(
			test_board_gic_interfaces_of_copies_begin_at_the_last),
		cmocka_unit_test(test_board_keeps_copies),
		cmocka_unit_test(test_board_equal_names_are_numbered),
		cmocka_unit_test(test_board_device_is_found_by_path),
		cmocka_unit_test(
			test_board_windows_are_found_behind_longer_ones),
		cmocka_unit_test(test_board_shared_interrupt_has_two_devices),
		cmocka_unit_test(test_board_adjacent_banks_are_one),
		cmocka_unit_test(test_board_reference_keeps_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
