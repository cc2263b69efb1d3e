// SPDX-License-Identifier: LGPL-2.1-or-later
/* Rules about the window of the virtual host bridge: V10. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>

#include <jailhouse/cell-config.h>
#include <jhcfg/edit.h>

#include "check/regions.h"
#include "check/reserved.h"
#include "check/shmem.h"

#define BUS_SIZE     0x100000ULL      /* of configuration space */
#define DEVICE_SIZE  (2 * CHECK_PAGE) /* BARs of one virtual device */
#define WINDOW_ALIGN 0x200000ULL
#define HIGHEST_BASE 0xffffffffULL /* its BARs have 32 bits */

/* What an item of the set of addresses is, beside what reserved.h has. */
enum {
	TAKEN_HYPERVISOR = 1000,
	TAKEN_RAM,
	TAKEN_DEVICE,
	TAKEN_PCI,
	TAKEN_REGION,
};

/* From where its owner counts: cells of the view, or entries of the board. */
static void add(struct intervals *set, uint64_t start, uint64_t size,
		size_t owner, size_t what)
{
	intervals_add(set, start, size, owner, what);
}

static void add_board(const struct jhcfg_board *board, struct intervals *set)
{
	const struct jhcfg_hw_memory *memory;
	const struct jhcfg_hw_device *device;
	const struct jhcfg_hw_pci_host *host;

	for (size_t n = 0; (memory = jhcfg_board_memory(board, n)); n++)
		add(set, memory->range.start, memory->range.size, n, TAKEN_RAM);
	/* The window of a GIC is larger than what its CPUs have in it, which
	 * is in reserved.h. */
	for (size_t n = 0; (device = jhcfg_board_device(board, n)); n++)
		for (size_t i = 0; device->kind != JHCFG_HW_DEVICE_IRQCHIP &&
				   i < device->num_windows;
		     i++)
			add(set, device->windows[i].start,
			    device->windows[i].size, n, TAKEN_DEVICE);
	for (size_t n = 0; (host = jhcfg_board_pci_host(board, n)); n++) {
		add(set, host->ecam.start, host->ecam.size, n, TAKEN_PCI);
		for (size_t i = 0; i < host->num_windows; i++)
			add(set, host->windows[i].cpu.start,
			    host->windows[i].cpu.size, n, TAKEN_PCI);
	}
}

static bool has_devices(const struct check_cell *cell)
{
	const struct jhcfg_pci_device *device;

	for (size_t n = 0; (device = jhcfg_cell_pci_device(cell->cell, n)); n++)
		if (device->type == JAILHOUSE_PCI_TYPE_IVSHMEM)
			return true;
	return false;
}

/* Guests that have virtual devices find the host at the same address. */
static void add_cell(const struct check *check, size_t position,
		     struct intervals *set)
{
	const struct check_cell *cell = &check->all[position];
	const bool is_guest = has_devices(cell);
	const struct jhcfg_memory *memory;

	for (size_t n = 0; (memory = jhcfg_cell_memory(cell->cell, n)); n++) {
		if (is_guest && memory->size &&
		    memory->virt_start != memory->phys_start)
			add(set, memory->virt_start, region_guest_size(memory),
			    position, TAKEN_REGION + n);
		if (region_is_backed(memory))
			add(set, memory->phys_start, memory->size, position,
			    TAKEN_REGION + n);
	}
}

/* Regions of all cells: the window is the same in all scenarios. */
static void collect(const struct check *check, struct intervals *set)
{
	reserved_collect(check, set);
	add(set, check->hypervisor->phys_start, check->hypervisor->size, 0,
	    TAKEN_HYPERVISOR);
	if (check->board)
		add_board(check->board, set);
	for (size_t n = 0; n < check->num_all; n++)
		add_cell(check, n, set);
}

static uint64_t window_size(const struct check *check)
{
	const struct jhcfg_cell *root = check->all[0].cell;
	const struct jhcfg_pci_device *device;
	uint64_t size = (check->platform->pci_mmconfig_end_bus + 1) * BUS_SIZE;

	for (size_t n = 0; (device = jhcfg_cell_pci_device(root, n)); n++)
		if (device->type == JAILHOUSE_PCI_TYPE_IVSHMEM)
			size += DEVICE_SIZE;
	return size;
}

struct taken_text {
	char text[200];
};

static struct taken_text taken_text(const struct check *check,
				    const struct interval *item)
{
	struct taken_text text;
	const char *what = "PCI of the board", *name = "";

	if (item->index >= TAKEN_REGION) {
		snprintf(text.text, sizeof(text.text), "%s",
			 region_text(&check->all[item->owner],
				     item->index - TAKEN_REGION)
				 .text);
		return text;
	}
	if (item->index < TAKEN_HYPERVISOR)
		what = reserved_name(item->index);
	else if (item->index == TAKEN_HYPERVISOR)
		what = "the hypervisor's memory";
	else if (item->index == TAKEN_RAM)
		name = jhcfg_board_memory(check->board, item->owner)->name;
	else if (item->index == TAKEN_DEVICE)
		name = jhcfg_board_device(check->board, item->owner)->name;
	if (*name)
		what = item->index == TAKEN_RAM ? "memory" : "device";
	snprintf(text.text, sizeof(text.text),
		 "%s%s%.100s%s [0x%" PRIx64 "-0x%" PRIx64 "]", what,
		 *name ? " \"" : "", name, *name ? "\"" : "", item->start,
		 item->last);
	return text;
}

static bool has_window(const struct check *check)
{
	return !check_is_x86(check) && check->platform->pci_is_virtual &&
	       check->platform->pci_mmconfig_base;
}

void virtual_check_window(struct check *check, const struct check_cell *root)
{
	const struct jhcfg_platform *platform = check->platform;
	const struct found found = { .element = JHCFG_AT_PLATFORM };
	const uint64_t start = platform->pci_mmconfig_base;
	struct intervals set = { 0 };
	uint64_t last;
	size_t n;

	if (!has_window(check))
		return;
	if (platform->pci_mmconfig_end_bus)
		check_report(check, &found,
			     "cell \"%s\": the virtual PCI host at 0x%" PRIx64
			     " has buses up to 0x%x, but it has only bus 0",
			     root->name, start, platform->pci_mmconfig_end_bus);
	last = check_last(start, window_size(check));
	collect(check, &set);
	if (regions_sorted(check, &set)) {
		n = intervals_next(&set, 0, start, last);
		if (n < set.count)
			check_report(check, &found,
				     "cell \"%s\": the window of the virtual "
				     "PCI host [0x%" PRIx64 "-0x%" PRIx64
				     "] overlaps %s",
				     root->name, start, last,
				     taken_text(check, &set.items[n]).text);
	}
	intervals_clear(&set);
}

/* The tightest hole, so that addresses nobody knows of are far. */
static uint64_t find_hole(const struct intervals *taken, uint64_t size)
{
	uint64_t best = 0, best_size = UINT64_MAX, start, last, base;

	for (uint64_t at = 0; at <= HIGHEST_BASE; at = last + 1) {
		start = at;
		last = HIGHEST_BASE;
		if (!intervals_gap(taken, &start, &last))
			break;
		base = (start + WINDOW_ALIGN - 1) & ~(WINDOW_ALIGN - 1);
		if (base && base < last && last - base >= size - 1 &&
		    last - start < best_size) {
			best = base;
			best_size = last - start;
		}
	}
	return best;
}

int virtual_fix_window(struct fix *fix)
{
	struct jhcfg_platform platform = *fix->check->platform;
	struct jhcfg_config *config = fix_edit(fix);
	struct intervals taken = { 0 };
	uint64_t size, last;
	int err = 0;

	if (!config)
		return -ENOMEM;
	size = window_size(fix->check) -
	       platform.pci_mmconfig_end_bus * BUS_SIZE;
	last = check_last(platform.pci_mmconfig_base, size);
	platform.pci_mmconfig_end_bus = 0;
	collect(fix->check, &taken);
	err = intervals_sort(&taken);
	if (!err && intervals_next(&taken, 0, platform.pci_mmconfig_base,
				   last) < taken.count)
		platform.pci_mmconfig_base = find_hole(&taken, size);
	intervals_clear(&taken);
	if (!err && !platform.pci_mmconfig_base)
		return fix_refuse(fix, "free some addresses below 4 GiB",
				  "no 0x%" PRIx64 " bytes are free", size);
	jhcfg_config_set_platform(config, &platform);
	return err;
}
