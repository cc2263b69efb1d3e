// SPDX-License-Identifier: LGPL-2.1-or-later
/* Choosing RAM for cells and links. */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>

#include <jailhouse/cell-config.h>

#include "model/links.h"
#include "plan/plan.h"
#include "util/number.h"

#define LIMIT_32 (1ULL << 32)

/* --- where there is room -----------------------------------------------------
 */

/* The highest place in the tightest hole, so that large holes stay large. */
static bool place(const struct ranges *free_ram, uint64_t size, uint64_t align,
		  uint64_t limit, uint64_t *start)
{
	uint64_t best = UINT64_MAX;

	for (size_t n = 0; n < free_ram->count; n++) {
		struct jhcfg_range hole = free_ram->items[n];
		uint64_t end = hole.start + hole.size, at;

		if (end > limit)
			end = limit;
		if (hole.start >= end || end - hole.start < size)
			continue;
		at = (end - size) & ~(align - 1);
		if (at < hole.start || hole.size >= best)
			continue;
		best = hole.size;
		*start = at;
	}
	return best != UINT64_MAX;
}

/* Right below what is ours, so that one reservation is enough for both. */
static bool place_beside(const struct ranges *free_ram,
			 const struct ranges *own, uint64_t size,
			 uint64_t *start)
{
	uint64_t align =
		size >= PLAN_LARGE_PAGE ? PLAN_LARGE_PAGE : PLAN_PAGE_SIZE;
	bool found = false;

	for (size_t n = 0; n < free_ram->count; n++) {
		struct jhcfg_range hole = free_ram->items[n];
		uint64_t end = hole.start + hole.size, at;
		bool beside = false;

		for (size_t i = 0; i < own->count; i++)
			beside |= own->items[i].start == end;
		at = (end - size) & ~(align - 1);
		if (!beside || hole.size < size || at < hole.start)
			continue;
		*start = at; /* the last one is the highest */
		found = true;
	}
	return found;
}

static bool place_below_4g(const struct ranges *free_ram, uint64_t size,
			   uint64_t *start)
{
	uint64_t align =
		size >= PLAN_LARGE_PAGE ? PLAN_LARGE_PAGE : PLAN_PAGE_SIZE;

	return place(free_ram, size, align, LIMIT_32, start) ||
	       place(free_ram, size, align, UINT64_MAX, start) ||
	       place(free_ram, size, PLAN_PAGE_SIZE, UINT64_MAX, start);
}

/* The largest hole, for the refusal. */
static uint64_t largest(const struct ranges *set)
{
	uint64_t size = 0;

	for (size_t n = 0; n < set->count; n++)
		if (set->items[n].size > size)
			size = set->items[n].size;
	return size;
}

static int refuse_size(struct jhcfg_plan *plan, uint64_t size, const char *what,
		       const struct ranges *free_ram)
{
	char wanted[JHCFG_NUMBER_SIZE], there[JHCFG_NUMBER_SIZE];

	jhcfg_format_size(size, wanted);
	jhcfg_format_size(largest(free_ram), there);
	return plan_refuse(plan, -ENOSPC,
			   "ask for less, or shrink what other cells have",
			   "%s: no %s of RAM in one piece are free, %s are",
			   what, wanted, there);
}

void plan_avoid(const struct jhcfg_plan *plan, uint32_t key,
		struct ranges *avoid)
{
	const struct jhcfg_cell *cell = plan_cell(plan, key);
	const struct jhcfg_memory *own;

	for (size_t n = 0; (own = jhcfg_cell_memory(cell, n)); n++)
		if (own->flags & JAILHOUSE_MEM_COMM_REGION)
			ranges_add(avoid, own->virt_start, PLAN_PAGE_SIZE);
		else if (own->virt_start != own->phys_start)
			ranges_add_pages(avoid, own->virt_start, own->size);
}

int plan_find_ram(struct jhcfg_plan *plan, uint32_t cell, uint64_t size,
		  const char *what, const struct ranges *avoid, uint64_t *start,
		  const char **reason)
{
	struct ranges kept = { 0 }, taken = { 0 }, all = { 0 }, own = { 0 };
	int err = 0;

	plan_kept(plan, &kept);
	plan_own(plan, &own);
	plan_taken(plan, &taken);
	for (size_t n = 0; avoid && n < avoid->count; n++)
		ranges_add(&taken, avoid->items[n].start, avoid->items[n].size);
	ranges_merge(&taken);
	plan_ram(plan, &all);
	ranges_subtract(&kept, &taken);
	ranges_subtract(&all, &taken);
	if (kept.failed || taken.failed || all.failed || own.failed) {
		err = -ENOMEM;
	} else if (place_below_4g(&kept, size, start)) {
		*reason = "RAM that Linux is kept from";
	} else if (place_beside(&all, &own, size, start) ||
		   place_below_4g(&all, size, start)) {
		*reason = "RAM that Linux has to be kept from";
		err = plan_note(plan, JHCFG_PLAN_WARNING, cell,
				"no free RAM is reserved yet",
				"reserve [0x%" PRIx64 "-0x%" PRIx64
				"] for %s before the next boot",
				*start, *start + size - 1, what);
	} else {
		err = refuse_size(plan, size, what, &all);
	}
	ranges_clear(&kept);
	ranges_clear(&taken);
	ranges_clear(&all);
	ranges_clear(&own);
	return err;
}

/* --- a place that somebody wants
 * ---------------------------------------------- */

static const char *owner_of(const struct jhcfg_plan *plan,
			    struct jhcfg_range range)
{
	const struct jhcfg_memory *own =
		jhcfg_system_hypervisor_memory(plan_system(plan));
	uint32_t key = plan_owner_of_range(plan, range);
	const struct jhcfg_link *link;

	if (key)
		return plan_cell_name(plan, key);
	if (ranges_touch((struct jhcfg_range){ own->phys_start, own->size },
			 range))
		return "the hypervisor";
	for (size_t n = 0; (link = jhcfg_workspace_link(plan->now, n)); n++)
		if (ranges_touch((struct jhcfg_range){ link->base,
						       jhcfg_link_size(link) },
				 range))
			return link->name;
	return "firmware or a device";
}

static bool covers(const struct ranges *set, struct jhcfg_range range)
{
	for (size_t n = 0; n < set->count; n++)
		if (range.start >= set->items[n].start &&
		    range.start - set->items[n].start < set->items[n].size &&
		    range.size <= set->items[n].size -
					  (range.start - set->items[n].start))
			return true;
	return false;
}

static bool touches(const struct ranges *set, struct jhcfg_range range)
{
	for (size_t n = 0; n < set->count; n++)
		if (ranges_touch(set->items[n], range))
			return true;
	return false;
}

static int check_place(struct jhcfg_plan *plan, struct jhcfg_range range)
{
	struct ranges taken = { 0 }, ram = { 0 };
	int err = 0;

	plan_taken(plan, &taken);
	plan_ram(plan, &ram);
	if (taken.failed || ram.failed)
		err = -ENOMEM;
	else if (range.start % PLAN_PAGE_SIZE ||
		 range.size > UINT64_MAX - range.start)
		err = plan_refuse(plan, -EINVAL, "name the address of a page",
				  "memory at 0x%" PRIx64 " is not aligned",
				  range.start);
	else if (!covers(&ram, range))
		err = plan_refuse(plan, -ENOENT, NULL,
				  "[0x%" PRIx64 "-0x%" PRIx64
				  "] is not all RAM",
				  range.start, range.start + range.size - 1);
	else if (touches(&taken, range))
		err = plan_refuse(plan, -EBUSY, "choose another place",
				  "memory [0x%" PRIx64 "-0x%" PRIx64
				  "] is in use by %s",
				  range.start, range.start + range.size - 1,
				  owner_of(plan, range));
	ranges_clear(&taken);
	ranges_clear(&ram);
	return err;
}

/* --- regions -----------------------------------------------------------------
 */

static int check_virt(struct jhcfg_plan *plan, uint32_t cell,
		      const struct jhcfg_memory *memory)
{
	struct jhcfg_range range = { memory->virt_start, memory->size };
	struct ranges taken = { 0 };
	int err = 0;

	plan_guest_taken(plan, cell, &taken);
	for (size_t n = 0; !err && n < taken.count; n++) {
		struct jhcfg_range own = taken.items[n];

		if (ranges_touch(own, range))
			err = plan_refuse(plan, -EBUSY,
					  "name another guest-physical address",
					  "\"%s\" has something at [0x%" PRIx64
					  "-0x%" PRIx64 "] already",
					  plan_cell_name(plan, cell), own.start,
					  own.start + own.size - 1);
	}
	if (taken.failed)
		err = -ENOMEM;
	ranges_clear(&taken);
	return err;
}

static uint64_t flags_of(const struct jhcfg_plan_memory *wanted)
{
	uint64_t flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE;

	if (wanted->use == JHCFG_PLAN_SHARED)
		return flags | JAILHOUSE_MEM_ROOTSHARED;
	flags |= JAILHOUSE_MEM_EXECUTE | JAILHOUSE_MEM_LOADABLE;
	/* bus masters reach it where the guest thinks that it is */
	return wanted->identity ? flags | JAILHOUSE_MEM_DMA : flags;
}

int plan_add_memory(struct jhcfg_plan *plan, uint32_t cell,
		    const struct jhcfg_plan_memory *wanted)
{
	const char *name = wanted->name			      ? wanted->name
			   : wanted->use == JHCFG_PLAN_SHARED ? "shared"
							      : "ram";
	struct jhcfg_plan_op op = {
		.kind = JHCFG_PLAN_ADD_MEMORY,
		.cell = cell,
		.memory = {
			.phys_start = wanted->phys,
			.size = wanted->size,
			.flags = flags_of(wanted),
		},
	};
	const char *reason = "asked for";
	struct ranges avoid = { 0 };
	int err;

	if (!wanted->size || wanted->size > UINT64_MAX / 2)
		return plan_refuse(plan, -EINVAL, NULL,
				   "no cell has memory of size 0x%" PRIx64,
				   wanted->size);
	op.memory.size =
		(wanted->size + PLAN_PAGE_SIZE - 1) & ~(PLAN_PAGE_SIZE - 1);
	if (wanted->fixed_phys) {
		err = check_place(plan, (struct jhcfg_range){ wanted->phys,
							      op.memory.size });
	} else {
		if (wanted->identity)
			plan_avoid(plan, cell, &avoid);
		err = plan_find_ram(plan, cell, op.memory.size, name, &avoid,
				    &op.memory.phys_start, &reason);
	}
	ranges_clear(&avoid);
	op.memory.virt_start =
		wanted->identity ? op.memory.phys_start : wanted->virt;
	if (!err)
		err = check_virt(plan, cell, &op.memory);
	return err ? err : plan_add(plan, &op, reason, "%s", name);
}

int jhcfg_plan_add_memory(const struct jhcfg_workspace *workspace,
			  uint32_t cell, const char *scenario,
			  const struct jhcfg_plan_memory *memory,
			  struct jhcfg_diags *diags, struct jhcfg_plan **result)
{
	struct jhcfg_plan *plan = plan_new(workspace, scenario, diags);
	char size[JHCFG_NUMBER_SIZE];
	int err;

	if (!plan)
		return -ENOMEM;
	jhcfg_format_size(memory->size, size);
	err = plan_set_name(plan, "Add %s of memory to %s", size,
			    plan_cell_name(plan, cell));
	if (!err && (cell == JHCFG_ROOT_KEY || !plan_cell(plan, cell)))
		err = plan_refuse(plan, -ENOENT, NULL,
				  "there is no such cell besides the root");
	if (!err)
		err = plan_check_scenario(plan);
	if (!err)
		err = plan_add_memory(plan, cell, memory);
	return plan_finish(plan, err, result);
}
