// SPDX-License-Identifier: LGPL-2.1-or-later
/* Giving PCI functions to cells. */
#include <errno.h>
#include <inttypes.h>

#include "plan/device.h"

#define BDF_FORMAT     "%04x:%02x:%02x.%x"
#define BDF_ARGS(d, b) (d), (b) >> 8, (b) >> 3 & 0x1f, (b)&7

static const struct jhcfg_pci_device *find_entry(const struct jhcfg_cell *cell,
						 uint16_t domain, uint16_t bdf)
{
	const struct jhcfg_pci_device *device;

	for (size_t n = 0; (device = jhcfg_cell_pci_device(cell, n)); n++)
		if (device->type != JAILHOUSE_PCI_TYPE_IVSHMEM &&
		    device->domain == domain && device->bdf == bdf)
			return device;
	return NULL;
}

static const struct jhcfg_hw_pci_function *find_function(
	const struct jhcfg_plan *plan, uint16_t domain, uint16_t bdf)
{
	const struct jhcfg_board *board = plan_board(plan);
	const struct jhcfg_hw_pci_function *function;

	for (size_t n = 0;
	     board && (function = jhcfg_board_pci_function(board, n)); n++)
		if (function->domain == domain && function->bdf == bdf)
			return function;
	return NULL;
}

/* A region that is this BAR, or a part of it: the page of the MSI-X table is
 * left out. */
static const struct jhcfg_memory *find_bar(const struct jhcfg_cell *cell,
					   struct jhcfg_range bar)
{
	struct jhcfg_range pages = plan_pages_of(bar);
	const struct jhcfg_memory *memory;

	for (size_t n = 0; (memory = jhcfg_cell_memory(cell, n)); n++)
		if (memory->size && memory->phys_start >= pages.start &&
		    memory->size <= pages.size &&
		    memory->phys_start - pages.start <=
			    pages.size - memory->size)
			return memory;
	return NULL;
}

static int take_back_bar(struct jhcfg_plan *plan, uint32_t from, size_t bar,
			 struct jhcfg_range range, const char *reason)
{
	const struct jhcfg_memory *memory;
	int err = 0;

	while (!err && (memory = find_bar(plan_cell(plan, from), range))) {
		struct jhcfg_plan_op op = { .kind = JHCFG_PLAN_REMOVE_MEMORY,
					    .cell = from,
					    .memory = *memory };

		err = plan_add(plan, &op, reason, "BAR %zu", bar);
	}
	return err;
}

static int take_back(struct jhcfg_plan *plan, uint32_t from,
		     const struct jhcfg_pci_device *entry,
		     const struct jhcfg_hw_pci_function *function,
		     const char *reason)
{
	struct jhcfg_plan_op op = { .kind = JHCFG_PLAN_REMOVE_PCI,
				    .cell = from,
				    .pci = *entry };
	int err = plan_add(plan, &op, reason, BDF_FORMAT,
			   BDF_ARGS(entry->domain, entry->bdf));

	for (size_t n = 0; !err && function && n < 6; n++)
		if (function->bar[n].range.size && !function->bar[n].io)
			err = take_back_bar(plan, from, n,
					    function->bar[n].range, reason);
	return err;
}

static int take_back_from_others(struct jhcfg_plan *plan, uint32_t cell,
				 uint16_t domain, uint16_t bdf)
{
	uint32_t key;
	int err = 0;

	for (size_t n = 1; !err && (key = plan_cell_key(plan, n)); n++) {
		const struct jhcfg_pci_device *entry =
			find_entry(plan_cell(plan, key), domain, bdf);

		if (entry && key != cell)
			err = take_back(plan, key, entry,
					find_function(plan, domain, bdf),
					plan_text(plan, "goes to \"%s\"",
						  plan_cell_name(plan, cell)));
	}
	return err;
}

/* The page of the MSI-X table must trap: what is around it is mapped. */
static struct jhcfg_range without_table(struct jhcfg_range bar,
					const struct jhcfg_pci_device *entry,
					bool behind)
{
	uint64_t table = entry->msix_address;
	uint64_t size = entry->msix_region_size;
	uint64_t end = bar.start + bar.size;

	if (!entry->num_msix_vectors || table < bar.start || table >= end)
		return behind ? (struct jhcfg_range){ 0, 0 } : bar;
	if (!behind)
		return (struct jhcfg_range){ bar.start, table - bar.start };
	if (size > end - table)
		size = end - table;
	return (struct jhcfg_range){ table + size, end - table - size };
}

static int give_bar_part(struct jhcfg_plan *plan, uint32_t cell, size_t bar,
			 struct jhcfg_range range)
{
	struct jhcfg_plan_op op = {
		.kind = JHCFG_PLAN_ADD_MEMORY,
		.cell = cell,
		.memory = {
			.phys_start = range.start,
			.virt_start = range.start,
			.size = range.size,
			.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE |
				 JAILHOUSE_MEM_IO,
		},
	};

	if (!range.size)
		return 0;
	return plan_add(plan, &op, "registers of the function", "BAR %zu", bar);
}

static int give_bars(struct jhcfg_plan *plan, uint32_t cell,
		     const struct jhcfg_pci_device *entry,
		     const struct jhcfg_hw_pci_function *function)
{
	int err = 0;

	for (size_t n = 0; !err && n < 6; n++) {
		struct jhcfg_range bar = function->bar[n].range;

		if (!bar.size || function->bar[n].io || !bar.start)
			continue;
		bar = plan_pages_of(bar);
		err = give_bar_part(plan, cell, n,
				    without_table(bar, entry, false));
		if (!err)
			err = give_bar_part(plan, cell, n,
					    without_table(bar, entry, true));
	}
	return err;
}

/* Functions that share isolation, or a slot. */
static int note_mates(struct jhcfg_plan *plan, uint32_t cell,
		      const struct jhcfg_hw_pci_function *own)
{
	const struct jhcfg_board *board = plan_board(plan);
	const struct jhcfg_hw_pci_function *other;
	int err = 0;

	for (size_t n = 0; !err && (other = jhcfg_board_pci_function(board, n));
	     n++) {
		bool group = own->iommu_group >= 0 &&
			     own->iommu_group == other->iommu_group;
		bool slot = own->domain == other->domain &&
			    own->bdf >> 3 == other->bdf >> 3;

		if (other == own || (!group && !slot) ||
		    find_entry(plan_cell(plan, cell), other->domain,
			       other->bdf))
			continue;
		err = plan_note(plan, JHCFG_PLAN_WARNING, cell,
				group ? "no IOMMU can tell them apart"
				      : "functions of one device reset "
					"together",
				BDF_FORMAT " stays with root",
				BDF_ARGS(other->domain, other->bdf));
	}
	return err;
}

static int give(struct jhcfg_plan *plan, uint32_t cell,
		const struct jhcfg_pci_device *entry)
{
	const struct jhcfg_hw_pci_function *function =
		find_function(plan, entry->domain, entry->bdf);
	struct jhcfg_pci_device copy = *entry;
	struct jhcfg_plan_op op = { .kind = JHCFG_PLAN_ADD_PCI,
				    .cell = cell,
				    .pci = copy };
	int err = plan_add(plan, &op, "asked for", BDF_FORMAT,
			   BDF_ARGS(copy.domain, copy.bdf));

	if (err)
		return err;
	if (!function)
		return plan_note(plan, JHCFG_PLAN_WARNING, cell,
				 "the board does not know the function",
				 "add the BARs of " BDF_FORMAT
				 " as memory regions",
				 BDF_ARGS(copy.domain, copy.bdf));
	err = give_bars(plan, cell, &copy, function);
	if (!err && function->interrupt_pin && !copy.num_msi_vectors &&
	    !copy.num_msix_vectors)
		err = plan_note(plan, JHCFG_PLAN_WARNING, cell,
				"it has no messages, and its line may be that "
				"of others",
				"give the interrupt line of " BDF_FORMAT
				", too",
				BDF_ARGS(copy.domain, copy.bdf));
	return err ? err : note_mates(plan, cell, function);
}

int plan_assign_pci(struct jhcfg_plan *plan, uint32_t cell, uint16_t domain,
		    uint16_t bdf)
{
	const struct jhcfg_pci_device *entry =
		find_entry(plan_cell(plan, JHCFG_ROOT_KEY), domain, bdf);
	int err;

	if (!entry)
		return plan_refuse(plan, -ENOENT,
				   "the root's list has to have it first",
				   "the root has no PCI function " BDF_FORMAT,
				   BDF_ARGS(domain, bdf));
	if (entry->type == JAILHOUSE_PCI_TYPE_BRIDGE && cell != JHCFG_ROOT_KEY)
		return plan_refuse(plan, -EPERM, "give the functions behind it",
				   BDF_FORMAT " is a bridge",
				   BDF_ARGS(domain, bdf));
	err = take_back_from_others(plan, cell, domain, bdf);
	if (err || cell == JHCFG_ROOT_KEY ||
	    find_entry(plan_cell(plan, cell), domain, bdf))
		return err;
	/* Taking back may have moved it. */
	entry = find_entry(plan_cell(plan, JHCFG_ROOT_KEY), domain, bdf);
	return entry ? give(plan, cell, entry) : -ENOENT;
}

int jhcfg_plan_assign_pci(const struct jhcfg_workspace *workspace,
			  uint32_t cell, uint16_t domain, uint16_t bdf,
			  struct jhcfg_diags *diags, struct jhcfg_plan **result)
{
	struct jhcfg_plan *plan = plan_new(workspace, NULL, diags);
	int err;

	if (!plan)
		return -ENOMEM;
	err = plan_set_name(plan, "Give " BDF_FORMAT " to %s",
			    BDF_ARGS(domain, bdf), plan_cell_name(plan, cell));
	if (!err && !plan_cell(plan, cell))
		err = plan_refuse(plan, -ENOENT, NULL, "there is no such cell");
	if (!err)
		err = plan_assign_pci(plan, cell, domain, bdf);
	return plan_finish(plan, err, result);
}
