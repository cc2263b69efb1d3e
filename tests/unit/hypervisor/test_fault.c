// SPDX-License-Identifier: GPL-2.0-or-later
/* What a person is told of an address that a cell must not access. */
#include "machine.h"

#include <hv/fault.h>

static int setup(void **state)
{
	machine_setup(state);
	machine_cell.head.flags |= JAILHOUSE_CELL_PASSIVE_COMMREG;
	machine_other.head.flags |= JAILHOUSE_CELL_PASSIVE_COMMREG;
	machine_cell.mem[MEM_SHARED].flags =
		JAILHOUSE_MEM_READ | JAILHOUSE_MEM_ROOTSHARED;
	assert_int_equal(machine_create(&machine_cell), 0);
	assert_int_equal(machine_create(&machine_other), 0);
	machine_quiet();
	return 0;
}

static void assert_described(u64 gpa, enum fault_access access,
			     const char *expected)
{
	machine_quiet();
	fault_describe(cell_find(1), gpa, access, 4);
	assert_string_equal(host_console_text(), expected);
}

static void test_fault_own_region_without_the_right(void **state)
{
	(void)state;
	assert_described(0x43000008, FAULT_WRITE,
			 "Cell \"rtos\": write of 4 bytes at 0x43000008: its "
			 "region 1 [0x43000000-0x43000fff] does not permit "
			 "it\n");
	assert_described(0x43000008, FAULT_READ,
			 "Cell \"rtos\": read of 4 bytes at 0x43000008: its "
			 "region 1 [0x43000000-0x43000fff] does not permit "
			 "this way\n");
}

/* As of pairs, exclusives, and walks of the guest's own tables. */
static void test_fault_unknown_size_is_told_so(void **state)
{
	(void)state;
	machine_quiet();
	fault_describe(cell_find(1), 0xdead0000, FAULT_WRITE, 0);
	assert_string_equal(host_console_text(),
			    "Cell \"rtos\": write of unknown size at "
			    "0xdead0000: nothing that any cell has\n");
}

static void test_fault_hypervisor_memory(void **state)
{
	(void)state;
	assert_described(HOST_HV_BASE + 4, FAULT_READ,
			 "Cell \"rtos\": read of 4 bytes at 0x43c00004: "
			 "hypervisor memory\n");
}

static void test_fault_reserved_window(void **state)
{
	(void)state;
	assert_described(0x08e00010, FAULT_WRITE,
			 "Cell \"rtos\": write of 4 bytes at 0x8e00010: the "
			 "PCI config window\n");
}

static void test_fault_memory_of_another_cell(void **state)
{
	(void)state;
	assert_described(OTHER_RAM_PHYS + 8, FAULT_EXECUTE,
			 "Cell \"rtos\": execute of 4 bytes at 0x42400008: "
			 "region 0 [0x42400000-0x4240ffff] of cell "
			 "\"other\"\n");
}

static void test_fault_memory_of_the_root(void **state)
{
	(void)state;
	assert_described(HOST_RAM_BASE, FAULT_READ,
			 "Cell \"rtos\": read of 4 bytes at 0x40000000: region "
			 "0 [0x40000000-0x43bfffff] of cell \"root\"\n");
}

static void test_fault_nothing_there(void **state)
{
	(void)state;
	assert_described(0xdead0000, FAULT_READ,
			 "Cell \"rtos\": read of 4 bytes at 0xdead0000: "
			 "nothing that any cell has\n");
}

/* --- while cells come and go ------------------------------------------- */

static unsigned long described;

static void guest_faults(struct cpu *cpu)
{
	fault_describe(cpu->cell, CELL_RAM_PHYS, FAULT_READ, 4);
	__atomic_add_fetch(&described, 1, __ATOMIC_SEQ_CST);
}

static void test_fault_while_another_cell_goes_is_told(void **state)
{
	(void)state;
	assert_int_equal(machine_start(2), 0);
	machine_wait_resets(2, 1);
	described = 0;
	host_cpu_set_guest(2, guest_faults);
	for (unsigned int round = 0;
	     round < 300 ||
	     __atomic_load_n(&described, __ATOMIC_SEQ_CST) < 1000;
	     round++) {
		assert_int_equal(machine_destroy(1), 0);
		assert_int_equal(machine_create(&machine_cell), 0);
	}
	host_cpu_set_guest(2, NULL);
}

#define CASE(name)                                                             \
	cmocka_unit_test_setup_teardown(name, setup, machine_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_fault_own_region_without_the_right),
		CASE(test_fault_unknown_size_is_told_so),
		CASE(test_fault_hypervisor_memory),
		CASE(test_fault_reserved_window),
		CASE(test_fault_memory_of_another_cell),
		CASE(test_fault_memory_of_the_root),
		CASE(test_fault_nothing_there),
		CASE(test_fault_while_another_cell_goes_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
