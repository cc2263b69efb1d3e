// SPDX-License-Identifier: LGPL-2.1-or-later
/* PCI functions that belong together: P07. */
#include <errno.h>
#include <stdlib.h>

#include "check/pci.h"
#include "check/regions.h"

#define CLASS_BRIDGE                                                           \
	0x06U /* the upper of three bytes: PCI Code and ID, 1.7                \
	       */
#define HEADER_TYPE 0x7fU

/* What keeps functions together: one IOMMU group, or one slot where groups are
 * not known. */
struct member {
	uint64_t key;
	const struct jhcfg_hw_pci_function *function;
	const struct pci_entry *owner;
};

#define BY_SLOT (1ULL << 32)

static uint64_t key_of(const struct jhcfg_hw_pci_function *function)
{
	return function->iommu_group >= 0
		       ? (uint64_t)function->iommu_group
		       : BY_SLOT | pci_address(function->domain,
					       function->bdf & 0xfff8);
}

/* Bridges pass on what others say, and stay in the root cell. */
static bool is_bridge(const struct jhcfg_hw_pci_function *function)
{
	return function->class_code >> 16 == CLASS_BRIDGE ||
	       (function->header_type & HEADER_TYPE) == 1;
}

static int compare_members(const void *a, const void *b)
{
	const struct member *x = a, *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	if (x->owner->cell != y->owner->cell)
		return x->owner->cell->key < y->owner->cell->key ? -1 : 1;
	return (x->function->bdf > y->function->bdf) -
	       (x->function->bdf < y->function->bdf);
}

static size_t list_members(const struct check *check,
			   const struct pci_index *index,
			   struct member *members)
{
	const struct jhcfg_hw_pci_function *function;
	const struct pci_entry *owner;
	size_t count = 0;

	for (size_t n = 0;
	     (function = jhcfg_board_pci_function(check->board, n)); n++) {
		owner = pci_index_owner(index, function->domain, function->bdf);
		if (owner && !is_bridge(function))
			members[count++] = (struct member){
				.key = key_of(function),
				.function = function,
				.owner = owner,
			};
	}
	qsort(members, count, sizeof(*members), compare_members);
	return count;
}

/* @second is the cell's that is not the root, which comes first. */
static void report_group(struct check *check, const struct member *first,
			 const struct member *second)
{
	struct found found =
		at_pci_device(second->owner->cell, second->owner->index);
	const bool by_slot = second->key & BY_SLOT;

	found.related = first->owner->cell;
	found.related_element = JHCFG_AT_PCI_DEVICE;
	found.related_index = first->owner->index;
	found.unfixable |= !first->owner->cell->is_root;
	check_report(
		check, &found,
		"PCI device %s of cell \"%s\" and %s of cell \"%s\" are %s %d",
		bdf_text(second->function->domain, second->function->bdf).text,
		second->owner->cell->name,
		bdf_text(first->function->domain, first->function->bdf).text,
		first->owner->cell->name,
		by_slot ? "functions of one device, slot" : "in IOMMU group",
		by_slot ? second->function->bdf >> 3 & 31
			: second->function->iommu_group);
}

/* A bridge that a cell has, and behind it a device of another one. */
static void check_children(struct check *check, const struct pci_index *index,
			   const struct jhcfg_hw_pci_function *bridge)
{
	const struct pci_entry *owner =
		pci_index_owner(index, bridge->domain, bridge->bdf);
	const uint32_t first = pci_address(
		bridge->domain, (uint16_t)(bridge->secondary_bus << 8));
	const uint32_t last =
		pci_address(bridge->domain,
			    (uint16_t)(bridge->subordinate_bus << 8 | 0xff));

	if (!owner || owner->cell->is_root || !bridge->secondary_bus)
		return;
	for (size_t n = pci_index_from(index, first);
	     n < index->count && index->entries[n].address <= last; n++) {
		const struct pci_entry *child = &index->entries[n];
		struct found found = at_pci_device(child->cell, child->index);

		if (child->cell == owner->cell || child->cell->is_root)
			continue;
		found.related = owner->cell;
		found.related_element = JHCFG_AT_PCI_DEVICE;
		found.related_index = owner->index;
		found.unfixable = true;
		check_report(
			check, &found,
			"PCI device %s of cell \"%s\" is behind bridge %s of "
			"cell \"%s\", which can switch it off",
			bdf_text(child->device->domain, child->device->bdf)
				.text,
			child->cell->name,
			bdf_text(bridge->domain, bridge->bdf).text,
			owner->cell->name);
	}
}

static void check_members(struct check *check, const struct pci_index *index,
			  struct member *members)
{
	const struct jhcfg_hw_pci_function *function;
	size_t count = list_members(check, index, members);

	for (size_t n = 1; n < count; n++)
		if (members[n].key == members[n - 1].key &&
		    members[n].owner->cell != members[n - 1].owner->cell)
			report_group(check, &members[n - 1], &members[n]);
	for (size_t n = 0;
	     (function = jhcfg_board_pci_function(check->board, n)); n++)
		if ((function->header_type & HEADER_TYPE) == 1)
			check_children(check, index, function);
}

void pci_check_group(struct check *check, const struct check_cell *root)
{
	struct member *members =
		calloc(jhcfg_board_num_pci_functions(check->board) + 1,
		       sizeof(*members));
	struct pci_index index = { 0 };

	(void)root;
	if (!members || pci_index_make(check, &index))
		check_no_memory(check);
	else
		check_members(check, &index, members);
	pci_index_clear(&index);
	free(members);
}

/* The device comes with its capabilities and registers; the root keeps it in
 * its list, as all that cells have. */
static int move(const struct fix *fix, struct jhcfg_config *config,
		const struct pci_entry *mate, struct intervals *has)
{
	const struct jhcfg_hw_pci_function *function =
		pci_function(fix->check->board, mate->device);
	int err = pci_copy_device(config, mate->cell->cell, mate->device);

	/* its table is the hypervisor's */
	if (mate->device->msix_address)
		intervals_add(has, mate->device->msix_address,
			      mate->device->msix_region_size, 0, SIZE_MAX);
	if (!err)
		err = intervals_sort(has);
	return err || !function ? err : pci_add_bars(config, function, has);
}

/* All that the root has of the group goes to the cell. */
int pci_fix_group(struct fix *fix)
{
	const struct jhcfg_hw_pci_function *function,
		*own = pci_function(
			fix->check->board,
			jhcfg_cell_pci_device(fix->cell->cell,
					      fix->finding->at.index));
	struct jhcfg_config *config = fix_edit(fix);
	struct intervals has = { 0 };
	struct pci_index index = { 0 };
	const struct pci_entry *mate;
	int err =
		config && own ? pci_collect_covered(fix->cell, &has) : -ENOMEM;

	if (!err)
		err = pci_index_make(fix->check, &index);
	for (size_t n = 0;
	     !err &&
	     (function = jhcfg_board_pci_function(fix->check->board, n));
	     n++) {
		mate = pci_index_owner(&index, function->domain, function->bdf);
		if (mate && mate->cell->is_root && !is_bridge(function) &&
		    key_of(function) == key_of(own))
			err = move(fix, config, mate, &has);
	}
	pci_index_clear(&index);
	intervals_clear(&has);
	return err;
}
