// SPDX-License-Identifier: LGPL-2.1-or-later
/* PCI functions of the root cell. */
#include <errno.h>
#include <string.h>

#include <jailhouse/cell-config.h>
#include <jhcfg/edit.h>

#include "plan/root_x86.h"
#include "plan/root_x86_caps.h"

#define PAGE	      4096U
#define MSIX_ENTRY    16U
#define IOAPIC_IRQS   120U
#define MAX_IRQ_LIMIT 0x8000U /* a power of two below 65536 */
#define MAX_FUNCTIONS 4096

bool x86_has_function(const struct x86_root *root,
		      const struct jhcfg_hw_pci_function *function)
{
	const struct jhcfg_hw_iommu *iommu;

	/* The window is of one domain, ports reach domain 0 only. */
	if (function->domain != root->platform.pci_domain)
		return false;
	for (size_t n = 0; (iommu = jhcfg_board_iommu(root->board, n)); n++)
		if (iommu->unit.type == JAILHOUSE_IOMMU_AMD &&
		    iommu->unit.amd_bdf == function->bdf)
			return false; /* the hypervisor's own */
	return true;
}

/* A 64-bit BAR counts as two. */
static void set_bars(const struct jhcfg_hw_pci_function *function,
		     struct jhcfg_pci_device *device)
{
	for (size_t n = 0; n < 6; n++) {
		uint64_t mask = ~(function->bar[n].range.size - 1);

		if (!function->bar[n].range.size)
			continue;
		device->bar_mask[n] = (uint32_t)mask;
		if (function->bar[n].is_64bit && !function->bar[n].io && n < 5)
			device->bar_mask[n + 1] = (uint32_t)(mask >> 32);
	}
}

static void set_msi(const struct jhcfg_hw_pci_function *function,
		    const struct x86_caps *caps,
		    struct jhcfg_pci_device *device)
{
	uint32_t control;

	if (!caps->msi)
		return;
	control = x86_config(function, caps->msi + 2u, 2);
	device->num_msi_vectors = (uint8_t)(1u << ((control >> 1) & 7));
	if (device->num_msi_vectors > 32)
		device->num_msi_vectors = 32; /* 6 and 7 are reserved */
	device->msi_64bits = control & 0x80;
	device->msi_maskable = control & 0x100;
}

/* The table is in a BAR; the hypervisor traps its pages. */
static void set_msix(struct x86_root *root,
		     const struct jhcfg_hw_pci_function *function,
		     const struct x86_caps *caps,
		     struct jhcfg_pci_device *device)
{
	uint32_t vectors, table, bar;
	struct jhcfg_range range = { 0 };

	if (!caps->msix)
		return;
	vectors = (x86_config(function, caps->msix + 2u, 2) & 0x7ff) + 1;
	table = x86_config(function, caps->msix + 4u, 4);
	bar = table & 7;
	table &= ~7u;
	if (bar < 6 && !function->bar[bar].io)
		range = function->bar[bar].range;
	if (range.size < table || range.size - table < vectors * MSIX_ENTRY) {
		x86_say(root, JHCFG_WARNING, "G22",
			"let the firmware assign its BARs",
			"%02x:%02x.%x: its table of MSI-X is in no BAR: it "
			"will have no MSI-X",
			function->bdf >> 8, function->bdf >> 3 & 0x1f,
			function->bdf & 7);
		return;
	}
	device->num_msix_vectors = (uint16_t)vectors;
	device->msix_region_size =
		(uint16_t)((vectors * MSIX_ENTRY + PAGE - 1) & ~(PAGE - 1));
	device->msix_address = range.start + table;
	ranges_add_pages(&root->kept, device->msix_address,
			 vectors * MSIX_ENTRY);
}

/* --- capabilities --------------------------------------------------------- */

static bool same_caps(const struct jhcfg_cell *cell, uint16_t start,
		      const struct x86_caps *caps)
{
	for (uint16_t n = 0; n < caps->count; n++) {
		const struct jhcfg_pci_cap *a =
			jhcfg_cell_pci_cap(cell, start + (size_t)n);
		const struct jhcfg_pci_cap *b = &caps->items[n];

		if (a->id != b->id || a->start != b->start ||
		    a->len != b->len || a->flags != b->flags)
			return false;
	}
	return true;
}

/* Functions of a kind have the same ones: each list is written once. */
static int place_caps(struct x86_root *root, const struct x86_caps *caps,
		      struct jhcfg_pci_device *device)
{
	const struct jhcfg_cell *cell = jhcfg_config_cell(root->config);
	const struct jhcfg_pci_device *other;
	size_t start = jhcfg_cell_num_pci_caps(cell);
	int err = 0;

	device->num_caps = caps->count;
	if (!caps->count)
		return 0;
	for (size_t n = 0; (other = jhcfg_cell_pci_device(cell, n)); n++)
		if (other->num_caps == caps->count &&
		    same_caps(cell, other->caps_start, caps)) {
			device->caps_start = other->caps_start;
			return 0;
		}
	if (start + caps->count > UINT16_MAX)
		return -E2BIG;
	device->caps_start = (uint16_t)start;
	for (uint16_t n = 0; !err && n < caps->count; n++)
		err = jhcfg_config_insert_pci_cap(root->config, SIZE_MAX,
						  &caps->items[n]);
	return err;
}

static int add_function(struct x86_root *root,
			const struct jhcfg_hw_pci_function *function,
			uint32_t *vectors)
{
	struct jhcfg_pci_device device = {
		.type = function->header_type ? JAILHOUSE_PCI_TYPE_BRIDGE
					      : JAILHOUSE_PCI_TYPE_DEVICE,
		.iommu = function->iommu > 0 ? (uint8_t)function->iommu : 0,
		.domain = function->domain,
		.bdf = function->bdf,
	};
	struct x86_caps caps;
	int err;

	x86_find_caps(function, &caps);
	set_bars(function, &device);
	set_msi(function, &caps, &device);
	set_msix(root, function, &caps, &device);
	*vectors += device.num_msix_vectors > device.num_msi_vectors
			    ? device.num_msix_vectors
			    : device.num_msi_vectors;
	err = place_caps(root, &caps, &device);
	if (!err)
		err = jhcfg_config_insert_pci_device(root->config, SIZE_MAX,
						     &device);
	return err;
}

/* One remapping entry for each interrupt that there may be; a power of two. */
static void set_limit(struct x86_root *root, uint32_t vectors)
{
	uint32_t limit = 256;

	vectors +=
		IOAPIC_IRQS * (uint32_t)jhcfg_board_num_irqchips(root->board);
	while (limit < vectors && limit < MAX_IRQ_LIMIT)
		limit *= 2;
	if (limit < vectors)
		x86_say(root, JHCFG_WARNING, "G23", NULL,
			"%u interrupts are more than can be remapped", vectors);
	if (root->platform.iommu_units[0].type == JAILHOUSE_IOMMU_INTEL)
		root->platform.vtd_interrupt_limit = limit;
}

int x86_add_pci(struct x86_root *root)
{
	const struct jhcfg_hw_pci_function *function;
	uint32_t vectors = 0;
	size_t left_out = 0;
	int err = 0;

	for (size_t n = 0;
	     !err && n < MAX_FUNCTIONS &&
	     (function = jhcfg_board_pci_function(root->board, n));
	     n++) {
		if (x86_has_function(root, function))
			err = add_function(root, function, &vectors);
		else
			left_out +=
				function->domain != root->platform.pci_domain;
	}
	if (left_out)
		x86_say(root, JHCFG_WARNING, "G24",
			"keep Linux from using them",
			"%zu PCI functions are left out: the hypervisor knows "
			"one domain only",
			left_out);
	set_limit(root, vectors);
	return err;
}
