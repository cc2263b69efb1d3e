// SPDX-License-Identifier: LGPL-2.1-or-later
/* PCI devices by what they are, with what their indices lead to. */
#include <inttypes.h>
#include <string.h>

#include "diff/diff.h"

#define STATE_TABLE 0

/* Indices say nothing by themselves. */
static const char *const skip[] = { "caps_start", "num_caps",
				    "shmem_regions_start", NULL };

struct two_cells {
	const struct jhcfg_cell *a, *b;
};

static bool same_device(const void *context, size_t a, size_t b)
{
	const struct two_cells *cells = context;
	const struct jhcfg_pci_device *x = jhcfg_cell_pci_device(cells->a, a);
	const struct jhcfg_pci_device *y = jhcfg_cell_pci_device(cells->b, b);

	return x->domain == y->domain && x->bdf == y->bdf && x->type == y->type;
}

/* --- capabilities ------------------------------------------------------------
 */

struct two_devices {
	const struct two_cells *cells;
	const struct jhcfg_pci_device *a, *b;
};

static const struct jhcfg_pci_cap *cap_of(const struct jhcfg_cell *cell,
					  const struct jhcfg_pci_device *device,
					  size_t n)
{
	return jhcfg_cell_pci_cap(cell, (size_t)device->caps_start + n);
}

/* Those that the list has; a device may claim more. */
static size_t num_caps(const struct jhcfg_cell *cell,
		       const struct jhcfg_pci_device *device)
{
	size_t all = jhcfg_cell_num_pci_caps(cell);
	size_t left = device->caps_start < all ? all - device->caps_start : 0;

	return device->num_caps < left ? device->num_caps : left;
}

static bool same_cap(const void *context, size_t a, size_t b)
{
	const struct two_devices *devices = context;
	const struct jhcfg_pci_cap *x =
		cap_of(devices->cells->a, devices->a, a);
	const struct jhcfg_pci_cap *y =
		cap_of(devices->cells->b, devices->b, b);

	return x && y && x->id == y->id && x->start == y->start &&
	       x->len == y->len && x->flags == y->flags;
}

static void tell_cap(struct jhcfg_diff *diff, enum jhcfg_change_kind kind,
		     const char *object, const struct jhcfg_pci_cap *cap)
{
	const char *text = "";

	if (cap)
		text = diff_text(diff, "id 0x%x at 0x%x, %u bytes, flags 0x%x",
				 cap->id, cap->start, cap->len, cap->flags);
	diff_add(diff, kind, object, "capability",
		 kind == JHCFG_REMOVED ? text : NULL,
		 kind == JHCFG_ADDED ? text : NULL);
}

static void diff_caps(struct jhcfg_diff *diff, const char *object,
		      const struct two_devices *devices)
{
	struct diff_pairs pairs;

	if (!diff_pairs_make(&pairs, num_caps(devices->cells->a, devices->a),
			     num_caps(devices->cells->b, devices->b))) {
		diff->failed = true;
		return;
	}
	diff_pairs_match(&pairs, same_cap, devices);
	for (size_t n = 0; n < pairs.num_a; n++)
		if (pairs.of_a[n] == SIZE_MAX)
			tell_cap(diff, JHCFG_REMOVED, object,
				 cap_of(devices->cells->a, devices->a, n));
	for (size_t n = 0; n < pairs.num_b; n++)
		if (pairs.of_b[n] == SIZE_MAX)
			tell_cap(diff, JHCFG_ADDED, object,
				 cap_of(devices->cells->b, devices->b, n));
	diff_pairs_clear(&pairs);
}

/* --- devices -----------------------------------------------------------------
 */

/* Regions themselves are compared as memory; here only which ones count. */
static const char *shared_memory(struct jhcfg_diff *diff,
				 const struct jhcfg_cell *cell,
				 const struct jhcfg_pci_device *device)
{
	const struct jhcfg_memory *memory = jhcfg_cell_memory(
		cell, (size_t)device->shmem_regions_start + STATE_TABLE);

	return memory ? diff_text(diff, "0x%" PRIx64, memory->phys_start)
		      : "beyond the list";
}

/* A number that is no more than the list's says what its entries say. */
static void diff_claims(struct jhcfg_diff *diff, const char *object,
			const struct two_devices *devices)
{
	size_t of_a = devices->a->num_caps, of_b = devices->b->num_caps;

	if (of_a != of_b && (of_a != num_caps(devices->cells->a, devices->a) ||
			     of_b != num_caps(devices->cells->b, devices->b)))
		diff_add(diff, JHCFG_CHANGED, object, "num_caps",
			 diff_text(diff, "%zu", of_a),
			 diff_text(diff, "%zu", of_b));
}

static void diff_device(struct jhcfg_diff *diff, const char *object,
			const struct two_devices *devices)
{
	const struct two_cells *cells = devices->cells;
	const char *of_a, *of_b;

	diff_members(diff, jhcfg_list_infos[JHCFG_LIST_PCI_DEVICES].type,
		     object, "", devices->a, devices->b, skip);
	diff_caps(diff, object, devices);
	diff_claims(diff, object, devices);
	if (!devices->a->shmem_peers && !devices->b->shmem_peers)
		return;
	of_a = shared_memory(diff, cells->a, devices->a);
	of_b = shared_memory(diff, cells->b, devices->b);
	if (strcmp(of_a, of_b))
		diff_add(diff, JHCFG_CHANGED, object, "shared memory", of_a,
			 of_b);
}

static const char *object_of(struct jhcfg_diff *diff,
			     const struct jhcfg_pci_device *device)
{
	return diff_text(diff, "PCI device %04x:%02x:%02x.%x", device->domain,
			 device->bdf >> 8, device->bdf >> 3 & 0x1f,
			 device->bdf & 7);
}

static const char *type_of(const struct jhcfg_pci_device *device)
{
	const char *name = jhcfg_name_of(jhcfg_pci_types, device->type);

	return name ? name : "?";
}

void diff_pci(struct jhcfg_diff *diff, const struct jhcfg_config *a,
	      const struct jhcfg_config *b)
{
	struct two_cells cells = { jhcfg_config_cell(a), jhcfg_config_cell(b) };
	struct diff_pairs pairs;

	if (!diff_pairs_make(&pairs, jhcfg_cell_num_pci_devices(cells.a),
			     jhcfg_cell_num_pci_devices(cells.b))) {
		diff->failed = true;
		return;
	}
	diff_pairs_match(&pairs, same_device, &cells);
	for (size_t n = 0; n < pairs.num_a; n++) {
		struct two_devices devices = {
			&cells, jhcfg_cell_pci_device(cells.a, n), NULL
		};
		const char *object = object_of(diff, devices.a);

		devices.b = jhcfg_cell_pci_device(cells.b, pairs.of_a[n]);
		if (devices.b)
			diff_device(diff, object, &devices);
		else
			diff_add(diff, JHCFG_REMOVED, object, NULL,
				 type_of(devices.a), NULL);
	}
	for (size_t n = 0; n < pairs.num_b; n++) {
		const struct jhcfg_pci_device *device =
			jhcfg_cell_pci_device(cells.b, n);

		if (pairs.of_b[n] == SIZE_MAX)
			diff_add(diff, JHCFG_ADDED, object_of(diff, device),
				 NULL, NULL, type_of(device));
	}
	diff_pairs_clear(&pairs);
}
