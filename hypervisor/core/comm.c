// SPDX-License-Identifier: GPL-2.0-only
/*
 * Messages to a cell through its communication region. The cell may write any
 * of its fields at any time: each is read once and judged.
 */
#include <hv/arch.h>
#include <hv/comm.h>
#include <hv/entry.h>
#include <hv/printk.h>
#include <hv/string.h>

void comm_init(struct cell *cell)
{
	struct jailhouse_comm_region *comm = cell->comm;
	u32 flags = cell->config->flags;

	memset(comm, 0, PAGE_SIZE);
	memcpy(comm->signature, JAILHOUSE_COMM_SIGNATURE,
	       sizeof(comm->signature));
	comm->revision = JAILHOUSE_COMM_REVISION;
	comm->cell_state = JAILHOUSE_CELL_RUNNING;
	if (CELL_FLAGS_VIRTUAL_CONSOLE_PERMITTED(flags))
		comm->flags |= JAILHOUSE_COMM_FLAG_DBG_PUTC_PERMITTED;
	if (CELL_FLAGS_VIRTUAL_CONSOLE_ACTIVE(flags))
		comm->flags |= JAILHOUSE_COMM_FLAG_DBG_PUTC_ACTIVE;
	comm->console = cell->config->console;
	comm->pci_mmconfig_base =
		system_config->platform_info.pci_mmconfig_base;
	arch_comm_init(cell, comm);
}

int cell_state(const struct cell *cell)
{
	u32 state;

	if (!cell->comm)
		return JAILHOUSE_CELL_RUNNING;
	state = READ_ONCE(cell->comm->cell_state);
	return state <= JAILHOUSE_CELL_FAILED_COMM_REV ? (int)state : -EINVAL;
}

/* Polls between two arch_cpu_relax(): a cell takes milliseconds to answer, and
 * in emulation each of those takes a lock that the timers of all CPUs need. */
#define POLLS_PER_RELAX 256U

/* The cell runs and wants to be asked. */
static bool listens(const struct cell *cell)
{
	int state = cell_state(cell);

	if (cell->config->flags & JAILHOUSE_CELL_PASSIVE_COMMREG)
		return false;
	return state != JAILHOUSE_CELL_SHUT_DOWN &&
	       state != JAILHOUSE_CELL_FAILED &&
	       state != JAILHOUSE_CELL_FAILED_COMM_REV;
}

enum comm_reply comm_send(struct cell *cell, u32 message, u32 consent)
{
	struct jailhouse_comm_region *comm = cell->comm;
	unsigned int polls = 0;
	u64 deadline;

	if (!listens(cell))
		return COMM_CONSENT;

	WRITE_ONCE(comm->reply_from_cell, JAILHOUSE_MSG_NONE);
	/* The cell clears the message before it replies; it must not find the
	 * message and have its reply wiped out by us. */
	__atomic_store_n(&comm->msg_to_cell, message, __ATOMIC_RELEASE);

	deadline = deadline_after_us(message_timeout_us(cell));
	while (listens(cell)) {
		u32 reply = __atomic_load_n(&comm->reply_from_cell,
					    __ATOMIC_ACQUIRE);

		if (reply == consent)
			return COMM_CONSENT;
		if (reply != JAILHOUSE_MSG_NONE)
			return COMM_DENIED;
		if (deadline_passed(deadline)) {
			printk("Timeout expired while waiting for reply from "
			       "target cell\n");
			return COMM_TIMEOUT;
		}
		if (++polls % POLLS_PER_RELAX == 0)
			arch_cpu_relax();
	}
	return COMM_CONSENT;
}
