// SPDX-License-Identifier: GPL-2.0-or-later
/* Management calls in any order. */
#include "cell_fixture.h"

static struct machine_view before, after;

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

#define CASE(name)                                                             \
	cmocka_unit_test_setup_teardown(name, machine_setup, machine_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_cell_random_calls_keep_what_is_exclusive),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
