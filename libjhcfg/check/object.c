// SPDX-License-Identifier: LGPL-2.1-or-later
/* What findings call an object, for people and for their waivers. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "check/results.h"

#define NAME_SIZE 96

struct namer {
	const struct check *check;
	const struct check_cell *cell; /* never NULL */
	size_t index;
	char *text;
};

static void name_indexed(const struct namer *namer, const char *what)
{
	snprintf(namer->text, NAME_SIZE, "%s/%zu", what, namer->index);
}

static void name_cpu(const struct namer *namer)
{
	name_indexed(namer, "cpu");
}

static void name_cache(const struct namer *namer)
{
	name_indexed(namer, "cache");
}

static void name_irq(const struct namer *namer)
{
	name_indexed(namer, "irq");
}

static void name_pci_cap(const struct namer *namer)
{
	name_indexed(namer, "pci-cap");
}

static void name_iommu(const struct namer *namer)
{
	name_indexed(namer, "iommu");
}

/* By the name that people gave it, else by its address, which moves less than
 * its place in the list. */
static void name_memory(const struct namer *namer)
{
	const struct jhcfg_memory *memory =
		jhcfg_cell_memory(namer->cell->cell, namer->index);
	char name[64];

	if (namer->index < namer->cell->num_own_memory &&
	    jhcfg_config_memory_note(namer->cell->own, namer->index, "name",
				     name, sizeof(name)))
		snprintf(namer->text, NAME_SIZE, "memory/%s", name);
	else if (memory)
		snprintf(namer->text, NAME_SIZE, "memory/0x%" PRIx64,
			 memory->phys_start ? memory->phys_start
					    : memory->virt_start);
}

static void name_irqchip(const struct namer *namer)
{
	const struct jhcfg_irqchip *chip =
		jhcfg_cell_irqchip(namer->cell->cell, namer->index);

	if (chip)
		snprintf(namer->text, NAME_SIZE, "irqchip/0x%" PRIx64 "/%u",
			 chip->address, chip->pin_base);
}

static void name_pio(const struct namer *namer)
{
	const struct jhcfg_pio *pio =
		jhcfg_cell_pio(namer->cell->cell, namer->index);

	if (pio)
		snprintf(namer->text, NAME_SIZE, "pio/0x%x", pio->base);
}

static void name_pci_device(const struct namer *namer)
{
	const struct jhcfg_pci_device *device =
		jhcfg_cell_pci_device(namer->cell->cell, namer->index);

	if (!device)
		return;
	if (device->domain)
		snprintf(namer->text, NAME_SIZE, "pci/%04x:%02x:%02x.%x",
			 device->domain, device->bdf >> 8,
			 device->bdf >> 3 & 31, device->bdf & 7);
	else
		snprintf(namer->text, NAME_SIZE, "pci/%02x:%02x.%x",
			 device->bdf >> 8, device->bdf >> 3 & 31,
			 device->bdf & 7);
}

static void name_stream_id(const struct namer *namer)
{
	const struct jhcfg_stream_id *stream =
		jhcfg_cell_stream_id(namer->cell->cell, namer->index);

	if (stream)
		snprintf(namer->text, NAME_SIZE, "stream-id/0x%x", stream->id);
}

static void name_link(const struct namer *namer)
{
	const struct jhcfg_link *link;

	for (size_t n = 0;
	     (link = jhcfg_workspace_link(namer->check->workspace, n)); n++)
		if (link->key == namer->index)
			snprintf(namer->text, NAME_SIZE, "link/%s", link->name);
}

static void name_image(const struct namer *namer)
{
	const struct jhcfg_check_options *options = namer->check->options;

	if (namer->index < options->num_images)
		snprintf(namer->text, NAME_SIZE, "image/%s",
			 options->images[namer->index].name);
}

static void name_file(const struct namer *namer)
{
	const struct jhcfg_check_options *options = namer->check->options;

	if (namer->index < options->num_files)
		snprintf(namer->text, NAME_SIZE, "file/%s",
			 options->files[namer->index].name);
}

static void name_device(const struct namer *namer)
{
	const struct jhcfg_hw_device *device =
		namer->check->board
			? jhcfg_board_device(namer->check->board, namer->index)
			: NULL;

	if (device)
		snprintf(namer->text, NAME_SIZE, "device/%s", device->name);
}

/* clang-format off */
static const struct {
	const char *word; /* for those there is one of */
	void (*name)(const struct namer *namer);
	bool of_system;   /* "system/..." */
} elements[] = {
	[JHCFG_AT_CELL]              = { "",                  NULL },
	[JHCFG_AT_CPU]               = { "cpu",               name_cpu },
	[JHCFG_AT_MEMORY]            = { "memory",            name_memory },
	[JHCFG_AT_CACHE]             = { "cache",             name_cache },
	[JHCFG_AT_IRQCHIP]           = { "irqchip",           name_irqchip },
	[JHCFG_AT_IRQ]               = { "irq",               name_irq },
	[JHCFG_AT_PIO]               = { "pio",               name_pio },
	[JHCFG_AT_PCI_DEVICE]        = { "pci",               name_pci_device },
	[JHCFG_AT_PCI_CAP]           = { "pci-cap",           name_pci_cap },
	[JHCFG_AT_STREAM_ID]         = { "stream-id",         name_stream_id },
	[JHCFG_AT_CONSOLE]           = { "console",           NULL },
	[JHCFG_AT_RESET_ADDRESS]     = { "reset-address",     NULL },
	[JHCFG_AT_HYPERVISOR_MEMORY] = { "hypervisor-memory", NULL, true },
	[JHCFG_AT_DEBUG_CONSOLE]     = { "debug-console",     NULL, true },
	[JHCFG_AT_PLATFORM]          = { "platform",          NULL, true },
	[JHCFG_AT_IOMMU]             = { "iommu",             name_iommu, true },
	[JHCFG_AT_LINK]              = { "link",              name_link, true },
	[JHCFG_AT_IMAGE]             = { "image",             name_image },
	[JHCFG_AT_FILE]              = { "file",              name_file },
	[JHCFG_AT_DEVICE]            = { "device",            name_device },
	[JHCFG_AT_TARGET]            = { "target",            NULL, true },
};
/* clang-format on */

const char *check_object(const struct check *check, struct jhcfg_arena *arena,
			 const struct found *found)
{
	const bool of_system =
		!found->cell || elements[found->element].of_system;
	char name[NAME_SIZE], text[NAME_SIZE + JHCFG_NAME_SIZE + 2];
	const struct namer namer = {
		.check = check,
		.cell = found->cell ? found->cell : &check->all[0],
		.index = found->index,
		.text = name,
	};

	snprintf(name, sizeof(name), "%s", elements[found->element].word);
	if (elements[found->element].name)
		elements[found->element].name(&namer);
	check_make_printable(name);
	/* A link has a name of its own, which is short. */
	if (found->element == JHCFG_AT_LINK)
		return jhcfg_arena_text(arena, name);
	snprintf(text, sizeof(text), "%s%s%s",
		 of_system ? "system" : namer.cell->label, *name ? "/" : "",
		 name);
	return jhcfg_arena_text(arena, text);
}
