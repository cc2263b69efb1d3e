// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/pci_index.h"

#include <jailhouse/cell-config.h>

#include "model/owner.h"
#include "model/text.h"

#define CLASS_BRIDGE 0x06U /* the upper of three bytes: PCI Code and ID, 1.7 */

/* PCI Code and ID Assignment Specification 1.11, chapter 1: class and subclass.
 * The first row that fits is what people call it. */
static const struct {
	uint32_t class_code, mask;
	const char *name;
} classes[] = {
	{ 0x060000, 0xffff00, N_("Host bridge") },
	{ 0x060100, 0xffff00, N_("ISA bridge") },
	{ 0x060400, 0xffff00, N_("PCI bridge") },
	{ 0x060000, 0xff0000, N_("Bridge") },
	{ 0x010100, 0xffff00, N_("IDE controller") },
	{ 0x010600, 0xffff00, N_("SATA controller") },
	{ 0x010800, 0xffff00, N_("NVMe controller") },
	{ 0x010000, 0xff0000, N_("Storage controller") },
	{ 0x020000, 0xffff00, N_("Ethernet controller") },
	{ 0x020000, 0xff0000, N_("Network controller") },
	{ 0x030000, 0xffff00, N_("VGA controller") },
	{ 0x030000, 0xff0000, N_("Display controller") },
	{ 0x040300, 0xffff00, N_("Audio device") },
	{ 0x040000, 0xff0000, N_("Multimedia device") },
	{ 0x050000, 0xff0000, N_("Memory controller") },
	{ 0x070000, 0xffff00, N_("Serial port") },
	{ 0x070000, 0xff0000, N_("Communication controller") },
	{ 0x080600, 0xffff00, N_("IOMMU") },
	{ 0x080000, 0xff0000, N_("System peripheral") },
	{ 0x0c0300, 0xffff00, N_("USB controller") },
	{ 0x0c0500, 0xffff00, N_("SMBus") },
	{ 0x0c0000, 0xff0000, N_("Serial bus controller") },
	{ 0x000000, 0x000000, N_("PCI device") },
};

const char *jhw_pci_class_name(uint32_t class_code)
{
	guint n = 0;

	while ((class_code & classes[n].mask) != classes[n].class_code)
		n++;
	return jhw_said(classes[n].name);
}

char *jhw_pci_short_name(uint64_t id)
{
	guint bdf = id & 0xffff;

	if (id >> 16)
		return g_strdup_printf("%04x:%02x:%02x.%x", (guint)(id >> 16), bdf >> 8,
				       bdf >> 3 & 0x1f, bdf & 7);
	return g_strdup_printf("%02x:%02x.%x", bdf >> 8, bdf >> 3 & 0x1f, bdf & 7);
}

/* --- one of them -------------------------------------------------------------- */

const struct jhcfg_hw_pci_function *jhw_pci_function(const struct jhcfg_workspace *workspace,
						     uint64_t id)
{
	const struct jhcfg_board *board = jhcfg_workspace_board(workspace);
	const struct jhcfg_hw_pci_function *function = NULL;

	for (size_t n = 0; board && (function = jhcfg_board_pci_function(board, n)); n++)
		if (jhw_pci_id(function->domain, function->bdf) == id)
			break;
	return function;
}

static const struct jhcfg_pci_device *find_device(const struct jhcfg_cell *cell, uint64_t id)
{
	const struct jhcfg_pci_device *device = NULL;

	for (size_t n = 0; cell && (device = jhcfg_cell_pci_device(cell, n)); n++)
		if (device->type != JAILHOUSE_PCI_TYPE_IVSHMEM &&
		    jhw_pci_id(device->domain, device->bdf) == id)
			break;
	return device;
}

const struct jhcfg_pci_device *jhw_pci_device(const struct jhcfg_workspace *workspace, uint64_t id,
					      const struct jhcfg_cell **cell)
{
	JhwRef ref = jhw_ref_of(JHW_REF_PCI, id);
	uint32_t owner = jhw_owner_of(workspace, &ref);

	*cell = jhw_cell(workspace, owner ? owner : JHCFG_ROOT_KEY);
	return find_device(*cell, id);
}

/* --- all of them -------------------------------------------------------------- */

static void add(GArray *index, GHashTable *known, const struct jhcfg_workspace *workspace,
		uint64_t id)
{
	JhwRef ref = jhw_ref_of(JHW_REF_PCI, id);
	const struct jhcfg_cell *cell;
	struct jhw_pci_entry entry = {
		.id = id,
		.owner = jhw_owner_of(workspace, &ref),
		.function = jhw_pci_function(workspace, id),
		.device = jhw_pci_device(workspace, id, &cell),
	};

	if (!g_hash_table_add(known, GUINT_TO_POINTER((guint)id)))
		return;
	entry.bridge = entry.function ? entry.function->class_code >> 16 == CLASS_BRIDGE ||
						entry.function->header_type == 1
				      : entry.device->type == JAILHOUSE_PCI_TYPE_BRIDGE;
	g_array_append_val(index, entry);
}

static gint by_id(gconstpointer a, gconstpointer b)
{
	const struct jhw_pci_entry *first = a, *second = b;

	return (first->id > second->id) - (first->id < second->id);
}

static guint bus_of(const struct jhw_pci_entry *entry)
{
	return entry->id >> 8 & 0xff;
}

static gboolean is_behind(const struct jhw_pci_entry *bridge, const struct jhw_pci_entry *entry)
{
	const struct jhcfg_hw_pci_function *function = bridge->function;

	return function && function->secondary_bus > bus_of(bridge) &&
	       bridge->id >> 16 == entry->id >> 16 && bus_of(entry) >= function->secondary_bus &&
	       bus_of(entry) <= function->subordinate_bus;
}

static void find_parents(GArray *index)
{
	for (guint n = 0; n < index->len; n++) {
		struct jhw_pci_entry *entry = &g_array_index(index, struct jhw_pci_entry, n);
		guint fewest = G_MAXUINT;

		entry->parent = JHW_PCI_NO_PARENT;
		for (guint m = 0; m < index->len; m++) {
			const struct jhw_pci_entry *bridge =
				&g_array_index(index, struct jhw_pci_entry, m);
			guint buses;

			if (!is_behind(bridge, entry))
				continue;
			buses = bridge->function->subordinate_bus - bridge->function->secondary_bus;
			if (buses >= fewest)
				continue;
			entry->parent = m;
			fewest = buses;
		}
	}
}

GArray *jhw_pci_index(const struct jhcfg_workspace *workspace)
{
	GArray *index = g_array_new(FALSE, FALSE, sizeof(struct jhw_pci_entry));
	g_autoptr(GHashTable) known = g_hash_table_new(NULL, NULL);
	const struct jhcfg_board *board = jhcfg_workspace_board(workspace);
	const struct jhcfg_hw_pci_function *function;
	const struct jhcfg_pci_device *device;
	uint32_t key;

	for (size_t n = 0; board && (function = jhcfg_board_pci_function(board, n)); n++)
		add(index, known, workspace, jhw_pci_id(function->domain, function->bdf));
	for (size_t n = 0; (key = jhcfg_workspace_cell_key(workspace, n)); n++) {
		const struct jhcfg_cell *cell = jhw_cell(workspace, key);

		for (size_t m = 0; cell && (device = jhcfg_cell_pci_device(cell, m)); m++)
			if (device->type != JAILHOUSE_PCI_TYPE_IVSHMEM)
				add(index, known, workspace,
				    jhw_pci_id(device->domain, device->bdf));
	}
	g_array_sort(index, by_id);
	find_parents(index);
	return index;
}

gboolean jhw_pci_entries_clash(const struct jhw_pci_entry *a, const struct jhw_pci_entry *b)
{
	if (a == b || a->bridge || b->bridge || !a->function || !b->function || !a->owner ||
	    !b->owner || a->owner == b->owner)
		return FALSE;
	if (a->function->iommu_group >= 0 || b->function->iommu_group >= 0)
		return a->function->iommu_group == b->function->iommu_group;
	return a->id >> 3 == b->id >> 3;
}
