// SPDX-License-Identifier: LGPL-2.1-or-later
/* IOMMUs of Intel, VT-d specification 4.1, chapter 8. */
#include <errno.h>

#include "import/linux/acpi_table.h"

#define ENTRIES_AT    48
#define PAGE	      4096ULL
#define TYPE_DRHD     0
#define TYPE_RMRR     1
#define DRHD_SCOPES   16
#define DRHD_ALL      1
#define DRHD_MAX_SIZE 15 /* log2 of pages */
#define RMRR_SIZE     24
#define SCOPE_PATH    6
#define MAX_SCOPES    8192
#define MAX_UNITS     1024

static int add_scope(const struct acpi_table *table,
		     const struct acpi_entry *entry)
{
	struct acpi_scope *scope;

	if (entry->type < ACPI_SCOPE_ENDPOINT || entry->type > ACPI_SCOPE_HPET)
		return 0; /* namespace devices: not PCI */
	if (entry->size < SCOPE_PATH + 2)
		return acpi_refuse(table, entry->offset,
				   "a device scope has no path");
	if (table->acpi->num_scopes == MAX_SCOPES)
		return acpi_refuse(table, entry->offset,
				   "there are more scopes than a machine has");
	scope = acpi_append(table->acpi, scopes);
	if (!scope)
		return -ENOMEM;
	scope->drhd = table->acpi->num_drhds - 1;
	scope->type = (enum acpi_scope_type)entry->type;
	scope->id = entry->data[4];
	scope->bus = entry->data[5];
	scope->path = entry->data + SCOPE_PATH;
	scope->path_length = (entry->size - SCOPE_PATH) / 2;
	return 0;
}

static int add_drhd(const struct acpi_table *table,
		    const struct acpi_entry *entry)
{
	static const struct acpi_layout layout = {
		.type_width = 1,
		.length_at = 1,
		.length_width = 1,
		.minimum = SCOPE_PATH,
	};
	struct acpi_drhd *drhd;

	if (entry->size < DRHD_SCOPES)
		return acpi_refuse(table, entry->offset,
				   "an entry is shorter than its kind");
	if (table->acpi->num_drhds == MAX_UNITS)
		return acpi_refuse(table, entry->offset,
				   "there are more units than a machine has");
	drhd = acpi_append(table->acpi, drhds);
	if (!drhd)
		return -ENOMEM;
	drhd->all = acpi_get(entry, 4, 1) & DRHD_ALL;
	drhd->size = PAGE << (acpi_get(entry, 5, 1) & DRHD_MAX_SIZE);
	drhd->segment = (uint16_t)acpi_get(entry, 6, 2);
	drhd->base = acpi_get(entry, 8, 8);
	drhd->offset = entry->offset;
	return acpi_each(table, entry->offset + DRHD_SCOPES,
			 entry->offset + entry->size, &layout, add_scope);
}

static int add_rmrr(const struct acpi_table *table,
		    const struct acpi_entry *entry)
{
	uint64_t start = acpi_get(entry, 8, 8), last = acpi_get(entry, 16, 8);
	struct acpi_dma_memory *memory;

	if (entry->size < RMRR_SIZE || last < start || last == UINT64_MAX)
		return acpi_refuse(table, entry->offset,
				   "reserved memory has no proper range");
	memory = acpi_append(table->acpi, dma_memories);
	if (!memory)
		return -ENOMEM;
	memory->start = start;
	memory->size = last - start + 1;
	memory->offset = entry->offset;
	return 0;
}

static int add_entry(const struct acpi_table *table,
		     const struct acpi_entry *entry)
{
	switch (entry->type) {
	case TYPE_DRHD:
		return add_drhd(table, entry);
	case TYPE_RMRR:
		return add_rmrr(table, entry);
	default:
		return 0;
	}
}

int acpi_read_dmar(const struct acpi_table *table)
{
	static const struct acpi_layout layout = {
		.type_width = 2,
		.length_at = 2,
		.length_width = 2,
		.minimum = 4,
	};

	return acpi_each(table, ENTRIES_AT, table->size, &layout, add_entry);
}
