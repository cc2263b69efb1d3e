// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Clocks of a cell's devices. Their controllers stay with the root: each
 * becomes one of a fixed rate.
 */
#include <stdio.h>
#include <string.h>

#include <libfdt.h>

#include "emit/linux_devices.h"

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

void linux_emit_clock_refs(struct linux_tree *tree, struct fdt_out *out,
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

void linux_emit_clocks(struct linux_tree *tree, struct fdt_out *out)
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
