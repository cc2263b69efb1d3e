// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * What else a device's node says in the board's tree. A reference is kept if
 * what it leads to is cut out, too; anything else is left out and named.
 */
#include <string.h>

#include <libfdt.h>

#include "emit/linux_devices.h"

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

		if (linux_is_selected(tree, index))
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

void linux_copy_properties(struct linux_tree *tree, struct fdt_out *out,
			   const struct jhcfg_hw_device *device, int node)
{
	int child;

	copy_properties(tree, out, device, node);
	fdt_for_each_subnode(child, tree->board_tree, node)
		copy_child(tree, out, child, 0);
}
