// SPDX-License-Identifier: GPL-2.0-or-later
/* Stopping, starting and parking CPUs, with CPUs that are threads. */
#include "machine.h"

#include <hv/entry.h>
#include <sched.h>

/* A guest that counts: it stands still when its count does. */
static unsigned long steps[MACHINE_CPUS];

static void guest_counts(struct cpu *cpu)
{
	__atomic_add_fetch(&steps[cpu->id], 1, __ATOMIC_SEQ_CST);
}

static unsigned long steps_of(unsigned int cpu)
{
	return __atomic_load_n(&steps[cpu], __ATOMIC_SEQ_CST);
}

struct progress {
	unsigned int cpu;
	unsigned long beyond;
};

static bool has_progressed(void *arg)
{
	const struct progress *progress = arg;

	return steps_of(progress->cpu) > progress->beyond;
}

static void assert_runs(unsigned int cpu)
{
	struct progress progress = { cpu, steps_of(cpu) };

	host_wait_until(has_progressed, &progress);
}

static int setup(void **state)
{
	machine_setup(state);
	for (unsigned int cpu = 1; cpu < MACHINE_CPUS; cpu++)
		host_cpu_set_guest(cpu, guest_counts);
	return 0;
}

static void test_control_suspended_cpu_stands_still(void **state)
{
	unsigned long before;

	(void)state;
	assert_runs(1);
	assert_int_equal(cpu_suspend(cpu_at(1)), 0);
	before = steps_of(1);
	assert_runs(2);
	assert_runs(3);
	assert_int_equal(steps_of(1), before);
	cpu_resume(cpu_at(1));
	assert_runs(1);
}

static void test_control_suspend_is_nested(void **state)
{
	unsigned long before;

	(void)state;
	assert_int_equal(cpu_suspend(cpu_at(1)), 0);
	assert_int_equal(cpu_suspend(cpu_at(1)), 0);
	before = steps_of(1);
	cpu_resume(cpu_at(1));
	assert_runs(2);
	assert_int_equal(steps_of(1), before);
	cpu_resume(cpu_at(1));
	assert_runs(1);
}

/* The answer to an earlier request must not pass for one to the next. */
static void test_control_suspend_again_at_once_stops_again(void **state)
{
	(void)state;
	for (unsigned int n = 0; n < 2000; n++) {
		unsigned long before;

		assert_int_equal(cpu_suspend(cpu_at(1)), 0);
		before = steps_of(1);
		sched_yield();
		assert_int_equal(steps_of(1), before);
		cpu_resume(cpu_at(1));
	}
}

static void test_control_deaf_cpu_times_out_and_goes_on(void **state)
{
	(void)state;
	host_cpu_set_deaf(1, true);
	host_clock_set_step(1000);
	assert_int_equal(cpu_suspend(cpu_at(1)), -ETIMEDOUT);
	host_clock_set_step(0);
	assert_true(machine_said("CPU 1 does not come into the hypervisor\n"));
	assert_int_equal(cpu_at(1)->suspend_count, 0);
	host_cpu_set_deaf(1, false);
	assert_runs(1);
}

static void test_control_rendezvous_time_is_the_headers(void **state)
{
	u64 start;

	(void)state;
	host_image_header.rendezvous_us = 4000;
	host_cpu_set_deaf(1, true);
	host_clock_set_step(1);
	start = arch_ticks();
	assert_int_equal(cpu_suspend(cpu_at(1)), -ETIMEDOUT);
	assert_in_range(arch_ticks() - start, 4000, 4100);
	host_clock_set_step(0);
	host_cpu_set_deaf(1, false);
	assert_runs(1);
}

static void test_control_cell_suspend_spares_the_caller(void **state)
{
	(void)state;
	assert_int_equal(cell_suspend(&root_cell), 0);
	assert_int_equal(cpu_at(0)->suspend_count, 0);
	for (unsigned int cpu = 1; cpu < MACHINE_CPUS; cpu++)
		assert_int_equal(cpu_at(cpu)->suspend_count, 1);
	cell_resume(&root_cell);
	for (unsigned int cpu = 1; cpu < MACHINE_CPUS; cpu++)
		assert_runs(cpu);
}

static void test_control_cell_suspend_failing_resumes_the_others(void **state)
{
	(void)state;
	host_cpu_set_deaf(2, true);
	host_clock_set_step(1000);
	assert_int_equal(cell_suspend(&root_cell), -ETIMEDOUT);
	host_clock_set_step(0);
	host_cpu_set_deaf(2, false);
	for (unsigned int cpu = 1; cpu < MACHINE_CPUS; cpu++) {
		assert_int_equal(cpu_at(cpu)->suspend_count, 0);
		assert_runs(cpu);
	}
}

static void test_control_reset_takes_effect_at_resume(void **state)
{
	u64 entry, arg;

	(void)state;
	assert_int_equal(cpu_suspend(cpu_at(1)), 0);
	cpu_set_reset(cpu_at(1), 0x1234, 0x5678);
	assert_int_equal(host_cpu_resets(1, NULL, NULL), 0);
	cpu_resume(cpu_at(1));
	machine_wait_resets(1, 1);
	host_cpu_resets(1, &entry, &arg);
	assert_int_equal(entry, 0x1234);
	assert_int_equal(arg, 0x5678);
	assert_runs(1);
}

static void test_control_off_cpu_stays_until_powered_on(void **state)
{
	unsigned long before;

	(void)state;
	assert_int_equal(cpu_suspend(cpu_at(1)), 0);
	cpu_set_off(cpu_at(1));
	cpu_resume(cpu_at(1));
	before = steps_of(1);
	assert_runs(2);
	assert_int_equal(steps_of(1), before);
	/* It answers a call at once, although it is off. */
	assert_int_equal(cpu_suspend(cpu_at(1)), 0);
	cpu_resume(cpu_at(1));
	assert_int_equal(steps_of(1), before);

	assert_int_equal(cpu_power_on(cpu_at(1), 0x40, 1), 0);
	machine_wait_resets(1, 1);
	assert_runs(1);
}

static void test_control_power_on_of_a_running_cpu_is_busy(void **state)
{
	(void)state;
	assert_int_equal(cpu_power_on(cpu_at(1), 0, 0), -EBUSY);
	assert_int_equal(host_cpu_resets(1, NULL, NULL), 0);
}

static void test_control_power_on_while_suspended_waits(void **state)
{
	(void)state;
	assert_int_equal(cpu_suspend(cpu_at(1)), 0);
	cpu_set_off(cpu_at(1));
	assert_int_equal(cpu_power_on(cpu_at(1), 0x40, 1), 0);
	assert_int_equal(cpu_power_on(cpu_at(1), 0x80, 2), -EBUSY);
	assert_runs(2);
	assert_int_equal(host_cpu_resets(1, NULL, NULL), 0);
	cpu_resume(cpu_at(1));
	machine_wait_resets(1, 1);
}

static void guest_powers_off(struct cpu *cpu)
{
	guest_counts(cpu);
	cpu_power_off_self();
}

static void test_control_cpu_powers_itself_off(void **state)
{
	(void)state;
	host_cpu_set_guest(1, guest_powers_off);
	assert_runs(1);
	assert_int_equal(cpu_suspend(cpu_at(1)), 0);
	assert_true(cpu_at(1)->off);
	host_cpu_set_guest(1, guest_counts);
	cpu_resume(cpu_at(1));
	assert_int_equal(cpu_power_on(cpu_at(1), 0, 0), 0);
	machine_wait_resets(1, 1);
}

static void guest_parks(struct cpu *cpu)
{
	guest_counts(cpu);
	cpu_park_self();
}

static void test_control_parked_cpu_cannot_be_powered_on(void **state)
{
	(void)state;
	host_cpu_set_guest(1, guest_parks);
	assert_runs(1);
	assert_int_equal(cpu_suspend(cpu_at(1)), 0);
	assert_true(cpu_at(1)->failed);
	assert_true(machine_said("Parking CPU 1 (Cell: \"root\")\n"));
	host_cpu_set_guest(1, guest_counts);
	cpu_resume(cpu_at(1));
	assert_int_equal(cpu_power_on(cpu_at(1), 0, 0), -EBUSY);
	assert_int_equal(cpu_suspend(cpu_at(1)), 0);
	cpu_set_reset(cpu_at(1), 0, 0);
	cpu_resume(cpu_at(1));
	machine_wait_resets(1, 1);
	assert_runs(1);
}

static void test_control_no_requests_means_no_wait(void **state)
{
	(void)state;
	assert_false(cpu_has_requests(cpu_at(0)));
	assert_false(cpu_handle_requests());
}

#define CASE(name)                                                             \
	cmocka_unit_test_setup_teardown(name, setup, machine_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_control_suspended_cpu_stands_still),
		CASE(test_control_suspend_is_nested),
		CASE(test_control_suspend_again_at_once_stops_again),
		CASE(test_control_deaf_cpu_times_out_and_goes_on),
		CASE(test_control_rendezvous_time_is_the_headers),
		CASE(test_control_cell_suspend_spares_the_caller),
		CASE(test_control_cell_suspend_failing_resumes_the_others),
		CASE(test_control_reset_takes_effect_at_resume),
		CASE(test_control_off_cpu_stays_until_powered_on),
		CASE(test_control_power_on_of_a_running_cpu_is_busy),
		CASE(test_control_power_on_while_suspended_waits),
		CASE(test_control_cpu_powers_itself_off),
		CASE(test_control_parked_cpu_cannot_be_powered_on),
		CASE(test_control_no_requests_means_no_wait),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
