// SPDX-License-Identifier: LGPL-2.1-or-later
#include "check/hypervisor.h"

#include <errno.h>
#include <stdlib.h>

#include "check/cpus.h"
#include "check/linux_memory.h"
#include "check/regions.h"
#include "model/links.h"

#define LARGE_PAGE (2 * 1024 * 1024ULL)

/* --- sizes ---------------------------------------------------------------- */

/* Where nothing is measured: image and configuration, and a stack with tables
 * for each CPU. */
#define ROUGH_IMAGE (1024 * 1024ULL)
#define ROUGH_CPU   (64 * 1024ULL)

int hypervisor_estimate(const struct check *check, size_t num_cells,
			struct jhcfg_pool *pool)
{
	const struct jhcfg_check_options *options = check->options;
	const struct jhcfg_config **configs;
	struct jhcfg_firmware firmware;
	bool known =
		options->firmware &&
		!jhcfg_firmware_read(options->firmware, options->firmware_size,
				     NULL, &firmware);
	int err;

	configs = calloc(num_cells + 1, sizeof(const void *));
	if (!configs) {
		check_no_memory(check);
		return -ENOMEM;
	}
	for (size_t n = 1; n < num_cells; n++)
		configs[n - 1] = check->cells[n]->config;
	err = jhcfg_pool_estimate(check->all[0].config, configs,
				  num_cells ? num_cells - 1 : 0, check->board,
				  known ? &firmware : NULL, pool);
	free(configs);
	if (err == -ENOMEM)
		check_no_memory(check);
	return err;
}

uint64_t hypervisor_minimum(const struct check *check)
{
	const struct check_cell *root = &check->all[0];
	uint64_t size = ROUGH_IMAGE;
	struct jhcfg_pool pool;

	if (!hypervisor_estimate(check, 1, &pool))
		return pool.minimum;
	for (unsigned int cpu = cpus_next(root, 0); cpu < NO_CPU;
	     cpu = cpus_next(root, cpu + 1))
		size = ROUGH_IMAGE + (cpu + 1) * ROUGH_CPU;
	return size;
}

/* --- places --------------------------------------------------------------- */

struct places {
	const struct check *check;
	struct linux_memory memory;
	struct intervals taken;
};

static void take_cells(struct places *places)
{
	const struct check *check = places->check;

	for (size_t n = 0; n < check->num_all_regions; n++) {
		const struct check_region *region = &check->all_regions[n];

		/* RAM is cut out of the root's regions */
		if (region->cell->is_root && !region_is_io(region->memory) &&
		    !region->cell->shmem[region->index])
			continue;
		intervals_add(&places->taken, region->start,
			      region->memory->size, 0, 0);
	}
}

static void take_board(struct places *places)
{
	const struct jhcfg_hw_memory *memory;

	for (size_t n = 0;
	     places->check->board &&
	     (memory = jhcfg_board_memory(places->check->board, n));
	     n++)
		if (memory->kind == JHCFG_HW_FIRMWARE ||
		    memory->kind == JHCFG_HW_SHARED)
			intervals_add(&places->taken, memory->range.start,
				      memory->range.size, 0, 0);
}

static void take_framebuffer(struct places *places)
{
	const struct jhcfg_console *console =
		jhcfg_system_debug_console(places->check->system);

	if (console->type == JAILHOUSE_CON_TYPE_EFIFB)
		intervals_add(&places->taken, console->address, console->size,
			      0, 0);
}

static int places_make(struct places *places, const struct check *check)
{
	int err;

	*places = (struct places){ .check = check };
	err = linux_memory_make(&places->memory, check);
	if (err)
		return err;
	take_cells(places);
	take_board(places);
	take_framebuffer(places);
	return intervals_sort(&places->taken);
}

static void places_clear(struct places *places)
{
	linux_memory_clear(&places->memory);
	intervals_clear(&places->taken);
}

/* One of the root's regions has all of it as RAM. */
static bool root_has_ram(const struct check *check, uint64_t start,
			 uint64_t size)
{
	const struct check_cell *root = &check->all[0];
	const struct jhcfg_memory *memory;

	for (size_t n = 0; (memory = jhcfg_cell_memory(root->cell, n)); n++)
		if (region_is_backed(memory) && !region_is_io(memory) &&
		    memory->size >= size && start >= memory->phys_start &&
		    start - memory->phys_start <= memory->size - size)
			return true;
	return false;
}

static bool is_ram(const struct check *check, uint64_t start, uint64_t size)
{
	const struct jhcfg_memory *old = check->hypervisor;

	if (check->board)
		return jhcfg_board_is_ram(check->board,
					  (struct jhcfg_range){ start, size });
	/* What it has already is taken to be RAM. */
	if (start == old->phys_start && size > old->size)
		return root_has_ram(check, old->phys_start + old->size,
				    size - old->size);
	return root_has_ram(check, start, size);
}

static bool is_free(const struct places *places, uint64_t start, uint64_t size)
{
	const uint64_t last = check_last(start, size);
	uint64_t used;

	return size && last - start == size - 1 &&
	       intervals_next(&places->taken, 0, start, last) ==
		       places->taken.count &&
	       is_ram(places->check, start, size) &&
	       !(places->memory.known &&
		 linux_memory_uses(&places->memory, start, size, &used));
}

/* The highest place for @size bytes in [start, last] without what is taken. */
static bool find_in(const struct places *places, uint64_t start, uint64_t last,
		    uint64_t size, uint64_t *place)
{
	bool found = false;

	while (start <= last) {
		uint64_t from = start, to = last, at;

		if (!intervals_gap(&places->taken, &from, &to))
			break;
		at = to - from >= size - 1
			     ? (to - (size - 1)) & ~(LARGE_PAGE - 1)
			     : 0;
		if (at >= from && is_free(places, at, size)) {
			*place = at;
			found = true;
		}
		if (to == UINT64_MAX)
			break;
		start = to + 1;
	}
	return found;
}

static bool find_kept(const struct places *places, uint64_t size,
		      uint64_t *place)
{
	const struct intervals *ram = &places->memory.ram;

	for (size_t n = 0; n < places->memory.for_us.count; n++) {
		const struct interval *kept = &places->memory.for_us.items[n];

		for_each_touching(ram, i, kept->start, kept->last)
		{
			const struct interval *bank = &ram->items[i];
			uint64_t from = bank->start > kept->start ? bank->start
								  : kept->start;
			uint64_t to = bank->last < kept->last ? bank->last
							      : kept->last;

			if (find_in(places, from, to, size, place))
				return true;
		}
	}
	return false;
}

static bool find_place(const struct places *places, uint64_t size, bool stay,
		       uint64_t *place)
{
	const struct jhcfg_memory *old = places->check->hypervisor;
	const uint64_t end = old->phys_start + old->size;

	*place = old->phys_start;
	if (stay && is_free(places, *place, size))
		return true;
	*place = (end - size) & ~(LARGE_PAGE - 1);
	if (stay && end >= size && is_free(places, *place, size))
		return true;
	return find_kept(places, size, place);
}

/* Takes the memory out of the root's RAM, from the last region on since those
 * behind one that is cut move. */
static int cut_root(const struct fix *fix, struct jhcfg_config *config,
		    uint64_t start, uint64_t size)
{
	const struct check_cell *root = &fix->check->all[0];
	int err = 0;

	for (size_t n = root->num_own_memory; !err && n-- > 0;) {
		const struct jhcfg_memory *memory =
			jhcfg_cell_memory(root->cell, n);

		if (!root->shmem[n] && region_is_backed(memory) &&
		    check_overlaps(memory->phys_start, memory->size, start,
				   size))
			err = region_cut_phys(config, n, start,
					      check_last(start, size));
	}
	return err;
}

int fix_place_hypervisor(struct fix *fix, uint64_t size, bool stay)
{
	struct jhcfg_memory memory = *fix->check->hypervisor;
	struct jhcfg_config *config;
	struct places places;
	bool found;
	int err;

	size = (size + CHECK_PAGE_MASK) & ~CHECK_PAGE_MASK;
	err = places_make(&places, fix->check);
	found = !err && find_place(&places, size, stay, &memory.phys_start);
	places_clear(&places);
	if (err)
		return err;
	if (!found)
		return fix_refuse(fix,
				  "keep more memory from Linux (memmap=, mem=, "
				  "reserved-memory), or give up some of a cell",
				  "there is no room for 0x%llx bytes",
				  (unsigned long long)size);
	config = fix_edit_cell(fix, &fix->check->all[0]);
	if (!config)
		return -ENOMEM;
	memory.size = size;
	jhcfg_config_set_hypervisor_memory(config, &memory);
	return cut_root(fix, config, memory.phys_start, size);
}
