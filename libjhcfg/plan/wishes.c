// SPDX-License-Identifier: LGPL-2.1-or-later
#include "plan/wishes.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "util/number.h"

#define LOADER_SIZE 0x10000ULL
#define LOW_RAM_MAX 0x100000ULL

static int grant_cpus(struct maker *maker, size_t index)
{
	const struct jhcfg_plan_request *request = maker->request;
	int err = 0;

	(void)index;
	if (!request->cpus)
		return plan_choose_cpus(maker->plan, maker->cell,
					request->num_cpus ? request->num_cpus
							  : 1);
	for (size_t n = 0; !err && n < request->num_cpus; n++) {
		uint32_t owner =
			plan_owner_of_cpu(maker->plan, request->cpus[n]);

		if (owner && owner != maker->cell)
			err = plan_refuse(maker->plan, -EBUSY,
					  "name another CPU, or move it first",
					  "CPU %u belongs to cell \"%s\"",
					  request->cpus[n],
					  plan_cell_name(maker->plan, owner));
		else
			err = plan_move_cpu(maker->plan, maker->cell,
					    request->cpus[n]);
	}
	return err;
}

/* "0000:01:02.3" or "01:02.3" */
static bool parse_bdf(const char *text, uint16_t *domain, uint16_t *bdf)
{
	unsigned int d = 0, bus, device, function;
	int used = -1;

	if (sscanf(text, "%4x:%2x:%2x.%1x%n", &d, &bus, &device, &function,
		   &used) != 4 ||
	    used < 0 || text[used]) {
		d = 0;
		used = -1;
		if (sscanf(text, "%2x:%2x.%1x%n", &bus, &device, &function,
			   &used) != 3 ||
		    used < 0 || text[used])
			return false;
	}
	if (device > 31 || function > 7)
		return false;
	*domain = (uint16_t)d;
	*bdf = (uint16_t)(bus << 8 | device << 3 | function);
	return true;
}

#define MAX_SIMILAR 4

/* Refuses @name, and says which devices have a name with @name in it. */
static int refuse_device(struct maker *maker, const struct jhcfg_board *board,
			 const char *name)
{
	const struct jhcfg_hw_device *device;
	char hint[256] = "";
	size_t used = 0, found = 0;

	if (!board)
		return plan_refuse(maker->plan, -ENOENT,
				   "name the hardware with --board",
				   "there is no device \"%s\"", name);
	for (size_t n = 0; (device = jhcfg_board_device(board, n)); n++) {
		if (found == MAX_SIMILAR || !strcasestr(device->name, name) ||
		    strlen(device->name) > 40)
			continue;
		used += (size_t)snprintf(hint + used, sizeof(hint) - used,
					 "%s%s", found++ ? ", " : "there is ",
					 device->name);
	}
	snprintf(hint + used, sizeof(hint) - used,
		 "%s\"config show\" of the board lists them",
		 found ? "; " : "");
	return plan_refuse(maker->plan, -ENOENT, hint,
			   "there is no device \"%s\"", name);
}

static int grant_device(struct maker *maker, size_t index)
{
	const char *name = maker->request->devices[index];
	const struct jhcfg_board *board = plan_board(maker->plan);
	size_t device = JHCFG_NO_INDEX;
	uint16_t domain, bdf;
	uint32_t owner;

	if (board)
		device = jhcfg_board_find_device(board, name);
	if (device == JHCFG_NO_INDEX && parse_bdf(name, &domain, &bdf))
		return plan_assign_pci(maker->plan, maker->cell, domain, bdf);
	if (device == JHCFG_NO_INDEX)
		return refuse_device(maker, board, name);
	/* a new cell takes nothing away from others */
	for (size_t n = 0; n < jhcfg_board_device(board, device)->num_windows;
	     n++) {
		owner = plan_owner_of_range(
			maker->plan,
			jhcfg_board_device(board, device)->windows[n]);
		if (owner && owner != maker->cell)
			return plan_refuse(maker->plan, -EBUSY,
					   "take it back first, or plan for a "
					   "scenario without that cell",
					   "%s belongs to cell \"%s\"", name,
					   plan_cell_name(maker->plan, owner));
	}
	return plan_assign_device(maker->plan, maker->cell, device);
}

/* A bus master that no IOMMU translates for needs its memory 1:1. */
static bool has_bare_master(const struct maker *maker)
{
	const struct jhcfg_board *board = plan_board(maker->plan);

	for (size_t n = 0; board && n < maker->request->num_devices; n++) {
		size_t index = jhcfg_board_find_device(
			board, maker->request->devices[n]);
		const struct jhcfg_hw_device *device =
			index == JHCFG_NO_INDEX
				? NULL
				: jhcfg_board_device(board, index);

		if (device && device->dma && !device->num_stream_ids)
			return true;
	}
	return false;
}

static int set_reset(struct maker *maker, uint64_t address, const char *reason)
{
	struct jhcfg_plan_op op = { .kind = JHCFG_PLAN_SET_RESET_ADDRESS,
				    .cell = maker->cell,
				    .address = address };

	return plan_add(maker->plan, &op, reason, "0x%" PRIx64, address);
}

/* Linux has its RAM where it is, and starts through a loader at 0. */
static int grant_linux_memory(struct maker *maker)
{
	struct jhcfg_plan_memory ram = {
		.size = maker->request->memory_size,
		.name = "ram",
		.identity = true,
	};
	struct jhcfg_plan_memory loader = {
		.size = LOADER_SIZE,
		.name = "loader",
	};
	int err = plan_add_memory(maker->plan, maker->cell, &ram);

	if (!err)
		err = plan_add_memory(maker->plan, maker->cell, &loader);
	return err ? err : set_reset(maker, 0, "the loader of Linux is there");
}

/* Something else is there already, in the guest's eyes. */
static bool is_in_the_way(const struct maker *maker, uint64_t virt,
			  uint64_t size)
{
	struct ranges taken = { 0 };
	bool found = false;

	plan_guest_taken(maker->plan, maker->cell, &taken);
	for (size_t n = 0; n < taken.count; n++)
		found |= ranges_touch(taken.items[n],
				      (struct jhcfg_range){ virt, size });
	ranges_clear(&taken);
	return found;
}

/* Registers lie where a large RAM would reach: its begin stays where the image
 * wants it, and the rest lies 1:1. */
static int grant_split_memory(struct maker *maker,
			      struct jhcfg_plan_memory *low)
{
	struct jhcfg_plan_memory rest = {
		.size = low->size,
		.name = "ram",
		.identity = true,
	};
	int err;

	while (low->size > PLAN_PAGE_SIZE &&
	       (low->size > LOW_RAM_MAX ||
		is_in_the_way(maker, low->virt, low->size)))
		low->size = low->size / 2 & ~(PLAN_PAGE_SIZE - 1);
	rest.size -= low->size;
	low->name = "low-ram";
	err = plan_note(maker->plan, JHCFG_PLAN_NOTE, maker->cell,
			"registers of its devices are in the way of one piece",
			"RAM is in two pieces, the larger one 1:1");
	if (!err)
		err = plan_add_memory(maker->plan, maker->cell, low);
	return err ? err : plan_add_memory(maker->plan, maker->cell, &rest);
}

static int check_reset(struct maker *maker,
		       const struct jhcfg_plan_memory *memory)
{
	uint64_t address = maker->request->reset_address;

	if (address >= memory->virt && address - memory->virt < memory->size)
		return set_reset(maker, address, "where the image starts");
	return plan_refuse(
		maker->plan, -EINVAL, "name an address in the cell's RAM",
		"the image would start at 0x%" PRIx64 ", where no RAM is",
		address);
}

static int grant_memory(struct maker *maker, size_t index)
{
	struct jhcfg_plan_memory memory = {
		.size = maker->request->memory_size,
		.name = "ram",
		.virt = maker->request->image_address & ~(PLAN_PAGE_SIZE - 1),
		.identity = has_bare_master(maker),
	};
	int err;

	(void)index;
	if (maker->request->linux_guest)
		return grant_linux_memory(maker);
	if (!memory.identity &&
	    is_in_the_way(maker, memory.virt, memory.size)) {
		err = grant_split_memory(maker, &memory);
		return err ? err : check_reset(maker, &memory);
	}
	err = plan_add_memory(maker->plan, maker->cell, &memory);
	if (err)
		return err;
	if (!memory.identity)
		return check_reset(maker, &memory);
	err = plan_note(maker->plan, JHCFG_PLAN_WARNING, maker->cell,
			"a device of it reads and writes memory by itself",
			"RAM lies 1:1: link the image for where it is");
	if (err)
		return err;
	/* the one that was added last but for the note */
	memory.phys =
		maker->plan->ops[maker->plan->count - 2].memory.phys_start;
	return set_reset(maker, memory.phys, "where the RAM begins");
}

static int grant_link(struct maker *maker, size_t index)
{
	return plan_add_link(maker->plan, maker->cell,
			     &maker->request->links[index]);
}

static int (*const granters[])(struct maker *maker, size_t index) = {
	[WISH_CPUS] = grant_cpus,
	[WISH_DEVICE] = grant_device,
	[WISH_MEMORY] = grant_memory,
	[WISH_LINK] = grant_link,
};

int wish_grant(struct maker *maker, const struct wish *wish)
{
	return granters[wish->kind](maker, wish->index);
}

void wish_name(const struct maker *maker, const struct wish *wish, char *text,
	       size_t size)
{
	const struct jhcfg_plan_request *request = maker->request;
	char number[JHCFG_NUMBER_SIZE];
	int used;

	switch (wish->kind) {
	case WISH_CPUS:
		if (!request->cpus) {
			snprintf(text, size, "%zu CPUs", request->num_cpus);
			break;
		}
		used = snprintf(text, size, "CPUs");
		for (size_t n = 0; n < request->num_cpus && used > 0 &&
				   (size_t)used + 12 < size;
		     n++)
			used += snprintf(text + used, size - (size_t)used,
					 "%s%u", n ? "," : " ",
					 request->cpus[n]);
		break;
	case WISH_DEVICE:
		snprintf(text, size, "device %s",
			 request->devices[wish->index]);
		break;
	case WISH_MEMORY:
		jhcfg_format_size(request->memory_size, number);
		snprintf(text, size, "%s of memory", number);
		break;
	case WISH_LINK:
		snprintf(text, size, "link to %s",
			 request->links[wish->index].peer);
		break;
	}
}
