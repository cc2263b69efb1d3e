// SPDX-License-Identifier: GPL-2.0-or-later
#include "cells_print.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <json-c/json.h>

#include "json_out.h"
#include "output.h"

#define MAX_CPUS    32768
#define NUM_COLUMNS 5

/* Widths that scripts cut by; the last column is padded, too. */
static const size_t widths[NUM_COLUMNS] = { 8, 24, 18, 24, 24 };

static void print_row(FILE *out, const char *const columns[NUM_COLUMNS])
{
	for (size_t n = 0; n < NUM_COLUMNS; n++) {
		size_t length = strlen(columns[n]);

		output_clean(out, columns[n], length, "");
		for (; length < widths[n]; length++)
			fputc(' ', out);
	}
	fputc('\n', out);
}

void cells_print_table(FILE *out, const struct sysfs_cell *cells, size_t count)
{
	static const char *const heading[] = { "ID", "Name", "State",
					       "Assigned CPUs", "Failed CPUs" };

	if (count)
		print_row(out, heading);
	for (size_t n = 0; n < count; n++) {
		const char *const columns[] = { cells[n].id, cells[n].name,
						cells[n].state,
						cells[n].cpus_assigned,
						cells[n].cpus_failed };

		print_row(out, columns);
	}
}

/* "0-1,3" as [0, 1, 3]; what is no list ends it, and so do more CPUs than
 * there can be. */
static struct json_object *cpu_array(const char *list)
{
	struct json_object *array = json_object_new_array();
	unsigned int count = 0;

	while (array && *list >= '0' && *list <= '9') {
		char *end;
		unsigned long first = strtoul(list, &end, 10);
		unsigned long last = first;

		if (*end == '-')
			last = strtoul(end + 1, &end, 10);
		for (unsigned long cpu = first; cpu <= last && cpu < MAX_CPUS;
		     cpu++) {
			if (++count > MAX_CPUS)
				return array;
			json_object_array_add(array,
					      json_object_new_uint64(cpu));
		}
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
