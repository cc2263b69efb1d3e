// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * An overlay for the root's device tree. It names nodes by their paths, so that
 * it applies to trees without symbols.
 */
#include <jhcfg/emit.h>

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jailhouse/cell-config.h>
#include <jhcfg/import.h>
#include <libfdt.h>

#include "emit/fdt_out.h"
#include "emit/reserved.h"

#define RESERVED_MEMORY "/reserved-memory"

struct overlay {
	const struct jhcfg_workspace *workspace;
	const struct jhcfg_board *board; /* NULL: none */
	struct jhcfg_range *ranges;
	size_t num_ranges;
	/* of the node that holds reserved memory */
	bool has_node;
	uint32_t address_cells, size_cells;
	unsigned int num_fragments;
};

static void begin_fragment(struct overlay *overlay, struct fdt_out *out,
			   const char *target)
{
	fdt_out_begin_at(out, "fragment", overlay->num_fragments++);
	fdt_out_text(out, "target-path", target);
	fdt_out_begin(out, "__overlay__");
}

static void end_fragment(struct fdt_out *out)
{
	fdt_out_end(out);
	fdt_out_end(out);
}

/* --- memory --- */

static void add_number(struct fdt_cells *cells, uint64_t value, uint32_t count)
{
	if (count > 1)
		fdt_cells_add64(cells, value);
	else
		fdt_cells_add(cells, (uint32_t)value);
}

static bool fits(const struct overlay *overlay, const struct jhcfg_range *range)
{
	return (overlay->address_cells > 1 || !(range->start >> 32)) &&
	       (overlay->size_cells > 1 || !(range->size >> 32));
}

static int emit_range(const struct overlay *overlay, struct fdt_out *out,
		      const struct jhcfg_range *range)
{
	struct fdt_cells reg = { .count = 0 };

	if (!fits(overlay, range))
		return -EINVAL;
	add_number(&reg, range->start, overlay->address_cells);
	add_number(&reg, range->size, overlay->size_cells);
	fdt_out_begin_at(out, "jailhouse", range->start);
	fdt_out_list(out, "reg", &reg);
	fdt_out_empty(out, "no-map");
	fdt_out_end(out);
	return 0;
}

static int emit_reserved(struct overlay *overlay, struct fdt_out *out)
{
	int err = 0;

	begin_fragment(overlay, out, overlay->has_node ? RESERVED_MEMORY : "/");
	if (!overlay->has_node) {
		fdt_out_begin(out, &RESERVED_MEMORY[1]);
		fdt_out_u32(out, "#address-cells", overlay->address_cells);
		fdt_out_u32(out, "#size-cells", overlay->size_cells);
		fdt_out_empty(out, "ranges");
	}
	for (size_t n = 0; !err && n < overlay->num_ranges; n++)
		err = emit_range(overlay, out, &overlay->ranges[n]);
	if (!overlay->has_node)
		fdt_out_end(out);
	end_fragment(out);
	return err;
}

/* --- devices --- */

static bool overlaps(const struct jhcfg_range *window,
		     const struct jhcfg_memory *memory)
{
	return window->size &&
	       window->start <= memory->phys_start + (memory->size - 1) &&
	       memory->phys_start <= window->start + (window->size - 1);
}

/* Registers that the root loses while the cell is there. */
static bool takes(const struct jhcfg_config *config,
		  const struct jhcfg_hw_device *device)
{
	const struct jhcfg_cell *cell = jhcfg_config_cell(config);
	const struct jhcfg_memory *memory;

	for (size_t n = 0; (memory = jhcfg_cell_memory(cell, n)); n++) {
		if (!emit_is_mmio(memory) ||
		    memory->flags & JAILHOUSE_MEM_ROOTSHARED)
			continue;
		for (size_t i = 0; i < device->num_windows; i++)
			if (overlaps(&device->windows[i], memory))
				return true;
	}
	return false;
}

static bool is_foreign(const struct overlay *overlay, size_t index,
		       const struct jhcfg_hw_device *device)
{
	const struct jhcfg_hw_irqchip *chip =
		jhcfg_board_main_irqchip(overlay->board);
	size_t num_cells = jhcfg_workspace_num_cells(overlay->workspace);

	if ((chip && chip->device == index) || *device->path != '/' ||
	    !strcmp(device->status, "disabled"))
		return false;
	for (size_t n = 1; n < num_cells; n++) {
		const struct jhcfg_config *config = jhcfg_workspace_cell(
			overlay->workspace,
			jhcfg_workspace_cell_key(overlay->workspace, n));

		if (config && takes(config, device))
			return true;
	}
	return false;
}

static void emit_devices(struct overlay *overlay, struct fdt_out *out)
{
	const struct jhcfg_hw_device *device;

	for (size_t n = 0;
	     overlay->board && (device = jhcfg_board_device(overlay->board, n));
	     n++) {
		if (!is_foreign(overlay, n, device))
			continue;
		begin_fragment(overlay, out, device->path);
		fdt_out_text(out, "status", "disabled");
		end_fragment(out);
	}
}

static int fill(struct fdt_out *out, void *context)
{
	struct overlay *overlay = context;
	int err = 0;

	overlay->num_fragments = 0;
	fdt_out_begin(out, "");
	if (overlay->num_ranges)
		err = emit_reserved(overlay, out);
	emit_devices(overlay, out);
	fdt_out_end(out);
	return err;
}

/* --- the tree that it is for --- */

static int read_cells(struct overlay *overlay, const void *blob)
{
	int node = fdt_path_offset(blob, RESERVED_MEMORY);
	int address, size;

	overlay->has_node = node >= 0;
	/* a new node must have what the root of the tree has, which memory is
	 * described with */
	if (node < 0)
		node = 0;
	address = fdt_address_cells(blob, node);
	size = fdt_size_cells(blob, node);
	if (address < 1 || address > 2 || size < 1 || size > 2)
		return -EINVAL;
	overlay->address_cells = (uint32_t)address;
	overlay->size_cells = (uint32_t)size;
	return 0;
}

static int read_tree(struct overlay *overlay,
		     const struct jhcfg_tree_options *options,
		     struct jhcfg_diags *diags, struct jhcfg_board **board)
{
	int err;

	if (!options || !options->board_tree) {
		if (!overlay->board)
			jhcfg_diags_add(
				diags, JHCFG_WARNING, "E08", "overlay", "",
				"give the project its board, or the board's "
				"tree",
				"devices are not known: those of cells are "
				"not disabled");
		return 0;
	}
	err = jhcfg_import_fdt(options->board_tree, options->board_tree_size,
			       "board tree", diags, board);
	if (err)
		return err;
	overlay->board = *board;
	err = read_cells(overlay, options->board_tree);
	if (err)
		jhcfg_diags_add(diags, JHCFG_ERROR, "E09", "overlay", "", NULL,
				"the board tree has addresses of an unknown "
				"size");
	return err;
}

int jhcfg_emit_root_overlay(const struct jhcfg_workspace *workspace,
			    const struct jhcfg_tree_options *options,
			    struct jhcfg_diags *diags, void **blob,
			    size_t *size)
{
	struct overlay overlay = {
		.workspace = workspace,
		.board = jhcfg_workspace_board(workspace),
		.address_cells = 2,
		.size_cells = 2,
	};
	struct jhcfg_board *board = NULL;
	int err;

	err = read_tree(&overlay, options, diags, &board);
	if (!err)
		err = jhcfg_emit_reserved(workspace, &overlay.ranges,
					  &overlay.num_ranges);
	for (size_t n = 0; !err && n < overlay.num_ranges; n++) {
		if (fits(&overlay, &overlay.ranges[n]))
			continue;
		jhcfg_diags_add(diags, JHCFG_ERROR, "E09", "overlay", "", NULL,
				"memory at 0x%" PRIx64
				" does not fit into the tree's addresses",
				overlay.ranges[n].start);
		err = -EINVAL;
	}
	if (!err)
		err = fdt_out_make(fill, &overlay, blob, size);
	free(overlay.ranges);
	jhcfg_board_free(board);
	return err;
}
