// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * The hypervisor's page pool, counted as hypervisor/core, mm, pci and
 * arch/arm64 take pages from it: in their order, with their sizes. Where they
 * change, numbers below change with them; a system test compares the result
 * with a hypervisor that runs.
 */
#include "plan/pool.h"

#include <errno.h>
#include <stdlib.h>

#include <jailhouse/image.h>

#define MIB 0x100000ULL

/* hypervisor/core */
#define WINDOW_SIZE	   32U /* struct mmio_window */
#define ROOT_SPARE_WINDOWS 32U
#define CONSOLE_PAGES	   16U
#define CELL_PAGES	   2U /* struct cell, communication region */
/* hypervisor/irqchip, hypervisor/pci */
#define GICV2_WINDOWS	1U
#define GICV3_WINDOWS	2U
#define PCI_DEVICE_SIZE 96U
#define ENDPOINT_SIZE	432U
#define LINK_PAGES	1U
#define GICV2_GICD_SIZE 0x1000ULL
#define GICH_SIZE	0x1000ULL
#define GICV3_GICD_SIZE 0x10000ULL
#define GICR_FRAME	0x20000ULL
/* hypervisor/arch/arm64 */
#define LINEAR_CHUNK (2 * MIB)
#define REMAP_PAGES  16384U
#define REMAP_TABLE  512U /* pages that one table leads to */

/* --- sizes of configurations -------------------------------------------------
 */

/* CPU numbers up to the highest one, as both driver and hypervisor count. */
static unsigned int cpu_limit(const struct jhcfg_cell *cell)
{
	unsigned int left = jhcfg_cell_num_cpus(cell), id = 0;

	for (; left && id < JHCFG_MAX_CPUS; id++)
		left -= jhcfg_cell_has_cpu(cell, id);
	return id;
}

static uint64_t config_size(const struct jhcfg_config *config)
{
	const struct jhcfg_cell *cell = jhcfg_config_cell(config);
	struct jailhouse_cell_desc desc = {
		.cpu_set_size = (cpu_limit(cell) + 63) / 64 * 8,
		.num_memory_regions = (uint32_t)jhcfg_cell_num_memory(cell),
		.num_cache_regions = (uint32_t)jhcfg_cell_num_cache(cell),
		.num_irqchips = (uint32_t)jhcfg_cell_num_irqchips(cell),
		.num_pio_regions = (uint32_t)jhcfg_cell_num_pio(cell),
		.num_pci_devices = (uint32_t)jhcfg_cell_num_pci_devices(cell),
		.num_pci_caps = (uint32_t)jhcfg_cell_num_pci_caps(cell),
		.num_stream_ids = (uint32_t)jhcfg_cell_num_stream_ids(cell),
	};
	uint64_t size = jailhouse_cell_config_size64(&desc);

	if (jhcfg_config_system(config))
		size += sizeof(struct jailhouse_system) - sizeof(desc);
	return size;
}

/* --- in front of the pool, and the pool itself -------------------------------
 */

static void place_pool(struct estimate *e)
{
	unsigned int cpus = cpu_limit(jhcfg_config_cell(e->system));
	const struct jhcfg_memory *memory =
		jhcfg_system_hypervisor_memory(jhcfg_config_system(e->system));
	uint64_t fixed = e->firmware->core_size;

	fixed += pool_pages((uint64_t)cpus * e->firmware->cpu_shared_size) *
		 PLAN_PAGE;
	fixed += (uint64_t)cpus * e->firmware->cpu_private_size;
	fixed += pool_pages(e->config_size) * PLAN_PAGE;
	e->pool->fixed = fixed;
	e->pool->pages =
		memory->size > fixed ? (memory->size - fixed) / PLAN_PAGE : 0;
	e->pool->remap_pages = REMAP_PAGES;
}

/* Pages for the bitmap, and for a table of each 2 MiB that are not all pool. */
static uint64_t own_pages(const struct estimate *e, uint64_t size)
{
	uint64_t start =
		jhcfg_system_hypervisor_memory(jhcfg_config_system(e->system))
			->phys_start;
	uint64_t pool = start + e->pool->fixed, end = start + size;
	uint64_t first = (pool + LINEAR_CHUNK - 1) / LINEAR_CHUNK;
	uint64_t all =
		(end + LINEAR_CHUNK - 1) / LINEAR_CHUNK - start / LINEAR_CHUNK;
	uint64_t whole =
		end / LINEAR_CHUNK > first ? end / LINEAR_CHUNK - first : 0;

	return all - whole +
	       pool_pages((size - e->pool->fixed) / PLAN_PAGE / 8 + 8);
}

/* --- registers that the hypervisor uses
 * ----------------------------------------- */

/* Redistributors are there for all CPUs of the chip, used or not. */
static uint64_t redistributors_size(const struct estimate *e)
{
	const struct jhcfg_hw_irqchip *gic = NULL;
	uint64_t cpus = jhcfg_cell_num_cpus(jhcfg_config_cell(e->system));
	uint64_t stride = GICR_FRAME;

	if (e->board) {
		gic = jhcfg_board_main_irqchip(e->board);
		if (jhcfg_board_num_cpus(e->board) > cpus)
			cpus = jhcfg_board_num_cpus(e->board);
	}
	if (gic && gic->gicr_stride > stride)
		stride = gic->gicr_stride;
	return cpus * stride;
}

static void count_registers(struct estimate *e)
{
	const struct jhcfg_system *system = jhcfg_config_system(e->system);
	const struct jhcfg_platform *platform = jhcfg_system_platform(system);
	const struct jhcfg_console *console =
		jhcfg_system_debug_console(system);
	uint64_t used = 0;

	if (console->type && console->flags & JAILHOUSE_CON_ACCESS_MMIO)
		used += pool_pages((console->address & (PLAN_PAGE - 1)) +
				   console->size);
	if (pool_is_gicv2(e))
		used += pool_pages(GICV2_GICD_SIZE) +
			pool_pages(POOL_GICC_SIZE) + pool_pages(GICH_SIZE);
	else if (platform->gicd_base)
		used += pool_pages(GICV3_GICD_SIZE) +
			pool_pages(redistributors_size(e));
	used += pool_count_iommus(e);
	e->pool->remap_used = used;
	pool_add(e, JHCFG_POOL_REGISTERS,
		 used / REMAP_TABLE + !!(used % REMAP_TABLE));
}

/* --- traps and PCI
 * ---------------------------------------------------------------- */

static void count_traps(struct estimate *e, const struct jhcfg_config *config)
{
	const struct jhcfg_cell *cell = jhcfg_config_cell(config);
	const struct jhcfg_pci_device *device;
	const struct jhcfg_memory *memory;
	uint64_t windows = 1; /* the ECAM */

	for (size_t n = 0; (memory = jhcfg_cell_memory(cell, n)); n++)
		if (!(memory->flags & JAILHOUSE_MEM_COMM_REGION) &&
		    pool_is_subpage(memory))
			windows++;
	for (size_t n = 0; (device = jhcfg_cell_pci_device(cell, n)); n++)
		if (device->type == JAILHOUSE_PCI_TYPE_IVSHMEM)
			windows += device->num_msix_vectors ? 2 : 1;
	windows += pool_is_gicv2(e) ? GICV2_WINDOWS : GICV3_WINDOWS;
	if (config == e->system)
		windows += ROOT_SPARE_WINDOWS;
	pool_add(e, JHCFG_POOL_TRAPS, pool_pages(windows * WINDOW_SIZE));
}

static void count_pci(struct estimate *e, const struct jhcfg_config *config)
{
	size_t count = jhcfg_cell_num_pci_devices(jhcfg_config_cell(config));

	if (jhcfg_system_platform(jhcfg_config_system(e->system))
		    ->pci_mmconfig_base)
		pool_add(e, JHCFG_POOL_PCI,
			 pool_pages((uint64_t)count *
				    (PCI_DEVICE_SIZE + ENDPOINT_SIZE)));
}

static int compare_bdf(const void *a, const void *b)
{
	const uint16_t *x = a, *y = b;

	return *x - *y;
}

static size_t collect_links(const struct jhcfg_config *config, uint16_t *bdfs)
{
	const struct jhcfg_cell *cell = jhcfg_config_cell(config);
	const struct jhcfg_pci_device *device;
	size_t count = 0;

	for (size_t n = 0; (device = jhcfg_cell_pci_device(cell, n)); n++)
		if (device->type == JAILHOUSE_PCI_TYPE_IVSHMEM)
			bdfs[count++] = device->bdf;
	return count;
}

/* A link is all devices of one bdf. */
static int count_links(struct estimate *e)
{
	size_t all = jhcfg_cell_num_pci_devices(jhcfg_config_cell(e->system));
	size_t count, links = 0;
	uint16_t *bdfs;

	for (size_t n = 0; n < e->num_cells; n++)
		all += jhcfg_cell_num_pci_devices(
			jhcfg_config_cell(e->cells[n]));
	if (!all)
		return 0;
	bdfs = calloc(all, sizeof(*bdfs));
	if (!bdfs)
		return -ENOMEM;
	count = collect_links(e->system, bdfs);
	for (size_t n = 0; n < e->num_cells; n++)
		count += collect_links(e->cells[n], bdfs + count);
	qsort(bdfs, count, sizeof(*bdfs), compare_bdf);
	for (size_t n = 0; n < count; n++)
		links += !n || bdfs[n] != bdfs[n - 1];
	free(bdfs);
	pool_add(e, JHCFG_POOL_PCI, links * LINK_PAGES);
	return 0;
}

/* --- all of it
 * ------------------------------------------------------------------ */

static int count_cell(struct estimate *e, const struct jhcfg_config *config)
{
	uint32_t flags = jhcfg_cell_flags(jhcfg_config_cell(config));

	pool_add(e, JHCFG_POOL_CELLS,
		 CELL_PAGES + pool_pages(config_size(config)));
	if (flags & JAILHOUSE_CELL_VIRTUAL_CONSOLE_PERMITTED)
		pool_add(e, JHCFG_POOL_CONSOLES, CONSOLE_PAGES);
	count_traps(e, config);
	count_pci(e, config);
	return pool_count_cell_tables(e, config);
}

/* Memory that is larger needs a larger bitmap and more tables, which need
 * memory: a few rounds settle it. */
static void find_minimum(struct estimate *e, uint64_t used)
{
	uint64_t size = e->pool->fixed + used * PLAN_PAGE, needed;

	for (int round = 0; round < 16; round++) {
		needed = e->pool->fixed +
			 (used + own_pages(e, size)) * PLAN_PAGE;
		if (needed <= size)
			break;
		size = needed;
	}
	e->pool->minimum = size;
}

static int estimate(struct estimate *e)
{
	const struct jhcfg_memory *memory =
		jhcfg_system_hypervisor_memory(jhcfg_config_system(e->system));
	int err;

	e->config_size = config_size(e->system);
	place_pool(e);
	count_registers(e);
	count_traps(e, e->system);
	count_pci(e, e->system);
	err = pool_count_root_tables(e);
	for (size_t n = 0; !err && n < e->num_cells; n++)
		err = count_cell(e, e->cells[n]);
	if (!err)
		err = count_links(e);
	if (err)
		return err;
	find_minimum(e, e->pool->used);
	pool_add(
		e, JHCFG_POOL_OWN,
		own_pages(e, e->pool->pages ? memory->size : e->pool->minimum));
	return 0;
}

int jhcfg_pool_estimate(const struct jhcfg_config *system,
			const struct jhcfg_config *const *cells,
			size_t num_cells, const struct jhcfg_board *board,
			const struct jhcfg_firmware *firmware,
			struct jhcfg_pool *pool)
{
	struct jhcfg_pool result = { .used = 0 };
	struct estimate e = {
		.system = system,
		.cells = cells,
		.num_cells = num_cells,
		.board = board,
		.firmware = firmware,
		.pool = &result,
	};
	int err;

	if (!jhcfg_config_system(system))
		return -EINVAL;
	if (!firmware)
		e.firmware = jhcfg_firmware_default(
			jhcfg_config_architecture(system));
	if (!e.firmware)
		return -ENOTSUP;
	err = estimate(&e);
	if (!err)
		*pool = result;
	return err;
}

const char *jhcfg_pool_use_name(enum jhcfg_pool_use use)
{
	static const char *const names[JHCFG_POOL_NUM_USES] = {
		[JHCFG_POOL_OWN] = "the pool itself",
		[JHCFG_POOL_REGISTERS] = "registers of the hypervisor",
		[JHCFG_POOL_CELLS] = "configurations and states of cells",
		[JHCFG_POOL_CONSOLES] = "virtual consoles of cells",
		[JHCFG_POOL_TABLES] = "second-stage tables",
		[JHCFG_POOL_SPLITS] =
			"large pages of the root that cells split",
		[JHCFG_POOL_TRAPS] = "trapped registers",
		[JHCFG_POOL_PCI] = "PCI functions and links",
		[JHCFG_POOL_IOMMU] = "IOMMUs",
	};

	return use < JHCFG_POOL_NUM_USES ? names[use] : "?";
}
