// SPDX-License-Identifier: GPL-2.0-or-later
/* Loading, starting and destroying cells: what moves, and that all comes back.
 */
#include "cell_fixture.h"
#include "failing_unit.h"

static struct machine_view before, after;

static void test_cell_start_enters_at_the_reset_address(void **state)
{
	u64 entry, arg;

	(void)state;
	assert_int_equal(machine_create(&machine_cell), 0);
	assert_int_equal(host_cpu_resets(3, NULL, NULL), 0);
	assert_int_equal(machine_start(1), 0);
	machine_wait_resets(3, 1);
	host_cpu_resets(3, &entry, &arg);
	assert_int_equal(entry, 0x100);
	assert_int_equal(arg, 0);
	assert_int_equal(cell_state(cell_1()), JAILHOUSE_CELL_RUNNING);
	assert_true(machine_said("Started cell \"rtos\"\n"));
}

static void test_cell_start_fills_the_comm_region(void **state)
{
	struct jailhouse_comm_region *comm;

	(void)state;
	machine_cell.head.flags |= JAILHOUSE_CELL_VIRTUAL_CONSOLE_ACTIVE;
	assert_int_equal(machine_create(&machine_cell), 0);
	comm = cell_1()->comm;
	memset((char *)comm + 512, 0x77, 512);
	assert_int_equal(machine_start(1), 0);
	assert_memory_equal(comm->signature, "JHCOMM", 6);
	assert_int_equal(comm->revision, 2);
	assert_int_equal(comm->flags, 3);
	assert_int_equal(comm->console.address, UART_PHYS);
	assert_int_equal(comm->pci_mmconfig_base, 0x08e00000);
	assert_int_equal(((u8 *)comm)[600], 0);
}

static void test_cell_start_of_two_cpus_starts_the_lowest(void **state)
{
	(void)state;
	machine_cell.cpus[0] = 1 << 2 | 1 << 3;
	assert_int_equal(machine_create(&machine_cell), 0);
	assert_int_equal(machine_start(1), 0);
	machine_wait_resets(2, 1);
	assert_int_equal(host_cpu_resets(3, NULL, NULL), 0);
	assert_true(cpu_at(3)->off);
	/* the other one by PSCI, later */
	assert_int_equal(cpu_power_on(cpu_at(3), 0x5000, 7), 0);
	machine_wait_resets(3, 1);
	assert_int_equal(cpu_power_on(cpu_at(3), 0x5000, 7), -EBUSY);
}

static void test_cell_set_loadable_opens_loadable_regions(void **state)
{
	(void)state;
	assert_int_equal(machine_create(&machine_cell), 0);
	assert_int_equal(machine_set_loadable(1), 0);
	assert_true(machine_said("Cell \"rtos\" can be loaded\n"));
	assert_int_equal(root_flags(CELL_RAM_PHYS), PT_READ | PT_WRITE);
	assert_int_equal(root_flags(CELL_RAM_PHYS + 0xf000),
			 PT_READ | PT_WRITE);
	assert_int_equal(root_flags(UART_PHYS + 0x4000), 0);
	assert_int_equal(machine_start(1), 0);
	assert_int_equal(root_flags(CELL_RAM_PHYS), 0);
	assert_int_equal(root_flags(CELL_RAM_PHYS + 0xf000), 0);
}

static void test_cell_set_loadable_again_does_nothing(void **state)
{
	unsigned long used;

	(void)state;
	assert_int_equal(machine_create(&machine_cell), 0);
	assert_int_equal(machine_set_loadable(1), 0);
	used = mem_pool.used;
	machine_quiet();
	assert_int_equal(machine_set_loadable(1), 0);
	assert_int_equal(mem_pool.used, used);
	assert_false(machine_said("loaded"));
}

static void test_cell_set_loadable_stops_a_running_cell(void **state)
{
	(void)state;
	machine_cell.head.flags |= JAILHOUSE_CELL_PASSIVE_COMMREG;
	assert_int_equal(machine_create(&machine_cell), 0);
	assert_int_equal(machine_start(1), 0);
	machine_wait_resets(3, 1);
	assert_int_equal(machine_set_loadable(1), 0);
	assert_true(cpu_at(3)->off);
	assert_int_equal(cell_state(cell_1()), JAILHOUSE_CELL_SHUT_DOWN);
	assert_int_equal(machine_start(1), 0);
	machine_wait_resets(3, 2);
}

static void test_cell_start_restarts_a_running_cell(void **state)
{
	(void)state;
	machine_cell.head.flags |= JAILHOUSE_CELL_PASSIVE_COMMREG;
	assert_int_equal(machine_create(&machine_cell), 0);
	for (unsigned int n = 1; n <= 5; n++) {
		assert_int_equal(machine_start(1), 0);
		machine_wait_resets(3, n);
	}
}

static void test_cell_start_without_memory_keeps_it_loadable(void **state)
{
	(void)state;
	/* Opened as the root has all of its RAM, the region becomes a part of
	 * a large page, which closing it must split. */
	host_shutdown();
	machine_system.mem[0].flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE;
	machine_boot();
	assert_int_equal(machine_create(&machine_cell), 0);
	assert_int_equal(machine_set_loadable(1), 0);
	machine_drain(0);
	assert_int_equal(machine_start(1), -ENOMEM);
	assert_true(cell_1()->loadable);
	assert_int_equal(root_flags(CELL_RAM_PHYS), PT_READ | PT_WRITE);
	assert_int_equal(root_flags(CELL_RAM_PHYS + 0xf000),
			 PT_READ | PT_WRITE);
	assert_int_equal(host_cpu_resets(3, NULL, NULL), 0);
	machine_refill();
	assert_int_equal(machine_start(1), 0);
	machine_wait_resets(3, 1);
}

static void test_cell_destroy_gives_everything_back(void **state)
{
	(void)state;
	machine_look(&before);
	for (unsigned int round = 0; round < 5; round++) {
		assert_int_equal(machine_create(&machine_cell), 0);
		assert_int_equal(machine_create(&machine_other), 0);
		assert_int_equal(machine_set_loadable(1), 0);
		assert_int_equal(machine_start(1), 0);
		assert_int_equal(machine_set_loadable(2), 0);
		cell_1()->comm->cell_state = JAILHOUSE_CELL_SHUT_DOWN;
		/* in both orders, with and without a loadable one */
		assert_int_equal(machine_destroy(1 + round % 2), 0);
		assert_int_equal(machine_destroy(2 - round % 2), 0);
		machine_look(&after);
		machine_assert_same(&before, &after);
	}
	/* The CPUs are the root's, and wait for it to power them on. */
	assert_ptr_equal(cpu_at(3)->cell, &root_cell);
	assert_true(cpu_at(3)->off);
	assert_int_equal(unit_cells, 1);
}

static void test_cell_destroy_works_without_any_memory_left(void **state)
{
	(void)state;
	machine_look(&before);
	assert_int_equal(machine_create(&machine_cell), 0);
	assert_int_equal(machine_start(1), 0);
	cell_1()->comm->cell_state = JAILHOUSE_CELL_SHUT_DOWN;
	machine_drain(0);
	assert_int_equal(machine_destroy(1), 0);
	machine_refill();
	machine_look(&after);
	machine_assert_same(&before, &after);
}

static void test_cell_memory_over_two_root_regions_comes_back(void **state)
{
	(void)state;
	/* Alike and adjacent, so that they are one large page. */
	host_shutdown();
	machine_system.mem[0].size = 0x2100000;
	machine_system.mem[2] = machine_system.mem[0];
	machine_system.mem[2].phys_start += 0x2100000;
	machine_system.mem[2].virt_start += 0x2100000;
	machine_system.mem[2].size = HOST_RAM_SIZE - HOST_HV_SIZE - 0x2100000;
	machine_boot();
	machine_look(&before);
	machine_cell.mem[MEM_RAM].size = 0x400000;
	assert_int_equal(machine_create(&machine_cell), 0);
	machine_drain(0);
	assert_int_equal(machine_destroy(1), 0);
	assert_false(machine_said("could not be returned"));
	machine_refill();
	machine_look(&after);
	machine_assert_same(&before, &after);
}

static void test_cell_outside_the_roots_memory_leaves_no_tables(void **state)
{
	(void)state;
	machine_cell.mem[MEM_RAM].phys_start = 0x90001000;
	machine_look(&before);
	for (unsigned int round = 0; round < 3; round++) {
		assert_int_equal(machine_create(&machine_cell), 0);
		assert_int_equal(machine_set_loadable(1), 0);
		assert_int_equal(root_flags(0x90001000), PT_READ | PT_WRITE);
		if (round % 2)
			assert_int_equal(machine_start(1), 0);
		cell_1()->comm->cell_state = JAILHOUSE_CELL_SHUT_DOWN;
		assert_int_equal(machine_destroy(1), 0);
		assert_int_equal(root_flags(0x90001000), 0);
	}
	machine_look(&after);
	machine_assert_same(&before, &after);
}

static void test_cell_unknown_id_is_refused(void **state)
{
	(void)state;
	assert_int_equal(machine_start(7), -ENOENT);
	assert_int_equal(machine_set_loadable(7), -ENOENT);
	assert_int_equal(machine_destroy(7), -ENOENT);
	assert_int_equal(hypercall(JAILHOUSE_HC_CELL_START, 1ULL << 32, 0),
			 -ENOENT);
}

static void test_cell_root_cannot_be_managed(void **state)
{
	(void)state;
	assert_int_equal(machine_start(0), -EINVAL);
	assert_int_equal(machine_set_loadable(0), -EINVAL);
	assert_int_equal(machine_destroy(0), -EINVAL);
}

static void test_cell_stop_without_a_cpu_coming_times_out(void **state)
{
	(void)state;
	machine_cell.head.flags |= JAILHOUSE_CELL_PASSIVE_COMMREG;
	assert_int_equal(machine_create(&machine_cell), 0);
	assert_int_equal(machine_start(1), 0);
	machine_wait_resets(3, 1);
	host_cpu_set_deaf(3, true);
	host_clock_set_step(1000);
	assert_int_equal(machine_destroy(1), -ETIMEDOUT);
	assert_int_equal(machine_start(1), -ETIMEDOUT);
	assert_int_equal(machine_set_loadable(1), -ETIMEDOUT);
	host_clock_set_step(0);
	assert_int_equal(num_cells, 2);
	assert_false(cell_1()->loadable);
	host_cpu_set_deaf(3, false);
	assert_int_equal(machine_destroy(1), 0);
}

static void test_cell_set_loadable_without_memory_opens_nothing(void **state)
{
	(void)state;
	/* Outside the root's memory: its tables must be made. */
	machine_cell.mem[MEM_RAM].phys_start = 0x90001000;
	machine_cell.mem[MEM_SHARED] = machine_cell.mem[MEM_RAM];
	machine_cell.mem[MEM_SHARED].phys_start = 0x190001000;
	machine_cell.mem[MEM_SHARED].virt_start = 0x100000;
	/* two tables for each of the regions */
	for (unsigned long left = 0; left < 4; left++) {
		machine_look(&before);
		assert_int_equal(machine_create(&machine_cell), 0);
		machine_drain(left);
		assert_int_equal(machine_set_loadable(1), -ENOMEM);
		machine_refill();
		assert_false(cell_1()->loadable);
		assert_int_equal(root_flags(0x90001000), 0);
		assert_int_equal(root_flags(0x190001000), 0);
		assert_int_equal(machine_destroy(1), 0);
		machine_look(&after);
		machine_assert_same(&before, &after);
	}
	assert_int_equal(machine_create(&machine_cell), 0);
	machine_drain(4);
	assert_int_equal(machine_set_loadable(1), 0);
	machine_refill();
	assert_int_equal(root_flags(0x190001000), PT_READ | PT_WRITE);
}

/* --- failures ---------------------------------------------------------- */

/* A cell that has powered its second CPU on. */
static void start_two_cpus(void)
{
	machine_cell.cpus[0] = 1 << 2 | 1 << 3;
	assert_int_equal(machine_create(&machine_cell), 0);
	assert_int_equal(machine_start(1), 0);
	machine_wait_resets(2, 1);
	assert_int_equal(cpu_power_on(cpu_at(3), 0, 0), 0);
	machine_wait_resets(3, 1);
}

static void park(void *arg)
{
	(void)arg;
	cpu_park_self();
}

static void test_cell_fails_with_its_last_cpu(void **state)
{
	(void)state;
	start_two_cpus();

	host_on_cpu(2, park, NULL);
	assert_true(machine_said("Parking CPU 2 (Cell: \"rtos\")\n"));
	assert_int_equal(cell_state(cell_1()), JAILHOUSE_CELL_RUNNING);
	host_on_cpu(3, park, NULL);
	assert_int_equal(cell_state(cell_1()), JAILHOUSE_CELL_FAILED);

	/* A failed cell is not asked, and starts anew. */
	assert_int_equal(machine_start(1), 0);
	machine_wait_resets(2, 2);
	assert_false(cpu_at(2)->failed);
	assert_false(cpu_at(3)->failed);
}

static void shut_down(void *arg)
{
	cell_shut_down_self(arg);
}

static void test_cell_shuts_itself_down(void **state)
{
	(void)state;
	assert_int_equal(machine_create(&machine_cell), 0);
	assert_int_equal(machine_start(1), 0);
	machine_wait_resets(3, 1);
	host_on_cpu(3, shut_down, cell_1());
	assert_int_equal(cell_state(cell_1()), JAILHOUSE_CELL_SHUT_DOWN);
	assert_true(cpu_at(3)->off);
	assert_int_equal(machine_start(1), 0);
	machine_wait_resets(3, 2);
}

/* The cell's other CPU may be in a call of its own when it is told to stop. */
static void power_on_the_other(void *arg)
{
	*(int *)arg = cpu_power_on(cpu_at(2), 0x5000, 0);
}

static void test_cell_that_shut_itself_down_starts_no_cpu(void **state)
{
	int result = 0;

	(void)state;
	start_two_cpus();

	host_on_cpu(2, shut_down, cell_1());
	host_on_cpu(3, power_on_the_other, &result);
	assert_int_equal(result, -EBUSY);
	assert_true(cpu_at(2)->off);
	assert_true(cpu_at(3)->off);

	assert_int_equal(machine_start(1), 0);
	machine_wait_resets(2, 2);
	assert_int_equal(cpu_power_on(cpu_at(3), 0, 0), 0);
	machine_wait_resets(3, 2);
}

#define CASE(name)                                                             \
	cmocka_unit_test_setup_teardown(name, failing_unit_setup,              \
					machine_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_cell_start_enters_at_the_reset_address),
		CASE(test_cell_start_fills_the_comm_region),
		CASE(test_cell_start_of_two_cpus_starts_the_lowest),
		CASE(test_cell_set_loadable_opens_loadable_regions),
		CASE(test_cell_set_loadable_again_does_nothing),
		CASE(test_cell_set_loadable_stops_a_running_cell),
		CASE(test_cell_start_restarts_a_running_cell),
		CASE(test_cell_start_without_memory_keeps_it_loadable),
		CASE(test_cell_destroy_gives_everything_back),
		CASE(test_cell_destroy_works_without_any_memory_left),
		CASE(test_cell_memory_over_two_root_regions_comes_back),
		CASE(test_cell_outside_the_roots_memory_leaves_no_tables),
		CASE(test_cell_unknown_id_is_refused),
		CASE(test_cell_root_cannot_be_managed),
		CASE(test_cell_stop_without_a_cpu_coming_times_out),
		CASE(test_cell_set_loadable_without_memory_opens_nothing),
		CASE(test_cell_fails_with_its_last_cpu),
		CASE(test_cell_shuts_itself_down),
		CASE(test_cell_that_shut_itself_down_starts_no_cpu),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
