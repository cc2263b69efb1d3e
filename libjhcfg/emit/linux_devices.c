// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Devices of a cell, cut out of the board's tree. They come to the root of the
 * cell's tree, with addresses as the cell sees them. What they refer to is kept
 * if it is cut out, too; a clock becomes one of a fixed rate, since its
 * controller stays with the root; anything else is left out and named.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jailhouse/cell-config.h>
#include <libfdt.h>

#include "emit/linux_tree.h"
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

static bool is_selected(const struct linux_tree *tree, size_t index)
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
		count += !strcmp(name, other) && is_selected(tree, n);
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
		if (!is_selected(tree, n) || device->windows[0].start != wanted)
			continue;
		node_name(tree, n, name);
		snprintf(tree->console, sizeof(tree->console), "/%s", name);
		return;
	}
}

/* --- clocks --- */

/* Of the provider's node, if that is a fixed clock. */
static uint32_t fixed_rate(const struct linux_tree *tree,
			   const struct jhcfg_hw_device *provider)
{
	const fdt32_t *rate;
	int node, size;

	if (!tree->board_tree || !provider)
		return 0;
	node = fdt_path_offset(tree->board_tree, provider->path);
	if (node < 0 ||
	    fdt_node_check_compatible(tree->board_tree, node, "fixed-clock"))
		return 0;
	rate = fdt_getprop(tree->board_tree, node, "clock-frequency", &size);
	return rate && size == sizeof(*rate) ? fdt32_ld(rate) : 0;
}

static struct linux_clock *add_clock(struct linux_tree *tree,
				     const struct jhcfg_hw_device *device,
				     const struct jhcfg_hw_ref *ref)
{
	const struct jhcfg_hw_device *provider =
		ref->device == JHCFG_NO_INDEX
			? NULL
			: jhcfg_board_device(tree->board, ref->device);
	struct linux_clock *clock;

	if (tree->num_clocks == LINUX_MAX_CLOCKS)
		return NULL;
	clock = &tree->clocks[tree->num_clocks];
	clock->phandle = tree->next_phandle++;
	clock->rate = fixed_rate(tree, provider);
	if (!clock->rate && device->kind == JHCFG_HW_DEVICE_UART)
		clock->rate = device->clock_hz;
	snprintf(clock->name, sizeof(clock->name), "clock-%zu",
		 tree->num_clocks++);
	if (!clock->rate)
		jhcfg_diags_add(tree->diags, JHCFG_WARNING, "E05", device->name,
				clock->name,
				"set its clock-frequency to what the root "
				"leaves it at",
				"the rate of its clock %s is not known: "
				"written as 0",
				*ref->name ? ref->name : "");
	return clock;
}

static void emit_clock_refs(struct linux_tree *tree, struct fdt_out *out,
			    const struct jhcfg_hw_device *device)
{
	struct fdt_cells clocks = { .count = 0 };
	char names[512];
	size_t length = 0;
	bool is_named = true;

	for (size_t n = 0; n < device->num_refs; n++) {
		const struct jhcfg_hw_ref *ref = &device->refs[n];
		const struct linux_clock *clock;
		size_t size = strlen(ref->name) + 1;

		if (strcmp(ref->property, "clocks") != 0)
			continue;
		clock = add_clock(tree, device, ref);
		if (!clock) {
			jhcfg_diags_add(tree->diags, JHCFG_WARNING, "E05",
					device->name, "", NULL,
					"there are too many clocks: left out");
			return;
		}
		fdt_cells_add(&clocks, clock->phandle);
		is_named &= size > 1 && size <= sizeof(names) - length;
		if (is_named) {
			memcpy(names + length, ref->name, size);
			length += size;
		}
	}
	if (!clocks.count)
		return;
	fdt_out_list(out, "clocks", &clocks);
	if (is_named)
		fdt_out_bytes(out, "clock-names", names, length);
}

static void emit_clocks(struct linux_tree *tree, struct fdt_out *out)
{
	for (size_t n = 0; n < tree->num_clocks; n++) {
		const struct linux_clock *clock = &tree->clocks[n];

		fdt_out_begin(out, clock->name);
		fdt_out_text(out, "compatible", "fixed-clock");
		fdt_out_u32(out, "#clock-cells", 0);
		fdt_out_u32(out, "clock-frequency", clock->rate);
		fdt_out_u32(out, "phandle", clock->phandle);
		fdt_out_end(out);
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

/* --- everything else a node says --- */

/* Written otherwise, or without meaning in the cell. */
static const char *const own_properties[] = {
	"compatible",
	"reg",
	"reg-names",
	"interrupts",
	"interrupt-names",
	"interrupts-extended",
	"interrupt-parent",
	"clocks",
	"clock-names",
	"status",
	"ranges",
	"dma-ranges",
	"linux,phandle",
	"assigned-clocks",
	"assigned-clock-parents",
	"assigned-clock-rates",
	"pinctrl-names",
	"iommu-map",
	"iommu-map-mask",
	"msi-map",
	"msi-map-mask",
	"operating-points-v2",
};

/* Lists of names that go with the property that they name. */
static const struct {
	const char *names, *property;
} companions[] = {
	{ "reset-names", "resets" },
	{ "power-domain-names", "power-domains" },
	{ "dma-names", "dmas" },
	{ "phy-names", "phys" },
	{ "mbox-names", "mboxes" },
	{ "interconnect-names", "interconnects" },
	{ "nvmem-cell-names", "nvmem-cells" },
	{ "memory-region-names", "memory-region" },
	{ "io-channel-names", "io-channels" },
	{ "pwm-names", "pwms" },
};

static bool is_own(const char *name)
{
	for (size_t n = 0;
	     n < sizeof(own_properties) / sizeof(own_properties[0]); n++)
		if (!strcmp(own_properties[n], name))
			return true;
	return false;
}

/* Is the provider in the cell's tree: cut out itself, or below a node that is?
 */
static bool is_provided(const struct linux_tree *tree, size_t index)
{
	while (index != JHCFG_NO_INDEX) {
		const struct jhcfg_hw_device *device =
			jhcfg_board_device(tree->board, index);

		if (is_selected(tree, index))
			return true;
		if (!device || device->num_windows)
			return false;
		index = device->parent;
	}
	return false;
}

/* One that refers to what is not there. */
static const struct jhcfg_hw_ref *find_open_ref(
	const struct linux_tree *tree, const struct jhcfg_hw_device *device,
	const char *property)
{
	for (size_t n = 0; n < device->num_refs; n++)
		if (!strcmp(device->refs[n].property, property) &&
		    !is_provided(tree, device->refs[n].device))
			return &device->refs[n];
	return NULL;
}

static const char *named_property(const char *name)
{
	for (size_t n = 0; n < sizeof(companions) / sizeof(companions[0]); n++)
		if (!strcmp(companions[n].names, name))
			return companions[n].property;
	return name;
}

static bool is_kept(struct linux_tree *tree,
		    const struct jhcfg_hw_device *device, const char *name)
{
	const struct jhcfg_hw_ref *ref;

	if (is_own(name))
		return false;
	ref = device ? find_open_ref(tree, device, named_property(name)) : NULL;
	if (!ref)
		return true;
	/* its names need no word of their own */
	if (!strcmp(ref->property, name))
		jhcfg_diags_add(
			tree->diags, JHCFG_INFO, "E07", device->name, name,
			NULL, "%s is left out: %s stays with the root", name,
			ref->device == JHCFG_NO_INDEX
				? "what it refers to"
				: jhcfg_board_device(tree->board, ref->device)
					  ->name);
	return false;
}

static void copy_properties(struct linux_tree *tree, struct fdt_out *out,
			    const struct jhcfg_hw_device *device, int node)
{
	int property;

	fdt_for_each_property_offset(property, tree->board_tree, node)
	{
		const char *name;
		int size;
		const void *data = fdt_getprop_by_offset(
			tree->board_tree, property, &name, &size);

		if (data && is_kept(tree, device, name))
			fdt_out_bytes(out, name, data, (size_t)size);
	}
}

/* A child on a bus of its own, such as a PHY or an I2C device. */
static void copy_child(struct linux_tree *tree, struct fdt_out *out, int node,
		       int depth)
{
	static const char *const kept[] = { "compatible", "reg", "reg-names",
					    "status", "pinctrl-names" };
	const void *fdt = tree->board_tree;
	const struct jhcfg_hw_device *device;
	char path[512];
	int child;

	if (depth > 16 || fdt_get_path(fdt, node, path, sizeof(path)))
		return;
	device = jhcfg_board_device(tree->board,
				    jhcfg_board_find_device(tree->board, path));
	/* with registers, it is a device in its own right */
	if (device && device->num_windows)
		return;
	fdt_out_begin(out, fdt_get_name(fdt, node, NULL));
	for (size_t n = 0; n < sizeof(kept) / sizeof(kept[0]); n++) {
		int size;
		const void *data = fdt_getprop(fdt, node, kept[n], &size);

		if (data)
			fdt_out_bytes(out, kept[n], data, (size_t)size);
	}
	copy_properties(tree, out, device, node);
	fdt_for_each_subnode(child, fdt, node)
		copy_child(tree, out, child, depth + 1);
	fdt_out_end(out);
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
	int node = -1, child;

	node_name(tree, index, name);
	fdt_out_begin(out, name);
	emit_texts(out, "compatible", device->compatible,
		   device->num_compatible);
	if (!is_wanted(tree, device))
		fdt_out_text(out, "status", "disabled");
	emit_windows(tree, out, device);
	emit_interrupts(tree, out, device);
	emit_clock_refs(tree, out, device);
	if (tree->board_tree)
		node = fdt_path_offset(tree->board_tree, device->path);
	if (node >= 0) {
		copy_properties(tree, out, device, node);
		fdt_for_each_subnode(child, tree->board_tree, node)
			copy_child(tree, out, child, 0);
	} else {
		emit_known(out, device);
	}
	fdt_out_end(out);
}

void linux_emit_devices(struct linux_tree *tree, struct fdt_out *out)
{
	size_t count = tree->board ? jhcfg_board_num_devices(tree->board) : 0;

	for (size_t n = 0; n < count; n++)
		if (is_selected(tree, n))
			emit_device(tree, out, n);
	emit_clocks(tree, out);
}
