// SPDX-License-Identifier: LGPL-2.1-or-later
/* Tables in general, ACPI 6.5, 5.2.6. */
#include "import/linux/acpi.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "import/linux/acpi_table.h"
#include "import/linux/list.h"

#define HEADER_SIZE 36
#define LENGTH_AT   4

static const struct {
	const char *signature;
	size_t minimum;
	int (*read)(const struct acpi_table *table);
} kinds[ACPI_NUM_TABLES] = {
	{ "APIC", 44, acpi_read_madt }, { "MCFG", 44, acpi_read_mcfg },
	{ "DMAR", 48, acpi_read_dmar }, { "IVRS", 48, acpi_read_ivrs },
	{ "FACP", 80, acpi_read_fadt },
};

const char *acpi_table_name(size_t index)
{
	return index < ACPI_NUM_TABLES ? kinds[index].signature : NULL;
}

void *acpi_append_(void **items, size_t *count, size_t size)
{
	void *list = list_room(*items, *count, size), *item;

	if (!list)
		return NULL;
	*items = list;
	item = (char *)list + (*count)++ * size;
	return memset(item, 0, size);
}

uint64_t acpi_get(const struct acpi_entry *entry, size_t at, size_t width)
{
	if (at > entry->size || width > entry->size - at)
		return 0;
	return jhcfg_get_le(entry->data + at, width);
}

int acpi_refuse(const struct acpi_table *table, size_t offset, const char *text)
{
	char place[32];

	snprintf(place, sizeof(place), "0x%zx", offset);
	jhcfg_diags_add(table->diags, JHCFG_ERROR, "L06", table->name, place,
			"record it again; if it comes from the firmware like "
			"this, look for an update",
			"%s", text);
	return -EINVAL;
}

int acpi_each(const struct acpi_table *table, size_t from, size_t to,
	      const struct acpi_layout *layout,
	      int (*add)(const struct acpi_table *table,
			 const struct acpi_entry *entry))
{
	int err = 0;

	while (!err && from < to) {
		struct acpi_entry entry = {
			.data = table->data + from,
			.offset = from,
			.size = to - from,
		};
		size_t size = acpi_get(&entry, layout->length_at,
				       layout->length_width);

		if (size < layout->minimum || size > to - from)
			return acpi_refuse(table, from,
					   "an entry does not fit its table");
		entry.size = size;
		entry.type =
			(unsigned int)acpi_get(&entry, 0, layout->type_width);
		err = add(table, &entry);
		from += size;
	}
	return err;
}

static bool checksum_is_right(const struct acpi_table *table)
{
	uint8_t sum = 0;

	for (size_t n = 0; n < table->size; n++)
		sum = (uint8_t)(sum + table->data[n]);
	return !sum;
}

int acpi_add_table(struct acpi *acpi, const void *data, size_t size,
		   const char *name, struct jhcfg_diags *diags)
{
	struct acpi_table table = {
		.data = data,
		.size = size,
		.name = name,
		.diags = diags,
		.acpi = acpi,
	};
	size_t kind = 0;

	if (size < HEADER_SIZE)
		return acpi_refuse(&table, 0, "it is shorter than a header");
	while (kind < ACPI_NUM_TABLES &&
	       memcmp(data, kinds[kind].signature, 4) != 0)
		kind++;
	if (kind == ACPI_NUM_TABLES)
		return acpi_refuse(&table, 0, "its signature is unknown");
	table.size = (size_t)jhcfg_get_le(table.data + LENGTH_AT, 4);
	if (table.size > size || table.size < kinds[kind].minimum)
		return acpi_refuse(&table, LENGTH_AT,
				   "its length does not fit its file");
	if (!checksum_is_right(&table))
		return acpi_refuse(&table, 9, "its checksum is wrong");
	return kinds[kind].read(&table);
}

void acpi_clear(struct acpi *acpi)
{
	free(acpi->cpus);
	free(acpi->ioapics);
	free(acpi->overrides);
	free(acpi->giccs);
	free(acpi->gicrs);
	free(acpi->ecams);
	free(acpi->drhds);
	free(acpi->scopes);
	free(acpi->dma_memories);
	free(acpi->ivhds);
	free(acpi->ivhd_devices);
	*acpi = (struct acpi){ 0 };
}
