// SPDX-License-Identifier: GPL-2.0-or-later
#include "devicetree.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "paths.h"

#define BASE	  "/proc/device-tree"
#define MAX_DEPTH 8

static const struct {
	const char *compatible;
	unsigned int version;
} gics[] = {
	{ "arm,gic-v3", 3 },	     { "arm,gic-400", 2 },
	{ "arm,cortex-a15-gic", 2 }, { "arm,cortex-a7-gic", 2 },
	{ "arm,cortex-a9-gic", 2 },
};

/* Calls @visit for each node below @node; stops and returns its result when
 * that is not NULL. */
typedef char *(*visit_fn)(const char *node, void *arg);

static char *walk(const char *node, int depth, visit_fn visit, void *arg);

static char *walk_child(const char *node, const char *name, int depth,
			visit_fn visit, void *arg)
{
	char *child, *result;

	if (asprintf(&child, "%s/%s", node, name) < 0)
		return NULL;
	result = visit(child, arg);
	if (!result)
		result = walk(child, depth + 1, visit, arg);
	free(child);
	return result;
}

static char *walk(const char *node, int depth, visit_fn visit, void *arg)
{
	char *path = paths_make(BASE "%s", node);
	DIR *dir = path && depth < MAX_DEPTH ? opendir(path) : NULL;
	struct dirent *entry;
	char *result = NULL;

	free(path);
	while (dir && !result && (entry = readdir(dir))) {
		if (entry->d_type == DT_DIR && entry->d_name[0] != '.')
			result = walk_child(node, entry->d_name, depth, visit,
					    arg);
	}
	if (dir)
		closedir(dir);
	return result;
}

/* "compatible" is a row of strings. */
static bool is_compatible(const char *node, const char *compatible)
{
	char *text;
	size_t size;
	bool found = false;

	if (paths_read(&text, &size, BASE "%s/compatible", node))
		return false;
	for (size_t pos = 0; pos < size && !found;
	     pos += strlen(text + pos) + 1)
		found = !strcmp(text + pos, compatible);
	free(text);
	return found;
}

static char *visit_gic(const char *node, void *arg)
{
	unsigned int *version = arg;

	for (size_t n = 0; n < sizeof(gics) / sizeof(gics[0]); n++) {
		if (is_compatible(node, gics[n].compatible)) {
			*version = gics[n].version;
			return strdup(node);
		}
	}
	return NULL;
}

char *devicetree_find_gic(unsigned int *version)
{
	*version = 0;
	return walk("", 0, visit_gic, version);
}

static char *visit_compatible(const char *node, void *arg)
{
	return is_compatible(node, arg) ? strdup(node) : NULL;
}

bool devicetree_has_below(const char *node, const char *compatible)
{
	char *found =
		walk(node, 0, visit_compatible, (void *)(uintptr_t)compatible);

	free(found);
	return found != NULL;
}

bool devicetree_has(const char *node, const char *name)
{
	char *text;

	if (paths_read(&text, NULL, BASE "%s/%s", node, name))
		return false;
	free(text);
	return true;
}

char *devicetree_string(const char *node, const char *name)
{
	char *text;

	return paths_read(&text, NULL, BASE "%s/%s", node, name) ? NULL : text;
}

/* Big-endian cells, see the Devicetree Specification 0.4, 2.3.5 and 2.3.6 */
static uint64_t get_cells(const char *cells, uint32_t count)
{
	uint64_t value = 0;

	for (uint32_t n = 0; n < 4 * count; n++)
		value = value << 8 | (unsigned char)cells[n];
	return value;
}

static uint32_t read_cell(const char *name, uint32_t fallback)
{
	char *text;
	size_t size;
	uint32_t value = fallback;

	if (paths_read(&text, &size, BASE "/%s", name))
		return fallback;
	if (size == 4)
		value = (uint32_t)get_cells(text, 1);
	free(text);
	return value >= 1 && value <= 2 ? value : fallback;
}

struct memory_list {
	struct devicetree_range *ranges;
	size_t max;
	size_t count;
	uint32_t address_cells;
	uint32_t size_cells;
};

static char *visit_memory(const char *node, void *arg)
{
	struct memory_list *list = arg;
	uint32_t row = 4 * (list->address_cells + list->size_cells);
	char *reg;
	size_t size;

	if (strncmp(node, "/memory", 7) || strchr(node + 1, '/') ||
	    paths_read(&reg, &size, BASE "%s/reg", node))
		return NULL;
	for (size_t pos = 0; pos + row <= size && list->count < list->max;
	     pos += row)
		list->ranges[list->count++] = (struct devicetree_range){
			.start = get_cells(reg + pos, list->address_cells),
			.size = get_cells(reg + pos + 4 * list->address_cells,
					  list->size_cells),
		};
	free(reg);
	return NULL;
}

size_t devicetree_memory(struct devicetree_range *ranges, size_t max)
{
	struct memory_list list = {
		.ranges = ranges,
		.max = max,
		.address_cells = read_cell("#address-cells", 2),
		.size_cells = read_cell("#size-cells", 1),
	};

	walk("", MAX_DEPTH - 1, visit_memory, &list);
	return list.count;
}
