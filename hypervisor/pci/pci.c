// SPDX-License-Identifier: GPL-2.0-only
/*
 * The ECAM window (PCI Express Base Specification 7.2.2): 4 KiB per function at
 * base + (bdf << 12). Cells find what they own there and all ones elsewhere.
 */
#include <hv/page_pool.h>
#include <hv/pci.h>
#include <hv/printk.h>
#include <hv/string.h>
#include <hv/unit.h>

#define ECAM_BUS_SIZE 0x100000UL
#define ECAM_REG_MASK 0xfffU

static u64 ecam_base(void)
{
	return system_config->platform_info.pci_mmconfig_base;
}

static u64 ecam_size(void)
{
	return (system_config->platform_info.pci_mmconfig_end_bus + 1UL) *
	       ECAM_BUS_SIZE;
}

/* A window that is not backed by a host bridge has only ivshmem devices. */
static bool is_virtual(void)
{
	return system_config->platform_info.pci_is_virtual;
}

_Static_assert(sizeof(struct pci_device) == 96,
	       "libjhcfg/plan/pool.c counts with this size");

/* --- functions of a cell
 * ------------------------------------------------------ */

static struct pci_device *find_device(const struct cell *cell, u16 bdf)
{
	u32 low = 0, high = cell->num_pci;

	while (low < high) {
		u32 middle = (low + high) / 2;
		struct pci_device *device = &cell->pci[middle];

		if (device->info->bdf == bdf)
			return device;
		if (device->info->bdf < bdf)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

static struct pci_device *find_physical(const struct cell *cell,
					const struct jailhouse_pci_device *info)
{
	struct pci_device *device = find_device(cell, info->bdf);

	return device && !device->ivshmem ? device : NULL;
}

/* --- access
 * ------------------------------------------------------------------- */

static u32 all_ones(unsigned int size)
{
	return size == 4 ? ~0U : (1U << size * 8) - 1;
}

static bool config_access(struct cell *cell, u16 bdf, struct pci_access *access)
{
	struct pci_device *device = find_device(cell, bdf);
	bool permitted;

	/* The root's entry of a function that a cell has names that cell. */
	if (!device || device->cell != cell) {
		access->value = all_ones(access->size);
		return !access->is_write;
	}
	spin_lock(&device->lock);
	permitted = device->ivshmem ? ivshmem_config_access(device, access)
				    : pci_physical_access(device, access);
	spin_unlock(&device->lock);
	return permitted;
}

static enum mmio_result ecam_access(void *arg, struct mmio_access *mmio)
{
	struct cell *cell = arg;
	u16 bdf = (u16)(mmio->address >> 12);
	struct pci_access access = {
		.reg = (u16)(mmio->address & ECAM_REG_MASK),
		.size = mmio->size,
		.is_write = mmio->is_write,
		.value = (u32)mmio->value,
	};

	if (mmio->size <= 4 && !(access.reg & (access.size - 1U)) &&
	    config_access(cell, bdf, &access)) {
		if (!mmio->is_write)
			mmio->value = access.value;
		return MMIO_HANDLED;
	}
	printk_guest(cell,
		     "FATAL: Invalid PCI config %s, device " PCI_FORMAT
		     ", reg: 0x%x, size: %u\n",
		     mmio->is_write ? "write" : "read", PCI_ARGS(bdf),
		     access.reg, mmio->size);
	return MMIO_ERROR;
}

/* --- the unit
 * ------------------------------------------------------------------- */

static __cold int pci_init(void)
{
	if (!ecam_base())
		printk("No PCI host: devices of all cells are left out\n");
	return 0;
}

static __cold u32 pci_count_windows(const struct cell *cell)
{
	const struct jailhouse_pci_device *info =
		jailhouse_cell_pci_devices(cell->config);
	u32 count = 1; /* the ECAM */

	for (u32 n = 0; n < cell->config->num_pci_devices; n++, info++)
		if (info->type == JAILHOUSE_PCI_TYPE_IVSHMEM)
			count += ivshmem_count_windows(info);
	return count;
}

/* Devices and, behind them, the ends of links, in one piece of pages. */
static size_t array_size(const struct cell *cell)
{
	return cell->config->num_pci_devices *
	       (sizeof(struct pci_device) + ivshmem_endpoint_size());
}

static __cold void insert_sorted(struct cell *cell,
				 const struct jailhouse_pci_device *info)
{
	struct pci_device *device = &cell->pci[cell->num_pci++];

	for (; device > cell->pci && device[-1].info->bdf > info->bdf; device--)
		*device = device[-1];
	memset(device, 0, sizeof(*device));
	device->info = info;
	device->cell = cell;
}

static __cold void announce(const char *what, const struct pci_device *device)
{
	printk("%s PCI device " PCI_FORMAT " %s cell \"%s\"\n", what,
	       PCI_ARGS(device->info->bdf), what[0] == 'R' ? "from" : "to",
	       device->cell->config->name);
}

static __cold void remove_devices(struct cell *cell, u32 first, u32 end)
{
	for (u32 n = first; n < end; n++) {
		announce("Removing", &cell->pci[n]);
		if (cell->pci[n].ivshmem)
			ivshmem_exit(&cell->pci[n]);
	}
}

static __cold int add_devices(struct cell *cell)
{
	char *endpoints = (char *)(cell->pci + cell->config->num_pci_devices);

	for (u32 n = 0; n < cell->num_pci; n++) {
		struct pci_device *device = &cell->pci[n];
		int err;

		if (device->info->type != JAILHOUSE_PCI_TYPE_IVSHMEM) {
			announce("Adding", device);
			continue;
		}
		announce("Adding virtual", device);
		err = ivshmem_init(device,
				   endpoints + n * ivshmem_endpoint_size());
		if (err) {
			remove_devices(cell, 0, n);
			return err;
		}
	}
	return 0;
}

static __cold void free_devices(struct cell *cell)
{
	page_free(cell->pci, PAGES(array_size(cell)));
	cell->pci = NULL;
	cell->num_pci = 0;
}

static __cold int pci_cell_init(struct cell *cell)
{
	const struct jailhouse_pci_device *info =
		jailhouse_cell_pci_devices(cell->config);
	int err;

	if (!ecam_base())
		return 0;
	err = mmio_add(&cell->mmio, ecam_base(), ecam_size(), ecam_access,
		       cell);
	if (err || !cell->config->num_pci_devices)
		return err;

	cell->pci = page_alloc(PAGES(array_size(cell)));
	if (!cell->pci)
		return -ENOMEM;
	for (u32 n = 0; n < cell->config->num_pci_devices; n++, info++)
		if (info->type == JAILHOUSE_PCI_TYPE_IVSHMEM || !is_virtual())
			insert_sorted(cell, info);
	err = add_devices(cell);
	if (err)
		free_devices(cell);
	return err;
}

/* Real functions that come to the cell are silenced; they leave the root's
 * sight at the same time. What the root has already stays as it is. */
static __cold void pci_config_commit(struct cell *cell)
{
	for (u32 n = 0; n < cell->num_pci; n++) {
		struct pci_device *device = &cell->pci[n];
		struct pci_device *root;

		if (device->ivshmem || device->taken)
			continue;
		device->taken = true;
		if (cell != &root_cell) {
			pci_physical_quiesce(device->info);
			root = find_physical(&root_cell, device->info);
			if (root)
				root->cell = cell;
		}
		pci_physical_take(device);
	}
}

static __cold void pci_cell_exit(struct cell *cell)
{
	if (!cell->pci)
		return;
	for (u32 n = 0; n < cell->num_pci; n++) {
		struct pci_device *device = &cell->pci[n];
		struct pci_device *root;

		if (device->ivshmem)
			continue;
		if (cell == &root_cell || !device->taken)
			continue;
		pci_physical_quiesce(device->info);
		pci_physical_restore(device);
		root = find_physical(&root_cell, device->info);
		if (root) {
			root->cell = &root_cell;
			pci_physical_take(root);
		}
	}
	remove_devices(cell, 0, cell->num_pci);
	free_devices(cell);
}

static __cold void pci_cell_reset(struct cell *cell)
{
	for (u32 n = 0; n < cell->num_pci; n++) {
		struct pci_device *device = &cell->pci[n];

		if (device->ivshmem) {
			ivshmem_reset(device);
		} else {
			pci_physical_quiesce(device->info);
			pci_physical_restore(device);
			pci_physical_take(device);
		}
	}
}

DEFINE_UNIT(pci_unit) = {
	.name = "PCI",
	.phase = UNIT_PHASE_PCI,
	.init = pci_init,
	.count_windows = pci_count_windows,
	.cell_init = pci_cell_init,
	.cell_exit = pci_cell_exit,
	.config_commit = pci_config_commit,
	.cell_reset = pci_cell_reset,
};
