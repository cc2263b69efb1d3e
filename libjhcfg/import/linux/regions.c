// SPDX-License-Identifier: LGPL-2.1-or-later
/* What the lines of /proc/iomem are, and the memory among them. */
#include <stdio.h>
#include <string.h>

#include "import/linux/linux.h"
#include "import/linux/regions.h"

/* The beginnings of names; the first one that fits. */
static const struct {
	const char *prefix;
	enum region_kind kind;
} kinds[] = {
	{ "System RAM", REGION_RAM },
	{ "Kernel ", REGION_SKIP },
	{ "Crash kernel", REGION_SHARED },
	{ "Reserved", REGION_RESERVED },
	{ "reserved", REGION_RESERVED },
	{ "Unusable memory", REGION_RESERVED },
	{ "Persistent Memory", REGION_RESERVED },
	{ "RAM buffer", REGION_SKIP },
	{ "ACPI Tables", REGION_FIRMWARE },
	{ "ACPI Non-volatile Storage", REGION_FIRMWARE },
	{ "Video ROM", REGION_FIRMWARE },
	{ "Adapter ROM", REGION_FIRMWARE },
	{ "System ROM", REGION_FIRMWARE },
	{ "PCI Bus", REGION_BUS },
	{ "PCI MMCONFIG", REGION_SKIP },
	{ "PCI ECAM", REGION_SKIP },
	{ "IOAPIC", REGION_SKIP },
	{ "Local APIC", REGION_SKIP },
	{ "dmar", REGION_SKIP },
	{ "amd_iommu", REGION_SKIP },
	{ "AMD-Vi", REGION_SKIP },
	{ "pnp ", REGION_BUS }, /* what the mainboard keeps, with others' */
};

/* "0000:00:1f.2": its registers are told by its own files */
static bool is_pci_function(const char *name)
{
	static const char pattern[] = "hhhh:hh:hh.h";

	for (size_t n = 0; pattern[n]; n++) {
		bool hex = (name[n] >= '0' && name[n] <= '9') ||
			   (name[n] >= 'a' && name[n] <= 'f');

		if (pattern[n] == 'h' ? !hex : name[n] != pattern[n])
			return false;
	}
	return true;
}

enum region_kind region_kind(const char *name)
{
	for (size_t n = 0; n < sizeof(kinds) / sizeof(kinds[0]); n++)
		if (!strncmp(name, kinds[n].prefix, strlen(kinds[n].prefix)))
			return kinds[n].kind;
	return is_pci_function(name) ? REGION_SKIP : REGION_DEVICE;
}

static const struct resource *parent_of(const struct resources *resources,
					const struct resource *resource)
{
	return resource->parent == JHCFG_NO_INDEX
		       ? NULL
		       : &resources->items[resource->parent];
}

enum region_kind region_outer_kind(const struct resources *resources,
				   const struct resource *resource)
{
	while ((resource = parent_of(resources, resource))) {
		enum region_kind kind = region_kind(resource->name);

		if (kind != REGION_BUS && kind != REGION_RESERVED)
			return kind;
	}
	return REGION_BUS;
}

/* --- memory -------------------------------------------------------------- */

static void add_memory(struct linux_import *import,
		       enum jhcfg_hw_memory_kind kind, struct jhcfg_range range,
		       const char *name, const char *source)
{
	jhcfg_board_add_memory(import->board,
			       &(struct jhcfg_hw_memory){
				       .kind = kind,
				       .range = range,
				       .no_map = kind == JHCFG_HW_FIRMWARE ||
						 kind == JHCFG_HW_RESERVED,
				       .name = name,
				       .source = source,
			       });
}

/* What of a reserved line memmap= has not made so itself. */
static void add_reserved(struct linux_import *import,
			 const struct resource *resource, const char *source)
{
	const char *at = import->command_line;
	struct jhcfg_range memmap, left = resource->range;

	while (linux_next_memmap(&at, &memmap)) {
		uint64_t end = left.start + left.size;

		if (memmap.start <= left.start &&
		    memmap.start + memmap.size >= end)
			return;
		/* adjacent lines are one in /proc/iomem */
		if (memmap.start == left.start)
			left = (struct jhcfg_range){
				left.start + memmap.size,
				left.size - memmap.size,
			};
		else if (memmap.start > left.start &&
			 memmap.start + memmap.size == end)
			left.size -= memmap.size;
	}
	add_memory(import, JHCFG_HW_RESERVED, left, resource->name, source);
}

static void add_line(struct linux_import *import,
		     const struct resource *resource)
{
	enum region_kind kind = region_kind(resource->name);
	char source[LINUX_MAX_SOURCE];

	linux_source(import, "proc/iomem", resource->line, source);
	switch (kind) {
	case REGION_RAM:
		add_memory(import, JHCFG_HW_RAM, resource->range,
			   resource->name, source);
		break;
	case REGION_SHARED:
		add_memory(import, JHCFG_HW_SHARED, resource->range,
			   resource->name, source);
		break;
	case REGION_FIRMWARE:
		add_memory(import, JHCFG_HW_FIRMWARE, resource->range,
			   resource->name, source);
		break;
	case REGION_RESERVED:
		/* inside of others it is what the kernel itself uses */
		if (resource->parent == JHCFG_NO_INDEX)
			add_reserved(import, resource, source);
		break;
	default:
		break;
	}
}

/* RAM that the command line keeps Linux from, for hypervisor and cells. */
static void add_memmaps(struct linux_import *import)
{
	const char *at = import->command_line;
	char source[LINUX_MAX_SOURCE];
	struct jhcfg_range range;

	linux_source(import, "proc/cmdline", 1, source);
	while (linux_next_memmap(&at, &range)) {
		add_memory(import, JHCFG_HW_RAM, range, "memmap", source);
		add_memory(import, JHCFG_HW_RESERVED, range, "memmap", source);
	}
}

static void add_dma_memories(struct linux_import *import)
{
	const struct acpi *acpi = &import->acpi;
	const char *table = acpi->num_drhds ? "DMAR" : "IVRS";
	const char *name = acpi->num_drhds ? "RMRR" : "IVMD";
	char source[LINUX_MAX_SOURCE];

	for (size_t n = 0; n < acpi->num_dma_memories; n++) {
		linux_table_source(import, table, acpi->dma_memories[n].offset,
				   source);
		add_memory(import, JHCFG_HW_RESERVED,
			   (struct jhcfg_range){ acpi->dma_memories[n].start,
						 acpi->dma_memories[n].size },
			   name, source);
	}
}

void linux_add_memory(struct linux_import *import)
{
	for (size_t n = 0; n < import->iomem.count; n++)
		add_line(import, &import->iomem.items[n]);
	add_memmaps(import);
	add_dma_memories(import);
}
