// SPDX-License-Identifier: LGPL-2.1-or-later
/* PCI host bridges: IEEE Std 1275 PCI bus binding 2.1, 2.2 and 12; binding
 * pci/host-generic-pci.yaml. */
#include <stdlib.h>
#include <string.h>

#include "import/address.h"
#include "import/device_tree.h"
#include "import/irq.h"

#define MAX_WINDOWS 64

/* Bits of the first cell of a PCI address */
#define PCI_SPACE_SHIFT	 24
#define PCI_PREFETCHABLE 0x40000000U

static const struct dt_match ecams[] = {
	{ "pci-host-ecam-generic", 1 },
	{ "pci-host-thunder-ecam", 1 },
	{ "cavium,pci-host-thunder-ecam", 1 },
	{ "cavium,pci-host-octeontx-ecam", 1 },
	{ "marvell,armada8k-pcie-ecam", 1 },
	{ "socionext,synquacer-pcie-ecam", 1 },
	{ "snps,dw-pcie-ecam", 1 },
	{ NULL, 0 },
};

static bool read_window(const struct dt_tree *tree, uint32_t node,
			const struct dt_prop *ranges, size_t index,
			struct jhcfg_hw_pci_window *window)
{
	const struct dt_node *host = &tree->nodes[node];
	uint32_t above = tree->nodes[host->parent].address_cells;
	uint32_t type = dt_cell(ranges, index);
	uint32_t space = type >> PCI_SPACE_SHIFT & 3;

	if (!space || /* configuration space */
	    !dt_number(ranges, index + 1, 2, &window->bus) ||
	    !dt_number(ranges, index + 3 + above, host->size_cells,
		       &window->cpu.size) ||
	    !window->cpu.size ||
	    !dt_translate(tree, host->parent, ranges, index + 3,
			  &window->cpu.start) ||
	    window->cpu.start + (window->cpu.size - 1) < window->cpu.start)
		return false;
	window->space = space == 1   ? JHCFG_PCI_IO
			: space == 2 ? JHCFG_PCI_MEM32
				     : JHCFG_PCI_MEM64;
	window->prefetchable = type & PCI_PREFETCHABLE;
	return true;
}

static size_t read_windows(const struct dt_tree *tree, uint32_t node,
			   struct jhcfg_hw_pci_window windows[MAX_WINDOWS])
{
	const struct dt_node *host = &tree->nodes[node];
	const struct dt_prop *ranges = dt_prop(tree, node, "ranges");
	size_t step =
		3 + host->size_cells + tree->nodes[host->parent].address_cells;
	size_t count = 0;

	if (host->address_cells != 3)
		return 0;
	for (size_t n = 0;
	     n + step <= dt_num_cells(ranges) && count < MAX_WINDOWS; n += step)
		if (read_window(tree, node, ranges, n, &windows[count]))
			count++;
	return count;
}

void dt_add_pci_host(struct dt_tree *tree, struct jhcfg_board *board,
		     uint32_t node)
{
	const struct dt_prop *buses = dt_prop(tree, node, "bus-range");
	struct jhcfg_hw_pci_window windows[MAX_WINDOWS] = { 0 };
	char source[DT_MAX_SOURCE];
	struct jhcfg_hw_pci_host host = {
		.device = tree->nodes[node].device,
		.domain = (uint16_t)dt_u32(
			tree, node, "linux,pci-domain",
			(uint32_t)jhcfg_board_num_pci_hosts(board)),
		.first_bus = (uint8_t)dt_cell(buses, 0),
		.last_bus = buses ? (uint8_t)dt_cell(buses, 1) : 255,
		.windows = windows,
		.source = source,
	};
	struct dt_irq irq;

	host.num_windows = read_windows(tree, node, windows);
	if (dt_match(tree, node, ecams, 0))
		dt_reg(tree, node, 0, &host.ecam);
	for (uint32_t pin = 1; pin <= 4; pin++)
		if (dt_irq_intx(tree, node, pin, &irq))
			host.intx[pin - 1] = irq.number;
	dt_source(tree, node, source, sizeof(source));
	jhcfg_board_add_pci_host(board, &host);
}
