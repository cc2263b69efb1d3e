/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * The page that the hypervisor shares with this cell: where things are, what
 * state the cell is in, and what the root asks of it.
 */
#ifndef INMATE_COMM_H
#define INMATE_COMM_H

#include <stdbool.h>
#include <jailhouse/comm-region.h>

static inline struct jailhouse_comm_region *comm_region(void)
{
	return (struct jailhouse_comm_region *)COMM_REGION_BASE;
}

/**
 * comm_supported - does this library understand the page?
 *
 * Otherwise the start-up code sets the state "Comm ABI mismatch" and stops.
 */
bool comm_supported(void);

/**
 * comm_message - take the pending message, if any
 *
 * Return: JAILHOUSE_MSG_*, NONE if there is none. The sender waits for
 * comm_reply() to everything but NONE.
 */
u32 comm_message(void);

/**
 * comm_reply - answer the message just taken
 * @reply: JAILHOUSE_MSG_REQUEST_APPROVED, ...
 */
void comm_reply(u32 reply);

/**
 * comm_shutdown_requested - handle messages as most inmates do
 *
 * Acknowledges what is for information and rejects what it does not know.
 *
 * Return: true after a shutdown request, which is left for the caller to
 * answer with comm_reply(): approve and then call inmate_stop(), or deny.
 */
bool comm_shutdown_requested(void);

/**
 * comm_set_state - tell the hypervisor how the cell does
 * @state: JAILHOUSE_CELL_*; all but RUNNING and RUNNING_LOCKED are final
 */
void comm_set_state(u32 state);

#endif
