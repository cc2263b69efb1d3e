/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * A cell that handles messages of the root well or badly.
 *
 *   deny=N      deny the first N shutdown requests (0)
 *   unknown=N   answer the first N messages with "unknown" (0)
 *   ignore      never answer
 *   late=N      answer after N milliseconds
 *   state=N     value to put into the comm region's cell_state at first
 *
 * Each message is printed as it comes.
 */
#include <inmate.h>

static u64 deny, unknown;

static u32 choose_reply(u32 message)
{
	if (unknown) {
		unknown--;
		return JAILHOUSE_MSG_UNKNOWN;
	}
	if (message == JAILHOUSE_MSG_RECONFIG_COMPLETED)
		return JAILHOUSE_MSG_RECEIVED;
	if (message != JAILHOUSE_MSG_SHUTDOWN_REQUEST)
		return JAILHOUSE_MSG_UNKNOWN;
	if (deny) {
		deny--;
		return JAILHOUSE_MSG_REQUEST_DENIED;
	}
	return JAILHOUSE_MSG_REQUEST_APPROVED;
}

static void wait_ms(u64 milliseconds)
{
	u64 end = timer_ticks() + timer_frequency() * milliseconds / 1000;

	while (timer_ticks() < end)
		cpu_relax();
}

void inmate_main(void)
{
	bool ignore = cmdline_bool("ignore", false);
	u64 late = cmdline_u64("late", 0);
	u32 message, reply;

	deny = cmdline_u64("deny", 0);
	unknown = cmdline_u64("unknown", 0);
	comm_set_state((u32)cmdline_u64("state", JAILHOUSE_CELL_RUNNING));
	printk("comm-test is ready\n");

	for (;;) {
		message = comm_message();
		if (message == JAILHOUSE_MSG_NONE) {
			cpu_relax();
			continue;
		}
		if (ignore) {
			printk("message %u, no reply\n", message);
			continue;
		}
		reply = choose_reply(message);
		printk("message %u, reply %u\n", message, reply);
		wait_ms(late);
		comm_reply(reply);
		if (reply == JAILHOUSE_MSG_REQUEST_APPROVED)
			return;
	}
}
