// SPDX-License-Identifier: GPL-2.0-or-later
/* The life of cells: what moves, who is asked, and that all comes back. */
#include "machine.h"

#include <hv/unit.h>

static struct machine_view before, after;

static struct cell *cell_1(void)
{
	struct cell *cell = cell_find(1);

	assert_non_null(cell);
	return cell;
}

static unsigned int root_flags(phys_t phys)
{
	unsigned int flags = 0;

	if (paging_lookup(&root_cell.memory, phys, &flags) == PHYS_INVALID)
		return 0;
	return flags;
}

/* A unit that fails on demand, after all else of a new cell succeeded. */
static int unit_error;
static unsigned int unit_cells;

static int unit_cell_init(struct cell *cell)
{
	(void)cell;
	unit_cells += !unit_error;
	return unit_error;
}

static void unit_cell_exit(struct cell *cell)
{
	(void)cell;
	unit_cells--;
}

DEFINE_UNIT(failing_unit) = {
	.name = "failing",
	.phase = UNIT_PHASE_DEVICE,
	.cell_init = unit_cell_init,
	.cell_exit = unit_cell_exit,
};

static int setup(void **state)
{
	unit_error = 0;
	unit_cells = 0;
	return machine_setup(state);
}

/* --- create ------------------------------------------------------------ */

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

/* --- load, start, destroy ---------------------------------------------- */

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

/* --- any order --------------------------------------------------------- */

/* No byte has two masters: what a cell has for itself, the root has not, but
 * for what it may load. */
static void check_exclusive(const struct cell *cell)
{
	const struct jailhouse_memory *mem;
	u32 n;

	for_each_mem_region (mem, cell->config, n) {
		bool open =
			cell->loadable && (mem->flags & JAILHOUSE_MEM_LOADABLE);

		if (mem->flags &
		    (JAILHOUSE_MEM_COMM_REGION | JAILHOUSE_MEM_ROOTSHARED))
			continue;
		for (u64 offset = 0; offset < mem->size; offset += PAGE_SIZE)
			assert_int_equal(root_flags(mem->phys_start + offset),
					 open ? PT_READ | PT_WRITE : 0);
	}
}

static void check_cpus_and_irqs(void)
{
	struct cell *cell;
	unsigned int id, seen = 0;

	for_each_cell (cell) {
		for_each_cpu (id, &cell->cpus) {
			assert_ptr_equal(cpu_at(id)->cell, cell);
			assert_int_equal(cpu_at(id)->suspend_count, 0);
			seen |= 1U << id;
		}
		if (cell != &root_cell)
			assert_int_equal(root_cell.irqs[1] & cell->irqs[1], 0);
	}
	assert_int_equal(seen, (1U << MACHINE_CPUS) - 1);
}

static long random_call(struct prng *prng)
{
	u32 id = 1 + prng_below(prng, 2);

	switch (prng_below(prng, 4)) {
	case 0:
		return machine_create(id == 1 ? &machine_cell : &machine_other);
	case 1:
		return machine_set_loadable(id);
	case 2:
		return machine_start(id);
	default:
		return machine_destroy(id);
	}
}

static void test_cell_random_calls_keep_what_is_exclusive(void **state)
{
	struct prng prng = prng_for(__func__);
	unsigned int done = 0;

	(void)state;
	/* As loadable regions are open to the root: large pages merge. */
	host_shutdown();
	machine_system.mem[0].flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE;
	machine_boot();
	machine_cell.head.flags |= JAILHOUSE_CELL_PASSIVE_COMMREG;
	machine_other.head.flags |= JAILHOUSE_CELL_PASSIVE_COMMREG;
	machine_look(&before);
	for (unsigned int step = 0; step < 1500; step++) {
		const struct cell *cell;
		long err;

		if (prng_below(&prng, 4) == 0)
			machine_drain(prng_below(&prng, 40));
		err = random_call(&prng);
		machine_refill();
		assert_true(err == 0 || err == -ENOMEM || err == -ENOENT ||
			    err == -EEXIST);
		done += !err;
		for_each_non_root_cell (cell)
			check_exclusive(cell);
		check_cpus_and_irqs();
	}
	assert_true(done > 300);
	for (u32 id = 1; id <= 2; id++)
		if (cell_find(id))
			assert_int_equal(machine_destroy(id), 0);
	machine_look(&after);
	machine_assert_same(&before, &after);
}

/* --- failures ---------------------------------------------------------- */

static void park(void *arg)
{
	(void)arg;
	cpu_park_self();
}

static void test_cell_fails_with_its_last_cpu(void **state)
{
	(void)state;
	machine_cell.cpus[0] = 1 << 2 | 1 << 3;
	assert_int_equal(machine_create(&machine_cell), 0);
	assert_int_equal(machine_start(1), 0);
	machine_wait_resets(2, 1);
	assert_int_equal(cpu_power_on(cpu_at(3), 0, 0), 0);
	machine_wait_resets(3, 1);

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

/* --- sub-page regions -------------------------------------------------- */

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
	cmocka_unit_test_setup_teardown(name, setup, machine_teardown)

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
		CASE(test_cell_random_calls_keep_what_is_exclusive),
		CASE(test_cell_fails_with_its_last_cpu),
		CASE(test_cell_shuts_itself_down),
		CASE(test_cell_subpage_leaves_root_the_rest_of_the_page),
		CASE(test_cell_subpages_of_one_page_come_back_together),
		CASE(test_cell_subpage_of_a_subpage_region_of_the_root),
		CASE(test_cell_subpage_of_a_page_that_the_root_has_twice),
		CASE(test_cell_subpage_that_the_bus_refuses_is_the_cells_fault),
		CASE(test_cell_subpage_rights_and_widths),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
