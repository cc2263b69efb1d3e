// SPDX-License-Identifier: GPL-2.0-or-later
/* Regions of cells that are parts of pages. */
#include "cell_fixture.h"

static struct machine_view before, after;

static enum mmio_result root_access(u64 address, u8 size, bool is_write,
				    u64 *value)
{
	struct mmio_access access = {
		.address = address,
		.size = size,
		.is_write = is_write,
		.value = *value,
	};
	enum mmio_result result = mmio_dispatch(&root_cell.mmio, &access);

	*value = access.value;
	return result;
}

static void test_cell_subpage_leaves_root_the_rest_of_the_page(void **state)
{
	u32 *device = host_device(UART_PHYS + 0x2000, PAGE_SIZE);
	u64 value = 0;

	(void)state;
	device[0x200 / 4] = 0x1234;
	assert_int_equal(machine_create(&machine_cell), 0);
	assert_int_equal(root_flags(UART_PHYS + 0x2000), 0);
	assert_int_equal(root_access(UART_PHYS + 0x2200, 4, false, &value),
			 MMIO_HANDLED);
	assert_int_equal(value, 0x1234);
	value = 0x5678;
	assert_int_equal(root_access(UART_PHYS + 0x2204, 4, true, &value),
			 MMIO_HANDLED);
	assert_int_equal(device[0x204 / 4], 0x5678);
	/* what the cell has, or a part of it */
	assert_int_equal(root_access(UART_PHYS + 0x2100, 4, false, &value),
			 MMIO_ERROR);
	assert_int_equal(root_access(UART_PHYS + 0x217f, 1, false, &value),
			 MMIO_ERROR);
	assert_int_equal(root_access(UART_PHYS + 0x2180, 1, false, &value),
			 MMIO_HANDLED);
}

static void test_cell_subpages_of_one_page_come_back_together(void **state)
{
	(void)state;
	assert_int_equal(machine_create(&machine_cell), 0);
	assert_int_equal(machine_create(&machine_other), 0);
	assert_int_equal(root_cell.mmio.count, 1);
	assert_int_equal(machine_destroy(1), 0);
	assert_int_equal(root_cell.mmio.count, 1);
	assert_int_equal(root_flags(UART_PHYS + 0x2000), 0);
	assert_int_equal(machine_destroy(2), 0);
	assert_int_equal(root_cell.mmio.count, 0);
	assert_int_equal(root_flags(UART_PHYS + 0x2000),
			 PT_READ | PT_WRITE | PT_DEVICE);
}

/* The root's device is a sub-page region, too: the window stays, but not for
 * what a cell has of it. */
static void test_cell_subpage_of_a_subpage_region_of_the_root(void **state)
{
	u64 value = 0;

	(void)state;
	host_shutdown();
	machine_system.mem[1].phys_start = UART_PHYS + 0x2100;
	machine_system.mem[1].virt_start = UART_PHYS + 0x2100;
	machine_system.mem[1].size = 0x100;
	machine_system.mem[1].flags |= JAILHOUSE_MEM_IO_32;
	machine_boot();
	assert_int_equal(root_access(UART_PHYS + 0x2100, 4, false, &value),
			 MMIO_HANDLED);
	assert_int_equal(machine_create(&machine_cell), 0);
	assert_int_equal(root_access(UART_PHYS + 0x2100, 4, false, &value),
			 MMIO_ERROR);
	assert_int_equal(root_access(UART_PHYS + 0x217c, 4, true, &value),
			 MMIO_ERROR);
	assert_int_equal(root_access(UART_PHYS + 0x2180, 4, false, &value),
			 MMIO_HANDLED);
	assert_int_equal(machine_destroy(1), 0);
	assert_int_equal(root_access(UART_PHYS + 0x2100, 4, false, &value),
			 MMIO_HANDLED);
}

/* The root has the page at two guest addresses: it loses both. */
static void test_cell_subpage_of_a_page_that_the_root_has_twice(void **state)
{
	u64 alias = 0x09100000, value = 0;

	(void)state;
	host_shutdown();
	machine_system.mem[2] = machine_system.mem[1];
	machine_system.mem[2].virt_start = alias;
	machine_boot();
	machine_look(&before);
	assert_int_equal(machine_create(&machine_cell), 0);
	assert_int_equal(root_flags(UART_PHYS + 0x2000), 0);
	assert_int_equal(root_flags(alias + 0x2000), 0);
	assert_int_equal(root_access(alias + 0x2100, 4, false, &value),
			 MMIO_ERROR);
	assert_int_equal(root_access(alias + 0x2200, 4, false, &value),
			 MMIO_HANDLED);
	assert_int_equal(machine_destroy(1), 0);
	assert_int_equal(root_cell.mmio.count, 0);
	assert_int_equal(root_flags(alias + 0x2000),
			 PT_READ | PT_WRITE | PT_DEVICE);
	machine_look(&after);
	machine_assert_same(&before, &after);
}

static void test_cell_subpage_that_the_bus_refuses_is_the_cells_fault(
	void **state)
{
	struct mmio_access access = { .address = UART_PHYS + 0x2100,
				      .size = 4 };
	u64 value = 0;

	(void)state;
	assert_int_equal(machine_create(&machine_cell), 0);
	host_bus_refuse(true);
	assert_int_equal(mmio_dispatch(&cell_1()->mmio, &access), MMIO_ERROR);
	assert_int_equal(root_access(UART_PHYS + 0x2200, 4, false, &value),
			 MMIO_ERROR);
	host_bus_refuse(false);
	assert_int_equal(root_access(UART_PHYS + 0x2200, 4, false, &value),
			 MMIO_HANDLED);
}

struct subpage_case {
	u64 offset;
	u8 size;
	bool is_write;
	u64 flags; /* beside IO */
	enum mmio_result expected;
};

static void test_cell_subpage_rights_and_widths(void **state)
{
	enum {
		R = JAILHOUSE_MEM_READ,
		W = JAILHOUSE_MEM_WRITE,
		B1 = JAILHOUSE_MEM_IO_8,
		B2 = JAILHOUSE_MEM_IO_16,
		B4 = JAILHOUSE_MEM_IO_32,
		B8 = JAILHOUSE_MEM_IO_64,
		U = JAILHOUSE_MEM_IO_UNALIGNED,
	};
	static const struct subpage_case cases[] = {
		{ 0, 4, false, R | B4, MMIO_HANDLED },
		{ 0, 4, true, R | B4, MMIO_ERROR },
		{ 0, 4, true, W | B4, MMIO_HANDLED },
		{ 0, 4, false, W | B4, MMIO_ERROR },
		{ 0, 1, false, R | B4, MMIO_ERROR },
		{ 0, 2, false, R | B4, MMIO_ERROR },
		{ 0, 8, false, R | B4, MMIO_ERROR },
		{ 3, 1, false, R | B1, MMIO_HANDLED },
		{ 2, 2, false, R | B2, MMIO_HANDLED },
		{ 8, 8, false, R | B8, MMIO_HANDLED },
		{ 2, 4, false, R | B4, MMIO_ERROR },
		{ 2, 4, false, R | B4 | U, MMIO_HANDLED },
		{ 4, 8, false, R | B8, MMIO_ERROR },
		{ 0x7c, 4, false, R | B4, MMIO_HANDLED },
		/* across the end of the region */
		{ 0x7e, 4, false, R | B4 | U, MMIO_ERROR },
		{ 0x80, 1, false, R | B1, MMIO_UNHANDLED },
	};

	for (size_t n = 0; n < ARRAY_SIZE(cases); n++) {
		const struct subpage_case *c = &cases[n];
		struct mmio_access access = {
			.address = UART_PHYS + 0x2100 + c->offset,
			.size = c->size,
			.is_write = c->is_write,
		};

		machine_cell.mem[MEM_SUBPAGE].flags =
			JAILHOUSE_MEM_IO | c->flags;
		assert_int_equal(machine_create(&machine_cell), 0);
		if (mmio_dispatch(&cell_1()->mmio, &access) != c->expected)
			fail_msg("case %zu", n);
		assert_int_equal(machine_destroy(1), 0);
		(void)state;
	}
}

#define CASE(name)                                                             \
	cmocka_unit_test_setup_teardown(name, machine_setup, machine_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_cell_subpage_leaves_root_the_rest_of_the_page),
		CASE(test_cell_subpages_of_one_page_come_back_together),
		CASE(test_cell_subpage_of_a_subpage_region_of_the_root),
		CASE(test_cell_subpage_of_a_page_that_the_root_has_twice),
		CASE(test_cell_subpage_that_the_bus_refuses_is_the_cells_fault),
		CASE(test_cell_subpage_rights_and_widths),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
