// SPDX-License-Identifier: GPL-2.0-or-later
#include "status_json.h"

static struct json_object *number(uint64_t value)
{
	return value == JHCFG_NO_VALUE ? NULL : json_object_new_uint64(value);
}

static struct json_object *cpus(const struct jhcfg_cpu_list *list)
{
	struct json_object *array = json_object_new_array();

	for (size_t n = 0; array && n < list->count; n++)
		json_object_array_add(array,
				      json_object_new_uint64(list->cpus[n]));
	return array;
}

static struct json_object *counters(const struct jhcfg_cell_status *cell)
{
	struct json_object *object = json_object_new_object();

	for (size_t n = 0; object && n < cell->num_counters; n++)
		json_object_object_add(object, cell->counters[n].name,
				       number(cell->counters[n].value));
	return object;
}

static struct json_object *cell_json(const struct jhcfg_cell_status *cell)
{
	struct json_object *object = json_object_new_object();

	if (!object)
		return NULL;
	json_object_object_add(object, "id", json_object_new_uint64(cell->id));
	json_object_object_add(object, "name",
			       json_object_new_string(cell->name));
	json_object_object_add(object, "state",
			       json_object_new_string(cell->state_name));
	json_object_object_add(object, "cpus_assigned", cpus(&cell->assigned));
	json_object_object_add(object, "cpus_failed", cpus(&cell->failed));
	json_object_object_add(object, "counters", counters(cell));
	return object;
}

static struct json_object *pool(uint64_t size, uint64_t used)
{
	struct json_object *object = json_object_new_object();

	if (!object)
		return NULL;
	json_object_object_add(object, "size", number(size));
	json_object_object_add(object, "used", number(used));
	return object;
}

struct json_object *status_json(const struct jhcfg_status *status)
{
	struct json_object *object = json_object_new_object();
	struct json_object *cells = json_object_new_array();

	if (!object || !cells) {
		json_object_put(object);
		json_object_put(cells);
		return NULL;
	}
	json_object_object_add(object, "driver",
			       json_object_new_boolean(status->driver));
	json_object_object_add(object, "enabled",
			       json_object_new_boolean(status->enabled));
	json_object_object_add(
		object, "mem_pool",
		pool(status->mem_pool_size, status->mem_pool_used));
	json_object_object_add(
		object, "remap_pool",
		pool(status->remap_pool_size, status->remap_pool_used));
	for (size_t n = 0; n < status->num_cells; n++)
		json_object_array_add(cells, cell_json(&status->cells[n]));
	json_object_object_add(object, "cells", cells);
	return object;
}
