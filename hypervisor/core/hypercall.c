// SPDX-License-Identifier: GPL-2.0-only
/* What cells can ask for, as a table: code, who may call, what it does. */
#include <hv/arch.h>
#include <hv/entry.h>
#include <hv/hypercall.h>
#include <hv/page_pool.h>
#include <hv/printk.h>
#include <hv/string.h>

static const unsigned long *const hypervisor_info[] = {
	[JAILHOUSE_INFO_MEM_POOL_SIZE] = &mem_pool.pages,
	[JAILHOUSE_INFO_MEM_POOL_USED] = &mem_pool.used,
	[JAILHOUSE_INFO_REMAP_POOL_SIZE] = &remap_pool.pages,
	[JAILHOUSE_INFO_REMAP_POOL_USED] = &remap_pool.used,
	[JAILHOUSE_INFO_NUM_CELLS] = &num_cells,
};

static long hypervisor_get_info(u64 type, u64 unused)
{
	(void)unused;
	if (type >= sizeof(hypervisor_info) / sizeof(hypervisor_info[0]))
		return -EINVAL;
	return (long)READ_ONCE(*hypervisor_info[type]);
}

static u32 total_exits(const struct cpu *cpu)
{
	u32 total = 0;

	for (unsigned int n = 0; n < CPU_STATS; n++)
		total += READ_ONCE(cpu->stat[n]);
	return total;
}

/* The sum of all reasons, or the one that was asked for. */
static long exit_ticks(const struct cpu *cpu, u64 asked, bool longest)
{
	u64 sum = 0, total, max;
	unsigned int first = asked ? (unsigned int)asked : 1;
	unsigned int last = asked ? (unsigned int)asked : arch_num_stats - 1;

	for (unsigned int n = first; n <= last; n++) {
		arch_exit_time(cpu, n, &total, &max);
		sum = longest ? MAX(sum, max) : sum + total;
	}
	return (long)(sum & 0x7fffffffffffffff);
}

static bool in_stats(u64 type, u64 base)
{
	return type - base < arch_num_stats;
}

static long cpu_get_info(u64 id, u64 type)
{
	const struct cpu *cpu;
	u64 stat = type - JAILHOUSE_CPU_INFO_STAT_BASE;

	if (id >= image_header.max_cpus)
		return -EINVAL;
	cpu = cpu_find((u32)id);
	if (!cpu)
		return -EINVAL;
	/* The root may ask about all, others about their own. */
	if (this_cell() != &root_cell &&
	    !cpu_set_has(&this_cell()->cpus, (u32)id))
		return -EPERM;

	if (type == JAILHOUSE_CPU_INFO_STATE)
		return cpu->failed ? JAILHOUSE_CPU_FAILED
				   : JAILHOUSE_CPU_RUNNING;
	if (in_stats(type, JAILHOUSE_CPU_INFO_TICKS_BASE))
		return exit_ticks(cpu, type - JAILHOUSE_CPU_INFO_TICKS_BASE,
				  false);
	if (in_stats(type, JAILHOUSE_CPU_INFO_MAX_TICKS_BASE))
		return exit_ticks(cpu, type - JAILHOUSE_CPU_INFO_MAX_TICKS_BASE,
				  true);
	if (!in_stats(type, JAILHOUSE_CPU_INFO_STAT_BASE))
		return -EINVAL;
	if (stat == JAILHOUSE_CPU_STAT_VMEXITS_TOTAL)
		return total_exits(cpu) & 0x7fffffff;
	return READ_ONCE(cpu->stat[stat]) & 0x7fffffff;
}

static long cell_get_state(u64 id, u64 unused)
{
	const struct cell *cell;

	(void)unused;
	cell = id <= 0xffffffff ? cell_find((u32)id) : NULL;
	return cell ? cell_state(cell) : -ENOENT;
}

static long debug_console_putc(u64 character, u64 unused)
{
	struct cell *cell = this_cell();
	char c = (char)character;

	(void)unused;
	if (cell == &root_cell &&
	    CELL_FLAGS_VIRTUAL_CONSOLE_PERMITTED(cell->config->flags)) {
		console_write(&c, 1);
		return 0;
	}
	if (!cell->console)
		return -EPERM;
	cell_console_putc(cell->console, c);
	return 0;
}

/* --- reading back ------------------------------------------------------- */

typedef long (*page_reader)(u32 id, struct jailhouse_read_page *page);

static __cold long read_config(u32 id, struct jailhouse_read_page *page)
{
	const struct cell *cell = cell_find(id);
	const u8 *config;
	u64 size, position, count;

	if (id == JAILHOUSE_READ_SYSTEM) {
		config = (const u8 *)system_config;
		size = image_header.config_size;
	} else if (cell) {
		config = (const u8 *)cell->config;
		size = cell->config_size;
	} else {
		return -ENOENT;
	}

	position = READ_ONCE(page->position); /* another CPU may write it */
	position = MIN(position, size);
	count = MIN(size - position, (u64)JAILHOUSE_READ_DATA_SIZE);
	memcpy(page->data, config + position, count);
	page->position = position + count;
	page->lost = 0;
	page->end = size;
	return (long)count;
}

static __cold long read_console(u32 id, struct jailhouse_read_page *page)
{
	const struct cell *cell = cell_find(id);
	u64 position = READ_ONCE(page->position), lost, end;
	size_t count;

	if (id == JAILHOUSE_READ_SYSTEM) {
		const struct jailhouse_console_page *ring = &console_page.ring;

		end = __atomic_load_n(&ring->head, __ATOMIC_ACQUIRE);
		count = console_ring_read(ring->content, ring->size, end,
					  &position, &lost, page->data,
					  sizeof(page->data));
	} else if (!cell) {
		return -ENOENT;
	} else if (!cell->console) {
		return -EPERM;
	} else {
		count = cell_console_read(cell->console, &position, &lost, &end,
					  page->data, sizeof(page->data));
	}
	page->position = position;
	page->lost = lost;
	page->end = end;
	return (long)count;
}

/* The page is the root's: mapped for this call only, and what was read of it
 * is used once. */
static __cold long read_page(u64 id, u64 gpa, page_reader reader)
{
	struct jailhouse_read_page *page;
	phys_t phys;

	if (id > 0xffffffff || gpa & ~PAGE_MASK)
		return -EINVAL;
	phys = root_gpa_to_phys(gpa, true);
	if (phys == PHYS_INVALID)
		return -EINVAL;
	page = hv_map_temporary(phys, 1, PT_READ | PT_WRITE);
	return reader((u32)id, page);
}

static __cold long hc_read_config(u64 id, u64 gpa)
{
	return read_page(id, gpa, read_config);
}

static __cold long hc_read_console(u64 id, u64 gpa)
{
	return read_page(id, gpa, read_console);
}

/* --- management, one caller at a time ------------------------------------ */

static spinlock_t management_lock;

static long with_id(u64 id, int (*call)(u32 id))
{
	long result;

	if (id > 0xffffffff)
		return -ENOENT;
	/* Another root CPU is in a management call, and about to stop this
	 * one: waiting here would be a deadlock. */
	if (!spin_trylock(&management_lock))
		return -EBUSY;
	result = call((u32)id);
	spin_unlock(&management_lock);
	return result;
}

static __cold long hc_cell_create(u64 gpa, u64 unused)
{
	long result;

	(void)unused;
	if (!spin_trylock(&management_lock))
		return -EBUSY;
	result = cell_create(gpa);
	spin_unlock(&management_lock);
	return result;
}

static __cold long hc_cell_start(u64 id, u64 unused)
{
	(void)unused;
	return with_id(id, cell_start);
}

static __cold long hc_cell_set_loadable(u64 id, u64 unused)
{
	(void)unused;
	return with_id(id, cell_set_loadable);
}

static __cold long hc_cell_destroy(u64 id, u64 unused)
{
	(void)unused;
	return with_id(id, cell_destroy);
}

/* --- the table ----------------------------------------------------------- */

/* DISABLE does not return here: the architecture takes it out before. */
static long unknown_call(u64 arg1, u64 arg2)
{
	(void)arg1;
	(void)arg2;
	return -ENOSYS;
}

static long not_permitted(u64 arg1, u64 arg2)
{
	(void)arg1;
	(void)arg2;
	return -EPERM;
}

#define NUM_CALLS (JAILHOUSE_HC_DEBUG_CONSOLE_PUTC + 1)

/* Beside each other, so that nobody has to look who calls. */
static const hypercall_handler of_root[NUM_CALLS] = {
	[JAILHOUSE_HC_DISABLE] = unknown_call,
	[JAILHOUSE_HC_CELL_CREATE] = hc_cell_create,
	[JAILHOUSE_HC_CELL_START] = hc_cell_start,
	[JAILHOUSE_HC_CELL_SET_LOADABLE] = hc_cell_set_loadable,
	[JAILHOUSE_HC_CELL_DESTROY] = hc_cell_destroy,
	[JAILHOUSE_HC_HYPERVISOR_GET_INFO] = hypervisor_get_info,
	[JAILHOUSE_HC_CELL_GET_STATE] = cell_get_state,
	[JAILHOUSE_HC_CPU_GET_INFO] = cpu_get_info,
	[JAILHOUSE_HC_DEBUG_CONSOLE_PUTC] = debug_console_putc,
};

static const hypercall_handler of_cells[NUM_CALLS] = {
	[JAILHOUSE_HC_DISABLE] = unknown_call,
	[JAILHOUSE_HC_CELL_CREATE] = not_permitted,
	[JAILHOUSE_HC_CELL_START] = not_permitted,
	[JAILHOUSE_HC_CELL_SET_LOADABLE] = not_permitted,
	[JAILHOUSE_HC_CELL_DESTROY] = not_permitted,
	[JAILHOUSE_HC_HYPERVISOR_GET_INFO] = hypervisor_get_info,
	[JAILHOUSE_HC_CELL_GET_STATE] = not_permitted,
	[JAILHOUSE_HC_CPU_GET_INFO] = cpu_get_info,
	[JAILHOUSE_HC_DEBUG_CONSOLE_PUTC] = debug_console_putc,
};

const hypercall_handler *hypercalls_of(const struct cell *cell)
{
	return cell == &root_cell ? of_root : of_cells;
}

/* Those of ours, of the root. */
static long dispatch_extension(u64 arg1, u64 arg2, u64 code)
{
	static const hypercall_handler extensions[] = {
		[JAILHOUSE_HC_READ_CONFIG - 0x100] = hc_read_config,
		[JAILHOUSE_HC_READ_CONSOLE - 0x100] = hc_read_console,
	};

	code -= 0x100;
	if (code >= sizeof(extensions) / sizeof(extensions[0]))
		return -ENOSYS;
	return this_cell() == &root_cell ? extensions[code](arg1, arg2)
					 : -EPERM;
}

long hypercall_dispatch(u64 arg1, u64 arg2, u64 code)
{
	this_cpu()->stat[JAILHOUSE_CPU_STAT_VMEXITS_HYPERCALL]++;
	if (__builtin_expect(code < NUM_CALLS, true))
		return this_cell()->hypercalls[code](arg1, arg2);
	return dispatch_extension(arg1, arg2, code);
}
