/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <asm/sysreg.h>
#include <inmate/comm.h>
#include <inmate/string.h>

bool comm_supported(void)
{
	const struct jailhouse_comm_region *comm = comm_region();

	return memcmp(comm->signature, JAILHOUSE_COMM_SIGNATURE,
		      sizeof(comm->signature)) == 0 &&
	       comm->revision == JAILHOUSE_COMM_REVISION;
}

u32 comm_message(void)
{
	struct jailhouse_comm_region *comm = comm_region();
	u32 message = comm->msg_to_cell;

	if (message != JAILHOUSE_MSG_NONE)
		comm->msg_to_cell = JAILHOUSE_MSG_NONE;
	return message;
}

void comm_reply(u32 reply)
{
	/*
	 * The sender may put the next message as soon as it sees the reply,
	 * so that the old one has to be gone by then. Also what the inmate
	 * did before it agreed has to be seen.
	 */
	dmb(ish);
	comm_region()->reply_from_cell = reply;
}

bool comm_shutdown_requested(void)
{
	switch (comm_message()) {
	case JAILHOUSE_MSG_NONE:
		return false;
	case JAILHOUSE_MSG_SHUTDOWN_REQUEST:
		return true;
	case JAILHOUSE_MSG_RECONFIG_COMPLETED:
		comm_reply(JAILHOUSE_MSG_RECEIVED);
		return false;
	default:
		comm_reply(JAILHOUSE_MSG_UNKNOWN);
		return false;
	}
}

void comm_set_state(u32 state)
{
	dmb(ish);
	comm_region()->cell_state = state;
}
