// SPDX-License-Identifier: GPL-2.0-or-later
/* Hypercalls: who may, what comes back, and what hostile arguments do. */
#include "machine.h"

#include <hv/console.h>
#include <hv/printk.h>

static int setup(void **state)
{
	machine_setup(state);
	assert_int_equal(machine_create(&machine_cell), 0);
	machine_quiet();
	return 0;
}

struct call {
	u64 code, arg1, arg2;
	long result;
};

static void do_call(void *arg)
{
	struct call *call = arg;

	call->result = hypercall(call->code, call->arg1, call->arg2);
}

/* As the cell on CPU 3 */
static long call_by_cell(u64 code, u64 arg1, u64 arg2)
{
	struct call call = { code, arg1, arg2, 0 };

	host_on_cpu(3, do_call, &call);
	return call.result;
}

static void test_hypercall_unknown_code_is_enosys(void **state)
{
	static const u64 codes[] = { 9,	     0xff,	 0x102,
				     0x1000, 1ULL << 32, (1ULL << 32) + 5,
				     ~0ULL };

	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(codes); n++) {
		assert_int_equal(hypercall(codes[n], 0, 0), -ENOSYS);
		assert_int_equal(call_by_cell(codes[n], 0, 0), -ENOSYS);
	}
}

static void test_hypercall_management_is_for_root_only(void **state)
{
	static const u64 codes[] = {
		JAILHOUSE_HC_CELL_CREATE,	JAILHOUSE_HC_CELL_START,
		JAILHOUSE_HC_CELL_SET_LOADABLE, JAILHOUSE_HC_CELL_DESTROY,
		JAILHOUSE_HC_CELL_GET_STATE,	JAILHOUSE_HC_READ_CONFIG,
		JAILHOUSE_HC_READ_CONSOLE,
	};

	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(codes); n++)
		assert_int_equal(call_by_cell(codes[n], 1, PAGE_GPA), -EPERM);
	assert_int_equal(num_cells, 2);
}

static void test_hypercall_get_info(void **state)
{
	u64 code = JAILHOUSE_HC_HYPERVISOR_GET_INFO;

	(void)state;
	assert_int_equal(hypercall(code, 0, 0), mem_pool.pages);
	assert_int_equal(hypercall(code, 1, 0), mem_pool.used);
	assert_int_equal(hypercall(code, 2, 0), remap_pool.pages);
	assert_int_equal(hypercall(code, 3, 0), remap_pool.used);
	assert_int_equal(hypercall(code, 4, 0), 2);
	assert_int_equal(call_by_cell(code, 4, 0), 2);
	assert_int_equal(hypercall(code, 5, 0), -EINVAL);
	assert_int_equal(hypercall(code, 1ULL << 32, 0), -EINVAL);
}

static void test_hypercall_cell_get_state(void **state)
{
	u64 code = JAILHOUSE_HC_CELL_GET_STATE;
	struct jailhouse_comm_region *comm = cell_find(1)->comm;

	(void)state;
	assert_int_equal(hypercall(code, 0, 0), JAILHOUSE_CELL_RUNNING);
	for (u32 value = 0; value <= 4; value++) {
		comm->cell_state = value;
		assert_int_equal(hypercall(code, 1, 0), value);
	}
	comm->cell_state = 0xffffffff;
	assert_int_equal(hypercall(code, 1, 0), -EINVAL);
	assert_int_equal(hypercall(code, 2, 0), -ENOENT);
	assert_int_equal(hypercall(code, 1ULL << 32, 0), -ENOENT);
}

static void test_hypercall_cpu_get_info(void **state)
{
	u64 code = JAILHOUSE_HC_CPU_GET_INFO;

	(void)state;
	assert_int_equal(hypercall(code, 0, 0), JAILHOUSE_CPU_RUNNING);
	cpu_at(3)->failed = true;
	assert_int_equal(hypercall(code, 3, 0), JAILHOUSE_CPU_FAILED);
	cpu_at(3)->failed = false;

	cpu_at(1)->stat[3] = 0xfffffff0;
	cpu_at(1)->stat[8] = 0x20;
	assert_int_equal(hypercall(code, 1, 1003), 0x7ffffff0);
	assert_int_equal(hypercall(code, 1, 1008), 0x20);
	assert_int_equal(hypercall(code, 1, 1000), 0x10);

	assert_int_equal(hypercall(code, 1, 1), -EINVAL);
	assert_int_equal(hypercall(code, 1, 999), -EINVAL);
	assert_int_equal(hypercall(code, 1, 1000 + arch_num_stats), -EINVAL);
	assert_int_equal(hypercall(code, 1, ~0ULL), -EINVAL);
	assert_int_equal(hypercall(code, MACHINE_CPUS, 0), -EINVAL);
	assert_int_equal(hypercall(code, HOST_MAX_CPUS, 0), -EINVAL);
	assert_int_equal(hypercall(code, 1ULL << 32, 0), -EINVAL);
}

static void test_hypercall_times_of_exits(void **state)
{
	u64 code = JAILHOUSE_HC_CPU_GET_INFO;

	(void)state;
	memset(host_exit_ticks, 0, sizeof(host_exit_ticks));
	host_exit_ticks[1][3] = 1000;
	host_exit_ticks[1][8] = 1ULL << 40;
	assert_int_equal(hypercall(code, 1, 2003), 1000);
	assert_int_equal(hypercall(code, 1, 3003), 500);
	assert_int_equal(hypercall(code, 1, 2001), 0);
	/* all reasons: the sum, and the longest of all */
	assert_int_equal(hypercall(code, 1, 2000), (1LL << 40) + 1000);
	assert_int_equal(hypercall(code, 1, 3000), 1LL << 39);
	/* never taken for an error */
	host_exit_ticks[1][8] = ~0ULL;
	assert_true(hypercall(code, 1, 2008) > 0);

	assert_int_equal(hypercall(code, 1, 1999), -EINVAL);
	assert_int_equal(hypercall(code, 1, 2000 + arch_num_stats), -EINVAL);
	assert_int_equal(hypercall(code, 1, 2999), -EINVAL);
	assert_int_equal(hypercall(code, 1, 3000 + arch_num_stats), -EINVAL);
	assert_int_equal(call_by_cell(code, 3, 2000), 0);
	assert_int_equal(call_by_cell(code, 1, 2000), -EPERM);
}

static void test_hypercall_cells_see_their_own_cpus(void **state)
{
	u64 code = JAILHOUSE_HC_CPU_GET_INFO;

	(void)state;
	assert_int_equal(call_by_cell(code, 3, 0), JAILHOUSE_CPU_RUNNING);
	assert_int_equal(call_by_cell(code, 0, 0), -EPERM);
	assert_int_equal(call_by_cell(code, 2, 1000), -EPERM);
	assert_int_equal(call_by_cell(code, 100, 0), -EINVAL);
}

static void test_hypercall_putc_goes_to_the_cells_console(void **state)
{
	u64 code = JAILHOUSE_HC_DEBUG_CONSOLE_PUTC;

	(void)state;
	for (const char *c = "hi\n"; *c; c++)
		assert_int_equal(call_by_cell(code, (u64)*c | 0x100, 0), 0);
	assert_string_equal(host_console_text(), "hi\n");
	assert_memory_equal(cell_find(1)->console->content, "hi\n", 3);
}

static void test_hypercall_putc_needs_permission(void **state)
{
	(void)state;
	assert_int_equal(hypercall(JAILHOUSE_HC_DEBUG_CONSOLE_PUTC, 'x', 0),
			 -EPERM);
	assert_int_equal(machine_destroy(1), 0);
	machine_cell.head.flags = 0;
	assert_int_equal(machine_create(&machine_cell), 0);
	assert_int_equal(call_by_cell(JAILHOUSE_HC_DEBUG_CONSOLE_PUTC, 'x', 0),
			 -EPERM);
	assert_null(cell_find(1)->console);
}

/* --- reading back ------------------------------------------------------ */

static struct jailhouse_read_page *page(void)
{
	return host_ram(PAGE_GPA, PAGE_SIZE);
}

static long read_at(u64 code, u32 id, u64 position)
{
	memset(page(), 0xee, PAGE_SIZE);
	page()->position = position;
	return hypercall(code, id, PAGE_GPA);
}

static void test_hypercall_read_config_of_a_cell(void **state)
{
	u64 code = JAILHOUSE_HC_READ_CONFIG;
	size_t size = sizeof(machine_cell);

	(void)state;
	assert_int_equal(read_at(code, 1, 0), size);
	assert_memory_equal(page()->data, &machine_cell, size);
	assert_int_equal(page()->position, size);
	assert_int_equal(page()->end, size);
	assert_int_equal(page()->lost, 0);
	assert_int_equal(page()->data[size], 0xee);

	assert_int_equal(read_at(code, 1, size - 3), 3);
	assert_memory_equal(page()->data, (char *)&machine_cell + size - 3, 3);
	assert_int_equal(read_at(code, 1, size), 0);
	assert_int_equal(read_at(code, 1, ~0ULL), 0);
	assert_int_equal(page()->position, size);
}

static void test_hypercall_read_config_in_pieces(void **state)
{
	u64 code = JAILHOUSE_HC_READ_CONFIG;
	struct {
		struct machine_cell cell;
		u32 streams[1000];
	} __attribute__((packed)) *big = calloc(1, sizeof(*big));
	size_t size = sizeof(*big);
	char *got = malloc(size);
	size_t at = 0;

	(void)state;
	assert_int_equal(machine_destroy(1), 0);
	big->cell = machine_cell;
	big->cell.head.num_stream_ids = 1000;
	for (u32 n = 0; n < 1000; n++)
		big->streams[n] = n + 1;
	memcpy(host_ram(CONFIG_GPA, size), big, size);
	assert_int_equal(hypercall(JAILHOUSE_HC_CELL_CREATE, CONFIG_GPA, 0), 0);
	assert_int_equal(read_at(code, 1, 0), JAILHOUSE_READ_DATA_SIZE);
	while (at < size) {
		long count = read_at(code, 1, at);

		assert_true(count > 0);
		memcpy(got + at, page()->data, (size_t)count);
		at += (size_t)count;
	}
	assert_memory_equal(got, big, size);
	free(got);
	free(big);
}

static void test_hypercall_read_config_of_root_and_system(void **state)
{
	u64 code = JAILHOUSE_HC_READ_CONFIG;
	size_t offset = offsetof(struct jailhouse_system, root_cell);

	(void)state;
	assert_int_equal(read_at(code, JAILHOUSE_READ_SYSTEM, 0),
			 sizeof(machine_system));
	assert_memory_equal(page()->data, &machine_system,
			    sizeof(machine_system));
	assert_int_equal(read_at(code, 0, 0), sizeof(machine_system) - offset);
	assert_memory_equal(page()->data, (char *)&machine_system + offset,
			    sizeof(machine_system) - offset);
}

static void test_hypercall_read_to_bad_page_is_refused(void **state)
{
	static const u64 bad[] = {
		0,	   PAGE_GPA + 8,      PAGE_GPA + 1,
		UART_PHYS, HOST_HV_BASE,      CELL_RAM_PHYS,
		~0ULL,	   ~0ULL & ~0xfffULL, 1ULL << 47,
	};

	(void)state;
	/* A loadable region is mapped, but not the root's. */
	assert_int_equal(machine_set_loadable(1), 0);
	for (size_t n = 0; n < ARRAY_SIZE(bad); n++) {
		assert_int_equal(hypercall(JAILHOUSE_HC_READ_CONFIG, 1, bad[n]),
				 -EINVAL);
		assert_int_equal(
			hypercall(JAILHOUSE_HC_READ_CONSOLE, 1, bad[n]),
			-EINVAL);
	}
}

static void test_hypercall_read_to_read_only_page_is_refused(void **state)
{
	(void)state;
	host_shutdown();
	machine_system.mem[2] = (struct jailhouse_memory){
		.phys_start = 0x90000000,
		.virt_start = 0x90000000,
		.size = PAGE_SIZE,
		.flags = JAILHOUSE_MEM_READ,
	};
	machine_boot();
	assert_int_equal(hypercall(JAILHOUSE_HC_READ_CONFIG, 0, 0x90000000),
			 -EINVAL);
}

static void test_hypercall_read_unknown_cell_is_enoent(void **state)
{
	(void)state;
	assert_int_equal(read_at(JAILHOUSE_HC_READ_CONFIG, 7, 0), -ENOENT);
	assert_int_equal(read_at(JAILHOUSE_HC_READ_CONSOLE, 7, 0), -ENOENT);
	assert_int_equal(
		hypercall(JAILHOUSE_HC_READ_CONFIG, 1ULL << 32, PAGE_GPA),
		-EINVAL);
}

static void test_hypercall_read_console_of_a_cell(void **state)
{
	u64 code = JAILHOUSE_HC_READ_CONSOLE;

	(void)state;
	for (const char *c = "one\ntw"; *c; c++)
		cell_console_putc(cell_find(1)->console, *c);
	assert_int_equal(read_at(code, 1, 0), 6);
	assert_memory_equal(page()->data, "one\ntw", 6);
	assert_int_equal(page()->position, 6);
	assert_int_equal(page()->end, 6);
	assert_int_equal(read_at(code, 1, 6), 0);
	assert_int_equal(read_at(code, 1, ~0ULL), 0);
	for (unsigned int n = 0; n < CELL_CONSOLE_SIZE; n++)
		cell_console_putc(cell_find(1)->console, 'x');
	assert_int_equal(read_at(code, 1, 2), JAILHOUSE_READ_DATA_SIZE);
	assert_int_equal(page()->lost, 4);
}

static void test_hypercall_read_console_without_one_is_refused(void **state)
{
	(void)state;
	assert_int_equal(read_at(JAILHOUSE_HC_READ_CONSOLE, 0, 0), -EPERM);
}

static void test_hypercall_read_console_of_the_hypervisor(void **state)
{
	u64 position = console_page.ring.head;

	(void)state;
	printk("a line\n");
	assert_int_equal(read_at(JAILHOUSE_HC_READ_CONSOLE,
				 JAILHOUSE_READ_SYSTEM, position),
			 7);
	assert_memory_equal(page()->data, "a line\n", 7);
}

/* --- concurrency ------------------------------------------------------- */

static void root_guest_creates(struct cpu *cpu)
{
	long err = hypercall(JAILHOUSE_HC_CELL_CREATE, CONFIG_GPA + 0x10000, 0);

	(void)cpu;
	assert_true(err == -EBUSY || err == -EINVAL);
}

/* Two root CPUs in management calls: one of them is told to try again. */
static void test_hypercall_management_by_two_cpus_does_not_hang(void **state)
{
	(void)state;
	host_cpu_set_guest(1, root_guest_creates);
	host_cpu_set_guest(2, root_guest_creates);
	for (unsigned int done = 0; done < 200;) {
		long err = machine_set_loadable(1);

		if (!err) {
			cell_find(1)->loadable = false;
			done++;
		}
		assert_true(err == 0 || err == -EBUSY);
	}
	host_cpu_set_guest(1, NULL);
	host_cpu_set_guest(2, NULL);
	while (machine_set_loadable(1))
		;
	cell_find(1)->loadable = true;
}

#define CASE(name)                                                             \
	cmocka_unit_test_setup_teardown(name, setup, machine_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_hypercall_unknown_code_is_enosys),
		CASE(test_hypercall_management_is_for_root_only),
		CASE(test_hypercall_get_info),
		CASE(test_hypercall_cell_get_state),
		CASE(test_hypercall_cpu_get_info),
		CASE(test_hypercall_times_of_exits),
		CASE(test_hypercall_cells_see_their_own_cpus),
		CASE(test_hypercall_putc_goes_to_the_cells_console),
		CASE(test_hypercall_putc_needs_permission),
		CASE(test_hypercall_read_config_of_a_cell),
		CASE(test_hypercall_read_config_in_pieces),
		CASE(test_hypercall_read_config_of_root_and_system),
		CASE(test_hypercall_read_to_bad_page_is_refused),
		CASE(test_hypercall_read_to_read_only_page_is_refused),
		CASE(test_hypercall_read_unknown_cell_is_enoent),
		CASE(test_hypercall_read_console_of_a_cell),
		CASE(test_hypercall_read_console_without_one_is_refused),
		CASE(test_hypercall_read_console_of_the_hypervisor),
		CASE(test_hypercall_management_by_two_cpus_does_not_hang),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
