// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Devicetree Specification v0.4, 2.3.6 (reg) and 2.3.8 (ranges). Addresses of
 * more than two cells (PCI: IEEE Std 1275 PCI binding, 2.2.1.1) have their
 * number in the last two; the cells before are a space that must be equal,
 * where of PCI's only the two bits of the space code count.
 */
#include "import/address.h"

#include <string.h>

#define PCI_SPACE_MASK 0x03000000U

struct bus_address {
	uint32_t space[DT_MAX_CELLS];
	uint32_t num_space;
	uint64_t number;
};

static bool is_pci(const struct dt_tree *tree, uint32_t node)
{
	return tree->nodes[node].address_cells == 3 &&
	       !strncmp(dt_text(tree, node, "device_type"), "pci", 3);
}

static bool read_address(const struct dt_tree *tree, uint32_t bus,
			 const struct dt_prop *prop, size_t index,
			 struct bus_address *address)
{
	uint32_t cells = tree->nodes[bus].address_cells;
	uint32_t low = cells > 2 ? 2 : cells;

	address->num_space = cells - low;
	for (uint32_t n = 0; n < address->num_space; n++)
		address->space[n] = dt_cell(prop, index + n);
	if (is_pci(tree, bus))
		address->space[0] &= PCI_SPACE_MASK;
	return dt_number(prop, index + address->num_space, low,
			 &address->number);
}

static bool same_space(const struct bus_address *a, const struct bus_address *b)
{
	return a->num_space == b->num_space &&
	       !memcmp(a->space, b->space, a->num_space * sizeof(a->space[0]));
}

/* One entry of "ranges": does it hold the address? Then it becomes one of the
 * bus above. */
static bool map_entry(const struct dt_tree *tree, uint32_t bus,
		      const struct dt_prop *ranges, size_t index,
		      struct bus_address *address)
{
	const struct dt_node *node = &tree->nodes[bus];
	uint32_t above = tree->nodes[node->parent].address_cells;
	struct bus_address child, parent;
	uint64_t size, offset;

	if (!read_address(tree, bus, ranges, index, &child) ||
	    !same_space(&child, address) ||
	    !read_address(tree, node->parent, ranges,
			  index + node->address_cells, &parent) ||
	    !dt_number(ranges, index + node->address_cells + above,
		       node->size_cells, &size))
		return false;
	offset = address->number - child.number;
	if (address->number < child.number || offset >= size ||
	    parent.number + offset < offset)
		return false;
	parent.number += offset;
	*address = parent;
	return true;
}

static bool map_up(const struct dt_tree *tree, uint32_t bus,
		   struct bus_address *address)
{
	const struct dt_node *node = &tree->nodes[bus];
	const struct dt_prop *ranges = dt_prop(tree, bus, "ranges");
	size_t step = node->address_cells + node->size_cells +
		      tree->nodes[node->parent].address_cells;

	if (!ranges)
		return false;
	if (!ranges->size) /* the same addresses as above */
		return node->address_cells ==
			       tree->nodes[node->parent].address_cells ||
		       !address->num_space;
	for (size_t n = 0; step && n + step <= dt_num_cells(ranges); n += step)
		if (map_entry(tree, bus, ranges, n, address))
			return true;
	return false;
}

static bool to_cpu(const struct dt_tree *tree, uint32_t bus,
		   struct bus_address *address)
{
	for (; bus; bus = tree->nodes[bus].parent)
		if (!map_up(tree, bus, address))
			return false;
	/* What more than 64 bits would say is out of reach. */
	for (uint32_t n = 0; n < address->num_space; n++)
		if (address->space[n])
			return false;
	return true;
}

bool dt_translate(const struct dt_tree *tree, uint32_t bus,
		  const struct dt_prop *prop, size_t index, uint64_t *address)
{
	struct bus_address at;

	if (!read_address(tree, bus, prop, index, &at) ||
	    !to_cpu(tree, bus, &at))
		return false;
	*address = at.number;
	return true;
}

static size_t reg_step(const struct dt_tree *tree, uint32_t node)
{
	const struct dt_node *bus = &tree->nodes[tree->nodes[node].parent];

	return bus->address_cells + bus->size_cells;
}

size_t dt_num_reg(const struct dt_tree *tree, uint32_t node)
{
	size_t step = node ? reg_step(tree, node) : 0;

	return step ? dt_num_cells(dt_prop(tree, node, "reg")) / step : 0;
}

bool dt_reg(const struct dt_tree *tree, uint32_t node, size_t index,
	    struct jhcfg_range *range)
{
	const struct dt_prop *reg = dt_prop(tree, node, "reg");
	uint32_t bus = tree->nodes[node].parent;
	struct jhcfg_range found;
	size_t at;

	if (index >= dt_num_reg(tree, node))
		return false;
	at = index * reg_step(tree, node);
	if (!dt_number(reg, at + tree->nodes[bus].address_cells,
		       tree->nodes[bus].size_cells, &found.size) ||
	    !found.size || !dt_translate(tree, bus, reg, at, &found.start) ||
	    found.start + (found.size - 1) < found.start)
		return false;
	*range = found;
	return true;
}
