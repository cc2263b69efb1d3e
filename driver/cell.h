/* SPDX-License-Identifier: GPL-2.0-only */
/* The driver's record of a cell, and what can be done to cells. */
#ifndef JH_CELL_H
#define JH_CELL_H

#include <linux/cpumask.h>
#include <linux/kobject.h>
#include <linux/list.h>

#include <jailhouse/cell-config.h>
#include <jailhouse/driver.h>

#include "pci.h"
#include "ring.h"

/* Lives as long as kobj; guarded by jh.lock unless it says otherwise. */
struct jh_cell {
	struct kobject kobj;	/* cells/<id> */
	struct list_head entry; /* in jh.cells */

	/* constant */
	u32 id;
	char name[JAILHOUSE_CELL_NAME_MAXLEN + 1];
	unsigned int num_regions; /* 0 for the root, which is never loaded */
	struct jailhouse_memory *regions;

	/* Files of sysfs read it without a lock, seeing each CPU before or
	 * after its move. */
	struct cpumask cpus;
	/* Those of them that the driver took offline for this cell */
	struct cpumask taken;
	struct jh_pci_claims pci;

	struct list_head counters; /* of sysfs_cell.c */
	struct mutex console_lock; /* guards console_readers */
	struct jh_follow console_readers;
};

/* Records the root cell of the configuration that is about to be enabled;
 * what may fail is over then. */
int jh_cell_add_root(const struct jailhouse_cell_desc *desc,
		     const struct cpumask *cpus);
/* Completes it when the hypervisor is there. */
void jh_cell_root_runs(void);
void jh_cell_remove_root(void);

/*
 * Creates a cell from a complete configuration of physically contiguous
 * memory, whose name and id this may change.
 */
int jh_cell_create(struct jailhouse_cell_desc *desc);

/* The cell that an ioctl names, or NULL */
struct jh_cell *jh_cell_find(const struct jailhouse_cell_id *id);

int jh_cell_start(struct jh_cell *cell);
int jh_cell_set_loadable(struct jh_cell *cell);
int jh_cell_destroy(struct jh_cell *cell);

/* Destroys all but the root, up to the first failure. */
int jh_cell_destroy_all(void);

/* Whether the CPU is offline only because a cell has it */
bool jh_cell_took_cpu(int cpu);

#endif
