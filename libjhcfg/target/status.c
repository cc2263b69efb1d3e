// SPDX-License-Identifier: LGPL-2.1-or-later
#include <jhcfg/status.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SYSFS "/sys/devices/jailhouse/"
/* What a hostile file may cost us. */
#define MAX_CELLS 1024U
#define MAX_CPU	  32767U
/* In memory: lists say much with little. */
#define MAX_BYTES ((size_t)16 << 20)

/* Consoles and configurations are no state, and core is the hypervisor's
 * memory. */
const struct jhcfg_tree_request jhcfg_status_request = {
	.paths = (const char *const[]){ "/sys/devices/jailhouse", NULL },
	.skip = (const char *const[]){ "config", "console", "core", NULL },
	.depth = 5,
	.max = (size_t)8 << 20,
};

/* All that belongs to a status, so that it is freed at once. */
struct block {
	struct block *next;
	_Alignas(max_align_t) unsigned char data[];
};

struct owned_status {
	struct jhcfg_status status; /* first: what the user has */
	struct block *blocks;
};

struct parser {
	const struct jhcfg_tree *tree;
	struct owned_status *owned;
	size_t used; /* bytes of its blocks */
	int err;
};

static void *allocate(struct parser *parser, size_t count, size_t size)
{
	struct block *block;
	size_t bytes;

	/* once one has failed, the status has: nothing more is taken for it */
	if (parser->err)
		return NULL;
	if (__builtin_mul_overflow(count, size, &bytes) ||
	    __builtin_add_overflow(bytes, sizeof(*block), &bytes) ||
	    bytes > MAX_BYTES - parser->used) {
		parser->err = -EFBIG;
		return NULL;
	}
	block = calloc(1, bytes);
	if (!block) {
		parser->err = -ENOMEM;
		return NULL;
	}
	parser->used += bytes;
	block->next = parser->owned->blocks;
	parser->owned->blocks = block;
	return block->data;
}

/* --- values --------------------------------------------------------------- */

/* The first line of an attribute, *@length bytes; NULL: it is not there. */
static const char *line_of(const struct parser *parser, const char *path,
			   size_t *length)
{
	const struct jhcfg_tree_file *file =
		jhcfg_tree_find(parser->tree, path);

	if (!file)
		return NULL;
	*length = strcspn(file->text, "\n");
	return file->text;
}

static uint64_t parse_number(const char *text, size_t length)
{
	uint64_t value = 0;

	if (!length)
		return JHCFG_NO_VALUE;
	for (size_t n = 0; n < length; n++) {
		if (text[n] < '0' || text[n] > '9' ||
		    __builtin_mul_overflow(value, 10, &value) ||
		    __builtin_add_overflow(value, text[n] - '0', &value))
			return JHCFG_NO_VALUE;
	}
	return value;
}

static uint64_t number_in(const char *text)
{
	return parse_number(text, strcspn(text, "\n"));
}

static uint64_t number_at(const struct parser *parser, const char *path)
{
	size_t length;
	const char *line = line_of(parser, path, &length);

	return line ? parse_number(line, length) : JHCFG_NO_VALUE;
}

static const char *copy(struct parser *parser, const char *text, size_t length)
{
	char *string = allocate(parser, length + 1, 1);

	if (!string)
		return "";
	memcpy(string, text, length);
	return string;
}

static const char *string_at(struct parser *parser, const char *path)
{
	size_t length;
	const char *line = line_of(parser, path, &length);

	return line ? copy(parser, line, length) : "";
}

/* A number at *@text, which moves behind it. */
static bool take_cpu(const char **text, unsigned int *cpu)
{
	unsigned int value = 0;
	const char *at = *text;

	for (; *at >= '0' && *at <= '9' && value <= MAX_CPU; at++)
		value = value * 10 + (unsigned int)(*at - '0');
	if (at == *text || value > MAX_CPU)
		return false;
	*text = at;
	*cpu = value;
	return true;
}

/* "0-1,3": calls for each range in turn; false: it is no such list. */
static bool next_range(const char **text, unsigned int *first,
		       unsigned int *last)
{
	if (!take_cpu(text, first))
		return false;
	*last = *first;
	if (**text == '-') {
		++*text;
		if (!take_cpu(text, last) || *last < *first)
			return false;
	}
	if (**text == ',')
		++*text;
	return true;
}

static struct jhcfg_cpu_list cpus_at(struct parser *parser, const char *path)
{
	struct jhcfg_cpu_list list = { 0 };
	const char *line = string_at(parser, path), *at = line;
	unsigned int first, last, *cpus;
	size_t count = 0;
	long before = -1;

	/* ascending ranges only: so there are no more CPUs than numbers */
	while (*at) {
		if (!next_range(&at, &first, &last) || (long)first <= before)
			return list;
		before = (long)last;
		count += last - first + 1;
	}
	cpus = count ? allocate(parser, count, sizeof(*cpus)) : NULL;
	if (!cpus)
		return list;
	list.cpus = cpus;
	for (at = line; *at;) {
		next_range(&at, &first, &last);
		for (unsigned int cpu = first; cpu <= last; cpu++)
			cpus[list.count++] = cpu;
	}
	return list;
}

/* --- cells ---------------------------------------------------------------- */

static const struct state_name {
	const char *name;
	enum jhcfg_cell_state state;
} state_names[] = {
	{ "running", JHCFG_CELL_RUNNING },
	{ "running/locked", JHCFG_CELL_LOCKED },
	{ "shut down", JHCFG_CELL_SHUT_DOWN },
	{ "failed", JHCFG_CELL_FAILED },
	{ "Comm ABI mismatch", JHCFG_CELL_MISMATCH },
};

static enum jhcfg_cell_state parse_state(const char *name)
{
	for (size_t n = 0; n < sizeof(state_names) / sizeof(*state_names);
	     n++) {
		if (!strcmp(state_names[n].name, name))
			return state_names[n].state;
	}
	return JHCFG_CELL_UNKNOWN;
}

/* Index of the first file whose path begins with @prefix or comes after. */
static size_t first_of(const struct jhcfg_tree *tree, const char *prefix)
{
	size_t low = 0, high = jhcfg_tree_count(tree);

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (jhcfg_tree_file_compare(jhcfg_tree_at(tree, middle),
					    prefix) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* File @index if it is below @folder, which has a slash at its end; NULL:
 * others follow. *@rest: what of the file's folder is below it, too. */
static const struct jhcfg_tree_file *below(const struct jhcfg_tree *tree,
					   size_t index, const char *folder,
					   const char **rest)
{
	const struct jhcfg_tree_file *file = jhcfg_tree_at(tree, index);
	size_t length = strlen(folder);

	if (!file || strncmp(file->folder, folder, length))
		return NULL;
	*rest = file->folder + length;
	return file;
}

static void read_per_cpu(struct parser *parser, const char *folder,
			 const struct jhcfg_cell_status *cell,
			 struct jhcfg_cell_counter *counter)
{
	uint64_t *values;
	char path[512];

	if (!cell->assigned.count)
		return;
	values = allocate(parser, cell->assigned.count, sizeof(*values));
	counter->per_cpu = values;
	for (size_t n = 0; values && n < cell->assigned.count; n++) {
		snprintf(path, sizeof(path), "%scpu%u/%s", folder,
			 cell->assigned.cpus[n], counter->name);
		values[n] = number_at(parser, path);
	}
}

static void read_counters(struct parser *parser, struct jhcfg_cell_status *cell)
{
	struct jhcfg_cell_counter *counters;
	char folder[96];
	const struct jhcfg_tree_file *file;
	size_t first, count = 0;
	const char *rest;

	snprintf(folder, sizeof(folder), SYSFS "cells/%u/statistics/",
		 cell->id);
	first = first_of(parser->tree, folder);
	for (size_t n = first; below(parser->tree, n, folder, &rest); n++)
		count += !*rest;
	counters = count ? allocate(parser, count, sizeof(*counters)) : NULL;
	if (!counters)
		return;
	cell->counters = counters;
	for (size_t n = first; (file = below(parser->tree, n, folder, &rest));
	     n++) {
		struct jhcfg_cell_counter *counter =
			&counters[cell->num_counters];

		if (*rest || strlen(file->name) > 128)
			continue;
		cell->num_counters++;
		counter->name = copy(parser, file->name, strlen(file->name));
		counter->value = number_in(file->text);
		read_per_cpu(parser, folder, cell, counter);
	}
}

static void read_cell(struct parser *parser, struct jhcfg_cell_status *cell)
{
	char path[96];

#define AT(name)                                                               \
	(snprintf(path, sizeof(path), SYSFS "cells/%u/" name, cell->id), path)
	cell->name = string_at(parser, AT("name"));
	cell->state_name = string_at(parser, AT("state"));
	cell->state = parse_state(cell->state_name);
	cell->assigned = cpus_at(parser, AT("cpus_assigned_list"));
	cell->failed = cpus_at(parser, AT("cpus_failed_list"));
#undef AT
	read_counters(parser, cell);
}

/* The id in "ID/" if it is the file "name" there; false: it is another. */
static bool is_cell_name(const struct jhcfg_tree_file *file, const char *rest,
			 unsigned int *id)
{
	uint64_t value = parse_number(rest, strcspn(rest, "/"));

	if (value >= UINT32_MAX || strcmp(rest + strcspn(rest, "/"), "/") ||
	    strcmp(file->name, "name") || (rest[0] == '0' && rest[1] != '/'))
		return false;
	*id = (unsigned int)value;
	return true;
}

static int by_id(const void *a, const void *b)
{
	const struct jhcfg_cell_status *left = a, *right = b;

	return left->id < right->id ? -1 : left->id > right->id;
}

static void read_cells(struct parser *parser)
{
	static const char folder[] = SYSFS "cells/";
	size_t first = first_of(parser->tree, folder), count = 0;
	struct jhcfg_status *status = &parser->owned->status;
	struct jhcfg_cell_status *cells;
	const struct jhcfg_tree_file *file;
	const char *rest;
	unsigned int id;

	for (size_t n = first; (file = below(parser->tree, n, folder, &rest));
	     n++)
		count += is_cell_name(file, rest, &id);
	if (count > MAX_CELLS)
		count = MAX_CELLS;
	cells = count ? allocate(parser, count, sizeof(*cells)) : NULL;
	if (!cells)
		return;
	status->cells = cells;
	for (size_t n = first; (file = below(parser->tree, n, folder, &rest));
	     n++) {
		if (status->num_cells == count ||
		    !is_cell_name(file, rest, &id))
			continue;
		cells[status->num_cells].id = id;
		read_cell(parser, &cells[status->num_cells++]);
	}
	qsort(cells, status->num_cells, sizeof(*cells), by_id);
}

/* --- the whole ------------------------------------------------------------ */

int jhcfg_status_parse(const struct jhcfg_tree *tree,
		       const struct jhcfg_status **status)
{
	struct parser parser = { .tree = tree };
	struct jhcfg_status *new;

	parser.owned = calloc(1, sizeof(*parser.owned));
	if (!parser.owned)
		return -ENOMEM;
	new = &parser.owned->status;
	new->driver = jhcfg_tree_find(tree, SYSFS "enabled");
	new->enabled = number_at(&parser, SYSFS "enabled") == 1;
	new->mem_pool_size = number_at(&parser, SYSFS "mem_pool_size");
	new->mem_pool_used = number_at(&parser, SYSFS "mem_pool_used");
	new->remap_pool_size = number_at(&parser, SYSFS "remap_pool_size");
	new->remap_pool_used = number_at(&parser, SYSFS "remap_pool_used");
	read_cells(&parser);
	if (parser.err) {
		jhcfg_status_free(new);
		return parser.err;
	}
	*status = new;
	return 0;
}

void jhcfg_status_free(const struct jhcfg_status *status)
{
	/* what was given away as const is ours again */
	struct owned_status *owned = (struct owned_status *)(uintptr_t)status;

	while (owned && owned->blocks) {
		struct block *block = owned->blocks;

		owned->blocks = block->next;
		free(block);
	}
	free(owned);
}

int jhcfg_status_read(struct jhcfg_target *target,
		      const struct jhcfg_status **status)
{
	struct jhcfg_tree *tree;
	int err = jhcfg_target_read_tree(target, &jhcfg_status_request, &tree);

	if (err)
		return err;
	err = jhcfg_status_parse(tree, status);
	jhcfg_tree_free(tree);
	return err;
}

const struct jhcfg_cell_status *jhcfg_status_cell(
	const struct jhcfg_status *status, unsigned int id)
{
	const struct jhcfg_cell_status key = { .id = id };

	if (!status->num_cells)
		return NULL;
	return bsearch(&key, status->cells, status->num_cells, sizeof(key),
		       by_id);
}

uint64_t jhcfg_cell_counter(const struct jhcfg_cell_status *cell,
			    const char *name)
{
	for (size_t n = 0; n < cell->num_counters; n++) {
		if (!strcmp(cell->counters[n].name, name))
			return cell->counters[n].value;
	}
	return JHCFG_NO_VALUE;
}
