// SPDX-License-Identifier: LGPL-2.1-or-later
/* H: the memory of the hypervisor. */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <strings.h>

#include <jailhouse/cell-config.h>

#include "check/hypervisor.h"
#include "check/linux_memory.h"
#include "check/regions.h"

#define MIB 0x100000ULL

static uint64_t round_up(uint64_t value, uint64_t align)
{
	return (value + align - 1) & ~(align - 1);
}

static const struct found at_hypervisor = {
	.element = JHCFG_AT_HYPERVISOR_MEMORY,
};

/* --- H02 ------------------------------------------------------------------ */

static void check_minimum(struct check *check, const struct check_cell *root)
{
	uint64_t minimum = hypervisor_minimum(check);

	if (check->hypervisor->size >= minimum)
		return;
	check_report(check, &at_hypervisor,
		     "hypervisor memory has 0x%" PRIx64
		     " bytes; image, %u CPUs and configuration take 0x%" PRIx64,
		     check->hypervisor->size, jhcfg_cell_num_cpus(root->cell),
		     minimum);
}

static int fix_minimum(struct fix *fix)
{
	/* twice, so that there is a pool for cells */
	uint64_t size = round_up(2 * hypervisor_minimum(fix->check), 2 * MIB);

	return fix_place_hypervisor(fix, size, true);
}

/* --- H03 ------------------------------------------------------------------ */

static void check_pool(struct check *check, const struct check_cell *root)
{
	struct jhcfg_pool pool;

	(void)root;
	/* Without the cells it is too small already: H02 says so. */
	if (hypervisor_estimate(check, 1, &pool) ||
	    pool.minimum > check->hypervisor->size)
		return;
	if (hypervisor_estimate(check, check->num_cells, &pool) ||
	    pool.used <= pool.pages / 5 * 4)
		return;
	check_report(check,
		     &(struct found){ .element = JHCFG_AT_HYPERVISOR_MEMORY,
				      .detail = { pool.used, pool.fixed } },
		     "%zu cells take 0x%" PRIx64 " of 0x%" PRIx64
		     " pages of the hypervisor's pool",
		     check->num_cells, pool.used, pool.pages);
}

static int fix_pool(struct fix *fix)
{
	uint64_t used = fix->finding->detail[0],
		 fixed = fix->finding->detail[1];

	/* two thirds used; tables for the pool itself grow by little */
	return fix_place_hypervisor(
		fix, round_up(fixed + used * 4096 / 2 * 3, 2 * MIB), true);
}

/* --- H04 ------------------------------------------------------------------ */

static void check_regions(struct check *check)
{
	const struct jhcfg_memory *hv = check->hypervisor;
	const uint64_t last = check_last(hv->phys_start, hv->size);
	const struct check_region *region;
	size_t position = 0;

	while ((region = check_region_at(check, hv->phys_start, last,
					 &position)) &&
	       !check_enough(check))
		check_report(
			check,
			&(struct found){ .element = JHCFG_AT_HYPERVISOR_MEMORY,
					 .related = region->cell,
					 .related_element = JHCFG_AT_MEMORY,
					 .related_index = region->index },
			"hypervisor memory [0x%" PRIx64 "-0x%" PRIx64
			"] overlaps %s",
			hv->phys_start, last,
			region_text(region->cell, region->index).text);
}

static void check_carve_outs(struct check *check)
{
	const struct jhcfg_memory *hv = check->hypervisor;
	const struct jhcfg_hw_memory *entry;

	for (size_t n = 0;
	     check->board && (entry = jhcfg_board_memory(check->board, n)); n++)
		if ((entry->kind == JHCFG_HW_FIRMWARE ||
		     entry->kind == JHCFG_HW_SHARED) &&
		    check_overlaps(entry->range.start, entry->range.size,
				   hv->phys_start, hv->size))
			check_report(check, &at_hypervisor,
				     "hypervisor memory [0x%" PRIx64
				     "-0x%" PRIx64
				     "] overlaps \"%s\" [0x%" PRIx64
				     "-0x%" PRIx64 "], which is in use",
				     hv->phys_start,
				     check_last(hv->phys_start, hv->size),
				     entry->name, entry->range.start,
				     check_last(entry->range.start,
						entry->range.size));
}

static void check_framebuffer(struct check *check)
{
	const struct jhcfg_console *console =
		jhcfg_system_debug_console(check->system);
	const struct jhcfg_memory *hv = check->hypervisor;

	if (console->type == JAILHOUSE_CON_TYPE_EFIFB &&
	    check_overlaps(console->address, console->size, hv->phys_start,
			   hv->size))
		check_report(check, &at_hypervisor,
			     "hypervisor memory [0x%" PRIx64 "-0x%" PRIx64
			     "] overlaps the framebuffer at 0x%" PRIx64,
			     hv->phys_start,
			     check_last(hv->phys_start, hv->size),
			     console->address);
}

static void check_alone(struct check *check, const struct check_cell *root)
{
	(void)root;
	check_regions(check);
	check_carve_outs(check);
	check_framebuffer(check);
}

/* The root's RAM gives way; anybody else stays where he is. */
static int fix_alone(struct fix *fix)
{
	const struct jhcfg_memory *hv = fix->check->hypervisor;
	size_t index = fix->finding->related.index;
	const struct jhcfg_memory *memory;
	struct jhcfg_config *config;

	if (!fix->related || !fix->related->is_root ||
	    index >= fix->related->num_own_memory || fix->related->shmem[index])
		return fix_place_hypervisor(fix, hv->size, false);
	memory = jhcfg_cell_memory(fix->related->cell, index);
	if (region_is_io(memory))
		return fix_place_hypervisor(fix, hv->size, false);
	config = fix_edit_cell(fix, fix->related);
	return config ? region_cut_phys(config, index, hv->phys_start,
					check_last(hv->phys_start, hv->size))
		      : -ENOMEM;
}

/* --- H05 ------------------------------------------------------------------ */

/* What 32-bit Linux has for mappings unless vmalloc= says otherwise
 * (arch/arm: VMALLOC_DEFAULT_SIZE). */
#define VMALLOC_ARM (240 * MIB)

static void check_backed(struct check *check, const struct check_cell *root)
{
	const struct jhcfg_memory *hv = check->hypervisor;
	const struct jhcfg_hw_memory *entry;
	bool any = false;

	(void)root;
	for (size_t n = 0; (entry = jhcfg_board_memory(check->board, n)); n++)
		any |= entry->kind == JHCFG_HW_RAM;
	if (any && !jhcfg_board_is_ram(
			   check->board,
			   (struct jhcfg_range){ hv->phys_start, hv->size }))
		check_report(check, &at_hypervisor,
			     "hypervisor memory [0x%" PRIx64 "-0x%" PRIx64
			     "] is not all RAM",
			     hv->phys_start,
			     check_last(hv->phys_start, hv->size));
	if (check->architecture == JAILHOUSE_ARM && hv->size >= VMALLOC_ARM)
		check_report(
			check,
			&(struct found){ .element = JHCFG_AT_HYPERVISOR_MEMORY,
					 .detail = { true } },
			"hypervisor memory has 0x%" PRIx64
			" bytes; 32-bit Linux has 0x%llx for all mappings",
			hv->size, VMALLOC_ARM);
}

static int fix_backed(struct fix *fix)
{
	uint64_t size = fix->check->hypervisor->size;
	bool shrink = fix->finding->detail[0];

	return fix_place_hypervisor(fix, shrink ? 32 * MIB : size, shrink);
}

/* --- H08 ------------------------------------------------------------------ */

#define AMPLE (64 * MIB)

/* All cells there are, whatever the scenario. */
static uint64_t needed(const struct check *check)
{
	struct jhcfg_pool pool;

	return hypervisor_estimate(check, check->num_cells, &pool)
		       ? hypervisor_minimum(check) * 4
		       : pool.minimum;
}

static bool is_used(struct check *check, const struct jhcfg_range *range)
{
	const uint64_t last = check_last(range->start, range->size);
	const struct check_region *region;
	size_t position = 0;

	if (check_overlaps(range->start, range->size,
			   check->hypervisor->phys_start,
			   check->hypervisor->size))
		return true;
	while ((region = check_region_at(check, range->start, last, &position)))
		if (!region->cell->is_root ||
		    region->cell->shmem[region->index])
			return true;
	return false;
}

static void check_waste(struct check *check, const struct check_cell *root)
{
	const uint64_t size = check->hypervisor->size;
	const struct jhcfg_hw_memory *entry;

	(void)root;
	if (size > AMPLE && size / 4 > needed(check))
		check_report(check, &at_hypervisor,
			     "hypervisor memory has 0x%" PRIx64
			     " bytes, of which 0x%" PRIx64 " are needed",
			     size, needed(check));
	for (size_t n = 0;
	     check->board && (entry = jhcfg_board_memory(check->board, n)); n++)
		if (linux_memory_is_for_us(entry) &&
		    !is_used(check, &entry->range))
			check_report(
				check,
				&(struct found){ .cell = &check->all[0],
						 .unfixable = true },
				"nobody uses reservation \"%s\" [0x%" PRIx64
				"-0x%" PRIx64 "]",
				entry->name, entry->range.start,
				check_last(entry->range.start,
					   entry->range.size));
}

static int fix_waste(struct fix *fix)
{
	struct jhcfg_memory memory = *fix->check->hypervisor;
	struct jhcfg_config *config = fix_edit(fix);

	if (!config)
		return -ENOMEM;
	memory.size = round_up(2 * needed(fix->check), 2 * MIB);
	if (memory.size < 16 * MIB)
		memory.size = 16 * MIB;
	jhcfg_config_set_hypervisor_memory(config, &memory);
	return 0;
}

/* clang-format off */
static const struct rule rules[] = {
	{ .info = {
		.id = "H01",
		.severity = JHCFG_ERROR,
		.modes = JHCFG_RULE_BOARD | JHCFG_RULE_LIVE,
		.title = "hypervisor memory is not kept from Linux",
		.doc =
		"Linux would use the memory that the hypervisor is loaded "
		"into: the driver cannot claim it (request_mem_region fails) "
		"and enabling answers EINVAL. Judged by what the target says "
		"it uses, or by the board's reservations and command line.",
		.advice =
		"keep it from Linux: memmap=, mem= or reserved-memory",
		.fix =
		"moves it into memory that is kept from Linux, if there is "
		"room" },
	  .scope = RULE_SYSTEM,
	  .check = check_hv_reserved,
	  .fix = fix_hv_reserved },
	{ .info = {
		.id = "H02",
		.severity = JHCFG_ERROR,
		.title =
		"hypervisor memory is too small for image, CPUs and "
		"configuration",
		.doc =
		"Core, an area for each CPU up to the highest number, the "
		"configuration and first tables must fit; otherwise enabling "
		"answers EINVAL or ENOMEM, without a word in the kernel's "
		"log.",
		.advice = "give it more",
		.fix =
		"makes it as large as needed, in place or elsewhere in memory"
		" that is kept from Linux" },
	  .scope = RULE_SYSTEM,
	  .check = check_minimum,
	  .fix = fix_minimum },
	{ .info = {
		.id = "H03",
		.severity = JHCFG_WARNING,
		.title =
		"more than 80 % of the hypervisor's page pool will be used",
		.doc =
		"Every cell takes pages for descriptors, translation tables "
		"and traps; when the pool is exhausted, creating a cell "
		"answers ENOMEM. Regions that are not aligned to 2 MiB and "
		"cuts into the root's large pages cost most.",
		.advice =
		"give it more: 10 MiB do for two guests, more for 128 CPUs",
		.fix = "makes it larger, so that two thirds are used" },
	  .scope = RULE_SCENARIO,
	  .check = check_pool,
	  .fix = fix_pool },
	{ .info = {
		.id = "H04",
		.severity = JHCFG_ERROR,
		.title =
		"hypervisor memory overlaps a cell, a link, a framebuffer or "
		"firmware",
		.doc =
		"Whoever has that memory could change the hypervisor, or "
		"loses what is there the moment it is loaded. The hypervisor "
		"refuses a region that touches its memory (EINVAL).",
		.advice = "move one of them",
		.fix =
		"takes it out of the root's RAM, or moves it where nobody has"
		" anything" },
	  .scope = RULE_SYSTEM,
	  .check = check_alone,
	  .fix = fix_alone },
	{ .info = {
		.id = "H05",
		.severity = JHCFG_ERROR,
		.modes = JHCFG_RULE_BOARD,
		.title =
		"hypervisor memory is not RAM, or too large for a 32-bit "
		"kernel to map",
		.doc =
		"The driver copies the image to memory that does not keep it,"
		" and the first CPU that enters never comes back. A 32-bit "
		"Linux maps all of it into a vmalloc area of 240 MiB "
		"(ENOMEM).",
		.advice = "move or shrink it",
		.fix =
		"moves it to RAM that is kept from Linux, or shrinks it" },
	  .scope = RULE_SYSTEM,
	  .check = check_backed,
	  .fix = fix_backed },
	{ .info = {
		.id = "H06",
		.severity = JHCFG_WARNING,
		.modes = JHCFG_RULE_LIVE,
		.title = "the target's command line lacks the reservation",
		.doc =
		"Boot loaders expand \"$\": memmap=82M$0x3a000000 arrives as "
		"memmap=82M, and Linux takes the memory. GRUB's "
		"/etc/default/grub wants \\\\\\$, a U-Boot script \\$ or "
		"single quotes.",
		.advice =
		"repair the command line: jailhouse config export -f cmdline "
		"-b grub (or u-boot) escapes it" },
	  .scope = RULE_SYSTEM,
	  .check = check_hv_command_line },
	{ .info = {
		.id = "H07",
		.severity = JHCFG_ERROR,
		.modes = JHCFG_RULE_BOARD,
		.title = "a cell's memory is memory that Linux still uses",
		.doc =
		"Creating the cell takes the memory from Linux, which finds "
		"its own data gone and stops at some later time; or the cell "
		"overwrites it while it is loaded.",
		.advice =
		"keep it from Linux: memmap=, mem= or reserved-memory",
		.fix =
		"moves the region into memory that is kept from Linux" },
	  .scope = RULE_CELL,
	  .check = check_used_by_linux,
	  .fix = fix_used_by_linux },
	{ .info = {
		.id = "H08",
		.severity = JHCFG_INFO,
		.title = "reserved memory is used by nobody",
		.doc =
		"Linux cannot use what is kept from it, and no cell does: "
		"either the reservation is a left-over, or the hypervisor has"
		" many times what it needs.",
		.advice = "shrink it, or give it to a cell",
		.fix =
		"shrinks the memory of the hypervisor to twice what is needed" },
	  .scope = RULE_SYSTEM,
	  .check = check_waste,
	  .fix = fix_waste },
	{ .info = {
		.id = "H09",
		.severity = JHCFG_ERROR,
		.modes = JHCFG_RULE_BOARD,
		.title = "a reservation in an arm64 device tree lacks no-map",
		.doc =
		"Without no-map Linux keeps the memory in its linear map, and"
		" the processor may fetch from it ahead of time: when a cell "
		"has it, such an access faults in Linux, at random.",
		.advice =
		"add no-map to the reservation, by an overlay where the tree "
		"comes from firmware: jailhouse config export -f dtbo" },
	  .scope = RULE_CELL,
	  .check = check_no_map },
};
/* clang-format on */

const struct rule_table check_rules_hypervisor = RULE_TABLE(rules);
