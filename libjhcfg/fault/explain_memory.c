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

static bool is_inside(uint64_t address, uint64_t start, uint64_t size)
{
	return address >= start && address - start < size;
}

static void set_rule(struct place *place, const char *rule)
{
	place->meaning->public.rule = rule;
}

/* --- its own region ------------------------------------------------------- */

static const struct jhcfg_memory *find_own(struct place *place, size_t *index)
{
	const struct jhcfg_memory *memory;

	for (size_t n = 0;
	     place->cell && (memory = jhcfg_cell_memory(place->cell, n)); n++) {
		if (is_inside(place->fault->address, memory->virt_start,
			      memory->size)) {
			*index = n;
			return memory;
		}
	}
	return NULL;
}

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

	memory = find_own(place, &index);
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

/* --- what is the hypervisor's --------------------------------------------- */

static const struct jhcfg_config *find_system(const struct place *place)
{
	for (size_t n = 0; n < place->context->num_configs; n++) {
		if (jhcfg_config_system(place->context->configs[n]))
			return place->context->configs[n];
	}
	return NULL;
}

static bool explain_reserved(struct place *place)
{
	const struct jhcfg_config *config = find_system(place);
	const struct jhcfg_memory *own;
	const struct jhcfg_platform *platform;

	if (!config)
		return false;
	own = jhcfg_system_hypervisor_memory(jhcfg_config_system(config));
	platform = jhcfg_system_platform(jhcfg_config_system(config));

	const struct {
		uint64_t start, size;
		const char *what, *rule, *advice;
	} ranges[] = {
		{ own->phys_start, own->size,
		  "the hypervisor's memory is there", "H04",
		  "keep the memory out of what the guest takes for its "
		  "own (its device tree, mem=, reserved-memory)" },
		{ platform->gicd_base, 0x10000,
		  "the GIC's distributor is there, which is emulated for "
		  "aligned "
		  "accesses only",
		  "M11", "use accesses of the width that the register has" },
		{ platform->gicr_base, platform->gicr_base ? 0x20000 : 0,
		  "a redistributor of the GIC is there", "M11",
		  "use that of the cell's own CPUs, aligned" },
		{ platform->gicc_base, 0x2000,
		  "the GIC's CPU interface is there", "M11",
		  "let the guest find it where the hypervisor maps it" },
		{ platform->gich_base, 0x10000,
		  "the GIC's registers for hypervisors are there", "M11",
		  "guests have no business there" },
		{ platform->pci_mmconfig_base,
		  (platform->pci_mmconfig_end_bus + UINT64_C(1)) << 20,
		  "the PCI configuration window is there: the function is not "
		  "the cell's, or that field is not for it",
		  "P01",
		  "give the function to the cell, or let the guest look "
		  "only at what is its own" },
	};

	for (size_t n = 0; n < sizeof(ranges) / sizeof(*ranges); n++) {
		if (!ranges[n].start ||
		    !is_inside(place->phys, ranges[n].start, ranges[n].size))
			continue;
		WHY(place, "%s", ranges[n].what);
		ADVICE(place, "%s", ranges[n].advice);
		set_rule(place, ranges[n].rule);
		return true;
	}
	return false;
}

/* --- what others have, or nobody ------------------------------------------ */

/* The cell with a region at the physical address: the root only if no other
 * has it, since it has all in its configuration. */
static const struct jhcfg_cell *find_owner(const struct place *place,
					   size_t *region)
{
	const struct jhcfg_cell *root = NULL;
	const struct jhcfg_memory *memory;

	for (size_t n = 0; n < place->context->num_configs; n++) {
		const struct jhcfg_config *config = place->context->configs[n];
		const struct jhcfg_cell *cell = jhcfg_config_cell(config);

		if (cell == place->cell)
			continue;
		for (size_t m = 0; (memory = jhcfg_cell_memory(cell, m)); m++) {
			if (memory->flags & JAILHOUSE_MEM_COMM_REGION ||
			    !is_inside(place->phys, memory->phys_start,
				       memory->size) ||
			    (root && jhcfg_config_system(config)))
				continue;
			*region = m;
			if (!jhcfg_config_system(config))
				return cell;
			root = cell;
		}
	}
	return root;
}

/* What a cell of its kind should have at well-known places. */
static bool explain_expected(struct place *place)
{
	const struct jhcfg_console *console;
	uint64_t address = place->fault->address;

	if (!place->cell)
		return false;
	console = jhcfg_cell_console(place->cell);
	if (console->type && is_inside(address, console->address,
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
	if (is_inside(address, 0x80000000, PAGE_SIZE)) {
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
	const struct jhcfg_cell *owner = find_owner(place, &region);

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
