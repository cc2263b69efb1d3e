// SPDX-License-Identifier: LGPL-2.1-or-later
/* Which cell has which PCI function. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include <jailhouse/cell-config.h>
#include <jhcfg/edit.h>

#include "check/pci.h"

static int compare_entries(const void *a, const void *b)
{
	const struct pci_entry *x = a, *y = b;

	if (x->address != y->address)
		return x->address < y->address ? -1 : 1;
	if (x->cell->key != y->cell->key)
		return x->cell->key < y->cell->key ? -1 : 1;
	return (x->index > y->index) - (x->index < y->index);
}

/* An entry without a type is an empty one, for F03. */
static bool is_physical(const struct jhcfg_pci_device *device)
{
	return device->type == JAILHOUSE_PCI_TYPE_DEVICE ||
	       device->type == JAILHOUSE_PCI_TYPE_BRIDGE;
}

int pci_index_make(const struct check *check, struct pci_index *index)
{
	const struct jhcfg_pci_device *device;
	size_t count = 0;

	for (size_t c = 0; c < check->num_cells; c++)
		count += jhcfg_cell_num_pci_devices(check->cells[c]->cell);
	*index = (struct pci_index){
		.entries = calloc(count + 1, sizeof(*index->entries)),
	};
	if (!index->entries)
		return -ENOMEM;
	for (size_t c = 0; c < check->num_cells; c++)
		for (size_t n = 0;
		     (device = jhcfg_cell_pci_device(check->cells[c]->cell, n));
		     n++)
			if (is_physical(device))
				index->entries[index->count++] =
					(struct pci_entry){
						.address = pci_address(
							device->domain,
							device->bdf),
						.cell = check->cells[c],
						.index = n,
						.device = device,
					};
	qsort(index->entries, index->count, sizeof(*index->entries),
	      compare_entries);
	return 0;
}

void pci_index_clear(struct pci_index *index)
{
	free(index->entries);
	*index = (struct pci_index){ 0 };
}

size_t pci_index_from(const struct pci_index *index, uint32_t address)
{
	size_t low = 0, high = index->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (index->entries[middle].address < address)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

const struct pci_entry *pci_index_find(const struct pci_index *index,
				       uint16_t domain, uint16_t bdf)
{
	const uint32_t address = pci_address(domain, bdf);
	const size_t n = pci_index_from(index, address);

	return n < index->count && index->entries[n].address == address
		       ? &index->entries[n]
		       : NULL;
}

const struct pci_entry *pci_index_owner(const struct pci_index *index,
					uint16_t domain, uint16_t bdf)
{
	const struct pci_entry *end = index->entries + index->count;
	const struct pci_entry *entry = pci_index_find(index, domain, bdf);
	const struct pci_entry *next = entry;

	/* The root has the lowest key. */
	while (entry && next < end && next->address == entry->address &&
	       next->cell->is_root)
		next++;
	return entry && next < end && next->address == entry->address ? next
								      : entry;
}

const struct jhcfg_hw_pci_function *pci_function(
	const struct jhcfg_board *board, const struct jhcfg_pci_device *device)
{
	const struct jhcfg_hw_pci_function *function;

	for (size_t n = 0;
	     board && (function = jhcfg_board_pci_function(board, n)); n++)
		if (function->bdf == device->bdf &&
		    function->domain == device->domain)
			return function;
	return NULL;
}

struct bdf_text bdf_text(uint16_t domain, uint16_t bdf)
{
	struct bdf_text text;

	if (domain)
		snprintf(text.text, sizeof(text.text), "%04x:%02x:%02x.%u",
			 domain, bdf >> 8U, bdf >> 3 & 31U, bdf & 7U);
	else
		snprintf(text.text, sizeof(text.text), "%02x:%02x.%u",
			 bdf >> 8U, bdf >> 3 & 31U, bdf & 7U);
	return text;
}

struct found at_pci_device(const struct check_cell *cell, size_t index)
{
	return (struct found){
		.cell = cell,
		.element = JHCFG_AT_PCI_DEVICE,
		.index = index,
		.unfixable = index >= cell->num_own_pci,
	};
}

int pci_copy_device(struct jhcfg_config *config, const struct jhcfg_cell *from,
		    const struct jhcfg_pci_device *device)
{
	const size_t start = jhcfg_cell_num_pci_caps(jhcfg_config_cell(config));
	struct jhcfg_pci_device copy = *device;
	const struct jhcfg_pci_cap *cap;
	int err = 0;

	copy.caps_start = (uint16_t)(device->num_caps ? start : 0);
	for (size_t n = 0; !err && n < device->num_caps; n++) {
		cap = jhcfg_cell_pci_cap(from, device->caps_start + n);
		if (!cap || start + n > UINT16_MAX)
			return -EINVAL;
		err = jhcfg_config_insert_pci_cap(config, SIZE_MAX, cap);
	}
	return err ? err
		   : jhcfg_config_insert_pci_device(config, SIZE_MAX, &copy);
}
