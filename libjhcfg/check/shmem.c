// SPDX-License-Identifier: LGPL-2.1-or-later
#include "check/shmem.h"

#include <errno.h>
#include <stdlib.h>

#include <jailhouse/cell-config.h>
#include <jhcfg/edit.h>

#include "check/devices.h"

bool shmem_is_end(const struct jhcfg_pci_device *device)
{
	return device->type == JAILHOUSE_PCI_TYPE_IVSHMEM &&
	       device->shmem_peers;
}

static int compare_ends(const void *a, const void *b)
{
	const struct shmem_end *x = a, *y = b;

	if (x->device->bdf != y->device->bdf)
		return x->device->bdf < y->device->bdf ? -1 : 1;
	if (x->cell->key != y->cell->key)
		return x->cell->key < y->cell->key ? -1 : 1;
	return (x->index > y->index) - (x->index < y->index);
}

int shmem_index_make(const struct check *check, struct shmem_index *index)
{
	const struct jhcfg_pci_device *device;
	size_t count = 0;

	for (size_t c = 0; c < check->num_cells; c++)
		count += jhcfg_cell_num_pci_devices(check->cells[c]->cell);
	*index = (struct shmem_index){
		.ends = calloc(count + 1, sizeof(*index->ends)),
	};
	if (!index->ends)
		return -ENOMEM;
	for (size_t c = 0; c < check->num_cells; c++)
		for (size_t n = 0;
		     (device = jhcfg_cell_pci_device(check->cells[c]->cell, n));
		     n++)
			if (shmem_is_end(device))
				index->ends[index->count++] =
					(struct shmem_end){
						.cell = check->cells[c],
						.index = n,
						.device = device,
					};
	qsort(index->ends, index->count, sizeof(*index->ends), compare_ends);
	return 0;
}

void shmem_index_clear(struct shmem_index *index)
{
	free(index->ends);
	*index = (struct shmem_index){ 0 };
}

size_t shmem_num_regions(const struct jhcfg_pci_device *device)
{
	return (size_t)SHMEM_FIRST_OUTPUT + device->shmem_peers;
}

bool shmem_fits(const struct check_cell *cell,
		const struct jhcfg_pci_device *device)
{
	return device->shmem_regions_start <= cell->num_memory &&
	       cell->num_memory - device->shmem_regions_start >=
		       shmem_num_regions(device);
}

bool shmem_is_own(const struct check_cell *cell, size_t index)
{
	const struct jhcfg_pci_device *device =
		jhcfg_cell_pci_device(cell->cell, index);

	return index < cell->num_own_pci &&
	       (!shmem_fits(cell, device) ||
		device->shmem_regions_start + shmem_num_regions(device) <=
			cell->num_own_memory);
}

const struct jhcfg_memory *shmem_region(const struct check_cell *cell,
					const struct jhcfg_pci_device *device,
					size_t n)
{
	return jhcfg_cell_memory(cell->cell,
				 (size_t)device->shmem_regions_start + n);
}

uint64_t shmem_rights(size_t n, uint8_t id)
{
	const bool writes =
		n == SHMEM_RW || n == (size_t)SHMEM_FIRST_OUTPUT + id;

	return JAILHOUSE_MEM_READ | (writes ? JAILHOUSE_MEM_WRITE : 0);
}

uint64_t shmem_line(const struct check_cell *cell,
		    const struct jhcfg_pci_device *device)
{
	return (uint64_t)FIRST_SPI + jhcfg_cell_vpci_irq_base(cell->cell) +
	       (device->bdf >> 3 & 3);
}

bool shmem_uses_line(const struct check *check,
		     const struct jhcfg_pci_device *device)
{
	return !check_is_x86(check) && shmem_is_end(device) &&
	       !device->num_msix_vectors;
}

bool shmem_other_end(const struct shmem_index *index,
		     const struct shmem_end *except, struct shmem_end *other)
{
	for (size_t n = 0; n < index->count; n++) {
		const struct shmem_end *end = &index->ends[n];

		if (end->device->bdf != except->device->bdf ||
		    end->cell == except->cell ||
		    !shmem_fits(end->cell, end->device))
			continue;
		*other = *end;
		return true;
	}
	return false;
}

/* --- repairing ------------------------------------------------------------
 */

/* As many regions behind those of the device as it shall have. */
static int resize(struct jhcfg_config *config, size_t first, size_t has,
		  size_t wanted)
{
	const struct jhcfg_memory empty = { 0 };
	int err = 0;

	for (; !err && has < wanted; has++)
		err = jhcfg_config_insert_memory(config, first + has, &empty);
	for (; !err && has > wanted; has--)
		err = jhcfg_config_remove_memory(config, first + has - 1);
	return err;
}

int shmem_sync(struct jhcfg_config *config, size_t index,
	       const struct shmem_end *model, uint64_t virt)
{
	struct jhcfg_pci_device device =
		*jhcfg_cell_pci_device(jhcfg_config_cell(config), index);
	const size_t first = device.shmem_regions_start;
	const size_t count = shmem_num_regions(model->device);
	int err = resize(config, first, shmem_num_regions(&device), count);

	for (size_t n = 0; !err && n < count; n++) {
		const struct jhcfg_memory *like =
			shmem_region(model->cell, model->device, n);
		const struct jhcfg_memory memory = {
			.phys_start = like->phys_start,
			.virt_start = like->size ? virt : 0,
			.size = like->size,
			.flags = like->size ? shmem_rights(
						      n, device.shmem_dev_id) |
						      JAILHOUSE_MEM_ROOTSHARED
					    : 0,
		};

		virt += like->size;
		err = jhcfg_config_replace_memory(config, first + n, &memory);
	}
	device.shmem_peers = model->device->shmem_peers;
	return err ? err
		   : jhcfg_config_replace_pci_device(config, index, &device);
}
