// SPDX-License-Identifier: GPL-2.0-or-later
/* Messages to cells: who is asked, what counts as an answer, and time-outs. */
#include "machine.h"

#include <hv/comm.h>
#include <hv/entry.h>

static struct jailhouse_comm_region *comm;

static int setup(void **state)
{
	machine_setup(state);
	assert_int_equal(machine_create(&machine_cell), 0);
	assert_int_equal(machine_start(1), 0);
	machine_wait_resets(3, 1);
	comm = cell_find(1)->comm;
	machine_quiet();
	return 0;
}

static int teardown(void **state)
{
	host_clock_set_step(0);
	return machine_teardown(state);
}

/* Guests that answer the next message with one value, once. */
static u32 answer;

static void guest_answers(struct cpu *cpu)
{
	(void)cpu;
	if (comm->msg_to_cell == JAILHOUSE_MSG_NONE)
		return;
	comm->msg_to_cell = JAILHOUSE_MSG_NONE;
	__atomic_store_n(&comm->reply_from_cell, answer, __ATOMIC_RELEASE);
}

static void guest_ends(struct cpu *cpu)
{
	(void)cpu;
	if (comm->msg_to_cell != JAILHOUSE_MSG_NONE)
		comm->cell_state = answer;
}

static long shutdown_with(void (*guest)(struct cpu *cpu), u32 value)
{
	answer = value;
	host_cpu_set_guest(3, guest);
	return machine_set_loadable(1);
}

static void test_comm_approved_shutdown_goes_on(void **state)
{
	(void)state;
	assert_int_equal(
		shutdown_with(guest_answers, JAILHOUSE_MSG_REQUEST_APPROVED),
		0);
	assert_int_equal(comm->cell_state, JAILHOUSE_CELL_SHUT_DOWN);
}

static void test_comm_any_other_reply_denies(void **state)
{
	static const u32 replies[] = { JAILHOUSE_MSG_UNKNOWN,
				       JAILHOUSE_MSG_REQUEST_DENIED,
				       JAILHOUSE_MSG_RECEIVED, 5, ~0U };

	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(replies); n++)
		assert_int_equal(shutdown_with(guest_answers, replies[n]),
				 -EPERM);
	assert_int_equal(comm->cell_state, JAILHOUSE_CELL_RUNNING);
	assert_int_equal(machine_destroy(1), -EPERM);
	assert_int_equal(machine_start(1), -EPERM);
	assert_int_equal(host_cpu_resets(3, NULL, NULL), 1);
}

static void test_comm_a_cell_that_ends_is_consent(void **state)
{
	static const u32 ends[] = { JAILHOUSE_CELL_SHUT_DOWN,
				    JAILHOUSE_CELL_FAILED,
				    JAILHOUSE_CELL_FAILED_COMM_REV };

	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(ends); n++) {
		assert_int_equal(shutdown_with(guest_ends, ends[n]), 0);
		host_cpu_set_guest(3, NULL);
		assert_int_equal(machine_start(1), 0);
		machine_wait_resets(3, 2 + (unsigned int)n);
	}
}

static void test_comm_ended_cell_is_not_asked(void **state)
{
	static const u32 ends[] = { JAILHOUSE_CELL_SHUT_DOWN,
				    JAILHOUSE_CELL_FAILED,
				    JAILHOUSE_CELL_FAILED_COMM_REV };

	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(ends); n++) {
		comm->cell_state = ends[n];
		comm->msg_to_cell = JAILHOUSE_MSG_NONE;
		assert_int_equal(comm_send(cell_find(1),
					   JAILHOUSE_MSG_SHUTDOWN_REQUEST,
					   JAILHOUSE_MSG_REQUEST_APPROVED),
				 COMM_CONSENT);
		assert_int_equal(comm->msg_to_cell, JAILHOUSE_MSG_NONE);
	}
}

static void test_comm_passive_cell_is_not_asked(void **state)
{
	(void)state;
	comm->cell_state = JAILHOUSE_CELL_SHUT_DOWN;
	assert_int_equal(machine_destroy(1), 0);
	machine_cell.head.flags |= JAILHOUSE_CELL_PASSIVE_COMMREG;
	assert_int_equal(machine_create(&machine_cell), 0);
	assert_int_equal(machine_start(1), 0);
	assert_int_equal(machine_set_loadable(1), 0);
}

/* How long a silent cell is waited for. */
static u64 time_to_silence(u64 msg_reply_timeout, u64 header_default)
{
	u64 start;

	comm->cell_state = JAILHOUSE_CELL_SHUT_DOWN;
	assert_int_equal(machine_destroy(1), 0);
	machine_cell.head.msg_reply_timeout = msg_reply_timeout;
	host_image_header.msg_reply_us = header_default;
	assert_int_equal(machine_create(&machine_cell), 0);
	assert_int_equal(machine_start(1), 0);
	comm = cell_find(1)->comm;

	host_clock_set_step(1);
	start = arch_ticks();
	assert_int_equal(comm_send(cell_find(1), JAILHOUSE_MSG_SHUTDOWN_REQUEST,
				   JAILHOUSE_MSG_REQUEST_APPROVED),
			 COMM_TIMEOUT);
	start = arch_ticks() - start;
	host_clock_set_step(0);
	return start;
}

static void test_comm_timeout_is_in_microseconds(void **state)
{
	(void)state;
	/* Other CPUs may let a tick pass too, when they take a lock. */
	assert_in_range(time_to_silence(5000, 0), 5000, 5050);
	assert_true(machine_said("Timeout expired while waiting for reply"));
	assert_in_range(time_to_silence(0, 7000), 7000, 7050);
	assert_in_range(time_to_silence(300, 7000), 300, 350);
}

static void test_comm_timeout_default_is_10_s(void **state)
{
	(void)state;
	assert_int_equal(message_timeout_us(cell_find(1)), 10000000);
	host_image_header.msg_reply_us = 123;
	assert_int_equal(message_timeout_us(cell_find(1)), 123);
}

/* The cell anew, running, but it does not answer; it has 300 us to do so, the
 * CPUs have 10 s of the same clock to come when they are called. */
static void start_silent_cell(void)
{
	comm->cell_state = JAILHOUSE_CELL_SHUT_DOWN;
	assert_int_equal(machine_destroy(1), 0);
	machine_cell.head.msg_reply_timeout = 300;
	assert_int_equal(machine_create(&machine_cell), 0);
	assert_int_equal(machine_start(1), 0);
	machine_wait_resets(3, 2);
	comm = cell_find(1)->comm;
	machine_quiet();
	host_clock_set_step(1);
}

static void test_comm_silent_cell_is_stopped_all_the_same(void **state)
{
	(void)state;
	start_silent_cell();
	assert_int_equal(machine_destroy(1), 0);
	assert_true(machine_said("Timeout expired"));
	assert_int_equal(num_cells, 1);
	assert_ptr_equal(cpu_at(3)->cell, &root_cell);
}

static void test_comm_silent_cell_has_failed_if_it_cannot_be_stopped(
	void **state)
{
	(void)state;
	start_silent_cell();
	host_image_header.rendezvous_us = 1000;
	host_cpu_set_deaf(3, true);
	assert_int_equal(machine_destroy(1), -ETIMEDOUT);
	host_cpu_set_deaf(3, false);
	host_image_header.rendezvous_us = 0;
	assert_int_equal(cell_state(cell_find(1)), JAILHOUSE_CELL_FAILED);
}

static void test_comm_stale_reply_is_no_answer(void **state)
{
	(void)state;
	comm->reply_from_cell = JAILHOUSE_MSG_REQUEST_APPROVED;
	host_clock_set_step(1000);
	assert_int_equal(comm_send(cell_find(1), JAILHOUSE_MSG_SHUTDOWN_REQUEST,
				   JAILHOUSE_MSG_REQUEST_APPROVED),
			 COMM_TIMEOUT);
	assert_int_equal(comm->reply_from_cell, JAILHOUSE_MSG_NONE);
	assert_int_equal(comm->msg_to_cell, JAILHOUSE_MSG_SHUTDOWN_REQUEST);
}

static void test_comm_undefined_state_is_reported_and_asked(void **state)
{
	(void)state;
	comm->cell_state = 5;
	assert_int_equal(cell_state(cell_find(1)), -EINVAL);
	assert_int_equal(hypercall(JAILHOUSE_HC_CELL_GET_STATE, 1, 0), -EINVAL);
	assert_int_equal(
		shutdown_with(guest_answers, JAILHOUSE_MSG_REQUEST_APPROVED),
		0);
}

/* --- other cells ------------------------------------------------------- */

static u32 heard;

static void guest_hears(struct cpu *cpu)
{
	u32 message = comm->msg_to_cell;

	if (message == JAILHOUSE_MSG_NONE)
		return;
	__atomic_store_n(&heard, message, __ATOMIC_RELEASE);
	machine_guest_polite(cpu);
}

static void test_comm_others_hear_of_changes(void **state)
{
	(void)state;
	host_cpu_set_guest(3, guest_hears);
	heard = 0;
	assert_int_equal(machine_create(&machine_other), 0);
	assert_int_equal(heard, JAILHOUSE_MSG_RECONFIG_COMPLETED);
	heard = 0;
	assert_int_equal(machine_set_loadable(2), 0);
	assert_int_equal(heard, 0);
	assert_int_equal(machine_destroy(2), 0);
	assert_int_equal(heard, JAILHOUSE_MSG_RECONFIG_COMPLETED);
	assert_int_equal(comm->cell_state, JAILHOUSE_CELL_RUNNING);
}

static void test_comm_locked_cell_vetoes_changes_of_others(void **state)
{
	(void)state;
	host_cpu_set_guest(3, guest_hears);
	assert_int_equal(machine_create(&machine_other), 0);
	comm->cell_state = JAILHOUSE_CELL_RUNNING_LOCKED;
	heard = 0;
	assert_int_equal(machine_destroy(2), -EPERM);
	assert_true(machine_said("cell \"rtos\" is running/locked"));
	assert_int_equal(heard, 0);
	comm->cell_state = JAILHOUSE_CELL_RUNNING;
	assert_int_equal(machine_destroy(2), 0);
	comm->cell_state = JAILHOUSE_CELL_RUNNING_LOCKED;
	assert_int_equal(machine_create(&machine_other), -EPERM);
}

static void test_comm_locked_cell_itself_can_go(void **state)
{
	(void)state;
	host_cpu_set_guest(3, guest_hears);
	comm->cell_state = JAILHOUSE_CELL_RUNNING_LOCKED;
	assert_int_equal(machine_destroy(1), 0);
}

static void test_comm_silence_about_a_change_does_not_undo_it(void **state)
{
	(void)state;
	start_silent_cell();
	assert_int_equal(machine_create(&machine_other), 0);
	assert_true(machine_said("Timeout expired"));
	assert_int_equal(num_cells, 3);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_comm_approved_shutdown_goes_on),
		CASE(test_comm_any_other_reply_denies),
		CASE(test_comm_a_cell_that_ends_is_consent),
		CASE(test_comm_ended_cell_is_not_asked),
		CASE(test_comm_passive_cell_is_not_asked),
		CASE(test_comm_timeout_is_in_microseconds),
		CASE(test_comm_timeout_default_is_10_s),
		CASE(test_comm_silent_cell_is_stopped_all_the_same),
		CASE(test_comm_silent_cell_has_failed_if_it_cannot_be_stopped),
		CASE(test_comm_stale_reply_is_no_answer),
		CASE(test_comm_undefined_state_is_reported_and_asked),
		CASE(test_comm_others_hear_of_changes),
		CASE(test_comm_locked_cell_vetoes_changes_of_others),
		CASE(test_comm_locked_cell_itself_can_go),
		CASE(test_comm_silence_about_a_change_does_not_undo_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
