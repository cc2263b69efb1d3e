// SPDX-License-Identifier: GPL-2.0-only
/*
 * The life of cells: root_cell_init() at enable, then create, set-loadable,
 * start and destroy by the root.
 *
 * Messages go to cells while the root runs on; only for the change itself its
 * other CPUs are stopped. Creation takes its steps in an order in which each
 * has its mirror in cell_release().
 */
#include <hv/arch.h>
#include <hv/comm.h>
#include <hv/entry.h>
#include <hv/page_pool.h>
#include <hv/printk.h>
#include <hv/string.h>
#include <hv/unit.h>

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

/* --- interrupts ------------------------------------------------------------
 */

static void read_irqs(struct cell *cell)
{
	const struct jailhouse_irqchip *chip =
		jailhouse_cell_irqchips(cell->config);

	for (unsigned int n = 0; n < cell->config->num_irqchips; n++, chip++) {
		unsigned int word = chip->pin_base / 32;

		/* The validator has seen to address and base. */
		for (unsigned int i = 0; i < 4 && word + i < CELL_IRQ_WORDS;
		     i++)
			cell->irqs[word + i] |= chip->pin_bitmap[i];
	}
	/* SGIs and PPIs belong to each CPU, not to cells. */
	cell->irqs[0] = 0;
}

/* The cell takes its interrupts from the root, or returns what the root's own
 * configuration has of them. */
static void move_irqs(struct cell *cell, bool to_root)
{
	const struct jailhouse_irqchip *chip =
		jailhouse_cell_irqchips(root_cell.config);

	if (!to_root) {
		for (unsigned int n = 0; n < CELL_IRQ_WORDS; n++)
			root_cell.irqs[n] &= ~cell->irqs[n];
		return;
	}
	for (unsigned int n = 0; n < root_cell.config->num_irqchips;
	     n++, chip++)
		for (unsigned int i = 0; i < 4; i++) {
			unsigned int word = chip->pin_base / 32 + i;

			if (word > 0 && word < CELL_IRQ_WORDS)
				root_cell.irqs[word] |=
					cell->irqs[word] & chip->pin_bitmap[i];
		}
}

/* --- CPUs -------------------------------------------------------------------
 */

/* All CPUs of the set stand in the hypervisor. Their new cell finds them
 * powered off. */
static void move_cpus(struct cell *to, struct cell *from,
		      const struct cpu_set *set)
{
	unsigned int id;

	for_each_cpu (id, set) {
		struct cpu *cpu = cpu_at(id);

		cpu_set_off(cpu);
		cpu_set_remove(&from->cpus, id);
		cpu_set_add(&to->cpus, id);
		cpu->cell = to;
		memset(cpu->stat, 0, sizeof(cpu->stat));
		arch_cpu_cell_changed(cpu);
	}
}

/* --- memory -----------------------------------------------------------------
 */

static bool exclusive(const struct jailhouse_memory *mem)
{
	return !(mem->flags &
		 (JAILHOUSE_MEM_COMM_REGION | JAILHOUSE_MEM_ROOTSHARED));
}

static int map_all_regions(struct cell *cell)
{
	const struct jailhouse_memory *mem;
	unsigned int n;
	int err;

	for_each_mem_region (mem, cell->config, n) {
		err = cell_map_region(cell, mem);
		if (err) {
			printk("Out of memory for region %u of cell \"%s\"\n",
			       n, cell->config->name);
			return err;
		}
	}
	return 0;
}

static int take_memory_from_root(const struct cell *cell)
{
	const struct jailhouse_memory *mem;
	unsigned int n;
	int err;

	for_each_mem_region (mem, cell->config, n) {
		if (!exclusive(mem))
			continue;
		err = root_unmap_range(mem->phys_start, mem->size);
		if (err)
			return err;
	}
	return 0;
}

/* Also undoes half of take_memory_from_root(). The cell is not listed any
 * more (or not yet). Mapping back what was there needs no memory. */
static void return_memory_to_root(const struct cell *cell)
{
	const struct jailhouse_memory *mem;
	unsigned int n;

	for_each_mem_region (mem, cell->config, n) {
		if (!exclusive(mem))
			continue;
		if (root_map_range(mem->phys_start, mem->size))
			printk("Region %u of cell \"%s\" could not be returned "
			       "to the root\n",
			       n, cell->config->name);
	}
}

/* Loadable regions outside the root's own memory were 1:1 in the root, and
 * their tables are of no use any more; others hold what was returned. */
static void trim_root_tables(const struct cell *cell)
{
	const struct jailhouse_memory *mem;
	unsigned int n;

	for_each_mem_region (mem, cell->config, n)
		if (mem->flags & JAILHOUSE_MEM_LOADABLE)
			paging_trim(&root_cell.memory, mem->phys_start,
				    mem->size);
}

/* Opens the loadable regions to the root, or closes them again. */
static int set_loadable_regions(struct cell *cell, bool loadable)
{
	const struct jailhouse_memory *mem;
	unsigned int n;
	int err;

	for_each_mem_region (mem, cell->config, n) {
		if (!(mem->flags & JAILHOUSE_MEM_LOADABLE) || !exclusive(mem) ||
		    JAILHOUSE_MEMORY_IS_SUBPAGE(mem) || !mem->size)
			continue;
		err = loadable ? root_map_loadable(mem)
			       : root_unmap_loadable(mem);
		if (err)
			return err;
	}
	return 0;
}

/* --- building and releasing --------------------------------------------------
 */

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

	if (cell == &root_cell)
		windows += ROOT_SPARE_WINDOWS;
	err = mmio_init(&cell->mmio, windows);
	if (!err)
		err = arch_cell_init(cell);
	if (!err)
		err = map_all_regions(cell);
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
	static u64 arch_part[16];
	int err;

	root_cell.config = &system_config->root_cell;
	root_cell.config_size =
		jailhouse_cell_config_size(&system_config->root_cell);
	root_cell.arch = (struct arch_cell *)arch_part;
	if (arch_cell_size > sizeof(arch_part))
		return -ENOMEM;
	config_cpu_set(root_cell.config, &root_cell.cpus);
	read_irqs(&root_cell);

	err = units_init();
	if (!err)
		err = cell_build(&root_cell);
	if (err)
		return err;
	num_cells = 1;
	units_config_commit(&root_cell);
	return 0;
}

/*
 * Copies the configuration out of the root's memory. Its size comes from the
 * descriptor, which is read once, first: the copy's arrays are fetched later,
 * but the descriptor in front of them stays the one that was measured.
 */
static int copy_from_root(u64 gpa, void *dest, u64 size)
{
	char *to = dest;

	while (size) {
		u64 offset = gpa & ~PAGE_MASK;
		u64 part = MIN(size, PAGE_SIZE - offset);
		phys_t phys = root_gpa_to_phys(gpa, false);
		const char *page;

		if (phys == PHYS_INVALID || gpa + part < gpa)
			return -EINVAL;
		page = hv_map_temporary(phys & PAGE_MASK, 1, PT_READ);
		memcpy(to, page + offset, part);
		to += part;
		gpa += part;
		size -= part;
	}
	return 0;
}

static int copy_config(u64 gpa, struct cell *cell)
{
	struct jailhouse_cell_desc desc;
	char *config;
	u64 size;
	int err;

	err = copy_from_root(gpa, &desc, sizeof(desc));
	if (err) {
		printk("Refused: configuration at 0x%llx is not in RAM of the "
		       "root\n",
		       gpa);
		return err;
	}
	size = jailhouse_cell_config_size64(&desc);
	if ((gpa & ~PAGE_MASK) + size > CELL_CONFIG_LIMIT) {
		printk("Refused: configuration of %llu bytes is larger than "
		       "%u\n",
		       size, CELL_CONFIG_LIMIT);
		return -E2BIG;
	}
	config = page_alloc(PAGES(size));
	if (!config)
		return -ENOMEM;
	cell->config = (const struct jailhouse_cell_desc *)(void *)config;
	cell->config_size = (u32)size;
	memcpy(config, &desc, sizeof(desc));
	return copy_from_root(gpa + sizeof(desc), config + sizeof(desc),
			      size - sizeof(desc));
}

static int check_config(const struct cell *cell)
{
	struct config_context context;

	memset(&context, 0, sizeof(context));
	arch_config_context(&context);
	context.root = &root_cell;
	context.cells = root_cell.next;
	context.calling_cpu = this_cpu()->id;
	return config_check_cell(&context, cell->config, cell->config_size);
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
	err = take_memory_from_root(cell);
	if (!err)
		err = cell_build(cell);
	if (err) {
		unlink_cell(cell);
		return_memory_to_root(cell);
		return err;
	}
	move_irqs(cell, false);
	move_cpus(cell, &root_cell, &set);
	units_config_commit(cell);
	return 0;
}

/* The mirror of install(); the cell's CPUs stand still. */
static void uninstall(struct cell *cell)
{
	struct cpu_set set = cell->cpus;

	if (cell->loadable)
		(void)!set_loadable_regions(cell, false);
	units_cell_exit(cell);
	unlink_cell(cell);
	move_irqs(cell, true);
	return_memory_to_root(cell);
	trim_root_tables(cell);
	move_cpus(&root_cell, cell, &set);
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

	err = copy_config(config_gpa, cell);
	if (err)
		goto release;
	cell->id = cell->config->id;
	err = check_config(cell);
	if (err)
		goto release;
	config_cpu_set(cell->config, &cell->cpus);
	read_irqs(cell);
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

/* --- start, load, destroy
 * ----------------------------------------------------- */

/* The cell, or NULL with *err set: not there, or the root itself. */
static struct cell *managed_cell(u32 id, int *err)
{
	struct cell *cell = cell_find(id);

	*err = !cell ? -ENOENT : cell == &root_cell ? -EINVAL : 0;
	return *err ? NULL : cell;
}

/* Asks the cell to end; a time-out counts as consent, since the cell is about
 * to be stopped in any case. */
static int request_shutdown(struct cell *cell)
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

/* The cell's CPUs stand still and will stay off; caller resumes them. */
static int stop_cpus(struct cell *cell)
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

	cell = managed_cell(id, &err);
	if (!cell)
		return err;
	if (cell->loadable)
		return 0;
	err = request_shutdown(cell);
	if (err)
		return err;

	err = cell_suspend(&root_cell);
	if (err)
		return err;
	err = stop_cpus(cell);
	if (err)
		goto resume_root;
	units_cell_reset(cell);
	cell->comm->cell_state = JAILHOUSE_CELL_SHUT_DOWN;
	err = set_loadable_regions(cell, true);
	if (err)
		/* Closing what was opened cannot fail: same pages. */
		(void)!set_loadable_regions(cell, false);
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

	cell = managed_cell(id, &err);
	if (!cell)
		return err;
	err = request_shutdown(cell);
	if (err)
		return err;

	err = cell_suspend(&root_cell);
	if (err)
		return err;
	err = stop_cpus(cell);
	if (err) {
		cell_resume(&root_cell);
		return err;
	}
	if (cell->loadable)
		err = set_loadable_regions(cell, false);
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
	cpu_set_reset(cpu_at(first), cell->config->cpu_reset_address, 0);
	/* Before the cell has a chance to say something itself. */
	printk("Started cell \"%s\"\n", cell->config->name);
	cell_resume(cell);
	return 0;
}

int cell_destroy(u32 id)
{
	struct cell *cell;
	int err;

	cell = managed_cell(id, &err);
	if (!cell)
		return err;
	err = check_unlocked(cell);
	if (err)
		return err;
	err = request_shutdown(cell);
	if (err)
		return err;

	err = cell_suspend(&root_cell);
	if (err)
		return err;
	err = stop_cpus(cell);
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
