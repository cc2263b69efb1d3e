// SPDX-License-Identifier: LGPL-2.1-or-later
/* Rules about what a region says of itself: M03, M06, M07, M09, M10, M15. */
#include <inttypes.h>

#include <jhcfg/edit.h>

#include "check/memory.h"
#include "check/regions.h"

static struct found at_region(const struct check_cell *cell, size_t index)
{
	return (struct found){
		.cell = cell,
		.element = JHCFG_AT_MEMORY,
		.index = index,
		.unfixable =
			index >= cell->num_own_memory || cell->shmem[index],
	};
}

/* --- shared with the root: M03 --------------------------------------------
 */

static bool has_console(const struct jhcfg_memory *memory,
			const struct jhcfg_console *console)
{
	return console->type && console->flags & JAILHOUSE_CON_ACCESS_MMIO &&
	       console->address - memory->phys_start < memory->size;
}

/* Another party says so as well: a second cell has it as shared, or it is a
 * console, which is meant to be seen by all. */
static bool is_declared(struct check *check, const struct check_cell *cell,
			const struct jhcfg_memory *memory)
{
	const struct check_region *other;
	size_t position = 0;

	if (has_console(memory, jhcfg_cell_console(cell->cell)) ||
	    has_console(memory, jhcfg_system_debug_console(check->system)))
		return true;
	while ((other = check_region_at(check, memory->phys_start,
					region_last(memory), &position)))
		if (!other->cell->is_root && other->cell != cell &&
		    other->memory->flags & JAILHOUSE_MEM_ROOTSHARED)
			return true;
	return false;
}

/* The region through which the root can write there; NULL: none. */
static const struct check_region *root_writes(struct check *check,
					      const struct jhcfg_memory *memory)
{
	const struct check_region *other;
	size_t position = 0;

	while ((other = check_region_at(check, memory->phys_start,
					region_last(memory), &position)))
		if (other->cell->is_root &&
		    other->memory->flags & JAILHOUSE_MEM_WRITE)
			return other;
	return NULL;
}

static void check_shared(struct check *check, const struct check_cell *cell)
{
	const uint64_t wanted = JAILHOUSE_MEM_ROOTSHARED | JAILHOUSE_MEM_WRITE;
	const struct jhcfg_memory *memory;
	const struct check_region *other;

	for (size_t n = 0; (memory = jhcfg_cell_memory(cell->cell, n)); n++) {
		struct found found = at_region(cell, n);

		if ((memory->flags & wanted) != wanted ||
		    !region_is_backed(memory) || cell->shmem[n] ||
		    is_declared(check, cell, memory))
			continue;
		other = root_writes(check, memory);
		if (!other)
			continue;
		found.related = other->cell;
		found.related_element = JHCFG_AT_MEMORY;
		found.related_index = other->index;
		check_report(check, &found,
			     "%s is ROOTSHARED: Linux can write to it through "
			     "%s",
			     region_text(cell, n).text,
			     region_text(other->cell, other->index).text);
	}
}

void memory_check_rootshared(struct check *check, const struct check_cell *root)
{
	(void)root;
	for (size_t n = 1; n < check->num_cells; n++)
		check_shared(check, check->cells[n]);
}

int memory_fix_rootshared(struct fix *fix)
{
	return fix_set_flags(fix, 0, JAILHOUSE_MEM_ROOTSHARED);
}

/* --- alignment: M06, M07 --------------------------------------------------
 */

/* Not of whole pages, nothing that says "registers", but something that says
 * "memory": M06. Without the latter, IO was forgotten: M07. */
static bool is_broken_ram(const struct check_cell *cell, size_t index)
{
	const struct jhcfg_memory *memory =
		jhcfg_cell_memory(cell->cell, index);
	const uint64_t memory_only = JAILHOUSE_MEM_EXECUTE | JAILHOUSE_MEM_DMA |
				     JAILHOUSE_MEM_LOADABLE |
				     JAILHOUSE_MEM_NO_HUGEPAGES;

	return region_is_subpage(memory) && !region_is_io(memory) &&
	       !(memory->flags & CHECK_MEM_WIDTHS) &&
	       (memory->flags & memory_only || cell->shmem[index]);
}

void memory_check_alignment(struct check *check, const struct check_cell *cell)
{
	const struct jhcfg_memory *memory;

	for (size_t n = 0; (memory = jhcfg_cell_memory(cell->cell, n)); n++) {
		const struct found found = at_region(cell, n);

		if (!region_is_backed(memory))
			continue;
		if ((memory->phys_start ^ memory->virt_start) & CHECK_PAGE_MASK)
			check_report(check, &found,
				     "%s and its guest address 0x%" PRIx64
				     " lie at different offsets in their pages",
				     region_text(cell, n).text,
				     memory->virt_start);
		else if (is_broken_ram(cell, n))
			check_report(check, &found,
				     "%s is RAM, but not of whole pages: guest "
				     "address 0x%" PRIx64 ", size 0x%" PRIx64,
				     region_text(cell, n).text,
				     memory->virt_start, memory->size);
	}
}

int memory_fix_alignment(struct fix *fix)
{
	struct jhcfg_config *config;
	struct jhcfg_memory memory;
	uint64_t inside;
	int err = fix_region(fix, &config, &memory);

	if (err)
		return err;
	if (is_broken_ram(fix->cell, fix->finding->at.index)) {
		inside = memory.phys_start & CHECK_PAGE_MASK;
		memory.phys_start -= inside;
		memory.size = (memory.size + inside + CHECK_PAGE_MASK) &
			      ~CHECK_PAGE_MASK;
	}
	memory.virt_start = (memory.virt_start & ~CHECK_PAGE_MASK) |
			    (memory.phys_start & CHECK_PAGE_MASK);
	return jhcfg_config_replace_memory(config, fix->finding->at.index,
					   &memory);
}

void memory_check_widths(struct check *check, const struct check_cell *cell)
{
	const struct jhcfg_memory *memory;

	for (size_t n = 0; (memory = jhcfg_cell_memory(cell->cell, n)); n++) {
		const struct found found = at_region(cell, n);
		const bool io = region_is_io(memory);

		if (!region_is_backed(memory) || !region_is_subpage(memory) ||
		    is_broken_ram(cell, n) ||
		    (io && memory->flags & CHECK_MEM_WIDTHS))
			continue;
		check_report(check, &found,
			     "%s is a part of a page, 0x%" PRIx64
			     " bytes, but has %s",
			     region_text(cell, n).text, memory->size,
			     io ? "no access widths (IO_8 to IO_64)"
				: "not the flag IO");
	}
}

/* What the device tree says of the registers there; else all that a device of
 * a 32-bit bus may want. */
static uint64_t widths_of(const struct fix *fix,
			  const struct jhcfg_memory *memory)
{
	const struct jhcfg_board *board = fix->check->board;
	const struct jhcfg_range range = { memory->phys_start, memory->size };
	const struct jhcfg_hw_device *device = NULL;
	size_t position = 0;

	if (board)
		device = jhcfg_board_device(
			board, jhcfg_board_device_at(board, range, &position));
	switch (device ? device->reg_io_width : 0) {
	case 1:
		return JAILHOUSE_MEM_IO_8;
	case 2:
		return JAILHOUSE_MEM_IO_16;
	case 4:
		return JAILHOUSE_MEM_IO_32;
	case 8:
		return JAILHOUSE_MEM_IO_64;
	}
	return JAILHOUSE_MEM_IO_8 | JAILHOUSE_MEM_IO_16 | JAILHOUSE_MEM_IO_32;
}

int memory_fix_widths(struct fix *fix)
{
	const struct jhcfg_memory *memory =
		jhcfg_cell_memory(fix->cell->cell, fix->finding->at.index);
	uint64_t set = JAILHOUSE_MEM_IO;

	if (!(memory->flags & CHECK_MEM_WIDTHS))
		set |= widths_of(fix, memory);
	return fix_set_flags(fix, set, JAILHOUSE_MEM_EXECUTE);
}

/* --- flags that contradict each other: M09, M10 ---------------------------
 */

#define MEM(name) ((uint64_t)JAILHOUSE_MEM_##name)

/* Where all of @has and none of @lacks are set, and what repairs it. */
struct flag_fault {
	uint64_t has, lacks;
	bool root_only;
	uint64_t set, clear;
	bool remove;
	const char *text;
};

/* clang-format off */
static const struct flag_fault loadable_faults[] = {
	{ MEM(COMM_REGION), 0, true, 0, 0, true,
	  "is a communication region, which the root cell has none of" },
	{ MEM(LOADABLE) | MEM(COMM_REGION), 0, false, 0, MEM(LOADABLE), false,
	  "is a communication region, and cannot be LOADABLE" },
	{ MEM(LOADABLE), 0, true, 0, MEM(LOADABLE), false,
	  "is LOADABLE, but Linux is loaded already" },
	{ MEM(LOADABLE) | MEM(IO), 0, false, 0, MEM(LOADABLE), false,
	  "is LOADABLE and IO: nothing is loaded into registers" },
	{ MEM(LOADABLE), MEM(WRITE), false, MEM(WRITE), 0, false,
	  "is LOADABLE, but not WRITE: nothing can be loaded there" },
	{ 0 },
};

static const struct flag_fault access_faults[] = {
	{ MEM(EXECUTE) | MEM(IO), 0, false, 0, MEM(EXECUTE), false,
	  "is EXECUTE and IO: registers hold no code" },
	{ 0, CHECK_MEM_ACCESS, false, MEM(READ), 0, false,
	  "permits no access: neither READ, WRITE nor EXECUTE" },
	{ 0 },
};
/* clang-format on */

static const struct flag_fault *find_fault(const struct flag_fault *faults,
					   const struct check_cell *cell,
					   const struct jhcfg_memory *memory)
{
	for (; faults->text; faults++)
		if ((memory->flags & faults->has) == faults->has &&
		    !(memory->flags & faults->lacks) &&
		    (!faults->root_only || cell->is_root))
			return faults;
	return NULL;
}

static void check_faults(struct check *check, const struct check_cell *cell,
			 const struct flag_fault *faults)
{
	const struct jhcfg_memory *memory;
	const struct flag_fault *fault;

	for (size_t n = 0; (memory = jhcfg_cell_memory(cell->cell, n)); n++) {
		const struct found found = at_region(cell, n);

		fault = region_guest_size(memory)
				? find_fault(faults, cell, memory)
				: NULL;
		if (fault)
			check_report(check, &found, "%s %s",
				     region_text(cell, n).text, fault->text);
	}
}

static int fix_fault(const struct fix *fix, const struct flag_fault *faults)
{
	const struct flag_fault *fault;
	struct jhcfg_config *config;
	struct jhcfg_memory memory;
	size_t index = fix->finding->at.index;
	int err = fix_region(fix, &config, &memory);

	if (err)
		return err;
	while ((fault = find_fault(faults, fix->cell, &memory))) {
		if (fault->remove)
			return jhcfg_config_remove_memory(config, index);
		memory.flags = (memory.flags & ~fault->clear) | fault->set;
	}
	return jhcfg_config_replace_memory(config, index, &memory);
}

void memory_check_loadable(struct check *check, const struct check_cell *cell)
{
	check_faults(check, cell, loadable_faults);
}

int memory_fix_loadable(struct fix *fix)
{
	return fix_fault(fix, loadable_faults);
}

/* The root runs from RAM: where it has EXECUTE and not IO, no registers are. */
static const struct check_region *root_ram_at(struct check *check,
					      const struct jhcfg_memory *memory)
{
	const struct check_region *other;
	size_t position = 0;

	while ((other = check_region_at(check, memory->phys_start,
					region_last(memory), &position)))
		if (other->cell->is_root && !region_is_io(other->memory) &&
		    other->memory->flags & JAILHOUSE_MEM_EXECUTE)
			return other;
	return NULL;
}

void memory_check_access(struct check *check, const struct check_cell *cell)
{
	const struct jhcfg_memory *memory;
	const struct check_region *ram;

	check_faults(check, cell, access_faults);
	for (size_t n = 0; (memory = jhcfg_cell_memory(cell->cell, n)); n++) {
		struct found found = at_region(cell, n);

		if (cell->is_root || !region_is_io(memory) ||
		    !region_is_backed(memory))
			continue;
		ram = root_ram_at(check, memory);
		if (!ram)
			continue;
		found.related = ram->cell;
		found.related_element = JHCFG_AT_MEMORY;
		found.related_index = ram->index;
		check_report(check, &found,
			     "%s is IO, but lies in %s, which is RAM",
			     region_text(cell, n).text,
			     region_text(ram->cell, ram->index).text);
	}
}

int memory_fix_access(struct fix *fix)
{
	if (fix->finding->related.cell)
		return fix_set_flags(fix, 0,
				     JAILHOUSE_MEM_IO | CHECK_MEM_WIDTHS |
					     JAILHOUSE_MEM_IO_UNALIGNED);
	return fix_fault(fix, access_faults);
}

/* --- RAM for Linux: M15 ---------------------------------------------------
 */

#define LINUX_FLAGS                                                            \
	((uint64_t)(JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE |                 \
		    JAILHOUSE_MEM_EXECUTE | JAILHOUSE_MEM_DMA))
#define NOT_LINUX_FLAGS                                                        \
	((uint64_t)(JAILHOUSE_MEM_IO | JAILHOUSE_MEM_COMM_REGION |             \
		    JAILHOUSE_MEM_ROOTSHARED))

void memory_check_linux(struct check *check, const struct check_cell *cell)
{
	const struct jhcfg_memory *memory, *best = NULL;
	struct found found = { .cell = cell, .unfixable = true };

	if (!check_is_linux(check, cell))
		return;
	for (size_t n = 0; (memory = jhcfg_cell_memory(cell->cell, n)); n++) {
		if (memory->flags & NOT_LINUX_FLAGS || !memory->size ||
		    cell->shmem[n])
			continue;
		if ((memory->flags & LINUX_FLAGS) == LINUX_FLAGS)
			return;
		if (!best || memory->size > best->size) {
			best = memory;
			found = at_region(cell, n);
		}
	}
	if (best)
		check_report(check, &found,
			     "cell \"%s\" runs Linux, but %s has not all of "
			     "READ, WRITE, EXECUTE and DMA: flags 0x%" PRIx64,
			     cell->name, region_text(cell, found.index).text,
			     best->flags);
	else
		check_report(check, &found,
			     "cell \"%s\" runs Linux, but has no region of RAM",
			     cell->name);
}

int memory_fix_linux(struct fix *fix)
{
	return fix_set_flags(fix, LINUX_FLAGS, 0);
}
