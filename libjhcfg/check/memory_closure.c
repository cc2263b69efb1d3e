// SPDX-License-Identifier: LGPL-2.1-or-later
/* What a device needs beside its first registers: M19. */
#include <errno.h>
#include <inttypes.h>

#include <jhcfg/edit.h>

#include "check/devices.h"
#include "check/memory.h"
#include "check/regions.h"

/* What the fix-it goes by: detail[0] is the device that is needed, with a
 * detail[1] of NO_WINDOW, or the device itself and its window. */
#define NO_WINDOW UINT64_MAX

/* More references to the same providers are not looked for. */
#define MAX_LOOK_BACK 64

static bool is_needed(enum jhcfg_hw_ref_kind kind)
{
	return kind == JHCFG_REF_CLOCK || kind == JHCFG_REF_POWER ||
	       kind == JHCFG_REF_RESET || kind == JHCFG_REF_PINCTRL;
}

static const char *kind_name(enum jhcfg_hw_ref_kind kind)
{
	switch (kind) {
	case JHCFG_REF_CLOCK:
		return "clock";
	case JHCFG_REF_POWER:
		return "power domain";
	case JHCFG_REF_RESET:
		return "reset";
	default:
		return "pins";
	}
}

static bool seen_before(const struct jhcfg_hw_device *device, size_t ref)
{
	for (size_t n = ref > MAX_LOOK_BACK ? ref - MAX_LOOK_BACK : 0; n < ref;
	     n++)
		if (is_needed(device->refs[n].kind) &&
		    device->refs[n].device == device->refs[ref].device)
			return true;
	return false;
}

/* A cell cannot be given what another one has for itself. */
static bool is_exclusive(const struct check_region *region)
{
	return !region->cell->is_root &&
	       !(region->memory->flags & JAILHOUSE_MEM_ROOTSHARED);
}

static void check_providers(struct check *check, const struct check_cell *cell,
			    size_t index)
{
	const struct jhcfg_hw_device *device =
		jhcfg_board_device(check->board, index);

	for (size_t n = 0; n < device->num_refs; n++) {
		const struct jhcfg_hw_ref *ref = &device->refs[n];
		const struct jhcfg_hw_device *provider =
			jhcfg_board_device(check->board, ref->device);
		const struct check_region *owner;
		struct found found = {
			.cell = cell,
			.element = JHCFG_AT_DEVICE,
			.index = index,
			.related_element = JHCFG_AT_DEVICE,
			.related_index = ref->device,
			.detail = { ref->device, NO_WINDOW },
		};

		if (!is_needed(ref->kind) || !provider ||
		    seen_before(device, n))
			continue;
		owner = device_owner(check, provider);
		if (!owner || owner->cell == cell)
			continue;
		found.related = owner->cell;
		found.unfixable = is_exclusive(owner);
		check_report(check, &found,
			     "device \"%s\" of cell \"%s\" needs the %s of "
			     "\"%s\" at 0x%" PRIx64
			     ", which cell \"%s\" has and may switch off",
			     device->name, cell->name, kind_name(ref->kind),
			     provider->name, provider->windows[0].start,
			     owner->cell->name);
	}
}

static void check_windows(struct check *check, const struct check_cell *cell,
			  size_t index)
{
	const struct jhcfg_hw_device *device =
		jhcfg_board_device(check->board, index);

	for (size_t n = 1; n < device->num_windows; n++) {
		const struct check_region *owner =
			region_of_address(check, device->windows[n].start);
		struct found found = {
			.cell = cell,
			.element = JHCFG_AT_DEVICE,
			.index = index,
			.related_element = JHCFG_AT_MEMORY,
			.detail = { index, n },
		};

		if (!device->windows[n].size || !owner || owner->cell == cell)
			continue;
		found.related = owner->cell;
		found.related_index = owner->index;
		found.unfixable = is_exclusive(owner);
		check_report(check, &found,
			     "device \"%s\" of cell \"%s\" has registers at "
			     "[0x%" PRIx64 "-0x%" PRIx64
			     "] as well, which belong to %s",
			     device->name, cell->name, device->windows[n].start,
			     check_last(device->windows[n].start,
					device->windows[n].size),
			     region_text(owner->cell, owner->index).text);
	}
}

/* The cell got it with the page of a device that it wanted. */
static void check_page_mates(struct check *check, const struct check_cell *cell,
			     size_t index)
{
	const struct jhcfg_hw_device *device =
		jhcfg_board_device(check->board, index);
	size_t mate = device_page_mate(check, cell, index);
	const struct found found = {
		.cell = cell,
		.element = JHCFG_AT_DEVICE,
		.index = index,
		.related = check->cells[0],
		.related_element = JHCFG_AT_DEVICE,
		.related_index = mate,
		.unfixable = true,
		.advice = "grant a part of the page only, as a region with IO "
			  "and access widths; or disable the other device in "
			  "the root's device tree",
	};

	if (mate == JHCFG_NO_INDEX || !device_is_enabled(device))
		return;
	check_report(check, &found,
		     "device \"%s\" at 0x%" PRIx64
		     " is in the same page as \"%s\": cell \"%s\" takes both "
		     "from cell \"%s\"",
		     device->name, device->windows[0].start,
		     jhcfg_board_device(check->board, mate)->name, cell->name,
		     check->cells[0]->name);
}

void memory_check_closure(struct check *check, const struct check_cell *root)
{
	const struct jhcfg_hw_device *device;
	const struct check_cell *cell;

	(void)root;
	for (size_t n = 0; (device = jhcfg_board_device(check->board, n));
	     n++) {
		cell = device_assigned_to(check, device);
		if (!cell)
			continue;
		check_providers(check, cell, n);
		check_windows(check, cell, n);
		check_page_mates(check, cell, n);
	}
}

static int add_window(struct jhcfg_config *config,
		      const struct jhcfg_range *window, uint64_t flags)
{
	const uint64_t start = window->start & ~CHECK_PAGE_MASK;
	const struct jhcfg_memory memory = {
		.phys_start = start,
		.virt_start = start,
		.size = (check_last(window->start, window->size) |
			 CHECK_PAGE_MASK) -
			start + 1,
		.flags = flags | JAILHOUSE_MEM_READ | JAILHOUSE_MEM_IO,
	};

	return window->size
		       ? jhcfg_config_insert_memory(config, SIZE_MAX, &memory)
		       : 0;
}

/* Its own registers become the cell's; a provider stays the root's, and the
 * cell may look at it. */
int memory_fix_closure(struct fix *fix)
{
	const uint64_t *detail = fix->finding->detail;
	const struct jhcfg_hw_device *device =
		jhcfg_board_device(fix->check->board, (size_t)detail[0]);
	struct jhcfg_config *config = fix_edit(fix);
	int err = 0;

	if (!config)
		return -ENOMEM;
	if (detail[1] != NO_WINDOW)
		return add_window(config, &device->windows[detail[1]],
				  JAILHOUSE_MEM_WRITE);
	for (size_t n = 0; !err && n < device->num_windows; n++)
		err = add_window(config, &device->windows[n],
				 JAILHOUSE_MEM_ROOTSHARED);
	return err;
}
