// SPDX-License-Identifier: GPL-2.0-only
/*
 * Cells between creation and destruction: set-loadable and start by the root,
 * and what ends their run.
 *
 * Messages go to cells while the root runs on; only for the change itself its
 * other CPUs are stopped.
 */
#include <hv/arch.h>
#include <hv/comm.h>
#include <hv/printk.h>
#include <hv/unit.h>

#include "cell_parts.h"

struct cell *cell_managed(u32 id, int *err)
{
	struct cell *cell = cell_find(id);

	*err = !cell ? -ENOENT : cell == &root_cell ? -EINVAL : 0;
	return *err ? NULL : cell;
}

int cell_request_shutdown(struct cell *cell)
{
	switch (comm_send(cell, JAILHOUSE_MSG_SHUTDOWN_REQUEST,
			  JAILHOUSE_MSG_REQUEST_APPROVED)) {
	case COMM_CONSENT:
		return 0;
	case COMM_DENIED:
		return -EPERM;
	case COMM_TIMEOUT:
		cell->comm->cell_state = JAILHOUSE_CELL_FAILED;
		return 0;
	}
	return -EIO;
}

int cell_stop_cpus(struct cell *cell)
{
	unsigned int id;
	int err;

	err = cell_suspend(cell);
	if (err)
		return err;
	for_each_cpu (id, &cell->cpus)
		cpu_set_off(cpu_at(id));
	return 0;
}

int cell_set_loadable(u32 id)
{
	struct cell *cell;
	int err;

	cell = cell_managed(id, &err);
	if (!cell)
		return err;
	if (cell->loadable)
		return 0;
	err = cell_request_shutdown(cell);
	if (err)
		return err;

	err = cell_suspend(&root_cell);
	if (err)
		return err;
	err = cell_stop_cpus(cell);
	if (err)
		goto resume_root;
	units_cell_reset(cell);
	cell->comm->cell_state = JAILHOUSE_CELL_SHUT_DOWN;
	err = cell_open_loadable(cell, true);
	if (err)
		/* Closing what was opened cannot fail: same pages. */
		(void)!cell_open_loadable(cell, false);
	else
		cell->loadable = true;
	cell_resume(cell);
	if (!err)
		printk("Cell \"%s\" can be loaded\n", cell->config->name);
resume_root:
	cell_resume(&root_cell);
	return err;
}

int cell_start(u32 id)
{
	struct cell *cell;
	unsigned int first;
	int err;

	cell = cell_managed(id, &err);
	if (!cell)
		return err;
	err = cell_request_shutdown(cell);
	if (err)
		return err;

	err = cell_suspend(&root_cell);
	if (err)
		return err;
	err = cell_stop_cpus(cell);
	if (err) {
		cell_resume(&root_cell);
		return err;
	}
	if (cell->loadable)
		err = cell_open_loadable(cell, false);
	if (!err) {
		cell->loadable = false;
		comm_init(cell);
		units_cell_reset(cell);
	}
	cell_resume(&root_cell);
	if (err) {
		cell_resume(cell);
		return err;
	}
	/* This takes the longer the more memory the cell has. */
	arch_cell_reset(cell);
	/* The lowest CPU starts, the others are off (ABI, inmate boot). */
	first = cpu_set_next(&cell->cpus, 0);
	cell->powered_off = false;
	cpu_set_reset(cpu_at(first), cell->config->cpu_reset_address, 0);
	/* Before the cell has a chance to say something itself. */
	printk("Started cell \"%s\"\n", cell->config->name);
	cell_resume(cell);
	return 0;
}

void cell_cpu_failed(struct cell *cell)
{
	unsigned int id;

	for_each_cpu (id, &cell->cpus)
		if (!READ_ONCE(cpu_at(id)->failed))
			return;
	if (cell->comm)
		cell->comm->cell_state = JAILHOUSE_CELL_FAILED;
}

void cell_shut_down_self(struct cell *cell)
{
	unsigned int id;

	cell->comm->cell_state = JAILHOUSE_CELL_SHUT_DOWN;
	WRITE_ONCE(cell->powered_off, true);
	for_each_cpu (id, &cell->cpus) {
		struct cpu *cpu = cpu_at(id);

		spin_lock(&cpu->lock);
		cpu->off = true;
		cpu->reset = false;
		spin_unlock(&cpu->lock);
		if (cpu != this_cpu())
			arch_kick(cpu);
	}
}
