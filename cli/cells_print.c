// SPDX-License-Identifier: GPL-2.0-or-later
#include "cells_print.h"

#include <errno.h>
#include <stdlib.h>

#include <json-c/json.h>

#include "json_out.h"

/* Widths that scripts cut by; the last column is padded, too. */
#define ROW "%-8s%-24s%-18s%-24s%-24s\n"

void cells_print_table(FILE *out, const struct sysfs_cell *cells, size_t count)
{
	if (count)
		fprintf(out, ROW, "ID", "Name", "State", "Assigned CPUs",
			"Failed CPUs");
	for (size_t n = 0; n < count; n++)
		fprintf(out, ROW, cells[n].id, cells[n].name, cells[n].state,
			cells[n].cpus_assigned, cells[n].cpus_failed);
}

/* "0-1,3" as [0, 1, 3]; what is no list ends it. */
static struct json_object *cpu_array(const char *list)
{
	struct json_object *array = json_object_new_array();

	while (array && *list >= '0' && *list <= '9') {
		char *end;
		unsigned long first = strtoul(list, &end, 10);
		unsigned long last = first;

		if (*end == '-')
			last = strtoul(end + 1, &end, 10);
		for (unsigned long cpu = first; cpu <= last && cpu < 32768;
		     cpu++)
			json_object_array_add(array,
					      json_object_new_uint64(cpu));
		list = *end == ',' ? end + 1 : end;
	}
	return array;
}

static struct json_object *cell_object(const struct sysfs_cell *cell)
{
	struct json_object *object = json_object_new_object();

	if (!object)
		return NULL;
	json_object_object_add(object, "id",
			       json_object_new_int(atoi(cell->id)));
	json_object_object_add(object, "name",
			       json_object_new_string(cell->name));
	json_object_object_add(object, "state",
			       json_object_new_string(cell->state));
	json_object_object_add(object, "cpus_assigned",
			       cpu_array(cell->cpus_assigned));
	json_object_object_add(object, "cpus_failed",
			       cpu_array(cell->cpus_failed));
	return object;
}

int cells_print_json(FILE *out, const struct sysfs_cell *cells, size_t count)
{
	struct json_object *array = json_object_new_array();

	for (size_t n = 0; array && n < count; n++)
		json_object_array_add(array, cell_object(&cells[n]));
	return json_out_print(out, array);
}
