// SPDX-License-Identifier: LGPL-2.1-or-later
/* Rules about regions and what they must leave out: M11, M12, M13, M18. */
#include <inttypes.h>

#include <jhcfg/edit.h>

#include "check/memory.h"
#include "check/regions.h"
#include "check/reserved.h"

/* --- registers of the hypervisor: M11 -------------------------------------
 */

static void find_holes(struct check *check, const struct check_cell *cell,
		       const struct intervals *reserved)
{
	const struct jhcfg_memory *memory;
	const struct interval *item;

	for (size_t n = 0; (memory = jhcfg_cell_memory(cell->cell, n)); n++) {
		struct found found = {
			.cell = cell,
			.element = JHCFG_AT_MEMORY,
			.index = n,
			.related = check->cells[0],
			.related_element = JHCFG_AT_PLATFORM,
			.unfixable = cell->shmem[n],
		};

		if (!region_is_backed(memory))
			continue;
		for_each_touching(reserved, i, memory->phys_start,
				  region_last(memory))
		{
			item = &reserved->items[i];
			found.detail[0] = item->start;
			found.detail[1] = item->last;
			check_report(check, &found,
				     "%s has %s [0x%" PRIx64 "-0x%" PRIx64
				     "], which the hypervisor keeps",
				     region_text(cell, n).text,
				     reserved_name(item->index), item->start,
				     item->last);
		}
	}
}

void memory_check_holes(struct check *check, const struct check_cell *root)
{
	struct intervals reserved = { 0 };

	(void)root;
	reserved_collect(check, &reserved);
	if (regions_sorted(check, &reserved))
		for (size_t n = 0; n < check->num_cells; n++)
			find_holes(check, check->cells[n], &reserved);
	intervals_clear(&reserved);
}

int memory_fix_holes(struct fix *fix)
{
	struct jhcfg_config *config;
	struct jhcfg_memory memory;
	int err = fix_region(fix, &config, &memory);

	if (err)
		return err;
	return region_cut_phys(config, fix->finding->at.index,
			       fix->finding->detail[0] & ~CHECK_PAGE_MASK,
			       fix->finding->detail[1] | CHECK_PAGE_MASK);
}

/* --- regions that give too much: M12 --------------------------------------
 */

#define PERMISSIVE (256ULL << 20)

/* All registers that the board knows, as pages. */
static void add_pages(struct intervals *set, struct jhcfg_range range)
{
	uint64_t start = range.start & ~CHECK_PAGE_MASK;

	if (range.size)
		intervals_add(set, start,
			      (check_last(range.start, range.size) |
			       CHECK_PAGE_MASK) -
				      start + 1,
			      0, 0);
}

static void collect_windows(const struct jhcfg_board *board,
			    struct intervals *set)
{
	const struct jhcfg_hw_device *device;
	const struct jhcfg_hw_pci_host *host;
	const struct jhcfg_hw_pci_function *function;

	for (size_t n = 0; (device = jhcfg_board_device(board, n)); n++)
		for (size_t i = 0; i < device->num_windows; i++)
			add_pages(set, device->windows[i]);
	for (size_t n = 0; (host = jhcfg_board_pci_host(board, n)); n++) {
		add_pages(set, host->ecam);
		for (size_t i = 0; i < host->num_windows; i++)
			add_pages(set, host->windows[i].cpu);
	}
	for (size_t n = 0; (function = jhcfg_board_pci_function(board, n)); n++)
		for (size_t i = 0; i < 6; i++)
			if (!function->bar[i].io)
				add_pages(set, function->bar[i].range);
}

/* Bytes of the region that belong to nothing. */
static uint64_t unknown_bytes(const struct intervals *windows,
			      const struct jhcfg_memory *memory)
{
	uint64_t at = memory->phys_start, end = region_last(memory), sum = 0;

	while (at <= end) {
		uint64_t start = at, last = end;

		if (!intervals_gap(windows, &start, &last))
			break;
		sum += last - start + 1;
		if (last == UINT64_MAX)
			break;
		at = last + 1;
	}
	return sum;
}

static bool is_permissive(const struct check *check,
			  const struct jhcfg_memory *memory)
{
	return region_is_backed(memory) && memory->size > PERMISSIVE &&
	       (check_is_x86(check) ? !(memory->flags & JAILHOUSE_MEM_EXECUTE)
				    : region_is_io(memory));
}

static void check_unknown(struct check *check, const struct check_cell *root,
			  const struct intervals *windows)
{
	const struct jhcfg_memory *memory;
	uint64_t unknown;

	for (size_t n = 0; (memory = jhcfg_cell_memory(root->cell, n)); n++) {
		const struct found found = {
			.cell = root,
			.element = JHCFG_AT_MEMORY,
			.index = n,
		};

		if (!is_permissive(check, memory))
			continue;
		unknown = unknown_bytes(windows, memory);
		if (unknown > PERMISSIVE)
			check_report(check, &found,
				     "%s: 0x%" PRIx64 " of its 0x%" PRIx64
				     " bytes belong to no device of the board "
				     "\"%s\"",
				     region_text(root, n).text, unknown,
				     memory->size,
				     jhcfg_board_name(check->board));
	}
}

/* Without a board there is one sign: a window of PCI, which may be that large,
 * has no UART of the SoC in it. */
static void check_console(struct check *check, const struct check_cell *root)
{
	const struct jhcfg_console *console =
		jhcfg_system_debug_console(check->system);
	const struct jhcfg_memory *memory;

	if (check_is_x86(check) || !console->type ||
	    !(console->flags & JAILHOUSE_CON_ACCESS_MMIO))
		return;
	for (size_t n = 0; (memory = jhcfg_cell_memory(root->cell, n)); n++) {
		const struct found found = {
			.cell = root,
			.element = JHCFG_AT_MEMORY,
			.index = n,
			.unfixable = true,
			.advice = "give the project its board, which knows "
				  "the devices, or list them by hand",
		};

		if (is_permissive(check, memory) &&
		    console->address - memory->phys_start < memory->size)
			check_report(check, &found,
				     "%s, 0x%" PRIx64
				     " bytes, has the UART at 0x%" PRIx64
				     " in it: it is no window of one device",
				     region_text(root, n).text, memory->size,
				     console->address);
	}
}

void memory_check_permissive(struct check *check, const struct check_cell *root)
{
	struct intervals windows = { 0 };

	if (!check->board) {
		check_console(check, root);
		return;
	}
	collect_windows(check->board, &windows);
	if (regions_sorted(check, &windows))
		check_unknown(check, root, &windows);
	intervals_clear(&windows);
}

/* The windows in the region, joined where they touch, take its place. */
static int split(struct jhcfg_config *config, size_t index,
		 const struct intervals *windows)
{
	const struct jhcfg_memory whole =
		*jhcfg_cell_memory(jhcfg_config_cell(config), index);
	uint64_t at = whole.phys_start, end = region_last(&whole);
	int err = jhcfg_config_remove_memory(config, index);

	while (!err && at <= end) {
		struct jhcfg_memory memory = whole;
		uint64_t start = at, last = end;

		/* up to the next gap is a part, behind it the next one */
		if (!intervals_gap(windows, &start, &last)) {
			start = end + 1;
			last = end;
		}
		memory.phys_start = at;
		memory.virt_start += at - whole.phys_start;
		memory.size = start - at;
		if (memory.size)
			err = jhcfg_config_insert_memory(config, index++,
							 &memory);
		if (last == UINT64_MAX)
			break;
		at = last + 1;
	}
	return err;
}

int memory_fix_permissive(struct fix *fix)
{
	struct intervals windows = { 0 };
	struct jhcfg_config *config;
	struct jhcfg_memory memory;
	int err = fix_region(fix, &config, &memory);

	if (err)
		return err;
	collect_windows(fix->check->board, &windows);
	err = intervals_sort(&windows);
	if (!err)
		err = split(config, fix->finding->at.index, &windows);
	intervals_clear(&windows);
	return err;
}

/* --- addresses that are too high: M13 -------------------------------------
 */

/* Four levels of tables translate 48 bits (ARM DDI 0487, D8.2; Intel SDM 3,
 * 29.3.2), three of ARMv7's 40 (DDI 0406C, B3.6). */
static unsigned int address_bits(const struct check *check)
{
	unsigned int bits = jhcfg_board_address_bits(check->board);
	unsigned int most = check->architecture == JAILHOUSE_ARM ? 40 : 48;

	return bits && bits < most ? bits : most;
}

static bool is_beyond(const struct check *check, uint64_t start, uint64_t size)
{
	return size && check_last(start, size) >> address_bits(check);
}

void memory_check_width(struct check *check, const struct check_cell *cell)
{
	const struct jhcfg_memory *memory;

	for (size_t n = 0; (memory = jhcfg_cell_memory(cell->cell, n)); n++) {
		const bool phys =
			region_is_backed(memory) &&
			is_beyond(check, memory->phys_start, memory->size);
		const bool virt = is_beyond(check, memory->virt_start,
					    region_guest_size(memory));
		const struct found found = {
			.cell = cell,
			.element = JHCFG_AT_MEMORY,
			.index = n,
			.unfixable = phys || region_is_comm(memory),
		};

		if (phys || virt)
			check_report(
				check, &found,
				"%s, guest address 0x%" PRIx64
				": %s addresses of %u bits end at 0x%" PRIx64,
				region_text(cell, n).text, memory->virt_start,
				phys ? "physical" : "guest",
				address_bits(check),
				((uint64_t)1 << address_bits(check)) - 1);
	}
}

int memory_fix_width(struct fix *fix)
{
	struct jhcfg_config *config;
	struct jhcfg_memory memory;
	const struct jhcfg_memory *other;
	int err = fix_region(fix, &config, &memory);

	if (err)
		return err;
	memory.virt_start = memory.phys_start;
	for (size_t n = 0; (other = jhcfg_cell_memory(fix->cell->cell, n)); n++)
		if (n != fix->finding->at.index &&
		    check_overlaps(other->virt_start, region_guest_size(other),
				   memory.virt_start, memory.size))
			return fix_refuse(fix, "choose its guest address",
					  "at guest address 0x%" PRIx64
					  " is %s already",
					  memory.virt_start,
					  region_text(fix->cell, n).text);
	return jhcfg_config_replace_memory(config, fix->finding->at.index,
					   &memory);
}

/* --- memory of the firmware and of devices: M18 ---------------------------
 */

static bool is_foreign(const struct jhcfg_hw_memory *memory)
{
	return memory->kind == JHCFG_HW_FIRMWARE ||
	       memory->kind == JHCFG_HW_SHARED || memory->reusable;
}

static void report_carve_out(struct check *check,
			     const struct check_region *region,
			     const struct jhcfg_hw_memory *memory)
{
	const struct found found = {
		.cell = region->cell,
		.element = JHCFG_AT_MEMORY,
		.index = region->index,
		.unfixable = region_is_io(region->memory) ||
			     region->index >= region->cell->num_own_memory ||
			     region->cell->shmem[region->index],
	};

	check_report(check, &found,
		     "%s lies in \"%s\" [0x%" PRIx64 "-0x%" PRIx64
		     "], memory of %s (%s)",
		     region_text(region->cell, region->index).text,
		     memory->name, memory->range.start,
		     check_last(memory->range.start, memory->range.size),
		     memory->kind == JHCFG_HW_FIRMWARE ? "the firmware"
						       : "Linux' devices",
		     memory->source);
}

/* The root has all memory, and does not use what is reserved: only a region
 * that has nothing else is a mistake. Linux on a PC reads ACPI's memory. */
static bool is_in_carve_out(const struct check_region *region,
			    const struct jhcfg_hw_memory *memory, bool x86)
{
	if (!region->cell->is_root)
		return true;
	return !x86 && memory->kind == JHCFG_HW_FIRMWARE && memory->no_map &&
	       region->start >= memory->range.start &&
	       region->last <=
		       check_last(memory->range.start, memory->range.size);
}

void memory_check_carve_out(struct check *check, const struct check_cell *root)
{
	const struct jhcfg_hw_memory *memory;
	const struct check_region *region;
	size_t position;

	(void)root;
	for (size_t n = 0; (memory = jhcfg_board_memory(check->board, n));
	     n++) {
		position = 0;
		while (is_foreign(memory) && memory->range.size &&
		       (region = check_region_at(check, memory->range.start,
						 check_last(memory->range.start,
							    memory->range.size),
						 &position)))
			if (is_in_carve_out(region, memory,
					    check_is_x86(check)))
				report_carve_out(check, region, memory);
	}
}

int memory_fix_carve_out(struct fix *fix)
{
	struct jhcfg_config *config;
	struct jhcfg_memory memory;
	size_t index = fix->finding->at.index;
	int err = fix_region(fix, &config, &memory);

	if (err)
		return err;
	if (fix->cell->is_root)
		return jhcfg_config_remove_memory(config, index);
	if (!fix_find_ram(fix, memory.phys_start, memory.size,
			  &memory.phys_start))
		return fix_refuse(fix,
				  "choose memory that the root has and "
				  "nobody uses",
				  "no 0x%" PRIx64
				  " bytes are free near 0x%" PRIx64,
				  memory.size, memory.phys_start);
	return jhcfg_config_replace_memory(config, index, &memory);
}
