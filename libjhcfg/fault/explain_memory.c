// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * What is at an address that a cell may not access. In this order: its own
 * region that does not permit it, what the hypervisor keeps to itself, what
 * others have, what nobody has.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <jailhouse/cell-config.h>

#include "fault/explain.h"
#include "fault/place.h"

#define PAGE_SIZE UINT64_C(0x1000)

struct place {
	const struct jhcfg_fault *fault;
	const struct jhcfg_fault_context *context;
	const struct jhcfg_cell *cell; /* NULL: not known */
	uint64_t phys;
	struct meaning *meaning;
};

#define WHY(place, ...)                                                        \
	snprintf((place)->meaning->why, sizeof((place)->meaning->why),         \
		 __VA_ARGS__)
#define ADVICE(place, ...)                                                     \
	snprintf((place)->meaning->advice, sizeof((place)->meaning->advice),   \
		 __VA_ARGS__)

static void set_rule(struct place *place, const char *rule)
{
	place->meaning->public.rule = rule;
}

/* --- its own region ------------------------------------------------------- */

static bool is_subpage(const struct jhcfg_memory *memory)
{
	return (memory->virt_start | memory->size) & (PAGE_SIZE - 1);
}

static void explain_subpage(struct place *place,
			    const struct jhcfg_memory *memory, size_t index)
{
	unsigned int widths =
		memory->flags >> JAILHOUSE_MEM_IO_WIDTH_SHIFT & 0xf;
	uint64_t size = place->fault->size;

	set_rule(place, "M07");
	if (place->fault->has & JHCFG_FAULT_SIZE && size <= 8 &&
	    !(widths & (unsigned int)size)) {
		WHY(place,
		    "its region %zu there takes no accesses of %" PRIu64
		    " bytes",
		    index, size);
		ADVICE(place,
		       "add JAILHOUSE_MEM_IO_%" PRIu64
		       " to the flags of region %zu, or let the driver use "
		       "another width",
		       size * 8, index);
		return;
	}
	WHY(place,
	    "its region %zu there takes only aligned accesses inside of it, "
	    "and those that its flags permit",
	    index);
	ADVICE(place, "look at size, alignment and direction of the access, "
		      "and at the region's flags");
}

static void explain_right(struct place *place,
			  const struct jhcfg_memory *memory, size_t index)
{
	static const struct {
		uint64_t flag;
		const char *what, *name;
	} rights[] = {
		[JHCFG_ACCESS_READ] = { JAILHOUSE_MEM_READ, "be read", "READ" },
		[JHCFG_ACCESS_WRITE] = { JAILHOUSE_MEM_WRITE, "be written",
					 "WRITE" },
		[JHCFG_ACCESS_EXECUTE] = { JAILHOUSE_MEM_EXECUTE, "be executed",
					   "EXECUTE" },
	};
	enum jhcfg_access access = place->fault->access;

	if (access == JHCFG_ACCESS_NONE ||
	    memory->flags & rights[access].flag) {
		WHY(place,
		    "its region %zu [0x%08" PRIx64 "-0x%08" PRIx64
		    "] permits it: that is not what was running",
		    index, memory->virt_start,
		    memory->virt_start + memory->size - 1);
		ADVICE(place, "name the configuration that was created");
		return;
	}
	WHY(place,
	    "its region %zu [0x%08" PRIx64 "-0x%08" PRIx64 "] may not %s",
	    index, memory->virt_start, memory->virt_start + memory->size - 1,
	    rights[access].what);
	ADVICE(place,
	       "add JAILHOUSE_MEM_%s to region %zu if that is meant; else a "
	       "pointer of the program went wrong",
	       rights[access].name, index);
	set_rule(place,
		 access == JHCFG_ACCESS_EXECUTE &&
				 place->fault->address ==
					 jhcfg_cell_reset_address(place->cell)
			 ? "B02"
			 : "M10");
}

static bool explain_own(struct place *place)
{
	const struct jhcfg_memory *memory;
	size_t index;

	memory = fault_own_region(place->cell, place->fault->address, &index);
	if (!memory)
		return false;
	place->phys = memory->phys_start +
		      (place->fault->address - memory->virt_start);
	place->meaning->public.region = index;
	snprintf(place->meaning->owner, sizeof(place->meaning->owner), "%s",
		 jhcfg_cell_name(place->cell));
	if (is_subpage(memory))
		explain_subpage(place, memory, index);
	else
		explain_right(place, memory, index);
	return true;
}

static bool explain_reserved(struct place *place)
{
	struct fault_reserved reserved;

	if (!fault_reserved(place->context, place->phys, &reserved))
		return false;
	WHY(place, "%s", reserved.what);
	ADVICE(place, "%s", reserved.advice);
	set_rule(place, reserved.rule);
	return true;
}

/* --- what others have, or nobody ------------------------------------------ */

/* What a cell of its kind should have at well-known places. */
static bool explain_expected(struct place *place)
{
	const struct jhcfg_console *console;
	uint64_t address = place->fault->address;

	if (!place->cell)
		return false;
	console = jhcfg_cell_console(place->cell);
	if (console->type &&
	    fault_is_inside(address, console->address,
			    console->size ? console->size : 1)) {
		WHY(place, "it is the cell's console, which it was not given");
		ADVICE(place, "give it the region of its console");
		set_rule(place, "S03");
		return true;
	}
	if (address == jhcfg_cell_reset_address(place->cell) &&
	    place->fault->access == JHCFG_ACCESS_EXECUTE) {
		WHY(place, "it starts where it has no memory");
		ADVICE(place, "set the reset address to the image, or add the "
			      "memory");
		set_rule(place, "B02");
		return true;
	}
	if (fault_is_inside(address, 0x80000000, PAGE_SIZE)) {
		WHY(place, "inmates look for the communication region there, "
			   "and the cell has none at this address");
		ADVICE(place, "add it: virt_start 0x80000000, size 0x1000, "
			      "flags READ, WRITE and COMM_REGION");
		set_rule(place, "B01");
		return true;
	}
	return false;
}

static void explain_foreign(struct place *place)
{
	const char *cell = place->fault->cell, *device = place->meaning->device;
	size_t region = JHCFG_NO_INDEX;
	const struct jhcfg_cell *owner =
		fault_owner(place->context, place->cell, place->phys, &region);

	if (!owner && !place->context->num_configs) {
		WHY(place, "%s",
		    *place->fault->cause
			    ? place->fault->cause
			    : "which region that is cannot be told "
			      "without the configurations");
		ADVICE(place, "name the configurations that ran (--config)");
		return;
	}
	if (owner) {
		place->meaning->public.region = region;
		snprintf(place->meaning->owner, sizeof(place->meaning->owner),
			 "%s", jhcfg_cell_name(owner));
		WHY(place,
		    "it has no region there; region %zu of cell \"%s\" "
		    "has it",
		    region, jhcfg_cell_name(owner));
	} else {
		WHY(place, "it has no region there, and no other cell has");
	}
	if (*device) {
		set_rule(place, "M19");
		ADVICE(place,
		       "if the cell is to have the device: jailhouse config "
		       "edit SYSTEM give-device \"%s\" \"%s\"; else take its "
		       "driver out of the guest",
		       cell, device);
	} else {
		ADVICE(place,
		       "if the cell is to have that memory: jailhouse config "
		       "edit SYSTEM add-memory \"%s\" SIZE; else a pointer of "
		       "the program went wrong",
		       cell);
	}
}

static void name_device(struct place *place)
{
	const struct jhcfg_range range = { place->phys, 1 };
	const struct jhcfg_hw_device *device;
	size_t position = 0, index;

	if (!place->context->board)
		return;
	index = jhcfg_board_device_at(place->context->board, range, &position);
	if (index == JHCFG_NO_INDEX)
		return;
	device = jhcfg_board_device(place->context->board, index);
	snprintf(place->meaning->device, sizeof(place->meaning->device), "%s",
		 device->name);
}

void fault_explain_memory(const struct jhcfg_fault *fault,
			  const struct jhcfg_fault_context *context,
			  struct meaning *meaning)
{
	const struct jhcfg_config *config =
		fault_find_config(context, fault->cell);
	struct place place = {
		.fault = fault,
		.context = context,
		.cell = config ? jhcfg_config_cell(config) : NULL,
		.phys = fault->address,
		.meaning = meaning,
	};
	bool known;

	if (!(fault->has & JHCFG_FAULT_ADDRESS))
		return;
	known = explain_own(&place);
	name_device(&place);
	if (!known && !explain_reserved(&place) && !explain_expected(&place))
		explain_foreign(&place);
}
