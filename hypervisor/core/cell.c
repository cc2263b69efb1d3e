// SPDX-License-Identifier: GPL-2.0-only
/*
 * Cells come and go: root_cell_init() at enable, then create and destroy by the
 * root.
 *
 * Creation takes its steps in an order in which each has its mirror in
 * cell_release().
 */
#include <hv/arch.h>
#include <hv/comm.h>
#include <hv/entry.h>
#include <hv/hypercall.h>
#include <hv/page_pool.h>
#include <hv/printk.h>
#include <hv/string.h>
#include <hv/unit.h>

#include "cell_parts.h"

/* MMIO windows of the root beyond its configuration: pages it shares with
 * sub-page regions of cells. */
#define ROOT_SPARE_WINDOWS 32U

spinlock_t cell_list_lock;
struct cell root_cell;
unsigned long num_cells;

struct cell *cell_find(u32 id)
{
	struct cell *cell;

	for_each_cell (cell)
		if (cell->id == id)
			return cell;
	return NULL;
}

static struct cell *last_cell(void)
{
	struct cell *cell = &root_cell;

	while (cell->next)
		cell = cell->next;
	return cell;
}

static void print_pools(const char *when)
{
	printk("Page pool usage %s: mem %lu/%lu, remap %lu/%lu\n", when,
	       mem_pool.used, mem_pool.pages, remap_pool.used,
	       remap_pool.pages);
}

static u32 count_subpage_windows(const struct cell *cell)
{
	const struct jailhouse_memory *mem;
	unsigned int n;
	u32 count = 0;

	for_each_mem_region (mem, cell->config, n)
		if (!(mem->flags & JAILHOUSE_MEM_COMM_REGION) &&
		    JAILHOUSE_MEMORY_IS_SUBPAGE(mem))
			count++;
	return count;
}

/* Tables and windows of a cell whose config and id are set. */
static int cell_build(struct cell *cell)
{
	u32 windows = count_subpage_windows(cell) + units_count_windows(cell);
	int err;

	cell->hypercalls = hypercalls_of(cell);
	if (cell == &root_cell)
		windows += ROOT_SPARE_WINDOWS;
	err = mmio_init(&cell->mmio, windows);
	if (!err)
		err = arch_cell_init(cell);
	if (!err)
		err = cell_map_all_regions(cell);
	if (!err)
		err = units_cell_init(cell);
	return err;
}

/* A cell, complete or not; its pages go back to the pool. */
static void cell_release(struct cell *cell)
{
	if (cell->arch)
		arch_cell_exit(cell);
	mmio_destroy(&cell->mmio);
	if (cell->console)
		page_free(cell->console->content, CELL_CONSOLE_PAGES);
	page_free(cell->comm, 1);
	if (cell->config)
		page_free((void *)((uintptr_t)cell->config & PAGE_MASK),
			  PAGES(cell->config_size));
	page_free(cell, 1);
}

int root_cell_init(void)
{
	/* Part of the image's bss, so that the root needs no pages for it. */
	static u64 arch_part[8];
	int err;

	root_cell.config = &system_config->root_cell;
	root_cell.config_size =
		jailhouse_cell_config_size(&system_config->root_cell);
	root_cell.arch = (struct arch_cell *)arch_part;
	if (arch_cell_size > sizeof(arch_part))
		return -ENOMEM;
	config_cpu_set(root_cell.config, &root_cell.cpus);
	cell_read_irqs(&root_cell);

	err = units_init();
	if (!err)
		err = cell_build(&root_cell);
	if (err)
		return err;
	num_cells = 1;
	units_config_commit(&root_cell);
	return 0;
}

static int alloc_parts(struct cell *cell)
{
	cell->comm = page_alloc(1);
	if (!cell->comm)
		return -ENOMEM;
	if (CELL_FLAGS_VIRTUAL_CONSOLE_PERMITTED(cell->config->flags)) {
		/* What was not written is not read, so it need not be zero. */
		u8 *content = page_pool_take(&mem_pool, CELL_CONSOLE_PAGES, 1);

		if (!content)
			return -ENOMEM;
		cell->console =
			(struct cell_console *)(void *)((char *)cell->arch +
							ALIGN_UP(arch_cell_size,
								 16UL));
		cell->console->content = content;
	}
	return 0;
}

/* Another cell that does not allow changes, or NULL. */
static const struct cell *find_locked(const struct cell *except)
{
	const struct cell *cell;

	for_each_non_root_cell (cell)
		if (cell != except &&
		    cell_state(cell) == JAILHOUSE_CELL_RUNNING_LOCKED)
			return cell;
	return NULL;
}

static int check_unlocked(const struct cell *except)
{
	const struct cell *locked = find_locked(except);

	if (!locked)
		return 0;
	printk("Refused: cell \"%s\" is running/locked\n",
	       locked->config->name);
	return -EPERM;
}

static void tell_others(const struct cell *except)
{
	struct cell *cell;

	for_each_non_root_cell (cell)
		if (cell != except)
			comm_send(cell, JAILHOUSE_MSG_RECONFIG_COMPLETED,
				  JAILHOUSE_MSG_RECEIVED);
}

static void link_cell(struct cell *cell)
{
	spin_lock(&cell_list_lock);
	last_cell()->next = cell;
	spin_unlock(&cell_list_lock);
	num_cells++;
}

static void unlink_cell(struct cell *cell)
{
	struct cell *previous = &root_cell;

	while (previous->next != cell)
		previous = previous->next;
	spin_lock(&cell_list_lock);
	previous->next = cell->next;
	spin_unlock(&cell_list_lock);
	num_cells--;
}

/* Everything that the other root CPUs must not see half done. On failure the
 * root is what it was; the cell has no CPUs then. */
static int install(struct cell *cell)
{
	struct cpu_set set = cell->cpus;
	int err;

	memset(&cell->cpus, 0, sizeof(cell->cpus));
	link_cell(cell);
	err = cell_take_memory(cell);
	if (!err)
		err = cell_build(cell);
	if (err) {
		unlink_cell(cell);
		cell_return_memory(cell);
		return err;
	}
	cell_move_irqs(cell, false);
	cell_move_cpus(cell, &root_cell, &set);
	units_config_commit(cell);
	return 0;
}

/* The mirror of install(); the cell's CPUs stand still. */
static void uninstall(struct cell *cell)
{
	struct cpu_set set = cell->cpus;

	if (cell->loadable)
		(void)!cell_open_loadable(cell, false);
	units_cell_exit(cell);
	unlink_cell(cell);
	cell_move_irqs(cell, true);
	cell_return_memory(cell);
	cell_trim_root_tables(cell);
	cell_move_cpus(&root_cell, cell, &set);
	units_config_commit(&root_cell);
}

int cell_create(u64 config_gpa)
{
	struct cell *cell;
	int err;

	if (hypervisor_is_disabling())
		return -EBUSY;
	err = check_unlocked(NULL);
	if (err)
		return err;

	_Static_assert(sizeof(struct cell) + 256 +
				       sizeof(struct cell_console) <=
			       PAGE_SIZE,
		       "cell, arch part and console are a page");
	cell = page_alloc(1);
	if (!cell)
		return -ENOMEM;
	cell->arch =
		(struct arch_cell *)(void *)((char *)cell +
					     ALIGN_UP(sizeof(*cell), 16UL));

	err = cell_copy_config(config_gpa, cell);
	if (err)
		goto release;
	cell->id = cell->config->id;
	err = cell_check_config(cell);
	if (err)
		goto release;
	config_cpu_set(cell->config, &cell->cpus);
	cell_read_irqs(cell);
	err = alloc_parts(cell);
	if (err) {
		printk("Out of memory for cell \"%s\"\n", cell->config->name);
		goto release;
	}
	comm_init(cell);
	cell->comm->cell_state = JAILHOUSE_CELL_SHUT_DOWN;

	err = cell_suspend(&root_cell);
	if (err)
		goto release;
	err = install(cell);
	arch_irqs_changed();
	cell_resume(&root_cell);
	cell_resume(cell); /* CPUs that were the root's when they stopped */
	if (err)
		goto release;

	printk("Created cell \"%s\"\n", cell->config->name);
	print_pools("after cell creation");
	tell_others(cell);
	return 0;

release:
	cell_release(cell);
	return err;
}

int cell_destroy(u32 id)
{
	struct cell *cell;
	int err;

	cell = cell_managed(id, &err);
	if (!cell)
		return err;
	err = check_unlocked(cell);
	if (err)
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
	printk("Closing cell \"%s\"\n", cell->config->name);
	cell->comm->cell_state = JAILHOUSE_CELL_SHUT_DOWN;
	uninstall(cell);
	cell_release(cell);
	cell_resume(&root_cell);

	print_pools("after cell destruction");
	tell_others(NULL);
	return 0;
}
