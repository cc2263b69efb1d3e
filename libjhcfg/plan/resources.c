// SPDX-License-Identifier: LGPL-2.1-or-later
/* Who has what, among the cells that a plan considers. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <jailhouse/cell-config.h>

#include "model/links.h"
#include "plan/plan.h"

#define MIB	    0x100000ULL
#define LINK_WINDOW (2 * PLAN_PAGE_SIZE) /* registers of one device */
#define ECAM_BUS    MIB

/* --- cells -------------------------------------------------------------------
 */

static const struct jhcfg_scenario *find_scenario(const struct jhcfg_plan *plan)
{
	const struct jhcfg_scenario *scenario;

	for (size_t n = 0; plan->scenario &&
			   (scenario = jhcfg_workspace_scenario(plan->now, n));
	     n++)
		if (!strcmp(scenario->name, plan->scenario))
			return scenario;
	return NULL;
}

int plan_check_scenario(struct jhcfg_plan *plan)
{
	if (!plan->scenario || find_scenario(plan))
		return 0;
	return plan_refuse(plan, -ENOENT, NULL, "there is no scenario \"%s\"",
			   plan->scenario);
}

/* A cell that the plan adds belongs to it, whatever the scenario says. */
static bool is_new(const struct jhcfg_plan *plan, uint32_t key)
{
	return !jhcfg_workspace_cell(plan->before, key);
}

static bool is_considered(const struct jhcfg_plan *plan,
			  const struct jhcfg_scenario *scenario, uint32_t key)
{
	if (!scenario || key == JHCFG_ROOT_KEY || is_new(plan, key))
		return true;
	for (size_t n = 0; n < scenario->num_cells; n++)
		if (scenario->cells[n] == key)
			return true;
	return false;
}

uint32_t plan_cell_key(const struct jhcfg_plan *plan, size_t index)
{
	const struct jhcfg_scenario *scenario = find_scenario(plan);
	uint32_t key;

	for (size_t n = 0; (key = jhcfg_workspace_cell_key(plan->now, n)); n++)
		if (is_considered(plan, scenario, key) && !index--)
			return key;
	return 0;
}

const struct jhcfg_cell *plan_cell(const struct jhcfg_plan *plan, uint32_t key)
{
	const struct jhcfg_config *config =
		jhcfg_workspace_cell(plan->now, key);

	return config ? jhcfg_config_cell(config) : NULL;
}

const char *plan_cell_name(const struct jhcfg_plan *plan, uint32_t key)
{
	const struct jhcfg_cell *cell = plan_cell(plan, key);

	return cell ? jhcfg_cell_name(cell) : "?";
}

uint32_t plan_find_cell(const struct jhcfg_plan *plan, const char *name)
{
	uint32_t key;

	for (size_t n = 0; (key = jhcfg_workspace_cell_key(plan->now, n)); n++)
		if (!strcmp(plan_cell_name(plan, key), name))
			return key;
	return strcmp(name, "root") ? 0 : JHCFG_ROOT_KEY;
}

const struct jhcfg_board *plan_board(const struct jhcfg_plan *plan)
{
	return jhcfg_workspace_board(plan->now);
}

const struct jhcfg_system *plan_system(const struct jhcfg_plan *plan)
{
	return jhcfg_config_system(
		jhcfg_workspace_cell(plan->now, JHCFG_ROOT_KEY));
}

uint64_t plan_irqchip(const struct jhcfg_plan *plan)
{
	const struct jhcfg_platform *platform =
		jhcfg_system_platform(plan_system(plan));
	const struct jhcfg_irqchip *chip =
		jhcfg_cell_irqchip(plan_cell(plan, JHCFG_ROOT_KEY), 0);

	if (platform->gicd_base)
		return platform->gicd_base;
	return chip ? chip->address : 0;
}

bool plan_is_arm(const struct jhcfg_plan *plan)
{
	return jhcfg_config_architecture(jhcfg_workspace_cell(
		       plan->now, JHCFG_ROOT_KEY)) != JAILHOUSE_X86;
}

/* --- owners ------------------------------------------------------------------
 */

uint32_t plan_owner_of_cpu(const struct jhcfg_plan *plan, unsigned int cpu)
{
	uint32_t key;

	for (size_t n = 1; (key = plan_cell_key(plan, n)); n++)
		if (jhcfg_cell_has_cpu(plan_cell(plan, key), cpu))
			return key;
	return 0;
}

uint32_t plan_owner_of_irq(const struct jhcfg_plan *plan, uint32_t number)
{
	uint32_t key;

	for (size_t n = 1; (key = plan_cell_key(plan, n)); n++)
		if (jhcfg_workspace_has_irq(plan->now, key, number))
			return key;
	return 0;
}

static bool is_exclusive(const struct jhcfg_memory *memory)
{
	return !(memory->flags &
		 (JAILHOUSE_MEM_COMM_REGION | JAILHOUSE_MEM_ROOTSHARED));
}

uint32_t plan_owner_of_range(const struct jhcfg_plan *plan,
			     struct jhcfg_range range)
{
	const struct jhcfg_memory *memory;
	uint32_t key;

	for (size_t n = 1; (key = plan_cell_key(plan, n)); n++)
		for (size_t i = 0;
		     (memory = jhcfg_cell_memory(plan_cell(plan, key), i)); i++)
			if (is_exclusive(memory) &&
			    ranges_touch(
				    (struct jhcfg_range){ memory->phys_start,
							  memory->size },
				    range))
				return key;
	return 0;
}

/* --- memory ------------------------------------------------------------------
 */

static void add_cells(const struct jhcfg_plan *plan, struct ranges *taken)
{
	const struct jhcfg_memory *memory;
	uint32_t key;

	for (size_t n = 1; (key = plan_cell_key(plan, n)); n++)
		for (size_t i = 0;
		     (memory = jhcfg_cell_memory(plan_cell(plan, key), i)); i++)
			if (!(memory->flags & JAILHOUSE_MEM_COMM_REGION))
				ranges_add_pages(taken, memory->phys_start,
						 memory->size);
}

static void add_links(const struct jhcfg_plan *plan, struct ranges *taken)
{
	const struct jhcfg_link *link;

	for (size_t n = 0; (link = jhcfg_workspace_link(plan->now, n)); n++)
		ranges_add_pages(taken, link->base, jhcfg_link_size(link));
}

/* Also memory that a link of a .cell file takes, which is in the regions of
 * the root only. */
static void add_shared(const struct jhcfg_plan *plan, struct ranges *taken)
{
	const struct jhcfg_cell *root = plan_cell(plan, JHCFG_ROOT_KEY);
	const struct jhcfg_memory *memory;

	for (size_t n = 0; (memory = jhcfg_cell_memory(root, n)); n++)
		if (memory->flags & JAILHOUSE_MEM_ROOTSHARED)
			ranges_add_pages(taken, memory->phys_start,
					 memory->size);
}

/* Reserved for us: by name, as device trees and boards have it. */
static bool is_ours(const struct jhcfg_hw_memory *memory)
{
	return strcasestr(memory->name, "inmate") ||
	       strcasestr(memory->name, "jailhouse");
}

static void add_firmware(const struct jhcfg_plan *plan, struct ranges *taken)
{
	const struct jhcfg_board *board = plan_board(plan);
	const struct jhcfg_hw_memory *memory;

	for (size_t n = 0; board && (memory = jhcfg_board_memory(board, n));
	     n++)
		if (memory->kind != JHCFG_HW_RAM && !is_ours(memory))
			ranges_add_pages(taken, memory->range.start,
					 memory->range.size);
}

void plan_own(const struct jhcfg_plan *plan, struct ranges *own)
{
	const struct jhcfg_memory *memory =
		jhcfg_system_hypervisor_memory(plan_system(plan));

	add_cells(plan, own);
	add_links(plan, own);
	add_shared(plan, own);
	ranges_add_pages(own, memory->phys_start, memory->size);
	ranges_merge(own);
}

void plan_taken(const struct jhcfg_plan *plan, struct ranges *taken)
{
	const struct jhcfg_platform *platform =
		jhcfg_system_platform(plan_system(plan));

	plan_own(plan, taken);
	add_firmware(plan, taken);
	if (platform->pci_mmconfig_base)
		ranges_add_pages(taken, platform->pci_mmconfig_base,
				 (platform->pci_mmconfig_end_bus + 1) *
						 ECAM_BUS +
					 32 * LINK_WINDOW);
	ranges_merge(taken);
}

static bool is_ram(const struct jhcfg_memory *memory)
{
	return !(memory->flags & (JAILHOUSE_MEM_IO | JAILHOUSE_MEM_COMM_REGION |
				  JAILHOUSE_MEM_ROOTSHARED)) &&
	       memory->flags & JAILHOUSE_MEM_WRITE;
}

void plan_ram(const struct jhcfg_plan *plan, struct ranges *ram)
{
	const struct jhcfg_cell *root = plan_cell(plan, JHCFG_ROOT_KEY);
	const struct jhcfg_board *board = plan_board(plan);
	const struct jhcfg_hw_memory *bank;
	const struct jhcfg_memory *memory;

	for (size_t n = 0; board && (bank = jhcfg_board_memory(board, n)); n++)
		if (bank->kind == JHCFG_HW_RAM)
			ranges_add(ram, bank->range.start, bank->range.size);
	/* trees leave it to the boot loader */
	if (!ram->count)
		for (size_t n = 0; (memory = jhcfg_cell_memory(root, n)); n++)
			if (is_ram(memory))
				ranges_add(ram, memory->phys_start,
					   memory->size);
	ranges_merge(ram);
}

/* --- what Linux is kept from
 * --------------------------------------------------
 */

/* A number with K, M, G as the kernel's memparse() has it. */
static const char *parse_size(const char *text, uint64_t *size)
{
	char *end;

	*size = strtoull(text, &end, 0);
	if (end == text)
		return NULL;
	switch (*end) {
	case 'G':
	case 'g':
		*size <<= 10;
		/* fall through */
	case 'M':
	case 'm':
		*size <<= 10;
		/* fall through */
	case 'K':
	case 'k':
		*size <<= 10;
		end++;
	}
	return end;
}

/* mem=SIZE: Linux takes that much from the first RAM on; the rest is kept. */
static void keep_beyond(const struct ranges *ram, uint64_t size,
			struct ranges *kept)
{
	for (size_t n = 0; n < ram->count; n++) {
		uint64_t used =
			ram->items[n].size < size ? ram->items[n].size : size;

		ranges_add(kept, ram->items[n].start + used,
			   ram->items[n].size - used);
		size -= used;
	}
}

static void read_parameter(const char *word, const struct ranges *ram,
			   struct ranges *kept)
{
	uint64_t size, start;
	const char *rest;

	if (!strncmp(word, "mem=", 4)) {
		if (parse_size(word + 4, &size))
			keep_beyond(ram, size, kept);
	} else if (!strncmp(word, "memmap=", 7)) {
		rest = parse_size(word + 7, &size);
		if (rest && *rest == '$' && parse_size(rest + 1, &start))
			ranges_add(kept, start, size);
	}
}

static void read_command_line(const struct jhcfg_plan *plan,
			      struct ranges *kept)
{
	const char *word = jhcfg_board_command_line(plan_board(plan));
	struct ranges ram = { 0 };

	plan_ram(plan, &ram);
	while (*word) {
		word += strspn(word, " ");
		read_parameter(word, &ram, kept);
		word += strcspn(word, " ");
	}
	kept->failed |= ram.failed;
	ranges_clear(&ram);
}

/* Regions of the root that say in their names what they are for. */
static void read_names(const struct jhcfg_plan *plan, struct ranges *kept)
{
	const struct jhcfg_config *root =
		jhcfg_workspace_cell(plan->now, JHCFG_ROOT_KEY);
	const struct jhcfg_cell *cell = jhcfg_config_cell(root);
	const struct jhcfg_memory *memory;
	char name[64];

	for (size_t n = 0; (memory = jhcfg_cell_memory(cell, n)); n++)
		if (is_ram(memory) &&
		    jhcfg_config_memory_note(root, n, "name", name,
					     sizeof(name)) &&
		    strcasestr(name, "inmate"))
			ranges_add(kept, memory->phys_start, memory->size);
}

/* RAM of the board that the root has no part of. */
static void keep_uncovered(const struct jhcfg_plan *plan, struct ranges *kept)
{
	const struct jhcfg_cell *root = plan_cell(plan, JHCFG_ROOT_KEY);
	struct ranges ram = { 0 }, covered = { 0 };
	const struct jhcfg_memory *memory;

	plan_ram(plan, &ram);
	for (size_t n = 0; (memory = jhcfg_cell_memory(root, n)); n++)
		ranges_add(&covered, memory->phys_start, memory->size);
	ranges_merge(&covered);
	ranges_subtract(&ram, &covered);
	for (size_t n = 0; n < ram.count; n++)
		ranges_add(kept, ram.items[n].start, ram.items[n].size);
	kept->failed |= ram.failed | covered.failed;
	ranges_clear(&ram);
	ranges_clear(&covered);
}

void plan_kept(const struct jhcfg_plan *plan, struct ranges *kept)
{
	const struct jhcfg_board *board = plan_board(plan);
	const struct jhcfg_hw_memory *memory;

	read_names(plan, kept);
	if (board) {
		read_command_line(plan, kept);
		keep_uncovered(plan, kept);
	}
	for (size_t n = 0; board && (memory = jhcfg_board_memory(board, n));
	     n++)
		if (memory->kind != JHCFG_HW_RAM && is_ours(memory))
			ranges_add(kept, memory->range.start,
				   memory->range.size);
	ranges_merge(kept);
}
