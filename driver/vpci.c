// SPDX-License-Identifier: GPL-2.0-only
/*
 * No device-tree overlay: distribution kernels have none. The host bridge is
 * registered directly, over an ECAM window of our own mapping, since the
 * window may lie in an area that another driver has claimed (QEMU: behind the
 * redistributors); for the same reason its BARs have a resource tree of their
 * own.
 */
#include <linux/acpi.h>
#include <linux/ioport.h>
#include <linux/irq.h>
#include <linux/irqdomain.h>
#include <linux/of.h>
#include <linux/pci-ecam.h>
#include <linux/pci.h>
#include <linux/sizes.h>

#include <jailhouse/cell-config.h>

#include "jh.h"
#include "vpci.h"
#include "window.h"

#define NUM_PINS 4

/* As device trees name interrupt controllers that take SPIs as we write them */
static const struct of_device_id gic_ids[] = {
	{ .compatible = "arm,gic-v3" },
	{ .compatible = "arm,gic-400" },
	{ .compatible = "arm,cortex-a15-gic" },
	{ .compatible = "arm,cortex-a7-gic" },
	{},
};

/* Of the bindings of the GIC: first cell of an interrupt specifier */
#define GIC_SPI 0

/* Guarded by jh.lock; map_irq() runs below calls of ours. */
static struct {
	/* What the configuration says */
	u64 ecam;
	u8 end_bus;
	u16 domain;
	u32 irq_base; /* SPI of pin A */
	struct jh_window window;

	/* While the host is there */
	struct pci_host_bridge *bridge; /* NULL: it is not */
	void __iomem *base;
	struct resource buses, bars;
	struct fwnode_handle *gic;
	unsigned int virq[NUM_PINS]; /* 0: not mapped yet */
} vpci;

/* --- configuration space
 * ------------------------------------------------------ */

/* PCI Express Base Specification, 7.2.2: 4 KiB for each function */
static void __iomem *map_bus(struct pci_bus *bus, unsigned int devfn, int where)
{
	return vpci.base + PCIE_ECAM_OFFSET(bus->number, devfn, where);
}

static struct pci_ops ops = {
	.map_bus = map_bus,
	.read = pci_generic_config_read,
	.write = pci_generic_config_write,
};

/* --- interrupts
 * ------------------------------------------------------------------- */

/* Pin A to D is one SPI each, wherever the device is: no swizzling. */
static int map_irq(const struct pci_dev *device, u8 slot, u8 pin)
{
	struct irq_fwspec spec = {
		.fwnode = vpci.gic,
		.param_count = 3,
		.param = { GIC_SPI, vpci.irq_base + pin - 1,
			   IRQ_TYPE_EDGE_RISING },
	};
	unsigned int *virq;

	if (pin < 1 || pin > NUM_PINS)
		return -EINVAL;
	virq = &vpci.virq[pin - 1];
	if (!*virq)
		*virq = irq_create_fwspec_mapping(&spec);
	if (!*virq)
		pci_err(device,
			"SPI %u of the interrupt controller cannot be mapped\n",
			spec.param[1]);
	return (int)*virq;
}

static void unmap_irqs(void)
{
	unsigned int pin;

	for (pin = 0; pin < NUM_PINS; pin++) {
		if (vpci.virq[pin])
			irq_dispose_mapping(vpci.virq[pin]);
		vpci.virq[pin] = 0;
	}
}

static int find_gic(void)
{
	struct device_node *node = of_find_matching_node(NULL, gic_ids);

	/* Controllers live as long as the kernel: the name may stay. */
	vpci.gic = of_node_to_fwnode(node);
	of_node_put(node);
	return node ? 0 : -ENODEV;
}

/* --- the host
 * --------------------------------------------------------------------- */

/* 0xffff in the configuration: any that is free */
static int choose_domain(void)
{
	int domain;

	if (vpci.domain != 0xffff)
		return pci_find_bus(vpci.domain, 0) ? -EEXIST : vpci.domain;
	for (domain = 0; domain < 0xffff; domain++)
		if (!pci_find_bus(domain, 0))
			return domain;
	return -ENOSPC;
}

static struct pci_host_bridge *new_bridge(int domain)
{
	struct pci_host_bridge *bridge = pci_alloc_host_bridge(0);

	if (!bridge)
		return NULL;
	vpci.buses = (struct resource){
		.name = "jailhouse PCI buses",
		.start = 0,
		.end = vpci.end_bus,
		.flags = IORESOURCE_BUS,
	};
	vpci.bars = (struct resource){
		.name = "jailhouse PCI devices",
		.start = vpci.window.start,
		.end = vpci.window.start + vpci.window.size - 1,
		.flags = IORESOURCE_MEM,
	};
	pci_add_resource(&bridge->windows, &vpci.buses);
	pci_add_resource(&bridge->windows, &vpci.bars);
	bridge->dev.parent = jh.dev;
	bridge->domain_nr = domain;
	bridge->busnr = 0;
	bridge->ops = &ops;
	bridge->map_irq = map_irq;
	return bridge;
}

static int add_host(void)
{
	struct pci_host_bridge *bridge;
	int domain, err;

	/* With ACPI the architecture takes hosts for its own. */
	if (!acpi_disabled)
		return -EOPNOTSUPP;
	err = find_gic();
	if (err)
		return err;
	domain = choose_domain();
	if (domain < 0)
		return domain;
	vpci.base = ioremap(vpci.ecam, (vpci.end_bus + 1) * SZ_1M);
	if (!vpci.base)
		return -ENOMEM;
	bridge = new_bridge(domain);
	if (!bridge) {
		err = -ENOMEM;
		goto unmap;
	}
	err = pci_host_probe(bridge);
	if (err)
		goto free;
	vpci.bridge = bridge;
	return 0;

free:
	pci_free_host_bridge(bridge);
unmap:
	iounmap(vpci.base);
	return err;
}

void jh_vpci_add(void)
{
	int err;

	if (!vpci.window.size || vpci.bridge)
		return;
	err = add_host();
	if (err)
		jh_warn("virtual PCI host at 0x%llx, domain 0x%x: error %d; ivshmem devices of the root stay invisible",
			vpci.ecam, vpci.domain, err);
}

void jh_vpci_remove(void)
{
	struct pci_host_bridge *bridge = vpci.bridge;

	if (!bridge)
		return;
	vpci.bridge = NULL;
	pci_lock_rescan_remove();
	pci_stop_root_bus(bridge->bus);
	pci_remove_root_bus(bridge->bus);
	pci_unlock_rescan_remove();
	/* Drops the last reference, and with it what lists the windows. */
	pci_free_host_bridge(bridge);
	unmap_irqs();
	iounmap(vpci.base);
}

void jh_vpci_start(const struct jailhouse_system *system)
{
	struct jh_diag diag;

	vpci.ecam = system->platform_info.pci_mmconfig_base;
	vpci.end_bus = system->platform_info.pci_mmconfig_end_bus;
	vpci.domain = system->platform_info.pci_domain;
	vpci.irq_base = system->root_cell.vpci_irq_base;
	vpci.window.size = 0;
	if (!vpci.ecam || !system->platform_info.pci_is_virtual)
		return;
	if (jh_window_find(system, &vpci.window, &diag)) {
		vpci.window.size = 0;
		jh_warn("%s", diag.text);
		return;
	}
	jh_vpci_add();
}
