// SPDX-License-Identifier: LGPL-2.1-or-later
#include "model/private.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct jhcfg_config *jhcfg_config_new(bool has_system, uint8_t architecture)
{
	struct jhcfg_config *config = calloc(1, sizeof(*config));

	if (config) {
		config->has_system = has_system;
		config->architecture = architecture;
	}
	return config;
}

static void clear_list(struct jhcfg_list *list)
{
	for (size_t n = 0; n < list->count; n++)
		jhcfg_attrs_clear(&list->items[n].attrs);
	free(list->items);
}

static void clear_cell(struct jhcfg_cell *cell)
{
	jhcfg_attrs_clear(&cell->attrs);
	free(cell->cpus.bytes);
	free(cell->rcpus.bytes);
	free(cell->fpga_regions.bytes);
	for (size_t n = 0; n < JHCFG_NUM_LISTS; n++)
		clear_list(&cell->lists[n]);
}

void jhcfg_config_free(struct jhcfg_config *config)
{
	if (!config)
		return;
	jhcfg_attrs_clear(&config->system.attrs);
	clear_cell(&config->cell);
	free(config);
}

struct jhcfg_item *jhcfg_list_append(struct jhcfg_list *list)
{
	if (list->count == list->capacity) {
		size_t capacity = list->capacity ? 2 * list->capacity : 8;
		void *items = reallocarray(list->items, capacity,
					   sizeof(*list->items));

		if (!items)
			return NULL;
		list->items = items;
		list->capacity = capacity;
	}
	list->items[list->count] = (struct jhcfg_item){ 0 };
	return &list->items[list->count++];
}

int jhcfg_cpu_set_resize(struct jhcfg_cpu_set *set, size_t size)
{
	uint8_t *bytes;

	if (size <= set->size)
		return 0;
	bytes = realloc(set->bytes, size);
	if (!bytes)
		return -ENOMEM;
	memset(bytes + set->size, 0, size - set->size);
	set->bytes = bytes;
	set->size = size;
	return 0;
}

int jhcfg_cpu_set_add(struct jhcfg_cpu_set *set, unsigned int first,
		      unsigned int last)
{
	/* whole 64-bit words, as all readers of the format expect */
	int err = jhcfg_cpu_set_resize(set, (last / 64 + 1) * 8);

	if (err)
		return err;
	for (unsigned int cpu = first; cpu <= last; cpu++)
		set->bytes[cpu / 8] |= (uint8_t)(1u << cpu % 8);
	return 0;
}

bool jhcfg_cpu_set_has(const struct jhcfg_cpu_set *set, unsigned int cpu)
{
	return cpu / 8 < set->size && set->bytes[cpu / 8] >> cpu % 8 & 1;
}

uint8_t jhcfg_config_architecture(const struct jhcfg_config *config)
{
	return config->architecture;
}

const struct jhcfg_system *jhcfg_config_system(
	const struct jhcfg_config *config)
{
	return config->has_system ? &config->system : NULL;
}

const struct jhcfg_cell *jhcfg_config_cell(const struct jhcfg_config *config)
{
	return &config->cell;
}

uint32_t jhcfg_system_flags(const struct jhcfg_system *system)
{
	return system->flags;
}

const struct jhcfg_memory *jhcfg_system_hypervisor_memory(
	const struct jhcfg_system *system)
{
	return &system->hypervisor_memory;
}

const struct jhcfg_console *jhcfg_system_debug_console(
	const struct jhcfg_system *system)
{
	return &system->debug_console;
}

const struct jhcfg_platform *jhcfg_system_platform(
	const struct jhcfg_system *system)
{
	return &system->platform;
}
