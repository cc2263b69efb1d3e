/* SPDX-License-Identifier: GPL-2.0-only */
/* The message protocol of the communication region. */
#ifndef HV_COMM_H
#define HV_COMM_H

#include <hv/cell.h>

enum comm_reply {
	COMM_CONSENT, /* said yes, or has nothing to say (any more) */
	COMM_DENIED,
	COMM_TIMEOUT, /* said nothing in time */
};

/* Fills the page anew, state RUNNING: the cell is about to start. */
void comm_init(struct cell *cell);

/* Sends the message and waits, for a bounded time, for the reply `consent` or
 * another one. */
enum comm_reply comm_send(struct cell *cell, u32 message, u32 consent);

#endif
