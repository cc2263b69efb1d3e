// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Enable and disable, with a thread for each CPU. The core goes through this
 * once in its life, so each case has a process of its own.
 */
#include "machine.h"

#include <hv/entry.h>
#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>

/* In the process of a case: what fails is said, and is its exit status. */
#define CHECK(condition)                                                       \
	do {                                                                   \
		if (!(condition)) {                                            \
			fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__,     \
				#condition);                                   \
			_exit(1);                                              \
		}                                                              \
	} while (0)

struct arrival {
	pthread_t thread;
	unsigned int cpu;
	int result;
};

static void *enter(void *arg)
{
	struct arrival *arrival = arg;

	arrival->result = hypervisor_enter(arrival->cpu);
	return NULL;
}

static void enter_all(struct arrival *arrivals, size_t count)
{
	for (size_t n = 0; n < count; n++)
		CHECK(!pthread_create(&arrivals[n].thread, NULL, enter,
				      &arrivals[n]));
	for (size_t n = 0; n < count; n++)
		CHECK(!pthread_join(arrivals[n].thread, NULL));
}

/* What the driver does before CPUs enter. */
static void prepare(unsigned int online_cpus)
{
	host_memory_reset(0);
	host_clock_set(1);
	host_console_reset();
	host_image_header.online_cpus = online_cpus;
	host_image_header.config_size = sizeof(machine_system);
	memcpy(host_config_place(), &machine_system, sizeof(machine_system));
}

static struct arrival four[] = {
	{ .cpu = 0 }, { .cpu = 1 }, { .cpu = 2 }, { .cpu = 3 }
};

static bool all_return(const struct arrival *arrivals, size_t count, int result)
{
	for (size_t n = 0; n < count; n++)
		if (arrivals[n].result != result) {
			fprintf(stderr, "CPU %u: %d\n", arrivals[n].cpu,
				arrivals[n].result);
			return false;
		}
	return true;
}

static void case_all_enter(void)
{
	prepare(4);
	enter_all(four, 4);
	CHECK(all_return(four, 4, 0));
	CHECK(host_cpus_up() == 4);
	CHECK(num_cells == 1);
	CHECK(cpu_set_count(&root_cell.cpus) == 4);
	CHECK(machine_said("Initializing Jailhouse hypervisor host on CPU "));
	CHECK(machine_said(" CPU 3... OK\n"));
	CHECK(machine_said("Activating hypervisor\n"));
	for (unsigned int cpu = 0; cpu < 4; cpu++)
		CHECK(cpu_find(cpu) && cpu_find(cpu)->cell == &root_cell);
	CHECK(!cpu_find(4));
	CHECK(!cpu_find(HOST_MAX_CPUS));
}

static void case_refused_config(void)
{
	machine_system.head.platform_info.arm.gic_version = 5;
	prepare(4);
	enter_all(four, 4);
	CHECK(all_return(four, 4, -EINVAL));
	CHECK(host_cpus_up() == 0);
	CHECK(machine_said("Refused: system: gic_version 5"));
	CHECK(!machine_said("Activating"));
}

static void case_truncated_config(void)
{
	prepare(4);
	host_image_header.config_size = 100;
	enter_all(four, 4);
	CHECK(all_return(four, 4, -EINVAL));
	CHECK(machine_said("100 bytes, shorter than its descriptor"));
}

static void case_one_cpu_missing(void)
{
	prepare(4);
	host_clock_set_step(1000);
	enter_all(four, 3);
	CHECK(all_return(four, 3, -ETIMEDOUT));
	CHECK(host_cpus_up() == 0);
	CHECK(machine_said("only 3 of 4 CPUs"));
	/* It comes in the end, and learns the same. */
	enter_all(&four[3], 1);
	CHECK(four[3].result == -ETIMEDOUT);
	CHECK(host_cpus_up() == 0);
}

static void case_more_cpus_online_than_configured(void)
{
	machine_system.cpus[0] = 7;
	prepare(4);
	enter_all(four, 4);
	CHECK(all_return(four, 4, -EINVAL));
	CHECK(host_cpus_up() == 0);
}

static void case_other_cpus_online_than_configured(void)
{
	static struct arrival others[] = {
		{ .cpu = 0 }, { .cpu = 1 }, { .cpu = 2 }, { .cpu = 5 }
	};

	prepare(4);
	enter_all(others, 4);
	CHECK(all_return(others, 4, -EINVAL));
	CHECK(host_cpus_up() == 0);
	CHECK(machine_said("CPU 5"));
}

static void case_cpu_init_fails(void)
{
	prepare(4);
	host_cpu_set_init_error(2, -ENODEV);
	enter_all(four, 4);
	CHECK(all_return(four, 4, -ENODEV));
	CHECK(host_cpus_up() == 0);
	CHECK(machine_said(" CPU 2... FAILED\n"));
}

static void case_same_cpu_twice(void)
{
	static struct arrival twice[] = {
		{ .cpu = 0 }, { .cpu = 1 }, { .cpu = 2 }, { .cpu = 2 }
	};

	prepare(4);
	enter_all(twice, 4);
	CHECK(all_return(twice, 4, -EBUSY));
	CHECK(host_cpus_up() == 0);
}

static void case_cpu_beyond_the_areas(void)
{
	static struct arrival beyond[] = {
		{ .cpu = 0 }, { .cpu = 1 }, { .cpu = 2 }, { .cpu = 3 }
	};

	machine_system.cpus[0] = 0x107;
	prepare(4);
	enter_all(beyond, 4);
	CHECK(all_return(beyond, 4, -EINVAL));
	CHECK(host_cpus_up() == 0);
}

static void case_too_little_memory(void)
{
	prepare(4);
	host_memory_reset(3);
	host_image_header.online_cpus = 4;
	host_image_header.config_size = sizeof(machine_system);
	memcpy(host_config_place(), &machine_system, sizeof(machine_system));
	enter_all(four, 4);
	CHECK(all_return(four, 4, -ENOMEM));
	CHECK(host_cpus_up() == 0);
}

/* --- disable ----------------------------------------------------------- */

static void leave_cpu(void *arg)
{
	*(int *)arg = hypervisor_disable();
}

static int leave(unsigned int cpu)
{
	int result;

	host_on_cpu(cpu, leave_cpu, &result);
	return result;
}

static void case_all_leave(void)
{
	case_all_enter();
	for (unsigned int cpu = 0; cpu < 4; cpu++) {
		CHECK(leave(cpu) == 0);
		CHECK(host_cpus_up() == 3 - cpu);
		CHECK(hypervisor_is_disabling());
	}
	CHECK(machine_said("Shutting down hypervisor\n"));
	CHECK(machine_said(" Releasing CPU 3\n"));
}

static void case_leave_with_a_cpu_off(void)
{
	case_all_enter();
	cpu_at(2)->off = true;
	CHECK(leave(0) == -EBUSY);
	CHECK(host_cpus_up() == 4);
	CHECK(machine_said("CPU 2 is offline"));
	CHECK(!hypervisor_is_disabling());
	cpu_at(2)->off = false;
	cpu_at(1)->failed = true;
	CHECK(leave(0) == -EBUSY);
	CHECK(machine_said("CPU 1 is parked"));
	cpu_at(1)->failed = false;
	CHECK(leave(0) == 0);
}

static void case_leave_with_cells(void)
{
	case_all_enter();
	num_cells = 2;
	CHECK(leave(0) == -EBUSY);
	CHECK(!hypervisor_is_disabling());
	num_cells = 1;
	CHECK(leave(0) == 0);
}

static void case_leave_by_a_cell(void)
{
	struct cell cell = { .config = root_cell.config };

	case_all_enter();
	cpu_at(3)->cell = &cell;
	CHECK(leave(3) == -EPERM);
	CHECK(host_cpus_up() == 4);
}

static void create_on_cpu(void *arg)
{
	*(long *)arg = machine_create(&machine_cell);
}

static void case_no_create_while_leaving(void)
{
	long err;

	case_all_enter();
	CHECK(leave(0) == 0);
	host_on_cpu(1, create_on_cpu, &err);
	CHECK(err == -EBUSY);
	CHECK(num_cells == 1);
}

/* --- the processes ----------------------------------------------------- */

static void run_case(void **state)
{
	void (*run)(void) = *(void (**)(void)) * state;
	int status;
	pid_t child;

	machine_reset_configs();
	fflush(NULL);
	child = fork();
	if (child == 0) {
		alarm(60);
		run();
		_exit(0);
	}
	assert_true(child > 0);
	assert_int_equal(waitpid(child, &status, 0), child);
	if (!WIFEXITED(status) || WEXITSTATUS(status))
		fail_msg("the process ended with status 0x%x", status);
}

struct entry_case {
	const char *name;
	void (*run)(void);
};

static struct entry_case cases[] = {
	{ "test_entry_all_enter", case_all_enter },
	{ "test_entry_refused_config_fails_on_all", case_refused_config },
	{ "test_entry_truncated_config_fails_on_all", case_truncated_config },
	{ "test_entry_one_cpu_missing_times_out", case_one_cpu_missing },
	{ "test_entry_more_cpus_online_is_refused",
	  case_more_cpus_online_than_configured },
	{ "test_entry_other_cpus_online_is_refused",
	  case_other_cpus_online_than_configured },
	{ "test_entry_cpu_init_failure_undoes_all", case_cpu_init_fails },
	{ "test_entry_same_cpu_twice_is_refused", case_same_cpu_twice },
	{ "test_entry_cpu_beyond_the_areas_is_refused",
	  case_cpu_beyond_the_areas },
	{ "test_entry_too_little_memory_fails_on_all", case_too_little_memory },
	{ "test_disable_all_leave", case_all_leave },
	{ "test_disable_with_a_cpu_off_is_refused", case_leave_with_a_cpu_off },
	{ "test_disable_with_cells_is_refused", case_leave_with_cells },
	{ "test_disable_by_a_cell_is_refused", case_leave_by_a_cell },
	{ "test_disable_forbids_create", case_no_create_while_leaving },
};

int main(void)
{
	struct CMUnitTest tests[ARRAY_SIZE(cases)];

	for (size_t n = 0; n < ARRAY_SIZE(cases); n++)
		tests[n] = (struct CMUnitTest){
			.name = cases[n].name,
			.test_func = run_case,
			.initial_state = &cases[n].run,
		};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
