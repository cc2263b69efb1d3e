// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Devices of a cell, cut out of the board's tree. They come to the root of the
 * cell's tree, with addresses as the cell sees them.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jailhouse/cell-config.h>
#include <libfdt.h>

#include "emit/linux_devices.h"
#include "emit/reserved.h"

#define NAME_SIZE 64

/* The cell's address of a window; false if the cell does not have all of it. */
static bool find_window(const struct linux_tree *tree,
			const struct jhcfg_range *window, uint64_t *address)
{
	const struct jhcfg_memory *memory;

	for (size_t n = 0; (memory = jhcfg_cell_memory(tree->cell, n)); n++) {
		uint64_t offset = window->start - memory->phys_start;

		if (!emit_is_mmio(memory) ||
		    window->start < memory->phys_start ||
		    offset >= memory->size ||
		    window->size > memory->size - offset)
			continue;
		*address = memory->virt_start + offset;
		return true;
	}
	return false;
}

/* What the hypervisor emulates, or keeps. */
static bool is_for_hypervisor(const struct linux_tree *tree, size_t index,
			      const struct jhcfg_hw_device *device)
{
	const struct jhcfg_hw_irqchip *chip =
		jhcfg_board_main_irqchip(tree->board);

	return (chip && chip->device == index) ||
	       device->kind == JHCFG_HW_DEVICE_IOMMU ||
	       device->kind == JHCFG_HW_DEVICE_PCI_HOST ||
	       device->kind == JHCFG_HW_DEVICE_MEMORY;
}

bool linux_is_selected(const struct linux_tree *tree, size_t index)
{
	const struct jhcfg_hw_device *device =
		index == JHCFG_NO_INDEX
			? NULL
			: jhcfg_board_device(tree->board, index);
	uint64_t address;

	if (!device || !device->num_windows ||
	    is_for_hypervisor(tree, index, device))
		return false;
	for (size_t n = 0; n < device->num_windows; n++)
		if (!find_window(tree, &device->windows[n], &address))
			return false;
	return true;
}

/* "serial" of "/soc/serial@2800000" */
static void base_name(const struct jhcfg_hw_device *device, char *text,
		      size_t size)
{
	const char *slash = strrchr(device->path, '/');
	const char *name = slash ? slash + 1 : device->name;

	snprintf(text, size, "%.*s", (int)strcspn(name, "@"), name);
}

/* Number of devices before this one that would have the same name: buses that
 * told them apart are gone. */
static size_t count_namesakes(const struct linux_tree *tree, size_t index)
{
	const struct jhcfg_hw_device *device =
		jhcfg_board_device(tree->board, index);
	char name[NAME_SIZE], other[NAME_SIZE];
	size_t count = 0;

	base_name(device, name, sizeof(name));
	for (size_t n = 0; n < index; n++) {
		const struct jhcfg_hw_device *before =
			jhcfg_board_device(tree->board, n);

		if (!before->num_windows ||
		    before->windows[0].start != device->windows[0].start)
			continue;
		base_name(before, other, sizeof(other));
		count += !strcmp(name, other) && linux_is_selected(tree, n);
	}
	return count;
}

/* "serial@9010000", with the cell's address. */
static void node_name(const struct linux_tree *tree, size_t index,
		      char text[LINUX_PATH_SIZE])
{
	const struct jhcfg_hw_device *device =
		jhcfg_board_device(tree->board, index);
	size_t namesakes = count_namesakes(tree, index);
	char name[NAME_SIZE], suffix[24] = "";
	uint64_t address = 0;

	base_name(device, name, sizeof(name));
	if (namesakes)
		snprintf(suffix, sizeof(suffix), "-%zu", namesakes);
	find_window(tree, &device->windows[0], &address);
	snprintf(text, LINUX_PATH_SIZE, "%s%s@%" PRIx64, name, suffix, address);
}

void linux_find_console(struct linux_tree *tree)
{
	uint64_t wanted = jhcfg_cell_console(tree->cell)->address;
	const struct jhcfg_hw_device *device;
	char name[LINUX_PATH_SIZE];

	tree->console[0] = '\0';
	for (size_t n = 0; tree->board && wanted &&
			   (device = jhcfg_board_device(tree->board, n));
	     n++) {
		if (!linux_is_selected(tree, n) ||
		    device->windows[0].start != wanted)
			continue;
		node_name(tree, n, name);
		snprintf(tree->console, sizeof(tree->console), "/%s", name);
		return;
	}
}

/* --- registers and interrupts --- */

static void emit_texts(struct fdt_out *out, const char *name,
		       const char *const *texts, size_t count)
{
	char list[1024];
	size_t length = 0;

	for (size_t n = 0; n < count; n++) {
		size_t size = strlen(texts[n]) + 1;

		/* a list with an empty name is none */
		if (size == 1 || size > sizeof(list) - length)
			return;
		memcpy(list + length, texts[n], size);
		length += size;
	}
	if (count)
		fdt_out_bytes(out, name, list, length);
}

static void emit_windows(struct linux_tree *tree, struct fdt_out *out,
			 const struct jhcfg_hw_device *device)
{
	struct fdt_cells reg = { .count = 0 };

	for (size_t n = 0; n < device->num_windows; n++) {
		uint64_t address = 0;

		find_window(tree, &device->windows[n], &address);
		fdt_cells_add64(&reg, address);
		fdt_cells_add64(&reg, device->windows[n].size);
	}
	fdt_out_list(out, "reg", &reg);
	emit_texts(out, "reg-names", device->window_names, device->num_windows);
}

static bool has_interrupt(const struct linux_tree *tree,
			  const struct jhcfg_hw_irq *irq)
{
	const struct jhcfg_platform *platform =
		jhcfg_system_platform(jhcfg_config_system(tree->root));

	if (irq->nested || irq->number < GIC_FIRST_PPI)
		return false;
	return irq->per_cpu ||
	       jhcfg_config_has_irq(tree->config, platform->gicd_base,
				    irq->number);
}

static void emit_interrupts(struct linux_tree *tree, struct fdt_out *out,
			    const struct jhcfg_hw_device *device)
{
	struct fdt_cells interrupts = { .count = 0 };
	const char *names[32];
	size_t count = 0;

	for (size_t n = 0; n < device->num_irqs && count < 32; n++) {
		const struct jhcfg_hw_irq *irq = &device->irqs[n];

		if (!has_interrupt(tree, irq)) {
			jhcfg_diags_add(tree->diags, JHCFG_WARNING, "E06",
					device->name, "",
					"add it to the cell's interrupts",
					"its interrupt %u is not the cell's: "
					"left out",
					irq->number);
			continue;
		}
		names[count++] = irq->name;
		linux_add_interrupt(tree, &interrupts, irq->number,
				    irq->trigger == JHCFG_TRIGGER_EDGE
					    ? GIC_EDGE_RISING
					    : GIC_LEVEL_HIGH);
	}
	if (!count)
		return;
	fdt_out_list(out, "interrupts", &interrupts);
	emit_texts(out, "interrupt-names", names, count);
}

/* Without the board's tree: what drivers of simple devices ask for. */
static void emit_known(struct fdt_out *out,
		       const struct jhcfg_hw_device *device)
{
	if (device->reg_shift)
		fdt_out_u32(out, "reg-shift", device->reg_shift);
	if (device->reg_io_width)
		fdt_out_u32(out, "reg-io-width", device->reg_io_width);
	if (device->clock_hz)
		fdt_out_u32(out, "clock-frequency", device->clock_hz);
}

/* One that the board does not use is used if it was asked for by itself, not
 * as a part of a larger region. */
static bool is_wanted(const struct linux_tree *tree,
		      const struct jhcfg_hw_device *device)
{
	const uint64_t page = 0xfff;
	uint64_t start = device->windows[0].start;
	const struct jhcfg_memory *memory;

	if (strcmp(device->status, "disabled") != 0 ||
	    jhcfg_cell_console(tree->cell)->address == start)
		return true;
	for (size_t n = 0; (memory = jhcfg_cell_memory(tree->cell, n)); n++)
		if (emit_is_mmio(memory) &&
		    (memory->phys_start & ~page) == (start & ~page))
			return true;
	return false;
}

static void emit_device(struct linux_tree *tree, struct fdt_out *out,
			size_t index)
{
	const struct jhcfg_hw_device *device =
		jhcfg_board_device(tree->board, index);
	char name[LINUX_PATH_SIZE];
	int node = -1;

	node_name(tree, index, name);
	fdt_out_begin(out, name);
	emit_texts(out, "compatible", device->compatible,
		   device->num_compatible);
	if (!is_wanted(tree, device))
		fdt_out_text(out, "status", "disabled");
	emit_windows(tree, out, device);
	emit_interrupts(tree, out, device);
	linux_emit_clock_refs(tree, out, device);
	if (tree->board_tree)
		node = fdt_path_offset(tree->board_tree, device->path);
	if (node >= 0) {
		linux_copy_properties(tree, out, device, node);
	} else {
		emit_known(out, device);
	}
	fdt_out_end(out);
}

void linux_emit_devices(struct linux_tree *tree, struct fdt_out *out)
{
	size_t count = tree->board ? jhcfg_board_num_devices(tree->board) : 0;

	for (size_t n = 0; n < count; n++)
		if (linux_is_selected(tree, n))
			emit_device(tree, out, n);
	linux_emit_clocks(tree, out);
}
