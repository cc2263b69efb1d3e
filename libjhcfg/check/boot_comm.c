// SPDX-License-Identifier: LGPL-2.1-or-later
/* B01: the communication region. */
#include <errno.h>
#include <inttypes.h>

#include "check/boot.h"
#include "check/regions.h"

/* What is wrong with it: detail[0] of a finding. */
enum {
	COMM_MISSING,
	COMM_SECOND,
	COMM_SIZE,
	COMM_ADDRESS,
	COMM_OVERLAP,
};

/* Where guests look for it that come with the established project. */
static uint64_t stock_address(const struct check *check)
{
	return check_is_x86(check) ? 0x100000 : 0x80000000;
}

static struct found found_at(const struct check_cell *cell, size_t index,
			     uint64_t what)
{
	return (struct found){
		.cell = cell,
		.element = JHCFG_AT_MEMORY,
		.index = index,
		.detail = { what },
	};
}

/* Another region at its guest addresses; JHCFG_NO_INDEX: none. */
static size_t overlapped(const struct check_cell *cell, size_t index,
			 uint64_t start)
{
	const struct jhcfg_memory *other;

	for (size_t n = 0; (other = jhcfg_cell_memory(cell->cell, n)); n++)
		if (n != index && !region_is_comm(other) &&
		    check_overlaps(start, CHECK_PAGE, other->virt_start,
				   other->size))
			return n;
	return JHCFG_NO_INDEX;
}

static void judge_comm(struct check *check, const struct check_cell *cell,
		       size_t index)
{
	const struct jhcfg_memory *memory =
		jhcfg_cell_memory(cell->cell, index);
	struct found found = found_at(cell, index, COMM_SIZE);
	size_t other = overlapped(cell, index, memory->virt_start);

	if (memory->size != CHECK_PAGE)
		check_report(check, &found,
			     "%s is no single page: 0x%" PRIx64 " bytes",
			     region_text(cell, index).text, memory->size);
	found.detail[0] = COMM_ADDRESS;
	if (memory->virt_start != stock_address(check))
		check_report(
			check, &found,
			"%s is not at 0x%" PRIx64 ", where guests look for it",
			region_text(cell, index).text, stock_address(check));
	if (other == JHCFG_NO_INDEX)
		return;
	found.detail[0] = COMM_OVERLAP;
	found.related = cell;
	found.related_element = JHCFG_AT_MEMORY;
	found.related_index = other;
	check_report(check, &found, "%s lies over %s",
		     region_text(cell, index).text,
		     region_text(cell, other).text);
}

void check_comm(struct check *check, const struct check_cell *cell)
{
	const struct jhcfg_memory *memory;
	size_t count = 0;

	for (size_t n = 0;
	     !cell->is_root && (memory = jhcfg_cell_memory(cell->cell, n));
	     n++) {
		const struct found second = found_at(cell, n, COMM_SECOND);

		if (!region_is_comm(memory) || check_enough(check))
			continue;
		if (count++)
			check_report(check, &second,
				     "%s is a second communication region",
				     region_text(cell, n).text);
		else
			judge_comm(check, cell, n);
	}
	if (!cell->is_root && !count)
		check_report(check,
			     &(struct found){ .cell = cell,
					      .detail = { COMM_MISSING } },
			     "cell \"%s\" has no communication region",
			     cell->name);
}

static int add_comm(struct fix *fix, struct jhcfg_config *config,
		    uint64_t address)
{
	const struct jhcfg_memory comm = {
		.virt_start = address,
		.size = CHECK_PAGE,
		.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE |
			 JAILHOUSE_MEM_COMM_REGION,
	};

	return jhcfg_config_insert_memory(config, fix->cell->num_own_memory,
					  &comm);
}

static int move_comm(const struct fix *fix, struct jhcfg_config *config,
		     size_t index)
{
	struct jhcfg_memory memory = *jhcfg_cell_memory(fix->cell->cell, index);

	memory.size = CHECK_PAGE;
	if (fix->finding->detail[0] != COMM_SIZE)
		memory.virt_start = stock_address(fix->check);
	return jhcfg_config_replace_memory(config, index, &memory);
}

int fix_comm(struct fix *fix)
{
	const size_t index = fix->finding->at.index;
	const uint64_t stock = stock_address(fix->check);
	const uint64_t what = fix->finding->detail[0];
	struct jhcfg_config *config;
	size_t other = JHCFG_NO_INDEX;

	if (what != COMM_SIZE && what != COMM_SECOND)
		other = overlapped(
			fix->cell,
			what == COMM_MISSING ? JHCFG_NO_INDEX : index, stock);
	if (other != JHCFG_NO_INDEX)
		return fix_refuse(fix, "move that region first",
				  "%s is at 0x%" PRIx64,
				  region_text(fix->cell, other).text, stock);
	config = fix_edit(fix);
	if (!config)
		return -ENOMEM;
	if (what == COMM_MISSING)
		return add_comm(fix, config, stock);
	if (what == COMM_SECOND)
		return jhcfg_config_remove_memory(config, index);
	return move_comm(fix, config, index);
}
