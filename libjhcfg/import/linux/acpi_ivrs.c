// SPDX-License-Identifier: LGPL-2.1-or-later
/* IOMMUs of AMD, document 48882 (revision 3.09), chapter 5.2. */
#include <errno.h>

#include "import/linux/acpi_table.h"

#define ENTRIES_AT     48
#define IVHD_10	       0x10
#define IVHD_11	       0x11
#define IVHD_40	       0x40
#define IVHD_10_SIZE   24
#define IVHD_11_SIZE   40
#define IVMD_FIRST     0x20
#define IVMD_LAST      0x22
#define IVMD_SIZE      32
#define VARIETY_IOAPIC 1
#define MAX_UNITS      1024
#define MAX_DEVICES    16384

enum device_type {
	DEVICE_ALL = 1,
	DEVICE_SELECT = 2,
	DEVICE_RANGE_START = 3,
	DEVICE_RANGE_END = 4,
	DEVICE_ALIAS_SELECT = 0x42,
	DEVICE_ALIAS_RANGE = 0x43,
	DEVICE_EXT_SELECT = 0x46,
	DEVICE_EXT_RANGE = 0x47,
	DEVICE_SPECIAL = 0x48,
	DEVICE_HID = 0xf0,
};

/* The block whose entries are read, and a range that has no end yet. */
struct block {
	const struct acpi_table *table;
	size_t ivhd;
	bool in_range;
	uint16_t range_first;
};

static int add_devices(struct block *block, uint16_t first, uint16_t last)
{
	struct acpi_ivhd_devices *devices;

	if (block->table->acpi->num_ivhd_devices == MAX_DEVICES)
		return acpi_refuse(block->table, 0,
				   "there are more devices than a machine has");
	devices = acpi_append(block->table->acpi, ivhd_devices);
	if (!devices)
		return -ENOMEM;
	devices->ivhd = block->ivhd;
	devices->first = first;
	devices->last = last;
	return 0;
}

/* "IVHD device entry type 48h: special device" */
static int add_special(struct block *block, const struct acpi_entry *entry)
{
	uint16_t bdf = (uint16_t)acpi_get(entry, 5, 2);
	int err;

	if (acpi_get(entry, 7, 1) != VARIETY_IOAPIC)
		return 0;
	err = add_devices(block, bdf, bdf);
	if (!err) {
		struct acpi *acpi = block->table->acpi;
		struct acpi_ivhd_devices *devices =
			&acpi->ivhd_devices[acpi->num_ivhd_devices - 1];

		devices->is_ioapic = true;
		devices->id = (uint8_t)acpi_get(entry, 4, 1);
	}
	return err;
}

static int end_range(struct block *block, const struct acpi_entry *entry,
		     uint16_t last)
{
	if (!block->in_range || last < block->range_first)
		return acpi_refuse(block->table, entry->offset,
				   "a range of devices ends before it begins");
	block->in_range = false;
	return add_devices(block, block->range_first, last);
}

static int add_device(struct block *block, const struct acpi_entry *entry)
{
	uint16_t bdf = (uint16_t)acpi_get(entry, 1, 2);

	switch (entry->type) {
	case DEVICE_ALL:
		return add_devices(block, 0, 0xffff);
	case DEVICE_SELECT:
	case DEVICE_ALIAS_SELECT:
	case DEVICE_EXT_SELECT:
		return add_devices(block, bdf, bdf);
	case DEVICE_RANGE_START:
	case DEVICE_ALIAS_RANGE:
	case DEVICE_EXT_RANGE:
		block->in_range = true;
		block->range_first = bdf;
		return 0;
	case DEVICE_RANGE_END:
		return end_range(block, entry, bdf);
	case DEVICE_SPECIAL:
		return add_special(block, entry);
	default:
		return 0;
	}
}

/* The two upper bits of the type are log2 of the length in words; entries that
 * name a device by its ACPI id end with a text. */
static size_t device_size(const struct acpi_entry *entry)
{
	if (entry->data[0] == DEVICE_HID)
		return 22 + acpi_get(entry, 21, 1);
	return entry->data[0] >= 0xc0 ? 0 : 4u << (entry->data[0] >> 6);
}

static int each_device(struct block *block, size_t from, size_t to)
{
	int err = 0;

	while (!err && from < to) {
		struct acpi_entry entry = {
			.data = block->table->data + from,
			.offset = from,
			.size = to - from,
			.type = block->table->data[from],
		};
		size_t size = device_size(&entry);

		if (!size || size > entry.size)
			return acpi_refuse(block->table, from,
					   "a device entry does not fit");
		entry.size = size;
		err = add_device(block, &entry);
		from += size;
	}
	return err;
}

/* A unit comes once for each type of block that the firmware offers; later
 * types say more, with the same registers. */
static struct acpi_ivhd *find_or_add(struct acpi *acpi, uint64_t base)
{
	struct acpi_ivhd *ivhd;

	for (size_t n = 0; n < acpi->num_ivhds; n++)
		if (acpi->ivhds[n].base == base)
			return &acpi->ivhds[n];
	ivhd = acpi_append(acpi, ivhds);
	if (ivhd)
		ivhd->base = base;
	return ivhd;
}

static int add_ivhd(const struct acpi_table *table,
		    const struct acpi_entry *entry)
{
	size_t header = entry->type == IVHD_10 ? IVHD_10_SIZE : IVHD_11_SIZE;
	struct block block = { .table = table };
	struct acpi_ivhd *ivhd;

	if (entry->size < header)
		return acpi_refuse(table, entry->offset,
				   "an entry is shorter than its kind");
	if (table->acpi->num_ivhds == MAX_UNITS)
		return acpi_refuse(table, entry->offset,
				   "there are more units than a machine has");
	ivhd = find_or_add(table->acpi, acpi_get(entry, 8, 8));
	if (!ivhd)
		return -ENOMEM;
	ivhd->bdf = (uint16_t)acpi_get(entry, 4, 2);
	ivhd->capability = (uint8_t)acpi_get(entry, 6, 2);
	ivhd->segment = (uint16_t)acpi_get(entry, 16, 2);
	if (entry->type == IVHD_10)
		ivhd->features = (uint32_t)acpi_get(entry, 20, 4);
	ivhd->offset = entry->offset;
	block.ivhd = (size_t)(ivhd - table->acpi->ivhds);
	return each_device(&block, entry->offset + header,
			   entry->offset + entry->size);
}

static int add_ivmd(const struct acpi_table *table,
		    const struct acpi_entry *entry)
{
	uint64_t start = acpi_get(entry, 16, 8), size = acpi_get(entry, 24, 8);
	struct acpi_dma_memory *memory;

	if (entry->size < IVMD_SIZE || !size || size > UINT64_MAX - start)
		return acpi_refuse(table, entry->offset,
				   "reserved memory has no proper range");
	memory = acpi_append(table->acpi, dma_memories);
	if (!memory)
		return -ENOMEM;
	memory->start = start;
	memory->size = size;
	memory->offset = entry->offset;
	return 0;
}

static int add_entry(const struct acpi_table *table,
		     const struct acpi_entry *entry)
{
	switch (entry->type) {
	case IVHD_10:
	case IVHD_11:
	case IVHD_40:
		return add_ivhd(table, entry);
	case IVMD_FIRST ... IVMD_LAST:
		return add_ivmd(table, entry);
	default:
		return 0;
	}
}

int acpi_read_ivrs(const struct acpi_table *table)
{
	static const struct acpi_layout layout = {
		.type_width = 1,
		.length_at = 2,
		.length_width = 2,
		.minimum = 4,
	};

	return acpi_each(table, ENTRIES_AT, table->size, &layout, add_entry);
}
