// SPDX-License-Identifier: GPL-2.0-or-later
/* Creating cells: what moves, who is asked, and that a failure changes nothing.
 */
#include "cell_fixture.h"
#include "failing_unit.h"

static struct machine_view before, after;

static void test_cell_create_moves_what_is_exclusive(void **state)
{
	(void)state;
	assert_int_equal(machine_create(&machine_cell), 0);
	assert_int_equal(num_cells, 2);
	assert_true(machine_said("Created cell \"rtos\"\n"));

	assert_int_equal(cell_state(cell_1()), JAILHOUSE_CELL_SHUT_DOWN);
	assert_false(cpu_set_has(&root_cell.cpus, 3));
	assert_true(cpu_set_has(&cell_1()->cpus, 3));
	assert_ptr_equal(cpu_at(3)->cell, cell_1());
	assert_int_equal(root_cell.irqs[1], ~(1U << 8));
	assert_int_equal(cell_1()->irqs[1], 1U << 8);

	for (u64 offset = 0; offset < 0x10000; offset += PAGE_SIZE)
		assert_int_equal(root_flags(CELL_RAM_PHYS + offset), 0);
	assert_int_equal(root_flags(CELL_RAM_PHYS - PAGE_SIZE),
			 PT_READ | PT_WRITE | PT_EXEC);
	assert_int_equal(root_flags(CELL_RAM_PHYS + 0x10000),
			 PT_READ | PT_WRITE | PT_EXEC);
	assert_int_equal(root_flags(UART_PHYS + 0x4000), 0);
	/* shared: stays */
	assert_int_equal(root_flags(0x43000000), PT_READ | PT_WRITE | PT_EXEC);
}

static void test_cell_create_maps_the_regions(void **state)
{
	unsigned int flags;
	struct cell *cell;

	(void)state;
	assert_int_equal(machine_create(&machine_cell), 0);
	cell = cell_1();
	assert_int_equal(paging_lookup(&cell->memory, 0xffff, &flags),
			 CELL_RAM_PHYS + 0xffff);
	assert_int_equal(flags, PT_READ | PT_WRITE | PT_EXEC);
	assert_int_equal(paging_lookup(&cell->memory, 0x10000, NULL),
			 PHYS_INVALID);
	assert_int_equal(
		paging_lookup(&cell->memory, UART_PHYS + 0x4000, &flags),
		UART_PHYS + 0x4000);
	assert_int_equal(flags, PT_READ | PT_WRITE | PT_DEVICE);
	assert_int_equal(paging_lookup(&cell->memory, 0x80000000, NULL),
			 hv_virt_to_phys(cell->comm));
	assert_memory_equal(cell->comm, "JHCOMM", 6);
}

static void test_cell_create_keeps_its_own_config(void **state)
{
	(void)state;
	assert_int_equal(machine_create(&machine_cell), 0);
	memset(host_ram(CONFIG_GPA, sizeof(machine_cell)), 0xff,
	       sizeof(machine_cell));
	assert_int_equal(cell_1()->config_size, sizeof(machine_cell));
	assert_memory_equal(cell_1()->config, &machine_cell,
			    sizeof(machine_cell));
}

static void test_cell_create_config_at_any_offset(void **state)
{
	u64 gpa = CONFIG_GPA + PAGE_SIZE - 77; /* crosses into the next page */

	(void)state;
	memcpy(host_ram(gpa, sizeof(machine_cell)), &machine_cell,
	       sizeof(machine_cell));
	assert_int_equal(hypercall(JAILHOUSE_HC_CELL_CREATE, gpa, 0), 0);
}

static void test_cell_create_config_not_in_ram_is_refused(void **state)
{
	static const u64 bad[] = {
		0,
		UART_PHYS,    /* a device */
		HOST_HV_BASE, /* the hypervisor */
		HOST_HV_BASE - sizeof(machine_cell) + 1,
		~0ULL,
		~0ULL - PAGE_SIZE + 1,
		HOST_MAX_ADDRESS,
	};

	(void)state;
	machine_look(&before);
	memcpy(host_ram(HOST_HV_BASE - sizeof(machine_cell) + 1,
			sizeof(machine_cell)),
	       &machine_cell, sizeof(machine_cell));
	for (size_t n = 0; n < ARRAY_SIZE(bad); n++)
		assert_int_equal(hypercall(JAILHOUSE_HC_CELL_CREATE, bad[n], 0),
				 -EINVAL);
	machine_look(&after);
	machine_assert_same(&before, &after);
}

static void test_cell_create_config_in_memory_of_a_cell_is_refused(void **state)
{
	(void)state;
	assert_int_equal(machine_create(&machine_cell), 0);
	/* Mapped for loading, but no memory of the root. */
	assert_int_equal(machine_set_loadable(1), 0);
	memcpy(host_ram(CELL_RAM_PHYS, sizeof(machine_other)), &machine_other,
	       sizeof(machine_other));
	assert_int_equal(hypercall(JAILHOUSE_HC_CELL_CREATE, CELL_RAM_PHYS, 0),
			 -EINVAL);
}

static void test_cell_create_huge_config_is_refused(void **state)
{
	(void)state;
	machine_cell.head.num_memory_regions = 0x10000;
	assert_int_equal(machine_create(&machine_cell), -E2BIG);
	machine_cell.head.num_memory_regions = 0xffffffff;
	assert_int_equal(machine_create(&machine_cell), -E2BIG);
}

static void test_cell_create_refused_config_changes_nothing(void **state)
{
	(void)state;
	machine_look(&before);
	machine_cell.mem[MEM_RAM].phys_start = HOST_HV_BASE;
	assert_int_equal(machine_create(&machine_cell), -EINVAL);
	machine_look(&after);
	machine_assert_same(&before, &after);
	machine_cell.mem[MEM_RAM].phys_start = CELL_RAM_PHYS;
	assert_int_equal(machine_create(&machine_cell), 0);
}

static void test_cell_create_twice_is_refused(void **state)
{
	(void)state;
	assert_int_equal(machine_create(&machine_cell), 0);
	assert_int_equal(machine_create(&machine_cell), -EEXIST);
	machine_other.cpus[0] = machine_cell.cpus[0];
	assert_int_equal(machine_create(&machine_other), -EBUSY);
	machine_other.cpus[0] = 1 << 2;
	assert_int_equal(machine_create(&machine_other), 0);
	assert_int_equal(num_cells, 3);
}

/* At each number of pages that is left, one after the other. */
static void test_cell_create_without_memory_changes_nothing(void **state)
{
	unsigned long left = 0;
	long err;

	(void)state;
	machine_look(&before);
	for (;; left++) {
		machine_drain(left);
		err = machine_create(&machine_cell);
		if (!err)
			break;
		assert_int_equal(err, -ENOMEM);
		machine_refill();
		machine_look(&after);
		machine_assert_same(&before, &after);
		assert_int_equal(unit_cells, 1);
		assert_false(cpu_has_requests(cpu_at(3)));
	}
	machine_refill();
	/* config, cell, comm, console, second stage, the root's split, ... */
	assert_in_range(left, 20, 60);
	assert_int_equal(machine_destroy(1), 0);
	machine_look(&after);
	machine_assert_same(&before, &after);
}

static void test_cell_create_failing_unit_changes_nothing(void **state)
{
	(void)state;
	machine_look(&before);
	unit_error = -ENODEV;
	assert_int_equal(machine_create(&machine_cell), -ENODEV);
	machine_look(&after);
	machine_assert_same(&before, &after);
	assert_int_equal(unit_cells, 1); /* the root's */
	unit_error = 0;
	assert_int_equal(machine_create(&machine_cell), 0);
}

static void test_cell_create_without_a_cpu_coming_times_out(void **state)
{
	(void)state;
	machine_look(&before);
	for (unsigned int cpu = 1; cpu < MACHINE_CPUS; cpu++) {
		host_cpu_set_deaf(cpu, true);
		host_clock_set_step(1000);
		assert_int_equal(machine_create(&machine_cell), -ETIMEDOUT);
		host_clock_set_step(0);
		host_cpu_set_deaf(cpu, false);
		machine_look(&after);
		machine_assert_same(&before, &after);
	}
	assert_int_equal(machine_create(&machine_cell), 0);
}

#define CASE(name)                                                             \
	cmocka_unit_test_setup_teardown(name, failing_unit_setup,              \
					machine_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_cell_create_moves_what_is_exclusive),
		CASE(test_cell_create_maps_the_regions),
		CASE(test_cell_create_keeps_its_own_config),
		CASE(test_cell_create_config_at_any_offset),
		CASE(test_cell_create_config_not_in_ram_is_refused),
		CASE(test_cell_create_config_in_memory_of_a_cell_is_refused),
		CASE(test_cell_create_huge_config_is_refused),
		CASE(test_cell_create_refused_config_changes_nothing),
		CASE(test_cell_create_twice_is_refused),
		CASE(test_cell_create_without_memory_changes_nothing),
		CASE(test_cell_create_failing_unit_changes_nothing),
		CASE(test_cell_create_without_a_cpu_coming_times_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
