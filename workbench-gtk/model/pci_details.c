// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/pci_details.h"

#include <inttypes.h>
#include <jailhouse/cell-config.h>

#include "model/names.h"
#include "model/number.h"
#include "model/shown.h"
#include "model/owner.h"
#include "model/pci.h"
#include "model/text.h"

#define NUM_BARS 6U
#define PAGE	 4096ULL

/* --- registers ---------------------------------------------------------------- */

static void free_bar(gpointer data)
{
	JhwPciBar *bar = data;

	g_free(bar->name);
	g_free(bar->place);
	g_free(bar->kind);
	g_free(bar->region_name);
	g_free(bar);
}

static JhwPciBar *add_bar(GPtrArray *bars, guint index, char *place, const char *kind)
{
	JhwPciBar *bar = g_new0(JhwPciBar, 1);

	bar->name = g_strdup_printf("BAR %u", index);
	bar->place = place;
	bar->kind = g_strdup(kind);
	bar->region_name = g_strdup("");
	g_ptr_array_add(bars, bar);
	return bar;
}

/* Whether the region has pages of the BAR, and is no larger than they are: the
 * page of an MSI-X table is left out between two regions. */
static gboolean is_region_of(const struct jhcfg_memory *memory, struct jhcfg_range bar)
{
	uint64_t first = bar.start & ~(PAGE - 1);
	uint64_t last = (bar.start + bar.size - 1) | (PAGE - 1);

	return memory->size && !(memory->flags & JAILHOUSE_MEM_COMM_REGION) &&
	       memory->phys_start >= first && memory->phys_start <= last &&
	       memory->size - 1 <= last - memory->phys_start;
}

static gboolean overlaps(const struct jhcfg_memory *memory, struct jhcfg_range bar)
{
	return memory->size && !(memory->flags & JAILHOUSE_MEM_COMM_REGION) &&
	       bar.start >= memory->phys_start && bar.start - memory->phys_start < memory->size;
}

static char *range_text(struct jhcfg_range range)
{
	g_autofree char *start = jhw_shown_address(range.start);
	g_autofree char *size = jhw_number_size_text(range.size);

	return g_strdup_printf("%s + %s", start, size);
}

typedef gboolean (*Fits)(const struct jhcfg_memory *memory, struct jhcfg_range bar);

static guint link_regions(const struct jhcfg_workspace *workspace, GPtrArray *bars, guint index,
			  uint32_t owner, struct jhcfg_range range, const char *kind, Fits fits)
{
	const struct jhcfg_cell *cell = jhw_cell(workspace, owner);
	const struct jhcfg_memory *memory;
	guint count = 0;

	for (size_t n = 0; cell && (memory = jhcfg_cell_memory(cell, n)); n++) {
		JhwPciBar *bar;

		if (!fits(memory, range))
			continue;
		bar = add_bar(bars, index, range_text(range), kind);
		bar->region = (JhwRef){ JHW_REF_REGION, owner, n };
		g_free(bar->region_name);
		bar->region_name = jhw_region_name(workspace, owner, n);
		count++;
	}
	return count;
}

static void add_known(const struct jhcfg_workspace *workspace, GPtrArray *bars, uint32_t owner,
		      const struct jhcfg_hw_pci_function *function)
{
	for (guint n = 0; n < NUM_BARS; n++) {
		struct jhcfg_range range = function->bar[n].range;
		const char *kind = function->bar[n].io	       ? _("ports")
				   : function->bar[n].is_64bit ? _("memory, 64-bit")
							       : _("memory");

		if (!range.size)
			continue;
		if (!function->bar[n].io &&
		    (link_regions(workspace, bars, n, owner, range, kind, is_region_of) ||
		     link_regions(workspace, bars, n, owner, range, kind, overlaps)))
			continue;
		add_bar(bars, n, range_text(range), kind);
	}
}

/* Where it is, only the board could say. */
static void add_masks(GPtrArray *bars, const struct jhcfg_pci_device *device)
{
	for (guint n = 0; n < NUM_BARS; n++) {
		uint32_t mask = device->bar_mask[n];
		g_autofree char *size = NULL;

		/* the upper half of a 64-bit one has all bits */
		if (!mask || mask == UINT32_MAX)
			continue;
		size = jhw_number_size_text(-(uint64_t)(int64_t)(int32_t)mask);
		add_bar(bars, n, g_strdup(size), _("place not known"));
	}
}

GPtrArray *jhw_pci_bars(const struct jhcfg_workspace *workspace, uint64_t id)
{
	GPtrArray *bars = g_ptr_array_new_with_free_func(free_bar);
	const struct jhcfg_hw_pci_function *function = jhw_pci_function(workspace, id);
	const struct jhcfg_cell *cell;
	const struct jhcfg_pci_device *device = jhw_pci_device(workspace, id, &cell);
	JhwRef ref = jhw_ref_of(JHW_REF_PCI, id);
	uint32_t owner = jhw_owner_of(workspace, &ref);

	if (function)
		add_known(workspace, bars, owner ? owner : JHCFG_ROOT_KEY, function);
	else if (device)
		add_masks(bars, device);
	return bars;
}

/* --- capabilities ------------------------------------------------------------- */

static void free_cap(gpointer data)
{
	JhwPciCap *cap = data;

	g_free(cap->name);
	g_free(cap->place);
	g_free(cap);
}

/* PCI Code and ID Assignment Specification 1.11, chapters 2 and 3; extended ones
 * have the highest bit in configurations. */
static char *cap_name(uint16_t id)
{
	static const struct {
		uint16_t id;
		const char *name;
	} names[] = {
		{ 0x0001, N_("Power management") },
		{ 0x0003, N_("Vital product data") },
		{ 0x0005, "MSI" },
		{ 0x0009, N_("Vendor's own") },
		{ 0x000a, N_("Debug port") },
		{ 0x000d, N_("Subsystem of a bridge") },
		{ 0x0010, "PCI Express" },
		{ 0x0011, "MSI-X" },
		{ 0x0012, "SATA" },
		{ 0x0013, N_("Advanced features") },
		{ 0x8001, N_("Advanced error reporting") },
		{ 0x8002, N_("Virtual channel") },
		{ 0x8003, N_("Serial number") },
		{ 0x8004, N_("Power budgeting") },
		{ 0x800b, N_("Vendor's own") },
		{ 0x800d, N_("Access control") },
		{ 0x800e, N_("Routing IDs (ARI)") },
		{ 0x800f, N_("Address translation (ATS)") },
		{ 0x8010, N_("Virtual functions (SR-IOV)") },
		{ 0x8015, N_("Resizable BARs") },
		{ 0x8018, N_("Latency tolerance") },
		{ 0x8019, N_("Secondary PCI Express") },
		{ 0x801e, N_("L1 substates") },
		{ 0x801f, N_("Time measurement") },
	};

	for (guint n = 0; n < G_N_ELEMENTS(names); n++)
		if (names[n].id == id)
			return g_strdup(jhw_said(names[n].name));
	return id & 0x8000 ? g_strdup_printf(_("extended 0x%02x"), id & 0x7fff)
			   : g_strdup_printf("0x%02x", id);
}

GPtrArray *jhw_pci_caps(const struct jhcfg_workspace *workspace, uint64_t id)
{
	GPtrArray *caps = g_ptr_array_new_with_free_func(free_cap);
	const struct jhcfg_cell *cell;
	const struct jhcfg_pci_device *device = jhw_pci_device(workspace, id, &cell);

	for (guint n = 0; device && n < device->num_caps; n++) {
		const struct jhcfg_pci_cap *entry =
			jhcfg_cell_pci_cap(cell, (size_t)device->caps_start + n);
		JhwPciCap *cap;

		if (!entry)
			break;
		cap = g_new0(JhwPciCap, 1);
		cap->name = cap_name(entry->id);
		cap->place =
			g_strdup_printf(ngettext("0x%02x, %u byte", "0x%02x, %u bytes", entry->len),
					entry->start, entry->len);
		cap->writable = (entry->flags & JAILHOUSE_PCICAPS_WRITE) != 0;
		g_ptr_array_add(caps, cap);
	}
	return caps;
}

/* --- messages ----------------------------------------------------------------- */

char *jhw_pci_message_lines(const struct jhcfg_workspace *workspace, uint64_t id)
{
	const struct jhcfg_hw_pci_function *function = jhw_pci_function(workspace, id);
	const struct jhcfg_cell *cell;
	const struct jhcfg_pci_device *device = jhw_pci_device(workspace, id, &cell);
	g_autofree char *table = NULL;
	GString *text = g_string_new(NULL);

	if (device && device->num_msi_vectors)
		g_string_append_printf(text, "MSI, %u%s%s\n", device->num_msi_vectors,
				       device->msi_64bits ? _(", 64-bit") : "",
				       device->msi_maskable ? _(", maskable") : "");
	if (device && device->num_msix_vectors)
		g_string_append_printf(text, "MSI-X, %u\n", device->num_msix_vectors);
	if (device && device->num_msix_vectors)
		table = range_text(
			(struct jhcfg_range){ device->msix_address, device->msix_region_size });
	if (table)
		g_string_append_printf(text, "%s\n", table);
	if (function && function->interrupt_pin)
		g_string_append_printf(text, "INT%c\n", 'A' + (function->interrupt_pin - 1) % 4);
	if (text->len)
		g_string_truncate(text, text->len - 1);
	return g_string_free(text, FALSE);
}
