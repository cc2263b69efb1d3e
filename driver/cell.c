// SPDX-License-Identifier: GPL-2.0-only
/* Life of cells; the root cell is the first in the list */
#include <linux/io.h>
#include <linux/slab.h>

#include <jailhouse/hypercall.h>

#include "arch.h"
#include "cell.h"
#include "config.h"
#include "cpu.h"
#include "jh.h"
#include "memory.h"
#include "sysfs.h"

static struct jh_cell *root_cell(void)
{
	return list_first_entry(&jh.cells, struct jh_cell, entry);
}

static struct jh_cell *find_id(u32 id)
{
	struct jh_cell *cell;

	list_for_each_entry(cell, &jh.cells, entry)
		if (cell->id == id)
			return cell;
	return NULL;
}

static struct jh_cell *find_name(const char *name)
{
	struct jh_cell *cell;

	list_for_each_entry(cell, &jh.cells, entry)
		if (strncmp(cell->name, name, sizeof(cell->name)) == 0)
			return cell;
	return NULL;
}

struct jh_cell *jh_cell_find(const struct jailhouse_cell_id *id)
{
	if (id->id == JAILHOUSE_CELL_ID_UNUSED)
		return find_name(id->name);
	return id->id >= 0 ? find_id(id->id) : NULL;
}

/* A command to the hypervisor, which answers 0 or an error. */
static int command(u32 code, unsigned long arg)
{
	long answer = jh_arch_hypercall(code, arg, 0);

	return answer > 0 ? -EIO : answer;
}

/* The record of a cell, in no list yet. To be given back by jh_cell_put(). */
static struct jh_cell *new_cell(const struct jailhouse_cell_desc *desc, u32 id)
{
	struct jh_cell *cell = kzalloc(sizeof(*cell), GFP_KERNEL);

	if (!cell)
		return NULL;
	jh_sysfs_init_cell(cell);
	cell->id = id;
	strscpy(cell->name, desc->name, sizeof(cell->name));
	INIT_LIST_HEAD(&cell->counters);
	mutex_init(&cell->console_lock);
	return cell;
}

static int copy_regions(struct jh_cell *cell,
			const struct jailhouse_cell_desc *desc)
{
	cell->num_regions = desc->num_memory_regions;
	cell->regions = kmemdup(jailhouse_cell_mem_regions(desc),
				cell->num_regions * sizeof(*cell->regions),
				GFP_KERNEL | __GFP_NOWARN);
	return cell->regions ? 0 : -ENOMEM;
}

int jh_cell_add_root(const struct jailhouse_cell_desc *desc,
		     const struct cpumask *cpus)
{
	struct jh_cell *root = new_cell(desc, 0);
	int err;

	if (!root)
		return -ENOMEM;
	cpumask_copy(&root->cpus, cpus);
	err = jh_sysfs_add_cell(root);
	if (err) {
		jh_cell_put(root);
		return err;
	}
	list_add(&root->entry, &jh.cells);
	return 0;
}

void jh_cell_root_runs(void)
{
	jh_sysfs_add_times(root_cell());
}

void jh_cell_remove_root(void)
{
	struct jh_cell *root = root_cell();

	list_del(&root->entry);
	jh_sysfs_remove_cell(root);
	jh_cell_put(root);
}

/*
 * What the driver judges itself, since only Linux knows it: memory that Linux
 * uses would be torn out of it.
 */
static int check_memory(const struct jh_cell *cell)
{
	unsigned int n;

	for (n = 0; n < cell->num_regions; n++) {
		const struct jailhouse_memory *region = &cell->regions[n];
		u64 last = region->phys_start + region->size - 1;

		if (region->flags & JAILHOUSE_MEM_COMM_REGION ||
		    region->size == 0 || last < region->phys_start)
			continue; /* not ours, or for the hypervisor to say */
		/* It may read along what it cannot take away. */
		if (region->flags & JAILHOUSE_MEM_ROOTSHARED &&
		    !(region->flags & JAILHOUSE_MEM_WRITE))
			continue;
		if (jh_memory_in_use(region->phys_start, region->size)) {
			jh_err("cell \"%s\": memory region %u [0x%llx-0x%llx] is used by Linux: keep Linux out of it with \"mem=\" or a reserved-memory node",
			       cell->name, n, region->phys_start, last);
			return -EINVAL;
		}
	}
	return 0;
}

static int check_cpus(const struct jh_cell *cell)
{
	const struct cpumask *free = &root_cell()->cpus;

	if (cpumask_subset(&cell->cpus, free))
		return 0;
	jh_err("cell \"%s\": CPUs %*pbl, but the root cell has only %*pbl",
	       cell->name, cpumask_pr_args(&cell->cpus), cpumask_pr_args(free));
	return -EBUSY;
}

/* The hypercall, with none of the cell's CPUs back in Linux' hands */
static int call_create(const struct jh_cell *cell,
		       const struct jailhouse_cell_desc *desc)
{
	int err;

	jh_cpus_freeze();
	if (cpumask_intersects(&cell->cpus, cpu_online_mask)) {
		jh_err("cell \"%s\": one of CPUs %*pbl was brought online again",
		       cell->name, cpumask_pr_args(&cell->cpus));
		err = -EBUSY;
	} else {
		err = command(JAILHOUSE_HC_CELL_CREATE,
			      virt_to_phys((void *)desc));
	}
	jh_cpus_thaw();
	return err;
}

/* Moves the CPUs of a cell in the driver's books. */
static void book_cpus(struct jh_cell *cell, bool to_cell)
{
	struct cpumask *root_cpus = &root_cell()->cpus;

	if (to_cell)
		cpumask_andnot(root_cpus, root_cpus, &cell->cpus);
	else
		cpumask_or(root_cpus, root_cpus, &cell->cpus);
	jh_sysfs_move_cpus(root_cell(), &cell->cpus, !to_cell);
}

/* Gives the cell all it needs from Linux, and has the hypervisor make it. */
static int assemble(struct jh_cell *cell,
		    const struct jailhouse_cell_desc *desc)
{
	int err;

	err = jh_cpus_take(&cell->cpus, &cell->taken);
	if (err)
		return err;
	err = jh_pci_claim(&cell->pci, desc);
	if (err)
		goto return_cpus;
	err = call_create(cell, desc);
	if (err)
		goto release_pci;
	err = jh_sysfs_add_cell(cell);
	if (err)
		goto destroy;
	list_add_tail(&cell->entry, &jh.cells);
	book_cpus(cell, true);
	return 0;

destroy:
	command(JAILHOUSE_HC_CELL_DESTROY, cell->id);
release_pci:
	jh_pci_release(&cell->pci);
return_cpus:
	jh_cpus_return(&cell->taken);
	return err;
}

static int check_new(struct jh_cell *cell,
		     const struct jailhouse_cell_desc *desc)
{
	int err;

	err = jh_cpus_from_config(desc, &cell->cpus);
	if (!err)
		err = check_cpus(cell);
	if (!err)
		err = copy_regions(cell, desc);
	if (!err)
		err = check_memory(cell);
	return err;
}

/* What the established driver completes in a configuration, too */
static void complete_desc(struct jailhouse_cell_desc *desc)
{
	u32 id = 1;

	while (find_id(id))
		id++;
	desc->id = id;
	if (CELL_FLAGS_VIRTUAL_CONSOLE_ACTIVE(desc->flags))
		desc->flags |= JAILHOUSE_CELL_VIRTUAL_CONSOLE_PERMITTED;
}

int jh_cell_create(struct jailhouse_cell_desc *desc)
{
	struct jh_cell *cell;
	int err;

	desc->name[JAILHOUSE_CELL_NAME_MAXLEN] = 0;
	if (find_name(desc->name)) {
		jh_err("cell \"%s\" exists already", desc->name);
		return -EEXIST;
	}
	complete_desc(desc);

	cell = new_cell(desc, desc->id);
	if (!cell)
		return -ENOMEM;
	err = check_new(cell, desc);
	if (!err)
		err = assemble(cell, desc);
	if (err) {
		jh_cell_put(cell);
		return err;
	}
	pr_info("Created Jailhouse cell \"%s\"\n", cell->name);
	return 0;
}

int jh_cell_start(struct jh_cell *cell)
{
	return command(JAILHOUSE_HC_CELL_START, cell->id);
}

int jh_cell_set_loadable(struct jh_cell *cell)
{
	return command(JAILHOUSE_HC_CELL_SET_LOADABLE, cell->id);
}

int jh_cell_destroy(struct jh_cell *cell)
{
	int err;

	err = command(JAILHOUSE_HC_CELL_DESTROY, cell->id);
	if (err)
		return err;
	list_del(&cell->entry);
	jh_sysfs_remove_cell(cell);
	book_cpus(cell, false);
	jh_cpus_return(&cell->taken);
	jh_pci_release(&cell->pci);
	pr_info("Destroyed Jailhouse cell \"%s\"\n", cell->name);
	jh_cell_put(cell);
	return 0;
}

int jh_cell_destroy_all(void)
{
	struct jh_cell *cell, *next;
	int err;

	list_for_each_entry_safe(cell, next, &jh.cells, entry) {
		if (cell == root_cell())
			continue;
		err = jh_cell_destroy(cell);
		if (err) {
			jh_err("cell \"%s\" cannot be destroyed: error %d",
			       cell->name, err);
			return err;
		}
	}
	return 0;
}

bool jh_cell_took_cpu(int cpu)
{
	const struct jh_cell *cell;

	list_for_each_entry(cell, &jh.cells, entry)
		if (cpumask_test_cpu(cpu, &cell->taken))
			return true;
	return false;
}
