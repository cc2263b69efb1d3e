// SPDX-License-Identifier: LGPL-2.1-or-later
/* Interrupt controller, what is per CPU behind it, and the virtual PCI host of
 * links, whose pins are SPIs. */
#include <stdlib.h>
#include <string.h>

#include <jailhouse/cell-config.h>

#include "emit/linux_tree.h"

#define GICD_V2_SIZE 0x1000
#define GICC_V2_SIZE 0x2000
#define GICD_V3_SIZE 0x10000
#define GICR_V3_SIZE 0x20000 /* of one CPU */
#define ECAM_BUS     0x100000ULL
#define NUM_PINS     4

bool linux_is_32bit(const struct linux_tree *tree)
{
	return jhcfg_config_architecture(tree->config) == JAILHOUSE_ARM ||
	       jhcfg_cell_flags(tree->cell) & JAILHOUSE_CELL_AARCH32;
}

static const struct jhcfg_platform *platform_of(const struct linux_tree *tree)
{
	return jhcfg_system_platform(jhcfg_config_system(tree->root));
}

/* The GICv2 wants to know for which CPUs a PPI is. */
static uint32_t cpu_mask(const struct linux_tree *tree)
{
	unsigned int count = jhcfg_cell_num_cpus(tree->cell);

	if (platform_of(tree)->gic_version != 2)
		return 0;
	return ((1u << (count < 8 ? count : 8)) - 1) << 8;
}

void linux_add_interrupt(const struct linux_tree *tree, struct fdt_cells *cells,
			 uint32_t intid, uint32_t flags)
{
	bool is_spi = intid >= GIC_FIRST_SPI;

	fdt_cells_add(cells, is_spi ? GIC_SPI : GIC_PPI);
	fdt_cells_add(cells, intid - (is_spi ? GIC_FIRST_SPI : GIC_FIRST_PPI));
	fdt_cells_add(cells, is_spi ? flags : flags | cpu_mask(tree));
}

void linux_emit_timer(struct linux_tree *tree, struct fdt_out *out)
{
	/* ARM DEN0029, PPI assignments: secure, physical, virtual,
	 * hypervisor */
	static const uint32_t usual[] = { 29, 30, 27, 26 };
	struct fdt_cells interrupts = { .count = 0 };

	for (unsigned int n = 0; n < 4; n++) {
		uint32_t intid =
			tree->board ? jhcfg_board_timer_irq(tree->board, n) : 0;

		linux_add_interrupt(tree, &interrupts,
				    intid >= GIC_FIRST_PPI ? intid : usual[n],
				    GIC_LEVEL_LOW);
	}
	fdt_out_begin(out, "timer");
	fdt_out_text(out, "compatible",
		     linux_is_32bit(tree) ? "arm,armv7-timer"
					  : "arm,armv8-timer");
	fdt_out_list(out, "interrupts", &interrupts);
	/* no idle state of a cell's CPU stops it */
	fdt_out_empty(out, "always-on");
	fdt_out_end(out);
}

/* A board may leave room for more CPUs than it has, and the system puts its
 * virtual PCI host there: Linux would find its window taken. */
static uint64_t redistributors_size(const struct linux_tree *tree,
				    const struct jhcfg_range *range)
{
	uint64_t pci = platform_of(tree)->pci_mmconfig_base;

	if (pci > range->start && pci - range->start < range->size)
		return pci - range->start;
	return range->size;
}

static void add_redistributors(const struct linux_tree *tree,
			       struct fdt_cells *reg, uint32_t *count)
{
	const struct jhcfg_hw_irqchip *chip =
		tree->board ? jhcfg_board_main_irqchip(tree->board) : NULL;
	unsigned int last = 0;

	*count = 1;
	if (chip && chip->num_gicr) {
		for (size_t n = 0; n < chip->num_gicr; n++) {
			fdt_cells_add64(reg, chip->gicr[n].start);
			fdt_cells_add64(
				reg, redistributors_size(tree, &chip->gicr[n]));
		}
		*count = (uint32_t)chip->num_gicr;
		return;
	}
	for (unsigned int id = 0; id < JHCFG_MAX_CPUS; id++)
		if (jhcfg_cell_has_cpu(jhcfg_config_cell(tree->root), id) ||
		    jhcfg_cell_has_cpu(tree->cell, id))
			last = id;
	fdt_cells_add64(reg, platform_of(tree)->gicr_base);
	fdt_cells_add64(reg, (uint64_t)GICR_V3_SIZE * (last + 1));
}

void linux_emit_gic(struct linux_tree *tree, struct fdt_out *out)
{
	const struct jhcfg_platform *platform = platform_of(tree);
	bool is_v2 = platform->gic_version == 2;
	struct fdt_cells reg = { .count = 0 };
	uint32_t num_regions = 1;

	fdt_cells_add64(&reg, platform->gicd_base);
	fdt_cells_add64(&reg, is_v2 ? GICD_V2_SIZE : GICD_V3_SIZE);
	if (is_v2) {
		fdt_cells_add64(&reg, platform->gicc_base);
		fdt_cells_add64(&reg, GICC_V2_SIZE);
	} else {
		add_redistributors(tree, &reg, &num_regions);
	}
	fdt_out_begin_at(out, "interrupt-controller", platform->gicd_base);
	fdt_out_text(out, "compatible", is_v2 ? "arm,gic-400" : "arm,gic-v3");
	fdt_out_list(out, "reg", &reg);
	if (num_regions > 1)
		fdt_out_u32(out, "#redistributor-regions", num_regions);
	fdt_out_empty(out, "interrupt-controller");
	fdt_out_u32(out, "#interrupt-cells", 3);
	fdt_out_u32(out, "#address-cells", 0);
	fdt_out_u32(out, "phandle", tree->gic_phandle);
	fdt_out_end(out);
}

static bool is_pmu(const struct jhcfg_hw_device *device)
{
	for (size_t n = 0; n < device->num_compatible; n++) {
		const char *text = device->compatible[n];
		size_t length = strlen(text);

		if ((length > 4 && !strcmp(text + length - 4, "-pmu")) ||
		    strstr(text, "-pmuv3"))
			return device->num_irqs && device->irqs[0].per_cpu;
	}
	return false;
}

void linux_emit_pmu(struct linux_tree *tree, struct fdt_out *out)
{
	const struct jhcfg_hw_device *device;

	for (size_t n = 0;
	     tree->board && (device = jhcfg_board_device(tree->board, n));
	     n++) {
		struct fdt_cells interrupts = { .count = 0 };

		if (!is_pmu(device))
			continue;
		linux_add_interrupt(tree, &interrupts, device->irqs[0].number,
				    GIC_LEVEL_HIGH);
		fdt_out_begin(out, "pmu");
		fdt_out_text(out, "compatible", device->compatible[0]);
		fdt_out_list(out, "interrupts", &interrupts);
		fdt_out_end(out);
		return;
	}
}

/* --- links: the virtual PCI host --- */

/* Room for the BARs of all links, whatever their order. */
static uint64_t bar_room(const struct linux_tree *tree)
{
	const struct jhcfg_pci_device *device;
	uint64_t room = 0, largest = 0x1000;

	for (size_t n = 0; (device = jhcfg_cell_pci_device(tree->cell, n));
	     n++) {
		if (device->type != JAILHOUSE_PCI_TYPE_IVSHMEM)
			continue;
		for (unsigned int bar = 0; bar < 2; bar++) {
			uint32_t size = ~device->bar_mask[bar] + 1;

			size = device->bar_mask[bar] ? size : 0x1000;
			room += size;
			largest = size > largest ? size : largest;
		}
	}
	return room ? (room + largest - 1) / largest * largest : 0;
}

static void emit_interrupt_map(struct linux_tree *tree, struct fdt_out *out)
{
	static const uint32_t mask[] = { 0, 0, 0, 7 };
	uint32_t base = jhcfg_cell_vpci_irq_base(tree->cell);
	struct fdt_cells map = { .count = 0 };

	for (uint32_t pin = 1; pin <= NUM_PINS; pin++) {
		for (unsigned int n = 0; n < 3; n++)
			fdt_cells_add(&map, 0); /* any slot */
		fdt_cells_add(&map, pin);
		fdt_cells_add(&map, tree->gic_phandle);
		linux_add_interrupt(tree, &map, GIC_FIRST_SPI + base + pin - 1,
				    GIC_EDGE_RISING);
	}
	fdt_out_cells(out, "interrupt-map-mask", mask, 4);
	fdt_out_list(out, "interrupt-map", &map);
	fdt_out_u32(out, "#interrupt-cells", 1);
}

void linux_emit_pci(struct linux_tree *tree, struct fdt_out *out)
{
	const struct jhcfg_platform *platform = platform_of(tree);
	uint64_t buses = platform->pci_mmconfig_end_bus + 1u;
	uint64_t base = platform->pci_mmconfig_base, room = bar_room(tree);
	uint64_t bars = base + buses * ECAM_BUS;
	const uint32_t bus_range[] = { 0, platform->pci_mmconfig_end_bus };
	struct fdt_cells reg = { .count = 0 }, ranges = { .count = 0 };

	if (!room || !base)
		return;
	fdt_cells_add64(&reg, base);
	fdt_cells_add64(&reg, buses * ECAM_BUS);
	/* 32-bit, not prefetchable; bus and CPU addresses are the same */
	fdt_cells_add(&ranges, 0x02000000);
	fdt_cells_add64(&ranges, bars);
	fdt_cells_add64(&ranges, bars);
	fdt_cells_add64(&ranges, room);
	fdt_out_begin_at(out, "pci", base);
	fdt_out_text(out, "compatible", "pci-host-ecam-generic");
	fdt_out_text(out, "device_type", "pci");
	fdt_out_list(out, "reg", &reg);
	fdt_out_list(out, "ranges", &ranges);
	fdt_out_cells(out, "bus-range", bus_range, 2);
	fdt_out_u32(out, "#address-cells", 3);
	fdt_out_u32(out, "#size-cells", 2);
	if (platform->pci_domain != 0xffff)
		fdt_out_u32(out, "linux,pci-domain", platform->pci_domain);
	emit_interrupt_map(tree, out);
	fdt_out_empty(out, "dma-coherent");
	fdt_out_end(out);
}
