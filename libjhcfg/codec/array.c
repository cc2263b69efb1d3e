// SPDX-License-Identifier: LGPL-2.1-or-later
/* The kinds of arrays behind the cell descriptor. */
#include <errno.h>
#include <string.h>

#include "codec/dialect.h"

#define NUM_PORTS 0x10000u

unsigned int codec_element_size(const struct codec_array *array)
{
	return array->record ? array->record->size : 1;
}

static uint64_t records_count(const struct codec_array *array,
			      const struct jhcfg_config *config)
{
	return config->cell.lists[array->list].count;
}

static void records_encode(const struct codec_array *array,
			   const struct jhcfg_config *config, uint8_t *bytes)
{
	const struct jhcfg_list *list = &config->cell.lists[array->list];

	for (size_t n = 0; n < list->count; n++)
		codec_record_encode(array->record, &list->items[n].value,
				    bytes + n * array->record->size);
}

static int records_decode(const struct codec_array *array, const uint8_t *bytes,
			  uint32_t count, struct jhcfg_cell *cell)
{
	for (uint32_t n = 0; n < count; n++) {
		struct jhcfg_item *item =
			jhcfg_list_append(&cell->lists[array->list]);

		if (!item)
			return -ENOMEM;
		codec_record_decode(array->record, bytes, &item->value);
		bytes += array->record->size;
	}
	return 0;
}

const struct codec_array_kind codec_records = {
	.count = records_count,
	.encode = records_encode,
	.decode = records_decode,
};

/*
 * Memory in two arrays, one of them for colored regions. In the model they are
 * one list, in which a flag says it.
 */
static bool is_colored(const struct jhcfg_item *item)
{
	return item->value.memory.flags & JHCFG_MEM_COLORED;
}

static uint64_t memory_count(const struct jhcfg_config *config, bool colored)
{
	const struct jhcfg_list *list = &config->cell.lists[JHCFG_LIST_MEMORY];
	uint64_t count = 0;

	for (size_t n = 0; n < list->count; n++)
		count += is_colored(&list->items[n]) == colored;
	return count;
}

static void memory_encode(const struct codec_array *array,
			  const struct jhcfg_config *config, bool colored,
			  uint8_t *bytes)
{
	const struct jhcfg_list *list = &config->cell.lists[JHCFG_LIST_MEMORY];

	for (size_t n = 0; n < list->count; n++) {
		if (is_colored(&list->items[n]) != colored)
			continue;
		codec_record_encode(array->record, &list->items[n].value,
				    bytes);
		bytes += array->record->size;
	}
}

static uint64_t plain_memory_count(const struct codec_array *array,
				   const struct jhcfg_config *config)
{
	(void)array;
	return memory_count(config, false);
}

static void plain_memory_encode(const struct codec_array *array,
				const struct jhcfg_config *config,
				uint8_t *bytes)
{
	memory_encode(array, config, false, bytes);
}

const struct codec_array_kind codec_plain_memory = {
	.count = plain_memory_count,
	.encode = plain_memory_encode,
	.decode = records_decode,
};

static uint64_t colored_memory_count(const struct codec_array *array,
				     const struct jhcfg_config *config)
{
	(void)array;
	return memory_count(config, true);
}

static void colored_memory_encode(const struct codec_array *array,
				  const struct jhcfg_config *config,
				  uint8_t *bytes)
{
	memory_encode(array, config, true, bytes);
}

static int colored_memory_decode(const struct codec_array *array,
				 const uint8_t *bytes, uint32_t count,
				 struct jhcfg_cell *cell)
{
	struct jhcfg_list *list = &cell->lists[JHCFG_LIST_MEMORY];
	size_t first = list->count;
	int err = records_decode(array, bytes, count, cell);

	for (size_t n = first; n < list->count; n++)
		list->items[n].value.memory.flags |= JHCFG_MEM_COLORED;
	return err;
}

const struct codec_array_kind codec_colored_memory = {
	.count = colored_memory_count,
	.encode = colored_memory_encode,
	.decode = colored_memory_decode,
};

static const struct jhcfg_cpu_set *get_set(const struct codec_array *array,
					   const struct jhcfg_cell *cell)
{
	return (const void *)((const uint8_t *)cell + array->set);
}

static uint64_t set_count(const struct codec_array *array,
			  const struct jhcfg_config *config)
{
	return get_set(array, &config->cell)->size;
}

static void set_encode(const struct codec_array *array,
		       const struct jhcfg_config *config, uint8_t *bytes)
{
	const struct jhcfg_cpu_set *set = get_set(array, &config->cell);

	if (set->size)
		memcpy(bytes, set->bytes, set->size);
}

static int set_decode(const struct codec_array *array, const uint8_t *bytes,
		      uint32_t count, struct jhcfg_cell *cell)
{
	struct jhcfg_cpu_set *set = (void *)((uint8_t *)cell + array->set);
	int err;

	if (!count)
		return 0;
	err = jhcfg_cpu_set_resize(set, count);
	if (!err)
		memcpy(set->bytes, bytes, count);
	return err;
}

const struct codec_array_kind codec_set = {
	.count = set_count,
	.encode = set_encode,
	.decode = set_decode,
};

/* Up to revision 10: a bit for each port, 1 for those that are denied. */
static uint64_t ports_count(const struct codec_array *array,
			    const struct jhcfg_config *config)
{
	const struct jhcfg_cell *cell = &config->cell;

	(void)array;
	if (cell->pio_bitmap_size)
		return cell->pio_bitmap_size;
	return cell->lists[JHCFG_LIST_PIO].count ? NUM_PORTS / 8 : 0;
}

static void allow_ports(uint8_t *bytes, uint64_t port, uint64_t end)
{
	while (port < end) {
		if (port % 8 == 0 && end - port >= 8) {
			bytes[port / 8] = 0;
			port += 8;
		} else {
			bytes[port / 8] &= (uint8_t) ~(1u << port % 8);
			port++;
		}
	}
}

static void ports_encode(const struct codec_array *array,
			 const struct jhcfg_config *config, uint8_t *bytes)
{
	const struct jhcfg_list *list = &config->cell.lists[JHCFG_LIST_PIO];
	uint64_t size = ports_count(array, config);

	memset(bytes, 0xff, size);
	for (size_t n = 0; n < list->count; n++) {
		const struct jhcfg_pio *range = &list->items[n].value.pio;
		uint64_t end = (uint64_t)range->base + range->length;

		allow_ports(bytes, range->base,
			    end < size * 8 ? end : size * 8);
	}
}

static int append_ports(struct jhcfg_list *list, uint32_t base, uint32_t end)
{
	/* all ports are one more than a length can say */
	while (base < end) {
		uint32_t length =
			end - base < NUM_PORTS ? end - base : NUM_PORTS / 2;
		struct jhcfg_item *item = jhcfg_list_append(list);

		if (!item)
			return -ENOMEM;
		item->value.pio.base = (uint16_t)base;
		item->value.pio.length = (uint16_t)length;
		base += length;
	}
	return 0;
}

static bool is_denied(const uint8_t *bytes, uint32_t port)
{
	return bytes[port / 8] >> port % 8 & 1;
}

static int ports_decode(const struct codec_array *array, const uint8_t *bytes,
			uint32_t count, struct jhcfg_cell *cell)
{
	uint32_t num_ports = count < NUM_PORTS / 8 ? count * 8 : NUM_PORTS;
	uint32_t port = 0;
	int err = 0;

	cell->pio_bitmap_size = count;
	while (port < num_ports && !err) {
		uint32_t base = port;

		while (port < num_ports && !is_denied(bytes, port))
			port++;
		err = append_ports(&cell->lists[array->list], base, port);
		while (port < num_ports && is_denied(bytes, port))
			port++;
	}
	return err;
}

const struct codec_array_kind codec_ports = {
	.count = ports_count,
	.encode = ports_encode,
	.decode = ports_decode,
};
