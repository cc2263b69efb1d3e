/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What rules ask of memory regions, and what fix-its do to them. */
#ifndef JHCFG_CHECK_REGIONS_H
#define JHCFG_CHECK_REGIONS_H

#include <jailhouse/cell-config.h>

#include "check/intervals.h"
#include "check/rule.h"

#define CHECK_PAGE	4096ULL
#define CHECK_PAGE_MASK (CHECK_PAGE - 1)
#define CHECK_MEM_ACCESS                                                       \
	((uint64_t)(JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE |                 \
		    JAILHOUSE_MEM_EXECUTE))
#define CHECK_MEM_WIDTHS                                                       \
	((uint64_t)(JAILHOUSE_MEM_IO_8 | JAILHOUSE_MEM_IO_16 |                 \
		    JAILHOUSE_MEM_IO_32 | JAILHOUSE_MEM_IO_64))

/* For one message: check_report(..., "%s ...", region_text(...).text). */
struct region_text {
	char text[160];
};

/* `cell "rtos" region 3 ("ram") [0x70000000-0x7000ffff]`: physical addresses;
 * those of the guest for a communication region. */
struct region_text region_text(const struct check_cell *cell, size_t index);

static inline bool region_is_comm(const struct jhcfg_memory *memory)
{
	return memory->flags & JAILHOUSE_MEM_COMM_REGION;
}

static inline bool region_is_io(const struct jhcfg_memory *memory)
{
	return memory->flags & JAILHOUSE_MEM_IO;
}

/* It has physical addresses of its own. */
static inline bool region_is_backed(const struct jhcfg_memory *memory)
{
	return memory->size && !region_is_comm(memory);
}

static inline bool region_is_subpage(const struct jhcfg_memory *memory)
{
	return JAILHOUSE_MEMORY_IS_SUBPAGE(memory);
}

/* Guest-physical bytes that it takes: one page for a communication region. */
static inline uint64_t region_guest_size(const struct jhcfg_memory *memory)
{
	return region_is_comm(memory) ? CHECK_PAGE : memory->size;
}

static inline uint64_t region_last(const struct jhcfg_memory *memory)
{
	return check_last(memory->phys_start, memory->size);
}

/* All that is backed of a cell, by physical addresses; the owner is 0. Also in
 * @set what it had before; to be sorted by the caller. */
void regions_collect(const struct check_cell *cell, struct intervals *set);

/* Sorts the set; false: there was no memory, and the check fails as a whole. */
bool regions_sorted(struct check *check, struct intervals *set);

/* --- for fix-its ---------------------------------------------------------- */

/* The region of the finding, to be edited: 0 with *@config and a copy in
 * *@memory; -EINVAL with the reason said if it belongs to a link or to an
 * ivshmem device; -ENOMEM. */
int fix_region(const struct fix *fix, struct jhcfg_config **config,
	       struct jhcfg_memory *memory);
/* The same for any region. */
int fix_region_of(const struct fix *fix, const struct check_cell *cell,
		  size_t index, struct jhcfg_config **config,
		  struct jhcfg_memory *memory);

/* Puts back the region of the finding with other contents. */
int fix_set_flags(const struct fix *fix, uint64_t set, uint64_t clear);

/* Takes the bytes @first to @last, counted from its start, out of a region:
 * what is before stays it, what is behind becomes the next one. */
int region_cut(struct jhcfg_config *config, size_t index, uint64_t first,
	       uint64_t last);

/* As above, for physical addresses that may reach beyond the region. */
int region_cut_phys(struct jhcfg_config *config, size_t index, uint64_t start,
		    uint64_t last);

/*
 * RAM of the root for @size bytes, where no other cell, link or hypervisor has
 * anything, that Linux does not use (where that is known) and that the board
 * does not reserve for something else: the place that is nearest to @near.
 * False: there is none.
 */
bool fix_find_ram(const struct fix *fix, uint64_t near, uint64_t size,
		  uint64_t *start);

#endif
