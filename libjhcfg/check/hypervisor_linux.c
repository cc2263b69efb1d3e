// SPDX-License-Identifier: LGPL-2.1-or-later
/* H01, H06, H07, H09: what must be kept from Linux. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <jailhouse/cell-config.h>

#include "check/hypervisor.h"
#include "check/linux_memory.h"
#include "check/regions.h"

/* How to keep a range from Linux. */
static void advise(const struct check *check, uint64_t start, uint64_t size,
		   char *text, size_t text_size)
{
	if (check_is_x86(check))
		snprintf(text, text_size,
			 "boot Linux with memmap=0x%" PRIx64 "$0x%" PRIx64
			 " (in GRUB's configuration \\\\\\$, in U-Boot \\$)",
			 size, start);
	else
		snprintf(text, text_size,
			 "reserve it in the device tree: reserved-memory { "
			 "jailhouse@%" PRIx64 " { reg = <0x%" PRIx64
			 " 0x%" PRIx64 " 0x%" PRIx64 " 0x%" PRIx64
			 ">; no-map; }; }, or with mem= if no RAM is above",
			 start, start >> 32, start & UINT32_MAX, size >> 32,
			 size & UINT32_MAX);
}

/* --- H01 ------------------------------------------------------------------ */

void check_hv_reserved(struct check *check, const struct check_cell *root)
{
	const struct jhcfg_memory *hv = check->hypervisor;
	struct linux_memory memory;
	char advice[256];
	uint64_t first;

	(void)root;
	if (linux_memory_make(&memory, check)) {
		check_no_memory(check);
	} else if (memory.known && linux_memory_uses(&memory, hv->phys_start,
						     hv->size, &first)) {
		advise(check, hv->phys_start, hv->size, advice, sizeof(advice));
		check_report(
			check,
			&(struct found){ .element = JHCFG_AT_HYPERVISOR_MEMORY,
					 .advice = advice },
			"hypervisor memory [0x%" PRIx64 "-0x%" PRIx64
			"] is not kept from Linux, which uses 0x%" PRIx64,
			hv->phys_start, check_last(hv->phys_start, hv->size),
			first);
	}
	linux_memory_clear(&memory);
}

int fix_hv_reserved(struct fix *fix)
{
	return fix_place_hypervisor(fix, fix->check->hypervisor->size, false);
}

/* --- H06 ------------------------------------------------------------------ */

/* Whether the command line keeps the range: memmap=, mem=. */
static bool command_line_keeps(const struct check *check)
{
	struct jhcfg_live target = *check->live;
	struct check only = { .live = &target };
	struct linux_memory memory;
	uint64_t from = check->hypervisor->phys_start;
	uint64_t to = check_last(from, check->hypervisor->size);
	bool kept;

	target.known &= ~(uint32_t)JHCFG_LIVE_IOMEM;
	only.architecture = check->architecture;
	/* on Arm, what mem= leaves depends on where RAM is */
	only.board = check_is_x86(check) ? NULL : check->board;
	kept = !linux_memory_make(&memory, &only) &&
	       !intervals_gap(&memory.kept, &from, &to);
	linux_memory_clear(&memory);
	return kept;
}

/* The target says that it uses the memory, or says nothing. */
static bool target_may_use(struct check *check)
{
	struct linux_memory memory;
	uint64_t first;
	bool uses = true;

	if (!jhcfg_live_knows(check->live, JHCFG_LIVE_IOMEM))
		return true;
	if (linux_memory_make(&memory, check))
		check_no_memory(check);
	else
		uses = linux_memory_uses(&memory, check->hypervisor->phys_start,
					 check->hypervisor->size, &first);
	linux_memory_clear(&memory);
	return uses;
}

/* Somebody meant to reserve memory on the command line. */
static bool wants_option(const struct check *check)
{
	const char *wanted =
		check->board ? jhcfg_board_command_line(check->board) : "";
	const char *position = wanted;
	size_t length;

	if (linux_next_option(&position, "memmap", &length))
		return true;
	position = wanted;
	return check_is_x86(check) ||
	       linux_next_option(&position, "mem", &length);
}

void check_hv_command_line(struct check *check, const struct check_cell *root)
{
	const struct jhcfg_memory *hv = check->hypervisor;
	const char *position = check->live->command_line;
	const char *value;
	char advice[256];
	size_t length;

	(void)root;
	if (!jhcfg_live_knows(check->live, JHCFG_LIVE_COMMAND_LINE) ||
	    !wants_option(check) || command_line_keeps(check) ||
	    !target_may_use(check))
		return;
	value = linux_next_option(&position, "memmap", &length);
	advise(check, hv->phys_start, hv->size, advice, sizeof(advice));
	check_report(
		check,
		&(struct found){ .element = JHCFG_AT_TARGET, .advice = advice },
		"the target's command line does not keep hypervisor memory "
		"[0x%" PRIx64 "-0x%" PRIx64 "] from Linux%s%.*s%s",
		hv->phys_start, check_last(hv->phys_start, hv->size),
		value ? "; it has memmap=" : "",
		value && length < 64 ? (int)length : 0, value ? value : "",
		value && !memchr(value, '$', length)
			? ", whose \"$\" the boot loader has eaten"
			: "");
}

/* --- H07 ------------------------------------------------------------------ */

/* Memory that Linux and the cell both mean to use for themselves. */
static bool is_private_ram(const struct check_cell *cell, size_t index,
			   const struct jhcfg_memory *memory)
{
	return region_is_backed(memory) && !region_is_io(memory) &&
	       (cell->shmem[index] ||
		!(memory->flags & JAILHOUSE_MEM_ROOTSHARED));
}

void check_used_by_linux(struct check *check, const struct check_cell *cell)
{
	const struct jhcfg_memory *memory;
	struct linux_memory ram;
	char advice[256];
	uint64_t first;

	if (cell->is_root)
		return;
	if (linux_memory_make(&ram, check))
		check_no_memory(check);
	for (size_t n = 0;
	     ram.known && (memory = jhcfg_cell_memory(cell->cell, n)) &&
	     !check_enough(check);
	     n++) {
		if (!is_private_ram(cell, n, memory) ||
		    !linux_memory_uses(&ram, memory->phys_start, memory->size,
				       &first))
			continue;
		advise(check, memory->phys_start, memory->size, advice,
		       sizeof(advice));
		check_report(check,
			     &(struct found){ .cell = cell,
					      .element = JHCFG_AT_MEMORY,
					      .index = n,
					      .related = &check->all[0],
					      .advice = advice,
					      .unfixable = cell->shmem[n] },
			     "%s is in memory that Linux uses, from 0x%" PRIx64,
			     region_text(cell, n).text, first);
	}
	linux_memory_clear(&ram);
}

int fix_used_by_linux(struct fix *fix)
{
	struct jhcfg_config *config;
	struct jhcfg_memory memory;
	uint64_t start, reset;
	int err = fix_region(fix, &config, &memory);

	if (err)
		return err;
	if (!fix_find_ram(fix, memory.phys_start, memory.size, &start))
		return fix_refuse(fix, "keep more memory from Linux",
				  "no memory of 0x%" PRIx64
				  " bytes is free of all that is kept from "
				  "Linux",
				  memory.size);
	reset = jhcfg_cell_reset_address(fix->cell->cell);
	if (memory.virt_start == memory.phys_start) {
		/* mapped one to one, it stays so, and the entry goes along */
		if (reset - memory.virt_start < memory.size)
			jhcfg_config_set_reset_address(
				config, reset - memory.virt_start + start);
		memory.virt_start = start;
	}
	memory.phys_start = start;
	return jhcfg_config_replace_memory(config, fix->finding->at.index,
					   &memory);
}

/* --- H09 ------------------------------------------------------------------ */

static void judge_no_map(struct check *check, const struct found *found,
			 const char *what, uint64_t start, uint64_t size)
{
	const struct jhcfg_hw_memory *entry;

	for (size_t n = 0; (entry = jhcfg_board_memory(check->board, n)); n++)
		if (entry->kind == JHCFG_HW_RESERVED && !entry->no_map &&
		    check_overlaps(entry->range.start, entry->range.size, start,
				   size) &&
		    !check_enough(check))
			check_report(check, found,
				     "%s is in reservation \"%s\" [0x%" PRIx64
				     "-0x%" PRIx64 "], which has no \"no-map\"",
				     what, entry->name, entry->range.start,
				     check_last(entry->range.start,
						entry->range.size));
}

void check_no_map(struct check *check, const struct check_cell *cell)
{
	const struct jhcfg_memory *memory;

	if (check->architecture != JAILHOUSE_ARM64)
		return;
	if (cell->is_root) {
		const struct found found = {
			.element = JHCFG_AT_HYPERVISOR_MEMORY,
		};

		judge_no_map(check, &found, "hypervisor memory",
			     check->hypervisor->phys_start,
			     check->hypervisor->size);
		return;
	}
	for (size_t n = 0; (memory = jhcfg_cell_memory(cell->cell, n)); n++) {
		const struct found found = {
			.cell = cell,
			.element = JHCFG_AT_MEMORY,
			.index = n,
		};

		if (is_private_ram(cell, n, memory) && !cell->shmem[n])
			judge_no_map(check, &found, region_text(cell, n).text,
				     memory->phys_start, memory->size);
	}
}
