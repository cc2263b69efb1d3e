// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Bindings: Devicetree Specification 0.4; arm,gic-v3, arm,gic, arm,armv8-timer,
 * psci and pci-host-ecam-generic of the kernel's bindings.
 */
#include "emit/linux_cell_dt.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libfdt.h>

#include <jailhouse/cell-config.h>

#define TREE_SIZE 0x10000

#define GIC_PHANDLE 1
#define GIC_SPI	    0
#define GIC_PPI	    1
#define EDGE_RISING 1
#define LEVEL_HIGH  4

#define GICD_V3_SIZE 0x10000
#define GICR_SIZE    0x20000
#define GICD_V2_SIZE 0x1000
#define GICC_V2_SIZE 0x2000

#define ECAM_BUS_SIZE 0x100000
#define NUM_PINS      4

struct writer {
	void *fdt;
	const struct jhcfg_cell *cell;
	const struct jhcfg_linux_machine *machine;
	const struct jhcfg_platform *platform;
	int err; /* of libfdt, the first one */
};

/* --- writing
 * ---------------------------------------------------------------------- */

static void keep(struct writer *w, int err)
{
	if (!w->err)
		w->err = err;
}

static void begin(struct writer *w, const char *name)
{
	keep(w, fdt_begin_node(w->fdt, name));
}

static void begin_at(struct writer *w, const char *name, uint64_t address)
{
	char text[48];

	snprintf(text, sizeof(text), "%s@%" PRIx64, name, address);
	begin(w, text);
}

static void end(struct writer *w)
{
	keep(w, fdt_end_node(w->fdt));
}

static void string(struct writer *w, const char *name, const char *value)
{
	keep(w, fdt_property_string(w->fdt, name, value));
}

static void cell(struct writer *w, const char *name, uint32_t value)
{
	keep(w, fdt_property_u32(w->fdt, name, value));
}

static void flag(struct writer *w, const char *name)
{
	keep(w, fdt_property(w->fdt, name, NULL, 0));
}

#define MAX_CELLS 64

/* Values of a property, 32 bits each */
struct cells {
	fdt32_t value[MAX_CELLS];
	unsigned int count;
};

static void put(struct cells *cells, uint32_t value)
{
	if (cells->count < MAX_CELLS)
		cells->value[cells->count++] = cpu_to_fdt32(value);
}

static void put64(struct cells *cells, uint64_t value)
{
	put(cells, (uint32_t)(value >> 32));
	put(cells, (uint32_t)value);
}

static void put_range(struct cells *cells, uint64_t start, uint64_t size)
{
	put64(cells, start);
	put64(cells, size);
}

static void cells(struct writer *w, const char *name, const struct cells *list)
{
	keep(w, fdt_property(w->fdt, name, list->value,
			     (int)(list->count * sizeof(list->value[0]))));
}

/* --- nodes
 * ------------------------------------------------------------------------ */

static void write_cpus(struct writer *w)
{
	begin(w, "cpus");
	cell(w, "#address-cells", 2);
	cell(w, "#size-cells", 0);
	for (unsigned int n = 0; n < w->machine->num_cpus; n++) {
		const struct jhcfg_linux_cpu *cpu = &w->machine->cpus[n];
		struct cells reg = { .count = 0 };

		if (!jhcfg_cell_has_cpu(w->cell, n))
			continue;
		begin_at(w, "cpu", cpu->mpidr);
		string(w, "device_type", "cpu");
		string(w, "compatible",
		       *cpu->compatible ? cpu->compatible : "arm,armv8");
		put64(&reg, cpu->mpidr);
		cells(w, "reg", &reg);
		string(w, "enable-method", "psci");
		end(w);
	}
	end(w);
}

static void write_psci(struct writer *w)
{
	static const char compatible[] = "arm,psci-1.0\0arm,psci-0.2";

	begin(w, "psci");
	keep(w, fdt_property(w->fdt, "compatible", compatible,
			     sizeof(compatible)));
	string(w, "method", "smc");
	end(w);
}

/* Of a PPI in the interrupt specifier: version 2 names the CPUs, too. */
static uint32_t ppi_flags(const struct writer *w)
{
	return w->platform->gic_version == 2 ? 0xff00 | LEVEL_HIGH : LEVEL_HIGH;
}

/* Secure, non-secure, virtual and hypervisor timer: ARM BSA 1.0, 3.7 */
static void write_timer(struct writer *w)
{
	static const uint32_t ppis[] = { 13, 14, 11, 10 };
	struct cells list = { .count = 0 };

	for (size_t n = 0; n < sizeof(ppis) / sizeof(ppis[0]); n++) {
		put(&list, GIC_PPI);
		put(&list, ppis[n]);
		put(&list, ppi_flags(w));
	}
	begin(w, "timer");
	string(w, "compatible", "arm,armv8-timer");
	cells(w, "interrupts", &list);
	flag(w, "always-on");
	end(w);
}

/* Only where each CPU has its own line for it */
static void write_pmu(struct writer *w)
{
	struct cells line = { .count = 0 };

	if (!w->machine->pmu_ppi)
		return;
	put(&line, GIC_PPI);
	put(&line, w->machine->pmu_ppi);
	put(&line, ppi_flags(w));
	begin(w, "pmu");
	string(w, "compatible", "arm,armv8-pmuv3");
	cells(w, "interrupts", &line);
	end(w);
}

/* Frames of all CPUs: the cell's may lie anywhere between them. */
static uint64_t redistributors_size(const struct writer *w)
{
	const struct jhcfg_cell *root = jhcfg_config_cell(w->machine->system);
	unsigned int count = 0;

	for (unsigned int n = 0; n < JHCFG_MAX_CPUS; n++)
		if (jhcfg_cell_has_cpu(root, n))
			count = n + 1;
	return (uint64_t)count * GICR_SIZE;
}

static void write_gic(struct writer *w)
{
	const struct jhcfg_platform *platform = w->platform;
	struct cells reg = { .count = 0 };

	begin_at(w, "interrupt-controller", platform->gicd_base);
	if (platform->gic_version == 3) {
		string(w, "compatible", "arm,gic-v3");
		put_range(&reg, platform->gicd_base, GICD_V3_SIZE);
		put_range(&reg, platform->gicr_base, redistributors_size(w));
	} else {
		string(w, "compatible", "arm,gic-400");
		put_range(&reg, platform->gicd_base, GICD_V2_SIZE);
		put_range(&reg, platform->gicc_base, GICC_V2_SIZE);
	}
	cells(w, "reg", &reg);
	cell(w, "#address-cells", 0);
	cell(w, "#interrupt-cells", 3);
	flag(w, "interrupt-controller");
	cell(w, "phandle", GIC_PHANDLE);
	end(w);
}

static unsigned int count_ivshmem(const struct jhcfg_cell *cell)
{
	const struct jhcfg_pci_device *device;
	unsigned int count = 0;

	for (size_t n = 0; (device = jhcfg_cell_pci_device(cell, n)); n++)
		count += device->type == JAILHOUSE_PCI_TYPE_IVSHMEM;
	return count;
}

static void write_pci_map(struct writer *w)
{
	struct cells mask = { .count = 0 }, map = { .count = 0 };
	uint32_t base = jhcfg_cell_vpci_irq_base(w->cell);

	for (unsigned int n = 0; n < 3; n++)
		put(&mask, 0);
	put(&mask, 7);
	cells(w, "interrupt-map-mask", &mask);
	for (uint32_t pin = 1; pin <= NUM_PINS; pin++) {
		for (unsigned int n = 0; n < 3; n++)
			put(&map, 0);
		put(&map, pin);
		put(&map, GIC_PHANDLE);
		put(&map, GIC_SPI);
		put(&map, base + pin - 1);
		put(&map, EDGE_RISING);
	}
	cells(w, "interrupt-map", &map);
}

/* The virtual host with the cell's ivshmem devices: ECAM, BARs behind it */
static void write_pci(struct writer *w)
{
	const struct jhcfg_platform *platform = w->platform;
	uint64_t ecam = platform->pci_mmconfig_base;
	uint64_t size = (platform->pci_mmconfig_end_bus + 1ULL) * ECAM_BUS_SIZE;
	unsigned int devices = count_ivshmem(w->cell);
	struct cells reg = { .count = 0 }, ranges = reg, buses = reg;

	if (!ecam || !devices)
		return;
	begin_at(w, "pci", ecam);
	string(w, "compatible", "pci-host-ecam-generic");
	string(w, "device_type", "pci");
	put(&buses, 0);
	put(&buses, platform->pci_mmconfig_end_bus);
	cells(w, "bus-range", &buses);
	cell(w, "#address-cells", 3);
	cell(w, "#size-cells", 2);
	cell(w, "#interrupt-cells", 1);
	put_range(&reg, ecam, size);
	cells(w, "reg", &reg);
	put(&ranges, 0x02000000); /* 32-bit memory, not prefetchable */
	put64(&ranges, ecam + size);
	put64(&ranges, ecam + size);
	put64(&ranges, 2 * 0x1000ULL * devices);
	cells(w, "ranges", &ranges);
	write_pci_map(w);
	flag(w, "dma-coherent");
	if (platform->pci_domain != 0xffff)
		cell(w, "linux,pci-domain", platform->pci_domain);
	end(w);
}

/* What hvc_jailhouse looks for */
static void write_hypervisor(struct writer *w)
{
	begin(w, "hypervisor");
	string(w, "compatible", "jailhouse,cell");
	if (jhcfg_cell_flags(w->cell) &
	    JAILHOUSE_CELL_VIRTUAL_CONSOLE_PERMITTED)
		flag(w, "virtual-console");
	end(w);
}

static void write_tree(struct writer *w)
{
	keep(w, fdt_create(w->fdt, TREE_SIZE));
	keep(w, fdt_finish_reservemap(w->fdt));
	begin(w, "");
	string(w, "model", jhcfg_cell_name(w->cell));
	string(w, "compatible", "jailhouse,cell");
	cell(w, "#address-cells", 2);
	cell(w, "#size-cells", 2);
	cell(w, "interrupt-parent", GIC_PHANDLE);
	write_cpus(w);
	write_psci(w);
	write_gic(w);
	write_timer(w);
	write_pmu(w);
	write_pci(w);
	write_hypervisor(w);
	end(w);
	keep(w, fdt_finish(w->fdt));
}

/* --- the whole
 * -------------------------------------------------------------------- */

static int check_machine(const struct writer *w, struct jhcfg_diags *diags)
{
	const char *name = jhcfg_cell_name(w->cell);
	unsigned int found = 0;

	for (unsigned int n = 0; n < w->machine->num_cpus; n++)
		if (jhcfg_cell_has_cpu(w->cell, n))
			found += w->machine->cpus[n].known;
	if (!found || found != jhcfg_cell_num_cpus(w->cell)) {
		jhcfg_diags_add(diags, JHCFG_ERROR, "B08", name, "/cpus",
				"run this on the machine itself, or give a "
				"device tree",
				"%u of %u CPUs are known", found,
				jhcfg_cell_num_cpus(w->cell));
		return -EINVAL;
	}
	if (w->platform->gic_version != 2 && w->platform->gic_version != 3) {
		jhcfg_diags_add(diags, JHCFG_ERROR, "B08", name, "",
				"give a device tree",
				"the system names no GIC that is known here");
		return -EINVAL;
	}
	return 0;
}

int jhcfg_linux_make_dt(const struct jhcfg_config *config,
			const struct jhcfg_linux_machine *machine,
			struct jhcfg_diags *diags, void **dtb)
{
	struct writer w = {
		.cell = jhcfg_config_cell(config),
		.machine = machine,
		.platform = jhcfg_system_platform(
			jhcfg_config_system(machine->system)),
	};
	int err = check_machine(&w, diags);

	if (err)
		return err;
	w.fdt = calloc(1, TREE_SIZE);
	if (!w.fdt)
		return -ENOMEM;
	write_tree(&w);
	if (!w.err) {
		*dtb = w.fdt;
		return 0;
	}
	free(w.fdt);
	jhcfg_diags_add(diags, JHCFG_ERROR, "B08", jhcfg_cell_name(w.cell), "",
			NULL, "device tree: %s", fdt_strerror(w.err));
	return -EINVAL;
}
