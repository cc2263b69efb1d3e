// SPDX-License-Identifier: LGPL-2.1-or-later
/* Rules about regions and the devices of the board: M05, M14. */
#include <errno.h>
#include <inttypes.h>

#include <jhcfg/edit.h>

#include "check/devices.h"
#include "check/memory.h"
#include "check/regions.h"

/* --- RAM or registers: M05 ------------------------------------------------
 */

/* Where there is RAM, and where there is memory of any kind. */
struct banks {
	struct intervals ram, memory;
};

static bool collect_banks(struct check *check, struct banks *banks)
{
	const struct jhcfg_board *board = check->board;
	const struct jhcfg_hw_memory *memory;
	const struct jhcfg_hw_device *device;

	for (size_t n = 0; (memory = jhcfg_board_memory(board, n)); n++) {
		intervals_add(&banks->memory, memory->range.start,
			      memory->range.size, 0, n);
		if (memory->kind == JHCFG_HW_RAM)
			intervals_add(&banks->ram, memory->range.start,
				      memory->range.size, 0, n);
	}
	for (size_t n = 0; (device = jhcfg_board_device(board, n)); n++)
		for (size_t i = 0; device->kind == JHCFG_HW_DEVICE_MEMORY &&
				   i < device->num_windows;
		     i++)
			intervals_add(&banks->memory, device->windows[i].start,
				      device->windows[i].size, 0, 0);
	return regions_sorted(check, &banks->ram) &&
	       regions_sorted(check, &banks->memory);
}

static void clear_banks(struct banks *banks)
{
	intervals_clear(&banks->ram);
	intervals_clear(&banks->memory);
}

#define FIRST_MIB 0x100000ULL

/* On x86 the flag IO means nothing, but only RAM is executed; and ROMs, which
 * are in the first MiB of a PC. */
static bool is_ram(const struct check *check, const struct jhcfg_memory *memory)
{
	return check_is_x86(check) ? memory->flags & JAILHOUSE_MEM_EXECUTE &&
					     memory->phys_start >= FIRST_MIB
				   : !region_is_io(memory);
}

/* A device has registers there, and there alone. */
static const struct jhcfg_hw_device *device_in(
	const struct check *check, const struct jhcfg_memory *memory)
{
	const struct jhcfg_range range = { memory->phys_start, memory->size };
	size_t position = 0;

	return jhcfg_board_device(
		check->board,
		jhcfg_board_device_at(check->board, range, &position));
}

static void check_is_there(struct check *check, const struct check_cell *cell,
			   size_t index, const struct banks *banks)
{
	const struct jhcfg_memory *memory =
		jhcfg_cell_memory(cell->cell, index);
	const struct jhcfg_hw_device *device = device_in(check, memory);
	uint64_t start = memory->phys_start, last = region_last(memory);
	const struct found found = {
		.cell = cell,
		.element = JHCFG_AT_MEMORY,
		.index = index,
		.unfixable = !device || cell->shmem[index] ||
			     index >= cell->num_own_memory ||
			     check_is_x86(check),
	};

	if (!intervals_gap(&banks->memory, &start, &last))
		return;
	if (device)
		check_report(check, &found,
			     "%s is not IO, but has registers of device \"%s\" "
			     "[0x%" PRIx64 "-0x%" PRIx64 "]",
			     region_text(cell, index).text, device->name,
			     device->windows[0].start,
			     check_last(device->windows[0].start,
					device->windows[0].size));
	else
		check_report(check, &found,
			     "%s: the board \"%s\" has no RAM at [0x%" PRIx64
			     "-0x%" PRIx64 "]",
			     region_text(cell, index).text,
			     jhcfg_board_name(check->board), start, last);
}

/* What Linux does not map as memory it may map as registers. */
static bool is_unmapped(const struct jhcfg_board *board, uint64_t start,
			uint64_t last)
{
	const struct jhcfg_hw_memory *memory;

	for (size_t n = 0; (memory = jhcfg_board_memory(board, n)); n++)
		if (memory->no_map && start >= memory->range.start &&
		    last <= check_last(memory->range.start, memory->range.size))
			return true;
	return false;
}

static void check_is_no_ram(struct check *check, const struct check_cell *cell,
			    size_t index, const struct banks *banks)
{
	const struct jhcfg_memory *memory =
		jhcfg_cell_memory(cell->cell, index);
	const struct jhcfg_range range = { memory->phys_start, memory->size };
	const struct found found = {
		.cell = cell,
		.element = JHCFG_AT_MEMORY,
		.index = index,
		.unfixable = !jhcfg_board_is_ram(check->board, range) ||
			     region_is_subpage(memory),
	};
	size_t n = intervals_next(&banks->ram, 0, memory->phys_start,
				  region_last(memory));
	const struct interval *ram;

	if (n == banks->ram.count ||
	    (cell->is_root && is_unmapped(check->board, memory->phys_start,
					  region_last(memory))))
		return;
	ram = &banks->ram.items[n];
	check_report(check, &found,
		     "%s is IO, but the board \"%s\" has RAM at [0x%" PRIx64
		     "-0x%" PRIx64 "]",
		     region_text(cell, index).text,
		     jhcfg_board_name(check->board), ram->start, ram->last);
}

void memory_check_type(struct check *check, const struct check_cell *root)
{
	struct banks banks = { 0 };
	const struct jhcfg_memory *memory;
	const struct check_cell *cell;

	(void)root;
	if (!collect_banks(check, &banks))
		banks.ram.count = 0;
	/* A board that leaves its size to the boot loader says nothing. */
	for (size_t c = 0; banks.ram.count && c < check->num_cells; c++) {
		cell = check->cells[c];
		for (size_t n = 0; (memory = jhcfg_cell_memory(cell->cell, n));
		     n++) {
			if (!region_is_backed(memory))
				continue;
			if (is_ram(check, memory))
				check_is_there(check, cell, n, &banks);
			else if (region_is_io(memory))
				check_is_no_ram(check, cell, n, &banks);
		}
	}
	clear_banks(&banks);
}

int memory_fix_type(struct fix *fix)
{
	const struct jhcfg_memory *memory =
		jhcfg_cell_memory(fix->cell->cell, fix->finding->at.index);

	if (region_is_io(memory))
		return fix_set_flags(fix, 0,
				     JAILHOUSE_MEM_IO | CHECK_MEM_WIDTHS |
					     JAILHOUSE_MEM_IO_UNALIGNED);
	return fix_set_flags(fix, JAILHOUSE_MEM_IO,
			     JAILHOUSE_MEM_EXECUTE | JAILHOUSE_MEM_DMA |
				     JAILHOUSE_MEM_LOADABLE |
				     JAILHOUSE_MEM_NO_HUGEPAGES);
}

/* --- DMA: M14 -------------------------------------------------------------
 */

static bool has_iommu(const struct check *check)
{
	return check->platform->iommu_units[0].base;
}

static bool has_stream(const struct check_cell *cell, uint32_t id)
{
	const struct jhcfg_stream_id *stream;

	for (size_t n = 0; (stream = jhcfg_cell_stream_id(cell->cell, n)); n++)
		if ((stream->id & 0xffff) == (id & 0xffff))
			return true;
	return false;
}

/* The IOMMU translates for it what the cell's addresses are. */
static bool is_translated(const struct check *check,
			  const struct check_cell *cell,
			  const struct jhcfg_hw_device *device)
{
	for (size_t n = 0; n < device->num_stream_ids; n++)
		if (!has_stream(cell, device->stream_ids[n]))
			return false;
	return has_iommu(check) && device->num_stream_ids;
}

/* RAM of the cell that is elsewhere in the eyes of a device. If some is marked
 * for DMA, the rest is for other things, as the page of a loader is. */
static bool find_not_identical(const struct check_cell *cell, size_t *index)
{
	const struct jhcfg_memory *memory;
	bool found = false, marked = false;

	for (size_t n = 0; (memory = jhcfg_cell_memory(cell->cell, n)); n++) {
		const bool dma = memory->flags & JAILHOUSE_MEM_DMA;

		if (!region_is_backed(memory) || region_is_io(memory) ||
		    cell->shmem[n] || marked > dma)
			continue;
		if (dma && !marked)
			found = false;
		marked = dma;
		if (memory->phys_start == memory->virt_start)
			continue;
		found = true;
		*index = n;
	}
	return found;
}

void memory_check_dma(struct check *check, const struct check_cell *root)
{
	const struct jhcfg_hw_device *device;
	size_t index;

	(void)root;
	for (size_t n = 0; (device = jhcfg_board_device(check->board, n));
	     n++) {
		const struct check_cell *cell =
			device->dma ? device_assigned_to(check, device) : NULL;
		const struct found found = {
			.cell = cell,
			.element = JHCFG_AT_DEVICE,
			.index = n,
			.unfixable =
				!has_iommu(check) || !device->num_stream_ids,
		};

		if (!cell || is_translated(check, cell, device) ||
		    !find_not_identical(cell, &index))
			continue;
		check_report(
			check, &found,
			"device \"%s\" of cell \"%s\" does DMA without "
			"translation, but %s is at guest address 0x%" PRIx64,
			device->name, cell->name, region_text(cell, index).text,
			jhcfg_cell_memory(cell->cell, index)->virt_start);
	}
}

int memory_fix_dma(struct fix *fix)
{
	const struct jhcfg_hw_device *device =
		jhcfg_board_device(fix->check->board, fix->finding->at.index);
	struct jhcfg_config *config = fix_edit(fix);
	int err = config ? 0 : -ENOMEM;

	for (size_t n = 0; !err && n < device->num_stream_ids; n++)
		if (!has_stream(fix->cell, device->stream_ids[n]))
			err = jhcfg_config_insert_stream_id(
				config, SIZE_MAX,
				&(struct jhcfg_stream_id){
					.id = device->stream_ids[n] });
	return err;
}
